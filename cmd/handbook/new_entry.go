package main

import (
	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/change"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/edit"
)

// An entryFlag is a flag that becomes the key of the same name in a register's
// entry.
type entryFlag struct{ key, usage string }

func (t *tool) newLawCommand() *cobra.Command {
	return t.newEntryCommand("law", []entryFlag{
		{"title", "its full `TITLE`"},
		{"short", "the `NAME` it goes by"},
		{"citation", "how it is cited, `TEXT` such as \"47 U.S.C. 227\""},
		{"kind", "its `KIND`: statute, regulation, case, guidance or survey"},
		{"level", "its `LEVEL`: federal, state, provincial, national or local"},
		{"jurisdiction", "where it holds, a `CODE` such as US or US-MD"},
		{"governs", "what it governs, in one `SENTENCE`"},
		{"url", "the `ADDRESS` of its text"},
		{"status", "its `STATUS`, such as in-force (default uncertain)"},
	}, []edit.Field{{Key: "status", Text: "uncertain"}, {Key: "confidence", Text: "C"}})
}

func (t *tool) newReferenceCommand() *cobra.Command {
	return t.newEntryCommand("reference", []entryFlag{
		{"title", "its `TITLE` as printed"},
		{"publisher", "the `NAME` of who published it"},
		{"year", "the `YEAR` of publication"},
		{"edition", "its `EDITION`"},
		{"url", "its `ADDRESS`"},
		{"about", "what it is used for, in one `SENTENCE`"},
	}, []edit.Field{{Key: "status", Text: "current"}, {Key: "confidence", Text: "C"}})
}

// newEntryCommand makes the command that adds an entry to a register. Keys
// that no flag gives take their value from defaults, or are named in a comment
// as still to be filled in.
func (t *tool) newEntryCommand(what string, flags []entryFlag, defaults []edit.Field) *cobra.Command {
	keys, values := make([]string, len(flags)), make([]string, len(flags))
	c := &cobra.Command{
		Use:   what + " ID",
		Short: "Add a " + what + " to its register",
		Long: `Add a ` + what + ` at the end of registers/` + what + `s.yaml. What is there already stays as it
is. The entry says that nobody has verified it yet: write verified_on: with the
day on which you read the ` + what + ` itself.`,
		Example: `  handbook new ` + what + ` ` + map[string]string{
			"law":       `us-tcpa --title "Telephone Consumer Protection Act" --kind statute`,
			"reference": `nasw-code-2021 --title "NASW Code of Ethics" --year 2021`,
		}[what],
		Args: exactly("ID"),
		RunE: func(c *cobra.Command, args []string) error {
			if values[0] == "" {
				return diag.Usagef("add --title \"...\"", "--title is missing")
			}
			h, err := t.openToChange(c)
			if err != nil {
				return err
			}
			defer h.Close()
			file, err := h.AddEntry(c.Context(), what, change.NewEntry(args[0], keys, values, defaults))
			if err != nil {
				return err
			}
			err = diag.Say(t.stdout, "added the %s %s to %s", what, args[0], file)
			diag.Say(t.stderr, "hint: cite it as [@%s]; handbook check warns about an entry that nothing cites", args[0])
			return err
		},
	}
	for i, f := range flags {
		keys[i] = f.key
		c.Flags().StringVar(&values[i], f.key, "", f.usage)
	}
	return c
}
