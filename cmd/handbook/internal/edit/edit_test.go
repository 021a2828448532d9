package edit

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	yaml "go.yaml.in/yaml/v4"
)

func record() []Field {
	return []Field{{Key: "on", Text: "2026-05-30"}, {Key: "by", Text: "Ann"}}
}

const (
	item = "{on: 2026-05-30, by: Ann}"
	bom  = "\xEF\xBB\xBF"
)

func TestAppend(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"no key", "---\ntitle: A\n---\nBody\n", "---\ntitle: A\nreviews:\n  - " + item + "\n---\nBody\n"},
		{"no key, comment last", "---\ntitle: A\n# end\n---\n", "---\ntitle: A\n# end\nreviews:\n  - " + item + "\n---\n"},
		{"no key, block text last", "---\nsummary: |\n  one\n\n---\nBody", "---\nsummary: |\n  one\n\nreviews:\n  - " + item + "\n---\nBody"},
		{"no front matter", "# A\n\nBody\n", "---\nreviews:\n  - " + item + "\n---\n# A\n\nBody\n"},
		{"no front matter, mark and CRLF", bom + "# A\r\nBody\r\n", bom + "---\r\nreviews:\r\n  - " + item + "\r\n---\r\n# A\r\nBody\r\n"},
		{"empty file", "", "---\nreviews:\n  - " + item + "\n---\n"},
		{"empty front matter", "---\n---\nBody", "---\nreviews:\n  - " + item + "\n---\nBody"},
		{"only a comment", "---\n# later\n---\nBody", "---\n# later\nreviews:\n  - " + item + "\n---\nBody"},
		{"CRLF", "---\r\ntitle: A\r\n---\r\nBody\r\n", "---\r\ntitle: A\r\nreviews:\r\n  - " + item + "\r\n---\r\nBody\r\n"},
		{"mark", bom + "---\ntitle: A\n---\n", bom + "---\ntitle: A\nreviews:\n  - " + item + "\n---\n"},
		{"mixed line ends", "---\ntitle: A\r\n---\r\nBody\n", "---\ntitle: A\r\nreviews:\n  - " + item + "\n---\r\nBody\n"},
		{"fence with spaces", "---  \ntitle: A\n--- \nBody", "---  \ntitle: A\nreviews:\n  - " + item + "\n--- \nBody"},
		{"indented keys", "---\n  title: A\n---\n", "---\n  title: A\n  reviews:\n    - " + item + "\n---\n"},

		{"no value", "---\nreviews:\ntitle: A\n---\n", "---\nreviews:\n  - " + item + "\ntitle: A\n---\n"},
		{"no value, comment", "---\nreviews: # none yet\ntitle: A\n---\n", "---\nreviews: # none yet\n  - " + item + "\ntitle: A\n---\n"},
		{"no value, CRLF", "---\r\nreviews:\r\ntitle: A\r\n---\r\n", "---\r\nreviews:\r\n  - " + item + "\r\ntitle: A\r\n---\r\n"},
		{"null", "---\nreviews: ~ # none\ntitle: A\n---\n", "---\nreviews:\n  - " + item + " # none\ntitle: A\n---\n"},
		{"word null", "---\nreviews: null\n---\n", "---\nreviews:\n  - " + item + "\n---\n"},

		{"brackets, empty", "---\nreviews: []\n---\n", "---\nreviews: [" + item + "]\n---\n"},
		{"brackets, empty, comment", "---\nreviews: [ ] # none\n---\n", "---\nreviews: [" + item + " ] # none\n---\n"},
		{"brackets, one", "---\nreviews: [{on: 2025-01-01, by: B}]\n---\n", "---\nreviews: [{on: 2025-01-01, by: B}, " + item + "]\n---\n"},
		{"brackets, comma last", "---\nreviews: [{on: 2025-01-01},]\n---\n", "---\nreviews: [{on: 2025-01-01}, " + item + "]\n---\n"},
		{"brackets on lines", "---\nreviews: [\n  {by: B}, # first ]\n  {by: \"C]\"} # second\n]\ntitle: A\n---\n",
			"---\nreviews: [\n  {by: B}, # first ]\n  {by: \"C]\"}, # second\n  " + item + "\n]\ntitle: A\n---\n"},
		{"brackets on lines, comma last", "---\r\nreviews: [\r\n  {by: B},\r\n]\r\n---\r\n",
			"---\r\nreviews: [\r\n  {by: B},\r\n  " + item + "\r\n]\r\n---\r\n"},
		{"brackets beneath the key", "---\nreviews:\n  [{by: B}]\n---\n", "---\nreviews:\n  [{by: B}, " + item + "]\n---\n"},
		{"quotes in brackets", "---\nreviews: [{by: Mary O'Brien ], checked: 'a'']b'}]\n---\n", ""},
		{"apostrophe in brackets", "---\nreviews: [{by: Mary O'Brien, checked: ['it''s]']}]\n---\n",
			"---\nreviews: [{by: Mary O'Brien, checked: ['it''s]']}, " + item + "]\n---\n"},
		{"key in quotes", "---\n\"reviews\": []\n---\n", "---\n\"reviews\": [" + item + "]\n---\n"},

		{"dashes", "---\nreviews:\n  - {by: B}\ntitle: A\n---\n", "---\nreviews:\n  - {by: B}\n  - " + item + "\ntitle: A\n---\n"},
		{"dashes, last key", "---\nreviews:\n  - {by: B}\n---\nBody", "---\nreviews:\n  - {by: B}\n  - " + item + "\n---\nBody"},
		{"dashes at the margin", "---\nreviews:\n- by: B\n  on: 2025-01-01\ntitle: A\n---\n", "---\nreviews:\n- by: B\n  on: 2025-01-01\n- " + item + "\ntitle: A\n---\n"},
		{"dashes, deep", "---\nreviews:\n      - by: B\n        checked:\n          - laws\ntitle: A\n---\n",
			"---\nreviews:\n      - by: B\n        checked:\n          - laws\n      - " + item + "\ntitle: A\n---\n"},
		{"dashes, own comment and another's", "---\nreviews:\n  - {by: B}\n  # asked counsel\n\n# the title\ntitle: A\n---\n",
			"---\nreviews:\n  - {by: B}\n  # asked counsel\n  - " + item + "\n\n# the title\ntitle: A\n---\n"},
		{"dashes, margin, another's comment", "---\nreviews:\n- by: B\n# the title\ntitle: A\n---\n", "---\nreviews:\n- by: B\n- " + item + "\n# the title\ntitle: A\n---\n"},
		{"dashes, CRLF and mark", bom + "---\r\nreviews:\r\n  - {by: B}\r\ntitle: A\r\n---\r\nBody\r\n",
			bom + "---\r\nreviews:\r\n  - {by: B}\r\n  - " + item + "\r\ntitle: A\r\n---\r\nBody\r\n"},
		{"dashes, a block text with a hash", "---\nreviews:\n  - by: |\n      B\n      # not a comment\ntitle: A\n---\n",
			"---\nreviews:\n  - by: |\n      B\n      # not a comment\n  - " + item + "\ntitle: A\n---\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Append([]byte(c.in), "reviews", record())
			if c.want == "" {
				if err == nil {
					t.Fatalf("no error for\n%s\ngot\n%s", c.in, got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			oneMore(t, c.in, string(got))
		})
	}
}

