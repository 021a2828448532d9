package site

import (
	"bytes"
	"html/template"
)

// makeReady puts the pieces into the page, each under the same mark as in every
// other page of a section (see skeleton).
func (p *SectionPage) makeReady() {
	*p.chunks = make(chunks, 0, 13)
	box := func(size int, write func(m *markup)) template.HTML {
		return p.chunks.add(size, func(m *markup) error { write(m); return nil })
	}
	shared := func(size int, name string) template.HTML {
		return p.chunks.add(size, func(m *markup) error {
			html, err := p.Shared(name)
			m.raw(string(html))
			return err
		})
	}
	r := &p.Ready
	r.Attributes = template.HTMLAttr(box(256, p.writeAttributes))
	r.Article = template.HTMLAttr(box(160, p.article))
	r.Head = p.chunks.add(1<<10, p.writeHead)
	r.Masthead, r.Foot = shared(1<<10, "masthead"), shared(1<<9, "foot")
	r.Menu = p.chunks.add(4<<10, p.menu)
	r.Crumbs = box(256, p.crumbs)
	r.Opening, r.Rail, r.After = box(512, p.opening), box(2<<10, p.rail), box(2<<10, p.after)
	st := p.Standing()
	r.Banner = box(st.size(), st.write)
	if r.Body = p.body(p.Section.Doc); r.Body == "" {
		r.Body = box(64, func(m *markup) { m.raw("<p>This section has no text yet.</p>") })
	}
	if i := p.place(); i > 0 || i+1 < len(p.site.entries) {
		r.Turning = box(400, p.turning)
	}
}

// skeleton returns the page of a section with marks for its pieces, or nil for a
// layout that needs more: its pages are drawn one by one. All pages of a type
// and depth have the same pieces under the same marks, so that one skeleton serves
// all of them.
func (s *builder) skeleton(p *SectionPage) []byte {
	key := pieceKey{"section", p.Type, p.Root}
	if known, ok := s.cache.skeletons.Load(key); ok {
		return known.([]byte)
	}
	var buf bytes.Buffer
	err := s.layouts["section"].ExecuteTemplate(&buf, "base", struct {
		Shared
		Ready
	}{Shared{s.handbook, p.Type, p.Root}, p.Ready})
	if err != nil {
		buf = bytes.Buffer{} // what is wrong is said when the page is drawn
	}
	s.cache.skeletons.Store(key, buf.Bytes())
	return buf.Bytes()
}

// turning returns the links to the sections before and after.
func (p *SectionPage) turning(m *markup) { Turn{p.Previous(), p.Next()}.write(m) }

// crumbs returns the way down to the page, and at an old address the new one.
func (p *SectionPage) crumbs(m *markup) {
	p.Way.write(m)
	if p.Moved != "" {
		m.raw("\n", `<p class="moved">This page has moved. Its address is now `)
		m.link(p.Moved, p.Name)
		m.raw(".</p>")
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
		m.raw("\n", `<div class="banner" data-status="future"><p class="banner-title">Draft. This text is not in force.</p></div>`)
	}
}

// rail returns what stands beside the text: the facts and the contents.
func (p *SectionPage) rail(m *markup) {
	m.raw(`<div class="rail">`, "\n")
	p.Facts().write(m)
	if contents := p.Contents(); len(contents) > 0 {
		m.raw("\n", `<nav class="contents" aria-labelledby="_page-contents">`, "\n",
			`<p class="contents-title" id="_page-contents">On this page</p>`, "\n")
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
		m.raw(`<section class="sources">`, "\n", `<h2 id="_page-sources">What this section rests on</h2>`, "\n", `<ul class="plain">`, "\n")
		sources.write(m)
		m.raw("</ul>\n</section>\n")
	}
	m.raw(`<p class="cite-line">Cite as: <span class="citation">`)
	m.text(p.Citation)
	m.raw("</span></p>\n", `<ul class="tools">`, "\n")
	p.Tools().write(m)
	m.raw(`<li data-script hidden><button class="button" type="button" data-print>Print this section</button></li>`, "\n</ul>\n</footer>")
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
