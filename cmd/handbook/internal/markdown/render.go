package markdown

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/lang"
)

// nodes renders what the handbook renders in its own way: its own nodes, and
// those of goldmark whose HTML would need an inline style (table columns),
// have no name (task boxes) or could not be scrolled by keyboard (code).
type nodes struct{ w html.Writer }

// RegisterFuncs registers the rendering functions with goldmark.
func (r *nodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindBlock, r.block)
	reg.Register(kindLines, r.lines)
	reg.Register(kindCite, r.cite)
	reg.Register(kindLink, r.link)
	reg.Register(kindImage, r.image)
	reg.Register(kindTerm, r.term)
	reg.Register(kindScript, r.script)
	reg.Register(kindOpen, r.open)
	reg.Register(ast.KindHeading, r.heading)
	reg.Register(ast.KindCodeBlock, r.code)
	reg.Register(ast.KindFencedCodeBlock, r.code)
	reg.Register(extast.KindTable, r.table)
	reg.Register(extast.KindTableHeader, r.tableHeader)
	reg.Register(extast.KindTableRow, r.tableRow)
	reg.Register(extast.KindTableCell, r.tableCell)
	reg.Register(extast.KindTaskCheckBox, r.task)
}

// open writes the place of an internal link: see cutLinks.
func open(w util.BufWriter, link int) {
	_ = w.WriteByte(0)
	_, _ = w.WriteString(strconv.Itoa(link))
	_ = w.WriteByte(0)
}

// escape writes text, safe in HTML and in a double-quoted attribute.
func escape(w util.BufWriter, s string) {
	from := 0
	for i := range len(s) {
		if e := util.EscapeHTMLByte(s[i]); e != nil {
			put(w, s[from:i])
			_, _ = w.Write(e)
			from = i + 1
		}
	}
	put(w, s[from:])
}

func put(w util.BufWriter, s string) { _, _ = w.WriteString(s) }

func (r *nodes) heading(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*ast.Heading)
	level := '0' + byte(n.Level)
	if !entering {
		put(w, "</h")
		_ = w.WriteByte(level)
		put(w, ">\n")
		return ast.WalkContinue, nil
	}
	put(w, "<h")
	_ = w.WriteByte(level)
	h := heading(w, n)
	if h == nil {
		put(w, ">")
		return ast.WalkContinue, nil
	}
	// Ids are slugs: nothing in them needs to be escaped.
	put(w, ` id="`)
	put(w, h.ID)
	put(w, `">`)
	if h.Number != "" {
		put(w, `<a class="clause" href="#`)
		put(w, h.ID)
		put(w, `" aria-label="`)
		say(w, "clause-label", "number", h.Number)
		put(w, `">`)
		put(w, h.Number)
		put(w, `</a> `)
	}
	return ast.WalkContinue, nil
}

func (r *nodes) block(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*blockNode)
	switch n.name {
	case "rule":
		r.rule(w, n, entering)
	case "steps":
		if !entering {
			n.to = w.Buffered()
			put(w, "</div>\n")
			break
		}
		put(w, `<div class="steps"`)
		r.id(w, n)
		put(w, ">\n")
		title, _ := n.attr.value("title")
		r.title(w, title)
		n.from = w.Buffered()
		r.needs(w, n.needs)
	case "sign":
		if !entering {
			put(w, "</div>\n")
			break
		}
		put(w, `<div class="sign"`)
		r.id(w, n)
		put(w, ">\n")
	case "note", "warning", "example", "fill":
		if !entering {
			put(w, "</div>\n")
			break
		}
		put(w, `<div class="block `+n.name+`" role="note"`)
		r.id(w, n)
		put(w, ">\n")
		r.title(w, boxTitle(n))
	}
	return ast.WalkContinue, nil
}

func (r *nodes) id(w util.BufWriter, n *blockNode) {
	if n.attr.id != "" {
		put(w, ` id="`)
		escape(w, n.attr.id)
		put(w, `"`)
	}
}

func (r *nodes) title(w util.BufWriter, title string) {
	if title != "" {
		put(w, `<p class="block-title">`)
		escape(w, title)
		put(w, "</p>\n")
	}
}

