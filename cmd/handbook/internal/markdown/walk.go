package markdown

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/source"
)

// walk goes through the tree once: it checks what the handbook checks and
// replaces the nodes that it renders in its own way.
func (s *state) walk(root ast.Node) {
	w := &walker{state: s, marks: marks(s.in.Body)}
	for range s.in.Terms.terms {
		s.seen = append(s.seen, false)
	}
	w.children(root, place{})
	w.numberClauses()
	w.typedNumbers()
	s.doc.Fills = firstOfEach(s.places)
	s.doc.plain = string(bytes.TrimSpace(w.plain.Bytes()))
	s.doc.size = len(s.doc.plain)
	lead := w.plain.Len() - len(bytes.TrimLeftFunc(w.plain.Bytes(), unicode.IsSpace))
	s.settle(lead)
}

type walker struct {
	*state
	level         int    // of the heading before
	numbered      bool   // the author numbers the headings
	tables, codes int    // how many there were
	marks         []byte // where slips in text are found: see textSlips
	typed         []typed
}

// A place is where in the tree a node stands.
type place struct {
	quiet bool      // in a heading or link: terms are not marked
	link  *linkNode // the link it stands in, which can hold no other
}

func (w *walker) children(n ast.Node, at place) {
	for c := n.FirstChild(); c != nil; {
		if t, ok := c.(*ast.Text); ok {
			w.join(t)
		}
		next := c.NextSibling()
		w.node(c, at)
		c = next
	}
}

// join takes the nodes of text that go on where this one ends into it. goldmark
// parts a text wherever something might have begun, and a term may stand there.
func (w *walker) join(n *ast.Text) {
	for {
		next, ok := n.NextSibling().(*ast.Text)
		if !ok || n.Segment.IsEmpty() || !n.Merge(next, w.src) {
			return
		}
		n.Parent().RemoveChild(n.Parent(), next)
	}
}

func (w *walker) node(n ast.Node, at place) {
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(n)
	case *ast.HTMLBlock:
		w.rawHTML(n, n.Lines().At(0))
	case *ast.RawHTML:
		w.rawHTML(n, n.Segments.At(0))
	case *ast.Link:
		w.link(n, at)
	case *ast.Image:
		w.image(n)
	case *ast.AutoLink:
		w.autoLink(n, at)
	case *extast.FootnoteLink:
		if at.link != nil {
			putBehind(at.link, n)
		}
	case *ast.CodeSpan, *ast.FencedCodeBlock, *ast.CodeBlock:
		if b, ok := n.(*ast.CodeSpan); ok {
			w.text(b)
			return
		}
		w.codes++
		name(n, w.codes)
		w.codeSlips(n)
		from := w.plain.Len()
		for i := range n.Lines().Len() {
			seg := n.Lines().At(i)
			w.plain.Write(seg.Value(w.src))
		}
		w.example(n, from)
		w.plain.WriteByte('\n')
	case *blockNode:
		w.block(n, at)
	case *ast.Text:
		if at.link == nil {
			w.textSlips(n)
		}
		w.plain.Write(readable(n, w.src))
		if n.SoftLineBreak() || n.HardLineBreak() {
			w.plain.WriteByte(' ')
		}
		if !at.quiet {
			w.in.Terms.mark(w.state, n, w.seen)
		}
	case *ast.String:
		w.plain.Write(n.Value)
	case *openNode:
		w.useOpen(n)
		w.plain.WriteString(Blank)
	case *citeNode:
		n.bare = at.link != nil
		from := w.plain.Len()
		w.plain.WriteString(n.label)
		if n.locator != "" {
			w.plain.WriteString(", " + n.locator)
		}
		w.cited = append(w.cited, span{int32(from), int32(w.plain.Len())})
	case *ast.Blockquote:
		if box := w.alert(n); box != nil {
			w.block(box, at)
			return
		}
		w.children(n, at)
		w.plain.WriteByte('\n')
	case *ast.Paragraph, *ast.TextBlock:
		w.lineSlips(n)
		w.boldHeading(n)
		from := w.plain.Len()
		w.children(n, at)
		w.paragraph(n, from)
		w.plain.WriteByte('\n')
	case *extast.Table:
		w.tables++
		name(n, w.tables)
		w.children(n, at)
		w.plain.WriteByte('\n')
	case *extast.TableCell:
		w.children(n, at)
		w.plain.WriteByte(' ')
	default:
		w.children(n, at)
		if n.Type() == ast.TypeBlock {
			w.plain.WriteByte('\n')
		}
	}
}

// name numbers the second and each further region of a kind, so that those who
// go from region to region can tell them apart.
func name(n ast.Node, number int) {
	if number > 1 {
		n.SetAttributeString("number", number)
	}
}

// text adds the words of inline nodes to the plain text.
func (w *walker) text(n ast.Node) {
	w.plain.Write(appendPlainText(w.plain.AvailableBuffer(), n, w.src))
}

// putBehind moves a node out of a link, behind it and what was moved before.
func putBehind(link *linkNode, n ast.Node) {
	var after ast.Node = link
	for after.NextSibling() != nil && after.NextSibling().Kind() == n.Kind() {
		after = after.NextSibling()
	}
	n.Parent().RemoveChild(n.Parent(), n)
	link.Parent().InsertAfter(link.Parent(), after, n)
}

func (w *walker) rawHTML(n ast.Node, at text.Segment) {
	w.errorf(at.Start, "raw-html", "write it in markdown; for a plain < write &lt;", "raw HTML cannot be used: %s", diag.Quote(string(bytes.TrimSpace(at.Value(w.src)))))
	n.Parent().RemoveChild(n.Parent(), n)
}

