package source

import (
	"strings"
	"testing"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/testkit"
)

func TestClean(t *testing.T) {
	const utf8Hint, seen = "save it as UTF-8", "delete the character, or write the text without it"
	for _, c := range []struct{ name, in, want, problems string }{
		{"plain", "a\nb\n", "a\nb\n", ""},
		{"empty", "", "", ""},
		{"byte order mark", "\xEF\xBB\xBF---\n", "---\n", ""},
		{"byte order mark alone", "\xEF\xBB\xBF", "", ""},
		{"Windows line ends", "a\r\nb\r\n\r\n", "a\nb\n\n", ""},
		{"mixed line ends", "a\r\nb\nc\r\n", "a\nb\nc\n", ""},
		{"Mac line ends", "a\rb\r", "", "f:1:2: error: a line ends with a carriage return alone (classic Mac line ends) [mac-line-ends] | save it with Unix or Windows line ends\n"},
		{"one Mac line end", "a\r\nb\nc\rd", "", "f:3:2: error: a line ends with a carriage return alone (classic Mac line ends) [mac-line-ends] | save it with Unix or Windows line ends\n"},
		{"two carriage returns", "a\r\r\nb", "", "f:1:2: error: a line ends with a carriage return alone (classic Mac line ends) [mac-line-ends] | save it with Unix or Windows line ends\n"},
		{"UTF-16 LE", "\xFF\xFEa\x00", "", "f:1:1: error: the file is in UTF-16 [utf16] | " + utf8Hint + "\n"},
		{"UTF-16 BE", "\xFE\xFF\x00a", "", "f:1:1: error: the file is in UTF-16 [utf16] | " + utf8Hint + "\n"},
		{"NUL", "ab\ncd\x00e", "", "f:2:3: error: there is a NUL character at byte 5 [nul] | save it as UTF-8 text, and delete the character\n"},
		{"NUL after a mark", "\xEF\xBB\xBFa\x00", "", "f:1:2: error: there is a NUL character at byte 4 [nul] | save it as UTF-8 text, and delete the character\n"},
		{"UTF-16 without a mark", "a\x00b\x00", "", "f:1:2: error: there is a NUL character at byte 1 [nul] | save it as UTF-8 text, and delete the character\n"},
		{"Latin-1", "caf\xE9\n", "", "f:1:4: error: byte 3 (0xE9) is not UTF-8 [encoding] | " + utf8Hint + "\n"},
		{"Latin-1 on a later line", "é\n€ caf\xE9", "", "f:2:6: error: byte 10 (0xE9) is not UTF-8 [encoding] | " + utf8Hint + "\n"},
		{"overlong", "\xC0\xAF", "", "f:1:1: error: byte 0 (0xC0) is not UTF-8 [encoding] | " + utf8Hint + "\n"},
		{"surrogate", "a\xED\xA0\x80", "", "f:1:2: error: byte 1 (0xED) is not UTF-8 [encoding] | " + utf8Hint + "\n"},
		{"cut off", "a\xE2\x82", "", "f:1:2: error: byte 1 (0xE2) is not UTF-8 [encoding] | " + utf8Hint + "\n"},
		{"override", "ab\nc\u202Ed\n", "ab\nc\u202Ed\n", "f:2:2: warning: there is an invisible character, U+202E (right-to-left override) [bidi] | " + seen + "\n"},
		{"isolate", "\u2066", "\u2066", "f:1:1: warning: there is an invisible character, U+2066 (left-to-right isolate) [bidi] | " + seen + "\n"},
		{"Arabic mark", "é\u061C", "é\u061C", "f:1:2: warning: there is an invisible character, U+061C (Arabic letter mark) [bidi] | " + seen + "\n"},
		{"zero width", "a\u200Bb", "a\u200Bb", "f:1:2: warning: there is an invisible character, U+200B (zero-width space) [zero-width] | " + seen + "\n"},
		{"mark in the text", "a\uFEFFb", "a\uFEFFb", "f:1:2: warning: there is an invisible character, U+FEFF (zero-width no-break space) [zero-width] | " + seen + "\n"},
		{"two marks", "\uFEFF\uFEFFb", "\uFEFFb", "f:1:1: warning: there is an invisible character, U+FEFF (zero-width no-break space) [zero-width] | " + seen + "\n"},
		{"two in one file", "\u2060\n\u200F", "\u2060\n\u200F", "f:1:1: warning: there is an invisible character, U+2060 (word joiner) [zero-width] | " + seen + "\n" +
			"f:2:1: warning: there is an invisible character, U+200F (right-to-left mark) [bidi] | " + seen + "\n"},
		{"joiners are text", "می\u200Cخواهم 👩\u200D⚕️", "می\u200Cخواهم 👩\u200D⚕️", ""},
		{"quotes and dashes", "“so” – it’s 100 €", "“so” – it’s 100 €", ""},
		{"too large", strings.Repeat("x", 101), "", "f:1:1: error: the file has 101 bytes; the limit is 100 [too-large] | split it into several files\n"},
		{"just right", strings.Repeat("x", 100), strings.Repeat("x", 100), ""},
	} {
		text, ps := Clean("f", []byte(c.in), 100)
		if string(text) != c.want || testkit.Report(ps) != c.problems {
			t.Errorf("%s: got %q and\n%swant %q and\n%s", c.name, text, testkit.Report(ps), c.want, c.problems)
		}
		if (text == nil) != diag.HasErrors(ps) && c.in != "" {
			t.Errorf("%s: the text is nil: %v, there are errors: %v", c.name, text == nil, diag.HasErrors(ps))
		}
	}
}

