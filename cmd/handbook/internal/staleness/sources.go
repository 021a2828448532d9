package staleness

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/date"
)

// A source is a law or reference that must be checked against its source from
// time to time.
type source struct {
	id, name string
	on, due  date.Date // the last check and the day by which the next is due; zero for never
}

// enough is how many sources are named although they are all that the section
// has.
const enough = 3

// checked notes when a source of the section was last checked.
func (c *collector) checked(id, name string, on date.Date) {
	every := c.config.VerifyEvery
	if every.IsZero() {
		return
	}
	s := source{id: id, name: name, on: on}
	if !on.IsZero() {
		s.due = on.Add(every)
	}
	c.sources = append(c.sources, s)
}

// unverified adds that sources were not checked in time. Registers are checked
// in one go and a section rests on a dozen sources, so they make one reason
// together, which begins when the first of them is late, and one for those of
// which no check is recorded: a dozen like lines tell a reader less.
func (c *collector) unverified() {
	slices.SortStableFunc(c.sources, func(a, b source) int { return cmp.Or(a.due.Compare(b.due), a.on.Compare(b.on)) })
	late := c.sources
	for len(late) > 0 && late[0].on.IsZero() {
		late = late[1:]
	}
	if never := c.sources[:len(c.sources)-len(late)]; len(never) > 0 {
		c.add(SourceUnverified, date.Date{}, date.Date{}, ids(never), func() string {
			return "No check of " + c.names(never) + " against " + theirSource(never) + " is recorded."
		})
	}
	if len(late) > 0 {
		c.add(SourceUnverified, late[0].due.AddDays(1), date.Date{}, ids(late), func() string { return c.due(late) })
	}
}

// due tells of sources by which day each is to be checked again.
func (c *collector) due(late []source) string {
	first := late[0]
	if last := late[len(late)-1]; last.on == first.on {
		was := " was"
		if len(late) > 1 {
			was = " were"
		}
		return c.names(late) + was + " last checked against " + theirSource(late) + " on " + first.on.Long() +
			". The next check was due by " + first.due.Long() + "."
	}
	var sb strings.Builder
	sb.WriteString("To be checked against their sources again by ")
	for i, s := range late {
		switch {
		case i == 0:
			sb.WriteString(s.due.Long() + ": ")
		case s.due == late[i-1].due:
			sb.WriteString("; ")
		default:
			sb.WriteString(". By " + s.due.Long() + ": ")
		}
		sb.WriteString(s.name)
	}
	sb.WriteByte('.')
	return sb.String()
}

// names lists sources within a sentence.
func (c *collector) names(some []source) string {
	if n := len(some); n > enough && n == len(c.section.Laws)+len(c.section.References) {
		return "All " + strconv.Itoa(n) + " laws and references that this section rests on"
	}
	var sb strings.Builder
	for i, s := range some {
		switch {
		case i == 0:
		case i == len(some)-1:
			sb.WriteString(" and ")
		default:
			sb.WriteString("; ")
		}
		sb.WriteString(s.name)
	}
	return sb.String()
}

func theirSource(some []source) string {
	if len(some) == 1 {
		return "its source"
	}
	return "their sources"
}

// ids lists sources for programs.
func ids(some []source) string {
	if len(some) == 1 {
		return some[0].id
	}
	var sb strings.Builder
	for i, s := range some {
		if i > 0 {
			sb.WriteByte(' ')
		}
		sb.WriteString(s.id)
	}
	return sb.String()
}
