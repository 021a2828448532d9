package watch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A fake sends the events that a test makes up.
type fake struct {
	events chan fsnotify.Event
	errs   chan error
	quit   chan struct{}

	mu     sync.Mutex
	set    map[string]int // watched folders, and how often each was asked for
	refuse func(string) error
}

func newFake() *fake {
	return &fake{events: make(chan fsnotify.Event), errs: make(chan error), quit: make(chan struct{}), set: map[string]int{}}
}

func (f *fake) Add(dir string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refuse != nil {
		if err := f.refuse(dir); err != nil {
			return err
		}
	}
	f.set[dir] = max(f.set[dir], -f.set[dir]) + 1
	return nil
}

func (f *fake) Remove(dir string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.set[dir] <= 0 {
		return errors.New("not watched")
	}
	f.set[dir] = -f.set[dir] // not watched now, but it was
	return nil
}

func (f *fake) Events() <-chan fsnotify.Event { return f.events }
func (f *fake) Errors() <-chan error          { return f.errs }
func (f *fake) Close() error                  { close(f.quit); return nil }

// asked counts how often a folder's events were asked for.
func (f *fake) asked(dir string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return max(f.set[dir], -f.set[dir])
}

// watched reports whether the events of a folder were asked for.
func (f *fake) watched(dir string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.set[dir] > 0
}

// A scene is a Watcher at work over a folder on the disk, in a bubble where
// time passes when a test says so.
type scene struct {
	*testing.T
	*fake
	dir  string
	w    *Watcher
	stop func()

	state    sync.Mutex
	notes    []string
	rebuilds []string // the changes of each, "." for none at the start
	during   func()   // is called in the next rebuild
}

// play runs a test in a bubble. The files are there before the watcher starts.
func play(t *testing.T, files string, prepare func(*scene), act func(*scene)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := &scene{T: t, fake: newFake(), dir: filepath.Join(dir, "content")}
		for _, f := range strings.Fields(files) {
			s.write(f, f)
		}
		tune := standard()
		tune.open = func() (notifier, error) { return s.fake, nil }
		tune.remote = func(string) string { return "" }
		s.w = &Watcher{
			Roots:  []string{s.dir},
			Ignore: func(name string) bool { return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") },
			Note: func(text string) {
				s.state.Lock()
				defer s.state.Unlock()
				s.notes = append(s.notes, strings.ReplaceAll(text, s.dir, "content"))
			},
			tune: tune,
		}
		if prepare != nil {
			prepare(s)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			s.w.Run(ctx, s.rebuild)
		}()
		s.stop = func() { cancel(); <-done }
		defer s.stop()
		synctest.Wait()
		s.want("the first rebuild", ".")
		act(s)
	})
}

func (s *scene) rebuild(changes []Change) {
	var names []string
	for _, c := range changes {
		if c.Root != s.dir {
			s.Errorf("root %s", c.Root)
		}
		names = append(names, c.Name)
	}
	if changes == nil {
		names = []string{"."}
	}
	s.state.Lock()
	s.rebuilds = append(s.rebuilds, strings.Join(names, " "))
	during := s.during
	s.during = nil
	s.state.Unlock()
	if during != nil {
		during()
	}
}

func (s *scene) path(name string) string { return filepath.Join(s.dir, filepath.FromSlash(name)) }

func (s *scene) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// write writes a file and the folders above it.
func (s *scene) write(name, text string) {
	s.Helper()
	s.must(os.MkdirAll(filepath.Dir(s.path(name)), 0o755))
	s.must(os.WriteFile(s.path(name), []byte(text), 0o644))
}

// event tells the watcher of something.
func (s *scene) event(op fsnotify.Op, names ...string) {
	for _, name := range names {
		s.events <- fsnotify.Event{Name: s.path(name), Op: op}
	}
	synctest.Wait()
}

// pass lets time pass.
func (s *scene) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// want compares the rebuilds since the last call.
func (s *scene) want(what string, rebuilds ...string) {
	s.Helper()
	s.state.Lock()
	defer s.state.Unlock()
	if got, want := strings.Join(s.rebuilds, " | "), strings.Join(rebuilds, " | "); got != want {
		s.Errorf("%s: rebuilds [%s], want [%s]", what, got, want)
	}
	s.rebuilds = nil
}

