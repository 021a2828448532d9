package lang

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Place returns the name of a country, state, province or territory by its code in
// ISO 3166: US, US-MD, CA-ON. A code that is not known stays as it is.
func (l *Language) Place(code string) string {
	if name := "place-" + strings.ToLower(code); l.Has(name) {
		return l.T(name)
	}
	region, err := language.ParseRegion(code)
	if names := display.Regions(l.tag); err == nil && names != nil {
		if name := names.Name(region); name != "" {
			return name
		}
	}
	return code
}

// SortName returns a name as it is sorted: without quotes and the like before it
// and without an article.
func (l *Language) SortName(name string) string {
	name = strings.TrimLeftFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	lower := strings.ToLower(name)
	for _, article := range l.words.Articles {
		if strings.HasPrefix(lower, article) && len(name) > len(article) {
			return name[len(article):]
		}
	}
	return name
}
