package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/source"
)

// A lineSlip is a line of a paragraph that seems to be a slip, if it turns out
// that its beginning is text: it may also be the middle of a piece of code.
type lineSlip struct {
	offset                    int
	rule, hint, written, text string // of the problem; text is what is said before the line as it was written
}

// lineSlips looks for slips at the beginnings of the lines of a paragraph.
func (w *walker) lineSlips(n ast.Node) {
	lines := n.Lines()
	var found []lineSlip
	for i := 0; i < lines.Len(); i++ {
		at := lines.At(i)
		if at.Start >= at.Stop || !mayBeSlip[w.src[at.Start]] {
			continue
		}
		line := source.OneLine(at.Value(w.src))
		if line == "" {
			continue // spaces that are no ASCII
		}
		switch c := w.src[at.Start]; {
		case c == '|':
			if i == 0 {
				found = w.tableSlip(found, n, line)
			}
			continue
		case c == '#':
			if s, ok := headingSlip(line, n, lines.Len()); ok {
				s.offset = at.Start
				found = append(found, s)
			}
			continue
		}
		if s, ok := foreignLine(line); ok {
			s.offset = at.Start
			found = append(found, s)
			continue
		}
		if s, ok := taskSlip(line, n, i); ok {
			s.offset = at.Start
			found = append(found, s)
			continue
		}
		s, last, ok := w.bulletSlip(n, i, line)
		if ok {
			s.offset = at.Start
			found = append(found, s)
		}
		i = last
	}
	if found != nil {
		w.confirm(n, found)
	}
}

// mayBeSlip reports bytes whether a line that begins with one may be a slip.
var mayBeSlip = func() (may [256]bool) {
	for _, c := range []byte("#!?|-*+[{$o0123456789") {
		may[c] = true
	}
	for c := utf8.RuneSelf; c < len(may); c++ {
		may[c] = true
	}
	return may
}()

