package site

import (
	"bytes"
	"fmt"
	"html/template"
	"strconv"
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
	return PageType{Name: "print", Path: "print.html", title: "Print the whole handbook", about: "The whole handbook on one page, for printing.",
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

// Contents returns the lines of the group in the contents.
func (g PrintGroup) Contents() template.HTML {
	var m markup
	m.grow(128 * len(g.sections))
	for _, s := range g.sections {
		m.raw(`<li><a href="#`)
		m.text(g.anchors[s.Path])
		m.raw(`">`)
		m.number(s.Number)
		m.text(s.Title)
		m.raw("</a></li>\n")
	}
	return m.html()
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

// href writes the address of a link: within the page where what it leads to is
// printed with it.
func (p *printer) href(m *markup, t markdown.Target) {
	anchor := p.anchors[t.Path]
	switch {
	case t.URL != "":
	case t.ID != "" && (t.Path == "" || t.Path == "terms.html" || p.texts(anchor)):
		t.Path = ""
	case t.ID == "" && anchor != "":
		t = markdown.Target{ID: anchor}
	}
	m.href(t, "", "print.html")
}

// texts reports whether an anchor is that of a page printed with its text, so
// that the ids in it are there too.
func (p *printer) texts(anchor string) bool {
	return strings.HasPrefix(anchor, "_section-") || strings.HasPrefix(anchor, "_part-") || anchor == "_print-contents"
}

// page makes the printed handbook.
func (p *printer) page(f Frame) PrintPage {
	b := p.book
	out := PrintPage{Frame: f, Count: plural(len(b.Sections), "section"),
		Pages: printPagesPath + "?v=" + shortSum(p.styles())}
	out.Title = p.handbook.Title
	out.Running = p.handbook.Title
	if v, open := b.Config.OpenValue("agency.name"); open {
		out.Name = template.HTML(markdown.OpenPlace(v.Prompt))
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
		pg.HTML = out.chunks.add(spillSize, func(m *markup) error {
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

// section writes a section, with the number of its named page.
func (p *printer) section(m *markup, sec *book.Section, page int) {
	level := 2
	if sec.Part != nil {
		level = 3
	}
	tag := "h" + strconv.Itoa(level)
	m.raw(`<article class="print-section"`)
	m.attr("id", p.anchors[sec.Path])
	m.raw(` data-page="`, strconv.Itoa(page), `" data-citation="`, p.entry[sec].name, `"`)
	m.attr("data-version", p.versionWords(sec))
	m.raw(">\n<", tag, ">")
	m.number(sec.Number)
	m.text(sec.Title)
	m.raw("</", tag, ">\n")
	if sec.Summary != "" {
		m.raw(`<p class="lead">`)
		m.text(sec.Summary)
		m.raw("</p>\n")
	}
	p.standingOf(sec, "").today().write(m)
	m.raw(`<p class="print-facts">Version `, strconv.Itoa(max(1, sec.Version)), inForce(sec, p.opt.Day), ".")
	for _, fact := range []string{lastReview(sec), nextReview(sec, p.opt.Day), approval(sec), p.counsel(sec)} {
		if fact != "" {
			m.raw(" ")
			m.text(fact)
		}
	}
	if sec.Owner != nil {
		m.raw(" Owner: ")
		m.text(ownerWords(sec.Owner))
		m.raw(".")
	}
	if len(sec.Audience) > 0 {
		m.raw(" For: ")
		m.text(audienceNames(sec.Audience))
		m.raw(".")
	}
	m.raw("</p>\n", `<div class="prose">`)
	if sec.Doc != nil {
		p.text(m, sec.Doc, level-1)
	}
	m.raw("</div>\n")
	if form := formLine(sec); form != "" {
		m.raw(`<p class="quiet">`)
		m.text(form)
		m.raw("</p>\n")
	}
	if len(sec.Laws)+len(sec.References) > 0 {
		before := `<p class="print-facts">Rests on: `
		for _, l := range sec.Laws {
			m.raw(before)
			m.text(l.Short)
			before = "; "
		}
		for _, r := range sec.References {
			m.raw(before)
			m.text(r.Title)
			before = "; "
		}
		m.raw(".</p>\n")
	}
	m.raw("</article>\n")
}

// text writes a page's text with its headings moved down, so that they stand
// below the heading of the section in the printed handbook.
func (p *printer) text(m *markup, doc *markdown.Doc, deeper int) {
	m.fragment(doc.HTML(), deeper, p.href)
}

// htmlOf returns a page's text as HTML.
func (p *printer) htmlOf(doc *markdown.Doc, deeper int) template.HTML {
	var m markup
	p.text(&m, doc, deeper)
	return m.html()
}

// deepen raises the figure of each heading's tags, and makes groups of regions,
// in place. Rendered markdown has "<h" and a figure only where a heading begins.
// In a page of its own a table that scrolls is a landmark; among hundreds of
// tables landmarks are of no help, and none has a name of its own.
func deepen(b []byte, by byte) {
	const region, group = `role="region"`, `role="group" `
	for {
		i := bytes.IndexByte(b, '<')
		if i < 0 || i+2 >= len(b) {
			return
		}
		if b = b[i+1:]; b[0] == '/' {
			b = b[1:]
		}
		switch {
		case b[0] == 'h' && len(b) > 1 && b[1] >= '1' && b[1] <= '6':
			b[1] = min('6', b[1]+by)
		case b[0] == 'd' || b[0] == 'p': // div, pre
			end := max(0, bytes.IndexByte(b, '>'))
			if at := bytes.Index(b[:end], []byte(region)); at >= 0 {
				copy(b[at:], group)
			}
			b = b[end:]
		}
	}
}

// lists makes the appendices, so that what the sections name can be looked up
// on paper too.
func (p *printer) lists() []PrintList {
	var lists []PrintList
	if ladder := p.ladder(); ladder != nil {
		lists = append(lists, PrintList{ID: "_print-ladder", Title: "Levels of consequence", Ladder: ladder})
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
		laws = append(laws, PrintEntry{"_law-" + l.ID, l.Short, sentences(l.Title, l.Citation, levelOf(l), lawStanding(l.Status), l.Caution, p.verified(l.VerifiedOn)), l.URL})
	}
	for _, r := range p.book.References {
		refs = append(refs, PrintEntry{"_reference-" + r.ID, r.Title, sentences(details(r.Publisher, r.Year, r.Edition), referenceStanding(r), r.Caution, p.verified(r.VerifiedOn)), r.URL})
	}
	add("_print-terms", "Terms", terms)
	add("_print-laws", "Laws", laws)
	add("_print-references", "References", refs)
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

// pageStyles returns lists.css, and each section a named page with the section's
// name and version at the head of its sheets.
func (p *printer) pageStyles() []byte {
	var m markup
	m.raw(string(p.listSheet), "\n")
	for i, sec := range p.book.Sections {
		n := strconv.Itoa(i + 1)
		m.raw(`[data-page="`, n, `"]{page:section-`, n, "}\n@page section-", n, "{@top-left{content:",
			cssString(sec.Name()+", "+p.versionWords(sec)), "}}\n")
		if form := formLine(sec); form != "" {
			m.raw("@page section-", n, "{@bottom-left{content:", cssString(form), "}}\n")
		}
	}
	return m.b
}

// cssString writes a text as a string of CSS in which nothing of the text can
// end the string or the sheet.
func cssString(s string) string {
	var sb strings.Builder
	sb.Grow(len(s) + 2)
	sb.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\' || r == '<' || r == '>' || r == '&' || r < 0x20 || r == 0x7f:
			fmt.Fprintf(&sb, `\%x `, r)
		default:
			sb.WriteRune(r)
		}
	}
	sb.WriteByte('"')
	return sb.String()
}
