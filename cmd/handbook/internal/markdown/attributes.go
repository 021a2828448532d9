package markdown

import (
	"regexp"
	"strings"
)

// An attributes is what stands between braces after a heading or the name of
// a block: {#texting-1 level=2 laws=us-tcpa title="In short"}.
type attributes struct {
	id   string
	keys []string // in order
	vals map[string]string
}

var (
	attrID   = regexp.MustCompile(`^#([\pL\pN][\pL\pN_-]*)$`)
	attrPair = regexp.MustCompile(`^([a-z][a-z-]*)=(?:"([^"]*)"|([^\s"{}=]+))$`)
	attrWord = regexp.MustCompile(`(?:[^\s"]|"[^"]*")+`)
)

// parseAttributes reads the text between the braces. It returns what is wrong
// with it, or "".
func parseAttributes(s string) (attributes, string) {
	a := attributes{vals: map[string]string{}}
	for _, word := range attrWord.FindAllString(s, -1) {
		if strings.HasPrefix(word, "#") {
			m := attrID.FindStringSubmatch(word)
			switch {
			case m == nil:
				return a, "the id " + word + " must be letters, digits, - and _"
			case a.id != "":
				return a, "there are two ids, #" + a.id + " and " + word
			}
			a.id = m[1]
			continue
		}
		m := attrPair.FindStringSubmatch(word)
		if m == nil {
			return a, word + " is neither #id nor key=value"
		}
		if _, twice := a.vals[m[1]]; twice {
			return a, "the key " + m[1] + " stands twice"
		}
		a.keys = append(a.keys, m[1])
		a.vals[m[1]] = m[2] + m[3]
	}
	return a, ""
}

// list reads a value of several words parted by commas.
func (a attributes) list(key string) []string {
	var out []string
	for _, w := range strings.Split(a.vals[key], ",") {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}
