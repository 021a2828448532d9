package markdown

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
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
			b.WriteString(strconv.QuoteToASCII(k))
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
		b.WriteString(strconv.QuoteToASCII(v)) // YAML has all escapes of Go
	default:
		b.WriteString(`""`)
	}
}
