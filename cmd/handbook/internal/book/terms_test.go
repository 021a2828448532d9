//go:build unix

package book

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"handbook/cmd/handbook/internal/testkit"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// termFolder returns a folder of one page with a register of terms.
func termFolder(page, terms string) fstest.MapFS {
	return fstest.MapFS{"a.md": {Data: []byte("---\ntitle: A\n---\n" + page)}, "registers/terms.yaml": {Data: []byte(terms)}}
}

// Cases F5 and S1: to read a register of terms, and a page that says them, costs
// what their number says, in one line or in many.
func TestTermsGrowLinearly(t *testing.T) {
	lines := func(n int, form string) string {
		var sb strings.Builder
		for i := range n {
			sb.WriteString(strings.ReplaceAll(form, "%d", fmt.Sprint(i)))
		}
		return sb.String()
	}
	for name, folder := range map[string]func(n int) fstest.MapFS{
		"names in one line": func(n int) fstest.MapFS {
			return termFolder("A.\n", "- {id: t, term: t, definition: d, also: ["+lines(n, "name%d, ")+"z]}\n")
		},
		"quoted names in one line": func(n int) fstest.MapFS {
			return termFolder("A.\n", "- {id: t, term: t, definition: d, also: ["+lines(n, `"a\u0020%d", `)+"z]}\n")
		},
		"terms that begin alike": func(n int) fstest.MapFS {
			return termFolder(strings.Repeat("data "+strings.Repeat("x ", 50)+"\n\n", n), lines(n, "- {id: t%d, term: data t%d, definition: d}\n"))
		},
		"longer and longer terms": func(n int) fstest.MapFS {
			return termFolder("A.\n", lines(n, "- {id: t%d, term: data"+strings.Repeat(" x", 20)+"%d, definition: d}\n"))
		},
		"one term again and again": func(n int) fstest.MapFS {
			return termFolder(strings.Repeat("data "+strings.Repeat("x ", 50)+"\n\n", n), lines(n, "- {id: t%d, term: data, definition: d}\n"))
		},
		"one id again and again": func(n int) fstest.MapFS {
			return termFolder("A.\n", lines(n, "- {id: t, term: data, definition: d}\n"))
		},
	} {
		work := func(n int) func() {
			f := folder(n)
			return func() {
				if _, _, err := Load(f, Options{}); err != nil {
					t.Fatal(err)
				}
			}
		}
		if grew := corpus.Growth(testkit.ProcessorTime, work(1000), work(8000)); grew > 32 {
			t.Errorf("%s: eight times as many cost %.0f times as much", name, grew)
		}
	}
}

// Case S1: the terms of a handbook may have so many names, and the first term
// beyond them is named with its place.
func TestMostNamesOfTerms(t *testing.T) {
	var sb strings.Builder
	for i := range MaxTermNames/2 + 2 {
		fmt.Fprintf(&sb, "- {id: t%d, term: a%d, also: [b%d], definition: d}\n", i, i, i)
	}
	b, problems, err := Load(termFolder("A.\n", sb.String()), Options{Dir: "content/"})
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Terms) != MaxTermNames/2 {
		t.Errorf("%d terms are left", len(b.Terms))
	}
	want := `content/registers/terms.yaml:10001:8: error: all terms together may have 20000 names, and with "t10000" they have more [too-many-names]`
	if len(problems) != 1 || problems[0].String() != want || problems[0].Hint != "keep the words that readers may not know" {
		t.Errorf("the problems are %v", problems)
	}
}
