// Package lang holds every word that a reader of a handbook's site is shown and
// that the handbook's authors did not write, in each language that there is.
// There is one file for each language: en.go, and so on. What owners and
// developers read in a terminal is English and is not here, except where it says
// the same as a page: why a section is out of date, and days.
//
// # Messages
//
// A message has a name and a text. Texts are written in a part of the message
// format of ICU, which translators know:
//
//	"review-due-by":  "Review is due by {day}."
//	"counted":        "{n, plural, =0 {no sections} one {1 section} other {{n} sections}}"
//
// An argument is given by its name, as a string, an int or a [date.Date]; numbers
// and days are written in the form of the language. A plural has the categories that
// CLDR gives the language (English: one, other), and may have single numbers before
// them (=0). There are no quotes and no nested messages of other kinds: a text cannot
// contain a brace.
//
// A message with a tag in it is HTML: it is asked for by [Language.HTML], which
// escapes its arguments, and its own & and < are written as HTML asks for. All other
// messages are plain text and can be asked for by [Language.T] as well. A template asks for
// both in the same way, by the function that [Language.Funcs] gives it:
//
//	{{T "review-due-by" "day" .Due}}
//
// A sentence is one message: never put together from pieces, because other
// languages put them together in other ways. Names of one kind begin alike
// ("status-due", "status-stale"), so that a program may ask for "status-" +
// status.
//
// # A language
//
// To add a language, copy en.go to a file of its tag, translate it, and add its
// function to the list in all, below. The tests say what is missing: every
// language has every message, with the same arguments and tags, and the plural
// categories of CLDR. A [Words] also says how the language writes days, numbers
// and lists. A handbook gets the words of its own language or of the one of which
// it is a regional form: fr-CA those of fr.
//
// # Scripts
//
// The scripts of the pages are given the messages that they use, and the form of
// days and numbers, as data, by [Language.Script]; so a page and its script say
// the same. In that data a message without a plural is a string with its arguments
// in braces. One with a plural is an object: "by" names the argument that decides,
// and "=0", "one", "other" and so on are messages again:
//
//	function T(name, args) {
//		let m = words.text[name];
//		while (typeof m !== "string") {
//			const n = args[m.by];
//			m = m["=" + n] ?? m[new Intl.PluralRules(words.lang).select(n)] ?? m.other;
//		}
//		return m.replace(/\{(\w+)\}/g, (_, name) => args[name]);
//	}
package lang

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// all returns the words of every language, English first.
func all() []known { return []known{{"en", english}, {"es", spanish}, {"fr", french}} }

// A known is a language whose words there are, with its tag.
type known struct {
	tag   string
	words func() Words
}

// A Words holds what the program says in one language, as its file has it.
type Words struct {
	Tag string // of BCP 47

	Months   [12]string
	Date     string // the form of a day: {day} {month} {year}
	FirstDay string // the first day of a month in it
	Month    string // the form of a month: {month} {year}

	And        string // before the last of a list, with its spaces
	Semicolon  string // between names that may have commas themselves, with its spaces
	AndBeforeI string // in place of And before a word that begins with the sound of i; or ""

	Articles []string // in small letters, which do not count where names are sorted

	Thousands   string // between the thousands of a number
	GroupDigits int    // how many digits stand before the first of them at least

	Messages map[string]string
}

// A Language says things in one language. It never changes, so that many may use
// it at a time.
type Language struct {
	words    Words
	tag      language.Tag
	messages map[string]message
	date     []piece
	month    []piece
}

// Tags returns the tags of the languages that there are, English first.
func Tags() []string {
	var tags []string
	for _, l := range all() {
		tags = append(tags, l.tag)
	}
	return tags
}

// Match returns the tag of the language whose words serve a handbook in a
// language: that language, or the one of which it is a regional form. It returns
// "" if there is none.
func Match(tag string) string {
	want, _ := language.Parse(tag) // as far as it is known
	tags := Tags()
	have := make([]language.Tag, len(tags))
	for i, t := range tags {
		have[i] = language.Make(t)
	}
	_, i, confidence := language.NewMatcher(have).Match(want)
	base, _ := want.Base()
	if found, _ := have[i].Base(); confidence < language.High || found != base {
		return "" // such as Spanish for Galician
	}
	return tags[i]
}

// New returns the language whose words serve a handbook in a language. The error
// lists the languages that there are.
func New(tag string) (*Language, error) {
	match := Match(tag)
	for _, l := range all() {
		if match == l.tag {
			return Make(l.words())
		}
	}
	return nil, fmt.Errorf("no words in %s, only in %s", tag, strings.Join(Tags(), ", "))
}

// For returns the language whose words serve a handbook in a language, or English
// where there is none.
func For(tag string) *Language {
	if l, err := New(tag); err == nil {
		return l
	}
	return English()
}

// English returns the language of the terminal.
func English() *Language {
	l, _ := Make(english()) // a test holds that it can be made
	return l
}

// Make makes a language of its words. The error names the messages that are not
// as they should be.
func Make(w Words) (*Language, error) {
	tag, err := language.Parse(w.Tag)
	if err != nil {
		return nil, fmt.Errorf("lang: %w", err)
	}
	l := &Language{words: w, tag: tag, messages: make(map[string]message, len(w.Messages))}
	categories := categoriesOf(tag)
	var wrong []string
	for name, text := range w.Messages {
		m, err := parse(text, categories)
		if err != nil {
			wrong = append(wrong, name+": "+err.Error())
		}
		l.messages[name] = m
	}
	for form, pieces := range map[string]*[]piece{w.Date: &l.date, w.Month: &l.month} {
		m, err := parse(form, categories)
		if err != nil {
			wrong = append(wrong, form+": "+err.Error())
		}
		*pieces = m.pieces
	}
	if wrong != nil {
		slices.Sort(wrong)
		return l, fmt.Errorf("lang: %s: %s", w.Tag, strings.Join(wrong, "; "))
	}
	return l, nil
}

// Tag returns the tag of the language.
func (l *Language) Tag() string { return l.words.Tag }

// Words returns what the language was made of, for a test to make another of it.
// What it returns is not to be changed.
func (l *Language) Words() Words { return l.words }
