package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/export"
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
				return failf("", "stopped; nothing is published")
			}
			return err
		},
	}
	c.Flags().StringVarP(&f.out, "output", "o", defaultOutput, "publish to the folder `DIR`")
	c.Flags().StringVar(&f.baseURL, "base-url", "", "the `URL` the handbook is published at, for the feed and the site map")
	c.Flags().BoolVar(&f.drafts, "drafts", false, "include the sections marked draft")
	c.Flags().BoolVar(&f.lenient, "lenient", false, "go on with every error that can be lived with, as a warning")
	t.audienceFlag(c, &f.audience)
	return c
}

func (t *tool) build(ctx context.Context, f buildFlags) error {
	defer t.roomy(room, 100)()
	now, err := t.moment()
	if err != nil {
		return err
	}
	if f.baseURL != "" {
		base, wrong := book.BaseURL(f.baseURL)
		if wrong != "" {
			return usagef("write it as https://host/path/", "--base-url: %s", wrong)
		}
		f.baseURL = base
	}
	r, err := openRoot(t.dir)
	if err != nil {
		return err
	}
	defer r.close()
	out, err := t.outputDir(r, f.out)
	if err != nil {
		return err
	}
	p := t.progress()
	defer p.clear()
	p.step("reading " + r.at)
	b, problems, err := r.load(ctx, r.content.FS(), book.Options{Drafts: f.drafts, BaseURL: f.baseURL, Audience: f.audience})
	if err != nil {
		return err
	}
	today := now.day(b.Config)
	problems = diag.Sort(append(graded(b, problems, f.lenient), unfit(b, problems, today.Date, f.lenient)...))
	p.clear()
	if err := diag.Write(t.stderr, "text", problems, nil); err != nil {
		return err
	}
	faults, warnings := diag.Count(problems)
	if faults > 0 {
		hint := ""
		if !f.lenient && b.Edition == nil {
			hint = "correct them, or try what --lenient makes of the handbook"
		}
		return failf(hint, "%s; nothing is published", tally(faults, warnings))
	}
	p.step("making " + count(len(b.Sections), "section"))
	tree, err := await(ctx, func() (*output.Tree, error) {
		return site.Build(b, site.Options{Day: today.Date, Zone: today.zone, Layouts: r.layouts, Static: r.static, Version: release()})
	})
	if err != nil {
		return fmt.Errorf("make the pages: %w; nothing is published", err)
	}
	p.clear()
	t.tellGainsOver(b, out)
	t.tellVanished(b, tree, out)
	p.step("publishing " + count(tree.Len(), "file"))
	report, err := output.Publish(ctx, tree, output.Options{
		Dir: out, Protect: []string{r.dir}, Sources: r.sources(), Keep: b.Config.Keep,
		Waiting: func() {
			p.clear()
			say(t.stderr, "note: another build is publishing to %s; this one waits for it", out)
		},
	})
	p.clear()
	if err != nil {
		return notPublished(err)
	}
	return t.published(out, b, tree.Len(), warnings, report, today)
}

// notPublished returns an error of package output with its hint apart.
func notPublished(err error) error {
	var refused *output.Refusal
	var failed *output.Failure
	switch {
	case errors.As(err, &refused):
		return failf(refused.Hint, "%s", refused.Text)
	case errors.As(err, &failed):
		return failf(failed.Hint, "%s", failed.Text)
	}
	return fmt.Errorf("make the pages: %w; nothing is published", err)
}

// maxVanished is how many lost addresses are named.
const maxVanished = 10

