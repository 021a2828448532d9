package search

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

// A tokenCase is a line of testdata/tokens.json.
type tokenCase struct {
	Text   string `json:"text"`
	Tokens string `json:"tokens"`
}

// tokenCases reads the table by which Go and the client cut texts alike.
func tokenCases(t testing.TB) []tokenCase {
	t.Helper()
	b, err := os.ReadFile("testdata/tokens.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []tokenCase
	if err := json.Unmarshal(b, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 80 {
		t.Fatalf("the table has only %d lines", len(cases))
	}
	return cases
}

func TestTokens(t *testing.T) {
	for _, c := range tokenCases(t) {
		if got := strings.Join(tokensOf(c.Text), " "); got != c.Tokens {
			t.Errorf("%q\n got %s\nwant %s", c.Text, got, c.Tokens)
		}
	}
}

// TestPositions holds that a word has the number of the words before it, and
// that what stands beside it has the same.
func TestPositions(t *testing.T) {
	var k tokenizer
	got := map[string]int32{}
	for _, tok := range k.run("see e-mail rule 45 CFR 164.530(e) now") {
		if _, seen := got[string(k.form(tok))]; !seen {
			got[string(k.form(tok))] = tok.pos
		}
	}
	want := map[string]int32{"see": 0, "e": 1, "email": 1, "mail": 2, "rule": 3, "45": 4, "45cfr164": 4, "45cfr164.530": 4, "45cfr164.530(e)": 4,
		"cfr": 5, "164": 6, "164.530": 6, "530": 7, "now": 9}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct{ citation, has, hasNot string }{
		{"45 CFR 164.400-414", "45cfr164.400 45cfr164.402 45cfr164.414 45cfr164", "45cfr164.399 45cfr164.415"},
		{"45 CFR Part 160; 45 CFR Part 164 Subparts A and E; statute at 42 U.S.C. 1320d to 1320d-9", "45cfr160 45cfr164 42usc1320d 42usc1320d-1 42usc1320d-9", "42usc1320d-10 42usc1320d-0"},
		{"18 U.S.C. 2510-2523", "18usc2510 18usc2511 18usc2523", "18usc2524"},
		{"42 CFR Part 2; 42 U.S.C. 290dd-2", "42cfr2 42usc290dd-2", "42usc290dd-1"},
		{"29 U.S.C. 157 and 158(a)(1)", "29usc157 29usc158 29usc158(a) 29usc158(a)(1)", "29usc159"},
		{"48 CFR 52.204-21", "48cfr52.204-21 48cfr52", "48cfr52.205"},
		{"1 U.S.C. 1-99999", "1usc1-99999", "1usc2"},
		{"One or more laws in each of the 50 states", "", "50"},
	} {
		t.Run(c.citation, func(t *testing.T) {
			var k tokenizer
			got := k.spread(c.citation)
			set := map[string]bool{}
			for _, f := range got {
				set[f] = true
			}
			for f := range strings.FieldsSeq(c.has) {
				if !set[f] {
					t.Errorf("%s is missing in %v", f, got)
				}
			}
			for f := range strings.FieldsSeq(c.hasNot) {
				if set[f] {
					t.Errorf("%s must not be in %v", f, got)
				}
			}
		})
	}
}

// FuzzTokens holds that no text makes the tokenizer fail or gives a form that
// is empty, too long, or not found by itself.
func FuzzTokens(f *testing.F) {
	for _, c := range tokenCases(f) {
		f.Add(c.Text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := int32(0)
		var k tokenizer
		for _, tok := range k.run(text) {
			form := string(k.form(tok))
			if form == "" || len([]rune(form)) > maxForm {
				t.Fatalf("form %q of %q", form, text)
			}
			if tok.pos < last {
				t.Fatalf("positions of %q are not in order", text)
			}
			last = tok.pos
		}
	})
}

// TestFoldByTable holds that what is folded character by character is the same
// as folded whole, also before and after marks that may join it.
func TestFoldByTable(t *testing.T) {
	var all, marks []rune
	for r := rune(0x21); r < endOfOther; r++ {
		if r < endOfFirst || r >= otherBlock {
			all = append(all, r)
			if unicode.IsMark(r) {
				marks = append(marks, r)
			}
		}
	}
	for _, a := range all {
		run := []rune{a}
		for _, b := range marks {
			run = append(run, b, a)
		}
		if got, want := string(appendFoldedRun(nil, string(run))), string(appendFoldedWhole(nil, string(run))); got != want {
			t.Errorf("%U beside marks is folded to %.200q, want %.200q", a, got, want)
		}
	}
	one := string(all)
	if got, want := string(appendFoldedRun(nil, one)), string(appendFoldedWhole(nil, one)); got != want {
		t.Errorf("all in a row are folded to %q, want %q", got, want)
	}
	if got := string(appendFoldedRun([]byte("x"), "éक्षि")); got != "x"+string(appendFoldedWhole(nil, "éक्षि")) {
		t.Errorf("a run with other characters is folded to %q", got)
	}
}

// tokensOf returns the forms in a text in their order. A form that stands beside
// the words it is made of has a + before it. The client's words must be the
// same; tests hold the two together.
func tokensOf(text string) []string {
	var t tokenizer
	tokens := t.run(text)
	out := make([]string, len(tokens))
	for i, k := range tokens {
		if k.extra {
			out[i] = "+"
		}
		out[i] += string(t.form(k))
	}
	return out
}
