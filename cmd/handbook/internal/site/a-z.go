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
	return PageType{Name: "a-z", Path: "a-z.html", title: "A to Z", about: "Sections, laws, references and terms by name.", list: lookUp,
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
		name := sortName(e.Text)
		all = append(all, named{slices.Clone(c.KeyFromString(buf, name)), initial(name), e})
		buf.Reset()
	}
	for _, sec := range s.book.Sections {
		l := s.entry[sec].link(p.Root)
		e := NameEntry{Href: l.Href(), Text: sec.Title, Kind: "section", Ages: l.Ages(), Status: l.Status()}
		if sec.Number != "" {
			e.Kind += " " + sec.Number
		}
		if !l.Quiet() {
			e.Word = l.Word()
		}
		add(e)
	}
	for _, l := range s.book.Laws {
		e := NameEntry{Href: p.Root + escapePath(l.Path), Text: l.Short, Kind: "law"}
		add(e)
		if l.Title != l.Short {
			e.Text, e.See = l.Title, l.Short
			add(e)
		}
	}
	for _, r := range s.book.References {
		e := NameEntry{Href: p.Root + escapePath(r.Path), Text: r.Title, Kind: "reference"}
		add(e)
		for _, name := range r.AlsoCalled {
			e.Text, e.See = name, r.Title
			add(e)
		}
	}
	for _, t := range s.book.Terms {
		e := NameEntry{Href: p.Root + "terms.html#" + book.TermAnchor(t), Text: t.Term, Kind: "term"}
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
			p.Letters = append(p.Letters, Letter{ID: "_letter-" + letterID(n.first), Name: n.first})
		}
		p.Letters[i].Entries = append(p.Letters[i].Entries, n.entry)
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

// sortName returns a name as it is sorted: without quotes and the like before
// it and without an article.
func sortName(name string) string {
	name = strings.TrimLeftFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	lower := strings.ToLower(name)
	for _, article := range []string{"the ", "a ", "an "} {
		if strings.HasPrefix(lower, article) && len(name) > len(article) {
			return name[len(article):]
		}
	}
	return name
}

// initial returns the letter under which a name is found, without its accent;
// "0-9" for figures and "Other" for what is neither.
func initial(name string) string {
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.IsNumber(r):
			return "0-9"
		case unicode.IsLetter(r):
			return string(unicode.ToUpper(r))
		}
	}
	return "Other"
}

// letterID writes a letter for use in an id: as it is, as ids may be any text
// without spaces.
func letterID(letter string) string { return strings.ToLower(letter) }
