package site

import (
	"html/template"
	"slices"

	"handbook/cmd/handbook/internal/book"
)

// A WrongPage is handed to wrong.html: every action card of the handbook, each
// to be printed on a sheet of its own.
type WrongPage struct {
	Frame
	IncidentLine string // {{agency.incident_line}}, or ""
	Cards        []ActionCard
}

// An ActionCard is a ::: steps block with card=yes.
type ActionCard struct {
	ID, Title string
	Section   Link
	Version   string
	Body      template.HTML
}

// hasCards tells whether there is a card to show.
func hasCards(b *book.Book) bool {
	return slices.ContainsFunc(b.Sections, func(s *book.Section) bool { return s.Doc != nil && len(s.Doc.Cards) > 0 })
}

// wrong makes the page for when something goes wrong. The part with the most
// cards comes first: it is the one that is about trouble, and its first card is
// the one to read whatever has happened.
func (s *builder) wrong() WrongPage {
	p := WrongPage{Frame: s.topFrame("wrong", book.WrongPath, "When something goes wrong"), IncidentLine: s.book.Config.Agency["incident_line"]}
	p.Description = "What to do first: a card for each kind of trouble, to read now or to print and keep."
	parts := make([][]ActionCard, len(s.groups))
	for i, g := range s.groups {
		for _, sec := range g.sections {
			if sec.Doc != nil {
				parts[i] = append(parts[i], s.cards(p.Frame, sec)...)
			}
		}
	}
	slices.SortStableFunc(parts, func(a, b []ActionCard) int { return len(b) - len(a) })
	p.Cards = slices.Concat(parts...)
	return p
}

// cards gives the cards of a section.
func (s *builder) cards(f Frame, sec *book.Section) []ActionCard {
	cards := make([]ActionCard, len(sec.Doc.Cards))
	for i, c := range sec.Doc.Cards {
		cards[i] = ActionCard{
			ID: c.ID, Title: c.Title, Section: Link{Href: f.Root + escapePath(sec.Path), Text: sec.Name()}, Version: s.versionWords(sec),
			Body: f.chunks.add(resolve(sec.Doc.CardHTML(i), resolver(f.Root, f.Path))),
		}
	}
	return cards
}
