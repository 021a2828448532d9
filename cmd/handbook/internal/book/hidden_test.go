package book

import (
	"maps"
	"strings"
	"testing"
)

// TestHiddenLinks holds that a broken link is told although nobody sees it
// here: another agency, or another reader, would.
func TestHiddenLinks(t *testing.T) {
	files := map[string]string{
		"handbook.yaml": "profile: {sector: private}",
		"a.md": "# A\n\nText.\n\n::: when {sector=public}\n## Inside\n\n[x](none.md) ![y](none.png) [b](b.md#none) [B](B.md)\n\n" +
			"[b](b.md#b) [self](#inside) [out](out.md) [mail](mailto:a@example.org) [draft](draft.md) [none](#none)\n:::\n",
		"b.md":     "# B\n\n## B\n\nText.\n",
		"out.md":   "---\ntitle: Out\nwhen: {sector: public}\n---\n[x](nothing.md) [a](a.md#inside) [self](#none)\n",
		"draft.md": "---\ntitle: Draft\ndraft: true\n---\n[x](nothing.md)\n",
	}
	_, ps, err := Load(folderOf(files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := `a.md:8:1: error: there is no page "none.md" [broken-link] | check the name and the folder
a.md:8:14: error: there is no image "none.png" [missing-file] | check the name and the folder
a.md:8:29: error: the page has no heading or rule "#none" [broken-anchor] | link to the page alone, or to one of its headings
a.md:8:44: error: "B.md" differs in capitals from b.md [link-case] | write b.md
a.md:10:90: error: the page has no heading or rule "#none" [broken-anchor] | link to the page alone, or to one of its headings
out.md:5:1: error: there is no page "nothing.md" [broken-link] | check the name and the folder
out.md:5:34: error: the page has no heading or rule "#none" [broken-anchor] | link to the page alone, or to one of its headings`
	if got := told(ps); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// Shown, the same is told, and once.
	files["handbook.yaml"] = ""
	_, shown, err := Load(folderOf(files), Options{Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	if want := want + "\n"; !strings.HasPrefix(want, strings.Split(told(shown), "\n")[0]) || len(shown) != len(ps)+1 {
		t.Errorf("shown, got\n%s", told(shown))
	}
}

// TestOpeningAliases holds that the opening of a part, and the home page, can
// have old addresses.
func TestOpeningAliases(t *testing.T) {
	b, ps, err := Load(folderOf(map[string]string{
		"index.md":     "---\ntitle: Home\naliases: [welcome.html]\n---\nText.",
		"1-a/index.md": "---\ntitle: A\naliases: [old/a.html, b/index.html, x.pdf]\n---\nText.",
		"1-a/1-x.md":   "# X\n\nText.",
		"b/1-y.md":     "# Y\n\nText.",
		"c/index.md":   "---\ntitle: C\naliases: [old/c.html]\n---\nText.",
		"c/1-z.md":     "---\ndraft: true\n---\n# Z\n\nText.",
	}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, r := range b.Redirects {
		got[r.From] = r.To + " " + r.Name
	}
	if want := map[string]string{"welcome.html": "index.html Handbook", "old/a.html": "a/index.html 1 A"}; !maps.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	want := `1-a/index.md:3:10: error: "x.pdf" cannot be an old address [bad-alias] | write an old address such as phones/sms.html
1-a/index.md:3:10: error: an alias of "1-a/index.md": its address b/index.html is also that of b [bad-alias] | delete the alias`
	if told(ps) != want {
		t.Errorf("got\n%s\nwant\n%s", told(ps), want)
	}
}
