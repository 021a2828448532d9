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
//	2-phones/lost-card.pdf         any other file is copied beside the pages
//
// Nothing but the pages is needed: any folder of markdown is a book. README.md
// serves as a folder's index where there is no index.md. Files and folders
// whose names begin with a dot or an underscore are left alone.
//
// # Numbers, ids, addresses
//
// The number comes from the names of files and folders, never from a place in
// a list: adding a section renumbers nothing. Names without numbers come last,
// in title order. The id is the front matter's id, else the file's name
// without number and extension; it is permanent, and what other files,
// receipts and history cite. The address is made of the folder's name and the
// id.
//
// # Problems
//
// Load goes on after every problem and gives them all; what a problem spoils
// is left out of the Book, so that the rest can still be checked. Whether a
// problem fails the run is decided by the table in package check. The error of
// Load is for a content folder that cannot be listed at all.
package book

import (
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/record"
)

// Options say how to load a Book.
type Options struct {
	Dir     string   // what stands before each file's path in a message: "content/"
	Drafts  bool     // load sections that are marked draft
	BaseURL string   // instead of handbook.yaml's base_url; with a final slash
	Skip    []string // entries at the top of the folder to leave alone
}

// MaxAttachment is the largest image or attachment in bytes.
const MaxAttachment = 5 << 20

// A loader holds what Load knows while it works.
type loader struct {
	fsys     fs.FS
	opt      Options
	files    map[string]bool // regular files, by path
	folders  map[string]bool
	pages    []*page
	drafts   map[string]bool // sections left out, by source
	problems []diag.Problem
	readers  []*record.Reader
}

func (l *loader) errorf(pos diag.Pos, rule, hint, format string, args ...any) {
	l.problems = append(l.problems, diag.Errorf(pos, rule, hint, format, args...))
}

func (l *loader) dateOrder(pos diag.Pos, late, lateDay, early, earlyDay string, line int) {
	l.errorf(pos, "date-order", "check both dates", "%s (%s) is before %s (%s, line %d)", late, lateDay, early, earlyDay, line)
}

// Load reads a content folder. The Book is nil only if there is an error.
func Load(fsys fs.FS, opt Options) (*Book, []diag.Problem, error) {
	l := &loader{fsys: fsys, opt: opt, files: map[string]bool{}, folders: map[string]bool{}, drafts: map[string]bool{}}
	b := &Book{FS: fsys, Dir: opt.Dir, sections: map[string]*Section{}, laws: map[string]*Law{}, references: map[string]*Reference{}}
	if err := l.list(b); err != nil {
		return nil, nil, fmt.Errorf("cannot read %s: %w", strings.TrimSuffix(opt.Dir, "/"), err)
	}
	r, v, ok := l.yamlFile("handbook.yaml")
	b.Config = DefaultConfig()
	if ok {
		b.Config = l.config(v)
		b.Config.Pos = diag.Pos{File: r.File, Line: max(1, b.Config.Pos.Line), Col: max(1, b.Config.Pos.Col)}
	}
	if opt.BaseURL != "" {
		b.Config.BaseURL = opt.BaseURL
	}
	l.registers(b)
	l.parse(b)
	l.arrange(b)
	l.resolve(b)
	for _, r := range l.readers {
		l.problems = append(l.problems, r.Problems...)
	}
	return b, diag.Sort(l.problems), nil
}

// list walks the folder and sorts its entries into pages and files.
func (l *loader) list(b *Book) error {
	err := fs.WalkDir(l.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		at := diag.Pos{File: l.opt.Dir + name}
		if err != nil {
			if name == "." {
				return err
			}
			l.readError(name, err)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if name == "." {
			l.folders["."] = true
			return nil
		}
		skip := error(nil)
		if d.IsDir() {
			skip = fs.SkipDir
		}
		base := path.Base(name)
		if base[0] == '.' || base[0] == '_' || strings.HasSuffix(base, "~") || slices.Contains(l.opt.Skip, name) {
			return skip
		}
		kind := d.Type()
		switch {
		case kind&fs.ModeSymlink != 0:
			l.errorf(at, "symlink", "put the file itself in its place", "symbolic links are not followed")
			return nil
		case d.IsDir():
			if strings.EqualFold(path.Ext(name), ".md") {
				l.errorf(at, "not-a-file", "give the folder another name", "a folder has the name of a page")
				return skip
			}
			l.folders[name] = true
			return nil
		case !kind.IsRegular():
			l.errorf(at, "skipped-file", "move it out of the content folder", "it is neither a file nor a folder, and is left out")
			return nil
		}
		if err := output.CheckPath(name); err != nil {
			l.errorf(at, "bad-path", "rename the file", "%s", diag.Clean(err.Error()))
			return nil
		}
		l.files[name] = true
		return nil
	})
	if err != nil {
		return err
	}
	names := make([]string, 0, len(l.files))
	for name := range l.files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		l.sortIn(b, name)
	}
	return nil
}

