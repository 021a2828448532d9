package markdown

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
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
	first map[string][]form // by first word, in lower case; longest form first
}

type form struct {
	words []string // in lower case, unless exact
	exact bool
	term  *Term
}

// NewTerms indexes terms.
func NewTerms(terms []Term) *Terms {
	t := &Terms{map[string][]form{}}
	for i := range terms {
		for _, f := range terms[i].Forms {
			words := splitWords(f)
			if len(words) == 0 {
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
			fs := append(t.first[key], form{words, exact, &terms[i]})
			for j := len(fs) - 1; j > 0 && len(fs[j].words) > len(fs[j-1].words); j-- {
				fs[j], fs[j-1] = fs[j-1], fs[j]
			}
			t.first[key] = fs
		}
	}
	return t
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

func lower(s string) string {
	b := make([]rune, 0, len(s))
	for _, r := range s {
		b = append(b, unicode.ToLower(r))
	}
	return string(b)
}

// nextWord gives the range of the first run of letters and digits; an
// apostrophe or hyphen between letters is part of the word.
func nextWord(b []byte) (int, int) {
	start := -1
	for i := 0; i < len(b); {
		r, n := rune(b[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRune(b[i:])
		}
		switch {
		case r < utf8.RuneSelf && (r|0x20 >= 'a' && r|0x20 <= 'z' || r >= '0' && r <= '9') || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if start < 0 {
				start = i
			}
		case start >= 0 && (r == '-' || r == '\'') && i+1 < len(b) && isLetter(b[i+1]):
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

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= utf8.RuneSelf }

// mark replaces the first use of each term in a text node by a termNode.
func (t *Terms) mark(s *state, n *ast.Text, seen map[*Term]bool) {
	if len(t.first) == 0 {
		return
	}
	value := n.Segment.Value(s.src)
	var key [64]byte
	for at := 0; at < len(value); {
		start, end := nextWord(value[at:])
		if start == end {
			return
		}
		start, end = start+at, end+at
		at = end
		if end-start > len(key) {
			continue
		}
		k := key[:end-start]
		for i, c := range value[start:end] {
			if c >= 'A' && c <= 'Z' {
				c |= 0x20
			}
			k[i] = c
		}
		for _, f := range t.first[string(k)] {
			stop, ok := f.match(value, start)
			if !ok || seen[f.term] {
				continue
			}
			seen[f.term] = true
			seg := n.Segment
			parent := n.Parent()
			before := ast.NewTextSegment(text.NewSegment(seg.Start, seg.Start+start))
			term := &termNode{text: string(value[start:stop]), definition: f.term.Definition,
				link: s.link(Link{Kind: LinkTerm, Target: f.term.Target, Pos: s.pos(seg.Start + start)})}
			parent.InsertBefore(parent, n, before)
			parent.InsertBefore(parent, n, term)
			n.Segment = text.NewSegment(seg.Start+stop, seg.Stop)
			t.mark(s, n, seen)
			return
		}
	}
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
		if f.exact && got != w || !f.exact && lower(got) != w {
			return 0, false
		}
		at += e
	}
	return at, true
}
