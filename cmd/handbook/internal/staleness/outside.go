package staleness

import (
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

// unnamed returns a section in which what its readers are not told of has no
// name, so that a reason can be made of it that does not give it away.
func unnamed(s *book.Section) *book.Section {
	if len(s.UnnamedLaws)+len(s.UnnamedReferences) == 0 {
		return s
	}
	with := *s
	with.Laws, with.References = slices.Clone(s.Laws), slices.Clone(s.References)
	for _, l := range s.UnnamedLaws {
		with.Laws = append(with.Laws, &book.Law{Status: l.Status, Amended: l.Amended, VerifiedOn: l.VerifiedOn})
	}
	for _, r := range s.UnnamedReferences {
		r = r.WithoutSuccessor()
		r.ID, r.Title = "", ""
		with.References = append(with.References, r)
	}
	return &with
}

// hiddenSources adds that a source of which the readers are not told was not
// checked in time: that of the one that is late first.
func (c *collector) hiddenSources() {
	var days []date.Date
	for _, l := range c.section.UnnamedLaws {
		days = append(days, l.VerifiedOn)
	}
	for _, r := range c.section.UnnamedReferences {
		days = append(days, r.VerifiedOn)
	}
	if c.config.VerifyEvery.IsZero() || len(days) == 0 {
		return
	}
	slices.SortFunc(days, date.Date.Compare)
	if days[0].IsZero() {
		c.add(Reason{Kind: SourceUnverified, Case: "unnamed-never"})
		days = slices.DeleteFunc(days, date.Date.IsZero)
	}
	if len(days) > 0 {
		due := days[0].Add(c.config.VerifyEvery)
		c.add(Reason{Kind: SourceUnverified, Since: due.AddDays(1), Case: "unnamed", Day: days[0], Due: due})
	}
}

// forOutside makes reasons fit for people outside the staff. What counsel has
// signed is none of their business; that a section is out of date is.
func forOutside(reasons []Reason) []Reason {
	out := reasons[:0]
	for _, r := range reasons {
		switch {
		case r.Kind == CounselTextChanged:
			r = Reason{Kind: TextChanged, Since: r.Since, Until: r.Until, Case: "outside", Day: r.Day}
		case r.Kind == CounselOverdue:
			r = Reason{Kind: Overdue, Since: r.Since, Until: r.Until, Case: "outside", Due: r.Due}
		case strings.HasPrefix(string(r.Kind), "counsel"):
			continue
		}
		out = append(out, r)
	}
	return out
}
