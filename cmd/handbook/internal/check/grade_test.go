package check

import (
	"slices"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/diag"
)

// TestGrade takes a rule of each kind through every setting: never
// (encoding), untrue (bad-date), fault (broken-link), doubt (no-body), option
// (not-approved).
func TestGrade(t *testing.T) {
	const off, warning, err = diag.Off, diag.Warning, diag.Error
	set := func(rule string, s diag.Severity) map[string]diag.Severity { return map[string]diag.Severity{rule: s} }
	for _, c := range []struct {
		rule      string
		found     diag.Severity
		overrides map[string]diag.Severity
		lenient   bool
		want      diag.Severity
	}{
		{"encoding", err, nil, false, err},
		{"encoding", warning, nil, false, err},
		{"encoding", off, nil, false, err},
		{"encoding", err, set("encoding", off), false, err},
		{"encoding", err, set("encoding", warning), false, err},
		{"encoding", err, nil, true, err},
		{"encoding", warning, set("encoding", off), true, err},

		{"bad-date", err, nil, false, err},
		{"bad-date", err, set("bad-date", off), false, err},
		{"bad-date", err, nil, true, warning},
		{"bad-date", err, set("bad-date", off), true, warning},

		{"broken-link", err, nil, false, err},
		{"broken-link", warning, nil, false, warning}, // a mild case
		{"broken-link", off, nil, false, err},         // not said
		{"broken-link", err, set("broken-link", warning), false, warning},
		{"broken-link", err, set("broken-link", off), false, off},
		{"broken-link", warning, set("broken-link", err), false, err},
		{"broken-link", err, nil, true, warning},
		{"broken-link", err, set("broken-link", err), true, warning},
		{"broken-link", err, set("no-body", off), false, err},

		{"no-body", err, nil, false, warning}, // the table knows better
		{"no-body", warning, nil, false, warning},
		{"no-body", err, set("no-body", err), false, err},
		{"no-body", err, set("no-body", err), true, warning},
		{"no-body", err, set("no-body", off), true, off},

		{"not-approved", err, nil, false, off},
		{"not-approved", warning, nil, true, off},
		{"not-approved", off, set("not-approved", warning), false, warning},
		{"not-approved", warning, set("not-approved", err), false, err},

		{"no-such-rule", err, set("no-such-rule", off), true, err},
		{"no-such-rule", off, nil, false, err},
	} {
		p := diag.Problem{Pos: diag.Pos{File: "a.md", Line: 1}, Severity: c.found, Rule: c.rule, Text: "t", Hint: "h"}
		got := Grade([]diag.Problem{p}, c.overrides, c.lenient)
		want := []diag.Problem{p}
		want[0].Severity = c.want
		if c.want == off {
			want = nil
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s, found as %s, set %v, lenient %v: got %v, want %s", c.rule, c.found, c.overrides, c.lenient, got, c.want)
		}
	}
}

// TestGradeInstead checks that a fact that is wrong is not also missing.
func TestGradeInstead(t *testing.T) {
	at := func(line int, rule string) diag.Problem {
		return diag.Errorf(diag.Pos{File: "a.md", Line: line, Col: len(rule)}, rule, "", "t")
	}
	for _, c := range []struct {
		name      string
		ps        []diag.Problem
		overrides map[string]diag.Severity
		want      string
	}{
		{"on the same line", []diag.Problem{at(3, "missing-owner"), at(3, "unknown-owner")}, nil, "unknown-owner"},
		{"on another line", []diag.Problem{at(2, "missing-owner"), at(3, "unknown-owner")}, nil, "missing-owner unknown-owner"},
		{"of another fact", []diag.Problem{at(3, "missing-owner"), at(3, "unknown-area")}, nil, "unknown-area missing-owner"},
		{"that is off", []diag.Problem{at(3, "missing-owner"), at(3, "unknown-owner")}, map[string]diag.Severity{"unknown-owner": diag.Off}, "missing-owner"},
		{"a level", []diag.Problem{at(3, "unknown-level"), at(3, "rule-without-level")}, nil, "unknown-level"},
		{"an id", []diag.Problem{at(3, "duplicate-rule-id"), at(3, "moved-rule")}, nil, "duplicate-rule-id"},
		{"a date", []diag.Problem{at(3, "bad-date"), at(3, "missing-dates")}, nil, "bad-date"},
	} {
		var rules []string
		for _, p := range Grade(c.ps, c.overrides, false) {
			rules = append(rules, p.Rule)
		}
		if got := strings.Join(rules, " "); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

// TestCausesNameRules checks the names in the code against the table.
func TestCausesNameRules(t *testing.T) {
	known := map[string]bool{}
	for _, r := range Rules() {
		known[r.Name] = true
	}
	n := 0
	for rule, cause := range causes() {
		if !known[rule] {
			t.Errorf("there is no rule %s", rule)
		}
		for _, better := range cause.rules {
			n++
			if !known[better] {
				t.Errorf("%s: there is no rule %s", rule, better)
			}
		}
	}
	if n == 0 {
		t.Error("no rule is told better by another")
	}
}

func TestGradeSortsAndKeepsItsInput(t *testing.T) {
	ps := []diag.Problem{
		diag.Errorf(diag.Pos{File: "b.md"}, "no-body", "", "t"),
		diag.Errorf(diag.Pos{File: "a.md"}, "no-body", "", "t"),
		diag.Errorf(diag.Pos{File: "a.md"}, "no-body", "", "t"),
	}
	before := slices.Clone(ps)
	got := Grade(ps, nil, false)
	if len(got) != 2 || got[0].File != "a.md" || got[1].File != "b.md" {
		t.Errorf("got %v", got)
	}
	if !slices.Equal(ps, before) {
		t.Errorf("the input became %v", ps)
	}
	if got := Grade(nil, nil, true); len(got) != 0 {
		t.Errorf("got %v for no problems", got)
	}
}
