package book

import (
	"maps"
	"path"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/record"
)

// A Glob is an entry of publish: in handbook.yaml.
type Glob struct {
	Pattern string // as path.Match has it, with ** for any number of folders
	Pos     diag.Pos
}

// globs reads publish: in handbook.yaml.
func (c *collector) globs(m *record.Map) []Glob {
	var all []Glob
	for _, v := range m.Value("publish").List("publish") {
		t := v.Text("an entry of publish")
		_, err := path.Match(t, "")
		switch {
		case t == "":
		case err != nil || path.Clean(t) != t || strings.HasPrefix(t, "/") || strings.HasPrefix(t, ".."):
			c.errorf(v.Pos(), "bad-value", "write a path below the content folder, such as downloads/*.pdf or 2-phones/**", "publish: %s is neither a file name nor a pattern", diag.Quote(t))
		default:
			all = append(all, Glob{t, v.Pos()})
		}
	}
	return all
}

// match reports whether a path is one that the pattern means.
func (g Glob) match(name string) bool {
	return matchPath(strings.Split(g.Pattern, "/"), strings.Split(name, "/"))
}

// matchPath matches a path folder by folder. It goes through the names once and
// keeps which beginnings of the pattern fit so far, so that no pattern is dear.
func matchPath(pattern, names []string) bool {
	// reached[i] reports whether the first i patterns match the names so far.
	reached := make([]bool, len(pattern)+1)
	skip := func() {
		for i, p := range pattern {
			if p == "**" && reached[i] {
				reached[i+1] = true
			}
		}
	}
	reached[0] = true
	skip()
	for _, name := range names {
		next := make([]bool, len(pattern)+1)
		for i, p := range pattern {
			if !reached[i] {
				continue
			}
			if p == "**" {
				next[i] = true
			} else if ok, _ := path.Match(p, name); ok {
				next[i+1] = true
			}
		}
		reached = next
		skip()
	}
	return reached[len(pattern)]
}

// A vocabulary is what handbook.yaml and the registers say, whole.
type vocabulary struct {
	config     *Config
	laws       []*Law
	references []*Reference
	terms      []*Term
	law        map[string]*Law
	reference  map[string]*Reference
}

func (b *Book) vocabulary() vocabulary {
	return vocabulary{b.Config, b.Laws, b.References, b.Terms, b.laws, b.references}
}

func (b *Book) setVocabulary(v vocabulary) {
	b.Config, b.Laws, b.References, b.Terms, b.laws, b.references = v.config, v.laws, v.references, v.terms, v.law, v.reference
}

// withhold leaves out of a whole Book what must not be published: files that no
// page links to, and what only drafts use.
func (l *loader) withhold(b *Book) {
	if b.Edition != nil {
		return // narrow does more
	}
	l.withholdFiles(b)
	if len(l.drafts) > 0 {
		l.withholdDrafts(b)
	}
}

// withholdFiles leaves out the files that no page of the Book links to. One that
// is linked from what is left out itself, such as a draft, is so for a reason;
// of any other the owner is told.
func (l *loader) withholdFiles(b *Book) {
	matched := make([]bool, len(b.Config.Publish))
	through := func(f File) bool {
		found := false
		for i, g := range b.Config.Publish {
			if g.match(f.Source) {
				matched[i], found = true, true
			}
		}
		return found
	}
	if len(b.Files) > 0 {
		linked, elsewhere := l.fileLinks(b)
		maps.Copy(elsewhere, l.resolver.meant)
		unread := slices.ContainsFunc(l.pages, (*page).silent)
		b.Files = slices.DeleteFunc(b.Files, func(f File) bool {
			switch {
			case through(f) || linked[f.Path]:
				return false
			case !unread && !elsewhere[f.Source]:
				l.errorf(diag.Pos{File: l.opt.Dir + f.Source}, "unlinked-file", "move it out of the content folder, or link to it from the page that it belongs to; publish: in handbook.yaml lets files through that need no link",
					"no page links to the file, so it is not published")
			}
			return true
		})
	}
	for i, g := range b.Config.Publish {
		if !matched[i] {
			l.errorf(g.Pos, "publish-nothing", "correct it, or take it out", "publish: no file is named %s", diag.Quote(g.Pattern))
		}
	}
}

// silent reports whether a page says nothing because it could not be read, so that it may link to anything.
func (p *page) silent() bool { return !p.ok || p.doc.Size() == 0 && diag.HasErrors(p.problems) }

// fileLinks returns the addresses of the files that the Book links to, and the
// files that are linked from what is left out of it.
func (l *loader) fileLinks(b *Book) (linked, elsewhere map[string]bool) {
	linked, elsewhere = map[string]bool{}, map[string]bool{}
	files := make(map[string]bool, len(b.Files))
	for _, f := range b.Files {
		files[f.Path] = true
	}
	for _, p := range l.pages {
		if p.doc == nil {
			continue
		}
		left := p.doc.Hidden()
		if b.shows(p) {
			for _, link := range p.doc.Links() {
				if files[link.Target.Path] {
					linked[link.Target.Path] = true
				}
			}
		} else {
			left = slices.Concat(left, p.doc.Links())
		}
		for _, link := range left {
			if name, ok := sourceOf(p.source, link.Dest); ok && (link.Kind == markdown.LinkPage || link.Kind == markdown.LinkImage) {
				elsewhere[name] = true
			}
		}
	}
	return linked, elsewhere
}

