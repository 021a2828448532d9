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
func (c *collector) add(kind Kind, since, until date.Date, because, text string) {
	if w := c.section.Withdrawn; kind != Withdrawn && !w.IsZero() && (until.IsZero() || w.Before(until)) {
		until = w
	}
	if until.IsZero() || since.Before(until) {
		c.reasons = append(c.reasons, Reason{kind, since, until, text, because})
	}
}

// lastReview names the last review in the middle of a sentence, so that it
// can follow "after" and "before or after".
func (c *collector) lastReview() string {
	if c.what == "reviewed" {
		return "the last review on " + c.last.Long()
	}
	return "this section was " + c.what + " on " + c.last.Long()
}

// dates adds what follows from the section's own days alone.
func (c *collector) dates() {
	s := c.section
	if !s.Withdrawn.IsZero() {
		text := "Withdrawn on " + s.Withdrawn.Long() + "."
		if s.SupersededBy != nil {
			text += " Use " + source.OneLine(s.SupersededBy.Name()) + " instead."
		}
		c.add(Withdrawn, s.Withdrawn, date.Date{}, "", text)
	}
	if !s.Effective.IsZero() {
		takes := "takes"
		if _, standing := s.Approved(); standing == book.OtherApproved || standing == book.VersionUnknown {
			takes = "is to take"
		}
		c.add(NotYetEffective, date.Date{}, s.Effective, "", "This section "+takes+" effect on "+s.Effective.Long()+".")
	}
	if c.last.IsZero() {
		c.add(Undated, date.Date{}, date.Date{}, "", "No day is recorded on which this section was drafted, approved or reviewed.")
	}
}

// review adds what the review clock says.
func (c *collector) review() {
	due := ReviewDue(c.section)
	if due.IsZero() {
		return
	}
	soon := due.Add(date.Period{Months: -c.config.DueSoon.Months, Days: -c.config.DueSoon.Days})
	overdue, by := due.AddDays(1), due.Long()
	c.add(Overdue, overdue, date.Date{}, "", "Review was due by "+by+".")
	// A review asked for more often than due_soon is always due soon, but not
	// before the review from which it is counted.
	c.add(DueSoon, date.Max(soon, c.last), overdue, "", "Review is due by "+by+".")
}

