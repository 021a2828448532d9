package markdown

import (
	"slices"
	"testing"
)

// TestBlocks holds that the text of a page is cut at its headings, and that
// none of it is lost or stands twice.
func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"no heading", "One.\n\nTwo.\n", []string{"One.\nTwo."}},
		{"a title is no part of it", "# Title\n\nOne.\n\n## A\n\nTwo.\n", []string{"One.", "Two."}},
		{"headings without text", "## A\n\n## B\n\nTwo.\n", []string{"", "", "Two."}},
		{"text of many kinds", "\n\nStart.\n\n## A\n\n- one\n- *two*\n\n> ## B\n>\n> three\n\n### C\n\n| x | y |\n|---|---|\n| 1 | 2 |\n",
			[]string{"Start.", "one\n\ntwo", "three", "x y \n1 2"}},
		{"letters of several bytes", "é\n\n## Ü\n\n日本\n", []string{"é", "日本"}},
		{"nothing", "", []string{""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, problems := New().Parse(Input{File: "a.md", ID: "a", Title: "Title", Body: []byte(c.body), Line: 1})
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			got := doc.Blocks()
			if len(got) != 1+len(doc.Headings()) {
				t.Fatalf("%d texts for %d headings", len(got), len(doc.Headings()))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
