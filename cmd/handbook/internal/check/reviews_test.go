package check

import (
	"fmt"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

func reviewCases() []ruleCase {
	// reviewed makes n sections that people reviewed on days.
	reviewed := func(n int, by func(int) string, on func(int) date.Date) func(*testBook) {
		return func(b *testBook) {
			for i := range n {
				s := b.add(3+i, fmt.Sprintf("s%d", i), fmt.Sprintf("Section %d", i))
				r := b.review(s.Source, 20, on(i))
				r.By = by(i)
				s.Reviews = []book.Review{r}
			}
		}
	}
	officer := func(int) string { return "Officer" }
	june := func(int) date.Date { return date.New(2026, 6, 1) }
	const bulkHint = "(record a review on the day on which the section was read, and of those only that were read)"
	ten := `2-phones/3-s0.md:20:5: "Officer" recorded a review of 10 sections on 1 June 2026, the first of them "2.3 Section 0", "2.4 Section 1" and "2.5 Section 2" ` + bulkHint
	return []ruleCase{
		{"bulk-review", "ten on one day", reviewed(10, officer, june), []string{ten}},
		{"bulk-review", "nine on one day", reviewed(9, officer, june), nil},
		{"bulk-review", "ten by two people", reviewed(10, func(i int) string { return []string{"Officer", "Deputy"}[i%2] }, june), nil},
		{"bulk-review", "ten on two days", reviewed(10, officer, func(i int) date.Date { return date.New(2026, 6, 1+i%2) }), nil},
		{"bulk-review", "one name in many spellings", reviewed(10, func(i int) string { return []string{"Officer", "OFFICER", " officer "}[i%3] }, june), []string{ten}},
		{"bulk-review", "nobody's name", reviewed(10, func(int) string { return "" }, june), nil},
		{"bulk-review", "one section many times", func(b *testBook) {
			for range 12 {
				b.texting.Reviews = append(b.texting.Reviews, b.review(b.texting.Source, 22, date.New(2026, 10, 1)))
			}
		}, nil},
		{"bulk-review", "two days of ten", reviewed(20, officer, func(i int) date.Date { return date.New(2026, 6, 2-i%2) }), []string{
			`2-phones/3-s0.md:20:5: "Officer" recorded a review of 10 sections on 2 June 2026, the first of them "2.3 Section 0", "2.5 Section 2" and "2.7 Section 4" ` + bulkHint,
			`2-phones/4-s1.md:20:5: "Officer" recorded a review of 10 sections on 1 June 2026, the first of them "2.4 Section 1", "2.6 Section 3" and "2.8 Section 5" ` + bulkHint,
		}},

		{"review-order", "newest first", func(b *testBook) {
			r := b.texting.Reviews
			r[0].Pos, r[1].Pos = r[1].Pos, r[0].Pos
		}, []string{`2-phones/1-texting.md:21:5: the review of 1 March 2026 stands after that of 1 September 2026 (put the oldest review first and the newest last)`}},
		{"review-order", "two on one day", func(b *testBook) { b.texting.Reviews[0].On = b.texting.Reviews[1].On }, nil},

		{"approval-order", "newest first", func(b *testBook) {
			old := b.texting.Approvals[0]
			old.On, old.Pos.Line = date.New(2025, 11, 30), 9
			b.texting.Approvals = []book.Approval{old, b.texting.Approvals[0]}
		}, []string{`2-phones/1-texting.md:9:1: the approval of 30 November 2025 stands after that of 1 December 2025 (put the oldest approval first and the newest last)`}},
		{"approval-order", "one", nil, nil},

		{"approval-without-text", "no text", func(b *testBook) { b.texting.Approvals[0].Text = "" }, []string{
			`2-phones/1-texting.md:8:1: the approval by Board of Directors of 1 December 2025 does not hold the text, so a later change would go unnoticed (if this is the text that was approved, record it: handbook approve texting --by "Board of Directors" --on 2025-12-01)`}},
		{"approval-without-text", "a name that a shell would read, and no day", func(b *testBook) {
			b.texting.Approvals[0] = book.Approval{SignOff: book.SignOff{By: `Board" && rm -r .`, Pos: b.texting.Approvals[0].Pos}}
		}, []string{
			`2-phones/1-texting.md:8:1: the approval by Board" && rm -r . does not hold the text, so a later change would go unnoticed (record what was approved: handbook approve texting --by "NAME")`}},
		{"approval-without-text", "the text", nil, nil},
		{"approval-without-text", "of another version", func(b *testBook) { b.texting.Approvals[0].Text, b.texting.Version = "", 2 }, nil},
		{"approval-without-text", "no approval", func(b *testBook) { b.texting.Approvals = nil }, nil},

		{"body-only-record", "all three", func(b *testBook) {
			b.texting.BodyHash = "4f2a9c01"
			b.texting.Reviews[1].Text, b.texting.Approvals[0].Text, b.texting.Counsel.Text = "4f2a9c01", "4f2a9c01", "4f2a9c01"
		}, []string{
			`2-phones/1-texting.md:8:1: the record of the approval by Board of Directors of 1 December 2025 covers the body only, not title and summary (if title and summary are as they were approved, record it again: handbook approve texting --by "Board of Directors" --on 2025-12-01)`,
			`2-phones/1-texting.md:21:5: the record of the review of 1 September 2026 covers the body only, not title and summary (read title and summary as well, and record it again: handbook review texting --by NAME --outcome no-change)`,
			`2-phones/1-texting.md:25:1: the record of counsel's sign-off of 20 November 2025 covers the body only, not title and summary (read title and summary as well, and record it again: handbook review texting --by NAME --counsel)`}},
		{"body-only-record", "an older review", func(b *testBook) { b.texting.Reviews[0].Text = "4f2a9c01" }, nil},

		// A hint never makes a sign-off of a text that nobody signed.
		{"body-only-record", "of another text", func(b *testBook) { b.texting.Approvals[0].Text = "12345678" }, nil},
		{"signed-text-changed", "all three", func(b *testBook) {
			b.texting.Reviews[1].Text, b.texting.Approvals[0].Text, b.texting.Counsel.Text = "12345678", "12345678", "12345678"
		}, []string{
			`2-phones/1-texting.md:8:1: the text has changed since the approval by Board of Directors of 1 December 2025 (have it approved as it is now, and record that: handbook approve texting --by "Board of Directors")`,
			`2-phones/1-texting.md:21:5: the text has changed since the review of 1 September 2026 (read it again, and record that: handbook review texting --by NAME --outcome no-change)`,
			`2-phones/1-texting.md:25:1: the text has changed since counsel's sign-off of 20 November 2025 (have counsel read it as it is now, and record that: handbook review texting --by NAME --counsel)`}},
		{"signed-text-changed", "an older review", func(b *testBook) { b.texting.Reviews[0].Text = "12345678" }, nil},
		{"version-not-approved", "another", func(b *testBook) { b.texting.Version, b.texting.Approvals[0].Version = 3, 2 }, []string{
			`2-phones/1-texting.md:8:1: version 3 is not approved; the approval by Board of Directors of 1 December 2025 is of version 2 (once version 3 is approved, record it: handbook approve texting --by "Board of Directors")`}},
		{"version-not-approved", "none", func(b *testBook) { b.texting.Version, b.texting.Approvals[0].Version = 2, 0 }, []string{
			`2-phones/1-texting.md:8:1: the approval by Board of Directors of 1 December 2025 does not say of which version it is, and the section is at version 2 (write the version that was approved, such as version: 1; once version 2 is approved, record it: handbook approve texting --by "Board of Directors")`}},
		{"version-not-approved", "this one", nil, nil},

		{"review-without-outcome", "no outcome", func(b *testBook) { b.texting.Reviews[0].Outcome = "" }, []string{
			`2-phones/1-texting.md:20:5: the review of 1 March 2026 does not say what came of it (add outcome: no-change, editorial or substantive)`}},
		{"review-without-outcome", "an outcome", nil, nil},

		{"review-without-hash", "the last review", func(b *testBook) { b.texting.Reviews[1].Text = "" }, []string{
			`2-phones/1-texting.md:21:5: the review of 1 September 2026 does not record which text was read (record it again after reading the text: handbook review texting --by NAME --outcome no-change; or add text: h2:1f2e07d4-93ab55c8-4f2a9c01d0e61733 if this is the text that was read)`}},
		{"review-without-hash", "the last by date, not by place", func(b *testBook) {
			b.texting.Reviews[0].On = date.New(2026, 10, 1)
			b.texting.Reviews[0].Text = ""
		}, []string{
			`2-phones/1-texting.md:20:5: the review of 1 October 2026 does not record which text was read (record it again after reading the text: handbook review texting --by NAME --outcome no-change; or add text: h2:1f2e07d4-93ab55c8-4f2a9c01d0e61733 if this is the text that was read)`}},
		{"review-without-hash", "counsel", func(b *testBook) { b.texting.Counsel.Text = "" }, []string{
			`2-phones/1-texting.md:25:1: counsel's sign-off of 20 November 2025 does not record which text was read (record it again once counsel has read the text: handbook review texting --by NAME --counsel; or add text: h2:1f2e07d4-93ab55c8-4f2a9c01d0e61733 if this is the text that counsel read)`}},
		{"review-without-hash", "an older review", func(b *testBook) { b.texting.Reviews[0].Text = "" }, nil},
		{"review-without-hash", "no review at all", func(b *testBook) { b.texting.Reviews, b.texting.Counsel = nil, nil }, nil},
		{"review-without-hash", "withdrawn", func(b *testBook) {
			b.texting.Reviews[1].Text = ""
			b.texting.Withdrawn = today()
		}, nil},
	}
}
