package lang

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestLayoutsHoldNoWords holds that a template has no letters that a reader sees,
// between its tags or in an attribute that is read out.
func TestLayoutsHoldNoWords(t *testing.T) {
	files, err := filepath.Glob("../../../../layouts/*.html")
	if err != nil || len(files) < 15 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range wordsInTemplate(string(data)) {
			t.Errorf("%s: %q is outside of package lang", file, words)
		}
	}
	if got := wordsInTemplate(`<p title="Hello">{{T "x"}} and{{with .X}} {{.}}{{end}}</p>`); len(got) != 2 {
		t.Errorf("the test sees %q alone", got)
	}
}

var (
	templateAction = regexp.MustCompile(`(?s){{.*?}}`)
	templateTag    = regexp.MustCompile(`(?s)<[^>]*>`)
	goTag          = regexp.MustCompile(`(?s)<[^>]*(>|$)`) // in Go, a tag may end in another text
	readOut        = regexp.MustCompile(`\b(?:aria-label|title|alt|placeholder|data-label|value)="([^"]*)"`)
	letters        = regexp.MustCompile(`\pL+`)
)

func wordsInTemplate(text string) []string {
	text = templateAction.ReplaceAllString(text, "")
	var found []string
	for _, m := range readOut.FindAllStringSubmatch(text, -1) {
		if letters.MatchString(m[1]) && !slices.Contains([]string{"auto", "light", "dark"}, m[1]) { // of radio buttons
			found = append(found, m[1])
		}
	}
	for _, between := range templateTag.Split(text, -1) {
		if letters.MatchString(between) {
			found = append(found, strings.TrimSpace(between))
		}
	}
	return found
}

// prose is how a text begins to look like words: two of them in a row, or one that
// begins with a capital.
var prose = regexp.MustCompile(`\pL{2,},? \pL{2,}|(^|[>\s])\p{Lu}\p{Ll}+`)

// TestPackagesHoldNoWords holds that the packages which write pages and exports
// have no words in quotes. What goes to a terminal is an error, or is made in
// another package.
func TestPackagesHoldNoWords(t *testing.T) {
	technical := map[string]bool{}
	for _, s := range technicalWords() {
		technical[s] = true
	}
	seen := map[string]bool{}
	for _, pkg := range []string{"site", "export", "search", "staleness"} {
		files, err := filepath.Glob("../" + pkg + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") || slices.Contains(notForReaders(), filepath.Base(path)) {
				continue
			}
			fset := token.NewFileSet()
			file, err := goparser.ParseFile(fset, path, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.ImportSpec:
					return false
				case *ast.Field:
					n.Tag = nil
				case *ast.CallExpr:
					return !isError(n)
				case *ast.BasicLit:
					s, err := strconv.Unquote(n.Value)
					if err != nil || n.Kind != token.STRING {
						break
					}
					if shown := goTag.ReplaceAllString(s, ""); prose.MatchString(shown) {
						seen[s] = true
						if !technical[s] {
							t.Errorf("%s: %q is outside of package lang", fset.Position(n.Pos()), s)
						}
					}
				}
				return true
			})
		}
	}
	for s := range technical {
		if !seen[s] {
			t.Errorf("%q is let pass, and nobody says it", s)
		}
	}
}

// isError reports whether a call makes an error.
func isError(call *ast.CallExpr) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := f.X.(*ast.Ident)
	return ok && (pkg.Name == "fmt" && f.Sel.Name == "Errorf" || pkg.Name == "errors" || pkg.Name == "diag")
}

// notForReaders are files whose texts go to a terminal, into a schema, or nowhere:
// ids that an anchor cannot have, and words that a search does not look for.
func notForReaders() []string {
	return []string{"due.go", "fields.go", "gained.go", "shown.go", "vanished.go", "html_anchors.go", "language.go"}
}

// technicalWords are texts that look like words and are none that a reader sees.
func technicalWords() []string {
	return []string{
		"\n/* The agency's colours, from handbook.yaml. */\n:root { ",
		"}\n@page section-", "@page section-",
		`class="document railed`,
	}
}

// TestScriptsHoldNoWords holds that the scripts of the pages have no words in
// quotes.
func TestScriptsHoldNoWords(t *testing.T) {
	files, err := filepath.Glob("../../../../static/_scripts/*.js")
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	comments := regexp.MustCompile(`(?s)/\*.*?\*/|(?m)\s//.*$`)
	quoted := regexp.MustCompile(`"([^"\n]*)"|` + "`([^`]*)`")
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range quoted.FindAllStringSubmatch(comments.ReplaceAllString(string(data), ""), -1) {
			if s := m[1] + m[2]; prose.MatchString(s) && filepath.Base(file) != "tokens.js" { // which has the spellings of letters
				t.Errorf("%s: %q is outside of package lang", file, s)
			}
		}
	}
}
