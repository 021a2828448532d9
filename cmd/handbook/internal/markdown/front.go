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
	if string(bytes.TrimRight(first, " \t")) != "---" {
		if line, hint, wrong := badFence(text); wrong != "" {
			return fail(line, 1, hint, "%s", wrong)
		}
		return Parts{Body: text, BodyLine: 1}, nil
	}
	front := rest
	block, indent := []byte(nil), 0 // the line that opened a block of text, and its indent
	begun := false                  // the block has a line
	for line := 2; len(rest) > 0; line++ {
		this, after, _ := bytes.Cut(rest, []byte("\n"))
		switch string(bytes.TrimRight(this, " \t")) {
		case "---":
			if block != nil && (!begun || goesOn(after, indent)) {
				return fail(line, 1, "indent the text below "+string(bytes.TrimSpace(block))+", this line too", "the line --- ends the front matter inside a block of text")
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
		switch trimmed := bytes.TrimLeft(this, " "); {
		case isBlank(this):
		case block != nil && len(this)-len(trimmed) > indent:
			begun = true
		case (bytes.IndexByte(trimmed, '|') >= 0 || bytes.IndexByte(trimmed, '>') >= 0) && blockScalar.Match(trimmed):
			block, indent, begun = this, len(this)-len(trimmed), false
		default:
			block = nil
		}
		rest = after
	}
	return fail(1, 1, "put a line --- after the last key", "front matter is not closed")
}

// goesOn reports whether what follows a line --- looks like the rest of a block
// of text that the line was meant to be part of: more lines indented deeper
// than the block's key, and another line --- to close the front matter.
func goesOn(text []byte, indent int) bool {
	indented := false
	for line := range bytes.Lines(text) {
		switch trimmed := bytes.TrimLeft(line, " "); {
		case len(bytes.TrimSpace(line)) == 0:
		case len(line)-len(trimmed) > indent:
			indented = true
		default:
			return indented && (string(bytes.TrimSpace(line)) == "---" || frontKey.Match(trimmed) && bytes.Contains(text, []byte("\n---")))
		}
	}
	return false
}

var (
	blockScalar = regexp.MustCompile(`^(?:- +)*(?:[\w-]+|"[^"]*"|'[^']*'): +[|>][-+0-9]*\s*(?: #.*)?$|^(?:- +)+[|>][-+0-9]*\s*(?: #.*)?$`)
	frontKey    = regexp.MustCompile(`^[A-Za-z_][\w-]*:(\s|$)`)
)

// badFence reports what is wrong with front matter that does not begin with a
// first line ---: the hint and the problem are "" if there is none.
func badFence(text []byte) (line int, hint, wrong string) {
	first, rest, more := bytes.Cut(text, []byte("\n"))
	for line = 1; more && len(bytes.TrimSpace(first)) == 0; line++ {
		first, rest, more = bytes.Cut(rest, []byte("\n"))
	}
	first = bytes.TrimSpace(first)
	switch {
	case string(first) == "+++", string(first) == ";;;", string(first) == "{", otherStart.Match(first):
		return line, "put YAML between two lines ---", "only YAML front matter can be read"
	case !yamlStart.Match(first) || !yamlInside(rest):
		return 0, "", ""
	case len(first) > 3:
		return line, "write --- and nothing else on line 1", "front matter must start with a line ---"
	}
	return line, "move --- to the start of line 1", "front matter must start on line 1, without spaces before it"
}

var (
	otherStart = regexp.MustCompile(`^\{\s*"[^"]*"\s*:|^---\s*(?:json|toml)$`)
	yamlStart  = regexp.MustCompile(`^---(?:\s*(?:#.*|\w+))?$`)
)

// yamlInside reports whether a text begins with a key, comments aside, and holds
// a closing line ---.
func yamlInside(text []byte) bool {
	key := false
	for line := range bytes.Lines(text) {
		trimmed := bytes.TrimSpace(line)
		switch {
		case key && bytes.HasPrefix(trimmed, []byte("---")):
			return true
		case key || len(trimmed) == 0 || trimmed[0] == '#':
		case frontKey.Match(append(bytes.Clone(trimmed), '\n')):
			key = true
		default:
			return false
		}
	}
	return false
}
