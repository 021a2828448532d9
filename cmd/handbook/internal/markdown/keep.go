package markdown

import (
	"slices"
	"strings"
)

// A keeper joins the small texts that stay of a page, dozens of them, to one:
// of thousands of pages they would keep the garbage collector busy.
type keeper struct {
	bytes []byte
	texts []*string
	from  []int // where each of texts begins in bytes
}

// add takes a text up. One that the text before it ends in has its place there.
func (k *keeper) add(s *string) {
	if *s == "" {
		*s = "" // and no longer a part of what it was cut from
		return
	}
	if last := len(k.texts) - 1; last >= 0 && strings.HasSuffix(*k.texts[last], *s) {
		k.texts, k.from = append(k.texts, s), append(k.from, k.from[last]+len(*k.texts[last])-len(*s))
		return
	}
	k.texts, k.from = append(k.texts, s), append(k.from, len(k.bytes))
	k.bytes = append(k.bytes, *s...)
}

// join puts the joined text in the place of all that were added.
func (k *keeper) join() {
	all := string(k.bytes)
	for i, s := range k.texts {
		*s = all[k.from[i] : k.from[i]+len(*s)]
	}
	clear(k.texts)
	k.bytes, k.texts, k.from = k.bytes[:0], k.texts[:0], k.from[:0]
}

// keep copies what stays of a page from the scratch to its Doc, each kind in one
// piece of just the size that it needs.
func (s *state) keep() {
	d, k := s.doc, &s.keeper
	d.links, d.headings, d.Citations = slices.Clone(s.links), slices.Clone(s.headings), slices.Clone(s.citations)
	d.paragraphs = slices.Clone(s.paragraphs)
	spans := slices.Concat(s.cited, s.cuts)
	d.cited, d.cuts = spans[:len(s.cited):len(s.cited)], spans[len(s.cited):]
	s.keepRules()
	d.anchors = make([]anchor, 0, len(s.rules)+len(s.anchors))
	for _, n := range s.rules {
		d.anchors = append(d.anchors, anchor{n.rule.ID, n.rule.ID})
	}
	d.anchors = append(d.anchors, s.anchors...)
	d.given = slices.Clone(s.given)

	k.add(&d.Title)
	for i := range d.headings {
		k.add(&d.headings[i].ID)
		k.add(&d.headings[i].Number)
		k.add(&d.headings[i].Text)
	}
	for i := range d.anchors {
		k.add(&d.anchors[i].id)
		k.add(&d.anchors[i].name)
	}
	for i := range d.given {
		k.add(&d.given[i].id)
		k.add(&d.given[i].name)
	}
	for i := range d.Rules {
		k.add(&d.Rules[i].ID)
		k.add(&d.Rules[i].Text)
	}
	for i := range d.Citations {
		k.add(&d.Citations[i].ID)
		k.add(&d.Citations[i].Locator)
	}
	for i := range d.links {
		k.add(&d.links[i].Dest)
	}
	for i := range d.Fills {
		k.add(&d.Fills[i].Title)
		k.add(&d.Fills[i].Text)
		k.add(&d.Fills[i].Value)
	}
	for i := range d.Cards {
		k.add(&d.Cards[i].ID)
		k.add(&d.Cards[i].Title)
		for j := range d.Cards[i].Needs {
			k.add(&d.Cards[i].Needs[j])
		}
	}
	k.join()
	d.anchors = sortAnchors(d.anchors)
}

// keepRules returns the Doc its rules. All their lists are parts of one.
func (s *state) keepRules() {
	s.doc.Rules = make([]Rule, len(s.rules))
	count := 0
	for i, n := range s.rules {
		s.doc.Rules[i] = n.rule
		s.doc.Rules[i].html = span{int32(n.from), int32(n.to)}
		count += len(n.rule.Laws) + len(n.rule.References) + len(n.rule.Audience)
	}
	words := make([]string, 0, count)
	for i := range s.doc.Rules {
		r := &s.doc.Rules[i]
		for _, list := range []*[]string{&r.Laws, &r.References, &r.Audience} {
			if from := len(words); len(*list) == 0 {
				*list = nil
			} else {
				words = append(words, *list...)
				*list = words[from:len(words):len(words)]
			}
		}
	}
	for i := range words {
		s.keeper.add(&words[i])
	}
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
