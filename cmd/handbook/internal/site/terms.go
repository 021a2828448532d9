package site

import (
	"strings"

	"handbook/cmd/handbook/internal/book"
)

func termsType() PageType {
	return PageType{Name: "terms", Path: "terms.html", list: lookUp,
		has:  func(s *builder) bool { return len(s.book.Terms) > 0 },
		make: func(s *builder, f Frame) page { return s.terms(f) }}
}

// A TermsPage is handed to terms.html.
type TermsPage struct {
	Frame
	Terms []TermEntry
}

// A TermEntry is a term with its meaning.
type TermEntry struct {
	Anchor, Term, Also, Definition string
	Source                         *Link // Href is empty for a source that is no address
}

// terms makes the page of terms.
func (s *builder) terms(f Frame) TermsPage {
	p := TermsPage{Frame: f}
	for _, t := range s.book.Terms {
		p.Terms = append(p.Terms, termEntry(t))
	}
	return p
}

func termEntry(t *book.Term) TermEntry {
	e := TermEntry{Anchor: book.TermAnchor(t), Term: t.Term, Also: strings.Join(t.Also, ", "), Definition: t.Definition}
	if t.Source != "" {
		e.Source = &Link{Text: t.Source}
		if strings.HasPrefix(t.Source, "https://") || strings.HasPrefix(t.Source, "http://") {
			e.Source.Href = t.Source
		}
	}
	return e
}
