package site

import (
	"html/template"
	"strings"
	"sync"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/markdown"
)

// printPagesPath is the sheet of the printed handbook: lists.css, and what puts
// each section's name on its own sheets of paper. A page cannot say that by
// itself without inline styles.
const printPagesPath = staticDir + "print-pages.css"

func printType() PageType {
	return PageType{Name: "print", Path: "print.html",
		list: onPaper, ownTitle: true, unlisted: true,
		has:  func(s *builder) bool { return len(s.book.Sections) > 0 },
		make: func(s *builder, f Frame) page { return s.printer().page(f) }}
}

// A PrintPage is handed to print.html.
type PrintPage struct {
	Frame
	Pages  string        // address, from the root, of the sheet for the printed pages
	Name   template.HTML // of the agency, where it is still to be filled in
	Count  string        // "38 sections"
	Home   template.HTML
	Groups []PrintGroup
	Lists  []PrintList
}

// A PrintGroup is a part with its sections, or sections that stand in no part.
type PrintGroup struct {
	ID, Number, Title, Summary string
	Page                       int // the named page of its first section, which follows on the same sheet
	Body                       template.HTML
	HTML                       template.HTML // the sections

	sections []*book.Section
	anchors  map[string]string
}

// A PrintList is an appendix: the ladder, terms, laws or references.
type PrintList struct {
	ID, Title string
	Ladder    []LadderRow
	Entries   []PrintEntry
}

// A PrintEntry is a line of an appendix.
type PrintEntry struct{ ID, Text, Detail, URL string }

// A printer makes the printed handbook. Links from one section to another stay
// within it.
type printer struct {
	*builder
	anchors map[string]string // of what is in print.html, by address
	styles  func() []byte
}

func newPrinter(s *builder) *printer {
	p := &printer{builder: s, anchors: map[string]string{"index.html": "_print-contents"}}
	for _, g := range s.groups {
		if g.part != nil {
			p.anchors[g.part.Path] = "_part-" + g.part.ID
		}
	}
	for _, sec := range s.book.Sections {
		p.anchors[sec.Path] = "_section-" + sec.ID
	}
	for _, l := range s.book.Laws {
		p.anchors[l.Path] = "_law-" + l.ID
	}
	for _, r := range s.book.References {
		p.anchors[r.Path] = "_reference-" + r.ID
	}
	if len(s.book.Config.Levels) > 0 {
		p.anchors["rules.html"] = "_print-ladder"
	}
	p.styles = sync.OnceValue(p.pageStyles)
	return p
}

// page makes the printed handbook.
func (p *printer) page(f Frame) PrintPage {
	b := p.book
	out := PrintPage{Frame: f, Count: p.lang.T("sections", "n", len(b.Sections)),
		Pages: printPagesPath + "?v=" + shortSum(p.styles())}
	out.Title = p.handbook.Title
	out.Running = p.handbook.Title
	if v, open := b.Config.OpenValue("agency.name"); open {
		out.Name = template.HTML(markdown.OpenPlace(p.lang, v.Prompt))
	}
	if b.Home != nil && b.Home.Doc != nil {
		out.Home = p.htmlOf(b.Home.Doc, 0)
	}
	n := 0
	for _, g := range p.groups {
		pg := PrintGroup{sections: g.sections, anchors: p.anchors}
		if g.part != nil {
			pg.ID, pg.Number, pg.Title, pg.Summary = p.anchors[g.part.Path], g.part.Number, g.part.Title, g.part.Summary
			pg.Page = n + 1
			if g.part.Index != nil && g.part.Index.Doc != nil {
				pg.Body = p.htmlOf(g.part.Index.Doc, 1)
			}
		}
		before := n
		n += len(g.sections)
		pg.HTML = out.chunks.add(func(m *markup) error {
			for i, sec := range g.sections {
				p.section(m, sec, before+i+1)
				m.spill()
			}
			return nil
		})
		out.Groups = append(out.Groups, pg)
	}
	out.Lists = p.lists()
	return out
}

// lists makes the appendices, so that what the sections name can be looked up
// on paper too.
func (p *printer) lists() []PrintList {
	var lists []PrintList
	if ladder := p.ladder(); ladder != nil {
		lists = append(lists, PrintList{ID: "_print-ladder", Title: p.lang.T("ladder"), Ladder: ladder})
	}
	add := func(id, title string, entries []PrintEntry) {
		if len(entries) > 0 {
			lists = append(lists, PrintList{ID: id, Title: title, Entries: entries})
		}
	}
	var terms, laws, refs []PrintEntry
	for _, t := range p.book.Terms {
		name := t.Term
		if len(t.Also) > 0 {
			name += " (" + strings.Join(t.Also, ", ") + ")"
		}
		terms = append(terms, PrintEntry{ID: book.TermAnchor(t), Text: name, Detail: t.Definition})
	}
	for _, l := range p.book.Laws {
		laws = append(laws, PrintEntry{"_law-" + l.ID, l.Short, sentences(l.Title, l.Citation, p.levelOf(l), p.lawStanding(l.Status), l.Caution, p.verified(l.VerifiedOn)), l.URL})
	}
	for _, r := range p.book.References {
		refs = append(refs, PrintEntry{"_reference-" + r.ID, r.Title, sentences(details(r.Publisher, r.Year, r.Edition), p.referenceStanding(r), r.Caution, p.verified(r.VerifiedOn)), r.URL})
	}
	add("_print-terms", p.lang.T("page-terms"), terms)
	add("_print-laws", p.lang.T("page-laws"), laws)
	add("_print-references", p.lang.T("page-references"), refs)
	return lists
}

// sentences puts a full stop after each text that is there.
func sentences(texts ...string) string {
	var sb strings.Builder
	for _, t := range texts {
		if t == "" {
			continue
		}
		if sb.Len() > 0 {
			sb.WriteByte(' ')
		}
		sb.WriteString(strings.TrimSuffix(t, "."))
		sb.WriteByte('.')
	}
	return sb.String()
}
