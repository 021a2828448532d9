package schema_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"github.com/santhosh-tekuri/jsonschema/v6"
	yaml "go.yaml.in/yaml/v4"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/export"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/schema"
)

var update = flag.Bool("update", false, "write the schemas in testdata anew")

// kind returns a kind of file by its name.
func kind(t *testing.T, name string) book.Kind {
	t.Helper()
	for _, k := range schema.Kinds() {
		if k.Name == name {
			return k
		}
	}
	t.Fatalf("there is no kind %s", name)
	return book.Kind{}
}

// compile makes a validator of a kind's schema. The library refuses a schema
// that does not conform to its draft.
func compile(t *testing.T, k book.Kind) *jsonschema.Schema {
	t.Helper()
	data, err := schema.Of(k)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatalf("%s: %v", k.Name, err)
	}
	return s
}

// TestSchemas compares the schemas with those in testdata, in which a change is
// seen.
func TestSchemas(t *testing.T) {
	for _, k := range schema.Kinds() {
		compile(t, k)
		got, err := schema.Of(k)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join("testdata", strings.TrimSuffix(k.Name, ".json")+".json")
		if *update {
			if err := os.WriteFile(name, got, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s is not the schema; write it anew with: go test ./cmd/handbook/internal/schema -run Schemas -update\n%s", name, diff)
		}
	}
}

// read reads YAML as an editor's language server does, by the core schema of
// YAML 1.2: a day is a text, and so is no.
func read(t *testing.T, text []byte) any {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Load(text, &doc); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if len(doc.Content) == 0 {
		return nil
	}
	data, err := json.Marshal(plain(doc.Content[0]))
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

var number = regexp.MustCompile(`^-?(0|[1-9]\d*)(\.\d+)?$`)

func plain(n *yaml.Node) any {
	switch n.Kind {
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, plain(c))
		}
		return list
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plain(n.Content[i+1])
		}
		return m
	}
	switch s := n.Value; {
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return s
	case s == "true", s == "false":
		return s == "true"
	case s == "", s == "null", s == "~":
		return nil
	case number.MatchString(s):
		return json.Number(s)
	default:
		return s
	}
}

// front returns the front matter of a page.
func front(t *testing.T, name string, page []byte) []byte {
	t.Helper()
	parts, ps := markdown.Split(name, page)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	return parts.Front
}

