package check

import (
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"
)

// interfaceLanguage finds a language in which there are no words for the
// interface.
func interfaceLanguage(c *checker) {
	if c.config.HasInterface() {
		return
	}
	c.add(c.config.LanguagePos, "write one of these, or set interface-language to warning under checks: pages then say which of their words are English",
		"language: the interface has no words in %s, only in %s, and in their regional forms, such as en-CA", diag.Quote(c.config.Language), lang.English().List(lang.Tags()))
}
