package search

import (
	"cmp"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
)

// A facet is a question by which results are parted: which of its values each
// page has.
type facet struct {
	key, label string
	ids, names []string
	number     map[string]int
	values     []int // of all pages, one after the other
	counts     []int // by page, how many of these
}

// set returns a page a value. Pages come in their order.
func (f *facet) set(page int, id, name string) {
	f.declare(id, name)
	f.values = append(f.values, f.number[id])
	f.counts[page]++
}

// facets makes the file that is read when a reader opens the filters: for each
// facet a line with its name and values, and one with the values of each page.
// The values of status are not statuses but the days from which a section has
// them, because they depend on the reader's day.
func facets(g *gatherer) []byte {
	list := func(key string) *facet {
		return &facet{key: key, label: g.opt.Language.T("facet-" + key), number: map[string]int{}, counts: make([]int, len(g.pages))}
	}
	part, area, audience := list("part"), list("area"), list("audience")
	law, owner, status := list("law"), list("owner"), list("status")
	for _, a := range g.book.Config.Areas {
		area.declare(a.ID, a.Name)
	}
	for _, a := range g.book.Config.Audiences {
		audience.declare(a.ID, a.Name)
	}
	for i := range g.pages {
		p := &g.pages[i]
		for _, l := range p.laws {
			law.set(i, l.ID, l.Short)
		}
		s := p.section
		if s == nil {
			continue
		}
		if s.Part != nil {
			part.set(i, s.Part.ID, strings.TrimSpace(s.Part.Number+" "+s.Part.Title))
		}
		for _, a := range s.Areas {
			area.set(i, a.ID, a.Name)
		}
		for j := range g.book.Config.Audiences {
			a := &g.book.Config.Audiences[j]
			if slices.ContainsFunc(s.Audience, func(named *book.Audience) bool { return named.Reaches(a.ID) || a.Reaches(named.ID) }) {
				audience.set(i, a.ID, a.Name)
			}
		}
		if s.Owner != nil {
			owner.set(i, s.Owner.ID, cmp.Or(s.Owner.Role, s.Owner.Name, s.Owner.ID))
		}
		if ages := p.standing.Ages; ages != "" {
			status.set(i, ages, "")
		}
	}
	var out []byte
	for _, f := range []*facet{part, area, audience, law, owner, status} {
		if len(f.ids) == 0 {
			continue
		}
		out = append(append(out, f.key...), '\t')
		out = append(out, f.label...)
		for i, id := range f.ids {
			out = append(clean(append(out, '\t'), id), '\t')
			out = clean(out, cmp.Or(f.names[i], id))
		}
		out = append(out, '\n')
		values := f.values
		for _, n := range f.counts {
			out = appendNumber(out, n)
			for _, v := range values[:n] {
				out = appendNumber(out, v)
			}
			values = values[n:]
		}
		out = append(out, '\n')
	}
	return out
}

// declare names a value in the order of the settings, whether or not a page
// has it.
func (f *facet) declare(id, name string) {
	if _, ok := f.number[id]; !ok {
		f.number[id] = len(f.ids)
		f.ids, f.names = append(f.ids, id), append(f.names, name)
	}
}
