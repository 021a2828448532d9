package markdown

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestPassages holds what counts as one passage, and on which line it stands.
func TestPassages(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"One *two*\nthree.\n\nFour &amp; `a<b`.", "1 One two three. | 4 Four & a<b."},
		{"## Head\n\nText.\n\n## Next\n\n- a\n- b **c**\n\n  d", "1 Head | 3 Text. | 5 Next | 7 a | 8 b c | 10 d"},
		{"| A | B |\n|---|---|\n| c | d |\n\nEnd.", "0 A | 0 B | 0 c | 0 d | 5 End."},
		{"![What it shows](a.png \"Its title\") [link](b.md)", "1 What it shows Its title link"},
		{"::: note {title=\"Mind\"}\nBe kind.\n:::\n\n```\nx := 1\ny\n```", "0 Mind | 2 Be kind. | 2 x := 1 y"},
		{"Text[^1].\n\n[^1]: Below.\n\nLast.", "1 Text1. | 5 Last. | 3 Below. ↩︎"},
		{"a > b\\\nc", "1 a > b c"},
	} {
		doc, ps := New().Parse(Input{File: "a.md", ID: "a", Body: []byte(c.body), Line: 1})
		if len(ps) > 0 {
			t.Fatalf("%q: %v", c.body, ps)
		}
		var got []string
		for _, p := range doc.Passages() {
			got = append(got, fmt.Sprint(p.Line, " ", p.Text))
		}
		if s := strings.Join(got, " | "); s != c.want {
			t.Errorf("%q: got %s, want %s", c.body, s, c.want)
		}
	}
}

// TestPassagesWhole holds that no word of the plain text is missing from the
// passages.
func TestPassagesWhole(t *testing.T) {
	body := "## H one\n\nText `code` [l](b.md).\n\n1. a\n2. b\n\n> q\n\nTerm\n: definition\n\n| x | y |\n|---|---|\n| z | |\n\n- [ ] task\n\n::: rule {#a-1}\nDo.\n:::\n\n::: steps {#c title=\"T\" card=yes}\n1. go\n:::\n"
	doc, _ := New().Parse(Input{File: "a.md", ID: "a", Body: []byte(body), Line: 1})
	var all []string
	for _, p := range doc.Passages() {
		all = append(all, strings.Fields(p.Text)...)
	}
	for _, w := range strings.Fields(doc.Text()) {
		if !slices.Contains(all, w) {
			t.Errorf("the passages lack %q of %q", w, doc.Text())
		}
	}
}
