package site

import (
	"html/template"

	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/staleness"
)

// Boxes and lists that stand in thousands of pages, or have thousands of lines, are
// written here and in html_lists.go and not in the templates: a line costs
// html/template several microseconds, and a handbook of 10,000 sections has a
// million of them. Each is a type with its facts, for layouts of a handbook's
// own, and a method that gives its HTML.

// HTML returns the list of reasons. Those that do not hold stand in a template,
// out of which the script takes them when their day comes: what is only hidden
// is read out all the same by programs that know no stylesheet. The list itself
// is hidden if none holds.
func (rs Reasons) HTML() template.HTML {
	var m markup
	rs.writeAlone(&m)
	return m.html()
}

// writeAlone writes a list that stands in no banner.
func (rs Reasons) writeAlone(m *markup) {
	mark := " data-reasons"
	if !rs.AnyHolds() {
		mark += " hidden"
	}
	rs.write(m, mark)
}

func (rs Reasons) write(m *markup, mark string) {
	if len(rs.List) == 0 {
		return
	}
	m.raw(`<ul class="reasons"`, mark, ">\n")
	for i := range rs.List {
		r := &rs.List[i]
		if !r.Holds {
			m.raw("<template>")
		}
		m.raw(`<li data-kind="`, r.Kind, `"`)
		m.date("data-since", r.Since)
		m.date("data-until", r.Until)
		m.raw(">")
		rs.sentence(m, r)
		m.raw("</li>")
		if !r.Holds {
			m.raw("</template>")
		}
		m.raw("\n")
	}
	m.raw("</ul>\n")
}

// sentence writes the reason with a link to its cause.
func (rs Reasons) sentence(m *markup, r *Reason) {
	m.text(r.Text)
	if r.Cause != "" {
		m.raw(` <a href="`, rs.root, r.causePath, `">`)
		m.text(r.Cause)
		m.raw("</a>")
	}
}

// Banner returns the box that says how a section stands, with all its reasons. It
// is there, hidden, even when there is nothing to say, because a day may come
// on which there is.
func (s Standing) Banner() template.HTML { return asHTML(s) }

func (s Standing) write(m *markup) {
	m.raw(`<div class="banner" data-reasons`)
	m.ages(s.Ages, s.Status, s.Unapproved)
	title := ""
	if s.Reasons.AnyHolds() {
		title = s.site.bannerTitle(staleness.Status(s.Status), s.Unapproved)
	} else {
		m.raw(" hidden")
	}
	m.raw(">\n", `<p class="banner-title">`)
	m.text(title)
	m.raw("</p>\n")
	s.Reasons.write(m, "")
	m.raw("</div>\n")
}

// Facts are the rows of the box of facts.
type Facts []Fact

// A Fact is a row of the box of facts: plain text, or HTML made by this package.
type Fact struct {
	Term, Text string
	HTML       template.HTML
	Ages       string // on the row that says the status
	Status     string
	Unapproved bool
}

// HTML returns the box, without the rows that say nothing.
func (fs Facts) HTML() template.HTML { return asHTML(fs) }

func (fs Facts) write(m *markup) {
	m.raw(`<dl class="facts">`, "\n")
	for _, f := range fs {
		switch {
		case f.Ages != "":
			m.raw("<div")
			m.ages(f.Ages, f.Status, f.Unapproved)
			m.raw("><dt>")
			m.text(f.Term)
			m.raw(`</dt><dd><span class="status">`)
			m.text(f.Text)
			m.raw("</span></dd></div>\n")
		case f.HTML != "" || f.Text != "":
			m.raw("<div><dt>")
			m.text(f.Term)
			m.raw("</dt><dd>", string(f.HTML))
			m.text(f.Text)
			m.raw("</dd></div>\n")
		}
	}
	m.raw("</dl>")
}

// Crumbs returns the way down to the page, with its landmark.
func (f Frame) Crumbs() template.HTML {
	var m markup
	f.writeCrumbs(&m)
	return m.html()
}

func (f *Frame) writeCrumbs(m *markup) {
	if len(f.Way) == 0 {
		return
	}
	m.raw(`<nav class="crumbs"`)
	m.attr("aria-label", f.Handbook.lang.T("breadcrumbs"))
	m.raw(">\n<ol>")
	for _, l := range f.Way {
		m.raw("<li>")
		m.link(l.Href, l.Text)
		m.raw("</li>")
	}
	m.raw("</ol>\n</nav>")
}

// A Turn leads to the pages before and after, as far as there are any.
type Turn struct {
	Previous, Next *Link

	lang *lang.Language
}

// turn returns the links to the pages before and after one of a list.
func turn[T any](s *builder, list []T, i int, link func(T) *Link) Turn {
	t := Turn{lang: s.lang}
	if i > 0 {
		t.Previous = link(list[i-1])
	}
	if i+1 < len(list) {
		t.Next = link(list[i+1])
	}
	return t
}

// HTML returns the links with their landmark, or nothing for none.
func (t Turn) HTML() template.HTML {
	if t.Previous == nil && t.Next == nil {
		return ""
	}
	return asHTML(t)
}

func (t Turn) write(m *markup) {
	m.raw(`<nav class="turn"`)
	m.attr("aria-label", t.lang.T("turn"))
	m.raw(">\n")
	for _, side := range []struct {
		rel, word string
		link      *Link
	}{{"prev", "turn-previous", t.Previous}, {"next", "turn-next", t.Next}} {
		if side.link != nil {
			m.raw(`<a rel="`, side.rel, `" href="`)
			m.text(side.link.Href)
			m.raw(`"><small>`)
			m.text(t.lang.T(side.word))
			m.raw("</small> ")
			m.text(side.link.Text)
			m.raw("</a>\n")
		}
	}
	m.raw("</nav>")
}
