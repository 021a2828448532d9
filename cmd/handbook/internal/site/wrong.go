package site

import (
	"cmp"
	"html/template"
	"math"
	"slices"

	"handbook/cmd/handbook/internal/book"
)

func wrongType() PageType {
	return PageType{Name: "wrong", Path: book.WrongPath, list: lookUp,
		has: func(s *builder) bool {
			return slices.ContainsFunc(s.book.Sections, func(sec *book.Section) bool { return sec.Doc != nil && len(sec.Doc.Cards) > 0 })
		},
		make: func(s *builder, f Frame) page { return s.wrong(f) }}
}

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

// wrong makes the page for when something goes wrong. Cards that ask for a place
// come first, in the order of their places: what anybody may need at once comes
// before what a few do later, and sections seldom stand in that order. The other
// cards follow in the order of the handbook.
func (s *builder) wrong(f Frame) WrongPage {
	p := WrongPage{Frame: f, Emergency: s.agency("emergency"), IncidentLine: s.agency("incident_line")}
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
