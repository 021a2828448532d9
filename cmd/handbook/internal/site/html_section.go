package site

import (
	"bytes"
	"html/template"
)

// makeReady puts the pieces into the page, each under the same mark as in every
// other page of a section (see skeleton).
func (p *SectionPage) makeReady() {
	*p.chunks = make(chunks, 0, 13)
	box := func(write func(m *markup)) template.HTML {
		return p.chunks.add(func(m *markup) error { write(m); return nil })
	}
	shared := func(name string) template.HTML {
		return p.chunks.add(func(m *markup) error {
			html, err := p.Shared(name)
			m.raw(string(html))
			return err
		})
	}
	r := &p.Ready
	r.Attributes = template.HTMLAttr(box(p.writeAttributes))
	r.Article = template.HTMLAttr(box(p.article))
	r.Head = p.chunks.add(p.writeHead)
	r.Masthead, r.Foot = shared("masthead"), shared("foot")
	r.Menu = p.chunks.add(p.menu)
	r.Crumbs = box(p.crumbs)
	r.Opening, r.Rail, r.After = box(p.opening), box(p.rail), box(p.after)
	st := p.Standing()
	r.Banner = box(st.write)
	if r.Body = p.body(p.Section.Doc); r.Body == "" {
		r.Body = box(func(m *markup) {
			m.raw("<p>")
			m.text(p.site.lang.T("section-empty"))
			m.raw("</p>")
		})
	}
	if i := p.place(); i > 0 || i+1 < len(p.site.entries) {
		r.Turning = box(p.turning)
	}
}

// skeleton returns the page of a section with marks for its pieces, or nil for a
// layout that needs more: its pages are drawn one by one. All pages of a type
// and depth have the same pieces under the same marks, so that one skeleton serves
// all of them.
func (s *builder) skeleton(p *SectionPage) []byte {
	page, _ := cached(s, skeletonKey{p.Type, p.Root}, func() ([]byte, error) {
		var buf bytes.Buffer
		err := s.layouts["section"].ExecuteTemplate(&buf, "base", struct {
			Shared
			Ready
		}{Shared{s.handbook, p.Type, p.Root}, p.Ready})
		if err != nil {
			return nil, nil // what is wrong is said when the page is drawn
		}
		return buf.Bytes(), nil
	})
	return page
}

// A skeletonKey tells skeletons apart.
type skeletonKey struct{ kind, root string }

// turning returns the links to the sections before and after.
func (p *SectionPage) turning(m *markup) { p.turn().write(m) }

// crumbs returns the way down to the page, and at an old address the new one.
func (p *SectionPage) crumbs(m *markup) {
	p.writeCrumbs(m)
	if p.Moved != "" {
		var link markup
		link.link(p.Moved, p.Name)
		m.raw("\n", `<p class="moved">`, string(p.site.lang.HTML("moved-here", "page", link.html())), "</p>")
	}
}

// article returns the attributes of the article: what kind it is, and what a
// citation of it says.
func (p *SectionPage) article(m *markup) {
	m.raw(`class="document railed`)
	if p.Form != "" {
		m.raw(" form")
	}
	m.raw(`"`)
	m.attr("data-citation", p.Name)
	m.attr("data-version", p.VersionWords)
}

// opening returns the head of the page: number, title and summary. Somebody in
// trouble who comes for an action card must not have to look for it below the
// box of facts, so the first thing after the title leads there.
func (p *SectionPage) opening(m *markup) {
	m.opening(p.Number, p.Title, p.Summary, p.Cards())
	if p.Draft {
		m.raw("\n", `<div class="banner" data-status="future"><p class="banner-title">`)
		m.text(p.site.lang.T("section-draft"))
		m.raw("</p></div>")
	}
}

// rail returns what stands beside the text: the facts and the contents.
func (p *SectionPage) rail(m *markup) {
	m.raw(`<div class="rail">`, "\n")
	p.Facts().write(m)
	if contents := p.Contents(); len(contents) > 0 {
		m.raw("\n", `<nav class="contents" aria-labelledby="_page-contents">`, "\n",
			`<p class="contents-title" id="_page-contents">`)
		m.text(p.site.lang.T("on-this-page"))
		m.raw("</p>\n")
		contents.write(m)
		m.raw("\n</nav>")
	}
	m.raw("\n</div>")
}

// after returns what follows the text: what it is a form for, what it rests on,
// how to cite it, and what can be done with it.
func (p *SectionPage) after(m *markup) {
	if p.Form != "" {
		m.raw(`<p class="quiet">`)
		m.text(p.Form)
		m.raw("</p>\n")
	}
	m.raw(`<footer class="after">`, "\n")
	if sources := p.Sources(); len(sources) > 0 {
		m.raw(`<section class="sources">`, "\n", `<h2 id="_page-sources">`)
		m.text(p.site.lang.T("rests-on"))
		m.raw("</h2>\n", `<ul class="plain">`, "\n")
		sources.write(m)
		m.raw("</ul>\n</section>\n")
	}
	m.raw(`<p class="cite-line">`)
	m.text(p.site.lang.T("cite-as"))
	m.raw(` <span class="citation">`)
	m.text(p.Citation)
	m.raw("</span></p>\n", `<ul class="tools">`, "\n")
	p.Tools().write(m)
	m.raw(`<li data-script hidden><button class="button" type="button" data-print>`)
	m.text(p.site.lang.T("print-section"))
	m.raw("</button></li>\n</ul>\n</footer>")
}

// opening writes the head of a section: its number and title, the way to its
// action cards, and its summary.
func (m *markup) opening(number, title, summary string, cards Links) {
	m.raw(`<header class="opening">`, "\n<h1>")
	m.number(number)
	m.text(title)
	m.raw("</h1>\n")
	for _, c := range cards {
		m.raw(`<p class="to-card">`)
		m.link(c.Href, c.Text)
		m.raw("</p>\n")
	}
	if summary != "" {
		m.raw(`<p class="lead">`)
		m.text(summary)
		m.raw("</p>\n")
	}
	m.raw("</header>")
}
