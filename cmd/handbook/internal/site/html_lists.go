package site

import (
	"html/template"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/lang"
)

// SectionLinks are links to sections in a list.
type SectionLinks []SectionLink

// HTML returns the lines of the list, each with the section's status in words.
func (ls SectionLinks) HTML() template.HTML { return asHTML(ls) }

func (ls SectionLinks) write(m *markup) {
	if len(ls) == 0 {
		return
	}
	lines := ls[0].site.depth(ls[0].root).list
	for _, l := range ls {
		m.spill()
		lines.write(m, l.entry)
	}
}

// Counted returns the lines of a list of all sections, by which the script
// counts them again. A status is said only where it is not current.
func (ls SectionLinks) Counted() template.HTML {
	var m markup
	for _, l := range ls {
		l.writeLine(&m, " data-counted", true)
	}
	return m.html()
}

// Full returns the sections of a part, each with its summary and the day of its
// next review.
func (ls SectionLinks) Full() FullLinks { return FullLinks(ls) }

// FullLinks are links to sections in a list that has room for more than titles.
type FullLinks []SectionLink

// HTML returns the lines of the list.
func (ls FullLinks) HTML() template.HTML { return asHTML(ls) }

func (ls FullLinks) write(m *markup) {
	for _, l := range ls {
		m.spill()
		m.raw("<li")
		l.writeAges(m, true)
		m.raw(">\n<h2>")
		l.writeLink(m)
		m.raw("</h2>\n")
		if s := l.Summary(); s != "" {
			m.raw("<p>")
			m.text(s)
			m.raw("</p>\n")
		}
		m.raw(`<p class="quiet"><span class="status">`)
		m.text(l.Word())
		m.raw("</span>")
		if !l.due.IsZero() {
			m.raw(" ", string(l.site.lang.HTML("due", "day", l.Due())))
		}
		m.raw("</p>\n</li>\n")
	}
}

func (l SectionLink) writeLine(m *markup, mark string, quiet bool) {
	m.raw("<li")
	l.writeAges(m, !quiet)
	m.raw(mark, ">")
	l.writeLink(m)
	if quiet {
		m.quietWord(l.Word(), l.Quiet())
	} else {
		m.raw(` <span class="status">`)
		m.text(l.Word())
		m.raw("</span>")
	}
	m.raw("</li>\n")
}

func (l SectionLink) writeAges(m *markup, approval bool) {
	st := l.stand()
	m.ages(st.ages, string(st.status), approval && l.Unapproved())
}

func (l SectionLink) writeLink(m *markup) {
	m.raw(`<a href="`, l.root, l.path, `">`)
	m.number(l.section.Number)
	m.text(l.section.Title)
	m.raw("</a>")
}

// quietWord writes the word for a status in a list that is short of room: none
// while the section is current. The script gives a line its word on the day on
// which it needs one.
func (m *markup) quietWord(word string, current bool) {
	if !current {
		m.raw(` <span class="status" data-quiet>`)
		m.text(word)
		m.raw("</span>")
	}
}

// RuleLines are rules in a list.
type RuleLines []RuleLine

// HTML returns the lines of the list.
func (ls RuleLines) HTML() template.HTML { return asHTML(ls) }

func (ls RuleLines) write(m *markup) {
	for _, l := range ls {
		m.spill()
		l.write(m)
	}
}

// ruleWords are what stands before and after what a rule stands in, rests on and
// binds: a handbook has thousands of such lines.
type ruleWords struct{ in, rests, bind [2]string }

// around returns a message as what stands before and after its argument.
func (s *builder) around(name, arg string) [2]string {
	before, after, _ := strings.Cut(s.lang.T(name, arg, "\x00"), "\x00")
	return [2]string{before, after}
}

func (l RuleLine) write(m *markup) {
	sec := l.site.entry[l.rule.Section]
	m.raw("<li")
	if l.whole {
		m.attr("id", l.Anchor())
	}
	m.raw(`><a href="`, l.root, sec.path, "#")
	m.text(l.rule.ID)
	m.raw(`">`)
	m.text(l.rule.ID)
	m.raw("</a> ")
	m.text(l.rule.Text)
	words := &l.site.ruleWords
	m.raw(` <span class="quiet">`)
	m.text(words.in[0])
	m.raw(`<a href="`, l.root, sec.path, `">`, sec.name, "</a>")
	m.text(words.in[1])
	if rests := l.Rests(); l.whole && len(rests) > 0 {
		m.text(l.site.lang.Semicolon())
		m.text(words.rests[0])
		for i, r := range rests {
			if i > 0 {
				m.raw(", ")
			}
			m.link(r.Href, r.Text)
		}
		m.text(words.rests[1])
	}
	if len(l.rule.Audience) > 0 {
		m.text(l.site.lang.Semicolon())
		m.text(words.bind[0])
		m.text(l.Audience())
		m.text(words.bind[1])
	}
	m.raw("</span></li>\n")
}

