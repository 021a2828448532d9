package markdown

import (
	"bytes"
	stdhtml "html"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// special gives the bytes of a page that mean something in a text of markdown
// or HTML, of those there are. Most pages have one or two kinds of them, so that
// to look for these is the quickest way to tell that a text has none.
func special(page, room []byte) []byte {
	room = room[:0]
	for _, c := range []byte("\x00\"&<>\\") {
		if bytes.IndexByte(page, c) >= 0 {
			room = append(room, c)
		}
	}
	return room
}

// isPlain tells whether a text of the page has no special byte.
func (b *buffer) isPlain(text []byte) bool {
	for _, c := range b.special {
		if bytes.IndexByte(text, c) >= 0 {
			return false
		}
	}
	return true
}

// text renders as goldmark does, which looks at each byte of each text twice.
func (r *nodes) text(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	n := node.(*ast.Text)
	text := n.Segment.Value(src)
	if b, ok := w.(*buffer); ok && b.isPlain(text) {
		_, _ = b.Write(text)
	} else if n.IsRaw() {
		r.w.RawWrite(w, text)
	} else {
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

// readable gives the text of a node as it is read on the page: escapes and
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

// isOneLine tells whether a text holds no white space but single spaces between
// words. One with letters beyond ASCII, which may be spaces, may be one too.
func isOneLine[T string | []byte](text T) bool {
	after := byte(' ')
	for i := range len(text) {
		c := text[i]
		if c < ' ' || c >= utf8.RuneSelf || c == ' ' && after == ' ' {
			return false
		}
		after = c
	}
	return after != ' '
}

// plainText gives the words of a node's inline children.
func plainText(n ast.Node, src []byte) string {
	if t, ok := n.FirstChild().(*ast.Text); ok && n.ChildCount() == 1 {
		return string(readable(t, src))
	}
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(readable(c, src))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(src))
		case *citeNode:
			b.WriteString(c.label)
			if c.locator != "" {
				b.WriteString(", " + c.locator)
			}
		case *termNode:
			b.WriteString(c.text)
		case *imageNode:
			b.WriteString(c.alt)
		default:
			b.WriteString(plainText(c, src))
			if c.Type() == ast.TypeBlock {
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}
