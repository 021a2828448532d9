package markdown

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A Passage is a piece of a page as its readers see it: a paragraph, an item of
// a list, a cell of a table, a heading, a block of code, the title of a box.
type Passage struct {
	Line int    // of the file, or of what stands before it
	Text string // on one line, and without the number of a heading
}

// flowing are the tags within a passage. Any other begins a new one.
var flowing = map[string]bool{"a": true, "abbr": true, "b": true, "br": true, "code": true, "del": true, "dfn": true, "em": true, "i": true, "img": true,
	"input": true, "small": true, "span": true, "strong": true, "sub": true, "sup": true, "time": true}

// Passages returns the passages of the page, in order. They are read off the
// rendered page, so that nothing which readers see can be missing.
func (d *Doc) Passages() []Passage {
	page, _ := d.unpacked()
	var all []Passage
	var text strings.Builder
	flush := func() {
		if t := strings.Join(strings.Fields(text.String()), " "); t != "" {
			all = append(all, Passage{Text: t})
		}
		text.Reset()
	}
	clause := false // in the number of a heading
	for z := html.NewTokenizer(bytes.NewReader(page)); z.Next() != html.ErrorToken; {
		token := z.Token()
		switch name := token.Data; {
		case token.Type == html.TextToken:
			if !clause {
				text.WriteString(token.Data)
			}
			continue
		case name == "a":
			clause = attribute(token, "class") == "clause"
		case name == "br":
			text.WriteByte(' ')
		case !flowing[name]:
			flush()
		}
		if attribute(token, "class") == "term" {
			continue // the definition of a term is told with the term
		}
		for _, key := range []string{"alt", "title"} {
			if value := attribute(token, key); value != "" {
				text.WriteString(" " + value + " ")
			}
		}
	}
	flush()
	d.placePassages(all)
	return all
}

// attribute returns the value of an attribute, or "".
func attribute(t html.Token, key string) string {
	if i := slices.IndexFunc(t.Attr, func(a html.Attribute) bool { return a.Key == key }); i >= 0 {
		return t.Attr[i].Val
	}
	return ""
}

// placePassages returns each passage the line of the paragraph or heading that it
// is, and any other the line of the one before it.
func (d *Doc) placePassages(all []Passage) {
	type known struct {
		line int
		text string
	}
	var lines []known
	headings := d.headings
	for _, p := range d.Paragraphs() {
		for len(headings) > 0 && headings[0].Line < p.Line {
			lines = append(lines, known{headings[0].Line, headings[0].Text})
			headings = headings[1:]
		}
		lines = append(lines, known{p.Line, p.Text})
	}
	for _, h := range headings {
		lines = append(lines, known{h.Line, h.Text})
	}
	const ahead = 64                                   // how far a passage is looked for, so that none costs much
	line, exact := 0, make(map[string]int, len(lines)) // footnotes stand elsewhere in the file
	for _, k := range lines {
		exact[k.text] = k.line
	}
	for i := range all {
		found := false
		for j, k := range lines[:min(ahead, len(lines))] {
			// What follows may be a citation or a mark, which a Paragraph lacks.
			if n := min(12, max(1, len(k.text)-1), len(all[i].Text)); k.text != "" && k.text[:n] == all[i].Text[:n] {
				line, lines, found = k.line, lines[j+1:], true
				break
			}
		}
		all[i].Line = line
		if other, ok := exact[all[i].Text]; ok && !found {
			all[i].Line = other
		}
	}
}
