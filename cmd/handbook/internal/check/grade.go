package check

import (
	"slices"

	"handbook/cmd/handbook/internal/diag"
)

// Grade gives every problem its severity, by the table, the settings of
// handbook.yaml (overrides, which may be nil) and --lenient; the package
// comment says how. Problems that are off are dropped, and those that another
// one on the same line tells better. The result is sorted; ps stays as it is.
func Grade(ps []diag.Problem, overrides map[string]diag.Severity, lenient bool) []diag.Problem {
	rules := map[string]Rule{}
	for _, r := range Rules() {
		rules[r.Name] = r
	}
	grade := func(p diag.Problem) diag.Severity {
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
	graded = slices.DeleteFunc(graded, func(p diag.Problem) bool {
		return slices.ContainsFunc(instead(p.Rule), func(rule string) bool { return told[line{rule, p.File, p.Line}] })
	})
	return diag.Sort(graded)
}

// severity gives the severity of a rule. found is what the place that found
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

// instead names the rules that say better what a rule says: a fact that is
// wrong is not also missing.
func instead(rule string) []string {
	switch rule {
	case "missing-owner":
		return []string{"unknown-owner", "wrong-type"}
	case "missing-areas":
		return []string{"unknown-area", "wrong-type"}
	case "missing-audience":
		return []string{"unknown-audience", "wrong-type"}
	case "missing-dates":
		return []string{"bad-date", "wrong-type"}
	case "missing-summary":
		return []string{"wrong-type"}
	case "missing-laws":
		return []string{"unknown-law", "wrong-type"}
	case "rule-without-level":
		return []string{"unknown-level"}
	case "duplicate-rule-id":
		return []string{"duplicate-anchor"}
	case "moved-rule", "rule-id-prefix":
		return []string{"duplicate-rule-id", "duplicate-anchor"}
	}
	return nil
}
