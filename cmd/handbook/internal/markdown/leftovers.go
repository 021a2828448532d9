package markdown

import (
	"bytes"
	"html"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
)

// This file looks for lines that were meant for a ::: block and were taken for
// text or code: what follows such a line is shown to everybody, whomever its
// author meant it for. Of the whole handbook the usual slips are told. The pages
// of an edition are read as a person would read them, with every sign that looks
// like a colon and nothing that cannot be seen, and no doubt is left open.

// ExampleInfo is what stands behind the back-ticks of code that shows how a
// block is written. What looks like a block in it is none.
const ExampleInfo = "handbook-example"

const leftover = "this looks like a line of a ::: block, but it is taken for text"

// leftovers reports lines that look like those of blocks and are none, and of
// code that is not closed.
func (s *state) leftovers() {
	for _, offset := range s.openCode {
		s.errorf(offset, "unclosed-code", "put a line of the same back-ticks or tildes below its last line", "code begins here and never ends, so that all below it is taken for code")
	}
	body := s.in.Body
	if s.in.Edition {
		for from := 0; from < len(body); {
			to := from + lineEnd(body[from:])
			s.leftover(from, to)
			from = to + 1
		}
		for _, part := range strings.Split(s.readText(), "\n") {
			if LooksLikeBlock(part) && !s.problems.Told("fence-in-text") {
				s.errorf(s.shift, "fence-in-text", "look for a line that was meant for a block, and put it on a line of its own", "the text of the page holds what looks like a line of a ::: block")
			}
		}
		return
	}
	// Each mark is looked for by its rarest sign.
	for _, mark := range []string{"::", "：：", "&#58;", "&colon;", "audience="} {
		at, sign := 0, mark[0]
		if sign == 'a' {
			at, sign = len(mark)-1, '='
		}
		for from := 0; ; {
			i := bytes.IndexByte(body[from:], sign)
			if i < 0 {
				break
			}
			from += i
			if from < at || !bytes.HasPrefix(body[from-at:], []byte(mark)) {
				from++
				continue
			}
			start := bytes.LastIndexByte(body[:from], '\n') + 1
			from += lineEnd(body[from:])
			s.leftover(start, from)
		}
	}
}

// lineEnd returns the length of the first line.
func lineEnd(text []byte) int {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i
	}
	return len(text)
}

// leftover reports a line of the body if it looks like one of a block and is
// none.
func (s *state) leftover(from, to int) {
	line := s.in.Body[from:to]
	if i, ok := slices.BinarySearchFunc(s.fences, from+s.shift, func(f fence, at int) int { return f.offset - at }); ok || i < len(s.fences) && s.fences[i].offset < to+s.shift {
		// A block indeed; but a title in its braces is shown as well.
		_, title, given := bytes.Cut(line, []byte("title="))
		if f := s.fences[i]; f.closes || !given || !LooksLikeBlock(string(title)) {
			return
		}
	} else if !LooksLikeBlock(s.withValues(line)) {
		return
	}
	at := from + len(line) - len(bytes.TrimLeft(line, " \t"))
	for _, e := range s.examples {
		if int(e.from) <= from+s.shift && from+s.shift < int(e.to) {
			return
		}
	}
	s.errorf(at+s.shift, "fence-in-text", leftoverHint(line), leftover)
}

// withValues returns a line with the values of handbook.yaml in it.
func (s *state) withValues(line []byte) string {
	if !bytes.Contains(line, []byte("{{")) {
		return string(line)
	}
	return string(valueAnywhere.ReplaceAllFunc(line, func(m []byte) []byte {
		if v, ok := s.in.Value(string(valueAnywhere.FindSubmatch(m)[1])); ok {
			return []byte(v)
		}
		return m
	}))
}

// leftoverHint says what to do about a line that looks like one of a block.
func leftoverHint(line []byte) string {
	const example = "; to show how a block is written, put it in code that begins with ```" + ExampleInfo
	trimmed := bytes.TrimSpace(line)
	rest := bytes.TrimLeft(trimmed, ":")
	colons := len(trimmed) - len(rest)
	switch {
	case colons >= 3 && len(rest) == 0:
		return "if a block ends here, begin the line where the block's first line begins: what follows is then for all readers again" + example
	case colons >= 3 && (line[0] == ' ' || line[0] == '\t'):
		return "if a block begins here, take out the spaces or tabs before it, down to those of the text around it" + example
	case colons == 2 && len(rest) > 0:
		return "if a block begins here, write three colons: ::: " + cut(string(bytes.TrimSpace(rest))) + example
	case colons == 2:
		return "if a block ends here, write three colons; what follows is then for all readers again" + example
	}
	return "if a block begins here, write ::: at the start of a line of its own, and the text below it" + example
}

