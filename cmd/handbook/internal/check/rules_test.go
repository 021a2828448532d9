package check

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/diag"
)

func TestRules(t *testing.T) {
	rules := Rules()
	if len(rules) != len(table()) {
		t.Fatalf("got %d rules, and the table has %d", len(rules), len(table()))
	}
	for i, r := range rules {
		if i > 0 && rules[i-1].Name >= r.Name {
			t.Errorf("%s stands after %s", r.Name, rules[i-1].Name)
		}
		if !regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`).MatchString(r.Name) {
			t.Errorf("%q is no name for a rule", r.Name)
		}
		if !strings.HasSuffix(r.Doc, ".") || strings.Contains(r.Doc, "\n") || strings.ToUpper(r.Doc[:1]) != r.Doc[:1] && !strings.HasPrefix(r.Doc, "handbook.yaml ") {
			t.Errorf("%s: the documentation is no sentence: %q", r.Name, r.Doc)
		}
		if n := strings.Count(r.Doc, ". "); n > 1 {
			t.Errorf("%s: the documentation has %d sentences", r.Name, n+1)
		}
		if r.Fixed && r.Severity != diag.Error {
			t.Errorf("%s: only an error can be fixed", r.Name)
		}
		if !r.Fixed && !r.Lenient {
			t.Errorf("%s: a setting can lower it, but --lenient cannot", r.Name)
		}
	}
}

// TestTableIsPrivate checks that nobody can change the table.
func TestTableIsPrivate(t *testing.T) {
	Rules()[0].Severity = diag.Off
	Rules()[0].Name = "changed"
	if got := Rules()[0]; got.Name == "changed" || got.Severity == diag.Off {
		t.Errorf("got %+v", got)
	}
}

// TestEveryRuleIsInTheTable reads the Go source of every package that tells
// of problems and looks for the names of rules: the texts that are handed to a
// parameter called rule, or put in a
// variable or field called rule. So no rule can be told that the table does not know, and none
// be in the table that nothing tells of.
func TestEveryRuleIsInTheTable(t *testing.T) {
	told := map[string]bool{}
	for _, e := range table() {
		told[e.Name] = e.find != nil
	}
	packages := map[string][]*ast.File{}
	fset := token.NewFileSet()
	for _, dir := range []string{"diag", "source", "record", "markdown", "book", "check", "export"} {
		for _, name := range goFiles(t, filepath.Join("..", dir)) {
			f, err := parser.ParseFile(fset, name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			packages[f.Name.Name] = append(packages[f.Name.Name], f)
		}
	}
	exported := map[string]map[int]bool{}
	for _, files := range packages {
		for _, f := range files {
			addTakers(f, exported, ast.IsExported)
		}
	}
	if !exported["Errorf"][1] {
		t.Fatalf("diag.Errorf takes the rule second; got %v", exported)
	}
	for _, files := range packages {
		takers := maps.Clone(exported)
		for _, f := range files {
			addTakers(f, takers, func(name string) bool { return !ast.IsExported(name) })
		}
		for _, f := range files {
			for name, pos := range ruleNames(f, takers) {
				if _, ok := told[name]; !ok {
					t.Errorf("%s: the rule %q is not in the table", fset.Position(pos), name)
				}
				told[name] = true
			}
		}
	}
	for name, ok := range told {
		if !ok {
			t.Errorf("the rule %q is in the table, but nothing tells of it", name)
		}
	}
}

// goFiles returns the Go files of a folder, without tests.
func goFiles(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no Go files in %s: %v", dir, err)
	}
	return slices.DeleteFunc(names, func(n string) bool { return strings.HasSuffix(n, "_test.go") })
}

// addTakers adds the functions of a file that have a parameter called rule and
// a name that is wanted, with the places at which they have it.
func addTakers(f *ast.File, takers map[string]map[int]bool, wanted func(string) bool) {
	add := func(name string, params *ast.FieldList) {
		if !wanted(name) {
			return
		}
		i := 0
		for _, field := range params.List {
			for _, p := range field.Names {
				if p.Name == "rule" {
					if takers[name] == nil {
						takers[name] = map[int]bool{}
					}
					takers[name][i] = true
				}
				i++
			}
		}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			add(n.Name.Name, n.Type.Params)
		case *ast.AssignStmt: // add := func(line int, rule, hint string) { ... }
			for i, r := range n.Rhs {
				name, isName := n.Lhs[i].(*ast.Ident)
				if lit, isFunc := r.(*ast.FuncLit); isName && isFunc {
					add(name.Name, lit.Type.Params)
				}
			}
		}
		return true
	})
}

// ruleNames returns the names of rules in a file, with one place of each.
func ruleNames(f *ast.File, takers map[string]map[int]bool) map[string]token.Pos {
	names := map[string]token.Pos{}
	add := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && s != "" {
				names[s] = e.Pos()
			}
		}
	}
	isRule := func(e ast.Expr) bool {
		switch e := e.(type) {
		case *ast.Ident:
			return strings.EqualFold(e.Name, "rule")
		case *ast.SelectorExpr:
			return e.Sel.Name == "Rule"
		}
		return false
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			name := ""
			switch called := n.Fun.(type) {
			case *ast.Ident:
				name = called.Name
			case *ast.SelectorExpr:
				name = called.Sel.Name
			}
			for i, arg := range n.Args {
				if takers[name][i] {
					add(arg)
				}
			}
		case *ast.KeyValueExpr:
			if isRule(n.Key) {
				add(n.Value)
			}
		case *ast.AssignStmt:
			for i, l := range n.Lhs {
				if isRule(l) && len(n.Lhs) == len(n.Rhs) {
					add(n.Rhs[i])
				}
			}
		}
		return true
	})
	return names
}
