package site

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/staleness"
)

// A LawsPage is handed to laws.html.
type LawsPage struct {
	Frame
	Levels []LawLevel
}

// A LawLevel holds the laws of one level.
type LawLevel struct {
	ID, Title string
	Laws      []LawRow
}

// A LawRow is a law in the register.
type LawRow struct {
	Href, Short, Citation, Where, Standing string
	VerifiedOn                             template.HTML
	Count                                  int // of the sections that apply it
}

// laws makes the register of laws, by level.
func (s *builder) laws() LawsPage {
	p := LawsPage{Frame: s.topFrame("laws", "laws/index.html", "Laws")}
	p.Description = "Every law that this handbook applies, with its level and the day it was last checked."
	laws := slices.Clone(s.book.Laws)
	slices.SortStableFunc(laws, func(a, b *book.Law) int {
		return cmp.Or(cmp.Compare(levelRank(a.Level), levelRank(b.Level)), cmp.Compare(a.Level, b.Level), cmp.Compare(a.Jurisdiction, b.Jurisdiction))
	})
	for i, l := range laws {
		if i == 0 || l.Level != laws[i-1].Level {
			p.Levels = append(p.Levels, LawLevel{ID: "_level-" + strconv.Itoa(len(p.Levels)+1), Title: levelTitle(l.Level)})
		}
		level := &p.Levels[len(p.Levels)-1]
		level.Laws = append(level.Laws, LawRow{Href: p.Root + escapePath(l.Path), Short: l.Short, Citation: l.Citation,
			Where: firstOf(jurisdictions(l.Jurisdiction), "Not recorded"), Standing: lawStanding(l.Status), VerifiedOn: timeTag(l.VerifiedOn), Count: len(s.book.LawUses(l).Sections)})
	}
	return p
}

// levelRank orders the levels of law from the widest to the nearest.
func levelRank(level string) int {
	switch level {
	case "federal":
		return 0
	case "national":
		return 1
	case "state":
		return 2
	case "provincial":
		return 3
	case "local":
		return 4
	}
	return 5
}

// A Notice is a remark at the head of a register page. One with a Kind is
// shown only from Since on.
type Notice struct {
	Status, Kind, Since string
	Holds               bool
	Title, Text         string
	Link                *Link
}

// Backlinks are the sections and rules that a law or reference bears.
type Backlinks struct {
	SectionsTitle string
	Sections      SectionLinks
	RulesTitle    string
	Rules         RuleLines
}

// A LawPage is handed to law.html.
type LawPage struct {
	Frame
	Backlinks
	Turn
	Law        *book.Law
	FullTitle  string // unless it is the title
	Facts      Facts
	Notices    []Notice
	Amendments []Amendment
	Outside    []Link // where it can be read
}

// An Amendment is a change of a law with its three dates.
type Amendment struct {
	Published, Effective, ComplyBy template.HTML
	Note, Source                   string
}

// law makes the page of a law.
func (s *builder) law(i int) LawPage {
	l := s.book.Laws[i]
	p := LawPage{Frame: s.frame("law", l.Path, l.Short), Law: l, Facts: Facts{
		{Term: "Citation", Text: l.Citation},
		{Term: "Level", Text: levelOf(l)},
		{Term: "Kind", Text: lawKind(l.Kind)},
		{Term: "Standing", Text: lawStanding(l.Status)},
		{Term: "Last checked against its source", Text: s.verified(l.VerifiedOn)},
		{Term: "How sure we are", Text: confidence(l.Confidence)},
		{Term: "About", Text: areaNames(l.Areas)},
	}}
	if l.Title != l.Short {
		p.FullTitle = l.Title
	}
	p.Description = l.Governs
	p.Running = l.Short + " - " + s.handbook.Title
	p.Way = s.registerCrumbs(p.Root, "laws/index.html", "Laws")
	p.menu = s.menuFor(p.Root, "laws/index.html", "true")
	switch l.Status {
	case "rescinded":
		p.Notices = append(p.Notices, Notice{Status: "stale", Title: "Rescinded.", Text: "This law is no longer in force."})
	case "superseded":
		p.Notices = append(p.Notices, Notice{Status: "stale", Title: "Superseded.", Text: "Another law has taken the place of this one."})
	case "uncertain":
		p.Notices = append(p.Notices, Notice{Status: "due", Title: "Uncertain.", Text: "Ask counsel whether it still holds before you rely on it."})
	}
	if l.Caution != "" {
		p.Notices = append(p.Notices, Notice{Status: "due", Title: "Take care.", Text: l.Caution})
	}
	p.Notices = append(p.Notices, s.unverified(l.VerifiedOn.IsZero(), l.VerifiedOn.Add(s.book.Config.VerifyEvery).AddDays(1).String())...)
	for _, a := range l.Amended {
		p.Amendments = append(p.Amendments, Amendment{timeTag(a.Published), timeTag(a.Effective), timeTag(a.ComplyBy), a.Note, a.Source})
	}
	uses := s.book.LawUses(l)
	p.Backlinks = Backlinks{"Sections that apply it", s.links(uses.Sections, p.Root), "Rules that rest on it", s.ruleLines(uses.Rules, p.Root, false)}
	p.Outside = outside(append([]string{l.URL}, l.Sources...), "Official text or page")
	if i > 0 {
		p.Previous = &Link{Href: p.Root + escapePath(s.book.Laws[i-1].Path), Text: s.book.Laws[i-1].Short}
	}
	if i+1 < len(s.book.Laws) {
		p.Next = &Link{Href: p.Root + escapePath(s.book.Laws[i+1].Path), Text: s.book.Laws[i+1].Short}
	}
	return p
}

