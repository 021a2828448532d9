package book

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/sitepath"
)

// ReservedPaths lists the addresses that the site makes of its own: its pages, of
// which a test of package site knows, and its exports.
func ReservedPaths() []string {
	return []string{"index.html", "a-z.html", "search.html", "terms.html", "rules.html", "coverage.html", "health.html", "print.html", "404.html", WrongPath,
		"laws/index.html", "references/index.html", "handbook.json", "health.csv", "reviews.ics", "changes.atom", "sitemap.xml", "manifest.json"}
}

// staticFolder is where the site keeps its style sheet, scripts and icons.
const staticFolder = "static/"

// addresses knows who has each address of the site. Addresses that differ only
// in capitals or in how an accent is written count as one, because many disks
// and servers do not tell them apart.
type addresses struct {
	files   map[string]claim // by folded address
	folders map[string]claim // by the folded address of a folder: the first file in it
}

// A claim is an address and who has it.
type claim struct {
	address, by string
	section     *Section // or nil
}

// taken reports why an address cannot be had, or gives "".
func (a *addresses) taken(address string) string {
	key := sitepath.Fold(address)
	if strings.HasPrefix(key, staticFolder) {
		return "its address " + address + " lies in " + staticFolder + ", which holds the handbook's own files"
	}
	if c, ok := a.files[key]; ok {
		if c.address == address {
			return "its address " + address + " is also that of " + c.by
		}
		return "its address " + address + " is the same as " + c.address + " of " + c.by + " where capitals and the ways to write an accent are not told apart"
	}
	if c, ok := a.folders[key]; ok {
		return "its address " + address + " is that of a folder, in which " + c.by + " is"
	}
	for dir := path.Dir(key); dir != "."; dir = path.Dir(dir) {
		if c, ok := a.files[dir]; ok {
			return "its address " + address + " needs a folder where " + c.by + " is"
		}
	}
	return ""
}

// take returns an address away.
func (a *addresses) take(address, by string) { a.takeFor(nil, address, by) }

func (a *addresses) takeFor(s *Section, address, by string) {
	key := sitepath.Fold(address)
	a.files[key] = claim{address, by, s}
	for dir := path.Dir(key); dir != "." && a.folders[dir].by == ""; dir = path.Dir(dir) {
		a.folders[dir] = claim{address, by, s}
	}
}

// idPos returns the place of the id of a section in its front matter, or else of
// its file, and whether the id is given.
func (l *loader) idPos(s *Section) (diag.Pos, bool) {
	if at, given := s.Key("id"); given {
		return at, true
	}
	return diag.Pos{File: l.opt.Dir + s.Source, Line: 1, Col: 1}, false
}

