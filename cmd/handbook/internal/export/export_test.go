package export

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

func day(s string) date.Date {
	d, err := date.Parse(s)
	if err != nil {
		panic(err) // in a test's own table
	}
	return d
}

const today = "2026-06-01"

// sample is a small book with every kind of fact; change may alter it.
func sample(change func(*book.Book)) *book.Book {
	ada := book.Owner{ID: "ada", Name: "Ada Ågren", Role: "Clinical director", Email: "ada@example.org"}
	c := &book.Config{
		Title: "Staff handbook", Language: "en", BaseURL: "https://example.org/handbook/",
		Agency:      map[string]string{"name": "Example Agency"},
		ReviewEvery: date.Period{Months: 12}, DueSoon: date.Period{Days: 60}, VerifyEvery: date.Period{Months: 12}, CounselEvery: date.Period{Months: 24},
		Owners:    []book.Owner{ada, {ID: "ben", Name: "Ben"}},
		Areas:     []book.Area{{ID: "phones", Name: "Phones", Required: true}},
		Audiences: []book.Audience{{ID: "teens", Name: "Teens", Population: true}},
		Levels:    []book.Level{{Level: 1, Name: "Coach"}},
	}
	hipaa := &book.Law{ID: "us-hipaa", Short: "HIPAA", Title: "HIPAA Privacy Rule", URL: "https://example.org/law", Path: "laws/us-hipaa.html",
		VerifiedOn: day("2026-05-01"), Amended: []book.Amendment{{Published: day("2025-08-01"), Effective: day("2026-02-16"), Note: "tiers"}}}
	code := &book.Reference{ID: "code", Title: "Code of Ethics", Path: "references/code.html", VerifiedOn: day("2026-04-01"), Status: "current"}
	part := &book.Part{ID: "phones", Number: "2", Title: "Phones", Path: "phones/index.html"}
	texting := &book.Section{ID: "texting", Number: "2.3", Title: "Texting with clients", Summary: "When a text is allowed.", Part: part,
		Source: "2-phones/3-texting.md", Path: "phones/texting.html", Owner: &c.Owners[0], Areas: []*book.Area{&c.Areas[0]},
		Audience: []*book.Audience{&c.Audiences[0]}, Drafted: day("2025-06-01"),
		Approvals: []book.Approval{{SignOff: book.SignOff{On: day("2025-06-15"), By: "Board"}, Version: 2}}, Effective: day("2025-07-01"), Version: 2, Change: "Appointments only.",
		ReviewEvery: date.Period{Months: 12}, Reviews: []book.Review{{SignOff: book.SignOff{On: day("2025-12-01"), By: "Ada"}, Outcome: "no-change"}},
		Counsel: &book.SignOff{On: day("2024-12-01")}, Laws: []*book.Law{hipaa}, References: []*book.Reference{code}}
	texting.Rules = []*book.Rule{
		{ID: "texting-1", Section: texting, Level: 1, Text: "Do not text at night.", Laws: []*book.Law{hipaa}},
		{ID: "texting-2", Section: texting, Level: -1, Text: "Ask first."}}
	calls := &book.Section{ID: "calls", Number: "2.4", Title: "Calls", Part: part, Path: "phones/calls.html", Version: 1,
		Drafted: day("2026-05-20"), ReviewEvery: date.Period{Months: 12}, Counsel: &book.SignOff{On: day("2026-05-20")}}
	old := &book.Section{ID: "old", Title: "Old policy", Path: "old.html", Owner: &c.Owners[0], Version: 1, Drafted: day("2020-01-01"),
		ReviewEvery: date.Period{Months: 12}, Withdrawn: day("2026-01-01"), SupersededBy: texting}
	bare := &book.Section{ID: "bare", Title: "Bare", Path: "bare.html", Version: 1, ReviewEvery: date.Period{Months: 12}}
	part.Sections = []*book.Section{texting, calls}
	b := &book.Book{Config: c, Parts: []*book.Part{part}, Sections: []*book.Section{texting, calls, old, bare},
		Laws: []*book.Law{hipaa}, References: []*book.Reference{code}}
	if change != nil {
		change(b)
	}
	return b
}

