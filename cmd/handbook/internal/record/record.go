// Package record reads YAML strictly: front matter, registers and
// handbook.yaml are records that people write by hand, and a slip of theirs
// must be told with its place and never be guessed away.
//
// [Parse] reads one document into a tree with positions. It refuses what has
// no place in a record or is dangerous in one: aliases, anchors, merge keys,
// tags, a second document, more than 20 levels, duplicate keys. A [Map] then
// reads the fields: scalars keep the text that was written (1.10 stays "1.10",
// no stays "no"), a value of the wrong shape is a problem that names the shape
// expected, and a key that nobody knows is a problem with the nearest known
// key.
//
// All problems go to the [Reader] that the tree was parsed with; reading goes
// on after each, so that one run tells them all.
//
// go.yaml.in/yaml reads YAML, all of it. Front matter in its plainest form, one
// key to a line, is read by a short reader of our own that gives the same tree
// for a fraction of the cost: see quick.
package record

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"handbook/cmd/handbook/internal/diag"
)

// MaxDepth is how deep a record may nest.
const MaxDepth = 20

// MaxKeys is how many keys one map may have.
const MaxKeys = 1000

// A Reader knows the file that is read and collects its problems.
type Reader struct {
	File   string
	Offset int    // lines before the first line of YAML in the file
	Arena  *Arena // may be nil
	diag.List
}

func (r *Reader) pos(n *node) diag.Pos {
	return diag.Pos{File: r.File, Line: n.line + r.Offset, Col: n.column}
}

// A node is a node of the tree: of a yaml.Node, what a record has a use for.
// Handbooks have pages by the thousand, and a yaml.Node is two and a half times
// as large.
type node struct {
	kind         yaml.Kind
	style        yaml.Style
	line, column int
	value        string
	first        *node // of a list, its first entry; of a map, its first key
	next         *node // in its list; in a map a key's value, and a value's next key
	anchored     bool
}

// count returns the number of entries of a list.
func (n *node) count() int {
	count := 0
	for c := n.first; c != nil; c = c.next {
		count++
	}
	return count
}

// nodeOf makes a node, and those in it, of one of the library.
func nodeOf(y *yaml.Node) *node {
	n := &node{kind: y.Kind, style: y.Style, line: y.Line, column: y.Column, value: y.Value, anchored: y.Anchor != ""}
	next := &n.first
	for _, c := range y.Content {
		*next = nodeOf(c)
		next = &(*next).next
	}
	return n
}

// Parse reads one YAML document. An empty document gives a zero Value. It
// returns false if the text cannot be read at all, which is then a problem.
func (r *Reader) Parse(src []byte) (Value, bool) {
	if blank(src) {
		return Value{r: r}, true
	}
	root := quick(src, r.Arena) // in which there can be nothing that plain refuses
	if root == nil {
		if r.separator(src) {
			return Value{r: r}, false
		}
		var doc yaml.Node
		err := yaml.Load(src, &doc, yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(MaxDepth))))
		if err != nil {
			r.explain(src, err)
			return Value{r: r}, false
		}
		if len(doc.Content) == 0 {
			return Value{r: r}, true
		}
		root = nodeOf(doc.Content[0])
		if !r.plain(root) {
			return Value{r: r}, false
		}
	}
	return Value{r, root}, true
}

// separator refuses the line ends that YAML knows and editors do not: they
// would break a value where nobody sees it, and every line below would be
// counted wrong.
func (r *Reader) separator(src []byte) bool {
	i := bytes.IndexAny(src, "\r\u0085\u2028\u2029")
	if i < 0 {
		return false
	}
	c, _ := utf8.DecodeRune(src[i:])
	start := 1 + bytes.LastIndexByte(src[:i], '\n')
	at := diag.Pos{File: r.File, Line: 1 + bytes.Count(src[:i], []byte("\n")) + r.Offset, Col: 1 + utf8.RuneCount(src[start:i])}
	r.Errorf(at, "yaml", "delete it", "there is a line end that cannot be seen, %U", c)
	return true
}

// blank reports whether a document holds nothing but comments and spaces.
func blank(src []byte) bool {
	for line := range bytes.Lines(src) {
		if t := bytes.TrimSpace(line); len(t) > 0 && t[0] != '#' {
			return false
		}
	}
	return true
}

// plain refuses what a record must not hold, and reports whether there was none.
func (r *Reader) plain(n *node) bool {
	ok := true
	switch {
	case n.kind == yaml.AliasNode:
		r.Errorf(r.pos(n), "yaml-construct", "write the value out", "aliases (*name) are not allowed")
		return false
	case n.anchored:
		r.Errorf(r.pos(n), "yaml-construct", "write the value out where it is needed", "anchors (&name) are not allowed")
		ok = false
	case n.style&yaml.TaggedStyle != 0:
		r.Errorf(r.pos(n), "yaml-construct", "delete the tag, or quote the value", "tags (!!name) are not allowed")
		ok = false
	}
	if i := indexControl(n.value); i >= 0 {
		c, _ := utf8.DecodeRuneInString(n.value[i:])
		r.Errorf(r.pos(n), "yaml-construct", "delete the escape", "an escape stands for the control character %U", c)
		ok = false
	}
	if n.kind == yaml.MappingNode {
		ok = r.keys(n) && ok
	}
	for c := n.first; c != nil; c = c.next {
		ok = r.plain(c) && ok
	}
	return ok
}

