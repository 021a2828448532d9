// Package diag holds what is wrong with a handbook, as data: a [Problem] with
// its place, the rule it breaks, what is wrong and what to do about it.
//
// Every package that reads something collects Problems and goes on; nothing
// stops at the first one. A command sorts them once ([Sort]), grades them by
// the table of rules (package check), prints them in one of the forms of
// [Write] and sets the exit status.
//
// The text form is the one compilers use, so that editors can jump to it:
//
//	content/2-phones/3-texting.md:7:8: error: law "us-hipa" is not in registers/laws.yaml [unknown-law]
//	hint: did you mean us-hipaa-privacy?
//
// The other forms are for programs: json, github (annotations on a pull
// request) and sarif (code scanning).
//
// Text and hints often quote what an author wrote. [Quote] and [Write] make
// sure that no control character or terminal escape of theirs is printed, and
// [Guard] that no line of them is a command to the program that runs a workflow.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// A Pos is a place in a file. File is a slash-separated path as the user
// would type it; Line and Col count from 1, and Col counts characters, not
// bytes. Line 0 means the file as a whole, Col 0 the line as a whole.
type Pos struct {
	File string `json:"file"`
	Line int    `json:"line,omitempty"`
	Col  int    `json:"col,omitempty"`
}

// String returns file:line:col, leaving out what is 0. A file whose name looks
// like a command to a workflow (see [Guard]) is named from the current folder.
func (p Pos) String() string {
	file := p.File
	if strings.HasPrefix(strings.TrimSpace(file), "::") {
		file = "./" + file
	}
	switch {
	case p.Line == 0:
		return file
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", file, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Col)
}

// A Severity says what a Problem does to a run: an error fails it, a warning
// is only printed.
type Severity int

// The severities, mildest first. Off problems are dropped.
const (
	Off Severity = iota
	Warning
	Error
)

// String returns the word that is printed and that handbook.yaml uses.
func (s Severity) String() string {
	switch s {
	case Off:
		return "off"
	case Warning:
		return "warning"
	}
	return "error"
}

// A Problem is one thing wrong at one place.
type Problem struct {
	Pos
	Severity Severity `json:"-"`
	Rule     string   `json:"rule"`           // its name in the table of rules
	Text     string   `json:"text"`           // what is wrong: lower case, no full stop
	Hint     string   `json:"hint,omitempty"` // what to do
	Firm     bool     `json:"-"`              // nothing lowers it: it could show readers of an edition what is not for them
}

// String returns the first line of the text form.
func (p Problem) String() string {
	return Clean(fmt.Sprintf("%s: %s: %s [%s]", p.Pos, p.Severity, p.Text, p.Rule))
}

// Errorf makes an error at a place.
func Errorf(pos Pos, rule, hint, format string, args ...any) Problem {
	return Problem{Pos: pos, Severity: Error, Rule: rule, Hint: hint, Text: fmt.Sprintf(format, args...)}
}

// Sort orders problems by file, line, column, rule and text, and drops
// problems that are the same in every field.
func Sort(ps []Problem) []Problem {
	slices.SortFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Hint, b.Hint))
	})
	return slices.CompactFunc(ps, func(a, b Problem) bool { return a == b })
}

// HasErrors reports whether any of the problems is an error.
func HasErrors(ps []Problem) bool {
	return slices.ContainsFunc(ps, func(p Problem) bool { return p.Severity == Error })
}

// Count returns the number of errors and of warnings.
func Count(ps []Problem) (errors, warnings int) {
	for _, p := range ps {
		switch p.Severity {
		case Error:
			errors++
		case Warning:
			warnings++
		}
	}
	return errors, warnings
}

// Clean makes a text safe to print: line ends and tabs become spaces, and
// control, bidirectional formatting and other invisible characters the
// replacement character, so that what an author wrote cannot steer a
// terminal, reorder or forge a line, or hide a letter.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unsafe(r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// unsafe reports whether a character must not reach a terminal as it is. The
// joiners U+200C and U+200D stay: Persian and emoji are written with them.
func unsafe(r rune) bool {
	switch r {
	case '\u00AD', '\u200B', '\u2028', '\u2029', '\u2060', '\uFEFF':
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || 0xE0000 <= r && r <= 0xE007F
}

// Quote puts an author's words in quotes, cut to 60 characters and cleaned.
func Quote(s string) string {
	n := 0
	for i := range s {
		if n++; n > 60 {
			s = s[:i] + "…"
			break
		}
	}
	return `"` + Clean(s) + `"`
}
