// Package edit changes a few bytes of a file that a person wrote and leaves
// every other byte as it was: their line ends, their byte order mark, their
// comments, their quoting and their order of keys.
//
// Writing a parsed file back would lose all of that, so nothing is written
// back. The YAML parser only says where things stand; the new record is put
// between the bytes that are there:
//
//   - [Append] adds a record to a list in the front matter of a section
//     (reviews), which may be missing, empty, written with brackets or with
//     dashes.
//   - [Set] writes a record under a key of the front matter (counsel), in the
//     place of the one before.
//   - [Add] writes a record under a key that holds one record or a list of them
//     (approved), beside those that are there.
//   - [AppendEntry] adds an entry at the end of a register.
//
// [Overlay] shows a folder as it will be with the change, so that it can be read
// before it is written by [Replace] or [Create].
//
// A form that cannot be edited safely is refused with an [Error] that names
// the line and says how to write it. The new text is read again and compared
// before it is given out, so that a form nobody thought of is refused too,
// and never spoilt.
package edit

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	yaml "go.yaml.in/yaml/v4"
)

// An Error says why a file cannot be edited, and what to do about it.
type Error struct {
	Line int    // of the file, from 1
	Text string // what is wrong
	Hint string // what to do
}

// Error returns what is wrong.
func (e *Error) Error() string { return e.Text }

// A Field is one key of a record: with List not nil a list of words, with
// Number not 0 a number, else a text. A comment stands behind it, or alone where
// there is no Key; [Flow] leaves it out.
type Field struct {
	Key     string
	Text    string
	List    []string
	Number  int
	Comment string
}

// Block writes fields one to a line, as in the front matter of a new section. A
// field with a comment and no value is left empty.
func Block(fields []Field) string {
	var b strings.Builder
	for _, f := range fields {
		b.WriteString(f.line() + "\n")
	}
	return b.String()
}

// line writes a field on a line of its own.
func (f Field) line() string {
	var parts []string
	if f.Key != "" {
		parts = append(parts, f.Key+":")
	}
	if f.Key != "" && (f.Comment == "" || f.Text != "" || f.List != nil || f.Number != 0) {
		parts = append(parts, value(f))
	}
	if f.Comment != "" {
		parts = append(parts, "# "+f.Comment)
	}
	return strings.Join(parts, " ")
}

// Flow writes fields on one line: {on: 2026-05-30, by: Privacy officer}.
// Texts are quoted where YAML would otherwise read something else.
func Flow(fields []Field) string {
	parts := make([]string, len(fields))
	for i, f := range fields {
		parts[i] = f.Key + ": " + value(f)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func value(f Field) string {
	if f.Number != 0 {
		return strconv.Itoa(f.Number)
	}
	if f.List == nil {
		return Scalar(f.Text)
	}
	words := make([]string, len(f.List))
	for i, w := range f.List {
		words[i] = Scalar(w)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

// Scalar writes a text as one YAML value that stands safely in every place:
// as it is where every reader of YAML takes it for that text, else in double
// quotes.
func Scalar(s string) string {
	if plain(s) {
		return s
	}
	// A JSON string is a YAML string in double quotes. The encoder's own
	// escapes for HTML would only make it hard to read.
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// plain reports whether a text may stand without quotes: nothing in it steers
// YAML, and neither this parser nor one of YAML 1.1 reads a number or a truth
// value. Days and hashes stay plain, because that is how they are written by
// hand.
func plain(s string) bool {
	if day, hash := regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`), regexp.MustCompile(`^h\d:[0-9a-f-]*[0-9a-f]$`); day.MatchString(s) || hash.MatchString(s) {
		return true
	}
	if safe := regexp.MustCompile(`^[\pL\pN](?:[\pL\pN _./()'+@§&;-]*[\pL\pN_.)])?$`); !safe.MatchString(s) {
		return false
	}
	switch strings.ToLower(s) {
	case "y", "n", "yes", "no", "on", "off", "true", "false", "null":
		return false
	}
	if number := regexp.MustCompile(`^[0-9][0-9_.]*(?:[eE][0-9+-]*)?$`); number.MatchString(s) {
		return false
	}
	var got any
	if err := yaml.Load([]byte(s), &got); err != nil {
		return false
	}
	text, ok := got.(string)
	return ok && text == s
}

// eol returns the line end that a file uses, by its first line.
func eol(b []byte) string {
	if i := bytes.IndexByte(b, '\n'); i > 0 && b[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// splice returns b with the bytes from start to end replaced.
func splice(b []byte, start, end int, text string) []byte {
	out := make([]byte, 0, len(b)-(end-start)+len(text))
	out = append(out, b[:start]...)
	out = append(out, text...)
	return append(out, b[end:]...)
}
