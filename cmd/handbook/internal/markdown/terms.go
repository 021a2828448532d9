package markdown

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A Term is a word or words with a definition. Forms with a capital after
// their first letter (PHI, eDiscovery) are found only as written; others
// whatever their capitals.
type Term struct {
	ID         string
	Forms      []string // the term and what else it is called
	Definition string
	Target     Target
}

// Terms finds terms in text.
type Terms struct {
	terms []Term
	first map[string][]form // by first word, in lower case; longest form first

	// Two tables let nearly every word of a page be passed over quickly: bit n
	// of lengths[c] is set if a first word of n bytes can begin with c, and
	// plain[c] if c is an ASCII letter or digit.
	lengths [256]uint64
	plain   [256]bool

	// Of the words of ASCII letters and digits alone, most that pass are stopped
	// by the first two: bit n of starts[pair(w)] is set if a first word of n
	// bytes can begin as w does.
	starts [32 * 32]uint64
}

// pair makes a number of the first two letters of a word, whatever their
// capitals. A word of one letter has that of two such letters.
func pair[T string | []byte](word T) int {
	return int(word[0]&31)<<5 | int(word[min(1, len(word)-1)]&31)
}

// maxTermWord is the longest first word of a term in bytes.
const maxTermWord = 63

// A form is one form of a term.
type form struct {
	words []string // in lower case, unless exact
	exact bool
	term  int // its place in Terms.terms
}

// NewTerms indexes terms.
func NewTerms(terms []Term) *Terms {
	t := &Terms{terms: slices.Clone(terms), first: map[string][]form{}}
	for c := range t.plain {
		t.plain[c] = isAlphanumeric(byte(c))
	}
	for i := range terms {
		t.terms[i].Definition = string(util.EscapeHTML([]byte(terms[i].Definition)))
		for _, f := range terms[i].Forms {
			words := splitWords(f)
			if len(words) == 0 || len(words[0]) > maxTermWord {
				continue
			}
			exact := false
			for j, r := range f {
				exact = exact || j > 0 && unicode.IsUpper(r)
			}
			key := lower(words[0])
			if !exact {
				for j := range words {
					words[j] = lower(words[j])
				}
			}
			fs := append(t.first[key], form{words, exact, i})
			for j := len(fs) - 1; j > 0 && len(fs[j].words) > len(fs[j-1].words); j-- {
				fs[j], fs[j-1] = fs[j-1], fs[j]
			}
			t.first[key] = fs
			t.expect(key)
		}
	}
	return t
}

// expect makes the filter let a first word through, in any capitals.
func (t *Terms) expect(key string) {
	length := uint64(1) << len(key)
	for i := range len(key) {
		if key[i] >= utf8.RuneSelf {
			// Capitals beyond ASCII may have other bytes, and more or fewer.
			length = ^uint64(0)
		}
	}
	t.starts[pair(key)] |= length
	if key[0] >= utf8.RuneSelf {
		for c := utf8.RuneSelf; c < len(t.lengths); c++ {
			t.lengths[c] = length
		}
		return
	}
	t.lengths[key[0]] |= length
	t.lengths[byte(unicode.ToUpper(rune(key[0])))] |= length
}

func splitWords(s string) []string {
	var out []string
	for rest := []byte(s); ; {
		start, end := nextWord(rest)
		if start == end {
			return out
		}
		out = append(out, string(rest[start:end]))
		rest = rest[end:]
	}
}

// lower gives a word in lower case, letter by letter.
func lower(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	return string(b)
}

// nextWord gives the range of the first run of letters and digits; an
// apostrophe or hyphen between letters is part of the word.
func nextWord(b []byte) (int, int) {
	start := -1
	for i := 0; i < len(b); {
		n := 1
		word := isAlphanumeric(b[i])
		if b[i] >= utf8.RuneSelf {
			var r rune
			r, n = utf8.DecodeRune(b[i:])
			word = unicode.IsLetter(r) || unicode.IsDigit(r)
		}
		switch {
		case word:
			if start < 0 {
				start = i
			}
		case start >= 0 && (b[i] == '-' || b[i] == '\'') && i+1 < len(b) && (b[i+1] >= utf8.RuneSelf || b[i+1] > '9' && isAlphanumeric(b[i+1])):
		case start >= 0:
			return start, i
		}
		i += n
	}
	if start < 0 {
		return 0, 0
	}
	return start, len(b)
}

// isAlphanumeric tells whether a byte is an ASCII letter or digit.
func isAlphanumeric(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

// mark replaces the first use of each term in a text node by a termNode.
func (t *Terms) mark(s *state, n *ast.Text, seen []bool) {
	if len(t.first) == 0 {
		return
	}
	value := n.Segment.Value(s.src)
	for at := 0; at < len(value); {
		start := at
		for at < len(value) && t.plain[value[at]] {
			at++
		}
		known := ^uint64(0) // which lengths a first word that begins so can have
		if at < len(value) && (value[at] >= utf8.RuneSelf || value[at] == '-' || value[at] == '\'') {
			s, e := nextWord(value[start:])
			if s == e {
				return
			}
			start, at = start+s, start+e
		} else if at > start {
			known = t.starts[pair(value[start:at])]
		}
		if at == start {
			at++
			continue
		}
		if at-start > maxTermWord || t.lengths[value[start]]&known&(1<<(at-start)) == 0 {
			continue
		}
		i, stop := t.find(value, start, at)
		switch {
		case i < 0:
			continue
		case seen[i]:
			// No shorter term is meant within a longer one: an incident line
			// is no incident.
			at = stop
			continue
		}
		seen[i] = true
		seg, parent := n.Segment, n.Parent()
		if start > 0 {
			parent.InsertBefore(parent, n, ast.NewTextSegment(text.NewSegment(seg.Start, seg.Start+start)))
		}
		parent.InsertBefore(parent, n, &termNode{text: string(value[start:stop]), definition: t.terms[i].Definition,
			link: s.link(Link{Kind: LinkTerm, Target: t.terms[i].Target, Pos: s.pos(seg.Start + start)})})
		n.Segment = text.NewSegment(seg.Start+stop, seg.Stop)
		value, at = value[stop:], 0
	}
}

// find gives the longest term whose first word stands in b from start to end,
// and where it ends; or -1.
func (t *Terms) find(b []byte, start, end int) (term, stop int) {
	var buf [2 * maxTermWord]byte
	key := buf[:0]
	for _, c := range b[start:end] {
		if c >= utf8.RuneSelf {
			key = bytes.ToLower(b[start:end])
			break
		}
		if c >= 'A' && c <= 'Z' {
			c |= 0x20
		}
		key = append(key, c)
	}
	for _, f := range t.first[string(key)] {
		if stop, ok := f.match(b, start); ok {
			return f.term, stop
		}
	}
	return -1, 0
}

// match tells whether the form stands in b at start, and where it ends.
func (f form) match(b []byte, start int) (int, bool) {
	at := start
	for i, w := range f.words {
		s, e := nextWord(b[at:])
		if s == e || i > 0 && (s != 1 || b[at] != ' ') {
			return 0, false
		}
		got := string(b[at+s : at+e])
		if got != w && (f.exact || lower(got) != w) {
			return 0, false
		}
		at += e
	}
	return at, true
}