// confirm reports those slips whose first byte is shown. They are in order, as
// are the texts of a paragraph.
func (w *walker) confirm(n ast.Node, found []lineSlip) {
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if c.Kind() == ast.KindCodeSpan {
			return ast.WalkSkipChildren, nil
		}
		t, ok := c.(*ast.Text)
		if !ok || !entering || t.IsRaw() {
			return ast.WalkContinue, nil
		}
		for len(found) > 0 && found[0].offset < t.Segment.Stop {
			if s := found[0]; s.offset >= t.Segment.Start {
				w.errorf(s.offset, s.rule, s.hint, "%s: %s", s.text, diag.Quote(s.written))
			}
			found = found[1:]
		}
		if len(found) == 0 {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
}

// shorten cuts a line for a hint, where it need not be whole.
func shorten(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return diag.Clean(s)
}

// headingSlip reports whether a line is a heading without the space behind its #.
// One # may be that of a hashtag, or stand for a number.
func headingSlip(line string, n ast.Node, lines int) (lineSlip, bool) {
	words := strings.TrimLeft(line, "#")
	level := len(line) - len(words)
	r, _ := utf8.DecodeRuneInString(words)
	title := lines == 1 && n.PreviousSibling() == nil && n.Parent().Kind() == ast.KindDocument && strings.Contains(words, " ")
	if level > 6 || !unicode.IsLetter(r) && !unicode.IsNumber(r) || level == 1 && (!title || !unicode.IsLetter(r)) {
		return lineSlip{}, false
	}
	words = strings.TrimSpace(strings.TrimRight(words, "#"))
	return lineSlip{rule: "unspaced-heading", hint: "write " + strings.Repeat("#", level) + " " + shorten(words), written: line,
		text: "a heading is shown as text, because there is no space after its #"}, true
}

// foreignLine reports whether a line is the markup of another program.
func foreignLine(line string) (lineSlip, bool) {
	s := lineSlip{rule: "foreign-markup", written: line, text: "the markup of another program is shown as it was typed"}
	switch line[0] {
	case '!', '?':
		if m := admonition.FindStringSubmatch(line); m != nil {
			s.hint = "write " + boxFor(m[1], m[2]) + ", then the text without its indent, then :::"
			return s, true
		}
	case '[':
		if strings.EqualFold(line, "[toc]") {
			s.hint = "delete it: every page has its contents"
			return s, true
		}
		if m := strayAlert.FindString(line); m != "" {
			s.text, s.hint = "an alert is shown as it was typed, because only the first line of a quote can be one", "write > "+m+", and > before each line of its text"
			return s, true
		}
	case '{':
		if strings.HasPrefix(line, "{:") && strings.HasSuffix(line, "}") && !braceAttribute.MatchString(line) {
			s.hint = "delete it; a heading, an image or a ::: block can have braces of their own"
			return s, true
		}
	case '$':
		if line == "$$" || strings.HasPrefix(line, "$$") && strings.HasSuffix(line, "$$") && len(line) > 4 {
			s.rule, s.hint, s.text = "not-drawn", drawHint, "a formula is shown as it was typed"
			return s, true
		}
	}
	return lineSlip{}, false
}

// admonition is the first line of a box as MkDocs has them.
var admonition = regexp.MustCompile(`(?i)^(?:!!!|\?\?\?\+?) ?(abstract|attention|bug|caution|danger|error|example|failure|hint|important|info|note|question|quote|success|summary|tip|todo|warning)(?: +(?:inline|end))*(?: +"([^"]*)")?$`)

// strayAlert is an alert outside of the first line of a quote.
var strayAlert = regexp.MustCompile(`(?i)^\[!(?:note|tip|important|warning|caution)\]`)

// boxFor returns the first line of the ::: block that is what another program
// calls by a name.
func boxFor(name, title string) string {
	name = strings.ToLower(name)
	kind := "note"
	switch name {
	case "attention", "caution", "danger", "error", "failure", "bug", "warning":
		kind = "warning"
	case "example":
		kind = "example"
	}
	if title == "" && name != kind && name != "info" {
		title = strings.ToUpper(name[:1]) + name[1:]
	}
	if title == "" {
		return "::: " + kind
	}
	return "::: " + kind + ` {title="` + shorten(title) + `"}`
}

// tableSlip reports whether a paragraph is a table without the line of dashes
// under its first row, or with one that does not fit.
func (w *walker) tableSlip(found []lineSlip, n ast.Node, line string) []lineSlip {
	if n.Lines().Len() < 2 || len(line) < 3 || !strings.HasSuffix(line, "|") {
		return found
	}
	below := n.Lines().At(1)
	second := source.OneLine(below.Value(w.src))
	if !strings.HasPrefix(second, "|") {
		return found
	}
	columns := columns([]byte(line))
	s := lineSlip{offset: n.Lines().At(0).Start, rule: "unread-table", written: line, text: "a table is shown as text, because there is no line of dashes below its first row",
		hint: "put a line below it: " + shorten("|"+strings.Repeat(" --- |", columns))}
	if isDelimiterRow([]byte(second)) {
		s.text = "a table is shown as text, because its line of dashes does not have as many columns as its first row"
		s.hint = "write as the second line: " + shorten("|"+strings.Repeat(" --- |", columns))
	}
	return append(found, s)
}

// taskSlip reports whether an item of a list is a task without the space that
// belongs into or behind its box.
func taskSlip(line string, n ast.Node, i int) (lineSlip, bool) {
	if i > 0 || n.Parent().Kind() != ast.KindListItem {
		return lineSlip{}, false
	}
	for _, box := range []string{"[]", "[ ]"} {
		words, ok := strings.CutPrefix(line, box)
		if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(words)); ok && (unicode.IsLetter(r) || unicode.IsNumber(r)) {
			return lineSlip{rule: "unread-list", hint: "write - [ ] " + shorten(strings.TrimSpace(words)), written: line, text: "the box of a task is shown as it was typed"}, true
		}
	}
	return lineSlip{}, false
}

// bulletSlip reports whether a line, and perhaps those after it, begin with a sign
// that makes no item of a list. last is the last of them.
func (w *walker) bulletSlip(n ast.Node, i int, line string) (s lineSlip, last int, ok bool) {
	sign, words, sure := bullet(line)
	if sign == "" {
		return s, i, false
	}
	last = i
	for last+1 < n.Lines().Len() {
		if next, _, _ := bullet(source.OneLine(w.firstBytes(n, last+1))); next != sign {
			break
		}
		last++
	}
	sibling := func(other ast.Node, first bool) bool {
		if other == nil || other.Kind() != ast.KindParagraph || other.Lines().Len() == 0 {
			return false
		}
		at := 0
		if !first {
			at = other.Lines().Len() - 1
		}
		next, _, _ := bullet(source.OneLine(w.firstBytes(other, at)))
		return next == sign
	}
	switch {
	case i == 0 && sibling(n.PreviousSibling(), false):
		return s, last, false // told at the first paragraph of the list
	case !sure && last == i && !(i == 0 && last+1 == n.Lines().Len() && sibling(n.NextSibling(), true)):
		return s, last, false
	}
	mark := "- "
	if strings.Trim(sign, "#.)") == "" {
		mark = line[:strings.IndexAny(line, ".)")+1] + " "
	}
	s = lineSlip{rule: "unread-list", hint: "write " + mark + shorten(words), written: line, text: "a list is shown as text, because its items begin with a sign that makes none"}
	if sign == "-" || sign == "*" || sign == "+" || mark != "- " {
		s.text = "a list is shown as text, because there is no space after the signs that its items begin with"
	}
	return s, last, true
}

