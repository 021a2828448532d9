package book_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// files returns a handbook with a little of everything.
func files() fstest.MapFS {
	all := corpus.Handbook(3)
	put := func(name, text string) { all[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644} }
	put("2-more/index.md", "---\ntitle: More\n---\nSee [rules](1-plain.md#rules).\n")
	put("2-more/1-plain.md", "---\ntitle: Plain\nid: plain\naliases: [old/plain.html]\n---\n## Rules\n\n::: rule {#plain-1 level=1}\nAsk first.\n:::\n\n[x](2-other.md) [y](../3-loose/other.md)\n")
	put("2-more/2-other.md", "---\ntitle: Other\nsuperseded_by: plain\n---\nGone. See [plain](1-plain.md#plain-1).\n")
	put("2-more/3-draft.md", "---\ntitle: Draft\ndraft: true\n---\nNot yet.\n")
	put("2-more/pic.png", "png")
	put("3-loose/other.md", "# Other\n\nThe same name. ![p](../2-more/pic.png)\n")
	put("3-loose/form.md", "---\ntitle: Form\nform: plain\n---\nSign here. [home](../index.md)\n")
	put("top.md", "# Top\n\nAt the top, see [plain](2-more/1-plain.md) and [the form](3-loose/form.md).\n")
	return all
}

// same compares what a Loader gives with what Load gives for the same files.
func same(t *testing.T, l *book.Loader, all fstest.MapFS, changed []string) {
	t.Helper()
	warm, warmProblems, warmErr := l.Load(all, changed)
	cold, coldProblems, coldErr := book.Load(all, book.Options{Dir: "content/"})
	if fmt.Sprint(warmErr) != fmt.Sprint(coldErr) {
		t.Fatalf("error %v, cold %v", warmErr, coldErr)
	}
	if !slices.Equal(warmProblems, coldProblems) {
		t.Fatalf("problems\n%v\ncold\n%v", warmProblems, coldProblems)
	}
	for _, law := range cold.Laws {
		if a, b := len(warm.LawUses(warm.Law(law.ID)).Rules), len(cold.LawUses(law).Rules); a != b {
			t.Fatalf("%d rules rest on %s, cold %d", a, law.ID, b)
		}
	}
	warm.FS, cold.FS = nil, nil
	if at := differ(reflect.ValueOf(warm), reflect.ValueOf(cold), map[[2]uintptr]bool{}); at != "" {
		t.Fatalf("the Books differ at Book%s", at)
	}
}

// differ returns the way to the first difference of two graphs, or "". A list
// that is nil is the same as an empty one.
func differ(a, b reflect.Value, seen map[[2]uintptr]bool) string {
	if a.IsValid() != b.IsValid() || a.IsValid() && a.Type() != b.Type() {
		return ": another type"
	}
	switch a.Kind() {
	case reflect.Invalid:
	case reflect.Pointer:
		if a.IsNil() || b.IsNil() {
			if a.IsNil() != b.IsNil() {
				return fmt.Sprintf(": nil %v, %v", a.IsNil(), b.IsNil())
			}
			return ""
		}
		pair := [2]uintptr{a.Pointer(), b.Pointer()}
		if seen[pair] {
			return ""
		}
		seen[pair] = true
		return differ(a.Elem(), b.Elem(), seen)
	case reflect.Interface:
		return differ(a.Elem(), b.Elem(), seen)
	case reflect.Struct:
		for i := range a.NumField() {
			if at := differ(a.Field(i), b.Field(i), seen); at != "" {
				return "." + a.Type().Field(i).Name + at
			}
		}
	case reflect.Slice, reflect.Array:
		if a.Len() != b.Len() {
			return fmt.Sprintf(": %d elements, %d", a.Len(), b.Len())
		}
		for i := range a.Len() {
			if at := differ(a.Index(i), b.Index(i), seen); at != "" {
				return fmt.Sprintf("[%d]%s", i, at)
			}
		}
	case reflect.Map:
		if a.Len() != b.Len() {
			return fmt.Sprintf(": %d keys, %d", a.Len(), b.Len())
		}
		for _, k := range a.MapKeys() {
			if at := differ(a.MapIndex(k), b.MapIndex(k), seen); at != "" {
				return fmt.Sprintf("[%v]%s", k, at)
			}
		}
	case reflect.Func:
	default:
		if !a.Equal(b) {
			return fmt.Sprintf(": %v, %v", a, b)
		}
	}
	return ""
}

