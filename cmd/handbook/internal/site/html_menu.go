package site

// writeLines writes the lines of a group's sections, marking the one at index
// here (-1 for none).
func (s *builder) writeLines(m *markup, root string, g *group, here int) {
	lines := s.depth(root).menu
	from, to := window(here, len(g.sections))
	more := func() {
		m.raw(`<li class="more">`)
		if g.part != nil {
			m.link(root+escapePath(g.part.Path), s.lang.T("menu-whole-part"))
		} else {
			m.link(root+"a-z.html", s.lang.T("menu-all"))
		}
		m.raw("</li>\n")
	}
	if from > 0 {
		more()
	}
	for i, sec := range g.sections[from:to] {
		if e := s.entry[sec]; from+i == here {
			e.link(root).writeMenu(m, true)
		} else {
			lines.write(m, e)
		}
	}
	if to < len(g.sections) {
		more()
	}
}

// writeMenu writes the line of a section in the menu. A status is said only
// where it is not current.
func (l SectionLink) writeMenu(m *markup, current bool) {
	st := l.stand()
	m.raw(`<li data-ages="`, st.ages)
	if !l.Quiet() {
		m.raw(`" data-status="`, string(st.status)) // for its color
	}
	m.raw(`"><a href="`, l.root, l.path, `"`)
	if current {
		m.raw(` aria-current="page"`)
	}
	m.raw(">")
	m.number(l.section.Number)
	m.raw("<span>")
	m.text(l.section.Title)
	m.quietWord(l.Word(), l.Quiet())
	m.raw("</span></a></li>\n")
}
