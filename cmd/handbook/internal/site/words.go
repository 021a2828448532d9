package site

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/staleness"
)

// The words of the pages come from package lang; what is here chooses among them.

// statusWord returns a status in a word or two. A text that nobody approved is
// called that before anything is said of its dates: "in date" alone would sound
// like a policy in force.
func (s *builder) statusWord(st staleness.Status, unapproved bool) string {
	if st == staleness.StatusCurrent && unapproved {
		st = staleness.StatusUnapproved
	}
	return s.lang.T("status-" + string(st))
}

// bannerTitle returns a status as the first line of the box that says why.
func (s *builder) bannerTitle(st staleness.Status, unapproved bool) string {
	switch {
	case st == staleness.StatusCurrent && unapproved:
		st = staleness.StatusUnapproved
	case st == staleness.StatusDue && unapproved:
		return s.lang.T("banner-due-unapproved")
	}
	return s.lang.T("banner-" + string(st))
}

// unapprovedCount says how many sections nobody has approved, or "" if
// somebody approved each of them.
func (s *builder) unapprovedCount() string {
	n := 0
	for _, sec := range s.book.Sections {
		if sec.Unapproved() {
			n++
		}
	}
	switch n {
	case 0:
		return ""
	case len(s.book.Sections):
		return s.lang.T("unapproved-all")
	}
	return s.lang.T("unapproved-some", "n", n)
}

// known returns the message of a name for a value of a register, or the value
// itself if there is none.
func (s *builder) known(name, value string) string {
	if s.lang.Has(name) {
		return s.lang.T(name)
	}
	return capital(value)
}

// lawStanding returns the status of a law in words.
func (s *builder) lawStanding(status string) string {
	if status == "" {
		return s.lang.T("not-recorded")
	}
	return s.known("law-status-"+status, status)
}

// levelTitle returns the level of a law as a heading.
func (s *builder) levelTitle(level string) string {
	name := "law-level-" + cmp.Or(level, "none")
	if s.lang.Has(name) {
		return s.lang.T(name)
	}
	return s.lang.T("law-level", "level", capital(level))
}

// levelOf returns the level and the place of a law in words: "Federal law,
// United States", "State law, Maryland".
func (s *builder) levelOf(l *book.Law) string {
	return details(s.levelTitle(l.Level), s.places(l.Jurisdiction))
}

// levelWords are the level of a law in words, for facts and for sources.
type levelWords struct{ short, inList string }

// levelShort returns the level of a law in a word or two for a list: "federal",
// "state, Maryland".
func (s *builder) levelShort(l *book.Law) string {
	level := l.Level
	if name := "law-short-" + cmp.Or(level, "none"); s.lang.Has(name) {
		level = s.lang.T(name)
	}
	if strings.Contains(l.Jurisdiction, "-") {
		return details(level, s.places(l.Jurisdiction))
	}
	return level
}

// places returns the names of one or several jurisdictions written as codes with
// commas between them: "US, US-MD".
func (s *builder) places(codes string) string {
	var names []string
	for code := range strings.SplitSeq(codes, ",") {
		if code = strings.TrimSpace(code); code != "" {
			names = append(names, s.lang.Place(code))
		}
	}
	return strings.Join(names, ", ")
}

// confidence returns what a mark of confidence means.
func (s *builder) confidence(mark string) string {
	if name := "confidence-" + strings.ToLower(mark); s.lang.Has(name) {
		return s.lang.T(name)
	}
	return s.lang.T("confidence-none")
}

// verified returns when a register entry was last checked and must be again.
func (s *builder) verified(on date.Date) string {
	switch every := s.book.Config.VerifyEvery; {
	case on.IsZero():
		return s.lang.T("checked-never")
	case every.IsZero():
		return s.lang.T("checked", "day", on)
	default:
		return s.lang.T("checked-again", "day", on, "due", on.Add(every))
	}
}

// period returns how long a period is: "6 months".
func (s *builder) period(p date.Period) string {
	var parts []string
	if p.Months != 0 || p.Days == 0 {
		parts = append(parts, s.lang.T("months", "n", p.Months))
	}
	if p.Days != 0 {
		parts = append(parts, s.lang.T("days", "n", p.Days))
	}
	return strings.Join(parts, " ")
}

