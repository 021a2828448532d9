package site

import (
	"strconv"

	"handbook/cmd/handbook/internal/book"
)

// formLine says which text a form belongs to, so that a signed sheet can be
// laid beside the very words that were in force: "Form for 6.1 Consent,
// version 2, text h2:1f2e07d4-93ab55c8-7c1e09aa4f2a9c01". It is "" for a section that is no form.
func formLine(sec *book.Section) string {
	of := sec.Form
	if of == nil {
		return ""
	}
	version := strconv.Itoa(max(1, of.Version))
	switch _, standing := of.Approved(); standing {
	case book.OtherApproved, book.VersionUnknown:
		version += ", proposed"
	case book.TextChanged:
		version += ", changed since its approval"
	}
	return "Form for " + of.Name() + ", version " + version + ", text " + of.ShownHash
}
