package markdown

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"handbook/cmd/handbook/internal/source"
)

// Slug makes an id of words: lower-case letters and digits of any script, all
// else as single hyphens, at most 80 characters. Words without a letter or
// digit (a section sign, an emoji) get eight digits of their SHA-256, so that
// the id is never empty and stays the same.
func Slug(s string) string {
	var b strings.Builder
	hyphen, n := false, 0
	for _, r := range strings.ToLower(norm.NFC.String(source.Visible(s))) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			hyphen = b.Len() > 0
			continue
		}
		if n >= 80 {
			break
		}
		if hyphen {
			b.WriteByte('-')
			hyphen = false
			n++
		}
		b.WriteRune(r)
		n++
	}
	if b.Len() == 0 {
		if s == "" {
			return ""
		}
		sum := sha256.Sum256([]byte(s))
		return "x" + hex.EncodeToString(sum[:4])
	}
	return b.String()
}

// githubSlug spells a heading's anchor as GitHub does, so that links that work
// there work here.
func githubSlug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r == ' ' || r == '-':
			b.WriteByte('-')
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_':
			b.WriteRune(r)
		}
	}
	return b.String()
}
