package site

import (
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/staleness"
)

// statusWord returns a status in a word or two. A text that nobody approved is
// called that before anything is said of its dates: "in date" alone would sound
// like a policy in force. handbook.js has the same words.
func statusWord(s staleness.Status, unapproved bool) string {
	switch s {
	case staleness.StatusCurrent:
		if unapproved {
			return statusWord(staleness.StatusUnapproved, false)
		}
		return "In date"
	case staleness.StatusUnapproved:
		return "Not yet approved"
	case staleness.StatusDue:
		return "Action due"
	case staleness.StatusStale:
		return "Out of date"
	case staleness.StatusFuture:
		return "Not yet in force"
	case staleness.StatusWithdrawn:
		return "Withdrawn"
	}
	return string(s)
}

// bannerTitle returns a status as the first line of the box that says why.
// handbook.js makes it in the same way.
func bannerTitle(s staleness.Status, unapproved bool) string {
	title := statusWord(s, unapproved) + titleTail(s)
	if s == staleness.StatusDue && unapproved {
		return statusWord(staleness.StatusUnapproved, false) + ". " + title
	}
	return title
}

// titleTail returns what follows the word of a status.
func titleTail(s staleness.Status) string {
	switch s {
	case staleness.StatusCurrent:
		return ". Still open:"
	case staleness.StatusDue:
		return ":"
	case staleness.StatusStale:
		return ". Check with the owner before you rely on this section."
	case staleness.StatusWithdrawn:
		return ". This section no longer applies."
	}
	return "."
}

// unapprovedCount says how many sections nobody has approved, or "" if
// somebody approved each of them.
func unapprovedCount(b *book.Book) string {
	n, all := 0, len(b.Sections)
	for _, sec := range b.Sections {
		if sec.Unapproved() {
			n++
		}
	}
	switch {
	case n == 0:
		return ""
	case n == all:
		return "No section is approved yet."
	case n == 1:
		return "1 of them is not yet approved."
	}
	return strconv.Itoa(n) + " of them are not yet approved."
}

// lawStanding returns the status of a law in words.
func lawStanding(status string) string {
	switch status {
	case "in-force":
		return "In force"
	case "in-force-part-vacated":
		return "In force, but a court has set part of it aside"
	case "proposed-change-pending":
		return "In force; a change is proposed but is not law"
	case "uncertain":
		return "Uncertain: ask counsel whether it still holds"
	case "rescinded":
		return "Rescinded: no longer in force"
	case "superseded":
		return "Superseded: another law has taken its place"
	case "":
		return "Not recorded"
	}
	return capital(status)
}

// lawKind returns the kind of a law in words. Surveys and guidance are said to
// be no laws, because they are often cited as if they were.
func lawKind(kind string) string {
	switch kind {
	case "statute":
		return "Statute"
	case "regulation":
		return "Regulation"
	case "case":
		return "Decision of a court or board"
	case "guidance":
		return "Guidance: it explains a law and is none itself"
	case "survey":
		return "Survey of several laws; it is none itself"
	}
	return capital(kind)
}

// levelTitle returns the level of a law as a heading.
func levelTitle(level string) string {
	if level == "" {
		return "Other law"
	}
	return capital(level) + " law"
}

// levelOf returns the level and the place of a law in words: "Federal law,
// United States", "State law, Maryland".
func levelOf(l *book.Law) string {
	if l.Jurisdiction == "" {
		return levelTitle(l.Level)
	}
	return levelTitle(l.Level) + ", " + jurisdictions(l.Jurisdiction)
}

// levelWords are the level of a law in words, for facts and for sources.
type levelWords struct{ short, inList string }

// levelShort returns the level of a law in a word or two for a list: "federal",
// "state, Maryland".
func levelShort(l *book.Law) string {
	level := l.Level
	if level == "" {
		level = "level not recorded"
	}
	if strings.Contains(l.Jurisdiction, "-") {
		return level + ", " + jurisdictions(l.Jurisdiction)
	}
	return level
}

// confidence returns what a mark of confidence means.
func confidence(mark string) string {
	switch mark {
	case "A":
		return "The official text was read (A)."
	case "B":
		return "A secondary source was read, such as a law firm, a newspaper or a professional body (B)."
	case "C":
		return "General knowledge that nobody has checked (C). Check it before you rely on it."
	}
	return "Not recorded."
}

// verified returns when a register entry was last checked and must be again.
func (s *builder) verified(on date.Date) string {
	if on.IsZero() {
		return "Never, as far as is recorded"
	}
	words := "Checked on " + on.Long()
	if every := s.book.Config.VerifyEvery; !every.IsZero() {
		words += "; to be checked again by " + on.Add(every).Long()
	}
	return words
}

// noStart is what is said of a section of which no record gives a day.
const noStart = ", no start date is recorded"

// inForce returns since when a version is in force, or from when it will be, to
// follow its number. What is not approved is in force on no day.
func inForce(sec *book.Section, day date.Date) string {
	since := sec.InForceSince()
	switch _, standing := sec.Approved(); {
	case standing == book.TextChanged:
		return ", and the text has changed since its approval"
	case since.IsZero() && !sec.Effective.IsZero():
		return ", proposed with effect from " + sec.Effective.Long()
	case since.IsZero() && standing != book.NotApproved && standing != book.Approved:
		return ", proposed"
	case since.IsZero():
		return noStart
	case since.After(day):
		return ", in force from " + since.Long()
	}
	return ", in force since " + since.Long()
}

