package book

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/record"
)

// resolve looks up what one page says of another: laws, references, rules,
// successors and links. It fills the back links of the registers.
func (l *loader) resolve(b *Book) {
	bySource := map[string]*page{}
	for _, p := range l.pages {
		bySource[p.source] = p
	}
	for _, s := range b.Sections {
		p := bySource[s.Source]
		l.sources(b, s, p.front)
		if id := p.front.Text("superseded_by"); id != "" {
			if s.SupersededBy = b.sections[id]; s.SupersededBy == nil {
				l.errorf(p.front.Pos("superseded_by"), "unknown-section", diag.DidYouMean(id, b.sectionIDs(), "write the id of a section"), "section %s does not exist", diag.Quote(id))
			}
		}
	}
	l.successors(b)
	for _, s := range b.Sections {
		for _, law := range s.Laws {
			law.Sections = append(law.Sections, s)
		}
		for _, r := range s.References {
			r.Sections = append(r.Sections, s)
		}
		for _, rule := range s.Rules {
			for _, law := range rule.Laws {
				law.Rules = append(law.Rules, rule)
			}
			for _, r := range rule.References {
				r.Rules = append(r.Rules, rule)
			}
		}
	}
	l.links(b)
	// Rules are rendered once their links are known.
	for _, s := range b.Sections {
		for i, rule := range s.Rules {
			rule.HTML = s.Doc.RuleHTML(i)
		}
	}
}

func (b *Book) sectionIDs() []string {
	out := make([]string, len(b.Sections))
	for i, s := range b.Sections {
		out[i] = s.ID
	}
	return out
}

// sources gathers the laws and references of a section: those of its front
// matter, then those of its rules, then those its text cites.
func (l *loader) sources(b *Book, s *Section, m *record.Map) {
	addLaw := func(to *[]*Law, id string, at diag.Pos) {
		law := b.laws[id]
		if law == nil {
			hint := diag.DidYouMean(id, lawIDs(b.Laws), "add it to registers/laws.yaml")
			if b.references[id] != nil {
				hint = "it is a reference: write it under references"
			}
			l.errorf(at, "unknown-law", hint, "law %s is not in registers/laws.yaml", diag.Quote(id))
		} else if !slices.Contains(*to, law) {
			*to = append(*to, law)
		}
	}
	addReference := func(to *[]*Reference, id string, at diag.Pos) {
		r := b.references[id]
		if r == nil {
			hint := diag.DidYouMean(id, ids(b.References), "add it to registers/references.yaml")
			if b.laws[id] != nil {
				hint = "it is a law: write it under laws"
			}
			l.errorf(at, "unknown-reference", hint, "reference %s is not in registers/references.yaml", diag.Quote(id))
		} else if !slices.Contains(*to, r) {
			*to = append(*to, r)
		}
	}
	for _, v := range m.Value("laws").List("laws") {
		addLaw(&s.Laws, v.Text("a law"), v.Pos())
	}
	for _, v := range m.Value("references").List("references") {
		addReference(&s.References, v.Text("a reference"), v.Pos())
	}
	for _, w := range s.Doc.Rules {
		rule := &Rule{ID: w.ID, Section: s, Level: w.Level, Text: w.Text, Pos: w.Pos}
		for _, id := range w.Laws {
			addLaw(&rule.Laws, id, w.Pos)
		}
		for _, id := range w.References {
			addReference(&rule.References, id, w.Pos)
		}
		for _, id := range w.Audience {
			if a := l.audience(b.Config, id, w.Pos); a != nil {
				rule.Audience = append(rule.Audience, a)
			}
		}
		for _, law := range rule.Laws {
			addLaw(&s.Laws, law.ID, w.Pos)
		}
		for _, r := range rule.References {
			addReference(&s.References, r.ID, w.Pos)
		}
		s.Rules = append(s.Rules, rule)
	}
	for _, c := range s.Doc.Citations {
		if b.laws[c.ID] != nil {
			addLaw(&s.Laws, c.ID, c.Pos)
		} else {
			addReference(&s.References, c.ID, c.Pos)
		}
	}
}

func lawIDs(laws []*Law) []string {
	out := make([]string, len(laws))
	for i, law := range laws {
		out[i] = law.ID
	}
	return out
}

// successors breaks chains of superseded sections that come back.
func (l *loader) successors(b *Book) {
	for _, s := range b.Sections {
		chain := []string{s.ID}
		for t := s.SupersededBy; t != nil; t = t.SupersededBy {
			chain = append(chain, t.ID)
			if t == s {
				l.errorf(s.Keys["superseded_by"], "reference-cycle", "take one superseded_by out", "%s", strings.Join(chain, " is superseded by "))
				s.SupersededBy = nil
				break
			}
			if len(chain) > len(b.Sections) {
				break // a cycle further on; it is told from there
			}
		}
	}
}

// A destination is what a link can lead to: a page, by its source.
type destination struct {
	path      string
	doc       *markdown.Doc
	withdrawn *Section
}