func TestLoader(t *testing.T) {
	all := files()
	l := book.NewLoader(book.Options{Dir: "content/"})
	same(t, l, all, nil)
	first, _, err := l.Load(all, []string{})
	if err != nil {
		t.Fatal(err)
	}
	before := said(first)
	edit := func(name, old, new string) {
		t.Helper()
		text := strings.Replace(string(all[name].Data), old, new, 1)
		if text == string(all[name].Data) {
			t.Fatalf("%s has no %q", name, old)
		}
		all[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
		same(t, l, all, []string{name})
		if after := said(first); after != before {
			t.Fatalf("the first Book has changed:\n%s\nwas\n%s", after, before)
		}
	}
	// Nothing has changed.
	same(t, l, all, []string{})
	same(t, l, all, nil)
	same(t, l, all, []string{"2-more/1-plain.md"})
	// Text alone, then what others go by.
	const plain, form = "2-more/1-plain.md", "3-loose/form.md"
	edit(plain, "Ask first.", "Ask first, then write.")
	edit(plain, "## Rules", "## The rules")
	edit(plain, "## The rules", "## Rules")
	edit(plain, "title: Plain", "title: Plain words")
	edit(plain, "id: plain", "id: plainly")
	edit(plain, "id: plainly", "id: plain")
	edit(plain, "id: plain", "summary: In short\nid: plain")
	edit(plain, "old/plain.html", "older/plain.html")
	edit(plain, "older/plain.html", "/older/plain.html")
	edit(plain, "summary: In short\n", "") // what is told of the alias moves
	edit(plain, "/older/plain.html", "old/plain.html")
	edit("2-more/index.md", "title: More", "title: Much more")
	edit("2-more/index.md", "title: Much more", "title: Much more\nsummary: About more")
	edit("2-more/index.md", "See [rules]", "Look at [the rules]")
	edit(form, "form: plain", "summary: x")
	edit(form, "summary: x", "superseded_by: plain")
	edit(form, "superseded_by: plain", "summary: x")
	edit(form, "summary: x", "withdrawn: 2020-01-01")
	edit(form, "withdrawn: 2020-01-01", "withdrawn: 2020-01-02")
	edit(form, "withdrawn: 2020-01-02", "form: plain")
	edit("2-more/3-draft.md", "draft: true", "draft: false")
	edit("2-more/3-draft.md", "draft: false", "draft: [")
	edit("2-more/3-draft.md", "draft: [", "draft: true")
	edit("3-loose/other.md", "# Other", "---\nid: loose\n---\n# Other")
	edit("3-loose/other.md", "id: loose\n", "")
	edit("3-loose/other.md", "---\n---\n", "---\nid: other\n---\n")
	edit("handbook.yaml", "A made-up handbook", "Another handbook")
	edit("registers/terms.yaml", "term: PHI", "term: health records")
	edit("registers/laws.yaml", "short: Privacy Act 1\n", "short: The Privacy Act\n")
	edit("index.md", "Begin with", "Start with")
	edit("index.md", "Start with", "[Nowhere](nowhere.md). Start with")
	edit("index.md", "Start with", "Begin with")
}

// said returns what the pages of a Book show.
func said(b *book.Book) string {
	var all strings.Builder
	for _, s := range b.Sections {
		fmt.Fprintln(&all, s.ID, s.Title, s.Number, s.Path, s.Part != nil && s.Part.Title != "", s.SupersededBy == nil)
		all.Write(s.Doc.HTML().Append(nil, func(dst []byte, t markdown.Target) []byte { return fmt.Append(dst, t) }))
		for _, r := range s.Rules {
			fmt.Fprintln(&all, r.Text)
		}
	}
	for _, law := range b.Laws {
		uses := b.LawUses(law)
		fmt.Fprintln(&all, law.Short, len(uses.Sections), len(uses.Rules))
	}
	return all.String()
}

// TestCompact compares a Book whose pages are compressed with one whose are
// not.
func TestCompact(t *testing.T) {
	all := files()
	plain, _, err := book.Load(all, book.Options{})
	if err != nil {
		t.Fatal(err)
	}
	packed, _, err := book.Load(all, book.Options{Compact: true})
	if err != nil {
		t.Fatal(err)
	}
	if a, b := said(plain), said(packed); a != b {
		t.Errorf("packed\n%s\nplain\n%s", b, a)
	}
	for i, s := range plain.Sections {
		a, b := s.Doc, packed.Sections[i].Doc
		if a.Text() != b.Text() || b.Size() != len(a.Text()) || a.Words() != b.Words() ||
			!slices.Equal(a.Blocks(), b.Blocks()) || !slices.Equal(a.Paragraphs(), b.Paragraphs()) {
			t.Errorf("the text of %s differs", s.Source)
		}
	}
}

// TestLoaderModel makes random edits and compares after each.
func TestLoaderModel(t *testing.T) {
	edits := 600
	if testing.Short() {
		edits = 150
	}
	all := files()
	r := rand.New(rand.NewPCG(11, 11))
	l := book.NewLoader(book.Options{Dir: "content/"})
	same(t, l, all, nil)
	for i := range edits {
		next := maps.Clone(all)
		var changed []string
		for range 1 + r.IntN(6)/5 {
			changed = append(changed, edit(next, r)...)
		}
		if r.IntN(20) == 0 {
			changed = nil
		}
		all = next
		if same(t, l, all, changed); t.Failed() {
			t.Fatalf("edit %d of %v", i, changed)
		}
	}
}

// edit changes something and gives the names that a watcher would tell.
func edit(all fstest.MapFS, r *rand.Rand) []string {
	names := slices.Sorted(maps.Keys(all))
	name := names[r.IntN(len(names))]
	other := names[r.IntN(len(names))]
	text := string(all[name].Data)
	put := func(name, text string) { all[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644} }
	replace := func(old, new string) { put(name, strings.Replace(text, old, new, 1)) }
	isPage := strings.HasSuffix(name, ".md")
	switch r.IntN(20) {
	case 0, 1, 2, 3:
		if isPage {
			put(name, text+fmt.Sprintf("\nSentence %d.\n", r.IntN(100)))
		}
	case 4:
		if isPage {
			put(name, text+fmt.Sprintf("\n## Heading %d\n\nText.\n", r.IntN(5)))
		}
	case 5:
		if isPage {
			way := relative(path.Dir(name), other)
			put(name, text+fmt.Sprintf("\n[link](%s#heading-%d)\n", way, r.IntN(5)))
		}
	case 6:
		if isPage && len(text) > 400 {
			put(name, text[:len(text)-100])
		}
	case 7:
		replace("title: ", fmt.Sprintf("title: New %d ", r.IntN(9)))
	case 8:
		replace("---\n", fmt.Sprintf("---\ndraft: %v\n", r.IntN(2) == 0))
	case 9:
		replace("---\n", []string{"---\nwithdrawn: 2021-01-01\n", "---\nsuperseded_by: plain\n", "---\nform: plain\n", "---\naliases: [old/x.html]\n", "---\nid: same-id\n", "---\nlaws: [us-law-3]\n", "---\nno: [\n"}[r.IntN(7)])
	case 10:
		for _, line := range []string{"withdrawn: 2021-01-01\n", "superseded_by: plain\n", "form: plain\n", "draft: true\n", "id: same-id\n", "no: [\n"} {
			text = strings.Replace(text, line, "", 1)
		}
		put(name, text)
	case 11:
		delete(all, name)
	case 12:
		to := path.Join([]string{".", "2-more", "3-loose", "4-new", "4-new/5-deep"}[r.IntN(5)], fmt.Sprintf("%d-%s", r.IntN(5), strings.TrimLeft(path.Base(name), "0123456789-")))
		if to != name && isPage && all[to] == nil {
			put(to, text)
			delete(all, name)
			return []string{name, to}
		}
	case 13:
		name = fmt.Sprintf("%s/%d-new.md", []string{"2-more", "3-loose", "4-new"}[r.IntN(3)], r.IntN(4))
		put(name, fmt.Sprintf("# New %d\n\nA new page.\n", r.IntN(9)))
	case 14:
		name = []string{"3-loose/README.md", "3-loose/index.md", "4-new/index.md", "index.md"}[r.IntN(4)]
		put(name, fmt.Sprintf("---\ntitle: Opening %d\n---\nText.\n", r.IntN(9)))
	case 15:
		name = "2-more/pic" + []string{".png", ".PNG", ".svg"}[r.IntN(3)]
		put(name, []string{"png", "<svg><script/></svg>"}[r.IntN(2)])
	case 16:
		name = "handbook.yaml"
		put(name, strings.Replace(string(files()[name].Data), "A made-up handbook", fmt.Sprintf("Handbook %d", r.IntN(3)), 1))
	case 17:
		name = "registers/terms.yaml"
		if put(name, string(files()[name].Data)); r.IntN(2) == 0 {
			delete(all, name)
		}
	case 18:
		name = "registers/laws.yaml"
		if put(name, string(files()[name].Data)); r.IntN(2) == 0 {
			put(name, strings.Replace(string(files()[name].Data), "id: us-law-3", "id: us-law-x", 1))
		}
	case 19:
		put(name, "")
	}
	return []string{name}
}

// relative returns a way from a folder to a file.
func relative(dir, to string) string {
	up := ""
	if dir != "." {
		up = strings.Repeat("../", strings.Count(dir, "/")+1)
	}
	return up + to
}
