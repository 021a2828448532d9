package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// floors is the order of the packages, lowest first: a package imports only
// packages of lower floors. Do not move a package to make a build pass; ask
// what it reaches up for, and hand that to it as an argument.
func floors() [][]string {
	return [][]string{
		{"date", "diag", "sitepath", "readability", "watch", "layouts", "static", "guide"},
		{"lang", "output", "source"},
		{"record", "edit", "preview", "svg"},
		{"markdown"},
		{"book"},
		{"check", "staleness", "search", "folder"},
		{"export", "change"},
		{"site", "schema"},
		{"live"},
		{"handbook"},
	}
}

// A goFile is a parsed Go file of the project, not a test.
type goFile struct {
	pkg  string // the name of its folder
	path string
	fset *token.FileSet
	ast  *ast.File
}

// testkit reports whether a file is of a package for tests only.
func (f goFile) testkit() bool { return strings.HasPrefix(f.path, "internal/testkit/") }

// goFiles parses every Go file of the project that is no test.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	for _, root := range []string{".", "../../layouts", "../../static"} {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && d.Name() == "testdata" {
				return fs.SkipDir
			}
			if d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return nil
			}
			f := goFile{pkg: filepath.Base(filepath.Dir(name)), path: filepath.ToSlash(name), fset: token.NewFileSet()}
			if f.pkg == "." {
				f.pkg = "handbook"
			}
			f.ast, err = parser.ParseFile(f.fset, name, nil, parser.ParseComments)
			files = append(files, f)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestFloors(t *testing.T) {
	floor := map[string]int{}
	for n, pkgs := range floors() {
		for _, p := range pkgs {
			floor[p] = n
		}
	}
	seen := map[string]bool{}
	for _, f := range goFiles(t) {
		if f.testkit() {
			continue // it may import what it likes, and only tests import it
		}
		own, ok := floor[f.pkg]
		if !ok {
			t.Errorf("%s: package %s stands on no floor; add it to the table in floors_test.go, and to .github/ARCHITECTURE.md", f.path, f.pkg)
			continue
		}
		seen[f.pkg] = true
		for _, imp := range f.ast.Imports {
			p := strings.Trim(imp.Path.Value, `"`)
			if strings.Contains(p, "/testkit/") {
				t.Errorf("%s imports %s, which is for tests only", f.path, p)
			}
			if !strings.HasPrefix(p, "handbook/") {
				continue
			}
			if n, ok := floor[path.Base(p)]; ok && n >= own {
				t.Errorf("%s: %s (floor %d) imports %s (floor %d)", f.path, f.pkg, own, path.Base(p), n)
			}
		}
	}
	for p := range floor {
		if !seen[p] {
			t.Errorf("floors_test.go lists %s, which does not exist", p)
		}
	}
}

// TestManners holds what every package below the command must not do: end the
// program, print by itself, or ask the clock. The command's own files may only
// do so in main.go.
func TestManners(t *testing.T) {
	banned := map[string]string{
		"os.Exit": "return an error", "time.Now": "take the day as an argument", "time.Since": "take the day as an argument",
		"os.Stdout": "take a writer", "os.Stderr": "take a writer", "os.Getenv": "take a function", "fmt.Print": "take a writer", "fmt.Println": "take a writer", "fmt.Printf": "take a writer",
	}
	for _, f := range goFiles(t) {
		for _, imp := range f.ast.Imports {
			if imp.Path.Value == `"log"` || imp.Path.Value == `"log/slog"` {
				t.Errorf("%s imports log: return an error instead", f.path)
			}
		}
		if f.path == "main.go" || f.testkit() {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok {
					if advice, bad := banned[x.Name+"."+n.Sel.Name]; bad {
						t.Errorf("%s: %s.%s: %s", f.fset.Position(n.Pos()), x.Name, n.Sel.Name, advice)
					}
				}
			case *ast.CallExpr:
				if x, ok := n.Fun.(*ast.Ident); ok && x.Name == "panic" {
					t.Errorf("%s: panic: return an error", f.fset.Position(n.Pos()))
				}
			}
			return true
		})
	}
}

// TestComments holds that a reader of the code finds a manual at the head of
// every package, and a sentence at every exported name.
func TestComments(t *testing.T) {
	manual := map[string]bool{}
	for _, f := range goFiles(t) {
		manual[f.pkg] = manual[f.pkg] || f.ast.Doc != nil
		for _, d := range f.ast.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && exportedReceiver(d) && !begins(d.Doc, d.Name.Name) {
					t.Errorf("%s: the comment of %s must begin with its name", f.fset.Position(d.Pos()), d.Name.Name)
				}
			case *ast.GenDecl:
				for _, s := range d.Specs {
					if s, ok := s.(*ast.TypeSpec); ok && s.Name.IsExported() && !begins(d.Doc, s.Name.Name) && !begins(s.Doc, s.Name.Name) {
						t.Errorf("%s: the comment of %s must begin with its name", f.fset.Position(s.Pos()), s.Name.Name)
					}
					if s, ok := s.(*ast.ValueSpec); ok && d.Tok == token.VAR {
						for _, name := range s.Names {
							if name.IsExported() && !strings.HasPrefix(name.Name, "Err") {
								t.Errorf("%s: %s is a global variable", f.fset.Position(s.Pos()), name.Name)
							}
						}
					}
				}
			}
		}
	}
	for pkg, ok := range manual {
		if !ok {
			t.Errorf("package %s has no package comment", pkg)
		}
	}
}

// exportedReceiver reports whether a function is none's method, or that of an
// exported type.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if generic, ok := typ.(*ast.IndexExpr); ok {
		typ = generic.X
	}
	id, ok := typ.(*ast.Ident)
	return !ok || id.IsExported()
}

func begins(doc *ast.CommentGroup, name string) bool {
	words := strings.Fields(doc.Text())
	if len(words) > 1 && slices.Contains([]string{"A", "An", "The"}, words[0]) {
		words = words[1:]
	}
	return len(words) > 0 && strings.TrimRight(words[0], ",.:") == name
}

// TestHouse holds the shape of the repository: what a newcomer sees first.
func TestHouse(t *testing.T) {
	top := filepath.Join("..", "..")
	entries, err := os.ReadDir(top)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"LICENSE", "README.md", "cmd", "content", "go.mod", "go.sum", "layouts", "static"}
	var got []string
	for _, e := range entries {
		// What a build makes is ignored by git, and by this test.
		if !strings.HasPrefix(e.Name(), ".") && e.Name() != "public" {
			got = append(got, e.Name())
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the top level holds %v, want %v", got, want)
	}
	for _, name := range []string{".ci/test", ".ci/run"} {
		info, err := os.Stat(filepath.Join(top, name))
		if err != nil {
			t.Error(err)
		} else if info.Mode()&0o100 == 0 && os.PathSeparator == '/' {
			t.Errorf("%s cannot be executed", name)
		}
	}
	for _, bad := range []string{"util", "utils", "common", "helpers", "shared", "misc"} {
		if _, err := os.Stat(filepath.Join("internal", bad)); err == nil {
			t.Errorf("internal/%s: name a package by what it holds", bad)
		}
	}
}
