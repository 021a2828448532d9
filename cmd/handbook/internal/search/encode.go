package search

import (
	"bytes"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// digits are the signs of numbers: five bits each, and a sixth that says
// whether more follow. They are plain text, so that a server can compress the
// files and no two versions of a compressor make different ones.
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func appendNumber(dst []byte, n int) []byte {
	for n >= 32 {
		dst = append(dst, digits[32|n&31])
		n >>= 5
	}
	return append(dst, digits[n])
}

// appendSteps writes numbers that never fall, each as the step from the one
// before.
func appendSteps(dst []byte, ns []int) []byte {
	before := 0
	for _, n := range ns {
		dst = appendNumber(dst, n-before)
		before = n
	}
	return dst
}

// appendFile appends a file of the index: a call that hands a text to the
// client.
func appendFile(dst []byte, build, name string, text []byte) []byte {
	dst = slices.Grow(dst, len(text)+len(build)+len(name)+32)
	dst = append(append(dst, `handbookIndex("`...), build...)
	dst = append(append(dst, `","`...), name...)
	dst = append(dst, "\",`"...)
	return append(appendEscaped(dst, text), "`)\n"...)
}

// appendEscaped appends a text as it can stand in a script.
func appendEscaped(dst, text []byte) []byte {
	for i, c := range text {
		switch {
		case c == '\r':
			dst = append(dst, `\r`...)
			continue
		case c == '\\', c == '`', c == '$' && i+1 < len(text) && text[i+1] == '{':
			dst = append(dst, '\\')
		}
		dst = append(dst, c)
	}
	return dst
}

// compareForms orders forms as JavaScript compares strings: by UTF-16 units.
// That is the order of the bytes, but for characters that need two units.
func compareForms(a, b string) int {
	for i := range min(len(a), len(b)) {
		if a[i] == b[i] {
			continue
		}
		if a[i] >= 0xEE && b[i] >= 0xEE && (a[i] >= 0xF0) != (b[i] >= 0xF0) {
			return strings.Compare(b[i:], a[i:])
		}
		return strings.Compare(a[i:], b[i:])
	}
	return len(a) - len(b)
}

// appendFront writes a form after another one: how many UTF-16 units they
// share, then the rest.
func appendFront(dst []byte, before, text string) []byte {
	shared, units := 0, 0
	for shared < len(before) && shared < len(text) {
		r, n := utf8.DecodeRuneInString(text[shared:])
		if !strings.HasPrefix(before[shared:], text[shared:shared+n]) {
			break
		}
		shared += n
		units++
		if r > 0xFFFF {
			units++
		}
	}
	return append(appendNumber(dst, units), text[shared:]...)
}

// inline is how many documents of a form stand in the shard itself, those with
// the most impact; the others stand in an overflow file.
const inline = 4096

// An encoder writes the postings of forms; it keeps its memory from one form to
// the next.
type encoder [levels + 1][]uint32 // documents by level

// line appends a form's documents by level, from the highest: the level, how
// many, and their steps. Those that are too many for a line are appended to
// rest, and counted.
func (e *encoder) line(line, rest []byte, postings []posting) (_, _ []byte, left int) {
	for i := range e {
		e[i] = e[i][:0]
	}
	for _, p := range postings {
		e[p.level()] = append(e[p.level()], p.document())
	}
	room := inline
	for level := levels; level > 0; level-- {
		docs := e[level]
		here := min(len(docs), room)
		line = appendLevel(line, level, docs[:here])
		rest = appendLevel(rest, level, docs[here:])
		room -= here
		left += len(docs) - here
	}
	return line, rest, left
}

func appendLevel(dst []byte, level int, docs []uint32) []byte {
	if len(docs) == 0 {
		return dst
	}
	dst = appendNumber(dst, level)
	dst = appendNumber(dst, len(docs))
	next := uint32(0)
	for _, d := range docs {
		dst = appendNumber(dst, int(d-next))
		next = d + 1
	}
	return dst
}

// A shard is a range of forms in order.
type shard struct{ from, to int }

// cut parts n forms into at most count shards of like size. Where it can it
// cuts where the first four characters change, so that the forms of a word and
// what a prefix completes to stand in one shard.
func cut(n, count int, size func(i int) int, text func(i int) string) []shard {
	total := 0
	for i := range n {
		total += size(i)
	}
	target := max(1, total/max(1, count)+1)
	var out []shard
	from, sum := 0, 0
	for i := range n {
		if i > from && (sum >= target && !samePrefix(text(i-1), text(i)) || sum >= 2*target) {
			out = append(out, shard{from, i})
			from, sum = i, 0
		}
		sum += size(i)
	}
	if from < n {
		out = append(out, shard{from, n})
	}
	return out
}

// samePrefix reports whether two forms begin with the same four characters.
func samePrefix(a, b string) bool {
	n := 0
	for i := range a {
		if n == 4 {
			return true
		}
		r, size := utf8.DecodeRuneInString(a[i:])
		if i >= len(b) || !strings.HasPrefix(b[i:], string(r)) || size == 0 {
			return false
		}
		n++
	}
	return n >= 4 || len(a) == len(b)
}

// separator returns the shortest text that is greater than before and not
// greater than text: what the client needs to know of where a shard begins.
func separator(before, text string) string {
	for i := range text {
		if i > 0 && compareForms(text[:i], before) > 0 {
			return text[:i]
		}
	}
	return text
}

// vocabulary returns the words against which the client checks spelling: the
// most frequent that are made of letters, in order, each with the logarithm of
// how many documents hold it.
func vocabulary(forms []form, order []int32) []byte {
	var best []*form
	for _, i := range order {
		f := &forms[i]
		if !f.extra && !f.stop && len(f.text) >= 4 && len(f.postings) > 0 && onlyLetters(f.text) {
			best = append(best, f)
		}
	}
	if len(best) > maxVocabulary {
		slices.SortFunc(best, func(a, b *form) int {
			if a, b := len(a.postings), len(b.postings); a != b {
				return b - a
			}
			return compareForms(a.text, b.text)
		})
		best = best[:maxVocabulary]
		slices.SortFunc(best, func(a, b *form) int { return compareForms(a.text, b.text) })
	}
	var out []byte
	before := ""
	for _, f := range best {
		out = append(out, digits[bits.Len(uint(len(f.postings)))])
		out = appendFront(out, before, f.text)
		out = append(out, '\n')
		before = f.text
	}
	return bytes.TrimSuffix(out, []byte("\n"))
}

// maxVocabulary bounds the list of words for spelling.
const maxVocabulary = 16384

func onlyLetters(s string) bool {
	for _, r := range s {
		if r < utf8.RuneSelf && (r < 'a' || r > 'z') || isSpaceless(r) || !isWord(r) {
			return false
		}
	}
	return true
}

// clean makes a text one line without tabs, which part the fields.
func clean(dst []byte, s string) []byte {
	from := len(dst)
	for word := range strings.FieldsFuncSeq(s, isGap) {
		if len(dst) > from {
			dst = append(dst, ' ')
		}
		dst = append(dst, word...)
	}
	return dst
}

func isGap(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' || r == 0 }
