package search

import (
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/source"
)

// Levels is how many steps of impact there are.
const levels = 15

// The constants of BM25: how soon a word said again counts for less, and how
// much a long text is held against it.
const (
	saturation = 1.2
	lengthBias = 0.75
)

// A form is a word as it stands in texts, folded, with its posting list.
type form struct {
	text  string
	stem  int32 // the number of its stem; 0 if no other form can share it
	next  int32 // where it leads in the names of terms, or 0
	stop  bool
	extra bool // no document holds it as a word

	postings  []posting
	positions positions

	// For the document being read:
	head, body float32
	from, to   int32 // its positions in lexicon.places, or -1
}

// A place is a position, linked to the form's next one in the document.
type place struct {
	pos  int32
	next int32
}

// A lexicon gathers forms.
type lexicon struct {
	known     map[string]int32 // the numbers of forms, by their text
	forms     []form
	stems     map[string]int32
	touched   []int32
	places    []place
	begun     []begun // of the text being read
	heard     []int32 // the terms of which it says a name
	documents int
	size      int   // of all positions, in bytes of seven bits: files are parted by it
	positions []int // of a form in the document being read
	stop      map[string]bool
	stemmer   *stemmer
	t         tokenizer
	same      synonyms
	accents   accents
	average   float32 // length of a document's text in bytes
	scratch   []byte
}

func newLexicon(lang language, same synonyms) *lexicon {
	return &lexicon{known: map[string]int32{}, stop: lang.stopList(), stemmer: lang.stemmer(), stems: map[string]int32{}, same: same, average: 1}
}

// intern returns the number of a form. The numbers are those of the order in
// which forms come.
func (x *lexicon) intern(text []byte) int32 {
	if n, ok := x.known[string(text)]; ok {
		return n
	}
	n, s := int32(len(x.forms)), string(text)
	x.known[s] = n
	x.forms = append(x.forms, form{text: s, from: -1, positions: positions{last: -1}, stop: x.stop[s], next: x.same.next[step{0, s}], extra: true})
	return n
}

// touch returns a form ready for the current document.
func (x *lexicon) touch(i int32) *form {
	f := &x.forms[i]
	if f.head == 0 && f.body == 0 {
		x.touched = append(x.touched, i)
		f.from = -1
	}
	return f
}

// add indexes the next document.
func (x *lexicon) add(d *document) {
	x.touched, x.places = x.touched[:0], x.places[:0]
	if d.given {
		x.id(d.anchor)
	} else {
		base := x.addText(d.title, d.weight, true, 0, true)
		if d.page != nil {
			x.addField(d.page)
		}
		if d.above != nil {
			x.addField(d.above)
		}
		long := 1 - lengthBias + lengthBias*float32(len(d.text))/x.average
		x.addText(d.text, 1/max(long, .1), false, base, true)
	}
	for _, m := range d.also {
		x.addField(m)
	}
	share := float32(1)
	switch {
	case d.aside:
		share = asideShare
	case d.stale:
		share = staleShare
	}
	x.post(share)
}

// id indexes the id of a rule, as it is and without its hyphens.
func (x *lexicon) id(id string) {
	for _, hyphens := range []bool{true, false} {
		x.scratch = x.scratch[:0]
		for i := range len(id) {
			if hyphens || id[i] != '-' {
				x.scratch = append(x.scratch, id[i])
			}
		}
		x.weigh(x.touch(x.intern(x.scratch)), weightTitle, true)
	}
}

// addField indexes a field that stands beside a document. The name of a law or an area
// stands beside many, and is cut once.
func (x *lexicon) addField(m *field) {
	heading := m.weight > maxText
	switch {
	case m.cut:
	case m.forms:
		for f := range strings.FieldsSeq(m.text) {
			x.scratch = append(x.scratch[:0], f...)
			m.list = append(m.list, x.intern(x.scratch))
		}
		m.cut = true
	default:
		x.addText(m.text, m.weight, heading, -1, !m.name)
		if m.shared && !heading && len(x.begun) == 0 {
			for _, k := range x.t.tokens {
				m.list = append(m.list, x.intern(x.t.form(k)))
			}
			m.cut = true
		}
		return
	}
	for _, i := range m.list {
		x.weigh(x.touch(i), m.weight, heading)
	}
}

