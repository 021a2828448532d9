package record

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v4"

	"handbook/cmd/handbook/internal/diag"
)

// explain turns an error of the YAML library into a problem, in words for
// people who do not know YAML: what stands there, and what to write instead.
func (r *Reader) explain(src []byte, err error) {
	line, col := 1, 0
	openLine, openCol := 0, 0 // of what is not closed
	text := err.Error()
	var le *yaml.LoadError
	if errors.As(err, &le) {
		text = le.Message
		if le.Mark.Line > 0 {
			line, col = le.Mark.Line, max(1, le.Mark.Column)
		}
		openLine, openCol = le.ContextMark.Line, max(1, le.ContextMark.Column)
	}
	open := func() {
		if openLine > 0 {
			line, col = openLine, openCol
		}
	}
	has := func(part string) bool { return strings.Contains(text, part) }
	this := nthLine(src, line)
	straight, curly := curlyLine(this)
	rule, hint := "yaml", "quote the value, or check the colons and indents of this line and the one before"
	switch second := secondDocument(src); {
	case second > 0 && (has("found multiple") || line > second):
		rule, text, hint = "yaml-construct", "a second document begins here", "keep one document in a file: delete the line ---"
		line, col = second, 1
	case has("unknown anchor"):
		rule, text, hint = "yaml-construct", "aliases (*name) are not allowed", "write the value out, or quote it"
	case has("exceeded max depth"):
		rule, text, hint = "too-deep", fmt.Sprintf("nests deeper than the limit of %d levels", MaxDepth), "write it flatter"
	case has("control characters"):
		line, col = controlCharacter(src)
		text, hint = "there is a control character", "delete it"
	case has("mapping values are not allowed") && curly:
		text, hint = "a value in curly quotes holds a colon and a space: only straight quotes keep them together", "write straight quotes, like this: "+diag.Clean(cutTo(straight, 120))
	case has("mapping values are not allowed") && strings.Contains(before(this, col), ": "):
		text, hint = "a value holds a colon and a space, which YAML reads as another key", "quote the value"
	case has("mapping values are not allowed"):
		text, hint = "a key stands where the value above it goes on", "indent it like the key above it, and write a space after every colon"
	case has("tab character"), has("spaces and tabs"), has("cannot start any token") && strings.HasPrefix(this[len(before(this, col)):], "\t"):
		text, hint = "a tab is used to indent", "indent with spaces"
	case has("cannot start any token"):
		text, hint = "a value cannot begin with this character", "quote the value"
	case has("end of stream"):
		open()
		text, hint = "a quote that opens here is never closed", "quote the value, and close the quote"
	case has("',' or ']'"):
		open()
		text, hint = "a list that opens with [ here is never closed", "quote the value, or close the list with ]"
	case has("',' or '}'"):
		open()
		text, hint = "a map that opens with { here is never closed", "quote the value, or close the map with }"
	case has("unknown escape"), has("hexadecimal"):
		text, hint = "a backslash in double quotes starts an escape that does not exist", "use single quotes"
	case has("expected key"):
		text, hint = "the value before this has ended, and no key can begin here", "quote the value, or indent the line like the key above it"
	case has("could not find expected ':'"):
		open()
		text, hint = "a key has no colon after it", "write key: value"
	case has("sequence entries are not allowed"):
		text, hint = "a list begins on the line of its key", "begin it on the next line, or write [first, second]"
	case has("'-' indicator"):
		text, hint = "an entry of a list does not begin with -", "write - before it, below the one above"
	case has("comment or line break"):
		text, hint = "a value begins with | or >, which announce a text on the next lines", "quote the value"
	case has("<document start>"):
		text, hint = "a key begins further left than the first one", "begin all keys in the same column"
	case has("tag"):
		rule, text, hint = "yaml-construct", "tags (!!name) are not allowed", "delete the tag, or quote the value"
	default:
		text = "cannot be read as YAML: " + diag.Clean(text)
	}
	r.Errorf(diag.Pos{File: r.File, Line: line + r.Offset, Col: col}, rule, hint, "%s", text)
}

// nthLine returns a line without its end, counting from 1, or "".
func nthLine(src []byte, n int) string {
	for line := range bytes.Lines(src) {
		if n--; n == 0 {
			return string(bytes.TrimSuffix(line, []byte("\n")))
		}
	}
	return ""
}

// before returns what stands before a column, counted in characters from 1.
func before(line string, col int) string {
	for i := range line {
		if col--; col <= 0 {
			return line[:i]
		}
	}
	return line
}

// secondDocument returns the line of the --- that begins another document, or 0.
func secondDocument(src []byte) int {
	n, content := 0, false
	for line := range bytes.Lines(src) {
		n++
		switch rest, marker := bytes.CutPrefix(line, []byte("---")); {
		case marker && (len(rest) == 0 || bytes.ContainsRune([]byte(" \t\n"), rune(rest[0]))):
			if content {
				return n
			}
			content = true
		case !blank(line) && line[0] != '%':
			content = true
		}
	}
	return 0
}

// controlCharacter returns the line and column of the first character that YAML
// does not allow.
func controlCharacter(src []byte) (line, col int) {
	line, col = 1, 1
	for len(src) > 0 {
		c, n := utf8.DecodeRune(src)
		switch {
		case c == '\n':
			line, col = line+1, 0
		case c == '\t', c == 0x85, c >= ' ' && c < 0x7F, c >= 0xA0 && c <= 0xD7FF, c >= 0xE000 && c <= 0xFFFD, c > 0xFFFF:
		default:
			return line, col
		}
		src, col = src[n:], col+1
	}
	return line, col
}
