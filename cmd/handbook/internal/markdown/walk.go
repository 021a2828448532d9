package markdown

import (
	"bytes"
	stdhtml "html"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"

	"handbook/cmd/handbook/internal/diag"
)

// walk goes through the tree once: it checks what the handbook checks and
// replaces the nodes that it renders in its own way.
func (s *state) walk(root ast.Node) {
	w := &walker{state: s}
	for range s.in.Terms.terms {
		s.seen = append(s.seen, false)
	}
	w.children(root, place{})
	w.numberClauses()
	s.doc.plain = string(bytes.TrimSpace(w.plain.Bytes()))
	lead := w.plain.Len() - len(bytes.TrimLeftFunc(w.plain.Bytes(), unicode.IsSpace))
	s.settle(lead)
	for _, cut := range w.cuts {
		s.doc.cuts = append(s.doc.cuts, min(max(0, cut-lead), len(s.doc.plain)))
	}
}

type walker struct {
	*state
	level    int   // of the heading before
	numbered bool  // the author numbers the headings
	cuts     []int // where each heading begins and ends in the plain text

	tables, codes int // how many there were
}

// A place is where in the tree a node stands.
type place struct {
	quiet bool      // in a heading or link: terms are not marked
	link  *linkNode // the link it stands in, which can hold no other
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
		for i := range n.Lines().Len() {
			seg := n.Lines().At(i)
			w.plain.Write(seg.Value(w.src))
		}
		w.plain.WriteByte('\n')
	case *blockNode:
		w.block(n, at)
	case *ast.Text:
		w.plain.Write(readable(n, w.src))
		if n.SoftLineBreak() || n.HardLineBreak() {
			w.plain.WriteByte(' ')
		}
		if !at.quiet {
			w.in.Terms.mark(w.state, n, w.seen)
		}
	case *ast.String:
		w.plain.Write(n.Value)
	case *citeNode:
		n.bare = at.link != nil
		from := w.plain.Len()
		w.plain.WriteString(n.label)
		if n.locator != "" {
			w.plain.WriteString(", " + n.locator)
		}
		w.cited = append(w.cited, span{int32(from), int32(w.plain.Len())})
	case *ast.Paragraph, *ast.TextBlock:
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
func (w *walker) text(n ast.Node) { w.plain.WriteString(plainText(n, w.src)) }

// putBehind moves a node out of a link, behind it and what was moved before.
func putBehind(link *linkNode, n ast.Node) {
	var after ast.Node = link
	for after.NextSibling() != nil && after.NextSibling().Kind() == n.Kind() {
		after = after.NextSibling()
	}
	n.Parent().RemoveChild(n.Parent(), n)
	link.Parent().InsertAfter(link.Parent(), after, n)
}

// readable gives the text of a node as it is read on the page: escapes and
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

// oneLine folds white space to single spaces.
func oneLine(text []byte) string {
	var b strings.Builder
	b.Grow(len(text))
	for word := range bytes.FieldsSeq(text) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.Write(word)
	}
	return b.String()
}

