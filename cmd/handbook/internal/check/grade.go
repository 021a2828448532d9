package check

import (
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
)

// Grade returns every problem its severity, by the table, the settings of
// handbook.yaml (overrides, which may be nil) and --lenient; the package
// comment says how. Problems that are off are dropped, and those that another
// one on the same line tells better. The result is sorted; ps stays as it is.
func Grade(ps []diag.Problem, overrides map[string]diag.Severity, lenient bool) []diag.Problem {
	rules := map[string]Rule{}
	for _, r := range Rules() {
		rules[r.Name] = r
	}
	grade := func(p diag.Problem) diag.Severity {
		if p.Firm {
			return diag.Error
		}
		r, known := rules[p.Rule]
		if !known {
			return diag.Error // never lose a problem
		}
		s := severity(r, p.Severity, overrides)
		if lenient && r.Lenient {
			s = min(s, diag.Warning)
		}
		return s
	}
	type line struct {
		rule, file string
		line       int
	}
	told := map[line]bool{}
	var graded []diag.Problem
	for _, p := range ps {
		if p.Severity = grade(p); p.Severity != diag.Off {
			graded = append(graded, p)
			told[line{p.Rule, p.File, p.Line}] = true
		}
	}
	type fact struct{ file, key string }
	misspelt := map[fact]bool{} // keys that were most likely meant
	for _, p := range ps {
		if meant, ok := strings.CutPrefix(p.Hint, "did you mean "); ok && p.Rule == "unknown-key" {
			misspelt[fact{p.File, strings.TrimSuffix(meant, "?")}] = true
		}
	}
	causes := causes()
	graded = slices.DeleteFunc(graded, func(p diag.Problem) bool {
		cause := causes[p.Rule]
		return misspelt[fact{p.File, cause.key}] || slices.ContainsFunc(cause.rules, func(rule string) bool { return told[line{rule, p.File, p.Line}] })
	})
	return diag.Sort(graded)
}

// Blocking returns those findings of [Run] that stop a build: what it finds beyond
// reading does so only where it is an error, such as a review dated in the
// future, because pages made of that would not be true. Its warnings are for
// handbook check. told is what reading found.
func Blocking(b *book.Book, told []diag.Problem, today date.Date, lenient bool) []diag.Problem {
	found := Grade(Run(b, Options{Today: today, Errors: true, Told: told}), b.Config.Checks, lenient)
	return slices.DeleteFunc(found, func(p diag.Problem) bool { return p.Severity != diag.Error })
}

// Gaps say what may be missing from a Book, because of an error that was reported
// while it was loaded.
type gaps struct{ something, settings, register bool }

// explain reports whether the problems of a rule may only follow from that.
func (g gaps) explain(rule string) bool {
	switch rule {
	case "unused-law", "unused-reference", "unused-term", "unused-owner", "uncovered-area", "uncovered-population":
		return g.something
	case "missing-owner", "missing-areas", "missing-audience", "rule-without-level", "no-sections":
		return g.settings
	case "missing-laws", "rule-without-source":
		return g.register
	}
	return false
}

// findGaps finds the errors that can make a file say less than its author wrote.
func findGaps(told []diag.Problem) gaps {
	var g gaps
	if len(told) == 0 {
		return g
	}
	errors := map[string]bool{}
	for _, e := range table() {
		errors[e.Name] = e.find == nil && e.Severity == diag.Error
	}
	for _, e := range linkRules() {
		errors[e.Name] = false
	}
	for _, name := range []string{"missing-file", "file-too-large", "unsafe-svg", "bad-alias"} {
		errors[name] = false // they take no words away
	}
	for _, p := range told {
		if p.Severity == diag.Error && errors[p.Rule] {
			g.something = true
			g.settings = g.settings || strings.HasSuffix(p.File, "handbook.yaml")
			g.register = g.register || strings.HasSuffix(p.File, "registers/laws.yaml") || strings.HasSuffix(p.File, "registers/references.yaml")
		}
	}
	return g
}

// severity returns the severity of a rule. found is what the place that found
// the problem called it, or Off if it did not say.
func severity(r Rule, found diag.Severity, overrides map[string]diag.Severity) diag.Severity {
	if r.Fixed {
		return diag.Error
	}
	if s, set := overrides[r.Name]; set {
		return s
	}
	if found == diag.Warning {
		return min(r.Severity, found)
	}
	return r.Severity
}

// A cause is what says better what a rule says: a fact that is wrong, or whose
// key is misspelt, is not also missing.
type cause struct {
	key   string   // of the front matter, which the rule asks for
	rules []string // on the same line
}

func causes() map[string]cause {
	return map[string]cause{
		"missing-owner":                {"owner", []string{"unknown-owner", "wrong-type"}},
		"missing-areas":                {"areas", []string{"unknown-area", "wrong-type"}},
		"missing-audience":             {"audience", []string{"unknown-audience", "wrong-type"}},
		"missing-dates":                {"drafted", []string{"bad-date", "wrong-type"}},
		"missing-summary":              {"summary", []string{"wrong-type"}},
		"missing-laws":                 {"laws", []string{"unknown-law", "wrong-type"}},
		"version-without-change":       {key: "change"},
		"not-approved":                 {key: "approved"},
		"superseded-without-withdrawn": {key: "withdrawn"},
		"rule-without-source":          {rules: []string{"unknown-law", "unknown-reference", "bad-attributes", "bad-rule"}},
		"rule-without-level":           {rules: []string{"unknown-level", "bad-attributes", "bad-rule"}},
		"bad-rule":                     {rules: []string{"bad-attributes"}},
		"bad-block":                    {rules: []string{"bad-attributes"}},
		"duplicate-rule-id":            {rules: []string{"duplicate-anchor"}},
		"moved-rule":                   {rules: []string{"duplicate-rule-id", "duplicate-anchor"}},
		"rule-id-prefix":               {rules: []string{"duplicate-rule-id", "duplicate-anchor"}},
	}
}