// TestContent holds that the starter handbook and the manual conform.
func TestContent(t *testing.T) {
	validators := map[string]*jsonschema.Schema{}
	for _, k := range book.Kinds() {
		validators[k.Name] = compile(t, kind(t, k.Name))
	}
	count := map[string]int{}
	for _, dir := range []string{"../../../../content", "../../guide/content"} {
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
			if err != nil {
				return err
			}
			of := ""
			switch {
			case name == "handbook.yaml":
				of = "settings"
			case path.Dir(name) == "registers":
				of = strings.TrimSuffix(path.Base(name), ".yaml")
			case path.Base(name) == "index.md":
				of, text = "part", front(t, name, text)
			case path.Ext(name) == ".md":
				of, text = "section", front(t, name, text)
			default:
				return nil
			}
			count[of]++
			if v := read(t, text); v != nil {
				if err := validators[of].Validate(v); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for name := range validators {
		if count[name] == 0 {
			t.Errorf("there was no file of the kind %s", name)
		}
	}
}

// TestRegister holds that the register of the starter handbook conforms.
func TestRegister(t *testing.T) {
	b, _, err := book.Load(os.DirFS("../../../../content"), book.Options{})
	if err != nil {
		t.Fatal(err)
	}
	v := compile(t, kind(t, "handbook.json"))
	err = export.Files(b, export.Options{Day: date.New(2026, time.December, 1)}, func(name string, write func(io.Writer) error) error {
		var data bytes.Buffer
		if name != "handbook.json" {
			return nil
		}
		if err := write(&data); err != nil {
			return err
		}
		register, err := jsonschema.UnmarshalJSON(&data)
		if err != nil {
			return err
		}
		if err := v.Validate(register); err != nil {
			return err
		}
		register.(map[string]any)["sections"].([]any)[0].(map[string]any)["areas"] = "phones"
		if v.Validate(register) == nil {
			t.Error("a text for a list conforms")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestBadInputs holds that the schemas refuse files of the script tests that the
// reader refuses for their keys or for the form of a value.
func TestBadInputs(t *testing.T) {
	for _, c := range []struct{ script, file, kind string }{
		{"key_unknown", "slips.md", "section"}, {"key_unknown", "settings.yaml", "settings"}, {"key_unknown", "laws.yaml", "laws"}, {"key_unknown", "foreign.md", "section"},
		{"yaml_shape", "shapes.md", "section"}, {"yaml_shape", "title.md", "section"}, {"yaml_shape", "settings.yaml", "settings"},
		{"date_form", "forms.md", "section"}, {"date_ambiguous", "ambiguous.md", "section"},
		{"register_wrong", "map.yaml", "laws"}, {"register_wrong", "word.yaml", "references"}, {"register_wrong", "lists.yaml", "terms"}, {"register_wrong", "entries.yaml", "laws"},
		{"profile_wrong", "content/handbook.yaml", "settings"}, {"profile_wrong", "content/a.md", "section"}, {"fill_values", "wrong.txt", "settings"},
	} {
		archive, err := txtar.ParseFile("../../testdata/script/" + c.script + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(archive.Files, func(f txtar.File) bool { return f.Name == c.file })
		if i < 0 {
			t.Fatalf("%s has no file %s", c.script, c.file)
		}
		text := archive.Files[i].Data
		if path.Ext(c.file) == ".md" {
			text = front(t, c.file, text)
		}
		if v := compile(t, kind(t, c.kind)); v.Validate(read(t, text)) == nil {
			t.Errorf("%s of %s conforms", c.file, c.script)
		}
	}
}

// samples are values of every shape that people write.
var samples = []string{`word`, `two words`, `2026-05-30`, `2026-02-30x`, `05/30/2026`, `7`, `-1`, `100000`, `1.5`, `true`, `6 months`, `6 moons`, `https://example.org/`, `"#1d4f91"`, `a@example.org`,
	`US-MD`, `[word]`, `[US-MD]`, `[[word]]`, `[{a: b}]`, `{a: b}`, `{staff: words}`, `{fill: words}`, `{fill: words, a: b}`, `{staff: [b]}`, `{on: 2026-05-30, by: Ann}`, `[{on: 2026-05-30, by: Ann}]`, `{on: 2026-05-30}`,
	`[{id: word, name: Word}]`, `[{id: Word word}]`, `[{level: 1}]`, `[{level: x}]`, `[{published: 2026-05-30}]`, `[{published: may}]`}

// form are the rules that the form of a file is told under.
var form = []string{"unknown-key", "foreign-key", "wrong-type", "bad-date", "bad-period", "bad-value", "bad-id", "register"}

// TestReader holds the schemas to the strict reader: for each key, in its map,
// they accept of the samples what it accepts.
func TestReader(t *testing.T) {
	for _, k := range book.Kinds() {
		v := compile(t, kind(t, k.Name))
		full := kind(t, k.Name)
		walk(full.Keys, nil, func(way book.Keys, siblings book.Keys) {
			if way[0].Name == "checks" && len(way) > 1 {
				return // one of them stands for all
			}
			names := strings.Join(way.Names(), ".")
			values := slices.Clone(samples)
			for _, value := range way[len(way)-1].Values {
				values = append(values, value, "["+value+"]", value+"x")
			}
			for _, value := range values {
				text := written(way, siblings, value)
				if k.List {
					text = "- " + strings.ReplaceAll(strings.TrimSpace(with(full.Keys, way, text)), "\n", "\n  ") + "\n"
				}
				told := told(t, k, text)
				err := v.Validate(read(t, []byte(text)))
				if (err == nil) != (len(told) == 0) && !known(names, value, err == nil) {
					t.Errorf("%s %s: the schema says %v, and the reader %v of\n%s", k.Name, names, err, told, text)
				}
			}
		})
	}
}

// known reports whether schema and reader are known to differ on a value of a
// key: see the package comment, and what only the reader knows.
func known(key, value string, accepted bool) bool {
	last := key[strings.LastIndexByte(key, '.')+1:]
	if !accepted {
		// The reader takes true and an id of digits for texts.
		return value == "true" || last == "id" && (value == "7" || value == "100000")
	}
	// What a text must be is more than a pattern can say.
	return slices.Contains([]string{"timezone", "language", "text", "email", "publish", "url", "base_url", "keep", "includes"}, last) ||
		last == "agency" && value == "{a: b}"
}

// walk calls f for each key, at every depth, with the keys that lead to it and
// those beside it.
func walk(keys book.Keys, way book.Keys, f func(way, siblings book.Keys)) {
	for _, k := range keys {
		at := append(slices.Clone(way), k)
		f(at, keys)
		walk(k.Keys, at, f)
	}
}

// written writes a value under a key, within the keys that lead to it. What
// stands beside it and is required is there, too.
func written(way, siblings book.Keys, value string) string {
	last := len(way) - 1
	text := way[last].Name + ": " + value
	if last == 0 {
		return text + "\n"
	}
	for _, s := range siblings {
		if s.Required && s.Name != way[last].Name {
			text = s.Name + ": " + good(s) + ", " + text
		}
	}
	if way[last-1].Name == "amended" && !strings.Contains(text, "published:") {
		text = "published: 2026-01-01, " + text
	}
	text = "{" + text + "}"
	if way[last-1].Type == book.List {
		text = "[" + text + "]"
	}
	return way[last-1].Name + ": " + text + "\n"
}

// with adds the keys that an entry of a register must have.
func with(keys, way book.Keys, text string) string {
	for _, k := range keys {
		if (k.Required || k.Name == "title" && keys.Find("citation") != nil) && k.Name != way[0].Name {
			text = k.Name + ": " + good(k) + "\n" + text
		}
	}
	return text
}

// good returns a value that a key takes.
func good(k book.Key) string {
	switch k.Type {
	case book.Day:
		return "2026-05-30"
	case book.Number:
		return "1"
	}
	return "word"
}

// told returns the problems of form that the strict reader tells of a file.
func told(t *testing.T, k book.Kind, text string) []string {
	t.Helper()
	file := fstest.MapFS{"1-a/1-b.md": {Data: []byte("# B\n\nText.\n")}, "handbook.yaml": {Data: []byte("audiences: [{id: staff}]\n")}}
	switch k.Name {
	case "section":
		file["1-a/1-b.md"] = &fstest.MapFile{Data: []byte("---\n" + text + "---\n# B\n\nText.\n")}
	case "part":
		file["1-a/index.md"] = &fstest.MapFile{Data: []byte("---\n" + text + "---\nText.\n")}
	case "settings":
		file["handbook.yaml"].Data = []byte(text)
	default:
		file[k.File] = &fstest.MapFile{Data: []byte(text)}
	}
	_, ps, err := book.Load(file, book.Options{Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, p := range ps {
		if slices.Contains(form, p.Rule) && p.Severity != diag.Off {
			all = append(all, fmt.Sprintf("%s [%s]", p.Text, p.Rule))
		}
	}
	return all
}
