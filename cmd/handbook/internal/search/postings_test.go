package search

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// TestIntern holds that forms are told apart whatever they have in common, and
// get their numbers in the order in which they come.
func TestIntern(t *testing.T) {
	var words []string
	for n := range 40 {
		words = append(words, strings.Repeat("a", n+1), strings.Repeat("a", n)+"b", "b"+strings.Repeat("a", n+1), strings.Repeat("é", n+1))
	}
	for i := range 20000 {
		words = append(words, fmt.Sprintf("confidentiality%d", i), fmt.Sprint(i), fmt.Sprintf("%d-texting", i))
	}
	x := newLexicon(languageOf("en"), synonyms{})
	for range 2 {
		for i, w := range words {
			if n := x.intern([]byte(w)); int(n) != i || x.forms[n].text != w {
				t.Fatalf("%q is form %d, %q; it came as number %d", w, n, x.forms[n].text, i)
			}
		}
	}
}

// TestSorted holds that forms come in the order of compareForms.
func TestSorted(t *testing.T) {
	x := newLexicon(languageOf("en"), synonyms{})
	for _, w := range strings.Fields("b a ab abcdefgh abcdefghi abcdefgha abcdefghijklmnopq abcdefghijklmnop abcdefghijklmnoab é aé 日本 ﬀ 𠮷 abcdefghé abcdefg-1 z") {
		x.intern([]byte(w))
	}
	order := x.sorted()
	if len(order) != len(x.forms) || !slices.IsSortedFunc(order, func(a, b int32) int { return compareForms(x.forms[a].text, x.forms[b].text) }) {
		t.Errorf("the order is %v", order)
	}
}

// TestPostings reads the files of positions and the posting lists of documents of
// all sizes, and compares them with the texts.
func TestPostings(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	x := newLexicon(languageOf("xx"), synonyms{})
	want := map[string]map[int][]int{} // by form and document
	for doc, size := range []int{0, 1, 10, 200000, 5, 3000, 40000, 40000, 0, 2} {
		var words []string
		for i := range size {
			w := fmt.Sprintf("w%d", int(r.ExpFloat64()*float64(size)/4))
			words = append(words, w)
			if want[w] == nil {
				want[w] = map[int][]int{}
			}
			want[w][doc] = append(want[w][doc], i)
		}
		x.add(&document{text: strings.Join(words, " ")})
	}
	index, order := &index{files: map[string][][]byte{}}, x.sorted()
	opens := index.positions(x, order, plan{positions: 8})
	if len(index.files["x"]) != 8 || len(opens) == 0 {
		t.Errorf("%d files, of which %v begin the later ones", len(index.files["x"]), opens)
	}
	for _, n := range order {
		var docs []int
		for _, p := range x.forms[n].postings {
			docs = append(docs, int(p.document()))
		}
		if have := slices.Sorted(maps.Keys(want[x.forms[n].text])); !slices.Equal(docs, have) {
			t.Fatalf("%s is in %v, not %v", x.forms[n].text, docs, have)
		}
	}
	lines := 0
	for _, line := range strings.Split(strings.TrimSuffix(string(bytes.Join(index.files["x"], nil)), "\n"), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			t.Fatalf("the line is %.80q", line)
		}
		steps, counts, places := decoded(f[1]), decoded(f[2]), decoded(f[3])
		doc := -1
		for i, step := range steps {
			doc += step
			pos := 0
			var got []int
			for _, p := range places[:counts[i]] {
				pos += p
				got = append(got, pos)
			}
			places = places[counts[i]:]
			if !slices.Equal(got, want[f[0]][doc]) {
				t.Fatalf("%s stands in %d at %v, not %v", f[0], doc, got, want[f[0]][doc])
			}
		}
		if lines++; len(steps) != len(want[f[0]]) || len(places) > 0 {
			t.Errorf("%s has %d documents and %d positions too many", f[0], len(steps), len(places))
		}
	}
	if lines != len(want) {
		t.Errorf("%d lines, %d forms", lines, len(want))
	}
}

// decoded reads numbers as the client does.
func decoded(s string) []int {
	var out []int
	for n, shift := 0, 0; s != ""; s = s[1:] {
		d := strings.IndexByte(digits, s[0])
		if n |= d & 31 << shift; d >= 32 {
			shift += 5
			continue
		}
		out = append(out, n)
		n, shift = 0, 0
	}
	return out
}
