package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/export"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/staleness"
)

type dueFlags struct {
	within string
	owner  string
	format string
	drafts bool
}

func (t *tool) dueCommand() *cobra.Command {
	formats := export.DueFormats()
	var f dueFlags
	c := &cobra.Command{
		Use:   "due",
		Short: "List what must be reviewed, and why",
		Long: `Due lists the reviews, and the sign-offs by counsel where the handbook asks for
them, that are overdue or fall due soon, the earliest first.

As text, it also lists what has to be looked into whatever the review date is:
laws that changed or are about to, references that were superseded, texts that
changed after they were signed off, versions that are not approved, and sources
that nobody has checked for too long. Programs find these reasons in
handbook.json and health.csv of the site.`,
		Example: `  handbook due --within 90d
  handbook due --owner clinical-director --format csv > due.csv
  handbook due --format markdown                 # for an issue or a mail`,
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := diag.OneOf("format", f.format, formats); err != nil {
				return err
			}
			return t.due(c.Context(), f)
		},
	}
	c.Flags().StringVar(&f.within, "within", "", "look ahead for this `PERIOD`, such as 60d or \"3 months\" (default due_soon of the handbook)")
	c.Flags().StringVar(&f.owner, "owner", "", "list the sections of this `OWNER` only")
	c.Flags().StringVar(&f.format, "format", "text", "print as `FORMAT`: "+strings.Join(formats, ", "))
	c.Flags().BoolVar(&f.drafts, "drafts", false, "include the sections marked draft")
	complete(c, "format", formats...)
	_ = c.RegisterFlagCompletionFunc("owner", t.completing(ownerIDs))
	return c
}

func (t *tool) due(ctx context.Context, f dueFlags) error {
	var within date.Period
	if f.within != "" {
		var err error
		if within, err = date.ParsePeriod(f.within); err != nil {
			return diag.Usagef("write a whole number of days, weeks, months or years, such as 60d", "--within: %s", err)
		}
	}
	h, err := t.read(ctx, book.Options{Drafts: f.drafts})
	if err != nil {
		return err
	}
	defer h.Close()
	b, today := h.Book, h.Today
	if errors, _ := diag.Count(check.Grade(h.Problems, b.Config.Checks, false)); errors > 0 {
		diag.Say(t.stderr, "note: the handbook has %s, so this list may not be whole; handbook check shows them", diag.Plural(errors, "error"))
	}
	if f.within == "" {
		within = b.Config.DueSoon
	}
	if err := b.Config.KnowsOwner(f.owner); err != nil {
		return err
	}
	tasks := staleness.Due(b, today.Date, within, f.owner)
	if err := export.Due(t.stdout, f.format, b, today.Date, tasks); err != nil {
		return err
	}
	end := today.Add(within)
	found := staleness.Doubts(b, today.Date, end, f.owner)
	if f.format == "text" {
		if err := export.Doubts(t.stdout, found); err != nil {
			return err
		}
	}
	late := 0
	for _, task := range tasks {
		if task.Overdue(today.Date) {
			late++
		}
	}
	t.notToday("counted", today)
	diag.Say(t.stderr, "%d overdue, %d more due by %s, %d to look into", late, len(tasks)-late, lang.EnglishDate(end), len(found))
	return nil
}
