package diag

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func rules() []RuleDoc {
	return []RuleDoc{
		{"no-body", "A page holds no text. It is published empty.", Warning},
		{"not-approved", "A section is not approved.", Off},
		{"unknown-law", "A page applies a law that is not in the register.", Error},
	}
}

func problems() []Problem {
	return []Problem{
		Errorf(Pos{"content/2-phones/3 texting.md", 7, 8}, "unknown-law", "did you mean us-hipaa-privacy?", `there is no law "us-hipa"`),
		{Pos: Pos{File: "content/a.md", Line: 3}, Severity: Warning, Rule: "no-body", Text: "no body"},
		{Pos: Pos{File: "content/b.md"}, Severity: Off, Rule: "not-approved", Text: "not approved", Hint: "have it approved"},
	}
}

func write(t *testing.T, format string, ps []Problem) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, format, ps, rules()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWriteText(t *testing.T) {
	want := `content/2-phones/3 texting.md:7:8: error: there is no law "us-hipa" [unknown-law]
hint: did you mean us-hipaa-privacy?
content/a.md:3: warning: no body [no-body]
`
	if got := write(t, "text", problems()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := write(t, "text", nil); got != "" {
		t.Errorf("got %q for no problems", got)
	}
}

func TestWriteJSON(t *testing.T) {
	want := `[
  {
    "file": "content/2-phones/3 texting.md",
    "line": 7,
    "col": 8,
    "severity": "error",
    "rule": "unknown-law",
    "text": "there is no law \"us-hipa\"",
    "hint": "did you mean us-hipaa-privacy?"
  },
  {
    "file": "content/a.md",
    "line": 3,
    "col": 0,
    "severity": "warning",
    "rule": "no-body",
    "text": "no body",
    "hint": ""
  }
]
`
	if got := write(t, "json", problems()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, none := range [][]Problem{nil, {}, problems()[2:]} {
		if got := write(t, "json", none); got != "[]\n" {
			t.Errorf("got %q for no problems, want an empty array", got)
		}
	}
}

func TestWriteGitHub(t *testing.T) {
	want := `::error file=content/2-phones/3 texting.md,line=7,col=8,title=unknown-law::there is no law "us-hipa"%0Ahint: did you mean us-hipaa-privacy?
::warning file=content/a.md,line=3,title=no-body::no body
`
	if got := write(t, "github", problems()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, c := range []struct {
		name    string
		problem Problem
		want    string
	}{
		{"percent, colon and comma", Errorf(Pos{File: "a,b:c%0A.md"}, "x", "", "100%%, as: said"),
			"::error file=a%2Cb%3Ac%250A.md,title=x::100%25, as: said\n"},
		{"a forged command", Errorf(Pos{File: "a.md", Line: 1}, "x", "b\n::add-mask::b", "a\r\n::stop-commands::x"),
			"::error file=a.md,line=1,title=x::a  ::stop-commands::x%0Ahint: b ::add-mask::b\n"},
		{"a forged file name", Errorf(Pos{File: "a\n::error::b"}, "x", "", "t"),
			"::error file=a %3A%3Aerror%3A%3Ab,title=x::t\n"},
		{"no file", Errorf(Pos{Line: 3}, "x", "", "t"), "::error title=x::t\n"},
		{"a column needs a line", Errorf(Pos{File: "a.md", Col: 3}, "x", "", "t"), "::error file=a.md,title=x::t\n"},
	} {
		if got := write(t, "github", []Problem{c.problem}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// TestWriteIsSafe writes what a hostile author may put everywhere and looks
// for anything that a terminal would act on.
func TestWriteIsSafe(t *testing.T) {
	hostile := "\x1b[2J\x00\x07\x7f\u009b31m\u202e\u2066\u200b\ufeff\u2028\U000E0041\xff\r\n\tend"
	ps := []Problem{Errorf(Pos{File: "a" + hostile, Line: 1, Col: 1}, "x"+hostile, "h"+hostile, "t%s", hostile)}
	for _, format := range Formats() {
		got := write(t, format, ps)
		if !utf8.ValidString(got) {
			t.Errorf("%s: not UTF-8: %q", format, got)
		}
		for _, r := range got {
			if r != '\n' && unsafe(r) {
				t.Errorf("%s: %U is printed as it is", format, r)
			}
		}
		if !strings.Contains(got, "end") {
			t.Errorf("%s: the text is cut: %q", format, got)
		}
	}
}

// TestWriteJSONKeepsData decodes what was escaped for the terminal.
func TestWriteJSONKeepsData(t *testing.T) {
	text := "\x1b \u009b \u202e \U000E0041 <b> \\u0041 \"é\""
	var back []struct{ Text, File string }
	if err := json.Unmarshal([]byte(write(t, "json", []Problem{Errorf(Pos{File: text}, "x", "", "%s", text)})), &back); err != nil {
		t.Fatal(err)
	}
	if len(back) != 1 || back[0].Text != text || back[0].File != text {
		t.Errorf("got %+q, want %+q", back, text)
	}
}

func TestWriteUnknownFormat(t *testing.T) {
	var b bytes.Buffer
	err := Write(&b, "xml\n", nil, nil)
	if err == nil || err.Error() != `unknown format "xml ": use text, json, github, sarif` {
		t.Errorf("got %v", err)
	}
	if b.Len() != 0 {
		t.Errorf("wrote %q", b.String())
	}
}

type full struct{}

var errFull = errors.New("no space left")

func (full) Write(p []byte) (int, error) { return 0, errFull }

func TestWriteTellsOfFailure(t *testing.T) {
	for _, format := range Formats() {
		if err := Write(full{}, format, problems(), rules()); !errors.Is(err, errFull) {
			t.Errorf("%s: got %v, want %v", format, err, errFull)
		}
	}
}
