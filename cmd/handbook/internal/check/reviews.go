package check

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"
)

// bulk is how many sections one person cannot have read with care on one day.
const bulk = 10

// bulkReview reports each day and person once, at the first review.
func bulkReview(c *checker) {
	type stamp struct {
		on date.Date
		by string
	}
	type read struct {
		section *book.Section
		review  book.Review
	}
	reads := map[stamp][]read{}
	var stamps []stamp
	for _, s := range c.book.Sections {
		for _, r := range s.Reviews {
			k := stamp{r.On, fold(r.By)}
			if k.by == "" || k.on.IsZero() {
				continue
			}
			known := reads[k]
			if len(known) == 0 {
				stamps = append(stamps, k)
			} else if known[len(known)-1].section == s {
				continue // the same section twice
			}
			reads[k] = append(known, read{s, r})
		}
	}
	slices.SortFunc(stamps, func(a, b stamp) int { return cmp.Or(a.on.Compare(b.on), cmp.Compare(a.by, b.by)) })
	for _, k := range stamps {
		known := reads[k]
		if len(known) < bulk {
			continue
		}
		var names []string
		for _, r := range known[:3] {
			names = append(names, diag.Quote(r.section.Name()))
		}
		c.add(known[0].review.Pos, "record a review on the day on which the section was read, and of those only that were read",
			"%s recorded a review of %d sections on %s, the first of them %s", diag.Quote(known[0].review.By), len(known), lang.EnglishDate(k.on), list(names))
	}
}

// The Book has records in the order of their days; where they stand tells how
// they were written.

func reviewOrder(c *checker) {
	for _, s := range c.book.Sections {
		for i := 1; i < len(s.Reviews); i++ {
			c.inOrder("review", s.Reviews[i-1].SignOff, s.Reviews[i].SignOff)
		}
	}
}

func approvalOrder(c *checker) {
	for _, s := range c.book.Sections {
		for i := 1; i < len(s.Approvals); i++ {
			c.inOrder("approval", s.Approvals[i-1].SignOff, s.Approvals[i].SignOff)
		}
	}
}

// inOrder reports an older record that stands after a newer one.
func (c *checker) inOrder(what string, older, newer book.SignOff) {
	if a, b := newer.Pos, older.Pos; a.Line < b.Line || a.Line == b.Line && a.Col < b.Col {
		c.add(older.Pos, "put the oldest "+what+" first and the newest last", "the %s of %s stands after that of %s", what, lang.EnglishDate(older.On), lang.EnglishDate(newer.On))
	}
}

func reviewWithoutOutcome(c *checker) {
	for _, s := range c.book.Sections {
		for _, r := range s.Reviews {
			if r.Outcome == "" {
				c.add(r.Pos, "add outcome: no-change, editorial or substantive", "the review of %s does not say what came of it", lang.EnglishDate(r.On))
			}
		}
	}
}

// reviewWithoutHash asks for the hash of the latest review alone: those before
// it say nothing any more of the text as it is.
func reviewWithoutHash(c *checker) {
	c.eachLive(func(s *book.Section) {
		if len(s.Reviews) > 0 {
			last := slices.MaxFunc(s.Reviews, func(a, b book.Review) int { return a.On.Compare(b.On) })
			if last.Text == "" {
				c.add(last.Pos, "record it again after reading the text: "+reviewCommand(s)+"; or add text: "+s.TextHash+" if this is the text that was read",
					"the review of %s does not record which text was read", lang.EnglishDate(last.On))
			}
		}
		if s.Counsel != nil && s.Counsel.Text == "" {
			c.add(s.Counsel.Pos, "record it again once counsel has read the text: "+counselCommand(s)+"; or add text: "+s.TextHash+" if this is the text that counsel read",
				"counsel's sign-off of %s does not record which text was read", lang.EnglishDate(s.Counsel.On))
		}
	})
}

// approvalWithoutText asks for the text of the approval that counts.
func approvalWithoutText(c *checker) {
	c.eachLive(func(s *book.Section) {
		if a, standing := s.Approved(); a != nil && a.Text == "" && standing != book.OtherApproved {
			hint := "record what was approved: " + approveCommand(s, a.By)
			if !a.On.IsZero() {
				hint = "if this is the text that was approved, record it: " + approveCommand(s, a.By) + " --on " + a.On.String()
			}
			c.add(a.Pos, hint, "the approval%s does not hold the text, so a later change would go unnoticed", signedBy(a.SignOff))
		}
	})
}

