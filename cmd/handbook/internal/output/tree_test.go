package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

func TestTreeAdd(t *testing.T) {
	const caseless = ` on systems that do not tell upper from lower case or one form of an accent from the other`
	for _, tt := range []struct {
		first, then, want string
	}{
		{"a.html", "b.html", ``},
		{"a/b.html", "a/c.html", ``},
		{"Images/a.png", "images/b.png", ``},
		{"a.html", "a.html", `path "a.html" is taken`},
		{"a/b.html", "a/b.html", `path "a/b.html" is taken`},
		{"a.html", "A.HTML", `path "A.HTML" is the same as "a.html"` + caseless},
		{"Images/a.png", "images/A.png", `path "images/A.png" is the same as "Images/a.png"` + caseless},
		{"caf\u00e9.html", "cafe\u0301.html", "path \"cafe\u0301.html\" is the same as \"caf\u00e9.html\"" + caseless},
		{"phones", "phones/texting.html", `path "phones/texting.html" needs a folder where the file "phones" is`},
		{"phones", "Phones/a/b.html", `path "Phones/a/b.html" needs a folder where the file "phones" is`},
		{"a/b", "a/b/c/d.html", `path "a/b/c/d.html" needs a folder where the file "a/b" is`},
		{"phones/texting.html", "phones", `path "phones" is the folder of "phones/texting.html"`},
		{"a/b/c.html", "A", `path "A" is the folder of "a/b/c.html"`},
		{"a/b/c.html", "a/B", `path "a/B" is the folder of "a/b/c.html"`},
		{"a.html", "../a.html", `path "../a.html" has ".." in it`},
	} {
		tree := NewTree()
		if err := tree.Add(tt.first, nil); err != nil {
			t.Fatal(err)
		}
		got := message(tree.Add(tt.then, nil))
		if got != tt.want {
			t.Errorf("%q, then %q\n got %s\nwant %s", tt.first, tt.then, got, tt.want)
		}
		if has := tree.Has(tt.then); has != (tt.want == "" || tt.first == tt.then) {
			t.Errorf("%q, then %q: Has = %v after %q", tt.first, tt.then, has, got)
		}
	}
}

func TestTreeRead(t *testing.T) {
	tree := NewTree()
	bad := errors.New("no such owner")
	var made atomic.Int32
	must(t, tree.Add("b.html", []byte("b")))
	must(t, tree.AddFunc("a/a.html", func() ([]byte, error) { made.Add(1); return []byte("a"), nil }))
	must(t, tree.AddWriter("c.html", func(w io.Writer) error { made.Add(1); _, _ = io.WriteString(w, "half"); return bad }))

	if got, want := tree.Paths(), []string{"a/a.html", "b.html", "c.html"}; !slices.Equal(got, want) || tree.Len() != 3 {
		t.Errorf("Paths = %q, Len = %d, want %q", got, tree.Len(), want)
	}
	if made.Load() != 0 {
		t.Errorf("%d files were made before they were read", made.Load())
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if b, err := tree.Read("a/a.html"); string(b) != "a" || err != nil {
				t.Errorf("Read = %q, %v", b, err)
			}
			if b, err := tree.Read("c.html"); b != nil || err != bad {
				t.Errorf("Read of a file that fails = %q, %v; want %v", b, err, bad)
			}
			if _, err := tree.Sum("c.html"); err != bad {
				t.Errorf("Sum of a file that fails = %v; want %v", err, bad)
			}
		})
	}
	wg.Wait()
	if made.Load() != 2 {
		t.Errorf("two files were made %d times", made.Load())
	}
	if b, err := tree.Read("b.html"); string(b) != "b" || err != nil {
		t.Errorf("Read = %q, %v", b, err)
	}
	must(t, tree.Add("aa.html", nil))
	if got, want := tree.Paths(), []string{"a/a.html", "aa.html", "b.html", "c.html"}; !slices.Equal(got, want) {
		t.Errorf("Paths after another Add = %q, want %q", got, want)
	}
	for _, path := range []string{"B.html", "a", "", "../b.html"} {
		if _, err := tree.Read(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("Read(%q) = %v, want fs.ErrNotExist", path, err)
		}
		if tree.Has(path) {
			t.Errorf("Has(%q)", path)
		}
	}
}

// A site of one page is added to, listed and read by many goroutines at once;
// the race detector watches.
func TestTreeConcurrent(t *testing.T) {
	tree := NewTree()
	var wg sync.WaitGroup
	var taken atomic.Int32
	for g := range 4 {
		wg.Go(func() {
			for i := range 100 {
				if tree.Add(fmt.Sprintf("p%d/s%d.html", g%2, i), []byte{byte(i)}) != nil {
					taken.Add(1)
				}
				tree.Paths()
				if b, err := tree.Read(fmt.Sprintf("p%d/s%d.html", g%2, i)); err != nil || b[0] != byte(i) {
					t.Errorf("Read = %v, %v", b, err)
				}
			}
		})
	}
	wg.Wait()
	if tree.Len() != 200 || taken.Load() != 200 {
		t.Errorf("%d files, %d refused; want 200 of each", tree.Len(), taken.Load())
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
