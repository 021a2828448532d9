package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A mirror is kept up to date only by the changes that a Watcher gives, with
// the events of this system. Its tests wait for what must come, never for a
// time to pass.
type mirror struct {
	*testing.T
	dir  string
	stop func()

	mu       sync.Mutex
	files    map[string]string // what the changes say is on the disk; nil at first
	rebuilds int
	notes    []string
	turned   chan struct{} // holds an element if something has happened
}

// reflect starts a mirror of a folder that holds some files already.
func reflect(t *testing.T, dir string, tune *tuning) *mirror {
	t.Helper()
	m := &mirror{T: t, dir: dir, turned: make(chan struct{}, 1)}
	w := &Watcher{
		Roots:  []string{dir},
		Ignore: ignored,
		Note:   func(text string) { m.mu.Lock(); m.notes = append(m.notes, text); m.mu.Unlock() },
		tune:   tune,
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.Run(ctx, m.rebuild)
	}()
	m.stop = func() { cancel(); <-done }
	t.Cleanup(m.stop)
	m.await()
	m.count()
	return m
}

func ignored(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#")
}

func (m *mirror) rebuild(changes []Change) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rebuilds++
	if changes == nil {
		m.files = onDisk(m.T, m.dir)
	}
	for _, c := range changes {
		delete(m.files, c.Name)
		path := filepath.Join(m.dir, filepath.FromSlash(c.Name))
		if info, err := os.Lstat(path); err == nil && !info.IsDir() {
			if text, err := os.ReadFile(path); err == nil {
				m.files[c.Name] = string(text)
			}
		}
	}
	select {
	case m.turned <- struct{}{}:
	default:
	}
}

// onDisk reads all files of a folder. A file that goes meanwhile is left out.
func onDisk(t *testing.T, dir string) map[string]string {
	files := map[string]string{}
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return nil
		}
		if ignored(d.Name()) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		if text, err := os.ReadFile(path); err == nil {
			rel, _ := filepath.Rel(dir, path)
			files[filepath.ToSlash(rel)] = string(text)
		}
		return nil
	})
	return files
}

// await waits until the mirror shows what is on the disk. That must happen; if
// it does not, the test's time-out tells.
func (m *mirror) await() {
	m.Helper()
	for {
		m.mu.Lock()
		same := fmt.Sprint(m.files) == fmt.Sprint(onDisk(m.T, m.dir)) && m.files != nil
		m.mu.Unlock()
		if same {
			return
		}
		select {
		case <-m.turned:
		case <-m.Context().Done():
			m.Fatal("the test is over")
		case <-time.After(20 * time.Second):
			m.mu.Lock()
			defer m.mu.Unlock()
			m.Fatalf("after 20 s the changes do not give what is on the disk: %v, %v", m.files, onDisk(m.T, m.dir))
		}
	}
}

// count returns the number of rebuilds since it was last called.
func (m *mirror) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := m.rebuilds
	m.rebuilds = 0
	return n
}

func (m *mirror) path(name string) string { return filepath.Join(m.dir, filepath.FromSlash(name)) }

func (m *mirror) write(name, text string) {
	m.Helper()
	must(m.T, os.MkdirAll(filepath.Dir(m.path(name)), 0o755))
	must(m.T, os.WriteFile(m.path(name), []byte(text), 0o644))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// setup makes a folder with files, each holding its own name.
func setup(t *testing.T, files ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "content")
	for _, f := range files {
		path := filepath.Join(dir, filepath.FromSlash(f))
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(f), 0o644))
	}
	return dir
}