// shows reports whether a page is in the Book.
func (b *Book) shows(p *page) bool {
	switch {
	case !p.ok:
		return false
	case !p.index:
		return p.section != nil && b.sections[p.section.ID] == p.section
	}
	return b.Home != nil && b.Home.Source == p.source || b.partOf(p.source) != nil
}

// A draftUse is what the front matter of a draft names.
type draftUse struct {
	owner                   string
	laws, references, areas []string
}

// draftUses reads what a draft that is left out names. Nothing in it is checked:
// it is not finished.
func draftUses(m *record.Map) draftUse {
	list := func(key string) (ids []string) {
		all, _ := m.Value(key).Any().([]any)
		for _, v := range all {
			if id, ok := v.(string); ok {
				ids = append(ids, id)
			}
		}
		if id, ok := m.Value(key).Any().(string); ok {
			ids = append(ids, id)
		}
		return ids
	}
	owner, _ := m.Value("owner").Any().(string)
	return draftUse{owner, list("laws"), list("references"), list("areas")}
}

// withholdDrafts leaves out what drafts use and nothing else does. An area that
// must be covered stays: that only a draft covers it is what must be seen.
func (l *loader) withholdDrafts(b *Book) {
	u, d := newUsed(b), &used{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	owners, areas := map[string]bool{}, map[string]bool{} // true: used by a section
	for _, p := range l.pages {
		if !l.drafts[p.source] || p.doc == nil {
			continue
		}
		owners[p.draft.owner] = false
		for _, id := range p.draft.areas {
			areas[id] = false
		}
		d.doc(b, p.doc)
		for _, r := range p.doc.Rules {
			d.cite(b, r.Laws...)
			d.cite(b, r.References...)
		}
		d.cite(b, p.draft.laws...)
		d.cite(b, p.draft.references...)
	}
	for _, s := range b.Sections {
		if s.Owner != nil {
			owners[s.Owner.ID] = true
		}
		for _, a := range s.Areas {
			areas[a.ID] = true
		}
	}
	// What a reference that stays rests on stays with it.
	for _, r := range b.References {
		if !d.ids[r.ID] {
			u.add(b, r)
		}
	}
	only := func(used map[string]bool, id string) bool { others, by := used[id]; return by && !others }
	c := *b.Config
	c.Owners = slices.DeleteFunc(slices.Clone(c.Owners), func(o Owner) bool { return only(owners, o.ID) })
	c.Areas = slices.DeleteFunc(slices.Clone(c.Areas), func(a Area) bool { return only(areas, a.ID) && !a.Required && !a.Populations })
	b.Config = &c
	drop := func(id string) bool { return d.ids[id] && !u.ids[id] }
	b.Laws = slices.DeleteFunc(slices.Clone(b.Laws), func(l *Law) bool { return drop(l.ID) })
	b.References = slices.DeleteFunc(slices.Clone(b.References), func(r *Reference) bool { return drop(r.ID) })
	b.Terms = slices.DeleteFunc(slices.Clone(b.Terms), func(t *Term) bool { return d.anchors[TermAnchor(t)] && !u.anchors[TermAnchor(t)] })
	b.laws, b.references = maps.Clone(b.laws), maps.Clone(b.references)
	maps.DeleteFunc(b.laws, func(id string, _ *Law) bool { return drop(id) })
	maps.DeleteFunc(b.references, func(id string, _ *Reference) bool { return drop(id) })
}

// uses returns what decides whether files, and entries of the registers that a
// draft uses too, are published: what a page links to and names. Without drafts
// only the files matter.
func (p *page) uses(drafts bool) []string {
	if p.doc == nil {
		return nil
	}
	var all []string
	add := func(kind string, ids ...string) {
		for _, id := range ids {
			all = append(all, kind+id)
		}
	}
	links := func(kind string, links []markdown.Link) {
		for _, l := range links {
			switch dest, _, _ := strings.Cut(l.Dest, "#"); {
			case l.Kind == markdown.LinkTerm && drafts:
				add("term ", l.Target.ID)
			case (l.Kind == markdown.LinkPage || l.Kind == markdown.LinkImage) && dest != "" && kindOf(dest) != "md":
				add(kind, dest)
			}
		}
	}
	links("", p.doc.Links())
	links("left out ", p.doc.Hidden())
	if drafts {
		for _, c := range p.doc.Citations {
			add("source ", c.ID)
		}
		for _, r := range p.doc.Rules {
			add("source ", r.Laws...)
			add("source ", r.References...)
		}
		add("source ", p.draft.laws...)
		add("source ", p.draft.references...)
		add("area ", p.draft.areas...)
		add("owner ", p.draft.owner)
		if s := p.section; s != nil {
			for _, l := range s.Laws {
				add("source ", l.ID)
			}
			for _, r := range s.References {
				add("source ", r.ID)
			}
			for _, a := range s.Areas {
				add("area ", a.ID)
			}
			if s.Owner != nil {
				add("owner ", s.Owner.ID)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
