package markdown

import (
	"bytes"
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
	fenced int // its place among the page's blocks; see fences.go

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

// gone is the name of the mark in the place of a block that is left out.
const gone = "\x00"

// maxBlocks is how deep ::: blocks may nest: goldmark asks each open one about
// each line.
const maxBlocks = 16

// stateKey finds the state of the page being parsed in goldmark's context.
var stateKey = parser.NewContextKey()

// A blockParser reads ::: blocks, Pandoc's fenced divs with one name each. A
// line of three or more colons alone closes the innermost open block; one that
// names a block, ::: /when, closes the innermost block of that name.
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
	if bytes.HasPrefix(line[i:], []byte(":::\x00")) {
		reader.Advance(len(bytes.TrimSuffix(line, []byte("\n"))))
		s.fences = append(s.fences, fence{offset: offset, block: -2})
		return &blockNode{name: gone, closed: true}, parser.NoChildren
	}
	if name, closes := closing(line[i:]); closes {
		s.fences = append(s.fences, fence{offset: offset, block: -1, closes: true, name: name})
		reader.Advance(len(bytes.TrimSuffix(line, []byte("\n"))))
		return &blockNode{offset: offset, closed: true}, parser.NoChildren
	}
	head := strings.TrimSpace(strings.TrimLeft(string(line[i:]), ":"))
	if len(s.open) >= maxBlocks {
		s.errorf(offset, "too-deep", "close the blocks before this one with :::", "blocks nest deeper than the limit of %d", maxBlocks)
		return nil, parser.NoChildren
	}
	name, rest, braces := strings.Cut(head, "{")
	n := &blockNode{offset: offset, name: strings.TrimSpace(name)}
	keys, known := blockKeys(n.name)
	before := s.problems.Count()
	switch {
	case !known:
		s.errorf(offset, "unknown-block", unknownHint(n.name, head), "unknown block %s", diag.Quote(n.name))
	case braces && !strings.HasSuffix(rest, "}"):
		s.errorf(offset, "bad-attributes", "close the brace at the end of the line", "the attributes of the block are not closed")
	case braces:
		var wrong string
		if n.attr, wrong = s.straightAttributes(strings.TrimSuffix(rest, "}"), head, offset); wrong != "" {
			s.errorf(offset, "bad-attributes", `write them as {#id key=value}`, "attributes: %s", diag.Clean(wrong))
		}
		for _, k := range n.attr.keys {
			if n.name != "when" && !slices.Contains(keys, k) {
				s.errorf(offset, "bad-attributes", keyHint(k, keys), "a %s block has no key %s", n.name, diag.Quote(k))
			}
		}
	}
	if n.name == "rule" {
		for up := parent; up != nil; up = up.Parent() {
			if open, ok := up.(*blockNode); ok && open.name == "rule" {
				s.errorf(offset, "bad-rule", "close the first rule with ::: before this one; each rule says for itself in audience= whom it is for", "a rule is inside another rule")
			}
		}
	}
	hidden := len(s.hidden)
	switch n.name {
	case "when":
		s.condition(n)
	case "rule":
		n.rule.Audience = n.attr.list("audience")
		if _, given := n.attr.value("audience"); given && len(n.rule.Audience) == 0 {
			s.errorf(offset, "bad-attributes", "write whom the rule is for: audience=staff", "the audience of a rule names nobody")
		} else if given && !s.in.Admits(n.rule.Audience) {
			s.hidden = append(s.hidden, hiddenBlock{LeftOut: LeftOut{Pos: s.pos(offset)}, edition: true, node: n})
		}
	}
	if s.in.Edition && s.problems.Count() > before && len(s.hidden) == hidden {
		// Nobody knows whom it is for.
		s.hidden = append(s.hidden, hiddenBlock{LeftOut: LeftOut{Pos: s.pos(offset)}, edition: true, node: n})
	}
	s.opens(n, parent, head)
	reader.Advance(len(bytes.TrimSuffix(line, []byte("\n"))))
	return n, parser.HasChildren
}

