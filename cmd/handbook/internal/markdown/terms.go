package markdown

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/source"
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
	first map[string]int32 // where the first word of a form leads, in lower case
	steps map[step]int32   // and where each further one
	forms []ending         // by where the words of a form lead

	// Of the words of ASCII letters and digits alone, these tables let nearly
	// all be passed over quickly: bit n of lengths[pair(w)] is set if a first
	// word that begins as w does can have n bytes, and bit c of ends[pair(w)] if
	// it can end in a letter with these five low bits.
	lengths [32 * 32]uint64
	ends    [32 * 32]uint32
	kinds   [256]byteKind
	foreign bool // some first word has a letter beyond ASCII
}

// A byteKind says what a byte can be in a word.
type byteKind uint8

const (
	between  byteKind = iota // of no word
	ofWord                   // an ASCII letter or digit
	lookOnce                 // it depends: see nextWord
)

// pair makes a number of the first two letters of a word, whatever their
// capitals. A word of one letter has that of two such letters.
func pair(word []byte) int {
	first := word[0]
	if len(word) > 1 {
		word = word[1:]
	}
	return int(first&31)<<5 | int(word[0]&31)
}

// maxTermWord is the longest first word of a term in bytes.
const maxTermWord = 63

// A step leads from the words of a form to those and one more.
type step struct {
	from int32
	word string // in lower case
}

// An ending says which terms have a form of the words that lead to it: the
// numbers of their places in Terms.terms, and 1. The first term that has a form
// has it alone.
type ending struct {
	any   int32            // whatever the capitals, or 0
	exact map[string]int32 // as written
}

// NewTerms indexes terms.
func NewTerms(terms []Term) *Terms {
	t := &Terms{terms: slices.Clone(terms), first: map[string]int32{}, steps: map[step]int32{}}
	for c := range t.kinds {
		switch b := byte(c); {
		case isAlphanumeric(b):
			t.kinds[c] = ofWord
		case b >= utf8.RuneSelf || b == '-' || b == '\'':
			t.kinds[c] = lookOnce
		}
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
			t.forms[t.after(words)].add(words, exact, i)
			t.expect(key)
		}
	}
	return t
}

// after returns where words lead, and makes the steps that are new.
func (t *Terms) after(words []string) int32 {
	var at int32
	for i, w := range words {
		from := step{at, lower(w)}
		to, ok := t.steps[from]
		if i == 0 {
			to, ok = t.first[from.word]
		}
		if !ok {
			to = int32(len(t.forms))
			t.forms = append(t.forms, ending{})
			if i == 0 {
				t.first[from.word] = to
			} else {
				t.steps[from] = to
			}
		}
		at = to
	}
	return at
}

// add adds a form of a term, unless one before it has the form.
func (e *ending) add(words []string, exact bool, term int) {
	n := int32(term) + 1
	if !exact {
		if e.any == 0 {
			e.any = n
		}
		return
	}
	if e.exact == nil {
		e.exact = map[string]int32{}
	}
	if text := strings.Join(words, " "); e.exact[text] == 0 {
		e.exact[text] = n
	}
}

// term returns the term that has a text as a form, or -1.
func (e *ending) term(text []byte) int {
	n := e.any
	if e.exact != nil {
		if m := e.exact[string(text)]; m > 0 && (n == 0 || m < n) {
			n = m
		}
	}
	return int(n) - 1
}

// expect makes the tables let a first word through, in any capitals.
func (t *Terms) expect(key string) {
	at := pair([]byte(key))
	t.lengths[at] |= 1 << len(key)
	t.ends[at] |= 1 << (key[len(key)-1] & 31)
	t.foreign = t.foreign || !source.ASCII(key)
}

// mayBegin reports whether a word may be the first of a term.
func (t *Terms) mayBegin(word []byte) bool {
	at := pair(word)
	return t.lengths[at]>>uint(len(word))&1 != 0 && t.ends[at]>>(word[len(word)-1]&31)&1 != 0
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

// lower returns a word in lower case, letter by letter.
func lower(s string) string { return string(appendLower(nil, []byte(s))) }

// appendLower appends a word in lower case.
func appendLower(to, word []byte) []byte {
	for i := 0; i < len(word); {
		c, n := word[i], 1
		switch {
		case c >= utf8.RuneSelf:
			var r rune
			r, n = utf8.DecodeRune(word[i:])
			to = utf8.AppendRune(to, unicode.ToLower(r))
		case c >= 'A' && c <= 'Z':
			to = append(to, c|0x20)
		default:
			to = append(to, c)
		}
		i += n
	}
	return to
}

// nextWord returns the range of the first run of letters and digits; an
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

// isAlphanumeric reports whether a byte is an ASCII letter or digit.
func isAlphanumeric(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

// mark replaces the first use of each term in a text node by a termNode.
func (t *Terms) mark(s *state, n *ast.Text, seen []bool) {
	if len(t.first) == 0 {
		return
	}
	value := n.Segment.Value(s.src)
	for at := 0; ; {
		start, end := t.next(value[at:])
		if start == end {
			return
		}
		start, end = at+start, at+end
		i, stop := t.find(value, start, end)
		switch {
		case i < 0:
			at = end
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
		link := s.link(Link{Kind: LinkTerm, Target: t.terms[i].Target, Pos: s.pos(seg.Start + start)})
		parent.InsertBefore(parent, n, &termNode{text: string(value[start:stop]), definition: t.terms[i].Definition, link: link})
		n.Segment = text.NewSegment(seg.Start+stop, seg.Stop)
		value, at = value[stop:], 0
	}
}

// next returns the range of the first word of a text that may begin a term.
func (t *Terms) next(b []byte) (from, to int) {
	kinds := &t.kinds
	for at := 0; at < len(b); at++ {
		start := at
		for at < len(b) && kinds[b[at]] == ofWord {
			at++
		}
		if at == len(b) || kinds[b[at]] == between {
			if start < at && t.mayBegin(b[start:at]) {
				return start, at
			}
			continue
		}
		from, to := nextWord(b[start:])
		if from == to {
			return 0, 0
		}
		// What is beyond ASCII may have more bytes as a capital, or fewer.
		from, to = start+from, start+to
		if word := b[from:to]; t.mayBegin(word) || t.foreign && len(word) <= maxTermWord && !source.ASCII(word) {
			return from, to
		}
		at = to - 1
	}
	return 0, 0
}

// find returns the longest term whose first word stands in b from start to end,
// and where it ends; or -1.
func (t *Terms) find(b []byte, start, end int) (term, stop int) {
	var room [2 * maxTermWord]byte
	at, ok := t.first[string(appendLower(room[:0], b[start:end]))]
	for term = -1; ok; {
		if i := t.forms[at].term(b[start:end]); i >= 0 {
			term, stop = i, end
		}
		if end == len(b) || b[end] != ' ' {
			break
		}
		s, e := nextWord(b[end:])
		if s != 1 || e == 1 {
			break
		}
		at, ok = t.steps[step{at, string(appendLower(room[:0], b[end+1:end+e]))}]
		end += e
	}
	return term, stop
}