// plainText gives the words of a node's inline children.
func plainText(n ast.Node, src []byte) string {
	if t, ok := n.FirstChild().(*ast.Text); ok && n.ChildCount() == 1 {
		return string(readable(t, src))
	}
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(readable(c, src))
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

func (w *walker) rawHTML(n ast.Node, at text.Segment) {
	w.errorf(at.Start, "raw-html", "write it in markdown; for a plain < write &lt;", "raw HTML cannot be used: %s", diag.Quote(string(bytes.TrimSpace(at.Value(w.src)))))
	n.Parent().RemoveChild(n.Parent(), n)
}

var (
	headingBraces = regexp.MustCompile(`\s*\{([^{}]*)\}\s*$`)
	attributeLike = regexp.MustCompile(`^\s*[#.]|=`)
	ownNumber     = regexp.MustCompile(`^(?:\d+(?:\.\d+)*[.)]|\d+(?:\.\d+)+|[A-Z][.)]|§+ ?\d[\d.]*) `)
)

// heading takes the page's title, or gives the heading its level and id.
func (w *walker) heading(n *ast.Heading) {
	offset := n.Pos()
	if n.Lines().Len() > 0 {
		offset = n.Lines().At(0).Start
	}
	id := w.headingID(n, offset)
	before := w.plain.Len()
	w.children(n, place{quiet: true})
	w.plain.WriteByte('\n')
	after := w.plain.Len()
	text := oneLine([]byte(plainText(n, w.src)))
	if w.isTitle(n, text) {
		// The page's frame shows it, and it is no part of the body.
		w.plain.Truncate(before)
		w.forget(before)
		w.doc.Title, w.doc.TitlePos = text, w.pos(offset)
		w.anchor(githubSlug(text), "")
		if id != "" {
			w.anchor(id, "")
		}
		w.level = 1
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	if text == "" {
		w.errorf(offset, "empty-heading", "write the heading's words, or delete the line", "a heading has no words")
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	above := max(1, w.level)
	switch {
	case n.Level == 1:
		w.errorf(offset, "heading-jump", "write ##", "a second heading of the first level; a page has one title")
		n.Level = 2
	case n.Level > above+1:
		w.errorf(offset, "heading-jump", "write "+strings.Repeat("#", above+1), "the heading is of level %d after one of level %d", n.Level, above)
		n.Level = above + 1
	}
	w.level = n.Level
	// A number without a full stop may be a word: 42 CFR, 2026. Only a first 1 is not.
	if n.Level == 2 && (ownNumber.MatchString(text) || len(w.headings) == 0 && strings.HasPrefix(text, "1 ")) {
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
		// No slug has two hyphens, so this is free.
		w.doubles[full]++
		full += "--" + strconv.Itoa(1+w.doubles[full])
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
	w.nodes = append(w.nodes, n)
	w.cuts = append(w.cuts, before, after)
	w.headings = append(w.headings, Heading{Level: n.Level, ID: full, Text: text, Line: w.lines.Line(offset - w.shift)})
}

// isTitle tells whether a heading is the page's title: the first one, of the
// first level, and no other than the title in the front matter.
func (w *walker) isTitle(n *ast.Heading, text string) bool {
	return n.Level == 1 && text != "" && len(w.headings) == 0 && w.doc.Title == "" && n.Parent().Kind() == ast.KindDocument &&
		(w.in.Title == "" || strings.EqualFold(w.in.Title, text))
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
	if bytes.IndexByte(raw, '{') < 0 {
		return ""
	}
	m := headingBraces.FindSubmatchIndex(raw)
	if m == nil || m[2] > 1 && (raw[m[2]-2] == '{' || raw[m[2]-2] == '\\') || !attributeLike.Match(raw[m[2]:m[3]]) {
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
	for i := range w.headings {
		h := &w.headings[i]
		switch h.Level {
		case 2:
			two++
			three = 0
			h.Number = strconv.Itoa(two)
		case 3:
			three++
			h.Number = strconv.Itoa(two) + "." + strconv.Itoa(three)
		}
	}
}

// isRuleID tells whether s can be the id of a rule: words of lower-case
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

// block checks a ::: block and records a rule.
func (w *walker) block(n *blockNode, at place) {
	if n.name == "" {
		n.Parent().RemoveChild(n.Parent(), n)
		return
	}
	if n.name != "rule" {
		if n.attr.id != "" {
			id := w.in.ID + "--" + Slug(n.attr.id)
			if first, taken := w.used[id]; taken {
				w.errorf(n.offset, "duplicate-anchor", "choose another id", "the id %s stands here and on line %d", diag.Quote(n.attr.id), first.Line)
				n.attr.id = ""
			} else {
				w.used[id] = w.pos(n.offset)
				w.anchor(n.attr.id, id)
				n.attr.id = id
			}
		}
		from := w.plain.Len()
		w.children(n, at)
		w.special(n, from)
		return
	}
	r := &n.rule
	*r = Rule{ID: n.attr.id, Level: -1, Laws: n.attr.list("laws"), References: n.attr.list("references"), Audience: n.attr.list("audience"), Pos: w.pos(n.offset)}
	switch {
	case r.ID == "":
		w.errorf(n.offset, "bad-rule", "write ::: rule {#"+w.in.ID+"-1 level=1}", "a rule has no id")
	case !isRuleID(r.ID):
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
	r.Text = oneLine(w.plain.Bytes()[before:])
	if r.Text == "" {
		w.errorf(n.offset, "bad-rule", "write the rule between ::: rule and :::", "a rule says nothing")
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
