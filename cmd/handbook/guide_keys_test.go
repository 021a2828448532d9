package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"
)

// TestGuideKeys compares the tables of keys in the guide with the table that the
// reader goes by. Such a table has a heading that names the file, and the guide
// decides which keys it has in which order:
//
//	| Key of handbook.yaml | What it says |
//	|---|---|
//	| `owners` | |
//	| `owners.id` | |
func TestGuideKeys(t *testing.T) {
	table := regexp.MustCompile(`(?m)^\| Key of (.*?) \| What it says \|\n\|---\|---\|\n((?:\|.*\n)*)`)
	row := regexp.MustCompile("(?m)^\\| `(.*?)` \\|.*$")
	kinds, missing := map[string]book.Keys{}, map[string]bool{}
	for _, k := range book.Kinds() {
		name := strings.TrimPrefix(k.File, "the front matter of ")
		kinds[name] = k.Keys
		for _, key := range k.Keys.Names() {
			missing[name+" "+key] = true
		}
	}
	for _, doc := range documents(t) {
		fresh := table.ReplaceAllFunc(doc.text, func(b []byte) []byte {
			m := table.FindSubmatch(b)
			name := string(m[1])
			rows := row.ReplaceAllFunc(m[2], func(b []byte) []byte {
				key := string(row.FindSubmatch(b)[1])
				delete(missing, name+" "+key)
				k, keys := (*book.Key)(nil), kinds[name]
				for word := range strings.SplitSeq(key, ".") {
					if k = keys.Find(word); k == nil {
						t.Errorf("%s explains the key %s of %s, which does not exist", doc.path, key, name)
						return b
					}
					keys = k.Keys
				}
				return []byte("| `" + key + "` | " + says(k) + " |")
			})
			return slices.Concat(bytes.TrimSuffix(b, m[2]), rows)
		})
		if bytes.Equal(doc.text, fresh) {
			continue
		}
		if !*updateGuide {
			t.Errorf("the tables of keys in %s are stale; write them anew with: go test ./cmd/handbook -run Guide -update", doc.path)
		} else if err := os.WriteFile(filepath.Join("..", "..", filepath.FromSlash(doc.path)), fresh, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for key := range missing {
		t.Errorf("the guide does not explain the key of %s", key)
	}
}

// says returns what the guide says of a key.
func says(k *book.Key) string {
	text := k.Means
	if k.Keys != nil && !k.Others {
		text += map[book.Type]string{book.List: " A list of", book.Map: " Its keys are", book.MapOrList: " One or a list of"}[k.Type] + " `{" + strings.Join(k.Keys.Names(), ", ") + "}`."
	}
	unsaid := func(value string) bool { return !strings.Contains(text, "`"+value+"`") }
	if slices.ContainsFunc(k.Values, unsaid) {
		text += " One of `" + strings.Join(k.Values, "`, `") + "`."
	}
	if k.Default != "" && k.Default != "false" {
		text += " If it is left out: `" + k.Default + "`."
	}
	if k.Required {
		text += " Needed."
	}
	return text
}
