package export

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/staleness"
)

// health makes health.csv.
func health(b *book.Book, reasons map[string][]staleness.Reason) ([]byte, error) {
	buf := bytes.NewBufferString("\ufeff")
	w := csvWriter(buf)
	w.Write([]string{"number", "id", "title", "part", "owner", "owner_name", "owner_email", "status",
		"last_review", "review_due", "kind", "since", "reason", "because", "url"})
	for _, s := range b.Sections {
		rs := reasons[s.ID]
		last, _ := s.LastReview()
		var part string
		if s.Part != nil {
			part = s.Part.Title
		}
		owner := ownerOf(s)
		url := absolute(b, s.Path)
		if url == "" {
			url = relative(s.Path)
		}
		row := func(r staleness.Reason) {
			w.Write(cells(s.Number, s.ID, s.Title, part, owner.ID, owner.Name, owner.Email, string(staleness.StatusOf(rs)),
				last.String(), staleness.ReviewDue(s).String(), string(r.Kind), r.Since.String(), r.Text, r.Because, url))
		}
		for _, r := range rs {
			row(r)
		}
		if len(rs) == 0 {
			row(staleness.Reason{})
		}
	}
	w.Flush()
	return buf.Bytes(), w.Error()
}

// ownerOf gives a section's owner, empty if it has none.
func ownerOf(s *book.Section) book.Owner {
	if s.Owner == nil {
		return book.Owner{}
	}
	return *s.Owner
}

// cells makes texts safe to open in a spreadsheet program.
func cells(texts ...string) []string {
	for i, t := range texts {
		texts[i] = cell(t)
	}
	return texts
}

// cell puts a text on one line, and a single quote before what a spreadsheet
// program would run as a formula.
func cell(text string) string {
	text = oneLine(text)
	if first, _ := utf8.DecodeRuneInString(text); text != "" && strings.ContainsRune("=+-@＝＋－＠", first) {
		return "'" + text
	}
	return text
}
