package book

import (
	"cmp"
	"slices"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/record"
)

// makeSection makes a Section of a page, or nil if it is a draft that is left
// out. handbook.yaml and the registers are known by now, the other pages are
// not: what depends on them comes later, and the number and the address still
// lack those of the folder.
func (p *page) makeSection(b *Book, m *record.Map, drafts bool) *Section {
	s := &Section{ID: p.sectionID(), Title: p.title, Summary: p.summary, Source: p.source, Path: p.id + ".html", Number: p.name.Number, named: p.named, place: p.name.Number, Pos: p.titlePos,
		Doc: p.doc, TextHash: p.hash, Params: p.params}
	if s.Draft = m.Bool("draft"); s.Draft && !drafts {
		p.draft = draftUses(m)
		return nil
	}
	s.Keys = make([]KeyPos, 0, m.Len())
	for i := range sectionKeys {
		if at, ok := m.Place(sectionKeys[i].Name); ok {
			s.Keys = append(s.Keys, KeyPos{sectionKeys[i].Name, at})
		}
	}
	if id := m.Text("owner"); id != "" {
		s.Owner = lookUp(&p.collector, "unknown-owner", "owner", b.Config.Owners, id, m.Pos("owner"))
	}
	s.Areas = p.areas(b.Config, m)
	s.Audience = p.audiences(b.Config, m)
	s.Drafted, s.Effective, s.Withdrawn = m.Date("drafted"), m.Date("effective"), m.Date("withdrawn")
	s.Version = sectionKeys.number(m, "version", 1)
	s.outside = b.IsOutside()
	s.Summary, s.Change = p.words.in(b, s.Audience), p.collector.words(b.Config, m, "change").in(b, s.Audience)
	if s.ReviewEvery = m.Period("review_every"); s.ReviewEvery.IsZero() {
		s.ReviewEvery = b.Config.ReviewEvery
	}
	s.Aliases, s.Also = m.Texts("aliases"), p.alsoCalled(m, "a section")
	p.signOffs(s, m)
	p.notBefore(m, "effective", "effective", s.Effective, m, "drafted", s.Drafted)
	p.notBefore(m, "withdrawn", "withdrawn", s.Withdrawn, m, "effective", s.Effective)
	p.notBefore(m, "withdrawn", "withdrawn", s.Withdrawn, m, "drafted", s.Drafted)
	p.sources(b, s, m)
	leftOut := whenSection(b.Config, m)
	if p.barred = !b.Edition.admits(s.Audience); p.barred {
		for _, a := range s.Audience {
			p.readers = append(p.readers, a.ID)
		}
		return nil
	}
	if p.leftOut = leftOut; leftOut != "" {
		return nil
	}
	p.successor, p.formOf = m.Text("superseded_by"), m.Text("form")
	return s
}

// sectionID returns the id of the page's section.
func (p *page) sectionID() string { return cmp.Or(p.qualified, p.id) }

// notBefore reports a day that lies before one that it must follow.
func (c *collector) notBefore(m *record.Map, key, what string, day date.Date, m2 *record.Map, key2 string, day2 date.Date) {
	if !day.IsZero() && !day2.IsZero() && day.Before(day2) {
		c.dateOrder(m.Pos(key), what, day.String(), key2, day2.String(), m2.Pos(key2).Line)
	}
}

func (c *collector) dateOrder(pos diag.Pos, late, lateDay, early, earlyDay string, line int) {
	c.errorf(pos, "date-order", "check both dates", "%s (%s) is before %s (%s, line %d)", late, lateDay, early, earlyDay, line)
}

// sources gathers the rules of a section, and its laws and references: those of
// its front matter, then those of its rules, then those its text cites.
func (p *page) sources(b *Book, s *Section, m *record.Map) {
	var laws []*Law
	var references []*Reference
	for _, v := range m.Value("laws").List("laws") {
		laws = addNew(laws, p.law(b, v.Text("a law"), v.Pos()))
	}
	for _, v := range m.Value("references").List("references") {
		references = addNew(references, p.reference(b, v.Text("a reference"), v.Pos()))
	}
	p.rules(b, s)
	frontLaws, frontReferences := laws, references
	if b.IsOutside() {
		laws, references = nil, nil // see Section.UnnamedLaws
	}
	for _, rule := range s.Rules {
		laws, references = addNew(laws, rule.Laws...), addNew(references, rule.References...)
	}
	for _, c := range s.Doc.Citations {
		if law := b.laws[c.ID]; law != nil {
			laws = addNew(laws, law)
		} else {
			references = addNew(references, p.reference(b, c.ID, c.Pos))
		}
	}
	s.Laws, s.References = laws, references
	if b.IsOutside() {
		s.UnnamedLaws, s.UnnamedReferences = without(frontLaws, s.Laws), without(frontReferences, s.References)
	}
}

