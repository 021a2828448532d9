package book

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// TestReadName reads names alone and in folders with numbers. Cases D2, D4.
func TestReadName(t *testing.T) {
	for _, c := range []struct{ above, name, want string }{
		{"", "3-texting", "3|texting|"}, {"", "03-texting", "3|texting|"}, {"", "0-texting", "0|texting|"}, {"", "10 - Texting", "10|Texting|"}, {"", "7_a", "7|a|"},
		{"", "999999-a", "999999|a|"}, {"", "1000000-a", "|1000000-a|"}, {"", "99999999999999999999-a", "|99999999999999999999-a|"},
		{"", "texting", "|texting|"}, {"", "3", "|3|"}, {"", "3-", "|3-|"}, {"", "3texting", "|3texting|"}, {"", "-3-a", "|-3-a|"}, {"", "", "||"}, {"", "3-日本", "3|日本|"}, {"", "3-1", "3|1|"},
		{"", "5-0-0", "|5-0-0|"}, {"", "1.2.3", "|1.2.3|"}, {"", "1.10 x", "1.10|x|"}, {"", "v1.10", "|v1.10|"}, {"", "chapter-2", "|chapter-2|"},
		// Days are no numbers.
		{"", "2026-01-01-one", "|2026-01-01-one|"}, {"", "2026-01-01", "|2026-01-01|"}, {"", "2024-03-04", "|2024-03-04|"}, {"", "2026-01 minutes", "|2026-01 minutes|"},
		{"", "2026.01.31 x", "|2026.01.31 x|"}, {"", "31.01.2026 x", "|31.01.2026 x|"}, {"", "01-31-2026-x", "|01-31-2026-x|"}, {"", "2026-budget", "2026|budget|"}, {"", "2026-13-x", "2026|13-x|"},
		{"4", "04.02.2026 Minutes", "|04.02.2026 Minutes|"}, {"", "20260101-x", "|20260101-x|"},
		// The number of the folder is repeated.
		{"4", "4.2 Cell Phones (FINAL v3)", "2|Cell Phones|(FINAL v3)"}, {"4", "4.2-x", "2|x|"}, {"4", "4_2 x", "2|x|"}, {"4", "04.02 x", "2|x|"}, {"4", "4.2", "2|4.2|"}, {"4", "4.2. x", "2|x|"},
		{"4 2", "4.2.7 x", "7|x|"}, {"4 2", "2.7 x", "7|x|"}, {"- 2", "2.7 x", "7|x|"}, {"4 -", "4.7 x", "4.7|x|"},
		// It is another number, or words.
		{"4", "3.2 x", "3.2|x|"}, {"4", "42.1 x", "42.1|x|"}, {"4", "4-2-step login", "4|2-step login|"}, {"5", "4_2 x", "4|2 x|"}, {"4", "4-x", "4|x|"},
		// What copies and versions leave in a name.
		{"", "Copy of Texting", "|Texting|Copy of"}, {"", "Texting (1)", "|Texting|(1)"}, {"", "Texting - Copy", "|Texting|Copy"}, {"", "Texting - Copy (2)", "|Texting|Copy (2)"},
		{"", "texting - final", "|texting|final"}, {"", "texting_v3", "|texting|v3"}, {"", "texting v1.2", "|texting|v1.2"}, {"", "texting_FINAL", "|texting|FINAL"}, {"", "Texting [old]", "|Texting|[old]"},
		{"2", "2.1 Copy of Texting_v2 (1)", "1|Texting|Copy of v2 (1)"},
		// What may be meant stays.
		{"", "api-v2", "|api-v2|"}, {"", "v1.8", "|v1.8|"}, {"", "keep-a-copy", "|keep-a-copy|"}, {"", "copy-of-records", "|copy-of-records|"}, {"", "Texting (teens)", "|Texting (teens)|"},
		{"", "Report (2024)", "|Report (2024)|"}, {"", "new-and-old", "|new-and-old|"}, {"", "first_draft", "|first_draft|"}, {"", "FINAL", "|FINAL|"}, {"", "The final word", "|The final word|"}, {"", "(FINAL v3)", "|(FINAL v3)|"},
		{"", "Step 2 - 4", "|Step 2 - 4|"}, {"", "Minutes 2026-01-01", "|Minutes 2026-01-01|"},
	} {
		above := strings.Fields(c.above)
		for i := range above {
			above[i] = strings.Trim(above[i], "-")
		}
		n := ReadName(above, c.name)
		if got := n.Number + "|" + n.Words + "|" + n.Left; got != c.want {
			t.Errorf("%q in %q: got %s, want %s", c.name, c.above, got, c.want)
		}
	}
}

// TestCompareNatural sorts names in all orders. Case D1.
func TestCompareNatural(t *testing.T) {
	want := []string{"", "1 a", "01 b", "1.8", "1.9", "1.10", "2", "10", "99999999999999999999", "100000000000000000000", "Appendix", "chapter-1", "Chapter-2", "chapter-2", "chapter-02", "chapter-2b", "chapter-10", "v1.8.md", "v1.9.md", "v1.10.md", "Éclair"}
	// Names that are equal but for zeros and capitals are in the order of their bytes.
	slices.SortFunc(want[12:15], strings.Compare)
	for range 50 {
		got := slices.Clone(want)
		rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, CompareNatural)
		if !slices.Equal(got, want) {
			t.Fatalf("got  %q\nwant %q", got, want)
		}
	}
	for _, a := range want {
		for _, b := range want {
			if CompareNatural(a, b) != -CompareNatural(b, a) || (CompareNatural(a, b) == 0) != (a == b) {
				t.Errorf("%q and %q are not in one order", a, b)
			}
		}
	}
}