// version returns the version of a section: "version 2".
func (s *builder) version(sec *book.Section) string {
	return s.lang.T("version", "n", max(1, sec.Version))
}

// versionWords returns the end of a citation.
func (s *builder) versionWords(sec *book.Section) string {
	since, known := s.inForce(sec)
	if !known {
		since = ""
	}
	return details(s.version(sec), since)
}

// inForce returns since when a version is in force, or from when it will be, to
// follow its number, and reports whether a record says so. What is not approved
// is in force on no day.
func (s *builder) inForce(sec *book.Section) (words string, known bool) {
	since := sec.InForceSince()
	switch _, standing := sec.Approved(); {
	case standing == book.TextChanged:
		return s.lang.T("in-force-changed"), true
	case since.IsZero() && !sec.Effective.IsZero():
		return s.lang.T("in-force-planned", "day", sec.Effective), true
	case since.IsZero() && standing != book.NotApproved && standing != book.Approved:
		return s.lang.T("in-force-proposed"), true
	case since.IsZero():
		return s.lang.T("in-force-unknown"), false
	case since.After(s.opt.Day):
		return s.lang.T("in-force-from", "day", since), true
	}
	return s.lang.T("in-force-since", "day", since), true
}

// formLine says which text a form belongs to, so that a signed sheet can be
// laid beside the very words that were in force: "Form for 6.1 Consent,
// version 2, text h2:1f2e07d4-93ab55c8-7c1e09aa4f2a9c01". It is "" for a section that is no form.
func (s *builder) formLine(sec *book.Section) string {
	of := sec.Form
	if of == nil {
		return ""
	}
	name := "form"
	switch _, standing := of.Approved(); standing {
	case book.OtherApproved, book.VersionUnknown:
		name = "form-proposed"
	case book.TextChanged:
		name = "form-changed"
	}
	return s.lang.T(name, "section", of.Name(), "n", max(1, of.Version), "hash", of.ShownHash)
}

// lastReview says when and by whom a section was last looked at.
func (s *builder) lastReview(sec *book.Section) string {
	day, what := sec.LastReview()
	switch what {
	case "":
		return s.lang.T("review-none")
	case "drafted", "approved":
		return s.lang.T("review-"+what, "day", day)
	}
	r := sec.Reviews[0]
	for _, x := range sec.Reviews {
		if !x.On.Before(r.On) {
			r = x
		}
	}
	words := s.signed("review", r.SignOff, 0)
	if name := "review-" + r.Outcome; r.Outcome == "no-change" || r.Outcome == "editorial" || r.Outcome == "substantive" {
		words = s.lang.T(name, "review", words)
	}
	if len(r.Checked) > 0 {
		var what []string
		for _, c := range r.Checked {
			if name := "checked-" + c; c == "laws" || c == "references" || c == "links" {
				c = s.lang.T(name)
			}
			what = append(what, c)
		}
		words = s.lang.T("review-checked", "review", words, "what", s.lang.List(what))
	}
	words += "."
	if book.BodyOnly(r.Text) {
		words += " " + s.lang.T("review-body-only", "day", r.On)
	}
	return words
}

// signed says who signed what and when: by whom and on which day, as far as that
// is known, and of which version unless that is 0.
func (s *builder) signed(name string, by book.SignOff, version int) string {
	if version > 0 {
		name += "-version"
	}
	if by.By != "" {
		name += "-by"
	}
	if by.On.IsZero() {
		name += "-undated"
	}
	return s.lang.T("record-"+name, "day", by.On, "by", by.By, "n", version)
}

// nextReview says when a section must be reviewed, in words that hold on
// every day.
func (s *builder) nextReview(sec *book.Section) string {
	due := staleness.ReviewDue(sec)
	name := "next"
	switch {
	case s.gone(sec):
		name = "next-withdrawn"
	case due.IsZero() && sec.ReviewEvery.IsZero():
		name = "next-none"
	case due.IsZero():
		name = "next-undated"
	case due.Before(s.opt.Day):
		name = "next-late"
	}
	return s.lang.T(name, "day", due)
}

