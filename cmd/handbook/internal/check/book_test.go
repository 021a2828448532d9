package check

import (
	"fmt"
	"slices"
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// today is the day on which every test book is checked.
func today() date.Date { return date.New(2026, 11, 20) }

// optionsOn returns settings that turn on every rule that is off by default.
func optionsOn() map[string]diag.Severity {
	checks := map[string]diag.Severity{}
	for _, r := range Rules() {
		if r.Severity == diag.Off {
			checks[r.Name] = diag.Warning
		}
	}
	return checks
}

// A testBook is a Book with its parts at hand, so that a test can change one.
type testBook struct {
	*book.Book
	t               *testing.T
	texting, email  *book.Section // 2.1 and 2.2
	hipaa, tcpa     *book.Law
	code, guideline *book.Reference
}

// at returns a place in a file of the test book.
func at(file string, line, col int) diag.Pos {
	return diag.Pos{File: "content/" + file, Line: line, Col: col}
}

// validBook makes a handbook in which no rule finds anything, not even those
// that are off by default, and changes it.
func validBook(t *testing.T, change func(*testBook)) *book.Book {
	c := &book.Config{
		Pos:           at("handbook.yaml", 1, 1),
		Title:         "Handbook",
		Jurisdictions: []string{"US-MD"},
		BaseURL:       "https://agency.example/handbook/",
		ReviewEvery:   date.Period{Months: 12},
		VerifyEvery:   date.Period{Months: 12},
		Owners:        []book.Owner{{ID: "director", Name: "Director", Role: "Clinical director", Email: "director@agency.example", Pos: at("handbook.yaml", 10, 5)}},
		Areas: []book.Area{
			{ID: "phones", Name: "Phones", Required: true, Pos: at("handbook.yaml", 20, 5)},
			{ID: "boundaries", Name: "Boundaries", Required: true, Populations: true, Pos: at("handbook.yaml", 21, 5)},
			{ID: "other", Name: "Other", Pos: at("handbook.yaml", 22, 5)},
		},
		Audiences: []book.Audience{
			{ID: "staff", Name: "Staff", Pos: at("handbook.yaml", 30, 5)},
			{ID: "teens", Name: "Teens", Population: true, Pos: at("handbook.yaml", 31, 5)},
			{ID: "adults", Name: "Adults", Population: true, Pos: at("handbook.yaml", 32, 5)},
		},
		Levels:    []book.Level{{Level: 0, Name: "Learn"}, {Level: 1, Name: "Coach"}},
		Checks:    optionsOn(),
		CheckPos:  map[string]diag.Pos{},
		Keep:      []string{"CNAME", ".well-known/", "google*.html"},
		Accent:    book.Accent{Light: "#0f5763", Dark: "#8ccbd6"},
		AccentPos: at("handbook.yaml", 50, 1),
	}
	b := &testBook{Book: &book.Book{Config: c, Dir: "content/"}, t: t}
	b.hipaa = &book.Law{ID: "us-hipaa", Citation: "45 CFR 164", Jurisdiction: "US", Status: "in-force", Confidence: "A",
		VerifiedOn: date.New(2026, 6, 1), Pos: at("registers/laws.yaml", 1, 7),
		Amended: []book.Amendment{{Published: date.New(2024, 4, 26), Effective: date.New(2026, 12, 1), Pos: at("registers/laws.yaml", 5, 5)}}}
	b.tcpa = &book.Law{ID: "us-tcpa", URL: "https://law.example/tcpa", Jurisdiction: "US", Status: "in-force", Confidence: "B",
		VerifiedOn: date.New(2026, 6, 1), Pos: at("registers/laws.yaml", 11, 7)}
	b.Laws = []*book.Law{b.hipaa, b.tcpa}
	b.code = &book.Reference{ID: "nasw-code-2021", Publisher: "NASW", Status: "current", Confidence: "A", VerifiedOn: date.New(2026, 6, 1), Pos: at("registers/references.yaml", 1, 7)}
	b.guideline = &book.Reference{ID: "nasw-guideline", URL: "https://nasw.example", Status: "current", Confidence: "A", VerifiedOn: date.New(2026, 6, 1), Pos: at("registers/references.yaml", 11, 7)}
	b.References = []*book.Reference{b.code, b.guideline}

	part := &book.Part{ID: "phones", Number: "2", Dir: "2-phones"}
	b.texting, b.email = b.section(1, "texting", "Texting with clients"), b.section(2, "email", "E-mail")
	part.Sections = []*book.Section{b.texting, b.email}
	b.Parts, b.Sections = []*book.Part{part}, part.Sections
	b.texting.Laws = []*book.Law{b.tcpa}
	b.email.Laws = []*book.Law{b.hipaa}
	b.texting.References = []*book.Reference{b.code}
	b.email.References = []*book.Reference{b.guideline}
	b.rule(b.texting, "texting-1")
	b.rule(b.email, "email-1")
	if change != nil {
		change(b)
	}
	return b.Book
}

// section makes a section with nothing amiss.
func (b *testBook) section(number int, id, title string) *book.Section {
	file := fmt.Sprintf("2-phones/%d-%s.md", number, id)
	var keys []book.KeyPos
	for i, k := range []string{"title", "summary", "owner", "areas", "audience", "drafted", "approved", "version", "change", "review_every", "laws", "references"} {
		keys = append(keys, book.KeyPos{Key: k, Pos: at(file, 2+i, 1)})
	}
	c := b.Config
	return &book.Section{
		ID: id, Number: fmt.Sprintf("2.%d", number), Title: title, Source: file, Pos: at(file, 2, 1), Keys: keys,
		Summary: "What it settles.", Owner: &c.Owners[0],
		Areas:    []*book.Area{&c.Areas[0], &c.Areas[1]},
		Audience: []*book.Audience{&c.Audiences[0], &c.Audiences[1], &c.Audiences[2]},
		Drafted:  date.New(2025, 11, 3), Approvals: []book.Approval{{SignOff: book.SignOff{On: date.New(2025, 12, 1), By: "Board of Directors", Text: hash, Pos: at(file, 8, 1)}, Version: 1}},
		Version: 1, ReviewEvery: c.ReviewEvery, TextHash: hash,
		Reviews: []book.Review{
			b.review(file, 20, date.New(2026, 3, 1)),
			b.review(file, 21, date.New(2026, 9, 1)),
		},
		Counsel: &book.SignOff{On: date.New(2025, 11, 20), By: "Counsel", Text: hash, Pos: at(file, 25, 1)},
	}
}

// hash is that of the texts in the test book.
const hash = "h2:1f2e07d4-93ab55c8-4f2a9c01d0e61733"

// without returns keys without one.
func without(keys []book.KeyPos, key string) []book.KeyPos {
	return slices.DeleteFunc(keys, func(k book.KeyPos) bool { return k.Key == key })
}

func (b *testBook) review(file string, line int, on date.Date) book.Review {
	return book.Review{SignOff: book.SignOff{On: on, By: "Privacy officer", Text: hash, Pos: at(file, line, 5)}, Outcome: "no-change"}
}

// rule adds a rule with nothing amiss to a section.
func (b *testBook) rule(s *book.Section, id string) *book.Rule {
	r := &book.Rule{ID: id, Section: s, Level: 1, Laws: s.Laws, Text: "You must.", Pos: at(s.Source, 40+10*len(s.Rules), 1)}
	s.Rules = append(s.Rules, r)
	return r
}

// add adds a section.
func (b *testBook) add(number int, id, title string) *book.Section {
	s := b.section(number, id, title)
	b.Sections = append(b.Sections, s)
	b.Parts[0].Sections = b.Sections
	return s
}

// doc parses a page that may cite [@us-tcpa] and use the term PHI.
func (b *testBook) doc(s string) *markdown.Doc {
	b.t.Helper()
	d, ps := markdown.New().Parse(markdown.Input{File: "page.md", ID: "page", Line: 1, Body: []byte(s), Setting: markdown.Setting{
		Cite: func(id string) (markdown.Cite, bool) {
			return markdown.Cite{Label: id, Target: markdown.Target{Path: "laws/" + id + ".html"}}, true
		},
		CiteIDs:    func() []string { return nil },
		Value:      func(string) (string, bool) { return "", false },
		ValueNames: func() []string { return nil },
		Level:      func(int) (string, bool) { return "", true },
		Terms:      markdown.NewTerms([]markdown.Term{{ID: "phi", Forms: []string{"PHI"}, Target: markdown.Target{Path: "terms.html", ID: "term-phi"}}}),
	}})
	if len(ps) > 0 {
		b.t.Fatalf("the test's page has problems: %v", ps)
	}
	return d
}
