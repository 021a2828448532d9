package svg

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// A sheet is the text of a style element, which may come in pieces: a browser
// puts them together, whatever comments are between them.
type sheet struct {
	text   strings.Builder
	pieces []piece
}

// A piece is where a part of the text begins, and where it stands in the file.
// One with references in it has no more than a place to begin.
type piece struct {
	from, at int
	exact    bool
}

func (s *sheet) add(c *checker, text xml.CharData) {
	raw := c.src[c.at:min(int(c.d.InputOffset()), len(c.src))]
	at := c.at
	if inner, ok := bytes.CutPrefix(raw, []byte("<![CDATA[")); ok {
		raw, at = bytes.TrimSuffix(inner, []byte("]]>")), at+len("<![CDATA[")
	}
	s.pieces = append(s.pieces, piece{s.text.Len(), at, bytes.Equal(raw, text)})
	s.text.Write(text)
}

// check refuses the image if the sheet is not allowed.
func (s *sheet) check(c *checker) {
	at, what, hint := css(s.text.String())
	if what == "" {
		return
	}
	for _, p := range s.pieces {
		if p.from <= at {
			if c.at = p.at; p.exact {
				c.at += at - p.from
			}
		}
	}
	c.refuse(0, hint, "%s in a style sheet", what)
}

// css reads a style sheet, a list of declarations or one value, and tells where
// something in it could load anything, and what. It reads tokens as the standard
// says, and refuses what makes it doubtful where they end.
func css(s string) (at int, what, hint string) {
	for i := 0; i < len(s); {
		begin := i
		switch b := s[i]; {
		case strings.HasPrefix(s[i:], "/*"):
			n := strings.Index(s[i+2:], "*/")
			if n < 0 {
				return begin, "a comment without an end", plainly
			}
			i += 2 + n + 2
		case b == '"' || b == '\'':
			n := closing(s[i:])
			if n < 0 {
				return begin, "a text in quotes without an end", plainly
			}
			i += n
		case b == '\\':
			return begin, "a backslash", plainly
		case b == '@':
			name := ident(s[i+1:])
			if i += 1 + len(name); !atRules[strings.ToLower(name)] {
				return begin, "@" + word(name), embedded
			}
		case isIdent(b):
			name := ident(s[i:])
			if i += len(name); i == len(s) || s[i] != '(' {
				continue
			}
			if i++; strings.EqualFold(name, "url") {
				value, n, ok := urlValue(s[i:])
				if !ok || !strings.HasPrefix(value, "#") && !embeds(value, true) {
					return begin, "url(), which leads elsewhere,", embedded
				}
				i += n
			} else if !functions[strings.ToLower(name)] {
				return begin, word(name) + "()", embedded
			}
		default:
			i++
		}
	}
	return 0, "", ""
}

// closing returns the length of the string that a text begins with, or -1.
func closing(s string) int {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case s[0]:
			return i + 1
		case '\n', '\r', '\f', '\\':
			return -1
		}
	}
	return -1
}

// urlValue returns what stands between the brackets of url(), and the length of
// that with the closing one.
func urlValue(s string) (value string, n int, ok bool) {
	const space = " \t\r\n\f"
	rest := strings.TrimLeft(s, space)
	if rest != "" && (rest[0] == '"' || rest[0] == '\'') {
		n := closing(rest)
		if n < 0 {
			return "", 0, false
		}
		value, rest = rest[1:n-1], strings.TrimLeft(rest[n:], space)
		return strings.Trim(value, space), len(s) - len(rest) + 1, strings.HasPrefix(rest, ")")
	}
	end := strings.IndexByte(rest, ')')
	if end < 0 {
		return "", 0, false
	}
	value = strings.TrimRight(rest[:end], space)
	return value, len(s) - len(rest) + end + 1, !strings.ContainsAny(value, "\"'(\\"+space)
}

// ident returns the name that a text begins with.
func ident(s string) string {
	n := 0
	for n < len(s) && isIdent(s[n]) {
		n++
	}
	return s[:n]
}

func isIdent(b byte) bool {
	return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' || b == '-' || b == '_' || b >= 0x80
}
