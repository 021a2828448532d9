package book

import (
	"slices"
	"strings"
	"unicode"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/record"
)

// A SignOff records that somebody read the text as it was on a day.
type SignOff struct {
	On   date.Date
	By   string
	Text string // the text's hash on that day, see [Scheme], or "" if not recorded
	Pos  diag.Pos
}

// A Review is an honest record that a section was looked at.
type Review struct {
	SignOff
	Outcome string   // no-change, editorial, substantive
	Checked []string // of [Checks]
}

// Outcomes are what can come of a review.
func Outcomes() []string { return reviewKeys.Find("outcome").Values }

// Checks are what a review can say that was checked.
func Checks() []string { return reviewKeys.Find("checked").Values }

// An Approval records that a board or somebody else approved a version of the
// section.
type Approval struct {
	SignOff
	Version int // 0 if not recorded
}

// Standing is how far the approvals of a section cover its version.
type Standing int

// What approvals can come to.
const (
	NotApproved    Standing = iota // there is none
	Approved                       // this version is approved
	OtherApproved                  // only another version is
	VersionUnknown                 // an approval does not say of which version it is
	TextChanged                    // this version is approved, and its text is not the approved one any more
)

// Approved returns the approval that counts for the section as it is, and how far
// it covers its version: the latest of this version, else the latest of all, or
// nil if there is none.
//
// An approval that does not say of which version it is counts as long as the
// section is at version 1. Else nobody can know which one was meant: a version
// claims more than its text, such as what has changed and from when it holds.
func (s *Section) Approved() (*Approval, Standing) {
	standing := OtherApproved
	var found *Approval
	for i := len(s.Approvals) - 1; i >= 0; i-- {
		a := &s.Approvals[i]
		switch {
		case s.approves(a):
			if t := s.ApprovedText(); t != nil && s.Differs(t.Text) != nil {
				return a, TextChanged
			}
			return a, Approved
		case found == nil:
			found = a
			if a.Version == 0 {
				standing = VersionUnknown
			}
		}
	}
	if found == nil {
		return nil, NotApproved
	}
	return found, standing
}

// approves reports whether an approval is of this version of the section.
func (s *Section) approves(a *Approval) bool {
	now := max(1, s.Version)
	if a.Version == 0 {
		return now == 1
	}
	return a.Version == now
}

// Unapproved reports whether no record says that this version is approved.
func (s *Section) Unapproved() bool {
	_, standing := s.Approved()
	return standing != Approved && standing != TextChanged
}

// ApprovedText returns the latest approval of this version that holds a hash of
// what was approved, or nil.
func (s *Section) ApprovedText() *Approval {
	for i := len(s.Approvals) - 1; i >= 0; i-- {
		if a := &s.Approvals[i]; a.Text != "" && s.approves(a) {
			return a
		}
	}
	return nil
}

// ReviewedText returns the latest review that holds a hash of what was read, or
// nil. Of the reviews of one day the last counts.
func (s *Section) ReviewedText() *Review {
	for i := len(s.Reviews) - 1; i >= 0; i-- {
		if r := &s.Reviews[i]; r.Text != "" {
			return r
		}
	}
	return nil
}

// InForceSince returns the day from which the section holds: effective, else
// the day of approval. It is zero for a version or a text that is not approved:
// whatever day is written, it is only proposed, and in force for nobody.
func (s *Section) InForceSince() date.Date {
	a, standing := s.Approved()
	switch {
	case standing != Approved:
		return date.Date{}
	case !s.Effective.IsZero():
		return s.Effective
	}
	return a.On
}

// LastReview returns the latest of the reviews, approvals and drafted, with a
// word for what it was: "reviewed", "approved", "drafted", or "" for none. An
// approval that is known to be of another version or another text says nothing
// of how old this text is, so it only counts where there is no other day.
func (s *Section) LastReview() (date.Date, string) {
	day, what := s.Drafted, "drafted"
	if day.IsZero() {
		what = ""
	}
	for i := range s.Approvals {
		a := &s.Approvals[i]
		if known := a.Version != 0 && !s.approves(a) || s.Differs(a.Text) != nil; !known && !a.On.IsZero() && !a.On.Before(day) {
			day, what = a.On, "approved"
		}
	}
	for i := range s.Reviews {
		if on := s.Reviews[i].On; !on.Before(day) {
			day, what = on, "reviewed"
		}
	}
	if n := len(s.Approvals); what == "" && n > 0 {
		if on := s.Approvals[n-1].On; !on.IsZero() {
			day, what = on, "approved"
		}
	}
	return day, what
}