// laws adds what applied laws have done or will do.
func (c *collector) laws() {
	for _, law := range c.section.Laws {
		switch law.Status {
		case "rescinded", "superseded":
			c.add(LawAmended, date.Date{}, date.Date{}, law.ID, lawName(law)+" is no longer in force: it is listed as "+law.Status+".")
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
	if effect.After(c.last) {
		var text string
		switch {
		case unknown:
			text = "A change to " + lawName(law) + " must be followed by " + effect.Long() + "."
		case follow.IsZero():
			text = lawName(law) + " changes on " + effect.Long() + "."
		default:
			text = lawName(law) + " changes on " + effect.Long() + ". The change must be followed by " + follow.Long() + "."
		}
		c.add(LawComing, a.Published, effect, law.ID, text)
	}
	if follow.After(c.last) {
		c.add(LawComing, date.Max(effect, a.Published), follow, law.ID,
			"The change to "+lawName(law)+" of "+effect.Long()+" must be followed by "+follow.Long()+".")
	}

	if c.last.IsZero() {
		return // there is no review that it could be after
	}
	switch {
	case effect.After(c.last):
		switch {
		case unknown && a.Published.IsZero():
			c.amended(effect, law, "A change to "+lawName(law)+" had to be followed by "+effect.Long())
		case unknown:
			c.amended(effect, law, "A change to "+lawName(law)+" was published on "+effect.Long())
		default:
			c.amended(effect, law, lawName(law)+" changed on "+effect.Long())
		}
	case a.Published.After(c.last):
		c.amended(a.Published, law, "A change to "+lawName(law)+", in effect since "+effect.Long()+", was published on "+a.Published.Long())
	case follow.After(c.last):
		c.amended(follow, law, "The change to "+lawName(law)+" of "+effect.Long()+" had to be followed by "+follow.Long())
	}
}

// amended adds that something happened to a law after the last review.
func (c *collector) amended(since date.Date, law *book.Law, happened string) {
	c.add(LawAmended, since, date.Date{}, law.ID, happened+", after "+c.lastReview()+".")
}

// references adds what cited references have become.
func (c *collector) references() {
	for _, r := range c.section.References {
		if !isSuperseded(r) || c.last.IsZero() || supersededBefore(r, c.last) {
			continue
		}
		// Where the day is not recorded the reason has no first day.
		text := refName(r) + " " + fate(r)
		if r.SupersededOn.IsZero() {
			text += ", on a day that is not recorded: before or after " + c.lastReview() + "."
		} else {
			text += " on " + r.SupersededOn.Long() + ", after " + c.lastReview() + "."
		}
		c.add(ReferenceSuperseded, r.SupersededOn, date.Date{}, r.ID, text)
	}
}

// text adds that the text is not the one that was reviewed.
func (c *collector) text() {
	if r := c.section.ReviewedText(); r != nil {
		if parts := c.section.Differs(r.Text); parts != nil {
			c.add(TextChanged, r.On, date.Date{}, "", changed(parts)+" since the review on "+r.On.Long()+".")
		}
	}
}

// changed begins a sentence about what has changed of a text.
func changed(parts []string) string {
	if len(parts) == 1 {
		return "The " + parts[0] + " has changed"
	}
	last := len(parts) - 1
	return "The " + strings.Join(parts[:last], ", the ") + " and the " + parts[last] + " have changed"
}

// approval adds that this version is not the one that was approved, or its text
// is not.
func (c *collector) approval() {
	s := c.section
	version := "Version " + strconv.Itoa(max(1, s.Version))
	switch a, standing := s.Approved(); standing {
	case book.OtherApproved:
		c.add(VersionNotApproved, date.Date{}, date.Date{}, "", version+" is not approved. Version "+strconv.Itoa(a.Version)+" was approved"+signature(a.SignOff)+".")
	case book.VersionUnknown:
		c.add(VersionNotApproved, date.Date{}, date.Date{}, "", "No record says that v"+version[1:]+" is approved. What was approved"+signature(a.SignOff)+" may be another one.")
	}
	if a := s.ApprovedText(); a != nil {
		if parts := s.Differs(a.Text); parts != nil {
			c.add(ApprovalTextChanged, a.On, date.Date{}, "", changed(parts)+" since the approval"+signature(a.SignOff)+".")
		}
	}
}

// signature says who signed and when: " by Board on 25 November 2026".
func signature(s book.SignOff) string {
	words := ""
	if by := source.OneLine(s.By); by != "" {
		words = " by " + by
	}
	if s.On.IsZero() {
		return words + ", on a day that is not recorded"
	}
	return words + " on " + s.On.Long()
}

// unfilled adds that places only the agency can fill in are open.
func (c *collector) unfilled() {
	if c.section.Doc == nil {
		return
	}
	switch n := len(c.section.Doc.Fills); n {
	case 0:
	case 1:
		c.add(Unfilled, date.Date{}, date.Date{}, "", "A place that only the agency can fill in is still open.")
	default:
		c.add(Unfilled, date.Date{}, date.Date{}, "", strconv.Itoa(n)+" places that only the agency can fill in are still open.")
	}
}

// counsel adds what counsel's clock says, where the handbook asks for counsel.
func (c *collector) counsel() {
	if c.config.CounselEvery.IsZero() {
		return
	}
	counsel := c.section.Counsel
	if counsel == nil || counsel.On.IsZero() {
		c.add(CounselMissing, date.Date{}, date.Date{}, "", "No sign-off by counsel is recorded.")
		return
	}
	due, signed := counsel.On.Add(c.config.CounselEvery), counsel.On.Long()
	if parts := c.section.Differs(counsel.Text); parts != nil {
		c.add(CounselTextChanged, counsel.On, date.Date{}, "", changed(parts)+" since counsel signed off on "+signed+".")
	}
	c.add(CounselOverdue, due.AddDays(1), date.Date{}, "", "Counsel signed off on "+signed+". The next sign-off was due by "+due.Long()+".")
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

// fate says what became of a reference: "was superseded by NASW Code (2021)".
func fate(r *book.Reference) string {
	switch {
	case r.Status == "withdrawn" && r.SupersededBy != nil:
		return "was withdrawn and replaced by " + refName(r.SupersededBy)
	case r.Status == "withdrawn":
		return "was withdrawn"
	case r.SupersededBy != nil:
		return "was superseded by " + refName(r.SupersededBy)
	}
	return "was superseded"
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
