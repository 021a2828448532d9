package lang

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Scripts returns the scripts that are given words, each with the names of the
// messages that it uses.
func Scripts() map[string][]string {
	return map[string][]string{
		"handbook.js": {
			"status-current", "status-unapproved", "status-due", "status-stale", "status-future", "status-withdrawn",
			"banner-current", "banner-unapproved", "banner-due", "banner-due-unapproved", "banner-stale", "banner-future", "banner-withdrawn",
			"cite-rule", "cite-clause", "cite-heading", "cite-as", "cite-copy", "copied", "not-copied", "printed-on",
		},
		"search.js": {
			"search-lost", "search-nothing", "search-quoted", "search-or", "search-missing", "search-partly", "search-showing",
			"search-found", "search-found-or-more", "search-weaker", "search-colon", "search-suggestions",
		},
	}
}

// A scriptWords is what a script is given.
type scriptWords struct {
	Lang     string         `json:"lang"` // in whose form numbers are written too
	Months   []string       `json:"months"`
	Date     string         `json:"date"`  // the form of a day
	FirstDay string         `json:"first"` // the first day of a month
	Text     map[string]any `json:"text"`
}

// Script returns the words of a script as an object of JavaScript: see the
// package comment.
func (l *Language) Script(file string) ([]byte, error) {
	names, ok := Scripts()[file]
	if !ok {
		return nil, fmt.Errorf("lang: %s is given no words", file)
	}
	w := scriptWords{l.words.Tag, l.words.Months[:], l.words.Date, l.words.FirstDay, map[string]any{}}
	for _, name := range names {
		m, ok := l.messages[name]
		if !ok {
			return nil, fmt.Errorf("lang: %s: there is no message %q", file, name)
		}
		w.Text[name] = forScript("", m.pieces)
	}
	return json.Marshal(w)
}

// forScript returns the pieces of a message after a text as data. What stands
// around a plural is put into each of its forms.
func forScript(before string, pieces []piece) any {
	for i, p := range pieces {
		switch {
		case p.arg == "":
			before += p.text
		case p.cases == nil:
			before += "{" + p.arg + "}"
		default:
			forms := map[string]any{"by": p.arg}
			for _, c := range p.cases {
				forms[c.key] = forScript(before, slices.Concat(c.pieces, pieces[i+1:]))
			}
			return forms
		}
	}
	return strings.Clone(before)
}
