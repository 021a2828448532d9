package export

import (
	"io"
	"slices"
	"sync"
	"time"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/source"
	"handbook/cmd/handbook/internal/staleness"

	ics "github.com/arran4/golang-ical"
)

// calendars returns reviews.ics and a calendar for each owner with a section.
func calendars(b *book.Book, l *lang.Language, day date.Date) []file {
	events := sync.OnceValue(func() [][]*ics.VEvent { // of each section; each stands in two calendars
		all := make([][]*ics.VEvent, len(b.Sections))
		for i, s := range b.Sections {
			for _, t := range dated(b, s, day) {
				all[i] = append(all[i], event(b, l, t, day))
			}
		}
		return all
	})
	own := make(map[string][]int) // places of sections, by owner
	for i, s := range b.Sections {
		if s.Owner != nil {
			own[s.Owner.ID] = append(own[s.Owner.ID], i)
		}
	}
	files := []file{{"reviews.ics", func(w io.Writer) error {
		return calendar(w, l.T("calendar-reviews", "title", title(b, l)), slices.Concat(events()...))
	}}}
	for _, o := range b.Config.Owners {
		places := own[o.ID]
		if len(places) == 0 {
			continue
		}
		delete(own, o.ID) // an id given twice has one calendar
		files = append(files, file{"reviews/" + o.ID + ".ics", func(w io.Writer) error {
			var some []*ics.VEvent
			for _, place := range places {
				some = append(some, events()[place]...)
			}
			name := source.OneLine(o.Name)
			if name == "" {
				name = o.ID
			}
			return calendar(w, l.T("calendar-reviews-by", "title", title(b, l), "owner", name), some)
		}})
	}
	return files
}

// dated returns the tasks of a section that have a day. A section that is
// withdrawn on the day has none.
func dated(b *book.Book, s *book.Section, day date.Date) []staleness.Task {
	if !s.Withdrawn.IsZero() && !s.Withdrawn.After(day) {
		return nil
	}
	return slices.DeleteFunc(staleness.Tasks(b, s), func(t staleness.Task) bool { return t.Day.IsZero() })
}

// calendar writes a calendar of events.
func calendar(w io.Writer, name string, events []*ics.VEvent) error {
	cal := ics.NewCalendarFor("handbook")
	cal.SetProductId("-//handbook//Reviews//EN")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(name)
	for _, e := range events {
		cal.AddVEvent(e)
	}
	if len(events) == 0 {
		// A calendar must have a component, so that one without events has
		// the time zone that it does not need.
		zone := cal.AddTimezone("UTC").AddStandard()
		zone.SetProperty(ics.ComponentPropertyDtStart, "19700101T000000")
		zone.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), "+0000")
		zone.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), "+0000")
	}
	// What RFC 5545 asks of a line is not the default of the library.
	return cal.SerializeTo(w, &ics.SerializationConfiguration{MaxLength: 75, PropertyMaxLength: 75, NewLine: "\r\n"})
}

// event makes the event of a task. One without a day stands on the day undated.
func event(b *book.Book, l *lang.Language, t staleness.Task, undated date.Date) *ics.VEvent {
	s := t.Section
	day, stamp, before := t.Day, t.Last, len(s.Reviews)
	if day.IsZero() {
		day, stamp = undated, undated
	}
	if t.Work == staleness.Counsel {
		before = 0
	}
	message := "event-" + string(t.Work)
	text := l.T(message + "-undated")
	if !t.Day.IsZero() {
		text = l.T(message+"-due", "due", t.Day) + "\n" + l.T(message+"-last", "day", t.Last)
	}
	if name := source.OneLine(ownerName(s)); name != "" {
		text += "\n" + l.T("event-owner", "owner", name)
	}
	e := ics.NewEvent(string(t.Work) + "-" + source.OneLine(s.ID) + "@" + identity(b) + ".handbook")
	e.SetDtStampTime(stamp.Time())
	e.SetSequence(before) // a review moves the event, and clients take the higher number
	e.SetAllDayStartAt(day.Time())
	e.SetAllDayEndAt(day.AddDays(1).Time())
	e.SetSummary(l.T(message, "section", source.OneLine(s.Name())))
	if url := absolute(b, s.Path); url != "" {
		e.SetURL(url)
		text += "\n" + url
	}
	e.SetDescription(text)
	e.SetTimeTransparency(ics.TransparencyTransparent) // a due day does not make anybody busy
	return e
}

// midnight returns the first moment of a day in the form of RFC 3339.
func midnight(d date.Date) string { return d.Time().Format(time.RFC3339) }
