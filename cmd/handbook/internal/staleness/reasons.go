package staleness

import (
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/source"
)

// A collector gathers the reasons of one section.
type collector struct {
	config  *book.Config
	section *book.Section
	last    date.Date // the last review
	what    string    // what it was: reviewed, approved, drafted
	reasons []Reason
}

// add keeps a reason if there is a day on which it holds. The withdrawal of
// the section ends every reason but itself.
func (c *collector) add(r Reason) {
	if w := c.section.Withdrawn; r.Kind != Withdrawn && !w.IsZero() && (r.Until.IsZero() || w.Before(r.Until)) {
		r.Until = w
	}
	if r.Until.IsZero() || r.Since.Before(r.Until) {
		c.reasons = append(c.reasons, r)
	}
}

// dates adds what follows from the section's own days alone.
func (c *collector) dates() {
	s := c.section
	if !s.Withdrawn.IsZero() {
		r := Reason{Kind: Withdrawn, Since: s.Withdrawn, Day: s.Withdrawn}
		if s.SupersededBy != nil {
			r.Case, r.Other = "superseded", source.OneLine(s.SupersededBy.Name())
		}
		c.add(r)
	}
	if !s.Effective.IsZero() {
		r := Reason{Kind: NotYetEffective, Until: s.Effective, Day: s.Effective}
		if _, standing := s.Approved(); standing == book.OtherApproved || standing == book.VersionUnknown {
			r.Case = "proposed"
		}
		c.add(r)
	}
	if c.last.IsZero() {
		c.add(Reason{Kind: Undated})
	}
}

// review adds what the review clock says.
func (c *collector) review() {
	due := ReviewDue(c.section)
	if due.IsZero() {
		return
	}
	soon := due.Add(date.Period{Months: -c.config.DueSoon.Months, Days: -c.config.DueSoon.Days})
	overdue := due.AddDays(1)
	c.add(Reason{Kind: Overdue, Since: overdue, Due: due})
	// A review asked for more often than due_soon is always due soon, but not
	// before the review from which it is counted.
	c.add(Reason{Kind: DueSoon, Since: date.Max(soon, c.last), Until: overdue, Due: due})
}

// laws adds what applied laws have done or will do.
func (c *collector) laws() {
	for _, law := range c.section.Laws {
		switch law.Status {
		case "rescinded", "superseded":
			c.add(Reason{Kind: LawAmended, Because: law.ID, Case: law.Status, Name: lawName(law)})
		}
		for i := range law.Amended {
			c.amendment(law, &law.Amended[i])
		}
	}
}

// amendment adds what one amendment of an applied law means; see "Amendments
// with three days" in the package comment.
func (c *collector) amendment(law *book.Law, a *book.Amendment) {
	effect, follow := a.InForce(), a.ComplyBy
	if effect.IsZero() {
		effect = follow
	}
	if effect.IsZero() {
		return
	}
	if !follow.After(effect) {
		follow = date.Date{}
	}
	unknown := a.Effective.IsZero() // the day of effect

	// A law has old amendments, and nobody is helped by what once was coming
	// and had ended by the last review.
	coming := Reason{Kind: LawComing, Because: law.ID, Name: lawName(law), Day: effect, Due: follow}
	if effect.After(c.last) {
		r := coming
		r.Since, r.Until = a.Published, effect
		switch {
		case unknown:
			r.Case, r.Due = "undated", effect
		case !follow.IsZero():
			r.Case = "allowed"
		}
		c.add(r)
	}
	if follow.After(c.last) {
		r := coming
		r.Case, r.Since, r.Until = "changed", date.Max(effect, a.Published), follow
		c.add(r)
	}

	if c.last.IsZero() {
		return // there is no review that it could be after
	}
	r := c.since(Reason{Kind: LawAmended, Since: effect, Because: law.ID, Name: lawName(law), Day: effect, Due: follow})
	switch {
	case effect.After(c.last):
		switch {
		case unknown && a.Published.IsZero():
			r.Case, r.Due = "undated", effect
		case unknown:
			r.Case = "published"
		}
	case a.Published.After(c.last):
		r.Case, r.Since, r.Due = "late", a.Published, a.Published
	case follow.After(c.last):
		r.Case, r.Since = "followed", follow
	default:
		return
	}
	c.add(r)
}

