package export

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/staleness"

	ics "github.com/arran4/golang-ical"
)

// calendars gives reviews.ics and a calendar for each owner with a section.
func calendars(b *book.Book, day date.Date) []file {
	// Each event stands in two calendars and is written once.
	written := sync.OnceValues(func() ([][]byte, error) {
		all := make([][]byte, len(b.Sections))
		domain := domain(b)
		for i, s := range b.Sections {
			var err error
			if all[i], err = events(b, domain, dated(b, s, day), date.Date{}); err != nil {
				return nil, err
			}
		}
		return all, nil
	})
	own := make(map[string][]int) // places of sections, by owner
	for i, s := range b.Sections {
		if s.Owner != nil {
			own[s.Owner.ID] = append(own[s.Owner.ID], i)
		}
	}
	files := []file{{"reviews.ics", func() ([]byte, error) {
		all, err := written()
		if err != nil {
			return nil, err
		}
		return calendar(title(b)+": reviews", all)
	}}}
	for _, o := range b.Config.Owners {
		places := own[o.ID]
		if len(places) == 0 {
			continue
		}
		delete(own, o.ID) // an id given twice has one calendar
		files = append(files, file{"reviews/" + o.ID + ".ics", func() ([]byte, error) {
			all, err := written()
			if err != nil {
				return nil, err
			}
			some := make([][]byte, len(places))
			for i, place := range places {
				some[i] = all[place]
			}
			name := oneLine(o.Name)
			if name == "" {
				name = o.ID
			}
			return calendar(title(b)+": reviews by "+name, some)
		}})
	}
	return files
}

// dated gives the tasks of a section that have a day. A section that is
// withdrawn on the day has none.
func dated(b *book.Book, s *book.Section, day date.Date) []staleness.Task {
	if !s.Withdrawn.IsZero() && !s.Withdrawn.After(day) {
		return nil
	}
	return slices.DeleteFunc(staleness.Tasks(b, s), func(t staleness.Task) bool { return t.Day.IsZero() })
}

// serialization asks the library for what RFC 5545 asks of it, which is not
// its default.
func serialization() *ics.SerializationConfiguration {
	return &ics.SerializationConfiguration{MaxLength: 75, PropertyMaxLength: 75, NewLine: string(ics.WithNewLineWindows)}
}

// A written component is one or more components that were written before.
type written []byte

// UnknownPropertiesIANAProperties gives none: they are written.
func (written) UnknownPropertiesIANAProperties() []ics.IANAProperty { return nil }

// SubComponents gives none: they are written.
func (written) SubComponents() []ics.Component { return nil }

// SerializeTo writes the components.
func (c written) SerializeTo(w io.Writer, _ *ics.SerializationConfiguration) error {
	_, err := w.Write(c)
	return err
}

// calendar makes a calendar of written events.
func calendar(name string, events [][]byte) ([]byte, error) {
	cal := ics.NewCalendarFor("handbook")
	cal.SetProductId("-//handbook//Reviews//EN")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(name)
	size := 0
	for _, e := range events {
		size += len(e)
		cal.Components = append(cal.Components, written(e))
	}
	if size == 0 {
		// A calendar must have a component, so that one without events has
		// the time zone that it does not need.
		zone := cal.AddTimezone("UTC").AddStandard()
		zone.SetProperty(ics.ComponentPropertyDtStart, "19700101T000000")
		zone.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), "+0000")
		zone.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), "+0000")
	}
	buf := bytes.NewBuffer(make([]byte, 0, size+1024))
	err := cal.SerializeTo(buf, serialization())
	return buf.Bytes(), err
}

// domain gives what stands after the @ of the UIDs of a handbook.
func domain(b *book.Book) string { return identity(b) + ".handbook" }

// events writes the events of tasks. Those without a day stand on the day
// given for them.
func events(b *book.Book, domain string, tasks []staleness.Task, undated date.Date) ([]byte, error) {
	var buf bytes.Buffer
	for _, t := range tasks {
		if err := event(b, t, domain, undated).SerializeTo(&buf, serialization()); err != nil {
			return nil, err
		}
	}
	return buf.Bytes(), nil
}

// event makes the event of one task.
func event(b *book.Book, t staleness.Task, domain string, undated date.Date) *ics.VEvent {
	s := t.Section
	day, stamp, before := t.Day, t.Last, len(s.Reviews)
	if day.IsZero() {
		day, stamp = undated, undated
	}
	what, last := "Review", "Last review"
	if t.Work == staleness.Counsel {
		what, last, before = "Sign-off by counsel", "Last sign-off", 0
	}
	var text []string
	if t.Day.IsZero() {
		text = append(text, what+" has no recorded day: it is due at once.")
	} else {
		text = append(text, what+" is due by "+t.Day.Long()+".", last+": "+t.Last.Long()+".")
	}
	if name := oneLine(ownerName(s)); name != "" {
		text = append(text, "Owner: "+name+".")
	}
	e := ics.NewEvent(string(t.Work) + "-" + oneLine(s.ID) + "@" + domain)
	e.SetDtStampTime(stamp.Time())
	e.SetSequence(before) // a review moves the event, and clients take the higher number
	e.SetAllDayStartAt(day.Time())
	e.SetAllDayEndAt(day.AddDays(1).Time())
	e.SetSummary(what + ": " + oneLine(s.Name()))
	if url := absolute(b, s.Path); url != "" {
		e.SetURL(url)
		text = append(text, url)
	}
	e.SetDescription(strings.Join(text, "\n"))
	e.SetTimeTransparency(ics.TransparencyTransparent) // a due day does not make anybody busy
	return e
}

// midnight gives the first moment of a day in the form of RFC 3339.
func midnight(d date.Date) string { return d.Time().Format(time.RFC3339) }