const (
	ms   = time.Millisecond
	save = fsnotify.Write
)

func TestPause(t *testing.T) {
	play(t, "a.md b.md", nil, func(s *scene) {
		s.write("a.md", "new")
		s.event(save, "a.md")
		s.pass(4 * ms)
		s.want("before the pause is over")
		s.pass(1 * ms)
		s.want("after the pause", "a.md")

		s.pass(time.Second)
		s.write("a.md", "newer")
		s.event(save, "a.md")
		s.pass(4 * ms)
		s.event(save, "a.md")
		s.pass(4 * ms)
		s.want("a second event begins the pause anew")
		s.pass(1 * ms)
		s.want("after the second pause", "a.md")
		s.pass(time.Minute)
		s.want("nothing more comes of it")
	})
}

// A long run of events is not waited for longer than half a second, and of a
// storm there are few rebuilds.
func TestPatience(t *testing.T) {
	play(t, "a.md", nil, func(s *scene) {
		for i := range 200 {
			s.write("a.md", strings.Repeat("x", i+1))
			s.event(save, "a.md")
			s.pass(4 * ms)
		}
		s.pass(time.Second)
		s.want("800 ms of events", "a.md", "a.md")
	})
}

// Events soon after a rebuild belong together.
func TestRest(t *testing.T) {
	play(t, "a.md b.md c.md", nil, func(s *scene) {
		s.write("a.md", "1")
		s.event(save, "a.md")
		s.pass(10 * ms)
		s.want("first", "a.md")
		for range 4 {
			s.write("b.md", "1"+time.Now().String())
			s.event(save, "b.md")
			s.pass(49 * ms)
			s.want("soon after")
		}
		s.pass(1 * ms)
		s.want("all at once", "b.md")
		s.pass(500 * ms)
		s.write("c.md", "1")
		s.event(save, "c.md")
		s.pass(10 * ms)
		s.want("after the rest", "c.md")
	})
}

// What is saved again as it was, touched or made executable is no change.
func TestSameContent(t *testing.T) {
	play(t, "a.md b/c.md", nil, func(s *scene) {
		s.pass(time.Second)
		s.write("a.md", "a.md")
		s.event(save, "a.md")
		s.must(os.Chmod(s.path("b/c.md"), 0o600))
		s.event(fsnotify.Chmod, "b/c.md", "b")
		s.must(os.Chtimes(s.path("a.md"), time.Unix(1, 0), time.Unix(1, 0)))
		s.event(fsnotify.Chmod, "a.md")
		// An editor that writes beside and renames.
		s.write("new", "a.md")
		s.event(fsnotify.Create|save, "new")
		s.must(os.Rename(s.path("new"), s.path("a.md")))
		s.event(fsnotify.Rename, "new")
		s.event(fsnotify.Create, "a.md")
		s.pass(time.Minute)
		s.want("nothing has changed")
	})
}

// The content decides, whatever size and times say.
func TestSameStamp(t *testing.T) {
	play(t, "a.md", nil, func(s *scene) {
		info, err := os.Stat(s.path("a.md"))
		s.must(err)
		s.pass(time.Second)
		s.write("a.md", "b.md")
		s.must(os.Chtimes(s.path("a.md"), info.ModTime(), info.ModTime()))
		s.event(save, "a.md")
		s.pass(10 * ms)
		s.want("same size, same time", "a.md")
	})
}

// A file that is gone or empty may be one that is being saved.
func TestUnsure(t *testing.T) {
	play(t, "a.md b.md", nil, func(s *scene) {
		s.pass(time.Second)
		s.must(os.Rename(s.path("a.md"), s.path("a.md~")))
		s.event(fsnotify.Rename, "a.md")
		s.pass(30 * ms)
		s.want("renamed away for a backup")
		s.write("a.md", "new")
		s.event(fsnotify.Create|save, "a.md")
		s.pass(50 * ms)
		s.want("written", "a.md")

		s.pass(time.Second)
		s.write("b.md", "")
		s.event(save, "b.md")
		s.pass(30 * ms)
		s.want("truncated")
		s.write("b.md", "b.md")
		s.event(save, "b.md")
		s.pass(time.Minute)
		s.want("written as it was")

		s.must(os.Remove(s.path("b.md")))
		s.event(fsnotify.Remove, "b.md")
		s.pass(54 * ms)
		s.want("removed, perhaps")
		s.pass(1 * ms)
		s.want("removed", "b.md")
	})
}

