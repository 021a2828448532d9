package site

import (
	"strconv"

	"handbook/cmd/handbook/internal/book"
)

// formLine says which text a form belongs to, so that a signed sheet can be
// laid beside the very words that were in force: "Form for 6.1 Consent,
// version 2, text 4f2a9c01". It is "" for a section that is no form.
func formLine(sec *book.Section) string {
	of := sec.Form
	if of == nil {
		return ""
	}
	return "Form for " + of.Name() + ", version " + strconv.Itoa(max(1, of.Version)) + ", text " + of.TextHash
}