// links resolves every relative link and image.
func (l *loader) links(b *Book) {
	to := map[string]destination{}
	for _, s := range b.Sections {
		d := destination{path: s.Path, doc: s.Doc}
		if !s.Withdrawn.IsZero() {
			d.withdrawn = s
		}
		to[s.Source] = d
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
	r := &resolver{l, to, files, l.caseless()}
	for _, s := range b.Sections {
		r.doc(s.Source, s.Path, s.Doc)
	}
	for _, p := range b.Parts {
		if p.Index != nil {
			r.doc(p.Index.Source, p.Path, p.Index.Doc)
		}
	}
	if b.Home != nil {
		r.doc(b.Home.Source, "index.html", b.Home.Doc)
	}
}

// caseless maps every path in lower case to the path as it is.
func (l *loader) caseless() map[string]string {
	out := make(map[string]string, len(l.files))
	for name := range l.files {
		out[strings.ToLower(name)] = name
	}
	return out
}

type resolver struct {
	*loader
	to       map[string]destination
	files    map[string]string
	caseless map[string]string
}

func (r *resolver) doc(src, address string, doc *markdown.Doc) {
	for i, link := range doc.Links() {
		if link.Kind == markdown.LinkPage || link.Kind == markdown.LinkImage {
			t, ok := r.target(src, address, doc, link)
			if !ok {
				// What cannot be resolved stays as it was written.
				t = markdown.Target{URL: link.Dest}
			}
			doc.Resolve(i, t)
		}
	}
}

// target finds what a link leads to; where there is nothing, it tells so.
func (r *resolver) target(src, address string, doc *markdown.Doc, link markdown.Link) (markdown.Target, bool) {
	dest, fragment, _ := strings.Cut(link.Dest, "#")
	if link.Kind == markdown.LinkPage && dest == "" {
		return r.anchor(address, doc, fragment, link)
	}
	if i := strings.IndexByte(dest, '?'); i >= 0 {
		dest = dest[:i]
	}
	name, err := url.PathUnescape(dest)
	if err != nil || strings.HasPrefix(name, "/") {
		r.errorf(link.Pos, "broken-link", "write the way from this file, such as ../2-phones/3-texting.md", "%s does not lead to a file of the content folder", diag.Quote(link.Dest))
		return markdown.Target{}, false
	}
	name = path.Join(path.Dir(src), name)
	if strings.HasPrefix(name, "../") || name == ".." {
		r.errorf(link.Pos, "broken-link", "copy the file into the content folder", "%s leads out of the content folder", diag.Quote(link.Dest))
		return markdown.Target{}, false
	}
	if p, ok := r.files[name]; ok {
		return markdown.Target{Path: p}, true
	}
	if link.Kind == markdown.LinkImage {
		return r.missing(link, name, "missing-file", "image")
	}
	d, ok := r.to[name]
	if !ok {
		return r.missing(link, name, "broken-link", "page")
	}
	if d.withdrawn != nil {
		r.errorf(link.Pos, "withdrawn-link", "link to what replaces it, or say that it is withdrawn", "%s was withdrawn on %s", diag.Quote(link.Dest), d.withdrawn.Withdrawn)
	}
	if fragment == "" {
		return markdown.Target{Path: d.path}, true
	}
	return r.anchor(d.path, d.doc, fragment, link)
}

func (r *resolver) anchor(address string, doc *markdown.Doc, fragment string, link markdown.Link) (markdown.Target, bool) {
	name, err := url.PathUnescape(fragment)
	if err == nil && doc != nil {
		if id, ok := doc.Anchor(name); ok {
			return markdown.Target{Path: address, ID: id}, true
		}
	}
	var known []string
	if doc != nil {
		known = doc.Anchors()
		slices.Sort(known)
	}
	hint := "link to the page alone, or to one of its headings"
	if near := diag.Nearest(name, known); near != "" {
		hint = "did you mean #" + near + "?"
	}
	r.errorf(link.Pos, "broken-anchor", hint, "the page has no heading or rule %s", diag.Quote("#"+fragment))
	return markdown.Target{Path: address}, true
}

// missing tells why a link leads nowhere.
func (r *resolver) missing(link markdown.Link, name, rule, what string) (markdown.Target, bool) {
	if actual, ok := r.caseless[strings.ToLower(name)]; ok && actual != name {
		r.errorf(link.Pos, "link-case", "write "+path.Base(actual), "%s differs in capitals from %s", diag.Quote(link.Dest), actual)
		if d, ok := r.to[actual]; ok {
			return markdown.Target{Path: d.path}, true
		}
		return markdown.Target{}, false
	}
	if r.drafts[name] {
		r.errorf(link.Pos, "draft-link", "take the link out until the draft is finished", "%s is a draft and is left out", diag.Quote(link.Dest))
		return markdown.Target{}, false
	}
	if r.loader.files[name] {
		// It is there, but could not be used: that has been told already.
		return markdown.Target{}, false
	}
	var known []string
	for n := range r.loader.files {
		if (strings.EqualFold(path.Ext(n), ".md")) == (what == "page") {
			known = append(known, n)
		}
	}
	slices.Sort(known)
	hint := "check the name and the folder"
	if near := nearestPath(name, known); near != "" {
		hint = "did you mean " + near + "?"
	}
	r.errorf(link.Pos, rule, hint, "there is no %s %s", what, diag.Quote(name))
	return markdown.Target{}, false
}

// nearestPath gives a path with the same file name elsewhere, or with nearly
// the same name.
func nearestPath(name string, known []string) string {
	for _, k := range known {
		_, x := splitNumber(path.Base(k))
		_, y := splitNumber(path.Base(name))
		if strings.EqualFold(x, y) {
			return k
		}
	}
	return diag.Nearest(name, known)
}