// tellVanished says which pages of the last build are gone from this one, and
// what would keep their addresses: others may have linked to them. It hinders
// nothing.
func (t *tool) tellVanished(b *book.Book, tree *output.Tree, out string) {
	before := output.Published(out)
	if before == nil {
		return
	}
	register, _ := os.ReadFile(filepath.Join(out, "handbook.json")) // without it less is known
	lost := export.FindVanished(b, before, register, tree.Has)
	if len(lost) == 0 {
		return
	}
	is := "are"
	if len(lost) == 1 {
		is = "is"
	}
	say(t.stderr, "note: %s of the last build %s gone, so links to what was there break", countOf(len(lost), "address", "addresses"), is)
	for _, v := range lost[:min(len(lost), maxVanished)] {
		say(t.stderr, "  %s: %s", v.Path, v.Remedy)
	}
	if more := len(lost) - maxVanished; more > 0 {
		say(t.stderr, "  and %d more", more)
	}
}

// tellAddress says what the page for wrong addresses lacks: a server shows it
// at any depth, where only full addresses lead anywhere. It is said at the first
// publishing, to a person or in the log of a workflow.
func (t *tool) tellAddress(b *book.Book, report output.Report) {
	if report.Way == output.Renamed && b.Config.BaseURL == "" && len(b.Parts) > 0 && (t.progress().on || t.getenv("CI") != "") {
		say(t.stderr, "note: on a server, 404.html finds its style and links in folders only if base_url in handbook.yaml, or --base-url, says where the handbook is")
	}
}

// published tells what was done, on one line, and what the reader must know.
func (t *tool) published(out string, b *book.Book, files, warnings int, report output.Report, today day) error {
	what := "published"
	if report.Way == output.Untouched {
		what = "nothing changed:"
	}
	for _, n := range report.Notes {
		say(t.stderr, "note: %s", n)
	}
	with := ""
	if warnings > 0 {
		with = ", with " + count(warnings, "warning")
	}
	t.tellEdition(b)
	t.tellAddress(b, report)
	if !today.real {
		say(t.stderr, "note: built as of %s, which is not today", today.Long())
	}
	return say(t.stdout, "%s %s, %s in %s%s; open %s", what, count(len(b.Sections), "section"), count(files, "file"), out, with, filepath.Join(out, "index.html"))
}

// outputDir returns the folder to publish to, as seen from where the program
// runs. Where the folder of the handbook is the content itself, a site in it
// would be read as content by the next build, so another place is proposed;
// every other refusal is package output's.
func (t *tool) outputDir(r *root, out string) (string, error) {
	if out == "" {
		return "", usagef("write -o public", "-o names no folder")
	}
	if !filepath.IsAbs(out) {
		out = filepath.Join(r.dir, out)
	}
	if r.prefix != "" {
		return out, nil
	}
	dir, err := filepath.Abs(r.dir)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", r.dir, err)
	}
	site, err := filepath.Abs(out)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", out, err)
	}
	if rel, err := filepath.Rel(dir, site); err != nil || !filepath.IsLocal(rel) {
		return out, nil
	}
	command := "handbook "
	if t.dir != "." {
		command += "-C " + t.dir + " "
	}
	command += "build -o " + filepath.Join("..", filepath.Base(dir)+"-site")
	return "", usagef(command, "the folder %s is the content itself, so %s would be read as content by the next build", r.dir, out)
}

// tally writes "2 errors, 1 warning".
func tally(errors, warnings int) string {
	return count(errors, "error") + ", " + count(warnings, "warning")
}

// A progress shows one line of what is being done, on a terminal only.
type progress struct {
	w  io.Writer
	on bool
}

func (t *tool) progress() progress {
	f, ok := t.bare.stderr.(*os.File)
	if !ok || t.getenv("TERM") == "dumb" || t.getenv("CI") != "" {
		return progress{}
	}
	info, err := f.Stat()
	return progress{f, err == nil && info.Mode()&os.ModeCharDevice != 0}
}

// step replaces the line.
func (p progress) step(text string) {
	if p.on {
		fmt.Fprintf(p.w, "\r\x1b[K%s ...", diag.Clean(text))
	}
}

// clear takes the line away.
func (p progress) clear() {
	if p.on {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
