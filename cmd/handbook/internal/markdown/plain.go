package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A plainParser reads the text that means nothing but itself, up to the next
// byte that may mean something or to the end of the line. goldmark does this
// without it too, but thinks about each byte, which is a quarter of its work.
type plainParser struct {
	special [256]byte // 1 for bytes that may begin something, or end the line
}

// specials are the bytes that goldmark asks one of its parsers about.
const specials = "!*<[]^_`{~"

func newPlainParser() *plainParser {
	p := &plainParser{}
	for _, c := range []byte(specials + "\\\n") {
		p.special[c] = 1
	}
	return p
}

// Trigger returns the bytes that plain text can begin with. A space stands for
// every letter as well.
func (p *plainParser) Trigger() []byte {
	triggers := []byte(`\`)
	for c := byte(' '); c < 0x7F; c++ {
		if !isAlphanumeric(c) && p.special[c] == 0 {
			triggers = append(triggers, c)
		}
	}
	return triggers
}

func (p *plainParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, at := block.PeekLine()
	s := pc.Get(stateKey).(*state)
	if at.Padding > 0 || s.mayHoldAddress(line, at) {
		return nil
	}
	end := p.run(line)
	for end < len(line) && line[end] == '\\' && (end+1 == len(line) || line[end+1] != '\n') {
		end = min(end+2, len(line)) // whatever it is, it means itself
		end += p.run(line[end:])
	}
	if end == 0 {
		return nil
	}
	// What goldmark read before this, because it turned out to mean nothing, is
	// part of the same text.
	n, ok := parent.LastChild().(*ast.Text)
	if ok && n.Segment.Stop == at.Start && !n.SoftLineBreak() && !n.IsRaw() {
		n.Segment = n.Segment.WithStop(at.Start + end)
	} else {
		n = ast.NewTextSegment(at.WithStop(at.Start + end))
	}
	if end < len(line) && line[end] != '\n' {
		block.Advance(end)
		return n
	}
	if end < len(line) {
		hard := bytes.HasSuffix(line[:end], []byte("  "))
		n.SetHardLineBreak(hard)
		n.SetSoftLineBreak(!hard)
	}
	n.Segment = n.Segment.TrimRightSpace(block.Source())
	block.AdvanceLine()
	return n
}

// run counts the bytes that a line begins with of which none is special.
func (p *plainParser) run(line []byte) int {
	n, is := 0, &p.special
	for ; n+8 <= len(line); n += 8 {
		if b := line[n : n+8 : n+8]; is[b[0]]|is[b[1]]|is[b[2]]|is[b[3]]|is[b[4]]|is[b[5]]|is[b[6]]|is[b[7]] != 0 {
			break
		}
	}
	for n < len(line) && is[line[n]] == 0 {
		n++
	}
	return n
}
