package export

import (
	"io"
	"strings"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/source"
	"handbook/cmd/handbook/internal/staleness"
)

// health writes health.csv.
func health(to io.Writer, b *book.Book, l *lang.Language, reasons reasonsOf) error {
	if _, err := io.WriteString(to, "\ufeff"); err != nil {
		return err
	}
	w := csvWriter(to)
	w.Write([]string{"number", "id", "title", "part", "owner", "owner_name", "owner_email", "status",
		"last_review", "review_due", "kind", "since", "reason", "because", "url", "open_places"})
	for _, s := range b.Sections {
		rs := reasons(s)
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
		// The rows of a section differ only in the reason.
		row := cells(s.Number, s.ID, s.Title, part, owner.ID, owner.Name, owner.Email, string(staleness.StatusOf(rs).Of(s)),
			last.String(), staleness.ReviewDue(s).String(), "", "", "", "", url, strings.Join(openPlaces(s), "; "))
		for _, r := range rs {
			copy(row[10:], cells(string(r.Kind), r.Since.String(), r.Text(l), r.Because))
			w.Write(row)
		}
		if len(rs) == 0 {
			w.Write(row)
		}
	}
	w.Flush()
	return w.Error()
}

// openPlaces returns what the places of a section that are not filled in ask for.
func openPlaces(s *book.Section) []string {
	if s.Doc == nil {
		return nil
	}
	asked := make([]string, len(s.Doc.Fills))
	for i, f := range s.Doc.Fills {
		asked[i] = f.Asks()
	}
	return asked
}

// ownerOf returns a section's owner, empty if it has none.
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
// program would run as a formula. One that is set to part cells by semicolons,
// as in much of Europe, sees a cell begin after each of them, too.
func cell(text string) string {
	text = source.OneLine(text)
	first, _ := utf8.DecodeRuneInString(text)
	if text != "" && strings.ContainsRune(formula, first) {
		text = "'" + text
	}
	if !strings.Contains(text, ";") {
		return text
	}
	parts := strings.SplitAfter(text, ";")
	for i, part := range parts[1:] {
		first, _ := utf8.DecodeRuneInString(strings.TrimLeft(part, " \""))
		if strings.ContainsRune(formula, first) {
			parts[i+1] = "'" + part
		}
	}
	return strings.Join(parts, "")
}

// formula holds what a formula begins with.
const formula = "=+-@＝＋－＠"