// What changes while a rebuild runs causes one more, and is never lost.
func TestSaveDuringRebuild(t *testing.T) {
	play(t, "a.md b.md", nil, func(s *scene) {
		s.state.Lock()
		s.during = func() {
			for i := range 5 {
				s.write("b.md", strings.Repeat("x", i+1))
				s.events <- fsnotify.Event{Name: s.path("b.md"), Op: save}
			}
			time.Sleep(3 * time.Second) // the rebuild is slow
		}
		s.state.Unlock()
		s.write("a.md", "1")
		s.event(save, "a.md")
		s.pass(time.Minute)
		s.want("saved during a rebuild", "a.md", "b.md")
	})
}

// What happens without an event is found all the same.
func TestMissedEvents(t *testing.T) {
	play(t, "a.md b/c.md", nil, func(s *scene) {
		// Of mkdir -p and a file at once only the first folder is told.
		s.write("x/y/z/d.md", "1")
		s.event(fsnotify.Create, "x")
		s.pass(10 * ms)
		s.want("nested folder", "x x/y x/y/z x/y/z/d.md")
		if !s.watched(s.path("x/y/z")) {
			t.Error("the new folder is not watched")
		}
		// One file is told, another is not: the look after the rebuild finds it.
		s.pass(time.Second)
		s.write("a.md", "1")
		s.write("b/c.md", "1")
		s.event(save, "a.md")
		s.pass(10 * ms)
		s.want("told", "a.md")
		s.pass(500 * ms)
		s.want("found", "b/c.md")
		// Nothing is told at all.
		s.pass(10 * time.Second)
		s.write("b/c.md", "2")
		s.pass(5 * time.Second)
		s.want("found by the slow look", "b/c.md")
		s.wantNotes()
		// And again: then events are not waited for any more.
		s.write("b/c.md", "3")
		s.pass(5 * time.Second)
		s.want("found by the slow look", "b/c.md")
		s.write("b/c.md", "4")
		s.pass(500 * ms)
		s.want("looked at twice a second", "b/c.md")
		s.wantNotes("the system does not report changes here; the files are looked at twice a second instead")
	})
}

func (s *scene) wantNotes(notes ...string) {
	s.Helper()
	s.state.Lock()
	defer s.state.Unlock()
	if got, want := strings.Join(s.notes, "\n"), strings.Join(notes, "\n"); got != want {
		s.Errorf("notes:\n%s\nwant:\n%s", got, want)
	}
}

func TestOverflow(t *testing.T) {
	play(t, "a.md b/c.md", nil, func(s *scene) {
		s.write("b/c.md", "1")
		s.write("b/d.md", "1")
		s.errs <- fsnotify.ErrEventOverflow
		s.pass(10 * ms)
		s.want("the queue was too short", "b/c.md b/d.md")
		s.wantNotes()
	})
	// More paths than are worth remembering.
	play(t, "a.md", nil, func(s *scene) {
		for range manyHints + 5 {
			s.events <- fsnotify.Event{Name: s.path("none" + time.Now().String()), Op: fsnotify.Chmod}
			time.Sleep(time.Nanosecond)
		}
		s.write("a.md", "1")
		s.pass(50 * ms)
		s.want("as after an overflow", "a.md")
	})
}

// The root is removed, made again, renamed, replaced; no event tells of it.
func TestRoots(t *testing.T) {
	play(t, "a.md b/c.md", nil, func(s *scene) {
		s.pass(time.Second)
		s.must(os.RemoveAll(s.dir))
		s.pass(600 * ms)
		s.want("removed", ". a.md b b/c.md")
		s.write("b/e.md", "1")
		s.pass(500 * ms)
		s.want("made again", ". b b/e.md")
		if !s.watched(s.dir) || !s.watched(s.path("b")) {
			t.Error("the new root is not watched")
		}
		// Another folder takes its place between two looks.
		s.pass(time.Second)
		asked := s.asked(s.dir)
		s.must(os.Rename(s.dir, s.dir+"-old"))
		s.write("a.md", "1")
		s.write("b/e.md", "1")
		s.pass(600 * ms)
		s.want("replaced; one file is what it was", "a.md")
		if n := s.asked(s.dir) - asked; n == 0 {
			t.Error("the folder in its place is not watched")
		}
	})
	// Roots that come up later.
	play(t, "", nil, func(s *scene) {
		s.write("a.md", "1")
		s.pass(500 * ms)
		s.want("made", ". a.md")
	})
}

