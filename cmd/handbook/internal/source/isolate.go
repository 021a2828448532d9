package source

import "strings"

// Isolate puts the marks of Unicode that keep a text left to right around each
// run of Latin words, figures and signs, for use in a text that is written from
// right to left: a tag, a citation of a law, an address. Without them its
// brackets and figures change places, so that </slot> reads <slot/>. A single
// word needs none, and signs at the end of a run belong to the text around it.
func Isolate(s string) string {
	var sb strings.Builder
	from := 0
	for i := 0; i < len(s); {
		if !isPrintable(s[i]) {
			i++
			continue
		}
		start := i
		for i < len(s) && (isPrintable(s[i]) || s[i] == ' ' && i+1 < len(s) && isPrintable(s[i+1])) {
			i++
		}
		a, b := trim(s, start, i)
		if run := s[a:b]; strings.IndexFunc(run, isWordRune) >= 0 && strings.IndexFunc(run, func(r rune) bool { return !isWordRune(r) }) >= 0 {
			sb.WriteString(s[from:a])
			sb.WriteString("\u2066" + run + "\u2069")
			from = b
		}
	}
	if from == 0 {
		return s
	}
	sb.WriteString(s[from:])
	return sb.String()
}

// trim narrows a run of a text by what belongs to the text around it: marks at
// its ends, and brackets without their other half.
func trim(s string, from, to int) (int, int) {
	const open, closed, marks = "([{", ")]}", " .,;:!?\""
	var more [len(open)]int // how many more of each are opened than closed
	for i := from; i < to; i++ {
		if b := strings.IndexByte(open, s[i]); b >= 0 {
			more[b]++
		} else if b := strings.IndexByte(closed, s[i]); b >= 0 {
			more[b]--
		}
	}
	for from < to {
		o, c := strings.IndexByte(open, s[from]), strings.IndexByte(closed, s[to-1])
		switch {
		case strings.IndexByte(marks, s[from]) >= 0:
			from++
		case strings.IndexByte(marks, s[to-1]) >= 0:
			to--
		case o >= 0 && more[o] > 0:
			more[o]--
			from++
		case c >= 0 && more[c] < 0:
			more[c]++
			to--
		default:
			return from, to
		}
	}
	return from, to
}

// isPrintable reports whether a byte is an ASCII character that can be seen.
func isPrintable(c byte) bool { return c > ' ' && c < 0x7F }

// isWordRune reports whether a character is an ASCII letter or digit.
func isWordRune(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9' }
