package book

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// misread reports the links of a page that are shown as text, with the link that
// was meant: only here it is known what there is to lead to.
func (r *resolver) misread(src string, doc *markdown.Doc) {
	for _, m := range doc.Meant() {
		mark := "[" + diag.Clean(m.Label) + "]"
		if m.Image {
			mark = "!" + mark
		}
		switch m.Kind {
		case markdown.MeantWiki:
			r.wiki(src, m, mark)
		case markdown.MeantSplit:
			r.errorf(m.Pos, "unread-link", "write "+mark+"("+diag.Clean(m.Dest)+")"+r.whether(src, m.Dest), "a link is shown as text, because there is a space before its address: %s", diag.Quote(m.Text))
		case markdown.MeantSpaced:
			hint := "write " + mark + "(<" + diag.Clean(m.Dest) + ">), or %20 for each space"
			r.errorf(m.Pos, "unread-link", hint+r.whether(src, m.Dest), "a link is shown as text, because its address holds a space: %s", diag.Quote(m.Text))
		}
	}
}

// whether says whether there is what a relative address leads to, as the end of
// a hint.
func (r *resolver) whether(src, dest string) string {
	if strings.Contains(dest, ":") || strings.HasPrefix(strings.ToLower(dest), "www.") || strings.HasPrefix(dest, "#") {
		return ""
	}
	name, ok := sourceOf(src, strings.ReplaceAll(dest, "%20", " "))
	switch {
	case !ok:
		return ""
	case r.loader.files[name]:
		r.meant[name] = true
		return "; the file is there"
	}
	r.lookUp()
	if near := r.nearest(name); near != "" {
		r.meant[near] = true
		return "; there is no such file: did you mean " + wayTo(src, near) + "?"
	}
	return "; there is no such file"
}

// wiki reports a link in double brackets.
func (r *resolver) wiki(src string, m markdown.Meant, mark string) {
	name, anchor, _ := strings.Cut(m.Dest, "#")
	hint := "write " + mark + "(file.md), with the path from this file"
	if m.Image {
		hint = "write ![what it shows](file.png), with the path from this file"
	}
	if to := r.named(name); to != "" || name == "" {
		way := ""
		if to != "" {
			r.meant[to] = true
			way = wayTo(src, to)
		}
		if anchor != "" {
			way += "#" + markdown.Slug(anchor)
		}
		hint = "write " + mark + "(" + way + ")"
		if m.Image {
			hint = "write ![what it shows](" + way + ")"
		}
	}
	r.errorf(m.Pos, "wiki-link", hint, "a link in double brackets is shown as text: %s", diag.Quote(m.Text))
}

// named returns the file that is called by a name: the title or id of a section,
// or the name of a file without its folder, number and ending.
func (r *resolver) named(name string) string {
	if name == "" {
		return ""
	}
	if s := r.book.sections[markdown.Slug(name)]; s != nil {
		return s.Source
	}
	if i := slices.IndexFunc(r.book.Sections, func(s *Section) bool { return strings.EqualFold(s.Title, name) }); i >= 0 {
		return r.book.Sections[i].Source
	}
	r.lookUp()
	if at, ok := r.stems[strings.ToLower(name)]; ok {
		return at // with its ending
	}
	return r.stems[stem(path.Base(name)+".md")]
}

// rooted returns the hint for an address that begins at the root of a site, as
// other programs have them: the way to the file that was meant.
func (r *resolver) rooted(src, dest string) string {
	at, anchor, _ := strings.Cut(dest, "#")
	at, _, _ = strings.Cut(at, "?")
	if anchor != "" {
		anchor = "#" + anchor
	}
	name, err := url.PathUnescape(at)
	if err != nil {
		return "write the path from this file, such as ../2-phones/3-texting.md"
	}
	name = strings.TrimPrefix(path.Clean(name), "/")
	if to := r.rootedFile(name); to != "" {
		r.meant[to] = true
		return "write " + wayTo(src, to) + anchor
	}
	return "write the path from this file, such as ../2-phones/3-texting.md"
}

// rootedFile returns the file that a path from the root of a site means: a file of
// the content folder, an address that a page has, or a file of that name
// elsewhere.
func (r *resolver) rootedFile(name string) string {
	files := r.loader.files
	if name == "" {
		if home := r.book.Home; home != nil {
			return home.Source
		}
		return "."
	}
	for _, candidate := range []string{name, name + ".md", name + ".markdown", name + "/index.md", name + "/README.md", strings.TrimSuffix(name, ".html") + ".md"} {
		if files[candidate] {
			return candidate
		}
	}
	address := strings.TrimSuffix(name, ".html") + ".html"
	for _, p := range r.book.Parts {
		if p.Dir == name || p.Path == address || p.Path == name+"/index.html" {
			if p.Index != nil {
				return p.Index.Source
			}
			return p.Dir
		}
	}
	for _, s := range r.book.Sections {
		if s.Path == address {
			return s.Source
		}
	}
	r.lookUp()
	if near := r.stems[stem(name)]; near != "" {
		return near
	}
	if path.Ext(name) == "" {
		return r.stems[stem(name+".md")]
	}
	return r.stems[stem(strings.TrimSuffix(name, ".html")+".md")]
}

// outside returns the hint for a relative address that seems to be one out of the
// site, or "".
func outside(dest string) string {
	host, _, _ := strings.Cut(dest, "/")
	if at := strings.IndexByte(host, '@'); at > 0 && host == dest && strings.Contains(host[at:], ".") {
		return "write mailto:" + diag.Clean(dest)
	}
	i := strings.LastIndexByte(host, '.')
	if i <= 0 {
		return ""
	}
	switch strings.ToLower(host[i+1:]) {
	case "org", "com", "net", "gov", "edu", "info", "int", "mil", "us", "uk", "ca", "eu":
		return "write https://" + diag.Clean(dest)
	}
	return ""
}
