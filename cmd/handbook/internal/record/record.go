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
package record

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	yaml "go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
)

// MaxDepth is how deep a record may nest.
const MaxDepth = 20

// MaxKeys is how many keys one map may have.
const MaxKeys = 1000

// A Reader knows the file that is read and collects its problems.
type Reader struct {
	File     string
	Offset   int // lines before the first line of YAML in the file
	Problems []diag.Problem
}

// errorf adds a problem.
func (r *Reader) errorf(pos diag.Pos, rule, hint, format string, args ...any) {
	r.Problems = append(r.Problems, diag.Errorf(pos, rule, hint, format, args...))
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
	var doc yaml.Node
	err := yaml.Load(src, &doc, yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(MaxDepth))))
	if err != nil {
		r.explain(src, err)
		return Value{r: r}, false
	}
	if len(doc.Content) == 0 {
		return Value{r: r}, true
	}
	root := doc.Content[0]
	if !r.plain(root) {
		return Value{r: r}, false
	}
	return Value{r, root}, true
}

// blank tells whether a document holds nothing but comments and spaces.
func blank(src []byte) bool {
	for line := range strings.Lines(string(src)) {
		if t := strings.TrimSpace(line); t != "" && t[0] != '#' {
			return false
		}
	}
	return true
}

// explain turns an error of the YAML library into a problem.
func (r *Reader) explain(src []byte, err error) {
	pos := diag.Pos{File: r.File, Line: 1 + r.Offset}
	text := err.Error()
	var le *yaml.LoadError
	if errors.As(err, &le) {
		text = le.Message
		if le.Mark.Line > 0 {
			pos.Line, pos.Col = le.Mark.Line+r.Offset, max(1, le.Mark.Column)
		}
		// What opened and never closed is the better place than the end.
		if le.ContextMark.Line > 0 && (strings.Contains(text, "end of stream") || strings.Contains(text, "did not find expected")) {
			pos.Line, pos.Col = le.ContextMark.Line+r.Offset, max(1, le.ContextMark.Column)
		}
	}
	rule, hint := "yaml", "check the colons, quotes and indents of this line and the one before"
	switch {
	case strings.Contains(text, "multiple"):
		rule, text, hint = "yaml-construct", "a second document begins here", "keep one document in a file: delete the line ---"
		for i, line := range strings.Split(string(src), "\n") {
			if i > 0 && strings.HasPrefix(line, "---") {
				pos.Line, pos.Col = i+1+r.Offset, 1
				break
			}
		}
	case strings.Contains(text, "exceeded max depth"):
		rule, text, hint = "too-deep", fmt.Sprintf("nests deeper than the limit of %d levels", MaxDepth), "write it flatter"
	case strings.Contains(text, "anchor"):
		rule, text, hint = "yaml-construct", "aliases (*name) are not allowed", "write the value out, or quote it"
	case strings.Contains(text, "mapping values are not allowed"):
		text, hint = "a value holds a colon and a space, which YAML reads as another key", "quote the value"
	case strings.Contains(text, "tab"):
		text, hint = "a tab is used to indent", "indent with spaces"
	case strings.Contains(text, "control characters"):
		text, hint = "there is a control character", "delete it"
	case strings.Contains(text, "end of stream"):
		text, hint = "a quote that opens here is never closed", "quote the value, and close the quote"
	case strings.Contains(text, "',' or ']'"):
		text, hint = "a list that opens with [ here is never closed", "quote the value, or close the list with ]"
	case strings.Contains(text, "',' or '}'"):
		text, hint = "a map that opens with { here is never closed", "quote the value, or close the map with }"
	case strings.Contains(text, "unknown escape"):
		text, hint = "a backslash in double quotes starts an escape that does not exist", "use single quotes"
	case strings.Contains(text, "cannot start any token"):
		text, hint = "a value cannot begin with this character", "quote the value"
	default:
		text = "cannot be read as YAML: " + diag.Clean(text)
	}
	r.errorf(pos, rule, hint, "%s", text)
}

// plain refuses what a record must not hold, and tells whether there was none.
func (r *Reader) plain(n *yaml.Node) bool {
	ok := true
	switch {
	case n.Kind == yaml.AliasNode:
		r.errorf(r.pos(n), "yaml-construct", "write the value out", "aliases (*name) are not allowed")
		return false
	case n.Anchor != "":
		r.errorf(r.pos(n), "yaml-construct", "write the value out where it is needed", "anchors (&name) are not allowed")
		ok = false
	case n.Style&yaml.TaggedStyle != 0:
		r.errorf(r.pos(n), "yaml-construct", "delete the tag, or quote the value", "tags (!!name) are not allowed")
		ok = false
	}
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			if c.Kind != yaml.ScalarNode {
				r.errorf(r.pos(c), "yaml-construct", "write a word before the colon", "a key must be a word")
				ok = false
				continue
			}
			if c.Value == "<<" {
				r.errorf(r.pos(c), "yaml-construct", "write the keys out", "merge keys (<<) are not allowed")
				ok = false
			}
		}
		ok = r.plain(c) && ok
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
	v.r.errorf(v.Pos(), "wrong-type", hint, "%s must be %s, not %s", what, want, v.shape())
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

// List gives the elements of a list.
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
	out := make([]Value, len(v.n.Content))
	for i, c := range v.n.Content {
		out[i] = Value{v.r, c}
	}
	return out
}

