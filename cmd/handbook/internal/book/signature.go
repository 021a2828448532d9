package book

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"
)

// A sign-off records which text was signed by a hash of it. There are two
// schemes.
//
//   - The second, of [Scheme], covers what readers take as the policy: the title,
//     the summary, and the body as it is written, with {{values}} and ::: when
//     blocks unexpanded, and so with the id, the level and the sources of each
//     rule. It has a part for each, so that it can be said what has changed:
//     h2:1f2e07d4-93ab55c8-7c1e09aa4f2a9c01.
//   - The first, of [SignBody], has no prefix and covers the words of the body
//     alone: 4f2a9c01. Records that hold one are judged by it.
//
// Neither covers who owns the section, its days or its old addresses. A short
// hash finds slips. It is no seal: who can write to the file can write a record.

// Scheme is what hashes of the scheme that is written today begin with.
const Scheme = "h2:"

// exampleHash shows in messages what a hash looks like.
const exampleHash = Scheme + "1f2e07d4-93ab55c8-7c1e09aa4f2a9c01"

// sign returns the hash of a text by the second scheme. Two texts have the same
// one if they differ only in what an editor does by itself: how the lines of a
// paragraph are broken, spaces at the ends of lines, and how many spaces or
// blank lines stand in a row. What a line begins with always counts, and so does
// every character of fenced code: whoever makes two paragraphs of one, code of a
// block or a sentence of a list changes the hash.
func sign(title, summary string, body []byte) string {
	part := func(name, text string) string {
		sum := sha256.Sum256([]byte(name + "\n" + strings.Join(strings.Fields(text), " ")))
		return hex.EncodeToString(sum[:4])
	}
	sum := sha256.Sum256(unwrap(body, append(make([]byte, 0, len(body)+8), "body\n"...)))
	return Scheme + part("title", title) + "-" + part("summary", summary) + "-" + hex.EncodeToString(sum[:8])
}

// SignBody returns the hash of a body by the first scheme: the first eight
// hexadecimal digits of the SHA-256 of its words, parted by single spaces.
func SignBody(body []byte) string {
	sum := sha256.Sum256(bytes.Join(bytes.FieldsFunc(body, func(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }), []byte(" ")))
	return hex.EncodeToString(sum[:4])
}

// BodyOnly reports whether a hash that a record holds is of the first scheme,
// which covers the body but not the title and the summary.
func BodyOnly(hash string) bool { return hash != "" && !strings.HasPrefix(hash, Scheme) }

var (
	firstScheme  = regexp.MustCompile(`^[0-9a-f]{8}$`)
	secondScheme = regexp.MustCompile(`^h2:[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{16}$`)
	otherScheme  = regexp.MustCompile(`^h[0-9]+:`)
)

// Differs names what is not as it was when a record with this hash was
// written: "title", "summary", "text". It gives nil if all is as it was, and for
// a record without a hash.
func (s *Section) Differs(hash string) []string {
	switch {
	case hash == "":
		return nil
	case BodyOnly(hash):
		if hash != s.BodyHash {
			return []string{"text"}
		}
		return nil
	}
	then, now := strings.Split(hash, "-"), strings.Split(s.TextHash, "-")
	if len(then) != 3 || len(now) != 3 {
		if hash != s.TextHash {
			return []string{"text"}
		}
		return nil
	}
	var parts []string
	for i, name := range []string{"title", "summary", "text"} {
		if then[i] != now[i] {
			parts = append(parts, name)
		}
	}
	if s.outside && parts != nil {
		return []string{"text"} // which of them would tell of one that the edition does not show
	}
	return parts
}

// unwrap appends to dst a body in which each paragraph stands on one line. What
// it returns is markdown of the same meaning: a line is only joined to the one
// before where nothing but a paragraph can go on there. Where that is not
// certain the line stays by itself, with its indent.
func unwrap(body, dst []byte) []byte {
	u := unwrapper{out: dst, start: len(dst)}
	for line := range bytes.Lines(body) {
		u.line(bytes.TrimSuffix(line, []byte("\n")))
	}
	for len(u.out) > u.start && u.out[len(u.out)-1] == '\n' {
		u.out = u.out[:len(u.out)-1]
	}
	return u.out
}

