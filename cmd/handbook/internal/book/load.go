// Package book reads a content folder into a [Book]: the handbook as plain
// data, with every id looked up and every link resolved.
//
// # What is read
//
//	handbook.yaml                  settings and vocabularies ([Config])
//	index.md                       the home page
//	registers/laws.yaml            [Law]
//	registers/references.yaml      [Reference]
//	registers/terms.yaml           [Term]
//	2-phones/index.md              a [Part]
//	2-phones/3-texting.md          a [Section]: number 2.3, id texting, address phones/texting.html
//	2-phones/lost-card.pdf         an image or attachment that a page links to, copied beside it
//
// Nothing but the pages is needed: any folder of markdown is a book. _index.md
// or README.md serves as a folder's index where there is no index.md, and in a
// folder of its own it is a section, named like the folder. Files and folders whose names begin with a dot or an underscore are left alone, and
// so is what editors and desktops strew. Of the other files those are copied
// that policies need and that nobody runs: a list of types says which, and an
// SVG must be a plain picture (package svg). The rest is left out, with a warning.
//
// A page that was saved with a second ending, as 9-photos.md.txt, is named as
// what it is and not read, and what is left of the texts that a new page begins
// with ([SectionBody]) is told by its place.
//
// A value of handbook.yaml may be marked as not known yet ([OpenValue]). Pages
// that use it then have a place to fill in ([markdown.Fill]), as where their
// text has a ::: fill block.
//
// # Numbers, ids, addresses
//
// The number comes from the names of files and folders, never from a place in
// a list: adding a section renumbers nothing ([ReadName]). Names without
// numbers come last, in title order ([CompareNatural]). The id is the front matter's id, else the file's name
// without number and extension; it is permanent, and what other files,
// receipts and history cite. The address is made of the folder's name and the
// id.
//
// # Editions
//
// Options.Audience asks for what some readers may read. A section is for those
// whom it names in its front matter, a rule or a ::: when block with audience
// for those whom it names, and the home page and the openings of parts are for
// all. What is for others only is left out while the folder is read, and with
// it the settings, entries of registers and files that nothing else uses. A
// section that names nobody is in no edition. See [Edition].
//
// An edition for people outside the staff (an audience with internal: false, as
// every population is) holds nothing that is the staff's affair: no laws and
// references that its text does not cite, no way to reach an owner, no remarks
// of the registers' keepers, and no summary that does not say that it is for
// these readers, as in summary: {staff: ..., clients: ...}.
//
// # Files and drafts
//
// Of the files only those are in the Book that a page of it links to or shows,
// and those that publish: in handbook.yaml lets through. What only a draft uses
// is left out with the draft: images, attachments, laws, references, terms,
// owners, and areas that need not be covered. What nothing at all uses stays in
// the registers, and package check tells of it.
//
// # Problems
//
// Load goes on after every problem and gives them all; what a problem spoils
// is left out of the Book, so that the rest can still be checked. Whether a
// problem fails the run is decided by the table in package check. The error of
// Load is for a content folder that cannot be listed at all.
package book

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/record"
)

// Options say how to load a Book.
type Options struct {
	Dir     string // what stands before each file's path in a message: "content/"
	Drafts  bool   // load sections that are marked draft
	BaseURL string // instead of handbook.yaml's base_url; with a final slash
	Compact bool   // keep pages compressed: see markdown.Packer

	// Audience asks for the edition for these readers, by their ids in
	// handbook.yaml, instead of the whole handbook.
	Audience []string

	Language *lang.Language // of the words that are not the authors', for tests; nil for that of the handbook
}

// A collector gathers problems, of each file not too many of one rule.
type collector struct {
	problems []diag.Problem        // as others gave them
	own      map[string]*diag.List // by file
}

func (c *collector) errorf(pos diag.Pos, rule, hint, format string, args ...any) {
	list := c.own[pos.File]
	if list == nil {
		if c.own == nil {
			c.own = map[string]*diag.List{}
		}
		list = &diag.List{}
		c.own[pos.File] = list
	}
	list.Errorf(pos, rule, hint, format, args...)
}

// near returns the hint that names the nearest of the candidates. A file with
// very many unknown names is told it for the first of them only.
func (c *collector) near(file, rule, word string, candidates func() []string, otherwise string) string {
	if list := c.own[file]; list != nil && list.Full(rule) {
		return otherwise
	}
	return diag.DidYouMean(word, candidates(), otherwise)
}