// collisions reports ids and addresses that two pages share.
func (l *loader) collisions(b *Book) {
	all := &addresses{map[string]claim{}, map[string]claim{}}
	claim := func(address, src string, at diag.Pos, s *Section) bool {
		rename, hint := "rename the file or its folder", "rename one of them, or give it another id"
		given := false
		by := l.opt.Dir + src
		if s != nil {
			if _, given = s.Key("id"); given {
				rename, hint, by = "give it another id", "give it another id", at.String()
			}
		}
		if err := sitepath.Check(address); err != nil {
			l.errorf(at, "bad-path", rename, "its address cannot be used: %s", diag.Clean(err.Error()))
			return false
		}
		if why := all.taken(address); why != "" {
			// The one whose author chose the id is the one to change.
			if other := all.files[sitepath.Fold(address)].section; other != nil && !given {
				if theirs, chosen := l.idPos(other); chosen {
					at, why, hint = theirs, "its address "+other.Path+" is also that of "+by, "give it another id"
				}
			}
			l.errorf(at, "duplicate-page", hint, "%s", diag.Clean(why))
			return false
		}
		all.takeFor(s, address, by)
		return true
	}
	for _, own := range ReservedPaths() {
		all.take(own, "the handbook itself")
	}
	for _, o := range b.Config.Owners {
		all.take("reviews/"+o.ID+".ics", "the handbook itself")
	}
	for _, law := range b.Laws {
		all.take(law.Path, law.Pos.String())
	}
	for _, r := range b.References {
		all.take(r.Path, r.Pos.String())
	}
	lost := map[*Part]bool{}
	for _, p := range b.Parts {
		src := p.Dir
		if p.Index != nil {
			src = p.Index.Source
		}
		lost[p] = !claim(p.Path, src, diag.Pos{File: l.opt.Dir + src}, nil)
	}
	b.Parts = slices.DeleteFunc(b.Parts, func(p *Part) bool { return lost[p] })
	b.Sections = slices.DeleteFunc(b.Sections, func(s *Section) bool {
		at, given := l.idPos(s)
		other := b.sections[s.ID]
		if other != nil && other.Path != s.Path {
			there, chosen := l.idPos(other)
			here := at
			if chosen && !given {
				here, there = there, here
			}
			l.errorf(here, "duplicate-id", "give each section an id of its own", "the id %s is also that of %s", diag.Quote(s.ID), there)
		}
		ok := claim(s.Path, s.Source, at, s) && other == nil && !lost[s.Part]
		if ok {
			b.sections[s.ID] = s
		} else if s.Part != nil {
			s.Part.Sections = slices.DeleteFunc(s.Part.Sections, func(x *Section) bool { return x == s })
		}
		return !ok
	})
	b.Parts = slices.DeleteFunc(b.Parts, func(p *Part) bool { return len(p.Sections) == 0 })
	b.Files = slices.DeleteFunc(b.Files, func(f File) bool { return !claim(f.Path, f.Source, diag.Pos{File: l.opt.Dir + f.Source}, nil) })
	slices.SortFunc(b.Files, func(x, y File) int { return cmp.Compare(x.Path, y.Path) })
	l.aliases(b, all)
}

// aliases makes redirects of the old addresses of sections, and of the
// openings of folders.
func (l *loader) aliases(b *Book, all *addresses) {
	add := func(a string, at diag.Pos, src, what string, to Redirect) {
		if !strings.HasSuffix(a, ".html") || strings.Contains(a, "%") || sitepath.Check(a) != nil {
			l.errorf(at, "bad-alias", "write an old address such as phones/sms.html", "%s cannot be an old address", diag.Quote(a))
			return
		}
		if why := all.taken(a); why != "" {
			l.errorf(at, "bad-alias", "delete the alias", "an alias of %s: %s", diag.Quote(what), diag.Clean(why))
			return
		}
		all.take(a, "an alias of "+l.opt.Dir+src)
		to.From = a
		b.Redirects = append(b.Redirects, to)
	}
	for _, s := range b.Sections {
		at, _ := s.Key("aliases")
		for _, a := range s.Aliases {
			add(a, at, s.Source, s.ID, Redirect{To: s.Path, Name: s.Name()})
		}
	}
	for _, p := range l.pages {
		if len(p.aliases) == 0 {
			continue
		}
		to := Redirect{To: "index.html", Name: b.Config.Title}
		if part := b.partOf(p.source); part != nil {
			to = Redirect{To: part.Path, Name: strings.TrimSpace(part.Number + " " + part.Title)}
		} else if b.Home == nil || b.Home.Source != p.source {
			continue // of a folder with nothing to read
		}
		for _, a := range p.aliases {
			add(a, p.aliasPos, p.source, p.source, to)
		}
	}
	slices.SortFunc(b.Redirects, func(x, y Redirect) int { return cmp.Compare(x.From, y.From) })
}

// partOf returns the part that a file opens, or nil.
func (b *Book) partOf(src string) *Part {
	i := slices.IndexFunc(b.Parts, func(p *Part) bool { return p.Index != nil && p.Index.Source == src })
	if i < 0 {
		return nil
	}
	return b.Parts[i]
}
