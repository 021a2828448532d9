package site

import (
	"cmp"
	"html/template"
)

// Head returns what a page says of itself and what it loads.
func (f Frame) Head() (template.HTML, error) {
	var m markup
	err := f.writeHead(&m)
	return m.html(), err
}

func (f *Frame) writeHead(m *markup) error {
	assets, err := f.Shared("assets")
	f.writeMeta(m)
	m.raw(string(assets))
	return err
}

// Attributes returns the attributes of the html element: the language, the day
// for which the page is true, and what stands on each printed sheet.
func (f Frame) Attributes() template.HTMLAttr {
	var m markup
	f.writeAttributes(&m)
	return template.HTMLAttr(m.html())
}

func (f *Frame) writeAttributes(m *markup) {
	m.raw(`lang="`)
	m.text(f.Handbook.Language)
	m.raw(`"`)
	m.attr("dir", f.Handbook.Direction)
	m.date("data-day", f.Handbook.Day)
	m.attr("data-running", f.Running)
	m.attr("data-address", f.Canonical)
	m.attr("data-form", f.Form)
	m.attr("data-redirect", f.Moved)
}

// Meta returns the title of the page and what the head says of it.
func (f Frame) Meta() template.HTML {
	var m markup
	f.writeMeta(&m)
	return m.html()
}

func (f *Frame) writeMeta(m *markup) {
	m.raw("<title>")
	m.text(f.WindowTitle)
	m.raw("</title>\n")
	meta := func(key, name, content string) {
		if content != "" {
			m.raw("<meta ", key, `="`, name, `"`)
			m.attr("content", content)
			m.raw(">\n")
		}
	}
	meta("name", "description", f.Description)
	meta("property", "og:title", f.Title)
	meta("property", "og:site_name", f.Handbook.Title)
	if f.Moved != "" {
		m.raw(`<meta name="robots" content="noindex">`, "\n")
	}
	if canonical := cmp.Or(f.Canonical, f.Moved); canonical != "" {
		m.raw(`<link rel="canonical"`)
		m.attr("href", canonical)
		m.raw(">\n")
	}
}