func (r *nodes) rule(w util.BufWriter, n *blockNode, entering bool) {
	if entering {
		put(w, `<div class="rule" id="`)
		put(w, n.attr.id)
		put(w, `" role="group" aria-label="`)
		say(w, "rule-heading", "id", n.attr.id)
		put(w, "\">\n"+`<p class="rule-label"><a class="clause" href="#`)
		put(w, n.attr.id)
		put(w, `">`)
		say(w, "rule-heading", "id", n.attr.id)
		put(w, `</a>`)
		if n.levelName != "" {
			put(w, ` <span class="level">`)
			say(w, "level-label", "level", strconv.Itoa(n.rule.Level), "name", n.levelName)
			put(w, `</span>`)
		}
		put(w, "</p>\n")
		n.from = w.Buffered()
		return
	}
	n.to = w.Buffered()
	if len(n.sources) > 0 {
		put(w, `<p class="rule-sources">`)
		say(w, "rule-sources")
		put(w, " ")
		for i, s := range n.sources {
			if i > 0 {
				put(w, "; ")
			}
			put(w, `<a class="cite" href="`)
			open(w, s.link)
			put(w, `">`)
			escape(w, s.label)
			put(w, "</a>")
		}
		put(w, "</p>\n")
	}
	put(w, "</div>\n")
}

func (r *nodes) cite(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*citeNode)
	if !entering {
		return ast.WalkContinue, nil
	}
	switch {
	case n.link < 0:
		put(w, "[")
		escape(w, n.label)
		put(w, "]")
		return ast.WalkContinue, nil
	case n.bare:
		escape(w, n.label)
	default:
		put(w, `<a class="cite" href="`)
		open(w, n.link)
		put(w, `">`)
		escape(w, n.label)
		put(w, "</a>")
	}
	if n.locator != "" {
		put(w, `, <span class="locator">`)
		escape(w, n.locator)
		put(w, "</span>")
	}
	return ast.WalkContinue, nil
}

func (r *nodes) link(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*linkNode)
	if !entering {
		put(w, "</a>")
		return ast.WalkContinue, nil
	}
	if n.link >= 0 {
		put(w, `<a href="`)
		open(w, n.link)
		put(w, `"`)
	} else {
		// noreferrer: the address of a page on an intranet is nobody else's business.
		put(w, `<a class="external" rel="noreferrer" href="`)
		_, _ = w.Write(util.EscapeHTML(util.URLEscape([]byte(n.href), false)))
		put(w, `"`)
	}
	r.titleAttribute(w, n.title)
	put(w, ">")
	return ast.WalkContinue, nil
}

func (r *nodes) titleAttribute(w util.BufWriter, title string) {
	if title != "" {
		put(w, ` title="`)
		r.w.Write(w, []byte(title))
		put(w, `"`)
	}
}

func (r *nodes) image(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*imageNode)
	if !entering {
		return ast.WalkContinue, nil
	}
	put(w, `<img loading="lazy"`)
	if n.size != "" {
		put(w, ` width="`+string(n.size)+`"`) // digits and %
	}
	put(w, ` src="`)
	open(w, n.link)
	put(w, `" alt="`)
	escape(w, n.alt)
	put(w, `"`)
	r.titleAttribute(w, n.title)
	put(w, " />")
	return ast.WalkSkipChildren, nil
}

func (r *nodes) term(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*termNode)
	if !entering {
		return ast.WalkContinue, nil
	}
	put(w, `<a class="term" href="`)
	open(w, n.link)
	put(w, `" title="`)
	put(w, n.definition)
	put(w, `">`)
	escape(w, n.text)
	put(w, "</a>")
	return ast.WalkContinue, nil
}

func (r *nodes) code(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		put(w, "</code></pre>\n")
		return ast.WalkContinue, nil
	}
	put(w, `<pre tabindex="0" role="region" aria-label="`)
	number(w, "code-label", node)
	put(w, `"><code>`)
	for i := range node.Lines().Len() {
		line := node.Lines().At(i)
		r.w.RawWrite(w, line.Value(src))
	}
	return ast.WalkContinue, nil
}

