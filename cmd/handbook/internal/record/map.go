package record

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	yaml "go.yaml.in/yaml/v4"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/source"
)

// Map reads a map with the known keys; what names it in messages. Unknown keys
// are problems. The Map is nil if the value is not given or no map.
func (v Value) Map(what string, known ...string) *Map {
	if !v.Given() {
		return nil
	}
	if v.n.kind != yaml.MappingNode {
		v.wrong(what, "a map of keys and values", "write key: value pairs")
		return nil
	}
	m := &Map{v.r, v.n}
	for k := v.n.first; k != nil; k = k.next.next {
		// Of a key that stands twice, which Parse has told, the first one holds.
		if known != nil && !slices.Contains(known, k.value) && m.key(k.value) == k {
			v.r.Errorf(v.r.pos(k), "unknown-key",
				diag.DidYouMean(k.value, known, "known keys: "+strings.Join(known, ", ")),
				"unknown key %s", diag.Quote(k.value))
		}
	}
	return m
}

// IsMap reports whether the value is a map.
func (v Value) IsMap() bool { return v.Given() && v.n.kind == yaml.MappingNode }

// A Map is a map whose keys were checked.
type Map struct {
	r *Reader
	n *node
}

// key returns the first key of a name, or nil.
func (m *Map) key(name string) *node {
	for k := m.n.first; k != nil; k = k.next.next {
		if k.value == name {
			return k
		}
	}
	return nil
}

// Value returns the value of a key, or a Value that is not given. A nil Map has
// no values.
func (m *Map) Value(key string) Value {
	if m == nil {
		return Value{}
	}
	if k := m.key(key); k != nil {
		return Value{m.r, k.next}
	}
	return Value{r: m.r}
}

// Keys returns the keys in the order they were written.
func (m *Map) Keys() []string {
	if m == nil {
		return nil
	}
	keys := make([]string, 0, m.n.count()/2)
	for k := m.n.first; k != nil; k = k.next.next {
		if m.key(k.value) == k {
			keys = append(keys, k.value)
		}
	}
	return keys
}

// Len returns the number of keys; one that stands twice counts twice.
func (m *Map) Len() int {
	if m == nil {
		return 0
	}
	return m.n.count() / 2
}

// Has reports whether a key was written, with or without a value.
func (m *Map) Has(key string) bool { return m != nil && m.key(key) != nil }

// Place returns the place of a key's value, and whether the key was written.
func (m *Map) Place(key string) (diag.Pos, bool) {
	if m != nil {
		if k := m.key(key); k != nil {
			return m.r.pos(k.next), true
		}
	}
	return diag.Pos{}, false
}

// Pos returns the place of a key's value, or of the map where it has no such key.
func (m *Map) Pos(key string) diag.Pos {
	if k := m.key(key); k != nil {
		return m.r.pos(k.next)
	}
	return m.r.pos(m.n)
}

// KeyPos returns the place of a key, or of the map where it has no such key.
func (m *Map) KeyPos(key string) diag.Pos {
	if k := m.key(key); k != nil {
		return m.r.pos(k)
	}
	return m.r.pos(m.n)
}

// Errorf adds a problem at a key's value.
func (m *Map) Errorf(key, rule, hint, format string, args ...any) {
	m.r.Errorf(m.Pos(key), rule, hint, format, args...)
}

// Text returns the text of a key as it was written.
func (m *Map) Text(key string) string { return m.Value(key).Text(key) }

// Line returns the text of a key as one line: white space is folded.
func (m *Map) Line(key string) string { return source.OneLine(m.Text(key)) }

// Texts returns the texts of a list.
func (m *Map) Texts(key string) []string {
	list := m.Value(key).List(key)
	if len(list) == 0 {
		return nil
	}
	var out []string
	what := "an entry of " + key
	for _, v := range list {
		if t := v.Text(what); t != "" {
			if out == nil {
				out = make([]string, 0, len(list))
			}
			out = append(out, t)
		}
	}
	return out
}

// Date returns the day of a key, or no day; a text that is none is a problem.
func (m *Map) Date(key string) date.Date { return parsed(m, key, "bad-date", date.Parse) }

// Period returns the period of a key, or the zero Period.
func (m *Map) Period(key string) date.Period { return parsed(m, key, "bad-period", date.ParsePeriod) }

// parsed returns what the text of a key stands for; one that cannot be parsed is
// a problem of a rule.
func parsed[T any](m *Map, key, rule string, parse func(string) (T, error)) (v T) {
	t := m.Text(key)
	if t == "" {
		return v
	}
	v, err := parse(t)
	if err != nil {
		hint := "write it as the documentation shows"
		var pe *date.ParseError
		if errors.As(err, &pe) {
			hint = pe.Hint
		}
		m.Errorf(key, rule, hint, "%s: %s", key, diag.Clean(err.Error()))
	}
	return v
}

// Int returns the whole number of a key between lo and hi, or otherwise.
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

// Bool returns true or false; anything else is a problem and false.
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

// Choice returns a text that must be one of the choices, or "" if not given.
func (m *Map) Choice(key string, choices ...string) string {
	t := m.Text(key)
	if t == "" || slices.Contains(choices, t) {
		return t
	}
	m.wrongChoice(m.Pos(key), key, t, choices)
	return ""
}

// Choices returns the texts of a list, each of which must be one of the choices.
func (m *Map) Choices(key string, choices ...string) []string {
	var out []string
	what := "an entry of " + key
	for _, v := range m.Value(key).List(key) {
		switch t := v.Text(what); {
		case t == "":
		case slices.Contains(choices, t):
			out = append(out, t)
		default:
			m.wrongChoice(v.Pos(), key, t, choices)
		}
	}
	return out
}

func (m *Map) wrongChoice(at diag.Pos, key, text string, choices []string) {
	m.r.Errorf(at, "bad-value", diag.DidYouMean(text, choices, "write one of "+strings.Join(choices, ", ")), "%s: %s is not one of %s", key, diag.Quote(text), strings.Join(choices, ", "))
}
