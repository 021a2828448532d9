package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/edit"
	"handbook/cmd/handbook/internal/folder"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/staleness"
)

// A signOff is a record that review or approve writes into the front matter of
// a section.
type signOff struct {
	id, by string
	on     string // the day as --on gives it, or "" for today

	what   string                        // what is recorded, for messages: "the review"
	refuse func(*book.Section) error     // why this section can have no such record, or nil
	last   func(*book.Section) date.Date // the day of the last record of the kind
	write  func(file []byte, record []edit.Field, s *book.Section) ([]byte, error)
	stands func(s, now *book.Section, on date.Date, by string) bool // whether now has the record more than s
	due    bool                                                     // say when the next review is due
	whole  bool                                                     // the text must have been written, every line of it
}

// sign writes a record.
func (t *tool) sign(ctx context.Context, r signOff) (*book.Section, error) {
	if !book.Named(r.by) {
		return nil, diag.Usagef("add --by \"name or role\"", "--by is missing: a record needs a name")
	}
	by := strings.Join(strings.Fields(r.by), " ")
	moment, err := t.moment()
	if err != nil {
		return nil, err
	}
	var on date.Date
	if r.on != "" {
		if on, err = parseDay("on", r.on); err != nil {
			return nil, err
		}
	}
	root, err := folder.Open(t.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	b, before, err := root.Load(ctx, root.Content.FS(), book.Options{Drafts: true})
	if err != nil {
		return nil, err
	}
	s, err := t.signable(b, before, r.id)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(before, func(p diag.Problem) bool { return p.Rule == "unwritten" && p.File == b.Dir+s.Source }); i >= 0 && r.whole {
		return nil, diag.Failf("write it first, or add --with-open-places if it was approved as it is", "%s still has text that handbook new wrote, at line %d", diag.Quote(s.Name()), before[i].Line)
	}
	today := moment.In(b.Config.Timezone)
	if r.on == "" {
		on = today.Date
	}
	if err := r.day(s, on, today.Date); err != nil {
		return nil, err
	}
	if r.refuse != nil {
		if err := r.refuse(s); err != nil {
			return nil, err
		}
	}
	file := b.Dir + s.Source
	old, err := root.Content.ReadFile(s.Source)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	data, err := r.write(old, []edit.Field{{Key: "on", Text: on.String()}, {Key: "by", Text: by}}, s)
	if err != nil {
		return nil, told(file, err)
	}
	after, err := t.tryOut(ctx, root, b, before, s.Source, data)
	if err != nil {
		return nil, err
	}
	now := after.Section(r.id)
	if now == nil || now.TextHash != s.TextHash || now.Source != s.Source || !r.stands(s, now, on, by) {
		return nil, diag.Failf("somebody may be writing to it; run the command again, or write the record by hand", "the record could not be read back; %s is left as it was", s.Source)
	}
	if err := edit.Replace(root.Content, s.Source, old, data); err != nil {
		return nil, err
	}
	return now, t.signed(after, now, r, file, on, today.Date)
}

// signable finds a section that a record can be written for.
func (t *tool) signable(b *book.Book, problems []diag.Problem, id string) (*book.Section, error) {
	s := b.Section(id)
	problems = check.Grade(problems, b.Config.Checks, false)
	if s == nil {
		var ids []string
		for _, s := range b.Sections {
			ids = append(ids, s.ID)
		}
		otherwise := "the id stands in the section's front matter, or is its file's name without the number"
		if diag.HasErrors(problems) {
			otherwise = "the handbook has errors, and sections with errors may be missing; handbook check shows them"
		}
		return nil, diag.Failf(diag.DidYouMean(id, ids, otherwise), "there is no section with the id %s", diag.Quote(id))
	}
	file := b.Dir + s.Source
	own := slices.DeleteFunc(slices.Clone(problems), func(p diag.Problem) bool { return p.File != file || p.Severity != diag.Error })
	if len(own) > 0 {
		if err := diag.Write(t.stderr, "text", own, nil); err != nil {
			return nil, err
		}
		return nil, diag.Failf("correct it first", "%s has %s; no record is written for a text that is not whole", file, diag.Plural(len(own), "error"))
	}
	return s, nil
}

// day refuses a day on which it cannot have been signed.
func (r *signOff) day(s *book.Section, on, today date.Date) error {
	if on.After(today) {
		return diag.Failf("record it after it was done", "%s lies in the future", on.Long())
	}
	if on.Before(s.Drafted) {
		return diag.Failf("check --on", "%s lies before the day on which the section was drafted, %s", on.Long(), s.Drafted.Long())
	}
	if last := r.last(s); on.Before(last) {
		return diag.Failf("records are written in the order of their days; check --on", "%s lies before the last record, of %s", on.Long(), last.Long())
	}
	return nil
}

// signed tells what was recorded, and what the section still waits for.
func (t *tool) signed(b *book.Book, s *book.Section, r signOff, file string, on, today date.Date) error {
	err := diag.Say(t.stdout, "recorded %s of %s on %s in %s", r.what, s.Name(), on.Long(), file)
	if due := staleness.ReviewDue(s); !due.IsZero() && r.due {
		diag.Say(t.stderr, "next review due by %s", due.Long())
	}
	for _, r := range staleness.Holding(staleness.All(b, s), today) {
		if r.Kind != staleness.NotYetEffective {
			diag.Say(t.stderr, "still open: %s", r.Text(lang.English()))
		}
	}
	return err
}

// textOf returns the field of a record that holds the hash of the text.
func textOf(s *book.Section) edit.Field { return edit.Field{Key: "text", Text: s.TextHash} }
