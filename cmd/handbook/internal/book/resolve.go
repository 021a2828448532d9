package book

import (
	"handbook/cmd/handbook/internal/diag"
)

// resolve looks up what one page says of another: successors and links. It
// fills the back links of the registers.
func (l *loader) resolve(b *Book) {
	for _, p := range l.pages {
		s, id := p.section, p.successor
		if id == "" || b.sections[s.ID] != s {
			continue
		}
		if s.SupersededBy = b.sections[id]; s.SupersededBy == nil {
			at, _ := s.Key("superseded_by")
			l.errorf(at, "unknown-section", diag.DidYouMean(id, b.sectionIDs(), "write the id of a section"), "section %s does not exist", diag.Quote(id))
		}
	}
	l.successors(b)
	l.forms(b)
	for _, s := range b.Sections {
		for _, law := range s.Laws {
			law.Sections = append(law.Sections, s)
		}
		for _, r := range s.References {
			r.Sections = append(r.Sections, s)
		}
		for _, rule := range s.Rules {
			for _, law := range rule.Laws {
				law.Rules = append(law.Rules, rule)
			}
			for _, r := range rule.References {
				r.Rules = append(r.Rules, rule)
			}
		}
	}
	l.links(b)
	// Rules are rendered once their links are known.
	for _, s := range b.Sections {
		for i, rule := range s.Rules {
			rule.HTML = s.Doc.RuleHTML(i)
		}
	}
}

func (b *Book) sectionIDs() []string {
	out := make([]string, len(b.Sections))
	for i, s := range b.Sections {
		out[i] = s.ID
	}
	return out
}

// successors breaks chains of superseded sections that come back.
func (l *loader) successors(b *Book) {
	next := func(s *Section) []*Section {
		if s.SupersededBy == nil {
			return nil
		}
		return []*Section{s.SupersededBy}
	}
	for _, chain := range cycles(b.Sections, next, func(s, _ *Section) { s.SupersededBy = nil }) {
		ids := make([]string, len(chain))
		for i, s := range chain {
			ids[i] = s.ID
		}
		at, _ := chain[0].Key("superseded_by")
		l.errorf(at, "reference-cycle", "take one superseded_by out", "%s", chainText(ids, "is superseded by"))
	}
}
