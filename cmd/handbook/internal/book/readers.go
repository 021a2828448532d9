package book

import (
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/record"
)

// forAll is the key of words that are for all readers.
const forAll = "all"

// words is a text of a front matter or a register, which may differ by
// audience: summary: {staff: ..., clients: ...}.
type words struct {
	plain string // for whoever reads the handbook
	by    []wordsBy
}

// A wordsBy is the text for one audience, or for all.
type wordsBy struct{ audience, text string }

// words reads a text that may differ by audience.
func (c *collector) words(cfg *Config, m *record.Map, key string) words {
	v := m.Value(key)
	if !v.IsMap() {
		return words{plain: m.Line(key)}
	}
	var w words
	by := v.Map(key)
	for _, id := range by.Keys() {
		if known := IDs(cfg.Audiences); id != forAll && !slices.Contains(known, id) {
			c.errorf(by.KeyPos(id), "unknown-audience", diag.DidYouMean(id, known, "add it to audiences in handbook.yaml"), "audience %s is not in handbook.yaml", diag.Quote(id))
			continue
		}
		if t := by.Line(id); t != "" {
			w.by = append(w.by, wordsBy{id, t})
		}
	}
	return w
}

// in returns the words that a Book shows of something that is for some
// audiences. The whole handbook shows those for all, else the first. An edition
// shows those for its readers, else those for all. A text that does not say
// whom it is for was written for the staff, and people outside are not shown
// it, unless what it speaks of is for nobody else.
func (w words) in(b *Book, own []*Audience) string {
	for _, x := range w.by {
		if b.Edition != nil && b.Edition.ids[x.audience] {
			return x.text
		}
	}
	for _, x := range w.by {
		if x.audience == forAll {
			return x.text
		}
	}
	within := func(a *Audience) bool { return !a.Outside }
	switch {
	case b.Edition == nil && len(w.by) > 0:
		return w.by[0].text
	case b.IsOutside() && (len(own) == 0 || slices.ContainsFunc(own, within)):
		return ""
	}
	return w.plain
}

// written returns all the words, as one text.
func (w words) written() string {
	if len(w.by) == 0 {
		return w.plain
	}
	lines := make([]string, len(w.by))
	for i, x := range w.by {
		lines[i] = x.audience + ": " + x.text
	}
	return strings.Join(lines, "\n")
}
