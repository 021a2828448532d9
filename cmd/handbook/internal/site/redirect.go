package site

import (
	"html"
	"html/template"

	"handbook/cmd/handbook/internal/book"
)

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
func (s *builder) redirect(r book.Redirect) RedirectPage {
	p := RedirectPage{Frame: s.frame("redirect", r.From, r.Name), Target: r.Name}
	p.Title = "Moved: " + p.Target
	p.Href = p.Root + escapePath(r.To)
	p.Canonical = ""
	if base := s.book.Config.BaseURL; base != "" {
		p.Canonical = base + escapePath(r.To)
	}
	p.Refresh = template.HTML(`<meta http-equiv="refresh" content="0; url=` + html.EscapeString(p.Href) + `">`)
	return p
}

// A NotFoundPage is handed to 404.html.
type NotFoundPage struct {
	Frame
	AToZ     bool // there is an A to Z to look in
	Relative bool // links lead nowhere if the page is shown deeper in the site
}

// notFound makes the page for an address that leads nowhere. A server shows it
// at any depth, so its links are full addresses where the site's own address
// is known.
func (s *builder) notFound() NotFoundPage {
	p := NotFoundPage{Frame: s.frame("404", "404.html", "Page not found"), AToZ: s.has["a-z.html"]}
	p.Root, p.Canonical = s.book.Config.BaseURL, ""
	p.Relative = p.Root == ""
	p.menu = s.menuFor(p.Root, "", "")
	return p
}
