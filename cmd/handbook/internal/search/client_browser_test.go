package search

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// load reads a content folder.
func load(t testing.TB, fsys fs.FS) *book.Book {
	t.Helper()
	b, problems, err := book.Load(fsys, book.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if p.Severity == diag.Error {
			t.Errorf("%s", p)
		}
	}
	return b
}

// starter is the handbook of this repository.
func starter(t testing.TB) *book.Book {
	t.Helper()
	return load(t, os.DirFS(filepath.Join("..", "..", "..", "..", "content")))
}

// folder makes a content folder of names and texts.
func folder(files map[string]string) fs.FS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// TestTokensInBrowser runs the table of tokens, and thousands of texts made by
// chance, in the client: it must cut them as Go does.
func TestTokensInBrowser(t *testing.T) {
	e := newEngine(t, newTab(t), load(t, folder(map[string]string{"a.md": "---\ntitle: A\n---\nText.\n"})), Options{})
	var texts []string
	for _, c := range tokenCases(t) {
		texts = append(texts, c.Text)
	}
	signs := append(strings.Split("abcSCFRuscsart.'-_() §0123456789éßİΣσςกก็日ガ゛ิ한اَـى’‑𠮷́가", ""), "45 CFR ", "s. ", "U.S.C. ", " and ", "Pub. L. ", "P.A. ", "public ", "law ", "act ", "no. ", "E.O. ", "exec. ", "order ", " 116-28 ", " 14028 ", "12 U.S. ", " NLRB ", " ILCS 5/10 ", "R.S.C. ", " 1985, c. ", "CQLR c. ")
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		var sb strings.Builder
		for range 1 + r.IntN(24) {
			sb.WriteString(signs[r.IntN(len(signs))])
		}
		texts = append(texts, sb.String())
	}
	got := eval[[]string](t, e.tab, quoted(t, texts)+`.map(s => handbookSearch.cut(s).list.map(t => (t.extra ? "+" : "") + t.form).join(" "))`)
	bad := 0
	for i, text := range texts {
		if want := strings.Join(tokensOf(text), " "); got[i] != want {
			if bad++; bad < 10 {
				t.Errorf("%q\nclient %s\n    go %s", text, got[i], want)
			}
		}
	}
	if bad > 0 {
		t.Errorf("%d of %d texts are cut differently", bad, len(texts))
	}
}

// TestPrivate holds that no query leaves the browser: nothing but files of the
// index is asked for, by names that hold no word.
func TestPrivate(t *testing.T) {
	e := newEngine(t, newTab(t), starter(t), Options{})
	for _, query := range []string{"passwrod", `"first hour"`, "45 CFR 164.402", "texting teens", "the"} {
		e.ask(query)
	}
	name := regexp.MustCompile(`^/search/en/[mpxodv]\d+\.js(\?v=[0-9a-f]{10})?$`)
	asked := e.host.asked()
	if len(asked) < 10 {
		t.Errorf("only %d files were asked for", len(asked))
	}
	for _, a := range asked {
		if !name.MatchString(a) {
			t.Errorf("the browser asks for %s", a)
		}
	}
}

// TestFirstQuery holds the bars of what a first query costs: bytes with the
// client, compressed, and how many requests have to wait for one another.
func TestFirstQuery(t *testing.T) {
	tab := newTab(t)
	for _, c := range []struct {
		name           string
		sections       int
		typical, worst int
	}{{"2000 headings", 220, 60 << 10, 60 << 10}, {"100000 headings", 11000, 100 << 10, 150 << 10}} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && c.sections > 1000 {
				t.Skip("short")
			}
			e := newEngine(t, tab, load(t, corpus.Handbook(c.sections)), Options{})
			var weights []int
			for _, query := range []string{"passwords and consent", "telehealth record keeping", "clinical director", `"clinical director"`, "texting", "supervision photos", "how to do it", "home visits", "staff must record", "privacy act 12", "consent 5", "clinical supervsion", "what must volunteers do"} {
				e.reload()
				e.host.bytes = zipped(t, client(t))
				a := e.ask(query)
				weight, requests := e.host.take()
				if a.Total == 0 {
					t.Errorf("%q finds nothing", query)
				}
				if weight > c.worst {
					t.Errorf("%q costs %d bytes in %d requests, the bar is %d", query, weight, requests, c.worst)
				}
				weights = append(weights, weight)
			}
			slices.Sort(weights)
			if typical := weights[len(weights)/2]; typical > c.typical {
				t.Errorf("a typical first query costs %d bytes, the bar is %d", typical, c.typical)
			}
			t.Logf("median %d, most %d bytes", weights[len(weights)/2], weights[len(weights)-1])
		})
	}
}

