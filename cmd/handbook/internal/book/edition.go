package book

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// An Edition is the part of a handbook that some readers may read. What is not
// for them is left out while the folder is read, so that no page, list, feed
// or index made of the Book can tell of it.
type Edition struct {
	Audiences []*Audience // whom it is for, as they were asked for
	Others    int         // how many sections are not for them

	// Outside says that some of its readers are not of the staff. Then it
	// holds nothing that is the staff's affair: see the package comment.
	Outside bool

	ids map[string]bool // of Audiences, of all that they include, and of all that include them
}

// Name returns whom the edition is for, as it stands in a sentence: "adult
// clients and teenage clients".
func (e *Edition) Name() string {
	names := make([]string, len(e.Audiences))
	for i, a := range e.Audiences {
		names[i] = a.Name
		first, n := utf8.DecodeRuneInString(a.Name)
		if next, _ := utf8.DecodeRuneInString(a.Name[n:]); !unicode.IsUpper(next) { // as in IT staff
			names[i] = string(unicode.ToLower(first)) + a.Name[n:]
		}
	}
	if last := len(names) - 1; last > 0 {
		return strings.Join(names[:last], ", ") + " and " + names[last]
	}
	return strings.Join(names, "")
}

// admits reports whether something is for a reader of the edition. What does not
// say whom it is for is for none.
func (e *Edition) admits(audience []*Audience) bool {
	return e == nil || slices.ContainsFunc(audience, func(a *Audience) bool { return e.ids[a.ID] })
}

// admitsIDs is admits for audiences by their ids.
func (e *Edition) admitsIDs(ids []string) bool {
	return e == nil || slices.ContainsFunc(ids, func(id string) bool { return e.ids[id] })
}

// IsOutside reports whether the Book is an edition for people outside the
// staff.
func (b *Book) IsOutside() bool { return b.Edition != nil && b.Edition.Outside }

// edition finds the readers that are asked for. Where handbook.yaml could not
// be read whole, those who are not found may be listed in it: then the edition
// is for the others, and the errors of handbook.yaml are told.
func (l *loader) edition(c *Config) (*Edition, error) {
	if len(l.opt.Audience) == 0 {
		return nil, nil
	}
	e := &Edition{ids: map[string]bool{}}
	for _, id := range l.opt.Audience {
		i := slices.IndexFunc(c.Audiences, func(a Audience) bool { return a.ID == id })
		switch {
		case i >= 0 && !slices.Contains(e.Audiences, &c.Audiences[i]):
			e.Audiences = append(e.Audiences, &c.Audiences[i])
		case i < 0 && !diag.HasErrors(l.reported[settled]):
			hint := diag.DidYouMean(id, IDs(c.Audiences), "known audiences: "+strings.Join(IDs(c.Audiences), ", "))
			if len(c.Audiences) == 0 {
				hint = "list audiences in handbook.yaml: - {id: clients, name: Clients}"
			}
			return nil, diag.Usagef(hint, "audience %s is not in handbook.yaml", diag.Quote(id))
		}
	}
	for _, asked := range e.Audiences {
		for i := range c.Audiences {
			if a := &c.Audiences[i]; asked.Reaches(a.ID) || a.Reaches(asked.ID) {
				e.ids[a.ID] = true
				e.Outside = e.Outside || a.Outside
			}
		}
	}
	// The address and the repository are those of the whole handbook.
	c.BaseURL, c.Repository.URL = l.opt.BaseURL, ""
	return e, nil
}

// bar notes what is not in the edition: sections that are not for its readers,
// and folders in which nothing else is.
func (l *loader) bar(e *Edition) {
	open := map[string]bool{} // folders with something to read
	for _, p := range l.pages {
		if p.barred {
			e.Others++
			l.barred[p.source] = p
			if opening(path.Base(p.source)) > 0 {
				l.barred[path.Dir(p.source)] = p
			}
		} else if p.section != nil {
			open[p.dir] = true
		}
	}
	for _, p := range l.pages {
		if p.barred && !open[p.dir] && p.dir != "." && l.barred[p.dir] == nil {
			l.barred[p.dir] = p
		}
	}
	for _, p := range l.pages {
		if in := l.barred[p.dir]; p.index && in != nil {
			l.barred[p.source] = in
		}
	}
}

