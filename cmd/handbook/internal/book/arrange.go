package book

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// folderNumber gives a folder's number, "2" or "2.1", or "" if a name on the
// way has none; and its place in the order of folders.
func folderNumber(dir string) (string, []int) {
	if dir == "." {
		return "", nil
	}
	var words []string
	var order []int
	numbered := true
	for _, name := range strings.Split(dir, "/") {
		n, _ := splitNumber(name)
		if n < 0 {
			numbered = false
			n = 1 << 30
		}
		words, order = append(words, strconv.Itoa(n)), append(order, n)
	}
	if !numbered {
		return "", order
	}
	return strings.Join(words, "."), order
}

// arrange makes parts and sections of the pages.
func (l *loader) arrange(b *Book) {
	parts := map[string]*Part{}
	orders := map[*Part][]int{}
	part := func(dir string) *Part {
		if dir == "." {
			return nil
		}
		p := parts[dir]
		if p == nil {
			number, order := folderNumber(dir)
			_, name := splitNumber(path.Base(dir))
			p = &Part{ID: markdown.Slug(name), Number: number, Title: humanise(name), Dir: dir, Path: folderAddress(dir) + "index.html"}
			parts[dir], orders[p] = p, order
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
	slices.SortFunc(b.Parts, func(x, y *Part) int {
		return cmp.Or(slices.Compare(orders[x], orders[y]), cmp.Compare(strings.ToLower(x.Title), strings.ToLower(y.Title)), cmp.Compare(x.Dir, y.Dir))
	})
	l.order(b.Sections)
	for _, p := range b.Parts {
		l.order(p.Sections)
		b.Sections = append(b.Sections, p.Sections...)
	}
	l.collisions(b)
}

// order sorts the sections of one folder: numbered first, then by title.
func (l *loader) order(sections []*Section) {
	const none = 1 << 30
	type keyed struct {
		number int
		title  string
		*Section
	}
	all := make([]keyed, len(sections))
	for i, s := range sections {
		n := s.place
		if n < 0 {
			n = none
		}
		all[i] = keyed{n, strings.ToLower(s.Title), s}
	}
	slices.SortFunc(all, func(x, y keyed) int {
		return cmp.Or(cmp.Compare(x.number, y.number), cmp.Compare(x.title, y.title), cmp.Compare(x.Source, y.Source))
	})
	for i, y := range all {
		sections[i] = y.Section
		if i > 0 && y.number == all[i-1].number && y.number < none {
			l.errorf(diag.Pos{File: l.opt.Dir + y.Source}, "duplicate-number", "give one of the files another number", "the number %d is also that of %s", y.number, l.opt.Dir+all[i-1].Source)
		}
	}
}

// distinguish gives ids of their own to pages that have no id in their front
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
