package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"handbook/cmd/handbook/internal/diag"
)

// A slip is text that its author meant as markup, and that is shown as it was
// typed. Slips are looked for where text is shown, never in code: here in the
// text of a line, in slips_lines.go at the beginnings of lines, and in
// slips_blocks.go in blocks as a whole. Every one is told with what to write.

// A Meant is a link that is shown as text, because it was not written as one.
// What it leads to only the book knows.
type Meant struct {
	Kind  MeantKind
	Text  string // as it was written
	Label string // what stands between its brackets
	Dest  string // where it should lead: an address, or the name of a page in double brackets
	Image bool
	Pos   diag.Pos
}

// A MeantKind says what is wrong with a link.
type MeantKind int

// The kinds of links that are shown as text.
const (
	MeantSpaced MeantKind = iota // [words](an address.md)
	MeantSplit                   // [words] (address.md)
	MeantWiki                    // [[name]]
)

// Meant returns the links that are shown as text.
func (d *Doc) Meant() []Meant { return d.meant }

// maxSlip is how many bytes before and after a place are looked at, so that
// every look costs the same.
const maxSlip = 300

// marks returns the bytes at which slips in text are found, of those that a page
// has: a text that has none of them need not be looked at.
func marks(page []byte) []byte {
	var m []byte
	if bytes.IndexByte(page, ']') >= 0 {
		m = append(m, ']')
	}
	if bytes.IndexByte(page, '{') >= 0 {
		m = append(m, '{')
	}
	if bytes.Contains(page, []byte(" **")) || bytes.Contains(page, []byte("** ")) {
		m = append(m, '*')
	}
	return m
}

// textSlips looks for slips in a text that is shown.
func (w *walker) textSlips(n *ast.Text) {
	if n.IsRaw() {
		return
	}
	for _, c := range w.marks {
		for at, stop := n.Segment.Start, n.Segment.Stop; at < stop; {
			i := bytes.IndexByte(w.src[at:stop], c)
			if i < 0 {
				break
			}
			i += at
			at = i + 1
			if escaped(w.src[max(n.Segment.Start, i-8):i]) {
				continue
			}
			switch c {
			case ']':
				w.bracketSlip(i)
			case '{':
				at = max(at, w.braceSlip(i))
			case '*':
				at = max(at, w.starSlip(i))
			}
		}
	}
}

