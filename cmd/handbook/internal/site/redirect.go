package site

import (
	"html/template"

	"handbook/cmd/handbook/internal/book"
)

func redirectType() PageType {
	return PageType{Name: "redirect", unlisted: true, each: func(s *builder, l *pageList) {
		at := map[string]*book.Section{}
		for _, sec := range s.book.Sections {
			at[sec.Path] = sec
		}
		for _, r := range s.book.Redirects {
			if sec := at[r.To]; sec != nil {
				l.addAs(sectionType(), r.From, sec.Title, func(f Frame) page { return s.section(f, sec) })
			} else {
				l.add(r.From, r.Name, func(f Frame) page { return s.redirect(f, r) })
			}
		}
	}}
}

// A RedirectPage is handed to redirect.html.
type RedirectPage struct {
	Frame
	Href    string        // where the old address leads
	Target  string        // the name of the page there
	Refresh template.HTML // the element that leads there without a script
}

// redirect makes the page at an old address. Its refresh is written here and
// not in the template: an address inside of a meta refresh is what template
// escaping has most often got wrong, and an escaped path of ours needs none.
func (s *builder) redirect(f Frame, r book.Redirect) RedirectPage {
	p := RedirectPage{Frame: f, Target: r.Name}
	p.Title = s.lang.T("page-moved", "page", p.Target)
	p.Href = p.Root + escapePath(r.To)
	p.Canonical = ""
	if base := s.book.Config.BaseURL; base != "" {
		p.Canonical = base + escapePath(r.To)
	}
	p.Refresh = refresh(p.Href)
	return p
}
