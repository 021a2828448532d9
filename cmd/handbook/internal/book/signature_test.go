package book

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/corpus"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/source"
)

func unwrapped(s string) string { return string(unwrap([]byte(s), nil)) }

// TestUnwrap checks what an editor may change by itself, and what not.
func TestUnwrap(t *testing.T) {
	for in, want := range map[string]string{
		"":                              "",
		"\n\n a  b\t c \n\n\n\nd\n\n":   " a b c\n\nd",
		"one\ntwo\n   three":            "one two three",
		"one\n\ntwo":                    "one\n\ntwo",
		"one\\\ntwo":                    "one\\\ntwo",
		"one\\\\\ntwo":                  `one\\ two`,
		"# A\none\ntwo":                 "# A\none two",
		"#a\n#b":                        "#a #b",
		"one\n===\ntwo":                 "one\n===\ntwo",
		"one\ntwo\n---\nthree\nfour":    "one\ntwo\n---\nthree four",
		"one\n***\ntwo":                 "one\n***\ntwo",
		"one\n**two**\n*three*":         "one **two** *three*",
		"- one\n  two\n- three\nfour":   "- one two\n- three four",
		"-   one\n\n    two\n    three": "-   one\n\n    two three",
		"- one\n\ntwo":                  "- one\n\ntwo",
		"- one\n\n  two":                "- one\n\n  two",
		"1. one\n2. two\n   three":      "1. one\n2. two three",
		"see section\n4. The rest":      "see section 4. The rest",
		"see section\n1. The rest":      "see section\n1. The rest",
		"1. see\n   4. The":             "1. see 4. The",
		"> one\n> two\nthree":           "> one two\nthree",
		">one\n>two\n>\n> three":        "> one two\n> \n> three",
		"> - one\n>   two":              "> - one two",
		"> [!WARNING]\n> Call.":         "> [!WARNING]\n> Call.",
		"```\na  b \nc\n\n\n```\nd\ne":  "```\na  b \nc\n\n\n```\nd e",
		"- ```\n  a\nb\nc":              "- ```\n  a\nb c",
		"    a  b\n    c":               "    a  b\n    c",
		"\ta\n\tb":                      "    a\n    b",
		"a|b\nc|d\n-|-\ne\nf\n\ng\nh":   "a|b\nc|d\n-|-\ne\nf\n\ng h",
		"| a |\n|---|\n| b |":           "| a |\n|---|\n| b |",
		"Term\nOther\n: what\n  it is":  "Term\nOther\n: what it is",
		"Term\nOther\n\n: what":         "Term\nOther\n\n: what",
		"a\n::: when {x=y}\nb\nc\n:::":  "a\n::: when {x=y}\nb c\n:::",
		"a\n\n    ::: when\n    b":      "a\n\n    ::: when\n    b",
		"[a]: /x\n[b]: /y\nc\nd":        "[a]: /x\n[b]: /y\nc d",
		"[^1]: note\n    goes on":       "[^1]: note goes on",
		"[a](b)\nc":                     "[a](b) c",
		"<https://a.example>\nb":        "<https://a.example> b",
		"a\n<!-- b\nc --> d\ne":         "a\n<!-- b\nc --> d\ne",
		"日本\n語":                         "日本 語",
	} {
		if got := unwrapped(in); got != want {
			t.Errorf("%q:\n got %q\nwant %q", in, got, want)
		} else if again := unwrapped(got); again != got {
			t.Errorf("%q: then %q", got, again)
		}
	}
}

// meaning gives what a body shows: its HTML without the ways to break a line.
func meaning(p *markdown.Parser, body string) string {
	doc, problems := p.Parse(markdown.Input{File: "p.md", ID: "page", Body: []byte(body), Line: 1})
	for i, l := range doc.Links() {
		doc.Resolve(i, markdown.Target{URL: l.Dest})
	}
	html := string(doc.HTML().Append(nil, func(dst []byte, t markdown.Target) []byte { return append(dst, t.URL...) }))
	html = strings.ReplaceAll(html, "<br />", " ")
	return strings.Join(strings.Fields(regexp.MustCompile(`\s*(</?(?:p|li|blockquote|td|th|tr|h\d|div|dt|dd|section)\b[^>]*>)\s*`).ReplaceAllString(html, "$1")), " ") + rules(problems)
}

func rules(problems []diag.Problem) string {
	var s strings.Builder
	for _, p := range problems {
		s.WriteString(" " + p.Rule)
	}
	return s.String()
}

// FuzzUnwrap holds what the hash rests on: what is left of a body when its
// lines are joined shows the same as the body. So two bodies that show different
// things differ there too.
func FuzzUnwrap(f *testing.F) {
	for _, s := range corpus.Hostile() {
		f.Add(s)
		f.Add("- a\n\n  " + strings.ReplaceAll(s, "\n", "\n  ") + "\nb\nc")
		f.Add("> " + strings.ReplaceAll(s, "\n", "\n> ") + "\nb\nc")
		f.Add("a\n" + s + "\nb\nc")
	}
	for _, s := range bodies(f) {
		f.Add(s)
	}
	p := markdown.New()
	f.Fuzz(func(t *testing.T, page string) {
		text, problems := source.Clean("p.md", []byte(page), 1<<14)
		if diag.HasErrors(problems) {
			return
		}
		body := string(text)
		got := unwrapped(body)
		if again := unwrapped(got); again != got {
			t.Errorf("%q: %q, then %q", body, got, again)
		}
		// goldmark takes some last lines for something else where they have no end.
		if was, is := meaning(p, body+"\n"), meaning(p, got+"\n"); was != is {
			t.Errorf("%q: joined %q\n%s\n%s", body, got, was, is)
		}
	})
}

// bodies gives the bodies of the starter handbook.
func bodies(t testing.TB) []string {
	t.Helper()
	starter := os.DirFS("../../../../content")
	var all []string
	err := fs.WalkDir(starter, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".md") {
			return err
		}
		b, err := fs.ReadFile(starter, name)
		if err != nil {
			return err
		}
		parts, _ := markdown.Split(name, b)
		all = append(all, string(parts.Body))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
