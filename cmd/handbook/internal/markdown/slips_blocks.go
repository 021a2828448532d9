package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/source"
)

// alertLine is the first line of an alert as GitHub has them, and Obsidian.
var alertLine = regexp.MustCompile(`^\[!([A-Za-z]+)\][+-]?:?\s*`)

// alert returns the box that a quote stands for, > [!WARNING], without the line
// that says so, or nil if it is a quote.
func (w *walker) alert(quote *ast.Blockquote) *blockNode {
	p, ok := quote.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		return nil
	}
	first := p.Lines().At(0)
	line := first.Value(w.src)
	if len(line) < 4 || line[0] != '[' || line[1] != '!' {
		return nil
	}
	m := alertLine.FindSubmatch(line)
	if m == nil || len(m[0]) < len(line) && (line[len(m[0])] == '(' || line[len(m[0])] == '[') {
		return nil // it is a link
	}
	n := &blockNode{offset: first.Start, closed: true}
	switch kind := strings.ToUpper(string(m[1])); kind {
	case "NOTE":
		n.name = "note"
	case "TIP", "IMPORTANT":
		n.name = "note"
		n.attr = attributes{keys: []string{"title"}, vals: []string{kind[:1] + strings.ToLower(kind[1:])}}
	case "WARNING":
		n.name = "warning"
	case "CAUTION":
		n.name = "warning"
		n.attr = attributes{keys: []string{"title"}, vals: []string{"Caution"}}
	default:
		w.errorf(first.Start, "foreign-markup", "write [!"+meantAlert(kind)+"], or a ::: block", "there is no box %s, and it is shown as it was typed: there are NOTE, TIP, IMPORTANT, WARNING and CAUTION", diag.Quote("[!"+string(m[1])+"]"))
		return nil
	}
	// What follows on the same line is text of the box.
	behind := first.Start + len(m[0])
	for c := p.FirstChild(); c != nil; {
		next := c.NextSibling()
		t, ok := c.(*ast.Text)
		if !ok || t.Segment.Start >= behind {
			break
		}
		if t.Segment.Stop > behind {
			t.Segment = t.Segment.WithStart(behind)
			break
		}
		p.RemoveChild(p, c)
		c = next
	}
	lines := p.Lines()
	if len(bytes.TrimSpace(line[len(m[0]):])) == 0 {
		lines.SetSliced(1, lines.Len())
	}
	if p.FirstChild() == nil {
		quote.RemoveChild(quote, p)
	}
	for c := quote.FirstChild(); c != nil; c = quote.FirstChild() {
		quote.RemoveChild(quote, c)
		n.AppendChild(n, c)
	}
	quote.Parent().ReplaceChild(quote.Parent(), quote, n)
	return n
}

