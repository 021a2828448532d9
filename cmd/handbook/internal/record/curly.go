package record

import (
	"strings"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"

	"handbook/cmd/handbook/internal/diag"
)

// Word processors make curly quotes of straight ones, and YAML takes them for
// letters of the value.
const (
	curlyOpen  = "“”„‟«‘’‚‛"
	curlyClose = "“”‟»‘’‛"
)

// CurlyQuotes reports values that stand in curly quotes.
func (r *Reader) CurlyQuotes(v Value) {
	if v.n != nil {
		r.curly("", v.n)
	}
}

func (r *Reader) curly(key string, n *node) {
	switch n.kind {
	case yaml.MappingNode:
		for k := n.first; k != nil; k = k.next.next {
			r.curly(k.value+": ", k.next)
		}
	case yaml.SequenceNode:
		for c := n.first; c != nil; c = c.next {
			r.curly("", c)
		}
	case yaml.ScalarNode:
		if n.style != 0 {
			return
		}
		if inner, ok := unquoteCurly(n.value); ok {
			r.Errorf(r.pos(n), "curly-quotes", "write straight quotes, like this: "+diag.Clean(cutTo(key+quoted(inner), 120)), "the quotes are curly, and are part of the value: %s", diag.Quote(n.value))
		}
	}
}

// unquoteCurly returns what stands between the curly quotes of a value, of which
// the second may be missing. One that has more of them has them on purpose.
func unquoteCurly(s string) (string, bool) {
	first, size := utf8.DecodeRuneInString(s)
	if s == "" || first < utf8.RuneSelf || !strings.ContainsRune(curlyOpen, first) {
		return "", false
	}
	inner := s[size:]
	if last, size := utf8.DecodeLastRuneInString(inner); strings.ContainsRune(curlyClose, last) {
		inner = inner[:len(inner)-size]
	} else if first == '’' {
		return "", false // ’tis
	}
	return inner, inner != "" && !strings.ContainsAny(inner, "“”„‟«»")
}

// curlyLine returns the line key: value with straight quotes, if its value begins
// with a curly one.
func curlyLine(line string) (string, bool) {
	key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
	inner, curly := unquoteCurly(strings.TrimSpace(value))
	return key + ": " + quoted(inner), ok && curly
}

// quoted puts a value in straight quotes.
func quoted(s string) string {
	if strings.ContainsAny(s, `"\`) {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	return `"` + s + `"`
}
