// Package change makes the changes that a command can make to a handbook: it
// begins a section or a part, adds a law or a reference, and records a review, an
// approval or counsel's sign-off. Each changes one file.
//
// No change is written that could not be read back: the handbook is loaded with
// the file as it will be ([edit.Overlay]), and a change that brings an error, or
// that does not arrive in the Book as it was meant, is refused. A file that was
// changed by somebody else meanwhile is left alone, and every other byte of a file
// stays as it was (package edit).
//
// What is refused is a [diag.Failure]: it says what to do, and holds the problems
// that the change would bring.
package change

import (
	"context"
	"errors"
	"fmt"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/edit"
	"handbook/cmd/handbook/internal/folder"
)

// A Handbook is one that is about to be changed, read with its drafts.
type Handbook struct{ *folder.Handbook }

// Open opens and reads the handbook in a folder.
func Open(ctx context.Context, dir string, now date.Moment) (Handbook, error) {
	h, err := folder.Read(ctx, dir, now, book.Options{Drafts: true}, func(string) {})
	return Handbook{h}, err
}

// errorsOf returns those of problems that are errors by the settings of a handbook.
func errorsOf(b *book.Book, ps []diag.Problem) []diag.Problem {
	var found []diag.Problem
	for _, p := range check.Grade(ps, b.Config.Checks, false) {
		if p.Severity == diag.Error {
			found = append(found, p)
		}
	}
	return found
}

// try loads the handbook as it would be with a file of these bytes, and refuses
// if that brings an error which is not there without.
func (h Handbook) try(ctx context.Context, name string, data []byte) (*book.Book, error) {
	after, found, err := h.Load(ctx, edit.Overlay{Base: h.Content.FS(), Name: name, Data: data}, book.Options{Drafts: true})
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, p := range errorsOf(h.Book, h.Problems) {
		known[p.Rule+p.Text] = true
	}
	var fresh []diag.Problem
	for _, p := range errorsOf(after, found) {
		if !known[p.Rule+p.Text] {
			fresh = append(fresh, p)
		}
	}
	if len(fresh) == 0 {
		return after, nil
	}
	return nil, &diag.Failure{Problems: fresh, Text: fmt.Sprintf("%s%s would have %s; nothing is written", h.Prefix, name, diag.Plural(len(fresh), "error"))}
}

// placed turns an error of package edit into one with a place.
func placed(file string, err error) error {
	var e *edit.Error
	if errors.As(err, &e) {
		return diag.Failf(e.Hint, "%s:%d: %s", file, e.Line, e.Text)
	}
	return err
}
