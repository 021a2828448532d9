package book

import (
	"cmp"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// arrange makes parts and sections of the pages.
func (l *loader) arrange(b *Book) {
	parts := map[string]*Part{}
	part := func(dir string) *Part {
		if dir == "." {
			return nil
		}
		p := parts[dir]
		if p == nil {
			names := folderNames(dir)
			name := names[len(names)-1].Words
			p = &Part{ID: markdown.Slug(name), Number: folderNumber(dir), Title: humanise(name), Dir: dir, Path: folderAddress(dir) + "index.html"}
			parts[dir] = p
		}
		return p
	}
	for _, p := range l.pages {
		if !p.ok {
			b.Spoiled++
			continue
		}
		dir := p.dir
		if p.index {
			page := &Page{Title: p.title, Summary: p.summary, Source: p.source, Doc: p.doc}
			if dir == "." {
				b.Home = page
				continue
			}
			in := part(dir)
			in.Index, in.Summary = page, page.Summary
			if p.title != "" {
				in.Title = p.title
			}
			page.Title = in.Title
			continue
		}
		s := p.section
		if p.barred {
			continue
		}
		if s == nil && p.leftOut != "" {
			l.left[p.source] = p
			b.LeftOut = append(b.LeftOut, LeftOut{Source: p.source, ID: cmp.Or(p.qualified, p.id), Title: p.title, Why: p.leftOut, Pos: p.titlePos})
			continue
		}
		if s == nil {
			l.drafts[p.source] = true
			continue
		}
		if s.Part = part(dir); s.Part == nil {
			b.Sections = append(b.Sections, s)
			continue
		}
		s.Part.Sections = append(s.Part.Sections, s)
		s.Path = strings.TrimSuffix(s.Part.Path, "index.html") + s.Path
		if s.Part.Number == "" {
			s.Number = ""
		} else if s.Number != "" {
			s.Number = s.Part.Number + "." + s.Number
		}
	}
	for _, p := range parts {
		if len(p.Sections) > 0 {
			b.Parts = append(b.Parts, p)
		}
	}
	acronyms := l.acronyms(b)
	for _, p := range parts {
		if p.Index == nil {
			p.Title = withAcronyms(p.Title, acronyms)
		}
	}
	orderParts(b.Parts, parts)
	nameParts(b.Parts, acronyms)
	l.order(b.Sections)
	for _, p := range b.Parts {
		l.order(p.Sections)
		b.Sections = append(b.Sections, p.Sections...)
	}
	l.collisions(b)
}

// A rank is the place of a section or folder among its neighbours: first those
// with a number, by it, then the others, by their titles; those of a series,
// such as chapter-2 and chapter-10, by their names.
type rank struct {
	number string // "" for none
	words  string
	name   string // of the file or folder, so that no two are equal
}

func (r rank) compare(other rank) int {
	if (r.number == "") != (other.number == "") {
		if r.number != "" {
			return -1
		}
		return 1
	}
	return cmp.Or(CompareNatural(r.number, other.number), CompareNatural(r.words, other.words), CompareNatural(r.name, other.name))
}

// order sorts the sections of one folder.
func (l *loader) order(sections []*Section) {
	type keyed struct {
		rank
		*Section
	}
	like := map[string]int{} // how many names of each series
	for _, s := range sections {
		if of, ok := seriesOf(s.named); ok && s.place == "" {
			like[of]++
		}
	}
	all := make([]keyed, len(sections))
	for i, s := range sections {
		all[i] = keyed{rank{s.place, s.Title, s.Source}, s}
		if of, ok := seriesOf(s.named); ok && s.place == "" && like[of] > 1 {
			all[i].words = humanise(s.named)
		}
	}
	slices.SortFunc(all, func(x, y keyed) int { return x.compare(y.rank) })
	for i, y := range all {
		sections[i] = y.Section
		if i > 0 && y.number == all[i-1].number && y.number != "" {
			l.errorf(diag.Pos{File: l.opt.Dir + y.Source, Line: 1, Col: 1}, "duplicate-number", "give one of the files another number", "the number %s is also that of %s", y.number, l.opt.Dir+all[i-1].Source)
		}
	}
}

// orderParts sorts parts: each folder among its neighbours, and what is in it
// after it.
func orderParts(list []*Part, known map[string]*Part) {
	ranks := map[*Part][]rank{}
	for _, p := range list {
		names := folderNames(p.Dir)
		for i, folder := range strings.Split(p.Dir, "/") {
			r := rank{names[i].Number, humanise(names[i].Words), folder}
			if in := known[strings.Join(strings.Split(p.Dir, "/")[:i+1], "/")]; in != nil {
				r.words = in.Title
			}
			ranks[p] = append(ranks[p], r)
		}
	}
	slices.SortFunc(list, func(x, y *Part) int {
		return slices.CompareFunc(ranks[x], ranks[y], rank.compare)
	})
}

// distinguish returns ids of their own to pages that have no id in their front
// matter and share a file name with a page of another folder: the folder's
// name is put before them. It gives the pages whose id is not the one that they
// were read with.
func (l *loader) distinguish() []*page {
	same := map[string][]*page{}
	for _, p := range l.pages {
		if p.ok && !p.index {
			same[p.id] = append(same[p.id], p)
		}
	}
	var changed []*page
	for _, p := range l.pages {
		dir, qualified := p.dir, ""
		// Within one folder the addresses would be the same too.
		if p.ok && !p.index && !p.given && slices.ContainsFunc(same[p.id], func(x *page) bool { return x.dir != dir }) {
			if in := strings.ReplaceAll(strings.Trim(folderAddress(dir), "/"), "/", "-"); in != "" {
				qualified = in + "-" + p.id
				l.errorf(p.titlePos, "ambiguous-id", "write id: "+qualified+" in the front matter, so that it stays", "another page has the id %s; this one gets %s", diag.Quote(p.id), diag.Quote(qualified))
			}
		}
		if qualified != p.qualified {
			p.qualified = qualified
			changed = append(changed, p)
		}
	}
	return changed
}
