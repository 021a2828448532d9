package site

import (
	"bytes"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/testkit/pseudo"
)

// readable are the attributes that a reader sees or hears.
func readable() []string {
	return []string{"aria-label", "title", "alt", "data-label", "content", "data-running", "data-form"}
}

// shownTexts returns what a page shows: its texts, and the attributes that are
// read out.
func shownTexts(t *testing.T, page string) []string {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "noscript" {
			texts = append(texts, n.Data)
		}
		for _, a := range n.Attr {
			if slices.Contains(readable(), a.Key) && n.Data != "link" && (n.Data != "meta" || slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Val == "description" || a.Val == "og:title" })) {
				texts = append(texts, a.Val)
			}
		}
	}
	return texts
}

// TestPseudo makes a whole site in a language of doubled letters. A word whose
// letters are single must be the authors' own, or it is outside of package lang.
func TestPseudo(t *testing.T) {
	l, err := pseudo.Language()
	if err != nil {
		t.Fatal(err)
	}
	content := fixture(t, nil)
	own := map[string]bool{}
	word := regexp.MustCompile(`\pL{2,}`)
	var all bytes.Buffer
	err = fs.WalkDir(content, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			data, _ := fs.ReadFile(content, path)
			all.Write(data)
			all.WriteString(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range word.FindAllString(all.String(), -1) {
		own[strings.ToLower(w)] = true
	}
	for _, w := range []string{"handbook", "html", "json", "csv", "ics", "yaml", "health", "reviews"} {
		own[w] = true // names of files and of the program
	}
	tree := build(t, load(t, content, book.Options{Language: l}), Options{Day: day(), Version: "1.0", Language: l})
	pages := 0
	for _, path := range tree.Paths() {
		if !strings.HasSuffix(path, ".html") {
			continue
		}
		pages++
		for _, text := range shownTexts(t, text(t, tree, path)) {
			for _, w := range word.FindAllString(text, -1) {
				cut := strings.HasSuffix(text, w+"…") // in the picture of coverage
				if !own[strings.ToLower(w)] && !cut && w != pseudo.Double(undouble(w)) {
					t.Errorf("%s: %q in %q is outside of package lang", path, w, strings.TrimSpace(text))
				}
			}
		}
	}
	if pages < 20 {
		t.Errorf("only %d pages", pages)
	}
}

// undouble takes every second letter.
func undouble(s string) string {
	var out []rune
	for i, r := range []rune(s) {
		if i%2 == 0 {
			out = append(out, r)
		}
	}
	return string(out)
}

// TestEveryLanguage makes a whole site in each language: every page is well formed,
// and no message lacks an argument.
func TestEveryLanguage(t *testing.T) {
	for _, tag := range lang.Tags() {
		l, err := lang.New(tag)
		if err != nil {
			t.Fatal(err)
		}
		tree := build(t, load(t, fixture(t, nil), book.Options{Language: l}), Options{Day: day(), Version: "1.0", Language: l})
		checkTree(t, tree)
		for _, path := range tree.Paths() {
			if strings.HasSuffix(path, ".html") {
				for _, text := range shownTexts(t, text(t, tree, path)) {
					if m := regexp.MustCompile(`\{[a-z]+\}`).FindString(text); m != "" {
						t.Errorf("%s: %s: %s in %q", tag, path, m, text)
					}
				}
			}
		}
	}
}