// unverified returns the notice that an entry has not been checked for too long,
// shown from the first day on which that is true.
func (s *builder) unverified(never bool, since string) []Notice {
	every := s.book.Config.VerifyEvery
	if every.IsZero() {
		return nil
	}
	if never {
		return []Notice{{Status: "stale", Title: "Not checked.", Text: "No check of this entry against its source is recorded."}}
	}
	return []Notice{{Status: "stale", Kind: string(staleness.SourceUnverified), Since: since, Holds: s.opt.Day.String() >= since,
		Title: "Not checked lately.", Text: "The last check of this entry against its source was more than " + every.String() + " ago."}}
}

// registerCrumbs returns the way to an entry of a register.
func (s *builder) registerCrumbs(root, path, title string) []Link {
	return []Link{{Href: root + "index.html", Text: s.handbook.Title}, {Href: root + path, Text: title}}
}

// outside lists addresses out of the site, the first one with a name of its
// own, each once.
func outside(addresses []string, first string) []Link {
	var links []Link
	seen := map[string]bool{}
	for i, a := range addresses {
		if a == "" || seen[a] {
			continue
		}
		seen[a] = true
		u, err := url.Parse(a)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" {
			continue
		}
		text := u.Hostname() + u.Path
		if i == 0 {
			text = first + ": " + u.Hostname()
		}
		links = append(links, Link{Href: a, Text: text})
	}
	return links
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
func (s *builder) references() ReferencesPage {
	p := ReferencesPage{Frame: s.topFrame("references", "references/index.html", "References")}
	p.Description = "The codes, manuals and articles that this handbook rests on."
	c := s.collator()
	refs := slices.Clone(s.book.References)
	slices.SortStableFunc(refs, func(a, b *book.Reference) int { return c.CompareString(sortName(a.Title), sortName(b.Title)) })
	for _, r := range refs {
		p.References = append(p.References, ReferenceRow{Href: p.Root + escapePath(r.Path), Title: r.Title, Publisher: r.Publisher, Year: r.Year,
			Standing: referenceStanding(r), VerifiedOn: timeTag(r.VerifiedOn), Count: len(s.book.ReferenceUses(r).Sections)})
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
func (s *builder) reference(i int) ReferencePage {
	r := s.book.References[i]
	p := ReferencePage{Frame: s.frame("reference", r.Path, r.Title), Reference: r}
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

// html returns the list, or nothing for none; with standing it says which of
// them are no longer current.
func (rs references) html(root string, standing bool) template.HTML {
	if len(rs) == 0 {
		return ""
	}
	var m markup
	m.raw(`<ul class="row">`)
	for _, r := range rs {
		m.raw("<li>")
		m.link(root+escapePath(r.Path), r.Title)
		if standing && !current(r) {
			m.text(" (" + lowerFirst(referenceStanding(r)) + ")")
		}
		m.raw("</li>")
	}
	m.raw("</ul>")
	return m.html()
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
