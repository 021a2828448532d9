package staleness

import (
	"slices"
	"strconv"

	"handbook/cmd/handbook/internal/date"
)

// A basis is a law or reference that must be checked against its source from
// time to time.
type basis struct {
	on    date.Date // the last check; zero for never
	place int       // among the section's laws and then its references
}

// enough is how many sources are named although they are all that the section
// has.
const enough = 3

// unverified adds that sources were not checked in time. Registers are checked
// in one go and a section rests on a dozen sources, so they make one reason
// together, which begins when the first of them is late, and one for those of
// which no check is recorded: a dozen like lines tell a reader less.
func (c *collector) unverified() {
	if c.config.VerifyEvery.IsZero() {
		return
	}
	var room [32]basis // most sections have fewer
	sources := room[:0]
	for _, l := range c.section.Laws {
		sources = append(sources, basis{l.VerifiedOn, len(sources)})
	}
	for _, r := range c.section.References {
		sources = append(sources, basis{r.VerifiedOn, len(sources)})
	}
	// What was checked first is due first. Those of one day stay in order.
	slices.SortStableFunc(sources, func(a, b basis) int { return a.on.Compare(b.on) })
	never := 0
	for never < len(sources) && sources[never].on.IsZero() {
		never++
	}
	if some := sources[:never]; len(some) > 0 {
		text := append(make([]byte, 0, 512), "No check of "...)
		text = append(c.appendNames(text, some), " against "+theirSource(some)+" is recorded."...)
		c.add(SourceUnverified, date.Date{}, date.Date{}, c.ids(some), string(text))
	}
	if late := sources[never:]; len(late) > 0 {
		c.add(SourceUnverified, c.due(late[0]).AddDays(1), date.Date{}, c.ids(late), c.late(late))
	}
}

// due returns the day by which a source is to be checked again.
func (c *collector) due(s basis) date.Date { return s.on.Add(c.config.VerifyEvery) }

// late reports sources by which day each is to be checked again.
func (c *collector) late(late []basis) string {
	text := make([]byte, 0, 2048) // does not outlive the sentence
	first := late[0]
	if last := late[len(late)-1]; last.on == first.on {
		was := " was"
		if len(late) > 1 {
			was = " were"
		}
		text = append(c.appendNames(text, late), was+" last checked against "+theirSource(late)+" on "+first.on.Long()+
			". The next check was due by "+c.due(first).Long()+"."...)
		return string(text)
	}
	text = append(text, "To be checked against their sources again by "...)
	var before date.Date
	for i, s := range late {
		switch due := c.due(s); {
		case i > 0 && due == before:
			text = append(text, "; "...)
		default:
			if i > 0 {
				text = append(text, ". By "...)
			}
			text = append(append(text, due.Long()...), ": "...)
			before = due
		}
		text = append(text, c.name(s)...)
	}
	return string(append(text, '.'))
}

// name returns what a source is called in a sentence.
func (c *collector) name(s basis) string {
	if laws := c.section.Laws; s.place < len(laws) {
		return lawName(laws[s.place])
	}
	return refName(c.section.References[s.place-len(c.section.Laws)])
}

// id returns a source's id.
func (c *collector) id(s basis) string {
	if laws := c.section.Laws; s.place < len(laws) {
		return laws[s.place].ID
	}
	return c.section.References[s.place-len(c.section.Laws)].ID
}

// appendNames lists sources within a sentence.
func (c *collector) appendNames(text []byte, some []basis) []byte {
	if n := len(some); n > enough && n == len(c.section.Laws)+len(c.section.References) {
		text = strconv.AppendInt(append(text, "All "...), int64(n), 10)
		return append(text, " laws and references that this section rests on"...)
	}
	for i, s := range some {
		switch {
		case i == 0:
		case i == len(some)-1:
			text = append(text, " and "...)
		default:
			text = append(text, "; "...)
		}
		text = append(text, c.name(s)...)
	}
	return text
}

func theirSource(some []basis) string {
	if len(some) == 1 {
		return "its source"
	}
	return "their sources"
}

// ids lists sources for programs.
func (c *collector) ids(some []basis) string {
	if len(some) == 1 {
		return c.id(some[0])
	}
	list := make([]byte, 0, 512) // does not outlive the list
	for i, s := range some {
		if i > 0 {
			list = append(list, ' ')
		}
		list = append(list, c.id(s)...)
	}
	return string(list)
}