// cut returns the start of a text, for a hint.
func cut(s string) string {
	if len(s) > 40 {
		s = strings.ToValidUTF8(s[:40], "") + "…"
	}
	return s
}

// example notes code that shows how a block is written. from is where it begins
// in the plain text. Another code that begins in it is a sign that its own end
// is missing: then what follows may be meant.
func (w *walker) example(n ast.Node, from int) {
	code, ok := n.(*ast.FencedCodeBlock)
	if !ok || code.Info == nil || code.Lines().Len() == 0 || string(bytes.TrimSpace(code.Info.Value(w.src))) != ExampleInfo {
		return
	}
	lines := code.Lines()
	for i := range lines.Len() {
		seg := lines.At(i)
		if line := bytes.TrimSpace(seg.Value(w.src)); bytes.HasPrefix(line, []byte("```")) || bytes.HasPrefix(line, []byte("~~~")) {
			w.errorf(seg.Start, "unclosed-code", "close the example above this line; code within an example cannot be shown", "other code begins inside an example of a block")
			return
		}
	}
	// A line begins where its indent does.
	start := bytes.LastIndexByte(w.src[:lines.At(0).Start], '\n') + 1
	w.examples = append(w.examples, span{int32(start), int32(lines.At(lines.Len() - 1).Stop)})
	w.exampleText = append(w.exampleText, span{int32(from), int32(w.plain.Len())})
}

// readText returns the plain text of the page without its examples.
func (s *state) readText() string {
	if len(s.exampleText) == 0 {
		return s.plain.String()
	}
	var b strings.Builder
	at := 0
	for _, e := range s.exampleText {
		b.Write(s.plain.Bytes()[at:e.from])
		at = int(e.to)
	}
	b.Write(s.plain.Bytes()[at:])
	return b.String()
}

// LooksLikeBlock reports whether a line of text looks, to a person, like one of a
// ::: block: it has three colons in a row, or two before the name of a block or
// alone, or says audience= as in the braces of a block.
func LooksLikeBlock(text string) bool {
	if !strings.ContainsFunc(text, func(r rune) bool {
		return r == '=' || r == '{' || r == '&' || isColon(r) || r == '∷' || r == '＝' || r == '｛'
	}) {
		return false
	}
	if strings.Contains(text, "&") {
		text = html.UnescapeString(html.UnescapeString(text))
	}
	seen := make([]byte, 0, len(text))
	for _, r := range text {
		if 0xFF01 <= r && r <= 0xFF5E {
			r -= 0xFF01 - '!' // a letter as wide as a Chinese one
		}
		switch {
		case r == '∷':
			seen = append(seen, "::"...)
		case isColon(r):
			seen = append(seen, ':')
		case r >= 0x80 && !unicode.IsLetter(r):
			if !unicode.IsSpace(r) && !unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me) {
				seen = append(seen, '?')
			}
		case r >= 0x80:
			seen = append(seen, '?')
		case r <= ' ', strings.ContainsRune("*_~\\`[]", r):
		default:
			seen = append(seen, byte(unicode.ToLower(r)))
		}
	}
	if bytes.Contains(seen, []byte("audience=")) || bytes.Contains(seen, []byte("{audience")) {
		return true
	}
	for rest := seen; ; {
		i := bytes.Index(rest, []byte("::"))
		if i < 0 {
			return false
		}
		before := seen[:len(seen)-len(rest)+i]
		rest = rest[i+2:]
		if len(rest) > 0 && rest[0] == ':' || len(rest) == 0 && len(bytes.Trim(before, ">-+0123456789.)|")) == 0 || len(bytes.Trim(rest, "|")) == 0 && len(bytes.Trim(before, ">-+|")) == 0 {
			return true
		}
		for _, name := range blockNames() {
			if bytes.HasPrefix(bytes.TrimPrefix(rest, []byte("/")), []byte(name)) {
				return true
			}
		}
	}
}

// isColon reports whether a sign looks like a colon.
func isColon(r rune) bool {
	switch r {
	case ':', '：', '﹕', '︓', '∶', '⁚', 'ː', '˸', '։', '׃', '܃', '܄', '፡', '꞉', '᛬', '⦂', '᠄':
		return true
	}
	return false
}
