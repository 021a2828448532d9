package search

import (
	"slices"
	"unicode/utf8"
)

// maxForm is the length of the longest form that is indexed, in characters.
const maxForm = 60

// A token is a form found in a text: a range of the tokenizer's buffer.
type token struct {
	start, end int32
	pos        int32 // the number of the word in the text
	extra      bool  // stands beside the words that it is made of
	cited      bool  // the form of a citation
	bracketed  bool  // in brackets that follow a word at once, as (e) in 164.530(e)
	apart      bool  // is passed over when citations are looked for
}

// A tokenizer cuts texts into forms. It keeps its memory from one text to the
// next.
//
// A word is a run of letters, figures and marks. Words joined by a hyphen or
// dot are a compound: its parts are words, and beside them stands the compound
// itself if it holds a figure (164.402, texting-1) or its parts without the
// hyphens if it does not (e-mail: email). Letters with dots between them are
// one word (U.S.C.: usc). A possessive 's is left out, don't is dont, and any
// other apostrophe parts words (l'agence). Runs of a script without spaces are
// cut into pairs of characters that overlap. Citations are found among the
// words; see cite.go.
type tokenizer struct {
	buf    []byte  // the folded text, and after it the forms that do not stand in it
	tokens []token // in order of position, extras after the first of their parts
	chain  []piece // the compound being read
	seq    []token // compounds and single words, in which citations are found
	figure bool    // a word of the text has a figure
	long   bool    // a token may be too long for anyone to look for
}

// A piece is a part of a compound with the connector before it.
type piece struct {
	start, end int32
	connector  byte
}

// form returns a token's text, good until the next text is cut.
func (t *tokenizer) form(k token) []byte { return t.buf[k.start:k.end] }

// run cuts a text. The result is good until the next call.
func (t *tokenizer) run(text string) []token {
	t.buf = appendFolded(t.buf[:0], text)
	t.tokens, t.figure, t.long = t.tokens[:0], false, false
	pos := int32(0)
	size := len(t.buf) // what is appended later is not text
	for i := 0; i < size; {
		j, end := i, letter
		for ; j < size; j++ {
			if end = signs[t.buf[j]]; end != letter {
				break
			}
		}
		if j == size || end == sign || end == joint && (j+1 == size || signs[t.buf[j+1]] <= joint) {
			// Most are this: letters up to a space or full stop, or a space.
			if j > i {
				k := token{start: int32(i), end: int32(j), pos: pos}
				k.bracketed = i > 0 && t.buf[i-1] == '(' && t.inBrackets(i, j)
				t.add(k)
				pos++
			}
			i = j + 1
			continue
		}
		w := t.word(i, size)
		switch {
		case w.end == i:
			i += w.skip
		case w.spaceless:
			pos = t.pairs(i, w.end, pos)
			i = w.end
		default:
			i, pos = t.compound(i, w, size, pos)
		}
	}
	if t.figure { // there is no citation without
		t.findCitations()
	}
	if t.long {
		t.tokens = slices.DeleteFunc(t.tokens, t.tooLong)
	}
	return t.tokens
}

// A word is a run of word characters.
type word struct {
	end       int
	skip      int // where it is empty: the width of the character there
	spaceless bool
	figure    bool
	letters   int // how many characters
}

// What a byte of folded text is.
const (
	sign  uint8 = iota // ends a word
	joint              // may join words: - . '
	letter
	figure
	more // a part of a character that is not ASCII
)

// signs reports what each byte is.
var signs = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z':
			t[c] = letter
		case c >= '0' && c <= '9':
			t[c] = figure
		case c == '-' || c == '.' || c == '\'':
			t[c] = joint
		case c >= utf8.RuneSelf:
			t[c] = more
		}
	}
	return t
}()

// word reads the run that begins at i.
func (t *tokenizer) word(i, size int) word {
	w := word{end: i}
	for w.end < size {
		switch signs[t.buf[w.end]] {
		case letter:
			w.end++
			w.letters++
			continue
		case figure:
			w.figure, t.figure = true, true
			w.end++
			w.letters++
			continue
		case sign, joint:
			w.skip = 1
			return w
		}
		r, n := utf8.DecodeRune(t.buf[w.end:size])
		if !isWord(r) {
			w.skip = n
			return w
		}
		w.spaceless = w.spaceless || isSpaceless(r)
		w.end += n
		w.letters++
	}
	return w
}

