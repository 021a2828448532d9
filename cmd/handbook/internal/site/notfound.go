package site

func notFoundType() PageType {
	return PageType{Name: "404", Path: "404.html", unlisted: true, has: always,
		make: func(s *builder, f Frame) page { return s.notFound(f) }}
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
func (s *builder) notFound(f Frame) NotFoundPage {
	p := NotFoundPage{Frame: f, AToZ: s.has[azType().Path]}
	p.Way, p.Root, p.Canonical = nil, s.book.Config.BaseURL, ""
	p.Relative = p.Root == ""
	p.menu = s.menuFor(p.Root, "", "")
	return p
}
