package main

import (
	"context"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/edit"
	"handbook/cmd/handbook/internal/folder"
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

type sectionFlags struct {
	part, id, owner, summary string
	number                   int
	areas, audience          []string
}

func (t *tool) newSectionCommand() *cobra.Command {
	var f sectionFlags
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
		RunE: func(c *cobra.Command, args []string) error { return t.newSection(c.Context(), args[0], f) },
	}
	c.Flags().StringVar(&f.part, "part", "", "put it in this `PART`: its number, its name or the start of its name")
	c.Flags().IntVar(&f.number, "number", 0, "give it the number `N` (default the next free one)")
	c.Flags().StringVar(&f.id, "id", "", "give it this `ID` (default made of the title)")
	c.Flags().StringVar(&f.owner, "owner", "", "the `OWNER` who keeps it up to date")
	c.Flags().StringVar(&f.summary, "summary", "", "the `SENTENCE` that lists show below the title")
	c.Flags().StringSliceVar(&f.areas, "areas", nil, "the `AREAS` it covers, parted by commas")
	c.Flags().StringSliceVar(&f.audience, "audience", nil, "the `AUDIENCES` it is for, parted by commas")
	_ = c.RegisterFlagCompletionFunc("owner", t.completeOwners)
	_ = c.RegisterFlagCompletionFunc("audience", t.completeAudiences)
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
			return t.newPart(c.Context(), args[0], number, summary)
		},
	}
	c.Flags().IntVar(&number, "number", 0, "give it the number `N` (default the next free one)")
	c.Flags().StringVar(&summary, "summary", "", "the `SENTENCE` that lists show below the title")
	return c
}

// newSection writes the file of a new section.
func (t *tool) newSection(ctx context.Context, title string, f sectionFlags) error {
	return t.addFile(ctx, func(b *book.Book, fsys fs.FS, today date.Today) (string, []byte, string, error) {
		if err := knownOwner(b, f.owner); err != nil {
			return "", nil, "", err
		}
		id, err := newID(title, f.id)
		if err != nil {
			return "", nil, "", err
		}
		if other := b.Section(id); other != nil {
			return "", nil, "", diag.Failf("choose another with --id", "the id %s is that of %s%s", id, b.Dir, other.Source)
		}
		folder, err := findPart(fsys, f.part)
		if err != nil {
			return "", nil, "", err
		}
		name, err := numberedName(fsys, folder, id, f.number, false)
		if err != nil {
			return "", nil, "", err
		}
		next := "write it, then delete the line draft: true; handbook build --drafts shows it before"
		return path.Join(folder, name+".md"), sectionText(b, title, id, f, today), next, nil
	})
}

// sectionText writes a new section's file.
func sectionText(b *book.Book, title, id string, f sectionFlags, today date.Today) []byte {
	var s strings.Builder
	line := func(key, value, comment string) {
		text := strings.TrimRight(key+": "+value, " ")
		if comment != "" {
			text += " # " + comment
		}
		s.WriteString(text + "\n")
	}
	list := func(words []string) string {
		out := make([]string, len(words))
		for i, w := range words {
			out[i] = edit.Scalar(w)
		}
		return "[" + strings.Join(out, ", ") + "]"
	}
	summary, ask := "", book.AskSectionSummary
	if f.summary != "" {
		summary, ask = edit.Scalar(f.summary), ""
	}
	var owners, areas, audiences []string
	for _, o := range b.Config.Owners {
		owners = append(owners, o.ID)
	}
	for _, a := range b.Config.Areas {
		areas = append(areas, a.ID)
	}
	for _, a := range b.Config.Audiences {
		audiences = append(audiences, a.ID)
	}
	choose := func(known, given []string) string {
		if len(given) > 0 || len(known) == 0 {
			return ""
		}
		return "of " + strings.Join(known, ", ")
	}
	s.WriteString("---\n")
	line("title", edit.Scalar(title), "")
	line("summary", summary, ask)
	line("id", edit.Scalar(id), "permanent: never change it, never use it again")
	switch {
	case f.owner != "":
		line("owner", f.owner, "")
	case len(owners) == 1:
		line("owner", owners[0], "")
	case len(owners) > 1:
		line("owner", "", choose(owners, nil))
	}
	if len(areas) > 0 {
		line("areas", list(f.areas), choose(areas, f.areas))
	}
	if len(audiences) > 0 {
		line("audience", list(f.audience), choose(audiences, f.audience))
	}
	line("drafted", today.String(), "")
	line("version", "1", "")
	line("laws", "[]", "ids of registers/laws.yaml; a law cited in the text counts too")
	line("references", "[]", "ids of registers/references.yaml, likewise")
	line("draft", "true", "left out of the handbook until this line is deleted")
	s.WriteString("---\n")
	level := ""
	if len(b.Config.Levels) > 0 {
		level = " level=" + strconv.Itoa(b.Config.Levels[0].Level)
	}
	s.WriteString(book.SectionBody("{#" + ruleID(id) + level + "}"))
	return []byte(s.String())
}

