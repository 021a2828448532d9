package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/diag"
)

// kindBlock is the node of a ::: block.
var kindBlock = ast.NewNodeKind("HandbookBlock")

// A blockNode is a ::: block: a rule, a note, steps ...
type blockNode struct {
	ast.BaseBlock
	name   string
	attr   attributes
	offset int
	end    int // of its last line; 0 while it is not closed
	closed bool

	rule      Rule // of a rule block
	levelName string
	sources   []ruleSource
	needs     []string // of a card: what its open places ask for
	from, to  int      // the range of its content in the page's HTML
}

func (n *blockNode) Kind() ast.NodeKind { return kindBlock }
func (n *blockNode) Dump(source []byte, level int) {
	ast.DumpHelper(n, source, level, map[string]string{"name": n.name}, nil)
}

// blockKeys lists the keys that each block knows.
func blockKeys(name string) ([]string, bool) {
	switch name {
	case "rule":
		return []string{"level", "laws", "references", "audience"}, true
	case "steps":
		return []string{"title", "card"}, true
	case "note", "warning", "example", "fill":
		return []string{"title"}, true
	case "sign", "when":
		return nil, true // the keys of when are those of the profile, and audience
	}
	return nil, false
}

// blockNames lists the blocks there are.
func blockNames() []string {
	return []string{"rule", "note", "warning", "example", "steps", "fill", "sign", "when"}
}

// maxBlocks is how deep ::: blocks may nest: goldmark asks each open one about
// each line.
const maxBlocks = 16

// stateKey finds the state of the page being parsed in goldmark's context.
var stateKey = parser.NewContextKey()

// A blockParser reads ::: blocks, Pandoc's fenced divs with one name each. A
// line of three or more colons alone closes the innermost open block.
type blockParser struct{}

func (blockParser) Trigger() []byte { return []byte{':'} }

func (blockParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	s := pc.Get(stateKey).(*state)
	i := pc.BlockOffset()
	if i < 0 || !bytes.HasPrefix(line[i:], []byte(":::")) {
		return nil, parser.NoChildren
	}
	offset := segment.Start + i
	head := strings.TrimSpace(strings.TrimLeft(string(line[i:]), ":"))
	if head == "" {
		s.errorf(offset, "unclosed-block", "delete the line, or name the block that it opens", "::: closes a block here, but none is open")
		reader.Advance(len(bytes.TrimSuffix(line, []byte("\n"))))
		n := s.blocks.take()
		n.offset, n.closed = offset, true
		return n, parser.NoChildren
	}
	if len(s.open) >= maxBlocks {
		s.errorf(offset, "too-deep", "close the blocks before this one with :::", "blocks nest deeper than the limit of %d", maxBlocks)
		return nil, parser.NoChildren
	}
	n := s.blocks.take()
	n.offset = offset
	name, rest, braces := strings.Cut(head, "{")
	n.name = strings.TrimSpace(name)
	keys, known := blockKeys(n.name)
	switch {
	case !known:
		s.errorf(offset, "unknown-block", unknownBlockHint(head),
			"unknown block %s", diag.Quote(n.name))
	case braces && !strings.HasSuffix(rest, "}"):
		s.errorf(offset, "bad-attributes", "close the brace at the end of the line", "the attributes of the block are not closed")
	case braces:
		var wrong string
		if n.attr, wrong = s.straightAttributes(strings.TrimSuffix(rest, "}"), head, offset); wrong != "" {
			s.errorf(offset, "bad-attributes", `write them as {#id key=value}`, "attributes: %s", diag.Clean(wrong))
		}
		for _, k := range n.attr.keys {
			if n.name != "when" && !slices.Contains(keys, k) {
				s.errorf(offset, "bad-attributes", diag.DidYouMean(k, keys, knownKeys(keys)), "a %s block has no key %s", n.name, diag.Quote(k))
			}
		}
	}
	if n.name == "rule" {
		for _, open := range s.open {
			if open.name == "rule" {
				s.errorf(offset, "bad-rule", "close the first rule with ::: before this one", "a rule stands inside another rule")
			}
		}
	}
	switch n.name {
	case "when":
		s.condition(n)
	case "rule":
		n.rule.Audience = s.list(n.attr, "audience")
		if readers := n.rule.Audience; len(readers) > 0 && !s.in.Admits(readers) {
			s.hidden = append(s.hidden, hiddenBlock{LeftOut: LeftOut{Pos: s.pos(offset)}, edition: true, node: n})
		}
	}
	s.open = append(s.open, n)
	reader.Advance(len(bytes.TrimSuffix(line, []byte("\n"))))
	return n, parser.HasChildren
}

func (blockParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	n := node.(*blockNode)
	s := pc.Get(stateKey).(*state)
	if len(s.open) == 0 || s.open[len(s.open)-1] != n {
		if n.closed {
			return parser.Close
		}
		return parser.Continue | parser.HasChildren
	}
	line, segment := reader.PeekLine()
	if indent, _ := util.IndentWidth(line, reader.LineOffset()); indent < 4 && onlyColons(line) && !inCode(pc) {
		n.closed, n.end = true, segment.Stop
		reader.Advance(len(bytes.TrimSuffix(line, []byte("\n"))))
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

// knownKeys is the hint that lists the keys of a block.
func knownKeys(keys []string) string {
	if len(keys) == 0 {
		return "delete it"
	}
	return "known keys: " + strings.Join(keys, ", ")
}

// onlyColons tells whether a line closes a block.
func onlyColons(line []byte) bool {
	line = bytes.TrimSpace(line)
	return len(line) >= 3 && line[0] == ':' && len(bytes.Trim(line, ":")) == 0
}

// inCode tells whether the innermost open block is fenced code, in which :::
// is text.
func inCode(pc parser.Context) bool {
	open := pc.OpenedBlocks()
	return len(open) > 0 && open[len(open)-1].Node.Kind() == ast.KindFencedCodeBlock
}

func (blockParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	n := node.(*blockNode)
	s := pc.Get(stateKey).(*state)
	if i := slices.Index(s.open, n); i >= 0 {
		s.open = s.open[:i]
	}
	if !n.closed {
		s.errorf(n.offset, "unclosed-block", "put a line ::: after it", "the block %s is not closed", fmt.Sprintf("::: %s", diag.Clean(n.name)))
	}
}

func (blockParser) CanInterruptParagraph() bool { return true }

func (blockParser) CanAcceptIndentedLine() bool { return false }

// A ruleSource is a law or reference that a rule rests on.
type ruleSource struct {
	label string
	link  int
}
