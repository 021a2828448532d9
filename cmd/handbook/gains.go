package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/export"
	"handbook/cmd/handbook/internal/folder"
)

// gained compares an edition with the one that a folder holds.
func gained(b *book.Book, dir string) ([]export.Gain, error) {
	const file = "handbook.json"
	data, err := os.ReadFile(filepath.Join(dir, file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("it has no " + file)
	}
	if err != nil {
		return nil, fmt.Errorf("its %s cannot be read", file)
	}
	before, err := export.ReadPublished(data, b.Edition)
	if err != nil {
		return nil, err
	}
	return export.Gains(b, before)
}

// tellGains says in one sentence what the readers of an edition gain.
func (t *tool) tellGains(gains []export.Gain) {
	paragraphs, more := 0, 0
	var sections, others []string
	add := func(names []string, name string) []string {
		if n := len(names); n > 0 && names[n-1] == name {
			return names // gains are in the order of the book
		}
		return append(names, name)
	}
	for _, g := range gains {
		if g.Section != nil {
			paragraphs += g.Count
			sections = add(sections, g.Name)
		} else {
			more += g.Count
			others = add(others, g.Name)
		}
	}
	switch {
	case len(sections) > 0 && len(others) > 0:
		diag.Say(t.stderr, "note: readers of this edition gain %s in %s: %s; and %s elsewhere: %s", diag.Plural(paragraphs, "paragraph"), diag.Plural(len(sections), "section"), strings.Join(sections, ", "),
			diag.Plural(more, "text"), strings.Join(others, ", "))
	case len(sections) > 0:
		diag.Say(t.stderr, "note: readers of this edition gain %s in %s: %s", diag.Plural(paragraphs, "paragraph"), diag.Plural(len(sections), "section"), strings.Join(sections, ", "))
	case len(others) > 0:
		diag.Say(t.stderr, "note: readers of this edition gain %s outside of sections: %s", diag.Plural(more, "text"), strings.Join(others, ", "))
	}
}

// tellGainsOver says what the readers of an edition gain over the one that is
// about to be replaced, or why that cannot be told.
func (t *tool) tellGainsOver(b *book.Book, out string) {
	if entries, err := os.ReadDir(out); b.Edition == nil || err == nil && len(entries) == 0 || errors.Is(err, fs.ErrNotExist) {
		return // nothing was published there
	}
	gains, err := gained(b, out)
	if err != nil {
		diag.Say(t.stderr, "note: what readers of this edition gain over %s cannot be told: %s", out, err)
		return
	}
	t.tellGains(gains)
}

// gainedAgainst is gained for a folder that the command line names, as seen
// from the handbook.
func (t *tool) gainedAgainst(b *book.Book, r *folder.Folder, dir string) ([]export.Gain, error) {
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(r.Dir, dir)
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, diag.Usagef("name the folder that the edition was published to, such as public-clients", "there is no folder %s", diag.Quote(dir))
	}
	gains, err := gained(b, dir)
	if err != nil {
		return nil, diag.Failf("name the folder of an edition for the same readers; build it once to have something to compare with", "nothing can be compared with %s: %s", diag.Quote(dir), err)
	}
	return gains, nil
}
