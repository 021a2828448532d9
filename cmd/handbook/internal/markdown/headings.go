package markdown

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/source"
)

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
	w.title = appendPlainText(w.title[:0], n, w.src)
	text := source.OneLine(w.title)
	if w.isTitle(n, text) {
		// The page's frame shows it, and it is no part of the body.
		w.plain.Truncate(before)
		w.forget(before)
		w.doc.Title, w.doc.TitlePos = text, w.pos(offset)
		w.anchor(string(githubSlug(nil, text)), "")
		if id != "" {
			w.anchor(id, "")
		}
		w.level = 1
		w.typedNumber(offset, 1, text)
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
	w.underlined(n, text)
	w.typedNumber(offset, n.Level, text)
	// A number without a full stop may be a word: 42 CFR, 2026. Only a first 1 is not.
	if n.Level == 2 && (isNumbered(text) || len(w.headings) == 0 && strings.HasPrefix(text, "1 ")) {
		w.numbered = true
	}
	w.slug = append(append(w.slug[:0], w.in.ID...), "--"...)
	if id == "" {
		w.slug = appendSlug(w.slug, text)
	} else {
		w.slug = append(w.slug, id...)
	}
	full := string(w.slug)
	slug := full[len(w.in.ID)+2:]
	if first, taken := w.used[full]; taken {
		if id != "" {
			w.errorf(offset, "duplicate-anchor", "choose another id", "the id %s is used here and on line %d", diag.Quote(id), first.Line)
		} else {
			w.errorf(offset, "duplicate-heading", "give it an id of its own: {#other-words}", "the heading %s is used here and on line %d", diag.Quote(text), first.Line)
		}
		// No slug has two hyphens, so this is free.
		w.doubles[full]++
		full += "--" + strconv.Itoa(1+w.doubles[full])
	}
	w.used[full] = w.pos(offset)
	w.anchor(full, full)
	if id != "" {
		w.anchor(id, full)
		w.given = append(w.given, anchor{id, full})
	}
	// It is the slug, but of headings with other signs than letters and digits.
	github := slug
	if w.slug = githubSlug(w.slug[:0], text); string(w.slug) != slug {
		github = string(w.slug)
	}
	seen := w.slugs[github]
	if seen > 0 {
		w.anchor(github+"-"+strconv.Itoa(seen), full)
	} else {
		w.anchor(github, full)
	}
	w.slugs[github] = seen + 1
	w.nodes = append(w.nodes, n)
	w.cuts = append(w.cuts, span{int32(before), int32(after)})
	w.headings = append(w.headings, Heading{Level: n.Level, ID: full, Text: text, Line: w.lines.Line(offset - w.shift)})
}

// isNumbered reports whether a heading begins with a number of its author's.
func isNumbered(text string) bool {
	// The sign § has no byte of ASCII.
	if c := text[0]; c <= '9' || c >= utf8.RuneSelf || len(text) > 1 && (text[1] == '.' || text[1] == ')') {
		return ownNumber.MatchString(text)
	}
	return false
}

// isTitle reports whether a heading is the page's title: the first one, of the
// first level, and no other than the title in the front matter.
func (w *walker) isTitle(n *ast.Heading, text string) bool {
	return n.Level == 1 && text != "" && len(w.headings) == 0 && w.doc.Title == "" && n.Parent().Kind() == ast.KindDocument &&
		(w.in.Title == "" || strings.EqualFold(w.in.Title, text))
}

// anchor lets an author say #name; the first element of a name keeps it.
func (w *walker) anchor(name, id string) {
	w.anchors = append(w.anchors, anchor{name, id})
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

// numberClauses returns the headings of the second and third level their
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
