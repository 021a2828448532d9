package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/edit"
)

type reviewFlags struct {
	by      string
	outcome string
	checked []string
	on      string
	counsel bool
}

func (t *tool) reviewCommand() *cobra.Command {
	outcomes := book.Outcomes()
	var f reviewFlags
	c := &cobra.Command{
		Use:   "review ID",
		Short: "Record that a section was reviewed",
		Long: `Review writes an honest record into a section's front matter: the day, who
reviewed it, what came of it, and a short hash of its title, summary and text as
they are now. When one of them changes later, the handbook says that the review
no longer holds.

With --counsel it records counsel's sign-off instead. Every other byte of the
file stays as it was. Record a review only after you have read the section.`,
		Example: `  handbook review texting --by "Privacy officer" --outcome no-change --checked laws,references
  handbook review texting --by "Ann Lee, agency counsel" --counsel --on 2026-05-30`,
		Args: exactly("ID"),
		RunE: func(c *cobra.Command, args []string) error {
			for i := range f.checked {
				f.checked[i] = strings.TrimSpace(f.checked[i])
			}
			switch {
			case strings.TrimSpace(f.by) == "": // said by sign
			case f.counsel && (f.outcome != "" || len(f.checked) > 0):
				return diag.Usagef("record the review and counsel's sign-off one after the other", "--counsel takes no --outcome and no --checked")
			case !f.counsel && f.outcome == "":
				return diag.Usagef("add --outcome "+strings.Join(outcomes, ", ")+" or --counsel", "--outcome is missing: a record says what came of the review")
			case !f.counsel:
				if err := oneOf("outcome", f.outcome, outcomes); err != nil {
					return err
				}
				for _, thing := range f.checked {
					if err := oneOf("checked", thing, book.Checks()); err != nil {
						return err
					}
				}
			}
			kind := f.review
			if f.counsel {
				kind = f.counselSigned
			}
			s, err := t.sign(c.Context(), kind(args[0]))
			if err == nil && f.outcome == "substantive" {
				diag.Say(t.stderr, "hint: the meaning changed, so raise version: (now %d) and say in change: what is new, unless you have done so", s.Version)
			}
			return err
		},
		ValidArgsFunction: t.completeSections,
	}
	c.Flags().StringVar(&f.by, "by", "", "the `NAME` or role of who reviewed it")
	c.Flags().StringVar(&f.outcome, "outcome", "", "what came of it, an `OUTCOME`: "+strings.Join(outcomes, ", "))
	c.Flags().StringSliceVar(&f.checked, "checked", nil, "the `THINGS` that were checked, parted by commas: "+strings.Join(book.Checks(), ", "))
	c.Flags().StringVar(&f.on, "on", "", "the `DATE` of the review (default today)")
	c.Flags().BoolVar(&f.counsel, "counsel", false, "record counsel's sign-off instead")
	complete(c, "outcome", outcomes...)
	complete(c, "checked", book.Checks()...)
	return c
}

// review returns the record of a review.
func (f *reviewFlags) review(id string) signOff {
	return signOff{
		id: id, by: f.by, on: f.on, what: "the review (" + f.outcome + ")", due: true,
		last: func(s *book.Section) (last date.Date) {
			for _, r := range s.Reviews {
				last = date.Max(last, r.On)
			}
			return last
		},
		write: func(file []byte, record []edit.Field, s *book.Section) ([]byte, error) {
			record = append(record, edit.Field{Key: "outcome", Text: f.outcome})
			if len(f.checked) > 0 {
				record = append(record, edit.Field{Key: "checked", List: f.checked})
			}
			return edit.Append(file, "reviews", append(record, textOf(s)))
		},
		stands: func(s, now *book.Section, on date.Date, by string) bool {
			return len(now.Reviews) == len(s.Reviews)+1 && len(now.Approvals) == len(s.Approvals) && slices.ContainsFunc(now.Reviews, func(r book.Review) bool {
				return r.On == on && r.By == by && r.Outcome == f.outcome && slices.Equal(r.Checked, f.checked) && r.Text == s.TextHash
			})
		},
	}
}

// counselSigned returns the record of counsel's sign-off.
func (f *reviewFlags) counselSigned(id string) signOff {
	return signOff{
		id: id, by: f.by, on: f.on, what: "counsel's sign-off",
		last: func(s *book.Section) date.Date {
			if s.Counsel == nil {
				return date.Date{}
			}
			return s.Counsel.On
		},
		write: func(file []byte, record []edit.Field, s *book.Section) ([]byte, error) {
			return edit.Set(file, "counsel", append(record, textOf(s)))
		},
		stands: func(s, now *book.Section, on date.Date, by string) bool {
			c := now.Counsel
			return c != nil && c.On == on && c.By == by && c.Text == s.TextHash && len(now.Reviews) == len(s.Reviews) && len(now.Approvals) == len(s.Approvals)
		},
	}
}
