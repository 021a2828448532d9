// Package staleness says what in a handbook can no longer be trusted, since
// when, and why.
//
// A section is more than old when its review date has passed. It is out of
// date when a law it applies was amended after the last review, when a
// reference it rests on was superseded, when its text is no longer the text
// that was signed off, or when nobody has checked its sources for too long.
// Each of these is a [Reason]: a [Kind], the days on which it holds, and a
// what a plain sentence that names the cause speaks
// of.
//
// # Days, not a day
//
// Reasons carry ranges of days, so that one answer serves every reader. [All]
// gives each reason that a section has or will have if nobody acts, and asks
// for no day. [Holding] picks those that hold on a day; a script in the page does
// the same with the reader's clock, so that a site which nobody rebuilt still
// turns stale. Every sentence has absolute dates and is true on every day of
// its range: it can be printed. [Timeline] gives the same facts as steps of a
// [Status], for lists that show many sections.
//
// A range runs from Since up to but not including Until. No Since means that
// the reason has always held or that its first day is not known, and no Until
// that it holds until somebody acts. Reasons speak of the handbook as it is
// written now. For a day before the last review they do not bring back what
// could have been said then: that is the work of an old edition.
//
// # Last review
//
// The last review is the latest of the days on which the section was
// reviewed, approved or drafted. "After the last review" is strict: a law
// amended on the day of the review was amended before the reviewer signed.
//
// An approval that is known to be of another text or of another version makes
// no text younger, so it does not count. One that holds no hash of its text
// counts: nothing speaks against it. Where no other day is recorded at all the
// approval counts in any case, because a day is better than none, and that it is
// of another text is a reason of its own.
//
// # The kinds
//
//	undated               no day of drafting, approval or review: always
//	overdue               from the day after last review + review_every
//	due-soon              the due_soon days before that, the due day included
//	law-amended           from the day on which an amendment of an applied law
//	                      took effect, if that is after the last review; and
//	                      always if the law is listed as rescinded or superseded
//	law-coming            from the day on which an amendment was published (if
//	                      unknown: always) until the day on which it takes
//	                      effect or must be followed
//	reference-superseded  from the day on which a cited reference was superseded
//	                      or withdrawn, if that is after the last review
//	text-changed          from the day of the latest review that recorded which
//	                      text was read, if the text is not that one any more
//	approval-text-changed from the day of the latest approval of this version that
//	                      recorded which text was approved, likewise
//	version-not-approved  only another version is approved, or no record says that
//	                      this one is: always
//	counsel-missing       counsel is asked for, and no sign-off is recorded: always
//	counsel-overdue       from the day after counsel's sign-off + counsel_every
//	counsel-text-changed  from the day of counsel's sign-off, likewise
//	unfilled              a place that only the agency can fill in is open: always
//	source-unverified     from the day after verified_on + verify_every of the
//	                      first applied law or reference, in one reason for
//	                      all of them; always for those never verified
//	not-yet-effective     until the day before effective
//	withdrawn             from the day of withdrawal on
//
// An undated section has no review to compare with, so law-amended and
// reference-superseded are not said of it: undated is said, and is as grave. A
// withdrawn section is no longer kept up, so from its withdrawal on withdrawn
// is its only reason and every other one ends. A section that is not yet in
// force has all the reasons it would have if it were: it can be out of date
// before it begins.
//
// # Amendments with three days
//
// An amendment is published, takes effect, and must be followed by a day.
// Where the day of effect is not known, the day of publication stands for it,
// and failing that the day by which it must be followed.
//
//   - Takes effect after the last review: law-coming until then, law-amended
//     from then on. If it must be followed only later, law-coming goes on
//     beside law-amended until that day.
//   - In effect at the last review, to be followed by a later day: law-coming
//     until that day and law-amended from it on, because until then the old
//     way was allowed, so that what the review approved may have been the old
//     way. A coming reason never ends well by itself: a review on or after the
//     day ends it.
//   - In effect at the last review but published only after it: law-amended
//     from publication on, since the reviewer could not know of it.
//   - In effect, published and to be followed by the last review: nothing.
//
// # References without a day
//
// Where the register says that a reference was superseded but not when, the
// year of its successor decides if the last review is of a later year. Else
// it cannot be known whether the review took the new one into account, and the
// reason always holds, until somebody records the day or reviews.
//
// What was superseded before the last review is no reason: the reviewer knew.
// [Notes] gives it as a calm remark to stand among the sources, and likewise
// that a reference rests on another that was superseded.
//
// # Texts and sign-offs
//
// Review, approval and counsel's sign-off are three clocks. Each record may hold
// a hash of the text that was signed ([book.Sign]), and each clock is judged by
// its own latest record that holds one: a later approval says nothing of what
// the reviewer read, nor a review of what the board approved. Where no record of
// a clock holds a hash, nothing is known and nothing is said. The day on which
// the text was changed is not recorded either, so the reason begins with the
// sign-off. The reason names what differs: the title, the summary or the text.
// A hash of the first scheme covers the body alone and is compared with that.
//
// An approval is of a version. One that does not say of which is taken to be of
// version 1 while the section is at version 1; else nobody can know which one was
// meant, and the reason says so. What is not approved at all has no such reason: pages call it "not yet
// approved", where its status is current.
//
// # Months
//
// A period of months keeps the day of the month, and takes the month's last
// day where there is no such day: twelve months after 29 February 2016 is
// 28 February 2017; one month after 31 January is the last of February. The
// due day itself is still in time. Thus a section reviewed on 1 June 2025 and
// every twelve months is due on 1 June 2026 and overdue from 2 June 2026.
//
// # Status
//
// [StatusOf] sums up: withdrawn, future (not yet in force), stale (do not rely
// on it unchecked), due (something is to be done: a review soon, a law about to
// change, a version to approve, a place to fill in) or current. That counsel never signed is said calmly and
// changes no status: it is so from the first day, and a mark that every section
// of a new handbook carries would hide the marks that tell sections apart.
//
// # Cases
//
// testdata/cases.json holds sections as source files, days, and what must be
// said on each. The tests here run it in Go; it is meant to be run against the
// script of the pages too. Its format is described in its first lines.
package staleness

