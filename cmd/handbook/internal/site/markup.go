package site

import (
	"html"
	"html/template"
	"slices"
	"strings"
)

// Boxes and lists that stand in thousands of pages, or have thousands of lines, are
// written here and not in the templates: a line costs html/template several
// microseconds, and a handbook of 10,000 sections has a million of them. Each
// such list is a type with its facts, for layouts of a handbook's own, and a
// method that gives its HTML.

// markup is HTML being written. Only text and attr take what authors wrote.
type markup struct{ b []byte }

// grow makes room for n bytes.
func (m *markup) grow(n int) { m.b = slices.Grow(m.b, n) }

// Write writes HTML of our own; it never fails.
func (m *markup) Write(b []byte) (int, error) {
	m.b = append(m.b, b...)
	return len(b), nil
}

// WriteString writes HTML of our own; it never fails.
func (m *markup) WriteString(s string) (int, error) {
	m.b = append(m.b, s...)
	return len(s), nil
}

// raw writes HTML of our own.
func (m *markup) raw(parts ...string) {
	for _, p := range parts {
		m.b = append(m.b, p...)
	}
}

// text writes a text, escaped.
func (m *markup) text(s string) { m.b = append(m.b, html.EscapeString(s)...) }

// attr writes an attribute, or nothing for an empty value.
func (m *markup) attr(name, value string) {
	if value != "" {
		m.raw(" ", name, `="`)
		m.text(value)
		m.raw(`"`)
	}
}

// link writes a link. href is made by this package and needs no check.
func (m *markup) link(href, text string) {
	m.raw(`<a href="`)
	m.text(href)
	m.raw(`">`)
	m.text(text)
	m.raw("</a>")
}

// number writes the number before a title.
func (m *markup) number(n string) {
	if n != "" {
		m.raw(`<span class="number">`)
		m.text(n)
		m.raw(" </span>")
	}
}

// html gives what was written.
func (m *markup) html() template.HTML { return template.HTML(m.b) }

// HTML gives the list of reasons. Those that do not hold are hidden, and the
// list itself if none does.
func (rs Reasons) HTML() template.HTML {
	var m markup
	mark := " data-reasons"
	if !rs.AnyHolds() {
		mark += " hidden"
	}
	rs.write(&m, mark)
	return m.html()
}

func (rs Reasons) write(m *markup, mark string) {
	if len(rs.List) == 0 {
		return
	}
	m.grow(rs.size)
	m.raw(`<ul class="reasons"`, mark, ">\n")
	for i := range rs.List {
		r := &rs.List[i]
		m.raw(`<li data-kind="`, r.Kind, `"`)
		m.attr("data-since", r.Since)
		m.attr("data-until", r.Until)
		if !r.Holds {
			m.raw(" hidden")
		}
		m.raw(">")
		r.sentence(m, rs.root)
		m.raw("</li>\n")
	}
	m.raw("</ul>\n")
}

// sentence writes the reason with a link to its cause.
func (r *Reason) sentence(m *markup, root string) {
	m.text(r.Text)
	if r.Cause != "" {
		m.raw(` <a href="`, root, r.causePath, `">See `)
		m.text(r.Cause)
		m.raw("</a>")
	}
}

// Banner gives the box that says how a section stands, with all its reasons. It
// is there, hidden, even when there is nothing to say, because a day may come
// on which there is.
func (s Standing) Banner() template.HTML {
	var m markup
	s.write(&m)
	return m.html()
}

func (s Standing) write(m *markup) {
	m.grow(700 + s.Reasons.size)
	m.raw(`<div class="banner" data-reasons data-ages="`, s.Ages, `" data-status="`, s.Status, `"`)
	if !s.Reasons.AnyHolds() {
		m.raw(" hidden")
	}
	m.raw(">\n")
	for _, t := range bannerTitles() {
		if !strings.Contains(s.Ages, " "+t.status) {
			continue // it is never to be
		}
		m.raw(`<p class="banner-title" data-when="`, t.status, `"`)
		if t.status != s.Status {
			m.raw(" hidden")
		}
		m.raw(">", t.text, "</p>\n")
	}
	s.Reasons.write(m, "")
	m.raw("</div>\n")
}

type bannerTitle struct{ status, text string }

func bannerTitles() [5]bannerTitle {
	return [...]bannerTitle{
		{"current", "In date. Still open:"},
		{"stale", "Out of date. Check with the owner before you rely on this section."},
		{"due", "In date, but something needs to be done:"},
		{"future", "Not yet in force."},
		{"withdrawn", "Withdrawn. This section no longer applies."},
	}
}

// Facts are the rows of the box of facts.
type Facts []Fact

// A Fact is a row of the box of facts: plain text, or HTML made by this package.
type Fact struct {
	Term, Text string
	HTML       template.HTML
	Ages       string // on the row that says the status
	Status     string
}

