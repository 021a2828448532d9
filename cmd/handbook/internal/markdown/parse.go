// Package markdown turns a page's text into HTML. It holds the one goldmark
// set-up of the program: CommonMark with GitHub's tables, task lists,
// strikethrough, alerts and bare addresses, footnotes, definition lists, Pandoc's
// H~2~O and m^2^, and what a handbook adds:
//
//   - [@us-hipaa-privacy, 164.530(e)] cites a law or a reference;
//   - ::: rule {#texting-1 level=2 laws=us-tcpa} ... ::: is one rule, and note,
//     warning, example, steps, fill, sign and when are blocks of the same form;
//     the last line may name the block: ::: /rule;
//   - {{agency.name}} is a value of handbook.yaml, or a place to fill in where
//     handbook.yaml says that it is open;
//   - ## Heading {#id} names a heading;
//   - ![text](file.svg){width=50%} is an image of half the text's width;
//   - the first use of a term is marked with its definition.
//
// # A page's way
//
// [Split] cuts off the front matter. [Parser.Parse] checks the limits, lets
// goldmark build its tree, walks it once to check and replace what the
// handbook treats in its own way, renders it and drops the tree. What remains
// is a [Doc]: HTML in pieces with open links ([Fragment]), headings, rules,
// citations, plain text. Links to other pages are only known when every page
// is loaded, so the book resolves them afterwards.
//
// # Nothing is dropped silently
//
// Raw HTML, unsafe addresses, unknown blocks and attributes are problems with
// their place. An address may be relative, # or one of http, https, mailto and
// tel: a list of what is allowed, because lists of what is forbidden are never
// complete.
//
// # Slips
//
// What is shown as it was typed, though its author meant something by it, is
// told with what to write: ##Why, [card] (x.md), {agency.phone}. It is looked
// for where text is shown, never in code, and every rule of them can be switched
// off. What a link that is shown as text should lead to only the book knows
// ([Doc.Meant]).
//
// # goldmark-meta
//
// goldmark-meta carries the front matter's params through goldmark. It cuts
// YAML at any line of dashes, swallows the body of unclosed front matter and
// writes broken YAML into the page, so it never sees what an author wrote:
// the page it gets opens with a block of one line that this package writes
// from values that were read strictly before.
//
// # Ids
//
// The id of a heading is its page's id, two hyphens and the heading in lower
// case with hyphens for what is neither letter nor digit: texting--when-you-may.
// It is unique in the whole handbook, so all pages can be printed as one, and
// no property of the DOM has a hyphen in its name, so none can be shadowed. It
// depends on the heading alone: adding another heading changes no id, except
// that of a second heading with the very same words, which check warns of.
package markdown

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/yuin/goldmark"
	meta "github.com/yuin/goldmark-meta"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"
)

// A Cite is what a citation shows and where it leads.
type Cite struct {
	Label  string
	Target Target
}

// A Setting is what the pages of one handbook share. All its functions must be
// safe for use by several goroutines; a nil one knows nothing.
type Setting struct {
	Cite       func(id string) (Cite, bool)
	CiteIDs    func() []string
	Value      func(name string) (string, bool)
	ValueNames func() []string

	// Open reports whether a value is not known yet: how handbook.yaml names it,
	// and what belongs there.
	Open func(name string) (id, prompt string, open bool)

	Private  func(name string) bool          // whether a value is not for the readers of this edition: see [Doc.Private]
	Level    func(n int) (string, bool)      // the name of a level of the consequence ladder
	When     func(key, value string) Verdict // whether a condition of a ::: when block holds
	Admits   func(audience []string) bool    // whether a rule for these readers is part of this edition
	Language *lang.Language                  // of the words that are not the authors'; nil for English
	Edition  bool                            // the pages are those of an edition: what may be a block for others is looked for with more care
	Terms    *Terms
}

// An Input is one page.
type Input struct {
	Setting
	File   string         // for messages
	ID     string         // the page's id, which begins the ids of its elements
	Title  string         // the title in the front matter, or ""
	Body   []byte         // as source.Clean and Split give it
	Line   int            // the line of the file that Body begins on
	Params map[string]any // of the front matter; texts, lists and maps of them

	// Cut names links, as they are written, of which only the words are shown.
	Cut map[string]bool
}

// A Parser is the goldmark set-up. It is safe for use by several goroutines.
type Parser struct {
	md        goldmark.Markdown
	scratches sync.Pool

	once    sync.Once
	english *lang.Language // of pages that do not say which is theirs
}

// New sets goldmark up.
func New() *Parser {
	return &Parser{md: setUp(util.Prioritized(newPlainParser(), 10), util.Prioritized(extension.NewLinkifyParser(), 999))}
}

