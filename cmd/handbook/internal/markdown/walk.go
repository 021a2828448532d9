package markdown

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"handbook/cmd/handbook/internal/diag"
)

// walk goes through the tree once: it checks what the handbook checks and
// replaces the nodes that it renders in its own way.
func (s *state) walk(root ast.Node) {
	w := &walker{state: s, seen: map[*Term]bool{}, slugs: map[string]int{}}
	w.children(root, place{})
	w.numberClauses()
	s.doc.plain = strings.TrimSpace(w.plain.String())
	s.doc.words = len(strings.Fields(s.doc.plain))
}

type walker struct {
	*state
	seen     map[*Term]bool
	slugs    map[string]int // how often GitHub would have seen a heading
	nodes    []*ast.Heading // those of doc.headings
	plain    strings.Builder
	level    int // of the heading before
	body     bool
	numbered bool // the author numbers the headings
}

// A place is where in the tree a node stands.
type place struct {
	quiet bool // in a heading, link or code: terms are not marked
	depth int
}

func (w *walker) children(n ast.Node, at place) {
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		w.node(c, at)
		c = next
	}
}

func (w *walker) node(n ast.Node, at place) {
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(n)
	case *ast.HTMLBlock:
		w.rawHTML(n, n.Lines().At(0).Start)
	case *ast.RawHTML:
		w.rawHTML(n, n.Segments.At(0).Start)
	case *ast.Link:
		w.link(n, at)
	case *ast.Image:
		w.image(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.CodeSpan, *ast.FencedCodeBlock, *ast.CodeBlock:
		w.body = true
		if b, ok := n.(*ast.CodeSpan); ok {
			w.text(b)
			return
		}
		for i := range n.Lines().Len() {
			seg := n.Lines().At(i)
			w.plain.Write(seg.Value(w.src))
		}
		w.plain.WriteByte('\n')
	case *blockNode:
		w.block(n, at)
	case *ast.Text:
		w.plain.Write(n.Segment.Value(w.src))
		if n.SoftLineBreak() || n.HardLineBreak() {
			w.plain.WriteByte(' ')
		}
		if !at.quiet {
			w.in.Terms.mark(w.state, n, w.seen)
		}
	case *ast.String:
		w.plain.Write(n.Value)
	case *citeNode:
		w.plain.WriteString(n.label)
		if n.locator != "" {
			w.plain.WriteString(", " + n.locator)
		}
	case *extast.TableCell:
		w.children(n, at)
		w.plain.WriteByte(' ')
	default:
		if n.Type() != ast.TypeInline && n.Kind() != ast.KindDocument {
			w.body = true
		}
		w.children(n, at)
		if n.Type() == ast.TypeBlock {
			w.plain.WriteByte('\n')
		}
	}
}

// text adds the words of inline nodes to the plain text.
func (w *walker) text(n ast.Node) { w.plain.WriteString(plainText(n, w.src)) }