// TestSerial holds the bar of how many requests of a first query wait for one
// another: the manifest, the postings, the documents.
func TestSerial(t *testing.T) {
	e := newEngine(t, newTab(t), load(t, corpus.Handbook(100)), Options{})
	for query, bar := range map[string]int{"passwords and consent": 3, "telehealth record keeping": 3, "home vis": 3, "staff must record": 3, `"clinical director"`: 4, "clinical supervsion": 5} {
		e.reload()
		if a := e.ask(query); a.Total == 0 {
			t.Errorf("%q finds nothing", query)
		}
		if n := e.serial(); n > bar {
			t.Errorf("%q waits for %d requests in series, the bar is %d", query, n, bar)
		}
	}
}

// TestHostile holds that nothing in a text is more than text: not in the
// index, which is a script, and not in the client's answer.
func TestHostile(t *testing.T) {
	titles := []string{
		"Zoo <img src=x onerror=alert(1)>", "Zoo </script><script>window.bad = 1</script>", "Zoo `${window.bad = 1}`", "Zoo \\u0041 \\x41 \\n \\",
		"Zoo \"quoted\" 'single'", "Zoo $ { } ${ $${", "Zoo &lt;b&gt; &amp;", "Zoo \u2028 \u2029 end", "Zoo __proto__ constructor toString", "Zoo 🦓 𝔷𝔢𝔟𝔯𝔞",
	}
	files := map[string]string{"registers/terms.yaml": "- {id: proto, term: __proto__, also: [constructor, toString], definition: Names.}\n"}
	for i, title := range titles {
		name := string(rune('a'+i)) + ".md"
		line, _, _ := strings.Cut(quoted(t, title), "\n")
		files[name] = "---\ntitle: " + line + "\n---\nText.\n"
	}
	b, _, err := book.Load(folder(files), book.Options{})
	if err != nil {
		t.Fatal(err)
	}
	e := newEngine(t, newTab(t), b, Options{})
	got := e.ask("zoo", "{limit: 50}")
	var names []string
	for _, r := range got.Results {
		names = append(names, r.Name)
		if title := strings.Join(r.Title, ""); title != r.Name {
			t.Errorf("the title %q is shown as %q", r.Name, title)
		}
	}
	for _, title := range titles {
		if b := strings.Join(strings.Fields(strings.NewReplacer("\u2028", " ", "\u2029", " ").Replace(title)), " "); !slices.ContainsFunc(names, func(n string) bool {
			return strings.Join(strings.Fields(strings.NewReplacer("\u2028", " ", "\u2029", " ").Replace(n)), " ") == b
		}) {
			t.Errorf("%q is not among %q", title, names)
		}
	}
	for _, query := range []string{"__proto__", "constructor", "toString", "hasOwnProperty", "<img src=x onerror=alert(1)>", "${window.bad = 1}", "\\", "`", strings.Repeat("a ", 5000), strings.Repeat("x", 100000), "a\u0000b", `"`, `""`, `" "`} {
		e.ask(query)
	}
	if eval[bool](t, e.tab, `"bad" in window`) {
		t.Error("a text was run")
	}
}

