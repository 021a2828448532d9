package staleness

import (
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

// A Note is a calm remark about a source of a section: something that a
// reader of the source should know, and no reason to doubt the section.
type Note struct {
	Since   date.Date // the first day on which it is true; zero: always
	Text    string
	Because string // id of the law or reference that it is about
}

// Holds reports whether the note is true on a day.
func (n Note) Holds(day date.Date) bool { return !day.Before(n.Since) }

// Notes returns the remarks on a section's laws and references, in the order in
// which the section applies them: a law that is uncertain, about to change or
// vacated in part; a reference that was superseded before the last review; and
// one that rests, directly or not, on another that was superseded.
func Notes(s *book.Section) []Note {
	var notes []Note
	for _, law := range s.Laws {
		if text := lawNote(law); text != "" {
			notes = append(notes, Note{Text: text, Because: law.ID})
		}
	}
	last, _ := s.LastReview()
	for _, r := range s.References {
		// With no review to compare with, the section has the reason that it
		// is undated, and what became of the reference is told here.
		if isSuperseded(r) && (last.IsZero() || supersededBefore(r, last)) {
			notes = append(notes, Note{r.SupersededOn, stop(refName(r) + " " + fate(r) + onDay(r)), r.ID})
		}
		for _, base := range supersededBases(r) {
			notes = append(notes, Note{base.SupersededOn,
				stop(refName(r) + " rests on " + refName(base) + ", which " + fate(base) + onDay(base)), r.ID})
		}
	}
	return notes
}

// lawNote says in what way a law in force is not settled, or "".
func lawNote(law *book.Law) string {
	switch law.Status {
	case "in-force-part-vacated":
		return "A court has set aside part of " + stop(lawName(law))
	case "proposed-change-pending":
		return "A change has been proposed to " + stop(lawName(law))
	case "uncertain":
		return "It is not certain how far this holds: " + stop(lawName(law))
	}
	return ""
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

// onDay returns " on 8 January 2024", or "" where the day is not recorded.
func onDay(r *book.Reference) string {
	if r.SupersededOn.IsZero() {
		return ""
	}
	return " on " + r.SupersededOn.Long()
}

// stop ends a sentence, unless it ends with a full stop already, as a name
// such as "Stericycle, Inc." does.
func stop(s string) string {
	if strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}
