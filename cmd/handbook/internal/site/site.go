// Package site makes the pages of a handbook: it puts a [book.Book], seen on a
// day, into the templates of package layouts and gives an [output.Tree].
//
// # Pages
//
//	index.html               [HomePage]        PART/index.html      [PartPage]
//	PART/SECTION.html        [SectionPage]     a-z.html             [AZPage]
//	laws/index.html          [LawsPage]        laws/ID.html         [LawPage]
//	references/index.html    [ReferencesPage]  references/ID.html   [ReferencePage]
//	terms.html               [TermsPage]       rules.html           [RulesPage]
//	coverage.html            [CoveragePage]    health.html          [HealthPage]
//	search.html              [SearchPage]      search/              the index, see package search
//	print.html               [PrintPage]       404.html             [NotFoundPage]
//	when-something-goes-wrong.html             [WrongPage]
//
// and for each old address the page of the section that is meant, with its new
// address, or a [RedirectPage] to the opening of a part. A page that would have nothing to
// say is left out, of the Tree as of the menu: a folder of markdown without
// registers has no page of laws, and an edition ([book.Edition]) no page of
// coverage, which is a matter of the whole handbook. An edition for people
// outside the staff has no page of health either, and says nothing of counsel
// or of how an owner is reached. Beside the pages stand static/*, the images
// and attachments of the content, and the exports of package export.
//
// # Addresses
//
// Every link is relative and names a file, so that the same pages work under
// any address, from a share and from file://. Only 404.html, which a server
// shows at any depth, is given full addresses where the handbook knows its own
// (base_url).
//
// # Truth on the day of reading
//
// Options.Day is the day for which the pages are true. Each reason for doubt
// that a section has or will have is in its page, those that do not hold on
// the day in a template element, and each link to a section in a list carries the
// section's status from day to day. The script in static/ goes by these with
// the reader's clock. The words themselves name absolute dates, so they hold
// without the script and on paper.
//
// # Cost
//
// Build itself does little: it lists the pages. The templates are parsed before
// (TemplateSet). A page is made when it is asked for, several at once if need be, and
// so is how a section stands. What many pages share is made once for each depth
// of folder: the pieces of the frame, the lines of menus and lists, and the page
// of a section with marks for what is the section's own (skeleton). Menu and text,
// the large parts of a page, do not pass through its template but are written
// straight into the finished page (chunks.go); boxes and lists that stand in
// thousands of pages are written in Go (boxes.go, lists.go). What is kept is kept
// as few large texts (lines.go), because each object costs the garbage collector
// a look.
//
// A menu lists all parts but only the sections of the part that the page is
// in, and of a very long part those around the page, so that the size of a
// page does not grow with the handbook.
package site

import (
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"sync"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/export"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/search"
)

// Options say how to build a site.
type Options struct {
	Day       date.Date    // the day for which the pages are true
	Zone      string       // the time zone that it is the day of; may be empty
	Layouts   fs.FS        // templates that replace embedded ones of the same name; may be nil
	Static    fs.FS        // files that replace or join the embedded ones under static/; may be nil
	Version   string       // of the program, for the foot of the pages; may be empty
	Templates *TemplateSet // made of Layouts and Static before, for many Builds; may be nil
}

// A builder is a Book made ready to be drawn. It does not change once pages
// are being made, apart from what it keeps to make the next page quicker.
type builder struct {
	book      *book.Book
	opt       Options
	handbook  *Handbook
	layouts   map[string]*template.Template // by type of page
	common    *template.Template            // what is part of every page
	levels    map[*book.Law]levelWords
	groups    []*group
	entries   []*entry // in reading order
	entry     map[*book.Section]*entry
	listSheet []byte          // lists.css, with handbook.css before it
	has       map[string]bool // the pages that the site has, by address
	tree      *output.Tree
	cache     renderCache
	buffers   sync.Pool
}

