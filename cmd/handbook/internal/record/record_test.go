package record

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/testkit"
)

// read parses front matter that begins on line 2 of a file, as most does.
func read(src string) (*Reader, Value, bool) {
	r := &Reader{File: "f", Offset: 1}
	v, ok := r.Parse([]byte(src))
	return r, v, ok
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", "<nil>"},
		{"comment", "# nothing\n\n  # more\n", "<nil>"},
		{"map", "a: 1\nb: x y\n", "map[a:1 b:x y]"},
		{"list", "- a\n- b\n", "[a b]"},
		{"nested", "a: {b: [c, {d: e}]}\n", "map[a:map[b:[c map[d:e]]]]"},
		{"numbers stay text", "a: 1.10\nb: 010\nc: 1_000\nd: 0x1F\ne: 1e3\nf: +5\n", "map[a:1.10 b:010 c:1_000 d:0x1F e:1e3 f:+5]"},
		{"words stay text", "a: no\nb: on\nc: Yes\nd: null\ne: ~\nf: true\ng: .nan\n", "map[a:no b:on c:Yes d:null e:~ f:true g:.nan]"},
		{"dates stay text", "a: 2014-03-04\nb: 2014-03-04T23:30:00-05:00\n", "map[a:2014-03-04 b:2014-03-04T23:30:00-05:00]"},
		{"quotes", `a: "x: y"` + "\nb: 'it''s'\nc: \"\\u00e9\\n\"\n", "map[a:x: y b:it's c:é\n]"},
		{"block text", "a: |\n  x\n  ---\n  y\nb: >\n  z\n  z\n", "map[a:x\n---\ny\n b:z z\n]"},
		{"dash alone", "a:\n  -\n    b\n  - c\n", "map[a:[b c]]"},
		{"empty values", "a:\nb: ''\nc: []\nd: {}\n", "map[a: b: c:[] d:map[]]"},
		{"plain asterisk", "a: \"*b\"\nc: x*y\n", "map[a:*b c:x*y]"},
		{"colon in a value", "a: https://example.org:80/x\nb: 12:30\n", "map[a:https://example.org:80/x b:12:30]"},
		{"hash in a value", "a: x#y # z\n", "map[a:x#y]"},
		{"beyond ASCII", "título: 日本 é\n", "map[título:日本 é]"},
		{"marker first", "---\na: b\n", "map[a:b]"},
		{"end marker", "a: b\n...\n", "map[a:b]"},
	} {
		r, v, ok := read(c.in)
		if got := fmt.Sprint(v.Any()); !ok || got != c.want || len(r.Problems) > 0 {
			t.Errorf("%s: got %v %s and\n%swant %s", c.name, ok, got, testkit.Report(r.Problems), c.want)
		}
	}
}