import (
	"cmp"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

// A Kind names what makes a section less than current.
type Kind string

// The kinds, gravest first.
const (
	Withdrawn           Kind = "withdrawn"
	NotYetEffective     Kind = "not-yet-effective"
	Undated             Kind = "undated"
	Overdue             Kind = "overdue"
	LawAmended          Kind = "law-amended"
	ReferenceSuperseded Kind = "reference-superseded"
	TextChanged         Kind = "text-changed"
	ApprovalTextChanged Kind = "approval-text-changed"
	CounselTextChanged  Kind = "counsel-text-changed"
	CounselOverdue      Kind = "counsel-overdue"
	SourceUnverified    Kind = "source-unverified"
	VersionNotApproved  Kind = "version-not-approved"
	DueSoon             Kind = "due-soon"
	LawComing           Kind = "law-coming"
	Unfilled            Kind = "unfilled"
	CounselMissing      Kind = "counsel-missing"
)

// Kinds returns every kind, gravest first.
func Kinds() []Kind {
	return []Kind{
		Withdrawn, NotYetEffective,
		Undated, Overdue, LawAmended, ReferenceSuperseded, TextChanged, ApprovalTextChanged, CounselTextChanged, CounselOverdue, SourceUnverified,
		VersionNotApproved, DueSoon, LawComing, Unfilled, CounselMissing,
	}
}

// rank returns a kind's place among [Kinds]; what is no kind comes last.
func (k Kind) rank() int {
	kinds := Kinds()
	if i := slices.Index(kinds, k); i >= 0 {
		return i
	}
	return len(kinds)
}

// A Status is what the reasons of a section come to on a day.
type Status string

// The statuses, gravest first.
const (
	StatusWithdrawn Status = "withdrawn" // no longer in force
	StatusFuture    Status = "future"    // not yet in force
	StatusStale     Status = "stale"     // do not rely on it unchecked
	StatusDue       Status = "due"       // something is coming, or is to be done
	StatusCurrent   Status = "current"
)

// StatusUnapproved stands in lists and exports for [StatusCurrent] where no
// record says that the version is approved: "current" alone would sound like a
// policy in force.
const StatusUnapproved Status = "unapproved"

// Of returns the status of a section for lists and exports: itself, or
// [StatusUnapproved] in place of [StatusCurrent].
func (s Status) Of(section *book.Section) Status {
	if s == StatusCurrent && section.Unapproved() {
		return StatusUnapproved
	}
	return s
}

// Status returns what a kind alone makes of a section.
func (k Kind) Status() Status {
	switch k {
	case Withdrawn:
		return StatusWithdrawn
	case NotYetEffective:
		return StatusFuture
	case Undated, Overdue, LawAmended, ReferenceSuperseded, TextChanged, ApprovalTextChanged, CounselTextChanged, CounselOverdue, SourceUnverified:
		return StatusStale
	case VersionNotApproved, DueSoon, LawComing, Unfilled:
		return StatusDue
	}
	return StatusCurrent
}

// A Reason is one cause for doubt in a section, and the days on which it
// holds: from Since up to but not including Until. A zero Since is "always",
// a zero Until "until somebody acts".
//
// The rest is what a sentence about it speaks of. [Reason.Text] makes the
// sentence, in absolute dates, so that it is true whenever it is read between the
// two.
type Reason struct {
	Kind    Kind
	Since   date.Date
	Until   date.Date
	Because string // id of the law or reference that is the cause, or several with a space between, or ""

	Case              string    // which of the kind's sentences it is: "" for the usual one
	Name, Other       string    // of a law or reference, "" for one that readers are not told of; of what has taken its place
	Fate              string    // what became of a reference: superseded, superseded-by, withdrawn, replaced
	By                string    // who signed
	Day, Due          date.Date // on which it happened or will; by which something is or was due
	Last              date.Date // the last review, and
	Was               string    // what it was: reviewed, approved, drafted
	Version, Approved int       // of the section
	Count             int       // of places to fill in, or of sources
	Parts             string    // of the text that differ, with a space between
	Sources           *[]Source // the first to be checked first
}

// A Source is a law or reference that must be checked against its source.
type Source struct {
	Name string
	Due  date.Date // by which it is to be checked; zero if it never was
}

// Holds reports whether the reason holds on a day.
func (r Reason) Holds(day date.Date) bool {
	return !day.Before(r.Since) && (r.Until.IsZero() || day.Before(r.Until))
}

// All returns every reason that a section has or will have if nobody acts,
// gravest kind first, then by first day.
func All(b *book.Book, s *book.Section) []Reason {
	c := collector{config: b.Config, section: unnamed(s)}
	if c.config == nil {
		c.config = new(book.Config)
	}
	c.last, c.what = s.LastReview()
	c.dates()
	c.review()
	c.laws()
	c.references()
	c.text()
	c.approval()
	c.counsel()
	c.unfilled()
	c.section = s
	c.unverified()
	c.hiddenSources()
	if b.IsOutside() {
		c.reasons = forOutside(c.reasons)
	}
	slices.SortFunc(c.reasons, compare)
	return slices.CompactFunc(c.reasons, func(a, b Reason) bool { return compare(a, b) == 0 })
}

// compare orders reasons: gravest kind, first day, cause; the rest only makes
// the order total.
func compare(a, b Reason) int {
	if a.Kind != b.Kind {
		return cmp.Compare(a.Kind.rank(), b.Kind.rank())
	}
	if a.Since != b.Since {
		return a.Since.Compare(b.Since)
	}
	return cmp.Or(strings.Compare(a.Because, b.Because), a.Until.Compare(b.Until), strings.Compare(a.Case, b.Case),
		strings.Compare(a.Name, b.Name), strings.Compare(a.Other, b.Other), a.Day.Compare(b.Day), a.Due.Compare(b.Due))
}

// Holding returns those of the reasons that hold on a day, in their order.
func Holding(all []Reason, day date.Date) []Reason {
	var rs []Reason
	for _, r := range all {
		if r.Holds(day) {
			rs = append(rs, r)
		}
	}
	return rs
}

// StatusOf returns what reasons that hold on one day come to: the gravest of
// what each of them means, or [StatusCurrent] for none.
func StatusOf(reasons []Reason) Status {
	status := StatusCurrent
	for i := range reasons {
		status = graver(status, reasons[i].Kind.Status())
	}
	return status
}

// statusAt returns what those of the reasons that hold on a day come to.
func statusAt(all []Reason, day date.Date) Status {
	status := StatusCurrent
	for i := range all {
		if all[i].Holds(day) {
			status = graver(status, all[i].Kind.Status())
		}
	}
	return status
}

// graver returns the graver of two statuses.
func graver(a, b Status) Status {
	if b.rank() < a.rank() {
		return b
	}
	return a
}

// rank orders statuses, gravest first.
func (s Status) rank() int {
	switch s {
	case StatusWithdrawn:
		return 0
	case StatusFuture:
		return 1
	case StatusStale:
		return 2
	case StatusDue:
		return 3
	}
	return 4
}
