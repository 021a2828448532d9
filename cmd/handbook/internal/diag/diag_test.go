package diag

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestPosString(t *testing.T) {
	for _, c := range []struct {
		pos  Pos
		want string
	}{
		{Pos{}, ""},
		{Pos{File: "a.md"}, "a.md"},
		{Pos{File: "a.md", Line: 7}, "a.md:7"},
		{Pos{File: "a.md", Line: 7, Col: 8}, "a.md:7:8"},
		{Pos{File: "a.md", Col: 8}, "a.md"},
	} {
		if got := c.pos.String(); got != c.want {
			t.Errorf("%+v: got %q, want %q", c.pos, got, c.want)
		}
	}
}

func TestSeverityString(t *testing.T) {
	for s, want := range map[Severity]string{Off: "off", Warning: "warning", Error: "error"} {
		if got := s.String(); got != want {
			t.Errorf("severity %d: got %q, want %q", s, got, want)
		}
	}
}

func TestProblemString(t *testing.T) {
	for _, c := range []struct {
		problem Problem
		want    string
	}{
		{Errorf(Pos{"a.md", 1, 2}, "no-title", "", "no title"), "a.md:1:2: error: no title [no-title]"},
		{Problem{Pos: Pos{File: "a.md"}, Severity: Warning, Rule: "no-body", Text: "no body"}, "a.md: warning: no body [no-body]"},
		{Errorf(Pos{File: "a\nb.md"}, "x", "", "\x1b[31m%s\u202e", "red"), "a b.md: error: \uFFFD[31mred\uFFFD [x]"},
	} {
		if got := c.problem.String(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestErrorf(t *testing.T) {
	got := Errorf(Pos{"a.md", 1, 2}, "too-large", "split it", "%d bytes", 7)
	want := Problem{Pos: Pos{"a.md", 1, 2}, Severity: Error, Rule: "too-large", Text: "7 bytes", Hint: "split it"}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestSort(t *testing.T) {
	at := func(file string, line, col int, rule, text string) Problem {
		return Errorf(Pos{file, line, col}, rule, "", "%s", text)
	}
	sorted := []Problem{
		at("a.md", 0, 0, "z", "whole file first"),
		at("a.md", 2, 0, "b", "whole line before its columns"),
		at("a.md", 2, 1, "a", "rule before rule"),
		at("a.md", 2, 1, "b", "one text"),
		at("a.md", 2, 1, "b", "the other text"),
		at("a.md", 10, 1, "a", "ten after two"),
		at("b.md", 1, 1, "a", "file after file"),
	}
	shuffled := slices.Clone(sorted)
	slices.Reverse(shuffled)
	shuffled = append(shuffled, sorted[2], sorted[4]) // said twice
	if got := Sort(shuffled); !slices.Equal(got, sorted) {
		t.Errorf("got %v, want %v", got, sorted)
	}
	other := at("a.md", 2, 1, "a", "rule before rule")
	other.Hint = "another hint"
	if got := Sort([]Problem{other, sorted[2]}); len(got) != 2 {
		t.Errorf("problems with different hints are not the same: got %v", got)
	}
	if got := Sort(nil); len(got) != 0 {
		t.Errorf("got %v for no problems", got)
	}
}

func TestCount(t *testing.T) {
	ps := []Problem{{Severity: Error}, {Severity: Off}, {Severity: Warning}, {Severity: Warning}}
	if e, w := Count(ps); e != 1 || w != 2 {
		t.Errorf("got %d errors and %d warnings, want 1 and 2", e, w)
	}
	if !HasErrors(ps) {
		t.Error("the error was not seen")
	}
	if HasErrors(ps[1:]) {
		t.Error("warnings are no errors")
	}
}

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "Größe, 電話 and ü", "Größe, 電話 and ü"},
		{"line ends and tabs", "a\r\nb\tc", "a  b c"},
		{"escape", "\x1b]0;owned\x07", "\uFFFD]0;owned\uFFFD"},
		{"C1 escape", "\u009b31m", "\uFFFD31m"},
		{"delete", "a\x7f", "a\uFFFD"},
		{"bidirectional", "a\u202eb\u2066c\u200ed\u061c", "a\uFFFDb\uFFFDc\uFFFDd\uFFFD"},
		{"invisible", "us\u200bhipaa\ufeff\u2060\u00ad", "us\uFFFDhipaa\uFFFD\uFFFD\uFFFD"},
		{"line separators", "a\u2028b\u2029", "a\uFFFDb\uFFFD"},
		{"tag characters", "a\U000E0041", "a\uFFFD"},
		{"joiners are text", "می\u200cخواهم 👩\u200d⚕", "می\u200cخواهم 👩\u200d⚕"},
		{"no UTF-8", "a\xffb", "a\uFFFDb"},
		{"empty", "", ""},
	} {
		if got := Clean(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestQuote(t *testing.T) {
	long := strings.Repeat("é", 60)
	for _, c := range []struct{ in, want string }{
		{"", `""`},
		{"us-hipa", `"us-hipa"`},
		{"a\nb", `"a b"`},
		{"\x1b[2J", "\"\uFFFD[2J\""},
		{long, `"` + long + `"`},
		{long + "é", `"` + long + `…"`},
		{long + strings.Repeat("x", 1<<20), `"` + long + `…"`},
	} {
		got := Quote(c.in)
		if got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		if !utf8.ValidString(got) {
			t.Errorf("%q is not UTF-8", got)
		}
	}
}
