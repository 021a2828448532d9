package search

import (
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/book"
)

// A knownItem is a query made from a heading, by somebody who wants that
// heading and nothing else.
type knownItem struct {
	query string
	doc   int
}

// classes are the ways of making a query from a document.
func classes() []string {
	return []string{"heading", "typo", "inflected", "prefix", "body"}
}

// knownItems makes n queries of a class. Headings that several documents have
// are left out, because nobody could know which is meant. The same seed gives
// the same queries.
func knownItems(g *gatherer, class string, n int) []knownItem {
	r := rand.New(rand.NewPCG(20261121, uint64(slices.Index(classes(), class))))
	stop := languageOf(g.book.Config.Language).stopList()
	times := map[string]int{}
	for _, d := range g.docs {
		times[words(d.title)]++
	}
	var items []knownItem
	for tries := 0; len(items) < n && tries < 200*n; tries++ {
		i := r.IntN(len(g.docs))
		d := g.docs[i]
		title := words(d.title)
		if d.given || d.aside || times[title] > 1 || len(strings.Fields(title)) < 2 {
			continue
		}
		heading := strings.Fields(title)
		var query string
		switch class {
		case "heading":
			query = d.title
		case "typo":
			query = change(r, heading, func(w []rune) []rune {
				at := 1 + r.IntN(len(w)-2)
				switch r.IntN(4) {
				case 0:
					return slices.Delete(w, at, at+1)
				case 1:
					return slices.Insert(w, at, rune('a'+r.IntN(26)))
				case 2:
					w[at] = rune('a' + r.IntN(26))
				default:
					w[at], w[at+1] = w[at+1], w[at]
				}
				return w
			})
		case "inflected":
			query = change(r, heading, inflect)
		case "prefix":
			last := []rune(heading[len(heading)-1])
			if len(last) < 5 {
				continue
			}
			query = strings.Join(heading[:len(heading)-1], " ") + " " + string(last[:3+r.IntN(len(last)-3)])
		case "body":
			var content []string
			for _, w := range strings.Fields(words(d.text)) {
				if !stop[w] && len(w) > 3 && !slices.Contains(content, w) {
					content = append(content, w)
				}
			}
			if len(content) < 3 {
				continue
			}
			r.Shuffle(len(content), func(a, b int) { content[a], content[b] = content[b], content[a] })
			query = strings.Join(content[:3], " ")
		}
		if query == "" || class != "heading" && query == title {
			continue
		}
		items = append(items, knownItem{query, i})
	}
	return items
}

// change changes one word of at least five letters; "" if there is none.
func change(r *rand.Rand, heading []string, how func([]rune) []rune) string {
	var long []int
	for i, w := range heading {
		if utf8.RuneCountInString(w) >= 5 && onlyLetters(w) {
			long = append(long, i)
		}
	}
	if len(long) == 0 {
		return ""
	}
	out := slices.Clone(heading)
	i := long[r.IntN(len(long))]
	out[i] = string(how([]rune(out[i])))
	return strings.Join(out, " ")
}

// inflect gives another form of an English word, well or badly.
func inflect(w []rune) []rune {
	s := string(w)
	switch {
	case strings.HasSuffix(s, "ies"):
		s = s[:len(s)-3] + "y"
	case strings.HasSuffix(s, "s") && !strings.HasSuffix(s, "ss"):
		s = s[:len(s)-1]
	case strings.HasSuffix(s, "ing"):
		s = s[:len(s)-3] + "ed"
	case strings.HasSuffix(s, "ed"):
		s = s[:len(s)-2] + "ing"
	case strings.HasSuffix(s, "y"):
		s = s[:len(s)-1] + "ies"
	default:
		s += "s"
	}
	return []rune(s)
}

// A score is how often the right document was first, and among the first five.
type score struct{ first, five, n int }

func (s score) at1() float64 { return float64(s.first) / float64(max(1, s.n)) }
func (s score) at5() float64 { return float64(s.five) / float64(max(1, s.n)) }

// rate asks the client all items.
func (e *engine) rate(items []knownItem) score {
	e.t.Helper()
	s := score{n: len(items)}
	var queries []string
	for _, it := range items {
		queries = append(queries, it.query)
	}
	got := eval[[][]int](e.t, e.tab, `(async () => { const out = []; for (const q of `+quoted(e.t, queries)+`) { out.push((await engine.search(q, { limit: 10 })).results.map(r => r.doc)); } return out; })()`)
	for i, it := range items {
		at := slices.Index(got[i], it.doc)
		if at == 0 {
			s.first++
		}
		if at >= 0 && at < 5 {
			s.five++
		} else if len(os.Getenv("HANDBOOK_MISSES")) > 0 {
			e.t.Logf("missed: %q", it.query)
		}
	}
	return s
}

// TestKnownItems holds the bars of relevance on the handbook of this
// repository: 150 queries of each class, the right heading among the first
// five results.
func TestKnownItems(t *testing.T) {
	b := starter(t)
	e := newEngine(t, newTab(t), b, Options{})
	for _, class := range classes() {
		bar := .95
		if class == "typo" {
			bar = .92
		}
		s := e.rate(knownItems(gathered(b), class, 150))
		t.Logf("%-10s first %.2f, among five %.2f of %d", class, s.at1(), s.at5(), s.n)
		if s.n < 150 || s.at5() < bar {
			t.Errorf("%s: %.3f of %d, the bar is %.2f", class, s.at5(), s.n, bar)
		}
	}
}

func gathered(b *book.Book) *gatherer {
	g := &gatherer{book: b}
	g.gather()
	return g
}
