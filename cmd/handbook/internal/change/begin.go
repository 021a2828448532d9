package change

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/edit"
	"handbook/cmd/handbook/internal/markdown"
)

// A Section is what a new section begins with.
type Section struct {
	Title    string
	Part     string // its number, its name or the start of its name; "" for the only one
	ID       string // made of the title if ""
	Number   int    // the next free one if 0
	Owner    string
	Summary  string
	Areas    []string
	Audience []string
}

// BeginSection writes the file of a new section, and returns its name.
func (h Handbook) BeginSection(ctx context.Context, s Section) (file string, err error) {
	if err := h.Book.Config.KnowsOwner(s.Owner); err != nil {
		return "", err
	}
	if s.ID, err = book.NewID(s.Title, s.ID); err != nil {
		return "", err
	}
	if other := h.Book.Section(s.ID); other != nil {
		return "", diag.Failf("choose another with --id", "the id %s is that of %s%s", s.ID, h.Book.Dir, other.Source)
	}
	fsys := h.Content.FS()
	in, err := book.FindPart(fsys, s.Part)
	if err != nil {
		return "", err
	}
	name, err := book.NextName(fsys, in, s.ID, s.Number, false)
	if err != nil {
		return "", err
	}
	return h.create(ctx, path.Join(in, name+".md"), h.sectionText(s))
}

// BeginPart writes the opening page of a new part, and returns its name and the
// number or word by which the part is found.
func (h Handbook) BeginPart(ctx context.Context, title, summary string, number int) (file, part string, err error) {
	id, err := book.NewID(title, "")
	if err != nil {
		return "", "", err
	}
	name, err := book.NextName(h.Content.FS(), ".", id, number, true)
	if err != nil {
		return "", "", err
	}
	text := edit.Block([]edit.Field{{Key: "title", Text: title}, asked("summary", summary, book.AskPartSummary)})
	file, err = h.create(ctx, path.Join(name, "index.md"), "---\n"+text+"---\n"+book.PartBody())
	part, _, _ = strings.Cut(name, "-")
	return file, part, err
}

// create tries out a new file and writes it.
func (h Handbook) create(ctx context.Context, name, text string) (string, error) {
	if _, err := h.try(ctx, name, []byte(text)); err != nil {
		return "", err
	}
	return h.Prefix + name, edit.Create(h.Content, name, []byte(text))
}

// asked returns a field that has a value, or a comment that asks for one.
func asked(key, value, ask string) edit.Field {
	if value != "" {
		return edit.Field{Key: key, Text: value}
	}
	return edit.Field{Key: key, Comment: ask}
}

// chosen returns a field with the values that were given, or with the known ones
// in a comment. Where none are known there is no field.
func chosen(key string, known, given []string) []edit.Field {
	switch {
	case len(known) == 0:
		return nil
	case len(given) == 0:
		return []edit.Field{{Key: key, List: []string{}, Comment: "of " + strings.Join(known, ", ")}}
	}
	return []edit.Field{{Key: key, List: given}}
}

// sectionText writes the file of a new section.
func (h Handbook) sectionText(s Section) string {
	c := h.Book.Config
	var owners, areas, audiences []string
	for _, o := range c.Owners {
		owners = append(owners, o.ID)
	}
	for _, a := range c.Areas {
		areas = append(areas, a.ID)
	}
	for _, a := range c.Audiences {
		audiences = append(audiences, a.ID)
	}
	if s.Owner == "" && len(owners) == 1 {
		s.Owner = owners[0]
	}
	fields := []edit.Field{
		{Key: "title", Text: s.Title},
		asked("summary", s.Summary, book.AskSectionSummary),
		{Key: "id", Text: s.ID, Comment: "permanent: never change it, never use it again"},
	}
	if len(owners) > 0 {
		fields = append(fields, asked("owner", s.Owner, "of "+strings.Join(owners, ", ")))
	}
	fields = slices.Concat(fields, chosen("areas", areas, s.Areas), chosen("audience", audiences, s.Audience), []edit.Field{
		{Key: "drafted", Text: h.Today.String()},
		{Key: "version", Number: 1},
		{Key: "laws", List: []string{}, Comment: "ids of registers/laws.yaml; a law cited in the text counts too"},
		{Key: "references", List: []string{}, Comment: "ids of registers/references.yaml, likewise"},
	})
	rule := s.ID
	if rule[0] < 'a' { // the id of a rule begins with a letter
		rule = "rule-" + rule
	}
	rule = "{#" + rule + "-1"
	if len(c.Levels) > 0 {
		rule += " level=" + strconv.Itoa(c.Levels[0].Level)
	}
	return "---\n" + edit.Block(fields) + "draft: true # left out of the handbook until this line is deleted\n---\n" + book.SectionBody(rule+"}")
}

// NewEntry makes an entry of the values that are given, in the order of keys. A key
// without one takes it from defaults, or is named in a comment as still to be filled
// in.
func NewEntry(id string, keys, values []string, defaults []edit.Field) []edit.Field {
	entry := []edit.Field{{Key: "id", Text: id}}
	var missing []string
	for i, key := range keys {
		switch d := slices.IndexFunc(defaults, func(d edit.Field) bool { return d.Key == key }); {
		case values[i] != "":
			entry = append(entry, edit.Field{Key: key, Text: values[i]})
		case d >= 0:
			entry = append(entry, defaults[d])
		default:
			missing = append(missing, key)
		}
	}
	for _, d := range defaults {
		if !slices.Contains(keys, d.Key) {
			entry = append(entry, d)
		}
	}
	return append(entry, edit.Field{Comment: "still to fill in: " + strings.Join(append(missing, "verified_on"), ", ")})
}

// AddEntry adds an entry at the end of a register: what is "law" or "reference",
// and the first field is its id. It returns the register's name.
func (h Handbook) AddEntry(ctx context.Context, what string, entry []edit.Field) (file string, err error) {
	name := path.Join("registers", what+"s.yaml")
	file = h.Prefix + name
	id := entry[0].Text
	if markdown.Slug(id) != id || !regexp.MustCompile(`^[a-z0-9-]+$`).MatchString(id) {
		return "", diag.Usagef("write it in lower-case letters, digits and hyphens, such as us-tcpa", "%s cannot be the id of a %s", diag.Quote(id), what)
	}
	if at, taken := registered(h.Book, id); taken {
		return "", diag.Failf("choose another id, or change the entry that is there", "the id %s is taken: %s", id, at)
	}
	old, err := h.Content.ReadFile(name)
	missing := errors.Is(err, fs.ErrNotExist)
	if err != nil && !missing {
		return "", fmt.Errorf("read %s: %w", file, err)
	}
	data, err := edit.AppendEntry(old, entry)
	if err != nil {
		return "", placed(file, err)
	}
	after, err := h.try(ctx, name, data)
	if err != nil {
		return "", err
	}
	if _, there := registered(after, id); !there {
		return "", diag.Failf("add it by hand", "the new entry could not be read back from %s", file)
	}
	if missing {
		return file, edit.Create(h.Content, name, data)
	}
	return file, edit.Replace(h.Content, name, old, data)
}

// registered returns the place of a law or a reference.
func registered(b *book.Book, id string) (diag.Pos, bool) {
	if law := b.Law(id); law != nil {
		return law.Pos, true
	}
	if ref := b.Reference(id); ref != nil {
		return ref.Pos, true
	}
	return diag.Pos{}, false
}
