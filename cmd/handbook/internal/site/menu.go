package site

import (
	"html/template"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"handbook/cmd/handbook/internal/book"
)

// The menu of a page has all parts, the sections of the page's own part, and
// the other pages. It is the largest thing that pages share, so it is made of
// lines that are drawn once: for each depth of folder the menu around the
// sections, and for each part the line of each section. A page joins them.

// longList is how many lines of one kind a menu shows whole; of a longer list
// it shows around on both sides of the page.
const (
	longList = 40
	around   = 10
)

// A group is a run of sections in reading order: those of a part, or those
// that stand in no part.
type group struct {
	part     *book.Part // nil if the sections stand in no part
	sections []*book.Section
}

// arrange sorts the sections into groups, and finds out what every section
// that applies a law says of its level.
func (s *builder) arrange() {
	s.levels = make(map[*book.Law]levelWords, len(s.book.Laws))
	for _, l := range s.book.Laws {
		s.levels[l] = levelWords{levelShort(l), lowerFirst(levelOf(l))}
	}
	s.standing = make(map[*book.Section]*standing, len(s.book.Sections))
	s.group = make(map[*book.Section]*group, len(s.book.Sections))
	s.place = make(map[*book.Section]int, len(s.book.Sections))
	byPart := map[*book.Part]*group{}
	for i, sec := range s.book.Sections {
		s.standing[sec] = s.newStanding(sec)
		s.place[sec] = i
		g := byPart[sec.Part]
		if g == nil {
			g = &group{part: sec.Part}
			byPart[sec.Part] = g
			s.groups = append(s.groups, g)
		}
		g.sections = append(g.sections, sec)
		s.group[sec] = g
	}
}

// A Menu is what menu.html draws.
type Menu struct {
	Groups  []MenuGroup
	Shelves []Shelf
}

// A MenuGroup is a part with its sections, or sections that stand in no part.
type MenuGroup struct {
	Number, Title, Href string
	Current             string        // as in Link
	Sections            template.HTML // the lines of its sections, if it is open
}

// A Shelf is a titled list of pages.
type Shelf struct {
	ID, Title string
	Links     []Link
}

// A shelf keeps what was drawn of menus.
type shelf struct {
	menuLock sync.Mutex // taken before lineLock
	menus    map[menuKey][]string
	lineLock sync.Mutex
	lines    map[lineKey][]atomic.Pointer[string]
	pieces   sync.Map // of pieceKey to template.HTML
	lists    sync.Map // of the way to the root to *drawn
}

// What is drawn of lists for the pages of one depth.
type drawn struct {
	links sync.Map // of *book.Section to *SectionLink
	rules sync.Map // of *book.Rule to *RuleLine, without what they rest on

	sources sync.Map // of *book.Law and *book.Reference to *Source, without notes
}

func (s *builder) drawn(root string) *drawn {
	d, ok := s.shelf.lists.Load(root)
	if !ok {
		d, _ = s.shelf.lists.LoadOrStore(root, new(drawn))
	}
	return d.(*drawn)
}

type pieceKey struct{ name, kind, root string }

// drawShared draws a piece of base.html, or finds it drawn already.
func (s *builder) drawShared(name string, data Shared) (template.HTML, error) {
	key := pieceKey{name, data.Type, data.Root}
	if p, ok := s.shelf.pieces.Load(key); ok {
		return p.(template.HTML), nil
	}
	p, err := s.piece(name, data)
	if err != nil {
		return "", err
	}
	s.shelf.pieces.Store(key, template.HTML(p))
	return template.HTML(p), nil
}

type lineKey struct {
	root  string
	group *group
}

// A menuKey tells menus apart: by the way to the root, the entry that is
// marked and how, and the group whose sections are filled in later.
type menuKey struct {
	root, current, mark string
	open                *group
}

// filler stands in a drawn menu for the lines of the page's own group. No
// content holds a NUL.
const filler = "\x00"

// menuFor gives the menu of a page that is no section. current is the address
// of the entry to mark, as "page" itself or as what the page belongs to.
func (s *builder) menuFor(root, current, mark string) func(*markup) error {
	return func(m *markup) error {
		parts, err := s.menuParts(menuKey{root, current, mark, nil})
		m.raw(parts...)
		return err
	}
}

// menuOf gives the menu of a section's page.
func (s *builder) menuOf(root string, sec *book.Section) func(*markup) error {
	return func(m *markup) error {
		g := s.group[sec]
		key := menuKey{root: root, open: g}
		if g.part != nil {
			key.current, key.mark = g.part.Path, "true"
		}
		parts, err := s.menuParts(key)
		if err != nil {
			return err
		}
		m.raw(parts[0])
		if len(parts) > 1 {
			s.writeLines(m, root, g, slices.Index(g.sections, sec))
			m.raw(parts[1])
		}
		return nil
	}
}