// signedByBody reports whether some record of the section holds a hash of the
// first scheme.
func (s *Section) signedByBody() bool {
	return s.Counsel != nil && BodyOnly(s.Counsel.Text) ||
		slices.ContainsFunc(s.Reviews, func(r Review) bool { return BodyOnly(r.Text) }) ||
		slices.ContainsFunc(s.Approvals, func(a Approval) bool { return BodyOnly(a.Text) })
}

// signOffs reads the reviews, the approvals and counsel's sign-off.
func (p *page) signOffs(s *Section, m *record.Map) {
	approved := m.Value("approved")
	approvals := []record.Value{approved}
	if approved.IsList() {
		approvals = approved.List("approved")
	}
	for _, v := range approvals {
		am := v.Map("approved", approvalKeys.Names()...)
		if am == nil {
			continue
		}
		at := v.Pos()
		signed(am, "approved", "write {on: YYYY-MM-DD, by: name or body}")
		a := Approval{SignOff: signOff(am, at, "handbook approve "+s.ID+" --by NAME"), Version: approvalKeys.number(am, "version", 0)}
		p.notBefore(am, "on", "approved", a.On, m, "drafted", s.Drafted)
		if !a.On.IsZero() || a.By != "" {
			s.Approvals = append(s.Approvals, a)
		}
	}
	slices.SortStableFunc(s.Approvals, func(x, y Approval) int { return x.On.Compare(y.On) })

	for _, v := range m.Value("reviews").List("reviews") {
		rm := v.Map("a review", reviewKeys.Names()...)
		if rm == nil {
			continue
		}
		r := Review{SignOff: signOff(rm, v.Pos(), "handbook review "+s.ID+" --by NAME --outcome OUTCOME"), Outcome: reviewKeys.choice(rm, "outcome"), Checked: rm.Choices("checked", Checks()...)}
		signed(rm, "a review", "write {on: YYYY-MM-DD, by: name, outcome: no-change}")
		p.notBefore(rm, "on", "reviewed", r.On, m, "drafted", s.Drafted)
		if !r.On.IsZero() {
			s.Reviews = append(s.Reviews, r)
		}
	}
	slices.SortStableFunc(s.Reviews, func(x, y Review) int { return x.On.Compare(y.On) })

	if cm := m.Value("counsel").Map("counsel", counselKeys.Names()...); cm != nil {
		sign := signOff(cm, m.Pos("counsel"), "handbook review "+s.ID+" --by NAME --counsel")
		signed(cm, "counsel", "write {on: YYYY-MM-DD, by: name}")
		p.notBefore(cm, "on", "counsel", sign.On, m, "drafted", s.Drafted)
		if !sign.On.IsZero() {
			s.Counsel = &sign
		}
	}
}

// signOff reads what all records have; command is the one that writes them.
func signOff(m *record.Map, at diag.Pos, command string) SignOff {
	s := SignOff{On: m.Date("on"), By: m.Line("by"), Text: strings.ToLower(m.Text("text")), Pos: at}
	switch {
	case s.Text == "" || firstScheme.MatchString(s.Text) || secondScheme.MatchString(s.Text):
		return s
	case otherScheme.MatchString(s.Text) && !strings.HasPrefix(s.Text, Scheme):
		m.Errorf("text", "bad-value", "build with the handbook program that wrote it; or delete it, read the text, and record it again: "+command,
			"text: the hash %s is of a kind that this handbook program does not know", diag.Quote(s.Text))
	default:
		m.Errorf("text", "bad-value", "delete it, read the text, and record it again: "+command, "text: %s is not a hash such as %s", diag.Quote(s.Text), exampleHash)
	}
	s.Text = ""
	return s
}

// unseen reports whether a character leaves no mark: white space, or one of no
// width.
func unseen(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }

// Named reports whether a name holds something that can be seen.
func Named(name string) bool { return strings.TrimFunc(name, unseen) != "" }

// signed reports a record without a day or a name.
func signed(m *record.Map, what, hint string) {
	for _, key := range []string{"on", "by"} {
		if !m.Value(key).Given() || key == "by" && !Named(m.Line(key)) {
			m.Errorf(key, "bad-value", hint, "%s has no %s", what, map[string]string{"on": "day", "by": "name"}[key])
		}
	}
}