// lawsInFacts is how many laws the facts of a section name.
const lawsInFacts = 3

// lawLinks returns the laws in the facts of a section, or nothing for none. The
// whole list stands at the end of the page.
func (s *builder) lawLinks(laws []*book.Law, root string) template.HTML {
	if len(laws) == 0 {
		return ""
	}
	more := 0
	if len(laws) > lawsInFacts+1 {
		laws, more = laws[:lawsInFacts], len(laws)-lawsInFacts
	}
	var m markup
	m.raw(`<ul class="row">`)
	for _, l := range laws {
		m.raw("<li>")
		m.link(root+escapePath(l.Path), l.Short)
		m.raw(" (")
		m.text(s.levels[l].short)
		m.raw(")</li>")
	}
	if more > 0 {
		m.raw("<li>")
		m.link("#_page-sources", s.lang.T("more", "n", more))
		m.raw("</li>")
	}
	m.raw("</ul>")
	return m.html()
}

// Contents are the headings of a page.
type Contents []ContentsLine

// HTML returns the list, with the lower headings in lists within it.
func (c Contents) HTML() template.HTML { return asHTML(c) }

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
		m.text(l.Text)
		m.raw("</a>")
		l.Below.write(m)
		m.raw("</li>")
	}
	m.raw("</ol>")
}

// HTML returns the lines of the list.
func (ls Links) HTML() template.HTML { return asHTML(ls) }

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
type NameEntries struct {
	List []NameEntry

	lang *lang.Language
}

// HTML returns the lines of the list.
func (es NameEntries) HTML() template.HTML { return asHTML(es) }

func (es NameEntries) write(m *markup) {
	for _, e := range es.List {
		m.spill()
		m.raw("<li")
		m.attr("data-ages", e.Ages)
		m.attr("data-status", e.Status)
		m.raw(">")
		if e.See == "" {
			m.link(e.Href, e.Text)
		} else {
			var other markup
			other.link(e.Href, e.See)
			m.raw(string(es.lang.HTML("az-see", "name", e.Text, "other", other.html())))
		}
		m.raw(` <span class="quiet">`)
		m.text(e.Kind)
		m.raw("</span>")
		m.quietWord(e.Word, e.Word == "")
		m.raw("</li>\n")
	}
}

// Row returns the links with the days on which they are due, one after the other.
func (ls SectionLinks) Row() template.HTML {
	var m markup
	for i, l := range ls {
		if i > 0 {
			m.text(l.site.lang.Semicolon())
		}
		link := template.HTML(`<a href="` + l.root + l.path + `">` + l.name + "</a>")
		if !l.due.IsZero() {
			link = l.site.lang.HTML("due-by", "section", link, "day", l.Due())
		}
		m.raw(string(link))
	}
	return m.html()
}

// HealthRows are the sections of an owner.
type HealthRows []HealthRow

// HTML returns the rows of the table.
func (rs HealthRows) HTML() template.HTML { return asHTML(rs) }

func (rs HealthRows) write(m *markup) {
	for _, r := range rs {
		m.spill()
		m.raw("<tr")
		r.writeAges(m, true)
		m.raw(` data-counted><th scope="row"><a href="`, r.root, r.path, `">`, r.name, `</a></th>`)
		m.cell(r.site.lang.T("column-status"))
		m.raw(`<span class="status">`)
		m.text(r.Word())
		m.raw("</span></td>")
		m.cell(r.site.lang.T("health-why"))
		r.Reasons.writeAlone(m)
		m.raw("</td>")
		m.cell(r.site.lang.T("health-due"))
		if r.due.IsZero() {
			m.text(r.site.lang.T("due-none"))
		}
		m.time(r.site.lang, r.due)
		m.raw("</td></tr>\n")
	}
}

// HTML returns the lines of the list.
func (ss Sources) HTML() template.HTML { return asHTML(ss) }

func (ss Sources) write(m *markup) {
	for _, s := range ss {
		m.raw("<li>", s.line)
		for _, n := range s.Notes {
			m.raw(` <span class="quiet">`)
			m.text(n)
			m.raw("</span>")
		}
		m.raw("</li>\n")
	}
}

// referenceRow returns references in a row of facts, or nothing for none; with
// standing it says which of them are no longer current.
func (s *builder) referenceRow(refs []*book.Reference, root string, standing bool) template.HTML {
	if len(refs) == 0 {
		return ""
	}
	var m markup
	m.raw(`<ul class="row">`)
	for _, r := range refs {
		m.raw("<li>")
		m.link(root+escapePath(r.Path), r.Title)
		if standing && !current(r) {
			m.text(" (" + lowerFirst(s.referenceStanding(r)) + ")")
		}
		m.raw("</li>")
	}
	m.raw("</ul>")
	return m.html()
}

// cell begins a cell of a table that says the name of its column where there is
// no room for columns.
func (m *markup) cell(column string) {
	m.raw("<td")
	m.attr("data-label", column)
	m.raw(">")
}
