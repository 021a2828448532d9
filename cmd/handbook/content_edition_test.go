package main

import (
	"html"
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/site"
	"handbook/layouts"
)

// editionOf loads the real content for some readers, and builds it.
func editionOf(t *testing.T, audience ...string) (*book.Book, *output.Tree) {
	t.Helper()
	_, day := realBook(t)
	b, problems, err := book.Load(os.DirFS(contentDir()), book.Options{Dir: "content/", Audience: audience})
	if err != nil {
		t.Fatal(err)
	}
	problems = append(problems, check.Run(b, check.Options{Today: day})...)
	for _, p := range check.Grade(problems, b.Config.Checks, false) {
		if p.Rule != "unfilled" {
			t.Errorf("%v: %s (%s)", audience, p, p.Hint)
		}
	}
	tree, err := site.Build(b, site.Options{Day: day})
	if err != nil {
		t.Fatal(err)
	}
	return b, tree
}

// runLength is how many words in a row are taken for a thing that was said.
const runLength = 6

// runs returns every run of words in a text, in small letters. Marks within a
// sentence, and those of JSON and CSV between one text and the next, end a run.
func runs(text string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return strings.ContainsRune("\n\",;:.?!|()[]{}", r) }) {
		words := strings.FieldsFunc(part, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		for i := runLength; i <= len(words); i++ {
			out = append(out, strings.Join(words[i-runLength:i], " "))
		}
	}
	return out
}

// said gathers all that a Book says: its runs of words, and the names by which
// something in it can be known.
func said(b *book.Book) (words, names map[string]bool) {
	words, names = map[string]bool{}, map[string]bool{}
	say := func(texts ...string) {
		for _, text := range texts {
			for _, r := range runs(text) {
				words[r] = true
			}
		}
	}
	name := func(texts ...string) {
		for _, text := range texts {
			if strings.ContainsAny(text, " -/@") {
				names[text] = true
			}
		}
	}
	doc := func(d *markdown.Doc) {
		if d != nil {
			say(d.Text())
		}
	}
	c := b.Config
	for _, o := range c.Owners {
		say(o.Role)
		name(o.Email, o.Role, `"`+o.ID+`"`)
	}
	for _, a := range c.Areas {
		say(a.Name, a.Question)
		name(a.Name, a.Question, `"`+a.ID+`"`)
	}
	for _, l := range c.Levels {
		say(l.Means, l.Range, l.Beyond)
		name(l.Means, l.Range)
	}
	doc(b.Home.Doc)
	for _, p := range b.Parts {
		say(p.Title, p.Summary)
		name(p.Summary, p.Path, p.Dir)
		if p.Index != nil {
			doc(p.Index.Doc)
		}
	}
	for _, s := range b.Sections {
		doc(s.Doc)
		say(s.Title, s.Summary)
		name(s.Summary, s.Title, s.Path, path.Base(s.Path), path.Base(s.Source), `"`+s.ID+`"`)
		for _, h := range s.Doc.Headings() {
			name(h.ID)
		}
		for _, r := range s.Rules {
			say(r.Text)
			name(r.ID)
		}
		for _, c := range s.Doc.Cards {
			name(c.ID, c.Title)
		}
	}
	for _, l := range b.Laws {
		say(l.Short, l.Title, l.Citation, l.Governs, l.Caution)
		name(l.ID, l.Title, l.Short)
	}
	for _, r := range b.References {
		say(r.Title, r.About, r.Caution)
		name(r.ID, r.Title, r.URL)
	}
	for _, x := range b.Terms {
		say(x.Definition)
		name(book.TermAnchor(x), x.Definition)
	}
	return words, names
}

var angled = regexp.MustCompile(`<[^>]*>`)

// plain returns a published file as its reader sees it.
func plain(name string, data []byte) string {
	switch path.Ext(name) {
	case ".html", ".atom":
		return html.UnescapeString(angled.ReplaceAllString(string(data), ""))
	case ".ics":
		return strings.NewReplacer("\r\n ", "", `\,`, ",", `\n`, " ").Replace(string(data))
	}
	return string(data)
}

// leaks looks through every published byte for what must not be in it. It
// gives what it finds by the kind of file.
func leaks(t *testing.T, tree *output.Tree, words, names map[string]bool) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	sorted := slices.Sorted(maps.Keys(names))
	for _, file := range tree.Paths() {
		data, err := tree.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		text := plain(file, data)
		kind := path.Ext(file)
		if strings.HasPrefix(file, "search/") {
			kind = "search"
		}
		for _, r := range runs(text) {
			if words[r] {
				found[kind] = append(found[kind], file+": "+r)
			}
		}
		for _, n := range sorted {
			if strings.Contains(string(data), n) || strings.Contains(text, n) {
				found[kind] = append(found[kind], file+": "+n)
			}
			if strings.Contains(file, n) {
				found["path"] = append(found["path"], file+": "+n)
			}
		}
	}
	return found
}