// order lists the sections of a folder of files by their sources.
func orderOf(t *testing.T, files ...string) (sources []string, problems string) {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, f := range files {
		name, title, given := strings.Cut(f, "=")
		text := "Text.\n"
		if given {
			text = "# " + title + "\n\n" + text
		}
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	b, ps, err := Load(fsys, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range b.Sections {
		sources = append(sources, s.Source)
	}
	return sources, told(ps)
}

// TestOrder looks at the order of sections and parts. Case D1.
func TestOrder(t *testing.T) {
	for _, want := range [][]string{
		{"chapter-1.md", "chapter-2.md", "chapter-3.md", "chapter-10.md", "chapter-11.md"},
		{"v1.8.md", "v1.9.md", "v1.10.md"},
		{"appendix.md", "chapter-2.md=Zebras", "chapter-10.md=Apes"}, // a series goes by its names
		{"2026-01-02-z.md=A", "2026-01-10-a.md=Z"},
		{"z.md=Step 2", "a.md=Step 10"}, // others by their titles
		{"2-b.md", "10-a.md", "c.md", "chapter-1.md"},
		{"a-2/x1.md", "a-10/x1.md"},
		{"1-a/1-x.md", "1-a/deep/x2.md", "2-b/x3.md", "ai/index.md=AI", "ai/x4.md", "ai/deeper/x5.md", "it/x6.md", "it/deeper/x7.md"},
		{"1.1-b.md", "1.2-c.md", "1.10-a.md"},
	} {
		var sections []string
		for _, f := range want {
			if name, _, _ := strings.Cut(f, "="); !strings.HasSuffix(name, "index.md") {
				sections = append(sections, name)
			}
		}
		files := slices.Clone(want)
		slices.Reverse(files)
		if got, _ := orderOf(t, files...); !slices.Equal(got, sections) {
			t.Errorf("got %q, want %q", got, sections)
		}
	}
}

// TestUnclearNames reads names that hold what an earlier life of the file left
// in them. Case D4.
func TestUnclearNames(t *testing.T) {
	fsys := fstest.MapFS{
		"4-phones/4.2 Cell Phones (FINAL v3).md": {Data: []byte("Text.\n")},
		"4-phones/3.1 Tablets.md":                {Data: []byte("Text.\n")},
		"4-phones/Texting.markdown":              {Data: []byte("Text.\n")},
		"4-phones/Texting (1).md":                {Data: []byte("Text.\n")},
	}
	b, ps, err := Load(fsys, Options{Dir: "content/"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range b.Sections {
		got = append(got, s.Number+"|"+s.Title+"|"+s.ID+"|"+s.Path)
	}
	want := []string{"4.2|Cell Phones|cell-phones|phones/cell-phones.html", "4.3.1|Tablets|tablets|phones/tablets.html", "|Texting|texting|phones/texting.html", "|Texting (1)|texting-1|phones/texting-1.html"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	problems := ""
	for _, p := range ps {
		if p.Rule == "unclear-name" {
			problems += p.Pos.String() + ": " + p.Text + "; " + p.Hint + "\n"
		}
	}
	if want := `content/4-phones/3.1 Tablets.md:1:1: the number 3.1 does not begin with 4, the number of its folder, so it counts as 4.3.1; begin the name with the number within the folder, such as 2-tablets.md
content/4-phones/4.2 Cell Phones (FINAL v3).md:1:1: the name holds "(FINAL v3)", which is left out of the title and the address; rename the file to 2-cell-phones.md, which changes no address
content/4-phones/Texting (1).md:1:1: the name holds "(1)", and another page of the folder has the same name without it; keep one of them, and give it a clean name
`; problems != want {
		t.Errorf("got\n%s\nwant\n%s", problems, want)
	}
}

// TestLines looks for a line in every problem of a text file that the cases
// of testdata give. Case D5.
func TestLines(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal(err, files)
	}
	without := regexp.MustCompile(`(?m)^\S+\.(?:md|markdown|ya?ml): error: .*$`)
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range without.FindAllString(string(data), -1) {
			if !strings.Contains(line, "[unreadable]") && !strings.Contains(line, "[symlink]") && !strings.Contains(line, "[bad-path]") {
				t.Errorf("%s: no line: %s", name, line)
			}
		}
	}
}

// TestDuplicateID looks at where two pages of one id are told. Case D5.
func TestDuplicateID(t *testing.T) {
	for _, c := range []struct{ files, want string }{
		{"bad.md=good good.md", `bad.md:2:5: its address good.html is also that of good.md [duplicate-page]`},
		{"good.md z.md=good", `z.md:2:5: its address good.html is also that of good.md [duplicate-page]`},
		{"a.md=good b.md=good", `b.md:2:5: its address good.html is also that of a.md:2:5 [duplicate-page]`},
		{"1-a/1-x.md=good 2-b/good.md=good", `2-b/good.md:2:5: the id "good" is also that of 1-a/1-x.md:2:5 [duplicate-id]`},
		{"1-a/1-x.md=good 2-b/1-x.md=good", `2-b/1-x.md:2:5: the id "good" is also that of 1-a/1-x.md:2:5 [duplicate-id]`},
		{"1-a.md 2-a.md", `2-a.md:1:1: its address a.html is also that of 1-a.md [duplicate-page]`},
	} {
		fsys := fstest.MapFS{}
		for _, f := range strings.Fields(c.files) {
			name, id, given := strings.Cut(f, "=")
			text := "# " + name + "\n\nText.\n"
			if given {
				text = "---\nid: " + id + "\n---\n" + text
			}
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
		_, ps, err := Load(fsys, Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, p := range ps {
			got += p.Pos.String() + ": " + p.Text + " [" + p.Rule + "]"
		}
		if got != c.want {
			t.Errorf("%s: got  %s\nwant %s", c.files, got, c.want)
		}
	}
}
