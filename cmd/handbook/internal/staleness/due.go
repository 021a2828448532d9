package staleness

import (
	"slices"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

// A Work is what somebody must do for a section.
type Work string

// The kinds of work that fall due.
const (
	Review  Work = "review"  // by the owner
	Counsel Work = "counsel" // counsel's sign-off
)

// A Task is the next review of a section, or its next sign-off by counsel.
type Task struct {
	Section *book.Section
	Work    Work
	Day     date.Date // the last day on which it is in time; zero: never done, so due at once
	Last    date.Date // when it was last done; zero: never
}

// Overdue reports whether on a day the task should have been done already.
func (t Task) Overdue(day date.Date) bool { return t.Day.Before(day) }

// ReviewDue returns the last day on which the next review of a section is in
// time, or no day if there is nothing to count from.
func ReviewDue(s *book.Section) date.Date {
	last, _ := s.LastReview()
	if s.ReviewEvery.IsZero() {
		return date.Date{}
	}
	return last.Add(s.ReviewEvery)
}

// CounselDue returns the last day on which the next sign-off by counsel is in
// time, or no day if the handbook does not ask for counsel or counsel has
// never signed.
func CounselDue(b *book.Book, s *book.Section) date.Date {
	if s.Counsel == nil || b.Config == nil || b.Config.CounselEvery.IsZero() {
		return date.Date{}
	}
	return s.Counsel.On.Add(b.Config.CounselEvery)
}

// Tasks returns what will fall due for a section: its review, and counsel's
// sign-off where the handbook asks for it. What would fall due on the day of
// the section's withdrawal or later is left out.
func Tasks(b *book.Book, s *book.Section) []Task {
	var tasks []Task
	add := func(work Work, day, last date.Date) {
		if s.Withdrawn.IsZero() || day.Before(s.Withdrawn) {
			tasks = append(tasks, Task{s, work, day, last})
		}
	}
	if last, _ := s.LastReview(); last.IsZero() || !s.ReviewEvery.IsZero() {
		add(Review, ReviewDue(s), last)
	}
	if b.Config != nil && !b.Config.CounselEvery.IsZero() {
		var last date.Date
		if s.Counsel != nil {
			last = s.Counsel.On
		}
		add(Counsel, CounselDue(b, s), last)
	}
	return tasks
}

// Due returns the tasks that are overdue on a day or fall due within a period
// after it, the earliest first; what was never done comes before all. With an
// owner's id it gives that owner's sections only, with "" everybody's. Sections
// that are withdrawn on the day are left out.
func Due(b *book.Book, day date.Date, within date.Period, owner string) []Task {
	end := day.Add(within)
	var due []Task
	for _, s := range b.Sections {
		if owner != "" && (s.Owner == nil || s.Owner.ID != owner) {
			continue
		}
		if !s.Withdrawn.IsZero() && !s.Withdrawn.After(day) {
			continue
		}
		for _, t := range Tasks(b, s) {
			if !t.Day.After(end) {
				due = append(due, t)
			}
		}
	}
	// Stable: tasks of one day stay in reading order.
	slices.SortStableFunc(due, func(a, b Task) int { return a.Day.Compare(b.Day) })
	return due
}