// TestEditors saves a file in the ways of editors and tools, step by step as
// they were seen to do it. Each save must end in the right mirror after at
// most three rebuilds.
func TestEditors(t *testing.T) {
	rename := func(from, to string) func(*mirror) {
		return func(m *mirror) { must(m.T, os.Rename(m.path(from), m.path(to))) }
	}
	write := func(name, text string) func(*mirror) { return func(m *mirror) { m.write(name, text) } }
	remove := func(name string) func(*mirror) {
		return func(m *mirror) { must(m.T, os.Remove(m.path(name))) }
	}
	chmod := func(name string) func(*mirror) {
		return func(m *mirror) { must(m.T, os.Chmod(m.path(name), 0o644)) }
	}
	truncate := func(name string) func(*mirror) {
		return func(m *mirror) { must(m.T, os.Truncate(m.path(name), 0)) }
	}
	const f = "2-phones/3-texting.md"
	for _, c := range []struct {
		name  string
		steps []func(*mirror)
	}{
		{"vim, backup by renaming", []func(*mirror){
			write("2-phones/4913", ""), remove("2-phones/4913"), write("2-phones/.3-texting.md.swp", "swap"),
			rename(f, f+"~"), write(f, "new"), chmod(f), remove(f + "~"), remove("2-phones/.3-texting.md.swp")}},
		{"vim, backup by copying", []func(*mirror){write(f+"~", f), truncate(f), write(f, "new"), chmod(f), remove(f + "~")}},
		{"vim, no backup", []func(*mirror){truncate(f), write(f, "new"), chmod(f)}},
		{"emacs", []func(*mirror){
			write("2-phones/.#3-texting.md", "lock"), write("2-phones/#3-texting.md#", "auto-save"),
			rename(f, f+"~"), write(f, "new"), chmod(f), remove("2-phones/#3-texting.md#"), remove("2-phones/.#3-texting.md")}},
		{"VS Code", []func(*mirror){truncate(f), write(f, "new")}},
		{"gedit", []func(*mirror){write("2-phones/.goutputstream-AB12CD", "new"), rename("2-phones/.goutputstream-AB12CD", f)}},
		{"sed -i", []func(*mirror){write("2-phones/sedXy12Zz", "new"), chmod("2-phones/sedXy12Zz"), rename("2-phones/sedXy12Zz", f)}},
		{"rsync", []func(*mirror){write("2-phones/.3-texting.md.Ab12Cd", "new"), chmod("2-phones/.3-texting.md.Ab12Cd"), rename("2-phones/.3-texting.md.Ab12Cd", f)}},
		{"OneDrive, twice", []func(*mirror){write(f, "ne"), write(f, "new"), chmod(f), write(f, "new")}},
		{"Word, by way of a temporary file", []func(*mirror){
			write("2-phones/~WRD0001.tmp", "new"), rename(f, "2-phones/~WRL0002.tmp"), rename("2-phones/~WRD0001.tmp", f), remove("2-phones/~WRL0002.tmp")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := reflect(t, setup(t, f, "a.md"), nil)
			for round := range 2 {
				for _, step := range c.steps {
					step(m)
				}
				m.write("last.md", fmt.Sprint(round)) // once this is seen, all before it is
				m.await()
				if n := m.count(); n > 3 {
					t.Errorf("%d rebuilds", n)
				}
				m.write(f, f)
				m.await()
				m.count()
			}
		})
	}
}

// TestMoves does with folders what events are known not to tell whole.
func TestMoves(t *testing.T) {
	m := reflect(t, setup(t, "a.md", "b/c.md", "b/d/e.md"), nil)
	for i, move := range []func(){
		func() { m.write("x/y/z/new.md", "1") },
		func() { m.write("x/y/z/new.md", "2") },
		func() { must(t, os.Rename(m.path("b"), m.path("f"))) },
		func() { m.write("f/c.md", "written in a renamed folder") },
		func() { m.write("f/d/e.md", "and below it") },
		func() {
			must(t, os.Rename(m.path("f/d"), m.path("x/y/d")))
			m.write("x/y/d/e.md", "moved and written at once")
		},
		func() { must(t, os.Rename(m.path("a.md"), m.path("A.md"))) },
		func() { must(t, os.Rename(m.path("f"), m.path("F"))); m.write("F/c.md", "another case") },
		func() { must(t, os.RemoveAll(m.dir)) },
		func() { m.write("b/c.md", "made again"); m.write("a.md", "1") },
		func() { m.write("b/c.md", "and written") },
		func() { must(t, os.Rename(m.dir, m.dir+"-old")); m.write("b/c.md", "replaced") },
		func() { m.write("b/c.md", "and written") },
		func() { must(t, os.RemoveAll(m.path("b"))); m.write("b/c.md", "at once") },
		func() { m.write("b/c.md", "and written") },
		func() { must(t, os.RemoveAll(m.path("b"))); m.write("b", "a file now") },
		func() { must(t, os.Remove(m.path("b"))); m.write("b/c/d.md", "a folder again") },
		func() { m.write("b/c/d.md", "and written") },
	} {
		move()
		m.await()
		if t.Failed() {
			t.Fatalf("after move %d", i)
		}
	}
}

// TestCheckout has git replace 500 files.
func TestCheckout(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip(err)
	}
	dir := setup(t)
	run := func(args ...string) {
		t.Helper()
		c := exec.Command(git, append([]string{"-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"}, args...)...)
		c.Dir = dir
		c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1")
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	fill := func(text string) {
		for i := range 500 {
			path := filepath.Join(dir, fmt.Sprintf("%d-part/%d.md", i%20, i))
			must(t, os.MkdirAll(filepath.Dir(path), 0o755))
			must(t, os.WriteFile(path, []byte(text+strings.Repeat("x", i)), 0o644))
		}
	}
	must(t, os.MkdirAll(dir, 0o755))
	run("init", "-q")
	fill("one")
	run("add", ".")
	run("commit", "-qm", "one")
	run("checkout", "-qb", "two")
	fill("two")
	must(t, os.RemoveAll(filepath.Join(dir, "3-part")))
	run("add", ".")
	run("commit", "-qm", "two")
	// However slow the machine is, git must not seem to have finished before it has.
	tune := standard()
	tune.times = times{pause: time.Second, unsure: time.Second, patience: time.Minute, slow: 10}
	m := reflect(t, dir, tune)
	for _, branch := range []string{"main", "two"} {
		run("checkout", "-q", branch)
		m.write("last.md", branch)
		m.await()
		if n := m.count(); n > 4 {
			t.Errorf("%d rebuilds for one checkout", n)
		}
	}
}

