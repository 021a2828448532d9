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
	words := s
	if strings.IndexFunc(s, notPlain) >= 0 {
		words = norm.NFC.String(source.Visible(s))
	}
	b.Grow(len(words))
	for _, r := range words {
		r = unicode.ToLower(r)
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

// notPlain tells whether a character is anything but printable ASCII.
func notPlain(r rune) bool { return r < ' ' || r > '~' }

// githubSlug spells a heading's anchor as GitHub does, so that links that work
// there work here.
func githubSlug(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		r = unicode.ToLower(r)
		switch {
		case r == ' ' || r == '-':
			b.WriteByte('-')
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_':
			b.WriteRune(r)
		}
	}
	return b.String()
}
