package main

import (
	"handbook/cmd/handbook/internal/change"

	"github.com/spf13/cobra"
)

func (t *tool) approveCommand() *cobra.Command {
	r := change.SignOff{Kind: change.Approval}
	var on string
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
			r.ID = args[0]
			_, err := t.sign(c, r, on)
			return err
		},
		ValidArgsFunction: t.completing(sectionIDs),
	}
	c.Flags().StringVar(&r.By, "by", "", "the `NAME` of the body or person that approved it")
	c.Flags().StringVar(&on, "on", "", "the `DATE` of the approval (default today)")
	c.Flags().BoolVar(&r.OpenPlaces, "with-open-places", false, "approve it although places are still to be filled in")
	return c
}
