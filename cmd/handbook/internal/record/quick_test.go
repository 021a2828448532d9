package record

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	yaml "go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"handbook/cmd/handbook/internal/testkit/corpus"
)

// tree writes a tree with its places and styles.
func tree(n *node) string {
	if n == nil {
		return "nil"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%d/%d@%d:%d %q %v", n.kind, n.style, n.line, n.column, n.value, n.anchored)
	if n.first != nil {
		b.WriteString(" (")
		for c := n.first; c != nil; c = c.next {
			b.WriteString(" " + tree(c))
		}
		b.WriteString(" )")
	}
	return b.String()
}

// library reads a text with the YAML library alone.
func library(src string) (*node, error) {
	var doc yaml.Node
	if err := yaml.Load([]byte(src), &doc, yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(MaxDepth)))); err != nil {
		return nil, err
	}
	if len(doc.Content) == 0 {
		return nil, nil
	}
	return nodeOf(doc.Content[0]), nil
}

// compare checks that quick gives up, or gives what the library gives.
func compare(t *testing.T, src string) (quickly bool) {
	t.Helper()
	got := quick([]byte(src), nil)
	if got == nil {
		return false
	}
	want, err := library(src)
	if err != nil || tree(got) != tree(want) {
		t.Errorf("%q:\ngot  %s\nwant %s, %v", src, tree(got), tree(want), err)
	}
	return true
}

func TestQuick(t *testing.T) {
	for _, src := range []string{
		"a: b", "a: b\n", "a: b c  d  \nb_c-2: e\n", "# x\n\na: b\n  # y\n\nc: d\n# z", "  a: b\n  c: d\n", "a: 1.10\nb: no\nc: 2025-01-01\nd: 12:30\ne: https://example.org/a#b\n",
		"a: [b, c d,e]\nb: []\nc: [ f ]\nd: {}\n", "a: {b: c, d: [e, f], g: {h: i}}\n", "a: \"b: c # d\"\nb: 'e'\nc: ''\nd: [\"x, y\", 'z']\n", "a:\n  b: c\n  d:\n    e: f\ng: h\n",
		"a:\n  - b\n  - c\nd:\n- e\n- f\ng: h\n", "a:\n  - {b: c, d: e}\n  - [f]\n", "a:\n  - b: c\n    d: e\n  - f: g\nh: i\n", "- a: b\n  c:\n    - d\n- a: e\n", "- a\n- b\n", "title: “Don’t” – 日本 …\nb: [é, ß]\n",
		"a: it's\nb: c\\d\ne: f's \"g\"\n", "a: x#y\n", "a: b:c\n", "a: (b)\nc: $1\nd: /e\nf: .g\nh: +1\n", "a: b]\nc: d, e}\n", "a:  b\n", "a: [b ,c]\n", "a: {b:  c}\n",
		"a: [https://example.org/b, c's d]\n", "a: {b: https://example.org/c/1, d: the agency's}\n",
	} {
		if !compare(t, src) {
			t.Errorf("%q is left to the library", src)
		}
	}
	for _, src := range []string{
		"", "# x", "a", "a b: c", "a:\n", "a: b\nc:\n", "a: b\n  c", "a: b\n c: d\n", "a: b: c", "a: b:", "a: b # c", "a: |\n  b\n", "a: >\n  b\n", "a: &b c", "a: *b", "a: !!str b", "a: - b", "a: -1", "a: ? b", "? a", "título: é", "a: @b", "a: `b`", "a: %b",
		"a: \"b\\n\"", "a: \"b", "a: \"b\" c", "a: 'it''s'", "a: [b", "a: [b, c", "a: [b]]", "a: [b,]", "a: [,b]", "a: [b: c]", "a: {b}", "a: {b:}", "a: {b: c", "a: {b: c: d}", "a: {\"b\": c}", "a: {b: c,}", "a: [a:b]", "a: [b #c]",
		"a:\n  - b\n c: d\n", "a:\n  -\n", "a:\n  - b\n    c\n", "- a\nb: c\n", "a: b\n- c\n", "a: b\n---\nc: d\n", "---\na: b\n", "a: b\n...\n", "\ta: b", "a:\tb", "a: b\tc", "a: b\x7f", "a: b\u0085c", "a: b\u2028c", "\uFEFFa: b", "a: \uFF21", "a: b\xff",
		"<<: {a: b}", "a: b\nc: d\na: e\n", "a: {b: c, b: d}", "a: [b:/c]", "a: ['b'c]", "a: [://]", "1a: b", "a : b", "a:b", "[a]: b", "a: b\rc", "- - a\n", "a:\n    b: c\n  d: e\n", strings.Repeat("a", 200) + ": b", "a: " + strings.Repeat("[", 20) + strings.Repeat("]", 20), deep(12),
	} {
		if compare(t, src) {
			t.Errorf("%q is read without the library", src)
		}
	}
	files := corpus.Handbook(50)
	n := 0
	for name, f := range files {
		if strings.HasSuffix(name, ".md") {
			front, _, _ := strings.Cut(strings.TrimPrefix(string(f.Data), "---\n"), "\n---\n")
			if compare(t, front+"\n") {
				n++
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d of 50 sections are read without the library", n)
	}
}

// FuzzQuick holds the quick reader to what the library gives.
func FuzzQuick(f *testing.F) {
	for _, s := range append(corpus.Hostile(), "a:\n  - b: c\n    d: [e, {f: g}]\nh: 'i'\n", "- a: b\n  c: \"d\"\n\n# e\n- {f: g, h: [i, j]}\n") {
		f.Add(s)
	}
	content := os.DirFS("../../../../content")
	_ = fs.WalkDir(content, ".", func(name string, d fs.DirEntry, err error) error {
		if b, err := fs.ReadFile(content, name); err == nil {
			front, _, _ := strings.Cut(strings.TrimPrefix(string(b), "---\n"), "\n---\n")
			f.Add(front)
		}
		return nil
	})
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) < 64<<10 {
			compare(t, src)
		}
	})
}