func cut(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// Map reads a map with the known keys; what names it in messages. Unknown and
// doubled keys are problems. The Map is nil if the value is not given or no map.
func (v Value) Map(what string, known ...string) *Map {
	if !v.Given() {
		return nil
	}
	if v.n.Kind != yaml.MappingNode {
		v.wrong(what, "a map of keys and values", "write key: value pairs")
		return nil
	}
	m := &Map{r: v.r, pos: v.Pos(), entries: make([]entry, 0, len(v.n.Content)/2)}
	if n := len(v.n.Content) / 2; n > MaxKeys {
		v.r.errorf(v.Pos(), "too-large", "use fewer keys", "%s has %d keys; the limit is %d", what, n, MaxKeys)
		return nil
	}
	for i := 0; i+1 < len(v.n.Content); i += 2 {
		k := v.n.Content[i]
		if j := m.index(k.Value); j >= 0 {
			v.r.errorf(v.r.pos(k), "duplicate-key", "keep one of them",
				"the key %s stands here and on line %d", diag.Quote(k.Value), m.entries[j].key.Line+v.r.Offset)
			continue
		}
		m.entries = append(m.entries, entry{k, Value{v.r, v.n.Content[i+1]}})
		if known != nil && !slices.Contains(known, k.Value) {
			v.r.errorf(v.r.pos(k), "unknown-key",
				diag.DidYouMean(strings.ToLower(k.Value), known, "known keys: "+strings.Join(known, ", ")),
				"unknown key %s", diag.Quote(k.Value))
		}
	}
	return m
}

type entry struct {
	key *yaml.Node
	val Value
}

// A Map is a map whose keys were checked.
type Map struct {
	r       *Reader
	pos     diag.Pos
	entries []entry
}

func (m *Map) index(key string) int {
	return slices.IndexFunc(m.entries, func(e entry) bool { return e.key.Value == key })
}

// Value gives the value of a key, or a Value that is not given. A nil Map has
// no values.
func (m *Map) Value(key string) Value {
	if m == nil {
		return Value{}
	}
	if i := m.index(key); i >= 0 {
		return m.entries[i].val
	}
	return Value{r: m.r}
}

// Reader gives the reader that the map's problems go to.
func (m *Map) Reader() *Reader { return m.r }

// Keys gives the keys in the order they were written.
func (m *Map) Keys() []string {
	if m == nil {
		return nil
	}
	keys := make([]string, len(m.entries))
	for i, e := range m.entries {
		keys[i] = e.key.Value
	}
	return keys
}

// Pos gives the place of a key's value, or of the map where it has no such key.
func (m *Map) Pos(key string) diag.Pos {
	if v := m.Value(key); v.n != nil {
		return v.Pos()
	}
	return m.pos
}

// KeyPos gives the place of a key, or of the map where it has no such key.
func (m *Map) KeyPos(key string) diag.Pos {
	if i := m.index(key); i >= 0 {
		return m.r.pos(m.entries[i].key)
	}
	return m.pos
}

// Errorf adds a problem at a key's value.
func (m *Map) Errorf(key, rule, hint, format string, args ...any) {
	m.r.errorf(m.Pos(key), rule, hint, format, args...)
}

// Text gives the text of a key as it was written.
func (m *Map) Text(key string) string { return m.Value(key).Text(key) }

// Line gives the text of a key as one line: white space is folded.
func (m *Map) Line(key string) string { return strings.Join(strings.Fields(m.Text(key)), " ") }

// Texts gives the texts of a list.
func (m *Map) Texts(key string) []string {
	var out []string
	for _, v := range m.Value(key).List(key) {
		if t := v.Text("an entry of " + key); t != "" {
			out = append(out, t)
		}
	}
	return out
}

// Date gives the day of a key, or no day; a text that is none is a problem.
func (m *Map) Date(key string) date.Date {
	t := m.Text(key)
	if t == "" {
		return date.Date{}
	}
	d, err := date.Parse(t)
	if err != nil {
		m.parseError(key, "bad-date", err)
	}
	return d
}

// Period gives the period of a key, or the zero Period.
func (m *Map) Period(key string) date.Period {
	t := m.Text(key)
	if t == "" {
		return date.Period{}
	}
	p, err := date.ParsePeriod(t)
	if err != nil {
		m.parseError(key, "bad-period", err)
	}
	return p
}

func (m *Map) parseError(key, rule string, err error) {
	hint := "write it as the documentation shows"
	var pe *date.ParseError
	if errors.As(err, &pe) {
		hint = pe.Hint
	}
	m.r.errorf(m.Pos(key), rule, hint, "%s: %s", key, diag.Clean(err.Error()))
}

// Int gives the whole number of a key between lo and hi, or otherwise.
func (m *Map) Int(key string, lo, hi, otherwise int) int {
	t := m.Text(key)
	if t == "" {
		return otherwise
	}
	n, err := strconv.Atoi(t)
	if err != nil || n < lo || n > hi || strconv.Itoa(n) != t {
		m.Errorf(key, "bad-value", fmt.Sprintf("write a whole number from %d to %d", lo, hi), "%s: %s is not a whole number from %d to %d", key, diag.Quote(t), lo, hi)
		return otherwise
	}
	return n
}

// Bool gives true or false; anything else is a problem and false.
func (m *Map) Bool(key string) bool {
	switch t := m.Text(key); t {
	case "true":
		return true
	case "", "false":
	default:
		m.Errorf(key, "bad-value", "write true or false", "%s: %s is neither true nor false", key, diag.Quote(t))
	}
	return false
}

// Choice gives a text that must be one of the choices, or "" if not given.
func (m *Map) Choice(key string, choices ...string) string {
	t := m.Text(key)
	if t == "" || slices.Contains(choices, t) {
		return t
	}
	m.Errorf(key, "bad-value", diag.DidYouMean(t, choices, "write one of "+strings.Join(choices, ", ")), "%s: %s is not one of %s", key, diag.Quote(t), strings.Join(choices, ", "))
	return ""
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
