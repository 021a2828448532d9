package change

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/edit"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/markdown"
)

// A Kind is what a record says.
type Kind string

// The kinds of records.
const (
	Review   Kind = "the review"
	Approval Kind = "the approval"
	Counsel  Kind = "counsel's sign-off"
)

// A SignOff is a record to write into the front matter of a section.
type SignOff struct {
	Kind       Kind
	ID, By     string
	On         date.Date // zero for today
	Outcome    string    // of a review
	Checked    []string
	OpenPlaces bool // approve it although places are still to be filled in
}

// Check refuses what a record cannot say, in the words of the command line.
func (r *SignOff) Check() error {
	outcomes := book.Outcomes()
	switch {
	case !book.Named(r.By):
		return diag.Usagef("add --by \"name or role\"", "--by is missing: a record needs a name")
	case r.Kind == Counsel && (r.Outcome != "" || len(r.Checked) > 0):
		return diag.Usagef("record the review and counsel's sign-off one after the other", "--counsel takes no --outcome and no --checked")
	case r.Kind != Review:
		return nil
	case r.Outcome == "":
		return diag.Usagef("add --outcome "+strings.Join(outcomes, ", ")+" or --counsel", "--outcome is missing: a record says what came of the review")
	}
	if err := diag.OneOf("outcome", r.Outcome, outcomes); err != nil {
		return err
	}
	for _, thing := range r.Checked {
		if err := diag.OneOf("checked", thing, book.Checks()); err != nil {
			return err
		}
	}
	return nil
}

// Sign writes a record, and returns the section with it and the Book that it is
// in. A record without a day gets today's.
func (h Handbook) Sign(ctx context.Context, r *SignOff) (*book.Book, *book.Section, error) {
	s, err := h.signable(r)
	if err != nil {
		return nil, nil, err
	}
	if r.On.IsZero() {
		r.On = h.Today.Date
	}
	if err := r.day(s, h.Today.Date); err != nil {
		return nil, nil, err
	}
	if err := r.filled(s); err != nil {
		return nil, nil, err
	}
	file := h.Book.Dir + s.Source
	old, err := h.Content.ReadFile(s.Source)
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", file, err)
	}
	data, err := r.write(old, s)
	if err != nil {
		return nil, nil, placed(file, err)
	}
	after, err := h.try(ctx, s.Source, data)
	if err != nil {
		return nil, nil, err
	}
	now := after.Section(r.ID)
	if now == nil || now.TextHash != s.TextHash || now.Source != s.Source || !r.stands(s, now) {
		return nil, nil, diag.Failf("somebody may be writing to it; run the command again, or write the record by hand", "the record could not be read back; %s is left as it was", s.Source)
	}
	return after, now, edit.Replace(h.Content, s.Source, old, data)
}

// signable finds the section, if a record can be written for its text.
func (h Handbook) signable(r *SignOff) (*book.Section, error) {
	s := h.Book.Section(r.ID)
	wrong := errorsOf(h.Book, h.Problems)
	if s == nil {
		var ids []string
		for _, s := range h.Book.Sections {
			ids = append(ids, s.ID)
		}
		otherwise := "the id is in the section's front matter, or is its file name without the number"
		if len(wrong) > 0 {
			otherwise = "the handbook has errors, and sections with errors may be missing; handbook check shows them"
		}
		return nil, diag.Failf(diag.DidYouMean(r.ID, ids, otherwise), "there is no section with the id %s", diag.Quote(r.ID))
	}
	file := h.Book.Dir + s.Source
	if own := slices.DeleteFunc(wrong, func(p diag.Problem) bool { return p.File != file }); len(own) > 0 {
		return nil, &diag.Failure{Problems: own, Hint: "correct it first", Text: fmt.Sprintf("%s has %s; a text with errors cannot be signed off", file, diag.Plural(len(own), "error"))}
	}
	i := slices.IndexFunc(h.Problems, func(p diag.Problem) bool { return p.Rule == "unwritten" && p.File == file })
	if i >= 0 && r.Kind == Approval && !r.OpenPlaces {
		return nil, diag.Failf("write it first, or add --with-open-places if it was approved as it is", "%s still has text that handbook new wrote, at line %d", diag.Quote(s.Name()), h.Problems[i].Line)
	}
	return s, nil
}

