package site

import (
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

// href writes the address of an internal link into a page: root leads from the
// page to the root of the site, here is the page's own address.
func (m *markup) href(t markdown.Target, root, here string) {
	if t.URL != "" {
		m.text(t.URL)
		return
	}
	if t.ID == "" || t.Path != "" && t.Path != here {
		m.raw(root)
		m.text(escapePath(t.Path))
	}
	if t.ID != "" {
		m.raw("#")
		m.text(t.ID)
	}
}

// fragment writes rendered markdown, with the headings in it moved down by so
// many levels. It asks href to write the address of each internal link.
func (m *markup) fragment(f markdown.Fragment, deeper int, href func(*markup, markdown.Target)) {
	start := len(m.b)
	m.b = f.Append(m.b, func(dst []byte, t markdown.Target) []byte {
		m.b = dst
		href(m, t)
		return m.b
	})
	if deeper > 0 {
		deepen(m.b[start:], byte(deeper))
	}
}

// text puts rendered markdown into the page.
func (f Frame) text(html markdown.Fragment) template.HTML {
	return f.chunks.add(func(m *markup) error {
		m.fragment(html, 0, func(m *markup, t markdown.Target) { m.href(t, f.Root, f.Path) })
		return nil
	})
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
	names := doc.GivenNames()
	if len(names) == 0 {
		return f.text(html)
	}
	return f.chunks.add(func(m *markup) error {
		from := len(m.b)
		m.fragment(html, 0, func(m *markup, t markdown.Target) { m.href(t, f.Root, f.Path) })
		m.b = append(m.b[:from], withNames(m.b[from:], names)...)
		return nil
	})
}

// refresh returns the element that leads to an address without a script.
func refresh(href string) template.HTML {
	return template.HTML(`<meta http-equiv="refresh" content="0; url=` + template.HTMLEscapeString(href) + `">`)
}

// mailLink returns the link to an address of e-mail as HTML, or "" for none.
func mailLink(address string) string {
	if address == "" {
		return ""
	}
	address = template.HTMLEscapeString(address)
	return `<a href="mailto:` + address + `">` + address + "</a>"
}
