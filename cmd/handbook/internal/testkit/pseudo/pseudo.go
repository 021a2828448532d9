// Package pseudo makes a language for tests in which every letter is doubled. A
// word on a page whose letters are single is not in package lang, and a page
// that holds words of twice the length holds those of any language.
package pseudo

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/lang"
)

// Language returns the language. Its tag is en, so that its numbers and plurals
// are those of English.
func Language() (*lang.Language, error) {
	w := lang.English().Words()
	for i, month := range w.Months {
		w.Months[i] = Double(month)
	}
	w.And = Double(w.And)
	w.Messages = maps.Clone(w.Messages)
	for name, text := range w.Messages {
		w.Messages[name] = Double(text)
	}
	return lang.Make(w)
}

// Double doubles the letters of a message, apart from the names of arguments,
// the categories of plurals, tags and entities.
func Double(text string) string {
	var out strings.Builder
	double(&out, text)
	return out.String()
}

// double doubles up to the brace that closes the form of a plural, or to the end,
// and returns the rest.
func double(out *strings.Builder, text string) string {
	for text != "" {
		end := 0
		switch text[0] {
		case '<':
			end = strings.IndexByte(text, '>') + 1
		case '&':
			end = strings.IndexByte(text, ';') + 1
		case '{':
			end = strings.IndexAny(text, ",}") + 1
			if text[end-1] == '}' {
				break // an argument
			}
			for { // the forms of a plural: what stands before a brace, the form
				open := strings.IndexAny(text[end:], "{}") + end + 1
				out.WriteString(text[:open])
				text, end = text[open:], 0
				if out.String()[out.Len()-1] == '}' {
					break
				}
				text = double(out, text)
			}
			continue
		case '}':
			out.WriteByte('}')
			return text[1:]
		}
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case end == 0 && unicode.IsLetter(r):
			out.WriteRune(r)
			out.WriteRune(unicode.ToLower(r))
			end = size
		default:
			end = max(end, size)
			out.WriteString(text[:end])
		}
		text = text[end:]
	}
	return ""
}