// A stalled notifier hands on nothing until it is released, so that the queue
// of the system overflows.
type stalled struct {
	notifier
	release chan struct{}
	events  chan fsnotify.Event
	errs    chan error
	quit    chan struct{}
	lost    chan struct{} // closed when the queue has overflowed
	once    sync.Once
}

func (s *stalled) Errors() <-chan error {
	go func() {
		for err := range s.notifier.Errors() {
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				s.once.Do(func() { close(s.lost) })
			}
			select {
			case s.errs <- err:
			case <-s.quit:
			}
		}
	}()
	return s.errs
}

func (s *stalled) Events() <-chan fsnotify.Event {
	go func() {
		<-s.release
		for e := range s.notifier.Events() {
			select {
			case s.events <- e:
			case <-s.quit:
			}
		}
	}()
	return s.events
}

func (s *stalled) Close() error {
	close(s.quit)
	return s.notifier.Close()
}

// TestRealOverflow makes more events than the system's queue holds.
func TestRealOverflow(t *testing.T) {
	tune := standard()
	s := &stalled{release: make(chan struct{}), events: make(chan fsnotify.Event), errs: make(chan error), quit: make(chan struct{}), lost: make(chan struct{})}
	tune.open = func() (notifier, error) {
		n, err := openEvents()
		s.notifier = n
		return s, err
	}
	m := reflect(t, setup(t, "a/b.md"), tune)
	for i := range 12_000 {
		must(t, os.WriteFile(m.path(fmt.Sprintf("a/%d.md", i)), []byte("x"), 0o644))
	}
	close(s.release)
	m.await()
	m.write("a/77.md", "and it goes on")
	m.await()
	if runtime.GOOS == "linux" {
		<-s.lost // the queue tells of it at its end, which may come after the files are known; if it never does, the test's time-out tells
	}
}

// TestModel makes random edits one after another; the mirror must follow each.
func TestModel(t *testing.T) {
	steps := 300
	if testing.Short() {
		steps = 50
	}
	// Nobody edits as fast as this test; with shorter waits it is over sooner.
	tune := standard()
	tune.times = times{pause: time.Millisecond, unsure: 4 * time.Millisecond, patience: 60 * time.Millisecond, slow: 10}
	m := reflect(t, setup(t, "a.md", "b/c.md", "b/d/e.md"), tune)
	for _, seed := range []uint64{1, 2} {
		r := rand.New(rand.NewPCG(seed, 0))
		for i := range steps {
			edit(t, m.dir, r)
			if r.IntN(4) > 0 {
				m.await()
			}
			if t.Failed() {
				t.Fatalf("seed %d, step %d", seed, i)
			}
		}
		m.await()
	}
	if len(m.notes) > 0 {
		t.Errorf("notes %q", m.notes)
	}
}

// edit does one thing to a folder that an author or a tool may do.
func edit(t *testing.T, dir string, r *rand.Rand) {
	t.Helper()
	name := func() string {
		names := []string{"a.md", "b.md", "B.md", "sub", "other", "x"}
		path := dir
		for range 1 + r.IntN(3) {
			path = filepath.Join(path, names[r.IntN(len(names))])
		}
		return path
	}
	// What cannot be done, such as a file where a folder is, is no edit.
	switch path := name(); r.IntN(7) {
	case 0, 1:
		_ = os.MkdirAll(filepath.Dir(path), 0o755)
		_ = os.WriteFile(path, fmt.Append(nil, r.IntN(3)), 0o644)
	case 2:
		_ = os.RemoveAll(path)
	case 3, 4:
		to := name()
		_ = os.MkdirAll(filepath.Dir(to), 0o755)
		_ = os.Rename(path, to)
	case 5:
		_ = os.WriteFile(path+".tmp", fmt.Append(nil, r.IntN(3)), 0o644)
		_ = os.Rename(path+".tmp", path)
	case 6:
		if r.IntN(10) == 0 {
			_ = os.RemoveAll(dir)
			must(t, os.MkdirAll(dir, 0o755))
		} else {
			_ = os.Chmod(path, 0o700)
		}
	}
}
