package diag

import (
	"cmp"
	"strings"
)

// Nearest returns the candidate that an author most likely meant by word, or ""
// if none is near. It takes, in this order: one that differs by a single slip;
// one that begins with the word, such as us-hipaa-privacy for us-hipa; one in
// which at most a third of the word's letters, and no more than three, differ;
// one that holds the word. Capitals do not count as different. A word of less
// than three letters may not differ, and one of less than four is not looked
// for within a candidate. Of two equally good candidates the first wins.
//
// The distance is Damerau's (optimal string alignment): one insertion,
// deletion, substitution or swap of neighbours counts one.
func Nearest(word string, candidates []string) string {
	lower := strings.ToLower(word)
	w := []rune(lower)
	near, begins, holds := "", "", ""
	least := min(3, len(w)/3) + 1
	for _, c := range candidates {
		if c == word {
			continue
		}
		folded := strings.ToLower(c)
		if d := distance(w, []rune(folded), least); d < least {
			near, least = c, d
		}
		if len(w) < 4 {
			continue
		}
		if begins == "" && strings.HasPrefix(folded, lower) {
			begins = c
		}
		if holds == "" && strings.Contains(folded, lower) {
			holds = c
		}
	}
	if least <= 1 && near != "" {
		return near
	}
	return cmp.Or(begins, near, holds)
}

// DidYouMean returns the hint that names the nearest candidate, or otherwise.
func DidYouMean(word string, candidates []string, otherwise string) string {
	if n := Nearest(word, candidates); n != "" {
		return "did you mean " + n + "?"
	}
	return otherwise
}

// distance returns the edit distance of a and b, or limit if it is not less.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
			least = min(least, next[j])
		}
		if least >= limit {
			return limit
		}
		before, row, next = row, next, before
	}
	return min(row[len(b)], limit)
}
