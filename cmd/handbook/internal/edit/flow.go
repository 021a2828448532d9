package edit

// A flow is where a list in brackets or a map in braces ends.
type flow struct {
	end   int  // of the closing bracket
	last  int  // just after the last thing in it that is not a comment
	comma bool // whether that thing is a comma
}

// scanFlow walks a list or map in flow style from its opening bracket, past
// quoted texts and comments, to the bracket that closes it before limit.
func scanFlow(b []byte, start, limit int) (flow, bool) {
	f := flow{last: start + 1}
	depth := 0
	value := true // whether a quote here would begin a quoted text
	for i := start; i < limit; i++ {
		switch c := b[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			continue
		case c == '#' && i > start && isSpace(b[i-1]):
			for i < limit && b[i] != '\n' {
				i++
			}
			continue
		case (c == '"' || c == '\'') && value:
			if i = skipQuoted(b, i, limit); i == limit {
				return f, false
			}
			value = false
		case c == '[' || c == '{':
			depth++
			value = true
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				f.end = i
				return f, true
			}
			value = false
		case c == ',':
			value = true
		case c == ':':
			value = i+1 < limit && isSpace(b[i+1]) || value
		default:
			value = false
		}
		f.last, f.comma = i+1, b[i] == ',' && depth == 1
	}
	return f, false
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// skipQuoted returns the place of the quote that closes the one at i, or limit.
func skipQuoted(b []byte, i, limit int) int {
	quote := b[i]
	for i++; i < limit; i++ {
		switch {
		case b[i] == '\\' && quote == '"':
			i++
		case b[i] == quote && quote == '\'' && i+1 < limit && b[i+1] == quote:
			i++
		case b[i] == quote:
			return i
		}
	}
	return limit
}