// oneMore checks what no expectation can get wrong: the old records are all
// there, then the new one, and no other key changed.
func oneMore(t *testing.T, before, after string) {
	t.Helper()
	old, now := keys(t, before), keys(t, after)
	list, ok := now["reviews"].([]any)
	if !ok || len(list) == 0 {
		t.Fatalf("reviews is %v", now["reviews"])
	}
	was, _ := old["reviews"].([]any)
	if diff := cmp.Diff(append(was[:len(was):len(was)], map[string]any{"on": "2026-05-30", "by": "Ann"}), list); diff != "" {
		t.Errorf("reviews (-want +got)\n%s", diff)
	}
	delete(old, "reviews")
	delete(now, "reviews")
	if diff := cmp.Diff(old, now); diff != "" {
		t.Errorf("other keys (-before +after)\n%s", diff)
	}
}

func keys(t *testing.T, file string) map[string]any {
	t.Helper()
	out := map[string]any{}
	m, err := parse([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	if m.root == nil {
		return out
	}
	var texts func(n *yaml.Node) any
	texts = func(n *yaml.Node) any {
		switch n.Kind {
		case yaml.SequenceNode:
			list := []any{}
			for _, c := range n.Content {
				list = append(list, texts(c))
			}
			return list
		case yaml.MappingNode:
			mm := map[string]any{}
			for i := 0; i+1 < len(n.Content); i += 2 {
				mm[n.Content[i].Value] = texts(n.Content[i+1])
			}
			return mm
		}
		return n.Value
	}
	return texts(m.root).(map[string]any)
}

func TestSet(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"no key", "---\ntitle: A\n---\nBody", "---\ntitle: A\ncounsel: " + item + "\n---\nBody"},
		{"no front matter", "# A\r\n", "---\r\ncounsel: " + item + "\r\n---\r\n# A\r\n"},
		{"no value", "---\ncounsel:\ntitle: A\n---\n", "---\ncounsel: " + item + "\ntitle: A\n---\n"},
		{"no value, comment", "---\ncounsel: # not yet\n---\n", "---\ncounsel: " + item + " # not yet\n---\n"},
		{"null", "---\ncounsel: null\n---\n", "---\ncounsel: " + item + "\n---\n"},
		{"braces", "---\ncounsel: {on: 2025-01-01, by: \"B }\"} # last year\ntitle: A\n---\n", "---\ncounsel: " + item + " # last year\ntitle: A\n---\n"},
		{"braces on lines", "---\ncounsel: {\n  on: 2025-01-01\n  }\ntitle: A\n---\n", "---\ncounsel: " + item + "\ntitle: A\n---\n"},
		{"lines", "---\r\ncounsel:\r\n  on: 2025-01-01\r\n  by: B\r\n# title\r\ntitle: A\r\n---\r\n", "---\r\ncounsel:\r\n  " + item + "\r\n# title\r\ntitle: A\r\n---\r\n"},
		// Case R5
		{"lines, comments", "---\ncounsel:\n  # asked in May\n  on: 2025-01-01  # by mail\n# of the firm\n  by: \"B # C\" # of the board\n  note: it's#1\n# title\ntitle: A\n---\n",
			"---\ncounsel:\n  # asked in May\n  # by mail\n  # of the firm\n  # of the board\n  " + item + "\n# title\ntitle: A\n---\n"},
		{"lines, comments, Windows", "---\r\ncounsel:\r\n  on: 2025-01-01 # by mail \r\n  by: B\r\n---\r\n", "---\r\ncounsel:\r\n  # by mail\r\n  " + item + "\r\n---\r\n"},
		{"lines, last", "---\ncounsel: # signed\n    on: 2025-01-01\n---\n", "---\ncounsel: # signed\n    " + item + "\n---\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Set([]byte(c.in), "counsel", record())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			old, now := keys(t, c.in), keys(t, string(got))
			if diff := cmp.Diff(map[string]any{"on": "2026-05-30", "by": "Ann"}, now["counsel"]); diff != "" {
				t.Errorf("counsel (-want +got)\n%s", diff)
			}
			delete(old, "counsel")
			delete(now, "counsel")
			if diff := cmp.Diff(old, now); diff != "" {
				t.Errorf("other keys (-before +after)\n%s", diff)
			}
		})
	}
}

