package search

// Synonyms are the terms of the register that have other names. A name that
// several terms have is that of the first, as it is where the text explains it.
type synonyms struct {
	sets []set
	next map[step]int32 // names word by word: 0 is where they begin
	ends []alias        // by where they end
}

// A set is the names of one term, each a list of forms.
type set struct {
	names [][]string

	// Of the text being read: how often it says one of them, and which.
	said int
	own  []int
}

// A step leads from the words of a name to those and one more.
type step struct {
	from int32
	word string
}

// An alias is a name of a set; that of the zero alias is none.
type alias struct {
	set    int32 // its number and 1
	number int32
}

// newSynonyms reads the names of terms: each list names one thing.
func newSynonyms(lists [][]string) synonyms {
	s := synonyms{next: map[step]int32{}, ends: make([]alias, 1)}
	var t tokenizer
	for _, list := range lists {
		if len(list) < 2 {
			continue
		}
		var one set
		for _, text := range list {
			var words []string
			at := int32(0)
			for _, k := range t.run(text) {
				if !k.extra {
					words = append(words, string(t.form(k)))
					at = s.after(at, words[len(words)-1])
				}
			}
			if end := &s.ends[at]; at > 0 && end.set == 0 {
				*end = alias{int32(len(s.sets)) + 1, int32(len(one.names))}
				one.names = append(one.names, words)
			}
		}
		one.own = make([]int, len(one.names))
		s.sets = append(s.sets, one)
	}
	return s
}

// after returns where a word leads, and makes the step if it is new.
func (s *synonyms) after(from int32, word string) int32 {
	to, ok := s.next[step{from, word}]
	if !ok {
		to = int32(len(s.ends))
		s.next[step{from, word}] = to
		s.ends = append(s.ends, alias{})
	}
	return to
}

// A begun is a place in a text where the name of a term may begin.
type begun struct {
	at   int // the token
	next int32
}

// synonymWeight is what a word counts for that stands for another.
const synonymWeight = 0.7

// synonyms returns a document that says "protected health information" the word
// phi too. Names of several words are the client's part: it asks for all of
// them. However often a text says a name, the others of its term are gone
// through once.
func (x *lexicon) synonyms(tokens []token, weight float32) {
	x.heard = x.heard[:0]
	for _, b := range x.begun {
		x.hear(x.same.ends[b.next])
		for at, words := b.next, tokens[b.at+1:]; len(words) > 0; words = words[1:] {
			if words[0].extra {
				continue
			}
			var more bool
			if at, more = x.same.next[step{at, string(x.t.form(words[0]))}]; !more {
				break
			}
			x.hear(x.same.ends[at])
		}
	}
	for _, n := range x.heard {
		s := &x.same.sets[n]
		for i, words := range s.names {
			if others := s.said - s.own[i]; others > 0 && len(words) == 1 {
				f := x.touch(x.intern([]byte(words[0])))
				x.weigh(f, float32(others)*weight*synonymWeight, false)
			}
		}
		s.said = 0
		clear(s.own)
	}
}

// hear counts a name that the text being read says.
func (x *lexicon) hear(a alias) {
	if a.set == 0 {
		return
	}
	s := &x.same.sets[a.set-1]
	if s.said == 0 {
		x.heard = append(x.heard, a.set-1)
	}
	s.said++
	s.own[a.number]++
}
