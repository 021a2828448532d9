package staleness

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"

	"github.com/google/go-cmp/cmp"
)

// A testCase is one of testdata/cases.json, which describes its own format.
type testCase struct {
	Name       string
	Why        string
	Handbook   []string
	Laws       []string
	References []string
	Section    []string
	Body       []string
	Others     map[string][]string
	Days       []struct {
		Day     jsonDay
		Status  Status
		Reasons []testReason
	}
}

// A jsonDay is a day in the table of cases.
type jsonDay struct{ date.Date }

// UnmarshalText reads a day, or nothing for none.
func (d *jsonDay) UnmarshalText(b []byte) (err error) {
	if len(b) > 0 {
		d.Date, err = date.Parse(string(b))
	}
	return err
}

type testReason struct {
	Kind  Kind
	Since jsonDay
	Text  string
}

// files returns a case's content folder.
func (c testCase) files() fstest.MapFS {
	fsys := fstest.MapFS{}
	add := func(name string, lines []string) {
		if len(lines) > 0 {
			fsys[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
		}
	}
	add("handbook.yaml", c.Handbook)
	add("registers/laws.yaml", c.Laws)
	add("registers/references.yaml", c.References)
	body := c.Body
	if body == nil {
		body = []string{"Text."}
	}
	page := append([]string{"---"}, c.Section...)
	page = append(append(page, "---", ""), body...)
	add("1-part/1-case.md", page)
	for name, lines := range c.Others {
		add(name, lines)
	}
	return fsys
}

// load returns a case's section.
func (c testCase) load(t *testing.T) (*book.Book, *book.Section) {
	t.Helper()
	b, problems, err := book.Load(c.files(), book.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if diag.HasErrors(problems) {
		t.Fatalf("problems: %v", problems)
	}
	s := b.Section("case")
	if s == nil {
		t.Fatal("no section case")
	}
	return b, s
}

func readCases(t *testing.T) []testCase {
	t.Helper()
	f, err := os.Open("testdata/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	dec := json.NewDecoder(f)
	dec.DisallowUnknownFields()
	var table struct {
		About []string
		Cases []testCase
	}
	if err := dec.Decode(&table); err != nil {
		t.Fatal(err)
	}
	if len(table.Cases) < 40 {
		t.Fatalf("only %d cases", len(table.Cases))
	}
	return table.Cases
}

func TestCases(t *testing.T) {
	seen := map[string]bool{}
	said := map[Kind]bool{}
	for _, c := range readCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			if seen[c.Name] {
				t.Fatal("two cases have this name")
			}
			seen[c.Name] = true
			b, s := c.load(t)
			all := All(b, s)
			steps := Timeline(all)
			for _, d := range c.Days {
				var got, want []testReason
				rs := Holding(all, d.Day.Date)
				for _, r := range rs {
					got = append(got, testReason{r.Kind, jsonDay{r.Since}, r.Text(lang.English())})
					said[r.Kind] = true
				}
				want = append(want, d.Reasons...)
				if diff := cmp.Diff(want, got, cmp.Comparer(func(x, y jsonDay) bool { return x == y })); diff != "" {
					t.Errorf("on %s (-want +got):\n%s", d.Day, diff)
				}
				if got := StatusOf(rs); got != d.Status {
					t.Errorf("on %s: status %s, want %s", d.Day, got, d.Status)
				}
				if got := StatusOn(steps, d.Day.Date); got != d.Status {
					t.Errorf("on %s: the timeline says %s, want %s: %v", d.Day, got, d.Status, steps)
				}
			}
		})
	}
	for _, k := range Kinds() {
		if !said[k] {
			t.Errorf("no case has the reason %s", k)
		}
	}
}
