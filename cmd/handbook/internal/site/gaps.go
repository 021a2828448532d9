package site

import (
	"cmp"
	"html/template"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/markdown"
)

// Gaps are what stands between the handbook as it is and one that an agency
// can use: the places that are not filled in, and what its profile leaves out.
type Gaps struct {
	Unfilled Links // to the pages, with what is to be filled in
	Values   []Gap // open values of handbook.yaml, with where they stand in it
	LeftOut  []Gap
}

// A Gap is a section or a part of a page that is left out, or an open value.
type Gap struct{ Title, Why string }

// Any reports whether there is a gap.
func (g Gaps) Any() bool { return len(g.Unfilled)+len(g.Values)+len(g.LeftOut) > 0 }

// agency returns a value of the agency for a page: itself, a place to fill in
// where it is open, or "".
func (s *builder) agency(key string) template.HTML {
	if v, open := s.book.Config.OpenValue("agency." + key); open {
		return template.HTML(markdown.OpenPlace(s.lang, v.Prompt))
	}
	return template.HTML(template.HTMLEscapeString(s.book.Config.Agency[key]))
}

// gaps finds them in reading order; withdrawn sections are over.
func (s *builder) gaps(root string) Gaps {
	var g Gaps
	add := func(name, path string, doc *markdown.Doc) {
		if doc == nil {
			return
		}
		var asked []string
		for _, f := range doc.Fills {
			asked = append(asked, f.Asks())
		}
		if asked != nil {
			g.Unfilled = append(g.Unfilled, Link{Href: root + escapePath(path), Text: name, Detail: strings.Join(asked, s.lang.Semicolon())})
		}
		for _, l := range doc.LeftOut {
			g.LeftOut = append(g.LeftOut, Gap{s.lang.T("part-of", "page", name), l.Why})
		}
	}
	page := func(p *book.Page, path string) {
		if p != nil {
			add(cmp.Or(p.Title, s.handbook.Title), path, p.Doc)
		}
	}
	for _, l := range s.book.LeftOut {
		g.LeftOut = append(g.LeftOut, Gap{l.Title, l.Why})
	}
	for _, v := range s.book.Config.Open {
		g.Values = append(g.Values, Gap{v.Prompt, v.Name})
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