// TestOtherLineEnds returns front matter with line ends that only YAML knows.
func TestOtherLineEnds(t *testing.T) { // Case R6
	for in, line := range map[string]int{
		"---\n00000: 0\r \n---":                    2,
		"---\ntitle: A\rreviews: []\n---\n":        2,
		"---\na: 1\ntitle: \"A\u2028B\"\n---\n":    3,
		"---\ntitle: A\u0085reviews:\n---\n":       2,
		"---\r\ntitle: A\r\r\nreviews:\r\n---\r\n": 2,
	} {
		for name, edit := range map[string]func([]byte, string, []Field) ([]byte, error){"Append": Append, "Set": Set, "Add": Add} {
			_, err := edit([]byte(in), "reviews", record())
			var e *Error
			if !errors.As(err, &e) || e.Line != line {
				t.Errorf("%s: %q: %v, want an error in line %d", name, in, err, line)
			}
		}
	}
}

// TestSetKeepsComments refuses what would lose a comment.
func TestSetKeepsComments(t *testing.T) { // Case R5
	in := "---\ncounsel: {on: 2025-01-01, # by mail\n  by: B}\n---\n"
	if out, err := Set([]byte(in), "counsel", record()); err == nil {
		t.Errorf("the comment is lost:\n%s", out)
	}
}

