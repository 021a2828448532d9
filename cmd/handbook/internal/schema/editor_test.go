package schema_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/schema"
)

// TestEditor opens files of a handbook in the language server that VS Code and
// other editors run for YAML. It fails where there is none, because what nobody
// tried is not known to work: .ci/test installs it and names it in
// YAML_LANGUAGE_SERVER.
func TestEditor(t *testing.T) {
	dir := t.TempDir()
	for _, k := range schema.Kinds() {
		data, err := schema.Of(k)
		if err != nil {
			t.Fatal(err)
		}
		save(t, filepath.Join(dir, ".schemas", k.Name+".json"), string(data))
	}
	schemas := map[string]string{}
	for _, name := range []string{"laws", "references", "terms"} {
		schemas[".schemas/"+name+".json"] = "content/registers/" + name + ".yaml"
	}
	e := startEditor(t, dir, schemas)

	// The line that names the schema, as a file of the content folder has it.
	const modeline = "# yaml-language-server: $schema=../.schemas/settings.json\n"
	for _, c := range []struct{ name, text, want string }{
		{"content/handbook.yaml", modeline + "title: Mine\nreview_every: 6 months\nagency: {phone: {fill: The number}, cats: 2}\nchecks: {unused-law: \"off\", unused-term: off}\n", ""},
		{"content/handbook.yaml", modeline + "review_every: 6 moons\n", "2: Write a whole number of days, weeks, months or years, such as 6 months."},
		{"content/handbook.yaml", modeline + "titel: Mine\n", "2: Property titel is not allowed."},
		{"content/handbook.yaml", modeline + "checks:\n  unused-law: of\n", `3: Value is not accepted. Valid values: "off", "warning", "error".`},
		{"content/handbook.yaml", modeline + "owners:\n  - name: Ann\n", `3: Missing property "id".`},
		{"content/handbook.yaml", modeline + "search: maybe\n", `2: Incorrect type. Expected "boolean".`},
		{"content/registers/laws.yaml", "- id: us-a\n  title: A\n  amended:\n    - {effective: 05/30/2026}\n", "4: Write the day as YYYY-MM-DD."},
		{"content/registers/terms.yaml", "id: phi\n", `1: Incorrect type. Expected "array".`},
	} {
		if got := e.open(filepath.Join(dir, c.name), c.text); got != c.want {
			t.Errorf("%s of\n%s\nis told\n%s\nwant\n%s", c.name, c.text, got, c.want)
		}
	}

	// The starter's own files, as they are.
	for _, name := range []string{"handbook.yaml", "registers/laws.yaml", "registers/references.yaml", "registers/terms.yaml"} {
		text, err := os.ReadFile(filepath.Join("../../../../content", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		file := string(text)
		if name == "handbook.yaml" {
			file = modeline + file
		}
		if got := e.open(filepath.Join(dir, "content", name), file); got != "" {
			t.Errorf("the starter's %s is told\n%s", name, got)
		}
	}

	// What is proposed and explained, with the place of the cursor as |.
	for _, c := range []struct{ name, text, want, explained string }{
		{"content/handbook.yaml", modeline + "title: Mine\nrev|", "review_every", ""},
		{"content/handbook.yaml", modeline + "audiences:\n  - id: a\n    pop|", "population", ""},
		{"content/handbook.yaml", modeline + "checks:\n  unused-l|", "unused-law", ""},
		{"content/handbook.yaml", modeline + "checks:\n  unused-law: |", "warning", ""},
		{"content/registers/laws.yaml", "- id: us-a\n  kind: |", "statute", ""},
		{"content/handbook.yaml", modeline + "rev|iew_every: 6 months\n", "", "How often sections are reviewed."},
		{"content/registers/references.yaml", "- id: a\n  rests_|on: [b]\n", "", "Ids of the references that it rests on."},
	} {
		before, after, _ := strings.Cut(c.text, "|")
		file := filepath.Join(dir, c.name)
		e.open(file, before+after)
		if proposed := e.complete(file, before); c.want != "" && !slices.Contains(proposed, c.want) {
			t.Errorf("%s of\n%s\nis completed with %v, want %s", c.name, c.text, proposed, c.want)
		}
		if hover := e.hover(file, before); !strings.Contains(hover, c.explained) {
			t.Errorf("%s of\n%s\nis explained by %q, want %q", c.name, c.text, hover, c.explained)
		}
	}
}

func save(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// An editor speaks to a language server as editors do: see the Language Server
// Protocol.
type editor struct {
	t        *testing.T
	to       io.Writer
	from     *textproto.Reader
	settings object // below yaml
	asked    bool   // the server knows them
	last     int    // the id of the last request
	version  int    // of the documents
}

// startEditor starts a language server for a folder. schemas are what the setting
// yaml.schemas holds.
func startEditor(t *testing.T, dir string, schemas map[string]string) *editor {
	t.Helper()
	name := os.Getenv("YAML_LANGUAGE_SERVER")
	if name == "" {
		name = "yaml-language-server"
	}
	if _, err := exec.LookPath(name); err != nil {
		t.Fatal("no YAML language server found: npm install -g yaml-language-server, or set YAML_LANGUAGE_SERVER to its path")
	}
	c := exec.CommandContext(t.Context(), name, "--stdio")
	c.Dir, c.Stderr = dir, os.Stderr
	to, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	from, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Wait() }) // the context of the test has ended it
	e := &editor{t: t, to: to, from: textproto.NewReader(bufio.NewReader(from)), settings: object{"schemas": schemas, "validate": true, "hover": true, "completion": true,
		"schemaStore": object{"enable": false}}} // nothing is fetched from elsewhere
	e.request("initialize", object{"processId": os.Getpid(), "rootUri": uri(dir), "workspaceFolders": []object{{"uri": uri(dir), "name": "handbook"}},
		"capabilities": object{"textDocument": object{"publishDiagnostics": object{}, "hover": object{"contentFormat": []string{"markdown"}}, "completion": object{}}}})
	e.notify("initialized", object{})
	e.notify("workspace/didChangeConfiguration", object{"settings": nil})
	for !e.asked { // for the settings, before a file is opened
		e.receive(&struct{}{})
	}
	return e
}

type object = map[string]any

func uri(file string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(file)}).String()
}

