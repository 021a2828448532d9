package edit

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// TestOverlay holds that a folder with one file laid over it is a file system
// like any other, whether the file is new, in a new folder, or replaced.
func TestOverlay(t *testing.T) {
	base := fstest.MapFS{"a.md": {Data: []byte("a")}, "part/b.md": {Data: []byte("b")}, "part/deep/c.md": {Data: []byte("c")}}
	for _, name := range []string{"a.md", "part/b.md", "part/deep/c.md", "new.md", "part/new.md", "part/deep/er/new.md", "other/new.md"} {
		t.Run(name, func(t *testing.T) {
			o := Overlay{base, name, []byte("over")}
			if err := fstest.TestFS(o, name, "a.md", "part/b.md", "part/deep/c.md"); err != nil {
				t.Fatal(err)
			}
			want := map[string]string{"a.md": "a", "part/b.md": "b", "part/deep/c.md": "c"}
			want[name] = "over"
			got := map[string]string{}
			err := fs.WalkDir(o, ".", func(p string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					var b []byte
					b, err = fs.ReadFile(o, p)
					got[p] = string(b)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("files (-want +got)\n%s", diff)
			}
		})
	}
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.md")
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	files := func() string {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		for _, e := range entries {
			data, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			b.WriteString(e.Name() + "=" + string(data) + " ")
		}
		return b.String()
	}
	if err := Replace(root, "a.md", []byte("older"), []byte("new")); err == nil {
		t.Error("a file that somebody else changed was replaced")
	}
	if got := files(); got != "a.md=old " {
		t.Errorf("after a refusal: %s", got)
	}
	if err := Replace(root, "a.md", []byte("old"), []byte("new")); err != nil {
		t.Error(err)
	}
	if got := files(); got != "a.md=new " {
		t.Errorf("after a change: %s", got)
	}
	if err := Replace(root, "none.md", nil, nil); err == nil {
		t.Error("a file that is not there was replaced")
	}
	if err := Create(root, "a.md", []byte("newer")); err == nil {
		t.Error("a file was overwritten")
	}
	if err := Create(root, "p/q/b.md", []byte("b")); err != nil {
		t.Error(err)
	}
	if err := Create(root, "../c.md", nil); err == nil {
		t.Error("a file was written outside the folder")
	}
}
