package site

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"handbook/cmd/handbook/internal/book"
)

func azType() PageType {
	return PageType{Name: "a-z", Path: "a-z.html", list: lookUp,
		has: func(s *builder) bool {
			b := s.book
			return len(b.Sections)+len(b.Laws)+len(b.References)+len(b.Terms) > 0
		},
		make: func(s *builder, f Frame) page { return s.aToZ(f) }}
}

// An AZPage is handed to a-z.html.
type AZPage struct {
	Frame
	Letters []Letter
}

// A Letter holds what begins with it.
type Letter struct {
	ID, Name string
	Entries  NameEntries
}

// A NameEntry is a name in the A to Z. One with See is another name of what
// See names.
type NameEntry struct {
	Href, Text, Kind, See string
	Ages, Status, Word    string // of a section; Word is "" while it is current
}

// aToZ makes the list of everything by name.
func (s *builder) aToZ(f Frame) AZPage {
	p := AZPage{Frame: f}
	type named struct {
		key   []byte
		first string
		entry NameEntry
	}
	var all []named
	c, buf := s.collator(), new(collate.Buffer)
	add := func(e NameEntry) {
		name := s.lang.SortName(e.Text)
		all = append(all, named{slices.Clone(c.KeyFromString(buf, name)), s.initial(name), e})
		buf.Reset()
	}
	section, law, reference, term := s.lang.T("az-section"), s.lang.T("az-law"), s.lang.T("az-reference"), s.lang.T("az-term")
	for _, sec := range s.book.Sections {
		l := s.entry[sec].link(p.Root)
		e := NameEntry{Href: l.Href(), Text: sec.Title, Kind: section, Ages: l.Ages(), Status: l.Status()}
		if sec.Number != "" {
			e.Kind = s.lang.T("az-section-number", "number", sec.Number)
		}
		if !l.Quiet() {
			e.Word = l.Word()
		}
		add(e)
	}
	for _, l := range s.book.Laws {
		e := NameEntry{Href: p.Root + escapePath(l.Path), Text: l.Short, Kind: law}
		add(e)
		if l.Title != l.Short {
			e.Text, e.See = l.Title, l.Short
			add(e)
		}
	}
	for _, r := range s.book.References {
		e := NameEntry{Href: p.Root + escapePath(r.Path), Text: r.Title, Kind: reference}
		add(e)
		for _, name := range r.AlsoCalled {
			e.Text, e.See = name, r.Title
			add(e)
		}
	}
	for _, t := range s.book.Terms {
		e := NameEntry{Href: p.Root + "terms.html#" + book.TermAnchor(t), Text: t.Term, Kind: term}
		add(e)
		for _, name := range t.Also {
			e.Text, e.See = name, t.Term
			add(e)
		}
	}
	slices.SortStableFunc(all, func(a, b named) int { return slices.Compare(a.key, b.key) })
	index := map[string]int{}
	for _, n := range all {
		i, ok := index[n.first]
		if !ok {
			i = len(p.Letters)
			index[n.first] = i
			p.Letters = append(p.Letters, Letter{ID: "_letter-" + letterID(n.first), Name: n.first, Entries: NameEntries{lang: s.lang}})
		}
		p.Letters[i].Entries.List = append(p.Letters[i].Entries.List, n.entry)
	}
	return p
}

// collator orders names as a reader of the handbook's language expects, and 2
// before 10.
func (s *builder) collator() *collate.Collator {
	tag, err := language.Parse(s.book.Config.Language)
	if err != nil {
		tag = language.English
	}
	return collate.New(tag, collate.IgnoreCase, collate.Numeric)
}

// initial returns the letter under which a name is found, without its accent;
// figures and what is neither have a place each.
func (s *builder) initial(name string) string {
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.IsNumber(r):
			return s.lang.T("az-figures")
		case unicode.IsLetter(r):
			return string(unicode.ToUpper(r))
		}
	}
	return s.lang.T("az-others")
}

// letterID writes a letter for use in an id: as it is, as ids may be any text
// without spaces.
func letterID(letter string) string { return strings.ToLower(letter) }
