package record

import (
	"strings"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"
)

// quick reads the plainest part of YAML, which nearly all front matter keeps
// to: one key to a line, lists and maps by indent or on one line in brackets
// and braces, values that mean nothing but themselves, whole-line comments. At
// anything else (escapes, texts over several lines, empty values, comments
// after a value, anchors, mistakes) it gives up and returns nil, and the YAML
// library reads the text; so all problems are told by one reader. The trees are
// the same, except that comments and tags are left out: see FuzzQuick.
//
// The library goes through every character several times, and with it front
// matter costs half as much as all the markdown below it.
//
// The nodes stand in the arena, if there is one.
func quick(src []byte, arena *Arena) *node {
	if !utf8.Valid(src) {
		return nil
	}
	q := &quickReader{src: string(src)}
	if arena != nil {
		q.nodes = arena.nodes[:0]
		defer func() { arena.keep(q.nodes) }()
	}
	q.next()
	root := q.block(q.indent, 0)
	if q.failed || q.line != "" {
		return nil
	}
	return root
}

// An Arena is the memory for the tree of a document, which can serve one document
// after the other. What is in use when the next one is parsed is overwritten.
type Arena struct{ nodes []node }

// keep keeps memory for the next document, unless this one was of unusual size.
func (r *Arena) keep(nodes []node) {
	if cap(nodes) <= 1000 {
		r.nodes = nodes
	}
}

// maxQuick is how deep quick goes; what is deeper is for the library to judge.
const maxQuick = 8

// A quickReader reads YAML line by line.
type quickReader struct {
	src    string // what is left after the line
	line   string // from its first character that is no space; "" at the end
	indent int
	number int
	failed bool
	nodes  []node

	// A line may be as long as the file, so its characters are counted once:
	// there are runes of them before byte counted.
	counted, runes int
}

// next goes to the next line that is neither blank nor a comment.
func (q *quickReader) next() {
	for q.src != "" {
		line, rest, _ := strings.Cut(q.src, "\n")
		q.src = rest
		q.number++
		text := strings.TrimLeft(line, " ")
		if text == "" || text[0] == '#' {
			if !isPlainLine(text) {
				q.failed = true
			}
			continue
		}
		q.take(strings.TrimRight(text, " "), len(line)-len(text))
		if !isPlainLine(q.line) {
			q.failed = true
		}
		return
	}
	q.take("", -1)
}

// take makes a text the line that is read.
func (q *quickReader) take(line string, indent int) {
	q.line, q.indent = line, indent
	q.counted, q.runes = 0, 0
}

// column returns the column of a byte of the line.
func (q *quickReader) column(at int) int {
	if at < q.counted {
		q.counted, q.runes = 0, 0
	}
	q.runes += utf8.RuneCountInString(q.line[q.counted:at])
	q.counted = at
	return 1 + q.indent + q.runes
}

// isPlainLine reports whether a line holds nothing that YAML treats in a way of
// its own anywhere in a line: control characters, other line ends, byte order
// marks.
func isPlainLine(s string) bool {
	for i := range len(s) {
		if quickKinds[s[i]]&strange == 0 {
			continue
		}
		switch c := s[i]; {
		case c < ' ' || c == 0x7F || c == 0xEF:
			return false
		case c == 0xC2 && s[i+1] < 0xA0:
			return false
		case c == 0xE2 && s[i+1] == 0x80 && (s[i+2] == 0xA8 || s[i+2] == 0xA9):
			return false
		}
	}
	return true
}

// fail returns up.
func (q *quickReader) fail() *node {
	q.failed = true
	return nil
}

// node makes a node that begins at a byte of the line.
func (q *quickReader) node(kind yaml.Kind, style yaml.Style, value string, at int) *node {
	if len(q.nodes) == cap(q.nodes) {
		// Those before stay where they are: others point to them.
		q.nodes = make([]node, 0, max(32, 2*cap(q.nodes)))
	}
	q.nodes = append(q.nodes, node{kind: kind, style: style, value: value, line: q.number, column: q.column(at)})
	return &q.nodes[len(q.nodes)-1]
}

// block reads the map or list whose lines begin at an indent.
func (q *quickReader) block(indent, depth int) *node {
	switch {
	case q.failed || q.line == "" || depth > maxQuick:
		return q.fail()
	case strings.HasPrefix(q.line, "- "):
		return q.list(indent, depth)
	}
	return q.entries(q.node(yaml.MappingNode, 0, "", 0), indent, depth)
}

// list reads the entries of a list, of which the first is on the line.
func (q *quickReader) list(indent, depth int) *node {
	n := q.node(yaml.SequenceNode, 0, "", 0)
	next := &n.first
	for !q.failed && q.indent == indent && strings.HasPrefix(q.line, "- ") {
		text := q.line[2:]
		if key := quickKey(text); key != "" {
			// A map whose first key stands behind the dash.
			q.take(text, indent+2)
			*next = q.entries(q.node(yaml.MappingNode, 0, "", 0), indent+2, depth+1)
		} else {
			*next = q.value(2, indent)
		}
		if q.failed {
			return nil
		}
		next = &(*next).next
	}
	if q.indent > indent {
		return q.fail()
	}
	return n
}

