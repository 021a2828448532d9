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
		for i := range b.Config.Owners {
			if b.Config.Owners[i].ID == id {
				s.Owner = &b.Config.Owners[i]
			}
		}
		if s.Owner == nil {
			known := make([]string, len(b.Config.Owners))
			for i := range b.Config.Owners {
				known[i] = b.Config.Owners[i].ID
			}
			p.errorf(m.Pos("owner"), "unknown-owner", diag.DidYouMean(id, known, "add it to owners in handbook.yaml"), "owner %s is not in handbook.yaml", diag.Quote(id))
		}
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
	laws, references := make([]*Law, 0, 16), make([]*Reference, 0, 16)
	for _, v := range m.Value("laws").List("laws") {
		laws = addNew(laws, 0, p.law(b, v.Text("a law"), v.Pos()))
	}
	for _, v := range m.Value("references").List("references") {
		references = addNew(references, 0, p.reference(b, v.Text("a reference"), v.Pos()))
	}
	p.rules(b, s)
	frontLaws, frontReferences := laws, references
	if b.IsOutside() {
		laws, references = nil, nil // see Section.UnnamedLaws
	}
	for _, rule := range s.Rules {
		for _, law := range rule.Laws {
			laws = addNew(laws, 0, law)
		}
		for _, r := range rule.References {
			references = addNew(references, 0, r)
		}
	}
	for _, c := range s.Doc.Citations {
		if law := b.laws[c.ID]; law != nil {
			laws = addNew(laws, 0, law)
		} else {
			references = addNew(references, 0, p.reference(b, c.ID, c.Pos))
		}
	}
	s.Laws, s.References = append(s.Laws, laws...), append(s.References, references...)
	if b.IsOutside() {
		s.UnnamedLaws, s.UnnamedReferences = without(frontLaws, s.Laws), without(frontReferences, s.References)
	}
}

// without returns the values of a list that are not in another.
func without[T comparable](list, other []T) []T {
	return slices.DeleteFunc(slices.Clone(list), func(v T) bool { return slices.Contains(other, v) })
}

// rules makes the rules of a section. They stand in one block, and so do their
// lists: ten thousand sections with six small rules each would keep the garbage
// collector busy.
func (p *page) rules(b *Book, s *Section) {
	n := len(s.Doc.Rules)
	if n == 0 {
		return
	}
	countLaws, countReferences, countAudience := 0, 0, 0
	for _, w := range s.Doc.Rules {
		countLaws, countReferences, countAudience = countLaws+len(w.Laws), countReferences+len(w.References), countAudience+len(w.Audience)
	}
	laws, references, audience := make([]*Law, 0, countLaws), make([]*Reference, 0, countReferences), make([]*Audience, 0, countAudience)
	block := make([]Rule, n)
	s.Rules = make([]*Rule, n)
	for i, w := range s.Doc.Rules {
		fromLaws, fromReferences, fromAudience := len(laws), len(references), len(audience)
		for _, id := range w.Laws {
			laws = addNew(laws, fromLaws, p.law(b, id, w.Pos))
		}
		for _, id := range w.References {
			references = addNew(references, fromReferences, p.reference(b, id, w.Pos))
		}
		for _, id := range w.Audience {
			if a := p.audience(b.Config, id, w.Pos); a != nil {
				audience = append(audience, a)
			}
		}
		block[i] = Rule{ID: w.ID, Section: s, Level: w.Level, Text: w.Text, Pos: w.Pos,
			Laws: listFrom(laws, fromLaws), References: listFrom(references, fromReferences), Audience: listFrom(audience, fromAudience)}
		s.Rules[i] = &block[i]
	}
}

// addNew appends a value to the list that begins at a place of all, unless it is
// nil or stands in that list already.
func addNew[T any](all []*T, from int, v *T) []*T {
	if v == nil || slices.Contains(all[from:], v) {
		return all
	}
	return append(all, v)
}

// listFrom returns the list that begins at a place of all and ends with it.
func listFrom[T any](all []T, from int) []T {
	if from == len(all) {
		return nil
	}
	return all[from:len(all):len(all)]
}

// law finds a law by its id, or tells that there is none.
func (p *page) law(b *Book, id string, at diag.Pos) *Law {
	if law := b.laws[id]; law != nil {
		return law
	}
	hint := p.near(at.File, "unknown-law", id, func() []string { return lawIDs(b.Laws) }, "add it to registers/laws.yaml")
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
	hint := p.near(at.File, "unknown-reference", id, func() []string { return ids(b.References) }, "add it to registers/references.yaml")
	if b.laws[id] != nil {
		hint = "it is a law: write it under laws"
	}
	p.errorf(at, "unknown-reference", hint, "reference %s is not in registers/references.yaml", diag.Quote(id))
	return nil
}

func lawIDs(laws []*Law) []string {
	out := make([]string, len(laws))
	for i, law := range laws {
		out[i] = law.ID
	}
	return out
}

// areas reads a list of keys of areas.
func (c *collector) areas(cfg *Config, m *record.Map) []*Area {
	list := m.Value("areas").List("areas")
	out := make([]*Area, 0, len(list))
	for _, v := range list {
		id := v.Text("an area")
		if id == "" {
			continue
		}
		i := slices.IndexFunc(cfg.Areas, func(a Area) bool { return a.ID == id })
		if i < 0 {
			known := make([]string, len(cfg.Areas))
			for j, a := range cfg.Areas {
				known[j] = a.ID
			}
			c.errorf(v.Pos(), "unknown-area", diag.DidYouMean(id, known, "add it to areas in handbook.yaml"), "area %s is not in handbook.yaml", diag.Quote(id))
			continue
		}
		if a := &cfg.Areas[i]; !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return listFrom(out, 0)
}

// audiences reads a list of keys of audiences.
func (c *collector) audiences(cfg *Config, m *record.Map) []*Audience {
	list := m.Value("audience").List("audience")
	out := make([]*Audience, 0, len(list))
	for _, v := range list {
		id := v.Text("an audience")
		if id == "" {
			continue
		}
		if a := c.audience(cfg, id, v.Pos()); a != nil && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return listFrom(out, 0)
}

// audience finds one of audiences by its key.
func (c *collector) audience(cfg *Config, id string, at diag.Pos) *Audience {
	if i := slices.IndexFunc(cfg.Audiences, func(a Audience) bool { return a.ID == id }); i >= 0 {
		return &cfg.Audiences[i]
	}
	c.errorf(at, "unknown-audience", diag.DidYouMean(id, cfg.audienceIDs(), "add it to audiences in handbook.yaml"), "audience %s is not in handbook.yaml", diag.Quote(id))
	return nil
}
