package main

import (
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/export"
	"handbook/cmd/handbook/internal/folder"
)

type checkFlags struct {
	format   string
	rules    bool
	lenient  bool
	drafts   bool
	audience []string
	against  string
}

func (t *tool) checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check",
		Short: "Find what is wrong with the handbook",
		Long: `Check reads content/ and prints everything that is wrong with it, each problem
with its place and what to do about it. It writes nothing.

Every kind of problem has a name, printed in brackets. --rules lists them all.
The handbook can make most of them milder or stricter under checks: in
handbook.yaml.

With --audience and --against it also lists the text that the readers of an
edition gain over one that was published before, each paragraph with its place.`,
		Example: `  handbook check
  handbook check --rules                         # every rule and what it means
  handbook check --audience clients              # of the edition for clients
  handbook check --audience clients --against public-clients
  handbook check --format sarif > problems.sarif`,
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error {
			if err := diag.OneOf("format", f.format, diag.Formats()); err != nil {
				return err
			}
			if f.rules {
				return check.WriteRules(t.stdout)
			}
			return t.check(c.Context(), f)
		},
	}
	c.Flags().StringVar(&f.format, "format", "text", "print as `FORMAT`: "+strings.Join(diag.Formats(), ", "))
	c.Flags().BoolVar(&f.rules, "rules", false, "print the table of rules and check nothing")
	c.Flags().BoolVar(&f.drafts, "drafts", false, "check the sections marked draft too")
	c.Flags().BoolVar(&f.lenient, "lenient", false, "report errors that need not stop a build as warnings")
	c.Flags().StringVar(&f.against, "against", "", "list what readers gain over the edition in the folder `DIR`")
	t.audienceFlag(c, &f.audience)
	complete(c, "format", diag.Formats()...)
	return c
}

func (t *tool) check(ctx context.Context, f checkFlags) error {
	if f.against != "" && len(f.audience) == 0 {
		return diag.Usagef("add --audience with the readers of that edition", "--against compares editions, and no audience is named")
	}
	h, err := t.read(ctx, book.Options{Drafts: f.drafts, Audience: f.audience})
	if err != nil {
		return err
	}
	defer h.Close()
	b, today := h.Book, h.Today
	problems := append(h.Problems, check.Run(b, check.Options{Today: today.Date, Told: h.Problems})...)
	var gains []export.Gain
	if f.against != "" {
		if gains, err = gainedAgainst(h, f.against); err != nil {
			return err
		}
		problems = append(problems, export.GainProblems(b, gains)...)
	}
	problems = diag.Sort(check.Grade(problems, b.Config.Checks, f.lenient))
	out := t.stdout
	if f.format == "github" {
		out = t.bare.stdout
	}
	if err := diag.Write(out, f.format, problems, check.RuleDocs()); err != nil {
		return err
	}
	errors, warnings := diag.Count(problems)
	t.tellEdition(b)
	if note := export.GainNote(gains); note != "" {
		diag.Say(t.stderr, "note: %s", note)
	} else if f.against != "" {
		diag.Say(t.stderr, "note: readers of this edition gain nothing over %s", f.against)
	}
	t.notToday("checked", today)
	diag.Say(t.stderr, "checked %s: %s", diag.Plural(len(b.Sections), "section"), diag.Tally(errors, warnings))
	if errors > 0 {
		return errReported
	}
	return nil
}

// gainedAgainst returns what readers gain over the edition in a folder.
func gainedAgainst(h *folder.Handbook, dir string) ([]export.Gain, error) {
	dir = h.Path(dir)
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, diag.Usagef("name the folder that the edition was published to, such as public-clients", "there is no folder %s", diag.Quote(dir))
	}
	gains, err := export.GainsOver(h.Book, os.DirFS(dir))
	if err != nil {
		return nil, diag.Failf("name the folder of an edition for the same readers; build it once to have something to compare with", "nothing can be compared with %s: %s", diag.Quote(dir), err)
	}
	return gains, nil
}
