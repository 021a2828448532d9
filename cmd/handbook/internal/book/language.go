package book

import (
	"regexp"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/record"
)

// Interface is the language of all words on the pages that are not the handbook's
// own, where there are none in the handbook's language.
const Interface = "en"

// languageTag is the form of a language tag of BCP 47: a language, perhaps a
// script, a region and variants, in this order.
var languageTag = regexp.MustCompile(`^(?i:[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)$`)

// HasInterface reports whether the words of the interface are in the language
// of the handbook, or in that of which it is a regional form.
func (c *Config) HasInterface() bool {
	return c.Language == "" || lang.Match(c.Language) != ""
}

// Direction returns "rtl" for a language that is written from right to left, else
// "".
func (c *Config) Direction() string {
	tags := strings.Split(strings.ToLower(c.Language), "-")
	for _, t := range tags[1:] {
		if len(t) == 4 && t[0] > '9' { // the script
			if slices.Contains([]string{"adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa"}, t) {
				return "rtl"
			}
			return ""
		}
	}
	switch tags[0] {
	case "ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "prs", "ps", "sd", "syr", "ug", "ur", "yi", "ji", "azb", "pnb", "glk", "mzn", "lrc", "arz", "ary", "acm", "apc", "ajp":
		return "rtl"
	}
	return ""
}

// language reads the language of the handbook.
func (c *Config) language(m *record.Map) {
	tag := m.Text("language")
	switch {
	case tag == "":
	case !languageTag.MatchString(tag):
		m.Errorf("language", "bad-value", "write a language tag such as en or en-CA", "language: %s is not a language tag", diag.Quote(tag))
	default:
		c.Language, c.LanguagePos = tag, m.Pos("language")
	}
}
