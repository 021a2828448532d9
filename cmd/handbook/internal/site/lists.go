package site

import (
	"html/template"
	"strconv"
)

// SectionLinks are links to sections in a list.
type SectionLinks []SectionLink

// HTML gives the lines of the list, each with the section's status in words.
func (ls SectionLinks) HTML() template.HTML { return ls.lines("", false) }

// Counted gives the lines of a list of all sections, by which the script
// counts them again. A status is said only where it is not current.
func (ls SectionLinks) Counted() template.HTML { return ls.lines(" data-counted", true) }

func (ls SectionLinks) lines(mark string, quiet bool) template.HTML {
	var m markup
	m.grow(240 * len(ls))
	for _, l := range ls {
		m.raw(`<li data-ages="`, l.Ages, `" data-status="`, l.Status, `"`, mark, `><a href="`)
		m.text(l.Href)
		m.raw(`">`)
		m.number(l.Number)
		m.text(l.Title)
		m.raw("</a> ")
		l.status(&m, quiet)
		m.raw("</li>\n")
	}
	return m.html()
}

// status writes the word for a section's status; a quiet one is hidden while
// the section is current.
func (l SectionLink) status(m *markup, quiet bool) {
	m.raw(`<span class="status"`)
	if quiet {
		m.raw(" data-quiet")
		if l.Quiet() {
			m.raw(" hidden")
		}
	}
	m.raw(">", l.Word(), "</span>")
}

// writeMenu writes the line of a section in the menu.
func (l SectionLink) writeMenu(m *markup) {
	m.raw(`<li data-ages="`, l.Ages, `" data-status="`, l.Status, `"><a href="`)
	m.text(l.Href)
	m.raw(`"`)
	if l.Current {
		m.raw(` aria-current="page"`)
	}
	m.raw(">")
	m.number(l.Number)
	m.raw("<span>")
	m.text(l.Title)
	m.raw(" ")
	l.status(m, true)
	m.raw("</span></a></li>\n")
}

// RuleLines are rules in a list.
type RuleLines []RuleLine

// HTML gives the lines of the list.
func (ls RuleLines) HTML() template.HTML {
	var m markup
	m.grow(320 * len(ls))
	for _, l := range ls {
		m.raw(`<li id="`)
		m.text(l.Anchor)
		m.raw(`">`)
		m.link(l.Href, l.ID)
		m.raw(" ")
		m.text(l.Text)
		m.raw(` <span class="quiet">In `)
		m.link(l.Section.Href, l.Section.Text)
		for i, r := range l.Rests {
			if i == 0 {
				m.raw("; rests on ")
			} else {
				m.raw(", ")
			}
			m.link(r.Href, r.Text)
		}
		if l.Audience != "" {
			m.raw("; for ")
			m.text(l.Audience)
		}
		m.raw("</span></li>\n")
	}
	return m.html()
}

// lawsInFacts is how many laws the facts of a section name.
const lawsInFacts = 3

// LawLinks are links to laws in the facts of a section.
type LawLinks []LawLink

// HTML gives the list, or nothing for none.
func (ls LawLinks) HTML() template.HTML {
	if len(ls) == 0 {
		return ""
	}
	var m markup
	m.grow(96 * len(ls))
	m.raw(`<ul class="row">`)
	for i, l := range ls {
		if i == lawsInFacts && len(ls) > lawsInFacts+1 {
			// The whole list stands at the end of the page.
			m.raw(`<li><a href="#_page-sources">`, strconv.Itoa(len(ls)-i), " more</a></li>")
			break
		}
		m.raw("<li>")
		m.link(l.Href, l.Text)
		m.raw(" (")
		m.text(l.Level)
		m.raw(")</li>")
	}
	m.raw("</ul>")
	return m.html()
}

// Sources are the laws and references of a section at its end.
type Sources []Source

// HTML gives the lines of the list.
func (ss Sources) HTML() template.HTML {
	var m markup
	m.grow(192 * len(ss))
	for _, s := range ss {
		m.raw("<li>")
		m.link(s.Href, s.Text)
		if s.Detail != "" {
			m.raw(", ")
			m.text(s.Detail)
		}
		for _, n := range s.Notes {
			m.raw(` <span class="quiet">`)
			m.text(n)
			m.raw("</span>")
		}
		m.raw("</li>\n")
	}
	return m.html()
}

// Contents are the headings of a page.
type Contents []ContentsLine

// HTML gives the list, with the lower headings in lists within it.
func (c Contents) HTML() template.HTML {
	var m markup
	m.grow(160 * len(c))
	c.write(&m)
	return m.html()
}

func (c Contents) write(m *markup) {
	if len(c) == 0 {
		return
	}
	m.raw("<ol>")
	for _, l := range c {
		m.raw(`<li><a href="#`)
		m.text(l.ID)
		m.raw(`">`)
		m.number(l.Number)
		m.raw("<span>")
		m.text(l.Text)
		m.raw("</span></a>")
		l.Below.write(m)
		m.raw("</li>")
	}
	m.raw("</ol>")
}