// TestParseProblems returns what cannot be read at all. The front matter begins
// on line 2 of its file.
func TestParseProblems(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"colon and space", "title: A: B\n", "f:2:9: error: a value holds a colon and a space, which YAML reads as another key [yaml] | quote the value"},
		{"colon on a later line", "id: x\ntitle: Texting: the rules\n", "f:3:15: error: a value holds a colon and a space, which YAML reads as another key [yaml] | quote the value"},
		{"indented key", "a: b\n  c: d\n", "f:3:4: error: a key stands where the value above it goes on [yaml] | indent it like the key above it, and write a space after every colon"},
		{"tab", "a:\n\tb: c\n", "f:3:1: error: a tab is used to indent [yaml] | indent with spaces"},
		{"open list", "a: [b, c\nd: e\n", "f:2:4: error: a list that opens with [ here is never closed [yaml] | quote the value, or close the list with ]"},
		{"open map", "a: {b: c\n", "f:2:4: error: a map that opens with { here is never closed [yaml] | quote the value, or close the map with }"},
		{"open double quote", "a: \"b\nc: d\n", "f:2:4: error: a quote that opens here is never closed [yaml] | quote the value, and close the quote"},
		{"open single quote", "x: 1\na: 'b\n", "f:3:4: error: a quote that opens here is never closed [yaml] | quote the value, and close the quote"},
		{"backslash", `a: "C:\Users"` + "\n", "f:2:9: error: a backslash in double quotes starts an escape that does not exist [yaml] | use single quotes"},
		{"at sign", "a: @b\n", "f:2:4: error: a value cannot begin with this character [yaml] | quote the value"},
		{"back-tick", "a: `b`\n", "f:2:4: error: a value cannot begin with this character [yaml] | quote the value"},
		{"percent", "a: %b\n", "f:2:4: error: a value cannot begin with this character [yaml] | quote the value"},
		{"no colon", "a: b\nc\n", "f:3:1: error: a key has no colon after it [yaml] | write key: value"},
		{"list on the line of its key", "a: - b\n", "f:2:4: error: a list begins on the line of its key [yaml] | begin it on the next line, or write [first, second]"},
		{"bar", "a: |b\n", "f:2:5: error: a value begins with | or >, which announce a text on the next lines [yaml] | quote the value"},
		{"left of the first key", "  a: b\nc: d\n", "f:3:1: error: a key begins further left than the first one [yaml] | begin all keys in the same column"},
		{"after a quoted value", "a: 'b' c\n", "f:2:8: error: the value before this has ended, and no key can begin here [yaml] | quote the value, or indent the line like the key above it"},
		{"control character", "a: b\nc: \x07\n", "f:3:4: error: there is a control character [yaml] | delete it"},
		{"line separator", "a: b\nc: é\u2028d\n", "f:3:5: error: there is a line end that cannot be seen, U+2028 [yaml] | delete it"},
		{"carriage returns", "\r\r0", "f:2:1: error: there is a line end that cannot be seen, U+000D [yaml] | delete it"},
		{"next line", "a: \u0085", "f:2:4: error: there is a line end that cannot be seen, U+0085 [yaml] | delete it"},
		{"second document", "a: b\n---\nc: d\n", "f:3:1: error: a second document begins here [yaml-construct] | keep one document in a file: delete the line ---"},
		{"broken second document", "a: b\n---\nc: [d\n", "f:3:1: error: a second document begins here [yaml-construct] | keep one document in a file: delete the line ---"},
		{"alias", "a: *b\n", "f:2:4: error: aliases (*name) are not allowed [yaml-construct] | write the value out, or quote it"},
		{"anchor", "a: &b c\n", "f:2:4: error: anchors (&name) are not allowed [yaml-construct] | write the value out where it is needed"},
		{"anchor and alias", "a: &b c\nd: *b\n", "f:2:4: error: anchors (&name) are not allowed [yaml-construct] | write the value out where it is needed\n" +
			"f:3:4: error: aliases (*name) are not allowed [yaml-construct] | write the value out"},
		{"alias as a key", "a: &b c\n*b : d\n", "f:2:4: error: anchors (&name) are not allowed [yaml-construct] | write the value out where it is needed\n" +
			"f:3:1: error: aliases (*name) are not allowed [yaml-construct] | write the value out"},
		{"alias to itself", "a: &b [*b]\n", "f:2:4: error: anchors (&name) are not allowed [yaml-construct] | write the value out where it is needed\n" +
			"f:2:8: error: aliases (*name) are not allowed [yaml-construct] | write the value out"},
		{"merge key", "a: {b: c}\nd:\n  <<: {e: f}\n", "f:4:3: error: merge keys (<<) are not allowed [yaml-construct] | write the keys out"},
		{"tag", "a: !!str b\n", "f:2:4: error: tags (!!name) are not allowed [yaml-construct] | delete the tag, or quote the value"},
		{"tag of its own", "a: !b c\n", "f:2:4: error: tags (!!name) are not allowed [yaml-construct] | delete the tag, or quote the value"},
		{"script in a tag error", `a: !!float "--><script>alert(1)</script>"` + "\n", "f:2:4: error: tags (!!name) are not allowed [yaml-construct] | delete the tag, or quote the value"},
		{"binary", "a: !!binary \"x\"\n", "f:2:4: error: tags (!!name) are not allowed [yaml-construct] | delete the tag, or quote the value"},
		{"list as a key", "[a, b]: c\n", "f:2:1: error: a key must be a word [yaml-construct] | write a word before the colon"},
		{"no word before the colon", ": b\n", "f:2:1: error: a key must be a word [yaml-construct] | write a word before the colon"},
		{"escaped control character", `a: "\e[2J"` + "\n", "f:2:4: error: an escape stands for the control character U+001B [yaml-construct] | delete the escape"},
		{"escaped NUL", `a: "\0"` + "\n", "f:2:4: error: an escape stands for the control character U+0000 [yaml-construct] | delete the escape"},
		{"too deep", "a: " + strings.Repeat("[", 30) + strings.Repeat("]", 30) + "\n", "f:2:24: error: nests deeper than the limit of 20 levels [too-deep] | write it flatter"},
		{"too deep by lines", deep(30), "f:22:22: error: nests deeper than the limit of 20 levels [too-deep] | write it flatter"},
	} {
		r, _, ok := read(c.in)
		if got := strings.TrimSuffix(testkit.Report(r.Problems), "\n"); ok || got != c.want {
			t.Errorf("%s: got %v and\n%s\nwant\n%s", c.name, ok, got, c.want)
		}
	}
}