// number says that something is a table or code, with its number unless it is the
// first.
func number(w util.BufWriter, what string, node ast.Node) {
	say(w, what)
	if n, ok := node.AttributeString("number"); ok {
		put(w, " "+strconv.Itoa(n.(int)))
	}
}

func (r *nodes) table(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, `<div class="table" role="region" tabindex="0" aria-label="`)
		number(w, "table-label", node)
		put(w, "\">\n<table>\n")
	} else {
		put(w, "</table>\n</div>\n")
	}
	return ast.WalkContinue, nil
}

func (r *nodes) tableHeader(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, "<thead>\n<tr>\n")
		return ast.WalkContinue, nil
	}
	put(w, "</tr>\n</thead>\n")
	if node.NextSibling() != nil {
		put(w, "<tbody>\n")
	}
	return ast.WalkContinue, nil
}

func (r *nodes) tableRow(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, "<tr>\n")
		return ast.WalkContinue, nil
	}
	put(w, "</tr>\n")
	if node.NextSibling() == nil {
		put(w, "</tbody>\n")
	}
	return ast.WalkContinue, nil
}

func (r *nodes) tableCell(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n := node.(*extast.TableCell)
	head := n.Parent().Kind() == extast.KindTableHeader
	if !entering {
		if head {
			put(w, "</th>\n")
		} else {
			put(w, "</td>\n")
		}
		return ast.WalkContinue, nil
	}
	if head {
		put(w, `<th scope="col"`)
	} else {
		put(w, "<td")
	}
	switch n.Alignment {
	case extast.AlignRight:
		put(w, ` class="align-right"`)
	case extast.AlignCenter:
		put(w, ` class="align-center"`)
	}
	if b, ok := w.(*buffer); ok {
		if label := b.cellLabel(n, src); len(label) > 0 {
			put(w, ` data-label="`)
			_, _ = w.Write(util.EscapeHTML(label))
			put(w, `"`)
		}
	}
	put(w, ">")
	return ast.WalkContinue, nil
}

// cellLabel returns the heading of a cell's column, for windows too narrow for
// the columns: there the sheet sets the cells of a row below one another, each
// after its label. Two columns fit everywhere, and the first cell of a row is
// the row's own heading. More than eight columns, or a long heading, would cost
// more than they are worth: such a table scrolls.
func (b *buffer) cellLabel(cell *extast.TableCell, src []byte) []byte {
	row := cell.Parent()
	if columns := row.ChildCount(); row.Kind() == extast.KindTableHeader || columns < 3 || columns > 8 || cell.PreviousSibling() == nil {
		return nil
	}
	head := row.Parent().FirstChild().FirstChild()
	for c := cell.PreviousSibling(); c != nil && head != nil; c = c.PreviousSibling() {
		head = head.NextSibling()
	}
	if head == nil || head.Lines().Len() == 0 {
		return nil
	}
	if written := head.Lines().At(0); written.Len() > 80 {
		return nil
	}
	b.label = appendPlainText(b.label[:0], head, src)
	return bytes.TrimSpace(b.label)
}

func (r *nodes) task(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		if node.(*extast.TaskCheckBox).IsChecked {
			mark(w, "task-done", "☑")
		} else {
			mark(w, "task-open", "☐")
		}
	}
	return ast.WalkContinue, nil
}

// mark writes a box of a list of tasks.
func mark(w util.BufWriter, what, box string) {
	put(w, `<span class="task" role="img" aria-label="`)
	say(w, what)
	put(w, `">`)
	put(w, box)
	put(w, "</span> ")
}

// say writes a message of package lang in the language of the page.
func say(w util.BufWriter, name string, args ...any) {
	put(w, string(languageOf(w).HTML(name, args...)))
}

// languageOf returns the language of the page that is written.
func languageOf(w util.BufWriter) *lang.Language {
	if b, ok := w.(*buffer); ok {
		return b.lang
	}
	return lang.English()
}
