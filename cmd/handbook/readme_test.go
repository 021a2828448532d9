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

	"handbook/cmd/handbook/internal/check"
)

// updateREADME says to write README.md anew instead of comparing.
var updateREADME = flag.Bool("update", false, "write the help texts in README.md anew")

// TestREADME compares the help texts in README.md with what the commands
// print. A block stands between two markers:
//
//	<!-- help: build -->
//	<!-- end -->
func TestREADME(t *testing.T) {
	name := filepath.Join("..", "..", "README.md")
	old, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile(`(?s)<!-- help: ([a-z ]*?) ?-->\n.*?<!-- end -->`)
	shown := map[string]bool{}
	fresh := block.ReplaceAllFunc(old, func(b []byte) []byte {
		command := string(block.FindSubmatch(b)[1])
		shown[command] = true
		return []byte("<!-- help: " + command + " -->\n```text\n" + help(t, command) + "```\n<!-- end -->")
	})
	for _, c := range commands((&tool{}).root()) {
		if !shown[c] {
			t.Errorf("README.md shows no help of %q; put in <!-- help: %s --> and <!-- end -->", "handbook "+c, c)
		}
	}
	if bytes.Equal(old, fresh) {
		return
	}
	if !*updateREADME {
		t.Fatal("the help texts in README.md are stale; write them anew with: go test ./cmd/handbook -run README -update")
	}
	if err := os.WriteFile(name, fresh, 0o666); err != nil {
		t.Fatal(err)
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
		if sub.Name() != "help" {
			list = append(list, commands(sub)...)
		}
	}
	return list
}

// TestREADMEWords holds what README.md says against the code: the keys, the
// rules and the paths that it names exist.
func TestREADMEWords(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("`((?:cmd|content|layouts|static|\\.ci|\\.github)/[\\w./-]*)`").FindAllSubmatch(text, -1) {
		path := string(m[1])
		if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(path))); err != nil {
			t.Errorf("README.md names %s, which does not exist", path)
		}
	}
	known := map[string]bool{}
	for _, r := range check.Rules() {
		known[r.Name] = true
	}
	for _, m := range regexp.MustCompile("rule `([a-z-]+)`").FindAllSubmatch(text, -1) {
		if !known[string(m[1])] {
			t.Errorf("README.md names the rule %s, which does not exist", m[1])
		}
	}
	for _, floor := range floors() {
		for _, pkg := range floor {
			if pkg != "handbook" && !bytes.Contains(text, []byte("`"+pkg+"`")) {
				t.Errorf("README.md does not say what package %s is for", pkg)
			}
		}
	}
}
