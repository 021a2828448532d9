package export

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/date"
)

// A jsonWriter writes one object of JSON, its fields and the objects in its
// lists each on a line of its own. It gives the bytes that encoding/json gives,
// straight from a Book and without reflection, because a register is megabytes
// of short texts.
type jsonWriter struct {
	to    io.Writer
	begun bool   // it has a field
	inner bool   // within a line
	buf   []byte // what is not written yet
	err   error  // the first error of writing
}

// end ends the object and gives the first error.
func (j *jsonWriter) end() error {
	j.buf = append(j.buf, "\n}\n"...)
	j.flush()
	return j.err
}

func (j *jsonWriter) flush() {
	if j.err == nil {
		_, j.err = j.to.Write(j.buf)
	}
	j.buf = j.buf[:0]
}

// key begins a field.
func (j *jsonWriter) key(key string) {
	switch {
	case j.inner:
		j.next()
	case j.begun:
		j.buf = append(j.buf, ",\n"...)
	default:
		j.buf, j.begun = append(j.buf, "{\n"...), true
	}
	j.buf = append(append(append(j.buf, '"'), key...), '"', ':')
	if !j.inner {
		j.buf = append(j.buf, ' ')
	}
}

// next puts a comma between two things of a line: before all but the first.
func (j *jsonWriter) next() {
	if c := j.buf[len(j.buf)-1]; c != '{' && c != '[' {
		j.buf = append(j.buf, ',')
	}
}

// text writes a field with a text.
func (j *jsonWriter) text(key, text string) {
	j.key(key)
	j.buf = appendQuoted(j.buf, text)
}

// textIfAny writes a field with a text, or nothing if it is empty.
func (j *jsonWriter) textIfAny(key, text string) {
	if text != "" {
		j.text(key, text)
	}
}

// dayIfAny writes a field with a day, or nothing if there is none.
func (j *jsonWriter) dayIfAny(key string, day date.Date) {
	if !day.IsZero() {
		j.key(key)
		j.buf = append(day.Append(append(j.buf, '"')), '"')
	}
}

// number writes a field with a number.
func (j *jsonWriter) number(key string, n int) {
	j.key(key)
	j.buf = strconv.AppendInt(j.buf, int64(n), 10)
}

// truth writes a field that is true or false.
func (j *jsonWriter) truth(key string, b bool) {
	j.key(key)
	j.buf = strconv.AppendBool(j.buf, b)
}

// null writes a field whose value is not known.
func (j *jsonWriter) null(key string) {
	j.key(key)
	j.buf = append(j.buf, "null"...)
}

// texts writes a field with a list of texts. It is there even if it is empty.
func texts[T any](j *jsonWriter, key string, items []T, text func(T) string) {
	j.key(key)
	j.buf = append(j.buf, '[')
	for _, it := range items {
		j.next()
		j.buf = appendQuoted(j.buf, text(it))
	}
	j.buf = append(j.buf, ']')
}

// objects writes a field with a list of objects. It is there even if it is
// empty.
func objects[T any](j *jsonWriter, key string, items []T, fields func(T)) {
	j.key(key)
	j.buf = append(j.buf, '[')
	outer := !j.inner
	j.inner = true
	for i, it := range items {
		if i > 0 {
			j.buf = append(j.buf, ',')
		}
		if outer {
			j.buf = append(j.buf, '\n')
		}
		j.buf = append(j.buf, '{')
		fields(it)
		j.buf = append(j.buf, '}')
		if outer {
			j.flush()
		}
	}
	j.inner = !outer
	j.buf = append(j.buf, ']')
}

// appendQuoted writes a text. Most have nothing in them that is written in
// another way; the others are left to encoding/json, which also keeps a text
// from ending a script element that the JSON may stand in.
func appendQuoted(dst []byte, text string) []byte {
	for i := range len(text) {
		if !asItIs[text[i]] {
			quoted, _ := json.Marshal(text) // a string is never refused
			return append(dst, quoted...)
		}
	}
	return append(append(append(dst, '"'), text...), '"')
}

// asItIs reports the bytes that stand for themselves in a text of JSON.
var asItIs = func() (table [256]bool) {
	for c := ' '; c < utf8.RuneSelf; c++ {
		table[c] = !strings.ContainsRune(`"\<>&`, c)
	}
	return table
}()
