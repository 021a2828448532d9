package source

import (
	"strings"
	"testing"
)

// Case E2
func TestIsolate(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "",
		"نص":                     "نص",
		"PHI نص":                 "PHI نص",
		"الوسم </slot> هنا":      "الوسم [</slot>] هنا",
		"45 CFR 164.402(e)، نص":  "[45 CFR 164.402(e)]، نص",
		"اكتب إلى a@b.example.":  "اكتب إلى [a@b.example].",
		"(نص PHI)":               "(نص PHI)",
		"(نص 45 CFR 164.402(e))": "(نص [45 CFR 164.402(e)])",
		"نص (C++) نص":            "نص [(C++)] نص",
		"texting-1":              "[texting-1]",
		"... !! نص":              "... !! نص",
		"https://a.b/c?d נוסח":   "[https://a.b/c?d] נוסח",
	} {
		got := strings.NewReplacer("\u2066", "[", "\u2069", "]").Replace(Isolate(text))
		if got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}
