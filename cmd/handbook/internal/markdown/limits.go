package markdown

import (
	"bytes"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/diag"
)

// The limits that keep every page quick to parse. goldmark is quadratic on
// some inputs; these were measured to keep the worst accepted page under two
// seconds, and no page that a person wrote comes near them.
const (
	MaxFile       = 1 << 20  // bytes of a content file
	MaxBlock      = 32 << 10 // bytes of a run of lines without a blank one
	MaxParagraph  = 12 << 10 // bytes of one paragraph, item of a list or row of a table
	MaxNesting    = 64       // levels of quotes and lists
	MaxColumns    = 100      // of a table
	MaxCells      = 100_000  // of all tables: a short row is filled up with empty cells
	MaxFootnotes  = 1000     // goldmark looks through all of them for each mark
	MaxAttributes = 2 << 10  // bytes of a line that holds {
)

// limits checks a body in one pass over its lines.
func limits(file string, body []byte, firstLine int) []diag.Problem {
	var ps []diag.Problem
	add := func(line int, rule, hint, format string, args ...any) {
		ps = append(ps, diag.Errorf(diag.Pos{File: file, Line: line, Col: 1}, rule, hint, format, args...))
	}
	blockLine, block := 0, 0
	paragraph, long, list := 0, false, byte(0)
	width, before := 0, 0 // columns while in a table, and bars of the line before
	cells, footnotes := 0, 0
	closeBlock := func() {
		if block > MaxBlock && !long {
			add(blockLine, "block-too-long", "part it with blank lines", "this block has %d bytes; the limit is %d", block, MaxBlock)
		}
		block, paragraph, long, list, width, before = 0, 0, false, 0, 0, 0
	}
	for line := firstLine; len(body) > 0; line++ {
		this, after, _ := bytes.Cut(body, []byte("\n"))
		body = after
		if isBlank(this) {
			closeBlock()
			continue
		}
		if block == 0 {
			blockLine = line
		}
		block += len(this) + 1
		words := this[0]|0x20 >= 'a' && this[0]|0x20 <= 'z' // it begins no item and no footnote
		if width > 0 || !words && item(this, &list) {
			paragraph = 0
		}
		if paragraph += len(this) + 1; paragraph > MaxParagraph && !long {
			add(line, "block-too-long", "part it with blank lines", "the text passes the limit of %d bytes without a blank line, a new item or a new row", MaxParagraph)
			long = true
		}
		if !words {
			if n := nesting(this); n > MaxNesting {
				add(line, "too-deep", "write it flatter", "this line nests %d levels deep; the limit is %d", n, MaxNesting)
			}
		}
		n := columns(this)
		if len(this) > MaxColumns && n > MaxColumns {
			add(line, "too-many-columns", "split the table", "this line has %d table columns; the limit is %d", n, MaxColumns)
		}
		if cells += width; cells > MaxCells {
			add(line, "too-many-cells", "split the page", "the tables of this page have %d cells and more; the limit is %d", cells, MaxCells)
			return ps
		}
		if n == before && !words && isDelimiterRow(this) {
			width, paragraph = n, 0
		} else {
			before = n
		}
		if !words && isFootnote(this) {
			if footnotes++; footnotes > MaxFootnotes {
				add(line, "too-many-footnotes", "split the page", "this page has more than %d footnotes", MaxFootnotes)
				return ps
			}
		}
		if len(this) > MaxAttributes && bytes.IndexByte(this, '{') >= 0 {
			add(line, "attributes-too-long", "part the line, or write \\{ for a plain brace", "this line holds { and has %d bytes; the limit is %d", len(this), MaxAttributes)
		}
		if len(ps) > 20 {
			return ps
		}
	}
	closeBlock()
	return ps
}

// isBlank reports whether a line has nothing but white space.
func isBlank(line []byte) bool {
	return len(line) == 0 || line[0] <= ' ' && len(bytes.TrimSpace(line)) == 0 || line[0] >= utf8.RuneSelf && len(bytes.TrimSpace(line)) == 0
}

// item reports whether a line begins an item of a list within a block: kind is
// that of the list so far, and changes. A number begins a list only if it is 1.
func item(line []byte, kind *byte) bool {
	line = trimMarkers(line)
	if len(line) > 2 && (line[0] == '-' || line[0] == '*' || line[0] == '+') && isSpace(line[1]) {
		*kind = line[0]
		return true
	}
	rest := line
	for len(rest) > 0 && rest[0] >= '0' && rest[0] <= '9' {
		rest = rest[1:]
	}
	if len(rest) < 3 || len(rest) == len(line) || rest[0] != '.' && rest[0] != ')' || !isSpace(rest[1]) || rest[0] != *kind && string(line[:len(line)-len(rest)]) != "1" {
		return false
	}
	*kind = rest[0]
	return true
}

// trimMarkers cuts off the indent and the marks of quotes that a line begins with.
func trimMarkers(line []byte) []byte {
	for len(line) > 0 && (isSpace(line[0]) || line[0] == '>') {
		line = line[1:]
	}
	return line
}

// isDelimiterRow reports whether a line can be the second of a table.
func isDelimiterRow(line []byte) bool {
	return bytes.IndexByte(line, '|') >= 0 && bytes.IndexByte(line, '-') >= 0 && len(bytes.Trim(line, "|-: \t>")) == 0
}

// isFootnote reports whether a line can be that of a footnote's text.
func isFootnote(line []byte) bool {
	return bytes.HasPrefix(trimMarkers(line), []byte("[^")) && bytes.Contains(line, []byte("]:"))
}

// columns counts the columns of a line if it is one of a table. A bar that is
// escaped counts too: it would take a parser to tell.
func columns(line []byte) int {
	if bytes.IndexByte(line, '|') < 0 {
		return 1
	}
	line = bytes.TrimSpace(line)
	line = bytes.TrimSuffix(bytes.TrimPrefix(line, []byte("|")), []byte("|"))
	return 1 + bytes.Count(line, []byte("|"))
}

// nesting counts the markers of quotes and lists that open a line, each with
// the space that belongs to it, and two columns of further indent as one level.
func nesting(line []byte) int {
	n, indent := 0, 0
	for i := 0; i < len(line); {
		c, width := line[i], 0
		switch {
		case c == ' ':
			indent++
			i++
			continue
		case c == '\t':
			indent += 4
			i++
			continue
		case c == '>':
			width = 1
		case c == '-' || c == '*' || c == '+' || c == ':':
			if i+1 == len(line) || isSpace(line[i+1]) {
				width = 1
			}
		case c >= '0' && c <= '9':
			j := i
			for j < len(line) && line[j] >= '0' && line[j] <= '9' {
				j++
			}
			if j < len(line) && (line[j] == '.' || line[j] == ')') && (j+1 == len(line) || isSpace(line[j+1])) {
				width = j + 1 - i
			}
		}
		if width == 0 {
			break
		}
		n++
		if i += width; i < len(line) && isSpace(line[i]) {
			i++
		}
	}
	return n + indent/2
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' }
