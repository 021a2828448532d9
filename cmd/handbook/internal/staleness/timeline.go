package staleness

import (
	"slices"

	"handbook/cmd/handbook/internal/date"
)

// A Step is a day from which a section has a status, up to the next step.
type Step struct {
	From   date.Date // zero in the first step: always
	Status Status
}

// Timeline returns the status of a section on every day, from all its reasons,
// as the fewest steps. The first begins with no day.
func Timeline(all []Reason) []Step {
	var room [32]date.Date // most sections have fewer
	days := append(room[:0], date.Date{})
	for i := range all {
		days = append(days, all[i].Since)
		if until := all[i].Until; !until.IsZero() {
			days = append(days, until)
		}
	}
	slices.SortFunc(days, date.Date.Compare)
	var steps []Step
	for _, day := range slices.Compact(days) {
		status := statusAt(all, day)
		if len(steps) == 0 || steps[len(steps)-1].Status != status {
			steps = append(steps, Step{day, status})
		}
	}
	return steps
}

// StatusOn returns the status on a day by the steps of [Timeline].
func StatusOn(steps []Step, day date.Date) Status {
	status := StatusCurrent
	for _, s := range steps {
		if s.From.After(day) {
			break
		}
		status = s.Status
	}
	return status
}