// TestCleanKeepsInput checks that the caller's bytes stay as they were.
func TestCleanKeepsInput(t *testing.T) {
	in := []byte("\xEF\xBB\xBFa\r\nb\r\n")
	before := string(in)
	if Clean("f", in, 100); string(in) != before {
		t.Errorf("the bytes became %q", in)
	}
}

// TestCleanManyInvisible checks that a file full of invisible characters gets
// a few warnings and not one for each.
func TestCleanManyInvisible(t *testing.T) {
	_, ps := Clean("f", []byte(strings.Repeat("\u200B\n", 1000)), 1<<20)
	if len(ps) != maxInvisible {
		t.Fatalf("got %d warnings", len(ps))
	}
	want := "f:20:1: warning: there is an invisible character, U+200B (zero-width space), and 980 more after it [zero-width]"
	if got := ps[len(ps)-1].String(); got != want {
		t.Errorf("the last is\n%s\nwant\n%s", got, want)
	}
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"abc":            "abc",
		"a\u202Eb":       "ab",
		"a\x1b[2Jb":      "a[2Jb",
		"a\u0085\u200Bb": "ab",
		"\uFEFFé\u00AD":  "é",
		"a\tb\n":         "ab",
		"":               "",
	} {
		if got := Visible(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestName(t *testing.T) {
	for r, want := range map[rune]string{0x202E: "U+202E (right-to-left override)", 0x1F600: "U+1F600", 7: "U+0007"} {
		if got := Name(r); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestLines(t *testing.T) {
	var l Lines
	l.Reset("f", []byte("ab\n\nélan\nx"), 7)
	for _, c := range []struct {
		offset int
		want   string
	}{
		{-1, "f:7:1"}, {0, "f:7:1"}, {1, "f:7:2"}, {2, "f:7:3"}, {3, "f:8:1"}, {4, "f:9:1"}, {6, "f:9:2"}, {9, "f:9:5"}, {10, "f:10:1"}, {11, "f:10:2"}, {99, "f:10:2"},
	} {
		if got := l.Pos(c.offset).String(); got != c.want {
			t.Errorf("byte %d: got %s, want %s", c.offset, got, c.want)
		}
	}
	if got := l.Line(10); got != 10 {
		t.Errorf("byte 10 is on line %d", got)
	}
	l.Reset("f", nil, 1)
	if got := l.Pos(0).String(); got != "f:1:1" {
		t.Errorf("an empty text begins at %s", got)
	}
}

// FuzzClean checks that whatever passes can be trusted, and that every problem
// lies in the file.
func FuzzClean(f *testing.F) {
	for _, s := range []string{"", "a\r\nb", "a\rb", "\xEF\xBB\xBF---", "\xFF\xFEa", "\x00", "caf\xE9", "\u202E\u200B", "a\uFEFF", "\xED\xA0\x80", "é\u061Cé", "\u2028\u0085"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		text, ps := Clean("f", b, 1<<16)
		lines := 1 + strings.Count(string(b), "\n")
		for _, p := range ps {
			if p.Text == "" || p.Hint == "" || p.Rule == "" || p.Line < 1 || p.Line > lines || p.Col < 1 {
				t.Errorf("problem %+v", p)
			}
		}
		if diag.HasErrors(ps) {
			if text != nil {
				t.Errorf("there are errors, and the text %q", text)
			}
			return
		}
		if len(text) > len(b) || !utf8.Valid(text) || strings.ContainsAny(string(text), "\r\x00") {
			t.Errorf("got %q", text)
		}
		again, ps2 := Clean("f", text, 1<<16)
		if string(text) != string(again) && !strings.HasPrefix(string(text), "\uFEFF") {
			t.Errorf("%q cleaned again is %q", text, again)
		}
		if len(ps2) != len(ps) && !strings.HasPrefix(string(text), "\uFEFF") {
			t.Errorf("%d warnings, and %d the second time", len(ps), len(ps2))
		}
		var l Lines
		l.Reset("f", text, 1)
		for i := range text {
			if at := l.Pos(i); at.Line != 1+strings.Count(string(text[:i]), "\n") || at.Line != l.Line(i) {
				t.Fatalf("byte %d of %q is at %s", i, text, at)
			}
		}
	})
}

func TestOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"": "", " a  b ": "a b", "a ": "a", " a": "a", "a b": "a b", " ": "", "a\r\nb\tc\x00d\x1b[31m": "a b c d [31m", "a\u2028b": "a b", "a\xffb": "a\ufffdb", "é <&>": "é <&>",
	} {
		if got := OneLine(in); got != want {
			t.Errorf("OneLine(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestASCII(t *testing.T) {
	for text, want := range map[string]bool{"": true, "a": true, "abcdefgh": true, "abcdefg\x7f": true, "abcdefghi": true, "é": false, "abcdefé": false, "abcdefgé": false, "abcdefghé": false, "abcdefghijklmnopé": false} {
		if ASCII(text) != want || ASCII([]byte(text)) != want {
			t.Errorf("%q: got %t", text, !want)
		}
	}
}
