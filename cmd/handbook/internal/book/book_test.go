package book

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// With -update the cases under testdata are written anew from what the
// package does now: look at every line of the difference before you keep it.
var update = flag.Bool("update", false, "write the cases under testdata anew")

// describe writes what a Book holds, leaving out what is empty.
func describe(b *Book) string {
	var w strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&w, format+"\n", args...) }
	doc := func(d *markdown.Doc) {
		for _, l := range d.Links() {
			if l.Kind == markdown.LinkPage || l.Kind == markdown.LinkImage {
				line("    link %s -> %s", l.Dest, strings.TrimSuffix(l.Target.URL+l.Target.Path+"#"+l.Target.ID, "#"))
			}
		}
	}
	if c := b.Config; c.Title != "Handbook" || c.Language != "en" || c.BaseURL != "" || len(c.Agency) > 0 {
		line("handbook %q in %s at %q, agency %v", c.Title, c.Language, c.BaseURL, slices.Sorted(maps.Keys(c.Agency)))
	}
	if c := b.Config; c.Repository.URL != "" || c.CounselEvery.Months != 0 || len(c.Keep)+len(c.Jurisdictions)+len(c.Checks) > 0 || c.Accent != (Accent{}) {
		line("  repository %v, every %s %s %s %s, keep %q, in %q, checks %v, accent %v", c.Repository, c.ReviewEvery, c.DueSoon, c.CounselEvery, c.VerifyEvery, c.Keep, c.Jurisdictions, c.Checks, c.Accent)
	}
	for _, o := range b.Config.Owners {
		line("  owner %s %q %q %q %q", o.ID, o.Name, o.Role, o.Email, o.Phone)
	}
	for _, a := range b.Config.Areas {
		line("  area %s %q %q %v %v", a.ID, a.Name, a.Question, a.Required, a.Populations)
	}
	for _, a := range b.Config.Audiences {
		line("  audience %s %q %v", a.ID, a.Name, a.Population)
	}
	for _, l := range b.Config.Levels {
		line("  level %d %q %q %q %q", l.Level, l.Name, l.Means, l.Range, l.Beyond)
	}
	if b.Home != nil {
		line("home %q of %s", b.Home.Title, b.Home.Source)
		doc(b.Home.Doc)
	}
	for _, p := range b.Parts {
		line("part %q %s %q: %q in %s", p.Number, p.ID, p.Title, p.Path, p.Dir)
		if p.Index != nil {
			line("  opens with %q, %q of %s", p.Index.Title, p.Summary, p.Index.Source)
			doc(p.Index.Doc)
		}
	}
	for _, s := range b.Sections {
		line("section %q %s %q: %q of %s", s.Number, s.ID, s.Title, s.Path, s.Source)
		facts(line, s)
		doc(s.Doc)
	}
	for _, l := range b.Laws {
		line("law %s %q %q %s %s %s, by %s, rules %s", l.ID, l.Short, l.Title, l.Kind, l.Level, l.Status, sectionsOf(b.LawUses(l).Sections), rulesOf(b.LawUses(l).Rules))
		for _, a := range l.Amended {
			line("  amended %s %s %s %q %q", a.Published, a.Effective, a.ComplyBy, a.Note, a.Source)
		}
	}
	for _, r := range b.References {
		next := ""
		if r.SupersededBy != nil {
			next = " by " + r.SupersededBy.ID
		}
		line("reference %s %q %s%s, rests on %s, by %s, rules %s", r.ID, r.Title, r.Status, next, IDs(r.RestsOn), sectionsOf(b.ReferenceUses(r).Sections), rulesOf(b.ReferenceUses(r).Rules))
	}
	for _, t := range b.Terms {
		line("term %s %q %q %q", t.ID, t.Term, t.Also, t.Definition)
	}
	for _, f := range b.Files {
		line("file %s of %s", f.Path, f.Source)
	}
	for _, r := range b.Redirects {
		line("redirect %s to %s", r.From, r.To)
	}
	return w.String()
}

// facts writes what a section says of itself.
func facts(line func(string, ...any), s *Section) {
	say := func(format string, args ...any) {
		if strings.Trim(fmt.Sprint(args...), " []") != "" {
			line("    "+format, args...)
		}
	}
	owner := ""
	if s.Owner != nil {
		owner = s.Owner.ID
	}
	var areas, audience []string
	for _, a := range s.Areas {
		areas = append(areas, a.ID)
	}
	for _, a := range s.Audience {
		audience = append(audience, a.ID)
	}
	say("summary %s", s.Summary)
	say("owner %s, areas %s, audience %s", owner, areas, audience)
	approved := Approval{}
	if a, _ := s.Approved(); a != nil {
		approved = *a
	}
	say("drafted %s, approved %s by %s", s.Drafted, approved.On, approved.By)
	say("effective %s, withdrawn %s", s.Effective, s.Withdrawn)
	say("changed %s", s.Change)
	if s.Version != 1 || s.Draft || s.ReviewEvery.String() != "12 months" {
		say("version %d, draft %v, review every %s", s.Version, s.Draft, s.ReviewEvery)
	}
	for _, r := range s.Reviews {
		say("review %s by %s: %s %s %s at %s", r.On, r.By, r.Outcome, r.Checked, r.Text, r.Pos)
	}
	if s.Counsel != nil {
		say("counsel %s by %s: %s at %s", s.Counsel.On, s.Counsel.By, s.Counsel.Text, s.Counsel.Pos)
	}
	if s.SupersededBy != nil {
		say("superseded by %s", s.SupersededBy.ID)
	}
	say("laws %s, references %s", IDs(s.Laws), IDs(s.References))
	for _, r := range s.Rules {
		var audience []string
		for _, a := range r.Audience {
			audience = append(audience, a.ID)
		}
		say("rule %s level %d laws %s references %s audience %s: %s", r.ID, r.Level, IDs(r.Laws), IDs(r.References), audience, r.Text)
	}
	if len(s.Params) > 0 {
		say("params %v", s.Params)
	}
}