// firstBytes returns the beginning of a line of a paragraph.
func (w *walker) firstBytes(n ast.Node, i int) []byte {
	at := n.Lines().At(i)
	return w.src[at.Start:min(at.Stop, at.Start+80)]
}

// bullet returns the sign that a line begins with as an item of a list does, the
// words behind it, and whether it can be nothing else: else only two such lines
// are a list. A number is given as #, with what follows it.
func bullet(line string) (sign, words string, sure bool) {
	r, size := utf8.DecodeRuneInString(line)
	rest := line[size:]
	words = strings.TrimSpace(rest)
	next, _ := utf8.DecodeRuneInString(rest)
	spaced := words != "" && unicode.IsSpace(next)
	switch {
	case words == "":
	case strings.ContainsRune("•‣⁃▪▫■□●○◦◾◽➢➤", r), r >= 0xF000 && r <= 0xF0FF:
		// The last are those of the fonts Symbol and Wingdings, which Word uses.
		return string(r), words, true
	case strings.ContainsRune("·∙‧", r) && spaced:
		return string(r), words, true
	case strings.ContainsRune("–−‐‑✓✔", r) && spaced:
		return string(r), words, false
	case strings.ContainsRune("-*+", r) && beginsSentence(rest):
		return string(r), words, false
	case r >= '0' && r <= '9':
		after := strings.TrimLeft(line, "0123456789")
		if len(line)-len(after) <= 2 && after != "" && (after[0] == '.' || after[0] == ')') && beginsSentence(after[1:]) {
			return "#" + after[:1], after[1:], false
		}
	}
	return "", "", false
}

// beginsSentence reports whether a text begins with a word that has one capital.
func beginsSentence(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	next, _ := utf8.DecodeRuneInString(s[size:])
	return unicode.IsUpper(r) && (unicode.IsLower(next) || next == ' ')
}

// A typed is a heading that begins with a typed number.
type typed struct {
	offset int
	level  int
	number []int
	text   string // behind the number
	sure   bool
}

var typedForm = regexp.MustCompile(`^(\d{1,2}(?:\.\d{1,2})+)\.?\s+(\pL.*)$`)

// maxTyped is the highest number in one that Word gives a heading: what is higher
// is something else.
const maxTyped = 29

// typedNumber notes a heading that begins with a number as Word numbers them:
// 4.1 or 4.1.1. A single number may be meant: steps, or the paragraphs of a law.
func (w *walker) typedNumber(offset, level int, text string) {
	if text == "" || text[0] < '0' || text[0] > '9' {
		return
	}
	m := typedForm.FindStringSubmatch(text)
	if m == nil {
		return
	}
	var number []int
	for part := range strings.SplitSeq(m[1], ".") {
		n := 0
		for _, c := range part {
			n = 10*n + int(c-'0')
		}
		if n == 0 || part[0] == '0' || n > maxTyped {
			return // a version, a time
		}
		number = append(number, n)
	}
	first, size := utf8.DecodeRuneInString(m[2])
	second, _ := utf8.DecodeRuneInString(m[2][size:])
	word, _, _ := strings.Cut(m[2], " ")
	w.typed = append(w.typed, typed{offset, level, number, m[2], unicode.IsUpper(first) && unicode.IsLower(second) && utf8.RuneCountInString(word) > 3})
}

// typedNumbers reports the headings with typed numbers of which it is certain
// that they are no versions and no measures: a word with a capital follows one,
// or two of them count on.
func (w *walker) typedNumbers() {
	var sure [maxTyped + 1]bool // by the first number
	for i, t := range w.typed {
		sure[t.number[0]] = sure[t.number[0]] || t.sure
		if i > 0 {
			before := w.typed[i-1]
			a, b := before.number, t.number
			sure[b[0]] = sure[b[0]] || a[0] == b[0] && slices.Compare(a, b) < 0 && t.level-before.level == len(b)-len(a)
		}
	}
	for _, t := range w.typed {
		if !sure[t.number[0]] {
			continue
		}
		w.errorf(t.offset, "typed-number", "write "+strings.Repeat("#", t.level)+" "+shorten(t.text), "a number is typed in a heading, and the handbook numbers pages and headings by itself: %s", diag.Quote(w.lineAt(t.offset)))
	}
}

// lineAt returns what stands on the line of a place, from there on.
func (w *walker) lineAt(offset int) string {
	_, behind := w.around(offset)
	return string(bytes.TrimSpace(w.src[offset : offset+1+len(behind)]))
}