func TestAdd(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"no key", "---\ntitle: A\n---\nBody", "---\ntitle: A\napproved: " + item + "\n---\nBody"},
		{"no front matter", "# A\r\n", "---\r\napproved: " + item + "\r\n---\r\n# A\r\n"},
		{"no value, comment", "---\napproved: # not yet\n---\n", "---\napproved: " + item + " # not yet\n---\n"},
		{"a list with dashes", "---\napproved:\n  - {by: B} # first\ntitle: A\n---\n", "---\napproved:\n  - {by: B} # first\n  - " + item + "\ntitle: A\n---\n"},
		{"a list in brackets", "---\napproved: [{by: B}] # first\n---\n", "---\napproved: [{by: B}, " + item + "] # first\n---\n"},
		{"an empty list", "---\napproved: []\n---\n", "---\napproved: [" + item + "]\n---\n"},
		{"braces", "---\napproved:  {on: 2025-01-01, by: \"B }\"}  # by vote\ntitle: A\n---\n",
			"---\napproved:\n  - {on: 2025-01-01, by: \"B }\"}  # by vote\n  - " + item + "\ntitle: A\n---\n"},
		{"braces, last key, CRLF", bom + "---\r\ntitle: A\r\napproved: {by: B}\r\n---\r\nBody\r\n",
			bom + "---\r\ntitle: A\r\napproved:\r\n  - {by: B}\r\n  - " + item + "\r\n---\r\nBody\r\n"},
		{"braces, indented keys", "---\n  approved: {by: B}\n  title: A\n---\n", "---\n  approved:\n    - {by: B}\n    - " + item + "\n  title: A\n---\n"},
		{"braces on lines", "---\napproved: {\n  on: 2025-01-01 # first\n  }\ntitle: A\n---\n", "---\napproved: [{\n  on: 2025-01-01 # first\n  }, " + item + "]\ntitle: A\n---\n"},
		{"braces beneath the key", "---\napproved: # first\n  {by: B}\ntitle: A\n---\n", "---\napproved: # first\n  [{by: B}, " + item + "]\ntitle: A\n---\n"},
		{"lines", "---\r\napproved: # by vote\r\n  on: 2025-01-01 # a day\r\n  # the board\r\n\r\n  by: |\r\n    B\r\n    # not a comment\r\n# title\r\ntitle: A\r\n---\r\n",
			"---\r\napproved: # by vote\r\n  - on: 2025-01-01 # a day\r\n    # the board\r\n\r\n    by: |\r\n      B\r\n      # not a comment\r\n  - " + item + "\r\n# title\r\ntitle: A\r\n---\r\n"},
		{"lines, last", "---\ntitle: A\napproved:\n    by: B\n---\n", "---\ntitle: A\napproved:\n    - by: B\n    - " + item + "\n---\n"},
		{"key in quotes", "---\n\"approved\": {by: B}\n---\n", "---\n\"approved\":\n  - {by: B}\n  - " + item + "\n---\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Add([]byte(c.in), "approved", record())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			old, now := keys(t, c.in), keys(t, string(got))
			want := any(map[string]any{"on": "2026-05-30", "by": "Ann"})
			switch was := old["approved"].(type) {
			case []any:
				want = append(was, want)
			case map[string]any:
				want = []any{was, want}
			}
			if diff := cmp.Diff(want, now["approved"]); diff != "" {
				t.Errorf("approved (-want +got)\n%s", diff)
			}
			delete(old, "approved")
			delete(now, "approved")
			if diff := cmp.Diff(old, now); diff != "" {
				t.Errorf("other keys (-before +after)\n%s", diff)
			}
			if _, err := Add(got, "approved", record()); err != nil {
				t.Errorf("a third record: %v", err)
			}
		})
	}
	for _, in := range []string{"---\napproved: today\n---\n", "---\n{approved: {by: B}}\n---\n"} {
		if got, err := Add([]byte(in), "approved", record()); err == nil {
			t.Errorf("%q gives %q", in, got)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		name, in, key string
		line          int
		text          string
	}{
		{"not closed", "---\ntitle: A\n", "reviews", 1, "not closed"},
		{"broken", "---\ntitle: A: B\n---\n", "reviews", 1, "cannot be read as YAML"},
		{"front matter in braces", "---\n{title: A}\n---\n", "reviews", 2, "not written as one key on each line"},
		{"front matter is a list", "---\n- title\n---\n", "reviews", 2, "not written as one key on each line"},
		{"question mark", "---\ntitle: A\n? reviews\n: []\n---\n", "reviews", 3, "question mark"},
		{"one value for a list", "---\ntitle: A\nreviews: today\n---\n", "reviews", 3, "must be a list"},
		{"a map for a list", "---\nreviews: {on: 2025-01-01}\n---\n", "reviews", 2, "must be a list"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := Append([]byte(c.in), c.key, record())
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("error %v, file %q", err, got)
			}
			if e.Line != c.line || !strings.Contains(e.Text, c.text) || e.Hint == "" {
				t.Errorf("line %d: %s (hint: %s); want line %d: %s", e.Line, e.Text, e.Hint, c.line, c.text)
			}
		})
	}
	if _, err := Set([]byte("---\ncounsel: [a]\n---\n"), "counsel", record()); err == nil || !strings.Contains(err.Error(), "must be a map") {
		t.Errorf("a list for counsel: %v", err)
	}
}

