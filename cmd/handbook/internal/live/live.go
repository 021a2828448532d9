// Package live keeps a handbook in memory and builds it again whenever a file is
// saved. Its methods are what package preview asks for: the site and what is wrong
// with it, the page that a file is shown on, a line of a file.
//
// A save builds only what it changes: the [book.Loader] takes over what it has read
// before, and layouts and static files are read again if one of them has changed.
// The folders are opened anew for each build, because they may be others of the
// same name; those of the site that is shown stay open for who still reads it.
//
// It has no clock. [Live.Turn] and [Live.Retry] build when a ticker of the caller
// says that another day may have begun, or that something may be readable again.
package live

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/folder"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/site"
	"handbook/cmd/handbook/internal/watch"
)

// Options say what is shown, and where it is told what happens.
type Options struct {
	Dir      string // the folder of the handbook, as the user would type it
	Drafts   bool   // as of [book.Options]
	Audience []string
	Lenient  bool // as of [check.Grade]
	Now      date.Moment
	Version  string // as of [site.Options]

	Stdout   io.Writer         // which files have changed
	Stderr   io.Writer         // what is wrong
	Progress func(step string) // shows what is being done, "" when it is done; nil for nowhere

	// Disk is what the content is read through; nil for nothing. Tests let
	// reads fail by it.
	Disk func(fs.FS) fs.FS
}

// A Live is a handbook that is built again whenever a file is saved.
type Live struct {
	Options
	at     string // the content folder, and
	prefix string // what stands before its files in a message: they never change

	mu        sync.Mutex // guards what follows
	today     date.Today // that the site was last made for
	folder    *folder.Folder
	shown     []*folder.Folder // of the site that is shown, and of the one before
	loader    *book.Loader
	templates *site.TemplateSet   // nil if it must be made anew
	book      *book.Book          // of the last good build
	lines     map[string][][]byte // files that problems were in, by name
	printed   string              // the problems last printed
	faulty    bool                // the last build had errors
	lost      bool                // the folders could not be opened
	unread    bool                // something could not be read
}

// Open opens the folders of a handbook. Nothing is read yet.
func Open(opt Options) (*Live, error) {
	f, err := folder.Open(opt.Dir)
	if err != nil {
		return nil, err
	}
	loader := book.NewLoader(book.Options{Dir: f.Prefix, Drafts: opt.Drafts, Audience: opt.Audience, Compact: true})
	return &Live{Options: opt, at: f.At, prefix: f.Prefix, folder: f, loader: loader}, nil
}

// Folder returns the folder as it is open now.
func (l *Live) Folder() *folder.Folder {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.folder
}

// Close lets go of the folders.
func (l *Live) Close() {
	for _, f := range append(l.shown, l.folder) {
		f.Close()
	}
}

// SetClock notes what the clock shows, and reports whether another day has begun in
// the zone of the handbook.
func (l *Live) SetClock(clock time.Time) (another bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.Now.Clock = clock
	return l.book != nil && l.Now.In(l.book.Config.Timezone).Date != l.today.Date
}

// Turn builds again when another day has begun, until ctx ends. It looks at the
// clock once a minute, because a computer that slept through midnight wakes up
// later.
func (l *Live) Turn(ctx context.Context, minutes <-chan time.Time, rebuild func([]string)) {
	for {
		select {
		case <-ctx.Done():
			return
		case clock := <-minutes:
			if l.SetClock(clock) {
				rebuild([]string{})
			}
		}
	}
}

// reopen opens the folders again.
func (l *Live) reopen() error {
	f, err := folder.Open(l.Dir)
	if err != nil {
		return err
	}
	if f.Prefix != l.prefix {
		f.Close()
		return errors.New("the folder content/ has come or gone; if it stays so, start the preview again")
	}
	if !slices.Contains(l.shown, l.folder) {
		l.folder.Close()
	}
	l.folder = f
	return nil
}

// show notes that the site made from the folder is shown from now on. Images and
// attachments are read when somebody asks for them, which can be long after the
// next site has failed to be made.
func (l *Live) show(b *book.Book) {
	l.book = b
	if l.shown = append(l.shown, l.folder); len(l.shown) > 2 {
		l.shown[0].Close()
		l.shown = slices.Delete(l.shown, 0, 1)
	}
}

// Build makes the site, and prints what is wrong with it if that is not what
// was printed last.
func (l *Live) Build(changed []string) (*output.Tree, []diag.Problem, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	step := l.Progress
	if step == nil {
		step = func(string) {}
	}
	if changed == nil {
		step("reading " + l.at)
	}
	tree, problems, err := l.make(changed)
	l.unread = err != nil || slices.ContainsFunc(problems, book.IsUnread)
	step("")
	l.print(changed, problems, err)
	return tree, problems, err
}

