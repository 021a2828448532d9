package book

import (
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"
)

// A folder without an opening is called by its name, and a name in small
// letters does not say whether ai is AI. The handbook does, if it has the word
// in capitals and never otherwise: first of all where it names things, in terms,
// laws and titles; else in its texts.

// wantedWords returns the short words in the names of folders that have no
// opening to give them a title, sorted and parted by spaces.
func (l *loader) wantedWords(opened map[string]bool) string {
	words := map[string]bool{}
	for dir := range l.folders {
		if dir == "." || dir == "registers" || opened[dir] {
			continue
		}
		names := folderNames(dir)
		for _, w := range strings.Fields(humanise(names[len(names)-1].Words)) {
			if w = strings.ToLower(w); len(w) >= 2 && len(w) <= 6 && strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") == "" {
				words[w] = true
			}
		}
	}
	return strings.Join(slices.Sorted(maps.Keys(words)), " ")
}

// A spelling is how words stand in a text: in capitals, otherwise.
type spelling struct{ capitals, otherwise map[string]bool }

func newSpelling() spelling { return spelling{map[string]bool{}, map[string]bool{}} }

// add notes how the wanted words stand in a text.
func (s spelling) add(wanted []string, text string) {
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if len(w) > 6 {
			continue
		}
		if low := strings.ToLower(w); slices.Contains(wanted, low) {
			if w == strings.ToUpper(w) {
				s.capitals[low] = true
			} else {
				s.otherwise[low] = true
			}
		}
	}
}

// String returns the same text for the same spelling.
func (s spelling) String() string {
	return strings.Join(slices.Sorted(maps.Keys(s.capitals)), " ") + "/" + strings.Join(slices.Sorted(maps.Keys(s.otherwise)), " ")
}

// join adds what String gave of another.
func (s spelling) join(text string) {
	capitals, otherwise, _ := strings.Cut(text, "/")
	for _, w := range strings.Fields(capitals) {
		s.capitals[w] = true
	}
	for _, w := range strings.Fields(otherwise) {
		s.otherwise[w] = true
	}
}

// acronyms returns the wanted words that the handbook writes in capitals.
func (l *loader) acronyms(b *Book) map[string]bool {
	wanted := strings.Fields(l.wanted)
	if len(wanted) == 0 {
		return nil
	}
	names, texts := newSpelling(), newSpelling()
	names.join(l.spelled(b))
	for _, p := range l.pages {
		if !p.ok || p.section == nil && !p.index {
			continue
		}
		texts.join(p.shows)
		if p.title != humanise(p.name.Words) {
			names.add(wanted, p.title)
		}
	}
	found := map[string]bool{}
	for _, w := range wanted {
		named := names.capitals[w] || names.otherwise[w]
		if named && names.capitals[w] && !names.otherwise[w] || !named && texts.capitals[w] && !texts.otherwise[w] {
			found[w] = true
		}
	}
	return found
}

// spelled returns how terms and laws spell the wanted words. In an edition they
// do not count, because its readers may not have them.
func (l *loader) spelled(b *Book) string {
	s := newSpelling()
	wanted := strings.Fields(l.wanted)
	if len(wanted) == 0 || len(l.opt.Audience) > 0 {
		return ""
	}
	for _, t := range b.Terms {
		s.add(wanted, strings.Join(append([]string{t.Term}, t.Also...), " "))
	}
	for _, law := range b.Laws {
		s.add(wanted, law.Short)
	}
	return s.String()
}

// withAcronyms writes the words of a title in capitals that are acronyms.
func withAcronyms(title string, acronyms map[string]bool) string {
	words := strings.Fields(title)
	for i, w := range words {
		if acronyms[strings.ToLower(w)] {
			words[i] = strings.ToUpper(w)
		}
	}
	return strings.Join(words, " ")
}

// nameParts returns the parts of folders in folders the name of the one above
// where their own is also that of another: Tools: Overview.
func nameParts(list []*Part, acronyms map[string]bool) {
	same := map[string]int{}
	above := map[string]string{}
	for _, p := range list {
		same[strings.ToLower(p.Title)]++
		above[p.Dir] = p.Title
	}
	for _, p := range list {
		in := path.Dir(p.Dir)
		if in == "." || same[strings.ToLower(p.Title)] < 2 {
			continue
		}
		title, known := above[in]
		if !known {
			names := folderNames(in)
			title = withAcronyms(humanise(names[len(names)-1].Words), acronyms)
		}
		p.Title = title + ": " + p.Title
	}
}