// TestAnyQuery asks the starter handbook, and one in many scripts, queries made
// by chance. None may fail, and each result must really hold a form for every
// word that the client says it matched.
func TestAnyQuery(t *testing.T) {
	tab := newTab(t)
	for _, c := range []struct {
		name string
		book *book.Book
	}{
		{"starter", starter(t)},
		{"scripts", load(t, folder(map[string]string{
			"registers/terms.yaml": "- {id: phi, term: PHI, also: [protected health information], definition: Data.}\n",
			"a.md":                 "---\ntitle: 政策\n---\n日本語のテキスト。PHI を守る。\n\n## ความเป็นส่วนตัว\n\nข้อมูลสุขภาพ\n",
			"b.md":                 "---\ntitle: سياسة الخصوصية\n---\nيجب حماية المعلومات.\n\n## פרטיות\n\nמידע רפואי\n",
			"c.md":                 "---\ntitle: Protected health information\n---\nSee 45 CFR 164.402 and s. 12(2). E-mail, U.S.C., follow-up.\n",
		}))},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := newEngine(t, tab, c.book, Options{})
			g := &gatherer{book: c.book}
			g.gather()
			held := make([]map[string]bool, len(g.docs))
			var words []string
			for i := range g.docs {
				held[i] = holdings(g, i)
				words = append(words, strings.Fields(g.docs[i].text)...)
			}
			r := rand.New(rand.NewPCG(3, 4))
			signs := []rune("abcdefgh \"'-.§()12  政策日本語ข้อسياםץßéİ\u200d$`\\<>&{}")
			for range 400 {
				var sb strings.Builder
				for range 1 + r.IntN(5) {
					switch r.IntN(6) {
					case 0:
						for range 1 + r.IntN(8) {
							sb.WriteRune(signs[r.IntN(len(signs))])
						}
					case 1:
						sb.WriteString([]string{`"`, "45 CFR 164.402(2)", "s. 12", "e-mail", "PHI", "protected health information", "texting-1"}[r.IntN(7)])
					case 2: // a part of a word, or one with an error
						w := []rune(words[r.IntN(len(words))])
						at := r.IntN(len(w))
						if r.IntN(2) == 0 {
							w = w[:at+1]
						} else {
							w[at] = 'e'
						}
						sb.WriteString(string(w))
					default:
						sb.WriteString(words[r.IntN(len(words))])
					}
					if r.IntN(4) > 0 {
						sb.WriteByte(' ')
					}
				}
				query := sb.String()
				for _, res := range e.ask(query).Results {
					if len(res.Forms) == 0 {
						t.Errorf("%q: %s#%s matches nothing", query, res.Path, res.Anchor)
					}
					for _, f := range res.Forms {
						if !held[res.Doc][f] {
							t.Errorf("%q: %s#%s does not hold %q", query, res.Path, res.Anchor, f)
						}
					}
				}
			}
		})
	}
}

// holdings returns the forms that a document holds, found out without the index:
// those of its texts, and the names of terms of one word where another name of
// the term stands.
func holdings(g *gatherer, i int) map[string]bool {
	d := g.docs[i]
	texts := []string{d.title, d.text}
	for _, m := range []*field{d.page, d.above} {
		if m != nil {
			texts = append(texts, m.text)
		}
	}
	set := map[string]bool{}
	if d.given {
		texts = nil
		set[d.anchor], set[strings.ReplaceAll(d.anchor, "-", "")] = true, true
	}
	for _, a := range d.also {
		if a.forms {
			for f := range strings.FieldsSeq(a.text) {
				set[f] = true
			}
			continue
		}
		texts = append(texts, a.text)
	}
	for _, text := range texts {
		var plain []string
		for _, f := range tokensOf(text) {
			set[strings.TrimPrefix(f, "+")] = true
			if !strings.HasPrefix(f, "+") {
				plain = append(plain, f)
			}
		}
		line := " " + strings.Join(plain, " ") + " "
		for _, term := range g.book.Terms {
			names := append([]string{term.Term}, term.Also...)
			for _, name := range names {
				if !strings.Contains(line, " "+words(name)+" ") {
					continue
				}
				for _, other := range names {
					if w := words(other); !strings.Contains(w, " ") {
						set[w] = true
					}
				}
			}
		}
	}
	return set
}

// words returns the words of a text, without what stands beside them.
func words(text string) string {
	var out []string
	for _, f := range tokensOf(text) {
		if !strings.HasPrefix(f, "+") {
			out = append(out, f)
		}
	}
	return strings.Join(out, " ")
}

