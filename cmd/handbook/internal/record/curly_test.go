package record

import (
	"strings"
	"testing"
)

// TestCurlyQuotes holds Case C: a value in curly quotes is told with the straight
// ones to write.
func TestCurlyQuotes(t *testing.T) {
	for in, want := range map[string]string{
		"title: “Texting”":           `p.md:1:8: "“Texting”" title: "Texting"`,
		"title: „Texting“":           `p.md:1:8: "„Texting“" title: "Texting"`,
		"title: «Texting»":           `p.md:1:8: "«Texting»" title: "Texting"`,
		"title: ‘Texting’":           `p.md:1:8: "‘Texting’" title: "Texting"`,
		"title: “Texting":            `p.md:1:8: "“Texting" title: "Texting"`,
		"title: “A \"b\" c”":         `p.md:1:8: "“A "b" c”" title: 'A "b" c'`,
		"areas: [“phones”, work]":    `p.md:1:9: "“phones”" "phones"`,
		"- {by: “Ann”}":              `p.md:1:8: "“Ann”" by: "Ann"`,
		"title: “Bad” or “worse”":    "",
		"title: Texting “now”":       "",
		"title: \"“Texting”\"":       "",
		"title: ’tis the season":     "",
		"title: “”":                  "",
		"title: Über uns – und euch": "",
	} {
		r := &Reader{File: "p.md"}
		v, ok := r.Parse([]byte(in + "\n"))
		if !ok {
			t.Errorf("%q: %v", in, r.Problems)
			continue
		}
		r.CurlyQuotes(v)
		got := ""
		for _, p := range r.Problems {
			_, value, _ := strings.Cut(p.Text, ": ")
			got += p.Pos.String() + ": " + value + " " + strings.TrimPrefix(p.Hint, "write straight quotes, like this: ")
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// TestCurlyColon holds Case C, title: “Texting: with clients”.
func TestCurlyColon(t *testing.T) {
	for in, want := range map[string]string{
		"title: “Texting: with clients”\n":       `write straight quotes, like this: title: "Texting: with clients"`,
		"title: “Say: \"no\"”\n":                 `write straight quotes, like this: title: 'Say: "no"'`,
		"id: a\ntitle: “Texting: with clients\n": `write straight quotes, like this: title: "Texting: with clients"`,
		"title: Texting: with “clients”\n":       "quote the value",
	} {
		r := &Reader{File: "p.md"}
		if _, ok := r.Parse([]byte(in)); ok || len(r.Problems) != 1 || r.Problems[0].Hint != want {
			t.Errorf("%q: got %v", in, r.Problems)
		}
	}
}