// without returns the values of a list that are not in another.
func without[T comparable](list, other []T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return slices.Contains(other, v) })
}

// rules makes the rules of a section.
func (p *page) rules(b *Book, s *Section) {
	for _, w := range s.Doc.Rules {
		r := &Rule{ID: w.ID, Section: s, Level: w.Level, Text: w.Text, Pos: w.Pos}
		for _, id := range w.Laws {
			r.Laws = addNew(r.Laws, p.law(b, id, w.Pos))
		}
		for _, id := range w.References {
			r.References = addNew(r.References, p.reference(b, id, w.Pos))
		}
		for _, id := range w.Audience {
			if a := p.audience(b.Config, id, w.Pos); a != nil {
				r.Audience = append(r.Audience, a)
			}
		}
		s.Rules = append(s.Rules, r)
	}
}

// addNew appends those values to a list that are not nil and do not stand in it.
func addNew[T any](list []*T, values ...*T) []*T {
	for _, v := range values {
		if v != nil && !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

// law finds a law by its id, or tells that there is none.
func (p *page) law(b *Book, id string, at diag.Pos) *Law {
	if law := b.laws[id]; law != nil {
		return law
	}
	hint := p.near(at.File, "unknown-law", id, func() []string { return IDs(b.Laws) }, "add it to registers/laws.yaml")
	if b.references[id] != nil {
		hint = "it is a reference: write it under references"
	}
	p.errorf(at, "unknown-law", hint, "law %s is not in registers/laws.yaml", diag.Quote(id))
	return nil
}

// reference finds a reference by its id, or tells that there is none.
func (p *page) reference(b *Book, id string, at diag.Pos) *Reference {
	if r := b.references[id]; r != nil {
		return r
	}
	hint := p.near(at.File, "unknown-reference", id, func() []string { return IDs(b.References) }, "add it to registers/references.yaml")
	if b.laws[id] != nil {
		hint = "it is a law: write it under laws"
	}
	p.errorf(at, "unknown-reference", hint, "reference %s is not in registers/references.yaml", diag.Quote(id))
	return nil
}

// areas reads a list of keys of areas.
func (c *collector) areas(cfg *Config, m *record.Map) (areas []*Area) {
	for _, v := range m.Value("areas").List("areas") {
		if id := v.Text("an area"); id != "" {
			areas = addNew(areas, lookUp(c, "unknown-area", "area", cfg.Areas, id, v.Pos()))
		}
	}
	return areas
}

// audiences reads a list of keys of audiences.
func (c *collector) audiences(cfg *Config, m *record.Map) (audiences []*Audience) {
	for _, v := range m.Value("audience").List("audience") {
		if id := v.Text("an audience"); id != "" {
			audiences = addNew(audiences, c.audience(cfg, id, v.Pos()))
		}
	}
	return audiences
}

// audience finds one of audiences by its key.
func (c *collector) audience(cfg *Config, id string, at diag.Pos) *Audience {
	return lookUp(c, "unknown-audience", "audience", cfg.Audiences, id, at)
}

// lookUp finds an entry of a list of handbook.yaml by its id, or reports that
// there is none; what it is called is one of its list, owner of owners.
func lookUp[T interface{ id() string }](c *collector, rule, what string, list []T, id string, at diag.Pos) *T {
	if i := slices.IndexFunc(list, func(x T) bool { return x.id() == id }); i >= 0 {
		return &list[i]
	}
	c.errorf(at, rule, diag.DidYouMean(id, IDs(list), "add it to "+what+"s in handbook.yaml"), "%s %s is not in handbook.yaml", what, diag.Quote(id))
	return nil
}
