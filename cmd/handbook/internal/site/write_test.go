package site

import (
	"os"
	"path/filepath"
	"testing"

	"handbook/cmd/handbook/internal/book"
)

// TestWrite writes a site to the folder that HANDBOOK_SITE names, to be looked
// at in a browser: that of the content folder in HANDBOOK_CONTENT, or that of
// the fixture.
func TestWrite(t *testing.T) {
	dir := os.Getenv("HANDBOOK_SITE")
	if dir == "" {
		t.Skip("HANDBOOK_SITE is not set")
	}
	fsys := fixture(t, nil)
	if content := os.Getenv("HANDBOOK_CONTENT"); content != "" {
		fsys = os.DirFS(content)
	}
	tree := build(t, load(t, fsys, book.Options{}), Options{Version: "1.0"})
	for _, p := range tree.Paths() {
		file := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text(t, tree, p)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