// escaped reports whether a text ends in a backslash that takes its meaning from
// the byte after it.
func escaped(before []byte) bool {
	return (len(before)-len(bytes.TrimRight(before, `\`)))%2 == 1
}

// around returns what stands before and behind a byte on its line, of each no
// more than maxSlip bytes.
func (w *walker) around(offset int) (before, behind []byte) {
	before = w.src[max(w.shift, offset-maxSlip):offset]
	before = before[bytes.LastIndexByte(before, '\n')+1:]
	behind = w.src[offset+1 : min(len(w.src), offset+1+maxSlip)]
	if end := bytes.IndexByte(behind, '\n'); end >= 0 {
		behind = behind[:end]
	}
	return before, behind
}

// bracketSlip looks at a ] that is shown.
func (w *walker) bracketSlip(offset int) {
	before, behind := w.around(offset)
	from := bytes.LastIndexByte(before, '[')
	if from < 0 {
		return
	}
	label := string(before[from+1:])
	if strings.Contains(label, "]") || escaped(before[:from]) {
		return
	}
	if from > 0 && before[from-1] == '[' && bytes.HasPrefix(behind, []byte("]")) {
		w.wikiSlip(offset-len(label)-2, label)
		return
	}
	open := offset - len(label) - 1
	image := from > 0 && before[from-1] == '!'
	if image {
		open--
	}
	mark := "[" + label + "]"
	if image {
		mark = "!" + mark
	}
	rest := string(behind)
	next := strings.TrimLeft(rest, " \t")
	switch {
	case strings.HasPrefix(rest, "("):
		w.unclosedSlip(open, mark, label, rest[1:], image)
	case strings.HasPrefix(next, "(") && len(rest)-len(next) <= 2:
		dest, _, closed := strings.Cut(next[1:], ")")
		if dest = strings.TrimSpace(dest); closed && isAddress(dest) && !strings.ContainsAny(dest, " \t") {
			w.means(open, Meant{Kind: MeantSplit, Text: mark + rest[:len(rest)-len(next)] + "(" + dest + ")", Label: label, Dest: dest, Image: image})
		}
	case strings.HasPrefix(label, "^"):
		if name := label[1:]; isFootnoteName(name) {
			w.errorf(open, "unread-footnote", "write the note on a line of its own: "+mark+": what it says", "the footnote %s has no text, and its mark is shown as it was typed", diag.Quote(mark))
		}
	case from > 0 && before[from-1] == ')' && isAddress(label) && !strings.ContainsAny(label, " \t"):
		if words, ok := parenthesis(string(before[:from])); ok {
			w.errorf(open-len(words)-2, "unread-link", "write ["+diag.Clean(words)+"]("+diag.Clean(label)+")", "a link is shown as text, because its brackets are the wrong way round: %s", diag.Quote("("+words+")"+mark))
		}
	case strings.HasPrefix(rest, "["):
		name, _, closed := strings.Cut(rest[1:], "]")
		if !closed || image || !strings.Contains(label, " ") || !isID(name) || from > 0 && !isSpace(before[from-1]) && before[from-1] != '(' {
			return // a[i][j]
		}
		w.errorf(open, "unread-link", "write "+mark+"(address), or a line ["+name+"]: address", "a link is shown as text, because no line says where [%s] leads", diag.Clean(name))
	default:
		w.citationSlip(open, label)
	}
}

// parenthesis returns what stands in the parenthesis that a text ends in.
func parenthesis(s string) (string, bool) {
	s = strings.TrimSuffix(s, ")")
	i := strings.LastIndexByte(s, '(')
	return s[i+1:], i >= 0 && !strings.Contains(s[i+1:], ")")
}

// unclosedSlip looks at what stands behind [words]( where that is shown.
func (w *walker) unclosedSlip(open int, mark, label, rest string, image bool) {
	dest, _, closed := strings.Cut(rest, ")")
	if !closed {
		word, _, _ := strings.Cut(strings.TrimSpace(rest), " ")
		if word = strings.TrimRight(word, ".,;:!?]"); isAddress(word) {
			w.errorf(open, "unread-link", "write "+diag.Clean(mark)+"("+diag.Clean(word)+")", "a link is shown as text, because it is not closed with ): %s", diag.Quote(mark+"("+word))
		}
		return
	}
	written := mark + "(" + dest + ")"
	if m := sizedAddress.FindStringSubmatch(dest); m != nil && image {
		w.errorf(open, "image-size", "write "+diag.Clean(mark)+"("+diag.Clean(m[1])+"){width="+m[2]+"px}", "an image is shown as text, because there is a size in its address: %s", diag.Quote(written))
		return
	}
	if i := strings.Index(dest, ` "`); i > 0 && strings.HasSuffix(dest, `"`) {
		dest = dest[:i]
	}
	dest = strings.TrimPrefix(strings.TrimSpace(dest), "<")
	if isAddress(dest) && strings.ContainsAny(dest, " \t") && !strings.Contains(dest, ":") {
		w.means(open, Meant{Kind: MeantSpaced, Text: written, Label: label, Dest: dest, Image: image})
	}
}

// sizedAddress is an image's address and its size as some editors write it.
var sizedAddress = regexp.MustCompile(`^(\S+) +=(\d+)(?:x\d*)?$`)

// means notes a link that is shown as text.
func (w *walker) means(offset int, m Meant) {
	if len(w.doc.meant) < diag.MaxSame {
		m.Pos = w.pos(offset)
		w.doc.meant = append(w.doc.meant, m)
	}
}

// isAddress reports whether a text can only be meant as an address: it begins as
// one, or ends as the names of files do.
func isAddress(s string) bool {
	s, anchor, _ := strings.Cut(s, "#")
	if s == "" {
		return anchor != "" && unicode.IsLetter(rune(anchor[0])) && !strings.ContainsAny(anchor, " \t")
	}
	lower := strings.ToLower(s)
	for _, begin := range []string{"https://", "http://", "mailto:", "tel:", "www.", "./", "../"} {
		if strings.HasPrefix(lower, begin) {
			return len(s) > len(begin)
		}
	}
	s, _, _ = strings.Cut(lower, "?")
	i := strings.LastIndexByte(s, '.')
	if i <= 0 {
		return false
	}
	switch s[i+1:] {
	case "md", "markdown", "html", "htm", "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "csv", "txt", "svg", "png", "jpg", "jpeg", "gif", "webp":
		return true
	}
	return false
}

// isFootnoteName reports whether [^name] can only be a footnote. [^a-z] and [^0-9]
// are what programmers write.
func isFootnoteName(s string) bool {
	if len(s) == 3 && s[1] == '-' {
		return false
	}
	return isID(s)
}

// citationSlip looks at a [label] that is shown: it may be a citation without @.
func (w *walker) citationSlip(open int, label string) {
	written := strings.TrimPrefix(strings.TrimSpace(label), "@")
	id, locator, ok := citation(written)
	if !ok || !strings.ContainsAny(id, "-0123456789") {
		return
	}
	if _, known := w.in.Cite(id); !known {
		return
	}
	right := "[@" + id
	if locator != "" {
		right += ", " + diag.Clean(locator)
	}
	w.errorf(open, "unread-citation", "write "+right+"]", "%s is shown as it was typed, and is a source of this handbook", diag.Quote("["+label+"]"))
}

// wikiSlip looks at a [[name]] that is shown.
func (w *walker) wikiSlip(open int, name string) {
	if isSpaces := strings.TrimSpace(name) != name; name == "" || isSpaces || strings.ContainsAny(name, "{}<>=$\"") || strings.Trim(name, "0123456789.,-") == "" {
		return // a test of a shell, a matrix
	}
	if _, known := w.in.Cite(strings.TrimPrefix(name, "@")); known {
		w.errorf(open, "unread-citation", "write [@"+strings.TrimPrefix(name, "@")+"]", "%s is shown as it was typed, and is a source of this handbook", diag.Quote("[["+name+"]]"))
		return
	}
	if strings.EqualFold(name, "_toc_") || strings.EqualFold(name, "toc") {
		w.errorf(open, "foreign-markup", "delete it: every page has its contents", "%s is shown as it was typed", diag.Quote("[["+name+"]]"))
		return
	}
	dest, label, given := strings.Cut(name, "|")
	if !given {
		label = dest
	}
	image := open > w.shift && w.src[open-1] == '!'
	if image {
		open--
	}
	w.means(open, Meant{Kind: MeantWiki, Text: "[[" + name + "]]", Label: label, Dest: strings.TrimSpace(dest), Image: image})
}

// braceSlip looks at a { that is shown, and gives the place from which to look on.
func (w *walker) braceSlip(offset int) int {
	before, behind := w.around(offset)
	if outer, twice := bytes.CutSuffix(before, []byte("{")); twice && escaped(outer) {
		return 0
	}
	rest := string(behind)
	double := strings.HasPrefix(rest, "{")
	inner := strings.TrimPrefix(rest, "{")
	end := strings.IndexByte(inner, '}')
	if end < 0 {
		return 0
	}
	name := strings.TrimSpace(inner[:end])
	doubleEnd := strings.HasPrefix(inner[end:], "}}")
	written := "{" + rest[:len(rest)-len(inner)+end+1]
	if doubleEnd {
		written += "}"
	}
	after := offset + len(written)
	tell := func(rule, hint, format string, args ...any) int {
		w.errorf(offset, rule, hint, format, args...)
		return after
	}
	switch {
	case double && (strings.HasPrefix(inner, "<") || strings.HasPrefix(inner, "%")):
		return tell("foreign-markup", shortcodeHint(inner), "a shortcode of another program is shown as it was typed: %s", diag.Quote(written))
	case !double && strings.HasPrefix(inner, "%") && strings.HasSuffix(name, "%") && len(name) > 1:
		return tell("foreign-markup", "write what it stands for, in markdown", "a tag of another program is shown as it was typed: %s", diag.Quote(written))
	}
	if w.problems.Full("unread-value") {
		return 0
	}
	if value := w.meantValue(name, double || doubleEnd); value != "" && !(double && doubleEnd && value == name) {
		return tell("unread-value", "write {{"+value+"}}", "%s is shown as it was typed", diag.Quote(written))
	}
	switch {
	case double && doubleEnd:
		return tell("foreign-markup", "write what it stands for; {{agency.name}} is a value of handbook.yaml", "double braces are shown as they were typed: %s", diag.Quote(written))
	case double:
	case strings.HasPrefix(inner, "width=") || strings.HasPrefix(inner, "height="):
		return tell("image-size", "write it right after the image, without a space: ![what it shows](file.png)"+written, "a size is shown as it was typed: %s", diag.Quote(written))
	case braceAttribute.MatchString(written):
		return tell("foreign-markup", "only a heading, an image or a ::: block can have braces: delete them", "%s is shown as it was typed", diag.Quote(written))
	}
	return 0
}

// braceAttribute is what other programs read as an id or classes of a text.
var braceAttribute = regexp.MustCompile(`^\{:? ?[#.][A-Za-z][\w-]*(?: [#.]?[A-Za-z][\w-]*(?:="?[^"{}]*"?)?)* ?\}$`)

// meantValue returns the value of handbook.yaml that a text in braces means, or "".
// In single braces there is often something else.
func (w *walker) meantValue(name string, double bool) string {
	name = strings.Join(strings.Fields(strings.ReplaceAll(name, ",", ".")), ".")
	folded := strings.ToLower(name)
	of := strings.HasPrefix(folded, "agency.") || strings.HasPrefix(folded, "owner.")
	if !double && !of {
		return ""
	}
	if _, known := w.in.Value(folded); known {
		return folded
	}
	if !valueForm.MatchString(folded) {
		return ""
	}
	if near := diag.Nearest(folded, w.in.ValueNames()); near != "" {
		return near
	}
	if of {
		return folded
	}
	return ""
}

var valueForm = regexp.MustCompile(`^[a-z][\w-]*(?:\.[a-z][\w-]*)*$`)

// shortcodeHint says what to write in the place of a shortcode.
func shortcodeHint(code string) string {
	word, _, _ := strings.Cut(strings.TrimLeft(code, "<% "), " ")
	switch word {
	case "ref", "relref", "link":
		return "write a link: [words](file.md), with the path from this file"
	case "figure", "img", "image":
		return "write an image: ![what it shows](file.png)"
	case "note", "notice", "tip", "info", "alert", "hint", "warning", "callout", "admonition":
		return "write ::: note, the text, and ::: below it"
	}
	return "write what it stands for, in markdown"
}

// starSlip looks at a ** that is shown, and gives the place from which to look
// on: **words ** is not bold, because a space stands where it ends.
func (w *walker) starSlip(offset int) int {
	before, behind := w.around(offset)
	if len(behind) == 0 || behind[0] != '*' || bytes.HasPrefix(behind, []byte("**")) || bytes.HasSuffix(before, []byte("*")) {
		return 0
	}
	words, after, closed := strings.Cut(string(behind[1:]), "**")
	trimmed := strings.TrimSpace(words)
	r, _ := utf8.DecodeLastRune(before)
	if !closed || after != "" && isAlphanumeric(after[0]) || trimmed == "" || words == trimmed || strings.Contains(words, "*") || len(before) > 0 && (unicode.IsLetter(r) || unicode.IsNumber(r)) ||
		isSpace(words[0]) && isSpace(words[len(words)-1]) && len(before) > 0 || !strings.ContainsFunc(words, unicode.IsLetter) {
		return 0
	}
	w.errorf(offset, "unread-emphasis", "write **"+diag.Clean(trimmed)+"**, without a space inside", "the stars are shown as they were typed, because there is a space inside: %s", diag.Quote("**"+words+"**"))
	return offset + len(words) + 4
}
