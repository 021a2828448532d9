package markdown

import (
	"slices"
	"strings"
)

// keep copies what stays of a page from the scratch to its Doc, each kind in one
// piece of just the size that it needs.
func (s *state) keep() {
	d := s.doc
	d.links, d.headings, d.Citations = slices.Clone(s.links), slices.Clone(s.headings), slices.Clone(s.citations)
	d.paragraphs = slices.Clone(s.paragraphs)
	spans := slices.Concat(s.cited, s.cuts)
	d.cited, d.cuts = spans[:len(s.cited):len(s.cited)], spans[len(s.cited):]
	d.Rules = make([]Rule, len(s.rules))
	d.anchors = make([]anchor, 0, len(s.rules)+len(s.anchors))
	for i, n := range s.rules {
		d.Rules[i] = n.rule
		d.Rules[i].html = span{int32(n.from), int32(n.to)}
		d.anchors = append(d.anchors, anchor{n.rule.ID, n.rule.ID})
	}
	d.anchors = sortAnchors(append(d.anchors, s.anchors...))
	d.given = slices.Clone(s.given)
}

// An anchor is what an author may write after #, and the id of the element.
type anchor struct{ name, id string }

// compare compares the name with another: by length first, which is quicker.
func (a anchor) compare(name string) int {
	if len(a.name) != len(name) {
		return len(a.name) - len(name)
	}
	return strings.Compare(a.name, name)
}

// sortAnchors sorts anchors by name. Of those with the same name the first one
// stays: that of a rule, if there is one.
func sortAnchors(all []anchor) []anchor {
	slices.SortStableFunc(all, func(a, b anchor) int { return a.compare(b.name) })
	return slices.CompactFunc(all, func(a, b anchor) bool { return a.name == b.name })
}
