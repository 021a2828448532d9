package book

import (
	"fmt"
	"slices"
	"strings"
)

// cycles finds the knots of a graph: groups of nodes that all lead back to
// themselves. For each it gives one shortest chain that begins and ends with
// the knot's first node in the order of nodes, and it tells cut of every edge
// within the knot that leads back, so that what remains has no cycle. It takes
// time in proportion to the nodes and edges.
func cycles[T comparable](nodes []T, next func(T) []T, cut func(from, to T)) [][]T {
	order := make(map[T]int, len(nodes))
	for i, n := range nodes {
		order[n] = i
	}
	var chains [][]T
	for _, knot := range knots(nodes, next) {
		slices.SortFunc(knot, func(x, y T) int { return order[x] - order[y] })
		inside := make(map[T]bool, len(knot))
		for _, n := range knot {
			inside[n] = true
		}
		if chain := shortest(knot[0], next, inside); chain != nil {
			chains = append(chains, chain)
		}
		for _, n := range knot {
			for _, to := range slices.Clone(next(n)) {
				if inside[to] && order[to] <= order[n] {
					cut(n, to)
				}
			}
		}
	}
	slices.SortFunc(chains, func(x, y []T) int { return order[x[0]] - order[y[0]] })
	return chains
}

// knots returns the strongly connected components of a graph (Tarjan, 1972),
// without recursion, because a register may hold a very long chain.
func knots[T comparable](nodes []T, next func(T) []T) [][]T {
	type visit struct {
		node T
		to   []T // what is still to be visited from it
	}
	number, low := map[T]int{}, map[T]int{}
	waiting := map[T]bool{}
	var stack []T
	var found [][]T
	for _, root := range nodes {
		if number[root] > 0 {
			continue
		}
		var path []visit
		enter := func(n T) {
			number[n] = len(number) + 1
			low[n] = number[n]
			stack, waiting[n] = append(stack, n), true
			path = append(path, visit{n, next(n)})
		}
		for enter(root); len(path) > 0; {
			at := &path[len(path)-1]
			if len(at.to) > 0 {
				to := at.to[0]
				at.to = at.to[1:]
				switch {
				case number[to] == 0:
					enter(to)
				case waiting[to]:
					low[at.node] = min(low[at.node], number[to])
				}
				continue
			}
			n := at.node
			path = path[:len(path)-1]
			if len(path) > 0 {
				above := path[len(path)-1].node
				low[above] = min(low[above], low[n])
			}
			if low[n] == number[n] {
				i := len(stack) - 1
				for stack[i] != n {
					i--
				}
				knot := slices.Clone(stack[i:])
				stack = stack[:i]
				for _, k := range knot {
					waiting[k] = false
				}
				found = append(found, knot)
			}
		}
	}
	return found
}

// shortest returns a shortest chain of edges within a knot from a node back to
// itself, or nil if there is none.
func shortest[T comparable](from T, next func(T) []T, inside map[T]bool) []T {
	before := map[T]T{}
	for queue := []T{from}; len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		for _, to := range next(n) {
			if to == from {
				chain := []T{from, n}
				for n != from {
					n = before[n]
					chain = append(chain, n)
				}
				slices.Reverse(chain)
				return chain
			}
			if _, seen := before[to]; inside[to] && !seen && to != from {
				before[to] = n
				queue = append(queue, to)
			}
		}
	}
	return nil
}

// chainText writes a chain of ids for a message: "a rests on b, which rests on
// a". The middle of a very long one is left out.
func chainText(ids []string, verb string) string {
	const most = 12
	var b strings.Builder
	for i, id := range ids {
		if left := len(ids) - most; left > 1 && i == most/2 {
			fmt.Fprintf(&b, ", which %s %d others in turn", verb, left)
		}
		if left := len(ids) - most; left > 1 && i >= most/2 && i < len(ids)-most/2 {
			continue
		}
		switch i {
		case 0:
			b.WriteString(id)
		case 1:
			b.WriteString(" " + verb + " " + id)
		default:
			b.WriteString(", which " + verb + " " + id)
		}
	}
	return b.String()
}