// sortIn decides what a file is.
func (l *loader) sortIn(b *Book, name string) {
	at := diag.Pos{File: l.opt.Dir + name}
	dir, base := path.Split(name)
	ext := strings.ToLower(path.Ext(base))
	switch {
	case name == "handbook.yaml" || dir == "registers/" && slices.Contains([]string{"laws.yaml", "references.yaml", "terms.yaml"}, base):
	case ext == ".md" || ext == ".markdown":
		if strings.EqualFold(base, "readme.md") {
			if l.files[dir+"index.md"] {
				l.errorf(at, "skipped-file", "delete it, or move what it says into index.md", "README.md is left out, because there is an index.md beside it")
				return
			}
			l.pages = append(l.pages, &page{source: name, index: true})
			return
		}
		l.pages = append(l.pages, &page{source: name, index: base == "index.md"})
	case ext == ".yaml" || ext == ".yml":
		l.errorf(at, "skipped-file", diag.DidYouMean(base, []string{"handbook.yaml", "laws.yaml", "references.yaml", "terms.yaml"}, "the YAML files that are read are handbook.yaml and registers/{laws,references,terms}.yaml"),
			"a YAML file that nothing reads is left out")
	case ext == ".html" || ext == ".htm" || ext == ".js" || ext == ".xhtml" || ext == ".shtml":
		l.errorf(at, "skipped-file", "write the page in markdown, or keep the file elsewhere", "a file that can run scripts is left out")
	default:
		l.attachment(b, name)
	}
}

// attachment checks a file that is copied beside the pages.
func (l *loader) attachment(b *Book, name string) {
	at := diag.Pos{File: l.opt.Dir + name}
	info, err := fs.Stat(l.fsys, name)
	if err != nil {
		l.readError(name, err)
		return
	}
	if info.Size() > MaxAttachment {
		l.errorf(at, "file-too-large", "make it smaller, or link to it elsewhere", "the file has %d bytes; the limit is %d", info.Size(), MaxAttachment)
		return
	}
	if strings.EqualFold(path.Ext(name), ".svg") {
		svg, err := fs.ReadFile(l.fsys, name)
		if err != nil {
			l.readError(name, err)
			return
		}
		if what := activeSVG(svg); what != "" {
			l.errorf(at, "unsafe-svg", "save it as a plain SVG, or as a PNG", "the image can run a script: it holds %s", what)
			return
		}
	}
	dir, base := path.Split(name)
	b.Files = append(b.Files, File{Source: name, Path: folderAddress(dir) + base})
}

// parse reads and parses all pages, on as many cores as there are.
func (l *loader) parse(b *Book) {
	setting := l.setting(b)
	parser := markdown.New()
	work := make(chan *page)
	var wg sync.WaitGroup
	for range min(len(l.pages), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for p := range work {
				p.read(l, b.Config, parser, setting)
			}
		})
	}
	for _, p := range l.pages {
		work <- p
	}
	close(work)
	wg.Wait()
	for _, p := range l.pages {
		l.problems = append(l.problems, p.problems...)
	}
}

// setting gives what all pages share: citations, values, levels and terms.
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
		Level: func(n int) (string, bool) {
			name, ok := levels[n]
			return name, ok || len(levels) == 0
		},
		Terms: markdown.NewTerms(terms),
	}
}

// TermAnchor gives the id of a term's element on the page of terms.
func TermAnchor(t *Term) string { return "term-" + t.ID }
