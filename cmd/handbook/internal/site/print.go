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

// A PrintPage is handed to print.html.
type PrintPage struct {
	Frame
	Pages  string // address, from the root, of the sheet for the printed pages
	Count  string // "38 sections"
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

// A printSection is a section in the printed handbook.
type printSection struct {
	ID, Number, Name, Title, Summary string
	VersionWords                     string
	Facts                            []string // sentences
	Rests                            string   // what it rests on
	Form                             string   // what it is a form for
	Standing                         Standing

	page  int // the number of its named page
	level int // of its heading
	body  func(*markup)
}

// Contents gives the lines of the group in the contents.
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

// write writes the section.
func (s *printSection) write(m *markup) {
	tag := "h" + strconv.Itoa(s.level)
	m.raw(`<article class="print-section"`)
	m.attr("id", s.ID)
	m.raw(` data-page="`, strconv.Itoa(s.page), `"`)
	m.attr("data-citation", s.Name)
	m.attr("data-version", s.VersionWords)
	m.raw(">\n<", tag, ">")
	m.number(s.Number)
	m.text(s.Title)
	m.raw("</", tag, ">\n")
	if s.Summary != "" {
		m.raw(`<p class="lead">`)
		m.text(s.Summary)
		m.raw("</p>\n")
	}
	s.Standing.write(m)
	m.raw(`<p class="print-facts">`)
	for i, f := range s.Facts {
		if i > 0 {
			m.raw(" ")
		}
		m.text(f)
	}
	m.raw("</p>\n", `<div class="prose">`)
	s.body(m)
	m.raw("</div>\n")
	if s.Form != "" {
		m.raw(`<p class="quiet">`)
		m.text(s.Form)
		m.raw("</p>\n")
	}
	if s.Rests != "" {
		m.raw(`<p class="print-facts">Rests on: `)
		m.text(s.Rests)
		m.raw(".</p>\n")
	}
	m.raw("</article>\n")
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

// href gives the text of a link: within the page where what it leads to is
// printed with it.
func (p *printer) href(t markdown.Target) string {
	anchor := p.anchors[t.Path]
	switch {
	case t.URL != "":
	case t.ID != "" && (t.Path == "" || t.Path == "terms.html" || p.texts(anchor)):
		return resolver("", "")(markdown.Target{ID: t.ID})
	case t.ID == "" && anchor != "":
		return resolver("", "")(markdown.Target{ID: anchor})
	}
	return resolver("", "print.html")(t)
}

// texts tells whether an anchor is that of a page printed with its text, so
// that the ids in it are there too.
func (p *printer) texts(anchor string) bool {
	return strings.HasPrefix(anchor, "_section-") || strings.HasPrefix(anchor, "_part-") || anchor == "_print-contents"
}

// page makes the printed handbook.
func (p *printer) page() PrintPage {
	b := p.book
	out := PrintPage{Frame: p.topFrame("print", "print.html", "Print the whole handbook"), Count: plural(len(b.Sections), "section"),
		Pages: printPagesPath + "?v=" + shortSum(p.styles())}
	out.Title = p.handbook.Title
	out.Description = "The whole handbook on one page, for printing."
	out.Running = p.handbook.Title
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
				p.section(sec, before+i+1, g.part != nil).write(m)
				m.spill()
			}
			return nil
		})
		out.Groups = append(out.Groups, pg)
	}
	out.Lists = p.lists()
	return out
}

// section gives a section for paper.
func (p *printer) section(sec *book.Section, n int, inPart bool) *printSection {
	ps := &printSection{
		ID: p.anchors[sec.Path], Number: sec.Number, Name: sec.Name(), Title: sec.Title, Summary: sec.Summary,
		VersionWords: p.versionWords(sec), Form: formLine(sec), Standing: p.standingOf(sec, "").today(), page: n, level: 2, body: func(*markup) {},
	}
	if inPart {
		ps.level = 3
	}
	ps.Facts = []string{
		"Version " + strconv.Itoa(max(1, sec.Version)) + ", " + inForce(sec, p.opt.Day) + ".",
		lastReview(sec), nextReview(sec, p.opt.Day), approval(sec.Approved), counsel(sec.Counsel),
	}
	if sec.Owner != nil {
		ps.Facts = append(ps.Facts, "Owner: "+ownerWords(sec.Owner)+".")
	}
	if len(sec.Audience) > 0 {
		ps.Facts = append(ps.Facts, "For: "+audienceNames(sec.Audience)+".")
	}
	var rests []string
	for _, l := range sec.Laws {
		rests = append(rests, l.Short)
	}
	for _, r := range sec.References {
		rests = append(rests, r.Title)
	}
	ps.Rests = strings.Join(rests, "; ")
	if sec.Doc != nil {
		ps.body = func(m *markup) { p.text(m, sec.Doc, ps.level-1) }
	}
	return ps
}

// text writes a page's text with its headings moved down, so that they stand
// below the heading of the section in the printed handbook.
func (p *printer) text(m *markup, doc *markdown.Doc, deeper int) {
	_ = doc.HTML().Write(&headings{m, deeper}, p.href) // markup takes everything
}

// htmlOf gives a page's text as HTML.
func (p *printer) htmlOf(doc *markdown.Doc, deeper int) template.HTML {
	var m markup
	p.text(&m, doc, deeper)
	return m.html()
}

// headings is a writer that moves the headings of HTML down, and takes its
// landmarks away. Rendered markdown has "<h" and a figure only where a heading
// begins, and each piece of it is written whole.
type headings struct {
	m      *markup
	deeper int
}

// Write writes a piece of HTML.
func (h *headings) Write(b []byte) (int, error) {
	start := len(h.m.b)
	h.m.b = append(h.m.b, b...)
	if h.deeper > 0 {
		deepen(h.m.b[start:], byte(h.deeper))
	}
	return len(b), nil
}

// WriteString writes the address of a link.
func (h *headings) WriteString(s string) (int, error) { return h.m.WriteString(s) }

// deepen raises the figure of each heading's tags, and makes groups of regions,
// in place. In a page of its own a table that scrolls is a landmark; among
// hundreds of tables landmarks are of no help, and none has a name of its own.
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
			end := bytes.IndexByte(b, '>')
			if end < 0 {
				end = len(b) // the tag goes on behind a link
			}
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

// pageStyles gives lists.css, and each section a named page with the section's
// name and version at the head of its sheets.
func (p *printer) pageStyles() []byte {
	var sb bytes.Buffer
	sb.Write(p.listSheet)
	sb.WriteByte('\n')
	for i, sec := range p.book.Sections {
		n := strconv.Itoa(i + 1)
		fmt.Fprintf(&sb, "[data-page=\"%s\"]{page:section-%s}\n@page section-%s{@top-left{content:%s}}\n", n, n, n,
			cssString(sec.Name()+", "+p.versionWords(sec)))
		if form := formLine(sec); form != "" {
			fmt.Fprintf(&sb, "@page section-%s{@bottom-left{content:%s}}\n", n, cssString(form))
		}
	}
	return sb.Bytes()
}

// cssString writes a text as a string of CSS in which nothing of the text can
// end the string or the sheet.
func cssString(s string) string {
	var sb strings.Builder
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
