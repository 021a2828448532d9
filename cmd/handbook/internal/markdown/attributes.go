package markdown

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// An attributes is what stands between braces after a heading or the name of
// a block: {#texting-1 level=2 laws=us-tcpa title="In short"}.
type attributes struct {
	id   string
	keys []string // in order
	vals []string // of the keys
}

// value returns the value of a key.
func (a attributes) value(key string) (string, bool) {
	if i := slices.Index(a.keys, key); i >= 0 {
		return a.vals[i], true
	}
	return "", false
}

// list returns the words of a value, which are separated by commas.
func (a attributes) list(key string) []string {
	v, _ := a.value(key)
	var words []string
	for word := range strings.SplitSeq(v, ",") {
		if word = strings.TrimSpace(word); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// parseAttributes reads the text between the braces. It returns what is wrong
// with it, or "".
func parseAttributes(s string) (attributes, string) {
	var a attributes
	if n := strings.Count(s, "="); n > 0 {
		a.keys, a.vals = make([]string, 0, n), make([]string, 0, n)
	}
	for {
		word, rest := attributeWord(s)
		if word == "" {
			return a, ""
		}
		s = rest
		if id, ok := strings.CutPrefix(word, "#"); ok {
			switch {
			case !isID(id):
				return a, "the id " + word + " must be letters, digits, - and _"
			case a.id != "":
				return a, "there are two ids, #" + a.id + " and " + word
			}
			a.id = id
			continue
		}
		key, value, ok := attributePair(word)
		if !ok {
			return a, word + " is neither #id nor key=value"
		}
		if slices.Contains(a.keys, key) {
			return a, "the key " + key + " stands twice"
		}
		a.keys = append(a.keys, key)
		a.vals = append(a.vals, value)
	}
}

// attributeWord cuts off the first word; a space in quotes does not end it.
func attributeWord(s string) (word, rest string) {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	quoted := false
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if !quoted && unicode.IsSpace(r) {
				return s[:i], s[i:]
			}
			i += n
			continue
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ' ' || c >= '\t' && c <= '\r'):
			return s[:i], s[i:]
		}
		i++
	}
	return s, ""
}

// isID reports whether s can be an id: letters, digits, - and _, of which the
// first is a letter or digit.
func isID(s string) bool {
	for i, r := range s {
		if r < utf8.RuneSelf && isAlphanumeric(byte(r)) || i > 0 && (r == '-' || r == '_') {
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			return false
		}
	}
	return s != ""
}

// attributePair reads key=value or key="value".
func attributePair(word string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(word, "=")
	if !ok || key == "" || key[0] < 'a' {
		return "", "", false
	}
	for i := range len(key) {
		if c := key[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '-' {
			return "", "", false
		}
	}
	if n := len(value); n >= 2 && value[0] == '"' && value[n-1] == '"' {
		value = value[1 : n-1]
		return key, value, !strings.Contains(value, `"`)
	}
	return key, value, value != "" && !strings.ContainsAny(value, `"{}=`)
}
