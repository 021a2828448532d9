package diag

import (
	"slices"
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	keys := []string{"title", "summary", "id", "owner", "areas", "audience", "drafted", "review_every", "reviews"}
	laws := []string{"us-tcpa", "us-hipaa-privacy", "us-hipaa-security", "31-usc-1502"}
	for _, c := range []struct {
		word       string
		candidates []string
		want       string
	}{
		{"titel", keys, "title"},    // swap of neighbours
		{"sumary", keys, "summary"}, // left out
		{"ownerr", keys, "owner"},   // put in
		{"arees", keys, "areas"},    // another letter
		{"AUDIENCE", keys, "audience"},
		{"Id", keys, "id"}, // capitals alone, in a word too short to differ otherwise
		{"di", keys, ""},
		{"if", keys, ""},
		{"a", keys, ""},
		{"", keys, ""},
		{"title", keys, ""}, // it is there
		{"layout", keys, ""},
		{"review-every", keys, "review_every"},
		{"review", keys, "reviews"},                   // one letter beats a beginning
		{"us-hipa", laws, "us-hipaa-privacy"},         // the beginning of two: the first
		{"hipaa-security", laws, "us-hipaa-security"}, // three letters
		{"security", laws, "us-hipaa-security"},       // held by one
		{"1502", laws, "31-usc-1502"},
		{"ipa", laws, ""}, // too short to be looked for inside
		{"31-usc-1520", laws, "31-usc-1502"},
		{"us-tcap", laws, "us-tcpa"},
		{"texting.md", []string{"2-phones/index.md", "2-phones/3-texting.md"}, "2-phones/3-texting.md"},
		{"grösse", []string{"größe"}, "größe"},
		{strings.Repeat("x", 1<<16), keys, ""},
		{"abcd", nil, ""},
	} {
		if got := Nearest(c.word, c.candidates); got != c.want {
			t.Errorf("%.20q: got %q, want %q", c.word, got, c.want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	if got, want := DidYouMean("titel", []string{"title"}, "known keys: title"), "did you mean title?"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := DidYouMean("layout", []string{"title"}, "known keys: title"), "known keys: title"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// FuzzDistance compares the bounded distance with the textbook's recursion.
func FuzzDistance(f *testing.F) {
	for _, s := range [][2]string{{"", ""}, {"ab", "ba"}, {"ca", "abc"}, {"titel", "title"}, {"abcd", "badc"}, {"kitten", "sitting"}} {
		f.Add(s[0], s[1], 4)
		f.Add(s[0], s[1], 1)
	}
	f.Fuzz(func(t *testing.T, x, y string, limit int) {
		a, b := []rune(x), []rune(y)
		a, b = a[:min(len(a), 7)], b[:min(len(b), 7)]
		limit = min(max(limit, 1), 9)
		want := min(slow(a, b), limit)
		if got := distance(slices.Clone(a), slices.Clone(b), limit); got != want {
			t.Errorf("distance of %q and %q within %d: got %d, want %d", string(a), string(b), limit, got, want)
		}
		if got := distance(b, a, limit); got != want {
			t.Errorf("distance of %q and %q is not the same both ways: %d and %d", string(a), string(b), want, got)
		}
	})
}

func slow(a, b []rune) int {
	if len(a) == 0 || len(b) == 0 {
		return len(a) + len(b)
	}
	x, y := len(a)-1, len(b)-1
	d := slow(a[:x], b[:y])
	if a[x] != b[y] {
		d = 1 + min(d, slow(a[:x], b), slow(a, b[:y]))
	}
	if x > 0 && y > 0 && a[x] == b[y-1] && a[x-1] == b[y] {
		d = min(d, 1+slow(a[:x-1], b[:y-1]))
	}
	return d
}
