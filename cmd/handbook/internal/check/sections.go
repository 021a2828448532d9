package check

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"
)

// maxSummary is the longest summary in characters: two lines of a search
// result.
const maxSummary = 200

// noSections keeps a command that is given an empty folder, or asked for an
// edition with nothing in it, from putting that in the place of a handbook.
func noSections(c *checker) {
	if len(c.book.Sections)+c.book.Spoiled > 0 {
		return
	}
	at := c.config.Pos
	if at.File == "" {
		at = diag.Pos{File: cmp.Or(strings.TrimSuffix(c.book.Dir, "/"), ".")}
	}
	switch e := c.book.Edition; {
	case e != nil && len(e.Audiences) == 0: // which is told of handbook.yaml
	case e != nil:
		c.add(at, "name one of these readers in audience: of each section that they may read", "there is no section for %s", e.Name())
	case len(c.book.LeftOut) > 0:
		c.add(at, "look at the profile in handbook.yaml", "there is no section: the profile leaves out all of them")
	default:
		c.add(at, `begin one with handbook new section "..."; drafts are left out unless --drafts asks for them`, "there is no section to publish")
	}
}

// lacking reports the sections in force or to come that lack what a key of the
// front matter says.
func (c *checker) lacking(name, hint, text string, lacks func(*book.Section) bool) {
	c.eachLive(func(s *book.Section) {
		if lacks(s) {
			c.add(key(s, name), hint, "%s", text)
		}
	})
}

func missingOwner(c *checker) {
	hint := "list owners in handbook.yaml, and add owner: with the id of one"
	if len(c.config.Owners) > 0 {
		hint = "add owner: with one of " + some(book.IDs(c.config.Owners))
	}
	c.lacking("owner", hint, "the section has no owner", func(s *book.Section) bool { return s.Owner == nil })
}

func missingAreas(c *checker) {
	if known := book.IDs(c.config.Areas); len(known) > 0 {
		c.lacking("areas", "add areas: with some of "+some(known), "the section names no area that it covers",
			func(s *book.Section) bool { return len(s.Areas) == 0 })
	}
}

func missingAudience(c *checker) {
	if known := book.IDs(c.config.Audiences); len(known) > 0 {
		c.lacking("audience", "add audience: with some of "+some(known), "the section does not say whom it is for",
			func(s *book.Section) bool { return len(s.Audience) == 0 })
	}
}

// some returns the first ids of a list for a hint.
func some(ids []string) string {
	const enough = 6
	if len(ids) > enough {
		return strings.Join(ids[:enough], ", ") + " ..."
	}
	return strings.Join(ids, ", ")
}

func missingDates(c *checker) {
	c.lacking("drafted", "add drafted: with the day on which it was written, as YYYY-MM-DD", "the section does not say when it was drafted",
		func(s *book.Section) bool { return s.Drafted.IsZero() })
}

func missingSummary(c *checker) {
	c.eachLive(func(s *book.Section) {
		if at, given := s.Key("summary"); given && s.Summary == "" && c.book.IsOutside() {
			c.add(at, "write it by audience: one line for the staff, and "+c.book.Edition.Audiences[0].ID+": with a summary for these readers",
				"the summary does not say that it is for the readers of this edition, and is left out")
		} else if s.Summary == "" {
			c.add(key(s, "summary"), "add summary: with one sentence that says what the section settles", "the section has no summary")
		}
	})
}

func missingLaws(c *checker) {
	c.lacking("laws", "add laws: with the ids of those in registers/laws.yaml that it applies", "the section applies no law",
		func(s *book.Section) bool { return len(s.Laws) == 0 })
}

func longSummary(c *checker) {
	for _, s := range c.book.Sections {
		if n := utf8.RuneCountInString(s.Summary); n > maxSummary {
			c.add(key(s, "summary"), "say the rest in the text", "the summary has %d characters; %d are enough", n, maxSummary)
		}
	}
}

func duplicateTitle(c *checker) {
	first := map[string]*book.Section{}
	c.eachLive(func(s *book.Section) {
		title := fold(s.Title)
		if other := first[title]; other != nil {
			c.add(s.Pos, "say in each title how the two differ", "the title %s is also that of %s", diag.Quote(s.Title), c.source(other))
			return
		}
		first[title] = s
	})
}

