package markdown

import (
	"strings"
	"testing"
)

// TestAnchors holds what an author means by a name that several elements have.
func TestAnchors(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"headings with the same words", "## Same\n\n### Other\n\n## Same\n", "same=page--same same-1=page--same--2 other=page--other"},
		{"an id in braces", "## A b {#c}\n\n## C\n", "c=page--c page--c=page--c a-b=page--c"},
		{"a rule before a heading", "::: rule {#a-b}\nx\n:::\n\n## A b\n", "a-b=a-b page--a-b=page--a-b"},
		{"a heading before a rule", "## A b\n\n::: rule {#a-b}\nx\n:::\n", "a-b=a-b page--a-b=page--a-b"},
		{"the title", "# A b {#c}\n\n## D\n", "a-b= c= d=page--d"},
		{"names of all lengths", "## Abc\n\n## B\n\n## Ab\n\n## A\n\n## Bb\n", "a=page--a ab=page--ab abc=page--abc b=page--b bb=page--bb page--bb=page--bb"},
	} {
		doc, _ := parse(c.body)
		for pair := range strings.FieldsSeq(c.want) {
			name, want, _ := strings.Cut(pair, "=")
			if id, ok := doc.Anchor(name); id != want || !ok {
				t.Errorf("%s: #%s leads to %q, %v, want %q", c.name, name, id, ok, want)
			}
		}
		if id, ok := doc.Anchor("z"); ok {
			t.Errorf("%s: #z leads to %q", c.name, id)
		}
	}
}

// TestOnePageAfterTheOther holds that a page is the same whatever was parsed
// before it with the same Parser.
func TestOnePageAfterTheOther(t *testing.T) {
	p := New()
	for _, body := range append(pages(t), pages(t)...) {
		in := Input{Setting: setting(), File: "p.md", ID: "page", Body: []byte(body), Line: 1}
		got, problems := p.Parse(in)
		want, _ := New().Parse(in)
		for i := range in.Body {
			in.Body[i] = 'x' // nothing of a Doc lies in the page's bytes
		}
		if g, w := write(got.HTML()), write(want.HTML()); g != w {
			t.Errorf("%q:\n got %q\nwant %q", body, g, w)
		}
		if g, w := got.Text(), want.Text(); g != w {
			t.Errorf("the text of %q:\n got %q\nwant %q", body, g, w)
		}
		if len(problems) == 0 {
			checkDoc(t, got)
		}
	}
}
