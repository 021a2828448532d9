package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
)

// TestWorkflowCommands lets every name, title and argument be a command to the
// program that runs a workflow, or steer a terminal. Nothing that is printed
// may do so: what GitHub's runner takes for a command are lines that begin
// with "::" after any spaces, and "##[" anywhere.
func TestWorkflowCommands(t *testing.T) { // Case S7
	const bad, worse = "::add-mask::a", "##[add-mask]b"
	files := map[string]string{
		bad + ".md":          "Text.\n",
		worse + ".md":        "Text without a title, and [a link](::add-mask::x.md).\n",
		"::x/" + bad + ".md": "# T\n\nText.\n",
		bad + ".xsd":         "x",
		"handbook.yaml":      "title: \"::add-mask::t\"\nowners:\n  - {id: lead, name: \"::add-mask::o ##[add-mask]p\"}\n\"::add-mask::k\": 1\n",
		"1-one.md": "---\ntitle: \"::add-mask::title \\e[31m ##[add-mask]title\"\nowner: lead\ndrafted: 2020-01-01\n\"::add-mask::key\": 1\n" +
			"superseded_by: \"::add-mask::id\"\nlaws: [\"##[add-mask]law\"]\n---\n::add-mask::text\n\n##[add-mask]heading\n\n[@::add-mask::cite]\n\n::: \nx\n",
		"2-two.md":       "---\ntitle: \"a\\n::add-mask::b\\r::add-mask::c\\u2028::add-mask::d\"\nid: \"::add-mask::id\"\nowner: \"::add-mask::o\"\ndrafted: 2020-01-01\n---\nText.\n",
		"\n::error::.md": "Text.\n",
	}
	// The second folder has no errors, so that it can be built.
	fine := map[string]string{
		"handbook.yaml":     "title: \"::add-mask::t\"\nowners:\n  - {id: lead, name: \"::add-mask::o ##[add-mask]p\"}\n",
		"1-one.md":          "---\ntitle: \"::add-mask::title ##[add-mask]title\"\nowner: lead\ndrafted: 2020-01-01\n---\nText.\n",
		"##[add-mask]x.xsd": "x",
	}
	broken, built := t.TempDir(), filepath.Join(t.TempDir(), "##[add-mask]in")
	for name, text := range files {
		writeFile(t, filepath.Join(broken, name), text)
	}
	for name, text := range fine {
		writeFile(t, filepath.Join(built, name), text)
	}
	out := filepath.Join(t.TempDir(), "##[add-mask]out")
	forms := []string{"text", "json", "github", "sarif", "csv", "ics", "markdown"}
	var runs [][]string
	for _, dir := range []string{broken, built} {
		for _, form := range forms {
			runs = append(runs, []string{"-C", dir, "check", "--format", form}, []string{"-C", dir, "due", "--format", form, "--within", "10y"})
		}
		runs = append(runs, []string{"-C", dir, "build", "-o", out}, []string{"-C", dir, "build", "-o", out, "--lenient"},
			[]string{"-C", dir, "new", "section", "::add-mask::new"}, []string{"-C", dir, "new", "part", "##[add-mask]part"},
			[]string{"-C", dir, "review", "::add-mask::id", "--by", "::add-mask::me"}, []string{"-C", dir, "review", "one", "--by", "##[add-mask]me", "--checked", "::add-mask::c"},
			[]string{"-C", dir, "__complete", "due", "--owner", ""}, []string{"-C", dir, "__complete", "review", ""})
	}
	runs = append(runs, []string{"::add-mask::x"}, []string{"\n::add-mask::x"}, []string{"check", "--\n::add-mask::x"}, []string{"check", "--format", "a\n::add-mask::x"},
		[]string{"-C", "::add-mask::dir", "check"}, []string{"-C", "\n ::add-mask::dir", "check"}, []string{"--as-of", "\r::add-mask::x", "due"}, []string{"check", "\n::add-mask::x"},
		[]string{"help", "\n::add-mask::x"}, []string{"check", "-\u3000"}, []string{"new", "\n::x"}, []string{"completion", "\n::x"})
	for _, args := range runs {
		var printed bytes.Buffer
		run(t.Context(), args, environment{&printed, &printed, func(string) string { return "" }, modelDay().Time()})
		if printed.Len() == 0 {
			t.Errorf("%q prints nothing", args)
		}
		for _, line := range strings.FieldsFunc(printed.String(), func(r rune) bool { return r == '\n' || r == '\r' }) {
			meant := strings.HasPrefix(line, "::error ") || strings.HasPrefix(line, "::warning ")
			if meant && args[len(args)-1] == "github" {
				continue
			}
			if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##[") {
				t.Errorf("%q prints a line with a command: %q", args, line)
			}
			if strings.ContainsFunc(line, func(r rune) bool { return r != '\t' && unicode.IsControl(r) }) {
				t.Errorf("%q prints a control character: %q", args, line)
			}
		}
	}
}
