package markdown

import (
	"slices"
	"strings"
	"testing"
)

// forTeens is the setting of an edition for teens.
func forTeens() Setting {
	admits := func(ids []string) bool { return slices.Contains(ids, "teens") }
	return Setting{
		Admits: admits,
		When: func(key, value string) Verdict {
			if key == "audience" {
				return Verdict{Hidden: !admits(strings.Split(value, ",")), Edition: true}
			}
			return Verdict{Hidden: value == "no", Why: "why"}
		},
	}
}

// TestEdition holds what of a page is left out for other readers, and how it
// is told apart from what the profile leaves out.
func TestEdition(t *testing.T) {
	for _, c := range []struct {
		body, text, rules, hidden string
		narrowed                  bool
		leftOut                   int
	}{
		{"Text.", "Text.", "", "", false, 0},
		{"::: rule {#a-1 audience=staff}\nStaff.\n:::\n\n::: rule {#a-2 audience=staff,teens}\nBoth.\n:::\n\n::: rule {#a-3}\nAll.\n:::", "Both. All.", "a-2 a-3", "", true, 0},
		{"::: when {audience=staff}\n[a](a.md)\n:::\n\n[b](b.md)", "b", "", "a.md", true, 0},
		{"::: when {x=no}\n[a](a.md)\n:::\n\nText.", "Text.", "", "a.md", false, 1},
		{"::: when {audience=staff x=no}\nStaff.\n:::", "", "", "", true, 0},
		{"::: when {x=no audience=teens}\nTeens.\n:::", "", "", "", false, 1},
		{"::: when {audience=teens x=yes}\nTeens.\n:::", "Teens.", "", "", false, 0},
		{"::: when {audience=staff}\n::: when {x=no}\nA.\n:::\n::: rule {#a-1 audience=staff}\nA.\n:::\n:::\nText.", "Text.", "", "", true, 0},
		{"::: note\n::: rule {#a-1 audience=staff}\n## H\n:::\nText.\n:::", "Text.", "", "", true, 0},
		{"::: rule {#a-1 audience=staff}\nNever closed.", "", "", "", true, 0},
	} {
		doc, _ := New().Parse(Input{Setting: forTeens(), File: "a.md", ID: "a", Body: []byte(c.body), Line: 1})
		var rules, hidden []string
		for _, r := range doc.Rules {
			rules = append(rules, r.ID)
		}
		for _, l := range doc.Hidden() {
			hidden = append(hidden, l.Dest)
		}
		text := strings.Join(strings.Fields(doc.Text()), " ")
		if text != c.text || strings.Join(rules, " ") != c.rules || strings.Join(hidden, " ") != c.hidden || doc.Narrowed != c.narrowed || len(doc.LeftOut) != c.leftOut {
			t.Errorf("%q: got %q, rules %q, hidden %q, narrowed %v, %d left out", c.body, text, rules, hidden, doc.Narrowed, len(doc.LeftOut))
		}
	}
}

// TestCut holds that of a link that is cut the words stay, and nothing else.
func TestCut(t *testing.T) {
	for body, want := range map[string]string{
		"See [the *rule*](a.md#x \"title\") and [b](b.md).": "<p>See the <em>rule</em> and <a href=\"\x00\">b</a>.</p>\n",
		"[a](a.md) [a](a.md#x)":                             "<p><a href=\"\x00\">a</a> a</p>\n",
		"[x][1]\n\n[1]: a.md#x":                             "<p>x</p>\n",
		"[a](https://example.org/a.md#x)":                   "",
	} {
		doc, ps := New().Parse(Input{File: "a.md", ID: "a", Body: []byte(body), Line: 1, Cut: map[string]bool{"a.md#x": true, "https://example.org/a.md#x": true}})
		var got strings.Builder
		for i, p := range doc.HTML().Pieces {
			if i > 0 {
				got.WriteByte(0)
			}
			got.Write(p)
		}
		if want == "" {
			if !strings.Contains(got.String(), "https://example.org") {
				t.Errorf("%q: a link out of the site is cut", body)
			}
		} else if got.String() != want || len(ps) > 0 {
			t.Errorf("%q: got %q %v, want %q", body, got.String(), ps, want)
		}
	}
}
