package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"handbook/cmd/handbook/internal/diag"
)

var (
	kindCite  = ast.NewNodeKind("HandbookCitation")
	kindLink  = ast.NewNodeKind("HandbookLink")
	kindImage = ast.NewNodeKind("HandbookImage")
	kindTerm  = ast.NewNodeKind("HandbookTerm")
)

// A citeNode is [@id, locator]. link is the index of its link, or -1 if there
// is nothing to lead to.
type citeNode struct {
	ast.BaseInline
	label, locator string
	link           int
	bare           bool // in a link, which can hold no other: the label alone
}

func (n *citeNode) Kind() ast.NodeKind            { return kindCite }
func (n *citeNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A linkNode replaces goldmark's links. href is set for a link out of the
// site, link is the index of one within it.
type linkNode struct {
	ast.BaseInline
	href, title string
	link        int
}

func (n *linkNode) Kind() ast.NodeKind            { return kindLink }
func (n *linkNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// An imageNode replaces goldmark's images.
type imageNode struct {
	ast.BaseInline
	alt, title string
	size       size
	link       int
}

func (n *imageNode) Kind() ast.NodeKind            { return kindImage }
func (n *imageNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A termNode is the first use of a term.
type termNode struct {
	ast.BaseInline
	text       string
	definition string // escaped
	link       int
}

func (n *termNode) Kind() ast.NodeKind            { return kindTerm }
func (n *termNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A citeParser reads [@id, locator], Pandoc's form of a citation.
type citeParser struct{}

func (citeParser) Trigger() []byte { return []byte{'['} }

func (citeParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if len(line) < 3 || line[1] != '@' {
		return nil
	}
	s := pc.Get(stateKey).(*state)
	written, closed := bracket(block)
	id, locator, ok := citation(written)
	switch {
	case !closed && isAlphanumeric(line[2]):
		s.errorf(segment.Start, "unknown-reference", "close it with ], on this line or the next", "a citation is not closed: %s", diag.Quote(written))
		return nil
	case !closed:
		return nil
	case !ok:
		s.errorf(segment.Start, "unknown-reference", "write [@id] or [@id, locator]", "%s is not a citation", diag.Quote("[@"+written+"]"))
		return nil
	}
	n := &citeNode{locator: locator, label: id, link: -1}
	if c, ok := s.in.Cite(id); ok {
		n.label = c.Label
		n.link = s.link(Link{Kind: LinkCitation, Target: c.Target, Pos: s.pos(segment.Start)})
		s.citations = append(s.citations, Citation{ID: id, Locator: n.locator, Pos: s.pos(segment.Start)})
	} else {
		s.errorf(segment.Start, "unknown-reference", s.near("unknown-reference", id, s.in.CiteIDs, "add it to registers/laws.yaml or registers/references.yaml"),
			"%s is neither in registers/laws.yaml nor in registers/references.yaml", diag.Quote(id))
	}
	return n
}

// maxCitation is the longest citation in bytes.
const maxCitation = 500

// bracket reads on from [@ to the ], which may stand in the next line. It
// gives what stands between them, or what follows if there is none.
func bracket(block text.Reader) (string, bool) {
	line, _ := block.PeekLine()
	first := line[2:min(len(line), maxCitation)]
	if end := bytes.IndexByte(first, ']'); end >= 0 {
		block.Advance(2 + end + 1)
		return string(first[:end]), true
	}
	if len(line) <= maxCitation {
		block.AdvanceLine()
		next, _ := block.PeekLine()
		next = next[:min(len(next), maxCitation)]
		if end := bytes.IndexByte(next, ']'); end >= 0 {
			block.Advance(end + 1)
			return string(bytes.TrimSpace(first)) + " " + string(next[:end]), true
		}
	}
	return string(bytes.TrimSpace(first)), false
}

// citation reads what stands between [@ and ]: an id and perhaps a locator.
func citation(s string) (id, locator string, ok bool) {
	id, locator, comma := strings.Cut(s, ",")
	id, locator = strings.TrimRightFunc(id, unicode.IsSpace), strings.TrimSpace(locator)
	for i := range len(id) {
		c := id[i]
		if !isAlphanumeric(c) && (i == 0 || c != '-' && c != '.' && c != '_') {
			return "", "", false
		}
	}
	return id, locator, id != "" && (locator != "" || !comma) && !strings.Contains(locator, "[")
}

// A valueParser reads {{agency.name}}, a value of handbook.yaml.
type valueParser struct{}

func (valueParser) Trigger() []byte { return []byte{'{'} }

func (valueParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	name, length := valueName(line)
	if length == 0 {
		return nil
	}
	s := pc.Get(stateKey).(*state)
	block.Advance(length)
	if id, prompt, open := s.openValue(name); open {
		return &openNode{value: id, prompt: prompt, offset: segment.Start}
	}
	v, ok := s.value(name, segment.Start)
	if !ok {
		v = string(line[:length])
	}
	n := ast.NewString([]byte(v))
	n.SetRaw(true) // escaped for HTML, but no backslash or entity in it means anything
	return n
}

// valueName reads {{name}} at the start of a line: the name, and how long all of
// it is, or 0. It is what valueAnywhere finds there.
func valueName(line []byte) (string, int) {
	inside, ok := bytes.CutPrefix(line, []byte("{{"))
	end := bytes.Index(inside, []byte("}}"))
	if !ok || end < 0 {
		return "", 0
	}
	name := bytes.Trim(inside[:end], " \t\n\f\r")
	for i, c := range name {
		if letter := c|0x20 >= 'a' && c|0x20 <= 'z'; !letter && (i == 0 || !isAlphanumeric(c) && c != '_' && c != '.' && c != '-') {
			return "", 0
		}
	}
	if len(name) == 0 {
		return "", 0
	}
	return string(name), end + 4
}

// ValueIn returns the first {{value}} that is written in a text, or "".
func ValueIn(text string) string {
	if !strings.Contains(text, "{{") {
		return ""
	}
	return valueAnywhere.FindString(text)
}

var valueAnywhere = regexp.MustCompile(`\{\{\s*([A-Za-z][\w.-]*)\s*\}\}`)

// openValue reports whether a value is open, and not one that these readers may not
// see at all.
func (s *state) openValue(name string) (id, prompt string, open bool) {
	if id, prompt, open = s.in.Open(name); open && s.in.Private(name) {
		return "", "", false
	}
	return id, prompt, open
}

// value looks a value up; an unknown one is a problem.
func (s *state) value(name string, offset int) (string, bool) {
	if s.in.Private(name) {
		s.doc.Private = append(s.doc.Private, PrivateValue{name, s.pos(offset)})
		return "", true
	}
	v, ok := s.in.Value(name)
	switch {
	case ok:
	case slices.Contains(s.in.ValueNames(), name):
		s.errorf(offset, "unknown-value", "give the page an owner: in its front matter", "there is no value %s on this page", diag.Quote(name))
	default:
		s.errorf(offset, "unknown-value", s.near("unknown-value", name, s.in.ValueNames, "add it under agency in handbook.yaml"), "there is no value %s", diag.Quote(name))
	}
	return v, ok
}