// across finds the links of the edition's pages that lead out of it. It tells
// of them, and gives the pages, to be read again without these links: where
// they lead is no business of the readers.
func (l *loader) across(e *Edition) []*page {
	if e == nil {
		return nil
	}
	l.bar(e)
	var again []*page
	for _, p := range l.pages {
		if !p.ok || l.barred[p.source] != nil || p.section == nil && !p.index {
			continue
		}
		for _, link := range p.doc.Links() {
			name, ok := sourceOf(p.source, link.Dest)
			to := l.barred[name]
			if link.Kind != markdown.LinkPage || !ok || to == nil {
				continue
			}
			if p.cut == nil {
				p.cut = map[string]bool{}
				again = append(again, p)
			}
			p.cut[link.Dest] = true
			hint := "take the link out: what it leads to is for others"
			if len(to.readers) > 0 {
				hint = "take the link out, or put it in ::: when {audience=" + strings.Join(to.readers, ",") + "}"
			}
			l.errorf(link.Pos, "edition-link", hint, "%s is not in the edition for %s", diag.Quote(link.Dest), e.Name())
		}
	}
	return again
}

// barredID reports whether an id is that of a section that the edition leaves
// out.
func (l *loader) barredID(id string) bool {
	return slices.ContainsFunc(l.pages, func(p *page) bool { return p.barred && cmp.Or(p.qualified, p.id) == id })
}

// narrow leaves out of the Book what nothing in the edition uses: settings,
// entries of registers and files.
func (b *Book) narrow() {
	e := b.Edition
	if e == nil {
		return
	}
	c := *b.Config
	b.Config = &c
	audiences := func(list []*Audience) []*Audience {
		return slices.DeleteFunc(slices.Clone(list), func(a *Audience) bool { return !e.ids[a.ID] })
	}
	owners, areas, levels := map[string]bool{}, map[string]bool{}, map[int]bool{}
	u := newUsed(b)
	for _, s := range b.Sections {
		s.Audience = audiences(s.Audience)
		if s.Owner != nil {
			owners[s.Owner.ID] = true
		}
		for _, a := range s.Areas {
			areas[a.ID] = true
		}
		for _, r := range s.Rules {
			r.Audience = audiences(r.Audience)
			levels[r.Level] = true
		}
	}
	c.Owners = slices.DeleteFunc(slices.Clone(c.Owners), func(o Owner) bool { return !owners[o.ID] })
	if e.Outside {
		for i := range c.Owners {
			c.Owners[i].Email, c.Owners[i].Phone = "", ""
		}
	}
	b.narrowOpen()
	c.Areas = slices.DeleteFunc(slices.Clone(c.Areas), func(a Area) bool { return !areas[a.ID] })
	c.Audiences = slices.DeleteFunc(slices.Clone(c.Audiences), func(a Audience) bool { return !e.ids[a.ID] })
	for i := range c.Audiences {
		a := &c.Audiences[i]
		a.Includes = slices.DeleteFunc(slices.Clone(a.Includes), func(id string) bool { return !e.ids[id] })
	}
	c.Levels = slices.DeleteFunc(slices.Clone(c.Levels), func(l Level) bool { return !levels[l.Level] })
	b.Laws = slices.DeleteFunc(b.Laws, func(l *Law) bool { return !u.ids[l.ID] })
	b.References = slices.DeleteFunc(b.References, func(r *Reference) bool { return !u.ids[r.ID] })
	b.Terms = slices.DeleteFunc(b.Terms, func(t *Term) bool { return !u.anchors[TermAnchor(t)] })
	b.Files = slices.DeleteFunc(b.Files, func(f File) bool { return !u.paths[f.Path] })
	for _, l := range b.Laws {
		l.Governs, l.Caution = l.governs.in(b, nil), l.caution.in(b, nil)
		if e.Outside {
			for i := range l.Amended {
				l.Amended[i].Note = "" // written for the staff
			}
		}
	}
	for _, r := range b.References {
		r.About, r.Caution = r.about.in(b, nil), r.caution.in(b, nil)
		r.RestsOn = slices.DeleteFunc(r.RestsOn, func(x *Reference) bool { return !u.ids[x.ID] })
		if r.SupersededBy != nil && !u.ids[r.SupersededBy.ID] {
			r.successorYear, r.SupersededBy = r.SupersededBy.Year, nil
		}
	}
	maps.DeleteFunc(b.laws, func(id string, _ *Law) bool { return !u.ids[id] })
	maps.DeleteFunc(b.references, func(id string, _ *Reference) bool { return !u.ids[id] })
	c.rejoin(b)
}

