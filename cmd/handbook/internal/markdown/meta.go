package markdown

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// metaBlock writes params as the front matter that goldmark-meta gets: YAML
// of one line in flow style, with nothing but ASCII and no line of dashes.
// Without params it is nil, or an empty line before a body with a dash in its
// first line, which is enough to keep goldmark-meta from taking a line of
// dashes for front matter: it does so within a quote or a list too.
func metaBlock(params map[string]any, body []byte) []byte {
	if len(params) == 0 {
		if first, _, _ := bytes.Cut(bytes.TrimSpace(body), []byte("\n")); bytes.IndexByte(first, '-') >= 0 {
			return []byte("\n")
		}
		return nil
	}
	var b strings.Builder
	b.WriteString("---\n")
	writeFlow(&b, params)
	b.WriteString("\n---\n")
	return []byte(b.String())
}

func writeFlow(b *strings.Builder, v any) {
	switch v := v.(type) {
	case map[string]any:
		b.WriteByte('{')
		for i, k := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				b.WriteString(", ")
			}
			// YAML takes no more than 1,024 characters for a key without a ?.
			b.WriteString("? ")
			writeQuoted(b, k)
			b.WriteString(" : ")
			writeFlow(b, v[k])
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			writeFlow(b, e)
		}
		b.WriteByte(']')
	case string:
		writeQuoted(b, v)
	default:
		b.WriteString(`""`)
	}
}

// writeQuoted writes a double-quoted scalar (YAML 1.1, section 5.6).
func writeQuoted(b *strings.Builder, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= ' ' && r < 0x7F:
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(b, `\u%04X`, r)
		default:
			fmt.Fprintf(b, `\U%08X`, r)
		}
	}
	b.WriteByte('"')
}
