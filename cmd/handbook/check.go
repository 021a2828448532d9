package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/export"
	"handbook/cmd/handbook/internal/folder"
	"handbook/cmd/handbook/internal/lang"
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
			if err := oneOf("format", f.format, diag.Formats()); err != nil {
				return err
			}
			if f.rules {
				return t.rules()
			}
			return t.check(c.Context(), f)
		},
	}
	c.Flags().StringVar(&f.format, "format", "text", "print as `FORMAT`: "+strings.Join(diag.Formats(), ", "))
	c.Flags().BoolVar(&f.rules, "rules", false, "print the table of rules and check nothing")
	c.Flags().BoolVar(&f.drafts, "drafts", false, "check the sections marked draft too")
	c.Flags().BoolVar(&f.lenient, "lenient", false, "call every error that can be lived with a warning")
	c.Flags().StringVar(&f.against, "against", "", "list what readers gain over the edition in the folder `DIR`")
	t.audienceFlag(c, &f.audience)
	complete(c, "format", diag.Formats()...)
	return c
}

func (t *tool) check(ctx context.Context, f checkFlags) error {
	if f.against != "" && len(f.audience) == 0 {
		return diag.Usagef("add --audience with the readers of that edition", "--against compares editions, and no audience is named")
	}
	now, err := t.moment()
	if err != nil {
		return err
	}
	r, err := folder.Open(t.dir)
	if err != nil {
		return err
	}
	defer r.Close()
	step := t.progress()
	step("reading " + r.At)
	b, problems, err := r.Load(ctx, r.Content.FS(), book.Options{Drafts: f.drafts, Audience: f.audience})
	step("")
	if err != nil {
		return err
	}
	today := now.In(b.Config.Timezone)
	problems = append(problems, check.Run(b, check.Options{Today: today.Date, Told: problems})...)
	var gains []export.Gain
	if f.against != "" {
		if gains, err = t.gainedAgainst(b, r, f.against); err != nil {
			return err
		}
		problems = append(problems, export.GainProblems(b, gains)...)
	}
	problems = diag.Sort(check.Grade(problems, b.Config.Checks, f.lenient))
	out := t.stdout
	if f.format == "github" {
		out = t.bare.stdout
	}
	if err := diag.Write(out, f.format, problems, ruleDocs()); err != nil {
		return err
	}
	errors, warnings := diag.Count(problems)
	t.tellEdition(b)
	if t.tellGains(gains); f.against != "" && len(gains) == 0 {
		diag.Say(t.stderr, "note: readers of this edition gain nothing over %s", f.against)
	}
	if !today.Real {
		diag.Say(t.stderr, "note: checked as of %s, which is not today", lang.EnglishDate(today.Date))
	}
	diag.Say(t.stderr, "checked %s: %s", diag.Plural(len(b.Sections), "section"), diag.Tally(errors, warnings))
	if errors > 0 {
		return errReported
	}
	return nil
}

// rules prints the table of rules.
func (t *tool) rules() error {
	w := tabwriter.NewWriter(t.stdout, 0, 0, 2, ' ', 0)
	for _, r := range check.Rules() {
		severity := r.Severity.String()
		if r.Fixed {
			severity += ", fixed"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, severity, r.Doc)
	}
	return w.Flush()
}

// ruleDocs describes the rules for a format that wants them.
func ruleDocs() []diag.RuleDoc {
	var docs []diag.RuleDoc
	for _, r := range check.Rules() {
		docs = append(docs, diag.RuleDoc{Name: r.Name, Doc: r.Doc, Severity: r.Severity})
	}
	return docs
}

// complete returns a shell the values of a flag.
func complete(c *cobra.Command, flag string, values ...cobra.Completion) {
	// The only error is a flag that does not exist, which a test would meet.
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}