func setUp(more ...util.PrioritizedValue) goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(blockParsers()...),
			parser.WithInlineParsers(parser.DefaultInlineParsers()...),
			parser.WithParagraphTransformers(util.Prioritized(references{}, 100)),
		)),
		goldmark.WithExtensions(
			meta.New(),
			extension.Table,
			extension.TaskList,
			extension.DefinitionList,
			extension.NewFootnote(extension.WithFootnoteIDPrefixFunction(func(n ast.Node) []byte {
				prefix, _ := n.OwnerDocument().Meta()["footnotes"].(string)
				return []byte(prefix)
			})),
		),
		goldmark.WithParserOptions(
			parser.WithBlockParsers(util.Prioritized(blockParser{}, 50)),
			parser.WithInlineParsers(
				util.Prioritized(citeParser{}, 50),
				util.Prioritized(valueParser{}, 50),
				util.Prioritized(newTildeParser(), 500),
			),
			parser.WithInlineParsers(more...),
		),
		goldmark.WithRendererOptions(
			html.WithXHTML(),
			renderer.WithNodeRenderers(util.Prioritized(&nodes{html.DefaultWriter}, 50), util.Prioritized(extension.NewStrikethroughHTMLRenderer(), 500)),
		),
	)
}

// blockParsers returns goldmark's parsers of blocks, of which that of code tells
// when its end is missing.
func blockParsers() []util.PrioritizedValue {
	all := parser.DefaultBlockParsers()
	for i, p := range all {
		if p.Value == parser.NewFencedCodeBlockParser() {
			all[i].Value = codeParser{parser.NewFencedCodeBlockParser()}
		}
	}
	return all
}

// A codeParser is goldmark's parser of code between lines of back-ticks or
// tildes. Code whose last line is missing runs to the end of the page, and takes
// the blocks there for code.
type codeParser struct{ parser.BlockParser }

func (c codeParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	then := c.BlockParser.Continue(node, reader, pc)
	if then == parser.Close {
		pc.Get(stateKey).(*state).closedCode = node
	}
	return then
}

func (c codeParser) Close(node ast.Node, reader text.Reader, pc parser.Context) {
	if s := pc.Get(stateKey).(*state); s.closedCode != node {
		s.openCode = append(s.openCode, node.Pos())
	}
	c.BlockParser.Close(node, reader, pc)
}

// mayHoldAddress reports whether a bare address can stand in a text: a URL,
// www. or an e-mail address.
func mayHoldAddress(b []byte) bool {
	if bytes.Contains(b, []byte("://")) || bytes.Contains(b, []byte("www.")) {
		return true
	}
	for {
		i := bytes.IndexByte(b, '@')
		if i < 0 {
			return false
		}
		// [@ begins a citation, and no name of a mailbox ends so.
		if i > 0 && b[i-1] != '[' && b[i-1] > ' ' {
			return true
		}
		b = b[i+1:]
	}
}

// mayHoldAddress is asked about a line again and again, and looks at it once.
func (s *state) mayHoldAddress(line []byte, at text.Segment) bool {
	if at.Start < s.asked.Start || at.Stop > s.asked.Stop {
		s.asked, s.address = at, mayHoldAddress(line)
	}
	return s.address
}

// A references finds the definitions of links at the start of a paragraph, as
// goldmark does, which makes a reader of its own for each paragraph first.
// Nearly all begin with a letter, and only a [ can begin a definition.
type references struct{}

func (references) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if n.Lines().Len() > 0 {
		if c := reader.Source()[n.Lines().At(0).Start]; c > ' ' && c != '[' {
			return
		}
	}
	parser.LinkReferenceParagraphTransformer.Transform(n, reader, pc)
}

// A state is what the parts of the parser know of the page being parsed.
type state struct {
	*scratch
	in       *Input
	doc      *Doc
	src      []byte // what goldmark parses: a block for goldmark-meta, if need be, and the body
	shift    int    // length of that block
	open     []*blockNode
	hidden   []hiddenBlock
	places   []Fill       // to be filled in, each use of an open value among them
	asked    text.Segment // the line that was looked through for an address last
	address  bool         // one may stand in it
	problems diag.List

	closedCode ast.Node // the code that was closed last
}

func (s *state) pos(offset int) diag.Pos { return s.lines.Pos(offset - s.shift) }

func (s *state) errorf(offset int, rule, hint, format string, args ...any) {
	s.problems.Errorf(s.pos(offset), rule, hint, format, args...)
}

