package search

import (
	"encoding/binary"
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"
)

// Levels is how many steps of impact there are.
const levels = 15

// The constants of BM25: how soon a word said again counts for less, and how
// much a long text is held against it.
const (
	saturation = 1.2
	lengthBias = 0.75
)

// A form is a word as it stands in texts, folded, with the documents that hold
// it. Lists are kept as bytes while the index is made: at 100,000 documents
// slices of numbers would be most of the memory.
type form struct {
	text  string
	stem  string // "" if no other form can share it
	posts []byte // for each document: the step from the one before, and the level
	spots []byte // for each document with positions: step, number, steps of positions
	count int32  // of documents
	last  int32  // the last document in posts
	spot  int32  // the last document in spots
	names int32  // the number of those names of terms that begin with it, or 0
	stop  bool

	// For the document being read:
	head, body float32
	from, to   int32 // its positions in lexicon.places, or -1
	extra      bool  // no document holds it as a word
}

// A place is a position, linked to the form's next one in the document.
type place struct {
	pos  int32
	next int32
}

// A begun is a place in a text where the name of a term may begin.
type begun struct {
	at    int // the token
	names int32
}

// A lexicon gathers forms.
type lexicon struct {
	known    []int32 // forms by the hash of their text; 0 is none, else the number and 1
	seed     maphash.Seed
	forms    []form
	touched  []int32
	places   []place
	begun    []begun // of the text being read
	mentions map[weighted][]int32
	stop     map[string]bool
	stemmer  *stemmer
	t        tokenizer
	same     synonyms
	average  float32 // length of a document's text in bytes
}

// intern gives the number of a form. It keeps a table of its own, which is
// twice as quick as a map here, and this is the most frequent of all steps. The
// numbers are those of the order in which forms come, whatever the hashes are.
func (x *lexicon) intern(text []byte) int32 {
	if 2*len(x.forms) >= len(x.known) {
		x.grow()
	}
	mask := uint64(len(x.known) - 1)
	at := maphash.Bytes(x.seed, text) & mask
	for ; x.known[at] > 0; at = (at + 1) & mask {
		if n := x.known[at] - 1; x.forms[n].text == string(text) {
			return n
		}
	}
	s := string(text)
	x.forms = append(x.forms, form{text: s, last: -1, spot: -1, from: -1, stop: x.stop[s], names: x.same.first[s], extra: true})
	x.known[at] = int32(len(x.forms))
	return int32(len(x.forms)) - 1
}

// grow makes the table of known forms larger.
func (x *lexicon) grow() {
	if x.known == nil {
		x.seed = maphash.MakeSeed()
	}
	x.known = make([]int32, max(1<<12, 2*len(x.known)))
	mask := uint64(len(x.known) - 1)
	for n := range x.forms {
		at := maphash.String(x.seed, x.forms[n].text) & mask
		for x.known[at] > 0 {
			at = (at + 1) & mask
		}
		x.known[at] = int32(n) + 1
	}
}

// sort puts the forms in order. It sorts numbers, because a form is large.
func (x *lexicon) sort() {
	order := make([]int32, len(x.forms))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return compareForms(x.forms[a].text, x.forms[b].text) })
	forms := make([]form, len(order))
	for i, n := range order {
		forms[i] = x.forms[n]
	}
	x.forms, x.known = forms, nil
}

// touch gives a form ready for the current document.
func (x *lexicon) touch(i int32) *form {
	f := &x.forms[i]
	if f.head == 0 && f.body == 0 {
		x.touched = append(x.touched, i)
		f.from = -1
	}
	return f
}

// add indexes a document.
func (x *lexicon) add(n int, d *document) {
	x.touched, x.places = x.touched[:0], x.places[:0]
	base := int32(0)
	if !d.given {
		base = x.field(d.title, d.weight, true, base)
		x.field(d.context, 1, false, -1)
		long := 1 - lengthBias + lengthBias*float32(len(d.text))/x.average
		x.field(d.text, 1/max(long, .1), false, base)
	}
	for _, a := range d.also {
		x.mention(a)
	}
	share := float32(1)
	switch {
	case d.aside:
		share = asideShare
	case d.stale:
		share = staleShare
	}
	for _, i := range x.touched {
		x.post(int32(n), &x.forms[i], share)
	}
}

// mention indexes what stands beside a document. The name of a law or an area
// stands beside many, and is cut once.
func (x *lexicon) mention(a weighted) {
	heading := a.weight > maxText
	var list []int32
	known := false
	if a.shared {
		list, known = x.mentions[a]
	}
	if !known && !a.forms {
		x.field(a.text, a.weight, heading, -1)
		if a.shared && !heading && len(x.begun) == 0 {
			for _, k := range x.t.tokens {
				list = append(list, x.intern(x.t.form(k)))
			}
			x.mentions[a] = list
		}
		return
	}
	if !known {
		for f := range strings.FieldsSeq(a.text) {
			list = append(list, x.intern([]byte(f)))
		}
		if a.shared {
			x.mentions[a] = list
		}
	}
	for _, i := range list {
		x.weigh(x.touch(i), a.weight, heading)
	}
}