func (l *Live) make(changed []string) (*output.Tree, []diag.Problem, error) {
	l.lines = map[string][][]byte{}
	if err := l.reopen(); err != nil {
		l.lost = true
		return nil, nil, err
	}
	if l.lost {
		changed, l.lost = nil, false // what has changed meanwhile was not looked at
	}
	content := l.folder.Content.FS()
	if l.Disk != nil {
		content = l.Disk(content)
	}
	b, problems, err := l.loader.Load(content, l.inContent(changed))
	if err != nil {
		return nil, nil, err
	}
	l.today = l.Now.In(b.Config.Timezone)
	told := problems
	problems = check.Grade(problems, b.Config.Checks, l.Lenient)
	var tree *output.Tree
	var working sync.WaitGroup
	if !diag.HasErrors(problems) {
		// In vain if the check finds an error, but that is rare.
		working.Go(func() { tree, err = l.site(b) })
	}
	problems = diag.Sort(append(problems, check.Blocking(b, told, l.today.Date, l.Lenient)...))
	working.Wait()
	if err != nil || diag.HasErrors(problems) {
		return nil, problems, err
	}
	l.show(b)
	return tree, problems, nil
}

func (l *Live) site(b *book.Book) (*output.Tree, error) {
	if l.templates == nil {
		set, err := site.NewTemplateSet(l.folder.Layouts, l.folder.Static)
		if err != nil {
			return nil, err
		}
		l.templates = set
	}
	return site.Build(b, site.Options{Day: l.today.Date, Zone: l.today.Zone, Templates: l.templates, Version: l.Version})
}

// inContent returns those of the changed files that are part of the content.
// Others are layouts and static files, which are read again if there are any.
func (l *Live) inContent(changed []string) []string {
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

// print reports a build on the terminal.
func (l *Live) print(changed []string, problems []diag.Problem, err error) {
	switch {
	case len(changed) == 1:
		diag.Say(l.Stdout, "%s has changed", changed[0])
	case len(changed) > 1:
		diag.Say(l.Stdout, "%s and %s have changed", changed[0], diag.Plural(len(changed)-1, "other"))
	}
	var text bytes.Buffer
	_ = diag.Write(&text, "text", problems, nil) // a buffer takes everything
	if err != nil {
		fmt.Fprintf(&text, "handbook: %s\n", diag.Clean(err.Error()))
	}
	faults, warnings := diag.Count(problems)
	faulty := faults > 0 || err != nil
	if text.String() != l.printed {
		_, _ = l.Stderr.Write(text.Bytes())
		l.printed = text.String()
		shown := "the last good pages are shown"
		if l.book == nil {
			shown = "nothing can be shown until that is corrected"
		}
		if faults > 0 {
			diag.Say(l.Stderr, "%s; %s", diag.Tally(faults, warnings), shown)
		}
	}
	if l.faulty && !faulty {
		diag.Say(l.Stdout, "no errors any more")
	}
	l.faulty = faulty
}

// Retry builds again at each tick, as long as something cannot be read: a fault
// of a disk or a share goes without a change of any file.
func (l *Live) Retry(ctx context.Context, ticks <-chan time.Time, rebuild func(changed []string)) {
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

// Names returns changed files as messages name them. Like named it needs no lock:
// who watches for saves asks while a build goes on.
func (l *Live) Names(changes []watch.Change) []string {
	if changes == nil {
		return nil
	}
	names := make([]string, len(changes))
	for i, c := range changes {
		if names[i] = l.named(c.Root); c.Name != "." {
			names[i] += c.Name
		}
	}
	return names
}

// named returns what stands before the files of a watched folder in a message.
func (l *Live) named(root string) string {
	if root == filepath.Clean(l.at) {
		return l.prefix
	}
	return filepath.Base(root) + "/"
}

// Page returns the page that a file is shown on.
func (l *Live) Page(file string) (address, name string) {
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

// Published returns the address that the handbook knows itself to be at.
func (l *Live) Published() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.book == nil {
		return ""
	}
	return l.book.Config.BaseURL
}

// Line returns a line of a file that a problem names.
func (l *Live) Line(file string, line int) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	source, ok := strings.CutPrefix(file, l.prefix)
	if !ok || !fs.ValidPath(source) || path.Clean(source) != source {
		return ""
	}
	lines, known := l.lines[source]
	if !known {
		text, err := l.folder.Content.ReadFile(source)
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
