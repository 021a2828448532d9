package book

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestCycles looks for circles in small graphs, written as "a>b b>c".
func TestCycles(t *testing.T) {
	for _, c := range []struct{ edges, chains, left string }{
		{"", "", ""},
		{"a>b b>c a>c", "", "a>b a>c b>c"},
		{"a>a", "a-a", ""},
		{"a>b b>a", "a-b-a", "a>b"},
		{"b>c c>d d>b a>b", "b-c-d-b", "a>b b>c c>d"},
		{"a>b b>a c>d d>c", "a-b-a c-d-c", "a>b c>d"},
		{"a>b a>d b>c c>d d>a", "a-d-a", "a>b a>d b>c c>d"},
		{"d>c c>b b>a a>d", "a-d-c-b-a", "a>d"},
		{"a>b b>b b>c", "b-b", "a>b b>c"},
	} {
		var nodes []string
		next := map[string][]string{}
		for _, edge := range strings.Fields(c.edges) {
			from, to, _ := strings.Cut(edge, ">")
			nodes = append(nodes, from, to)
			next[from] = append(next[from], to)
		}
		slices.Sort(nodes)
		nodes = slices.Compact(nodes)
		var chains []string
		for _, chain := range cycles(nodes, func(n string) []string { return next[n] }, func(from, to string) {
			next[from] = slices.DeleteFunc(next[from], func(n string) bool { return n == to })
		}) {
			chains = append(chains, strings.Join(chain, "-"))
		}
		if got := strings.Join(chains, " "); got != c.chains {
			t.Errorf("%q: chains %q, want %q", c.edges, got, c.chains)
		}
		var left []string
		for _, n := range nodes {
			for _, to := range next[n] {
				left = append(left, n+">"+to)
			}
		}
		slices.Sort(left)
		if got := strings.Join(left, " "); got != c.left {
			t.Errorf("%q: left %q, want %q", c.edges, got, c.left)
		}
	}
}

// TestLongCycle makes sure that neither the stack nor the time grows out of
// hand with a register of one long circle.
func TestLongCycle(t *testing.T) {
	const n = 200_000
	nodes := make([]int, n)
	for i := range nodes {
		nodes[i] = i
	}
	cut := 0
	chains := cycles(nodes, func(i int) []int { return []int{(i + 1) % n} }, func(int, int) { cut++ })
	if len(chains) != 1 || len(chains[0]) != n+1 || cut != 1 {
		t.Errorf("%d chains, %d edges cut", len(chains), cut)
	}
}

// TestChainText looks at the words of a chain.
func TestChainText(t *testing.T) {
	for n, want := range map[int]string{
		2:  "0 rests on 1",
		3:  "0 rests on 1, which rests on 2",
		13: "0 rests on 1, which rests on 2, which rests on 3, which rests on 4, which rests on 5, which rests on 6, which rests on 7, which rests on 8, which rests on 9, which rests on 10, which rests on 11, which rests on 12",
		14: "0 rests on 1, which rests on 2, which rests on 3, which rests on 4, which rests on 5, which rests on 2 others in turn, which rests on 8, which rests on 9, which rests on 10, which rests on 11, which rests on 12, which rests on 13",
	} {
		var ids []string
		for i := range n {
			ids = append(ids, fmt.Sprint(i))
		}
		if got := chainText(ids, "rests on"); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
