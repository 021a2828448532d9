package site

import (
	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/staleness"
)

// A Source is a law or reference that a section rests on, as the register
// has it, with remarks that give no reason to doubt the section.
type Source struct {
	Href, Text, Detail string
	Notes              []string

	line string // of the list, up to the notes
}

// Sources are the laws and references of a section at its end.
type Sources []*Source

// A register has the laws and references as they stand among the sources of
// sections in folders of one depth.
type register struct {
	laws       map[*book.Law]*Source
	references map[*book.Reference]*Source
}

func (s *builder) register(root string) register {
	r := register{make(map[*book.Law]*Source, len(s.book.Laws)), make(map[*book.Reference]*Source, len(s.book.References))}
	entry := func(path, text, detail string) *Source {
		src := &Source{Href: root + escapePath(path), Text: text, Detail: detail}
		var m markup
		m.link(src.Href, src.Text)
		if src.Detail != "" {
			m.raw(", ")
			m.text(src.Detail)
		}
		src.line = string(m.b)
		return src
	}
	for _, l := range s.book.Laws {
		r.laws[l] = entry(l.Path, l.Short, details(l.Citation, s.levels[l].inList))
	}
	for _, ref := range s.book.References {
		r.references[ref] = entry(ref.Path, ref.Title, details(ref.Publisher, ref.Year))
	}
	return r
}

// sources lists the laws and references of a section.
func (s *builder) sources(sec *book.Section, root string) Sources {
	if len(sec.Laws)+len(sec.References) == 0 {
		return nil
	}
	var notes map[string][]string
	for _, n := range staleness.Notes(sec) {
		if notes == nil {
			notes = map[string][]string{}
		}
		notes[n.Because] = append(notes[n.Because], n.Text(s.lang))
	}
	out, register := make(Sources, 0, len(sec.Laws)+len(sec.References)), s.depth(root).register()
	add := func(src *Source, notes []string) {
		if notes != nil {
			noted := *src
			noted.Notes = notes
			src = &noted
		}
		out = append(out, src)
	}
	for _, l := range sec.Laws {
		add(register.laws[l], notes[l.ID])
	}
	for _, r := range sec.References {
		add(register.references[r], notes[r.ID])
	}
	return out
}
