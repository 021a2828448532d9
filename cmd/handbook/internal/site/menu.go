package site

import (
	"html"
	"html/template"
	"slices"
	"strings"
	"sync"

	"handbook/cmd/handbook/internal/book"
)

// The menu of a page has all parts, the sections of the page's own part, and
// the other pages. It is the largest thing that pages share, so it is made of
// lines that are drawn once: for each depth of folder the menu around the
// sections, and the line of each section. A page joins them.

// longList is how many lines of one kind a menu shows whole; of a longer list
// it shows around on both sides of the page.
const (
	longList = 40
	around   = 6
)

// A group is a run of sections in reading order: those of a part, or those
// that stand in no part.
type group struct {
	part     *book.Part // nil if the sections stand in no part
	sections []*book.Section
}

// An entry is what the site knows of a section beside the Book.
type entry struct {
	section *book.Section
	site    *builder
	place   int    // in reading order
	path    string // its address from the root, and
	name    string // its number and title, as they stand in HTML
	group   *group
	index   int // in its group

	once     sync.Once
	standing // see stand
}

// arrange sorts the sections into groups, and finds out what every section
// that applies a law says of its level.
func (s *builder) arrange() {
	s.levels = make(map[*book.Law]levelWords, len(s.book.Laws))
	for _, l := range s.book.Laws {
		s.levels[l] = levelWords{s.levelShort(l), lowerFirst(s.levelOf(l))}
	}
	s.ruleWords = ruleWords{s.around("rule-in", "section"), s.around("rule-rests-on", "sources"), s.around("rule-for", "audience")}
	s.entries = make([]*entry, len(s.book.Sections))
	s.entry = make(map[*book.Section]*entry, len(s.book.Sections))
	byPart, all := map[*book.Part]*group{}, make([]entry, len(s.book.Sections))
	for i, sec := range s.book.Sections {
		g := byPart[sec.Part]
		if g == nil {
			g = &group{part: sec.Part}
			byPart[sec.Part] = g
			s.groups = append(s.groups, g)
		}
		e := &all[i]
		*e = entry{section: sec, site: s, place: i, path: html.EscapeString(escapePath(sec.Path)), name: html.EscapeString(sec.Name()), group: g, index: len(g.sections)}
		g.sections = append(g.sections, sec)
		s.entries[i], s.entry[sec] = e, e
	}
}

// A Menu is what menu.html draws.
type Menu struct {
	Groups []MenuGroup
	Lists  []MenuList
}

// A MenuGroup is a part with its sections, or sections that stand in no part.
type MenuGroup struct {
	Number, Title, Href string
	Current             string        // as in Link
	Sections            template.HTML // the lines of its sections, if it is open
}

// A MenuList is a titled list of pages.
type MenuList struct {
	ID, Title string
	Links     []Link
}

// cached returns what was made under a key, or makes it.
func cached[V any](s *builder, key any, make func() (V, error)) (V, error) {
	if v, ok := s.cache.Load(key); ok {
		return v.(V), nil
	}
	made, err := make()
	if err != nil {
		return made, err
	}
	v, _ := s.cache.LoadOrStore(key, made)
	return v.(V), nil
}

// A depth keeps what is drawn for the pages in folders of one depth.
type depth struct {
	menu, list *lines
	register   func() register
}

// A depthKey is the way to the root.
type depthKey string

func (s *builder) depth(root string) *depth {
	d, _ := cached(s, depthKey(root), func() (*depth, error) {
		return &depth{
			menu:     newLines(s.entries, func(m *markup, e *entry) { e.link(root).writeMenu(m, false) }),
			list:     newLines(s.entries, func(m *markup, e *entry) { e.link(root).writeLine(m, "", false) }),
			register: sync.OnceValue(func() register { return s.register(root) }),
		}, nil
	})
	return d
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

// menuFor returns the menu of a page that is no section. current is the address
// of the entry to mark, as "page" itself or as what the page belongs to.
func (s *builder) menuFor(root, current, mark string) func(*markup) error {
	return func(m *markup) error {
		parts, err := s.drawMenu(menuKey{root, current, mark, nil})
		m.raw(parts...)
		return err
	}
}

// menuOf returns the menu of a section's page.
func (s *builder) menuOf(root string, sec *book.Section) func(*markup) error {
	return func(m *markup) error {
		e := s.entry[sec]
		g := e.group
		key := menuKey{root: root, open: g}
		if g.part != nil {
			key.current, key.mark = g.part.Path, "true"
		}
		parts, err := s.drawMenu(key)
		if err != nil {
			return err
		}
		m.raw(parts[0])
		if len(parts) > 1 {
			s.writeLines(m, root, g, e.index)
			m.raw(parts[1])
		}
		return nil
	}
}

// drawMenu draws a menu, cut at the filler.
func (s *builder) drawMenu(key menuKey) ([]string, error) {
	return cached(s, key, func() ([]string, error) { return s.makeMenu(key) })
}

func (s *builder) makeMenu(key menuKey) ([]string, error) {
	var data Menu
	at := slices.IndexFunc(s.groups, func(g *group) bool {
		return g == key.open || g.part != nil && g.part.Path == key.current
	})
	from, to := window(at, len(s.groups))
	if from > 0 {
		data.Groups = append(data.Groups, MenuGroup{Title: s.lang.T("menu-earlier"), Href: key.root + "index.html"})
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
		data.Groups = append(data.Groups, MenuGroup{Title: s.lang.T("menu-further"), Href: key.root + "index.html"})
	}
	data.Lists = s.menuLists(key.root, key.current, key.mark)
	menu, err := s.piece("menu", data)
	if err != nil {
		return nil, err
	}
	return strings.SplitN(string(menu), filler, 2), nil
}

// menuLists lists the pages beside the sections, as far as there are any.
func (s *builder) menuLists(root, current, mark string) []MenuList {
	var menuLists []MenuList
	for _, name := range []string{lookUp, howItStands, onPaper} {
		list := MenuList{ID: "_menu-" + name, Title: s.lang.T("menu-" + name), Links: s.menuLinks(name)}
		for i := range list.Links {
			l := &list.Links[i]
			if l.Href == current {
				l.Current = mark
			}
			l.Href = root + l.Href
		}
		if list.Links != nil {
			menuLists = append(menuLists, list)
		}
	}
	return menuLists
}

// The lists of the menu beside the sections.
const (
	lookUp      = "look-up"
	howItStands = "standing"
	onPaper     = "paper"
)

// window returns the range of a list of n lines to show around the line at here:
// the whole of a list that is not long. Without a place (-1) it begins at the
// top.
func window(here, n int) (from, to int) {
	if n <= longList {
		return 0, n
	}
	here = max(0, here)
	return max(0, here-around), min(n, here+around+1)
}
