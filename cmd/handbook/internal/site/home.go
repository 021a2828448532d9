package site

import (
	"cmp"
	"html/template"
)

func homeType() PageType {
	return PageType{Name: "home", Path: "index.html", ownTitle: true, has: always,
		make: func(s *builder, f Frame) page { return s.home(f) }}
}

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
func (s *builder) home(f Frame) HomePage {
	p := HomePage{Frame: f, Live: len(s.book.Sections) <= longBook, Health: s.has[healthType().Path], LookUp: s.menuLinks(lookUp)}
	p.Way = nil
	if h := s.book.Home; h != nil {
		p.Title, p.Summary = cmp.Or(h.Title, p.Title), h.Summary
		p.Description = h.Summary
		p.Body = p.body(h.Doc)
	}
	for _, g := range s.groups {
		hg := HomeGroup{Count: s.lang.T("sections-sentence", "n", len(g.sections))}
		if g.part != nil {
			hg.Number, hg.Title, hg.Summary, hg.Href = g.part.Number, g.part.Title, g.part.Summary, escapePath(g.part.Path)
		} else if !p.Live {
			hg.Title, hg.Href = s.lang.T("further-sections"), "a-z.html"
		}
		if p.Live {
			hg.Sections = s.links(g.sections, "")
		}
		p.Groups = append(p.Groups, hg)
	}
	if p.Live {
		p.Counts = s.counts()
	}
	return p
}
