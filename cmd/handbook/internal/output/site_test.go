package output

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// siteOf makes a Tree with its manifest of paths and contents in turn. Every
// other file is written in two halves.
func siteOf(t testing.TB, files ...string) *Tree {
	t.Helper()
	tree := NewTree()
	must(t, tree.AddManifest())
	for i := 0; i < len(files); i += 2 {
		text := []byte(files[i+1])
		if i%4 == 0 {
			must(t, tree.Add(files[i], text))
			continue
		}
		must(t, tree.AddWriter(files[i], func(w io.Writer) error {
			_, first := w.Write(text[:len(text)/2])
			_, second := w.Write(text[len(text)/2:])
			return errors.Join(first, second)
		}))
	}
	return tree
}

// contents returns every file of a Tree.
func contents(t testing.TB, tree *Tree) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, path := range tree.Paths() {
		data, err := tree.Read(path)
		must(t, err)
		all[path] = string(data)
	}
	return all
}

// plus returns the contents and more paths and contents.
func plus(all map[string]string, files ...string) map[string]string {
	for i := 0; i < len(files); i += 2 {
		all[files[i]] = files[i+1]
	}
	return all
}

// filesIn returns every file below dir, nil if there is no such folder. A link
// is shown as "-> target", an empty folder as "empty".
func filesIn(t testing.TB, dir string) map[string]string {
	t.Helper()
	var all map[string]string
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		switch {
		case rel == ".":
			all = map[string]string{}
		case e.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(name)
			all[rel] = "-> " + target
			return err
		case e.IsDir():
			if inner, err := os.ReadDir(name); err == nil && len(inner) == 0 {
				all[rel] = "empty"
			}
		default:
			data, err := os.ReadFile(name)
			all[rel] = string(data)
			return err
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return all
}

// equalFiles compares what is in a folder with what should be.
func equalFiles(t testing.TB, when, dir string, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, filesIn(t, dir)); diff != "" {
		t.Errorf("%s: files differ (-want +got):\n%s", when, diff)
	}
}

// names returns what is in a folder, parted by spaces.
func names(t testing.TB, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return strings.Join(all, " ")
}

// quickDir returns a folder for a test that publishes some thousand times: in
// memory, if the machine has such a place.
func quickDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "handbook-output-*")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { must(t, os.RemoveAll(dir)) })
	return dir
}

// put writes files below dir, by paths and contents in turn, making folders.
func put(t testing.TB, dir string, files ...string) {
	t.Helper()
	for i := 0; i < len(files); i += 2 {
		name := filepath.Join(dir, filepath.FromSlash(files[i]))
		must(t, os.MkdirAll(filepath.Dir(name), 0o755))
		must(t, os.WriteFile(name, []byte(files[i+1]), 0o644))
	}
}

// publish publishes and expects no error.
func publish(t testing.TB, tree *Tree, opt Options) Report {
	t.Helper()
	r, err := Publish(context.Background(), tree, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// summary returns a Report as one line.
func summary(r Report) string {
	way := [...]string{"untouched", "renamed", "exchanged", "one by one"}[r.Way]
	s := fmt.Sprintf("%s: %d written, %d unchanged, %d removed, %d kept", way, r.Written, r.Unchanged, r.Removed, r.Kept)
	return strings.Join(append([]string{s}, r.Notes...), "\n")
}

// noExchange is a file system that cannot exchange folders.
type noExchange struct{ FS }

func (noExchange) Exchange(a, b string) error { return ErrNoExchange }

// exchanging returns the file system of the machine, which can exchange folders
// or not.
func exchanging(can bool) FS {
	if can {
		return OS()
	}
	return noExchange{OS()}
}

// otherVolume is one in which, besides, the folder is a volume of its own.
type otherVolume struct {
	FS
	dir string
}

func (otherVolume) Exchange(a, b string) error { return ErrNoExchange }

func (v otherVolume) Rename(from, to string) error {
	inside := func(name string) bool { return strings.HasPrefix(name, v.dir+string(filepath.Separator)) }
	if inside(from) != inside(to) {
		return &os.LinkError{Op: "rename", Old: from, New: to, Err: errOtherVolume}
	}
	return v.FS.Rename(from, to)
}

// ways returns options for each way in which an existing site is replaced, by
// name. The first is the machine's own.
func ways(dir string) []struct {
	name string
	opt  Options
} {
	return []struct {
		name string
		opt  Options
	}{
		{"exchange", Options{Dir: dir}},
		{"no exchange", Options{Dir: dir, FS: noExchange{OS()}}},
		{"other volume", Options{Dir: dir, FS: otherVolume{OS(), dir}}},
	}
}
