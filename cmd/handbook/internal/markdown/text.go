package markdown

import (
	"bytes"
	stdhtml "html"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/source"
)

// lookFor notes which of the bytes that mean something in a text of markdown or
// HTML a page has. Most pages have one or two kinds of them, so that to look for
// these is the quickest way to tell that a text has none.
func (b *buffer) lookFor(page []byte) {
	b.special, b.coded = b.special[:0], false
	for _, c := range []byte("\x00\"&<>\\") {
		if bytes.IndexByte(page, c) >= 0 {
			b.special = append(b.special, c)
			b.coded = b.coded || c == 0 || c == '&' || c == '\\'
		}
	}
}

// isPlain reports whether a text of the page has no special byte.
func (b *buffer) isPlain(text []byte) bool {
	for _, c := range b.special {
		if bytes.IndexByte(text, c) >= 0 {
			return false
		}
	}
	return true
}

// escape writes text, safe in HTML.
func (b *buffer) escape(text []byte) {
	from := 0
	for i, c := range text {
		if e := util.EscapeHTMLByte(c); e != nil {
			_, _ = b.Write(text[from:i])
			_, _ = b.Write(e)
			from = i + 1
		}
	}
	_, _ = b.Write(text[from:])
}

// text renders as goldmark does, which looks at each byte of each text twice.
func (r *nodes) text(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Text)
	text := n.Segment.Value(src)
	b, ok := w.(*buffer)
	switch {
	case ok && b.isPlain(text):
		_, _ = b.Write(text)
	case ok && !b.coded:
		b.escape(text)
	case n.IsRaw():
		r.w.RawWrite(w, text)
	default:
		r.w.Write(w, text)
	}
	switch {
	case n.IsRaw():
	case n.HardLineBreak():
		put(w, "<br />\n")
	case n.SoftLineBreak():
		_ = w.WriteByte('\n')
	}
	return ast.WalkContinue, nil
}

// readable is readable of a node on this page.
func (w *walker) readable(n *ast.Text) []byte {
	if !w.html.coded {
		return n.Segment.Value(w.src)
	}
	return readable(n, w.src)
}

// readable returns the text of a node as it is read on the page: escapes and
// entities stand for their characters, except in code.
func readable(n *ast.Text, src []byte) []byte {
	text := n.Segment.Value(src)
	if n.IsRaw() || bytes.IndexByte(text, '\\') < 0 && bytes.IndexByte(text, '&') < 0 {
		return text
	}
	var b buffer
	html.DefaultWriter.Write(&b, text)
	return []byte(stdhtml.UnescapeString(b.String()))
}

// oneLine folds white space to single spaces.
func oneLine(text []byte) string {
	text = bytes.TrimRight(text, "\n")
	if isOneLine(text) {
		return string(text)
	}
	var b strings.Builder
	b.Grow(len(text))
	for word := range bytes.FieldsSeq(text) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.Write(word)
	}
	return b.String()
}

// isOneLine reports whether a text holds no white space but single spaces between
// words. One with letters beyond ASCII, which may be spaces, may be one too.
func isOneLine(text []byte) bool {
	for _, c := range text {
		if c < ' ' || c >= utf8.RuneSelf {
			return false
		}
	}
	return len(text) > 0 && text[0] != ' ' && text[len(text)-1] != ' ' && !source.Twice(text, ' ')
}

// plainText returns the words of a node's inline children.
func plainText(n ast.Node, src []byte) string { return string(appendPlainText(nil, n, src)) }

// appendPlainText appends the words of a node's inline children.
func appendPlainText(to []byte, n ast.Node, src []byte) []byte {
	if t, ok := n.FirstChild().(*ast.Text); ok && n.ChildCount() == 1 {
		return append(to, readable(t, src)...)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			to = append(to, readable(c, src)...)
			if c.SoftLineBreak() || c.HardLineBreak() {
				to = append(to, ' ')
			}
		case *ast.String:
			to = append(to, c.Value...)
		case *ast.AutoLink:
			to = append(to, c.Label(src)...)
		case *citeNode:
			to = append(to, c.label...)
			if c.locator != "" {
				to = append(append(to, ", "...), c.locator...)
			}
		case *termNode:
			to = append(to, c.text...)
		case *imageNode:
			to = append(to, c.alt...)
		case *openNode:
			to = append(to, Blank...)
		default:
			to = appendPlainText(to, c, src)
			if c.Type() == ast.TypeBlock {
				to = append(to, ' ')
			}
		}
	}
	return to
}
