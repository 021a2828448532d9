package book

import "testing"

// Cases E1 and E2: the direction of a language, and whether there are words of
// the interface in it.
func TestLanguages(t *testing.T) {
	for tag, want := range map[string]struct {
		direction string
		words     bool
	}{
		"en": {"", true}, "en-CA": {"", true}, "EN-us": {"", true}, "en-Latn-GB": {"", true}, "enm": {"", false}, "fr": {"", true}, "es-419": {"", true}, "de": {"", false}, "gl": {"", false}, "az": {"", false},
		"ar": {"rtl", false}, "he-IL": {"rtl", false}, "fa": {"rtl", false}, "ur-PK": {"rtl", false}, "ps": {"rtl", false}, "yi": {"rtl", false}, "ckb": {"rtl", false},
		"az-Arab": {"rtl", false}, "pa-Arab-PK": {"rtl", false}, "ar-Latn": {"", false}, "ar-EG": {"rtl", false}, "de-1996": {"", false},
	} {
		c := &Config{Language: tag}
		if c.Direction() != want.direction || c.HasInterface() != want.words || !languageTag.MatchString(tag) {
			t.Errorf("%s: direction %q, words %t, tag %t", tag, c.Direction(), c.HasInterface(), languageTag.MatchString(tag))
		}
	}
	for _, tag := range []string{"", "e", "english", "en_US", "en-", "-en", "en--US", "en-US-en-US", "en-toolongpart", "fr CA", "ar\u200f", "en-u-x", "deutsch"} {
		if languageTag.MatchString(tag) {
			t.Errorf("%q is taken for a language tag", tag)
		}
	}
}
