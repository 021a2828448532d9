package site

import (
	"html/template"
	"strings"
	"sync"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/staleness"
)

// A standing is what the site knows of a section's status. It is found out
// when it is first asked for, once: a preview that shows one page needs no more
// than the sections in its menu.
type standing struct {
	find    func()
	status  staleness.Status // on the day of the build
	ages    string           // "2026-11-21 current,2027-09-22 due": from that day on
	reasons []Reason         // that hold or will hold
	size    int              // about how many bytes of HTML they take
}

// stand gives how a section stands.
func (s *builder) stand(sec *book.Section) *standing {
	st := s.standing[sec]
	st.find()
	return st
}

// newStanding makes the standing of a section, to be found out later.
func (s *builder) newStanding(sec *book.Section) *standing {
	st := new(standing)
	st.find = sync.OnceFunc(func() {
		all := staleness.All(s.book, sec)
		steps := staleness.Timeline(all)
		st.status = staleness.StatusOn(steps, s.opt.Day)
		ages := append([]byte(s.opt.Day.String()+" "), st.status...)
		for _, step := range steps {
			if step.From.After(s.opt.Day) {
				ages = append(ages, ","+step.From.String()+" "...)
				ages = append(ages, step.Status...)
			}
		}
		st.ages = string(ages)
		st.reasons = make([]Reason, 0, len(all))
		for _, r := range all {
			if r.Until.IsZero() || r.Until.After(s.opt.Day) { // else it is over for good: the day never goes back
				st.reasons = append(st.reasons, s.reason(sec, r))
			}
		}
		for i := range st.reasons {
			st.size += 160 + len(st.reasons[i].Text)
		}
	})
	return st
}

// reason makes a reason ready for pages.
func (s *builder) reason(sec *book.Section, r staleness.Reason) Reason {
	out := Reason{Kind: string(r.Kind), Since: r.Since.String(), Until: r.Until.String(), Text: r.Text, Holds: r.Holds(s.opt.Day)}
	if strings.Contains(r.Because, " ") {
		out.causePath, out.Cause = escapePath(sec.Path)+"#_page-sources", "what this section rests on"
	} else if t := sec.SupersededBy; t != nil && r.Kind == staleness.Withdrawn {
		out.causePath, out.Cause = escapePath(t.Path), t.Name()
	} else if l := s.book.Law(r.Because); l != nil {
		out.causePath, out.Cause = escapePath(l.Path), l.Short
	} else if ref := s.book.Reference(r.Because); ref != nil {
		out.causePath, out.Cause = escapePath(ref.Path), ref.Title
	}
	return out
}

// A Reason is one reason as the page and its script have it.
type Reason struct {
	Kind, Since, Until, Text string
	Holds                    bool   // on the day of the build
	Cause                    string // the law or reference that is the cause, or what to read instead

	causePath string // the cause's address from the root
}

// Reasons are the reasons of a section in a page: those that hold on the day
// and those that will, apart from those that ended before it.
type Reasons struct {
	List []Reason

	root string
	size int
}

// AnyHolds tells whether one of them holds on the day of the build.
func (rs Reasons) AnyHolds() bool {
	for i := range rs.List {
		if rs.List[i].Holds {
			return true
		}
	}
	return false
}

// A Standing is a section's status with its reasons, as it stands in a page.
type Standing struct {
	Ages       string
	Status     string
	Unapproved bool // nobody has approved the section
	Reasons    Reasons
}

// Word gives the status in a word or two.
func (s Standing) Word() string { return statusWord(staleness.Status(s.Status), s.Unapproved) }

// today leaves out the reasons that do not hold on the day of the build.
func (s Standing) today() Standing {
	var list []Reason
	for _, r := range s.Reasons.List {
		if r.Holds {
			list = append(list, r)
		}
	}
	s.Reasons.List, s.Reasons.size = list, 0
	return s
}

// standingOf gives a section's status and reasons for a page.
func (s *builder) standingOf(sec *book.Section, root string) Standing {
	st := s.stand(sec)
	return Standing{Ages: st.ages, Status: string(st.status), Unapproved: unapproved(sec), Reasons: Reasons{st.reasons, root, st.size}}
}

// A SectionLink is a link to a section in a list, with its status from day to
// day.
type SectionLink struct {
	Number, Title, Summary, Href string
	Ages, Status                 string
	Due                          template.HTML // the day of the next review, or ""
	Current                      bool          // it is the page that the link stands in

	line       string // of a plain list, once it is written
	Unapproved bool   // nobody has approved it
}

// Name gives the number and the title.
func (l SectionLink) Name() string {
	if l.Number == "" {
		return l.Title
	}
	return l.Number + " " + l.Title
}

// Word gives the status in a word or two.
func (l SectionLink) Word() string { return statusWord(staleness.Status(l.Status), l.Unapproved) }

// Quiet tells whether the status needs no word in a list that is short of room.
func (l SectionLink) Quiet() bool { return l.Status == string(staleness.StatusCurrent) }

// link gives the link to a section from a page.
func (s *builder) link(sec *book.Section, root string) SectionLink {
	st := s.stand(sec)
	return SectionLink{Number: sec.Number, Title: sec.Title, Summary: sec.Summary, Href: root + escapePath(sec.Path),
		Ages: st.ages, Status: string(st.status), Unapproved: unapproved(sec)}
}

// linkDue gives the link to a section with the day of its next review.
func (s *builder) linkDue(sec *book.Section, root string) SectionLink {
	l := s.link(sec, root)
	if !s.gone(sec) {
		l.Due = timeTag(staleness.ReviewDue(sec))
	}
	return l
}

// links gives the links to sections from a page. A section is in the lists of
// every law and reference that it rests on, so link and line are kept.
func (s *builder) links(secs []*book.Section, root string) SectionLinks {
	out, drawn := make(SectionLinks, len(secs)), s.drawn(root)
	for i, sec := range secs {
		if l, ok := drawn.links.Load(sec); ok {
			out[i] = *l.(*SectionLink)
			continue
		}
		out[i] = s.link(sec, root)
		var m markup
		out[i].writeLine(&m, "", false)
		out[i].line = string(m.b)
		kept := out[i] // by itself, not with the whole list
		drawn.links.Store(sec, &kept)
	}
	return out
}

// A Count is the number of sections with a status.
type Count struct {
	Status     string
	Number     int
	Unapproved bool // nobody approved any section
}

// Word gives the status in a word or two. As long as some section is approved
// it counts days; how many are not approved is then said beside the counts.
func (c Count) Word() string { return statusWord(staleness.Status(c.Status), c.Unapproved) }

// counts counts the sections by status, the best first, for a page that lists
// every section, so that the script can count again.
func (s *builder) counts() []Count {
	number, none := map[staleness.Status]int{}, true
	for _, sec := range s.book.Sections {
		number[s.stand(sec).status]++
		none = none && unapproved(sec)
	}
	order := []staleness.Status{staleness.StatusCurrent, staleness.StatusDue, staleness.StatusStale, staleness.StatusFuture, staleness.StatusWithdrawn}
	out := make([]Count, len(order))
	for i, st := range order {
		out[i] = Count{string(st), number[st], none}
	}
	return out
}

// gone tells whether a section is withdrawn on the day of the build.
func (s *builder) gone(sec *book.Section) bool {
	return !sec.Withdrawn.IsZero() && !sec.Withdrawn.After(s.opt.Day)
}
