package book

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestPartTitles calls folders without an opening by their names. Case D9.
func TestPartTitles(t *testing.T) {
	for _, c := range []struct{ files, want string }{
		{"ai/use.md=We use AI with care. | it/help.md=The IT desk helps.", "ai AI, it IT"},
		{"ai/use.md=Text. | it/help.md=Ask it. IT helps.", "ai Ai, it It"},
		{"ai/use.md=Text. | home.md=Many say AI.", "ai AI"},
		{"ai-tools/use.md=AI and tools.", "ai-tools AI tools"},
		{"hipaa/a.md=Text. | registers/terms.yaml=- {id: hipaa, term: HIPAA, definition: A law.}", "hipaa HIPAA"},
		{"hipaa/a.md=Text. | registers/laws.yaml=- {id: us-hipaa, short: HIPAA, title: The Act}", "hipaa HIPAA"},
		{"it/a.md=# IT support\n\nDo it. | b.md=# Other", "it IT"},
		{"it/a.md=# IT support\n\nText. | b.md=# Make it work\n\nText.", "it It"},
		{"ai/index.md=# Of minds\n\nText. | ai/use.md=AI.", "ai Of minds"},
		{"ai/overview/a.md=AI. | it/overview/b.md=Text. | it/c.md=Text.", "ai/overview AI: Overview, it It, it/overview It: Overview"},
		{"2-a/1-deep/1-x.md=Text.", "2-a/1-deep Deep"},
	} {
		fsys := fstest.MapFS{}
		for _, f := range strings.Split(c.files, " | ") {
			name, text, _ := strings.Cut(f, "=")
			fsys[name] = &fstest.MapFile{Data: []byte(text + "\n")}
		}
		b, _, err := Load(fsys, Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range b.Parts {
			got = append(got, p.Dir+" "+p.Title)
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: got %s, want %s", c.files, strings.Join(got, ", "), c.want)
		}
	}
}