func sectionsOf(sections []*Section) []string {
	var out []string
	for _, s := range sections {
		out = append(out, s.ID)
	}
	return out
}

func rulesOf(rules []*Rule) []string {
	var out []string
	for _, r := range rules {
		out = append(out, r.ID)
	}
	return out
}

// TestCases runs the cases under testdata. A case is a line "=== name", a
// content folder as a txtar archive, a line "--- gives", and what the Book
// holds and what is told.
func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		for i, c := range strings.Split("\n"+string(b), "\n=== ") {
			if i == 0 {
				continue
			}
			c, want, _ := strings.Cut(c, "\n--- gives")
			want = strings.Trim(want, "\n")
			title, archive, _ := strings.Cut(c, "\n")
			fsys := fstest.MapFS{}
			for _, f := range txtar.Parse([]byte(archive + "\n")).Files {
				fsys[f.Name] = &fstest.MapFile{Data: f.Data}
			}
			book, problems, err := Load(fsys, Options{Drafts: strings.Contains(title, "with drafts")})
			if err != nil {
				t.Errorf("%s: %s: %v", name, title, err)
				continue
			}
			got := describe(book) + told(problems)
			got = strings.TrimRight(got, "\n")
			if want != got && !*update {
				t.Errorf("%s: %s\n--- gives\n%s\n--- want\n%s", name, title, got, want)
			}
			fmt.Fprintf(&out, "=== %s\n%s\n--- gives\n%s\n\n", title, archive, got)
		}
		if *update {
			if err := os.WriteFile(name, append(bytes.TrimRight(out.Bytes(), "\n"), '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestSignBody checks that only words count in the first scheme: not how lines
// are broken or indented.
func TestSignBody(t *testing.T) {
	hash := func(s string) string { return SignBody([]byte(s)) }
	same := []string{"one two\nthree\n", "one two three", " one  two\n\n\tthree \n\n", "one\ntwo\nthree", "one\ttwo\t three\n"}
	for _, s := range same {
		if got, want := hash(s), hash(same[0]); got != want || len(got) != 8 {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	}
	if got := hash("one two three"); got != "6899ee40" {
		t.Errorf("got %s: the hashes in every handbook's front matter would be wrong", got)
	}
	seen := map[string]string{}
	for _, s := range []string{"", "one two three", "one twothree", "onetwo three", "One two three", "one two three.", "one\u00A0two three", "one **two** three", "three two one"} {
		h := hash(s)
		if other, twice := seen[h]; twice {
			t.Errorf("%q and %q have the same hash", s, other)
		}
		seen[h] = s
	}
}

// TestBaseURL checks the address that a handbook is published at.
func TestBaseURL(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org": "https://example.org/", "https://example.org/a/": "https://example.org/a/", "http://example.org/a": "http://example.org/a/",
		"example.org": "", "ftp://example.org": "", "https://": "", "https://example.org?a": "", "https://example.org#a": "", "https://u@example.org": "", "javascript:x": "", "": "",
	} {
		got, wrong := BaseURL(in)
		if got != want || (wrong == "") != (want != "") {
			t.Errorf("%q: got %q and %q", in, got, wrong)
		}
	}
}

// TestMany loads handbooks in which everything is wrong, many times over: the
// problems stay few enough to read, and say that there are more.
func TestMany(t *testing.T) {
	page := "# A\n\n" + strings.Repeat("[x](nowhere.md) [y](#nothing) [@nobody] {{nothing}} <b>\n\n", 1000)
	fsys := fstest.MapFS{"a.md": {Data: []byte(page)}, "b.md": {Data: []byte(page)}}
	_, problems, err := Load(fsys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, p := range problems {
		count[p.File+" "+p.Rule]++
	}
	for _, rule := range []string{"broken-link", "broken-anchor", "unknown-reference", "unknown-value", "raw-html"} {
		for _, file := range []string{"a.md", "b.md"} {
			if got := count[file+" "+rule]; got != diag.MaxSame {
				t.Errorf("%s: %d problems of %s", file, got, rule)
			}
		}
	}
	if s := told(problems); strings.Count(s, "more of this kind") != 10 {
		t.Errorf("%d of 10 lists say that there are more", strings.Count(s, "more of this kind"))
	}
}

// TestSame loads a folder twice: the same bytes give the same Book and the
// same problems in the same order, whatever the goroutines do.
func TestSame(t *testing.T) {
	files := corpus.Handbook(60)
	for i, s := range corpus.Hostile() {
		files[fmt.Sprintf("9-hostile/%d-page.md", i)] = &fstest.MapFile{Data: []byte("# Page\n\n" + s)}
	}
	first := ""
	for range 3 {
		b, problems, err := Load(files, Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := describe(b) + told(problems)
		if first == "" {
			first = got
		}
		if got != first {
			t.Fatal("the same folder gives another book")
		}
	}
}