func TestFolderGoneAndBack(t *testing.T) {
	play(t, "a/b.md a/c/d.md", nil, func(s *scene) {
		s.pass(time.Second)
		s.must(os.Rename(s.path("a"), s.path("e")))
		s.event(fsnotify.Rename, "a")
		s.event(fsnotify.Create, "e")
		s.pass(60 * ms)
		s.want("renamed", "a a/b.md a/c a/c/d.md e e/b.md e/c e/c/d.md")
		for _, dir := range []string{"e", "e/c"} {
			if !s.watched(s.path(dir)) {
				t.Errorf("%s is not watched", dir)
			}
		}
		if s.watched(s.path("a")) || s.watched(s.path("a/c")) {
			t.Error("the old folder is watched")
		}
		// Renamed back and forth, nothing has changed.
		s.pass(time.Second)
		s.must(os.Rename(s.path("e"), s.path("f")))
		s.event(fsnotify.Rename, "e")
		s.event(fsnotify.Create, "f")
		s.pass(20 * ms)
		s.must(os.Rename(s.path("f"), s.path("e")))
		s.event(fsnotify.Rename, "f")
		s.event(fsnotify.Create, "e")
		s.pass(time.Second)
		s.want("renamed back")
		// A file takes a folder's name, and a folder a file's.
		s.must(os.RemoveAll(s.path("e")))
		s.write("e", "1")
		s.event(fsnotify.Remove, "e")
		s.event(fsnotify.Create, "e")
		s.pass(time.Second)
		s.want("a file in its place", "e e/b.md e/c e/c/d.md")
		s.must(os.Remove(s.path("e")))
		s.write("e/b.md", "1")
		s.event(fsnotify.Create, "e")
		s.pass(time.Second)
		s.want("a folder in its place", "e e/b.md")
	})
}

func TestLinks(t *testing.T) {
	play(t, "a.md", func(s *scene) {
		if err := os.Symlink(s.dir, s.path("loop")); err != nil {
			t.Skip(err)
		}
	}, func(s *scene) {
		s.pass(time.Second)
		s.must(os.Remove(s.path("loop")))
		s.must(os.Symlink("/etc", s.path("loop")))
		s.event(fsnotify.Create, "loop")
		s.pass(50 * ms)
		s.want("leads elsewhere", "loop")
		if s.watched(s.path("loop")) {
			t.Error("a link is followed")
		}
	})
}

func TestIgnored(t *testing.T) {
	play(t, "a.md .git/index a.md~", nil, func(s *scene) {
		if s.watched(s.path(".git")) {
			t.Error(".git is watched")
		}
		for _, name := range []string{".a.md.swp", "a.md~", ".git/index"} {
			s.write(name, "1")
			s.event(save, name)
		}
		s.pass(time.Minute)
		s.want("nothing to see")
	})
}

func TestUnreadable(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("root reads everything")
	}
	play(t, "a.md b/c.md", nil, func(s *scene) {
		s.pass(time.Second)
		s.must(os.Chmod(s.path("a.md"), 0))
		s.event(fsnotify.Chmod, "a.md")
		s.pass(60 * ms)
		s.want("closed", "a.md")
		s.must(os.Chmod(s.path("b"), 0))
		defer os.Chmod(s.path("b"), 0o755)
		s.event(fsnotify.Chmod, "b")
		s.pass(time.Second)
		s.want("folder closed", "b b/c.md")
		s.pass(time.Minute)
		s.want("it stays closed")
		s.must(os.Chmod(s.path("b"), 0o755))
		s.event(fsnotify.Chmod, "b")
		s.pass(time.Second)
		s.want("folder open", "b b/c.md")
	})
}
