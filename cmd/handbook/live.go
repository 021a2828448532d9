package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/site"
	fswatch "handbook/cmd/handbook/internal/watch"
)

// A live is a handbook that is built again whenever a file is saved. Its
// methods are what package preview asks for.
type live struct {
	*tool
	flags  serveFlags
	at     string            // the content folder, and
	prefix string            // what stands before its files in a message: they never change
	disk   func(fs.FS) fs.FS // what the content is read through; nil in all but tests

	mu        sync.Mutex // guards what follows
	now       moment
	day       day     // that the site was last made for
	root      *root   // opened anew for each build: the folders may be others of the same name
	shown     []*root // of the site that is shown, and of the one before for who still reads it
	loader    *book.Loader
	templates *site.TemplateSet   // nil if it must be made anew
	book      *book.Book          // of the last good build
	lines     map[string][][]byte // files that problems were in, by name
	printed   string              // the problems last printed
	faulty    bool                // the last build had errors
	lost      bool                // the folders could not be opened
	unread    bool                // something could not be read
}

func (t *tool) newLive(now moment, f serveFlags) (*live, error) {
	r, err := openRoot(t.dir)
	if err != nil {
		return nil, err
	}
	loader := book.NewLoader(book.Options{Dir: r.prefix, Drafts: f.drafts, Audience: f.audience, Compact: true})
	return &live{tool: t, flags: f, at: r.at, prefix: r.prefix, now: now, root: r, loader: loader}, nil
}

func (l *live) close() {
	for _, r := range append(l.shown, l.root) {
		r.close()
	}
}

// setClock tells what the clock shows, and whether another day has begun in
// the zone of the handbook.
func (l *live) setClock(clock time.Time) (another bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now.clock = clock
	return l.book != nil && l.now.day(l.book.Config).Date != l.day.Date
}

// turn builds again when another day has begun, until ctx ends. It looks at the
// clock once a minute, because a computer that slept through midnight wakes up
// later.
func (l *live) turn(ctx context.Context, minutes <-chan time.Time, rebuild func([]string)) {
	for {
		select {
		case <-ctx.Done():
			return
		case clock := <-minutes:
			if l.setClock(clock) {
				rebuild([]string{})
			}
		}
	}
}

// reopen opens the folders again.
func (l *live) reopen() error {
	r, err := openRoot(l.dir)
	if err != nil {
		return err
	}
	if r.prefix != l.prefix {
		r.close()
		return errors.New("the folder content/ has come or gone; if it stays so, start the preview again")
	}
	if !slices.Contains(l.shown, l.root) {
		l.root.close()
	}
	l.root = r
	return nil
}

// show notes that the site made from the root is shown from now on. Images and
// attachments are read when somebody asks for them, which can be long after the
// next site has failed to be made.
func (l *live) show(b *book.Book) {
	l.book = b
	if l.shown = append(l.shown, l.root); len(l.shown) > 2 {
		l.shown[0].close()
		l.shown = slices.Delete(l.shown, 0, 1)
	}
}

// build makes the site, and prints what is wrong with it if that is not what
// was printed last.
func (l *live) build(changed []string) (*output.Tree, []diag.Problem, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.progress()
	if changed == nil {
		p.step("reading " + l.at)
	}
	tree, problems, err := l.make(changed)
	l.unread = err != nil || slices.ContainsFunc(problems, book.IsUnread)
	p.clear()
	l.print(changed, problems, err)
	return tree, problems, err
}

func (l *live) make(changed []string) (*output.Tree, []diag.Problem, error) {
	l.lines = map[string][][]byte{}
	if err := l.reopen(); err != nil {
		l.lost = true
		return nil, nil, err
	}
	if l.lost {
		changed, l.lost = nil, false // what has changed meanwhile was not looked at
	}
	content := l.root.content.FS()
	if l.disk != nil {
		content = l.disk(content)
	}
	b, problems, err := l.loader.Load(content, l.inContent(changed))
	if err != nil {
		return nil, nil, err
	}
	l.day = l.now.day(b.Config)
	told := problems
	problems = graded(b, problems, l.flags.lenient)
	var tree *output.Tree
	var working sync.WaitGroup
	if !diag.HasErrors(problems) {
		// In vain if the check finds an error, but that is rare.
		working.Go(func() { tree, err = l.site(b) })
	}
	problems = diag.Sort(append(problems, unfit(b, told, l.day.Date, l.flags.lenient)...))
	working.Wait()
	if err != nil || diag.HasErrors(problems) {
		return nil, problems, err
	}
	l.show(b)
	return tree, problems, nil
}

func (l *live) site(b *book.Book) (*output.Tree, error) {
	if l.templates == nil {
		set, err := site.NewTemplateSet(l.root.layouts, l.root.static)
		if err != nil {
			return nil, err
		}
		l.templates = set
	}
	return site.Build(b, site.Options{Day: l.day.Date, Zone: l.day.zone, Templates: l.templates, Version: release()})
}

// inContent returns those of the changed files that are part of the content.
// Others are layouts and static files, which are read again if there are any.
func (l *live) inContent(changed []string) []string {
	if changed == nil {
		l.templates = nil
		return nil
	}
	content := []string{}
	for _, name := range changed {
		if source, ok := strings.CutPrefix(name, l.prefix); ok {
			content = append(content, cmp.Or(source, "."))
		} else {
			l.templates = nil
		}
	}
	return content
}

// print tells of a build on the terminal.
func (l *live) print(changed []string, problems []diag.Problem, err error) {
	switch {
	case len(changed) == 1:
		say(l.stdout, "%s has changed", changed[0])
	case len(changed) > 1:
		say(l.stdout, "%s and %s have changed", changed[0], count(len(changed)-1, "other"))
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
		shown := "the last good pages are shown"
		if l.book == nil {
			shown = "nothing can be shown until that is corrected"
		}
		if faults > 0 {
			say(l.stderr, "%s; %s", tally(faults, warnings), shown)
		}
	}
	if l.faulty && !faulty {
		say(l.stdout, "no errors any more")
	}
	l.faulty = faulty
}

// retry builds again at each tick, as long as something cannot be read: a fault
// of a disk or a share goes without a change of any file.
func (l *live) retry(ctx context.Context, ticks <-chan time.Time, rebuild func(changed []string)) {
	unread := func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.unread
	}
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			if unread() {
				rebuild([]string{})
			}
		}
	}
}

func (l *live) note(text string) { say(l.stderr, "note: %s", text) }

// names returns changed files as messages name them. Like folder it needs no lock:
// who watches for saves asks while a build goes on.
func (l *live) names(changes []fswatch.Change) []string {
	if changes == nil {
		return nil
	}
	names := make([]string, len(changes))
	for i, c := range changes {
		if names[i] = l.folder(c.Root); c.Name != "." {
			names[i] += c.Name
		}
	}
	return names
}

// folder returns what stands before the files of a watched folder in a message.
func (l *live) folder(root string) string {
	if root == filepath.Clean(l.at) {
		return l.prefix
	}
	return filepath.Base(root) + "/"
}

// page returns the page that a file is shown on.
func (l *live) page(file string) (address, name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	source, ok := strings.CutPrefix(file, l.prefix)
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

// published returns the address that the handbook knows itself to be at.
func (l *live) published() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.book == nil {
		return ""
	}
	return l.book.Config.BaseURL
}

// line returns a line of a file that a problem names.
func (l *live) line(file string, line int) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	source, ok := strings.CutPrefix(file, l.prefix)
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
