package output

import (
	"context"
	"errors"
	"fmt"
	"handbook/cmd/handbook/internal/diag"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestPublishFirst(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "deep", "er", "public")
	tree := siteOf(t, "index.html", "home", "phones/texting.html", "text", "static/a/b.css", "css", ".nojekyll", "")
	got := summary(publish(t, tree, Options{Dir: dir}))
	if want := "renamed: 5 written, 0 unchanged, 0 removed, 0 kept"; got != want {
		t.Errorf("report %v, want %q", got, want)
	}
	equalFiles(t, "first", dir, contents(t, tree))
	if got := names(t, filepath.Dir(dir)); got != "public" {
		t.Errorf("beside the site there is %q", got)
	}

	empty := filepath.Join(top, "empty")
	must(t, os.Mkdir(empty, 0o755))
	publish(t, tree, Options{Dir: empty})
	equalFiles(t, "into an empty folder", empty, contents(t, tree))

	t.Chdir(top)
	publish(t, tree, Options{Dir: "relative/"})
	equalFiles(t, "by a relative name", filepath.Join(top, "relative"), contents(t, tree))
}

// A publishing over an earlier one, in every way: new, changed, unchanged and
// removed files, a file that becomes a folder, a folder that becomes a file, a
// name that changes its case, and a file of somebody else's that is kept.
func TestPublishAgain(t *testing.T) {
	first := []string{"index.html", "home 1", "a.html", "same", "gone/x/y.html", "y", "gone/z.css", "z",
		"flip", "a file", "flop/in.html", "in", "Case.html", "case", "static/a.css", "css 1"}
	second := []string{"index.html", "home 2", "a.html", "same", "new/b.html", "b",
		"flip/in.html", "in", "flop", "a file", "case.html", "case", "static/a.css", "css 2"}
	for _, way := range ways("") {
		t.Run(way.name, func(t *testing.T) {
			top := t.TempDir()
			dir := filepath.Join(top, "public")
			opt := way.opt
			opt.Dir, opt.Keep = dir, []string{"CNAME", ".well-known/", "*.txt"}
			if v, ok := opt.FS.(otherVolume); ok {
				v.dir = dir
				opt.FS = v
			}
			one, two := siteOf(t, first...), siteOf(t, second...)
			publish(t, one, Options{Dir: dir})
			kept := []string{"CNAME", "handbook.example.org", ".well-known/a/b", "ab", "google1.txt", "1"}
			put(t, dir, kept...)
			put(t, dir, ".DS_Store", "litter", "gone/x/Thumbs.db", "litter")
			put(t, top, "canary.txt", "mine", ".public.handbook-new-mine/x", "mine", ".other.handbook-new-1/x", "mine")
			must(t, os.Mkdir(filepath.Join(dir, "nothing"), 0o755))

			got := summary(publish(t, two, opt))
			want := ": 7 written, 1 unchanged, 5 removed, 3 kept"
			if _, counts, _ := strings.Cut(got, ":"); ":"+counts != want {
				t.Errorf("report %v, want %q", got, want)
			}
			equalFiles(t, "second", dir, plus(contents(t, two), kept...))
			if got := names(t, top); got != ".other.handbook-new-1 .public.handbook-new-mine canary.txt public" {
				t.Errorf("beside the site there is %q", got)
			}

			got = summary(publish(t, siteOf(t, second...), opt))
			if want := "untouched: 0 written, 8 unchanged, 0 removed, 3 kept"; got != want {
				t.Errorf("same again: report %v, want %q", got, want)
			}
			equalFiles(t, "same again", dir, plus(contents(t, two), kept...))

			// And back, which makes every change the other way round.
			publish(t, one, opt)
			equalFiles(t, "back", dir, plus(contents(t, one), kept...))
		})
	}
}

func TestWay(t *testing.T) {
	for _, tt := range []struct {
		name string
		want Way
	}{{"exchange", Exchanged}, {"no exchange", OneByOne}, {"other volume", OneByOne}, {"in place", OneByOne}} {
		for _, way := range ways(filepath.Join(t.TempDir(), "public")) {
			if way.name != tt.name {
				continue
			}
			publish(t, siteOf(t, "a", "1"), way.opt)
			got := publish(t, siteOf(t, "a", "2"), way.opt).Way
			if tt.want == Exchanged && got == OneByOne && !canExchange(t) {
				t.Skip("folders cannot be exchanged here")
			}
			if got != tt.want {
				t.Errorf("%s: way %v, want %v", tt.name, got, tt.want)
			}
		}
	}
}

// canExchange reports whether the machine can exchange folders.
func canExchange(t *testing.T) bool {
	t.Helper()
	top := t.TempDir()
	a, b := filepath.Join(top, "a"), filepath.Join(top, "b")
	must(t, errors.Join(os.Mkdir(a, 0o755), os.Mkdir(b, 0o755)))
	return OS().Exchange(a, b) == nil
}

