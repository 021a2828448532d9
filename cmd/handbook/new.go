package main

import (
	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/change"
	"handbook/cmd/handbook/internal/diag"
)

func (t *tool) newCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "new",
		Short: "Begin a section or part, or add a law or reference",
		Long: `New writes one file, or one entry at the end of a register. It never overwrites
anything, and writes nothing that could not be read back without an error.`,
		Example: `  handbook new part "Phones, devices and data"
  handbook new section "Texting with clients" --part phones --owner privacy
  handbook new law us-tcpa --title "Telephone Consumer Protection Act"
  handbook new reference nasw-code-2021 --title "NASW Code of Ethics"`,
		Args: t.noCommand,
		RunE: func(c *cobra.Command, args []string) error {
			return diag.Usagef("handbook new --help lists them", "say what is new: a section, a part, a law or a reference")
		},
	}
	c.AddCommand(t.newSectionCommand(), t.newPartCommand(), t.newLawCommand(), t.newReferenceCommand())
	return c
}

func (t *tool) newSectionCommand() *cobra.Command {
	var s change.Section
	c := &cobra.Command{
		Use:   "section TITLE",
		Short: "Begin a section",
		Long: `Begin a section: a markdown file with its front matter filled in, drafted today
and marked draft, so that it is left out of the handbook until you delete that
line.

The file gets the next free number of its part, and the title as its id. The id
is permanent: other pages and records cite it.`,
		Example: `  handbook new section "Texting with clients" --part 2
  handbook new section "Lost phones" --part phones --id lost-phone --number 4`,
		Args: exactly("TITLE"),
		RunE: func(c *cobra.Command, args []string) error {
			return t.begin(c, func(h change.Handbook) (file, next string, err error) {
				s.Title = args[0]
				file, err = h.BeginSection(c.Context(), s)
				return file, "write it, then delete the line draft: true; handbook build --drafts shows it before", err
			})
		},
	}
	c.Flags().StringVar(&s.Part, "part", "", "put it in this `PART`: its number, its name or the start of its name")
	c.Flags().IntVar(&s.Number, "number", 0, "give it the number `N` (default the next free one)")
	c.Flags().StringVar(&s.ID, "id", "", "give it this `ID` (default: made from the title)")
	c.Flags().StringVar(&s.Owner, "owner", "", "the `OWNER` who keeps it up to date")
	c.Flags().StringVar(&s.Summary, "summary", "", "the `SENTENCE` that lists show below the title")
	c.Flags().StringSliceVar(&s.Areas, "areas", nil, "the `AREAS` it covers, separated by commas")
	c.Flags().StringSliceVar(&s.Audience, "audience", nil, "the `AUDIENCES` it is for, separated by commas")
	_ = c.RegisterFlagCompletionFunc("owner", t.completing(ownerIDs))
	_ = c.RegisterFlagCompletionFunc("audience", t.completing(audienceIDs))
	return c
}

func (t *tool) newPartCommand() *cobra.Command {
	var number int
	var summary string
	c := &cobra.Command{
		Use:     "part TITLE",
		Short:   "Begin a part",
		Long:    `Begin a part: a folder with the page that opens it. Sections are put into it.`,
		Example: `  handbook new part "Phones, devices and data"`,
		Args:    exactly("TITLE"),
		RunE: func(c *cobra.Command, args []string) error {
			return t.begin(c, func(h change.Handbook) (file, next string, err error) {
				file, part, err := h.BeginPart(c.Context(), args[0], summary, number)
				return file, "handbook new section \"...\" --part " + part, err
			})
		},
	}
	c.Flags().IntVar(&number, "number", 0, "give it the number `N` (default the next free one)")
	c.Flags().StringVar(&summary, "summary", "", "the `SENTENCE` that lists show below the title")
	return c
}

// begin writes a new file, and says what to do next.
func (t *tool) begin(c *cobra.Command, write func(change.Handbook) (file, next string, err error)) error {
	h, err := t.openToChange(c)
	if err != nil {
		return err
	}
	defer h.Close()
	file, next, err := write(h)
	if err != nil {
		return err
	}
	err = diag.Say(t.stdout, "wrote %s", file)
	diag.Say(t.stderr, "hint: %s", next)
	return err
}

// openToChange opens the handbook for a command that changes it.
func (t *tool) openToChange(c *cobra.Command) (change.Handbook, error) {
	now, err := t.moment()
	if err != nil {
		return change.Handbook{}, err
	}
	return change.Open(c.Context(), t.dir, now)
}
