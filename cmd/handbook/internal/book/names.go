package book

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/markdown"
)

// A Name is what the name of a file or folder says, by the one rule that
// loading, addresses and handbook new go by.
type Name struct {
	Number string // "3", or "2.1" of parts that are no folders of their own; "" for none
	Words  string // what is left for the id and the title
	Left   string // what an earlier life of the file left in its name, such as "(FINAL v3)"; it is not in Words
}

var (
	numbered = regexp.MustCompile(`^[0-9]{1,6}(?:\.[0-9]{1,6})*`)
	twoParts = regexp.MustCompile(`^([0-9]{1,6})_([0-9]{1,6})(?:[-_. ]|$)`)
	// A day or month at the beginning of a name is no number: the posts of a
	// blog and the minutes of a board are not numbered.
	dated = regexp.MustCompile(`^(?:(?:19|20)[0-9]{2}([-._])(?:0[1-9]|1[0-2])(?:$|[-_. ]|[-._][0-9]{2}(?:$|[^0-9]))|[0-9]{1,2}[-._][0-9]{1,2}[-._](?:19|20)[0-9]{2}(?:$|[^0-9]))`)
)

// ReadName reads the name of a file, without its ending, or of a folder. above
// are the numbers of the folders that it is in, from the top, "" for one
// without; a name may repeat them: in 4-phones, "4.2 Cell phones" is number 2.
//
// A number is one of at most six digits with a hyphen, an underscore, a full
// stop or a space after it, and words after that; or several with full stops
// between them. A day is none.
func ReadName(above []string, name string) Name {
	number, words := splitNumber(above, name)
	clean, left := leftovers(words)
	return Name{number, clean, left}
}

func splitNumber(above []string, name string) (number, words string) {
	digits := numbered.FindString(name)
	if digits == "" || dated.MatchString(name) {
		return "", name
	}
	rest := name[len(digits):]
	words = strings.TrimLeft(rest, "-_. ")
	number = plainNumber(digits)
	own := below(above, number)
	switch {
	case rest == "" && own != "": // 4.2.md in 4-phones
		return own, name
	case words == "" || len(words) == len(rest), strings.Trim(words, "0123456789-_. ") == "" && strings.ContainsAny(words, "-_. "):
		return "", name // it only looks like a number, as 5-0-0 does
	}
	if m := twoParts.FindStringSubmatch(name); m != nil {
		if both := below(above, plainNumber(m[1]+"."+m[2])); both != "" {
			if rest := strings.TrimLeft(name[len(m[1])+1+len(m[2]):], "-_. "); rest != "" {
				return both, rest
			}
		}
	}
	return cmp.Or(own, number), words
}

// plainNumber takes the zeros off the front of each part of a number.
func plainNumber(digits string) string {
	parts := strings.Split(digits, ".")
	for i, p := range parts {
		parts[i] = cmp.Or(strings.TrimLeft(p, "0"), "0")
	}
	return strings.Join(parts, ".")
}

// below returns what a number says beyond those of the folders that it repeats,
// or "" if it repeats none.
func below(above []string, number string) string {
	for from := range above {
		if slices.Contains(above[from:], "") {
			continue
		}
		if own, ok := strings.CutPrefix(number, strings.Join(above[from:], ".")+"."); ok {
			return own
		}
	}
	return ""
}

var (
	leftWord    = `(?:final|draft|copy|old|new|latest|clean|edited|updated|revised|approved|signed|tracked|changes|version|ver|rev|v?[0-9]+(?:\.[0-9]+)*)`
	leftWords   = `(?i:` + leftWord + `(?:[-_. ]*` + leftWord + `)*)`
	inBrackets  = regexp.MustCompile(`[-_. ]*[(\[] *` + leftWords + ` *[)\]]$`)
	afterDash   = regexp.MustCompile(` +[-–—]+ +(?i:(?:final|draft|copy|latest|(?:v|version|rev) ?[0-9]+)(?:[-_. ]*[v0-9.]+)?)$`)
	versionWord = regexp.MustCompile(`[_ ]+(?i:(?:version|rev|ver) ?[0-9]+|v[0-9]+)(?:\.[0-9]+)*$`)
	loudWord    = regexp.MustCompile(`[-_ ]+(?:FINAL|DRAFT|COPY|OLD|LATEST|UPDATED|REVISED)[0-9]*$`)
	quietFinal  = regexp.MustCompile(`_(?:final|latest)[0-9]*$`)
	copyOf      = regexp.MustCompile(`^Copy (?:\([0-9]+\) )?of `)
	aYear       = regexp.MustCompile(`(?:^|[^0-9.])(?:19|20)[0-9]{2}(?:$|[^0-9.])`)
)