func (blockParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	n := node.(*blockNode)
	if n.closed {
		return parser.Close
	}
	line, segment := reader.PeekLine()
	indent, i := util.IndentWidth(line, reader.LineOffset())
	if i >= len(line) || line[i] != ':' || indent > 3 || inCode(pc) {
		return parser.Continue | parser.HasChildren
	}
	name, closes := closing(line[i:])
	s := pc.Get(stateKey).(*state)
	if !closes || !s.closes(n, name) {
		return parser.Continue | parser.HasChildren
	}
	n.closed, n.end = true, segment.Stop
	s.fenced[n.fenced].end = len(s.fences)
	s.fences = append(s.fences, fence{offset: segment.Start + i, block: n.fenced, closes: true, name: name})
	reader.Advance(len(bytes.TrimSuffix(line, []byte("\n"))))
	return parser.Close
}

// closing reads a line that begins with colons: whether it closes a block, and
// the name of the block that it gives, which may be "".
func closing(line []byte) (name string, closes bool) {
	rest := bytes.TrimLeft(line, ":")
	if len(line)-len(rest) < 3 {
		return "", false
	}
	if rest = bytes.TrimSpace(rest); len(rest) == 0 {
		return "", true
	}
	if rest[0] != '/' {
		return "", false
	}
	return string(bytes.TrimSpace(rest[1:])), true
}

// closes reports whether a closing line that gives a name, or none, closes n: it
// closes the innermost open block, or the innermost of the name.
func (s *state) closes(n *blockNode, name string) bool {
	for i := len(s.open) - 1; i >= 0; i-- {
		if name == "" || s.open[i].name == name {
			return s.open[i] == n
		}
	}
	return false
}

// unknownHint says what a block of an unknown name may have been meant for. What
// it says of readers must not get lost.
func unknownHint(name, head string) string {
	first, rest, more := strings.Cut(name, " ")
	if first == "when" && more || first == "rule" && strings.Contains(rest, "=") {
		return "write what stands behind the name in braces: ::: " + first + " {" + strings.TrimSpace(diag.Clean(rest)) + "}"
	}
	switch strings.ToLower(name) {
	case "end", "close", "stop":
		return "to close a block write ::: alone, or with its name: ::: /when"
	}
	if near := diag.Nearest(name, blockNames()); strings.Contains(head, "audience") && near != "when" && near != "rule" {
		return keyHint("audience", nil)
	}
	return unknownBlockHint(head)
}

// keyHint says what to do about a key that a block does not have.
func keyHint(key string, keys []string) string {
	if key == "audience" || diag.Nearest(key, []string{"audience"}) != "" && diag.Nearest(key, keys) == "" {
		return "put the block between ::: when {audience=staff} and ::: /when, so that only those whom you name there read it"
	}
	return diag.DidYouMean(key, keys, knownKeys(keys))
}

// knownKeys is the hint that lists the keys of a block.
func knownKeys(keys []string) string {
	if len(keys) == 0 {
		return "delete it"
	}
	return "known keys: " + strings.Join(keys, ", ")
}

// inCode reports whether the innermost open block is fenced code, in which :::
// is text.
func inCode(pc parser.Context) bool {
	open := pc.OpenedBlocks()
	return len(open) > 0 && open[len(open)-1].Node.Kind() == ast.KindFencedCodeBlock
}

func (blockParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	n := node.(*blockNode)
	s := pc.Get(stateKey).(*state)
	// Of the blocks in it none is open any more. One behind it in the list is new:
	// goldmark opens what a line begins before it closes what the line ends.
	if i := slices.Index(s.open, n); i >= 0 {
		s.open = slices.Delete(s.open, i, i+1)
	}
	if !n.closed {
		s.fenced[n.fenced].cut = len(s.fences) - 1
	}
}

func (blockParser) CanInterruptParagraph() bool { return true }

func (blockParser) CanAcceptIndentedLine() bool { return false }

// A ruleSource is a law or reference that a rule rests on.
type ruleSource struct {
	label string
	link  int
}
