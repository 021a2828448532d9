// Package source turns the bytes of a file that a person wrote into text that
// the rest of the program can trust: valid UTF-8, line feeds only, no byte
// order mark, no NUL, within a size limit.
//
// [Clean] never guesses. A file in UTF-16, with classic Mac line ends, with
// bytes that are not UTF-8 or with NUL characters is an error that names the
// line, because every repair would put something on the page that its author
// did not write. Characters that cannot be seen but change how a line reads
// (bidirectional controls, zero-width spaces) are kept and warned about;
// [Visible] takes them out of identifiers, and [OneLine] makes one line of a text.
//
// Byte order marks and carriage returns before line feeds mean nothing and are
// dropped, so a file saved on Windows gives the same pages as one saved
// elsewhere.
package source

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/diag"
)

// Clean checks and normalises the bytes of a file. limit is the largest size
// in bytes. If any of the problems is an error, the text is nil.
func Clean(file string, b []byte, limit int) ([]byte, []diag.Problem) {
	at := diag.Pos{File: file, Line: 1, Col: 1}
	fail := func(p diag.Problem) ([]byte, []diag.Problem) { return nil, []diag.Problem{p} }
	if len(b) > limit {
		return fail(diag.Errorf(at, "too-large", "split it into several files",
			"the file has %d bytes; the limit is %d", len(b), limit))
	}
	if bytes.HasPrefix(b, []byte{0xFF, 0xFE}) || bytes.HasPrefix(b, []byte{0xFE, 0xFF}) {
		return fail(diag.Errorf(at, "utf16", "save it as UTF-8", "the file is in UTF-16"))
	}
	whole := len(b)
	b = bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))
	mark := whole - len(b) // bytes are counted as they lie in the file
	if i := bytes.IndexByte(b, 0); i >= 0 {
		return fail(diag.Errorf(place(file, b, i), "nul", "save it as UTF-8 text, and delete the character",
			"there is a NUL character at byte %d", mark+i))
	}
	if !utf8.Valid(b) {
		i := 0
		for i < len(b) {
			r, n := utf8.DecodeRune(b[i:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			i += n
		}
		return fail(diag.Errorf(place(file, b, i), "encoding", "save it as UTF-8",
			"byte %d (0x%02X) is not UTF-8", mark+i, b[i]))
	}
	if bytes.IndexByte(b, '\r') >= 0 {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
		if i := bytes.IndexByte(b, '\r'); i >= 0 {
			return fail(diag.Errorf(place(file, b, i), "mac-line-ends", "save it with Unix or Windows line ends",
				"a line ends with a carriage return alone (classic Mac line ends)"))
		}
	}
	return b, invisible(file, b)
}

// maxInvisible is how many invisible characters of a file are told one by one.
const maxInvisible = 20

// invisible warns of characters that change how text reads without being seen.
func invisible(file string, b []byte) []diag.Problem {
	var ps []diag.Problem
	// All of them begin with one of three bytes, which most pages do not hold.
	first, found := len(b), 0
	for _, c := range []byte{0xD8, 0xE2, 0xEF} {
		if i := bytes.IndexByte(b[:first], c); i >= 0 {
			first = i
		}
	}
	for i := first; i < len(b); {
		if b[i] < 0xD8 {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		rule := ""
		switch {
		case unicode.Is(unicode.Bidi_Control, r):
			rule = "bidi"
		case r == 0x200B || r == 0x2060 || r == 0xFEFF:
			rule = "zero-width"
		}
		if rule != "" {
			if found++; found <= maxInvisible {
				p := diag.Errorf(place(file, b, i), rule, "delete the character, or write the text without it",
					"there is an invisible character, %s", Name(r))
				p.Severity = diag.Warning
				ps = append(ps, p)
			}
		}
		i += n
	}
	if found > maxInvisible {
		last := &ps[len(ps)-1]
		last.Text += fmt.Sprintf(", and %d more after it", found-maxInvisible)
	}
	return ps
}

// Name names a character that cannot be seen, such as "U+202E (right-to-left
// override)".
func Name(r rune) string {
	names := map[rune]string{
		0x061C: "Arabic letter mark", 0x200B: "zero-width space", 0x200E: "left-to-right mark", 0x200F: "right-to-left mark",
		0x202A: "left-to-right embedding", 0x202B: "right-to-left embedding", 0x202C: "pop directional formatting",
		0x202D: "left-to-right override", 0x202E: "right-to-left override", 0x2060: "word joiner",
		0x2066: "left-to-right isolate", 0x2067: "right-to-left isolate", 0x2068: "first strong isolate",
		0x2069: "pop directional isolate", 0xFEFF: "zero-width no-break space",
	}
	if n := names[r]; n != "" {
		return fmt.Sprintf("U+%04X (%s)", r, n)
	}
	return fmt.Sprintf("U+%04X", r)
}

// Visible returns s without control, bidirectional and zero-width characters.
func Visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// ASCII reports whether a text has no character beyond ASCII.
func ASCII[T ~string | ~[]byte](text T) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// OneLine puts a text on one line: control characters become spaces, and runs
// of spaces one.
func OneLine[T ~string | ~[]byte](text T) string {
	s := string(text)
	if isOneLine(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// isOneLine reports whether a text is left as it is by OneLine.
func isOneLine(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c > '~' || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return s == "" || before != ' '
}

// place returns the position of byte i, counting columns in characters.
func place(file string, b []byte, i int) diag.Pos {
	// Before line ends are normalised a lone CR may part lines too; LF alone
	// is what editors count.
	line := 1 + bytes.Count(b[:i], []byte("\n"))
	start := bytes.LastIndexByte(b[:i], '\n') + 1
	return diag.Pos{File: file, Line: line, Col: 1 + utf8.RuneCount(b[start:i])}
}

// Lines finds places in a text by byte offset. Reset gives it the text.
type Lines struct {
	file   string
	src    []byte
	starts []int
	first  int  // the number of the first line
	ascii  bool // every character is one byte
}

// Reset makes l the index of a text whose first line has the number first, in
// the room of the text before.
func (l *Lines) Reset(file string, src []byte, first int) {
	starts := append(l.starts[:0], 0)
	for at := 0; ; {
		i := bytes.IndexByte(src[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
		starts = append(starts, at)
	}
	*l = Lines{file, src, starts, first, ASCII(src)}
}

// Count returns the number of lines.
func (l *Lines) Count() int { return len(l.starts) }

// Line returns the number of the line that holds a byte.
func (l *Lines) Line(offset int) int { return l.first + l.index(offset) }

// Pos returns the position of a byte.
func (l *Lines) Pos(offset int) diag.Pos {
	offset = max(0, min(offset, len(l.src)))
	i := l.index(offset)
	before := offset - l.starts[i]
	if !l.ascii {
		before = utf8.RuneCount(l.src[l.starts[i]:offset])
	}
	return diag.Pos{File: l.file, Line: l.first + i, Col: 1 + before}
}

func (l *Lines) index(offset int) int {
	lo, hi := 0, len(l.starts)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; l.starts[mid] <= offset {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo
}
