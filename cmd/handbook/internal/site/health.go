package site

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/staleness"
)

func healthType() PageType {
	return PageType{Name: "health", Path: "health.html", list: howItStands,
		// What is due is the staff's affair.
		has:  func(s *builder) bool { return len(s.book.Sections) > 0 && !s.book.IsOutside() },
		make: func(s *builder, f Frame) page { return s.health(f) }}
}

// A HealthPage is handed to health.html.
type HealthPage struct {
	Frame
	Counts   []Count
	Timeline Timeline
	Owners   []OwnerHealth
	Gaps     Gaps
}

// An OwnerHealth holds the sections of one owner.
type OwnerHealth struct {
	ID, Name string
	Contact  template.HTML
	Rows     HealthRows
}

// A HealthRow is a section with its reasons.
type HealthRow struct {
	SectionLink
	Reasons Reasons
}

// health makes the page that tells what can be relied on.
func (s *builder) health(f Frame) HealthPage {
	p := HealthPage{Frame: f, Counts: s.counts(), Timeline: s.timeline(f.Root), Gaps: s.gaps(f.Root)}
	add := func(id, name string, contact template.HTML, mine func(*book.Section) bool) {
		o := OwnerHealth{ID: id, Name: name, Contact: contact}
		for _, sec := range s.book.Sections {
			if mine(sec) {
				o.Rows = append(o.Rows, HealthRow{s.linkDue(sec, p.Root), s.standingOf(sec, p.Root).Reasons})
			}
		}
		if o.Rows != nil {
			p.Owners = append(p.Owners, o)
		}
	}
	add("_owner-none", s.lang.T("health-nobody"), "", func(sec *book.Section) bool { return sec.Owner == nil })
	for i := range s.book.Config.Owners {
		o := &s.book.Config.Owners[i]
		add("_owner-"+strconv.Itoa(i+1), capital(s.ownerWords(o)), s.contact(o), func(sec *book.Section) bool { return sec.Owner != nil && sec.Owner.ID == o.ID })
	}
	return p
}

// contact returns how an owner is reached.
func (s *builder) contact(o *book.Owner) template.HTML {
	var ways []string
	add := func(key, known string) {
		if v, open := s.book.Config.OpenValue("owners." + o.ID + "." + key); open {
			ways = append(ways, markdown.OpenPlace(s.lang, v.Prompt))
		} else if known != "" {
			ways = append(ways, known)
		}
	}
	add("email", mailLink(o.Email))
	add("phone", template.HTMLEscapeString(o.Phone))
	return template.HTML(strings.Join(ways, ", "))
}

// A Timeline is the reviews that fall due, as a picture and as a table.
type Timeline struct {
	Width, Height, Base int
	Alternative         string
	Summary             string
	Bars                []Bar
	Months              []Month // those with reviews, and what comes before and after them
}

// A Bar is a month in the picture.
type Bar struct {
	Class               string
	X, Y, Width, Height int
	Middle, LabelY      int
	Number              int
	Name                string
	NameY, YearY        int
	Year                string // in its first month
}

// A Month is a row of the table.
type Month struct {
	Name string
	Due  SectionLinks
}

// months is how far the timeline looks ahead.
const months = 24

// timeline sorts the sections by the month in which their review falls due.
func (s *builder) timeline(root string) Timeline {
	first := s.opt.Day.AddDays(1 - s.opt.Day.Time().Day())
	var overdue, undated, later SectionLinks
	var due [months]SectionLinks
	type dated struct {
		section *book.Section
		due     date.Date
	}
	secs := make([]dated, len(s.book.Sections))
	for i, sec := range s.book.Sections {
		secs[i] = dated{sec, staleness.ReviewDue(sec)}
	}
	slices.SortStableFunc(secs, func(a, b dated) int { return a.due.Compare(b.due) })
	for _, d := range secs {
		sec, day := d.section, d.due
		if s.gone(sec) || sec.ReviewEvery.IsZero() || !sec.Withdrawn.IsZero() && !day.Before(sec.Withdrawn) {
			continue // nobody will review it
		}
		l := s.linkDue(sec, root)
		switch m := monthsBetween(first, day); {
		case day.IsZero():
			undated = append(undated, l)
		case day.Before(s.opt.Day):
			overdue = append(overdue, l)
		case m < months:
			due[m] = append(due[m], l)
		default:
			later = append(later, l)
		}
	}
	t := Timeline{}
	row := func(name string, list SectionLinks) {
		if len(list) > 0 {
			t.Months = append(t.Months, Month{name, list})
		}
	}
	row(s.lang.T("health-undated"), undated)
	row(s.lang.T("health-overdue"), overdue)
	ahead := 0
	for i := range due {
		row(s.lang.Month(first.AddMonths(i)), due[i])
		ahead += len(due[i])
	}
	row(s.lang.T("health-later"), later)
	late := len(overdue) + len(undated)
	t.Summary = s.lang.T("health-reviews", "day", s.opt.Day, "late", late, "ahead", ahead, "month", s.lang.Month(first.AddMonths(months-1)))
	t.Alternative = t.Summary
	t.draw(s.lang, first, late, due[:])
	return t
}

// monthsBetween counts the months from the month of a to that of b.
func monthsBetween(a, b date.Date) int {
	x, y := a.Time(), b.Time()
	return 12*(y.Year()-x.Year()) + int(y.Month()-x.Month())
}

// draw places the bars: what is overdue, a gap, then a bar for each month.
func (t *Timeline) draw(l *lang.Language, first date.Date, late int, due []SectionLinks) {
	const left, step, width, top, tall = 76, 29, 20, 24, 120
	most := late
	for _, d := range due {
		most = max(most, len(d))
	}
	unit := tall
	if most > 0 {
		unit = min(18, max(1, tall/most))
	}
	t.Base = top + min(tall, max(unit*most, 40))
	t.Width, t.Height = left+step*len(due)+8, t.Base+46
	bar := func(class string, x, n int, name, year string) {
		h := min(tall, unit*n)
		t.Bars = append(t.Bars, Bar{Class: class, X: x, Y: t.Base - h, Width: width, Height: h, Middle: x + width/2,
			LabelY: t.Base - h - 6, Number: n, Name: name, NameY: t.Base + 18, YearY: t.Base + 36, Year: year})
	}
	bar("late", 22, late, l.T("health-overdue"), "")
	for i, d := range due {
		day := first.AddMonths(i)
		year := ""
		if i == 0 || day.Time().Month() == time.January {
			year = strconv.Itoa(day.Time().Year())
		}
		bar("bar", left+step*i, len(d), l.MonthLetter(day), year)
	}
}