// Build makes the site of a Book. Errors are those of the templates and of
// addresses that clash; an error in drawing one page comes when it is read.
func Build(b *book.Book, opt Options) (*output.Tree, error) {
	s := &builder{book: b, opt: opt, tree: output.NewTree(), has: map[string]bool{}}
	s.buffers.New = func() any { return new(pageBuffer) }
	set := opt.Templates
	if set == nil {
		var err error
		if set, err = NewTemplateSet(opt.Layouts, opt.Static); err != nil {
			return nil, err
		}
	}
	s.layouts, s.common = set.layouts, set.common
	assets, err := s.static(set.files)
	if err != nil {
		return nil, err
	}
	s.handbook = s.describe(assets)
	s.arrange()
	pages := s.pages()
	for _, p := range pages {
		s.has[p.path] = true
	}
	for _, p := range pages {
		if err := s.tree.AddWriter(p.path, p.write); err != nil {
			return nil, fmt.Errorf("site: %w", err)
		}
	}
	for _, f := range b.Files {
		if err := s.tree.AddFunc(f.Path, func() ([]byte, error) { return fs.ReadFile(b.FS, f.Source) }); err != nil {
			return nil, fmt.Errorf("site: %w", err)
		}
	}
	if err := export.Files(b, export.Options{Day: opt.Day, Zone: opt.Zone, Pages: listed(pages), Reasons: s.reasonsToday}, s.tree.AddWriter); err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	if s.handbook.Search != "" {
		if err := search.Files(b, search.Options{Standing: s.searchStanding}, s.tree.AddWriter); err != nil {
			return nil, fmt.Errorf("site: %w", err)
		}
	}
	if err := s.tree.AddManifest(); err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	return s.tree, nil
}

// A pageFile is a page and the function that writes it.
type pageFile struct {
	path, kind string
	write      func(io.Writer) error
}

// listed returns the addresses of the pages that a search engine may list: those
// that say something of their own.
func listed(pages []pageFile) []string {
	var paths []string
	for _, p := range pages {
		switch p.kind {
		case "404", "redirect", "print", "search", "":
		default:
			paths = append(paths, p.path)
		}
	}
	return paths
}

// pages lists the pages that this Book has something to say on.
func (s *builder) pages() []pageFile {
	var pages []pageFile
	add := func(path, kind string, data func() page) {
		pages = append(pages, pageFile{path, kind, func(w io.Writer) error { return s.render(w, path, kind, data()) }})
	}
	b := s.book
	add("index.html", "home", func() page { return s.home() })
	for _, g := range s.groups {
		if g.part != nil {
			add(g.part.Path, "part", func() page { return s.part(g) })
		}
	}
	for _, sec := range b.Sections {
		add(sec.Path, "section", func() page { return s.section(sec) })
	}
	if len(b.Sections)+len(b.Laws)+len(b.References)+len(b.Terms) > 0 {
		add("a-z.html", "a-z", func() page { return s.aToZ() })
	}
	if len(b.Laws) > 0 {
		add("laws/index.html", "laws", func() page { return s.laws() })
	}
	for i, l := range b.Laws {
		add(l.Path, "law", func() page { return s.law(i) })
	}
	if len(b.References) > 0 {
		add("references/index.html", "references", func() page { return s.references() })
	}
	for i, r := range b.References {
		add(r.Path, "reference", func() page { return s.reference(i) })
	}
	if len(b.Terms) > 0 {
		add("terms.html", "terms", func() page { return s.terms() })
	}
	if s.hasRules() {
		add("rules.html", "rules", func() page { return s.rules() })
	}
	if hasCards(b) {
		add(book.WrongPath, "wrong", func() page { return s.wrong() })
	}
	if len(b.Config.Areas) > 0 && b.Edition == nil { // an edition need not cover anything
		add("coverage.html", "coverage", func() page { return s.coverage() })
	}
	if len(b.Sections) > 0 && !b.IsOutside() { // what is due is the staff's affair
		add("health.html", "health", func() page { return s.health() })
	}
	if len(b.Sections) > 0 {
		printer := sync.OnceValue(func() *printer { return newPrinter(s) })
		add("print.html", "print", func() page { return printer().page() })
		pages = append(pages, pageFile{printPagesPath, "", func(w io.Writer) error { _, err := w.Write(printer().styles()); return err }})
	}
	if s.searchable() {
		add("search.html", "search", func() page { return s.searchPage() })
	}
	add("404.html", "404", func() page { return s.notFound() })
	at := map[string]*book.Section{}
	for _, sec := range b.Sections {
		at[sec.Path] = sec
	}
	for _, r := range b.Redirects {
		if sec := at[r.To]; sec != nil {
			pages = append(pages, pageFile{r.From, "redirect", func(w io.Writer) error { return s.render(w, r.From, "section", s.sectionAt(sec, r.From)) }})
			continue
		}
		add(r.From, "redirect", func() page { return s.redirect(r) })
	}
	return pages
}

// searchable reports whether there is something to find, and a search to find it.
func (s *builder) searchable() bool { return s.book.Config.Search && len(s.book.Sections) > 0 }

// hasRules reports whether there is a rule or a ladder to show.
func (s *builder) hasRules() bool {
	if len(s.book.Config.Levels) > 0 {
		return true
	}
	for _, sec := range s.book.Sections {
		if len(sec.Rules) > 0 {
			return true
		}
	}
	return false
}