// control reports whether a character is none that a text is written with.
func control(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }

// indexControl returns the place of the first such character, or -1.
func indexControl(s string) int {
	for i := range len(s) {
		// Those beyond ASCII begin with this byte, as do others.
		if c := s[i]; c < ' ' || c == 0x7F || c == 0xC2 {
			return strings.IndexFunc(s, control)
		}
	}
	return -1
}

// keys checks the keys of a map, and reports whether the map can be read.
func (r *Reader) keys(n *node) bool {
	if count := n.count() / 2; count > MaxKeys {
		r.Errorf(r.pos(n), "too-large", "use fewer keys", "a map has %d keys; the limit is %d", count, MaxKeys)
		return false
	}
	ok := true
	for k := n.first; k != nil; k = k.next.next {
		switch {
		case k.kind == yaml.AliasNode:
		case k.kind != yaml.ScalarNode || k.value == "":
			r.Errorf(r.pos(k), "yaml-construct", "write a word before the colon", "a key must be a word")
			ok = false
		case k.value == "<<":
			r.Errorf(r.pos(k), "yaml-construct", "write the keys out", "merge keys (<<) are not allowed")
			ok = false
		default:
			for first := n.first; first != k; first = first.next.next {
				if first.value == k.value {
					r.Errorf(r.pos(k), "duplicate-key", "keep one of them",
						"the key %s is used here and on line %d", diag.Quote(k.value), first.line+r.Offset)
					break
				}
			}
		}
	}
	return ok
}

// A Value is a node of the tree: a scalar, a list or a map. The zero Value is
// "not given".
type Value struct {
	r *Reader
	n *node
}

// Given reports whether there is anything: a key without a value is not given.
func (v Value) Given() bool {
	return v.n != nil && !(v.n.kind == yaml.ScalarNode && v.n.value == "" && v.n.style == 0)
}

// Pos returns the place of the value.
func (v Value) Pos() diag.Pos {
	if v.n == nil {
		return diag.Pos{File: v.r.File}
	}
	return v.r.pos(v.n)
}

// IsList reports whether the value is a list.
func (v Value) IsList() bool { return v.n != nil && v.n.kind == yaml.SequenceNode }

// shape names what a value is, for messages.
func (v Value) shape() string {
	switch v.n.kind {
	case yaml.SequenceNode:
		return "a list"
	case yaml.MappingNode:
		return "a map"
	}
	return "one value"
}

func (v Value) wrong(what, want, hint string) {
	v.r.Errorf(v.Pos(), "wrong-type", hint, "%s must be %s, not %s", what, want, v.shape())
}

// Text returns a scalar's text as it was written; what names it in messages.
func (v Value) Text(what string) string {
	if !v.Given() {
		return ""
	}
	if v.n.kind != yaml.ScalarNode {
		v.wrong(what, "one value", "write one value, in quotes if it holds brackets")
		return ""
	}
	return v.n.value
}

// List returns the elements of a list; what names it in messages. One that is
// empty is a problem.
func (v Value) List(what string) []Value {
	if !v.Given() {
		return nil
	}
	if v.n.kind != yaml.SequenceNode {
		hint := "write a list: [" + "first, second]"
		if v.n.kind == yaml.ScalarNode {
			hint = "write [" + diag.Clean(cut(v.n.value)) + "]"
		}
		v.wrong(what, "a list", hint)
		return nil
	}
	out := make([]Value, 0, v.n.count())
	for c := v.n.first; c != nil; c = c.next {
		e := Value{v.r, c}
		if !e.Given() {
			v.r.Errorf(e.Pos(), "wrong-type", "delete the dash, or write something after it", "an entry of %s is empty", what)
			continue
		}
		out = append(out, e)
	}
	return out
}

func cut(s string) string { return cutTo(s, 40) }

// cutTo cuts a text to a number of characters.
func cutTo(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Any returns a value as plain Go data, maps with string keys, lists and texts:
// nothing is converted, so 1.10 stays the text "1.10".
func (v Value) Any() any {
	if v.n == nil {
		return nil
	}
	switch v.n.kind {
	case yaml.SequenceNode:
		out := make([]any, 0, v.n.count())
		for c := v.n.first; c != nil; c = c.next {
			out = append(out, Value{v.r, c}.Any())
		}
		return out
	case yaml.MappingNode:
		out := make(map[string]any, v.n.count()/2)
		for k := v.n.first; k != nil; k = k.next.next {
			out[k.value] = Value{v.r, k.next}.Any()
		}
		return out
	}
	return v.n.value
}
