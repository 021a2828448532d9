package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/export"
	"handbook/cmd/handbook/internal/folder"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/site"
)

// defaultOutput is the folder that build publishes to.
const defaultOutput = "public"

type buildFlags struct {
	out      string
	drafts   bool
	lenient  bool
	baseURL  string
	audience []string
}

func (t *tool) buildCommand() *cobra.Command {
	var f buildFlags
	c := &cobra.Command{
		Use:   "build",
		Short: "Publish the handbook as a folder of web pages",
		Long: `Build reads content/ and publishes the handbook as a folder of web pages that
work on any web server, under any address, and straight from the disk.

The pages replace those of the last build as a whole. If the content has an
error, or anything fails, nothing is published and the last build stays as it
was. Build never replaces a folder that it did not make.

With --audience it publishes an edition: what these readers may read and no
more, without a trace of the rest. A link that leads out of the edition is an
error. An edition goes to a folder of its own, such as public-clients, unless
-o names one, and it takes no address from base_url in handbook.yaml. Where it
replaces an older one, build says which text its readers gain.`,
		Example: `  handbook build                                 # content/ to public/
  handbook build -o site --base-url https://example.org/handbook/
  handbook build --as-of 2027-01-01              # as it will stand that day
  handbook build --audience clients              # what clients may read
  handbook -C old-policies build --lenient -o ../old-policies-site`,
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error {
			if len(f.audience) > 0 && !c.Flags().Changed("output") {
				f.out += "-" + strings.Join(f.audience, "-")
			}
			err := t.build(c.Context(), f)
			if errors.Is(err, context.Canceled) {
				return diag.Failf("", "stopped; nothing is published")
			}
			return err
		},
	}
	c.Flags().StringVarP(&f.out, "output", "o", defaultOutput, "publish to the folder `DIR`")
	c.Flags().StringVar(&f.baseURL, "base-url", "", "the `URL` the handbook is published at, for the feed and the site map")
	c.Flags().BoolVar(&f.drafts, "drafts", false, "include the sections marked draft")
	c.Flags().BoolVar(&f.lenient, "lenient", false, "report errors that need not stop a build as warnings")
	t.audienceFlag(c, &f.audience)
	return c
}

func (t *tool) build(ctx context.Context, f buildFlags) error {
	if f.baseURL != "" {
		base, wrong := book.BaseURL(f.baseURL)
		if wrong != "" {
			return diag.Usagef("write it as https://host/path/", "--base-url: %s", wrong)
		}
		f.baseURL = base
	}
	if t.getenv("GOGC") == "" { // a build needs most of what it reads to its end; see PERFORMANCE.md
		defer debug.SetGCPercent(debug.SetGCPercent(200))
	}
	h, err := t.read(ctx, book.Options{Drafts: f.drafts, BaseURL: f.baseURL, Audience: f.audience})
	if err != nil {
		return err
	}
	defer h.Close()
	out, err := h.Output(f.out)
	if err != nil {
		return err
	}
	b, today := h.Book, h.Today
	problems := diag.Sort(append(check.Grade(h.Problems, b.Config.Checks, f.lenient), check.Blocking(b, h.Problems, today.Date, f.lenient)...))
	if err := diag.Write(t.stderr, "text", problems, nil); err != nil {
		return err
	}
	faults, warnings := diag.Count(problems)
	if faults > 0 {
		hint := ""
		if !f.lenient && b.Edition == nil {
			hint = "correct them, or try what --lenient makes of the handbook"
		}
		return diag.Failf(hint, "%s; nothing is published", diag.Tally(faults, warnings))
	}
	step := t.progress()
	defer step("")
	step("making " + diag.Plural(len(b.Sections), "section"))
	tree, err := folder.Await(ctx, func() (*output.Tree, error) {
		return site.Build(b, site.Options{Day: today.Date, Zone: today.Zone, Layouts: h.Layouts, Static: h.Static, Version: release()})
	})
	if err != nil {
		return fmt.Errorf("make the pages: %w; nothing is published", err)
	}
	step("")
	for _, line := range export.Differences(b, tree, out) {
		diag.Say(t.stderr, "%s", line)
	}
	step("publishing " + diag.Plural(tree.Len(), "file"))
	report, err := output.Publish(ctx, tree, output.Options{
		Dir: out, Protect: []string{h.Dir}, Sources: h.Sources(), Keep: b.Config.Keep,
		Waiting: func() {
			step("")
			diag.Say(t.stderr, "note: another build is publishing to %s; this one waits for it", out)
		},
	})
	step("")
	switch {
	case errors.As(err, new(*diag.Failure)):
		return err
	case err != nil:
		return fmt.Errorf("make the pages: %w; nothing is published", err)
	}
	return t.published(out, b, tree.Len(), warnings, report, today)
}

// tellAddress says, at the first publishing, that 404.html needs full addresses,
// because a server shows it at any depth.
func (t *tool) tellAddress(b *book.Book, report output.Report) {
	if report.Way == output.Renamed && b.Config.BaseURL == "" && len(b.Parts) > 0 && (t.watched() || t.getenv("CI") != "") {
		diag.Say(t.stderr, "note: on a server, 404.html finds its style and links in folders only if base_url in handbook.yaml, or --base-url, says where the handbook is")
	}
}

// published says what was done, on one line, and what the reader must know.
func (t *tool) published(out string, b *book.Book, files, warnings int, report output.Report, today date.Today) error {
	what := "published"
	if report.Way == output.Untouched {
		what = "nothing changed:"
	}
	for _, n := range report.Notes {
		diag.Say(t.stderr, "note: %s", n)
	}
	with := ""
	if warnings > 0 {
		with = ", with " + diag.Plural(warnings, "warning")
	}
	t.tellEdition(b)
	t.tellAddress(b, report)
	t.notToday("built", today)
	return diag.Say(t.stdout, "%s %s, %s in %s%s; open %s", what, diag.Plural(len(b.Sections), "section"), diag.Plural(files, "file"), out, with, filepath.Join(out, "index.html"))
}