// lastReview says when and by whom a section was last looked at.
func lastReview(sec *book.Section) string {
	day, what := sec.LastReview()
	switch what {
	case "":
		return "No date is recorded."
	case "drafted":
		return "Drafted on " + day.Long() + ". No review recorded yet."
	case "approved":
		return "Approved on " + day.Long() + ". No review recorded since."
	}
	r := sec.Reviews[0]
	for _, x := range sec.Reviews {
		if !x.On.Before(r.On) {
			r = x
		}
	}
	by, outcome, checked := "", "", ""
	if r.By != "" {
		by = " by "
	}
	switch r.Outcome {
	case "no-change":
		outcome = ": no change needed"
	case "editorial":
		outcome = ": wording corrected"
	case "substantive":
		outcome = ": meaning changed"
	}
	if len(r.Checked) > 0 {
		checked = " (" + join(r.Checked) + " checked)"
	}
	words := "Reviewed on " + r.On.Long() + by + r.By + outcome + checked + "."
	if book.BodyOnly(r.Text) {
		words += " The record of the review on " + r.On.Long() + " covers the body only, not title and summary."
	}
	return words
}

// nextReview says when a section must be reviewed, in words that hold on
// every day.
func nextReview(sec *book.Section, day date.Date) string {
	due := staleness.ReviewDue(sec)
	switch {
	case !sec.Withdrawn.IsZero() && !sec.Withdrawn.After(day):
		return "None: this section is withdrawn."
	case due.IsZero() && sec.ReviewEvery.IsZero():
		return "No review is asked for."
	case due.IsZero():
		return "Due now: there is no date to count from."
	case due.Before(day):
		return "Review was due by " + due.Long() + ". Treat this section as out of date until it is reviewed."
	}
	return "Review due by " + due.Long() + "; after that day treat this section as out of date."
}

// approval says who approved a section, and when, and whether that holds for
// the version and the text as they are.
func approval(sec *book.Section) string {
	a, standing := sec.Approved()
	if standing == book.NotApproved {
		return "No approval is recorded."
	}
	words := "Approved"
	if standing == book.OtherApproved {
		words = "Version " + strconv.Itoa(a.Version) + " approved"
	}
	if a.By != "" {
		words += " by " + a.By
	}
	if a.On.IsZero() {
		words += ", on a day that is not recorded"
	} else {
		words += " on " + a.On.Long()
	}
	switch {
	case standing == book.OtherApproved:
		words += "; version " + strconv.Itoa(max(1, sec.Version)) + " is not approved"
	case standing == book.VersionUnknown:
		words += "; the record does not say which version"
	default:
		words += signedText(sec, a.Text, "; the record does not hold the text")
	}
	return words + "."
}

// signedText says how the hash in a record bears on the text as it is.
func signedText(sec *book.Section, hash, none string) string {
	switch parts := sec.Differs(hash); {
	case hash == "":
		return none
	case len(parts) == 1:
		return "; the " + parts[0] + " has changed since"
	case len(parts) > 1:
		return "; the " + join(parts) + " have changed since"
	case book.BodyOnly(hash):
		return "; the record covers the body only, not title and summary"
	}
	return ""
}

// counsel says whether counsel has read a section, or nothing to people outside
// the staff.
func (s *builder) counsel(sec *book.Section) string {
	if s.book.IsOutside() {
		return ""
	}
	return counsel(sec)
}

// counsel says whether counsel has read a section, and whether it is still the
// text that was read.
func counsel(sec *book.Section) string {
	c := sec.Counsel
	if c == nil || c.On.IsZero() {
		return "Counsel has not recorded a review."
	}
	return "Read by " + firstOf(c.By, "counsel") + " on " + c.On.Long() + signedText(sec, c.Text, "") + "."
}

// ownerWords names an owner: "Jo Park, clinical director".
func ownerWords(o *book.Owner) string {
	if o == nil {
		return "No owner is named."
	}
	name := o.Name
	if name == o.ID {
		name = "" // an id that stands in for a name says less than the role
	}
	role := strings.TrimSuffix(o.Role, ".")
	if name != "" {
		role = lowerFirst(role)
	}
	if words := details(name, role); words != "" {
		return words
	}
	return o.ID
}

// audienceNames joins the names of audiences.
func audienceNames(as []*book.Audience) string {
	names := make([]string, len(as))
	for i, a := range as {
		names[i] = firstOf(a.Name, a.ID)
	}
	return strings.Join(names, ", ")
}

// areaNames joins the names of areas.
func areaNames(as []*book.Area) string {
	names := make([]string, len(as))
	for i, a := range as {
		names[i] = firstOf(a.Name, a.ID)
	}
	return strings.Join(names, ", ")
}

// join puts words in a row: "laws, references and links".
func join(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

// plural counts: "1 section", "3 sections", "no sections".
func plural(n int, one string) string {
	switch n {
	case 0:
		return "no " + one + "s"
	case 1:
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

// capital returns a word with its first letter as a capital.
func capital(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// firstOf returns the first text that is not empty.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
