package static

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// sources returns the lines of the files of a kind, without comments, by the
// name of the file.
func sources(t *testing.T, fsys fs.FS, pattern string) map[string][]string {
	t.Helper()
	names, err := fs.Glob(fsys, pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("no files %s: %v", pattern, err)
	}
	comment := regexp.MustCompile(`(?s)/\*.*?\*/|(^|[\t ])//[^\n]*`)
	out := map[string][]string{}
	for _, name := range names {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			t.Fatal(err)
		}
		code := comment.ReplaceAllStringFunc(string(b), func(c string) string { return strings.Repeat("\n", strings.Count(c, "\n")) })
		out[name] = strings.Split(code, "\n")
	}
	return out
}

// TestParts holds that each part belongs to a script, and that no line of it is
// too long to be read.
func TestParts(t *testing.T) {
	listed := map[string]bool{}
	for name, parts := range Scripts() {
		for _, part := range parts {
			listed["_scripts/"+part] = true
		}
		if b, err := Script(name); err != nil || strings.Count(string(b), Words) != 1 {
			t.Errorf("%s has %d places for its words: %v", name, strings.Count(string(b), Words), err)
		}
	}
	names, err := fs.Glob(parts, "_scripts/*.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if !listed[name] {
			t.Errorf("%s is part of no script", name)
		}
		b, err := fs.ReadFile(parts, name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(b), "\n") {
			if n := utf8.RuneCountInString(line); n > 120 {
				t.Errorf("%s:%d: the line has %d characters", name, i+1, n)
			}
		}
	}
}

// wordsIn returns the texts in a line of a script that look like words for a
// reader: one with a large letter, several with spaces, or whatever is put into
// the page.
func wordsIn(line string) []string {
	literal := regexp.MustCompile(`"((?:[^"\\]|\\.)*)"`)
	prose := regexp.MustCompile(`[A-Z][a-z]|^[^.#:>(\[]*[a-z]{2,} [a-z]{2,}`)
	shown := regexp.MustCompile(`(?:textContent = |aria-label", |\.append\()"[^"]*[a-z]`)
	names := []string{"Escape", "DOMContentLoaded"}
	var out []string
	for _, m := range literal.FindAllStringSubmatch(line, -1) {
		if prose.MatchString(m[1]) && !slices.Contains(names, m[1]) && !strings.HasPrefix(m[1], "ABC") {
			out = append(out, m[1])
		}
	}
	if m := shown.FindString(line); m != "" {
		out = append(out, m)
	}
	return out
}

// TestWords holds that what a reader sees is not in the scripts: package lang
// has it.
func TestWords(t *testing.T) {
	for line, want := range map[string]bool{
		`e.textContent = "Copied";`: true, `say("nothing was found")`: true, `button.textContent = "copy";`: true,
		`list.setAttribute("aria-label", "suggestions")`: true, `T("copied")`: false, `e.append(" ", word)`: false,
		`line.querySelector(".menu a > :last-child")`: false, `e.key === "Escape"`: false,
	} {
		if got := len(wordsIn(line)) > 0; got != want {
			t.Errorf("%s has words: %t", line, got)
		}
	}
	for name, lines := range sources(t, parts, "_scripts/*.js") {
		for i, line := range lines {
			for _, words := range wordsIn(line) {
				t.Errorf("%s:%d: %q is for readers: take it from package lang", name, i+1, words)
			}
		}
	}
}

// TestLogicalProperties holds that no style sheet says left or right, top or
// bottom, so that a handbook in Arabic is the mirror image of one in English.
// The corners of a printed sheet have no other names.
func TestLogicalProperties(t *testing.T) {
	physical := regexp.MustCompile(`(?:^|[^@\w-])(?:[a-z]+-)*(?:left|right|top|bottom)(?:-[a-z]+)?\s*:|(?:text-align|float|clear):\s*(?:left|right)`)
	around := regexp.MustCompile(`(?:margin|padding|inset|border-width):([^;}]*)`) // the sides one after the other
	wrong := func(line string) bool {
		for _, m := range around.FindAllStringSubmatch(line, -1) {
			if sides := strings.Fields(m[1]); len(sides) == 4 && sides[1] != sides[3] {
				return true
			}
		}
		return physical.MatchString(line)
	}
	for line, want := range map[string]bool{
		"a { margin-left: 1px; }": true, "a { top: 0; }": true, "{border-top-width:0}": true, "a { text-align: right; }": true,
		"a { padding: 0 1px 0 2px; }": true, "a { padding: 0 1px 0 1px; }": false, "a { margin: 1px 2px 3px; }": false,
		"a { scroll-padding-top: 1px; }": true, "@top-left { content: none; }": false, "a { vertical-align: top; }": false,
		".align-right { text-align: end; }": false,
	} {
		if wrong(line) != want {
			t.Errorf("%s is physical: %t", line, !want)
		}
	}
	for name, lines := range sources(t, files, "*.css") {
		for i, line := range lines {
			if wrong(line) {
				t.Errorf("%s:%d: a physical property: %s", name, i+1, strings.TrimSpace(line))
			}
		}
	}
}
