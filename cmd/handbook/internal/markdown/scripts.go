package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/diag"
)

var kindScript = ast.NewNodeKind("HandbookScript")

// A scriptNode is the 2 of H~2~O, or of m^2^.
type scriptNode struct {
	ast.BaseInline
	low bool
}

func (n *scriptNode) Kind() ast.NodeKind            { return kindScript }
func (n *scriptNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func (r *nodes) script(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	switch low := node.(*scriptNode).low; {
	case low && entering:
		put(w, "<sub>")
	case low:
		put(w, "</sub>")
	case entering:
		put(w, "<sup>")
	default:
		put(w, "</sup>")
	}
	return ast.WalkContinue, nil
}

// A tildeParser reads ~~struck out~~, and H~2~O and m^2^ as Pandoc does: a short
// word in tildes or carets right behind a letter or digit. A single tilde strikes
// nothing out, though GitHub's does: it would strike the 2 out of H~2~O.
type tildeParser struct{ strike parser.InlineParser }

func newTildeParser() tildeParser { return tildeParser{extension.NewStrikethroughParser()} }

func (tildeParser) Trigger() []byte { return []byte{'^', '~'} }

func (p tildeParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	before := block.PrecendingCharacter()
	c := line[0]
	if c == '~' && (before == '~' || len(line) > 1 && line[1] == '~') {
		return p.strike.Parse(parent, block, pc)
	}
	behindWord := unicode.IsLetter(before) || unicode.IsNumber(before) || before == ')' || before == ']'
	if length := script(line[1:], c); length > 0 && behindWord {
		n := &scriptNode{low: c == '~'}
		n.AppendChild(n, ast.NewTextSegment(text.NewSegment(segment.Start+1, segment.Start+1+length)))
		block.Advance(length + 2)
		return n
	}
	if c == '~' && !behindWord && before != '/' {
		if words := struck(line[1:]); words != nil {
			s := pc.Get(stateKey).(*state)
			s.errorf(segment.Start, "unread-emphasis", "to strike it out, write ~~"+diag.Clean(string(words))+"~~", "single tildes strike nothing out, and are shown as they were typed: %s", diag.Quote("~"+string(words)+"~"))
		}
	}
	return nil
}

// maxScript is the longest text in bytes that is set lower or higher.
const maxScript = 40

// script returns the length of the word that ends before the byte c, or 0. What
// goes on with a digit is no such word: x^2y^2 and 5~10~15 mean something else.
func script(line []byte, c byte) int {
	for i := 0; i < min(len(line), maxScript); {
		if line[i] == c {
			if i+1 < len(line) && (line[i+1] == c || line[i+1] >= '0' && line[i+1] <= '9') {
				return 0
			}
			return i
		}
		r, size := utf8.DecodeRune(line[i:])
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '+' && r != '-' && r != '−' {
			return 0
		}
		i += size
	}
	return 0
}

// struck returns what GitHub would strike out that stands in single tildes, or nil.
func struck(line []byte) []byte {
	line = line[:min(len(line), maxSlip)]
	end := bytes.IndexByte(line, '~')
	if end <= 0 || unicode.IsSpace(rune(line[0])) || unicode.IsSpace(rune(line[end-1])) || end+1 < len(line) && (line[end+1] == '~' || isAlphanumeric(line[end+1])) {
		return nil
	}
	return line[:end]
}
