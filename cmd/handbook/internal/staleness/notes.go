package staleness

import (
	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

// A Note is a calm remark about a source of a section: something that a
// reader of the source should know, and no reason to doubt the section.
// [Note.Text] says it.
type Note struct {
	Since   date.Date // the first day on which it is true; zero: always
	Because string    // id of the law or reference that it is about

	Case  string // the status of a law, or what became of a reference, as in Reason.Fate
	Name  string // of the law or reference
	Base  string // of another reference that it rests on, if it is that one's fate; else ""
	Other string // what has taken its place
}

// Notes returns the remarks on a section's laws and references, in the order in
// which the section applies them: a law that is uncertain, about to change or
// vacated in part; a reference that was superseded before the last review; and
// one that rests, directly or not, on another that was superseded.
func Notes(s *book.Section) []Note {
	var notes []Note
	for _, law := range s.Laws {
		switch law.Status {
		case "in-force-part-vacated", "proposed-change-pending", "uncertain":
			notes = append(notes, Note{Because: law.ID, Case: law.Status, Name: lawName(law)})
		}
	}
	last, _ := s.LastReview()
	for _, r := range s.References {
		// With no review to compare with, the section has the reason that it
		// is undated, and what became of the reference is told here.
		if isSuperseded(r) && (last.IsZero() || supersededBefore(r, last)) {
			what, other := fate(r)
			notes = append(notes, Note{r.SupersededOn, r.ID, what, refName(r), "", other})
		}
		for _, base := range supersededBases(r) {
			what, other := fate(base)
			notes = append(notes, Note{base.SupersededOn, r.ID, what, refName(r), refName(base), other})
		}
	}
	return notes
}

// supersededBases returns the superseded references among those that r rests on,
// nearest first. A new edition that rests on the one it replaces is no news.
func supersededBases(r *book.Reference) []*book.Reference {
	if len(r.RestsOn) == 0 {
		return nil
	}
	var found []*book.Reference
	seen := map[*book.Reference]bool{r: true}
	queue := r.RestsOn
	for len(queue) > 0 {
		var next []*book.Reference
		for _, base := range queue {
			if seen[base] {
				continue
			}
			seen[base] = true
			if isSuperseded(base) && base.SupersededBy != r {
				found = append(found, base)
			}
			next = append(next, base.RestsOn...)
		}
		queue = next
	}
	return found
}