// day refuses a day on which it cannot have been signed.
func (r *SignOff) day(s *book.Section, today date.Date) error {
	var last date.Date
	switch r.Kind {
	case Review:
		for _, x := range s.Reviews {
			last = date.Max(last, x.On)
		}
	case Approval:
		for _, x := range s.Approvals {
			last = date.Max(last, x.On)
		}
	case Counsel:
		if s.Counsel != nil {
			last = s.Counsel.On
		}
	}
	switch {
	case r.On.After(today):
		return diag.Failf("record it after it was done", "%s is in the future", lang.EnglishDate(r.On))
	case r.On.Before(s.Drafted):
		return diag.Failf("check --on", "%s is before the day the section was drafted, %s", lang.EnglishDate(r.On), lang.EnglishDate(s.Drafted))
	case r.On.Before(last):
		return diag.Failf("records must be in the order of their dates; check --on", "%s is before the last record, of %s", lang.EnglishDate(r.On), lang.EnglishDate(last))
	}
	return nil
}

// filled refuses to approve a text with places that are still to be filled in.
func (r *SignOff) filled(s *book.Section) error {
	n := len(s.Doc.Fills)
	if n == 0 || r.Kind != Approval || r.OpenPlaces {
		return nil
	}
	first := s.Doc.Fills[0]
	if first.Title == "" {
		first.Title = markdown.FillTitle
	}
	return diag.Failf("fill it in first, or add --with-open-places if it was approved as it is", "%s has %s still to be filled in, at line %d: %s",
		diag.Quote(s.Name()), diag.Plural(n, "place"), first.Pos.Line, diag.Quote(first.Title))
}

// write returns the file with the record.
func (r *SignOff) write(file []byte, s *book.Section) ([]byte, error) {
	record := []edit.Field{{Key: "on", Text: r.On.String()}, {Key: "by", Text: r.by()}}
	text := edit.Field{Key: "text", Text: s.TextHash}
	switch r.Kind {
	case Approval:
		return edit.Add(file, "approved", append(record, edit.Field{Key: "version", Number: max(1, s.Version)}, text))
	case Counsel:
		return edit.Set(file, "counsel", append(record, text))
	}
	record = append(record, edit.Field{Key: "outcome", Text: r.Outcome})
	if len(r.Checked) > 0 {
		record = append(record, edit.Field{Key: "checked", List: r.Checked})
	}
	return edit.Append(file, "reviews", append(record, text))
}

// by returns the name on one line.
func (r *SignOff) by() string { return strings.Join(strings.Fields(r.By), " ") }

// stands reports whether the section now has the record, and no other more than s.
func (r *SignOff) stands(s, now *book.Section) bool {
	signed := func(x book.SignOff) bool { return x.On == r.On && x.By == r.by() && x.Text == s.TextHash }
	reviews, approvals := len(now.Reviews)-len(s.Reviews), len(now.Approvals)-len(s.Approvals)
	switch r.Kind {
	case Approval:
		return reviews == 0 && approvals == 1 && slices.ContainsFunc(now.Approvals, func(a book.Approval) bool { return signed(a.SignOff) && a.Version == max(1, s.Version) })
	case Counsel:
		return reviews == 0 && approvals == 0 && now.Counsel != nil && signed(*now.Counsel)
	}
	return reviews == 1 && approvals == 0 && slices.ContainsFunc(now.Reviews, func(x book.Review) bool {
		return signed(x.SignOff) && x.Outcome == r.Outcome && slices.Equal(x.Checked, r.Checked)
	})
}
