package diag

import "io"

// Guard returns a writer on which no line can be a command to the program that
// runs a workflow and reads what its steps print. GitHub takes a line that begins
// with "::" for one, whatever spaces are before it, and "##[" anywhere in a line;
// "##vso[" and "##teamcity[" are other programs'. A file's name, a title or an
// argument could hold such words, so a space parts them, wherever they come
// from. All other bytes pass as they are.
//
// Commands that are meant, those of the github form, are not written to it.
func Guard(w io.Writer) io.Writer { return &guard{to: w, begins: true} }

// A guard has seen what the line holds so far. A character of several bytes may
// be a space, so that a line can still begin after it.
type guard struct {
	to     io.Writer
	begins bool // the line holds nothing yet, or spaces
	colon  bool // and after that one colon
	hashes int  // so many of "##" were just written
	word   bool // after both of them only letters
}

// Write writes p, with a space in each place where that parts a command.
func (g *guard) Write(p []byte) (int, error) {
	done := 0
	for i, c := range p {
		if !g.parts(c) {
			continue
		}
		if n, err := g.to.Write(p[done:i]); err != nil {
			return done + n, err
		}
		if _, err := g.to.Write([]byte(" ")); err != nil {
			return i, err
		}
		done = i
	}
	n, err := g.to.Write(p[done:])
	return done + n, err
}

// parts takes the next byte, and reports whether a space must come before it.
func (g *guard) parts(c byte) bool {
	letter := 'a' <= c|0x20 && c|0x20 <= 'z'
	second, opens := c == ':' && g.colon, c == '[' && g.hashes == 2
	switch {
	case c == '#' && g.word:
		g.hashes, g.word = 1, false
	case c == '#':
		g.hashes = min(2, g.hashes+1)
	case letter && g.hashes == 2:
		g.word = true
	default:
		g.hashes, g.word = 0, false
	}
	g.colon = c == ':' && g.begins && !g.colon
	switch {
	case c == '\n' || c == '\r':
		g.begins = true
	case c > ' ' && c < 0x80:
		g.begins = false
	}
	return second || opens
}