// near returns the hint that names the nearest candidate. A page with very many
// unknown names is told it for the first of them only.
func (s *state) near(rule, word string, candidates func() []string, otherwise string) string {
	if s.problems.Full(rule) {
		return otherwise
	}
	return diag.DidYouMean(word, candidates(), otherwise)
}

// link adds an internal link and gives its index.
func (s *state) link(l Link) int {
	s.links = append(s.links, l)
	return len(s.links) - 1
}

// Parse turns a page into a Doc. The Doc is never nil; what could not be
// rendered is left out of it and told. What the profile or the edition leaves out is parsed
// all the same, so that its errors are told.
func (p *Parser) Parse(in Input) (*Doc, []diag.Problem) {
	fill(&in.Setting)
	if in.Language == nil {
		p.once.Do(func() { p.english = lang.English() })
		in.Language = p.english
	}
	doc, problems, hidden := p.parse(in, true)
	if len(hidden) > 0 {
		doc, problems = p.without(in, hidden, doc, problems)
	}
	return doc, problems
}

// parse turns a page into a Doc with all its blocks, and gives those that are
// to be left out. With mend it says what may be wrong where the lines of blocks
// do not match.
func (p *Parser) parse(in Input, mend bool) (doc *Doc, problems []diag.Problem, hidden []hiddenBlock) {
	doc = &Doc{}
	if ps := limits(in.File, in.Body, in.Line); len(ps) > 0 {
		return doc, ps, nil
	}
	s := &state{scratch: p.take(), in: &in, doc: doc, src: in.Body}
	s.lines.Reset(in.File, in.Body, in.Line)
	s.html.lang = in.Language
	if block := metaBlock(in.Params, in.Body); block != nil {
		s.src, s.shift = append(block, in.Body...), len(block)
	}
	defer func() {
		// goldmark panics on some inputs; one page must not end the run.
		if r := recover(); r != nil {
			doc = &Doc{}
			problems = append(s.problems.Problems, diag.Errorf(diag.Pos{File: in.File}, "markdown", "look for unusual markup, and tell the developers",
				"the markdown of this page cannot be parsed: %s", diag.Clean(fmt.Sprint(r))))
		}
	}()
	pc := parser.NewContext()
	pc.Set(stateKey, s)
	root := p.md.Parser().Parse(text.NewReader(s.src), parser.WithContext(pc))
	params, err := meta.TryGet(pc)
	if err != nil {
		s.problems.Errorf(diag.Pos{File: in.File}, "yaml", "write params as plain texts, lists and maps",
			"params cannot be read: %s", diag.Clean(err.Error()))
	}
	doc.Params = params
	if d, ok := root.(*ast.Document); ok {
		d.AddMeta("footnotes", in.ID+"--")
	}
	s.walk(root)
	if mend && !s.matched() {
		s.mend(p)
	}
	s.leftovers()
	if err := s.render(p.md.Renderer(), root); err != nil {
		s.rules, doc.Cards = nil, nil // they have no HTML
		s.problems.Errorf(diag.Pos{File: in.File}, "markdown", "look for unusual markup, and tell the developers",
			"the markdown of this page cannot be rendered: %s", diag.Clean(err.Error()))
	}
	s.keep()
	p.give(s.scratch)
	return doc, s.problems.Problems, s.hidden
}

// fill sets the functions that a Setting leaves out.
func fill(s *Setting) {
	if s.Cite == nil {
		s.Cite = func(string) (Cite, bool) { return Cite{}, false }
	}
	if s.CiteIDs == nil {
		s.CiteIDs = func() []string { return nil }
	}
	if s.Value == nil {
		s.Value = func(string) (string, bool) { return "", false }
	}
	if s.Open == nil {
		s.Open = func(string) (string, string, bool) { return "", "", false }
	}
	if s.ValueNames == nil {
		s.ValueNames = func() []string { return nil }
	}
	if s.Private == nil {
		s.Private = func(string) bool { return false }
	}
	if s.Level == nil {
		s.Level = func(int) (string, bool) { return "", true }
	}
	if s.When == nil {
		s.When = func(string, string) Verdict { return Verdict{} }
	}
	if s.Admits == nil {
		s.Admits = func([]string) bool { return true }
	}
	if s.Terms == nil {
		s.Terms = NewTerms(nil)
	}
}

// render fills the Doc with HTML.
func (s *state) render(r renderer.Renderer, root ast.Node) error {
	s.html.nodes, s.html.headings = s.nodes, s.headings
	if err := r.Render(&s.html, s.src, root); err != nil {
		return err
	}
	s.doc.page = bytes.Clone(s.html.Bytes())
	for i, n := range s.cards {
		s.doc.Cards[i].html = span{int32(n.from), int32(n.to)}
	}
	return nil
}
