package markdown

import (
	"fmt"
	"strings"
	"testing"
)

func TestParagraphs(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"", ""},
		{"One line\nand two.\n\nThree.", "5: One line and two.\n8: Three.\n"},
		{"# Title [@us-a]\n\n## Heading\n\nText.", "9: Text.\n"},
		{"- One.\n- Two\n  on.\n\n  Three.", "5: One.\n6: Two on.\n9: Three.\n"},
		{"| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode.\n```\n\nText.", "13: Text.\n"},
		{"Say so ([@us-a, 1(b)]). Then [@ref-b] go.", "5: Say so (). Then go.\n"},
		{"[@us-a] [@ref-b]", "5: \n"},
		{"::: rule {#page-1}\nDo **it** [now](x.md).\n:::\n\n> Quoted.", "6: Do it now.\n9: Quoted.\n"},
		{"::: when {sector=public}\nGone.\n:::\n\nStays.", "9: Stays.\n"},
	} {
		doc, _ := parse(c.body)
		var got strings.Builder
		for _, p := range doc.Paragraphs() {
			fmt.Fprintf(&got, "%d: %s\n", p.Line, p.Text)
		}
		if got.String() != c.want {
			t.Errorf("%q: got\n%swant\n%s", c.body, got.String(), c.want)
		}
	}
}

// TestLeft holds that a Doc knows the names that were left out of it, and only
// those.
func TestLeft(t *testing.T) {
	doc, _ := parse("## Here\n\n::: when {sector=public}\n## There {#elsewhere}\n\n## Here\n\n::: rule {#page-1}\nNo.\n:::\n:::\n\n::: rule {#page-2}\nYes.\n:::")
	for name, want := range map[string]bool{"elsewhere": true, "page-1": true, "page-2": false, "here": false, "page--there": false, "nothing": false} {
		if got := doc.Left(name); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	if _, there := doc.Anchor("elsewhere"); there || len(doc.Rules) != 1 || strings.Contains(doc.Text(), "There") || doc.Words() != 2 {
		t.Errorf("what is left out is in the Doc: %q, %d rules, %d words", doc.Text(), len(doc.Rules), doc.Words())
	}
}
