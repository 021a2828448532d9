package site

import (
	"html/template"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
)

func partType() PageType {
	return PageType{Name: "part", ownTitle: true, each: func(s *builder, l *pageList) {
		for _, g := range s.groups {
			if g.part != nil {
				l.add(g.part.Path, g.part.Title, func(f Frame) page { return s.part(f, g) })
			}
		}
	}}
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
func (s *builder) part(f Frame, g *group) PartPage {
	part := g.part
	p := PartPage{Frame: f, Number: part.Number, Summary: part.Summary}
	p.Description = part.Summary
	p.Way = []Link{{Href: p.Root + "index.html", Text: s.handbook.Title}}
	p.Way = append(p.Way, s.above(part, p.Root)...)
	p.menu = s.menuFor(p.Root, part.Path, "page")
	if part.Index != nil {
		p.Body = p.body(part.Index.Doc)
	}
	for _, sec := range g.sections {
		p.Sections = append(p.Sections, s.linkDue(sec, p.Root))
	}
	var parts []*book.Part
	for _, g := range s.groups {
		if g.part != nil {
			parts = append(parts, g.part)
		}
	}
	p.Turn = turn(s, parts, slices.Index(parts, part), func(part *book.Part) *Link { return partLink(part, p.Root) })
	return p
}

// partLink returns the link to a part from a page.
func partLink(part *book.Part, root string) *Link {
	return &Link{Href: root + escapePath(part.Path), Text: partName(part)}
}

// above returns the links to the parts whose folders a part's folder is in.
func (s *builder) above(part *book.Part, root string) []Link {
	if !strings.Contains(part.Dir, "/") {
		return nil
	}
	var way []Link
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
