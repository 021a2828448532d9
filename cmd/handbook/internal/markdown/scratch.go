package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/source"
)

// A scratch holds what is gathered while a page is parsed and copied to its
// Doc in the end. It serves one page after the other, so that its buffers grow
// once: pages by the thousand would else make more waste than goldmark does.
type scratch struct {
	lines    source.Lines
	html     buffer
	plain    bytes.Buffer
	links    []Link
	headings []Heading
	nodes    []*ast.Heading      // those of headings
	rules    []*blockNode        // those of the Doc's rules
	cards    []*blockNode        // those of the Doc's cards
	used     map[string]diag.Pos // ids of elements
	slugs    map[string]int      // how often GitHub would have seen a heading
	doubles  map[string]int      // how often the id of a heading was taken already
	seen     []bool              // which terms have been marked
	slug     []byte              // the id that is being made
	title    []byte              // the words of a heading

	anchors     []anchor // but those of rules, in the order in which they were found
	given       []anchor // those of them that stand in braces
	citations   []Citation
	paragraphs  []paragraph
	cited       []span
	cuts        []span // the headings in the plain text
	fences      []fence
	fenced      []fenced
	openCode    []int  // where code begins that is not closed
	examples    []span // code that shows how a block is written
	exampleText []span // in the plain text
}

// take returns an empty scratch.
func (p *Parser) take() *scratch {
	if s, ok := p.scratches.Get().(*scratch); ok {
		return s
	}
	return &scratch{used: map[string]diag.Pos{}, slugs: map[string]int{}, doubles: map[string]int{}}
}

// give takes a scratch back, unless a page of unusual size has blown it up.
func (p *Parser) give(s *scratch) {
	if s.html.Cap() > MaxFile || s.lines.Count() > 10_000 || len(s.used) > 1000 || len(s.slugs) > 1000 || len(s.links) > 1000 || len(s.fences) > 4000 {
		return
	}
	s.lines.Reset("", nil, 1)
	s.html.Reset()
	s.html.nodes, s.html.headings = nil, nil
	s.plain.Reset()
	clear(s.links)
	clear(s.headings)
	clear(s.nodes)
	clear(s.rules)
	clear(s.cards)
	clear(s.used)
	clear(s.slugs)
	clear(s.doubles)
	clear(s.seen)
	clear(s.anchors)
	clear(s.given)
	clear(s.citations)
	s.links, s.headings, s.nodes, s.rules, s.seen = s.links[:0], s.headings[:0], s.nodes[:0], s.rules[:0], s.seen[:0]
	s.cards, s.paragraphs, s.cited, s.cuts = s.cards[:0], s.paragraphs[:0], s.cited[:0], s.cuts[:0]
	s.anchors, s.given, s.citations = s.anchors[:0], s.given[:0], s.citations[:0]
	clear(s.fences)
	clear(s.fenced)
	s.fences, s.fenced, s.openCode, s.examples = s.fences[:0], s.fenced[:0], s.openCode[:0], s.examples[:0]
	s.exampleText = s.exampleText[:0]
	p.scratches.Put(s)
}

// A buffer collects HTML. It has the methods that goldmark asks of a writer,
// so that goldmark puts no writer of its own around it.
//
// It also tells the renderer what was found out about each heading: goldmark's
// own attributes of nodes cost more than the heading itself.
type buffer struct {
	bytes.Buffer
	nodes    []*ast.Heading // to come, in order
	headings []Heading      // of the nodes
	label    []byte         // that of a cell
	lang     *lang.Language // of the page
}

// heading returns what was found out about the heading that comes next, or nil.
func heading(w util.BufWriter, n *ast.Heading) *Heading {
	b, ok := w.(*buffer)
	if !ok || len(b.nodes) == 0 || b.nodes[0] != n {
		return nil
	}
	h := &b.headings[0]
	b.nodes, b.headings = b.nodes[1:], b.headings[1:]
	return h
}

// Buffered returns the number of bytes written.
func (b *buffer) Buffered() int { return b.Len() }

// Flush does nothing.
func (b *buffer) Flush() error { return nil }
