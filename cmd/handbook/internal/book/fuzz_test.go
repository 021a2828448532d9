package book

import (
	"html"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/sitepath"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// FuzzLoad checks that no page, register or setting, under any name, makes Load
// panic or fail, and that what it gives can be built: addresses that every
// system takes and that no two share, links that lead to what is there, ids
// that no two elements of the whole handbook share.
func FuzzLoad(f *testing.F) {
	names := []string{"3-c.md", "1-a/2-b.md", "handbook.yaml", "registers/laws.yaml", "registers/references.yaml", "registers/terms.yaml", "1-a/README.md", "1-a/İ.MD", "con.md", "x/../y.md", "a b/é.md"}
	for i, s := range corpus.Hostile() {
		f.Add(names[i%len(names)], s)
	}
	content := os.DirFS("../../../../content")
	_ = fs.WalkDir(content, ".", func(name string, d fs.DirEntry, err error) error {
		if b, err := fs.ReadFile(content, name); err == nil {
			f.Add(name, string(b))
		}
		return nil
	})
	small := corpus.Handbook(2)
	for name, file := range small {
		f.Add(name, string(file.Data))
	}
	f.Fuzz(func(t *testing.T, name, text string) {
		if !fs.ValidPath(name) || name == "." || len(name) > 300 || len(text) > 64<<10 {
			return
		}
		files := fstest.MapFS{
			"1-a/index.md": {Data: []byte("# A\n\n[b](1-b.md#rule-1) [c](../3-c.md) [d](../2-d/1-b.md)\n")},
			"1-a/1-b.md":   {Data: []byte("---\nowner: o\nareas: [x]\nlaws: [us-a]\nsuperseded_by: c\n---\n# B\n\n::: rule {#rule-1 laws=us-a references=ref-b}\nx [@ref-b] [c](../3-c.md)\n:::\n")},
			"2-d/1-b.md":   {Data: []byte("# Also B\n\nx[^1]\n\n[^1]: y\n")},
		}
		for prefix := name; strings.Contains(prefix, "/"); {
			prefix = prefix[:strings.LastIndexByte(prefix, '/')]
			if files[prefix] != nil {
				return // a file in the place of a folder
			}
		}
		for other := range files {
			if strings.HasPrefix(other, name+"/") {
				return
			}
		}
		files[name] = &fstest.MapFile{Data: []byte(text)}
		b, problems, err := Load(files, Options{Dir: "content/", Drafts: true})
		if err != nil {
			t.Fatalf("%q: %v", name, err)
		}
		for _, p := range problems {
			if p.File == "" || p.Rule == "" || p.Text == "" || p.Hint == "" || p.Line < 0 || strings.ContainsFunc(p.String(), unicode.IsControl) {
				t.Errorf("%q: problem %+v", name, p)
			}
		}
		checkBook(t, b, files)
	})
}

// checkBook checks what every Book promises.
func checkBook(t *testing.T, b *Book, files fstest.MapFS) {
	taken := map[string]string{}
	take := func(path, by string) {
		if err := sitepath.Check(path); err != nil {
			t.Errorf("%s: %v", by, err)
		}
		key := sitepath.Fold(path)
		if other, twice := taken[key]; twice {
			t.Errorf("%s and %s have the address %q", by, other, path)
		}
		taken[key] = by
	}
	for _, own := range ReservedPaths() {
		take(own, "the handbook")
	}
	docs := map[string]*markdown.Doc{}
	if b.Home != nil {
		docs["index.html"] = b.Home.Doc
	}
	for _, p := range b.Parts {
		take(p.Path, p.Dir)
		if p.Index != nil {
			docs[p.Path] = p.Index.Doc
		}
	}
	for _, s := range b.Sections {
		take(s.Path, s.Source)
		docs[s.Path] = s.Doc
		if b.Section(s.ID) != s || s.ID != markdown.Slug(s.ID) || s.Title == "" || !utf8.ValidString(s.Title) || !secondScheme.MatchString(s.TextHash) || s.Version < 1 || s.Pos.File != "content/"+s.Source {
			t.Errorf("section %+v", s)
		}
	}
	for _, l := range b.Laws {
		take(l.Path, l.ID)
	}
	for _, r := range b.References {
		take(r.Path, r.ID)
		for next, n := r.SupersededBy, 0; next != nil; next, n = next.SupersededBy, n+1 {
			if n > len(b.References) {
				t.Fatalf("the references that supersede %s go round", r.ID)
			}
		}
	}
	for _, f := range b.Files {
		take(f.Path, f.Source)
		if files[f.Source] == nil {
			t.Errorf("the file %s does not exist", f.Source)
		}
	}
	for _, r := range b.Redirects {
		take(r.From, "an alias")
	}
	ids := map[string]string{}
	for path, doc := range docs {
		page := doc.HTML().Append(nil, func(dst []byte, target markdown.Target) []byte {
			if target.URL == "" {
				if _, ok := taken[sitepath.Fold(target.Path)]; !ok {
					t.Errorf("a link of %s leads to %q, which is not there", path, target.Path)
				}
				if to := docs[target.Path]; to != nil && target.ID != "" && !strings.Contains(write(to), ` id="`+target.ID+`"`) {
					t.Errorf("a link of %s leads to %s#%s, which is not there", path, target.Path, target.ID)
				}
			} else if scheme, _, ok := strings.Cut(target.URL, ":"); ok && !strings.ContainsAny(scheme, "/?#") {
				t.Errorf("a link of %s leads to %q", path, target.URL)
			}
			return append(dst, html.EscapeString(target.URL+target.Path+"#"+target.ID)...)
		})
		for i, part := range strings.Split(string(page), ` id="`) {
			if i == 0 {
				continue
			}
			id, _, _ := strings.Cut(part, `"`)
			if other, twice := ids[id]; twice {
				t.Errorf("%s and %s have an element with the id %q", path, other, id)
			}
			ids[id] = path
		}
	}
}

func write(d *markdown.Doc) string {
	return string(d.HTML().Append(nil, func(dst []byte, _ markdown.Target) []byte { return dst }))
}