// leftovers takes off a name what programs and people add to the names of
// copies and versions: "Copy of ", " (1)", " - Copy", "_v3", " (FINAL v3)". Words
// that may be meant, as in new-and-old or api-v2, stay, and so do years.
func leftovers(words string) (clean, left string) {
	clean = words
	var found []string
	for more := true; more; {
		more = false
		for _, pattern := range []*regexp.Regexp{inBrackets, afterDash, versionWord, loudWord, quietFinal} {
			at := pattern.FindStringIndex(clean)
			if at == nil || strings.Trim(clean[:at[0]], "-_. ") == "" || aYear.MatchString(clean[at[0]:]) {
				continue
			}
			found = append([]string{strings.Trim(clean[at[0]:], "-–—_. ")}, found...)
			clean, more = clean[:at[0]], true
		}
		if at := copyOf.FindString(clean); at != "" && len(at) < len(clean) {
			found = append([]string{strings.TrimSpace(at)}, found...)
			clean, more = clean[len(at):], true
		}
	}
	return clean, strings.Join(found, " ")
}

// folderNames reads the names of the folders on the way to one, from the top.
func folderNames(dir string) []Name {
	dir = strings.Trim(dir, "/")
	if dir == "" || dir == "." {
		return nil
	}
	var names []Name
	var above []string
	for _, name := range strings.Split(dir, "/") {
		// The words of a folder stay whole: they are part of every address in it.
		number, words := splitNumber(above, name)
		names = append(names, Name{Number: number, Words: words})
		above = append(above, number)
	}
	return names
}

// folderNumbers returns the numbers of a folder and of those that it is in, from
// the top, "" for one without.
func folderNumbers(dir string) []string {
	var numbers []string
	for _, n := range folderNames(dir) {
		numbers = append(numbers, n.Number)
	}
	return numbers
}

// folderNumber returns a folder's number, "2" or "2.1", or "" if a name on the
// way has none.
func folderNumber(dir string) string {
	numbers := folderNumbers(dir)
	for _, n := range numbers {
		if n == "" {
			return ""
		}
	}
	return strings.Join(numbers, ".")
}

// folderAddress returns the address of a folder, with a final slash, or "" for
// the top: each name without its number, as a slug.
func folderAddress(dir string) string {
	var b strings.Builder
	for _, n := range folderNames(dir) {
		b.WriteString(markdown.Slug(n.Words) + "/")
	}
	return b.String()
}

// IsPage reports whether a file is a page by the end of its name: .md or
// .markdown, in whatever capitals.
func IsPage(name string) bool { return kindOf(path.Base(name)) == "md" }

// opens reports whether a file can open its folder, as index.md does.
func opens(name string) bool { return opening(path.Base(name)) > 0 }

// humanise makes a title of a file's name.
func humanise(name string) string {
	s := strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) }), " ")
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// CompareNatural orders names and titles as people do: what stands in digits
// goes by its number, so that 2 comes before 10 and 1.9 before 1.10, and
// capitals do not count. Only what is the same to the byte is equal.
func CompareNatural(a, b string) int {
	x, y := a, b
	for x != "" && y != "" {
		nx, ny := leadingDigits(x), leadingDigits(y)
		if nx > 0 && ny > 0 {
			dx, dy := strings.TrimLeft(x[:nx], "0"), strings.TrimLeft(y[:ny], "0")
			if c := cmp.Or(cmp.Compare(len(dx), len(dy)), cmp.Compare(dx, dy)); c != 0 {
				return c
			}
			x, y = x[nx:], y[ny:]
			continue
		}
		rx, sx := utf8.DecodeRuneInString(x)
		ry, sy := utf8.DecodeRuneInString(y)
		if c := cmp.Compare(unicode.ToLower(rx), unicode.ToLower(ry)); c != 0 {
			return c
		}
		x, y = x[sx:], y[sy:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

func leadingDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// seriesOf returns the words that a name of a series has before its number, and
// whether it has one: "chapter-" of chapter-2.
func seriesOf(name string) (string, bool) {
	i := strings.IndexAny(name, "0123456789")
	if i < 0 {
		return "", false
	}
	return strings.ToLower(name[:i]), true
}