func TestScalar(t *testing.T) {
	for in, want := range map[string]string{
		"Privacy officer": "Privacy officer", "no-change": "no-change", "4f2a9c01": "4f2a9c01", "h2:1f2e07d4-93ab55c8-7c1e09aa4f2a9c01": "h2:1f2e07d4-93ab55c8-7c1e09aa4f2a9c01", "h2:12e4": "h2:12e4", "h2:": `"h2:"`, "h2: a": `"h2: a"`, "2026-05-30": "2026-05-30", "Mary O'Brien": "Mary O'Brien",
		"Zoë & Søn": "Zoë & Søn", "us-tcpa": "us-tcpa", "Dr. A. Jones (counsel)": "Dr. A. Jones (counsel)",
		"": `""`, "12345678": `"12345678"`, "4e123456": `"4e123456"`, "0b110101": `"0b110101"`, "no": `"no"`, "On": `"On"`, "null": `"null"`, "~": `"~"`, "1.10": `"1.10"`,
		"A: B": `"A: B"`, "a, b": `"a, b"`, "[x]": `"[x]"`, "- x": `"- x"`, "x #y": `"x #y"`, "'x'": `"'x'"`, `say "hi"`: `"say \"hi\""`, " x": `" x"`, "a\nb": `"a\nb"`, "<b>": `"<b>"`, "2026-13-45x": "2026-13-45x",
		"a\u202eb": "\"a\u202eb\"", "*x": `"*x"`, "!x": `"!x"`, "x:": `"x:"`, "0x1F": `"0x1F"`, "1_000": `"1_000"`, "true": `"true"`, "2001-12-14 21:59:43": `"2001-12-14 21:59:43"`,
	} {
		if got := Scalar(in); got != want {
			t.Errorf("Scalar(%q) = %s, want %s", in, got, want)
		}
		var back struct{ V string }
		if err := yaml.Load([]byte("{v: "+Scalar(in)+", w: x}"), &back); err != nil || back.V != in {
			t.Errorf("Scalar(%q) reads back as %q, %v", in, back.V, err)
		}
	}
	if got, want := Flow([]Field{{Key: "a", Text: "x, y"}, {Key: "b", List: []string{"p", "q:"}}, {Key: "c", List: []string{}}}), `{a: "x, y", b: [p, "q:"], c: []}`; got != want {
		t.Errorf("Flow gives %s, want %s", got, want)
	}
}

