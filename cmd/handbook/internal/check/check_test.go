package check

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
)

// TestValidBook checks the base of the other tests: with every rule that is
// off by default turned on, nothing is found.
func TestValidBook(t *testing.T) {
	for _, p := range Run(validBook(t, nil), Options{Today: today()}) {
		t.Error(p)
	}
}

// A ruleCase is a change of the valid book and what one rule then finds: the
// place, what is wrong, and the hint. Without any it must find nothing.
type ruleCase struct {
	rule   string
	name   string
	change func(*testBook)
	want   []string
}

// TestRun checks every rule in both directions.
func TestRun(t *testing.T) {
	found, spared := map[string]bool{}, map[string]bool{}
	for _, c := range slices.Concat(settingCases(), coverageCases(), sectionCases(), readingCases(), reviewCases(), conductCases(), sourceCases()) {
		t.Run(c.rule+"/"+c.name, func(t *testing.T) {
			var got []string
			for _, p := range Run(validBook(t, c.change), Options{Today: today()}) {
				if p.Rule == c.rule {
					got = append(got, fmt.Sprintf("%s: %s (%s)", strings.TrimPrefix(p.Pos.String(), "content/"), p.Text, p.Hint))
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
		})
		if len(c.want) > 0 {
			found[c.rule] = true
		} else {
			spared[c.rule] = true
		}
	}
	for _, e := range table() {
		if e.find != nil && (!found[e.Name] || !spared[e.Name]) {
			t.Errorf("%s needs a case in which it finds something and one in which it does not", e.Name)
		}
	}
}

// TestRunWithoutHandbook checks that a folder of pages is not asked for facts.
func TestRunWithoutHandbook(t *testing.T) {
	pages := func() *book.Book {
		return &book.Book{
			Config: &book.Config{Title: "Handbook", VerifyEvery: date.Period{Months: 12}, ReviewEvery: date.Period{Months: 12}},
			Dir:    "notes/",
			Sections: []*book.Section{
				{ID: "a", Title: "A", Source: "a.md", Pos: diag.Pos{File: "notes/a.md", Line: 1}, Version: 1},
				{ID: "b", Title: "A", Source: "b.md", Pos: diag.Pos{File: "notes/b.md", Line: 1}, Version: 1},
			},
		}
	}
	if got := Run(pages(), Options{Today: today()}); len(got) > 0 {
		t.Errorf("got %v", got)
	}
	// What is there is still checked.
	b := pages()
	b.Sections[0].Version = 2
	if got := Run(b, Options{Today: today()}); len(got) != 1 || got[0].Rule != "version-without-change" {
		t.Errorf("got %v", got)
	}
	// With a handbook.yaml the same pages are asked.
	b = pages()
	b.Config.Pos = diag.Pos{File: "notes/handbook.yaml", Line: 1, Col: 1}
	var rules []string
	for _, p := range Run(b, Options{Today: today()}) {
		if !slices.Contains(rules, p.Rule) {
			rules = append(rules, p.Rule)
		}
	}
	if want := []string{"missing-dates", "missing-owner", "missing-summary", "duplicate-title"}; !slices.Equal(rules, want) {
		t.Errorf("got %v, want %v", rules, want)
	}
}

// TestRunWithoutAnything checks that an empty book, and one without settings,
// is no fault of the program.
func TestRunWithoutAnything(t *testing.T) {
	got := Run(&book.Book{}, Options{})
	if want := ".: error: there is no section to publish [no-sections]"; len(got) != 1 || got[0].String() != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// TestRunWithoutDay checks that nothing is guessed about time.
func TestRunWithoutDay(t *testing.T) {
	b := validBook(t, func(b *testBook) {
		b.texting.Drafted = date.New(2099, 1, 1)
		b.hipaa.VerifiedOn = date.New(1999, 1, 1)
		b.texting.Withdrawn = date.New(1999, 1, 1)
		b.texting.Owner = nil
	})
	got := Run(b, Options{})
	if len(got) != 1 || got[0].Rule != "missing-owner" {
		t.Errorf("got %v, want that of the section without an owner alone", got)
	}
}

// TestRunSeverity checks that the settings reach the problems, and that Run
// and Grade agree.
func TestRunSeverity(t *testing.T) {
	for _, c := range []struct {
		set  map[string]diag.Severity
		want []diag.Severity
	}{
		{nil, []diag.Severity{diag.Warning}},
		{map[string]diag.Severity{"missing-summary": diag.Error}, []diag.Severity{diag.Error}},
		{map[string]diag.Severity{"missing-summary": diag.Off}, nil},
	} {
		b := validBook(t, func(b *testBook) {
			b.Config.Checks = c.set
			b.texting.Summary = ""
		})
		run := Run(b, Options{Today: today()})
		var got []diag.Severity
		for _, p := range run {
			got = append(got, p.Severity)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: got %v, want %v", c.set, got, c.want)
		}
		if graded := Grade(run, b.Config.Checks, false); !slices.Equal(graded, run) {
			t.Errorf("%v: Grade makes %v of %v", c.set, graded, run)
		}
	}
}

// TestRunTwice checks that the result does not depend on the order of maps.
func TestRunTwice(t *testing.T) {
	b := validBook(t, func(b *testBook) {
		for i := range 30 {
			name := fmt.Sprintf("no-such-rule-%d", i)
			b.Config.Checks[name] = diag.Off
			s := b.add(3+i, fmt.Sprintf("s%d", i), "Same title")
			s.Reviews = []book.Review{b.review(s.Source, 20, date.New(2026, 6, 1+i%2))}
			s.Summary, s.Owner = "", nil
		}
	})
	first := Run(b, Options{Today: today()})
	if len(first) < 100 {
		t.Errorf("got only %d problems", len(first))
	}
	for range 5 {
		if again := Run(b, Options{Today: today()}); !slices.Equal(again, first) {
			t.Fatalf("got %v, then %v", first, again)
		}
	}
}
