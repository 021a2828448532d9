package site

import (
	"html/template"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
)

func referencesType() PageType {
	return PageType{Name: "references", Path: "references/index.html", list: lookUp,
		has:  func(s *builder) bool { return len(s.book.References) > 0 },
		make: func(s *builder, f Frame) page { return s.references(f) }}
}

func referenceType() PageType {
	return PageType{Name: "reference", ownTitle: true, each: func(s *builder, l *pageList) {
		for i, r := range s.book.References {
			l.add(r.Path, r.Title, func(f Frame) page { return s.reference(f, i) })
		}
	}}
}

// A ReferencesPage is handed to references.html.
type ReferencesPage struct {
	Frame
	References []ReferenceRow
}

// A ReferenceRow is a reference in the register.
type ReferenceRow struct {
	Href, Title, Publisher, Year, Standing string
	VerifiedOn                             template.HTML
	Count                                  int // of the sections that cite it
}

// references makes the register of references, in the order of titles.
func (s *builder) references(f Frame) ReferencesPage {
	p := ReferencesPage{Frame: f}
	c := s.collator()
	refs := slices.Clone(s.book.References)
	slices.SortStableFunc(refs, func(a, b *book.Reference) int {
		return c.CompareString(s.lang.SortName(a.Title), s.lang.SortName(b.Title))
	})
	for _, r := range refs {
		p.References = append(p.References, ReferenceRow{Href: p.Root + escapePath(r.Path), Title: r.Title, Publisher: r.Publisher, Year: r.Year,
			Standing: s.referenceStanding(r), VerifiedOn: timeTag(s.lang, r.VerifiedOn), Count: len(s.book.ReferenceUses(r).Sections)})
	}
	return p
}

// A ReferencePage is handed to reference.html.
type ReferencePage struct {
	Entry
	Reference *book.Reference
}

// reference makes the page of a reference.
func (s *builder) reference(f Frame, i int) ReferencePage {
	r := s.book.References[i]
	p := ReferencePage{Entry: s.registerEntry(f, referencesType()), Reference: r}
	p.Description = r.About
	if !current(r) {
		n := Notice{Status: "stale", Title: s.lang.T("notice-not-current"), Text: s.referenceStanding(r) + "."}
		if r.SupersededBy != nil {
			n.Link = &Link{Href: p.Root + escapePath(r.SupersededBy.Path), Text: s.lang.T("notice-read", "title", r.SupersededBy.Title)}
		}
		p.Notices = append(p.Notices, n)
	}
	for _, base := range supersededBases(r) {
		n := s.notice("due", "base", "title", base.Title, "standing", lowerFirst(s.referenceStanding(base)))
		n.Link = &Link{Href: p.Root + escapePath(base.Path), Text: s.lang.T("notice-look")}
		p.Notices = append(p.Notices, n)
	}
	p.Notices = append(p.Notices, s.remarks(r.Caution, r.VerifiedOn)...)
	var replaces []*book.Reference
	for _, old := range s.book.References {
		if old.SupersededBy == r {
			replaces = append(replaces, old)
		}
	}
	p.Facts = Facts{
		{Term: s.lang.T("fact-also"), Text: strings.Join(r.AlsoCalled, s.lang.Semicolon())},
		{Term: s.lang.T("fact-publisher"), Text: r.Publisher},
		{Term: s.lang.T("fact-year"), Text: details(r.Year, r.Edition)},
		{Term: s.lang.T("fact-standing"), Text: s.referenceStanding(r)},
		{Term: s.lang.T("fact-checked"), Text: s.verified(r.VerifiedOn)},
		{Term: s.lang.T("fact-rests"), HTML: s.referenceRow(r.RestsOn, p.Root, true)},
		{Term: s.lang.T("fact-replaces"), HTML: s.referenceRow(replaces, p.Root, false)},
		{Term: s.lang.T("fact-confidence"), Text: s.confidence(r.Confidence)},
	}
	uses := s.book.ReferenceUses(r)
	p.Backlinks = Backlinks{s.lang.T("reference-sections"), s.links(uses.Sections, p.Root), s.lang.T("reference-rules"), s.ruleLines(uses.Rules, p.Root, false)}
	p.Outside = append(s.outside("outside-reference", r.URL), s.outside("outside-archived", r.ArchivedURL)...)
	p.Turn = turn(s, s.book.References, i, func(r *book.Reference) *Link { return &Link{Href: p.Root + escapePath(r.Path), Text: r.Title} })
	return p
}

// current reports whether nothing in the register says that a reference is no
// longer the one to go by.
func current(r *book.Reference) bool {
	return r.Status != "superseded" && r.Status != "withdrawn" && r.SupersededBy == nil && r.SupersededOn.IsZero()
}

// supersededBases lists the documents that a reference rests on, directly or
// not, and that are no longer current, nearest first. A new edition that rests
// on the one it replaces is no news.
func supersededBases(r *book.Reference) []*book.Reference {
	var found []*book.Reference
	seen := map[*book.Reference]bool{r: true}
	for queue := r.RestsOn; len(queue) > 0; {
		var next []*book.Reference
		for _, base := range queue {
			if seen[base] {
				continue
			}
			seen[base] = true
			if !current(base) && base.SupersededBy != r {
				found = append(found, base)
			}
			next = append(next, base.RestsOn...)
		}
		queue = next
	}
	return found
}
