package markdown

import (
	"bytes"
	stdhtml "html"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
)

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
