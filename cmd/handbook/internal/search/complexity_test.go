//go:build unix

package search

import (
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/testkit"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// inventedWords returns a text of new words, of which every seventh has an accent
// if asked for, as in French or Czech.
func inventedWords(size int, accents bool) string {
	var sb strings.Builder
	for i := 0; sb.Len() < size; i++ {
		vowel := "e"
		if accents && i%7 == 0 {
			vowel = "é"
		}
		sb.WriteString("s" + vowel)
		for n := i; n > 0; n /= 20 {
			sb.WriteString("bcdfghjklmnpqrstvwxz"[n%20:n%20+1] + "a")
		}
		sb.WriteString("b ")
		if i%100 == 99 {
			sb.WriteString("\n\n")
		}
	}
	return sb.String()
}

// allocated reports how many bytes an index of a text below one heading takes.
func allocated(t *testing.T, text string) float64 {
	t.Helper()
	b := load(t, folder(map[string]string{"a.md": "---\ntitle: A\n---\n## H\n\n" + text + "\n"}))
	p, least := planFor(b), math.Inf(1)
	for range 3 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		makeIndex(b, Options{}, p)
		runtime.ReadMemStats(&after)
		least = min(least, float64(after.TotalAlloc-before.TotalAlloc))
	}
	return least
}

// Case F3: words with accents cost about what others do, and twice as many cost
// twice as much, under one heading too. What is allocated tells it on a busy
// machine.
func TestAccentsCostLittle(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	const size = 32 << 10
	plain, one, two := allocated(t, inventedWords(size, false)), allocated(t, inventedWords(size, true)), allocated(t, inventedWords(2*size, true))
	if one > 1.3*plain {
		t.Errorf("with accents an index takes %.0f KB, without %.0f KB", one/1024, plain/1024)
	}
	if two > 2.6*one {
		t.Errorf("twice the text takes %.1f times as much, %.0f KB", two/one, two/1024)
	}
}

// Case F3, R9: a text is gone through once for all its new words.
func TestAccentsAreReadOnce(t *testing.T) {
	a := accents{}
	a.begin("Été, ete and Noël")
	for range 2 {
		for folded, want := range map[string]string{"ete": "été", "noel": "noël", "and": "and", "of": "of"} {
			if got := a.written(folded); got != want {
				t.Errorf("%s is written %s, want %s", folded, got, want)
			}
		}
		a.text = "" // it is not read again
	}
	a.begin("ete")
	if got := a.written("ete"); got != "ete" {
		t.Errorf("the text before is remembered: %s", got)
	}
}

// Cases F5 and S1: what the names of terms cost grows with their number, however
// often texts say them and however many begin alike.
func TestNamesOfTermsGrowLinearly(t *testing.T) {
	names := func(n int, form string) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = fmt.Sprintf(form, i)
		}
		return out
	}
	for name, work := range map[string]func(n int){
		"many names of one term, all in a text": func(n int) {
			list := names(n, "name%d")
			x := newLexicon(languageOf("en"), newSynonyms([][]string{list}))
			x.add(&document{title: "A", text: strings.Join(list, " ")})
		},
		"a name said often": func(n int) {
			x := newLexicon(languageOf("en"), newSynonyms([][]string{names(n, "name%d")}))
			x.add(&document{title: "A", text: strings.Repeat("name1 ", n)})
		},
		"names that begin alike": func(n int) {
			var lists [][]string
			for i := range n {
				lists = append(lists, []string{fmt.Sprintf("data n%d", i), fmt.Sprintf("d%d", i)})
			}
			x := newLexicon(languageOf("en"), newSynonyms(lists))
			x.add(&document{title: "A", text: strings.Repeat("data ", n)})
		},
		"one name of many terms": func(n int) {
			var lists [][]string
			for i := range n {
				lists = append(lists, []string{fmt.Sprintf("t%d", i), "data", fmt.Sprintf("d%d", i)})
			}
			x := newLexicon(languageOf("en"), newSynonyms(lists))
			x.add(&document{title: "A", text: strings.Repeat("data ", n)})
		},
	} {
		if grew := corpus.Growth(testkit.ProcessorTime, func() { work(500) }, func() { work(4000) }); grew > 32 {
			t.Errorf("%s: eight times as many cost %.0f times as much", name, grew)
		}
	}
}

// TestSynonymWeights holds what the other names of a term count for: for each
// time that one of them is said, seven tenths.
func TestSynonymWeights(t *testing.T) {
	x := newLexicon(languageOf("xx"), newSynonyms([][]string{{"PTO", "annual leave", "vacation"}, {"vacation", "holiday"}, {"alone"}}))
	x.addText("Annual leave, annual leave, PTO, vacation", 1, false, -1, true)
	for form, want := range map[string]float32{"pto": 1 + 3*synonymWeight, "vacation": 1 + 3*synonymWeight, "annual": 2, "holiday": 0} {
		got := float32(0)
		if n, ok := x.known[form]; ok {
			got = x.forms[n].body
		}
		if math.Abs(float64(got-want)) > 1e-4 {
			t.Errorf("%s counts %.2f, want %.2f", form, got, want)
		}
	}
}
