package book

import (
	"slices"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/markdown"
)

// TestAsked holds that each paragraph of a new page is one whose text is told of
// while it is there (Case B7).
func TestAsked(t *testing.T) {
	for _, body := range []string{SectionBody("{#a-1}"), PartBody()} {
		doc, ps := markdown.New().Parse(markdown.Input{File: "a.md", ID: "a", Body: []byte(body), Line: 1})
		if len(ps) > 0 {
			t.Fatal(ps)
		}
		for _, p := range doc.Paragraphs() {
			if !slices.ContainsFunc(asked(), func(text string) bool { return strings.Contains(p.Text, text) }) {
				t.Errorf("nobody would hear that %q is still there", p.Text)
			}
			rest := p.Text
			for _, text := range asked() {
				rest = strings.ReplaceAll(rest, text, "")
			}
			if strings.TrimSpace(rest) != "" {
				t.Errorf("%q of %q is not told of", rest, p.Text)
			}
		}
	}
}

// TestSecondEnding holds what is taken for a page with a second ending (Case D8).
func TestSecondEnding(t *testing.T) {
	for base, want := range map[string]string{
		"9-photos.md.txt": "9-photos.md", "9-photos.md.docx": "9-photos.md", "a.md.md": "a.md", "a.markdown.txt": "a.md", "a.mdtxt": "a.md", "A.MD.TXT": "A.md",
		"a.b.md.TXT": "a.b.md", "index.md.txt": "index.md", "a.md.doc": "a.md", "a.md.rtf": "a.md", "a.markdown.md": "a.md", "handbook.yaml.txt": "handbook.yaml", "laws.yaml.txt": "laws.yaml",
		"a.md": "", "a.txt": "", "a.docx": "", "md.txt": "", ".md.txt": "", ".mdtxt": "", "a.md.pdf": "", "a.mdx": "", "readme.txt": "", "notes.md-old.txt": "", "cfg.yaml.txt": "", "a.v1.md": "", "cmd.txt": "",
	} {
		if got, _, ok := secondEnding(base); got != want || ok != (want != "") {
			t.Errorf("%s: got %q, want %q", base, got, want)
		}
	}
}
