package site

import (
	"html/template"
	"io"
	"strings"
	"unsafe"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
)

// markup is HTML being written. Only text and attr take what authors wrote. A
// whole page has a writer that it can spill to, so that even one with thousands
// of sections in it is made in little memory.
type markup struct {
	b   []byte
	w   io.Writer // may be nil
	err error     // of w
}

// spillSize is how much is written at once, of what is written bit by bit: more
// than nearly every page, and less than a processor keeps at hand.
const spillSize = 64 << 10

// spill writes what there is once it is much. Those that write many pieces call
// it between them.
func (m *markup) spill() {
	if m.w != nil && len(m.b) >= spillSize {
		_ = m.flush() // which keeps the error
	}
}

// flush writes the rest, and gives the first error of writing.
func (m *markup) flush() error {
	if m.err == nil {
		_, m.err = m.w.Write(m.b)
	}
	m.b = m.b[:0]
	return m.err
}

// raw writes HTML of our own.
func (m *markup) raw(parts ...string) {
	for _, p := range parts {
		m.b = append(m.b, p...)
	}
}

// text writes a text, escaped as html.EscapeString does it. Nearly every text
// has nothing to escape, and a handbook has hundreds of thousands of them.
func (m *markup) text(s string) {
	if isPlain(s) {
		m.b = append(m.b, s...)
		return
	}
	from := 0
	for i := range len(s) {
		var escaped string
		switch s[i] {
		case '<':
			escaped = "&lt;"
		case '>':
			escaped = "&gt;"
		case '&':
			escaped = "&amp;"
		case '\'':
			escaped = "&#39;"
		case '"':
			escaped = "&#34;"
		default:
			continue
		}
		m.b = append(append(m.b, s[from:i]...), escaped...)
		from = i + 1
	}
	m.b = append(m.b, s[from:]...)
}

// isPlain reports whether a text has nothing to escape. Each search goes through
// many bytes at once, so five of them take less than one look at every byte.
func isPlain(s string) bool {
	return strings.IndexByte(s, '<') < 0 && strings.IndexByte(s, '>') < 0 && strings.IndexByte(s, '&') < 0 &&
		strings.IndexByte(s, '\'') < 0 && strings.IndexByte(s, '"') < 0
}

// attr writes an attribute, or nothing for an empty value.
func (m *markup) attr(name, value string) {
	if value != "" {
		m.raw(" ", name, `="`)
		m.text(value)
		m.raw(`"`)
	}
}

// link writes a link. href is made by this package and needs no check.
func (m *markup) link(href, text string) {
	m.raw(`<a href="`)
	m.text(href)
	m.raw(`">`)
	m.text(text)
	m.raw("</a>")
}

// number writes the number before a title.
func (m *markup) number(n string) {
	if n != "" {
		m.raw(`<span class="number">`)
		m.text(n)
		m.raw(" </span>")
	}
}

// date writes an attribute with a day, or nothing for no day.
func (m *markup) date(name string, d date.Date) {
	if !d.IsZero() {
		m.raw(" ", name, `="`)
		m.b = append(d.Append(m.b), '"')
	}
}

// time writes a day for people and programs, or nothing for no day.
func (m *markup) time(l *lang.Language, d date.Date) {
	if !d.IsZero() {
		m.raw(`<time datetime="`)
		m.b = append(d.Append(m.b), `">`...)
		m.b = append(l.AppendDate(m.b, d), "</time>"...)
	}
}

// today writes a day that the script sets to the reader's own.
func (m *markup) today(l *lang.Language, d date.Date) {
	m.raw("<time data-today")
	m.date("datetime", d)
	m.raw(">")
	m.b = append(l.AppendDate(m.b, d), "</time>"...)
}

// html returns what was written, without a copy: nothing is written after it.
func (m *markup) html() template.HTML {
	return template.HTML(unsafe.String(unsafe.SliceData(m.b), len(m.b)))
}

// ages writes what the script goes by: how a section stands from day to day.
func (m *markup) ages(ages, status string, unapproved bool) {
	m.raw(` data-ages="`, ages, `" data-status="`, status, `"`)
	if unapproved {
		m.raw(" data-unapproved")
	}
}
