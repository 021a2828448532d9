package check

import (
	"fmt"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
)

func sectionCases() []ruleCase {
	withdrawn := func(change func(*book.Section)) func(*testBook) {
		return func(b *testBook) {
			change(b.texting)
			b.texting.Withdrawn = today()
		}
	}
	on := func(change func(*book.Section)) func(*testBook) {
		return func(b *testBook) { change(b.texting) }
	}
	future := date.New(2026, 11, 21)
	const futureHint = "(write the day on which it was done; today is 2026-11-20)"
	return []ruleCase{
		{"missing-owner", "no key", on(func(s *book.Section) { s.Owner = nil; s.Keys = without(s.Keys, "owner") }), []string{
			`2-phones/1-texting.md:2:1: the section has no owner (add owner: with one of director)`}},
		{"missing-owner", "nothing after the key", on(func(s *book.Section) { s.Owner = nil }), []string{
			`2-phones/1-texting.md:4:1: the section has no owner (add owner: with one of director)`}},
		{"missing-owner", "no owners at all", func(b *testBook) {
			b.texting.Owner = nil
			b.Config.Owners = nil
		}, []string{`2-phones/1-texting.md:4:1: the section has no owner (list owners in handbook.yaml, and add owner: with the id of one)`}},
		{"missing-owner", "withdrawn", withdrawn(func(s *book.Section) { s.Owner = nil }), nil},

		{"missing-areas", "none", on(func(s *book.Section) { s.Areas = nil }), []string{
			`2-phones/1-texting.md:5:1: the section names no area that it covers (add areas: with some of phones, boundaries, other)`}},
		{"missing-areas", "withdrawn", withdrawn(func(s *book.Section) { s.Areas = nil }), nil},
		{"missing-areas", "the handbook lists none", func(b *testBook) { b.texting.Areas, b.Config.Areas = nil, nil }, nil},

		{"missing-audience", "none", on(func(s *book.Section) { s.Audience = nil }), []string{
			`2-phones/1-texting.md:6:1: the section does not say whom it is for (add audience: with some of staff, teens, adults)`}},
		{"missing-audience", "many to choose from", func(b *testBook) {
			for i := range 5 {
				b.Config.Audiences = append(b.Config.Audiences, book.Audience{ID: fmt.Sprintf("group-%d", i)})
			}
			b.texting.Audience = nil
		}, []string{`2-phones/1-texting.md:6:1: the section does not say whom it is for (add audience: with some of staff, teens, adults, group-0, group-1, group-2 ...)`}},
		{"missing-audience", "the handbook lists none", func(b *testBook) { b.texting.Audience, b.Config.Audiences = nil, nil }, nil},

		{"missing-dates", "no drafted", on(func(s *book.Section) { s.Drafted = date.Date{} }), []string{
			`2-phones/1-texting.md:7:1: the section does not say when it was drafted (add drafted: with the day on which it was written, as YYYY-MM-DD)`}},
		{"missing-dates", "withdrawn", withdrawn(func(s *book.Section) { s.Drafted = date.Date{} }), nil},

		{"missing-summary", "none", on(func(s *book.Section) { s.Summary = ""; s.Keys = without(s.Keys, "summary") }), []string{
			`2-phones/1-texting.md:2:1: the section has no summary (add summary: with one sentence that says what the section settles)`}},
		{"missing-summary", "withdrawn", withdrawn(func(s *book.Section) { s.Summary = "" }), nil},

		{"missing-laws", "none", on(func(s *book.Section) { s.Laws = nil }), []string{
			`2-phones/1-texting.md:12:1: the section applies no law (add laws: with the ids of those in registers/laws.yaml that it applies)`}},
		{"missing-laws", "one", nil, nil},

		{"long-summary", "201 characters", on(func(s *book.Section) { s.Summary = strings.Repeat("é", 201) }), []string{
			`2-phones/1-texting.md:3:1: the summary has 201 characters; 200 are enough (say the rest in the text)`}},
		{"long-summary", "200 characters", on(func(s *book.Section) { s.Summary = strings.Repeat("é", 200) }), nil},

		{"duplicate-title", "the same but for capitals and spaces", on(func(s *book.Section) { s.Title = "E-MAIL  " }), []string{
			`2-phones/2-email.md:2:1: the title "E-mail" is also that of content/2-phones/1-texting.md (say in each title how the two differ)`}},
		{"duplicate-title", "of a withdrawn section", withdrawn(func(s *book.Section) { s.Title = "E-mail" }), nil},

		{"duplicate-number", "two parts", func(b *testBook) {
			b.Parts = append(b.Parts, &book.Part{ID: "data", Number: "2", Dir: "2-data", Index: &book.Page{Source: "2-data/index.md"}},
				&book.Part{ID: "more", Number: "2", Dir: "2-more"})
		}, []string{
			`2-data/index.md:1:1: the number 2 is also that of content/2-phones (give one of the folders another number)`,
			`2-more: the number 2 is also that of content/2-phones (give one of the folders another number)`}},
		{"duplicate-number", "parts without one", func(b *testBook) {
			b.Parts = append(b.Parts, &book.Part{ID: "data", Number: "3"}, &book.Part{ID: "a"}, &book.Part{ID: "b"})
		}, nil},

		{"version-without-change", "version 2", on(func(s *book.Section) { s.Version = 2 }), []string{
			`2-phones/1-texting.md:9:1: version 2 does not say what changed (add change: with one sentence that says what is new in it)`}},
		{"version-without-change", "version 2 with a change", on(func(s *book.Section) { s.Version, s.Change = 2, "Appointments only." }), nil},

		{"superseded-without-withdrawn", "still in force", func(b *testBook) {
			b.texting.SupersededBy = b.email
			b.texting.Keys = append(b.texting.Keys, book.KeyPos{Key: "superseded_by", Pos: at("2-phones/1-texting.md", 15, 1)})
		}, []string{
			`2-phones/1-texting.md:15:1: the section is superseded by "2.2 E-mail" and still in force (add withdrawn: with the day from which 2.2 E-mail holds instead)`}},
		{"superseded-without-withdrawn", "withdrawn some day", func(b *testBook) {
			b.texting.SupersededBy, b.texting.Withdrawn = b.email, date.New(2027, 1, 1)
		}, nil},

		{"successor-withdrawn", "on an earlier day", func(b *testBook) {
			b.texting.SupersededBy = b.email
			b.email.Withdrawn = date.New(2026, 11, 1)
		}, []string{`2-phones/1-texting.md:2:1: the section is superseded by "2.2 E-mail", which was withdrawn on 1 November 2026 (name the section that holds now, or none)`}},
		{"successor-withdrawn", "on a day to come", func(b *testBook) {
			b.texting.SupersededBy = b.email
			b.email.Withdrawn = date.New(2026, 12, 1)
		}, nil},
		{"successor-withdrawn", "which has a successor of its own", func(b *testBook) {
			b.texting.SupersededBy, b.email.SupersededBy = b.email, b.add(3, "messages", "Messages")
			b.email.Withdrawn = date.New(2026, 11, 1)
		}, nil},

		{"not-approved", "in force", on(func(s *book.Section) { s.Approvals = nil }), []string{
			`2-phones/1-texting.md:8:1: the section is in force and has no record of its approval (once it is approved, record it: handbook approve texting --by "NAME")`}},
		{"not-approved", "in force from tomorrow", on(func(s *book.Section) { s.Approvals, s.Effective = nil, future }), nil},
		{"not-approved", "a draft", on(func(s *book.Section) { s.Approvals, s.Draft = nil, true }), nil},

		{"self-approved", "by the owner's role", on(func(s *book.Section) { s.Approvals[0].By = "clinical  director" }), []string{
			`2-phones/1-texting.md:8:1: the section was approved by its owner, "clinical  director" (have it approved by somebody who does not own it)`}},
		{"self-approved", "by the owner's name", on(func(s *book.Section) { s.Approvals[0].By = "Director" }), []string{
			`2-phones/1-texting.md:8:1: the section was approved by its owner, "Director" (have it approved by somebody who does not own it)`}},
		{"self-approved", "by nobody, with an owner without a role", func(b *testBook) {
			b.texting.Approvals[0].By, b.Config.Owners[0].Role = "", ""
		}, nil},
		{"self-approved", "without an owner", on(func(s *book.Section) { s.Owner = nil }), nil},

		{"long-review-period", "two years", on(func(s *book.Section) { s.ReviewEvery = date.Period{Months: 24} }), []string{
			`2-phones/1-texting.md:11:1: the section is reviewed only every 24 months (write review_every: 12 months, or less)`}},
		{"long-review-period", "400 days", on(func(s *book.Section) { s.ReviewEvery = date.Period{Days: 400} }), []string{
			`2-phones/1-texting.md:11:1: the section is reviewed only every 400 days (write review_every: 12 months, or less)`}},
		{"long-review-period", "365 days", on(func(s *book.Section) { s.ReviewEvery = date.Period{Days: 365} }), nil},
		{"long-review-period", "twelve months", on(func(s *book.Section) { s.ReviewEvery = date.Period{Months: 12} }), nil},

		{"future-date", "everything that is done", func(b *testBook) {
			s := b.texting
			s.Drafted, s.Approvals[0].On, s.Reviews[1].On, s.Counsel.On = future, future, future, future
			b.hipaa.VerifiedOn, b.hipaa.Amended[0].Published, b.code.VerifiedOn = future, future, future
		}, []string{
			`2-phones/1-texting.md:7:1: the section was drafted on 21 November 2026, which is still to come ` + futureHint,
			`2-phones/1-texting.md:8:1: the section was approved on 21 November 2026, which is still to come ` + futureHint,
			`2-phones/1-texting.md:21:5: the section was reviewed on 21 November 2026, which is still to come ` + futureHint,
			`2-phones/1-texting.md:25:1: counsel signed on 21 November 2026, which is still to come ` + futureHint,
			`registers/laws.yaml:1:7: law "us-hipaa" was verified on 21 November 2026, which is still to come ` + futureHint,
			`registers/laws.yaml:5:5: an amendment of law "us-hipaa" was published on 21 November 2026, which is still to come ` + futureHint,
			`registers/references.yaml:1:7: reference "nasw-code-2021" was verified on 21 November 2026, which is still to come ` + futureHint,
		}},
		{"future-date", "today", on(func(s *book.Section) { s.Reviews[1].On = today() }), nil},
		{"future-date", "what lies ahead by its nature", on(func(s *book.Section) { s.Effective, s.Withdrawn = future, future.AddMonths(12) }), nil},
		{"future-date", "a percent sign in an id", func(b *testBook) {
			b.hipaa.ID, b.hipaa.VerifiedOn, b.hipaa.Pos = "100%d", future, diag.Pos{File: "content/x.yaml"}
		}, []string{`x.yaml: law "100%d" was verified on 21 November 2026, which is still to come ` + futureHint}},
	}
}
