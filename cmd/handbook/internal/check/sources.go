package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/markdown"
)

// cited returns the ids of the laws and references that the handbook uses:
// applied by a section or a rule, or cited on any page.
func (c *checker) cited() map[string]bool {
	if c.citations != nil {
		return c.citations
	}
	ids := map[string]bool{}
	c.citations = ids
	add := func(laws []*book.Law, references []*book.Reference) {
		for _, id := range slices.Concat(book.IDs(laws), book.IDs(references)) {
			ids[id] = true
		}
	}
	for _, s := range c.book.Sections {
		add(s.Laws, s.References)
		for _, r := range s.Rules {
			add(r.Laws, r.References)
		}
	}
	for d := range c.book.Docs() {
		for _, cite := range d.Citations {
			ids[cite.ID] = true
		}
	}
	return ids
}

func unusedLaw(c *checker) {
	cited := c.cited()
	for _, l := range c.book.Laws {
		if !cited[l.ID] {
			c.add(l.Pos, "apply it in a section, or take it out of the register", "no section applies law %s", diag.Quote(l.ID))
		}
	}
}

func unusedReference(c *checker) {
	used := maps.Clone(c.cited())
	for _, r := range c.book.References {
		for _, on := range r.RestsOn {
			used[on.ID] = true
		}
		if r.SupersededBy != nil {
			used[r.SupersededBy.ID] = true
		}
	}
	for _, r := range c.book.References {
		// An older edition is kept so that who looks for it finds the newer.
		kept := r.SupersededBy != nil && used[r.SupersededBy.ID]
		if !used[r.ID] && !kept {
			c.add(r.Pos, "cite it in a section, or take it out of the register", "no section cites reference %s", diag.Quote(r.ID))
		}
	}
}

func unusedTerm(c *checker) {
	used := map[string]bool{}
	for d := range c.book.Docs() {
		for _, l := range d.Links() {
			if l.Kind == markdown.LinkTerm {
				used[l.Target.ID] = true
			}
		}
	}
	for _, t := range c.book.Terms {
		if !used[book.TermAnchor(t)] {
			c.add(t.Pos, "use it, or take it out of the register", "no page uses the term %s", diag.Quote(t.Term))
		}
	}
}

func duplicateTerm(c *checker) {
	terms := slices.Clone(c.book.Terms)
	slices.SortStableFunc(terms, func(a, b *book.Term) int { return a.Pos.Line - b.Pos.Line })
	first := map[string]*book.Term{}
	for _, t := range terms {
		for _, form := range append([]string{t.Term}, t.Also...) {
			switch other := first[fold(form)]; {
			case other == nil:
				first[fold(form)] = t
			case other != t:
				c.add(t.Pos, "keep one definition, or say in the terms how the two differ", "%s is also defined by the term %s on line %d",
					diag.Quote(form), diag.Quote(other.ID), other.Pos.Line)
			}
		}
	}
}

func lawNotInForce(c *checker) {
	c.eachLive(func(s *book.Section) {
		for _, l := range s.Laws {
			if l.Status == "rescinded" || l.Status == "superseded" {
				c.add(key(s, "laws"), "apply the law that holds now, and change the text to match", "law %s is %s", diag.Quote(l.ID), l.Status)
			}
		}
	})
}

func lawUncertain(c *checker) {
	cited := c.cited()
	for _, l := range c.book.Laws {
		if l.Status == "uncertain" && l.Caution == "" && cited[l.ID] {
			c.add(l.Pos, "add caution: with what is uncertain and what staff should do until it is settled", "law %s is uncertain, and the register does not say why", diag.Quote(l.ID))
		}
	}
}

// lawOtherJurisdiction goes by the places in which an agency may work
// ([book.Config.WorksIn]). One law may hold in several. It is told at the law,
// because one decision settles it for all sections.
func lawOtherJurisdiction(c *checker) {
	applied := map[*book.Law][]*book.Section{}
	c.eachLive(func(s *book.Section) {
		for _, l := range s.Laws {
			applied[l] = append(applied[l], s)
		}
	})
	for _, l := range c.book.Laws {
		places := strings.FieldsFunc(l.Jurisdiction, func(r rune) bool { return r == ',' || r == ' ' })
		if len(applied[l]) == 0 || len(places) == 0 || slices.ContainsFunc(places, c.config.WorksIn) {
			continue
		}
		who := "section " + diag.Quote(applied[l][0].Name()) + " applies it"
		if n := len(applied[l]); n > 1 {
			who = fmt.Sprintf("%d sections apply it, first %s", n, diag.Quote(applied[l][0].Name()))
		}
		c.add(l.Pos, "take it out of them, put what it asks for in ::: when {jurisdictions="+strings.Join(places, ",")+"}, or add "+strings.Join(places, " or ")+" to jurisdictions of the profile",
			"law %s is one of %s, and the profile says jurisdictions: %s; %s", diag.Quote(l.ID), list(places), strings.Join(c.config.Jurisdictions, ", "), who)
	}
}

