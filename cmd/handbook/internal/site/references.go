package site

import (
	"html/template"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
)

func referencesType() PageType {
	return PageType{Name: "references", Path: "references/index.html", title: "References", list: lookUp,
		about: "The codes, manuals and articles that this handbook rests on.",
		has:   func(s *builder) bool { return len(s.book.References) > 0 },
		make:  func(s *builder, f Frame) page { return s.references(f) }}
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
	slices.SortStableFunc(refs, func(a, b *book.Reference) int { return c.CompareString(sortName(a.Title), sortName(b.Title)) })
	for _, r := range refs {
		p.References = append(p.References, ReferenceRow{Href: p.Root + escapePath(r.Path), Title: r.Title, Publisher: r.Publisher, Year: r.Year,
			Standing: referenceStanding(r), VerifiedOn: timeTag(s.lang, r.VerifiedOn), Count: len(s.book.ReferenceUses(r).Sections)})
	}
	return p
}

// A ReferencePage is handed to reference.html.
type ReferencePage struct {
	Frame
	Backlinks
	Turn
	Reference *book.Reference
	Facts     Facts
	Notices   []Notice
	Outside   []Link
}

// reference makes the page of a reference.
func (s *builder) reference(f Frame, i int) ReferencePage {
	r := s.book.References[i]
	p := ReferencePage{Frame: f, Reference: r}
	p.Description = r.About
	p.Way = s.registerCrumbs(p.Root, "references/index.html", "References")
	p.menu = s.menuFor(p.Root, "references/index.html", "true")
	if !current(r) {
		n := Notice{Status: "stale", Title: "No longer current.", Text: referenceStanding(r) + "."}
		if r.SupersededBy != nil {
			n.Link = &Link{Href: p.Root + escapePath(r.SupersededBy.Path), Text: "Read " + r.SupersededBy.Title}
		}
		p.Notices = append(p.Notices, n)
	}
	for _, base := range supersededBases(r) {
		p.Notices = append(p.Notices, Notice{Status: "due",
			Title: "Rests on a document that is no longer current.", Text: base.Title + " was " + lowerFirst(referenceStanding(base)) + ".",
			Link: &Link{Href: p.Root + escapePath(base.Path), Text: "Look at that document"}})
	}
	if r.Caution != "" {
		p.Notices = append(p.Notices, Notice{Status: "due", Title: "Take care.", Text: r.Caution})
	}
	p.Notices = append(p.Notices, s.unverified(r.VerifiedOn.IsZero(), r.VerifiedOn.Add(s.book.Config.VerifyEvery).AddDays(1).String())...)
	var restsOn, replaces references
	for _, base := range r.RestsOn {
		restsOn = append(restsOn, base)
	}
	for _, old := range s.book.References {
		if old.SupersededBy == r {
			replaces = append(replaces, old)
		}
	}
	p.Facts = Facts{
		{Term: "Also called", Text: strings.Join(r.AlsoCalled, "; ")},
		{Term: "Published by", Text: r.Publisher},
		{Term: "Year and edition", Text: details(r.Year, r.Edition)},
		{Term: "Standing", Text: referenceStanding(r)},
		{Term: "Last checked against its source", Text: s.verified(r.VerifiedOn)},
		{Term: "Rests on", HTML: restsOn.html(p.Root, true)},
		{Term: "Replaces", HTML: replaces.html(p.Root, false)},
		{Term: "How sure we are", Text: confidence(r.Confidence)},
	}
	uses := s.book.ReferenceUses(r)
	p.Backlinks = Backlinks{"Sections that cite it", s.links(uses.Sections, p.Root), "Rules that rest on it", s.ruleLines(uses.Rules, p.Root, false)}
	p.Outside = append(outside([]string{r.URL}, "Where it is published"), outside([]string{r.ArchivedURL}, "Archived copy")...)
	if i > 0 {
		p.Previous = &Link{Href: p.Root + escapePath(s.book.References[i-1].Path), Text: s.book.References[i-1].Title}
	}
	if i+1 < len(s.book.References) {
		p.Next = &Link{Href: p.Root + escapePath(s.book.References[i+1].Path), Text: s.book.References[i+1].Title}
	}
	return p
}

// references are references in a row of facts.
type references []*book.Reference

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

// referenceStanding returns the status of a reference in words.
func referenceStanding(r *book.Reference) string {
	switch {
	case current(r) && r.Caution != "":
		return "Current, with a caution"
	case current(r):
		return "Current"
	}
	words := "Superseded"
	if r.Status == "withdrawn" {
		words = "Withdrawn"
	}
	if !r.SupersededOn.IsZero() {
		words += " on " + r.SupersededOn.Long()
	}
	if r.SupersededBy != nil {
		if r.Status == "withdrawn" {
			words += " and replaced"
		}
		words += " by " + r.SupersededBy.Title
	}
	return words
}

// lowerFirst returns a text with its first letter small, unless that begins an
// abbreviation.
func lowerFirst(s string) string {
	if len(s) < 2 || s[0] < 'A' || s[0] > 'Z' || s[1] < 'a' || s[1] > 'z' {
		return s
	}
	return string(s[0]+'a'-'A') + s[1:]
}
