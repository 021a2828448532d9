package edit

import (
	"bytes"
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

// Append returns the file with one record more at the end of a list in its
// front matter. A file without front matter gets one.
func Append(file []byte, key string, record []Field) ([]byte, error) {
	m, err := parse(file)
	if err != nil {
		return nil, err
	}
	out, err := m.append(key, Flow(record))
	if err != nil {
		return nil, err
	}
	return out, m.verify(out, key, record, true)
}

func (m *matter) append(key, item string) ([]byte, error) {
	v, at, err := m.find(key)
	switch {
	case err != nil:
		return nil, err
	case v == nil:
		return m.add(key + ":" + m.eol + m.indent + "  - " + item + m.eol), nil
	case empty(v):
		return m.fill(v, at, m.eol+m.indent+"  - "+item), nil
	case v.Kind != yaml.SequenceNode:
		return nil, &Error{m.line(v.Line), key + " must be a list", "write " + key + ": []"}
	case v.Style&yaml.FlowStyle != 0:
		return m.appendFlow(v, item)
	}
	// A list with dashes: the new one stands where the last item ends, beneath
	// the first one's dash.
	first := m.lines[v.Line-1]
	dash := first.indent(m.src)
	end := m.endOf(at, dash)
	return splice(m.src, end, end, m.indentText(first, dash)+"- "+item+m.eol), nil
}

// Set returns the file with a record under a key of its front matter, in place
// of what stood there.
func Set(file []byte, key string, record []Field) ([]byte, error) {
	m, err := parse(file)
	if err != nil {
		return nil, err
	}
	out, err := m.set(key, Flow(record))
	if err != nil {
		return nil, err
	}
	return out, m.verify(out, key, record, false)
}

func (m *matter) set(key, item string) ([]byte, error) {
	v, at, err := m.find(key)
	switch {
	case err != nil:
		return nil, err
	case v == nil:
		return m.add(key + ": " + item + m.eol), nil
	case empty(v):
		return m.fill(v, at, " "+item), nil
	case v.Kind != yaml.MappingNode:
		return nil, &Error{m.line(v.Line), key + " must be a map", "write " + key + ": {on: 2026-01-31, by: a name}"}
	case v.Style&yaml.FlowStyle != 0:
		start := m.offset(v)
		f, ok := scanFlow(m.src, start, m.end)
		if !ok {
			return nil, m.unclear(v, key)
		}
		if len(comments(m.src[start:f.end])) > 0 {
			return nil, &Error{m.line(v.Line), "a comment between the braces of " + key + " would be lost", "put the comment on a line of its own above " + key + ":"}
		}
		return splice(m.src, start, f.end+1, item), nil
	}
	// A map on lines of its own gives way to one line beneath the key, below
	// the comments that stood in it.
	first := m.lines[v.Line-1]
	col, end := first.indent(m.src), m.endOf(at, first.indent(m.src))
	indent, text := m.indentText(first, col), ""
	for _, c := range comments(m.src[first.start:end]) {
		text += indent + c + m.eol
	}
	return splice(m.src, first.start, end, text+indent+item+m.eol), nil
}

// comments returns the comments in a part of a map. A quote begins a quoted text
// where a key or value begins.
func comments(b []byte) []string {
	var all []string
	begins := true
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\n':
			begins = true
		case c == ' ' || c == '\t' || c == '\r':
		case c == '#' && (i == 0 || isSpace(b[i-1])):
			n := bytes.IndexByte(b[i:], '\n')
			if n < 0 {
				n = len(b) - i
			}
			all = append(all, string(bytes.TrimRight(b[i:i+n], " \t\r")))
			i += n - 1
		case (c == '"' || c == '\'') && begins:
			i = skipQuoted(b, i, len(b))
			begins = false
		case c == '{' || c == '[' || c == ',':
			begins = true
		case c == ':':
			begins = i+1 < len(b) && isSpace(b[i+1]) || begins
		default:
			begins = false
		}
	}
	return all
}

// Add returns the file with a record more under a key of its front matter. The
// first record stands there alone; a second one makes a list of it, and what was
// written stays as it was, with its comments.
func Add(file []byte, key string, record []Field) ([]byte, error) {
	m, err := parse(file)
	if err != nil {
		return nil, err
	}
	v, at, err := m.find(key)
	switch {
	case err != nil:
		return nil, err
	case v == nil || empty(v):
		return Set(file, key, record)
	case v.Kind != yaml.MappingNode:
		return Append(file, key, record)
	}
	out, err := m.toList(v, at, key, Flow(record))
	if err != nil {
		return nil, err
	}
	return out, m.verify(out, key, record, true)
}

