package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/site"
)

// The tests of this file are about the real content. They judge it on the day
// of its latest record, so that they do not fail by themselves as time passes:
// what is due by now is said by handbook due.

// contentDir is the real content.
func contentDir() string { return filepath.Join("..", "..", "content") }

// theBook loads the real content once for all tests.
var theBook = sync.OnceValues(func() (*book.Book, error) {
	b, _, err := book.Load(os.DirFS(contentDir()), book.Options{Dir: "content/", BaseURL: "https://example.org/handbook/"})
	return b, err
})

// realBook returns the real content and the day of its latest record.
func realBook(t *testing.T) (*book.Book, date.Date) {
	t.Helper()
	b, err := theBook()
	if err != nil {
		t.Fatal(err)
	}
	var day date.Date
	for _, s := range b.Sections {
		last, _ := s.LastReview()
		day = date.Max(day, last)
	}
	for _, l := range b.Laws {
		day = date.Max(day, l.VerifiedOn)
	}
	for _, r := range b.References {
		day = date.Max(day, r.VerifiedOn)
	}
	return b, day
}

// theSite builds the real content.
func theSite(t *testing.T) *output.Tree {
	t.Helper()
	b, day := realBook(t)
	tree, err := site.Build(b, site.Options{Day: day})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestContentClean holds that check finds nothing but the places that an
// agency must fill in itself, and there is one in nearly every section: the
// starter content knows no agency.
func TestContentClean(t *testing.T) {
	b, day := realBook(t)
	if len(b.Sections) == 0 {
		t.Fatal("there is no section")
	}
	var out, errs bytes.Buffer
	w := environment{&out, &errs, func(string) string { return "" }, day.Time().Add(12 * time.Hour)}
	status := run(context.Background(), []string{"-C", filepath.Join("..", ".."), "check", "--as-of", day.String()}, w)
	if status != 0 {
		t.Errorf("handbook check: status %d\n%s", status, errs.String())
	}
	places := 0
	for line := range strings.Lines(out.String()) {
		switch {
		case strings.Contains(line, ": warning: ") && strings.HasSuffix(line, " [unfilled]\n"):
			places++
		case !strings.HasPrefix(line, "hint: "):
			t.Error(strings.TrimSpace(line))
		}
	}
	if places < 30 {
		t.Errorf("only %d places are marked as to be filled in", places)
	}
}

// TestContentHonest holds what the starter content may not claim: nobody has
// reviewed, approved or signed it.
func TestContentHonest(t *testing.T) {
	b, _ := realBook(t)
	for _, s := range b.Sections {
		switch {
		case s.Drafted.IsZero():
			t.Errorf("%s has no day of drafting", s.Source)
		case len(s.Reviews) > 0 || s.Counsel != nil || len(s.Approvals) > 0:
			t.Errorf("%s claims a review, an approval or counsel's sign-off, which the starter content has not had", s.Source)
		}
	}
}

// TestContentDeterministic holds that the same content gives the same bytes,
// whatever the number of processors and the time zone.
func TestContentDeterministic(t *testing.T) {
	sum := func() string {
		b, ps, err := book.Load(os.DirFS(contentDir()), book.Options{Dir: "content/"})
		if err != nil || b == nil {
			t.Fatal(err, ps)
		}
		tree, err := site.Build(b, site.Options{Day: date.New(2027, time.June, 1)})
		if err != nil {
			t.Fatal(err)
		}
		hash, err := tree.Hash()
		if err != nil {
			t.Fatal(err)
		}
		return hash
	}
	first := sum()
	procs, zone := runtime.GOMAXPROCS(1), time.Local
	time.Local = time.FixedZone("Kiritimati", 14*60*60)
	second := sum()
	runtime.GOMAXPROCS(procs)
	time.Local = zone
	if first != second {
		t.Errorf("two builds differ: %s, %s", first, second)
	}
}
