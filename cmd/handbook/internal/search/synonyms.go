package search

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

// A begun is a place in a text where the name of a term may begin.
type begun struct {
	at    int // the token
	names int32
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