// menuParts draws a menu, or finds it drawn already, cut at the filler.
func (s *builder) menuParts(key menuKey) ([]string, error) {
	s.shelf.menuLock.Lock()
	defer s.shelf.menuLock.Unlock()
	if m, ok := s.shelf.menus[key]; ok {
		return m, nil
	}
	m, err := s.drawMenu(key)
	if err != nil {
		return nil, err
	}
	if s.shelf.menus == nil {
		s.shelf.menus = map[menuKey][]string{}
	}
	s.shelf.menus[key] = m
	return m, nil
}

func (s *builder) drawMenu(key menuKey) ([]string, error) {
	var data Menu
	at := slices.IndexFunc(s.groups, func(g *group) bool {
		return g == key.open || g.part != nil && g.part.Path == key.current
	})
	from, to := window(at, len(s.groups))
	if from > 0 {
		data.Groups = append(data.Groups, MenuGroup{Title: "Earlier parts", Href: key.root + "index.html"})
	}
	for _, g := range s.groups[from:to] {
		mg := MenuGroup{}
		if g.part != nil {
			mg = MenuGroup{Number: g.part.Number, Title: g.part.Title, Href: key.root + escapePath(g.part.Path)}
			if g.part.Path == key.current {
				mg.Current = key.mark
			}
		}
		switch {
		case g == key.open:
			mg.Sections = filler
		case g.part == nil || mg.Current != "":
			var m markup
			s.writeLines(&m, key.root, g, -1)
			mg.Sections = m.html()
		}
		data.Groups = append(data.Groups, mg)
	}
	if to < len(s.groups) {
		data.Groups = append(data.Groups, MenuGroup{Title: "Further parts", Href: key.root + "index.html"})
	}
	data.Shelves = s.shelves(key.root, key.current, key.mark)
	menu, err := s.piece("menu", data)
	if err != nil {
		return nil, err
	}
	return strings.SplitN(menu, filler, 2), nil
}

// shelves lists the pages beside the sections, as far as there are any.
func (s *builder) shelves(root, current, mark string) []Shelf {
	var shelves []Shelf
	add := func(id, title string, links ...Link) {
		var found []Link
		for _, l := range links {
			if s.has[l.Href] {
				if l.Href == current {
					l.Current = mark
				}
				l.Href = root + l.Href
				found = append(found, l)
			}
		}
		if found != nil {
			shelves = append(shelves, Shelf{id, title, found})
		}
	}
	add("_menu-look-up", "Look up", lookUp()...)
	add("_menu-standing", "How it stands", Link{Href: "health.html", Text: "Health"}, Link{Href: "coverage.html", Text: "Coverage"})
	add("_menu-paper", "On paper", Link{Href: "print.html", Text: "Print the whole handbook"})
	return shelves
}

// lookUp lists the pages in which something is looked up by its name.
func lookUp() []Link {
	return []Link{
		{Href: book.WrongPath, Text: "When something goes wrong"},
		{Href: "a-z.html", Text: "A to Z"},
		{Href: "rules.html", Text: "Rules and consequences"},
		{Href: "laws/index.html", Text: "Laws"},
		{Href: "references/index.html", Text: "References"},
		{Href: "terms.html", Text: "Terms"},
	}
}

// writeLines writes the lines of a group's sections, marking the one at index
// here (-1 for none).
func (s *builder) writeLines(m *markup, root string, g *group, here int) {
	lines := s.lines(root, g)
	from, to := window(here, len(lines))
	more := func() {
		m.raw(`<li class="more">`)
		if g.part != nil {
			m.link(root+escapePath(g.part.Path), "All sections of this part")
		} else {
			m.link(root+"a-z.html", "All sections by name")
		}
		m.raw("</li>\n")
	}
	if from > 0 {
		more()
	}
	for i := from; i < to; i++ {
		if i != here {
			m.WriteString(s.line(lines, root, g, i))
			continue
		}
		l := s.link(g.sections[i], root)
		l.Current = true
		l.writeMenu(m)
	}
	if to < len(lines) {
		more()
	}
}

// line gives the line of section i of a group. A preview that shows one page
// draws no more of a long part than is seen of it.
func (s *builder) line(lines []atomic.Pointer[string], root string, g *group, i int) string {
	if drawn := lines[i].Load(); drawn != nil {
		return *drawn
	}
	var m markup
	s.link(g.sections[i], root).writeMenu(&m)
	drawn := string(m.b)
	lines[i].Store(&drawn)
	return drawn
}

// lines gives the place of the line of each section of a group, drawn once.
func (s *builder) lines(root string, g *group) []atomic.Pointer[string] {
	s.shelf.lineLock.Lock()
	defer s.shelf.lineLock.Unlock()
	key := lineKey{root, g}
	if lines, ok := s.shelf.lines[key]; ok {
		return lines
	}
	lines := make([]atomic.Pointer[string], len(g.sections))
	if s.shelf.lines == nil {
		s.shelf.lines = map[lineKey][]atomic.Pointer[string]{}
	}
	s.shelf.lines[key] = lines
	return lines
}

// window gives the range of a list of n lines to show around the line at here:
// the whole of a list that is not long. Without a place (-1) it begins at the
// top.
func window(here, n int) (from, to int) {
	if n <= longList {
		return 0, n
	}
	here = max(0, here)
	return max(0, here-around), min(n, here+around+1)
}
