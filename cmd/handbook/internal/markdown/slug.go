package markdown

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"handbook/cmd/handbook/internal/source"
)

// Slug makes an id of words: lower-case letters and digits of any script, all
// else as single hyphens, at most 80 characters. Words without a letter or
// digit (a section sign, an emoji) get eight digits of their SHA-256, so that
// the id is never empty and stays the same.
func Slug(s string) string { return string(appendSlug(nil, s)) }

// appendSlug appends the Slug of s to an id.
func appendSlug(b []byte, s string) []byte {
	hyphen, n := false, 0
	words, before := s, len(b)
	if strings.IndexFunc(s, notPlain) >= 0 {
		words = norm.NFC.String(source.Visible(s))
	}
	for _, r := range words {
		r = unicode.ToLower(r)
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
			hyphen = len(b) > before
			continue
		}
		if n >= 80 {
			break
		}
		if hyphen {
			b = append(b, '-')
			hyphen = false
			n++
		}
		b = utf8.AppendRune(b, r)
		n++
	}
	if len(b) == before && s != "" {
		sum := sha256.Sum256([]byte(s))
		b = hex.AppendEncode(append(b, 'x'), sum[:4])
	}
	return b
}

// notPlain reports whether a character is anything but printable ASCII.
func notPlain(r rune) bool { return r < ' ' || r > '~' }

// githubSlug appends a heading's anchor as GitHub spells it, so that links that
// work there work here.
func githubSlug(b []byte, s string) []byte {
	for _, r := range s {
		r = unicode.ToLower(r)
		switch {
		case r == ' ' || r == '-':
			b = append(b, '-')
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_':
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}
