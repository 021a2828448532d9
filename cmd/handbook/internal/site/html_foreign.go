package site

import (
	"bytes"
	"html"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/source"
)

// A handbook in a language in which there are no words for the interface, or in
// one that is written from right to left, has its pages gone through once more
// when they are drawn. The root of a page says the language of the handbook's
// own text; the words of the interface, which are English, are marked as that.
// And texts from right to left get marks that keep tags, citations of law and
// addresses as they were written: see [source.Isolate].

// renderMarked draws such a page.
func (s *builder) renderMarked(w io.Writer, kind PageType, address string, data page) error {
	var drawn bytes.Buffer
	if err := s.renderPlain(&drawn, kind, address, data); err != nil {
		return err
	}
	c := s.book.Config
	f := foreign{isolate: c.Direction() == "rtl", own: ` lang="` + html.EscapeString(c.Language) + `" dir="` + direction(c) + `"`}
	if s.foreign {
		f.words = ` lang="` + s.lang.Tag() + `" dir="ltr"`
		f.ownFacts = []string{s.lang.T("fact-audience"), s.lang.T("fact-areas"), s.lang.T("fact-laws"), s.lang.T("fact-change")}
	}
	f.titled = !kind.ownTitle
	for _, t := range PageTypes() {
		if t.Path != "" && t.Name != "terms" {
			f.pages = append(f.pages, path.Base(t.Path))
		}
	}
	_, err := w.Write(f.mark(drawn.Bytes()))
	return err
}

func direction(c *book.Config) string {
	if d := c.Direction(); d != "" {
		return d
	}
	return "ltr"
}

// A foreign marks a page.
type foreign struct {
	words   string // the attributes of what holds words of the interface, or ""
	own     string // those of the handbook's own words among them
	isolate bool

	ownFacts []string // the names of the facts that are told in the handbook's own words
	titled   bool     // by the interface, which has most of the words on the page
	pages    []string // the names of those that the interface calls, but for terms.html, whose entries are linked to

	kept  string // the element whose text stays as it is
	prose int    // how deep in the handbook's own text
	fact  string // the fact that is being told
	inner bool   // the article of a page that the interface titles
}

// mark marks a page that this package wrote, so that every < begins a tag.
func (f *foreign) mark(page []byte) []byte {
	out := make([]byte, 0, len(page)+len(page)/8)
	for len(page) > 0 {
		i := bytes.IndexByte(page, '<')
		if i < 0 {
			i = len(page)
		}
		out = f.text(out, page[:i])
		page = page[i:]
		end := bytes.IndexByte(page, '>') + 1
		if end == 0 {
			return append(out, page...)
		}
		tag := string(page[1 : end-1])
		name, attributes, _ := strings.Cut(tag, " ")
		out = append(append(out, '<'), name...)
		out = append(out, f.attributes(name, attributes)...)
		out = append(out, tag[len(name):]...)
		out = append(out, '>')
		page = page[end:]
	}
	return out
}

// text appends a text between tags.
func (f *foreign) text(out, text []byte) []byte {
	if f.fact == "dt" {
		f.fact = string(text)
	}
	if !f.isolate || f.kept != "" || len(bytes.TrimSpace(text)) == 0 {
		return append(out, text...)
	}
	plain := html.UnescapeString(string(text))
	if isolated := source.Isolate(plain); isolated != plain {
		return append(out, html.EscapeString(isolated)...)
	}
	return append(out, text...)
}

// attributes returns what is to be added to a tag, and follows where the page is.
func (f *foreign) attributes(name, given string) string {
	switch {
	case f.kept != "":
		if name == "/"+f.kept {
			f.kept = ""
		}
		return ""
	case slices.Contains([]string{"code", "pre", "script", "style", "kbd", "samp", "svg"}, name):
		f.kept = name
		return ""
	}
	class := attribute(given, "class")
	switch {
	case name == "div" && (f.prose > 0 || class == "prose"):
		f.prose++
	case name == "/div" && f.prose > 0:
		f.prose--
	}
	if name == "/article" {
		f.inner = false
	}
	if f.words == "" || f.prose > 0 || strings.HasPrefix(name, "/") || attribute(given, "lang") != "" {
		return ""
	}
	if name == "dt" {
		f.fact = "dt"
	}
	f.inner = f.inner || f.titled && name == "article"
	switch {
	case f.inner && f.isOwn(name, class, given):
		return f.own
	case name == "dd" && slices.Contains(f.ownFacts, f.fact):
		return f.own
	case f.isInterface(name, class, given):
		return f.words
	}
	return ""
}

// isOwn reports whether an element of a page that the interface titles holds the
// handbook's own words: results, terms, and links that are called as the page
// which they lead to.
func (f *foreign) isOwn(name, class, given string) bool {
	switch name {
	case "ol", "dl":
		return class == "results" || class == "terms"
	case "a":
		file, _, _ := strings.Cut(attribute(given, "href"), "#")
		file = file[strings.LastIndexByte(file, '/')+1:]
		return strings.HasSuffix(file, ".html") && !slices.Contains(f.pages, file)
	}
	return false
}

// isInterface reports whether an element holds words of the interface.
func (f *foreign) isInterface(name, class, given string) bool {
	for _, c := range strings.Fields(class) {
		switch c {
		case "skip", "menu-button", "menu-close", "wrong-link", "theme", "sidebar-title", "search", "search-status", "filters", "banner", "reasons", "facts",
			"status", "contents-title", "cite-line", "tools", "foot", "counts", "to-card", "button", "more":
			return true
		case "lead":
			return f.titled
		}
	}
	switch id := attribute(given, "id"); name {
	case "small", "legend", "noscript":
		return true
	case "article":
		return f.titled
	case "th":
		return attribute(given, "scope") == "col"
	case "ul":
		by := attribute(given, "aria-labelledby")
		return strings.HasPrefix(by, "_menu-") && by != "_menu-contents"
	case "h1":
		return f.titled
	case "h2", "h3":
		// The handbook's own headings have ids, and those of the interface have
		// an underscore before theirs.
		return id == "" && f.titled || strings.HasPrefix(id, "_") && !strings.HasPrefix(id, "_letter-")
	}
	return false
}

// attributePatterns find the attributes that are looked at.
var attributePatterns = func() map[string]*regexp.Regexp {
	m := map[string]*regexp.Regexp{}
	for _, name := range []string{"class", "lang", "id", "href", "scope", "aria-labelledby"} {
		m[name] = regexp.MustCompile(`(?:^|\s)` + name + `="([^"]*)"`)
	}
	return m
}()

// attribute returns the value of an attribute of a tag, or "".
func attribute(given, name string) string {
	if m := attributePatterns[name].FindStringSubmatch(given); m != nil {
		return m[1]
	}
	return ""
}
