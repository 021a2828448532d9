package site

import (
	"cmp"
	"io"
)

// A PageType is a type of page. Everything that depends on which types there are
// goes by [PageTypes]: the pages of a site, the templates, the menu, the site map.
type PageType struct {
	Name string // of the type, of its template, and of its words: page-NAME, about-NAME
	Path string // the address of the only page; "" for a type that has any number
	list string // the list of the menu that leads to it, or ""

	ownTitle bool // the heading is in the handbook's own words
	unlisted bool // search engines need not list the pages, which say nothing of their own

	// has reports whether a handbook has the only page. A page that would have
	// nothing to say is left out, and an edition has no page on what is the
	// affair of the staff.
	has func(*builder) bool
	// make makes the only page of its Frame.
	make func(*builder, Frame) page
	// each adds the pages of a type that has any number.
	each func(*builder, *pageList)
}

// PageTypes returns the types of pages. A list of the menu has its pages in this
// order. A new type is a line here, a file with its data, and a template; its
// address is reserved by [book.ReservedPaths]; its title is a word of package lang.
func PageTypes() []PageType {
	return []PageType{
		homeType(), partType(), sectionType(), redirectType(),
		wrongType(), azType(), rulesType(), lawsType(), lawType(), referencesType(), referenceType(), termsType(),
		healthType(), coverageType(), printType(), searchType(), notFoundType(),
	}
}

// always is for pages that every handbook has.
func always(*builder) bool { return true }

// A pageFile is a file of a site and the function that writes it.
type pageFile struct {
	path   string
	listed bool // a search engine may list it
	write  func(io.Writer) error
}

// A pageList gathers the pages of a site, type by type.
type pageList struct {
	site  *builder
	kind  PageType
	pages []pageFile
}

// add adds a page of the type.
func (l *pageList) add(path, title string, data func(Frame) page) { l.addAs(l.kind, path, title, data) }

// addAs adds a page of the type that is made as one of another.
func (l *pageList) addAs(kind PageType, path, title string, data func(Frame) page) {
	s := l.site
	l.pages = append(l.pages, pageFile{path, !l.kind.unlisted, func(w io.Writer) error {
		return s.render(w, kind, path, data(s.frame(kind.Name, path, title)))
	}})
}

// listPages lists the pages that this Book has something to say on.
func (s *builder) listPages() []pageFile {
	l := pageList{site: s}
	for _, kind := range PageTypes() {
		l.kind = kind
		switch {
		case kind.each != nil:
			kind.each(s, &l)
		case kind.has(s):
			l.add(kind.Path, cmp.Or(s.message("page-"+kind.Name), s.handbook.Title), func(f Frame) page {
				f.Description = s.message("about-" + kind.Name)
				f.Way = []Link{{Href: f.Root + "index.html", Text: s.handbook.Title}}
				f.menu = s.menuFor(f.Root, kind.Path, "page")
				return kind.make(s, f)
			})
		}
	}
	return l.pages
}

// message returns a message, or "" if there is none.
func (s *builder) message(name string) string {
	if !s.lang.Has(name) {
		return ""
	}
	return s.lang.T(name)
}

// menuLinks returns links to the pages of a list of the menu that there are.
func (s *builder) menuLinks(list string) []Link {
	var links []Link
	for _, kind := range PageTypes() {
		if kind.list == list && s.has[kind.Path] {
			links = append(links, Link{Href: kind.Path, Text: s.lang.T("page-" + kind.Name)})
		}
	}
	return links
}
