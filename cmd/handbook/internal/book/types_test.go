package book

import (
	"testing"
	"time"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
)

func approved(on date.Date) []Approval { return []Approval{{SignOff: SignOff{On: on}}} }

func TestLastReview(t *testing.T) {
	day := func(n int) date.Date { return date.New(2026, time.January, n) }
	review := func(n int) Review { return Review{SignOff: SignOff{On: day(n)}} }
	for _, c := range []struct {
		section Section
		day     date.Date
		what    string
	}{
		{Section{}, date.Date{}, ""},
		{Section{Drafted: day(1)}, day(1), "drafted"},
		{Section{Approvals: approved(day(2))}, day(2), "approved"},
		{Section{Drafted: day(1), Approvals: approved(day(2))}, day(2), "approved"},
		{Section{Drafted: day(2), Approvals: approved(day(2))}, day(2), "approved"},
		{Section{Drafted: day(3), Approvals: approved(day(2))}, day(3), "drafted"},
		{Section{Drafted: day(1), Approvals: approved(day(2)), Reviews: []Review{review(5), review(4)}}, day(5), "reviewed"},
		{Section{Approvals: approved(day(4)), Reviews: []Review{review(4)}}, day(4), "reviewed"},
		{Section{Approvals: approved(day(6)), Reviews: []Review{review(4)}}, day(6), "approved"},
	} {
		if got, what := c.section.LastReview(); got != c.day || what != c.what {
			t.Errorf("got %s %q, want %s %q", got, what, c.day, c.what)
		}
	}
}

func TestInForceSince(t *testing.T) {
	a, b := date.New(2026, time.January, 1), date.New(2026, time.February, 1)
	for _, c := range []struct {
		section Section
		want    date.Date
	}{
		{Section{}, date.Date{}},
		{Section{Drafted: a}, date.Date{}},
		{Section{Drafted: a, Approvals: approved(b)}, b},
		{Section{Approvals: approved(a), Effective: b}, b},
	} {
		if got := c.section.InForceSince(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func TestNames(t *testing.T) {
	s := Section{Title: "Texting", Keys: []KeyPos{{"title", diag.Pos{File: "f", Line: 2, Col: 8}}}}
	if got := s.Name(); got != "Texting" {
		t.Errorf("got %q", got)
	}
	if s.Number = "2.3"; s.Name() != "2.3 Texting" {
		t.Errorf("got %q", s.Name())
	}
	if at, ok := s.Key("title"); !ok || at.String() != "f:2:8" {
		t.Errorf("title stands at %s, %v", at, ok)
	}
	if _, ok := s.Key("owner"); ok {
		t.Error("there is no owner")
	}
	b, _, err := Load(folderOf(map[string]string{"a.md": "# A\n\n[@ref]", "registers/references.yaml": "- {id: ref, title: R}", "registers/laws.yaml": "- {id: law, title: L}"}), Options{})
	if err != nil || b.Section("a") == nil || b.Reference("ref") == nil || b.Law("law") == nil || b.Section("b") != nil || b.Reference("law") != nil || b.Law("ref") != nil || len(b.Rules()) != 0 {
		t.Error("ids are not found", err)
	}
}
