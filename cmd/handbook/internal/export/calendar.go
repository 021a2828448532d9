package export

import (
	"bytes"
	"cmp"
	"io"
	"slices"
	"strconv"
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
	// Each event stands in two calendars and is written once, all of them in
	// one piece of memory. ends tells where those of each section end.
	type all struct {
		events []byte
		ends   []int
	}
	written := sync.OnceValues(func() (all, error) {
		w := newEventWriter(b, l, date.Date{})
		size := len(b.Sections) * eventSize
		if !b.Config.CounselEvery.IsZero() {
			size *= 2
		}
		w.buf.Grow(size)
		ends := make([]int, len(b.Sections))
		for i, s := range b.Sections {
			for _, t := range dated(b, s, day) {
				w.event(t)
			}
			ends[i] = w.buf.Len()
		}
		return all{w.buf.Bytes(), ends}, w.err
	})
	own := make(map[string][]int) // places of sections, by owner
	for i, s := range b.Sections {
		if s.Owner != nil {
			own[s.Owner.ID] = append(own[s.Owner.ID], i)
		}
	}
	files := []file{{"reviews.ics", func(w io.Writer) error {
		all, err := written()
		if err != nil {
			return err
		}
		return calendar(w, l.T("calendar-reviews", "title", title(b, l)), all.events)
	}}}
	for _, o := range b.Config.Owners {
		places := own[o.ID]
		if len(places) == 0 {
			continue
		}
		delete(own, o.ID) // an id given twice has one calendar
		files = append(files, file{"reviews/" + o.ID + ".ics", func(w io.Writer) error {
			all, err := written()
			if err != nil {
				return err
			}
			some := make([][]byte, len(places))
			for i, place := range places {
				begin := 0
				if place > 0 {
					begin = all.ends[place-1]
				}
				some[i] = all.events[begin:all.ends[place]]
			}
			name := source.OneLine(o.Name)
			if name == "" {
				name = o.ID
			}
			return calendar(w, l.T("calendar-reviews-by", "title", title(b, l), "owner", name), some...)
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

// What RFC 5545 asks of a line, and about how many bytes an event takes.
const (
	newLine    = "\r\n"
	lineLength = 75
	eventSize  = 360
)

// serialization asks the library for lines as they should be, which is not its
// default.
func serialization() *ics.SerializationConfiguration {
	return &ics.SerializationConfiguration{MaxLength: lineLength, PropertyMaxLength: lineLength, NewLine: newLine}
}

// A written component is components that were written before, in pieces.
type written [][]byte

// UnknownPropertiesIANAProperties returns none: they are written.
func (written) UnknownPropertiesIANAProperties() []ics.IANAProperty { return nil }

// SubComponents returns none: they are written.
func (written) SubComponents() []ics.Component { return nil }

// SerializeTo writes the components.
func (c written) SerializeTo(w io.Writer, _ *ics.SerializationConfiguration) error {
	for _, piece := range c {
		if _, err := w.Write(piece); err != nil {
			return err
		}
	}
	return nil
}

// calendar writes a calendar of written events.
func calendar(w io.Writer, name string, events ...[]byte) error {
	cal := ics.NewCalendarFor("handbook")
	cal.SetProductId("-//handbook//Reviews//EN")
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(name)
	cal.Components = []ics.Component{written(events)}
	if !slices.ContainsFunc(events, func(e []byte) bool { return len(e) > 0 }) {
		// A calendar must have a component, so that one without events has
		// the time zone that it does not need.
		zone := cal.AddTimezone("UTC").AddStandard()
		zone.SetProperty(ics.ComponentPropertyDtStart, "19700101T000000")
		zone.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), "+0000")
		zone.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), "+0000")
	}
	return cal.SerializeTo(w, serialization())
}

// An eventWriter writes the events of tasks, one after the other. Most lines
// of an event are short and have nothing in them to escape; the others are
// left to the library.
type eventWriter struct {
	book    *book.Book
	lang    *lang.Language
	domain  string    // what stands after the @ of the UIDs of a handbook
	undated date.Date // where tasks without a day stand
	form    *ics.SerializationConfiguration
	buf     bytes.Buffer
	err     error  // the first error
	line    []byte // in the making
	text    []byte
}

func newEventWriter(b *book.Book, l *lang.Language, undated date.Date) *eventWriter {
	return &eventWriter{book: b, lang: l, domain: identity(b) + ".handbook", undated: undated, form: serialization()}
}

// property writes a property whose value is made of some parts.
func (w *eventWriter) property(name ics.Property, parts ...string) {
	w.line = append(append(w.line[:0], name...), ':')
	for _, p := range parts {
		w.line = append(w.line, p...)
	}
	value := w.line[len(name)+1:]
	if len(w.line) > lineLength || bytes.ContainsAny(value, "\\;,\n") {
		p := ics.BaseProperty{IANAToken: string(name), Value: string(value)}
		w.err = cmp.Or(w.err, p.SerializeTo(&w.buf, w.form))
		return
	}
	w.buf.Write(w.line)
	w.buf.WriteString(newLine)
}

// day writes a property that is a day, given with its parameters.
func (w *eventWriter) day(name string, day date.Date, time string) {
	w.buf.WriteString(name)
	w.buf.Write(day.Time().AppendFormat(w.buf.AvailableBuffer(), "20060102"))
	w.buf.WriteString(time)
	w.buf.WriteString(newLine)
}

// event writes the event of one task.
func (w *eventWriter) event(t staleness.Task) {
	s := t.Section
	day, stamp, before := t.Day, t.Last, len(s.Reviews)
	if day.IsZero() {
		day, stamp = w.undated, w.undated
	}
	if t.Work == staleness.Counsel {
		before = 0
	}
	message := "event-" + string(t.Work)
	text := w.text[:0]
	if t.Day.IsZero() {
		text = w.lang.AppendT(text, message+"-undated")
	} else {
		text = append(w.lang.AppendT(text, message+"-due", "due", t.Day), '\n')
		text = w.lang.AppendT(text, message+"-last", "day", t.Last)
	}
	if name := source.OneLine(ownerName(s)); name != "" {
		text = w.lang.AppendT(append(text, '\n'), "event-owner", "owner", name)
	}
	w.buf.WriteString("BEGIN:VEVENT" + newLine)
	w.property(ics.PropertyUid, string(t.Work), "-", source.OneLine(s.ID), "@", w.domain)
	w.day("DTSTAMP:", stamp, "T000000Z")
	w.property(ics.PropertySequence, strconv.Itoa(before)) // a review moves the event, and clients take the higher number
	w.day("DTSTART;VALUE=DATE:", day, "")
	w.day("DTEND;VALUE=DATE:", day.AddDays(1), "")
	w.property(ics.PropertySummary, w.lang.T(message, "section", source.OneLine(s.Name())))
	if url := absolute(w.book, s.Path); url != "" {
		w.property(ics.PropertyUrl, url)
		text = append(append(text, '\n'), url...)
	}
	w.property(ics.PropertyDescription, string(text))
	w.text = text
	w.buf.WriteString("TRANSP:TRANSPARENT" + newLine + "END:VEVENT" + newLine) // a due day does not make anybody busy
}

// midnight returns the first moment of a day in the form of RFC 3339.
func midnight(d date.Date) string { return d.Time().Format(time.RFC3339) }
