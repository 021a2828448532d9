package check

import (
	"regexp"
	"strings"

	"handbook/cmd/handbook/internal/diag"
)

// placeholderValue reports values that nobody can mean and that are not marked
// as open.
func placeholderValue(c *checker) {
	for _, v := range c.config.Known {
		if what := placeholder(v.Text); what != "" {
			key := v.Name[strings.LastIndexByte(v.Name, '.')+1:]
			c.add(v.Pos, "write the real one; until it is known, say so: "+key+`: {fill: "what belongs here"}`,
				"%s is %s, which is %s", v.Name, diag.Quote(v.Text), what)
		}
	}
}

// Patterns of what stands in a value until somebody writes the real one. Each
// is something that no agency could mean: a sentence that only holds such a
// word is none of them.
var (
	notYet = regexp.MustCompile(`(?i)^to be (?:filled in|determined|confirmed)\b|^lorem ipsum\b` +
		`|[(\[{<]\s*(?:to be (?:filled in|determined)\b|insert )[^)\]}>]*[)\]}>]$` +
		`|(?:^|[(\[{<]\s*)(?:tbd|tbc|tba|todo|fixme|fill (?:this |me )?in|change ?me|placeholder|\?+)(?:$|\s*[)\]}>:])`)
	inBrackets = regexp.MustCompile(`^(?:\[[^\[\]]*\]|<[^<>]*>)$`)
	noName     = regexp.MustCompile(`(?i)^(?:(?:the )?name of (?:your|the) (?:agency|organi[sz]ation|company)|(?:your|our|agency|organi[sz]ation) (?:agency|organi[sz]ation|company|name|(?:agency|organi[sz]ation|company)(?:'s|’s)? name))$`)
	crosses    = regexp.MustCompile(`(?i)^\W*x{3,}[x\W\d]*$`)
	noHost     = regexp.MustCompile(`(?i)(?:^|[@/. ])(?:example\.(?:org|com|net|edu)|[a-z0-9-]+\.(?:example|invalid))(?:$|[/:?#,;)>" ])|@(?:x{3,}\.|your-?(?:agency|organi[sz]ation|domain|company)\.)`)
	signs      = strings.NewReplacer(" ", "", "-", "", ".", "", "(", "", ")", "", "/", "", "\u00a0", "", "\u2011", "", "\u2013", "")
	allDigits  = regexp.MustCompile(`^\+?(\d{7,})(?:x|ext|extension|$)`)
	// Numbers that North America gives to nobody: the area code 555, and the
	// hundred that are kept for stories.
	noLine = regexp.MustCompile(`^1?(?:555\d{7}|(?:[2-9]\d\d)?55501\d\d)$`)
)

// placeholder says what a value is that nobody can mean, or gives "".
func placeholder(text string) string {
	digits := ""
	if m := allDigits.FindStringSubmatch(strings.ToLower(signs.Replace(text))); m != nil {
		digits = m[1]
	}
	switch {
	case text == "":
	case noHost.MatchString(text):
		return "nobody’s address"
	case digits != "" && strings.Trim(digits, "0") == "", noLine.MatchString(digits), digits == "1234567890", digits == "11234567890":
		return "nobody’s number"
	case notYet.MatchString(text), inBrackets.MatchString(text), noName.MatchString(text), crosses.MatchString(text):
		return "not filled in"
	}
	return ""
}
