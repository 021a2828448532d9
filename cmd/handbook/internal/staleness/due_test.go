package staleness

import (
	"fmt"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

func TestDue(t *testing.T) {
	ada, ben := &book.Owner{ID: "ada"}, &book.Owner{ID: "ben"}
	year := date.Period{Months: 12}
	counsel := func(on string) *book.SignOff { return &book.SignOff{On: day(on)} }
	b := &book.Book{Config: &book.Config{}, Sections: []*book.Section{
		{ID: "late", Owner: ada, Drafted: day("2025-01-01"), ReviewEvery: year, Counsel: counsel("2026-02-01")},
		{ID: "today", Owner: ben, Drafted: day("2025-06-01"), ReviewEvery: year, Counsel: counsel("2025-05-31")},
		{ID: "undated", Owner: ada, ReviewEvery: year},
		{ID: "last-day", Drafted: day("2025-07-31"), ReviewEvery: year, Counsel: counsel("2026-05-01")},
		{ID: "too-late", Drafted: day("2025-08-01"), ReviewEvery: year, Counsel: counsel("2026-05-01")},
		{ID: "same-day", Owner: ada, Drafted: day("2025-06-01"), ReviewEvery: year, Counsel: counsel("2025-06-01")},
		{ID: "withdrawn", Withdrawn: day("2026-06-01"), Drafted: day("2024-01-01"), ReviewEvery: year, Counsel: counsel("2024-01-01")},
		{ID: "ends-first", Withdrawn: day("2026-06-10"), Drafted: day("2025-06-10"), ReviewEvery: year, Counsel: counsel("2025-06-09")},
	}}
	for _, test := range []struct {
		name    string
		counsel date.Period
		within  string
		owner   string
		want    string
	}{
		{"within 60 days", date.Period{}, "60 days", "",
			"undated review never!, late review 2026-01-01!, today review 2026-06-01, same-day review 2026-06-01, last-day review 2026-07-31"},
		{"within two months", date.Period{}, "2 months", "",
			"undated review never!, late review 2026-01-01!, today review 2026-06-01, same-day review 2026-06-01, last-day review 2026-07-31, too-late review 2026-08-01"},
		{"one owner", date.Period{}, "60 days", "ada", "undated review never!, late review 2026-01-01!, same-day review 2026-06-01"},
		{"an owner without sections", date.Period{}, "60 days", "zoe", ""},
		{"with counsel", year, "60 days", "",
			"undated review never!, undated counsel never!, late review 2026-01-01!, today counsel 2026-05-31!, today review 2026-06-01, same-day review 2026-06-01, same-day counsel 2026-06-01, ends-first counsel 2026-06-09, last-day review 2026-07-31"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b.Config.CounselEvery = test.counsel
			within, err := date.ParsePeriod(test.within)
			if err != nil {
				t.Fatal(err)
			}
			on := day("2026-06-01")
			var got []string
			for _, task := range Due(b, on, within, test.owner) {
				when := task.Day.String()
				if task.Day.IsZero() {
					when = "never"
				}
				if task.Overdue(on) {
					when += "!"
				}
				got = append(got, fmt.Sprint(task.Section.ID, " ", task.Work, " ", when))
			}
			if g := strings.Join(got, ", "); g != test.want {
				t.Errorf("got  %s\nwant %s", g, test.want)
			}
		})
	}
}

func TestTaskLast(t *testing.T) {
	s := &book.Section{ID: "s", Drafted: day("2024-01-01"), Approvals: []book.Approval{{SignOff: book.SignOff{On: day("2024-02-29")}}}, ReviewEvery: date.Period{Months: 12},
		Counsel: &book.SignOff{On: day("2024-01-31")}}
	b := &book.Book{Config: &book.Config{CounselEvery: date.Period{Months: 1}}, Sections: []*book.Section{s}}
	want := []Task{
		{s, Review, day("2025-02-28"), day("2024-02-29")},
		{s, Counsel, day("2024-02-29"), day("2024-01-31")},
	}
	got := Tasks(b, s)
	if len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := Tasks(&book.Book{}, &book.Section{Drafted: day("2024-01-01")}); got != nil {
		t.Errorf("a section with no clock has tasks: %v", got)
	}
}
