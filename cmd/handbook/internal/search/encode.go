package search

import (
	"bytes"
	"encoding/binary"
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

// wrap makes a file of the index: a call that hands a text to the client.
func wrap(build, name string, text []byte) []byte {
	out := make([]byte, 0, len(text)+len(build)+len(name)+32)
	out = append(out, `handbookIndex("`...)
	out = append(out, build...)
	out = append(out, `","`...)
	out = append(out, name...)
	out = append(out, "\",`"...)
	start := 0
	for i := escape(text, 0); i < len(text); i = escape(text, i+1) {
		out = append(append(out, text[start:i]...), '\\')
		if start = i; text[i] == '\r' {
			out = append(out, 'r')
			start++
		}
	}
	out = append(out, text[start:]...)
	return append(out, "`)\n"...)
}

// escape gives the place from i on of the next byte that a script cannot have
// in a text as it is, or the end.
func escape(text []byte, i int) int {
	for ; i < len(text); i++ {
		switch c := text[i]; {
		case c > '$' && c != '\\' && c != '`':
		case c == '\\', c == '`', c == '\r', c == '$' && i+1 < len(text) && text[i+1] == '{':
			return i
		}
	}
	return i
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

// An encoded is a form's line, but for its text.
type encoded struct {
	posts    []byte // by level, highest first: level, number, steps
	overflow []byte
	left     int // how many documents are in the overflow
}

// encode writes a form's documents by level.
func (f *form) encode(scratch *[levels + 1][]int32) encoded {
	for i := range scratch {
		scratch[i] = scratch[i][:0]
	}
	doc := int32(-1)
	for b := f.posts; len(b) > 0; {
		step, n := binary.Uvarint(b)
		doc += int32(step)
		scratch[b[n]] = append(scratch[b[n]], doc)
		b = b[n+1:]
	}
	var e encoded
	e.posts = make([]byte, 0, len(f.posts)+8)
	room := inline
	for level := levels; level > 0; level-- {
		docs := scratch[level]
		here := min(len(docs), room)
		e.posts = appendLevel(e.posts, level, docs[:here])
		e.overflow = appendLevel(e.overflow, level, docs[here:])
		room -= here
		e.left += len(docs) - here
	}
	return e
}

func appendLevel(dst []byte, level int, docs []int32) []byte {
	if len(docs) == 0 {
		return dst
	}
	dst = appendNumber(dst, level)
	dst = appendNumber(dst, len(docs))
	before := int32(-1)
	for _, d := range docs {
		dst = appendNumber(dst, int(d-before-1))
		before = d
	}
	return dst
}

// A spotter writes positions; it keeps its memory from one form to the next.
type spotter struct{ out, counts, places []byte }

// write writes a form's positions: the steps of documents, how many positions
// each has, and the steps of positions. Numbers of one kind stand together
// because they compress better. The result is good until the next call.
func (s *spotter) write(f *form) []byte {
	dst, counts, places := s.out[:0], s.counts[:0], s.places[:0]
	next := func(b []byte) (int, []byte) {
		v, n := binary.Uvarint(b)
		return int(v), b[n:]
	}
	for b := f.spots; len(b) > 0; {
		var step, count, place int
		step, b = next(b)
		count, b = next(b)
		dst, counts = appendNumber(dst, step), appendNumber(counts, count)
		for range count {
			place, b = next(b)
			places = appendNumber(places, place)
		}
	}
	dst = append(append(dst, '\t'), counts...)
	dst = append(append(dst, '\t'), places...)
	*s = spotter{dst, counts, places}
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

// samePrefix tells whether two forms begin with the same four characters.
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

// separator gives the shortest text that is greater than before and not
// greater than text: what the client needs to know of where a shard begins.
func separator(before, text string) string {
	for i := range text {
		if i > 0 && compareForms(text[:i], before) > 0 {
			return text[:i]
		}
	}
	return text
}

// vocabulary gives the words against which the client checks spelling: the
// most frequent that are made of letters, in order, each with the logarithm of
// how many documents hold it.
func vocabulary(forms []form) []byte {
	var best []*form
	for i := range forms {
		f := &forms[i]
		if !f.extra && !f.stop && len(f.text) >= 4 && f.count > 0 && onlyLetters(f.text) {
			best = append(best, f)
		}
	}
	if len(best) > maxVocabulary {
		slices.SortFunc(best, func(a, b *form) int {
			if a.count != b.count {
				return int(b.count - a.count)
			}
			return compareForms(a.text, b.text)
		})
		best = best[:maxVocabulary]
		slices.SortFunc(best, func(a, b *form) int { return compareForms(a.text, b.text) })
	}
	var out []byte
	before := ""
	for _, f := range best {
		out = append(out, digits[bits.Len(uint(f.count))])
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
	for first := true; ; first = false {
		start := 0
		for start < len(s) && isGap(s[start]) {
			start++
		}
		end := start
		for end < len(s) && (s[end] > ' ' || !isGap(s[end]) || s[end] == ' ' && end+1 < len(s) && !isGap(s[end+1])) {
			end++
		}
		if start == end {
			return dst
		}
		if !first {
			dst = append(dst, ' ')
		}
		dst = append(dst, s[start:end]...)
		s = s[end:]
	}
}

func isGap(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0 }
