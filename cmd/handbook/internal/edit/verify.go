package edit

import (
	"bytes"
	"slices"

	yaml "go.yaml.in/yaml/v4"
)

// verify reads the new text and compares: every other key and the body are as
// they were, and the record stands under its key, at the end of the list that
// was there. The splicing above reads YAML by its lines; this reads it by its
// grammar, so what one of them takes wrongly the other stops.
func (m *matter) verify(out []byte, key string, record []Field, list bool) error {
	spoilt := &Error{1, "the front matter is written in a way that cannot be edited safely", "write the record by hand: " + key + ": " + Flow(record)}
	n, err := parse(out)
	if err != nil || n.root == nil || !bytes.Equal(m.body(), n.body()) {
		return spoilt
	}
	was, rest := m.take(key)
	now, others := n.take(key)
	if now == nil || !slices.EqualFunc(rest, others, same) {
		return spoilt
	}
	if list {
		if was != nil && was.Kind == yaml.MappingNode {
			was = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{was}}
		}
		if was != nil && !empty(was) {
			if len(now.Content) != len(was.Content)+1 || !slices.EqualFunc(was.Content, now.Content[:len(was.Content)], same) {
				return spoilt
			}
		} else if len(now.Content) != 1 {
			return spoilt
		}
		now = now.Content[len(now.Content)-1]
	}
	var want yaml.Node
	if err := yaml.Load([]byte(Flow(record)), &want); err != nil || !same(want.Content[0], now) {
		return spoilt
	}
	return nil
}

// body returns what follows the front matter.
func (m *matter) body() []byte {
	rest := m.src[m.end:]
	if m.first == 0 {
		return rest
	}
	return rest[split(rest, 0, len(rest))[0].next:]
}

// take returns the value of a key and the other keys and values.
func (m *matter) take(key string) (*yaml.Node, []*yaml.Node) {
	var value *yaml.Node
	var rest []*yaml.Node
	if m.root != nil {
		for i := 0; i+1 < len(m.root.Content); i += 2 {
			if m.root.Content[i].Value == key && value == nil {
				value = m.root.Content[i+1]
				continue
			}
			rest = append(rest, m.root.Content[i], m.root.Content[i+1])
		}
	}
	return value, rest
}

// same reports whether two nodes mean the same.
func same(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Tag == b.Tag && a.Value == b.Value && a.Anchor == b.Anchor && slices.EqualFunc(a.Content, b.Content, same)
}
