package markdown

import (
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/testkit/corpus"
)

func TestParseAttributes(t *testing.T) {
	for _, c := range []struct{ in, want, wrong string }{
		{"", "", ""},
		{" #a-1 ", "#a-1", ""},
		{`level=2 laws=a,b title="In <short>"`, `level=2 laws=a,b title=In <short>`, ""},
		{`a="" b=x`, "a= b=x", ""},
		{"#é_日-1", "#é_日-1", ""},
		{"a-b=c", "a-b=c", ""},
		{"#a\t#b", "#a", "there are two ids, #a and #b"},
		{"#", "", "the id # must be letters, digits, - and _"},
		{"#-a", "", "the id #-a must be letters, digits, - and _"},
		{"#a.b", "", "the id #a.b must be letters, digits, - and _"},
		{"#a\u200Bb", "", "the id #a\u200Bb must be letters, digits, - and _"},
		{".class", "", ".class is neither #id nor key=value"},
		{"word", "", "word is neither #id nor key=value"},
		{"a=", "", "a= is neither #id nor key=value"},
		{"=a", "", "=a is neither #id nor key=value"},
		{"A=b", "", "A=b is neither #id nor key=value"},
		{"1a=b", "", "1a=b is neither #id nor key=value"},
		{"-a=b", "", "-a=b is neither #id nor key=value"},
		{"a=b=c", "", "a=b=c is neither #id nor key=value"},
		{"a={b}", "", "a={b} is neither #id nor key=value"},
		{`a="b`, "", `a="b is neither #id nor key=value`},
		{`a="b"c"`, "", `a="b"c" is neither #id nor key=value`},
		{`a="b"c`, "", `a="b"c is neither #id nor key=value`},
		{`a=b"c d"`, "", `a=b"c d" is neither #id nor key=value`},
		{"a=b a=c", "a=b", "the key a stands twice"},
	} {
		a, wrong := parseAttributes(c.in)
		var got []string
		if a.id != "" {
			got = append(got, "#"+a.id)
		}
		for _, k := range a.keys {
			v, _ := a.value(k)
			got = append(got, k+"="+v)
		}
		if strings.Join(got, " ") != c.want || wrong != c.wrong {
			t.Errorf("%q: got %q and %q, want %q and %q", c.in, got, wrong, c.want, c.wrong)
		}
	}
	a, _ := parseAttributes(`laws="a, b,,c" none=,`)
	if got := fmt.Sprint(a.list("laws"), a.list("none"), a.list("other")); got != "[a b c] [] []" {
		t.Errorf("lists: got %s", got)
	}
}

