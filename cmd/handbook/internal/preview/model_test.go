package preview

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/watch"
)

// A folder is a site kept in files. It is built warm, from what the changes
// say, or cold, from the disk.
type folder struct {
	dir  string
	seen map[string]string // by name
}

// build is a Server's Build. A file that says BROKEN is an error.
func (f *folder) build(changed []string) (*output.Tree, []diag.Problem, error) {
	if changed == nil {
		f.seen = read(f.dir)
	}
	for _, name := range changed {
		delete(f.seen, name)
		if text, err := os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(name))); err == nil {
			f.seen[name] = string(text)
		}
	}
	return made(f.seen)
}

// made makes the site of some files: what each holds, and a list of them all.
func made(files map[string]string) (*output.Tree, []diag.Problem, error) {
	tree := output.NewTree()
	var problems []diag.Problem
	var list strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintln(&list, name)
		if files[name] == "BROKEN" {
			problems = append(problems, diag.Errorf(diag.Pos{File: name, Line: 1}, "x", "", "broken"))
		}
		if err := tree.Add(name+".html", []byte(files[name])); err != nil {
			problems = append(problems, diag.Errorf(diag.Pos{File: name}, "x", "", "%v", err))
		}
	}
	if len(problems) > 0 {
		return nil, problems, nil
	}
	return tree, nil, tree.Add("index.html", []byte(list.String()))
}

func read(dir string) map[string]string {
	files := map[string]string{}
	_ = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
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

// run watches a folder and rebuilds, until stop is called.
func (f *folder) run(t *testing.T, poll bool) (s *Server, stop func()) {
	if err := os.MkdirAll(f.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s = &Server{Build: f.build}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		w := watch.Watcher{Roots: []string{f.dir}, Poll: poll, Note: func(text string) { t.Error(text) }}
		w.Run(ctx, func(changes []watch.Change) {
			var names []string
			for _, c := range changes {
				names = append(names, c.Name)
			}
			s.Rebuild(names)
		})
	}()
	return s, func() { cancel(); <-done }
}

// TestModel makes random edits while the preview runs. After each, what is
// served must be what a cold build makes, or the last good site if that is
// broken, and the problems those of a cold build. The files are looked at twice
// a second, in a bubble where that takes no time.
func TestModel(t *testing.T) {
	edits := 1200
	if testing.Short() {
		edits = 100
	}
	dir := filepath.Join(t.TempDir(), "content")
	synctest.Test(t, func(t *testing.T) {
		f := &folder{dir: dir}
		s, stop := f.run(t, true)
		defer stop()
		r := rand.New(rand.NewPCG(7, 7))
		good := map[string]string{} // the last good site
		broken := 0
		for i := range edits {
			edit(f.dir, r)
			time.Sleep(1200 * time.Millisecond)
			synctest.Wait()
			cold, problems, err := made(read(f.dir))
			if err != nil {
				t.Fatal(err)
			}
			if cold != nil {
				good = contents(t, cold)
			} else {
				broken++
			}
			e, _ := s.state()
			if !same(t, e.tree, good) {
				t.Fatalf("edit %d: served %v, cold %v", i, contents(t, e.tree), good)
			}
			if got, want := e.problems.ID, s.report(problems, nil).ID; got != want {
				t.Fatalf("edit %d: problems %v, cold %v", i, e.problems.Problems, problems)
			}
		}
		if broken < edits/10 || broken > edits*9/10 {
			t.Errorf("%d of %d edits left the site broken", broken, edits)
		}
	})
}

// TestModelEvents does the same with the events of this system, and with
// several edits at once as tools make them.
func TestModelEvents(t *testing.T) {
	rounds := 150
	if testing.Short() {
		rounds = 20
	}
	f := &folder{dir: filepath.Join(t.TempDir(), "content")}
	s, stop := f.run(t, false)
	defer stop()
	r := rand.New(rand.NewPCG(4, 4))
	for range rounds {
		for range 1 + r.IntN(15) {
			edit(f.dir, r)
		}
		cold, problems, err := made(read(f.dir))
		if err != nil {
			t.Fatal(err)
		}
		want := s.report(problems, nil).ID
		for {
			e, turned := s.state()
			if e != nil && e.problems.ID == want && (cold == nil || same(t, e.tree, contents(t, cold))) {
				break
			}
			<-turned // it must come; the test's time-out tells if it does not
		}
	}
}

func contents(t *testing.T, tree *output.Tree) map[string]string {
	files := map[string]string{}
	for _, path := range tree.Paths() {
		data, err := tree.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		files[path] = string(data)
	}
	return files
}

func same(t *testing.T, tree *output.Tree, files map[string]string) bool {
	return tree == nil && len(files) == 0 || tree != nil && fmt.Sprint(contents(t, tree)) == fmt.Sprint(files)
}

// edit creates, changes, deletes, renames, breaks or mends a file or a folder.
func edit(dir string, r *rand.Rand) {
	name := func() string {
		names := []string{"a", "b", "c", "sub", "other"}
		path := dir
		for range 1 + r.IntN(3) {
			path = filepath.Join(path, names[r.IntN(len(names))])
		}
		return path
	}
	texts := []string{"one", "two", "three", "BROKEN"}
	write := func(path, text string) {
		_ = os.MkdirAll(filepath.Dir(path), 0o755)
		_ = os.WriteFile(path, []byte(text), 0o644)
	}
	// What cannot be done, such as a file where a folder is, is no edit.
	switch path := name(); r.IntN(8) {
	case 0, 1, 2:
		write(path, texts[r.IntN(len(texts))])
	case 3:
		_ = os.RemoveAll(path)
	case 4, 5:
		to := name()
		_ = os.MkdirAll(filepath.Dir(to), 0o755)
		_ = os.Rename(path, to)
	case 6:
		write(filepath.Join(dir, "x", "y", "z"), texts[r.IntN(3)])
	case 7:
		// Mend all that is broken.
		for file, text := range read(dir) {
			if text == "BROKEN" {
				write(filepath.Join(dir, filepath.FromSlash(file)), "mended")
			}
		}
	}
}
