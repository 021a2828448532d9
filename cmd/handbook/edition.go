package main

import (
	"slices"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
)

// audienceFlag adds the flag that asks for an edition to a command. It does
// not go together with --lenient: the error that is let pass could be the one
// that lets pass what is for others.
func (t *tool) audienceFlag(c *cobra.Command, to *[]string) {
	c.Flags().StringSliceVar(to, "audience", nil, "take only what these `AUDIENCES` may read, separated by commas")
	_ = c.RegisterFlagCompletionFunc("audience", t.completing(audienceIDs))
	run := c.RunE
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case !c.Flags().Changed("audience"):
		case len(*to) == 0 || slices.Contains(*to, ""):
			return diag.Usagef("write ids of audiences in handbook.yaml, such as --audience clients,board", "--audience names nobody")
		case c.Flags().Changed("lenient"):
			return diag.Usagef("correct the errors first: one of them could let through what is for others", "--audience and --lenient do not go together")
		}
		return run(c, args)
	}
}

// tellEdition says of an edition what it is not.
func (t *tool) tellEdition(b *book.Book) {
	if e := b.Edition; e != nil {
		diag.Say(t.stderr, "note: this is the edition for %s; %s left out, being for others", e.Name(), diag.Plural(e.Others, "section"))
	}
}
