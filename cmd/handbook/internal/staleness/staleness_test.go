package staleness

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/markdown"

	"github.com/google/go-cmp/cmp"
)

func day(s string) date.Date {
	d, err := date.Parse(s)
	if err != nil {
		panic(err) // in a test's own table
	}
	return d
}

func quiet() *book.Config {
	return &book.Config{ReviewEvery: date.Period{Months: 12}, DueSoon: date.Period{Days: 60}}
}

// lines returns reasons in a form that is short to compare.
func lines(rs []Reason) []string {
	var out []string
	for _, r := range rs {
		out = append(out, fmt.Sprintf("%s [%s,%s) %s", r.Kind, r.Since, r.Until, r.Because))
	}
	return out
}

func TestAllRanges(t *testing.T) {
	hipaa := &book.Law{ID: "us-hipaa", Short: "HIPAA", Amended: []book.Amendment{
		{Published: day("2025-08-01"), Effective: day("2026-02-16"), ComplyBy: day("2026-08-01")}}}
	base := func(change func(*book.Section)) *book.Section {
		s := &book.Section{ID: "s", Drafted: day("2025-06-01"), ReviewEvery: date.Period{Months: 12}, TextHash: "h2:aaaa"}
		change(s)
		return s
	}
	for _, test := range []struct {
		name    string
		section *book.Section
		want    []string
	}{
		{"dates alone", base(func(*book.Section) {}), []string{
			"overdue [2026-06-02,) ", "due-soon [2026-04-02,2026-06-02) "}},
		{"three days of an amendment", base(func(s *book.Section) { s.Laws = []*book.Law{hipaa} }), []string{
			"overdue [2026-06-02,) ", "law-amended [2026-02-16,) us-hipaa", "due-soon [2026-04-02,2026-06-02) ",
			"law-coming [2025-08-01,2026-02-16) us-hipaa", "law-coming [2026-02-16,2026-08-01) us-hipaa"}},
		{"withdrawal cuts ranges short and drops later ones", base(func(s *book.Section) { s.Laws = []*book.Law{hipaa}; s.Withdrawn = day("2026-05-01") }), []string{
			"withdrawn [2026-05-01,) ", "law-amended [2026-02-16,2026-05-01) us-hipaa", "due-soon [2026-04-02,2026-05-01) ",
			"law-coming [2025-08-01,2026-02-16) us-hipaa", "law-coming [2026-02-16,2026-05-01) us-hipaa"}},
		{"withdrawn before it takes effect", base(func(s *book.Section) { s.Effective = day("2027-01-01"); s.Withdrawn = day("2026-01-01") }), []string{
			"withdrawn [2026-01-01,) ", "not-yet-effective [,2026-01-01) "}},
		{"one law listed twice says its reason once", base(func(s *book.Section) { s.Laws = []*book.Law{hipaa, hipaa}; s.ReviewEvery = date.Period{} }), []string{
			"law-amended [2026-02-16,) us-hipaa", "law-coming [2025-08-01,2026-02-16) us-hipaa", "law-coming [2026-02-16,2026-08-01) us-hipaa"}},
		{"drafted anew after a review", base(func(s *book.Section) {
			s.Drafted = day("2026-03-01")
			s.Reviews = []book.Review{{SignOff: book.SignOff{On: day("2025-03-01")}}}
		}), []string{"overdue [2027-03-02,) ", "due-soon [2026-12-31,2027-03-02) "}},
		{"drafting is no sign-off", base(func(s *book.Section) {
			s.Drafted, s.ReviewEvery = day("2026-03-02"), date.Period{}
			s.Reviews = []book.Review{{SignOff: book.SignOff{On: day("2026-03-01"), Text: "h2:bbbb"}}}
		}), []string{"text-changed [2026-03-01,) "}},
		{"two reviews of one day, the text recorded by the first", base(func(s *book.Section) {
			s.ReviewEvery = date.Period{}
			s.Reviews = []book.Review{{SignOff: book.SignOff{On: day("2026-03-01"), Text: "h2:bbbb"}}, {SignOff: book.SignOff{On: day("2026-03-01")}}}
		}), []string{"text-changed [2026-03-01,) "}},
		{"what was coming until the day of the review", base(func(s *book.Section) {
			s.Laws, s.ReviewEvery, s.Drafted = []*book.Law{hipaa}, date.Period{}, day("2026-02-16")
		}), []string{"law-amended [2026-08-01,) us-hipaa", "law-coming [2026-02-16,2026-08-01) us-hipaa"}},
		{"an amendment that had to be followed before the review", base(func(s *book.Section) {
			s.Laws, s.ReviewEvery, s.Drafted = []*book.Law{hipaa}, date.Period{}, day("2026-08-01")
		}), nil},
		{"superseded, and the section undated", base(func(s *book.Section) {
			s.Drafted, s.References = date.Date{}, []*book.Reference{{ID: "r", Status: "superseded"}, {ID: "q", SupersededOn: day("2026-01-01")}}
		}), []string{"undated [,) "}},
		{"an amendment without a day", base(func(s *book.Section) {
			s.ReviewEvery = date.Period{}
			s.Laws = []*book.Law{{ID: "x", Amended: []book.Amendment{{Note: "some day"}}}}
		}), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := lines(All(&book.Book{Config: quiet(), Sections: []*book.Section{test.section}}, test.section))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestAllWithoutConfig(t *testing.T) {
	s := &book.Section{ID: "s", Drafted: day("2025-06-01")}
	if got := All(&book.Book{}, s); got != nil {
		t.Errorf("a section with no clock has reasons: %v", got)
	}
}

func TestSentencesAreOneLine(t *testing.T) {
	s := &book.Section{ID: "s", Drafted: day("2025-06-01"), Laws: []*book.Law{
		{ID: "x", Short: " A\nlong\t name ", Amended: []book.Amendment{{Published: day("2026-01-01"), Effective: day("2026-01-01")}}}}}
	got := All(&book.Book{Config: quiet()}, s)
	if want := "A long name changed on 1 January 2026, after this section was drafted on 1 June 2025."; len(got) != 1 || got[0].Text(lang.English()) != want {
		t.Errorf("got %v, want %q", got, want)
	}
}

// No day is before every day: only what has always held holds then.
func TestHoldingNoDay(t *testing.T) {
	b := &book.Book{Config: quiet(), Sections: []*book.Section{
		{ID: "dated", Drafted: day("2025-06-01"), ReviewEvery: date.Period{Months: 12}}, {ID: "undated"}}}
	for i, want := range []int{0, 1} {
		if got := Holding(All(b, b.Sections[i]), date.Date{}); len(got) != want {
			t.Errorf("%s: got %v", b.Sections[i].ID, got)
		}
	}
}

func TestStatusOf(t *testing.T) {
	for _, test := range []struct {
		kinds []Kind
		want  Status
	}{
		{nil, StatusCurrent},
		{[]Kind{DueSoon}, StatusDue},
		{[]Kind{LawComing}, StatusDue},
		{[]Kind{CounselMissing}, StatusCurrent},
		{[]Kind{CounselMissing, DueSoon}, StatusDue},
		{[]Kind{SourceUnverified}, StatusStale},
		{[]Kind{CounselMissing, CounselOverdue}, StatusStale},
		{[]Kind{DueSoon, TextChanged, LawComing}, StatusStale},
		{[]Kind{Overdue, NotYetEffective}, StatusFuture},
		{[]Kind{Undated, Withdrawn, NotYetEffective}, StatusWithdrawn},
		{[]Kind{"unheard-of"}, StatusCurrent},
	} {
		var rs []Reason
		for _, k := range test.kinds {
			rs = append(rs, Reason{Kind: k})
		}
		if got := StatusOf(rs); got != test.want {
			t.Errorf("%v: %s, want %s", test.kinds, got, test.want)
		}
	}
}

func TestKinds(t *testing.T) {
	for i, k := range Kinds() {
		if k.rank() != i {
			t.Errorf("%s has rank %d and place %d", k, k.rank(), i)
		}
		if k.Status() == StatusCurrent && k != CounselMissing {
			t.Errorf("%s means nothing", k)
		}
		if i > 0 && k.Status().rank() < Kinds()[i-1].Status().rank() {
			t.Errorf("%s is graver than %s before it", k, Kinds()[i-1])
		}
	}
}

func TestTimeline(t *testing.T) {
	r := func(k Kind, since, until string) Reason {
		x := Reason{Kind: k}
		if since != "" {
			x.Since = day(since)
		}
		if until != "" {
			x.Until = day(until)
		}
		return x
	}
	for _, test := range []struct {
		name string
		all  []Reason
		want string
	}{
		{"nothing", nil, "always current"},
		{"always", []Reason{r(Undated, "", "")}, "always stale"},
		{"a review", []Reason{r(DueSoon, "2026-04-02", "2026-06-02"), r(Overdue, "2026-06-02", "")}, "always current, 2026-04-02 due, 2026-06-02 stale"},
		{"the same status goes on", []Reason{r(LawComing, "2026-01-01", "2026-03-01"), r(DueSoon, "2026-02-01", "2026-05-01")}, "always current, 2026-01-01 due, 2026-05-01 current"},
		{"a gap", []Reason{r(LawComing, "", "2026-01-01"), r(LawComing, "2026-02-01", "2026-03-01")}, "always due, 2026-01-01 current, 2026-02-01 due, 2026-03-01 current"},
		{"from the future to withdrawal", []Reason{r(NotYetEffective, "", "2026-01-01"), r(Overdue, "2025-01-01", "2027-01-01"), r(Withdrawn, "2027-01-01", "")},
			"always future, 2026-01-01 stale, 2027-01-01 withdrawn"},
	} {
		var got []string
		for _, s := range Timeline(test.all) {
			from := s.From.String()
			if s.From.IsZero() {
				from = "always"
			}
			got = append(got, from+" "+string(s.Status))
		}
		if g := strings.Join(got, ", "); g != test.want {
			t.Errorf("%s: %s, want %s", test.name, g, test.want)
		}
	}
}

// randomBook returns a book of sections with every kind of fact, close enough
// together in time to interfere. The days of a year and a half suffice for all
// ranges to begin and end inside.
func randomBook(r *rand.Rand, n int) *book.Book {
	from := day("2026-01-01")
	some := func() date.Date {
		if r.IntN(3) == 0 {
			return date.Date{}
		}
		return from.AddDays(r.IntN(500))
	}
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	b := &book.Book{Config: &book.Config{
		DueSoon:      date.Period{Days: r.IntN(90)},
		VerifyEvery:  date.Period{Months: r.IntN(9)},
		CounselEvery: date.Period{Months: r.IntN(9)},
	}}
	for i := range 4 {
		law := &book.Law{ID: fmt.Sprintf("law-%d", i), Short: "Law", VerifiedOn: some(), Status: pick("in-force", "in-force", "in-force", "rescinded")}
		for range r.IntN(3) {
			law.Amended = append(law.Amended, book.Amendment{Published: some(), Effective: some(), ComplyBy: some()})
		}
		b.Laws = append(b.Laws, law)
		b.References = append(b.References, &book.Reference{ID: fmt.Sprintf("ref-%d", i), Title: "Ref", VerifiedOn: some(),
			Status: pick("current", "superseded", "withdrawn"), SupersededOn: some()})
	}
	for i := range n {
		s := &book.Section{ID: fmt.Sprint("s", i), Title: "Title", Drafted: some(), Effective: some(), ReviewEvery: date.Period{Months: r.IntN(8)}, Version: 1 + r.IntN(2), TextHash: "h2:a"}
		if r.IntN(3) == 0 {
			s.Withdrawn = some()
		}
		for range r.IntN(3) {
			s.Approvals = append(s.Approvals, book.Approval{SignOff: book.SignOff{On: some(), Text: pick("", "h2:a", "h2:b")}, Version: r.IntN(3)})
		}
		if r.IntN(3) == 0 {
			s.Doc = &markdown.Doc{Fills: make([]markdown.Fill, r.IntN(3))}
		}
		for range r.IntN(3) {
			s.Reviews = append(s.Reviews, book.Review{SignOff: book.SignOff{On: some(), Text: pick("", "h2:a", "h2:b")}})
		}
		if r.IntN(2) == 0 {
			s.Counsel = &book.SignOff{On: some(), Text: pick("", "h2:a", "h2:b")}
		}
		s.Laws = b.Laws[:r.IntN(5)]
		s.References = b.References[:r.IntN(5)]
		b.Sections = append(b.Sections, s)
	}
	return b
}

// TestHoldingAgreesWithAll holds the three forms of the answer together on every
// day of a range that reaches past all facts on both sides.
func TestHoldingAgreesWithAll(t *testing.T) {
	english := lang.English()
	said := map[Kind]bool{}
	for seed := range uint64(12) {
		b := randomBook(rand.New(rand.NewPCG(seed, 1)), 8)
		var all [][]Reason
		var steps [][]Step
		for _, s := range b.Sections {
			rs := All(b, s)
			if !slices.IsSortedFunc(rs, compare) {
				t.Fatalf("seed %d: %s: reasons out of order: %v", seed, s.ID, lines(rs))
			}
			for _, r := range rs {
				said[r.Kind] = true
				if !r.Until.IsZero() && !r.Since.Before(r.Until) {
					t.Fatalf("seed %d: %s: an empty range: %v", seed, s.ID, r)
				}
				if text := r.Text(english); strings.ContainsAny(text, "{}") || !strings.HasSuffix(text, ".") {
					t.Fatalf("seed %d: %s: no sentence: %v", seed, s.ID, r)
				}
			}
			all, steps = append(all, rs), append(steps, Timeline(rs))
			for i, step := range steps[len(steps)-1] {
				if step.From.IsZero() != (i == 0) {
					t.Fatalf("seed %d: %s: first step alone has no day: %v", seed, s.ID, steps[len(steps)-1])
				}
			}
		}
		for d := day("2025-11-01"); d.Before(day("2028-06-01")); d = d.AddDays(1) {
			for i, s := range b.Sections {
				on := Holding(all[i], d)
				var want []Reason
				for _, r := range all[i] {
					if (r.Since.IsZero() || r.Since.Compare(d) <= 0) && (r.Until.IsZero() || r.Until.Compare(d) > 0) {
						want = append(want, r)
					}
				}
				if !slices.Equal(on, want) {
					t.Fatalf("seed %d: %s on %s: %v, want %v", seed, s.ID, d, lines(on), lines(want))
				}
				if got := StatusOn(steps[i], d); got != StatusOf(want) {
					t.Fatalf("seed %d: %s on %s: timeline %s, reasons %s", seed, s.ID, d, got, StatusOf(want))
				}
				withdrawn := !s.Withdrawn.IsZero() && !d.Before(s.Withdrawn)
				if withdrawn != (len(want) == 1 && want[0].Kind == Withdrawn) {
					t.Fatalf("seed %d: %s on %s, withdrawn %s: %v", seed, s.ID, d, s.Withdrawn, lines(want))
				}
			}
		}
	}
	for _, k := range Kinds() {
		if !said[k] {
			t.Errorf("no random section ever was %s: the test shows nothing of it", k)
		}
	}
}

// TestEveryDayOfASentence reads each sentence on each day of its range: what it
// puts in the future must be to come and what it puts in the past must be over.
func TestEveryDayOfASentence(t *testing.T) {
	english, checked := lang.English(), 0
	for seed := range uint64(40) {
		b := randomBook(rand.New(rand.NewPCG(seed, 2)), 8)
		for _, s := range b.Sections {
			for _, r := range All(b, s) {
				text := r.Text(english)
				for _, part := range []struct {
					before string // the words before the day
					future bool
				}{
					{" is due by ", true}, {" changes on ", true}, {" must be followed by ", true}, {"takes effect on ", true},
					{" was due by ", false}, {" changed on ", false}, {" had to be followed by ", false}, {" was published on ", false},
					{"in effect since ", false}, {"Withdrawn on ", false}, {" was superseded on ", false}, {" was withdrawn on ", false},
				} {
					_, rest, ok := strings.Cut(text, part.before)
					if !ok {
						continue
					}
					end := strings.IndexAny(rest, ".,")
					d := longDay(t, rest[:end])
					checked++
					switch {
					case part.future && (r.Until.IsZero() || r.Until.After(d.AddDays(1))):
						t.Errorf("%q holds until %s", text, r.Until)
					case !part.future && r.Since.Before(d):
						t.Errorf("%q holds since %s", text, r.Since)
					}
				}
			}
		}
	}
	if checked < 1000 {
		t.Errorf("only %d sentences were read", checked)
	}
}

// longDay reads what [lang.Language.Date] writes.
func longDay(t *testing.T, s string) date.Date {
	t.Helper()
	x, err := time.Parse("2 January 2006", s)
	if err != nil {
		t.Fatal(err)
	}
	return date.Of(x)
}

func BenchmarkAll(b *testing.B) {
	bk := randomBook(rand.New(rand.NewPCG(7, 7)), 10000)
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range bk.Sections {
			Timeline(All(bk, s))
		}
	}
}
