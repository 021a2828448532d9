package corpus_test

import (
	"bytes"
	"io/fs"
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// TestHandbook checks that a corpus is what its comment says.
func TestHandbook(t *testing.T) {
	const n = 2*corpus.PartSize + 1
	files := corpus.Handbook(n)
	b, problems, err := book.Load(files, book.Options{Dir: "content/"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
	if len(b.Sections) != n || len(b.Parts) != 3 || len(b.Laws) != 60 || len(b.References) != 40 || len(b.Terms) != 30 {
		t.Errorf("got %d sections in %d parts, %d laws, %d references, %d terms", len(b.Sections), len(b.Parts), len(b.Laws), len(b.References), len(b.Terms))
	}
	size := 0
	for _, body := range corpus.Bodies(files, n) {
		size += len(body)
	}
	if mean := size / n; mean < 5500 || mean > 6500 {
		t.Errorf("a section has %d bytes on average; it must be about 6 KB", mean)
	}
	for _, s := range b.Sections {
		if len(s.Rules) < 4 || len(s.Rules) > 6 || len(s.Laws) < 2 || len(s.References) < 1 || len(s.Doc.Links()) < 8 || s.Owner == nil || len(s.Reviews) == 0 || s.Counsel == nil {
			t.Errorf("%s: %d rules, %d laws, %d references, %d links, owner %v, %d reviews", s.Source, len(s.Rules), len(s.Laws), len(s.References), len(s.Doc.Links()), s.Owner, len(s.Reviews))
		}
	}
}

func TestSameBytes(t *testing.T) {
	a, b := corpus.Handbook(30), corpus.Handbook(30)
	if len(a) != len(b) {
		t.Fatalf("%d and %d files", len(a), len(b))
	}
	_ = fs.WalkDir(a, ".", func(name string, d fs.DirEntry, err error) error {
		if f := a[name]; f != nil && !bytes.Equal(f.Data, b[name].Data) {
			t.Errorf("%s differs from one run to the next", name)
		}
		return err
	})
}
