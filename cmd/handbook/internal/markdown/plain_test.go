package markdown

import (
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/source"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// byItself is a Parser in which goldmark reads plain text by itself.
func byItself() *Parser {
	return &Parser{md: setUp(util.Prioritized(extension.NewLinkifyParser(), 999))}
}

// plainCases are texts in which what is plain and what is not meet.
func plainCases() []string {
	cases := []string{
		"a b  \nc", "a  \n", "a \nb\n c", "a\\\nb", "a \\\nb", "a\\\\\nb", "*a*  \nb", "*a* \nb", "*a*\\\nb", "a\tb\t\nc", "a   \n\nb", "> a\n> b  \n> c\n", "- a\n  b\n- c",
		"\\*a* b", "\\", "a\\", "\\ *a*", "a\\ *b*", "\\\\*a*", "a &amp; b & c &copy d", "a&#42;b", "[a] b [c", "a] b", "![a", "a!b c!", "{a {b} c", "{{a}} b", "a_b_c d", "a < b > c", "~a b~", "`a", "a ` b `",
		"[a b](c.md) d", "[a *b* c][d] e\n\n[d]: f.md", "[^1] a\n\n[^1]: b c", "a[@b", "| a b | *c* d |\n|-|-|\n| \\| e | f\\|g h |", "# a b {#c}\n\n## d {e}\n\nf\n=", "a\n: b c", "- [ ] a b\n- [x] c",
		"é ü\u00a0\nß", "write to a@b.org or\nhttp://a.org now\nand more words  \nhere", "(a) \"b\" 'c', d; e: f. g-h/i?", "\ta b\n\n    c d", "***a** b*  \nc",
	}
	for c := byte('!'); c < 0x7F; c++ {
		s := string(c)
		cases = append(cases, s, s+" a", "a "+s, "a "+s+" b", "a"+s+"b c", s+s+"a b"+s+s, "*a*"+s+" b\nc", "a\n"+s+"b\nc", "\\"+s+"a b")
	}
	for _, s := range cases {
		cases = append(cases, s+"\n\nmail a@b.org\n")
	}
	return cases
}

// At the end of a line goldmark by itself differs from CommonMark: it lets the
// last of three backslashes be, though the first two mean one, and takes the next
// line for escaped; and of more than two spaces it leaves one in the text.
var atEndOfLine = regexp.MustCompile(`(\\\\\\|   )\n`)

// TestPlainEnds holds the ends of lines to CommonMark where goldmark by itself
// differs.
func TestPlainEnds(t *testing.T) {
	for page, want := range map[string]string{
		"a   \nb":        "<p>a<br />\nb</p>\n",
		"a       \nb":    "<p>a<br />\nb</p>\n",
		"*a*    \nb":     "<p><em>a</em><br />\nb</p>\n",
		"a\\\\\\\nb":     "<p>a\\<br />\nb</p>\n",
		"a\\\\\\\n*b* c": "<p>a\\<br />\n<em>b</em> c</p>\n",
	} {
		doc, problems := New().Parse(Input{Setting: setting(), File: "p.md", ID: "page", Body: []byte(page), Line: 1})
		if got := write(doc.HTML()); got != want || len(problems) > 0 {
			t.Errorf("%q: got %q, %v, want %q", page, got, problems, want)
		}
	}
}

// FuzzPlain checks that a page looks the same whoever reads its plain text.
func FuzzPlain(f *testing.F) {
	for _, s := range append(append(pages(f), corpus.Hostile()...), plainCases()...) {
		f.Add(s)
	}
	p, slow := New(), byItself()
	f.Fuzz(func(t *testing.T, page string) {
		text, problems := source.Clean("p.md", []byte(page), 1<<16)
		if diag.HasErrors(problems) || atEndOfLine.Match(text) {
			return
		}
		in := Input{Setting: setting(), File: "p.md", ID: "page", Body: text, Line: 1}
		got, gotProblems := p.Parse(in)
		want, wantProblems := slow.Parse(in)
		if g, w := write(got.HTML()), write(want.HTML()); g != w {
			t.Errorf("%q:\n got %q\nwant %q", page, g, w)
		}
		if g, w := got.Text(), want.Text(); g != w {
			t.Errorf("the text of %q:\n got %q\nwant %q", page, g, w)
		}
		if g, w := list(gotProblems), list(wantProblems); g != w {
			t.Errorf("the problems of %q:\n got %s\nwant %s", page, g, w)
		}
	})
}

func list(problems []diag.Problem) string {
	var b strings.Builder
	for _, p := range problems {
		b.WriteString(p.String() + "\n")
	}
	return b.String()
}