// An unwrapper is the state of [unwrap] between two lines.
type unwrapper struct {
	out    []byte
	start  int    // of the body in out
	blank  bool   // a blank line is to come before the next line
	open   bool   // the last line is of a paragraph, which the next may go on
	broken bool   // the line that is being read ends with a backslash, which breaks it for readers too
	space  []byte // the white space that it ends with
	label  bool   // the paragraph may begin with the label of an address
	apart  bool   // no line may be joined to the last one
	breaks []int  // the places in out where lines of the last paragraph were joined
	quote  int    // how many marks > the last line stands behind
	items  []int  // the columns at which the texts of the open list items begin
	table  bool   // rows of a table go on until a blank line
	html   string // raw HTML goes on until this, or until a blank line for a line break; or ""

	// A code fence that is open.
	fence      byte // ` or ~; 0 for none
	fenceSize  int
	fenceQuote int
	fenceCol   int // of the list item that it stands in
}

// put begins a new line of what is given out.
func (u *unwrapper) put() {
	if len(u.out) > u.start {
		u.out = append(u.out, '\n')
		if u.blank {
			u.out = append(u.out, '\n')
		}
	}
	u.blank = false
}

// line takes the next line of the body.
func (u *unwrapper) line(line []byte) {
	if u.fence != 0 && u.inFence(line) {
		return
	}
	whole := line
	line = bytes.TrimRight(line, " \t")
	u.space = whole[len(line):]
	slashes := len(line) - len(bytes.TrimRight(line, `\`))
	u.broken = slashes%2 == 1 && len(u.space) == 0
	if slashes%2 == 1 && len(u.space) > 0 {
		line = append(bytes.Clone(line), ' ') // without it, the backslash would break the line
	}
	if u.html != "" && (len(line) > 0 || u.html != "\n") {
		u.put()
		u.out = append(u.out, line...)
		if bytes.Contains(bytes.ToLower(line), []byte(u.html)) {
			u.html = ""
		}
		return
	}
	u.html = ""
	p := u.prefix(line)
	text := line[p.end:]
	if len(text) == 0 {
		u.open, u.table = false, false
		if p.quote == 0 {
			u.blank = true // the last paragraph may still turn out to be a term
			return
		}
		u.newLine(p, nil)
		return
	}
	within := u.open && p.quote == u.quote && !p.nested
	kind := u.kind(text, p.col, within)
	if within && kind == plainText && !u.table {
		u.join(p, text)
		return
	}
	u.block(p, text, kind)
}

// inFence takes a line of fenced code as it is, and reports whether it is one:
// the end of the quote or the list item around it ends the code.
func (u *unwrapper) inFence(line []byte) bool {
	rest := line
	for range u.fenceQuote {
		t := bytes.TrimLeft(rest, " \t")
		if len(t) == 0 || t[0] != '>' {
			u.fence = 0
			return false
		}
		rest = bytes.TrimPrefix(t[1:], []byte(" "))
	}
	indent, n := indentOf(rest, 0)
	text := bytes.TrimRight(rest[n:], " \t")
	if len(text) > 0 && indent < u.fenceCol {
		u.fence = 0
		return false
	}
	u.put()
	u.out = append(u.out, line...)
	if indent-u.fenceCol < 4 && len(text) >= u.fenceSize && len(bytes.Trim(text, string(u.fence))) == 0 {
		u.fence = 0
	}
	return true
}

// A linePrefix is what stands before the text of a line: marks of quotes, and
// white space.
type linePrefix struct {
	quote  int    // how many marks >
	nested bool   // a mark > stands in a list item
	marks  []byte // the marks with the white space before them, or nil
	col    int    // the indent of the text, from where the quote begins
	end    int    // the place in the line at which the text begins
}

func (u *unwrapper) prefix(line []byte) linePrefix {
	var p linePrefix
	at := 0 // the column
	for {
		indent, n := indentOf(line[p.end:], at)
		base := 0
		if p.quote == 0 {
			for _, col := range u.items {
				if col <= indent {
					base = col
				}
			}
		}
		next := p.end + n
		if next == len(line) || line[next] != '>' || indent-base > 3 || p.quote >= 64 {
			p.col, p.end = indent, next
			return p
		}
		p.nested = p.nested || base > 0
		p.marks = append(append(p.marks, line[p.end:next]...), "> "...)
		p.quote++
		at += indent + 1
		p.end = next + 1
		if p.end < len(line) && line[p.end] == ' ' {
			p.end++
			at++
		}
	}
}

// indentOf measures the white space that a line begins with, in columns from a
// column on and in bytes.
func indentOf(line []byte, from int) (columns, n int) {
	col := from
	for n < len(line) && (line[n] == ' ' || line[n] == '\t') {
		if line[n] == '\t' {
			col += 4 - col%4
		} else {
			col++
		}
		n++
	}
	return col - from, n
}

// A lineKind is what a line begins.
type lineKind int

const (
	plainText  lineKind = iota // a paragraph, or a line that goes on with one
	alone                      // something of one line
	fenceLine                  // fenced code
	underline                  // a rule across the page, the underline of a heading, or of the head of a table
	listItem                   // also the text of a footnote
	definition                 // of the term above
	htmlLine
)

// kind reports what a text at a column begins. In a paragraph, a number that is
// not 1 begins no list, unless it goes on with one.
func (u *unwrapper) kind(text []byte, col int, within bool) lineKind {
	switch c := text[0]; c {
	case '`', '~':
		if n := run(text, c); n >= 3 && (c == '~' || bytes.IndexByte(text[n:], '`') < 0) {
			return fenceLine
		}
	case '#':
		if n := run(text, '#'); n <= 6 && (n == len(text) || isSpace(text[n])) {
			return alone
		}
	case ':':
		switch {
		case bytes.HasPrefix(text, []byte(":::")):
			return alone
		case only(text, ":-| \t") && bytes.IndexByte(text, '-') >= 0:
			return underline
		default:
			return definition
		}
	case '|':
		if only(text, ":-| \t") {
			return underline
		}
		return alone
	case '>':
		return alone
	case '=':
		if only(text, "=") {
			return underline
		}
	case '_':
		if only(text, "_ \t") {
			return alone
		}
	case '-', '+', '*':
		switch {
		case c == '-' && only(text, ":-| \t"):
			return underline
		case c == '*' && bytes.Count(text, []byte("*")) >= 3 && only(text, "* \t"):
			return alone
		case len(text) == 1 || isSpace(text[1]):
			return listItem
		}
	case '<':
		if !autolink.Match(text) {
			return htmlLine
		}
	case '[':
		switch {
		case footnote.Match(text):
			return listItem
		case bytes.Contains(text, []byte("]:")) || alert.Match(text):
			return alone
		}
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		n := digits(text)
		if n > 9 || n == len(text) || text[n] != '.' && text[n] != ')' || n+1 < len(text) && !isSpace(text[n+1]) {
			break
		}
		sibling := len(u.items) > 0 && col < u.items[len(u.items)-1]
		if !within || sibling || string(bytes.TrimLeft(text[:n], "0")) == "1" {
			return listItem
		}
	}
	return plainText
}

var alert = regexp.MustCompile(`^\[![A-Za-z]+\]`)

var footnote = regexp.MustCompile(`^\[\^[^\]\s]+\]:`)

var autolink = regexp.MustCompile(`^<(?:[A-Za-z][A-Za-z0-9+.-]+:[^\s<>]*|[^\s<>@/!?]+@[^\s<>]+)>`)

// join puts a line of a paragraph behind the one before. Where the end of the
// line means something, it stays.
func (u *unwrapper) join(p linePrefix, text []byte) {
	if u.apart {
		u.out = append(append(u.out, '\n'), p.marks...)
	} else if !bytes.HasSuffix(u.out, []byte(" ")) {
		u.breaks = append(u.breaks, len(u.out))
		u.out = append(u.out, ' ')
	}
	u.words(text)
}

// words appends a line of a paragraph, and sees whether its end means something.
func (u *unwrapper) words(text []byte) {
	u.fold(text)
	u.apart = u.broken || within(text, "(<", ">") || within(text, "{{", "}}") || u.label && bytes.Contains(text, []byte("]:"))
}

// within reports whether a line ends inside something that may hold spaces but
// no line break: an address in angle brackets, a value.
func within(text []byte, from, to string) bool {
	if bytes.IndexByte(text, from[1]) < 0 {
		return false // most lines
	}
	i := bytes.LastIndex(text, []byte(from))
	return i >= 0 && !bytes.Contains(text[i:], []byte(to))
}

// newLine begins a line with its prefix.
func (u *unwrapper) newLine(p linePrefix, text []byte) {
	if p.quote != u.quote {
		u.items = u.items[:0]
	}
	u.quote = p.quote
	u.put()
	u.out = append(u.out, p.marks...)
	if text != nil {
		for range p.col {
			u.out = append(u.out, ' ')
		}
	}
}

// block takes a line that begins something.
func (u *unwrapper) block(p linePrefix, text []byte, kind lineKind) {
	if kind == definition || kind == underline {
		// The lines above are terms, or the last of them is the head of a table.
		for _, at := range u.breaks {
			u.out[at] = '\n'
		}
	}
	lazy := u.open && p.quote < u.quote // it may go on with the paragraph of a quote, without its marks
	u.open, u.breaks = false, u.breaks[:0]
	u.newLine(p, text)
	for len(u.items) > 0 && u.items[len(u.items)-1] > p.col {
		u.items = u.items[:len(u.items)-1]
	}
	col := p.col
	for {
		base := 0
		if len(u.items) > 0 {
			base = u.items[len(u.items)-1]
		}
		if col-base > 3 && kind != definition {
			// Indented code, unless it goes on with a paragraph.
			u.out = append(u.out, text...)
			if kind == fenceLine {
				u.openFence(text, base)
			}
			return
		}
		switch kind {
		case plainText:
			u.label = text[0] == '['
			u.words(text)
			u.open = !u.table && !p.nested && !lazy
			return
		case alone:
			u.fold(text)
			u.table = u.table && text[0] == '|'
			return
		case underline:
			u.fold(text)
			u.table = bytes.ContainsAny(text, ":|")
			return
		case fenceLine:
			u.out = append(u.out, text...)
			u.openFence(text, base)
			return
		case htmlLine:
			u.out = append(u.out, text...)
			u.html = endOfHTML(text)
			return
		}
		// A marker, the white space after it, and what the item begins with.
		n, spaces, width := marker(text)
		u.table = false
		u.out = append(u.out, text[:n]...)
		text = text[n+spaces:]
		if len(text) == 0 {
			if kind == definition {
				u.out = append(u.out, u.space...) // without it, it is none
				width, _ = indentOf(u.space, n)
			}
			u.items = append(u.items, col+n+max(1, width))
			return
		}
		for range width {
			u.out = append(u.out, ' ')
		}
		switch {
		case n > 1 && u.out[len(u.out)-width-1] == ':': // of a footnote
			u.items = append(u.items, col+4)
		case width > 4:
			u.items = append(u.items, col+n+1)
		default:
			u.items = append(u.items, col+n+width)
		}
		if text[0] == '>' || len(u.items) > 64 {
			u.fold(text)
			return
		}
		col += n + width
		kind = u.kind(text, col, false)
	}
}

// endOfHTML returns what ends the raw HTML that begins with a line, "\n" for a
// blank line, or "" if it ends on the line.
func endOfHTML(text []byte) string {
	text = bytes.ToLower(text)
	for _, way := range [][2]string{{"<!--", "-->"}, {"<?", "?>"}, {"<![cdata[", "]]>"}, {"<!", ">"},
		{"<script", "</script>"}, {"<pre", "</pre>"}, {"<style", "</style>"}, {"<textarea", "</textarea>"}} {
		if rest, ok := bytes.CutPrefix(text, []byte(way[0])); ok {
			if bytes.Contains(rest, []byte(way[1])) {
				return ""
			}
			return way[1]
		}
	}
	return "\n"
}

func (u *unwrapper) openFence(text []byte, base int) {
	u.fence, u.fenceSize, u.fenceQuote, u.fenceCol = text[0], run(text, text[0]), u.quote, base
}

// marker measures what an item of a list, a definition or a footnote begins
// with, and the white space after it in bytes and in columns.
func marker(text []byte) (n, spaces, width int) {
	switch {
	case text[0] == '[':
		n = bytes.Index(text, []byte("]:")) + 2
	case '0' <= text[0] && text[0] <= '9':
		n = digits(text) + 1
	default:
		n = 1
	}
	width, spaces = indentOf(text[n:], n)
	return n, spaces, width
}

// fold appends a text in which white space counts as one space.
func (u *unwrapper) fold(text []byte) {
	if !bytes.Contains(text, []byte("  ")) && bytes.IndexByte(text, '\t') < 0 {
		u.out = append(u.out, text...)
		return
	}
	for len(text) > 0 {
		i := bytes.IndexAny(text, " \t")
		if i < 0 {
			u.out = append(u.out, text...)
			return
		}
		u.out = append(append(u.out, text[:i]...), ' ')
		text = bytes.TrimLeft(text[i:], " \t")
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' }

// run counts how often a character stands at the beginning of a text.
func run(text []byte, c byte) int {
	n := 0
	for n < len(text) && text[n] == c {
		n++
	}
	return n
}

func digits(text []byte) int {
	n := 0
	for n < len(text) && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	return n
}

// only reports whether a text has no characters but these.
func only(text []byte, chars string) bool {
	for _, c := range text {
		if strings.IndexByte(chars, c) < 0 {
			return false
		}
	}
	return true
}

var audienceAttribute = regexp.MustCompile(`\s*audience=("[^"]*"|[^\s}]*)`)

// withoutReaders returns a body whose blocks do not say whom they are for: an
// edition does not tell who else reads them.
func withoutReaders(body []byte) []byte {
	if !bytes.Contains(body, []byte("audience=")) {
		return body
	}
	var out []byte
	for line := range bytes.Lines(body) {
		if bytes.HasPrefix(bytes.TrimLeft(line, " \t>-*0123456789.)"), []byte(":::")) {
			line = audienceAttribute.ReplaceAll(line, nil)
		}
		out = append(out, line...)
	}
	return out
}