// TestMixed publishes a new index while a page is open: the old client reads
// the new files and recovers by itself.
func TestMixed(t *testing.T) {
	text := func(word string) map[string]string {
		files := map[string]string{}
		for i := range 30 {
			files[string(rune('a'+i%26))+strings.Repeat("x", i/26)+".md"] = "---\ntitle: Page " + word + " " + strings.Repeat("z", i) + "\n---\n" + strings.Repeat("Some "+word+" text. ", 40) + "\n"
		}
		return files
	}
	tab := newTab(t)
	e := newEngine(t, tab, load(t, folder(text("apple"))), Options{})
	e.reload()
	if n := eval[int](t, tab, `engine.warm().then(() => 1)`); n != 1 {
		t.Fatal("the manifest did not load")
	}
	if err := Files(load(t, folder(text("banana"))), Options{}, e.host.add); err != nil {
		t.Fatal(err)
	}
	if a := e.ask("banana"); len(a.Results) == 0 {
		t.Error("the client did not find what the new index has")
	}
	if a := e.ask("apple"); len(a.Results) != 0 {
		t.Errorf("the client finds what the old index had: %v", a.where())
	}
}

// TestMissing takes files of the index away: the answer is an error, and the
// next try succeeds when they are back.
func TestMissing(t *testing.T) {
	e := newEngine(t, newTab(t), starter(t), Options{})
	for _, kind := range []string{"m", "p", "d", "x", "v"} {
		e.reload()
		e.host.mu.Lock()
		e.host.missing = e.dir + kind
		e.host.mu.Unlock()
		query := map[string]string{"x": `"first hour"`, "v": "passwrod"}[kind]
		if query == "" {
			query = "phone"
		}
		if got := eval[string](t, e.tab, `engine.search(`+quoted(t, query)+`).then(() => "answered", () => "failed")`); got != "failed" {
			t.Errorf("without %s files %s is %s", kind, query, got)
		}
		e.host.mu.Lock()
		e.host.missing = ""
		e.host.mu.Unlock()
		if a := e.ask(query); len(a.Results) == 0 {
			t.Errorf("%s finds nothing when the %s files are back", query, kind)
		}
	}
}

// TestFacetsInBrowser holds that the client reads the facets that Go wrote.
func TestFacetsInBrowser(t *testing.T) {
	b := starter(t)
	e := newEngine(t, newTab(t), b, Options{Standing: func(*book.Section) Standing { return Standing{Ages: "2026-11-21 current"} }})
	type facet struct {
		Key, Label string
		Values     []struct{ ID, Name string }
		Of         [][]int
	}
	g := &gatherer{book: b}
	g.gather()
	seen := map[string]int{}
	for _, f := range eval[[]facet](t, e.tab, `engine.facets().then(l => l.map(f => ({ key: f.key, label: f.label, values: f.values, of: f.of })))`) {
		if len(f.Of) != len(g.pages) {
			t.Fatalf("%s has values for %d of %d pages", f.Key, len(f.Of), len(g.pages))
		}
		for i, p := range g.pages {
			var want []string
			switch s := p.section; {
			case f.Key == "law":
				for _, l := range p.laws {
					want = append(want, l.ID)
				}
			case s == nil:
			case f.Key == "area":
				for _, a := range s.Areas {
					want = append(want, a.ID)
				}
			case f.Key == "audience":
				for _, a := range b.Config.Audiences { // and those that include it
					if slices.ContainsFunc(s.Audience, func(named *book.Audience) bool { return a.ID == named.ID || slices.Contains(a.Includes, named.ID) }) {
						want = append(want, a.ID)
					}
				}
			case f.Key == "owner":
				want = append(want, s.Owner.ID)
			case f.Key == "part":
				want = append(want, s.Part.ID)
			case f.Key == "status":
				want = append(want, "2026-11-21 current")
			}
			var got []string
			for _, v := range f.Of[i] {
				got = append(got, f.Values[v].ID)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s of %s: got %v, want %v", f.Key, p.path, got, want)
			}
			seen[f.Key] += len(got)
		}
	}
	for _, key := range []string{"area", "audience", "law", "owner", "part", "status"} {
		if seen[key] == 0 {
			t.Errorf("no page has a value of %s", key)
		}
	}
}
