package site

import (
	"html"
	"html/template"
	"net/url"

	"handbook/cmd/handbook/internal/markdown"
)

// escapePath writes the address of a file of the site as a URL.
func escapePath(path string) string {
	for i := range len(path) {
		switch c := path[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '/', c == '.', c == '-', c == '_', c == '~':
		default:
			return (&url.URL{Path: path}).EscapedPath()
		}
	}
	return path
}

// resolver gives the text of a fragment's internal links in a page: root leads
// from the page to the root of the site, here is the page's own address.
func resolver(root, here string) func(markdown.Target) string {
	return func(t markdown.Target) string {
		switch {
		case t.URL != "":
			return html.EscapeString(t.URL)
		case t.ID != "" && (t.Path == "" || t.Path == here):
			return "#" + html.EscapeString(t.ID)
		case t.ID != "":
			return root + escapePath(t.Path) + "#" + html.EscapeString(t.ID)
		}
		return root + escapePath(t.Path)
	}
}

// resolve writes a fragment into a page.
func resolve(f markdown.Fragment, href func(markdown.Target) string) (size int, write func(*markup) error) {
	size = 64 * len(f.Links)
	for _, p := range f.Pieces {
		size += len(p)
	}
	return size, func(m *markup) error { return f.Write(m, href) }
}

// body puts the text of a document into the page; a document that has none is
// left out.
func (f Frame) body(doc *markdown.Doc) template.HTML {
	if doc == nil {
		return ""
	}
	html := doc.HTML()
	if len(html.Pieces) == 0 || len(html.Pieces) == 1 && len(html.Pieces[0]) == 0 {
		return ""
	}
	return f.chunks.add(resolve(html, resolver(f.Root, f.Path)))
}
