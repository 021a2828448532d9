package diag

// MaxSame is how many problems of one rule a [List] keeps.
const MaxSame = 100

// A List gathers the problems of one file. A file that breaks the same rule
// over and over, because a program wrote it or a convention differs, gets
// [MaxSame] problems of that rule, of which the last says that there are more.
// The zero List is empty.
type List struct {
	Problems []Problem
	same     map[string]*count
}

// A count is how often a rule was broken, and the place of its last problem.
type count struct{ n, last int }

// Errorf adds an error.
func (l *List) Errorf(pos Pos, rule, hint, format string, args ...any) {
	c := l.same[rule]
	if c == nil {
		if l.same == nil {
			l.same = map[string]*count{}
		}
		c = &count{}
		l.same[rule] = c
	}
	switch c.n++; {
	case c.n <= MaxSame:
		c.last = len(l.Problems)
		l.Problems = append(l.Problems, Errorf(pos, rule, hint, format, args...))
	case c.n == MaxSame+1:
		l.Problems[c.last].Text += "; more of this kind in the file are not listed"
	}
}

// Count returns the number of problems, kept or not.
func (l *List) Count() int {
	n := 0
	for _, c := range l.same {
		n += c.n
	}
	return n
}

// Told reports whether there is a problem of the rule of a name.
func (l *List) Told(name string) bool { return l.same[name] != nil }

// Full reports whether further problems of a rule are not kept, so that nobody
// need look for a hint.
func (l *List) Full(rule string) bool {
	c := l.same[rule]
	return c != nil && c.n >= MaxSame
}