// bodyOnly reports records whose hash covers the body alone. An
// older record of the same kind is left alone.
func bodyOnly(c *checker) {
	c.eachLive(func(s *book.Section) {
		const read = "read title and summary as well, and record it again: "
		tell := func(r book.SignOff, what, hint string) {
			if book.BodyOnly(r.Text) && s.Differs(r.Text) == nil { // else it says less, and textSigned tells
				c.add(r.Pos, hint, "the record of %s covers the body only, not title and summary", what)
			}
		}
		if r := s.ReviewedText(); r != nil {
			tell(r.SignOff, "the review of "+lang.EnglishDate(r.On), read+reviewCommand(s))
		}
		if a := s.ApprovedText(); a != nil {
			command := approveCommand(s, a.By)
			if !a.On.IsZero() {
				command += " --on " + a.On.String()
			}
			tell(a.SignOff, "the approval"+signedBy(a.SignOff), "if title and summary are as they were approved, record it again: "+command)
		}
		if s.Counsel != nil {
			tell(*s.Counsel, "counsel's sign-off of "+lang.EnglishDate(s.Counsel.On), read+counselCommand(s))
		}
	})
}

// signedTextChanged reports the latest record of each kind that holds another
// text. To record an old sign-off anew would make it one of a text that nobody
// signed, so that the hints ask for a new one.
func signedTextChanged(c *checker) {
	c.eachLive(func(s *book.Section) {
		tell := func(r book.SignOff, what, hint string) {
			if parts := s.Differs(r.Text); parts != nil {
				has := " has"
				if len(parts) > 1 {
					has = " have"
				}
				c.add(r.Pos, hint, "the %s%s changed since %s", list(parts), has, what)
			}
		}
		if r := s.ReviewedText(); r != nil {
			tell(r.SignOff, "the review of "+lang.EnglishDate(r.On), "read it again, and record that: "+reviewCommand(s))
		}
		if a := s.ApprovedText(); a != nil {
			tell(a.SignOff, "the approval"+signedBy(a.SignOff), "have it approved as it is now, and record that: "+approveCommand(s, a.By))
		}
		if s.Counsel != nil {
			tell(*s.Counsel, "counsel's sign-off of "+lang.EnglishDate(s.Counsel.On), "have counsel read it as it is now, and record that: "+counselCommand(s))
		}
	})
}

func versionNotApproved(c *checker) {
	c.eachLive(func(s *book.Section) {
		version := max(1, s.Version)
		switch a, standing := s.Approved(); standing {
		case book.OtherApproved:
			c.add(a.Pos, fmt.Sprintf("once version %d is approved, record it: %s", version, approveCommand(s, a.By)),
				"version %d is not approved; the approval%s is of version %d", version, signedBy(a.SignOff), a.Version)
		case book.VersionUnknown:
			c.add(a.Pos, fmt.Sprintf("write the version that was approved, such as version: 1; once version %d is approved, record it: %s", version, approveCommand(s, a.By)),
				"the approval%s does not say of which version it is, and the section is at version %d", signedBy(a.SignOff), version)
		}
	})
}

// signedBy says who signed and when: " by Board of 25 November 2026".
func signedBy(s book.SignOff) string {
	words := ""
	if s.By != "" {
		words = " by " + diag.Clean(s.By)
	}
	if !s.On.IsZero() {
		words += " of " + lang.EnglishDate(s.On)
	}
	return words
}

// The commands that write a record.
func reviewCommand(s *book.Section) string {
	return "handbook review " + s.ID + " --by NAME --outcome no-change"
}
func counselCommand(s *book.Section) string {
	return "handbook review " + s.ID + " --by NAME --counsel"
}
func approveCommand(s *book.Section, by string) string {
	if !shellSafe.MatchString(by) {
		by = "NAME"
	}
	return "handbook approve " + s.ID + " --by \"" + by + "\""
}

// shellSafe matches a name that every shell takes for itself in double quotes.
var shellSafe = regexp.MustCompile(`^[\pL\pN][\pL\pN ,.()'-]*$`)