// open opens a file, and returns what is told of it, line by line.
func (e *editor) open(file, text string) string {
	e.t.Helper()
	save(e.t, file, text)
	e.version++
	e.notify("textDocument/didOpen", object{"textDocument": object{"uri": uri(file), "languageId": "yaml", "version": e.version, "text": text}})
	for {
		var m struct {
			Method string
			Params struct {
				URI         string
				Version     int
				Diagnostics []struct {
					Message string
					Range   struct{ Start struct{ Line int } }
				}
			}
		}
		if e.receive(&m); m.Method != "textDocument/publishDiagnostics" || m.Params.URI != uri(file) {
			continue
		}
		var told []string
		for _, d := range m.Params.Diagnostics {
			told = append(told, fmt.Sprintf("%d: %s", d.Range.Start.Line+1, d.Message))
		}
		return strings.Join(told, "\n")
	}
}

// at returns the parameters of a question about the place after a text.
func at(file, before string) object {
	line := strings.Count(before, "\n")
	return object{"textDocument": object{"uri": uri(file)}, "position": object{"line": line, "character": len(before) - 1 - strings.LastIndexByte(before, '\n')}}
}

// complete returns what is proposed at the place after a text.
func (e *editor) complete(file, before string) []string {
	e.t.Helper()
	var list struct{ Items []struct{ Label string } }
	e.result(e.request("textDocument/completion", at(file, before)), &list)
	var labels []string
	for _, it := range list.Items {
		labels = append(labels, it.Label)
	}
	return labels
}

// hover returns what is said of the place after a text.
func (e *editor) hover(file, before string) string {
	e.t.Helper()
	var h struct{ Contents struct{ Value string } }
	e.result(e.request("textDocument/hover", at(file, before)), &h)
	return h.Contents.Value
}

func (e *editor) result(data json.RawMessage, into any) {
	e.t.Helper()
	if err := json.Unmarshal(data, into); err != nil {
		e.t.Fatalf("%v: %s", err, data)
	}
}

func (e *editor) notify(method string, params object) {
	e.t.Helper()
	e.send(object{"jsonrpc": "2.0", "method": method, "params": params})
}

// request asks for something and returns the answer.
func (e *editor) request(method string, params object) json.RawMessage {
	e.t.Helper()
	e.last++
	e.send(object{"jsonrpc": "2.0", "id": e.last, "method": method, "params": params})
	for {
		var m struct {
			ID     any
			Method string
			Result json.RawMessage
			Error  json.RawMessage
		}
		switch e.receive(&m); {
		case m.ID != float64(e.last) || m.Method != "":
		case m.Error != nil:
			e.t.Fatalf("%s: %s", method, m.Error)
		default:
			return m.Result
		}
	}
}

func (e *editor) send(message object) {
	e.t.Helper()
	data, err := json.Marshal(message)
	if err == nil {
		_, err = fmt.Fprintf(e.to, "Content-Length: %d\r\n\r\n%s", len(data), data)
	}
	if err != nil {
		e.t.Fatal(err)
	}
}

// receive reads the next message.
func (e *editor) receive(into any) {
	e.t.Helper()
	head, err := e.from.ReadMIMEHeader()
	if err != nil {
		e.t.Fatal("the language server ended: ", err)
	}
	n, err := strconv.Atoi(head.Get("Content-Length"))
	if err != nil {
		e.t.Fatal(err)
	}
	data := make([]byte, n)
	if _, err := io.ReadFull(e.from.R, data); err != nil {
		e.t.Fatal(err)
	}
	e.result(data, into)
	var asked struct {
		ID     any
		Method string
	}
	if e.result(data, &asked); asked.ID == nil || asked.Method == "" {
		return
	}
	var answer any // to a request of the server
	if asked.Method == "workspace/configuration" {
		answer, e.asked = []object{e.settings, {}, {}, {}}, true
	}
	e.send(object{"jsonrpc": "2.0", "id": asked.ID, "result": answer})
}
