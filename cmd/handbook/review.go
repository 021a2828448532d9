package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/edit"
	"handbook/cmd/handbook/internal/staleness"
)

type reviewFlags struct {
	by      string
	outcome string
	checked []string
	on      string
	counsel bool
}

func (t *tool) reviewCommand() *cobra.Command {
	outcomes := []string{"no-change", "editorial", "substantive"}
	var f reviewFlags
	c := &cobra.Command{
		Use:   "review ID",
		Short: "Record that a section was reviewed",
		Long: `Review writes an honest record into a section's front matter: the day, who
reviewed it, what came of it, and a short hash of the text as it is now. When
the text changes later, the handbook says that the review no longer holds.

With --counsel it records counsel's sign-off instead. Every other byte of the
file stays as it was. Record a review only after you have read the section.`,
		Example: `  handbook review texting --by "Privacy officer" --outcome no-change --checked laws,references
  handbook review texting --by "Ann Lee, agency counsel" --counsel --on 2026-05-30`,
		Args: exactly("ID"),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case strings.TrimSpace(f.by) == "":
				return usagef("add --by \"name or role\"", "--by is missing: a record needs a name")
			case f.counsel && (f.outcome != "" || len(f.checked) > 0):
				return usagef("record the review and counsel's sign-off one after the other", "--counsel takes no --outcome and no --checked")
			case !f.counsel && f.outcome == "":
				return usagef("add --outcome "+strings.Join(outcomes, ", ")+" or --counsel", "--outcome is missing: a record says what came of the review")
			case !f.counsel:
				if err := oneOf("outcome", f.outcome, outcomes); err != nil {
					return err
				}
			}
			return t.review(c.Context(), args[0], f)
		},
		ValidArgsFunction: t.completeSections,
	}
	c.Flags().StringVar(&f.by, "by", "", "the `NAME` or role of who reviewed it")
	c.Flags().StringVar(&f.outcome, "outcome", "", "what came of it, an `OUTCOME`: "+strings.Join(outcomes, ", "))
	c.Flags().StringSliceVar(&f.checked, "checked", nil, "the `THINGS` that were checked, parted by commas: laws, references, links")
	c.Flags().StringVar(&f.on, "on", "", "the `DATE` of the review (default today)")
	c.Flags().BoolVar(&f.counsel, "counsel", false, "record counsel's sign-off instead")
	complete(c, "outcome", outcomes...)
	complete(c, "checked", "laws", "references", "links")
	return c
}

func (t *tool) review(ctx context.Context, id string, f reviewFlags) error {
	today, err := t.today()
	if err != nil {
		return err
	}
	on := today.Date
	if f.on != "" {
		if on, err = parseDay("on", f.on); err != nil {
			return err
		}
	}
	r, err := openRoot(t.dir)
	if err != nil {
		return err
	}
	defer r.close()
	b, before, err := r.load(ctx, r.content.FS(), book.Options{Drafts: true})
	if err != nil {
		return err
	}
	s, err := t.reviewable(b, before, id)
	if err != nil {
		return err
	}
	if err := reviewDay(s, on, today.Date, f.counsel); err != nil {
		return err
	}
	file := b.Dir + s.Source
	old, err := r.content.ReadFile(s.Source)
	if err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	data, err := recorded(old, s, on, f)
	if err != nil {
		return told(file, err)
	}
	after, err := t.tryOut(ctx, r, b, before, s.Source, data)
	if err != nil {
		return err
	}
	now := after.Section(id)
	if err := sameButForTheRecord(s, now, on, f); err != nil {
		return err
	}
	if err := replace(r.content, s.Source, old, data); err != nil {
		return err
	}
	return t.reviewed(after, now, file, on, today.Date, f)
}

