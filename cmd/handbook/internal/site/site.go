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
// # Files
//
// A type of page has a file of its own, named after it, with its data. HTML is
// written in layouts/ and in the files html*.go alone; words come from package
// lang, and words.go chooses among them.
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
// Build itself does little: it lists the pages. A TemplateSet parses the templates
// once for a language. A page is made when it is asked for, several at once if need
// be, and so is how a section stands. What many pages share is made once for each depth
// of folder: the pieces of the frame, the lines of menus and lists, and the page
// of a section with marks for what is the section's own (skeleton). Menu and text,
// the large parts of a page, do not pass through its template but are written
// straight into the finished page (html_chunks.go); boxes and lists that stand in
// thousands of pages are written in Go (html_boxes.go, html_lists.go). What is kept is kept
// as few large texts (html_lines.go), because each object costs the garbage collector
// a look.
//
// A menu lists all parts but only the sections of the part that the page is
// in, and of a very long part those around the page, so that the size of a
// page does not grow with the handbook.
package site

import (
	"fmt"
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
	ruleWords ruleWords
	groups    []*group
	entries   []*entry // in reading order
	entry     map[*book.Section]*entry
	listSheet []byte          // lists.css, with handbook.css before it
	has       map[string]bool // the pages that the site has, by address
	foreign   bool            // the words of the interface are not in the handbook's language
	pages     []pageFile
	static    []staticFile
	cache     sync.Map // of what many pages share; see cached
	buffers   sync.Pool
	printer   func() *printer
}

// Build makes the site of a Book: its pages with what they load, its exports, its
// search index, and what other renderers make of it. Errors are those of the
// templates and of addresses that clash; an error in drawing one page comes when
// it is read.
func Build(b *book.Book, opt Options, beside ...output.Renderer) (*output.Tree, error) {
	s, err := newBuilder(b, opt)
	if err != nil {
		return nil, err
	}
	exports := export.Options{Day: opt.Day, Zone: opt.Zone, Pages: listed(s.pages), Reasons: s.reasonsToday, Language: s.lang}
	renderers := []output.Renderer{
		s.addPages, s.addFiles,
		func(t *output.Tree) error { return export.Files(b, exports, t.AddWriter) },
	}
	if s.handbook.Search != "" {
		renderers = append(renderers, func(t *output.Tree) error {
			return search.Files(b, search.Options{Standing: s.searchStanding, Language: s.lang}, t.AddWriter)
		})
	}
	tree, err := output.Render(append(renderers, beside...)...)
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	return tree, nil
}

// newBuilder makes a Book ready to be drawn.
func newBuilder(b *book.Book, opt Options) (*builder, error) {
	set := opt.Templates
	if set == nil {
		var err error
		if set, err = NewTemplateSet(opt.Layouts, opt.Static); err != nil {
			return nil, err
		}
	}
	words, err := set.in(b.Config.Language)
	if opt.Language != nil {
		words, err = set.localize(opt.Language)
	}
	if err != nil {
		return nil, err
	}
	s := &builder{book: b, opt: opt, localized: words, has: map[string]bool{}}
	s.foreign = opt.Language == nil && !b.Config.HasInterface()
	s.buffers.New = func() any { return new(pageBuffer) }
	s.printer = sync.OnceValue(func() *printer { return newPrinter(s) })
	assets, err := s.assets(set.files)
	if err != nil {
		return nil, err
	}
	s.handbook = s.describe(assets)
	s.arrange()
	s.pages = s.listPages()
	for _, p := range s.pages {
		s.has[p.path] = true
	}
	return s, nil
}

// addPages adds the pages to a Tree.
func (s *builder) addPages(t *output.Tree) error {
	for _, p := range s.pages {
		if err := t.AddWriter(p.path, p.write); err != nil {
			return err
		}
	}
	if s.has[printType().Path] {
		return t.AddFunc(printPagesPath, func() ([]byte, error) { return s.printer().styles(), nil })
	}
	return nil
}

// addFiles adds what pages load and lead to.
func (s *builder) addFiles(t *output.Tree) error {
	for _, f := range s.static {
		if err := t.Add(staticDir+f.name, f.bytes); err != nil {
			return err
		}
	}
	for _, f := range s.book.Files {
		if err := t.AddFunc(f.Path, func() ([]byte, error) { return fs.ReadFile(s.book.FS, f.Source) }); err != nil {
			return err
		}
	}
	return nil
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
