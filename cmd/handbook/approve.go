package main

import (
	"slices"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/edit"
	"handbook/cmd/handbook/internal/markdown"
)

type approveFlags struct {
	by   string
	on   string
	open bool
}

func (t *tool) approveCommand() *cobra.Command {
	var f approveFlags
	c := &cobra.Command{
		Use:   "approve ID",
		Short: "Record that a section was approved",
		Long: `Approve writes into a section's front matter who approved it, on which day, which
version it was, and a short hash of its title, summary and text as they are now.
When one of them changes later, or the version is raised, the handbook says that
the approval does not cover what readers see.

An approval of before stays, and the new one is added to it. Every other byte of
the file stays as it was. A section with a place that is still to be filled in is
approved only with --with-open-places, and so is one with text that handbook new
wrote. Record an approval only after it was given.`,
		Example: `  handbook approve texting --by "Board of Directors" --on 2026-11-25`,
		Args:    exactly("ID"),
		RunE: func(c *cobra.Command, args []string) error {
			_, err := t.sign(c.Context(), f.approval(args[0]))
			return err
		},
		ValidArgsFunction: t.completeSections,
	}
	c.Flags().StringVar(&f.by, "by", "", "the `NAME` of the body or person that approved it")
	c.Flags().StringVar(&f.on, "on", "", "the `DATE` of the approval (default today)")
	c.Flags().BoolVar(&f.open, "with-open-places", false, "approve it although places are still to be filled in")
	return c
}

// approval returns the record of an approval.
func (f *approveFlags) approval(id string) signOff {
	return signOff{
		id: id, by: f.by, on: f.on, what: "the approval", whole: !f.open,
		refuse: func(s *book.Section) error {
			n := len(s.Doc.Fills)
			if n == 0 || f.open {
				return nil
			}
			first := s.Doc.Fills[0]
			if first.Title == "" {
				first.Title = markdown.FillTitle
			}
			return diag.Failf("fill it in first, or add --with-open-places if it was approved as it is", "%s has %s still to be filled in, at line %d: %s",
				diag.Quote(s.Name()), diag.Plural(n, "place"), first.Pos.Line, diag.Quote(first.Title))
		},
		last: func(s *book.Section) (last date.Date) {
			for _, a := range s.Approvals {
				last = date.Max(last, a.On)
			}
			return last
		},
		write: func(file []byte, record []edit.Field, s *book.Section) ([]byte, error) {
			return edit.Add(file, "approved", append(record, edit.Field{Key: "version", Number: max(1, s.Version)}, textOf(s)))
		},
		stands: func(s, now *book.Section, on date.Date, by string) bool {
			return len(now.Approvals) == len(s.Approvals)+1 && len(now.Reviews) == len(s.Reviews) && slices.ContainsFunc(now.Approvals, func(a book.Approval) bool {
				return a.On == on && a.By == by && a.Version == max(1, s.Version) && a.Text == s.TextHash
			})
		},
	}
}