// all returns the problems, unsorted.
func (c *collector) all() []diag.Problem {
	for _, list := range c.own {
		c.problems = append(c.problems, list.Problems...)
	}
	c.own = nil
	return c.problems
}

// A loader holds what is known while a folder is loaded, and what the next
// loading may take over.
type loader struct {
	collector
	fsys     fs.FS
	opt      Options
	parser   *markdown.Parser
	packer   markdown.Packer
	files    map[string]bool // regular files, by path
	folders  map[string]bool
	wanted   string // words in the names of folders that may be acronyms
	pages    []*page
	index    map[string]int   // of pages, by source
	drafts   map[string]bool  // sections left out, by source
	left     map[string]*page // sections that the profile leaves out, by source
	barred   map[string]*page // what is not in the edition, by source: a section, or one in the folder
	readers  []*record.Reader
	reported [stages][]diag.Problem

	// See [Loader].
	remember     bool
	run          int             // how many runs there were before
	before       *loader         // the run before this one, or nil
	changed      map[string]bool // files that may differ from then; nil for all
	sameList     bool            // there are the same files
	sameSettings bool            // settings and registers are the same
	sum          [sha256.Size]byte
	attached     []File // as they were found
	resolver     *resolver
	book         *Book
	whole        vocabulary // of the book, before anything was left out of it
}

func newLoader(fsys fs.FS, opt Options, parser *markdown.Parser) *loader {
	return &loader{fsys: fsys, opt: opt, parser: parser, files: map[string]bool{}, folders: map[string]bool{}, drafts: map[string]bool{}, left: map[string]*page{}, barred: map[string]*page{}}
}

// Load reads a content folder. The Book is nil only if there is an error.
func Load(fsys fs.FS, opt Options) (*Book, []diag.Problem, error) {
	return newLoader(fsys, opt, markdown.New()).load()
}

func (l *loader) load() (*Book, []diag.Problem, error) {
	b := &Book{FS: l.fsys, Dir: l.opt.Dir, sections: map[string]*Section{}, laws: map[string]*Law{}, references: map[string]*Reference{}}
	l.book = b
	if l.sameList {
		l.takeList(b)
	} else {
		if err := l.list(b); err != nil {
			return nil, nil, fmt.Errorf("cannot read %s: %w", strings.TrimSuffix(l.opt.Dir, "/"), err)
		}
		l.attached = slices.Clone(b.Files)
		l.end(listed)
	}
	if l.sameSettings = l.settingsAsBefore(); l.sameSettings {
		l.takeSettings(b)
	} else {
		l.settings(b)
		l.end(settled)
	}
	var err error
	if b.Edition, err = l.edition(b.Config); err != nil {
		return nil, nil, err
	}
	l.whole = b.vocabulary()
	setting := l.setting(b)
	l.read(b, setting, l.takePages(), false)
	if l.onlyText() {
		l.renew(b)
	} else {
		l.ownPages()
		l.read(b, setting, l.distinguish(), true)
		l.read(b, setting, l.across(b.Edition), true)
		l.copySections()
		l.arrange(b)
		l.resolve(b)
		b.narrow()
		l.withhold(b)
	}
	l.end(arranged)
	var all []diag.Problem
	for _, problems := range l.reported {
		all = append(all, problems...)
	}
	for _, p := range l.pages {
		all = append(all, p.problems...)
	}
	// What is wrong with a text as a whole stands at its beginning, where an
	// editor can jump to. A file that cannot be opened has no beginning.
	for i, p := range all {
		if name := strings.TrimPrefix(p.File, l.opt.Dir); p.Line == 0 && p.Rule != "unreadable" && p.Rule != "vanished" && l.files[name] && (IsPage(name) || kindOf(path.Base(name)) == "yaml") {
			all[i].Line, all[i].Col = 1, 1
		}
	}
	b.uses = sync.OnceValue(func() *uses { return b.findUses() })
	return b, diag.Sort(l.causes(b, all)), nil
}

