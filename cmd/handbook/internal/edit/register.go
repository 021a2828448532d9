package edit

import (
	"bytes"
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

// AppendEntry returns a register with one entry more at its end, one field on
// each line. The register is a YAML list; nil gives a new one.
func AppendEntry(file []byte, entry []Field) ([]byte, error) {
	nl := eol(file)
	var doc yaml.Node
	blank := len(bytes.TrimSpace(bytes.TrimPrefix(file, []byte("\xEF\xBB\xBF")))) == 0
	if err := yaml.Load(file, &doc); err != nil && !blank && !onlyComments(file) {
		return nil, &Error{1, "the register cannot be read as YAML: " + err.Error(), "handbook check says where"}
	}
	indent := ""
	if len(doc.Content) > 0 && !empty(doc.Content[0]) {
		root := doc.Content[0]
		switch {
		case root.Kind != yaml.SequenceNode:
			return nil, &Error{root.Line, "a register must be a list", "begin each entry with - id:"}
		case root.Style&yaml.FlowStyle != 0 && len(root.Content) > 0:
			return nil, &Error{root.Line, "the register is written in brackets", "begin each entry with - id:, on a line of its own"}
		case root.Style&yaml.FlowStyle != 0:
			return fillEmptyList(file, root, entryText("", nl, entry))
		}
		indent = strings.Repeat(" ", root.Column-1)
	}
	var b bytes.Buffer
	b.Write(file)
	if len(file) > 0 && !bytes.HasSuffix(file, []byte("\n")) {
		b.WriteString(nl)
	}
	// Entries that are parted by blank lines stay so.
	if len(doc.Content) > 0 && bytes.Contains(file, []byte(nl+nl)) && !bytes.HasSuffix(file, []byte(nl+nl)) {
		b.WriteString(nl)
	}
	b.WriteString(entryText(indent, nl, entry))
	return b.Bytes(), nil
}

// fillEmptyList puts the first entry in the place of [].
func fillEmptyList(file []byte, root *yaml.Node, text string) ([]byte, error) {
	begin := 0
	if bytes.HasPrefix(file, []byte("\xEF\xBB\xBF")) {
		begin = 3
	}
	l := split(file, begin, len(file))[root.Line-1]
	start := l.start + root.Column - 1
	f, ok := scanFlow(file, start, len(file))
	if !ok || len(bytes.TrimSpace(file[l.start:start])) > 0 {
		return nil, &Error{root.Line, "the empty list cannot be filled", "delete the brackets"}
	}
	after := f.end + 1
	if rest := split(file, after, len(file)); len(rest) > 0 && rest[0].start == rest[0].end {
		after = rest[0].next
	}
	return splice(file, l.start, after, text), nil
}

func onlyComments(file []byte) bool {
	for _, l := range split(file, 0, len(file)) {
		if t := bytes.TrimSpace(file[l.start:l.end]); len(t) > 0 && t[0] != '#' {
			return false
		}
	}
	return true
}

// entryText writes an entry: "- " before its first key, the others beneath.
func entryText(indent, nl string, entry []Field) string {
	var b strings.Builder
	lead := "- "
	for _, f := range entry {
		if f.Key == "" {
			b.WriteString(indent + "  " + f.line() + nl)
			continue
		}
		b.WriteString(indent + lead + f.line() + nl)
		lead = "  "
	}
	return b.String()
}
