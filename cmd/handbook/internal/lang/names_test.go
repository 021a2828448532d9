package lang

import (
	"go/ast"
	goparser "go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var nameForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// A use is a place at which a message is asked for.
type use struct {
	place    string
	name     string   // or the beginning of it
	args     []string // of those that are written there
	anything bool     // there may be more arguments than args
	begins   bool     // name is the beginning of several
	literal  bool     // a text that is the name of a message, in whatever place
}

// methods are those of Language whose argument is the name of a message: which one.
func methods() map[string]int { return map[string]int{"T": 0, "HTML": 0, "AppendT": 1} }

// goUses finds the messages that Go code asks for.
func goUses(t *testing.T) []use {
	t.Helper()
	var uses []use
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == "lang") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		fset := token.NewFileSet()
		file, err := goparser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING {
					uses = append(uses, use{place: fset.Position(n.Pos()).String(), name: s, literal: true})
				}
			case *ast.BinaryExpr:
				if s, ok := text(n.X); ok && n.Op == token.ADD && strings.HasSuffix(s, "-") {
					uses = append(uses, use{place: fset.Position(n.Pos()).String(), name: s, begins: true, literal: true})
				}
			case *ast.CallExpr:
				method, ok := n.Fun.(*ast.SelectorExpr)
				if !ok {
					break
				}
				first, ok := methods()[method.Sel.Name]
				if !ok || len(n.Args) <= first {
					break
				}
				u := use{place: fset.Position(n.Pos()).String(), anything: n.Ellipsis.IsValid()}
				if u.name, ok = text(n.Args[first]); !ok {
					break
				}
				for i := first + 1; i < len(n.Args); i += 2 {
					if name, ok := text(n.Args[i]); ok {
						u.args = append(u.args, name)
					}
				}
				uses = append(uses, u)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return uses
}

// text returns the value of a literal.
func text(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

// inTemplates finds {{T "name" "arg" ...}} and (T "name" ...), and
// {{T (print "status-" .Status)}}.
var inTemplates = regexp.MustCompile(`[{(]\s*T\s+(?:"([^"]*)"|\(print(?:f)?\s+"([^"]*-)(?:%s)?")([^{}]*)`)

// inScripts finds T("name").
var inScripts = regexp.MustCompile("\\bT\\(\\s*[\"'`]([^\"'`$]*)[\"'`$]")

// fileUses finds the messages that templates and scripts ask for.
func fileUses(t *testing.T, dir, ending string, pattern *regexp.Regexp) []use {
	t.Helper()
	var uses []use
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ending) {
			return err
		}
		data, err := os.ReadFile(path)
		for _, m := range pattern.FindAllStringSubmatch(string(data), -1) {
			u := use{place: path, name: m[1], anything: true}
			if len(m) > 2 && m[2] != "" {
				u.name = m[2]
			}
			u.begins = strings.HasSuffix(u.name, "-")
			if len(m) > 3 && !u.begins {
				u.anything = false
				for _, arg := range regexp.MustCompile(`\s"([a-z]+)"\s`).FindAllStringSubmatch(m[3]+" ", -1) {
					u.args = append(u.args, arg[1])
				}
			}
			uses = append(uses, u)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return uses
}

// TestNames holds that what is asked for is there, and that what is there is
// asked for.
func TestNames(t *testing.T) {
	l := English()
	asked := map[string]bool{}
	uses := slices.Concat(goUses(t), fileUses(t, "../../../../layouts", ".html", inTemplates), fileUses(t, "../../../../static", ".js", inScripts))
	for file, names := range Scripts() {
		for _, name := range names {
			uses = append(uses, use{place: file, name: name, anything: true})
		}
	}
	uses = append(uses, use{place: "Place", name: "place-", begins: true})
	for _, u := range uses {
		if u.begins {
			found := false
			for name := range l.messages {
				if strings.HasPrefix(name, u.name) {
					asked[name], found = true, true
				}
			}
			if !found && !u.literal {
				t.Errorf("%s: there is no message that begins with %q", u.place, u.name)
			}
			continue
		}
		m, ok := l.messages[u.name]
		asked[u.name] = true
		switch {
		case u.literal:
		case !ok:
			t.Errorf("%s: there is no message %q", u.place, u.name)
		case !u.anything:
			var want []string
			for _, arg := range contents(m.pieces) {
				if !strings.HasPrefix(arg, "<") {
					want = append(want, strings.TrimSuffix(arg, " plural"))
				}
			}
			want = slices.Compact(want)
			slices.Sort(u.args)
			if !slices.Equal(want, u.args) {
				t.Errorf("%s: the message %q has the arguments %q and is given %q", u.place, u.name, want, u.args)
			}
		}
	}
	for name := range l.messages {
		if !asked[name] {
			t.Errorf("nothing asks for the message %q", name)
		}
	}
}
