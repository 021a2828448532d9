package staleness

import (
	"slices"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

// A Doubt is a reason why a section cannot be trusted although nobody is late.
type Doubt struct {
	Section *book.Section
	Reason  Reason
	Day     date.Date // since when it holds, or by when it must be seen to; zero if that is not known
}

// Doubts lists what has happened to sections beside the passing of time, or will
// by the day end: the earliest first. With an owner's id it gives that owner's
// sections only, with "" everybody's.
func Doubts(b *book.Book, today, end date.Date, owner string) []Doubt {
	var found []Doubt
	for _, s := range b.Sections {
		if owner != "" && (s.Owner == nil || s.Owner.ID != owner) || !s.Withdrawn.IsZero() && !s.Withdrawn.After(today) {
			continue
		}
		for _, r := range All(b, s) {
			day := r.Since
			switch r.Kind {
			case LawAmended, ReferenceSuperseded, TextChanged, ApprovalTextChanged, VersionNotApproved, CounselTextChanged, SourceUnverified, Unfilled:
			case LawComing:
				day = r.Until // what is coming must be seen to before it has come
			default:
				continue // a task of [Due], or nobody's work
			}
			if (r.Until.IsZero() || r.Until.After(today)) && !r.Since.After(end) && !day.After(end) {
				found = append(found, Doubt{s, r, day})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Doubt) int { return a.Day.Compare(b.Day) })
	return found
}
