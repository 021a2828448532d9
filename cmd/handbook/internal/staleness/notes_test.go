package staleness

import (
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"

	"github.com/google/go-cmp/cmp"
)

func TestNotes(t *testing.T) {
	code24 := &book.Reference{ID: "code-2024", Title: "Code of Ethics (2024)", Year: "2024"}
	code05 := &book.Reference{ID: "code-2005", Title: "Code of Ethics (2005)", Status: "superseded", SupersededBy: code24, SupersededOn: day("2024-01-08")}
	code24.RestsOn = []*book.Reference{code05}
	paper := &book.Reference{ID: "paper", Title: "Social Media Use", RestsOn: []*book.Reference{code05}}
	blog := &book.Reference{ID: "blog", Title: "Blog", RestsOn: []*book.Reference{paper}}
	gone := &book.Reference{ID: "gone", Title: "Guide, Inc.", Status: "withdrawn"}
	loop := &book.Reference{ID: "loop", Title: "Loop", RestsOn: []*book.Reference{gone}}
	gone.RestsOn = []*book.Reference{loop}
	// A circle is an error of the register, which can be let pass.
	east, west := &book.Reference{ID: "east"}, &book.Reference{ID: "west", Title: "West", Status: "superseded"}
	east.RestsOn, west.RestsOn = []*book.Reference{west}, []*book.Reference{east}
	outside := &book.Reference{ID: "outside", Title: "Outside", RestsOn: []*book.Reference{east}}
	reviewed := func(on string) date.Date { return day(on) }
	type note struct{ Since, Text, Because string }
	for _, test := range []struct {
		name    string
		section *book.Section
		want    []note
	}{
		{"superseded before the review", &book.Section{Drafted: reviewed("2025-01-01"), References: []*book.Reference{code05}},
			[]note{{"2024-01-08", "Code of Ethics (2005) was superseded by Code of Ethics (2024) on 8 January 2024.", "code-2005"}}},
		{"superseded after the review is a reason", &book.Section{Drafted: reviewed("2024-01-07"), References: []*book.Reference{code05}}, nil},
		{"superseded, and the section undated", &book.Section{References: []*book.Reference{code05}},
			[]note{{"2024-01-08", "Code of Ethics (2005) was superseded by Code of Ethics (2024) on 8 January 2024.", "code-2005"}}},
		{"rests on a superseded one", &book.Section{Drafted: reviewed("2020-01-01"), References: []*book.Reference{paper}},
			[]note{{"2024-01-08", "Social Media Use rests on Code of Ethics (2005), which was superseded by Code of Ethics (2024) on 8 January 2024.", "paper"}}},
		{"rests on it by way of another", &book.Section{Drafted: reviewed("2020-01-01"), References: []*book.Reference{blog}},
			[]note{{"2024-01-08", "Blog rests on Code of Ethics (2005), which was superseded by Code of Ethics (2024) on 8 January 2024.", "blog"}}},
		{"a new edition rests on the old one", &book.Section{Drafted: reviewed("2025-01-01"), References: []*book.Reference{code24}}, nil},
		{"in a circle, on an unknown day", &book.Section{Drafted: reviewed("2025-01-01"), References: []*book.Reference{loop}},
			[]note{{"", "Loop rests on Guide, Inc., which was withdrawn.", "loop"}}},
		{"leading into a circle", &book.Section{Drafted: reviewed("2025-01-01"), References: []*book.Reference{outside}},
			[]note{{"", "Outside rests on West, which was superseded.", "outside"}}},
		{"laws", &book.Section{Drafted: reviewed("2025-01-01"), Laws: []*book.Law{
			{ID: "a", Short: "A Act", Status: "in-force"}, {ID: "b", Short: "Stericycle, Inc.", Status: "uncertain"},
			{ID: "c", Short: "C Rule", Status: "in-force-part-vacated"}, {ID: "d", Title: "D Rule", Status: "proposed-change-pending"}}},
			[]note{{"", "It is not certain how far this holds: Stericycle, Inc.", "b"}, {"", "A court has set aside part of C Rule.", "c"},
				{"", "A change has been proposed to D Rule.", "d"}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []note
			for _, n := range Notes(test.section) {
				got = append(got, note{n.Since.String(), n.Text(lang.English()), n.Because})
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// A section never has both a reason and a note about the same supersession.
func TestNoteOrReason(t *testing.T) {
	for _, last := range []string{"", "2023-12-31", "2024-01-07", "2024-01-08", "2024-01-09", "2025-01-01"} {
		for _, ref := range []*book.Reference{
			{ID: "r", Title: "R", Status: "superseded", SupersededOn: day("2024-01-08")},
			{ID: "r", Title: "R", Status: "superseded"},
			{ID: "r", Title: "R", SupersededBy: &book.Reference{Title: "N", Year: "2024"}},
		} {
			s := &book.Section{ID: "s", References: []*book.Reference{ref}}
			want := 2 // undated, and one of the two
			if last != "" {
				s.Drafted, want = day(last), 1
			}
			reasons, notes := All(&book.Book{Config: &book.Config{}}, s), Notes(s)
			if len(reasons)+len(notes) != want {
				t.Errorf("reviewed %s: reasons %v and notes %v", last, reasons, notes)
			}
		}
	}
}
