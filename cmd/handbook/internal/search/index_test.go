package search

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// files makes the index of a book.
func files(t testing.TB, b *book.Book, opt Options) map[string]string {
	t.Helper()
	out := map[string]string{}
	if err := Files(b, opt, func(path string, writeFile func(io.Writer) error) error {
		var sb strings.Builder
		err := writeFile(&sb)
		out[path] = sb.String()
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestSameInputSameBytes(t *testing.T) {
	one, two := files(t, load(t, corpus.Handbook(60)), Options{}), files(t, load(t, corpus.Handbook(60)), Options{})
	if len(one) < 10 || len(one) != len(two) {
		t.Fatalf("%d and %d files", len(one), len(two))
	}
	for path, text := range one {
		if two[path] != text {
			t.Errorf("%s differs", path)
		}
	}
}

// TestBuild holds that every file of an index names its build, and that
// another text makes another.
func TestBuild(t *testing.T) {
	build := regexp.MustCompile("^handbookIndex\\(\"([0-9a-f]{10})\",\"([a-z]\\d+)\",`")
	of := func(text string) string {
		first := ""
		for path, f := range files(t, load(t, folder(map[string]string{"a.md": "---\ntitle: A\n---\n" + text + "\n"})), Options{}) {
			m := build.FindStringSubmatch(f)
			if m == nil || path != "search/en/"+m[2]+".js" || first != "" && first != m[1] || !strings.HasSuffix(f, "`)\n") {
				t.Fatalf("%s is %.80q", path, f)
			}
			first = m[1]
		}
		return first
	}
	if of("One text.") == of("Another text.") {
		t.Error("two texts make the same build")
	}
}

// TestLazy holds that nothing is made before a file is read.
func TestLazy(t *testing.T) {
	asked := 0
	tree := output.NewTree()
	b := starter(t)
	if err := Files(b, Options{Standing: func(*book.Section) Standing { asked++; return Standing{} }}, tree.AddWriter); err != nil {
		t.Fatal(err)
	}
	if tree.Len() < 10 || asked > 0 {
		t.Fatalf("%d files, %d sections asked for", tree.Len(), asked)
	}
	for _, path := range tree.Paths() {
		if _, err := tree.Read(path); err != nil {
			t.Fatal(err)
		}
	}
	if asked != len(b.Sections) {
		t.Errorf("%d of %d sections asked for", asked, len(b.Sections))
	}
}

// TestAgain holds that nothing is kept of a file that was written, and that
// files which are asked for again are the same: the index is made once more,
// for all of them.
func TestAgain(t *testing.T) {
	asked, writers := 0, map[string]func(io.Writer) error{}
	b := starter(t)
	err := Files(b, Options{Standing: func(*book.Section) Standing { asked++; return Standing{} }}, func(path string, writeFile func(io.Writer) error) error {
		writers[path] = writeFile
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var first map[string]string
	for round := 1; round <= 2; round++ {
		texts := map[string]string{}
		var mu sync.Mutex
		var wg sync.WaitGroup
		for path, write := range writers {
			wg.Go(func() {
				var sb strings.Builder
				if err := write(&sb); err != nil {
					t.Error(err)
				}
				mu.Lock()
				texts[path] = sb.String()
				mu.Unlock()
			})
		}
		wg.Wait()
		if first == nil {
			first = texts
		}
		if !maps.Equal(texts, first) {
			t.Error("the files differ")
		}
		if asked != round*len(b.Sections) {
			t.Fatalf("after %d rounds %d of %d sections were asked for", round, asked, len(b.Sections))
		}
	}
}

// TestEmpty holds that a handbook without a word has an index too.
func TestEmpty(t *testing.T) {
	for name, text := range files(t, load(t, folder(map[string]string{"a.md": "---\ntitle: '...'\n---\n!!!\n"})), Options{}) {
		if !strings.HasPrefix(text, "handbookIndex(") {
			t.Errorf("%s is %q", name, text)
		}
	}
}

// TestPlanIsEnough holds that every shard that the index needs was planned,
// whatever the texts are like.
func TestPlanIsEnough(t *testing.T) {
	many := map[string]string{}
	for i := range 40 {
		var sb strings.Builder
		for j := range 600 {
			fmt.Fprintf(&sb, "word%dx%d ", i, j)
		}
		many[fmt.Sprintf("p%d.md", i)] = "---\ntitle: Page\n---\n" + sb.String() + "\n"
	}
	for name, b := range map[string]*book.Book{"different words": load(t, folder(many)), "few words": load(t, corpus.Handbook(500)), "starter": starter(t)} {
		p := planFor(b)
		x := makeIndex(b, Options{}, p)
		for _, k := range p.kinds() {
			if len(x.files[k.letter]) > k.files {
				t.Errorf("%s: %d files of %s, planned are %d", name, len(x.files[k.letter]), k.letter, k.files)
			}
		}
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "A", 1: "B", 31: "f", 32: "gB", 1000: "of"} {
		if got := string(appendNumber(nil, n)); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	if got := string(appendSteps(nil, []int{3, 3, 10})); got != "DAH" {
		t.Errorf("steps are %q", got)
	}
}

func TestWrap(t *testing.T) {
	for text, want := range map[string]string{
		"a`b\\c${d}$e\r\n": "a\\`b\\\\c\\${d}$e\\r\n",
		"$ {}":             "$ {}",
		"`":                "\\`",
		"${":               "\\${",
		"\\":               "\\\\",
		"\r":               "\\r",
		"":                 "",
	} {
		if got, want := string(appendFile([]byte("x"), "b", "p0", []byte(text))), "xhandbookIndex(\"b\",\"p0\",`"+want+"`)\n"; got != want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

// TestCompareForms holds the order of JavaScript, which puts characters of two
// units before the last ones of one.
func TestCompareForms(t *testing.T) {
	forms := []string{"", "a", "ab", "b", "é", "ل", "日", "\U0001D552", "𠮷", "ﬀ", "\uFFFD"}
	for i := range forms {
		for j := range forms {
			got := compareForms(forms[i], forms[j])
			if i < j && got >= 0 || i > j && got <= 0 || i == j && got != 0 {
				t.Errorf("%q against %q is %d", forms[i], forms[j], got)
			}
		}
	}
}

func TestFront(t *testing.T) {
	for _, c := range []struct{ before, text, want string }{
		{"", "abc", "Aabc"}, {"abc", "abd", "Cd"}, {"abc", "abc", "D"}, {"𠮷a", "𠮷b", "Cb"}, {"𠮷", "𠮸", "A𠮸"}, {"é", "è", "Aè"},
	} {
		if got := string(appendFront(nil, c.before, c.text)); got != c.want {
			t.Errorf("%q after %q is %q, want %q", c.text, c.before, got, c.want)
		}
	}
}

func TestStems(t *testing.T) {
	for _, c := range []struct{ language, a, b string }{
		{"en", "texting", "texts"}, {"en-US", "policies", "policy"}, {"fr", "confidentialité", "confidentialités"}, {"es", "contraseñas", "contraseña"},
		{"de", "prüfungen", "prüfung"}, {"ru", "книга", "книги"},
	} {
		s := languageOf(c.language).stemmer()
		if a, b := s.of(c.a), s.of(c.b); a == "" || a != b {
			t.Errorf("%s: %s gives %q, %s gives %q", c.language, c.a, a, c.b, b)
		}
	}
	if s := languageOf("xx").stemmer().of("words"); s != "" {
		t.Errorf("a language without a stemmer gives %q", s)
	}
	if s := languageOf("en").stemmer().of("gs-13"); s != "" {
		t.Errorf("a word with figures gives %q", s)
	}
}

// TestAccentsReachTheStemmer holds that a stemmer sees the word as it was
// written: without their accents these two French words have different stems.
func TestAccentsReachTheStemmer(t *testing.T) {
	x := newLexicon(languageOf("fr"), synonyms{})
	x.add(&document{title: "Sécurité", weight: 4, text: "Les sécurités d’État"})
	stems := map[string]int32{}
	for _, f := range x.forms {
		stems[f.text] = f.stem
	}
	if stems["securite"] == 0 || stems["securite"] != stems["securites"] {
		t.Errorf("the stems are %v", stems)
	}
}

func TestVocabulary(t *testing.T) {
	in := func(n int) []posting { return make([]posting, n) }
	forms := []form{{text: "abcd9", postings: in(5)}, {text: "abcd", postings: in(1)}, {text: "abce", postings: in(9)}, {text: "abc", postings: in(5)}, {text: "have", postings: in(5), stop: true}, {text: "日本日本", postings: in(2)}}
	got := strings.Split(string(vocabulary(forms, []int32{3, 1, 0, 2, 4, 5})), "\n")
	if want := []string{"BAabcd", "EDe"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestClean(t *testing.T) {
	for text, want := range map[string]string{
		" a\t\tb\n c\x00d ": "a b c d",
		"a  b":              "a b",
		"a \n\n b\nc\n":     "a b c",
		"\n a b ":           "a b",
		"a\rb":              "a b",
		" \n":               "",
	} {
		if got := string(clean([]byte("x"), text)); got != "x"+want {
			t.Errorf("%q gives %q, want %q", text, got, want)
		}
	}
}

// TestWeights holds what the levels must say, whatever the numbers are: a
// heading beats a text, a title a heading, an exact word its other forms.
func TestWeights(t *testing.T) {
	x := newLexicon(languageOf("xx"), synonyms{})
	x.average = 100
	x.add(&document{title: "Apple", weight: weightTitle})
	x.add(&document{title: "Apple and a few more words in it", weight: weightHeading, text: strings.Repeat("x ", 400)})
	x.add(&document{title: "Pear", weight: weightTitle, text: strings.Repeat("apple ", 50)})
	x.add(&document{title: "Plum", weight: weightTitle, text: "apple " + strings.Repeat("x ", 800)})
	x.add(&document{title: "Apple", weight: weightTitle, aside: true})
	var levels []int
	for _, p := range x.forms[x.intern([]byte("apple"))].postings {
		levels = append(levels, p.level())
	}
	if !(levels[0] > levels[1] && levels[1] > levels[2] && levels[2] > levels[3] && levels[0] > levels[4] && levels[4] > levels[3]) {
		t.Errorf("the levels are %v", levels)
	}
	if float64(levels[4]) < .7*float64(levels[0]) {
		t.Errorf("what leads to sections counts %d against %d", levels[4], levels[0])
	}
}

func TestCutKeepsPrefixesTogether(t *testing.T) {
	var forms []string
	for _, a := range []string{"abandon", "absence", "accept", "access"} {
		for i := range 9 {
			forms = append(forms, fmt.Sprintf("%s%d", a, i))
		}
	}
	shards := cut(len(forms), 3, func(int) int { return 10 }, func(i int) string { return forms[i] })
	if len(shards) > 3 || shards[0].from != 0 || shards[len(shards)-1].to != len(forms) {
		t.Fatalf("the shards are %v", shards)
	}
	for _, s := range shards[1:] {
		if samePrefix(forms[s.from-1], forms[s.from]) {
			t.Errorf("%s and %s stand in two shards", forms[s.from-1], forms[s.from])
		}
	}
	for _, c := range []struct{ before, text, want string }{{"", "abc", "a"}, {"abandon", "absence", "abs"}, {"a", "ab", "ab"}} {
		if got := separator(c.before, c.text); got != c.want {
			t.Errorf("between %q and %q stands %q, want %q", c.before, c.text, got, c.want)
		}
	}
	if !bytes.Equal(appendFolded(nil, "ÀB_c"), []byte("ab-c")) {
		t.Error("folding")
	}
}