// ruleID returns the id of the first rule of a section. That of a rule begins with
// a letter, so that it can be read out over the phone as a name.
func ruleID(section string) string {
	if section[0] < 'a' {
		section = "rule-" + section
	}
	return section + "-1"
}

// newPart writes the opening page of a new part.
func (t *tool) newPart(ctx context.Context, title string, number int, summary string) error {
	return t.addFile(ctx, func(_ *book.Book, fsys fs.FS, _ date.Today) (string, []byte, string, error) {
		id, err := newID(title, "")
		if err != nil {
			return "", nil, "", err
		}
		name, err := numberedName(fsys, ".", id, number, true)
		if err != nil {
			return "", nil, "", err
		}
		text, ask := "", " # "+book.AskPartSummary
		if summary != "" {
			text, ask = " "+edit.Scalar(summary), ""
		}
		file := "---\ntitle: " + edit.Scalar(title) + "\nsummary:" + text + ask + "\n---\n" + book.PartBody()
		next := "handbook new section \"...\" --part " + strings.SplitN(name, "-", 2)[0]
		return path.Join(name, "index.md"), []byte(file), next, nil
	})
}

// addFile writes a new file, made of the handbook as it is. The function
// gives the file's path in the content, its bytes and what to do next.
func (t *tool) addFile(ctx context.Context, text func(*book.Book, fs.FS, date.Today) (string, []byte, string, error)) error {
	now, err := t.moment()
	if err != nil {
		return err
	}
	r, err := folder.Open(t.dir)
	if err != nil {
		return err
	}
	defer r.Close()
	b, before, err := r.Load(ctx, r.Content.FS(), book.Options{Drafts: true})
	if err != nil {
		return err
	}
	name, data, next, err := text(b, r.Content.FS(), now.In(b.Config.Timezone))
	if err != nil {
		return err
	}
	if _, err := t.tryOut(ctx, r, b, before, name, data); err != nil {
		return err
	}
	if err := edit.Create(r.Content, name, data); err != nil {
		return err
	}
	err = diag.Say(t.stdout, "wrote %s%s", r.Prefix, name)
	diag.Say(t.stderr, "hint: %s", next)
	return err
}

// tryOut loads the handbook as it would be with a file of these bytes, and
// refuses if that brings an error which is not there without.
func (t *tool) tryOut(ctx context.Context, r *folder.Folder, b *book.Book, before []diag.Problem, name string, data []byte) (*book.Book, error) {
	after, now, err := r.Load(ctx, edit.Overlay{Base: r.Content.FS(), Name: name, Data: data}, book.Options{Drafts: true})
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, p := range check.Grade(before, b.Config.Checks, false) {
		known[p.Rule+p.Text] = true
	}
	var fresh []diag.Problem
	for _, p := range check.Grade(now, after.Config.Checks, false) {
		if p.Severity == diag.Error && !known[p.Rule+p.Text] {
			fresh = append(fresh, p)
		}
	}
	if len(fresh) == 0 {
		return after, nil
	}
	if err := diag.Write(t.stderr, "text", fresh, nil); err != nil {
		return nil, err
	}
	return nil, diag.Failf("", "%s%s would have %s; nothing is written", r.Prefix, name, diag.Plural(len(fresh), "error"))
}