func TestAppendEntry(t *testing.T) {
	entry := []Field{{Key: "id", Text: "x"}, {Key: "areas", List: []string{"a", "b"}}, {Comment: "fill in:"}, {Key: "url", Text: ""}}
	const text = "- id: x\n  areas: [a, b]\n  # fill in:\n  url: \"\"\n"
	for _, c := range []struct{ name, in, want string }{
		{"no file", "", text},
		{"only comments", "# laws\n", "# laws\n" + text},
		{"empty list", "# laws\n[]\n", "# laws\n" + text},
		{"empty list, comment", "[] # none\n", text + " # none\n"},
		{"one", "- id: w\n  url: \"\"\n", "- id: w\n  url: \"\"\n" + text},
		{"no last line end", "- id: w", "- id: w\n" + text},
		{"blank lines between", "- id: v\n\n- id: w\n", "- id: v\n\n- id: w\n\n" + text},
		{"blank line last", "- id: v\n\n- id: w\n\n", "- id: v\n\n- id: w\n\n" + text},
		{"comment last", "- id: w\n# end\n", "- id: w\n# end\n" + text},
		{"CRLF", "- id: w\r\n", "- id: w\r\n" + strings.ReplaceAll(text, "\n", "\r\n")},
		{"mark", bom + "- id: w\n", bom + "- id: w\n" + text},
		{"mark, empty list", bom + "[]\n", bom + text},
		{"indented", "  - id: w\n", "  - id: w\n" + "  " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n  ") + "\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := AppendEntry([]byte(c.in), entry)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(got)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			var list []map[string]any
			if err := yaml.Load(got, &list); err != nil || len(list) == 0 || list[len(list)-1]["id"] != "x" {
				t.Errorf("reads back as %v, %v", list, err)
			}
		})
	}
	for name, in := range map[string]string{"map": "laws:\n  - id: w\n", "brackets": "[{id: w}]\n", "broken": "- id: [\n"} {
		if got, err := AppendEntry([]byte(in), entry); err == nil {
			t.Errorf("%s: not refused, gives %q", name, got)
		}
	}
}

// FuzzAppend looks for a front matter that Append trips over. What it gives
// out has been compared with what it was given, so here is only checked that
// no byte went missing, but for a null that gave way.
func FuzzAppend(f *testing.F) {
	for _, s := range []string{"---\nreviews: []\n---\nB", "---\nreviews:\n- {a: b}\n# c\nx: y\n---\nB", "---\r\nreviews: [{a: 'b]'}, # c\r\n]\r\n---\r\nB",
		"---\nreviews: ~\n---\n", "---\n? reviews\n: [a]\n---\n", "---\n\"reviews\":\n\n  - |\n    a\n\n---\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := Append([]byte(in), "reviews", record())
		if err != nil {
			return
		}
		i := 0
		for _, c := range got {
			if i < len(in) && in[i] == c {
				i++
			}
		}
		if i < len(in) && !strings.Contains(in, "~") && !strings.Contains(strings.ToLower(in), "null") {
			t.Errorf("byte %d of %q is lost: %q", i, in, got)
		}
	})
}