// compound reads the word w at i and what is joined to it, and gives the place
// behind it and the next position.
func (t *tokenizer) compound(i int, w word, size int, pos int32) (int, int32) {
	t.chain = append(t.chain[:0], piece{int32(i), int32(w.end), 0})
	figure, single, dots, hyphens := w.figure, w.letters == 1 && !w.figure, true, true
	first := i
	for w.end+1 < size {
		c := t.buf[w.end]
		if signs[c] != joint {
			break
		}
		next := t.word(w.end+1, size)
		if next.end == w.end+1 || next.spaceless || c == '.' && t.opensSection(next.end-w.end-1, w.end) {
			break
		}
		if c == '\'' {
			last := &t.chain[len(t.chain)-1]
			switch suffix := string(t.buf[w.end+1 : next.end]); suffix {
			case "s":
			case "t", "re", "ll", "ve", "d", "m":
				start := int32(len(t.buf))
				t.buf = append(t.buf, t.buf[last.start:last.end]...)
				t.buf = append(t.buf, suffix...)
				last.start, last.end = start, int32(len(t.buf))
				single = false
			default:
				return w.end + 1, t.emit(first, w.end, pos, figure, single, dots, hyphens)
			}
			w = next
			continue
		}
		t.chain = append(t.chain, piece{int32(w.end + 1), int32(next.end), c})
		figure = figure || next.figure
		single = single && next.letters == 1 && !next.figure
		dots, hyphens = dots && c == '.', hyphens && c == '-'
		w = next
	}
	return w.end, t.emit(first, w.end, pos, figure, single, dots, hyphens)
}

// opensSection reports whether the chain is no more than "s" or the like and the
// word behind the dot at end begins with a figure: s.184 is two words.
func (t *tokenizer) opensSection(length, end int) bool {
	if len(t.chain) > 1 || length == 0 || t.buf[end+1] < '0' || t.buf[end+1] > '9' {
		return false
	}
	switch string(t.buf[t.chain[0].start:t.chain[0].end]) {
	case "s", "ss", "sec":
		return true
	}
	return false
}

// emit writes the tokens of the compound in t.chain, whose text began at first
// and ended at end, and gives the next position.
func (t *tokenizer) emit(first, end int, pos int32, figure, single, dots, hyphens bool) int32 {
	parts := len(t.chain)
	if parts == 1 {
		p := t.chain[0]
		t.add(token{start: p.start, end: p.end, pos: pos, bracketed: t.inBrackets(first, end)})
		return pos + 1
	}
	if single && dots {
		t.add(t.join(pos, false))
		return pos + 1
	}
	whole := figure && parts <= 5 // is read as a whole in a citation
	for i, p := range t.chain {
		t.add(token{start: p.start, end: p.end, pos: pos + int32(i), apart: whole})
		if i > 0 || !whole && (!hyphens || figure || parts > 3) {
			continue
		}
		k := t.join(pos, whole)
		k.extra, k.apart = true, !whole
		t.add(k)
	}
	return pos + int32(parts)
}

// inBrackets reports whether the text from first to end stands in brackets that
// follow a word or other brackets at once.
func (t *tokenizer) inBrackets(first, end int) bool {
	return first > 1 && t.buf[first-1] == '(' && (t.buf[first-2] == ')' || isWordByte(t.buf[first-2])) && end < len(t.buf) && t.buf[end] == ')'
}

// join writes the parts of the chain behind the text as one form, with their
// connectors or without.
func (t *tokenizer) join(pos int32, connectors bool) token {
	start := int32(len(t.buf))
	for i, p := range t.chain {
		if connectors && i > 0 {
			t.buf = append(t.buf, p.connector)
		}
		t.buf = append(t.buf, t.buf[p.start:p.end]...)
	}
	return token{start: start, end: int32(len(t.buf)), pos: pos}
}

// add adds a token.
func (t *tokenizer) add(k token) {
	t.tokens = append(t.tokens, k)
	t.long = t.long || k.end-k.start > maxForm
}

// tooLong reports whether a token is too long for anyone to look for.
func (t *tokenizer) tooLong(k token) bool {
	return k.end-k.start > maxForm && utf8.RuneCount(t.form(k)) > maxForm
}

// isWordByte reports whether a byte can be the end of a word's last character.
func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
}

// pairs cuts a run that holds characters of a script without spaces: those
// into pairs, what stands between them into words. It gives the next position.
func (t *tokenizer) pairs(i, end int, pos int32) int32 {
	for i < end {
		r, n := utf8.DecodeRune(t.buf[i:end])
		if !isSpaceless(r) {
			start := i
			for i < end && !isSpaceless(r) {
				i += n
				r, n = utf8.DecodeRune(t.buf[i:end])
			}
			t.add(token{start: int32(start), end: int32(i), pos: pos})
			pos++
			continue
		}
		before := -1
		for start := i; i < end && isSpaceless(r); {
			if before >= 0 || i+n == end || !t.spacelessAt(i+n, end) {
				from := before
				if before < 0 {
					from = start
				}
				t.add(token{start: int32(from), end: int32(i + n), pos: pos, apart: true})
				pos++
			}
			before = i
			i += n
			r, n = utf8.DecodeRune(t.buf[i:end])
		}
	}
	return pos
}

func (t *tokenizer) spacelessAt(i, end int) bool {
	r, _ := utf8.DecodeRune(t.buf[i:end])
	return i < end && isSpaceless(r)
}