// TestContentEditions builds editions of the real content and looks in every
// published byte for anything that only the rest of the handbook says: there
// is nothing. So that it is known what the search can find, the same is looked
// for in the whole handbook, where it is in files of every kind.
func TestContentEditions(t *testing.T) {
	whole, _ := realBook(t)
	program := map[string]bool{} // what the pages of any handbook say
	err := fs.WalkDir(layouts.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(layouts.FS(), name)
		for _, r := range runs(plain(name, data)) {
			program[r] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		audience []string
		sections int
	}{
		{[]string{"clients"}, 11},
		{[]string{"client-teen"}, 8},
		{[]string{"client-child-parent", "client-group"}, 8},
	} {
		b, tree := editionOf(t, c.audience...)
		if len(b.Sections) != c.sections || b.Edition.Others != len(whole.Sections)-c.sections {
			t.Errorf("%v: %d sections, and %d left out of %d", c.audience, len(b.Sections), b.Edition.Others, len(whole.Sections))
		}
		words, names := said(whole)
		ours, known := said(b)
		maps.DeleteFunc(words, func(r string, _ bool) bool { return ours[r] || program[r] })
		// A title that stands in a sentence for these readers is theirs too.
		text := strings.Join(slices.Sorted(maps.Keys(known)), "\n")
		for _, s := range b.Sections {
			text += "\n" + s.Doc.Text()
		}
		maps.DeleteFunc(names, func(n string, _ bool) bool { return strings.Contains(text, n) })
		if len(words) < 5000 || len(names) < 200 {
			t.Fatalf("%v: only %d runs of words and %d names are looked for", c.audience, len(words), len(names))
		}
		for kind, what := range leaks(t, tree, words, names) {
			t.Errorf("%v: in %s, %d times what is for others, first %q", c.audience, kind, len(what), what[:min(5, len(what))])
		}
		if i > 0 {
			continue
		}
		found := leaks(t, theSite(t), words, names)
		for _, kind := range []string{".html", ".json", ".csv", ".ics", ".css", "search", "path"} {
			if len(found[kind]) == 0 {
				t.Errorf("%v: nothing of it is found in the %s of the whole handbook, so nothing was looked for", c.audience, kind)
			}
		}
	}
}

// TestContentForClients holds what clients are told, and what they are not.
func TestContentForClients(t *testing.T) {
	b, tree := editionOf(t, "clients")
	for _, s := range b.Sections {
		if s.Form == nil && !strings.Contains(s.Doc.Text(), "If you are ") {
			t.Errorf("%s says nothing to clients", s.ID)
		}
		if len(s.Rules) > 0 {
			t.Errorf("%s has rules for staff", s.ID)
		}
		for _, a := range s.Audience {
			if !strings.HasPrefix(a.ID, "client") {
				t.Errorf("%s names %s", s.ID, a.ID)
			}
		}
	}
	for file, word := range map[string]string{"index.html": "Edition for clients", "print.html": "Edition for clients", "handbook.json": `"edition": ["clients"]`,
		"clients/consent.html": "What you can expect from your worker"} {
		data, err := tree.Read(file)
		if err != nil || !strings.Contains(string(data), word) {
			t.Errorf("%s does not say %q: %v", file, word, err)
		}
	}
	// Case B4: nothing that is the staff's affair.
	for _, none := range []string{"rules.html", "coverage.html", book.WrongPath, "phones/lost-phone.html", "health.html", "health.csv", "reviews.ics", "laws/index.html", "references/index.html"} {
		if _, err := tree.Read(none); err == nil {
			t.Errorf("there is a page %s", none)
		}
	}
	whole, _ := realBook(t)
	words := []string{"sign-off by counsel", "health.", "reviews/"}
	for _, o := range whole.Config.Owners {
		words = append(words, o.Email)
	}
	for _, s := range whole.Sections {
		words = append(words, s.Summary)
	}
	for _, file := range tree.Paths() {
		if strings.HasPrefix(file, "static/") {
			continue // they are those of any handbook
		}
		data, err := tree.Read(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if w != "" && strings.Contains(string(data), w) {
				t.Errorf("%s says %q", file, w)
			}
		}
	}
}

// TestContentPlaces holds that what is about one place is for those who work
// there, or may work there.
func TestContentPlaces(t *testing.T) {
	for _, c := range []struct {
		places string
		want   bool
	}{{"[US, US-MD]", false}, {"[CA-ON]", true}, {"[US, US-MD, CA-ON]", true}, {"[CA]", true}, {"[CA-QC]", false}} {
		b := withProfile(t, "jurisdictions: "+c.places)
		for _, id := range []string{"levels-and-consequences", "honest-mistakes", "lost-phone"} {
			s := b.Section(id)
			if got := strings.Contains(s.Doc.Text(), "Ontario"); got != c.want {
				t.Errorf("%s: %s speaks of Ontario: %v", c.places, id, got)
			}
			if got := slices.Contains(s.Laws, b.Law("ca-on-phipa")); got != c.want {
				t.Errorf("%s: %s applies the law of Ontario: %v", c.places, id, got)
			}
		}
	}
}