// plainText gives the words of a node's inline children.
func plainText(n ast.Node, src []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(c.Segment.Value(src))
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

func (w *walker) rawHTML(n ast.Node, offset int) {
	tag := w.src[offset:min(len(w.src), offset+40)]
	if i := bytes.IndexByte(tag, '\n'); i >= 0 {
		tag = tag[:i]
	}
	w.errorf(offset, "raw-html", "write it in markdown; for a plain < write &lt;", "raw HTML cannot be used: %s", diag.Quote(string(tag)))
	n.Parent().RemoveChild(n.Parent(), n)
}

var (
	headingBraces = regexp.MustCompile(`\s*\{([^{}]*)\}\s*$`)
	attributeLike = regexp.MustCompile(`^\s*[#.]|=`)
	ownNumber     = regexp.MustCompile(`^\s*(\d+[.)]?|[A-Z][.)]|§)[\s\d]`)
)

// heading takes the page's title, or gives the heading its level and id.
func (w *walker) heading(n *ast.Heading) {
	offset := n.Pos()
	if n.Lines().Len() > 0 {
		offset = n.Lines().At(0).Start
	}
	id := w.headingID(n, offset)
	w.children(n, place{quiet: true})
	w.plain.WriteByte('\n')
	text := strings.Join(strings.Fields(plainText(n, w.src)), " ")
	if n.Level == 1 && !w.body && len(w.doc.headings) == 0 && w.doc.Title == "" && n.Parent().Kind() == ast.KindDocument {
		// The first heading is the title; the page's frame shows it.
		w.doc.Title, w.doc.TitlePos = text, w.pos(offset)
		w.doc.anchors[githubSlug(text)] = ""
		w.level = 1
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	w.body = true
	if text == "" {
		w.errorf(offset, "empty-heading", "write the heading's words, or delete the line", "a heading has no words")
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	before := max(1, w.level)
	switch {
	case n.Level == 1:
		w.errorf(offset, "heading-jump", "write ## ", "a second heading of the first level; a page has one title")
		n.Level = 2
	case n.Level > before+1:
		w.errorf(offset, "heading-jump", "write "+strings.Repeat("#", before+1), "the heading is of level %d after one of level %d", n.Level, before)
		n.Level = before + 1
	}
	w.level = n.Level
	if n.Level == 2 && ownNumber.MatchString(text) {
		w.numbered = true
	}
	slug := id
	if slug == "" {
		slug = Slug(text)
	}
	full := w.in.ID + "--" + slug
	if first, taken := w.used[full]; taken {
		if id != "" {
			w.errorf(offset, "duplicate-anchor", "choose another id", "the id %s stands here and on line %d", diag.Quote(id), first.Line)
		} else {
			w.errorf(offset, "duplicate-heading", "give it an id of its own: {#other-words}", "the heading %s stands here and on line %d", diag.Quote(text), first.Line)
		}
		for i := 2; ; i++ {
			if next := full + "--" + strconv.Itoa(i); w.used[next].Line == 0 {
				full = next
				break
			}
		}
	}
	w.used[full] = w.pos(offset)
	w.anchor(full, full)
	if id != "" {
		w.anchor(id, full)
	}
	github := githubSlug(text)
	if n := w.slugs[github]; n > 0 {
		w.anchor(github+"-"+strconv.Itoa(n), full)
	} else {
		w.anchor(github, full)
	}
	w.slugs[github]++
	n.SetAttributeString("id", []byte(full))
	w.nodes = append(w.nodes, n)
	w.doc.headings = append(w.doc.headings, Heading{Level: n.Level, ID: full, Text: text, Line: w.lines.Line(offset - w.shift)})
}

// anchor lets an author say #name; the first element of a name keeps it.
func (w *walker) anchor(name, id string) {
	if _, taken := w.doc.anchors[name]; !taken {
		w.doc.anchors[name] = id
	}
}

// headingID takes {#id} off the end of a heading. goldmark's own attributes
// are not used: they panic on {id=1} and let style and onclick through.
func (w *walker) headingID(n *ast.Heading, offset int) string {
	if n.Lines().Len() == 0 {
		return ""
	}
	line := n.Lines().At(n.Lines().Len() - 1)
	raw := line.Value(w.src)
	m := headingBraces.FindSubmatchIndex(raw)
	if m == nil || m[0] > 0 && raw[m[2]-2] == '{' || !attributeLike.Match(raw[m[2]:m[3]]) {
		return ""
	}
	cut := line.Start + m[0]
	for c := n.LastChild(); c != nil; {
		before := c.PreviousSibling()
		t, ok := c.(*ast.Text)
		switch {
		case ok && t.Segment.Start < cut:
			t.Segment = t.Segment.WithStop(min(cut, t.Segment.Stop))
			c = nil
			continue
		case ok || c.Pos() >= cut:
			n.RemoveChild(n, c)
		default:
			c = nil
			continue
		}
		c = before
	}
	attr, wrong := parseAttributes(string(raw[m[2]:m[3]]))
	switch {
	case wrong != "":
		w.errorf(line.Start+m[2], "bad-attributes", "write {#id}, or \\{ for a plain brace", "attributes: %s", diag.Clean(wrong))
		return ""
	case len(attr.keys) > 0:
		w.errorf(line.Start+m[2], "bad-attributes", "a heading can have an id only: {#id}", "a heading has no key %s", diag.Quote(attr.keys[0]))
	}
	return Slug(attr.id)
}

// numberClauses gives the headings of the second and third level their
// numbers, unless the author numbers them.
func (w *walker) numberClauses() {
	if w.numbered {
		return
	}
	two, three := 0, 0
	for i := range w.doc.headings {
		h := &w.doc.headings[i]
		switch h.Level {
		case 2:
			two++
			three = 0
			h.Number = strconv.Itoa(two)
		case 3:
			three++
			h.Number = strconv.Itoa(two) + "." + strconv.Itoa(three)
		default:
			continue
		}
		w.nodes[i].SetAttributeString("clause", []byte(h.Number))
	}
}

var ruleID = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)+$`)

// block checks a ::: block and records a rule.
func (w *walker) block(n *blockNode, at place) {
	w.body = true
	if n.name == "" {
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	if n.name != "rule" {
		if n.attr.id != "" {
			id := w.in.ID + "--" + Slug(n.attr.id)
			if first, taken := w.used[id]; taken {
				w.errorf(n.offset, "duplicate-anchor", "choose another id", "the id %s stands here and on line %d", diag.Quote(n.attr.id), first.Line)
			} else {
				w.used[id] = w.pos(n.offset)
				w.anchor(n.attr.id, id)
				n.attr.id = id
			}
		}
		w.children(n, at)
		return
	}
	r := Rule{ID: n.attr.id, Level: -1, Laws: n.attr.list("laws"), References: n.attr.list("references"), Audience: n.attr.list("audience"), Pos: w.pos(n.offset)}
	switch {
	case r.ID == "":
		w.errorf(n.offset, "bad-rule", "write ::: rule {#"+w.in.ID+"-1 level=1}", "a rule has no id")
	case !ruleID.MatchString(r.ID):
		w.errorf(n.offset, "bad-rule", "write "+w.in.ID+"-1: lower-case letters, digits and at least one hyphen", "%s cannot be the id of a rule", diag.Quote(r.ID))
		r.ID = ""
	}
	if first, taken := w.used[r.ID]; taken && r.ID != "" {
		w.errorf(n.offset, "duplicate-anchor", "give each rule its own id", "the id %s stands here and on line %d", diag.Quote(r.ID), first.Line)
		r.ID = ""
	}
	if r.ID != "" {
		w.used[r.ID] = r.Pos
		w.doc.anchors[r.ID] = r.ID
	}
	n.attr.id = r.ID
	if v, given := n.attr.vals["level"]; given {
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
	r.Text = strings.Join(strings.Fields(w.plain.String()[before:]), " ")
	if r.Text == "" {
		w.errorf(n.offset, "bad-rule", "write the rule between ::: rule and :::", "a rule says nothing")
	}
	n.rule = &r
	for _, id := range append(append([]string{}, r.Laws...), r.References...) {
		if c, ok := w.in.Cite(id); ok {
			n.sources = append(n.sources, ruleSource{c.Label, w.state.link(Link{Kind: LinkCitation, Target: c.Target, Pos: r.Pos})})
		}
	}
	if r.ID != "" {
		w.doc.Rules = append(w.doc.Rules, r)
	} else {
		n.name = "note" // shown, but it cannot be cited
	}
}