// An unchanged site is left alone, file times and all; whatever else differs
// on the disk is put right.
func TestPublishUnchanged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	files := []string{"index.html", "home", "a/b.html", "b"}
	publish(t, siteOf(t, files...), Options{Dir: dir})
	long := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	must(t, os.Chtimes(filepath.Join(dir, "a", "b.html"), long, long))
	before, err := os.Lstat(dir)
	must(t, err)

	if r := publish(t, siteOf(t, files...), Options{Dir: dir}); r.Way != Untouched || r.Unchanged != 3 {
		t.Errorf("unchanged site: report %+v", r)
	}
	after, err := os.Lstat(dir)
	must(t, err)
	if !os.SameFile(before, after) {
		t.Error("the folder was replaced though nothing changed")
	}
	if info, err := os.Lstat(filepath.Join(dir, "a", "b.html")); err != nil || !info.ModTime().Equal(long) {
		t.Errorf("the file's time changed: %v, %v", info, err)
	}

	for _, tt := range []struct {
		name  string
		spoil func(name string) error
	}{
		{"other bytes of the same length and time", func(name string) error {
			return errors.Join(os.WriteFile(name, []byte("B"), 0o644), os.Chtimes(name, long, long))
		}},
		{"emptied", func(name string) error { return os.Truncate(name, 0) }},
		{"longer", func(name string) error { return os.WriteFile(name, []byte("bb"), 0o644) }},
		{"removed", os.Remove},
		{"a folder in its place", func(name string) error { return errors.Join(os.Remove(name), os.Mkdir(name, 0o755)) }},
	} {
		for _, inPlace := range []bool{false, true} {
			if err := tt.spoil(filepath.Join(dir, "a", "b.html")); err != nil {
				t.Fatal(err)
			}
			tree := siteOf(t, files...)
			if r := publish(t, tree, Options{Dir: dir, FS: exchanging(!inPlace)}); r.Way == Untouched {
				t.Errorf("%s: report %v", tt.name, r)
			}
			equalFiles(t, tt.name, dir, contents(t, tree))
		}
	}
}

func TestKeep(t *testing.T) {
	for _, tt := range []struct {
		name string
		keep []string
		made []string // by an earlier publishing
		here []string // put there by somebody else
		site []string
		want []string // besides the site
		err  string
	}{
		{name: "path", keep: []string{"CNAME"}, here: []string{"CNAME", "x"}, want: []string{"CNAME", "x"}},
		{name: "path below", keep: []string{"a/b/c"}, here: []string{"a/b/c", "x"}, want: []string{"a/b/c", "x"}},
		{name: "folder", keep: []string{"a/b"}, here: []string{"a/b/c/d", "x"}, want: []string{"a/b/c/d", "x"}},
		{name: "pattern", keep: []string{"google*.html"}, here: []string{"google12.html", "x"}, want: []string{"google12.html", "x"}},
		{name: "pattern of a folder", keep: []string{"old-*"}, here: []string{"old-1/a", "x"}, want: []string{"old-1/a", "x"}},
		{name: "the site has it too", keep: []string{"CNAME"}, here: []string{"CNAME", "x"}, site: []string{"CNAME", "y"}},
		{name: "made, by path", keep: []string{"CNAME"}, made: []string{"CNAME", "x"}, want: []string{"CNAME", "x"}},
		{name: "made, by pattern", keep: []string{"*.pdf"}, made: []string{"old.pdf", "x"}, here: []string{"my.pdf", "y"}, want: []string{"my.pdf", "y"}},
		{name: "nothing to keep", keep: []string{"CNAME"}},
		{name: "not listed", keep: []string{"cname"}, here: []string{"CNAME", "x"},
			err: "cannot publish to public: it holds CNAME, which handbook did not make\nhint: move what you need out of public, or list it under keep in handbook.yaml"},
		{name: "a folder of the site in its place", keep: []string{"a"}, here: []string{"a", "x"}, site: []string{"a/b.html", "y"},
			err: "cannot publish to public: a cannot be kept: path \"a\" is the folder of \"a/b.html\"\nhint: move the file away or take it out of keep"},
		{name: "a file of the site in its place", keep: []string{"a/b"}, here: []string{"a/b", "x"}, site: []string{"a", "y"},
			err: "cannot publish to public: a/b cannot be kept: path \"a/b\" needs a folder where the file \"a\" is\nhint: move the file away or take it out of keep"},
		{name: "no pattern", keep: []string{"[a"},
			err: "cannot publish to public: keep: \"[a\" is not a pattern\nhint: write a path such as CNAME, or a pattern such as *.txt"},
	} {
		for _, inPlace := range []bool{false, true} {
			t.Chdir(t.TempDir())
			one := siteOf(t, append(tt.made, "index.html", "1")...)
			publish(t, one, Options{Dir: "public"})
			put(t, "public", tt.here...)
			before := filesIn(t, "public")
			two := siteOf(t, append(tt.site, "index.html", "2")...)
			_, err := Publish(context.Background(), two, Options{Dir: "public", Keep: tt.keep, FS: exchanging(!inPlace)})
			if message(err) != tt.err {
				t.Errorf("%s:\n got %v\nwant %s", tt.name, err, tt.err)
			}
			if tt.err != "" {
				equalFiles(t, tt.name, "public", before)
			} else {
				equalFiles(t, tt.name, "public", plus(contents(t, two), tt.want...))
			}
		}
	}
}

