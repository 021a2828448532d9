package book

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/source"
	"handbook/cmd/handbook/internal/testkit/corpus"
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
		"[a\nb](c)\nd":                  "[a b](c) d",
		"[![a\nb](c)](d)\ne":            "[![a b](c)](d) e",
		"[a\nb]: /x\nc\nd":              "[a b]: /x\nc d",
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

// TestSign checks that each part of the hash stands for its part of the text,
// and that nothing can be moved from one to the other.
func TestSign(t *testing.T) {
	const body = "Staff must not text.\n\n::: when {audience=staff}\nThe code is 4821.\n:::\n\n- one\n- two\n\nLast."
	base := sign("Texting", "When to text.", []byte(body))
	if want := "h2:a01605cb-319b2029-a2891433009b8c58"; base != want {
		t.Errorf("got %s, want %s: the hashes in every handbook's front matter would be wrong", base, want)
	}
	s := &Section{TextHash: base, BodyHash: SignBody([]byte(body))}
	for _, c := range []struct{ title, summary, body, want string }{
		{"Texting", "When to text.", body, ""},
		{" Texting", "When  to\ntext. ", body, ""},
		{"Texting", "When to text.", "\n\n" + strings.ReplaceAll(body, "\n\n", "  \n\n\n") + "\n\n", ""},
		{"Texting", "When to text.", strings.Replace(body, "must not", "must\nnot", 1), ""},
		{"Texting is allowed", "When to text.", body, "title"},
		{"Texting", "Never.", body, "summary"},
		{"Texting", "", body, "summary"},
		{"Never", "Never.", body, "title summary"},
		{"When to text.", "Texting", body, "title summary"},
		{"Texting When", "to text.", body, "title summary"},
		{"Texting", "When to text. Staff must not text.", strings.TrimPrefix(body, "Staff must not text.\n\n"), "summary text"},
		{"", "", "", "title summary text"},
		{"Texting", "When to text.", strings.Replace(body, "must not", "may", 1), "text"},
		{"Texting", "When to text.", strings.Replace(body, "{audience=staff}", "{audience=teens}", 1), "text"},
		{"Texting", "When to text.", strings.Replace(body, "::: when", "    ::: when", 1), "text"},
		{"Texting", "When to text.", strings.Replace(body, "::: when {audience=staff}\n", "::: when {audience=staff}\n:::\n", 1), "text"},
		{"Texting", "When to text.", strings.Replace(body, "\n\n::: when", " ::: when", 1), "text"},
		{"Texting", "When to text.", "```\n" + body + "\n```", "text"},
		{"Texting", "When to text.", strings.Replace(body, "- one\n- two", "- one - two", 1), "text"},
		{"Texting", "When to text.", strings.Replace(body, "- one\n- two", "- one\n  - two", 1), "text"},
		{"Texting", "When to text.", strings.Replace(body, "\n\nLast.", "\nLast.", 1), "text"},
		{"Texting", "When to text.", strings.Replace(body, "\n\nLast.", "\n\n  Last.", 1), "text"},
		{"Texting", "When to text.", strings.Replace(body, "\n\n- one", "\n---\n- one", 1), "text"},
	} {
		now := *s
		now.TextHash = sign(c.title, c.summary, []byte(c.body))
		if got := strings.Join(now.Differs(base), " "); got != c.want {
			t.Errorf("%q %q %q: %q has changed, want %q", c.title, c.summary, c.body, got, c.want)
		}
		now.BodyHash = SignBody([]byte(c.body))
		if got := now.Differs(s.BodyHash); len(got) > 0 && !strings.Contains(c.want, "text") {
			t.Errorf("%q: by the first scheme %q has changed", c.body, got)
		}
	}
	if s.Differs("") != nil || s.Differs(s.BodyHash) != nil || len(s.Differs("00000000")) != 1 {
		t.Error("records without a hash, or with one of the first scheme, are not judged by it")
	}
}

// TestRewrap breaks the lines of the starter's paragraphs anew, as an editor
// does: each body keeps its hash.
func TestRewrap(t *testing.T) {
	begins := regexp.MustCompile(`^(?:[-+*=_:|>#<` + "`" + `~]|\d+[.)]$)`)
	marks := regexp.MustCompile(`^(?:> )*( *(?:(?:[-+*]|\d+[.)]) +)?)`)
	fixed := regexp.MustCompile(`^(?:#|\||:|    |- \[)`)
	r := rand.New(rand.NewPCG(1, 2))
	changed := 0
	for _, body := range bodies(t) {
		want := sign("", "", []byte(body))
		for _, width := range []int{20, 72, 10000} {
			var out []string
			code := false
			for _, line := range strings.Split(unwrapped(body), "\n") {
				if strings.Contains(line, "```") {
					code = !code
				}
				m := marks.FindStringSubmatch(line)
				if code || fixed.MatchString(line) {
					out = append(out, line)
					continue
				}
				quote := strings.TrimSuffix(m[0], m[1])
				now := m[0]
				for i, word := range strings.Split(line[len(m[0]):], " ") {
					switch {
					case i == 0:
						now += word
					case len(now)+len(word) > width && !begins.MatchString(word):
						out = append(out, now)
						now = quote + strings.Repeat(" ", len(m[1])*r.IntN(2)) + word
						changed++
					default:
						now += strings.Repeat(" ", 1+r.IntN(2)) + word
					}
				}
				out = append(out, now+strings.Repeat(" ", r.IntN(2)))
			}
			if got := sign("", "", []byte(strings.Join(out, "\n"))); got != want {
				t.Errorf("width %d: %s, then %s:\n%s", width, want, got, strings.Join(out, "\n"))
			}
		}
	}
	if changed < 1000 {
		t.Errorf("only %d lines were broken anew", changed)
	}
}

// meaning returns what a body shows: its HTML without the ways to break a line.
func meaning(p *markdown.Parser, body string) string {
	doc, problems := p.Parse(markdown.Input{File: "p.md", ID: "page", Body: []byte(body), Line: 1})
	for i, l := range doc.Links() {
		doc.Resolve(i, markdown.Target{URL: l.Dest})
	}
	html := string(doc.HTML().Append(nil, func(dst []byte, t markdown.Target) []byte { return append(dst, t.URL...) }))
	html = strings.ReplaceAll(html, "<br />", " ")
	return strings.Join(strings.Fields(regexp.MustCompile(`\s*(</?(?:p|li|blockquote|td|th|tr|h\d|div|dt|dd|section|code|pre)\b[^>]*>)\s*`).ReplaceAllString(html, "$1")), " ") + rules(problems)
}

func rules(problems []diag.Problem) string {
	var s strings.Builder
	for _, p := range problems {
		if p.Severity == diag.Error {
			s.WriteString(" " + p.Rule)
		}
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
	// Each of these was joined wrongly once.
	for _, s := range []string{"{{A\n}}", "<?\n?>\n0", "<!\n ", ">\\ \n0", ">[](<0\n0\n0) 0", ">0\n>: ", "[^]:0\n0", "* 0\n-- ", "<A\t>", "0\n:  \n  00"} {
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

// bodies returns the bodies of the starter handbook.
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