// made returns all files, made.
func made(t testing.TB, b *book.Book, pages ...string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := Files(b, Options{Day: day(today), Pages: pages}, func(path string, write func(io.Writer) error) error {
		if _, twice := files[path]; twice {
			return fmt.Errorf("%s was added twice", path)
		}
		var buf bytes.Buffer
		err := write(&buf)
		files[path] = buf.Bytes()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestFilesPaths(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*book.Book)
		want   string
	}{
		{"all", nil, ".nojekyll changes.atom handbook.json health.csv reviews.ics reviews/ada.ics sitemap.xml"},
		{"without a base_url", func(b *book.Book) { b.Config.BaseURL = "" }, ".nojekyll changes.atom handbook.json health.csv reviews.ics reviews/ada.ics"},
		{"an owner given twice", func(b *book.Book) { b.Config.Owners = append(b.Config.Owners, b.Config.Owners[0]) },
			".nojekyll changes.atom handbook.json health.csv reviews.ics reviews/ada.ics sitemap.xml"},
		{"an empty book", func(b *book.Book) { *b = book.Book{} }, ".nojekyll changes.atom handbook.json health.csv reviews.ics"},
	} {
		files := made(t, sample(test.change), "index.html")
		var paths []string
		for p := range files {
			paths = append(paths, p)
		}
		slices.Sort(paths)
		if got := strings.Join(paths, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		if p, ok := files[".nojekyll"]; !ok || len(p) != 0 {
			t.Errorf("%s: .nojekyll is %q", test.name, p)
		}
	}
}

func TestFilesStopsAtTheFirstError(t *testing.T) {
	taken, calls := errors.New("taken"), 0
	err := Files(sample(nil), Options{Day: day(today)}, func(string, func(io.Writer) error) error { calls++; return taken })
	if !errors.Is(err, taken) || calls != 1 {
		t.Errorf("after %d calls: %v", calls, err)
	}
}

// TestFilesSameBytes makes every file from many goroutines at once, twice over
// and from two books, and compares.
func TestFilesSameBytes(t *testing.T) {
	pages := []string{"phones/texting.html", "index.html", "bare.html"}
	want := made(t, sample(nil), pages...)
	slices.Reverse(pages)
	var wg sync.WaitGroup
	err := Files(sample(nil), Options{Day: day(today), Pages: pages}, func(path string, write func(io.Writer) error) error {
		for range 4 {
			wg.Go(func() {
				var got bytes.Buffer
				if err := write(&got); err != nil || !bytes.Equal(got.Bytes(), want[path]) {
					t.Errorf("%s differs (%v)", path, err)
				}
			})
		}
		return nil
	})
	wg.Wait()
	if err != nil {
		t.Error(err)
	}
}

// nasty are titles that have broken other tools.
func nasty() []string {
	return []string{
		"Plain", `<b>&"'`, "]]><script>alert(1)</script>", "a, b; c\\d", "line\nbreak\r\nand\ttab", "=1+1", "+1", "-1", "@x", "\t=1+1", " =x", "＝1",
		"a|b `c` *d* _e_ [f](g) ~h~", "\x00\x07\x1b[31m", "caf\u00e9 \u2014 \u4e2d\u6587 \U0001f600", "bad \xff\xfe utf-8", "\ufeffbom",
		"\u202eright to left", "--> ${x} {{y}}", strings.Repeat("long ", 2000), strings.Repeat("x", 10000), strings.Repeat("\u4e2d", 4000),
		`quote "" twice`, "ends with \\", "BEGIN:VEVENT", "a\nEND:VCALENDAR\nb", "\ufffe\uffff",
	}
}

// bench is a book of n sections with a law, two references and three rules each.
func bench(n int) *book.Book {
	b := sample(nil)
	one := b.Sections[0]
	b.Sections, b.Parts[0].Sections = nil, nil
	for i := range n {
		s := *one
		s.ID, s.Number, s.Path = fmt.Sprintf("texting-%d", i), fmt.Sprintf("2.%d", i), fmt.Sprintf("phones/texting-%d.html", i)
		s.Drafted = s.Drafted.AddDays(i % 700)
		b.Sections = append(b.Sections, &s)
	}
	return b
}

func BenchmarkFiles(b *testing.B) {
	bk := bench(10000)
	var pages []string
	for _, s := range bk.Sections {
		pages = append(pages, s.Path)
	}
	names := []string{"handbook.json", "health.csv", "reviews.ics", "changes.atom", "sitemap.xml"}
	for _, name := range names {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				err := Files(bk, Options{Day: day(today), Pages: pages}, func(path string, write func(io.Writer) error) error {
					if path != name {
						return nil
					}
					return write(io.Discard)
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