// since says of a reason after what it came.
func (c *collector) since(r Reason) Reason {
	r.Last, r.Was = c.last, c.what
	return r
}

// references adds what cited references have become.
func (c *collector) references() {
	for _, r := range c.section.References {
		if !isSuperseded(r) || c.last.IsZero() || supersededBefore(r, c.last) {
			continue
		}
		// Where the day is not recorded the reason has no first day.
		reason := c.since(Reason{Kind: ReferenceSuperseded, Since: r.SupersededOn, Because: r.ID, Name: refName(r), Day: r.SupersededOn})
		reason.Fate, reason.Other = fate(r)
		if r.SupersededOn.IsZero() {
			reason.Case = "undated"
		}
		c.add(reason)
	}
}

// text adds that the text is not the one that was reviewed.
func (c *collector) text() {
	if r := c.section.ReviewedText(); r != nil {
		c.changed(TextChanged, r.SignOff)
	}
}

// changed adds that the text differs from the one that was signed.
func (c *collector) changed(kind Kind, signed book.SignOff) {
	if parts := c.section.Differs(signed.Text); parts != nil {
		c.add(Reason{Kind: kind, Since: signed.On, Day: signed.On, By: source.OneLine(signed.By), Parts: strings.Join(parts, " ")})
	}
}

// approval adds that this version is not the one that was approved, or its text
// is not.
func (c *collector) approval() {
	s := c.section
	switch a, standing := s.Approved(); standing {
	case book.OtherApproved, book.VersionUnknown:
		r := Reason{Kind: VersionNotApproved, Version: max(1, s.Version), Approved: a.Version, By: source.OneLine(a.By), Day: a.On}
		if standing == book.VersionUnknown {
			r.Case = "unknown"
		}
		c.add(r)
	}
	if a := s.ApprovedText(); a != nil {
		c.changed(ApprovalTextChanged, a.SignOff)
	}
}

// unfilled adds that places only the agency can fill in are open.
func (c *collector) unfilled() {
	if c.section.Doc == nil {
		return
	}
	if n := len(c.section.Doc.Fills); n > 0 {
		c.add(Reason{Kind: Unfilled, Count: n})
	}
}

// counsel adds what counsel's clock says, where the handbook asks for counsel.
func (c *collector) counsel() {
	if c.config.CounselEvery.IsZero() {
		return
	}
	counsel := c.section.Counsel
	if counsel == nil || counsel.On.IsZero() {
		c.add(Reason{Kind: CounselMissing})
		return
	}
	due := counsel.On.Add(c.config.CounselEvery)
	c.changed(CounselTextChanged, *counsel)
	c.add(Reason{Kind: CounselOverdue, Since: due.AddDays(1), Day: counsel.On, Due: due})
}

// isSuperseded reports whether the register says in any way that a reference is
// no longer the current one.
func isSuperseded(r *book.Reference) bool {
	return r.Status == "superseded" || r.Status == "withdrawn" || r.SupersededBy != nil || !r.SupersededOn.IsZero()
}

// supersededBefore reports whether a superseded reference was so on a day. Where
// only the successor's year is known, the day must be in a later year.
func supersededBefore(r *book.Reference, day date.Date) bool {
	if !r.SupersededOn.IsZero() {
		return !r.SupersededOn.After(day)
	}
	next := r.SuccessorYear()
	if len(next) < 4 {
		return false
	}
	year, err := strconv.Atoi(next[:4])
	return err == nil && year < day.Time().Year()
}

// fate returns what became of a reference, and what has taken its place.
func fate(r *book.Reference) (fate, other string) {
	if r.SupersededBy != nil {
		other = refName(r.SupersededBy)
	}
	switch {
	case r.Status == "withdrawn" && r.SupersededBy != nil:
		return "replaced", other
	case r.Status == "withdrawn":
		return "withdrawn", ""
	case r.SupersededBy != nil:
		return "superseded-by", other
	}
	return "superseded", ""
}

// lawName returns what a law is called in a sentence.
func lawName(l *book.Law) string { return firstName(l.Short, l.Title, l.ID) }

// refName returns what a reference is called in a sentence.
func refName(r *book.Reference) string { return firstName(r.Title, r.ID) }

func firstName(names ...string) string {
	for _, n := range names {
		if n = source.OneLine(n); n != "" {
			return n
		}
	}
	return ""
}