// entries reads the keys and values of a map, of which the first is on the line.
func (q *quickReader) entries(n *node, indent, depth int) *node {
	next := &n.first
	for !q.failed && q.indent == indent {
		key := quickKey(q.line)
		if key == "" || !n.takes(key) {
			return q.fail()
		}
		k := q.node(yaml.ScalarNode, 0, key, 0)
		if rest := q.line[len(key)+1:]; rest != "" {
			k.next = q.value(len(q.line)-len(strings.TrimLeft(rest, " ")), indent)
		} else {
			q.next()
			if q.indent < indent || q.indent == indent && !strings.HasPrefix(q.line, "- ") {
				return q.fail()
			}
			k.next = q.block(q.indent, depth+1)
		}
		if q.failed {
			return nil
		}
		*next, next = k, &k.next.next
	}
	if q.indent > indent {
		return q.fail()
	}
	return n
}

// takes reports whether a map can take one more key: it has not too many, and not
// this one.
func (n *node) takes(key string) bool {
	count := 0
	for k := n.first; k != nil; k = k.next.next {
		if k.value == key {
			return false
		}
		count++
	}
	return count < MaxKeys
}

// quickKey returns the key that a text begins with, or "": a word, a colon, and
// a space or nothing.
func quickKey(s string) string {
	for i := range len(s) {
		switch c := s[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || i > 0 && (c >= '0' && c <= '9' || c == '-'):
		case c == ':' && i > 0 && i < 100 && (i+1 == len(s) || s[i+1] == ' '):
			return s[:i]
		default:
			return ""
		}
	}
	return ""
}

// value reads the value that begins at a byte of the line and ends with it,
// and goes to the next line, which must not be indented deeper: it would go on
// with the value.
func (q *quickReader) value(at, indent int) *node {
	n, end := q.flow(at, false, 0)
	if q.failed || end != len(q.line) {
		return q.fail()
	}
	if q.next(); q.indent > indent {
		return q.fail()
	}
	return n
}

// flow reads a value that begins at a byte of the line, and gives the byte
// after it. In brackets or braces a comma ends it.
func (q *quickReader) flow(at int, inside bool, depth int) (*node, int) {
	if at >= len(q.line) || depth > maxQuick {
		return q.fail(), at
	}
	switch c := q.line[at]; c {
	case '[', '{':
		return q.collection(at, depth)
	case '"', '\'':
		style := yaml.DoubleQuotedStyle
		if c == '\'' {
			style = yaml.SingleQuotedStyle
		}
		length := strings.IndexByte(q.line[at+1:], c)
		if length < 0 {
			return q.fail(), at
		}
		text, end := q.line[at+1:at+1+length], at+length+2
		if strings.IndexByte(text, '\\') >= 0 || end < len(q.line) && !(inside && strings.IndexByte(" ,]}", q.line[end]) >= 0) {
			return q.fail(), at
		}
		return q.node(yaml.ScalarNode, style, text, at), end
	}
	if quickKinds[q.line[at]]&begins == 0 {
		return q.fail(), at
	}
	if !inside {
		text := q.line[at:] // without spaces at its end: see next
		if strings.IndexByte(text, ':') >= 0 && (strings.Contains(text, ": ") || text[len(text)-1] == ':') || strings.IndexByte(text, '#') >= 0 && strings.Contains(text, " #") {
			return q.fail(), at
		}
		return q.node(yaml.ScalarNode, 0, text, at), len(q.line)
	}
	end := at
	for end < len(q.line) && quickKinds[q.line[end]]&goesOn != 0 || strings.HasPrefix(q.line[end:], "://") {
		end++
	}
	if end < len(q.line) && strings.IndexByte(",]}", q.line[end]) < 0 {
		return q.fail(), at
	}
	return q.node(yaml.ScalarNode, 0, strings.TrimRight(q.line[at:end], " "), at), end
}

// What a byte can be.
const (
	begins  = 1 << iota // a plain value
	goesOn              // in a plain value within brackets and braces
	strange             // part of what isPlainLine looks for
)

// quickKinds says what each byte can be.
var quickKinds = func() (kinds [256]byte) {
	for c := range kinds {
		if c < ' ' || c == 0x7F || c == 0xEF || c == 0xC2 || c == 0xE2 {
			kinds[c] = strange
		}
		if b := byte(c); b|0x20 >= 'a' && b|0x20 <= 'z' || b >= '0' && b <= '9' || b == '_' || b >= utf8.RuneSelf {
			kinds[c] |= begins | goesOn
		}
	}
	for _, c := range []byte("/($+.") {
		kinds[c] = begins | goesOn
	}
	for _, c := range []byte(" -)@&'") {
		kinds[c] |= goesOn
	}
	return kinds
}()

// collection reads a list in brackets or a map in braces.
func (q *quickReader) collection(at, depth int) (*node, int) {
	kind, last := yaml.SequenceNode, byte(']')
	if q.line[at] == '{' {
		kind, last = yaml.MappingNode, '}'
	}
	n := q.node(kind, yaml.FlowStyle, "", at)
	spaces := func() {
		for at < len(q.line) && q.line[at] == ' ' {
			at++
		}
	}
	next := &n.first
	at++
	if spaces(); at < len(q.line) && q.line[at] == last {
		return n, at + 1
	}
	for {
		if kind == yaml.MappingNode {
			key := quickKey(q.line[at:])
			if key == "" || !n.takes(key) {
				return q.fail(), at
			}
			*next = q.node(yaml.ScalarNode, 0, key, at)
			next = &(*next).next
			at += len(key) + 1
			spaces()
		}
		v, end := q.flow(at, true, depth+1)
		if q.failed {
			return nil, at
		}
		*next, next = v, &v.next
		at = end
		if spaces(); at >= len(q.line) {
			return q.fail(), at
		}
		switch q.line[at] {
		case last:
			return n, at + 1
		case ',':
			at++
			spaces()
		default:
			return q.fail(), at
		}
	}
}
