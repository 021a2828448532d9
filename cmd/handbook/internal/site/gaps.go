package site

import (
	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/markdown"
)

// Gaps are what stands between the handbook as it is and one that an agency
// can use: the places that are not filled in, and what its profile leaves out.
type Gaps struct {
	Unfilled Links // to the pages, with what is to be filled in
	LeftOut  []Gap
}

// A Gap is a section or a part of a page that is left out.
type Gap struct{ Title, Why string }

// Any tells whether there is a gap.
func (g Gaps) Any() bool { return len(g.Unfilled)+len(g.LeftOut) > 0 }

// gaps finds them in reading order; withdrawn sections are over.
func (s *builder) gaps(root string) Gaps {
	var g Gaps
	add := func(name, path string, doc *markdown.Doc) {
		if doc == nil {
			return
		}
		for _, f := range doc.Fills {
			title := f.Title
			if title == "" {
				title = markdown.FillTitle
			}
			g.Unfilled = append(g.Unfilled, Link{Href: root + escapePath(path), Text: name, Detail: title})
		}
		for _, l := range doc.LeftOut {
			g.LeftOut = append(g.LeftOut, Gap{"A part of " + name, l.Why})
		}
	}
	page := func(p *book.Page, path string) {
		if p != nil {
			add(firstOf(p.Title, s.handbook.Title), path, p.Doc)
		}
	}
	for _, l := range s.book.LeftOut {
		g.LeftOut = append(g.LeftOut, Gap{l.Title, l.Why})
	}
	page(s.book.Home, "index.html")
	for _, group := range s.groups {
		if group.part != nil {
			page(group.part.Index, group.part.Path)
		}
		for _, sec := range group.sections {
			if !s.gone(sec) {
				add(sec.Name(), sec.Path, sec.Doc)
			}
		}
	}
	return g
}
