package export

import (
	"bytes"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"handbook/cmd/handbook/internal/date"
)

// A jsonWriter writes one object of JSON, its fields and the objects in its
// lists each on a line of its own, so that versions of it compare well. What
// stands on a line is written by package jsontext, straight from a Book and
// without reflection, because a register is megabytes of short texts.
type jsonWriter struct {
	to    io.Writer
	lines *jsontext.Encoder
	begun bool  // it has a field
	err   error // the first error of writing
}

// newJSONWriter begins an object. Like encoding/json it keeps texts from ending a
// script element that the JSON may stand in.
func newJSONWriter(to io.Writer) *jsonWriter {
	j := &jsonWriter{to: to}
	j.lines = jsontext.NewEncoder(j, jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true), jsontext.EscapeForHTML(true), jsontext.EscapeForJS(true))
	return j
}

// Write writes what the encoder gives, without the line feed that it puts behind
// each value, where a comma may have to stand.
func (j *jsonWriter) Write(b []byte) (int, error) {
	if _, err := j.to.Write(bytes.TrimSuffix(b, []byte("\n"))); err != nil {
		return 0, err
	}
	return len(b), nil
}

// end ends the object and gives the first error.
func (j *jsonWriter) end() error {
	j.write("\n}\n")
	return j.err
}

// write writes what stands between lines.
func (j *jsonWriter) write(text string) {
	if j.err == nil {
		_, j.err = io.WriteString(j.to, text)
	}
}

func (j *jsonWriter) token(t jsontext.Token) {
	if j.err == nil {
		j.err = j.lines.WriteToken(t)
	}
}

// outer reports whether the next field is one of the object's own.
func (j *jsonWriter) outer() bool { return j.lines.StackDepth() == 0 }

// key begins a field.
func (j *jsonWriter) key(key string) {
	switch {
	case !j.outer():
		j.token(jsontext.String(key))
		return
	case j.begun:
		j.write(",\n")
	default:
		j.write("{\n")
		j.begun = true
	}
	j.write(`"` + key + `": `)
}

// text writes a field with a text.
func (j *jsonWriter) text(key, text string) {
	j.key(key)
	j.token(jsontext.String(text))
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
		j.text(key, day.String())
	}
}

// number writes a field with a number.
func (j *jsonWriter) number(key string, n int) {
	j.key(key)
	j.token(jsontext.Int(int64(n)))
}

// truth writes a field that is true or false.
func (j *jsonWriter) truth(key string, b bool) {
	j.key(key)
	j.token(jsontext.Bool(b))
}

// null writes a field whose value is not known.
func (j *jsonWriter) null(key string) {
	j.key(key)
	j.token(jsontext.Null)
}

// texts writes a field with a list of texts. It is there even if it is empty.
func texts[T any](j *jsonWriter, key string, items []T, text func(T) string) {
	j.key(key)
	j.token(jsontext.BeginArray)
	for _, it := range items {
		j.token(jsontext.String(text(it)))
	}
	j.token(jsontext.EndArray)
}

// objects writes a field with a list of objects. It is there even if it is
// empty.
func objects[T any](j *jsonWriter, key string, items []T, fields func(T)) {
	j.key(key)
	lines := j.outer()
	if lines {
		j.write("[")
	} else {
		j.token(jsontext.BeginArray)
	}
	for i, it := range items {
		if lines && i > 0 {
			j.write(",")
		}
		if lines {
			j.write("\n")
		}
		j.token(jsontext.BeginObject)
		fields(it)
		j.token(jsontext.EndObject)
	}
	if lines {
		j.write("]")
	} else {
		j.token(jsontext.EndArray)
	}
}
