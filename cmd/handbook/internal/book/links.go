package book

import (
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// A destination is what a link can lead to: a page, by its source.
type destination struct {
	path    string
	doc     *markdown.Doc
	section *Section // nil for the opening of a folder
}

// links resolves every relative link and image.
func (l *loader) links(b *Book) {
	to := map[string]destination{}
	for _, s := range b.Sections {
		to[s.Source] = destination{s.Path, s.Doc, s}
		if dir := path.Dir(s.Source); dir != "." && opening(path.Base(s.Source)) > 0 {
			to[dir] = to[s.Source]
		}
	}
	for _, p := range b.Parts {
		d := destination{path: p.Path}
		if p.Index != nil {
			d.doc = p.Index.Doc
			to[p.Index.Source] = d
		}
		to[p.Dir] = d
	}
	if b.Home != nil {
		to[b.Home.Source] = destination{path: "index.html", doc: b.Home.Doc}
	}
	to["."] = destination{path: "index.html"}
	files := map[string]string{}
	for _, f := range b.Files {
		files[f.Source] = f.Path
	}
	l.resolver = &resolver{loader: l, to: to, files: files, meant: map[string]bool{}, unread: l.unreadPaths()}
	for _, p := range l.pages {
		l.resolver.page(b, p)
	}
}

// page resolves the links of a page that is in the Book, and looks for what is
// wrong with those that its profile leaves out.
func (r *resolver) page(b *Book, p *page) {
	switch s := p.section; {
	case s != nil && b.sections[s.ID] == s:
		p.doc = r.doc(p.source, s.Path, p.doc, r.isFresh(p))
		s.Doc = p.doc
	case p.index && b.Home != nil && b.Home.Source == p.source:
		p.doc = r.doc(p.source, "index.html", p.doc, r.isFresh(p))
		b.Home.Doc = p.doc
	case p.index:
		part := b.partOf(p.source)
		if part == nil {
			return
		}
		p.doc = r.doc(p.source, part.Path, p.doc, r.isFresh(p))
		part.Index.Doc = p.doc
	case p.leftOut != "":
		r.check(p.source, p.doc, p.doc.Links())
	default:
		return
	}
	r.check(p.source, p.doc, p.doc.Hidden())
	r.misread(p.source, p.doc)
}

// check reports links that are broken on a page or in a block that is left
// out here: they would be broken for those who read it.
func (r *resolver) check(src string, doc *markdown.Doc, links []markdown.Link) {
	r.quiet = true
	for _, link := range links {
		if link.Kind == markdown.LinkPage || link.Kind == markdown.LinkImage {
			r.target(src, "", doc, link)
		}
	}
	r.quiet = false
}

// A resolver finds what links lead to.
type resolver struct {
	*loader
	to     map[string]destination // by source
	files  map[string]string      // addresses of images and attachments, by source
	unread map[string]bool        // pages that could not be read, and their folders
	known  []string               // every file, sorted
	folded map[string]string      // every file and folder, by its path in lower case
	stems  map[string]string      // the first file of a name, whatever its folder and number
	strays map[string]string      // pages with a second ending, by the path that was meant, in lower case
	tried  int                    // how often the nearest path was searched for
	meant  map[string]bool        // files that a broken link most likely means
	quiet  bool                   // the links are in a block that is left out, as may be what they lead to
}

// lookUp makes what is only needed for links that lead nowhere.
func (r *resolver) lookUp() {
	if r.folded != nil {
		return
	}
	r.known, r.folded, r.stems, r.strays = slices.Sorted(maps.Keys(r.loader.files)), map[string]string{}, map[string]string{}, map[string]string{}
	r.known = slices.DeleteFunc(r.known, func(name string) bool {
		dir, base := path.Split(name)
		meant, _, stray := secondEnding(base)
		if stray {
			for _, written := range []string{name, dir + meant, strings.TrimSuffix(name, path.Ext(name))} {
				if key := strings.ToLower(written); r.strays[key] == "" {
					r.strays[key] = name
				}
			}
		}
		return stray
	})
	for _, name := range slices.Concat(r.known, slices.Sorted(maps.Keys(r.folders))) {
		r.folded[strings.ToLower(name)] = name
	}
	for _, name := range slices.Backward(r.known) {
		r.stems[stem(name)] = name
	}
}

// stem returns the name by which a file is known: without its folder and its
// number, and a page's also without its ending.
func stem(name string) string {
	base := path.Base(name)
	above := folderNumbers(path.Dir(name))
	if kind := kindOf(base); kind == "md" || kind == "active" {
		return markdown.Slug(ReadName(above, strings.TrimSuffix(base, path.Ext(base))).Words) + ".md"
	}
	return strings.ToLower(ReadName(above, base).Words)
}

// doc returns a page with its links resolved. One that another Book has as well
// is copied if a link of it leads elsewhere now.
func (r *resolver) doc(src, address string, doc *markdown.Doc, own bool) *markdown.Doc {
	for i, link := range doc.Links() {
		if link.Kind == markdown.LinkPage || link.Kind == markdown.LinkImage {
			t, ok := r.target(src, address, doc, link)
			if !ok {
				// What cannot be resolved stays as it was written, and no
				// browser may take a name with a colon for a scheme.
				t = markdown.Target{URL: link.Dest}
				if i := strings.IndexAny(link.Dest, ":/?#"); i >= 0 && link.Dest[i] == ':' {
					t.URL = "./" + link.Dest
				}
			}
			if t == link.Target {
				continue
			}
			if !own {
				doc, own = doc.Copy(), true
			}
			doc.Resolve(i, t)
		}
	}
	return doc
}

// target finds what a link leads to; where there is nothing, it tells so.
func (r *resolver) target(src, address string, doc *markdown.Doc, link markdown.Link) (markdown.Target, bool) {
	dest, fragment, _ := strings.Cut(link.Dest, "#")
	if dest, _, _ = strings.Cut(dest, "?"); link.Kind == markdown.LinkPage && dest == "" {
		return r.anchor(address, doc, fragment, link)
	}
	name, ok := sourceOf(src, link.Dest)
	if !ok && strings.HasPrefix(link.Dest, "/") {
		r.errorf(link.Pos, "broken-link", r.rooted(src, link.Dest), "%s begins at the root of a site, and the handbook may be in a folder of one", diag.Quote(link.Dest))
		return markdown.Target{}, false
	}
	if !ok {
		r.errorf(link.Pos, "broken-link", "write the path from this file, such as ../2-phones/3-texting.md", "%s does not point to a file in the content folder", diag.Quote(link.Dest))
		return markdown.Target{}, false
	}
	if strings.HasPrefix(name, "../") || name == ".." {
		r.errorf(link.Pos, "broken-link", "copy the file into the content folder", "%s points outside the content folder", diag.Quote(link.Dest))
		return markdown.Target{}, false
	}
	if p, ok := r.files[name]; ok {
		return markdown.Target{Path: p, ID: fragment}, true // as in rates.pdf#page=3
	}
	d, ok := r.to[name]
	if !ok || link.Kind == markdown.LinkImage {
		return r.missing(src, link, name)
	}
	if d.section != nil {
		r.outdated(src, link, d.section)
	}
	if fragment == "" {
		return markdown.Target{Path: d.path}, true
	}
	return r.anchor(d.path, d.doc, fragment, link)
}

// sourceOf returns the file or folder that a relative link means.
func sourceOf(src, dest string) (string, bool) {
	dest, _, _ = strings.Cut(dest, "#")
	dest, _, _ = strings.Cut(dest, "?")
	name, err := url.PathUnescape(dest)
	return path.Join(path.Dir(src), name), err == nil && !strings.HasPrefix(name, "/")
}

func (r *resolver) anchor(address string, doc *markdown.Doc, fragment string, link markdown.Link) (markdown.Target, bool) {
	name, err := url.PathUnescape(fragment)
	if err == nil && doc != nil {
		if id, ok := doc.Anchor(name); ok {
			return markdown.Target{Path: address, ID: id}, true
		}
	}
	if err == nil && doc != nil && doc.Left(name) {
		switch {
		case r.quiet:
		case doc.Narrowed:
			r.errorf(link.Pos, "edition-link", "take the link out, or put it in a ::: when block for the same readers", "%s stands in a rule or a block that is not in this edition", diag.Quote("#"+fragment))
		default:
			r.errorf(link.Pos, "draft-link", "take the link out, or put it in a ::: when block of the same condition", "%s stands in a block that the profile leaves out", diag.Quote("#"+fragment))
		}
		return markdown.Target{Path: address}, true
	}
	if len(r.unread) > 0 && doc != nil && doc.Size() == 0 {
		return markdown.Target{Path: address}, true // nobody knows what the page has
	}
	hint := "link to the page alone, or to one of its headings"
	if r.tried++; doc != nil && r.tried <= 100 {
		known := doc.Anchors()
		slices.Sort(known)
		if near := diag.Nearest(name, known); near != "" {
			hint = "did you mean #" + near + "?"
		}
	}
	r.errorf(link.Pos, "broken-anchor", hint, "the page has no heading or rule %s", diag.Quote("#"+fragment))
	return markdown.Target{Path: address}, true
}

// outdated reports a link to a section that is no longer in force, unless it
// stands in the section that replaces it.
func (r *resolver) outdated(src string, link markdown.Link, to *Section) {
	switch next := to.SupersededBy; {
	case r.quiet:
	case next != nil && next.Source != src:
		r.errorf(link.Pos, "withdrawn-link", "link to "+wayTo(src, next.Source), "%s is superseded by %s", diag.Quote(link.Dest), diag.Quote(next.ID))
	case next == nil && !to.Withdrawn.IsZero():
		r.errorf(link.Pos, "withdrawn-link", "link to what replaces it, or say that it is withdrawn", "%s is withdrawn from %s on", diag.Quote(link.Dest), to.Withdrawn)
	}
}

// missing reports why a link leads nowhere.
func (r *resolver) missing(src string, link markdown.Link, name string) (markdown.Target, bool) {
	r.lookUp()
	rule, what := "broken-link", "page"
	if link.Kind == markdown.LinkImage {
		rule, what = "missing-file", "image"
	}
	isPage, stray := kindOf(name) == "md", r.strays[strings.ToLower(name)]
	switch {
	case r.barred[name] != nil, r.quiet && (r.left[name] != nil || r.drafts[name]):
		// That has been told already, or is as it should be.
	case r.left[name] != nil:
		r.errorf(link.Pos, "draft-link", "take the link out, or put it in a ::: when block of the same condition", "%s is left out: %s", diag.Quote(link.Dest), r.left[name].leftOut)
	case r.drafts[name]:
		r.errorf(link.Pos, "draft-link", "take the link out until the draft is finished", "%s is a draft and is left out", diag.Quote(link.Dest))
	case stray == name && stray != "", stray != "" && !r.loader.files[name]:
		r.strayLink(src, link, rule, name, stray)
	case r.loader.files[name] && (kindOf(name) == "" || isPage && what == "page" && opening(path.Base(name)) == 0):
		// It is there, but could not be used: that has been told already.
	case what == "page" && (r.unread[name] || opens(name) && r.unread[path.Dir(name)]):
		// Likewise, or it is a folder in which that is so.
	case isPage && r.loader.files[name] && what == "image":
		r.errorf(link.Pos, rule, "write a link, without the !", "%s is a page and no image", diag.Quote(link.Dest))
	case r.loader.files[name]:
		r.errorf(link.Pos, rule, "take the link out, or put the file elsewhere", "%s is left out of the handbook", diag.Quote(link.Dest))
	default:
		if actual, ok := r.folded[strings.ToLower(name)]; ok {
			r.meant[actual] = true
			r.errorf(link.Pos, "link-case", "write "+wayTo(src, actual), "%s differs in capitals from %s", diag.Quote(link.Dest), actual)
			if address := r.files[actual]; address != "" {
				return markdown.Target{Path: address}, true
			}
			if d, ok := r.to[actual]; ok {
				return markdown.Target{Path: d.path}, true
			}
			break
		}
		hint := "check the name and the folder"
		if out := outside(link.Dest); out != "" {
			hint = out
		} else if near := r.nearest(name); near != "" {
			r.meant[near] = true
			hint = "did you mean " + wayTo(src, near) + "?"
		}
		r.errorf(link.Pos, rule, hint, "there is no %s %s", what, diag.Quote(name))
	}
	return markdown.Target{}, false
}

// nearest returns the file that a link most likely means, or "": one of the same
// name in another folder or with another number, or one of nearly the same
// path. A handbook with very many broken links is told the latter for the first
// of them only, because every search goes through all files.
func (r *resolver) nearest(name string) string {
	if same, ok := r.stems[stem(name)]; ok {
		return same
	}
	if r.tried++; r.tried > 100 {
		return ""
	}
	return diag.Nearest(name, r.known)
}

// wayTo returns the relative link from one file of the content folder to
// another, as it is written in markdown.
func wayTo(from, to string) string {
	dir := strings.Split(path.Dir(from), "/")
	if dir[0] == "." {
		dir = nil
	}
	names := strings.Split(to, "/")
	for len(dir) > 0 && len(names) > 1 && dir[0] == names[0] {
		dir, names = dir[1:], names[1:]
	}
	return strings.ReplaceAll(strings.Repeat("../", len(dir))+strings.Join(names, "/"), " ", "%20")
}
