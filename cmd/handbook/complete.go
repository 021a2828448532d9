package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
)

// complete returns a shell the values of a flag.
func complete(c *cobra.Command, flag string, values ...cobra.Completion) {
	// The only error is a flag that does not exist, which a test would meet.
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// completing makes a completion of what list finds in the handbook. An error has
// no place to be shown: then there is nothing to complete.
func (t *tool) completing(list func(b *book.Book, args []string, begun string) []cobra.Completion) cobra.CompletionFunc {
	return func(c *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		h, err := t.read(c.Context(), book.Options{Drafts: true})
		if err != nil {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		defer h.Close()
		return list(h.Book, args, begun), cobra.ShellCompDirectiveNoFileComp
	}
}

// sectionIDs returns the ids of the sections, for the first argument.
func sectionIDs(b *book.Book, args []string, _ string) (ids []cobra.Completion) {
	for _, s := range b.Sections {
		if len(args) == 0 {
			ids = append(ids, cobra.CompletionWithDesc(s.ID, s.Name()))
		}
	}
	return ids
}

// ownerIDs returns the ids of the owners.
func ownerIDs(b *book.Book, _ []string, _ string) (ids []cobra.Completion) {
	for _, o := range b.Config.Owners {
		ids = append(ids, cobra.CompletionWithDesc(o.ID, o.Name))
	}
	return ids
}

// audienceIDs returns the ids of the audiences, behind those that are written
// already.
func audienceIDs(b *book.Book, _ []string, begun string) (ids []cobra.Completion) {
	before := begun[:strings.LastIndexByte(begun, ',')+1]
	for _, a := range b.Config.Audiences {
		if !slices.Contains(strings.Split(before, ","), a.ID) {
			ids = append(ids, cobra.CompletionWithDesc(before+a.ID, a.Name))
		}
	}
	return ids
}
