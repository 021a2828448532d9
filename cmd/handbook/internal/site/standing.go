package site

import (
	"html/template"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/staleness"
)

// A standing is what the site knows of a section's status.
type standing struct {
	status  staleness.Status   // on the day of the build
	ages    string             // "2026-11-21 current,2027-09-22 due": from that day on
	today   []staleness.Reason // that hold on the day of the build
	reasons []Reason           // that hold or will hold
}

// stand returns how a section stands. It is found out when it is first asked
// for, once: a preview that shows one page needs no more than the sections in
// its menu.
func (s *builder) stand(sec *book.Section) *standing { return s.entry[sec].stand() }

func (e *entry) stand() *standing {
	e.once.Do(func() {
		day := e.site.opt.Day
		all := staleness.All(e.site.book, e.section)
		steps := staleness.Timeline(all)
		e.status = staleness.StatusOn(steps, day)
		ages := append(day.Append(make([]byte, 0, 128)), ' ')
		ages = append(ages, e.status...)
		for _, step := range steps {
			if step.From.After(day) {
				ages = append(step.From.Append(append(ages, ',')), ' ')
				ages = append(ages, step.Status...)
			}
		}
		e.ages = string(ages)
		e.today = staleness.Holding(all, day)
		e.reasons = make([]Reason, 0, len(all))
		for _, r := range all {
			if r.Until.IsZero() || r.Until.After(day) { // else it is over for good: the day never goes back
				e.reasons = append(e.reasons, e.site.reason(e.section, r))
			}
		}
	})
	return &e.standing
}

// reasonsToday returns the reasons of a section that hold on the day of the build.
func (s *builder) reasonsToday(sec *book.Section) []staleness.Reason { return s.stand(sec).today }

// reason makes a reason ready for pages.
func (s *builder) reason(sec *book.Section, r staleness.Reason) Reason {
	out := Reason{Kind: string(r.Kind), Since: r.Since, Until: r.Until, Text: r.Text(s.lang), Holds: r.Holds(s.opt.Day)}
	see := func(path, what string) { out.causePath, out.Cause = escapePath(path), s.lang.T("see", "what", what) }
	if strings.Contains(r.Because, " ") {
		out.causePath, out.Cause = escapePath(sec.Path)+"#_page-sources", s.lang.T("see-rests-on")
	} else if t := sec.SupersededBy; t != nil && r.Kind == staleness.Withdrawn {
		see(t.Path, t.Name())
	} else if l := s.book.Law(r.Because); l != nil {
		see(l.Path, l.Short)
	} else if ref := s.book.Reference(r.Because); ref != nil {
		see(ref.Path, ref.Title)
	}
	return out
}

// A Reason is one reason as the page and its script have it.
type Reason struct {
	Kind         string
	Since, Until date.Date // zero for open
	Text         string
	Holds        bool   // on the day of the build
	Cause        string // what leads to the cause, or to what to read instead: "See HIPAA"

	causePath string // the cause's address from the root
}

// Reasons are the reasons of a section in a page: those that hold on the day
// and those that will, apart from those that ended before it.
type Reasons struct {
	List []Reason

	root string
}

// AnyHolds reports whether one of them holds on the day of the build.
func (rs Reasons) AnyHolds() bool {
	return slices.ContainsFunc(rs.List, func(r Reason) bool { return r.Holds })
}

// A Standing is a section's status with its reasons, as it stands in a page.
type Standing struct {
	site       *builder
	Ages       string
	Status     string
	Unapproved bool // nobody has approved the section
	Reasons    Reasons
}

// Word returns the status in a word or two.
func (s Standing) Word() string { return s.site.statusWord(staleness.Status(s.Status), s.Unapproved) }

// today leaves out the reasons that do not hold on the day of the build.
func (s Standing) today() Standing {
	var list []Reason
	for _, r := range s.Reasons.List {
		if r.Holds {
			list = append(list, r)
		}
	}
	s.Reasons.List = list
	return s
}

// standingOf returns a section's status and reasons for a page.
func (s *builder) standingOf(sec *book.Section, root string) Standing {
	st := s.stand(sec)
	return Standing{site: s, Ages: st.ages, Status: string(st.status), Unapproved: sec.Unapproved(), Reasons: Reasons{st.reasons, root}}
}

// A SectionLink is a link to a section in a list, with its status from day to
// day.
type SectionLink struct {
	*entry
	root string
	due  date.Date // the next review, in lists that say it
}

// Number returns the number of the section, or "".
func (l SectionLink) Number() string { return l.section.Number }

// Title returns the title of the section.
func (l SectionLink) Title() string { return l.section.Title }

// Name returns the number and the title.
func (l SectionLink) Name() string { return l.section.Name() }

// Summary returns the summary of the section, or "".
func (l SectionLink) Summary() string { return l.section.Summary }

// Href returns the address of the section.
func (l SectionLink) Href() string { return l.root + escapePath(l.section.Path) }

// Ages returns the status from day to day, as the script has it.
func (l SectionLink) Ages() string { return l.stand().ages }

// Status returns the status on the day of the build.
func (l SectionLink) Status() string { return string(l.stand().status) }

// Unapproved reports whether nobody has approved the section.
func (l SectionLink) Unapproved() bool { return l.section.Unapproved() }

// Word returns the status in a word or two.
func (l SectionLink) Word() string {
	return l.site.statusWord(l.stand().status, l.section.Unapproved())
}

// Due returns the day of the next review, or "".
func (l SectionLink) Due() template.HTML { return timeTag(l.site.lang, l.due) }

// Quiet reports whether the status needs no word in a list that is short of room.
func (l SectionLink) Quiet() bool { return l.stand().status == staleness.StatusCurrent }

// link returns the link to a section from a page.
func (e *entry) link(root string) SectionLink { return SectionLink{entry: e, root: root} }

// linkDue returns the link to a section with the day of its next review.
func (s *builder) linkDue(sec *book.Section, root string) SectionLink {
	l := s.entry[sec].link(root)
	if !s.gone(sec) {
		l.due = staleness.ReviewDue(sec)
	}
	return l
}

// links returns the links to sections from a page.
func (s *builder) links(secs []*book.Section, root string) SectionLinks {
	out := make(SectionLinks, len(secs))
	for i, sec := range secs {
		out[i] = s.entry[sec].link(root)
	}
	return out
}

// A Count is the number of sections with a status.
type Count struct {
	Status string
	Word   string // the status in a word or two
	Number int
}

// counts counts the sections by status, the best first, for a page that lists
// every section, so that the script can count again. What cannot be, because
// all sections are approved or none is, has no count.
func (s *builder) counts() []Count {
	number := map[staleness.Status]int{}
	approved, unapproved := false, false
	for _, sec := range s.book.Sections {
		number[s.stand(sec).status.Of(sec)]++
		if sec.Unapproved() {
			unapproved = true
		} else {
			approved = true
		}
	}
	var out []Count
	for _, st := range []staleness.Status{staleness.StatusCurrent, staleness.StatusUnapproved, staleness.StatusDue, staleness.StatusStale, staleness.StatusFuture, staleness.StatusWithdrawn} {
		if st == staleness.StatusCurrent && !approved || st == staleness.StatusUnapproved && !unapproved {
			continue
		}
		out = append(out, Count{string(st), s.statusWord(st, false), number[st]})
	}
	return out
}

// gone reports whether a section is withdrawn on the day of the build.
func (s *builder) gone(sec *book.Section) bool {
	return !sec.Withdrawn.IsZero() && !sec.Withdrawn.After(s.opt.Day)
}
