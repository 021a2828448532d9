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
// for a quarter of the cost: see quick.
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
	Offset int // lines before the first line of YAML in the file
	diag.List
}

func (r *Reader) pos(n *yaml.Node) diag.Pos {
	return diag.Pos{File: r.File, Line: n.Line + r.Offset, Col: n.Column}
}

// Parse reads one YAML document. An empty document gives a zero Value. It
// returns false if the text cannot be read at all, which is then a problem.
func (r *Reader) Parse(src []byte) (Value, bool) {
	if blank(src) {
		return Value{r: r}, true
	}
	root := quick(src)
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
		root = doc.Content[0]
	}
	if !r.plain(root) {
		return Value{r: r}, false
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

// blank tells whether a document holds nothing but comments and spaces.
func blank(src []byte) bool {
	for line := range bytes.Lines(src) {
		if t := bytes.TrimSpace(line); len(t) > 0 && t[0] != '#' {
			return false
		}
	}
	return true
}

// plain refuses what a record must not hold, and tells whether there was none.
func (r *Reader) plain(n *yaml.Node) bool {
	ok := true
	switch {
	case n.Kind == yaml.AliasNode:
		r.Errorf(r.pos(n), "yaml-construct", "write the value out", "aliases (*name) are not allowed")
		return false
	case n.Anchor != "":
		r.Errorf(r.pos(n), "yaml-construct", "write the value out where it is needed", "anchors (&name) are not allowed")
		ok = false
	case n.Style&yaml.TaggedStyle != 0:
		r.Errorf(r.pos(n), "yaml-construct", "delete the tag, or quote the value", "tags (!!name) are not allowed")
		ok = false
	}
	if i := strings.IndexFunc(n.Value, control); i >= 0 {
		c, _ := utf8.DecodeRuneInString(n.Value[i:])
		r.Errorf(r.pos(n), "yaml-construct", "delete the escape", "an escape stands for the control character %U", c)
		ok = false
	}
	if n.Kind == yaml.MappingNode {
		ok = r.keys(n) && ok
	}
	for _, c := range n.Content {
		ok = r.plain(c) && ok
	}
	return ok
}

// control tells whether a character is none that a text is written with.
func control(c rune) bool { return unicode.IsControl(c) && c != '\n' && c != '\t' }

// keys checks the keys of a map, and tells whether the map can be read.
func (r *Reader) keys(n *yaml.Node) bool {
	if count := len(n.Content) / 2; count > MaxKeys {
		r.Errorf(r.pos(n), "too-large", "use fewer keys", "a map has %d keys; the limit is %d", count, MaxKeys)
		return false
	}
	ok := true
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		switch {
		case k.Kind == yaml.AliasNode:
		case k.Kind != yaml.ScalarNode || k.Value == "":
			r.Errorf(r.pos(k), "yaml-construct", "write a word before the colon", "a key must be a word")
			ok = false
		case k.Value == "<<":
			r.Errorf(r.pos(k), "yaml-construct", "write the keys out", "merge keys (<<) are not allowed")
			ok = false
		default:
			for j := 0; j < i; j += 2 {
				if first := n.Content[j]; first.Value == k.Value {
					r.Errorf(r.pos(k), "duplicate-key", "keep one of them",
						"the key %s stands here and on line %d", diag.Quote(k.Value), first.Line+r.Offset)
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
	n *yaml.Node
}

// Given tells whether there is anything: a key without a value is not given.
func (v Value) Given() bool {
	return v.n != nil && !(v.n.Kind == yaml.ScalarNode && v.n.Value == "" && v.n.Style == 0)
}

// Pos gives the place of the value.
func (v Value) Pos() diag.Pos {
	if v.n == nil {
		return diag.Pos{File: v.r.File}
	}
	return v.r.pos(v.n)
}

// shape names what a value is, for messages.
func (v Value) shape() string {
	switch v.n.Kind {
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

// Text gives a scalar's text as it was written; what names it in messages.
func (v Value) Text(what string) string {
	if !v.Given() {
		return ""
	}
	if v.n.Kind != yaml.ScalarNode {
		v.wrong(what, "one value", "write one value, in quotes if it holds brackets")
		return ""
	}
	return v.n.Value
}

// List gives the elements of a list; what names it in messages. One that is
// empty is a problem.
func (v Value) List(what string) []Value {
	if !v.Given() {
		return nil
	}
	if v.n.Kind != yaml.SequenceNode {
		hint := "write a list: [" + "first, second]"
		if v.n.Kind == yaml.ScalarNode {
			hint = "write [" + diag.Clean(cut(v.n.Value)) + "]"
		}
		v.wrong(what, "a list", hint)
		return nil
	}
	out := make([]Value, 0, len(v.n.Content))
	for _, c := range v.n.Content {
		e := Value{v.r, c}
		if !e.Given() {
			v.r.Errorf(e.Pos(), "wrong-type", "delete the dash, or write something after it", "an entry of %s is empty", what)
			continue
		}
		out = append(out, e)
	}
	return out
}

func cut(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// Any gives a value as plain Go data, maps with string keys, lists and texts:
// nothing is converted, so 1.10 stays the text "1.10".
func (v Value) Any() any {
	if v.n == nil {
		return nil
	}
	switch v.n.Kind {
	case yaml.SequenceNode:
		out := make([]any, len(v.n.Content))
		for i, c := range v.n.Content {
			out[i] = Value{v.r, c}.Any()
		}
		return out
	case yaml.MappingNode:
		out := make(map[string]any, len(v.n.Content)/2)
		for i := 0; i+1 < len(v.n.Content); i += 2 {
			out[v.n.Content[i].Value] = Value{v.r, v.n.Content[i+1]}.Any()
		}
		return out
	}
	return v.n.Value
}