// HTML gives the box, without the rows that say nothing.
func (fs Facts) HTML() template.HTML {
	var m markup
	m.grow(128 * len(fs))
	m.raw(`<dl class="facts">`, "\n")
	for _, f := range fs {
		switch {
		case f.Ages != "":
			m.raw(`<div data-ages="`, f.Ages, `" data-status="`, f.Status, `"><dt>`, f.Term, `</dt><dd><span class="status">`, f.Text, "</span></dd></div>\n")
		case f.HTML != "":
			m.raw("<div><dt>", f.Term, "</dt><dd>", string(f.HTML), "</dd></div>\n")
		case f.Text != "":
			m.raw("<div><dt>", f.Term, "</dt><dd>")
			m.text(f.Text)
			m.raw("</dd></div>\n")
		}
	}
	m.raw("</dl>")
	return m.html()
}

// opening writes the head of a section: its number, title and summary.
func (m *markup) opening(number, title, summary string) {
	m.raw(`<header class="opening">`, "\n<h1>")
	m.number(number)
	m.text(title)
	m.raw("</h1>\n")
	if summary != "" {
		m.raw(`<p class="lead">`)
		m.text(summary)
		m.raw("</p>\n")
	}
	m.raw("</header>")
}

// Crumbs lead from the first page down to the one above the page.
type Crumbs []Link

// HTML gives the crumbs with their landmark, or nothing for none.
func (c Crumbs) HTML() template.HTML {
	if len(c) == 0 {
		return ""
	}
	var m markup
	m.grow(400)
	m.raw(`<nav class="crumbs" aria-label="Breadcrumbs">`, "\n<ol>")
	for _, l := range c {
		m.raw("<li>")
		m.link(l.Href, l.Text)
		m.raw("</li>")
	}
	m.raw("</ol>\n</nav>")
	return m.html()
}

// A Turn leads to the pages before and after, as far as there are any.
type Turn struct{ Previous, Next *Link }

// HTML gives the links with their landmark, or nothing for none.
func (t Turn) HTML() template.HTML {
	if t.Previous == nil && t.Next == nil {
		return ""
	}
	var m markup
	m.grow(400)
	m.raw(`<nav class="turn" aria-label="Previous and next">`, "\n")
	for _, side := range []struct {
		rel, word string
		link      *Link
	}{{"prev", "Previous", t.Previous}, {"next", "Next", t.Next}} {
		if side.link != nil {
			m.raw(`<a rel="`, side.rel, `" href="`)
			m.text(side.link.Href)
			m.raw(`"><small>`, side.word, "</small> ")
			m.text(side.link.Text)
			m.raw("</a>\n")
		}
	}
	m.raw("</nav>")
	return m.html()
}

// Attributes gives the attributes of the html element: the language, the day
// for which the page is true, and what stands on each printed sheet.
func (f Frame) Attributes() template.HTMLAttr {
	var m markup
	m.attr("lang", f.Handbook.Language)
	m.attr("dir", f.Handbook.Direction)
	m.attr("data-day", f.Handbook.Day.String())
	m.attr("data-running", f.Running)
	m.attr("data-address", f.Canonical)
	m.attr("data-form", f.Form)
	return template.HTMLAttr(m.b[1:]) // attr begins with a space
}

// Meta gives the title of the page and what the head says of it.
func (f Frame) Meta() template.HTML {
	var m markup
	m.grow(1024)
	m.raw("<title>")
	m.text(f.WindowTitle)
	m.raw("</title>\n")
	meta := func(key, name, content string) {
		if content != "" {
			m.raw("<meta ", key, `="`, name, `"`)
			m.attr("content", content)
			m.raw(">\n")
		}
	}
	meta("name", "description", f.Description)
	meta("property", "og:title", f.Title)
	meta("property", "og:site_name", f.Handbook.Title)
	if f.Canonical != "" {
		m.raw(`<link rel="canonical"`)
		m.attr("href", f.Canonical)
		m.raw(">\n")
	}
	return m.html()
}

// HTML gives the lines of the list.
func (ls Links) HTML() template.HTML {
	var m markup
	m.grow(96 * len(ls))
	for _, l := range ls {
		m.raw("<li>")
		m.link(l.Href, l.Text)
		if l.Detail != "" {
			m.raw(` <span class="quiet">`)
			m.text(l.Detail)
			m.raw("</span>")
		}
		m.raw("</li>\n")
	}
	return m.html()
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
func (rs HealthRows) HTML() template.HTML {
	var m markup
	for _, r := range rs {
		m.grow(400 + r.Reasons.size)
		m.raw(`<tr data-ages="`, r.Ages, `" data-status="`, r.Status, `" data-counted><th scope="row">`)
		m.link(r.Href, r.Name())
		m.raw("</th><td>")
		r.status(&m, false)
		m.raw("</td><td>")
		m.raw(string(r.Reasons.HTML()))
		m.raw("</td><td>")
		if r.Due == "" {
			m.raw("None")
		}
		m.raw(string(r.Due), "</td></tr>\n")
	}
	return m.html()
}