// approval says who approved a section, and when, and whether that holds for
// the version and the text as they are.
func (s *builder) approval(sec *book.Section) string {
	a, standing := sec.Approved()
	switch {
	case standing == book.NotApproved:
		return s.lang.T("approval-none")
	case standing == book.OtherApproved:
		return s.remark(s.signed("approved", a.SignOff, a.Version), s.lang.T("remark-version", "n", max(1, sec.Version)))
	}
	words := s.signed("approved", a.SignOff, 0)
	switch {
	case standing == book.VersionUnknown:
		return s.remark(words, s.lang.T("remark-no-version"))
	case a.Text == "":
		return s.remark(words, s.lang.T("remark-no-text"))
	}
	return s.remark(words, s.signedText(sec, a.Text))
}

// remark returns a sign-off with a remark, if there is one, as a sentence.
func (s *builder) remark(signed, remark string) string {
	if remark == "" {
		return signed + "."
	}
	return s.lang.T("with-remark", "signed", signed, "remark", remark)
}

// signedText says how the hash in a record bears on the text as it is.
func (s *builder) signedText(sec *book.Section, hash string) string {
	switch parts := sec.Differs(hash); {
	case parts != nil:
		return s.lang.T("changed-" + strings.Join(parts, "-"))
	case book.BodyOnly(hash):
		return s.lang.T("remark-body-only")
	}
	return ""
}

// counsel says whether counsel has read a section, and whether it is still the
// text that was read, or nothing to people outside the staff.
func (s *builder) counsel(sec *book.Section) string {
	c := sec.Counsel
	switch {
	case s.book.IsOutside():
		return ""
	case c == nil || c.On.IsZero():
		return s.lang.T("counsel-none")
	}
	return s.remark(s.signed("counsel", *c, 0), s.signedText(sec, c.Text))
}

// referenceStanding returns the status of a reference in words.
func (s *builder) referenceStanding(r *book.Reference) string {
	name, other := "superseded", ""
	switch {
	case current(r) && r.Caution != "":
		return s.lang.T("reference-status-current-caution")
	case current(r):
		return s.lang.T("reference-status-current")
	case r.Status == "withdrawn":
		name = "withdrawn"
	}
	if !r.SupersededOn.IsZero() {
		name += "-on"
	}
	if r.SupersededBy != nil {
		name, other = name+"-by", r.SupersededBy.Title
	}
	return s.lang.T("reference-status-"+name, "day", r.SupersededOn, "other", other)
}

// levelName names a level: "level 1: Coach".
func (s *builder) levelName(n int) string {
	if n < 0 {
		return s.lang.T("rule-level-none")
	}
	for _, l := range s.book.Config.Levels {
		if l.Level == n && l.Name != "" {
			return s.lang.T("rule-level-named", "n", n, "name", l.Name)
		}
	}
	return s.lang.T("rule-level", "n", n)
}

// ownerWords names an owner: "Jo Park, clinical director".
func (s *builder) ownerWords(o *book.Owner) string {
	if o == nil {
		return s.lang.T("owner-none")
	}
	name := o.Name
	if name == o.ID {
		name = "" // an id that stands in for a name says less than the role
	}
	role := strings.TrimSuffix(o.Role, ".")
	if name != "" {
		role = lowerFirst(role)
	}
	return cmp.Or(details(name, role), o.ID)
}

// audienceNames joins the names of audiences.
func audienceNames(as []*book.Audience) string {
	return names(as, func(a *book.Audience) string { return cmp.Or(a.Name, a.ID) })
}

// areaNames joins the names of areas.
func areaNames(as []*book.Area) string {
	return names(as, func(a *book.Area) string { return cmp.Or(a.Name, a.ID) })
}

func names[T any](list []T, name func(T) string) string {
	var all []string
	for _, x := range list {
		all = append(all, name(x))
	}
	return strings.Join(all, ", ")
}

// details joins what is known with commas.
func details(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ", ")
}

// capital returns a word with its first letter as a capital.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return strings.ToUpper(string(r)) + s[size:]
}

// lowerFirst returns a text with its first letter small, unless that begins an
// abbreviation.
func lowerFirst(s string) string {
	if len(s) < 2 || s[0] < 'A' || s[0] > 'Z' || s[1] < 'a' || s[1] > 'z' {
		return s
	}
	return string(s[0]+'a'-'A') + s[1:]
}
