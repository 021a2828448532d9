package site

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
	"handbook/layouts"
)

// TestSketch holds that the pages of sections are the same whether their layout
// is drawn once for all of them or, because it asks for more, for each.
func TestSketch(t *testing.T) {
	section, err := fs.ReadFile(layouts.FS(), "section.html")
	if err != nil {
		t.Fatal(err)
	}
	with := func(more string) Options {
		head := `{{define "head"}}<meta name="what" content="{{.Type}} {{.Root}}">` + more + `{{end}}`
		return Options{Layouts: fstest.MapFS{"section.html": {Data: append(section, head...)}}}
	}
	for name, fsys := range map[string]fs.FS{
		"rich": fixture(t, map[string]string{
			"2-phones/8-sheet.md": "---\ntitle: Sheet\nform: texting\n---\n| Name | Day |\n|---|---|\n| | |\n",
			"2-phones/9-draft.md": "---\ntitle: Draft\ndraft: true\n---\nText.\n",
		}),
		"one page": folder(map[string]string{"leave.md": "# Leave\n\nAsk first.\n"}),
	} {
		b, kinds := load(t, fsys, book.Options{Drafts: true}), map[string]bool{}
		once, each := build(t, b, with("")), build(t, b, with("{{with .Section.Params}}{{end}}"))
		for _, sec := range b.Sections {
			got, want := text(t, once, sec.Path), text(t, each, sec.Path)
			if got != want || !strings.Contains(got, `<div class="rail">`) {
				t.Errorf("%s: %s: drawn once for all the page is\n%s\nand by itself\n%s", name, sec.Path, got, want)
			}
			_, kind, _ := strings.Cut(got, `<meta name="what" content="`)
			kind, _, _ = strings.Cut(kind, `"`)
			kinds[kind] = true
		}
		if name == "rich" && len(kinds) != 3 || !kinds["section "] {
			t.Errorf("%s: there are pages of the kinds %v", name, kinds)
		}
	}
	// A layout may leave out what stands around a piece, or take one apart.
	b := load(t, folder(map[string]string{"leave.md": "# Leave\n\nAsk first.\n"}), book.Options{})
	own := fstest.MapFS{"section.html": {Data: []byte(`{{define "main"}}<h1>{{.Handbook.Title}}</h1>{{with .Turning}}<hr>{{.}}{{end}}{{.Menu}}{{end}}`)}}
	has(t, text(t, build(t, b, Options{Layouts: own}), "leave.html"), "<h1>Handbook</h1>", "_menu-contents", "!<hr>")
	own["section.html"].Data = []byte(`{{define "main"}}<h1>{{.Name}}, {{range .Sources}}{{.Text}};{{end}} {{range .Facts}}{{.Term}};{{end}} {{with .Next}}{{.Text}}{{end}} {{.Contents.HTML}}</h1>{{end}}`)
	has(t, text(t, build(t, load(t, fixture(t, nil), book.Options{}), Options{Layouts: own}), "phones/texting.html"),
		"<h1>2.3 Texting with clients, HIPAA Privacy Rule;", "Status;Number, version;", "2.4 ", `<ol><li><a href="#texting--when-you-may-text">`)
}