// settings reads handbook.yaml and the registers.
func (l *loader) settings(b *Book) {
	r, v, ok := l.yamlFile("handbook.yaml")
	b.Config = DefaultConfig()
	if ok {
		r.CurlyQuotes(v)
		b.Config = l.config(v)
		b.Config.Pos = diag.Pos{File: r.File, Line: max(1, b.Config.Pos.Line), Col: max(1, b.Config.Pos.Col)}
	}
	if l.opt.BaseURL != "" {
		b.Config.BaseURL = l.opt.BaseURL
	}
	l.registers(b)
}

// read reads and parses pages, on as many cores as there are.
func (l *loader) read(b *Book, setting markdown.Setting, pages []*page, again bool) {
	work := make(chan *page)
	var wg sync.WaitGroup
	for range min(len(pages), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			buffers := &buffers{}
			for p := range work {
				p.read(l, b, l.parser, setting, buffers, again)
				p.problems = p.all()
				if b.Edition != nil && (p.index || p.section != nil) {
					firm(p.problems)
				}
				if l.opt.Compact {
					l.packer.Pack(p.doc)
				}
			}
		})
	}
	for _, p := range pages {
		work <- p
	}
	close(work)
	wg.Wait()
	if l.remember && l.index == nil {
		l.index = make(map[string]int, len(l.pages))
		for i, p := range l.pages {
			l.index[p.source] = i
		}
	}
}

// firm marks the problems of a page of an edition that leave in doubt where
// what is for others begins or ends. No setting lowers them.
func firm(problems []diag.Problem) {
	for i := range problems {
		switch problems[i].Rule {
		case "fence-in-text", "unclosed-code", "unclosed-block", "unknown-block", "bad-attributes", "opening-audience":
			problems[i].Firm = true
		}
	}
}

// language returns the language of the words that are not the authors'.
func (l *loader) language(b *Book) *lang.Language {
	if l.opt.Language != nil {
		return l.opt.Language
	}
	return lang.For(b.Config.Language)
}

// setting returns what all pages share: citations, values, levels and terms.
func (l *loader) setting(b *Book) markdown.Setting {
	var cites, values []string
	cite := map[string]markdown.Cite{}
	for _, law := range b.Laws {
		cite[law.ID] = markdown.Cite{Label: law.Short, Target: markdown.Target{Path: law.Path}}
		cites = append(cites, law.ID)
	}
	for _, r := range b.References {
		cite[r.ID] = markdown.Cite{Label: r.Title, Target: markdown.Target{Path: r.Path}}
		cites = append(cites, r.ID)
	}
	value := map[string]string{"title": b.Config.Title}
	for k, v := range b.Config.Agency {
		value["agency."+k] = v
	}
	for k := range value {
		values = append(values, k)
	}
	for _, v := range b.Config.Open {
		if strings.HasPrefix(v.Name, "agency.") {
			values = append(values, v.Name)
		}
	}
	values = append(values, "owner.name", "owner.role", "owner.email", "owner.phone")
	slices.Sort(values)
	levels := map[int]string{}
	for _, lv := range b.Config.Levels {
		levels[lv.Level] = lv.Name
	}
	terms := make([]markdown.Term, len(b.Terms))
	for i, t := range b.Terms {
		terms[i] = markdown.Term{ID: t.ID, Forms: append([]string{t.Term}, t.Also...), Definition: t.Definition,
			Target: markdown.Target{Path: "terms.html", ID: TermAnchor(t)}}
	}
	return markdown.Setting{
		Cite:       func(id string) (markdown.Cite, bool) { c, ok := cite[id]; return c, ok },
		CiteIDs:    func() []string { return cites },
		Value:      func(name string) (string, bool) { v, ok := value[name]; return v, ok },
		ValueNames: func() []string { return values },
		Open:       openValues(b.Config),
		Level: func(n int) (string, bool) {
			name, ok := levels[n]
			return name, ok || len(levels) == 0
		},
		Private: func(name string) bool {
			return b.IsOutside() && (name == "owner.email" || name == "owner.phone")
		},
		When:     func(key, value string) markdown.Verdict { return b.verdict(key, value) },
		Admits:   b.Edition.admitsIDs,
		Edition:  b.Edition != nil,
		Language: l.language(b),
		Terms:    markdown.NewTerms(terms),
	}
}

// TermAnchor returns the id of a term's element on the page of terms.
func TermAnchor(t *Term) string { return "term-" + t.ID }
