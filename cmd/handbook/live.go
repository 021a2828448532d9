package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"sync"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/site"
	fswatch "handbook/cmd/handbook/internal/watch"
)

// A live is a handbook that is built again whenever a file is saved. Its
// methods are what package preview asks for.
type live struct {
	*tool
	flags serveFlags

	mu      sync.Mutex
	day     date.Date
	root    *root // opened anew for each build: the folders may be others of the same name
	last    *root // of the build before, for readers of its pages
	book    *book.Book
	lines   map[string][][]byte // files that problems were in, by name
	printed string              // the problems last printed
	faulty  bool                // the last build had errors
}

func (t *tool) newLive(day date.Date, f serveFlags) (*live, error) {
	r, err := openRoot(t.dir)
	if err != nil {
		return nil, err
	}
	return &live{tool: t, flags: f, day: day, root: r}, nil
}

func (l *live) close() {
	l.root.close()
	if l.last != nil {
		l.last.close()
	}
}

func (l *live) setDay(d date.Date) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.day = d
}

// reopen opens the folders again.
func (l *live) reopen() error {
	r, err := openRoot(l.dir)
	if err != nil {
		return err
	}
	if r.prefix != l.root.prefix {
		r.close()
		return errors.New("the folder content/ has come or gone; if it stays so, start the preview again")
	}
	if l.last != nil {
		l.last.close()
	}
	l.last, l.root = l.root, r
	return nil
}

// build makes the site, and prints what is wrong with it if that is not what
// was printed last.
func (l *live) build(changed []string) (*output.Tree, []diag.Problem, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.progress()
	if changed == nil {
		p.step("reading " + l.root.at)
	}
	tree, problems, err := l.make(changed)
	p.clear()
	l.print(changed, problems, err)
	return tree, problems, err
}

func (l *live) make(changed []string) (*output.Tree, []diag.Problem, error) {
	l.lines = map[string][][]byte{}
	if err := l.reopen(); err != nil {
		return nil, nil, err
	}
	b, problems, err := book.Load(l.root.content.FS(), book.Options{Dir: l.root.prefix, Drafts: l.flags.drafts})
	if err != nil {
		return nil, nil, err
	}
	problems = graded(b, problems, l.flags.lenient)
	for _, found := range graded(b, check.Run(b, check.Options{Today: l.day, Errors: true}), l.flags.lenient) {
		if found.Severity == diag.Error {
			problems = append(problems, found)
		}
	}
	problems = diag.Sort(problems)
	if diag.HasErrors(problems) {
		return nil, problems, nil
	}
	tree, err := site.Build(b, site.Options{Day: l.day, Layouts: l.root.layouts, Static: l.root.static, Version: release()})
	if err != nil {
		return nil, problems, err
	}
	l.book = b
	return tree, problems, nil
}

// print tells of a build on the terminal.
func (l *live) print(changed []string, problems []diag.Problem, err error) {
	switch {
	case len(changed) == 1:
		say(l.stdout, "%s was saved", changed[0])
	case len(changed) > 1:
		say(l.stdout, "%s and %s were saved", changed[0], count(len(changed)-1, "other"))
	}
	var text bytes.Buffer
	_ = diag.Write(&text, "text", problems, nil) // a buffer takes everything
	if err != nil {
		fmt.Fprintf(&text, "handbook: %s\n", diag.Clean(err.Error()))
	}
	faults, warnings := diag.Count(problems)
	faulty := faults > 0 || err != nil
	if text.String() != l.printed {
		_, _ = l.stderr.Write(text.Bytes())
		l.printed = text.String()
		if faults > 0 {
			say(l.stderr, "%s; the last good pages are shown", tally(faults, warnings))
		}
	}
	if l.faulty && !faulty {
		say(l.stdout, "no errors any more")
	}
	l.faulty = faulty
}

func (l *live) note(text string) { say(l.stderr, "note: %s", text) }

// ignore tells by its name what is no part of a handbook; the loader leaves the
// same alone.
func (l *live) ignore(name string) bool {
	return name[0] == '.' || name[0] == '_' || strings.HasSuffix(name, "~")
}

// names gives changed files as messages name them.
func (l *live) names(changes []fswatch.Change) []string {
	if changes == nil {
		return nil
	}
	names := make([]string, len(changes))
	for i, c := range changes {
		names[i] = l.folder(c.Root) + c.Name
	}
	return names
}

// folder gives what stands before the files of a watched folder in a message.
func (l *live) folder(root string) string {
	if root == filepath.Clean(l.root.at) {
		return l.root.prefix
	}
	return filepath.Base(root) + "/"
}

// page gives the page that a file is shown on.
func (l *live) page(file string) (address, name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	source, ok := strings.CutPrefix(file, l.root.prefix)
	if !ok || l.book == nil {
		return "", ""
	}
	for _, s := range l.book.Sections {
		if s.Source == source {
			return s.Path, s.Name()
		}
	}
	for _, p := range l.book.Parts {
		if p.Index != nil && p.Index.Source == source {
			return p.Path, p.Title
		}
	}
	if l.book.Home != nil && l.book.Home.Source == source {
		return "index.html", l.book.Home.Title
	}
	return "", ""
}

// published gives the address that the handbook knows itself to be at.
func (l *live) published() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.book == nil {
		return ""
	}
	return l.book.Config.BaseURL
}

// line gives a line of a file that a problem names.
func (l *live) line(file string, line int) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	source, ok := strings.CutPrefix(file, l.root.prefix)
	if !ok || !fs.ValidPath(source) || path.Clean(source) != source {
		return ""
	}
	lines, known := l.lines[source]
	if !known {
		text, err := l.root.content.ReadFile(source)
		if err == nil {
			lines = bytes.Split(text, []byte("\n"))
		}
		l.lines[source] = lines
	}
	if line < 1 || line > len(lines) {
		return ""
	}
	return strings.ToValidUTF8(strings.TrimRight(string(lines[line-1]), "\r"), "\uFFFD")
}
