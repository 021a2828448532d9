package book_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
)

// An unsteady is a disk on which one file or folder cannot be read.
type unsteady struct {
	fstest.MapFS
	fault string
}

func (u unsteady) err(name string) error {
	if name == u.fault {
		return &fs.PathError{Op: "open", Path: name, Err: errors.New("input/output error")}
	}
	return nil
}

// Open fails for the one file.
func (u unsteady) Open(name string) (fs.File, error) {
	if err := u.err(name); err != nil {
		return nil, err
	}
	return u.MapFS.Open(name)
}

// ReadFile fails for the one file.
func (u unsteady) ReadFile(name string) ([]byte, error) {
	if err := u.err(name); err != nil {
		return nil, err
	}
	return u.MapFS.ReadFile(name)
}

// ReadDir fails for the one folder.
func (u unsteady) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := u.err(name); err != nil {
		return nil, err
	}
	return u.MapFS.ReadDir(name)
}

// TestLoaderFaults lets each file and folder be unreadable for one run. As soon
// as it can be read again, it is, although it has not changed and nobody says
// that it has; and the Book of before the fault stays as it was.
func TestLoaderFaults(t *testing.T) { // Case S4
	all := files()
	names := []string{"2-more", "registers"}
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	opt := book.Options{Dir: "content/"}
	for _, name := range names {
		for _, between := range [][]string{{}, {"top.md"}, {name}} {
			l := book.NewLoader(opt)
			first, good, err := l.Load(all, nil)
			if err != nil {
				t.Fatal(err)
			}
			before := said(first)
			_, ps, err := l.Load(unsteady{all, name}, []string{name})
			if err != nil {
				t.Fatal(err)
			}
			if slices.Equal(ps, good) {
				t.Errorf("%s cannot be read, and nothing is told", name)
			}
			again, _, err := l.Load(unsteady{all, name}, []string{"top.md"})
			if err != nil || again == nil {
				t.Fatal(err)
			}
			mended, ps, err := l.Load(all, between)
			if err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(ps); got != fmt.Sprint(good) {
				t.Errorf("%s is told when it can be read again:\n%s\nwant\n%s", name, got, good)
			}
			if got := said(mended); got != before {
				t.Errorf("%s can be read again; the Book says\n%s\nwant\n%s", name, got, before)
			}
			if got := said(first); got != before {
				t.Errorf("%s: the first Book has changed:\n%s\nwas\n%s", name, got, before)
			}
			same(t, l, all, []string{})
		}
	}
}