// fold makes texts equal that people would call the same.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// duplicateNumber reports parts; the loader, which knows the order of files,
// tells of the sections of one folder.
func duplicateNumber(c *checker) {
	first := map[string]*book.Part{}
	for _, p := range c.book.Parts {
		if p.Number == "" {
			continue
		}
		if other := first[p.Number]; other != nil {
			at := diag.Pos{File: c.book.Dir + p.Dir}
			if p.Index != nil {
				at = diag.Pos{File: c.book.Dir + p.Index.Source, Line: 1, Col: 1}
			}
			c.add(at, "give one of the folders another number", "the number %s is also that of %s", p.Number, c.book.Dir+other.Dir)
			continue
		}
		first[p.Number] = p
	}
}

func versionWithoutChange(c *checker) {
	for _, s := range c.book.Sections {
		if s.Version > 1 && s.Change == "" {
			c.add(key(s, "version"), "add change: with one sentence that says what is new in it", "version %d does not say what changed", s.Version)
		}
	}
}

func supersededWithoutWithdrawn(c *checker) {
	for _, s := range c.book.Sections {
		if s.SupersededBy != nil && s.Withdrawn.IsZero() {
			c.add(key(s, "superseded_by"), "add withdrawn: with the day from which "+s.SupersededBy.Name()+" holds instead",
				"the section is superseded by %s and still in force", diag.Quote(s.SupersededBy.Name()))
		}
	}
}

func successorWithdrawn(c *checker) {
	for _, s := range c.book.Sections {
		if next := s.SupersededBy; next != nil && !c.live(next) && next.SupersededBy == nil {
			c.add(key(s, "superseded_by"), "name the section that holds now, or none",
				"the section is superseded by %s, which was withdrawn on %s", diag.Quote(next.Name()), lang.EnglishDate(next.Withdrawn))
		}
	}
}

func notApproved(c *checker) {
	c.eachLive(func(s *book.Section) {
		if a, _ := s.Approved(); a == nil && !s.Draft && (c.today.IsZero() || !s.Effective.After(c.today)) {
			c.add(key(s, "approved", "effective"), "once it is approved, record it: "+approveCommand(s, ""), "the section is in force and has no record of its approval")
		}
	})
}

func selfApproved(c *checker) {
	for _, s := range c.book.Sections {
		a, _ := s.Approved()
		if s.Owner == nil || a == nil || a.By == "" {
			continue
		}
		by := fold(a.By)
		for _, own := range []string{s.Owner.Name, s.Owner.Role, s.Owner.ID} {
			if fold(own) == by {
				c.add(a.Pos, "have it approved by somebody who does not own it", "the section was approved by its owner, %s", diag.Quote(a.By))
				break
			}
		}
	}
}

func longReviewPeriod(c *checker) {
	start := date.New(2023, 3, 1) // a year with 29 February in it allows 366 days
	c.eachLive(func(s *book.Section) {
		if start.Add(s.ReviewEvery).After(start.AddMonths(12)) {
			c.add(key(s, "review_every"), "write review_every: 12 months, or less", "the section is reviewed only every %s", s.ReviewEvery)
		}
	})
}

// futureDate reports what cannot have been done yet. Days that lie ahead by
// their nature, such as effective, are not asked.
func futureDate(c *checker) {
	if c.today.IsZero() {
		return
	}
	ask := func(day date.Date, at diag.Pos, format string, args ...any) {
		if day.After(c.today) {
			args = append(args, lang.EnglishDate(day))
			c.add(at, "write the day on which it was done; today is "+c.today.String(), format+" on %s, which is still to come", args...)
		}
	}
	for _, s := range c.book.Sections {
		ask(s.Drafted, key(s, "drafted"), "the section was drafted")
		for _, a := range s.Approvals {
			ask(a.On, a.Pos, "the section was approved")
		}
		for _, r := range s.Reviews {
			ask(r.On, r.Pos, "the section was reviewed")
		}
		if s.Counsel != nil {
			ask(s.Counsel.On, s.Counsel.Pos, "counsel signed")
		}
	}
	for _, l := range c.book.Laws {
		ask(l.VerifiedOn, l.Pos, "law %s was verified", diag.Quote(l.ID))
		for _, a := range l.Amended {
			ask(a.Published, a.Pos, "an amendment of law %s was published", diag.Quote(l.ID))
		}
	}
	for _, r := range c.book.References {
		ask(r.VerifiedOn, r.Pos, "reference %s was verified", diag.Quote(r.ID))
	}
}
