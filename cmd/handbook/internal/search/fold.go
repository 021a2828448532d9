package search

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// appendFolded appends a text in the form in which it is compared: compatible
// characters made alike, lower case, accents and vowel points taken off. The
// client folds in the same way; testdata/tokens.json holds the two together.
//
// Runs between spaces are folded one by one, so that a text with a few curly
// quotes is nearly as quick as one in ASCII. That gives the same as folding
// the whole, because a space neither combines nor is combined.
func appendFolded(dst []byte, s string) []byte {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			start := len(dst)
			dst = appendFoldedASCII(dst, s[i:])
			i += len(dst) - start
			if i == len(s) {
				return dst
			}
			// The letter before a foreign one may be about to get an accent.
			for len(dst) > start && s[i-1] > ' ' {
				dst = dst[:len(dst)-1]
				i--
			}
		}
		end := i
		for end < len(s) && s[end] > ' ' {
			end++
		}
		dst = appendFoldedRun(dst, s[i:end])
		i = end
	}
	return dst
}

// appendFoldedASCII folds a text up to its first character that is not ASCII.
func appendFoldedASCII(dst []byte, s string) []byte {
	n := len(dst)
	dst = slices.Grow(dst, len(s))[:n+len(s)]
	to := dst[n:][:len(s)]
	for i := range len(s) {
		c := s[i]
		if c >= utf8.RuneSelf {
			return dst[:n+i]
		}
		to[i] = folded[c]
	}
	return dst
}

// folded gives each ASCII character folded. The underscore binds as a hyphen
// does.
var folded = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		t[c] = byte(c)
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) | 0x20
		case c == '_':
			t[c] = '-'
		}
	}
	return t
}()

// appendFoldedRun folds a text without spaces. Most characters of European
// languages, and the quotes and dashes that every text has, are folded each by
// itself, because none of them is joined with the one before it.
func appendFoldedRun(dst []byte, run string) []byte {
	table, n := single(), len(dst)
	for _, r := range run {
		switch {
		case r < endOfFirst:
			dst = append(dst, table[r]...)
		case r >= otherBlock && r < endOfOther:
			dst = append(dst, table[r-otherBlock+endOfFirst]...)
		default:
			return appendFoldedWhole(dst[:n], run)
		}
	}
	return dst
}

// The characters that are folded each by itself: Latin, Greek, Cyrillic,
// Armenian and Hebrew up to the first, and then further Latin and Greek and
// punctuation.
const (
	endOfFirst = 0x600
	otherBlock = 0x1E00
	endOfOther = 0x2070
)

// single gives each of these characters folded.
var single = sync.OnceValue(func() []string {
	table := make([]string, endOfFirst+endOfOther-otherBlock)
	for i := range table {
		r := rune(i)
		if i >= endOfFirst {
			r += otherBlock - endOfFirst
		}
		table[i] = string(appendFoldedWhole(nil, string(r)))
	}
	return table
})

// appendFoldedWhole folds a text in which characters may be joined.
func appendFoldedWhole(dst []byte, run string) []byte {
	var sb strings.Builder
	for _, r := range norm.NFKD.String(run) {
		r = unicode.ToLower(r)
		if isAccent(r) {
			continue
		}
		if to, ok := spelled(r); ok {
			sb.WriteString(to)
		} else {
			sb.WriteRune(r)
		}
	}
	return append(dst, norm.NFC.String(sb.String())...)
}

// isAccent reports whether a character is left out: accents of Latin, Greek and
// Cyrillic letters, points of Hebrew and Arabic, and what only says how to
// draw. Marks of other scripts are vowels, without which words would not be
// told apart.
func isAccent(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0x640:
		return true
	}
	return r < 0x700 && unicode.IsMark(r) || unicode.Is(unicode.Cf, r)
}

// spelled returns what stands for a character that Unicode does not take apart.
func spelled(r rune) (string, bool) {
	switch r {
	case '_', '‐', '‑':
		return "-", true
	case '‘', '’', 'ʼ', '′':
		return "'", true
	case '§':
		return " s ", true
	case 'ß':
		return "ss", true
	case 'æ':
		return "ae", true
	case 'œ':
		return "oe", true
	case 'ø':
		return "o", true
	case 'ł':
		return "l", true
	case 'đ', 'ð':
		return "d", true
	case 'þ':
		return "th", true
	case 'ħ':
		return "h", true
	case 'ŧ':
		return "t", true
	case 'ı':
		return "i", true
	case 'ς':
		return "σ", true
	case 'ى', 'ی':
		return "ي", true
	case 'ة':
		return "ه", true
	case 'ک':
		return "ك", true
	}
	switch {
	case r >= 0x660 && r <= 0x669:
		return string('0' + r - 0x660), true
	case r >= 0x6F0 && r <= 0x6F9:
		return string('0' + r - 0x6F0), true
	}
	return "", false
}

// isWord reports whether a character is part of a word.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
}

// isSpaceless reports whether a character belongs to a script that puts no
// spaces between words: Thai, Lao, Burmese, Khmer, kana and Han.
func isSpaceless(r rune) bool {
	switch {
	case r < 0xE00:
		return false
	case r <= 0xEFF, r >= 0x1000 && r <= 0x109F, r >= 0x1780 && r <= 0x17FF,
		r >= 0x3005 && r <= 0x30FF, r >= 0x3400 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF, r >= 0x20000 && r <= 0x3FFFF:
		return true
	}
	return false
}
