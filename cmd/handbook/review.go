package main

import (
	"strings"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/change"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/staleness"
)

func (t *tool) reviewCommand() *cobra.Command {
	outcomes := book.Outcomes()
	r := change.SignOff{Kind: change.Review}
	var on string
	var counsel bool
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
			for i := range r.Checked {
				r.Checked[i] = strings.TrimSpace(r.Checked[i])
			}
			if counsel {
				r.Kind = change.Counsel
			}
			r.ID = args[0]
			s, err := t.sign(c, r, on)
			if err == nil && r.Outcome == "substantive" {
				diag.Say(t.stderr, "hint: the meaning changed, so raise version: (now %d) and say in change: what is new, unless you have done so", s.Version)
			}
			return err
		},
		ValidArgsFunction: t.completing(sectionIDs),
	}
	c.Flags().StringVar(&r.By, "by", "", "the `NAME` or role of who reviewed it")
	c.Flags().StringVar(&r.Outcome, "outcome", "", "what came of it, an `OUTCOME`: "+strings.Join(outcomes, ", "))
	c.Flags().StringSliceVar(&r.Checked, "checked", nil, "the `THINGS` that were checked, separated by commas: "+strings.Join(book.Checks(), ", "))
	c.Flags().StringVar(&on, "on", "", "the `DATE` of the review (default today)")
	c.Flags().BoolVar(&counsel, "counsel", false, "record counsel's sign-off instead")
	complete(c, "outcome", outcomes...)
	complete(c, "checked", book.Checks()...)
	return c
}

// sign writes a record, and says what was recorded and what the section still
// waits for.
func (t *tool) sign(c *cobra.Command, r change.SignOff, on string) (*book.Section, error) {
	err := r.Check()
	if err != nil {
		return nil, err
	}
	if on != "" {
		if r.On, err = parseDay("on", on); err != nil {
			return nil, err
		}
	}
	h, err := t.openToChange(c)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	b, s, err := h.Sign(c.Context(), &r)
	if err != nil {
		return nil, err
	}
	what := string(r.Kind)
	if r.Outcome != "" {
		what += " (" + r.Outcome + ")"
	}
	err = diag.Say(t.stdout, "recorded %s of %s on %s in %s", what, s.Name(), lang.EnglishDate(r.On), b.Dir+s.Source)
	if due := staleness.ReviewDue(s); !due.IsZero() && r.Kind == change.Review {
		diag.Say(t.stderr, "next review due by %s", lang.EnglishDate(due))
	}
	for _, r := range staleness.Holding(staleness.All(b, s), h.Today.Date) {
		if r.Kind != staleness.NotYetEffective {
			diag.Say(t.stderr, "still open: %s", r.Text(lang.English()))
		}
	}
	return s, err
}
