package book

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/record"
)

// MaxNames is how many names a term, or search words a section, may have under
// also. Each name of a term stands for all the others in a search.
const MaxNames = 100

// MaxTermNames is how many names the terms of a handbook may have in all. Each
// has a line in the A to Z.
const MaxTermNames = 20000

// terms reads the register of terms.
func (l *loader) terms(b *Book) {
	names := 0
	l.register("registers/terms.yaml", termKeys, func(id string, m *record.Map) {
		if names > MaxTermNames {
			return
		}
		t := &Term{ID: id, Term: l.shortName(m.Value("term"), m.Line("term"), "term"), Also: l.alsoCalled(m, "a term"), Definition: m.Line("definition"), Source: m.Line("source"), Pos: m.Pos("id")}
		if t.Term == "" || t.Definition == "" {
			if !misspelt(m, "term", "definition") {
				m.Errorf("id", "register", "add term: and definition:", "the term %s has no words or no definition", diag.Quote(id))
			}
			return
		}
		if names += 1 + len(t.Also); names > MaxTermNames {
			l.errorf(t.Pos, "too-many-names", "keep the words that readers may not know", "all terms together may have %d names, and with %s they have more", MaxTermNames, diag.Quote(id))
			return
		}
		b.Terms = append(b.Terms, t)
	})
	slices.SortStableFunc(b.Terms, func(x, y *Term) int { return cmp.Compare(strings.ToLower(x.Term), strings.ToLower(y.Term)) })
}

// alsoCalled reads what else a term is called, or by which words readers look for a
// section.
func (c *collector) alsoCalled(m *record.Map, what string) []string {
	list := m.Value("also").List("also")
	if len(list) > MaxNames {
		c.errorf(list[MaxNames].Pos(), "too-many-names", "keep the names that readers use", "%s may have %d names under also, and this is the first beyond them of %d", what, MaxNames, len(list))
		list = list[:MaxNames]
	}
	var out []string
	for _, v := range list {
		if t := c.shortName(v, v.Text("an entry of also"), "also"); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// shortName returns a name, or "" for one that is too long to be one.
func (c *collector) shortName(v record.Value, text, key string) string {
	if n := utf8.RuneCountInString(text); n > MaxTitle {
		c.errorf(v.Pos(), "bad-value", "write the words alone, and say the rest elsewhere", "%s: a name has %d characters; the limit is %d", key, n, MaxTitle)
		return ""
	}
	return text
}
