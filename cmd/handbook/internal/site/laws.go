package site

import (
	"cmp"
	"html/template"
	"net/url"
	"slices"
	"strconv"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/staleness"
)

func lawsType() PageType {
	return PageType{Name: "laws", Path: "laws/index.html", list: lookUp,
		has:  func(s *builder) bool { return len(s.book.Laws) > 0 },
		make: func(s *builder, f Frame) page { return s.laws(f) }}
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
			p.Levels = append(p.Levels, LawLevel{ID: "_level-" + strconv.Itoa(len(p.Levels)+1), Title: s.levelTitle(l.Level)})
		}
		level := &p.Levels[len(p.Levels)-1]
		level.Laws = append(level.Laws, LawRow{Href: p.Root + escapePath(l.Path), Short: l.Short, Citation: l.Citation,
			Where: cmp.Or(s.places(l.Jurisdiction), s.lang.T("not-recorded")), Standing: s.lawStanding(l.Status), VerifiedOn: timeTag(s.lang, l.VerifiedOn), Count: len(s.book.LawUses(l).Sections)})
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

// An Entry is what the page of a law and that of a reference have in common.
type Entry struct {
	Frame
	Backlinks
	Turn
	Facts   Facts
	Notices []Notice
	Outside []Link // where it can be read
}

// A LawPage is handed to law.html.
type LawPage struct {
	Entry
	Law        *book.Law
	FullTitle  string // unless it is the title
	Amendments []Amendment
}

// An Amendment is a change of a law with its three dates.
type Amendment struct {
	Published, Effective, ComplyBy template.HTML
	Note, Source                   string
}

// law makes the page of a law.
func (s *builder) law(f Frame, i int) LawPage {
	l := s.book.Laws[i]
	p := LawPage{Entry: s.registerEntry(f, lawsType()), Law: l}
	p.Facts = Facts{
		{Term: s.lang.T("fact-citation"), Text: l.Citation},
		{Term: s.lang.T("fact-level"), Text: s.levelOf(l)},
		{Term: s.lang.T("fact-kind"), Text: s.known("law-kind-"+l.Kind, l.Kind)},
		{Term: s.lang.T("fact-standing"), Text: s.lawStanding(l.Status)},
		{Term: s.lang.T("fact-checked"), Text: s.verified(l.VerifiedOn)},
		{Term: s.lang.T("fact-confidence"), Text: s.confidence(l.Confidence)},
		{Term: s.lang.T("fact-areas"), Text: areaNames(l.Areas)},
	}
	if l.Title != l.Short {
		p.FullTitle = l.Title
	}
	p.Description = l.Governs
	p.Running = l.Short + " - " + s.handbook.Title
	switch l.Status {
	case "rescinded", "superseded":
		p.Notices = append(p.Notices, s.notice("stale", l.Status))
	case "uncertain":
		p.Notices = append(p.Notices, s.notice("due", l.Status))
	}
	p.Notices = append(p.Notices, s.remarks(l.Caution, l.VerifiedOn)...)
	for _, a := range l.Amended {
		p.Amendments = append(p.Amendments, Amendment{timeTag(s.lang, a.Published), timeTag(s.lang, a.Effective), timeTag(s.lang, a.ComplyBy), a.Note, a.Source})
	}
	uses := s.book.LawUses(l)
	p.Backlinks = Backlinks{s.lang.T("law-sections"), s.links(uses.Sections, p.Root), s.lang.T("law-rules"), s.ruleLines(uses.Rules, p.Root, false)}
	p.Outside = s.outside("outside-law", append([]string{l.URL}, l.Sources...)...)
	p.Turn = turn(s, s.book.Laws, i, func(l *book.Law) *Link { return &Link{Href: p.Root + escapePath(l.Path), Text: l.Short} })
	return p
}

// registerEntry begins the page of an entry of a register.
func (s *builder) registerEntry(f Frame, register PageType) Entry {
	f.Way = []Link{{Href: f.Root + "index.html", Text: s.handbook.Title}, {Href: f.Root + register.Path, Text: s.message("page-" + register.Name)}}
	f.menu = s.menuFor(f.Root, register.Path, "true")
	return Entry{Frame: f}
}

// remarks returns the caution of an entry, and the notice that it has not been
// checked for too long, which is shown from the first day on which that is true.
func (s *builder) remarks(caution string, verified date.Date) []Notice {
	var notices []Notice
	if caution != "" {
		notices = append(notices, Notice{Status: "due", Title: s.lang.T("notice-caution"), Text: caution})
	}
	every := s.book.Config.VerifyEvery
	switch {
	case every.IsZero():
	case verified.IsZero():
		notices = append(notices, s.notice("stale", "unchecked"))
	default:
		since := verified.Add(every).AddDays(1)
		n := s.notice("stale", "late", "period", s.period(every))
		n.Kind, n.Since, n.Holds = string(staleness.SourceUnverified), since.String(), !since.After(s.opt.Day)
		notices = append(notices, n)
	}
	return notices
}

// notice returns a remark with the words of a name.
func (s *builder) notice(status, name string, args ...any) Notice {
	return Notice{Status: status, Title: s.lang.T("notice-" + name), Text: s.lang.T("notice-"+name+"-why", args...)}
}

// outside lists addresses out of the site, each once, the first one with a
// message that says what is there.
func (s *builder) outside(first string, addresses ...string) []Link {
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
			text = s.lang.T(first, "host", u.Hostname())
		}
		links = append(links, Link{Href: a, Text: text})
	}
	return links
}