func TestSlug(t *testing.T) {
	for in, want := range map[string]string{
		"When you may text": "when-you-may-text", " a -- b ": "a-b", "A&B": "a-b", "1.10": "1-10", "É": "é", "e\u0301": "é", "日本語": "日本語", "a\u200Bb": "ab", "a\u202Eb": "ab",
		"Straße": "straße", "ﬁ": "ﬁ", "नमस्ते": "नमस्ते", "İ": "i̇", "": "", "§": "xf8bf3102", "😀": "xf0443a34", "\u200B": "x" + "7d8ccf4e", "a\x00b": "ab", "__proto__": "proto", "../x": "x", "a%2eb": "a-2eb",
		strings.Repeat("ab ", 50): strings.TrimSuffix(strings.Repeat("ab-", 27), "-"),
	} {
		got := Slug(in)
		if in == "\u200B" || in == "İ" {
			// What counts is that there is an id, and that it stays.
			if got == "" || got != Slug(in) {
				t.Errorf("%q: got %q", in, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
		if again := Slug(got); again != got {
			t.Errorf("%q: the slug %q of it is not its own: %q", in, got, again)
		}
	}
}

func TestAnchor(t *testing.T) {
	doc, problems := parse("# Title {#top}\n\n## When you may text, & how\n\n## Why {#reason}\n\n## Same\n\n## Same\n\n::: rule {#page-1}\nx\n:::\n\n::: note {#box}\nx\n:::\n")
	for name, want := range map[string]string{
		"when-you-may-text--how": "page--when-you-may-text-how", "when-you-may-text-how": "", "page--when-you-may-text-how": "page--when-you-may-text-how",
		"reason": "page--reason", "why": "page--reason", "page--why": "", "same": "page--same", "same-1": "page--same--2", "same-2": "", "page-1": "page-1", "box": "page--box", "top": "", "title": "", "none": "",
	} {
		got, ok := doc.Anchor(name)
		if got != want || ok != (want != "" || name == "top" || name == "title") {
			t.Errorf("#%s leads to %q, %v; want %q", name, got, ok, want)
		}
	}
	for _, name := range doc.Anchors() {
		if _, ok := doc.Anchor(name); !ok {
			t.Errorf("#%s is listed and leads nowhere", name)
		}
	}
	if want := "p.md:13:4: error: the heading \"Same\" is used here and on line 11 [duplicate-heading] | give it an id of its own: {#other-words}\n"; report(problems) != want {
		t.Errorf("got %s", report(problems))
	}
}

// TestText checks the plain text, which the search will read.
func TestText(t *testing.T) {
	doc, _ := parse("# Title\n\nOne **two** [three](x.md)\nfour {{agency.phone}} [@us-a, 1].\n\n- five\n- `six`\n\n| seven | eight |\n|---|---|\n| nine | ten |\n\n    eleven\n\n![twelve](x.png) <https://example.org>\n\n::: note {title=\"Not words\"}\nthirteen[^1]\n:::\n\n[^1]: fourteen\n")
	want := "One two three four 000-000-0000 Act <A>, 1. five six seven eight nine ten eleven twelve https://example.org thirteen fourteen"
	if got := strings.Join(strings.Fields(doc.Text()), " "); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := doc.Words(); got != 19 {
		t.Errorf("%d words", got)
	}
}

// TestParams takes params through goldmark-meta, with strings that have
// fooled YAML writers and readers.
func TestParams(t *testing.T) {
	params := map[string]any{"list": []any{"a", map[string]any{"b": "c"}}, "empty": "", "none": []any{}, "map": map[string]any{}, "no": "yes", "1.10": "010"}
	for i, s := range append(corpus.Hostile(), "---", "\n---\n", "a\n---\nb", "*/", "-->", "...", "\u0085", "\u2028", "\u2029", "😀", "\uFEFF", "\\", `"`, `\"`, "'", "{{x}}", "!!float", "&a", "*a", "<<", "null", "~", "\t", "\x1b") {
		params[fmt.Sprintf("s%d", i)] = s
		params["key "+s] = "x"
	}
	doc, problems := New().Parse(Input{File: "p.md", ID: "page", Body: []byte("# Title\n\nx [y](\n"), Line: 9, Params: params})
	if !reflect.DeepEqual(plainMaps(doc.Params), params) {
		for k, v := range params {
			if got := plainMaps(doc.Params[k]); !reflect.DeepEqual(got, v) {
				t.Errorf("%q: got %#v, want %#v", k, got, v)
			}
		}
		t.Errorf("got %d params of %d", len(doc.Params), len(params))
	}
	if html := write(doc.HTML()); html != "<p>x [y](</p>\n" || doc.Title != "Title" || doc.TitlePos.Line != 9 || len(problems) > 0 {
		t.Errorf("the body is %q, the title %q on line %d, problems %s", html, doc.Title, doc.TitlePos.Line, report(problems))
	}
}

// plainMaps returns maps with keys of any type the form that they went in with.
func plainMaps(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, e := range v {
			out[k] = plainMaps(e)
		}
		return out
	case map[any]any:
		out := map[string]any{}
		for k, e := range v {
			out[fmt.Sprint(k)] = plainMaps(e)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = plainMaps(e)
		}
		return out
	}
	return v
}

func TestMetaBlock(t *testing.T) {
	for _, c := range []struct {
		params     map[string]any
		body, want string
	}{
		{nil, "x", ""},
		{map[string]any{}, "\n - x", "\n"},
		{nil, "---\n", "\n"},
		{nil, "> ---\n> a: b\n", "\n"},
		{nil, "1. ---\n", "\n"},
		{nil, "x\n---\n", ""},
		{map[string]any{"b": "---", "a": []any{"é", "\u2028", "😀", 7}}, "x", "---\n{? \"a\" : [\"\\u00e9\", \"\\u2028\", \"\\U0001f600\", \"\"], ? \"b\" : \"---\"}\n---\n"},
	} {
		if got := string(metaBlock(c.params, []byte(c.body))); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// TestPanic checks that a page on which goldmark, or anything in it, panics is
// told and does not end the run.
func TestPanic(t *testing.T) {
	s := setting()
	s.Value = func(string) (string, bool) { panic("boom\x1b") }
	p := New()
	doc, problems := p.Parse(Input{Setting: s, File: "p.md", ID: "page", Body: []byte("a {{agency.name}}\n"), Line: 1})
	if want := "p.md: error: the markdown of this page cannot be parsed: boom� [markdown] | look for unusual markup, and tell the developers\n"; report(problems) != want || doc == nil || doc.Text() != "" {
		t.Errorf("got %q", report(problems))
	}
	if doc, problems = p.Parse(Input{File: "p.md", ID: "page", Body: []byte("b\n"), Line: 1}); doc.Text() != "b" || len(problems) > 0 {
		t.Errorf("the next page is %q with %s", doc.Text(), report(problems))
	}
}

// TestBareSetting checks that a page needs no handbook around it.
func TestBareSetting(t *testing.T) {
	doc, problems := New().Parse(Input{File: "p.md", ID: "page", Body: []byte("[@a] {{b}}\n\n::: rule {#page-1 level=7}\nc\n:::\n"), Line: 1})
	want := `p.md:1:1: error: "a" is neither in registers/laws.yaml nor in registers/references.yaml [unknown-reference] | add it to registers/laws.yaml or registers/references.yaml` + "\n" +
		`p.md:1:6: error: there is no value "b" [unknown-value] | add it under agency in handbook.yaml` + "\n"
	if report(problems) != want || len(doc.Rules) != 1 || doc.Rules[0].Level != 7 {
		t.Errorf("got %s and %+v", report(problems), doc.Rules)
	}
}

func TestExternalAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a?b#c": "", "http://example.org": "", "mailto:a@b.example": "", "tel:+1": "", "HTTPS://example.org": "",
		"example.org": "it does not begin with https://", "/a": "it does not begin with https://", "": "it does not begin with https://", "#a": "it does not begin with https://",
		"javascript:alert(1)": "it begins with javascript:", "java\u200Bscript:x": "it holds an invisible character", "//example.org": "it begins with // and so leads to another host",
		"https:example.org": "it names no host after https://", "ftp://example.org": "it begins with ftp:", `\\host\share`: "it holds a backslash",
	} {
		if got := ExternalAddress(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// TestReuse parses pages of every kind with one Parser, and again with a new
// one for each: nothing of a page may be left over for the next.
func TestReuse(t *testing.T) {
	p := New()
	for range 2 {
		for _, body := range append(pages(t), corpus.Hostile()...) {
			in := Input{Setting: setting(), File: "p.md", ID: "page", Body: []byte(body), Line: 1}
			a, aProblems := p.Parse(in)
			b, bProblems := New().Parse(in)
			if describe(a) != describe(b) || report(aProblems) != report(bProblems) || a.Text() != b.Text() {
				t.Errorf("%.80q: got\n%s%s\nand with a new parser\n%s%s", body, describe(a), report(aProblems), describe(b), report(bProblems))
			}
		}
	}
}

// TestKeep checks that a Doc stays as it is when the next pages are parsed.
func TestKeep(t *testing.T) {
	p := New()
	var docs []*Doc
	var want []string
	for _, body := range pages(t) {
		doc, _ := p.Parse(Input{Setting: setting(), File: "p.md", ID: "page", Body: []byte(body), Line: 1})
		docs, want = append(docs, doc), append(want, describe(doc)+doc.Text())
	}
	for i, doc := range docs {
		if got := describe(doc) + doc.Text(); got != want[i] {
			t.Errorf("page %d was\n%s\nand is\n%s", i, want[i], got)
		}
	}
}

// TestLinkify checks that it makes no difference to look for bare addresses
// in the pages and lines that can hold none.
func TestLinkify(t *testing.T) {
	with := &Parser{md: setUp(util.Prioritized(extension.NewLinkifyParser(), 999))}
	without := New()
	n := 0
	bodies := slices.Concat(pages(t), corpus.Hostile(), []string{
		"no address\nwrite to a@b.example or\nto nobody, **www.b.example** is\n\n- none\n- (https://c.example/d?e=f)\n- c_d_@e.example\n\n| a | b |\n|---|---|\n| x | y@z.example |\n",
		"[a b@c.example](d.md) e@f.example [g\nh](i.md)\nhttp://j.example k\n> l m\nn ftp://o.example\n",
	})
	for _, body := range bodies {
		if !mayHoldAddress([]byte(body)) {
			n++
		}
		in := Input{Setting: setting(), File: "p.md", ID: "page", Body: []byte(body), Line: 1}
		a, aProblems := with.Parse(in)
		b, bProblems := without.Parse(in)
		if describe(a) != describe(b) || report(aProblems) != report(bProblems) {
			t.Errorf("%.80q: with\n%s%s\nwithout\n%s%s", body, describe(a), report(aProblems), describe(b), report(bProblems))
		}
	}
	if n < 100 {
		t.Errorf("only %d pages without an address were compared", n)
	}
	for _, s := range []string{"a@b.example", "www.x", "https://x", "(ftp://x", "x.@y", "[@a] b@c"} {
		if !mayHoldAddress([]byte(s)) {
			t.Errorf("%q may hold an address", s)
		}
	}
	for _, s := range []string{"[@a] [@b, 1]", "a @b", "@", "x\n@y", "a: //b"} {
		if mayHoldAddress([]byte(s)) {
			t.Errorf("%q cannot hold an address", s)
		}
	}
}

// pages returns the bodies of the real content and of a small corpus.
func pages(t testing.TB) []string {
	var out []string
	content := os.DirFS("../../../../content")
	err := fs.WalkDir(content, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".md") {
			return err
		}
		b, err := fs.ReadFile(content, name)
		if err != nil {
			return err
		}
		parts, problems := Split(name, b)
		if len(problems) > 0 {
			t.Error(problems)
		}
		out = append(out, string(parts.Body))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range corpus.Bodies(corpus.Handbook(20), 20) {
		out = append(out, string(b))
	}
	return slices.Clip(out)
}