// isRuleID reports whether s can be the id of a rule: words of lower-case
// letters and digits, at least two, with a hyphen between them.
func isRuleID(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9' && i > 0:
		case c == '-' && i > 0 && i < len(s)-1 && s[i-1] != '-':
		default:
			return false
		}
	}
	return strings.Contains(s, "-")
}

// ruleID returns an id that a rule of the page can have.
func (w *walker) ruleID() string {
	if id := w.in.ID + "-1"; isRuleID(id) {
		return id
	}
	if id := "rule-" + w.in.ID + "-1"; isRuleID(id) {
		return id
	}
	return "rule-1"
}

// ends reports a ::: when block that most likely ends too early: it holds
// nothing, or goes on below one of its headings. Only what stands in it is for
// those whom it names.
func (w *walker) ends(n *blockNode, empty bool) {
	if !n.closed {
		return
	}
	from, to := w.lines.Line(n.offset-w.shift), w.lines.Line(w.fences[w.fenced[n.fenced].end].offset-w.shift)
	if empty {
		w.errorf(n.offset, "empty-when", fmt.Sprintf("move line %d below what the block is to hold", to), "the block ::: when, closed on line %d, holds nothing", to)
		return
	}
	last, _ := n.LastChild().(*ast.Heading)
	level := 0
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.Heading); ok {
			level = h.Level
		}
	}
	next := n.NextSibling()
	switch deeper, ok := next.(*ast.Heading); {
	case next == nil:
	case last != nil && !ok:
		w.errorf(n.offset, "early-end", fmt.Sprintf("move line %d below the text of the heading, if that is for the same readers", to), "the block ::: when of line %d ends on line %d, right after its heading, whose text follows it", from, to)
	case ok && level > 0 && deeper.Level > level:
		w.errorf(n.offset, "early-end", fmt.Sprintf("move line %d below what belongs to the heading, if that is for the same readers", to), "the block ::: when of line %d ends on line %d, and a heading below its last one follows it", from, to)
	}
}

// isContainer reports whether a node is a quote, a list, or an item or definition in one.
func isContainer(n ast.Node) bool {
	switch n.Kind() {
	case ast.KindBlockquote, ast.KindList, ast.KindListItem, extast.KindDefinitionDescription:
		return true
	}
	return false
}

// block checks a ::: block and records a rule.
func (w *walker) block(n *blockNode, at place) {
	if n.name == "" || n.name == gone {
		parent := n.Parent()
		parent.RemoveChild(parent, n)
		for n.name == gone && parent.FirstChild() == nil && isContainer(parent) {
			// All that it said is left out.
			inner := parent
			parent = parent.Parent()
			parent.RemoveChild(parent, inner)
		}
		return
	}
	if n.name != "rule" {
		if n.attr.id != "" {
			id := w.in.ID + "--" + Slug(n.attr.id)
			if first, taken := w.used[id]; taken {
				w.errorf(n.offset, "duplicate-anchor", "choose another id", "the id %s is used here and on line %d", diag.Quote(n.attr.id), first.Line)
				n.attr.id = ""
			} else {
				w.used[id] = w.pos(n.offset)
				w.anchor(n.attr.id, id)
				w.given = append(w.given, anchor{n.attr.id, id})
				n.attr.id = id
			}
		}
		from, places := w.plain.Len(), len(w.places)
		empty := n.FirstChild() == nil
		w.children(n, at)
		w.special(n, from, places)
		if n.name == "when" {
			w.ends(n, empty)
		}
		return
	}
	r := &n.rule
	*r = Rule{ID: n.attr.id, Level: -1, Laws: n.attr.list("laws"), References: n.attr.list("references"), Audience: r.Audience, Pos: w.pos(n.offset)}
	switch {
	case r.ID == "":
		w.errorf(n.offset, "bad-rule", "write ::: rule {#"+w.ruleID()+" level=1}", "a rule has no id")
	case !isRuleID(r.ID):
		w.errorf(n.offset, "bad-rule", "write "+w.ruleID()+": lower-case letters, digits and at least one hyphen", "%s cannot be the id of a rule", diag.Quote(r.ID))
		r.ID = ""
	}
	if first, taken := w.used[r.ID]; taken && r.ID != "" {
		w.errorf(n.offset, "duplicate-anchor", "give each rule its own id", "the id %s is used here and on line %d", diag.Quote(r.ID), first.Line)
		r.ID = ""
	}
	if r.ID != "" {
		w.used[r.ID] = r.Pos
	}
	n.attr.id = r.ID
	if v, given := n.attr.value("level"); given {
		level, err := strconv.Atoi(v)
		if _, known := w.in.Level(level); err != nil || level < 0 || !known {
			w.errorf(n.offset, "unknown-level", "use a level of the ladder in handbook.yaml", "there is no level %s", diag.Quote(v))
		} else {
			r.Level = level
			n.levelName, _ = w.in.Level(level)
		}
	}
	before := w.plain.Len()
	w.children(n, at)
	r.Text = source.OneLine(w.plain.Bytes()[before:])
	if r.Text == "" {
		w.errorf(n.offset, "bad-rule", "write the rule between ::: rule and :::", "a rule says nothing")
	}
	if rests := len(r.Laws) + len(r.References); rests > 0 {
		n.sources = make([]ruleSource, 0, rests)
	}
	for _, ids := range [][]string{r.Laws, r.References} {
		for _, id := range ids {
			if c, ok := w.in.Cite(id); ok {
				n.sources = append(n.sources, ruleSource{c.Label, w.state.link(Link{Kind: LinkCitation, Target: c.Target, Pos: r.Pos})})
			}
		}
	}
	if r.ID != "" {
		w.rules = append(w.rules, n)
	} else {
		n.name = "note" // shown, but it cannot be cited
	}
}
