package site

import (
	"html/template"
	"strings"

	"handbook/cmd/handbook/internal/book"
)

// A HomePage is handed to home.html.
type HomePage struct {
	Frame
	Summary string
	Body    template.HTML
	Groups  []HomeGroup
	Counts  []Count // none where the handbook is too long to list its sections
	Live    bool    // every section is listed, so that the script can count them again
	LookUp  []Link
	Health  bool // there is a page of health
}

// A HomeGroup is a part in the contents, or sections that stand in no part.
type HomeGroup struct {
	Number, Title, Summary, Href string
	Sections                     SectionLinks // none where the handbook is too long to list them all
	Count                        string
}

// longBook is how many sections the contents on the home page list at most.
const longBook = 300

// home makes the opening page.
func (s *builder) home() HomePage {
	p := HomePage{Frame: s.frame("home", "index.html", s.handbook.Title), Live: len(s.book.Sections) <= longBook, Health: s.has["health.html"]}
	p.menu = s.menuFor("", "", "")
	if h := s.book.Home; h != nil {
		p.Title, p.Summary = firstOf(h.Title, p.Title), h.Summary
		p.Description = h.Summary
		p.Body = p.body(h.Doc)
	}
	for _, g := range s.groups {
		hg := HomeGroup{Count: capital(plural(len(g.sections), "section")) + "."}
		if g.part != nil {
			hg.Number, hg.Title, hg.Summary, hg.Href = g.part.Number, g.part.Title, g.part.Summary, escapePath(g.part.Path)
		} else if !p.Live {
			hg.Title, hg.Href = "Further sections", "a-z.html"
		}
		if p.Live {
			hg.Sections = s.links(g.sections, "")
		}
		p.Groups = append(p.Groups, hg)
	}
	if p.Live {
		p.Counts = s.counts()
	}
	for _, l := range lookUp() {
		if s.has[l.Href] {
			p.LookUp = append(p.LookUp, l)
		}
	}
	return p
}

// A PartPage is handed to part.html.
type PartPage struct {
	Frame
	Number, Summary string
	Body            template.HTML
	Sections        SectionLinks
	Turn            // to the parts before and after
}

// part makes the page of a part.
func (s *builder) part(g *group) PartPage {
	part := g.part
	p := PartPage{Frame: s.frame("part", part.Path, part.Title), Number: part.Number, Summary: part.Summary}
	p.Description = part.Summary
	p.Way = Crumbs{{Href: p.Root + "index.html", Text: s.handbook.Title}}
	p.Way = append(p.Way, s.above(part, p.Root)...)
	p.menu = s.menuFor(p.Root, part.Path, "page")
	if part.Index != nil {
		p.Body = p.body(part.Index.Doc)
	}
	for _, sec := range g.sections {
		p.Sections = append(p.Sections, s.linkDue(sec, p.Root))
	}
	p.Previous, p.Next = s.neighbours(part, p.Root)
	return p
}

// neighbours returns the links to the parts before and after a part.
func (s *builder) neighbours(part *book.Part, root string) (before, after *Link) {
	var last *book.Part
	for _, g := range s.groups {
		switch {
		case g.part == nil:
			continue
		case g.part == part && last != nil:
			before = partLink(last, root)
		case last == part:
			after = partLink(g.part, root)
		}
		last = g.part
	}
	return before, after
}

// partLink returns the link to a part from a page.
func partLink(part *book.Part, root string) *Link {
	return &Link{Href: root + escapePath(part.Path), Text: partName(part)}
}

// above returns the links to the parts whose folders a part's folder is in.
func (s *builder) above(part *book.Part, root string) Crumbs {
	if !strings.Contains(part.Dir, "/") {
		return nil
	}
	var way Crumbs
	for _, p := range s.book.Parts {
		if strings.HasPrefix(part.Dir, p.Dir+"/") {
			way = append(way, *partLink(p, root))
		}
	}
	return way
}

// partName returns the number and the title of a part.
func partName(part *book.Part) string {
	if part.Number == "" {
		return part.Title
	}
	return part.Number + " " + part.Title
}