// addText indexes a text, with positions from base on unless that is -1, and with
// the other names of the terms that it names if others is set. It gives a base
// for the next.
func (x *lexicon) addText(text string, weight float32, heading bool, base int32, others bool) int32 {
	tokens := x.t.run(text)
	x.begun = x.begun[:0]
	x.accents.begin(text)
	if text == "" {
		return base
	}
	words := int32(0)
	if heading {
		for _, k := range tokens {
			words = max(words, k.pos+1)
		}
		weight /= min(1.2, 1-lengthBias+lengthBias*float32(words)/4)
	}
	for at, k := range tokens {
		f := x.touch(x.intern(x.t.form(k)))
		x.weigh(f, weight, heading)
		words = k.pos + 1
		if !k.extra {
			if f.next > 0 && others {
				x.begun = append(x.begun, begun{at, f.next})
			}
			if f.extra {
				f.extra = false
				f.stem = x.stem(f.text)
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

// stem returns the number of the stem of a form that was found in the text being
// read.
func (x *lexicon) stem(folded string) int32 {
	if x.stemmer.stem == nil {
		return 0
	}
	stem := x.stemmer.of(x.accents.written(folded))
	if stem == "" {
		return 0
	}
	n, ok := x.stems[stem]
	if !ok {
		n = int32(len(x.stems)) + 1
		x.stems[stem] = n
	}
	return n
}

// Accents tell how the words of a text were written that are not ASCII:
// stemmers want a word with its accents. Most texts have no word that is new,
// and of the others each is gone through once, however many new words it has.
type accents struct {
	text string
	read bool
	of   map[string]string // by the folded word, in lower case
}

// begin makes a text the one that is asked about.
func (a *accents) begin(text string) { a.text, a.read = text, false }

// written returns a folded word as the text has it, in lower case. Of two ways to
// write it the first with accents is taken.
func (a *accents) written(folded string) string {
	if !a.read {
		a.read = true
		a.of = readAccents(a.text)
	}
	if word, ok := a.of[folded]; ok {
		return word
	}
	return folded
}

// readAccents returns the words of a text that are not ASCII, by the folded word
// and in lower case.
func readAccents(text string) map[string]string {
	if source.ASCII(text) {
		return nil
	}
	of := map[string]string{}
	var key []byte
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isWord(r) }) {
		if source.ASCII(word) {
			continue
		}
		key = appendFolded(key[:0], word)
		if _, ok := of[string(key)]; !ok {
			of[string(key)] = strings.ToLower(word)
		}
	}
	return of
}

// sorted returns the numbers of the forms in the order in which the client has
// them.
func (x *lexicon) sorted() []int32 {
	order := make([]int32, len(x.forms))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return compareForms(x.forms[a].text, x.forms[b].text) })
	x.known = nil // no form will come
	return order
}

// post adds the document that was gathered to the posting lists of its forms.
func (x *lexicon) post(share float32) {
	for _, i := range x.touched {
		f := &x.forms[i]
		weight := f.head + min(f.body, maxText)
		impact := share * weight * (saturation + 1) / (saturation + weight)
		f.postings = append(f.postings, newPosting(x.documents, min(levels, 1+int(impact/(saturation+1)*levels))))
		f.head, f.body = 0, 0
		if f.from >= 0 {
			x.positions = x.positions[:0]
			for at := f.from; at >= 0; at = x.places[at].next {
				x.positions = append(x.positions, int(x.places[at].pos))
			}
			x.size += f.positions.add(x.documents, x.positions)
		}
	}
	x.documents++
}
