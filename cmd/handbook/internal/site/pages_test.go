package site

import (
	"io/fs"
	"path"
	"slices"
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/output"
	"handbook/layouts"
)

// TestPageTypes holds the registry, the templates and the addresses that package
// book keeps free for the site to one list.
func TestPageTypes(t *testing.T) {
	var paths []string
	templates := shared()
	for _, kind := range PageTypes() {
		if slices.Contains(templates, kind.Name) {
			t.Errorf("there are two types %s", kind.Name)
		}
		templates = append(templates, kind.Name)
		if (kind.Path == "") != (kind.each != nil) || (kind.Path == "") != (kind.has == nil || kind.make == nil) {
			t.Errorf("%s has to have either one page or any number", kind.Name)
		}
		if !slices.Contains([]string{"", lookUp, howItStands, onPaper}, kind.list) {
			t.Errorf("%s: the menu has no list %s", kind.Name, kind.list)
		}
		if kind.Path != "" {
			paths = append(paths, kind.Path)
			if !slices.Contains(book.ReservedPaths(), kind.Path) {
				t.Errorf("%s: a section could have the address %s; add it to ReservedPaths in package book", kind.Name, kind.Path)
			}
		}
	}
	for _, p := range book.ReservedPaths() {
		if path.Ext(p) == ".html" && !slices.Contains(paths, p) {
			t.Errorf("package book reserves %s, which no type of page has", p)
		}
	}
	files, err := fs.Glob(layouts.FS(), "*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name := f[:len(f)-len(".html")]; !slices.Contains(templates, name) {
			t.Errorf("no type of page has the template %s", f)
		}
	}
}

// TestBeside holds that another renderer has its files in the site, and that
// none may take a page's address.
func TestBeside(t *testing.T) {
	b := load(t, folder(map[string]string{"a.md": "# A\n\nText."}), book.Options{})
	add := func(path string) output.Renderer {
		return func(t *output.Tree) error { return t.Add(path, []byte("paper")) }
	}
	tree, err := Build(b, Options{Day: day()}, add("paper.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	has(t, text(t, tree, "manifest.json"), `"paper.pdf"`)
	if _, err := Build(b, Options{Day: day()}, add("a.html")); err == nil {
		t.Error("another renderer replaces a page")
	}
}