// meantAlert returns the alert that one of another program comes nearest to.
func meantAlert(kind string) string {
	switch kind {
	case "DANGER", "ERROR", "FAILURE", "FAIL", "BUG", "ATTENTION":
		return "WARNING"
	case "HINT", "SUCCESS", "CHECK", "DONE":
		return "TIP"
	}
	if near := diag.Nearest(kind, []string{"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}); near != "" {
		return near
	}
	return "NOTE"
}

// boldHeading reports a line of bold words that stands where a heading would:
// alone, without a sign at its end, and above what it is about.
func (w *walker) boldHeading(n ast.Node) {
	strong, ok := n.FirstChild().(*ast.Emphasis)
	if !ok || strong.Level != 2 || holds(strong, ast.KindLink) || n.ChildCount() != 1 || n.Lines().Len() != 1 || n.NextSibling() == nil {
		return
	}
	if parent, isBlock := n.Parent().(*blockNode); n.Parent().Kind() != ast.KindDocument && !(isBlock && parent.name == "when") {
		return
	}
	switch n.NextSibling().Kind() {
	case ast.KindHeading, ast.KindThematicBreak:
		return
	}
	words := strings.TrimSpace(plainText(strong, w.src))
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	switch strings.ToLower(words) {
	case "or", "and", "note", "notes", "warning", "important", "caution", "attention", "danger", "tip", "todo", "example":
		return // it says how to read what follows, and not what it is about
	}
	if words == "" || !unicode.IsUpper(first) && !unicode.IsNumber(first) || strings.ContainsRune(".!?:;,…", last) || utf8.RuneCountInString(words) > 80 {
		return
	}
	level, written := min(6, max(1, w.level)+1), words
	if loc := ownNumber.FindStringIndex(words); loc != nil {
		words = strings.TrimSpace(words[loc[1]:])
	}
	w.errorf(n.Lines().At(0).Start, "bold-heading", "write "+strings.Repeat("#", level)+" "+diag.Clean(words), "a line of bold words serves as a heading, but is in no table of contents: %s", diag.Quote("**"+written+"**"))
}

// underlined reports a paragraph that a line of dashes right below it has made
// a heading of.
func (w *walker) underlined(n *ast.Heading, text string) {
	lines := n.Lines()
	if lines.Len() == 0 || n.Level != 2 {
		return
	}
	first, last := lines.At(0), lines.At(lines.Len()-1)
	end, _ := utf8.DecodeLastRuneInString(text)
	if lines.Len() == 1 && !strings.ContainsRune(".;,…", end) && utf8.RuneCountInString(text) <= 100 {
		return
	}
	// The line below holds dashes, and perhaps the signs of a quote before them.
	rest := w.src[last.Stop:min(len(w.src), last.Stop+maxSlip)]
	rest = bytes.TrimPrefix(rest, []byte("\n"))
	line, _, _ := bytes.Cut(rest, []byte("\n"))
	before := w.src[max(w.shift, first.Start-maxSlip):first.Start]
	before = before[bytes.LastIndexByte(before, '\n')+1:]
	if line = bytes.Trim(line, "> \t"); len(line) == 0 || len(bytes.Trim(line, "-")) > 0 || bytes.IndexByte(before, '#') >= 0 {
		return
	}
	w.errorf(first.Start, "underlined-text", "put a blank line between the text and the line "+diag.Clean(string(line[:min(len(line), 20)])), "a paragraph is shown as a heading, because there is a line of dashes right below it: %s", diag.Quote(text))
}

// codeSlips reports code that was meant to be a drawing or plain text.
func (w *walker) codeSlips(n ast.Node) {
	switch n := n.(type) {
	case *ast.FencedCodeBlock:
		language := strings.ToLower(strings.Trim(string(n.Language(w.src)), "{}.:"))
		switch language {
		case "mermaid", "plantuml", "puml", "dot", "graphviz", "d2", "ditaa", "nomnoml", "bpmn", "math":
			what := "a drawing"
			if language == "math" {
				what = "a formula"
			}
			offset := n.Info.Segment.Start
			w.errorf(offset, "not-drawn", drawHint, "%s in the language %s is shown as code", what, diag.Quote(language))
		}
	case *ast.CodeBlock:
		w.indented(n)
	}
}

const drawHint = "save it as an SVG file beside the page, and write ![what it shows](file.svg)"

// indented reports text that four spaces or a tab have made code of.
func (w *walker) indented(n *ast.CodeBlock) {
	if n.Lines().Len() == 0 {
		return
	}
	words, sentence := 0, false
	for i := range min(n.Lines().Len(), 20) {
		at := n.Lines().At(i)
		line := bytes.TrimSpace(w.src[at.Start:min(at.Stop, at.Start+1000)])
		if i == 0 {
			first := string(line)
			for _, mark := range []string{"- ", "* ", "+ ", "1. "} {
				first = strings.TrimPrefix(first, mark)
			}
			if !beginsSentence(first) {
				return
			}
		}
		if bytes.ContainsAny(line, "{}=<>$|\\`;_/@#[]^~+*&") {
			return
		}
		for word := range bytes.FieldsSeq(line) {
			words++
			sentence = sentence || len(word) > 2 && (word[len(word)-1] == '.' || word[len(word)-1] == '?')
		}
	}
	if words < 5 || !sentence {
		return
	}
	at := n.Lines().At(0)
	w.errorf(at.Start, "indented-text", "write it without the four spaces or the tab before it; for code, write it between two lines ```", "text is shown as code, because it is indented: %s", diag.Quote(source.OneLine(at.Value(w.src))))
}

// unknownBlockHint says what to write for a block of another program, or of a
// slip of the pen: :::tip, :::note[Title], ::: {.callout-note}.
func unknownBlockHint(head string) string {
	name, title := head, ""
	if m := foreignBlock.FindStringSubmatch(head); m != nil {
		name, title = m[1], m[2]+m[3]
	}
	switch strings.ToLower(name) {
	case "attention", "caution", "danger", "error", "failure", "bug", "abstract", "hint", "important", "info", "question", "quote", "success", "summary", "tip", "todo", "details":
		return "write " + boxFor(name, title)
	case "note", "warning", "example":
		if name != head {
			return "write " + boxFor(name, title)
		}
	}
	name, _, _ = strings.Cut(head, "{")
	return diag.DidYouMean(strings.TrimSpace(name), blockNames(), "known blocks: "+strings.Join(blockNames(), ", "))
}

// foreignBlock is what other programs write behind :::, the name and the title.
var foreignBlock = regexp.MustCompile(`^(?:\{ ?\.(?:callout-)?)?([A-Za-z]+)(?:\[([^\]]*)\]| +([^{}]*[^{} ]))?(?: *\{.*)?[^{]*\}?$`)

// curly finds quotes in attributes that are not straight: title=“In short”.
var curly = regexp.MustCompile(`=[“”„‟«][^“”„‟«»"]*[“”‟»"](\s|$)|=[‘’‚‛][^‘’‚‛"]*[‘’‛](\s|$)`)

// straight returns attributes with straight quotes, and reports whether it had to
// set some straight.
func straight(s string) (string, bool) {
	if source.ASCII(s) || !curly.MatchString(s) {
		return s, false
	}
	return curly.ReplaceAllStringFunc(s, func(m string) string {
		trimmed := strings.TrimRightFunc(m, unicode.IsSpace)
		space := m[len(trimmed):]
		_, size := utf8.DecodeRuneInString(trimmed[1:])
		_, end := utf8.DecodeLastRuneInString(trimmed)
		return `="` + trimmed[1+size:len(trimmed)-end] + `"` + space
	}), true
}

// straightAttributes reads attributes of a ::: block. Curly quotes are told, and
// read as what they were meant for.
func (s *state) straightAttributes(written, head string, offset int) (attributes, string) {
	set, bent := straight(written)
	if bent {
		s.errorf(offset, "curly-quotes", "write straight quotes, like this: ::: "+shorten(strings.Replace(head, written, set, 1)), "the quotes are curly: %s", diag.Quote("::: "+head))
	}
	return parseAttributes(set)
}
