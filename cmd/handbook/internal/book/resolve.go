package book

import (
	"handbook/cmd/handbook/internal/diag"
)

// resolve looks up what one page says of another: successors, forms and links.
func (l *loader) resolve(b *Book) {
	for _, p := range l.pages {
		s, id := p.section, p.successor
		if id == "" || b.sections[s.ID] != s {
			continue
		}
		at, _ := s.Key("superseded_by")
		if s.SupersededBy = b.sections[id]; s.SupersededBy == nil && l.barredID(id) {
			l.errorf(at, "edition-link", "take those who may not read that section out of audience:, for this one is no longer true", "the section %s that supersedes it is not in the edition for %s", diag.Quote(id), b.Edition.Name())
		} else if s.SupersededBy == nil {
			l.errorf(at, "unknown-section", diag.DidYouMean(id, IDs(b.Sections), "write the id of a section"), "section %s does not exist", diag.Quote(id))
		}
	}
	l.successors(b)
	l.forms(b)
	l.links(b)
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
		at, _ := chain[0].Key("superseded_by")
		l.errorf(at, "reference-cycle", "take one superseded_by out", "%s", chainText(IDs(chain), "is superseded by"))
	}
}
