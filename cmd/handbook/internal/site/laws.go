package site

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/staleness"
)

func lawsType() PageType {
	return PageType{Name: "laws", Path: "laws/index.html", title: "Laws", list: lookUp,
		about: "Every law that this handbook applies, with its level and the day it was last checked.",
		has:   func(s *builder) bool { return len(s.book.Laws) > 0 },
		make:  func(s *builder, f Frame) page { return s.laws(f) }}
}

func lawType() PageType {
	return PageType{Name: "law", ownTitle: true, each: func(s *builder, l *pageList) {
		for i, law := range s.book.Laws {
			l.add(law.Path, law.Short, func(f Frame) page { return s.law(f, i) })
		}
	}}
}

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
func (s *builder) laws(f Frame) LawsPage {
	p := LawsPage{Frame: f}
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
			Where: firstOf(jurisdictions(l.Jurisdiction), "Not recorded"), Standing: lawStanding(l.Status), VerifiedOn: timeTag(s.lang, l.VerifiedOn), Count: len(s.book.LawUses(l).Sections)})
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
func (s *builder) law(f Frame, i int) LawPage {
	l := s.book.Laws[i]
	p := LawPage{Frame: f, Law: l, Facts: Facts{
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
		p.Amendments = append(p.Amendments, Amendment{timeTag(s.lang, a.Published), timeTag(s.lang, a.Effective), timeTag(s.lang, a.ComplyBy), a.Note, a.Source})
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
