package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v4"

	"handbook/cmd/handbook/internal/check"
)

// updateGuide says to write the help texts in the guide anew instead of
// comparing.
var updateGuide = flag.Bool("update", false, "write the help texts in the guide anew")

// A document is a page that explains the project to people.
type document struct {
	path string // from the top of the repository
	text []byte
}

// documents returns the pages of the guide, README.md and what lies beside the
// workflows.
func documents(t *testing.T) []document {
	t.Helper()
	top := filepath.Join("..", "..")
	var names []string
	for _, pattern := range []string{"README.md", ".github/*.md", ".github/*/*.md", "cmd/handbook/guide/content/*.md", "cmd/handbook/guide/content/*/*.md"} {
		found, err := filepath.Glob(filepath.Join(top, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	var docs []document
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rel, err := filepath.Rel(top, name)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, document{filepath.ToSlash(rel), text})
	}
	return docs
}

// TestGuideHelp compares the help texts in the guide with what the commands
// print. Such a text is a code block whose first line names the command:
//
//	```text help build
//	```
func TestGuideHelp(t *testing.T) {
	block := regexp.MustCompile("(?sm)^```text help ?([a-z ]*)\n.*?^```$")
	shown := map[string]string{}
	for _, doc := range documents(t) {
		fresh := block.ReplaceAllFunc(doc.text, func(b []byte) []byte {
			command := string(block.FindSubmatch(b)[1])
			if other, twice := shown[command]; twice {
				t.Errorf("%s and %s both show the help of %q", other, doc.path, "handbook "+command)
			}
			shown[command] = doc.path
			return []byte(strings.TrimSpace("```text help "+command) + "\n" + help(t, command) + "```")
		})
		if bytes.Equal(doc.text, fresh) {
			continue
		}
		if !*updateGuide {
			t.Errorf("the help texts in %s are stale; write them anew with: go test ./cmd/handbook -run Guide -update", doc.path)
		} else if err := os.WriteFile(filepath.Join("..", "..", filepath.FromSlash(doc.path)), fresh, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	root := (&tool{}).root()
	root.InitDefaultHelpCmd()
	for _, c := range commands(root) {
		if shown[c] == "" {
			t.Errorf("the guide shows no help of %q; put in a code block that begins with ```text help %s", "handbook "+c, c)
		}
		delete(shown, c)
	}
	for c, doc := range shown {
		t.Errorf("%s shows the help of %q, which is no command", doc, "handbook "+c)
	}
}

// help returns the help of a command as run prints it.
func help(t *testing.T, command string) string {
	t.Helper()
	var out, errs bytes.Buffer
	args := append([]string{"help"}, strings.Fields(command)...)
	if status := run(context.Background(), args, environment{&out, &errs, func(string) string { return "" }, time.Unix(0, 0)}); status != 0 {
		t.Fatalf("handbook help %s: status %d: %s", command, status, errs.String())
	}
	return out.String()
}

// commands lists every command by its words, "" for the program itself.
func commands(c *cobra.Command) []string {
	words := strings.TrimSpace(strings.TrimPrefix(c.CommandPath(), "handbook"))
	list := []string{words}
	for _, sub := range c.Commands() {
		list = append(list, commands(sub)...)
	}
	return list
}

// TestDocuments holds what the documents say against the code: the paths and
// the rules that they name exist.
func TestDocuments(t *testing.T) {
	known := map[string]bool{}
	for _, r := range check.Rules() {
		known[r.Name] = true
	}
	paths := regexp.MustCompile("`((?:cmd|content|layouts|static|\\.ci|\\.github)/[\\w./-]*)`")
	rules := regexp.MustCompile("[Rr]ule `([a-z-]+)`")
	links := regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`)
	for _, doc := range documents(t) {
		for _, m := range paths.FindAllSubmatch(doc.text, -1) {
			if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(string(m[1])))); err != nil {
				t.Errorf("%s names %s, which does not exist", doc.path, m[1])
			}
		}
		for _, m := range rules.FindAllSubmatch(doc.text, -1) {
			if !known[string(m[1])] {
				t.Errorf("%s names the rule %s, which does not exist", doc.path, m[1])
			}
		}
		if strings.HasPrefix(doc.path, "cmd/") {
			continue // the guide's own check follows its links
		}
		for _, m := range links.FindAllSubmatch(doc.text, -1) {
			if _, err := os.Stat(filepath.Join("..", "..", filepath.Dir(filepath.FromSlash(doc.path)), filepath.FromSlash(string(m[1])))); err != nil {
				t.Errorf("%s links to %s, which does not exist", doc.path, m[1])
			}
		}
	}
}

// TestREADME holds that README.md stays what somebody reads at one sitting.
func TestREADME(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(bytes.Fields(text)); n > 2500 {
		t.Errorf("README.md has %d words, and may have 2,500: the guide is the place for what goes into detail", n)
	}
}

// TestArchitecture holds that ARCHITECTURE.md names every package with the
// floor that it stands on, and no other.
func TestArchitecture(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", ".github", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	floor := ""
	for _, m := range regexp.MustCompile("(?m)^\\| *(\\d*) *\\| `([\\w/]+)` *\\|").FindAllSubmatch(text, -1) {
		if len(m[1]) > 0 {
			floor = string(m[1])
		}
		said[string(m[2])] = floor
	}
	for n, floor := range floors() {
		for _, pkg := range floor {
			if pkg == "handbook" {
				pkg = "cmd/handbook"
			}
			if want := string(rune('0' + n)); said[pkg] != want {
				t.Errorf("ARCHITECTURE.md puts package %s on floor %q; it stands on %s", pkg, said[pkg], want)
			}
			delete(said, pkg)
		}
	}
	for _, f := range goFiles(t) {
		if pkg, kit := strings.CutPrefix(filepath.ToSlash(filepath.Dir(f.path)), "internal/testkit"); kit && !bytes.Contains(text, []byte("`testkit"+pkg+"`")) {
			t.Errorf("ARCHITECTURE.md does not name package testkit%s", pkg)
		}
	}
	for pkg := range said {
		t.Errorf("ARCHITECTURE.md describes package %s, which does not exist", pkg)
	}
}

// TestIssueForms holds that the forms for issues are ones: each field that a
// person fills in has a name of its own and says what it asks for.
func TestIssueForms(t *testing.T) {
	forms, err := filepath.Glob(filepath.Join("..", "..", ".github", "ISSUE_TEMPLATE", "*.yml"))
	if err != nil || len(forms) < 4 {
		t.Fatalf("there are only %d forms: %v", len(forms), err)
	}
	for _, name := range forms {
		if filepath.Base(name) == "config.yml" {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var form struct {
			Name, Description string
			Labels            []string
			Body              []struct {
				Type, ID   string
				Attributes struct {
					Label, Description, Value, Render string
					Options                           []struct {
						Label    string
						Required bool
					}
				}
				Validations struct{ Required bool }
			}
		}
		if err := yaml.Load(data, &form, yaml.WithKnownFields()); err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
			continue
		}
		if form.Name == "" || form.Description == "" || len(form.Body) == 0 {
			t.Errorf("%s has no name, no description or no body", filepath.Base(name))
		}
		ids := map[string]bool{}
		for _, field := range form.Body {
			switch field.Type {
			case "markdown":
				if field.Attributes.Value == "" {
					t.Errorf("%s: a text is empty", filepath.Base(name))
				}
			case "textarea", "input", "checkboxes":
				if field.ID == "" || ids[field.ID] || field.Attributes.Label == "" {
					t.Errorf("%s: the field %q has no id, that of another, or no label", filepath.Base(name), field.ID)
				}
				ids[field.ID] = true
			default:
				t.Errorf("%s: there are no fields of the type %q", filepath.Base(name), field.Type)
			}
		}
	}
}