// reviewable finds a section that a record can be written for.
func (t *tool) reviewable(b *book.Book, problems []diag.Problem, id string) (*book.Section, error) {
	s := b.Section(id)
	problems = graded(b, problems, false)
	if s == nil {
		var ids []string
		for _, s := range b.Sections {
			ids = append(ids, s.ID)
		}
		otherwise := "the id stands in the section's front matter, or is its file's name without the number"
		if diag.HasErrors(problems) {
			otherwise = "the handbook has errors, and sections with errors may be missing; handbook check shows them"
		}
		return nil, failf(diag.DidYouMean(id, ids, otherwise), "there is no section with the id %s", diag.Quote(id))
	}
	file := b.Dir + s.Source
	own := slices.DeleteFunc(slices.Clone(problems), func(p diag.Problem) bool { return p.File != file || p.Severity != diag.Error })
	if len(own) > 0 {
		if err := diag.Write(t.stderr, "text", own, nil); err != nil {
			return nil, err
		}
		return nil, failf("correct it first", "%s has %s; no record is written for a text that is not whole", file, count(len(own), "error"))
	}
	return s, nil
}

// reviewDay refuses a day on which the review cannot have been.
func reviewDay(s *book.Section, on, today date.Date, counsel bool) error {
	if on.After(today) {
		return failf("record a review after it was done", "%s lies in the future", on.Long())
	}
	if on.Before(s.Drafted) {
		return failf("check --on", "%s lies before the day on which the section was drafted, %s", on.Long(), s.Drafted.Long())
	}
	last := date.Date{}
	if counsel && s.Counsel != nil {
		last = s.Counsel.On
	}
	if !counsel {
		for _, r := range s.Reviews {
			last = date.Max(last, r.On)
		}
	}
	if on.Before(last) {
		return failf("records are written in the order of their days; check --on", "%s lies before the last record, of %s", on.Long(), last.Long())
	}
	return nil
}

// recorded gives the file with the record in it.
func recorded(old []byte, s *book.Section, on date.Date, f reviewFlags) ([]byte, error) {
	record := []edit.Field{{Key: "on", Text: on.String()}, {Key: "by", Text: strings.Join(strings.Fields(f.by), " ")}}
	text := edit.Field{Key: "text", Text: s.TextHash}
	if f.counsel {
		return edit.Set(old, "counsel", append(record, text))
	}
	record = append(record, edit.Field{Key: "outcome", Text: f.outcome})
	if len(f.checked) > 0 {
		checked := make([]string, len(f.checked))
		for i, c := range f.checked {
			checked[i] = strings.TrimSpace(c)
		}
		record = append(record, edit.Field{Key: "checked", List: checked})
	}
	return edit.Append(old, "reviews", append(record, text))
}

// sameButForTheRecord compares the section before and after: the text is the
// same, and the record is there.
func sameButForTheRecord(s, now *book.Section, on date.Date, f reviewFlags) error {
	by := strings.Join(strings.Fields(f.by), " ")
	ok := now != nil && now.TextHash == s.TextHash && now.Title == s.Title && now.Source == s.Source
	if ok && f.counsel {
		c := now.Counsel
		ok = c != nil && c.On == on && c.By == by && c.Text == s.TextHash && len(now.Reviews) == len(s.Reviews)
	} else if ok {
		ok = len(now.Reviews) == len(s.Reviews)+1 && slices.ContainsFunc(now.Reviews, func(r book.Review) bool {
			return r.On == on && r.By == by && r.Outcome == f.outcome && r.Text == s.TextHash
		})
	}
	if !ok {
		return failf("somebody may be writing to it; run the command again, or write the record by hand", "the record could not be read back; %s is left as it was", s.Source)
	}
	return nil
}

// reviewed tells what was recorded, and what the section still waits for.
func (t *tool) reviewed(b *book.Book, s *book.Section, file string, on, today date.Date, f reviewFlags) error {
	what := "the review (" + f.outcome + ")"
	if f.counsel {
		what = "counsel's sign-off"
	}
	err := say(t.stdout, "recorded %s of %s on %s in %s", what, s.Name(), on.Long(), file)
	if due := staleness.ReviewDue(s); !due.IsZero() && !f.counsel {
		say(t.stderr, "next review due by %s", due.Long())
	}
	for _, r := range staleness.Holding(staleness.All(b, s), today) {
		if r.Kind != staleness.NotYetEffective {
			say(t.stderr, "still open: %s", r.Text)
		}
	}
	if f.outcome == "substantive" {
		say(t.stderr, "hint: the meaning changed, so raise version: (now %d) and say in change: what is new, unless you have done so", s.Version)
	}
	return err
}
