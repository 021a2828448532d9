package markdown

import (
	"bytes"
	"regexp"

	"handbook/cmd/handbook/internal/diag"
)

// MaxFront is the largest front matter in bytes.
const MaxFront = 64 << 10

// A Parts is a page cut in two: the YAML of its front matter and its body.
type Parts struct {
	Front     []byte // without the fences; nil if there is none
	FrontLine int    // line of the first line of Front
	Body      []byte
	BodyLine  int // line of the first line of Body
}

// Split cuts the front matter off a page: the lines between a first line ---
// and the next line ---, both without indent. It is stricter than
// goldmark-meta, which loses the body of a page whose front matter is not
// closed and takes any first line of dashes for a fence. The text is as
// [source.Clean] gives it.
func Split(file string, text []byte) (Parts, []diag.Problem) {
	fail := func(line, col int, hint, format string, args ...any) (Parts, []diag.Problem) {
		return Parts{}, []diag.Problem{diag.Errorf(diag.Pos{File: file, Line: line, Col: col}, "front-matter", hint, format, args...)}
	}
	first, rest, _ := bytes.Cut(text, []byte("\n"))
	switch trimmed := bytes.TrimSpace(first); {
	case string(bytes.TrimRight(first, " \t")) == "---":
	case string(trimmed) == "+++" || string(trimmed) == ";;;" || string(trimmed) == "{" || bytes.HasPrefix(trimmed, []byte(`{"`)):
		return fail(1, 1, "put YAML between two lines ---", "only YAML front matter can be read")
	default:
		if line, ok := lateFence(text); ok {
			return fail(line, 1, "move --- to the start of line 1", "front matter must start on line 1, without spaces before it")
		}
		return Parts{Body: text, BodyLine: 1}, nil
	}
	front := rest
	last := []byte(nil)
	for line := 2; len(rest) > 0; line++ {
		this, after, _ := bytes.Cut(rest, []byte("\n"))
		switch string(bytes.TrimRight(this, " \t")) {
		case "---":
			if blockScalar.Match(last) {
				return fail(line, 1, "indent the text below "+string(bytes.TrimSpace(last))+", this line too", "the line --- ends the front matter inside a block of text")
			}
			front = front[:len(front)-len(rest)]
			if len(front) > MaxFront {
				return Parts{}, []diag.Problem{diag.Errorf(diag.Pos{File: file, Line: 1, Col: 1}, "too-large", "move text into the body",
					"the front matter has %d bytes; the limit is %d", len(front), MaxFront)}
			}
			return Parts{Front: front, FrontLine: 2, Body: after, BodyLine: line + 1}, nil
		case "...":
			return fail(line, 1, "close it with ---", "the front matter is closed with ...")
		}
		if len(bytes.TrimSpace(this)) > 0 {
			last = this
		}
		rest = after
	}
	return fail(1, 1, "put a line --- after the last key", "front matter is not closed")
}

var blockScalar = regexp.MustCompile(`^[^#]*:\s*[|>][-+0-9]*\s*$`)
var frontKey = regexp.MustCompile(`^[A-Za-z_][\w-]*:(\s|$)`)

// lateFence finds front matter that starts too late or indented: blank lines,
// then ---, then a key, then --- again.
func lateFence(text []byte) (int, bool) {
	line := 1
	for len(text) > 0 {
		this, after, _ := bytes.Cut(text, []byte("\n"))
		switch t := bytes.TrimSpace(this); {
		case len(t) == 0:
			text, line = after, line+1
			continue
		case string(t) == "---":
			next, more, _ := bytes.Cut(after, []byte("\n"))
			closed := bytes.HasPrefix(more, []byte("---")) || bytes.Contains(more, []byte("\n---"))
			return line, frontKey.Match(bytes.TrimSpace(next)) && (closed || bytes.Contains(more, []byte("---")))
		}
		return 0, false
	}
	return 0, false
}
