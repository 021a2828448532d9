package sitepath

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	for _, path := range []string{
		"index.html", "phones/texting.html", ".nojekyll", ".well-known/security.txt", "CNAME",
		"a-z.html", "laws/us-hipaa-privacy.html", "a b/c d.pdf", " leading.html", "élan.html", "日本/規則.html",
		"console.html", "common.html", "nullable/x", "com10.html", "auxiliary", "lpt.html", "x.con", "com/x.html",
		"a/.handbook-new-1", ".handbook", "..a", "...a", "a..b",
		strings.Repeat("a", 240),
	} {
		if err := Check(path); err != nil {
			t.Errorf("Check(%q) = %v, want nil", path, err)
		}
	}
	for _, tt := range []struct{ path, want string }{
		{"", `the path is empty`},
		{"/etc/passwd", `path "/etc/passwd" begins with a slash; it must be relative`},
		{"//host/x", `path "//host/x" begins with a slash; it must be relative`},
		{"..", `path ".." has ".." in it`},
		{"../x", `path "../x" has ".." in it`},
		{"a/../../x", `path "a/../../x" has ".." in it`},
		{"a/./x", `path "a/./x" has "." in it`},
		{"a//x", `path "a//x" has an empty name in it`},
		{"a/", `path "a/" has an empty name in it`},
		{`a\x`, `path "a\\x" holds a backslash; folders are separated by /`},
		{`..\x`, `path "..\\x" holds a backslash; folders are separated by /`},
		{"C:/x", `path "C:/x" holds ':', which Windows does not allow in a name`},
		{"x::$DATA", `path "x::$DATA" holds ':', which Windows does not allow in a name`},
		{"a<b", `path "a<b" holds '<', which Windows does not allow in a name`},
		{"a>b", `path "a>b" holds '>', which Windows does not allow in a name`},
		{`a"b`, `path "a\"b" holds '"', which Windows does not allow in a name`},
		{"a|b", `path "a|b" holds '|', which Windows does not allow in a name`},
		{"a?b", `path "a?b" holds '?', which Windows does not allow in a name`},
		{"a*b", `path "a*b" holds '*', which Windows does not allow in a name`},
		{"a\x00b", `path "a\x00b" holds the control character U+0000`},
		{"a\nb", `path "a\nb" holds the control character U+000A`},
		{"a\x7fb", `path "a\x7fb" holds the control character U+007F`},
		{"é\u0085b", `path "é\u0085b" holds the control character U+0085`},
		{"a\xffb", `path "a\xffb" is not UTF-8`},
		{"CON", `path "CON" has the name CON, which Windows keeps for a device`},
		{"a/nul.html", `path "a/nul.html" has the name NUL, which Windows keeps for a device`},
		{"aux.tar.gz", `path "aux.tar.gz" has the name AUX, which Windows keeps for a device`},
		{"prn /x", `path "prn /x" has a name that ends in a space, which Windows drops`},
		{"prn .txt", `path "prn .txt" has the name PRN, which Windows keeps for a device`},
		{"Com1/x.html", `path "Com1/x.html" has the name COM1, which Windows keeps for a device`},
		{"lpt9.html", `path "lpt9.html" has the name LPT9, which Windows keeps for a device`},
		{"com¹.html", `path "com¹.html" has the name COM¹, which Windows keeps for a device`},
		{"conin$", `path "conin$" has the name CONIN$, which Windows keeps for a device`},
		{"a.", `path "a." has a name that ends in a dot, which Windows drops`},
		{"a./b", `path "a./b" has a name that ends in a dot, which Windows drops`},
		{"...", `path "..." has a name that ends in a dot, which Windows drops`},
		{"a /b", `path "a /b" has a name that ends in a space, which Windows drops`},
		{".handbook-new-1/x", `path ".handbook-new-1/x" begins with .handbook-, which is kept for temporary files`},
		{strings.Repeat("a", 256), `path "` + strings.Repeat("a", 256) + `" has a name of 256 bytes; the limit is 255`},
		{strings.Repeat("a", 241), `path "` + strings.Repeat("a", 241) + `" is 241 bytes long; the limit is 240`},
	} {
		if got := message(Check(tt.path)); got != tt.want {
			t.Errorf("Check(%q)\n got %s\nwant %s", tt.path, got, tt.want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"a/b.html", "a/b.html", true},
		{"A/b.HTML", "a/B.html", true},
		{"caf\u00e9.html", "cafe\u0301.html", true},
		{"CAF\u00c9.html", "cafe\u0301.html", true},
		{"stra\u00dfe", "STRASSE", true},
		{"\u03a3\u03a3", "\u03c3\u03c2", true},
		{"a.html", "b.html", false},
		{"cafe.html", "caf\u00e9.html", false},
	} {
		if got := Fold(tt.a) == Fold(tt.b); got != tt.same {
			t.Errorf("%q and %q are one path: %v, want %v", tt.a, tt.b, got, tt.same)
		}
	}
}

// message returns the text of an error, "" for none.
func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