// rejoin makes sections and laws point into the lists of these settings.
func (c *Config) rejoin(b *Book) {
	areas := func(list []*Area) []*Area {
		var out []*Area
		for _, a := range list {
			if i := slices.IndexFunc(c.Areas, func(x Area) bool { return x.ID == a.ID }); i >= 0 {
				out = append(out, &c.Areas[i])
			}
		}
		return out
	}
	audiences := func(list []*Audience) {
		for i, a := range list {
			list[i] = &c.Audiences[slices.IndexFunc(c.Audiences, func(x Audience) bool { return x.ID == a.ID })]
		}
	}
	audiences(b.Edition.Audiences)
	for _, s := range b.Sections {
		s.Areas = areas(s.Areas)
		audiences(s.Audience)
		for _, r := range s.Rules {
			audiences(r.Audience)
		}
		if s.Owner != nil {
			s.Owner = &c.Owners[slices.IndexFunc(c.Owners, func(o Owner) bool { return o.ID == s.Owner.ID })]
		}
	}
	for _, l := range b.Laws {
		l.Areas = areas(l.Areas)
	}
}

// A used knows what the pages of a Book use.
type used struct {
	ids     map[string]bool // laws and references
	anchors map[string]bool // terms
	paths   map[string]bool // whatever is linked
}

func newUsed(b *Book) *used {
	u := &used{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for d := range b.Docs() {
		u.doc(b, d)
	}
	for _, s := range b.Sections {
		for _, l := range s.Laws {
			u.ids[l.ID] = true
		}
		for _, r := range s.References {
			u.add(b, r)
		}
	}
	return u
}

// add notes a reference that is used, and all that its page names: what
// replaced it and what it rests on. In an edition for people outside the staff
// it names those only that the text cites.
func (u *used) add(b *Book, r *Reference) {
	for all := []*Reference{r}; len(all) > 0; {
		next := all[0]
		if all = all[1:]; next == nil || u.ids[next.ID] {
			continue
		}
		u.ids[next.ID] = true
		if !b.IsOutside() {
			all = append(append(all, next.SupersededBy), next.RestsOn...)
		}
	}
}

// cite notes laws and references by their ids.
func (u *used) cite(b *Book, ids ...string) {
	for _, id := range ids {
		if b.laws[id] != nil {
			u.ids[id] = true
		}
		u.add(b, b.references[id])
	}
}

// doc notes what a text cites and links to.
func (u *used) doc(b *Book, d *markdown.Doc) {
	for _, c := range d.Citations {
		u.cite(b, c.ID)
	}
	for _, l := range d.Links() {
		if u.paths[l.Target.Path] = true; l.Kind == markdown.LinkTerm {
			u.anchors[l.Target.ID] = true
		}
	}
}