// field indexes a text, with positions from base on unless that is -1, and
// gives a base for the next.
func (x *lexicon) field(text string, weight float32, heading bool, base int32) int32 {
	if text == "" {
		return base
	}
	tokens := x.t.run(text)
	words := int32(0)
	if heading {
		for _, k := range tokens {
			words = max(words, k.pos+1)
		}
		weight /= min(1.2, 1-lengthBias+lengthBias*float32(words)/4)
	}
	x.begun = x.begun[:0]
	for at, k := range tokens {
		i := x.intern(x.t.form(k))
		f := x.touch(i)
		x.weigh(f, weight, heading)
		words = k.pos + 1
		if !k.extra {
			if f.names > 0 {
				x.begun = append(x.begun, begun{at, f.names})
			}
			if f.extra {
				f.extra = false
				f.stem = x.stem(text, f.text)
			}
			if base >= 0 && !f.stop {
				x.places = append(x.places, place{base + k.pos, -1})
				last := int32(len(x.places) - 1)
				if f.from < 0 {
					f.from = last
				} else {
					x.places[f.to].next = last
				}
				f.to = last
			}
		}
	}
	if len(x.begun) > 0 {
		x.synonyms(tokens, weight)
	}
	return base + words + 1
}

func (x *lexicon) weigh(f *form, weight float32, heading bool) {
	if heading {
		f.head += weight
	} else {
		f.body += weight
	}
}

// stem gives the stem of a form that was found in a text. Stemmers want the
// word with its accents, so it is looked for in the text as it was written.
func (x *lexicon) stem(text, folded string) string {
	if x.stemmer.stem == nil {
		return ""
	}
	if isASCII(text) {
		return x.stemmer.of(folded)
	}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isWord(r) }) {
		// Most words differ from the folded form, and soon.
		if len(word) >= len(folded) && len(word) <= 2*len(folded)+2 && string(appendFolded(nil, word)) == folded {
			return x.stemmer.of(strings.ToLower(word))
		}
	}
	return x.stemmer.of(folded)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// post writes what was gathered of a form in document n.
func (x *lexicon) post(n int32, f *form, share float32) {
	weight := f.head + min(f.body, maxText)
	impact := share * weight * (saturation + 1) / (saturation + weight)
	level := min(levels, 1+int(impact/(saturation+1)*levels))
	f.posts = binary.AppendUvarint(f.posts, uint64(n-f.last))
	f.posts = append(f.posts, byte(level))
	f.last = n
	f.count++
	f.head, f.body = 0, 0
	if f.from < 0 {
		return
	}
	count := 0
	for at := f.from; at >= 0; at = x.places[at].next {
		count++
	}
	f.spots = binary.AppendUvarint(f.spots, uint64(n-f.spot))
	f.spots = binary.AppendUvarint(f.spots, uint64(count))
	before := int32(0)
	for at := f.from; at >= 0; at = x.places[at].next {
		f.spots = binary.AppendUvarint(f.spots, uint64(x.places[at].pos-before))
		before = x.places[at].pos
	}
	f.spot = n
}

// Synonyms are the terms of the register that have other names.
type synonyms struct {
	sets  [][][]string     // of forms, of words
	names [][][2]int       // those with one first word: set and form
	first map[string]int32 // by first word: the number in names, and 1
}

// newSynonyms reads the names of terms: each list names one thing.
func newSynonyms(lists [][]string) synonyms {
	s := synonyms{first: map[string]int32{}}
	var t tokenizer
	for _, names := range lists {
		var set [][]string
		for _, name := range names {
			var words []string
			for _, k := range t.run(name) {
				if !k.extra {
					words = append(words, string(t.form(k)))
				}
			}
			if len(words) > 0 {
				set = append(set, words)
			}
		}
		if len(set) < 2 {
			continue
		}
		for j, words := range set {
			if s.first[words[0]] == 0 {
				s.names = append(s.names, nil)
				s.first[words[0]] = int32(len(s.names))
			}
			n := s.first[words[0]] - 1
			s.names[n] = append(s.names[n], [2]int{len(s.sets), j})
		}
		s.sets = append(s.sets, set)
	}
	return s
}

// synonymWeight is what a word counts for that stands for another.
const synonymWeight = 0.7

// synonyms gives a document that says "protected health information" the word
// phi too. Names of several words are the client's part: it asks for all of
// them.
func (x *lexicon) synonyms(tokens []token, weight float32) {
	for _, b := range x.begun {
		for _, at := range x.same.names[b.names-1] {
			set := x.same.sets[at[0]]
			if !x.holds(tokens[b.at:], set[at[1]]) {
				continue
			}
			for j, words := range set {
				if j != at[1] && len(words) == 1 {
					f := x.touch(x.intern([]byte(words[0])))
					x.weigh(f, weight*synonymWeight, false)
				}
			}
		}
	}
}

// holds tells whether the tokens begin with words.
func (x *lexicon) holds(tokens []token, words []string) bool {
	n := 0
	for _, k := range tokens {
		if n == len(words) {
			break
		}
		if k.extra {
			continue
		}
		if string(x.t.form(k)) != words[n] {
			return false
		}
		n++
	}
	return n == len(words)
}
