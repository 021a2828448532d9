package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/folder"
	"handbook/cmd/handbook/internal/lang"
)

// An environment is all that a command may touch beside the handbook's files.
type environment struct {
	stdout io.Writer
	stderr io.Writer
	getenv func(string) string
	now    time.Time
}

// A tool is one run of the program: the environment and the flags that every
// command has. What it prints goes through diag.Guard, whoever prints it.
type tool struct {
	environment
	bare environment // as it was given: for a terminal, and for commands to a workflow that are meant
	dir  string      // -C
	asOf string      // --as-of
}

// The exit statuses.
const (
	statusOK      = 0
	statusFailure = 1 // problems in the handbook, or something failed
	statusUsage   = 2 // the command line is wrong
)

// errReported ends a run whose problems have been printed already.
var errReported = errors.New("problems were reported")

// run does what the arguments ask for and gives the exit status.
func run(ctx context.Context, args []string, w environment) int {
	t := &tool{environment: w, bare: w}
	t.stdout, t.stderr = diag.Guard(w.stdout), diag.Guard(w.stderr)
	root := t.root()
	root.SetArgs(args)
	root.SetOut(t.stdout)
	root.SetErr(t.stderr)
	err := root.ExecuteContext(ctx)
	var f *diag.Failure
	switch {
	case err == nil:
		return statusOK
	case errors.Is(err, errReported):
		return statusFailure
	case errors.As(err, &f):
		_ = diag.Write(t.stderr, "text", f.Problems, nil)
		t.complain(f.Text, f.Hint)
		if f.Usage {
			return statusUsage
		}
	case errors.Is(err, context.Canceled):
		t.complain("stopped", "")
	default:
		t.complain(err.Error(), "")
	}
	return statusFailure
}

// complain prints an error and a hint.
func (t *tool) complain(text, hint string) {
	fmt.Fprintf(t.stderr, "handbook: %s\n", cleanLines(text))
	if hint != "" {
		fmt.Fprintf(t.stderr, "hint: %s\n", cleanLines(hint))
	}
}

// cleanLines cleans every line of a text that quotes names from a disk or from
// the command line.
func cleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = diag.Clean(l)
	}
	return strings.Join(lines, "\n")
}

// root makes the command tree.
func (t *tool) root() *cobra.Command {
	c := &cobra.Command{
		Use:   "handbook",
		Short: "Build and keep an agency's handbook",
		Long: `Handbook turns a folder of markdown policies into a static handbook that
tells the truth about its own age.

It reads the folder content/ below the current folder. A folder without one is
taken for the content itself. Exit status: 0 all is well, 1 problems or
failure, 2 wrong usage.`,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		Args:              t.noCommand,
		RunE: func(c *cobra.Command, args []string) error {
			return diag.Usagef("handbook help lists the commands", "no command is given")
		},
	}
	c.PersistentFlags().StringVarP(&t.dir, "dir", "C", ".", "run as if started in `DIR`")
	c.PersistentFlags().StringVar(&t.asOf, "as-of", "", "take this `DATE` (YYYY-MM-DD) for today")
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return diag.Usagef(c.CommandPath()+" --help lists the flags", "%s", flagError(c, err))
	})
	c.SetHelpCommand(t.helpCommand())
	// Everything is in one order: as a reader would ask.
	cobra.EnableCommandSorting = false
	c.AddCommand(t.serveCommand(), t.buildCommand(), t.checkCommand(), t.dueCommand(), t.newCommand(), t.reviewCommand(), t.approveCommand(), t.schemaCommand(), t.versionCommand(), t.completionCommand())
	c.SetUsageTemplate(usageTemplate)
	return c
}

// noCommand refuses a first word that is no command.
func (t *tool) noCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		names = append(names, sub.Name())
	}
	return diag.Usagef(diag.DidYouMean(args[0], names, c.CommandPath()+" --help lists them"), "%s has no command %s", c.CommandPath(), diag.Quote(args[0]))
}

// flagError puts cobra's message in the words of the others.
func flagError(c *cobra.Command, err error) string {
	text := err.Error()
	if name, ok := strings.CutPrefix(text, "unknown flag: --"); ok {
		return fmt.Sprintf("%s has no flag --%s", c.CommandPath(), name)
	}
	return text
}

// exactly asks for the arguments that are named, no more and no fewer.
func exactly(names ...string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		usage := c.CommandPath()
		for _, n := range names {
			usage += " " + n
		}
		switch {
		case len(args) > len(names) && len(names) == 0:
			return diag.Usagef("", "%s takes no arguments, but got %s", usage, diag.Quote(args[0]))
		case len(args) > len(names):
			return diag.Usagef("put words that belong together in quotes", "too many arguments for %s: %s", usage, diag.Quote(args[len(names)]))
		case len(args) < len(names):
			return diag.Usagef("write "+usage, "%s is missing", names[len(args)])
		}
		return nil
	}
}

// moment returns the time to judge by: --as-of, else SOURCE_DATE_EPOCH, else
// the clock.
func (t *tool) moment() (date.Moment, error) {
	m := date.Moment{Clock: t.now}
	if t.asOf != "" {
		var err error
		m.Fixed, err = parseDay("as-of", t.asOf)
		return m, err
	}
	if s := t.getenv("SOURCE_DATE_EPOCH"); s != "" {
		sec, err := strconv.ParseInt(s, 10, 64)
		if err != nil || sec < 0 || sec > date.New(2199, time.December, 31).Time().Unix() {
			return m, diag.Usagef("set it to the seconds since 1 January 1970, or unset it", "SOURCE_DATE_EPOCH is %s, which is not a time", diag.Quote(s))
		}
		m.Epoch = time.Unix(sec, 0).UTC()
	}
	return m, nil
}

// read opens and reads the handbook, and shows on a terminal that it does.
func (t *tool) read(ctx context.Context, opt book.Options) (*folder.Handbook, error) {
	now, err := t.moment()
	if err != nil {
		return nil, err
	}
	return folder.Read(ctx, t.dir, now, opt, t.progress())
}

// notToday says of which day the answer is, if it is another than today.
func (t *tool) notToday(done string, d date.Today) {
	if !d.Real {
		diag.Say(t.stderr, "note: %s as of %s, which is not today", done, lang.EnglishDate(d.Date))
	}
}

// watched reports whether a person sees what is printed while it is printed.
func (t *tool) watched() bool {
	return t.getenv("TERM") != "dumb" && t.getenv("CI") == "" && diag.IsTerminal(t.bare.stderr)
}

// progress returns a function that shows to a person one line of what is being done,
// and takes it away for "".
func (t *tool) progress() func(step string) {
	if !t.watched() {
		return func(string) {}
	}
	return func(step string) { diag.ShowStep(t.bare.stderr, step) }
}

// parseDay reads the date of a flag.
func parseDay(flag, s string) (date.Date, error) {
	d, err := date.Parse(s)
	var pe *date.ParseError
	if errors.As(err, &pe) {
		return d, diag.Usagef(pe.Hint, "--%s: %s", flag, pe.Text)
	}
	return d, err
}
