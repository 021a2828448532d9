package staleness

import (
	"slices"
	"strings"

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
		c.add(c.unchecked("never", date.Date{}, some))
	}
	if late := sources[never:]; len(late) > 0 {
		c.add(c.unchecked("", c.due(late[0]).AddDays(1), late))
	}
}

// unchecked returns the reason that some sources were not checked.
func (c *collector) unchecked(which string, since date.Date, some []basis) Reason {
	named := make([]Source, len(some))
	for i, s := range some {
		named[i] = Source{c.name(s), date.Date{}}
		if !s.on.IsZero() {
			named[i].Due = c.due(s)
		}
	}
	r := Reason{Kind: SourceUnverified, Since: since, Because: c.ids(some), Case: which, Count: len(some), Day: some[0].on, Due: named[0].Due, Sources: &named}
	switch n := len(some); {
	case some[n-1].on != r.Day:
		r.Case = "dates"
	case n > enough && n == len(c.section.Laws)+len(c.section.References):
		r.Case = strings.TrimPrefix(which+"-all", "-")
	}
	return r
}

// due returns the day by which a source is to be checked again.
func (c *collector) due(s basis) date.Date { return s.on.Add(c.config.VerifyEvery) }

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
