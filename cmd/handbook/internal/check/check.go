// Package check asks what is wrong with a handbook.
//
// # The table
//
// [Rules] is one table of every rule, with its default severity and what it
// says, as `handbook check --rules` prints it. Some rules are told while the
// handbook is loaded (packages source, record, markdown and book), because
// only the loader sees the text; the others are found here, by [Run], which
// asks a loaded Book. A test holds the table and the loader together.
//
// # Severities
//
// [Grade] gives every problem its severity. In order:
//
//   - the table's default; where the place that found the problem called it a
//     warning, not more than that
//   - the severity that handbook.yaml sets under checks:, off, warning or error
//   - a Fixed rule stays an error whatever handbook.yaml says, and lowering it
//     is itself the problem fixed-check. What is not readable, not safe or not
//     what the author wrote cannot be published by a setting that nobody sees
//     again
//   - --lenient makes a warning of every error that can be lived with, so that
//     an agency can try its existing folder. Unreadable files, limits, two
//     pages at one address and unsafe paths remain errors
//
// # Folders without a handbook.yaml
//
// Any folder of markdown can be built. It has no owners, areas or dates, and
// nobody wants to hear that of every page. So the rules that ask for handbook
// facts (Rule.Handbook) are asked only where there is a handbook.yaml; the
// others are asked of what is there.
//
// # Editions
//
// An edition ([book.Edition]) is checked as it is published. What leaves in doubt
// where the text for other readers begins or ends is an error there, whatever the
// settings and --lenient say (diag.Problem.Firm). Whether enough is
// covered is asked of the whole handbook only.
//
// # What follows from what
//
// One typing error is one problem. While a page or a register has an error,
// nobody can say that a law is applied nowhere or an area not covered: the page
// that does so may be the one. So such things are asked only of a handbook that
// was loaded without errors (Options.Told), and [Grade] leaves out what another
// problem on the same line, or of the same fact, says better.
//
// # Time
//
// The day is an argument. Sections that are withdrawn on it need no upkeep:
// they cover no area, and nothing is asked of them but that they are recorded
// well. Sections that are not in force yet count as the handbook to come.
package check

import (
	"fmt"
	"io"
	"text/tabwriter"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
)

// Options say for which day to check. Without a day nothing is asked that
// depends on it.
type Options struct {
	Today  date.Date
	Errors bool           // look only for what is an error in this handbook
	Told   []diag.Problem // while the Book was loaded: what may only follow from these errors is not told
}

// Run returns the problems of a loaded Book, with their severities and sorted.
// Rules that are off are not looked for. To grade them together with the
// loader's problems, give both to [Grade].
func Run(b *book.Book, opt Options) []diag.Problem {
	c := &checker{book: b, config: b.Config, today: opt.Today}
	if c.config == nil {
		c.config = &book.Config{}
	}
	gaps := findGaps(opt.Told)
	for _, e := range table() {
		if gaps.explain(e.Name) {
			continue
		}
		c.rule = e.Rule
		c.severity = severity(e.Rule, diag.Error, c.config.Checks)
		if e.find == nil || c.severity == diag.Off || opt.Errors && c.severity != diag.Error || e.Handbook && c.config.Pos.File == "" {
			continue
		}
		e.find(c)
	}
	return diag.Sort(c.problems)
}

// A checker holds the problems of one run, and the rule that is being looked
// for.
type checker struct {
	book     *book.Book
	config   *book.Config
	today    date.Date
	rule     Rule
	severity diag.Severity
	problems []diag.Problem

	// made when first asked for
	citations map[string]bool // see cited
	numbers   map[string]int  // see newID
}

// add reports a problem of the rule that is being looked for.
func (c *checker) add(at diag.Pos, hint, format string, args ...any) {
	c.problems = append(c.problems, diag.Problem{Pos: at, Severity: c.severity, Rule: c.rule.Name, Hint: hint, Text: fmt.Sprintf(format, args...)})
}

// key returns the place of the first of some keys that a section's front matter
// has, or that of the section.
func key(s *book.Section, keys ...string) diag.Pos {
	for _, k := range keys {
		if at, ok := s.Key(k); ok {
			return at
		}
	}
	return s.Pos
}

// live reports whether a section is in force or to come.
func (c *checker) live(s *book.Section) bool {
	return s.Withdrawn.IsZero() || c.today.IsZero() || c.today.Before(s.Withdrawn)
}

// eachLive calls f for every section that is in force or to come.
func (c *checker) eachLive(f func(*book.Section)) {
	for _, s := range c.book.Sections {
		if c.live(s) {
			f(s)
		}
	}
}

// source returns a section's file as messages name it.
func (c *checker) source(s *book.Section) string { return c.book.Dir + s.Source }

// WriteRules writes the table of rules for people.
func WriteRules(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, r := range Rules() {
		severity := r.Severity.String()
		if r.Fixed {
			severity += ", fixed"
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\n", r.Name, severity, r.Doc)
	}
	return tw.Flush()
}

// RuleDocs describes the rules for [diag.Write].
func RuleDocs() []diag.RuleDoc {
	var docs []diag.RuleDoc
	for _, r := range Rules() {
		docs = append(docs, diag.RuleDoc{Name: r.Name, Doc: r.Doc, Severity: r.Severity})
	}
	return docs
}
