package book

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/record"
)

// MaxNames is how many names a term may have under also. Each stands for all
// the others in a search.
const MaxNames = 100

// MaxTermNames is how many names the terms of a handbook may have in all. Each
// has a line in the A to Z.
const MaxTermNames = 20000

// terms reads the register of terms.
func (l *loader) terms(b *Book) {
	names := 0
	l.register("registers/terms.yaml", []string{"id", "term", "also", "definition", "source"}, func(id string, m *record.Map) {
		if names > MaxTermNames {
			return
		}
		t := &Term{ID: id, Term: l.name(m.Value("term"), m.Line("term"), "term"), Also: l.names(m), Definition: m.Line("definition"), Source: m.Line("source"), Pos: m.Pos("id")}
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

// names reads what else a term is called.
func (l *loader) names(m *record.Map) []string {
	list := m.Value("also").List("also")
	if len(list) > MaxNames {
		l.errorf(list[MaxNames].Pos(), "too-many-names", "keep the names that readers use", "a term may have %d names under also, and this is the first beyond them of %d", MaxNames, len(list))
		list = list[:MaxNames]
	}
	var out []string
	for _, v := range list {
		if t := l.name(v, v.Text("an entry of also"), "also"); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// name gives a name of a term, or "" for one that is too long to be one.
func (l *loader) name(v record.Value, text, key string) string {
	if n := utf8.RuneCountInString(text); n > MaxTitle {
		l.errorf(v.Pos(), "bad-value", "write the words alone, and explain them under definition", "%s: a name has %d characters; the limit is %d", key, n, MaxTitle)
		return ""
	}
	return text
}
