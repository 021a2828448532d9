package site

import (
	"bytes"
	"fmt"
	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/markdown"
	"html/template"
	"strconv"
	"strings"
)

// Contents returns the lines of the group in the contents.
func (g PrintGroup) Contents() template.HTML {
	var m markup
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
	since, _ := p.inForce(sec)
	m.raw(`<p class="print-facts">`)
	m.text(capital(details(p.version(sec), since)) + ".")
	for _, fact := range []string{p.lastReview(sec), p.nextReview(sec), p.approval(sec), p.counsel(sec)} {
		if fact != "" {
			m.raw(" ")
			m.text(fact)
		}
	}
	if sec.Owner != nil {
		m.text(" " + p.lang.T("section-owner", "owner", p.ownerWords(sec.Owner)))
	}
	if len(sec.Audience) > 0 {
		m.text(" " + p.lang.T("section-for", "audience", audienceNames(sec.Audience)))
	}
	m.raw("</p>\n", `<div class="prose">`)
	if sec.Doc != nil {
		p.text(m, sec.Doc, level-1)
	}
	m.raw("</div>\n")
	if form := p.formLine(sec); form != "" {
		m.raw(`<p class="quiet">`)
		m.text(form)
		m.raw("</p>\n")
	}
	var sources []string
	for _, l := range sec.Laws {
		sources = append(sources, l.Short)
	}
	for _, r := range sec.References {
		sources = append(sources, r.Title)
	}
	if sources != nil {
		m.raw(`<p class="print-facts">`)
		m.text(p.lang.T("section-rests", "sources", strings.Join(sources, p.lang.Semicolon())))
		m.raw("</p>\n")
	}
	m.raw("</article>\n")
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

// pageStyles returns lists.css, and each section a named page with the section's
// name and version at the head of its sheets.
func (p *printer) pageStyles() []byte {
	var m markup
	m.raw(string(p.listSheet), "\n")
	for i, sec := range p.book.Sections {
		n := strconv.Itoa(i + 1)
		m.raw(`[data-page="`, n, `"]{page:section-`, n, "}\n@page section-", n, "{@top-left{content:",
			cssString(sec.Name()+", "+p.versionWords(sec)), "}}\n")
		if form := p.formLine(sec); form != "" {
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
