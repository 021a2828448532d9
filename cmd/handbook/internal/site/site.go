// Package site makes the pages of a handbook: it puts a [book.Book], seen on a
// day, into the templates of package layouts and gives an [output.Tree].
//
// # Pages
//
// [PageTypes] is the one list of them:
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
	"io"
	"io/fs"
	"sync"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/export"
	"handbook/cmd/handbook/internal/lang"
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

	Language *lang.Language // whose words the pages have, for tests; nil for that of the handbook
}

// A builder is a Book made ready to be drawn. It does not change once pages
// are being made, apart from what it keeps to make the next page quicker.
type builder struct {
	book     *book.Book
	opt      Options
	handbook *Handbook
	*localized
	levels    map[*book.Law]levelWords
	groups    []*group
	entries   []*entry // in reading order
	entry     map[*book.Section]*entry
	listSheet []byte          // lists.css, with handbook.css before it
	has       map[string]bool // the pages that the site has, by address
	tree      *output.Tree
	cache     renderCache
	buffers   sync.Pool
	printer   func() *printer
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
	var err error
	if opt.Language != nil {
		s.localized, err = set.localize(opt.Language)
	} else {
		s.localized, err = set.in(b.Config.Language)
	}
	if err != nil {
		return nil, err
	}
	assets, err := s.static(set.files)
	if err != nil {
		return nil, err
	}
	s.handbook = s.describe(assets)
	s.arrange()
	s.printer = sync.OnceValue(func() *printer { return newPrinter(s) })
	pages := s.pages()
	for _, p := range pages {
		s.has[p.path] = true
	}
	if s.has[printType().Path] {
		pages = append(pages, pageFile{path: printPagesPath, write: func(w io.Writer) error { _, err := w.Write(s.printer().styles()); return err }})
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

// listed returns the addresses of the pages that a search engine may list.
func listed(pages []pageFile) []string {
	var paths []string
	for _, p := range pages {
		if p.listed {
			paths = append(paths, p.path)
		}
	}
	return paths
}