// toList makes a list of the map under a key and an item after it.
func (m *matter) toList(v *yaml.Node, key int, name, item string) ([]byte, error) {
	if v.Style&yaml.FlowStyle == 0 {
		// Its lines move to the right, beneath a dash.
		first := m.lines[v.Line-1]
		col := first.indent(m.src)
		end := m.endOf(key, col)
		var moved []byte
		for i, l := range split(m.src, first.start, end) {
			switch {
			case i == 0:
				moved = append(append(moved, m.indentText(first, col)...), "- "...)
				l.start += col
			case len(bytes.TrimSpace(m.src[l.start:l.end])) > 0:
				moved = append(moved, "  "...)
			}
			moved = append(moved, m.src[l.start:l.next]...)
		}
		return splice(m.src, first.start, end, string(moved)+m.indentText(first, col)+"- "+item+m.eol), nil
	}
	k, start := m.root.Content[2*key], m.offset(v)
	f, ok := scanFlow(m.src, start, m.end)
	if !ok {
		return nil, m.unclear(v, name)
	}
	l := m.lines[k.Line-1]
	if v.Line != k.Line || f.end >= l.end {
		// On lines of its own it stays where it is, in brackets.
		out := splice(m.src, f.end+1, f.end+1, ", "+item+"]")
		return splice(out, start, start, "["), nil
	}
	out := splice(m.src, l.end, l.end, m.eol+m.indent+"  - "+item)
	colon := m.offset(k)
	colon += bytes.IndexByte(m.src[colon:], ':') + 1
	return splice(out, colon, start, m.eol+m.indent+"  - "), nil
}

// A matter is the front matter of a file, with the places of its keys.
type matter struct {
	src        []byte
	start, end int    // of the YAML, between the fences
	first      int    // the number of the file's lines before the YAML
	eol        string // the file's line end
	root       *yaml.Node
	indent     string // before every key
	lines      []span // of the YAML
}

// A span is a line without its line end; next begins the line after it.
type span struct{ start, end, next int }

// indent counts the spaces that a line begins with.
func (l span) indent(src []byte) int {
	n := 0
	for l.start+n < l.end && src[l.start+n] == ' ' {
		n++
	}
	return n
}

func (m *matter) indentText(l span, n int) string { return string(m.src[l.start : l.start+n]) }

// parse finds the front matter and reads its YAML.
func parse(file []byte) (*matter, error) {
	m := &matter{src: file, eol: eol(file)}
	begin := 0
	if bytes.HasPrefix(file, []byte("\xEF\xBB\xBF")) {
		begin = 3
	}
	all := split(file, begin, len(file))
	if len(all) == 0 || !fence(file, all[0]) {
		m.start, m.end = begin, begin
		return m, nil
	}
	m.start, m.first = all[0].next, 1
	closed := false
	for _, l := range all[1:] {
		if closed = fence(file, l); closed {
			m.end = l.start
			break
		}
		m.lines = append(m.lines, l)
	}
	if !closed {
		return nil, &Error{1, "the front matter is not closed", "put a line --- after its last key"}
	}
	if l := otherEnd(file[m.start:m.end]); l > 0 {
		return nil, &Error{m.line(l), "the line has an end that is not that of the other lines", "save the file with the line ends of Unix or Windows"}
	}
	if onlyComments(file[m.start:m.end]) {
		return m, nil
	}
	var doc yaml.Node
	if err := yaml.Load(file[m.start:m.end], &doc); err != nil {
		return nil, &Error{1, "the front matter cannot be read as YAML: " + err.Error(), "handbook check says where"}
	}
	if len(doc.Content) == 0 || empty(doc.Content[0]) {
		return m, nil
	}
	m.root = doc.Content[0]
	if m.root.Kind != yaml.MappingNode || m.root.Style&yaml.FlowStyle != 0 {
		return nil, &Error{m.line(m.root.Line), "the front matter is not written as one key on each line", "write title: ..., and so on, each on a line of its own"}
	}
	if len(m.root.Content) > 0 {
		l := m.lines[m.root.Content[0].Line-1]
		m.indent = m.indentText(l, l.indent(file))
	}
	return m, nil
}

// otherEnd returns the first line, from 1, in which YAML sees a line end that
// split does not, or 0: then the two would count lines differently.
func otherEnd(b []byte) int {
	n := 1
	for i, c := range b {
		rest := b[i:]
		switch {
		case c == '\n':
			n++
		case c == '\r' && !bytes.HasPrefix(rest, []byte("\r\n")),
			bytes.HasPrefix(rest, []byte("\u0085")), bytes.HasPrefix(rest, []byte("\u2028")), bytes.HasPrefix(rest, []byte("\u2029")):
			return n
		}
	}
	return 0
}

