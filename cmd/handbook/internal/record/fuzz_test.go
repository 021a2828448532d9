package record

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// FuzzParse checks that no text makes the reader panic, that every problem
// lies in the text and can be printed, and that what is read holds nothing
// that a terminal would obey.
func FuzzParse(f *testing.F) {
	for _, s := range corpus.Hostile() {
		f.Add(s)
	}
	files := corpus.Handbook(1)
	for _, name := range []string{"handbook.yaml", "registers/laws.yaml", "registers/references.yaml", "registers/terms.yaml"} {
		f.Add(string(files[name].Data))
	}
	content := os.DirFS("../../../../content")
	_ = fs.WalkDir(content, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			if b, err := fs.ReadFile(content, name); err == nil {
				front, _, _ := strings.Cut(strings.TrimPrefix(string(b), "---\n"), "\n---\n")
				f.Add(front)
			}
		}
		return nil
	})
	f.Fuzz(func(t *testing.T, src string) {
		if len(src) > 64<<10 {
			return
		}
		r, v, ok := read(src)
		lines := 2 + strings.Count(src, "\n")
		check := func() {
			for _, p := range r.Problems {
				if p.Line < 1 || p.Line > lines+1 || p.Col < 0 || p.Rule == "" || p.Text == "" || p.Hint == "" || p.Severity != diag.Error {
					t.Errorf("%q: problem %+v", src, p)
				}
				if s := p.String(); strings.ContainsFunc(s, unicode.IsControl) || strings.Contains(s, "\n") {
					t.Errorf("%q: the problem %q cannot be printed", src, s)
				}
			}
		}
		check()
		if !ok {
			if len(r.Problems) == 0 {
				t.Errorf("%q cannot be read, and nobody says why", src)
			}
			return
		}
		plain(t, v.Any(), 0)
		m := v.Map("it", "title", "id")
		for _, k := range m.Keys() {
			m.Text(k)
			m.Texts(k)
			m.Date(k)
			m.Period(k)
			m.Int(k, 0, 9, 0)
			m.Bool(k)
			m.Choice(k, "a", "b")
			m.Value(k).Map("it", "on", "by")
		}
		check()
	})
}

// plain checks that a value is made of texts, lists and maps, not too deep and
// without control characters.
func plain(t *testing.T, v any, depth int) {
	if depth > MaxDepth {
		t.Errorf("%d levels", depth)
	}
	switch v := v.(type) {
	case nil:
	case string:
		if strings.ContainsFunc(v, control) {
			t.Errorf("the text %q", v)
		}
	case []any:
		for _, e := range v {
			plain(t, e, depth+1)
		}
	case map[string]any:
		for k, e := range v {
			plain(t, k, depth+1)
			plain(t, e, depth+1)
		}
	default:
		t.Errorf("%T %v", v, v)
	}
}
