package site

import (
	"html/template"
	"strconv"
)

// SectionLinks are links to sections in a list.
type SectionLinks []SectionLink

// HTML gives the lines of the list, each with the section's status in words.
func (ls SectionLinks) HTML() template.HTML { return ls.lines("", false) }

func (ls SectionLinks) size() int { return 240 * len(ls) }

func (ls SectionLinks) write(m *markup) { ls.writeLines(m, "", false) }

// Counted gives the lines of a list of all sections, by which the script
// counts them again. A status is said only where it is not current.
func (ls SectionLinks) Counted() template.HTML { return ls.lines(" data-counted", true) }

func (ls SectionLinks) lines(mark string, quiet bool) template.HTML {
	var m markup
	m.grow(ls.size())
	ls.writeLines(&m, mark, quiet)
	return m.html()
}

func (ls SectionLinks) writeLines(m *markup, mark string, quiet bool) {
	for i := range ls {
		m.spill()
		if ls[i].line != "" && !quiet {
			m.raw(ls[i].line)
			continue
		}
		ls[i].writeLine(m, mark, quiet)
	}
}

func (l *SectionLink) writeLine(m *markup, mark string, quiet bool) {
	m.raw("<li")
	m.ages(l.Ages, l.Status, l.Unapproved && !quiet)
	m.raw(mark, `><a href="`)
	m.text(l.Href)
	m.raw(`">`)
	m.number(l.Number)
	m.text(l.Title)
	m.raw("</a> ")
	l.status(m, quiet)
	m.raw("</li>\n")
}

// status writes the word for a section's status; a quiet one is neither shown
// nor there while the section is current.
func (l SectionLink) status(m *markup, quiet bool) {
	switch {
	case quiet && l.Quiet():
		m.raw(`<span class="status" data-quiet hidden></span>`)
	case quiet:
		m.raw(`<span class="status" data-quiet>`, l.Word(), "</span>")
	default:
		m.raw(`<span class="status">`, l.Word(), "</span>")
	}
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
type RuleLines []*RuleLine

// HTML gives the lines of the list.
func (ls RuleLines) HTML() template.HTML { return asHTML(ls) }

func (ls RuleLines) size() int { return 400 * len(ls) }

func (ls RuleLines) write(m *markup) {
	for _, l := range ls {
		m.spill()
		if l.line != "" {
			m.raw(l.line)
			continue
		}
		l.write(m)
	}
}

func (l *RuleLine) write(m *markup) {
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

// lawsInFacts is how many laws the facts of a section name.
const lawsInFacts = 3

// LawLinks are links to laws in the facts of a section, and how many more the
// section has: the whole list stands at the end of the page.
type LawLinks struct {
	List []LawLink
	More int
}

// HTML gives the list, or nothing for none.
func (ls LawLinks) HTML() template.HTML {
	if len(ls.List) == 0 {
		return ""
	}
	var m markup
	m.grow(64 + 96*len(ls.List))
	m.raw(`<ul class="row">`)
	for _, l := range ls.List {
		m.raw("<li>")
		m.link(l.Href, l.Text)
		m.raw(" (")
		m.text(l.Level)
		m.raw(")</li>")
	}
	if ls.More > 0 {
		m.raw(`<li><a href="#_page-sources">`, strconv.Itoa(ls.More), " more</a></li>")
	}
	m.raw("</ul>")
	return m.html()
}

// Sources are the laws and references of a section at its end.
type Sources []Source

// HTML gives the lines of the list.
func (ss Sources) HTML() template.HTML { return asHTML(ss) }

func (ss Sources) size() int { return 192 * len(ss) }

func (ss Sources) write(m *markup) {
	for i := range ss {
		if ss[i].line != "" {
			m.raw(ss[i].line)
			continue
		}
		ss[i].write(m)
	}
}

func (s *Source) write(m *markup) {
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

// Contents are the headings of a page.
type Contents []ContentsLine

// HTML gives the list, with the lower headings in lists within it.
func (c Contents) HTML() template.HTML { return asHTML(c) }

func (c Contents) size() int { return 160 * len(c) }

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

// HTML gives the lines of the list.
func (ls Links) HTML() template.HTML { return asHTML(ls) }

func (ls Links) size() int { return 96 * len(ls) }

func (ls Links) write(m *markup) {
	for _, l := range ls {
		m.spill()
		m.raw("<li>")
		m.link(l.Href, l.Text)
		if l.Detail != "" {
			m.raw(` <span class="quiet">`)
			m.text(l.Detail)
			m.raw("</span>")
		}
		m.raw("</li>\n")
	}
}

// NameEntries are the names under a letter.
type NameEntries []NameEntry

// HTML gives the lines of the list.
func (es NameEntries) HTML() template.HTML {
	var m markup
	m.grow(240 * len(es))
	for _, e := range es {
		m.raw("<li")
		m.attr("data-ages", e.Ages)
		m.attr("data-status", e.Status)
		m.raw(">")
		if e.See == "" {
			m.link(e.Href, e.Text)
		} else {
			m.text(e.Text)
			m.raw(", see ")
			m.link(e.Href, e.See)
		}
		m.raw(` <span class="quiet">`)
		m.text(e.Kind)
		m.raw("</span>")
		if e.Ages != "" {
			m.raw(" ")
			e.status(&m, true)
		}
		m.raw("</li>\n")
	}
	return m.html()
}

// Row gives the links with the days on which they are due, one after the other.
func (ls SectionLinks) Row() template.HTML {
	var m markup
	m.grow(160 * len(ls))
	for i, l := range ls {
		if i > 0 {
			m.raw("; ")
		}
		m.link(l.Href, l.Name())
		if l.Due != "" {
			m.raw(" by ", string(l.Due))
		}
	}
	return m.html()
}

// HealthRows are the sections of an owner.
type HealthRows []HealthRow

// HTML gives the rows of the table.
func (rs HealthRows) HTML() template.HTML { return asHTML(rs) }

func (rs HealthRows) size() int {
	size := 400 * len(rs)
	for i := range rs {
		size += rs[i].Reasons.size
	}
	return size
}

func (rs HealthRows) write(m *markup) {
	for _, r := range rs {
		m.spill()
		m.raw("<tr")
		m.ages(r.Ages, r.Status, r.Unapproved)
		m.raw(` data-counted><th scope="row">`)
		m.link(r.Href, r.Name())
		m.raw(`</th><td data-label="Status">`)
		r.status(m, false)
		m.raw(`</td><td data-label="Why">`)
		m.raw(string(r.Reasons.HTML()))
		m.raw(`</td><td data-label="Review due by">`)
		if r.Due == "" {
			m.raw("None")
		}
		m.raw(string(r.Due), "</td></tr>\n")
	}
}
