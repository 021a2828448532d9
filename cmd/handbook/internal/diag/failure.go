package diag

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// A Failure is the error of something that cannot be done, in words for the
// person who asked for it. A command prints the problems, the text, and the hint
// on a line of its own.
type Failure struct {
	Text  string // what is wrong: lower case, no full stop
	Hint  string // what to do about it, or ""
	Usage bool   // what was asked for is wrong, not the handbook

	Err      error     // what the system said, or nil
	Problems []Problem // what it follows from, if a command has not printed it yet
}

// Error returns what is wrong.
func (f *Failure) Error() string { return f.Text }

// Unwrap returns the error of the system.
func (f *Failure) Unwrap() error { return f.Err }

// Failf makes the error of something that failed for a known reason.
func Failf(hint, format string, args ...any) error {
	return &Failure{Text: fmt.Sprintf(format, args...), Hint: hint}
}

// Usagef makes the error of something that cannot be asked for.
func Usagef(hint, format string, args ...any) error {
	return &Failure{Text: fmt.Sprintf(format, args...), Hint: hint, Usage: true}
}

// Say prints one line for a person. Names that it quotes from a disk or from
// the command line cannot steer the terminal.
func Say(w io.Writer, format string, args ...any) error {
	_, err := fmt.Fprintln(w, Clean(fmt.Sprintf(format, args...)))
	return err
}

// Plural writes "1 section" or "15 sections".
func Plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

// Tally writes "2 errors, 1 warning".
func Tally(errors, warnings int) string {
	return Plural(errors, "error") + ", " + Plural(warnings, "warning")
}

// OneOf refuses a value of a flag that is none of the choices.
func OneOf(flag, value string, choices []string) error {
	if slices.Contains(choices, value) {
		return nil
	}
	return Usagef(DidYouMean(value, choices, "use one of "+strings.Join(choices, ", ")), "--%s cannot be %s", flag, Quote(value))
}
