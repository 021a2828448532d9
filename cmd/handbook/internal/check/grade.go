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
	misspelt := map[string]map[string]bool{} // keys that were most likely meant, by file
	for _, p := range ps {
		if meant, ok := strings.CutPrefix(p.Hint, "did you mean "); ok && p.Rule == "unknown-key" {
			if misspelt[p.File] == nil {
				misspelt[p.File] = map[string]bool{}
			}
			misspelt[p.File][strings.TrimSuffix(meant, "?")] = true
		}
	}
	graded = slices.DeleteFunc(graded, func(p diag.Problem) bool {
		return misspelt[p.File][asksFor(p.Rule)] || slices.ContainsFunc(instead(p.Rule), func(rule string) bool { return told[line{rule, p.File, p.Line}] })
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

// A spoilt says what may be missing from a Book, because of an error that was
// told while it was loaded.
type spoilt struct{ something, settings, register bool }

// follows reports whether the problems of a rule may only follow from that.
func (s spoilt) follows(rule string) bool {
	switch rule {
	case "unused-law", "unused-reference", "unused-term", "unused-owner", "uncovered-area", "uncovered-population":
		return s.something
	case "missing-owner", "missing-areas", "missing-audience", "rule-without-level", "no-sections":
		return s.settings
	case "missing-laws", "rule-without-source":
		return s.register
	}
	return false
}

// spoils finds the errors that can make a file say less than its author wrote.
func spoils(told []diag.Problem) spoilt {
	var s spoilt
	if len(told) == 0 {
		return s
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
			s.something = true
			s.settings = s.settings || strings.HasSuffix(p.File, "handbook.yaml")
			s.register = s.register || strings.HasSuffix(p.File, "registers/laws.yaml") || strings.HasSuffix(p.File, "registers/references.yaml")
		}
	}
	return s
}

// asksFor returns the key of the front matter that a rule misses, or "".
func asksFor(rule string) string {
	switch rule {
	case "missing-owner":
		return "owner"
	case "missing-areas":
		return "areas"
	case "missing-audience":
		return "audience"
	case "missing-dates":
		return "drafted"
	case "missing-summary":
		return "summary"
	case "missing-laws":
		return "laws"
	case "version-without-change":
		return "change"
	case "not-approved":
		return "approved"
	case "superseded-without-withdrawn":
		return "withdrawn"
	}
	return ""
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
	case "rule-without-source":
		return []string{"unknown-law", "unknown-reference", "bad-attributes", "bad-rule"}
	case "rule-without-level":
		return []string{"unknown-level", "bad-attributes", "bad-rule"}
	case "bad-rule", "bad-block":
		return []string{"bad-attributes"}
	case "duplicate-rule-id":
		return []string{"duplicate-anchor"}
	case "moved-rule", "rule-id-prefix":
		return []string{"duplicate-rule-id", "duplicate-anchor"}
	}
	return nil
}
