package markdown

import (
	"handbook/cmd/handbook/internal/source"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// A Paragraph is a paragraph of running text: of the body, of a block or of an
// item of a list. Headings, tables and code are none.
type Paragraph struct {
	Line int
	Text string // without markup, on one line, and without its citations
}

// A paragraph is a Paragraph as it is kept: its place in the plain text.
type paragraph struct {
	span
	line int32
}

// A span is a range of the plain text, or of the page.
type span struct{ from, to int32 }

// paragraph notes a paragraph whose words were added to the plain text from a
// place on.
func (w *walker) paragraph(n ast.Node, from int) {
	if n.Lines().Len() == 0 || w.plain.Len() == from {
		return
	}
	line := w.lines.Line(n.Lines().At(0).Start - w.shift)
	w.paragraphs = append(w.paragraphs, paragraph{span{int32(from), int32(w.plain.Len())}, int32(line)})
}

// forget drops the citations that stand in the plain text from a place on.
func (w *walker) forget(from int) {
	for len(w.cited) > 0 && int(w.cited[len(w.cited)-1].to) > from {
		w.cited = w.cited[:len(w.cited)-1]
	}
}

// settle moves the places in the plain text to what remains of it without the
// white space at both ends.
func (s *state) settle(lead int) {
	move := func(at *span) {
		at.from = int32(min(max(0, int(at.from)-lead), len(s.doc.plain)))
		at.to = int32(min(max(0, int(at.to)-lead), len(s.doc.plain)))
	}
	for i := range s.paragraphs {
		move(&s.paragraphs[i].span)
	}
	for i := range s.cited {
		move(&s.cited[i])
	}
	for i := range s.cuts {
		move(&s.cuts[i])
	}
}

// Paragraphs returns the paragraphs of running text, in order.
func (d *Doc) Paragraphs() []Paragraph {
	out, plain := make([]Paragraph, len(d.paragraphs)), d.Text()
	cited := d.cited
	for i, p := range d.paragraphs {
		var b strings.Builder
		at := p.from
		for len(cited) > 0 && cited[0].from < p.to {
			if cited[0].from >= at {
				b.WriteString(plain[at:cited[0].from])
				at = cited[0].to
			}
			cited = cited[1:]
		}
		b.WriteString(plain[at:p.to])
		out[i] = Paragraph{int(p.line), source.OneLine(b.String())}
	}
	return out
}
