package site

import (
	"cmp"
	"html/template"
	"math"
	"slices"

	"handbook/cmd/handbook/internal/book"
)

// A WrongPage is handed to wrong.html: every action card of the handbook, each
// to be printed on a sheet of its own.
type WrongPage struct {
	Frame
	Emergency    template.HTML // {{agency.emergency}}, or ""
	IncidentLine template.HTML // {{agency.incident_line}}, or ""
	Cards        []ActionCard
}

// An ActionCard is a ::: steps block with card=yes or a place.
type ActionCard struct {
	ID, Title string
	Section   Link
	Version   string
	Place     int // that it asks for, from 1, or 0
	Body      template.HTML
}

// place returns where it comes among the cards.
func (c ActionCard) place() int {
	if c.Place == 0 {
		return math.MaxInt
	}
	return c.Place
}

// hasCards reports whether there is a card to show.
func hasCards(b *book.Book) bool {
	return slices.ContainsFunc(b.Sections, func(s *book.Section) bool { return s.Doc != nil && len(s.Doc.Cards) > 0 })
}

// wrong makes the page for when something goes wrong. Cards that ask for a place
// come first, in the order of their places: what anybody may need at once comes
// before what a few do later, and sections seldom stand in that order. The other
// cards follow in the order of the handbook.
func (s *builder) wrong() WrongPage {
	p := WrongPage{Frame: s.topFrame("wrong", book.WrongPath, "When something goes wrong"),
		Emergency: s.agency("emergency"), IncidentLine: s.agency("incident_line")}
	p.Description = "What to do first: a card for each kind of trouble, to read now or to print and keep."
	for _, sec := range s.book.Sections {
		if sec.Doc != nil {
			p.Cards = append(p.Cards, s.cards(p.Frame, sec)...)
		}
	}
	slices.SortStableFunc(p.Cards, func(a, b ActionCard) int { return cmp.Compare(a.place(), b.place()) })
	return p
}

// cards returns the cards of a section.
func (s *builder) cards(f Frame, sec *book.Section) []ActionCard {
	cards := make([]ActionCard, len(sec.Doc.Cards))
	for i, c := range sec.Doc.Cards {
		cards[i] = ActionCard{
			ID: c.ID, Title: c.Title, Section: Link{Href: f.Root + escapePath(sec.Path), Text: sec.Name()}, Version: s.versionWords(sec),
			Place: c.Place, Body: f.text(sec.Doc.CardHTML(i)),
		}
	}
	return cards
}