// A folder that has nothing in it but what is kept may become the site's.
func TestKeepBeforeFirst(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	put(t, dir, "CNAME", "x", ".DS_Store", "litter")
	tree := siteOf(t, "index.html", "1")
	publish(t, tree, Options{Dir: dir, Keep: []string{"CNAME"}})
	equalFiles(t, "first", dir, plus(contents(t, tree), "CNAME", "x"))
}

// One page that fails, and nothing is touched: no folder, no lock, nothing.
func TestPublishFailingFile(t *testing.T) {
	top := t.TempDir()
	tree := siteOf(t, "index.html", "home")
	must(t, tree.AddFunc("phones/texting.html", func() ([]byte, error) { return nil, errors.New("template: no field Titel") }))
	must(t, tree.AddWriter("print.html", func(w io.Writer) error { _, _ = io.WriteString(w, "half"); return errors.New("the page holds a NUL") }))
	_, err := Publish(context.Background(), tree, Options{Dir: filepath.Join(top, "a", "public")})
	if got, want := message(err), "phones/texting.html: template: no field Titel\nprint.html: the page holds a NUL"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	if got := names(t, top); got != "" {
		t.Errorf("a failed publishing left %q", got)
	}
}

func TestPublishWithoutManifest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	for _, tt := range []struct {
		files []string
		want  string
	}{
		{[]string{"index.html", "x"}, "the site has no manifest.json: AddManifest was not called"},
		{[]string{"index.html", "x", "manifest.json", `{"generator":"handbook","files":[]}`}, "the site has no manifest.json: AddManifest was not called"},
	} {
		tree := NewTree()
		for i := 0; i < len(tt.files); i += 2 {
			must(t, tree.Add(tt.files[i], []byte(tt.files[i+1])))
		}
		if _, err := Publish(context.Background(), tree, Options{Dir: dir}); message(err) != tt.want {
			t.Errorf("%q\n got %v\nwant %s", tt.files, err, tt.want)
		}
	}
	if _, err := os.Lstat(dir); !os.IsNotExist(err) {
		t.Errorf("the folder was made: %v", err)
	}
}

// The same site gives the same bytes, however many work on it and whatever the
// folder is called.
func TestPublishDeterministic(t *testing.T) {
	top := t.TempDir()
	files := []string{"index.html", "home", "a/b.html", "b", "z/é.css", "css", "a-z.html", "x"}
	var first map[string]string
	for i, procs := range []int{1, 2, 8} {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(procs))
		dir := filepath.Join(top, strings.Repeat("x", i+1))
		publish(t, siteOf(t, files...), Options{Dir: dir})
		if first == nil {
			first = filesIn(t, dir)
		}
		equalFiles(t, dir, dir, first)
	}
}

// TestPublishWriters writes files bit by bit from one piece of memory: what was
// written must be on the disk and in the hash before the next bit takes its place.
func TestPublishWriters(t *testing.T) {
	tree := NewTree()
	want := map[string]string{}
	for i := range 200 {
		path, text := fmt.Sprintf("p/%d.html", i), strings.Repeat(fmt.Sprintf("page %d ", i), i%7)
		want[path] = text
		must(t, tree.AddWriter(path, func(w io.Writer) error {
			buf := make([]byte, 5)
			for rest := text; rest != ""; {
				n := copy(buf, rest)
				if _, err := w.Write(buf[:n]); err != nil {
					return err
				}
				rest = rest[n:]
			}
			return nil
		}))
	}
	must(t, tree.AddManifest())
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, tree, Options{Dir: dir})
	for path, text := range want {
		if got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path))); err != nil || string(got) != text {
			t.Errorf("%s holds %q, %v; want %q", path, got, err, text)
		}
		if got, err := tree.Read(path); err != nil || string(got) != text {
			t.Errorf("Read of %s gives %q, %v; want %q", path, got, err, text)
		}
	}
	if r := publish(t, tree, Options{Dir: dir}); r.Way != Untouched {
		t.Errorf("the second publishing says %+v", r)
	}
}

// message returns the text of an error with its hint, "" for none.
func message(err error) string {
	if err == nil {
		return ""
	}
	if f := (*diag.Failure)(nil); errors.As(err, &f) {
		return f.Text + "\nhint: " + f.Hint
	}
	return err.Error()
}
