package site

import (
	"io/fs"
	"os"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/output"
)

// day is the day of the tests.
func day() date.Date { return date.New(2026, 11, 21) }

// fixture is the content of testdata/handbook.txtar, with files changed,
// added, or taken out by an empty text.
func fixture(t testing.TB, changes map[string]string) fs.FS {
	t.Helper()
	b, err := os.ReadFile("testdata/handbook.txtar")
	if err != nil {
		t.Fatal(err)
	}
	fsys := fstest.MapFS{}
	for _, f := range txtar.Parse(b).Files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	for name, text := range changes {
		if delete(fsys, name); text != "" {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return fsys
}

// folder is a content folder made of names and texts.
func folder(files map[string]string) fs.FS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// load reads a content folder that must be free of errors.
func load(t testing.TB, fsys fs.FS, opt book.Options) *book.Book {
	t.Helper()
	b, problems, err := book.Load(fsys, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if p.Severity == diag.Error {
			t.Errorf("%s", p)
		}
	}
	return b
}

// build builds a site and reads every page of it.
func build(t testing.TB, b *book.Book, opt Options) *output.Tree {
	t.Helper()
	if opt.Day.IsZero() {
		opt.Day = day()
	}
	tree, err := Build(b, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range tree.Paths() {
		if _, err := tree.Read(p); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
	}
	return tree
}

// text returns a file of a Tree.
func text(t testing.TB, tree *output.Tree, path string) string {
	t.Helper()
	b, err := tree.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
