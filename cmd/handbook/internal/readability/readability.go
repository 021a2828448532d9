// Package readability measures how hard an English text is to read: its
// sentences, their length in words, and the school grade whose pupils can be
// expected to follow it.
//
// # The formula
//
// The grade is that of J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S.
// Chissom, Derivation of New Readability Formulas for Navy Enlisted Personnel,
// Research Branch Report 8-75, Naval Technical Training Command, Millington,
// Tennessee, February 1975:
//
//	0.39 x words/sentences + 11.8 x syllables/words - 15.59
//
// Grade 9 is read at about the age of 14. The formula knows nothing of sense:
// it reports which pages to read again, not whether they are good.
//
// # What is counted
//
// A word is a run of letters and digits; an apostrophe or hyphen within it
// belongs to it. A sentence ends with a full stop, question mark, exclamation
// mark or colon, then perhaps quotes or brackets, then a space, unless what
// follows begins with a small letter, or the full stop is that of a number or
// an abbreviation. A text without an end, such as an item of a list, is one
// sentence.
//
// Syllables are counted by rules, which miss some words (they find three in
// "business") and level out over a page. A syllable is a run of vowels, y
// among them. But
//
//   - an e at the end is silent, unless it is the only vowel or follows a
//     consonant and l: "table" has two;
//   - so is the e of a last -es, unless it follows c, g, s, x, z, ch or sh,
//     and of a last -ed, unless it follows d or t;
//   - i before a or o, and u before a or o, are apart in a few endings: -ia,
//     -io, -ua, unless it is -cia, -tia, -cio, -tio, -sio, -gio, -gua, -qua;
//   - a word of capitals alone, such as HIPAA, and a number are one syllable:
//     readers know them by sight, or stumble whatever their length.
package readability

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Count is what the formula asks of a text.
type Count struct{ Sentences, Words, Syllables int }

// Grade returns the Flesch-Kincaid grade of what was counted; 0 for nothing.
func (c Count) Grade() float64 {
	if c.Sentences == 0 || c.Words == 0 {
		return 0
	}
	return 0.39*float64(c.Words)/float64(c.Sentences) + 11.8*float64(c.Syllables)/float64(c.Words) - 15.59
}

// Add counts the sentences of a paragraph too.
func (c *Count) Add(paragraph string) {
	for _, s := range Sentences(paragraph) {
		words := Words(s)
		if len(words) == 0 {
			continue
		}
		c.Sentences++
		c.Words += len(words)
		for _, w := range words {
			c.Syllables += Syllables(w)
		}
	}
}

// Sentences parts a paragraph on one line into its sentences.
func Sentences(paragraph string) []string {
	var out []string
	add := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	from := 0
	for i := 0; i < len(paragraph); i++ {
		c := paragraph[i]
		if c != '.' && c != '?' && c != '!' && c != ':' {
			continue
		}
		end := i + 1
		for end < len(paragraph) {
			r, n := utf8.DecodeRuneInString(paragraph[end:])
			if !strings.ContainsRune(`.?!"')]”’»`, r) {
				break
			}
			end += n
		}
		if end < len(paragraph) && paragraph[end] != ' ' {
			continue
		}
		next := strings.TrimLeft(paragraph[end:], " \"'([“‘«")
		r, _ := utf8.DecodeRuneInString(next)
		if next != "" && (unicode.IsLower(r) || c == '.' && (unicode.IsDigit(r) || abbreviated(paragraph[from:i]))) {
			continue
		}
		add(paragraph[from:end])
		from, i = end, end-1
	}
	add(paragraph[from:])
	return out
}

// abbreviated reports whether a full stop ends an abbreviation, not a sentence:
// a single capital, as in "J. Doe" or "U.S.", or a title before a name.
func abbreviated(before string) bool {
	word := before[strings.LastIndexAny(before, " (\"“")+1:]
	if i := strings.LastIndexByte(word, '.'); i >= 0 {
		word = word[i+1:]
	}
	switch word {
	case "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "vs":
		return true
	}
	return len(word) == 1 && word[0] >= 'A' && word[0] <= 'Z' && word != "I"
}

// Words returns the words of a text.
func Words(text string) []string {
	var out []string
	from := -1
	end := func(i int) {
		if from >= 0 {
			out = append(out, strings.TrimRight(text[from:i], "'’-"))
		}
		from = -1
	}
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if from < 0 {
				from = i
			}
		case from >= 0 && (r == '\'' || r == '’' || r == '-'):
		case from >= 0 && (r == '.' || r == ',') && digitAt(text, i+1) && digitAt(text, i-1):
		default:
			end(i)
		}
	}
	end(len(text))
	return out
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

// Syllables counts the syllables of a word by the rules in the package
// comment. A word with hyphens has those of its parts.
func Syllables(word string) int {
	n := 0
	for part := range strings.FieldsFuncSeq(word, func(r rune) bool { return r == '-' }) {
		n += syllables(part)
	}
	return max(1, n)
}

func syllables(word string) int {
	if strings.ToUpper(word) == word && len(word) > 1 {
		return 1
	}
	w := strings.ToLower(word)
	for _, ending := range []string{"'s", "’s", "'", "’"} {
		w = strings.TrimSuffix(w, ending)
	}
	n, before := 0, false
	for i := range len(w) {
		v := vowel(w[i]) && (w[i] != 'y' || i > 0)
		switch {
		case v && !before:
			n++
		case v && apart(w, i):
			n++
		}
		before = v
	}
	if n > 1 && silent(w) {
		n--
	}
	return max(1, n)
}

func vowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }

// apart reports whether a vowel after a vowel begins a syllable of its own.
func apart(w string, i int) bool {
	if w[i-1] != 'i' && w[i-1] != 'u' || w[i] != 'a' && w[i] != 'o' {
		return false
	}
	return i < 2 || w[i-1] == 'i' && strings.IndexByte("ctsg", w[i-2]) < 0 || w[i-1] == 'u' && strings.IndexByte("gq", w[i-2]) < 0
}

// silent reports whether a word ends with an e that is not heard.
func silent(w string) bool {
	n := len(w)
	switch {
	case strings.HasSuffix(w, "e"):
		return n < 3 || !vowel(w[n-2]) && (w[n-2] != 'l' || vowel(w[n-3]))
	case strings.HasSuffix(w, "es") && n > 3:
		stem := w[:n-2]
		if strings.HasSuffix(stem, "ch") || strings.HasSuffix(stem, "sh") || vowel(stem[len(stem)-1]) {
			return false
		}
		last := stem[len(stem)-1]
		return strings.IndexByte("cgsxz", last) < 0 && (last != 'l' || vowel(stem[len(stem)-2]))
	case strings.HasSuffix(w, "ed") && n > 3:
		last := w[n-3]
		return last != 'd' && last != 't' && !vowel(last)
	}
	return false
}
