package book

import (
	"fmt"
	"slices"
	"strings"
)

// cycles finds the cycles of a graph: of each strongly connected component it
// gives one shortest chain that begins and ends with the component's first node in
// the order of nodes, and it calls cut for every edge within the component that
// leads back, so that what remains has no cycle. It takes time in proportion to
// the nodes and edges.
func cycles[T comparable](nodes []T, next func(T) []T, cut func(from, to T)) [][]T {
	order := make(map[T]int, len(nodes))
	for i, n := range nodes {
		order[n] = i
	}
	var chains [][]T
	for _, component := range components(nodes, next) {
		slices.SortFunc(component, func(x, y T) int { return order[x] - order[y] })
		inside := make(map[T]bool, len(component))
		for _, n := range component {
			inside[n] = true
		}
		if chain := shortest(component[0], next, inside); chain != nil {
			chains = append(chains, chain)
		}
		for _, n := range component {
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

// components returns the strongly connected components of a graph (Tarjan,
// 1972). Go's stack grows with the longest chain that a register can hold to a few
// tens of megabytes.
func components[T comparable](nodes []T, next func(T) []T) (found [][]T) {
	number, low := map[T]int{}, map[T]int{}
	waiting := map[T]bool{} // on the stack
	var stack []T
	var visit func(T)
	visit = func(n T) {
		number[n] = len(number) + 1
		low[n] = number[n]
		stack, waiting[n] = append(stack, n), true
		for _, to := range next(n) {
			switch {
			case number[to] == 0:
				visit(to)
				low[n] = min(low[n], low[to])
			case waiting[to]:
				low[n] = min(low[n], number[to])
			}
		}
		if low[n] != number[n] {
			return
		}
		i := len(stack) - 1
		for stack[i] != n {
			i--
		}
		found = append(found, slices.Clone(stack[i:]))
		for _, k := range stack[i:] {
			waiting[k] = false
		}
		stack = stack[:i]
	}
	for _, n := range nodes {
		if number[n] == 0 {
			visit(n)
		}
	}
	return found
}

// shortest returns a shortest chain of edges within a component from a node back
// to itself, or nil if there is none.
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