// supersededReference is about what stands in the text; that a section turns
// stale when its reference is superseded after the last review is told on the
// page itself.
func supersededReference(c *checker) {
	cited := c.cited()
	for _, r := range c.book.References {
		if r.Status == "superseded" && r.SupersededBy == nil && cited[r.ID] {
			c.add(r.Pos, "add superseded_by: with the id of the newer one", "reference %s is superseded, and the register does not say by what", diag.Quote(r.ID))
		}
	}
	c.eachLive(func(s *book.Section) {
		for _, r := range s.References {
			switch {
			case r.Status == "withdrawn" && r.SupersededBy == nil:
				c.add(key(s, "references"), "cite what holds now, or say in the text why a withdrawn one is meant", "reference %s was withdrawn", diag.Quote(r.ID))
			case r.Status != "current" && r.SupersededBy != nil && !citesNewer(s, r):
				c.add(key(s, "references"), "cite "+r.SupersededBy.ID+" instead, or beside it", "reference %s is superseded by %s", diag.Quote(r.ID), diag.Quote(r.SupersededBy.ID))
			}
		}
	})
}

// citesNewer reports whether a section cites one of the references that came
// after r.
func citesNewer(s *book.Section, r *book.Reference) bool {
	seen := map[*book.Reference]bool{r: true}
	for next := r.SupersededBy; next != nil && !seen[next]; next = next.SupersededBy {
		if slices.ContainsFunc(s.References, func(x *book.Reference) bool { return x.ID == next.ID }) {
			return true
		}
		seen[next] = true
	}
	return false
}

func undatedSupersession(c *checker) {
	used := c.cited()
	for _, r := range c.book.References {
		if used[r.ID] && (r.Status == "superseded" || r.Status == "withdrawn") && r.SupersededOn.IsZero() {
			c.add(r.Pos, "add superseded_on: with the day, as YYYY-MM-DD", "reference %s is %s, and the register does not say since when", diag.Quote(r.ID), r.Status)
		}
	}
}

// A source is what laws and references have in common.
type source struct {
	what, id, confidence string
	verified             date.Date
	findable             bool
	pos                  diag.Pos
}

// eachSource calls f for every law and reference in use.
func (c *checker) eachSource(f func(source)) {
	cited := c.cited()
	for _, l := range c.book.Laws {
		if cited[l.ID] {
			f(source{"law", l.ID, l.Confidence, l.VerifiedOn, l.URL != "" || l.Citation != "", l.Pos})
		}
	}
	for _, r := range c.book.References {
		if cited[r.ID] {
			f(source{"reference", r.ID, r.Confidence, r.VerifiedOn, r.URL != "" || r.ArchivedURL != "" || r.Publisher != "", r.Pos})
		}
	}
}

func unverifiedSource(c *checker) {
	const hint = "read it again where it is published, then set verified_on to that day"
	c.eachSource(func(s source) {
		every := c.config.VerifyEvery
		switch {
		case s.verified.IsZero():
			c.add(s.pos, hint, "%s %s was never verified", s.what, diag.Quote(s.id))
		case !every.IsZero() && !c.today.IsZero() && c.today.After(s.verified.Add(every)):
			c.add(s.pos, hint, "%s %s was last verified on %s, and verify_every is %s", s.what, diag.Quote(s.id), lang.EnglishDate(s.verified), every)
		}
	})
}

func unconfirmedSource(c *checker) {
	c.eachSource(func(s source) {
		if s.confidence == "C" {
			c.add(s.pos, "read the official text and set confidence: A, or cite something that was checked", "nobody has checked %s %s (confidence C)", s.what, diag.Quote(s.id))
		}
	})
}

func unfindableSource(c *checker) {
	c.eachSource(func(s source) {
		if !s.findable {
			c.add(s.pos, "add url: or how it is found in print", "%s %s cannot be found: it has no address and nothing to look for", s.what, diag.Quote(s.id))
		}
	})
}