// split returns the lines from start to end.
func split(b []byte, start, end int) []span {
	var out []span
	for start < end {
		next := end
		if i := bytes.IndexByte(b[start:end], '\n'); i >= 0 {
			next = start + i + 1
		}
		stop := next
		if stop > start && b[stop-1] == '\n' {
			stop--
		}
		if stop > start && b[stop-1] == '\r' {
			stop--
		}
		out = append(out, span{start, stop, next})
		start = next
	}
	return out
}

// fence reports whether a line is three dashes.
func fence(b []byte, l span) bool {
	return string(bytes.TrimRight(b[l.start:l.end], " \t")) == "---"
}

// line turns a line of the YAML into a line of the file.
func (m *matter) line(n int) int { return n + m.first }

// offset returns the byte at which a node begins. What stands before it on its
// line is white space or a key in ASCII, so columns count bytes.
func (m *matter) offset(n *yaml.Node) int { return m.lines[n.Line-1].start + n.Column - 1 }

func (m *matter) unclear(n *yaml.Node, key string) error {
	return &Error{m.line(n.Line), "the end of " + key + " cannot be told", "write it with dashes, one record on each line"}
}

// find returns the value of a key and the key's number, or nil if there is no
// such key.
func (m *matter) find(key string) (*yaml.Node, int, error) {
	if m.root == nil {
		return nil, 0, nil
	}
	for i := 0; i+1 < len(m.root.Content); i += 2 {
		k := m.root.Content[i]
		if k.Value != key {
			continue
		}
		if bytes.HasPrefix(m.src[m.lines[k.Line-1].start+len(m.indent):], []byte("?")) {
			return nil, 0, &Error{m.line(k.Line), key + " is written with a question mark", "write " + key + ": instead"}
		}
		return m.root.Content[i+1], i / 2, nil
	}
	return nil, 0, nil
}

// empty reports whether a value is missing or null, or a list without entries.
func empty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null"
}

// add puts whole lines at the end of the front matter.
func (m *matter) add(lines string) []byte {
	if m.first == 0 {
		return splice(m.src, m.start, m.start, "---"+m.eol+lines+"---"+m.eol)
	}
	return splice(m.src, m.end, m.end, m.indent+lines)
}

// fill returns a key that has no value (or null, or ~) the text as its value.
func (m *matter) fill(v *yaml.Node, key int, text string) []byte {
	k := m.root.Content[2*key]
	colon := m.offset(k)
	colon += bytes.IndexByte(m.src[colon:], ':') + 1
	end := colon
	if v.Value != "" {
		end = m.offset(v) + len(v.Value)
	}
	if !strings.HasPrefix(text, m.eol) || end > colon {
		return splice(m.src, colon, end, text)
	}
	// A list goes to the next line, behind a comment that the key may have.
	l := m.lines[k.Line-1]
	return splice(m.src, l.end, l.end, text)
}

// endOf returns the byte at which the block of a key ends: after its last line
// that is not blank and not a comment of what follows. A comment that stands
// at or beyond the column of the block's own lines belongs to the block.
func (m *matter) endOf(key, col int) int {
	last := len(m.lines)
	if next := 2*key + 2; next < len(m.root.Content) {
		last = m.root.Content[next].Line - 1
	}
	for last > 0 {
		l := m.lines[last-1]
		text := bytes.TrimSpace(m.src[l.start:l.end])
		in := l.indent(m.src)
		comment := len(text) > 0 && text[0] == '#' && (in < col || in <= len(m.indent))
		if len(text) > 0 && !comment {
			return l.next
		}
		last--
	}
	return m.start
}

// appendFlow puts an item at the end of a list in brackets.
func (m *matter) appendFlow(v *yaml.Node, item string) ([]byte, error) {
	f, ok := scanFlow(m.src, m.offset(v), m.end)
	if !ok {
		return nil, m.unclear(v, "the list")
	}
	if len(v.Content) == 0 {
		return splice(m.src, f.last, f.last, item), nil
	}
	comma := ","
	if f.comma {
		comma = ""
	}
	line := m.src[bytes.LastIndexByte(m.src[:f.end], '\n')+1 : f.end]
	if len(bytes.TrimSpace(line)) > 0 {
		return splice(m.src, f.last, f.last, comma+" "+item), nil
	}
	// The closing bracket has a line of its own, so the item gets one too.
	start := f.end - len(line)
	out := splice(m.src, start, start, strings.Repeat(" ", v.Content[len(v.Content)-1].Column-1)+item+m.eol)
	return splice(out, f.last, f.last, comma), nil
}