// deep nests maps, one to a line.
func deep(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

// TestBombs checks that YAML made to blow up a reader is refused without
// being expanded: the bytes allocated stay near the length of the text.
func TestBombs(t *testing.T) {
	lists := "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
	merges := "m0: &m0 {k0: v}\n"
	for i := 1; i < 25; i++ {
		lists += fmt.Sprintf("a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", i, i, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1, i-1)
		merges += fmt.Sprintf("m%d: &m%d {<<: [*m%d, *m%d]}\n", i, i, i-1, i-1)
	}
	for name, in := range map[string]string{
		"lists of lists": lists,
		"merges":         merges,
		"brackets":       "a: " + strings.Repeat("[", 100000),
		"braces":         strings.Repeat("{a: ", 100000),
		"dashes":         strings.Repeat("- ", 100000) + "a",
		"quotes":         strings.Repeat("'", 100001),
		"question marks": strings.Repeat("? ", 100000),
		"keys":           manyKeys(100000),
		"anchors":        strings.Repeat("- &a b\n", 10000),
		"commas":         "[" + strings.Repeat(",", 100000) + "]",
		"indents":        deep(2000),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r, _, ok := read(in)
		runtime.ReadMemStats(&after)
		if ok || len(r.Problems) == 0 {
			t.Errorf("%s: it was read", name)
		}
		if took, limit := after.TotalAlloc-before.TotalAlloc, uint64(1<<20+1000*len(in)); took > limit {
			t.Errorf("%s: %d bytes of text took %d bytes", name, len(in), took)
		}
	}
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: v\n", i)
	}
	return b.String()
}

// TestColumns checks that columns count characters, not bytes.
func TestColumns(t *testing.T) {
	r, v, _ := read("título: {é: [日本, ☕]}\n")
	m := v.Map("it")
	list := m.Value("título").Map("t").Value("é")
	for _, c := range []struct {
		at   diag.Pos
		want string
	}{
		{v.Pos(), "f:2:1"}, {m.Pos("título"), "f:2:9"}, {m.KeyPos("título"), "f:2:1"}, {m.Pos("none"), "f:2:1"}, {m.KeyPos("none"), "f:2:1"},
		{list.Pos(), "f:2:13"}, {list.List("é")[1].Pos(), "f:2:18"}, {(&Reader{File: "g"}).none().Pos(), "g"},
	} {
		if c.at.String() != c.want {
			t.Errorf("got %s, want %s", c.at, c.want)
		}
	}
	if len(r.Problems) > 0 {
		t.Error(testkit.Report(r.Problems))
	}
}

func (r *Reader) none() Value { return Value{r: r} }
