// Package testkit holds what the tests of several packages share: problems as
// text, the processor time of a piece of work, a browser. No program imports it.
// Below it is package corpus, which makes handbooks of any size.
package testkit

import (
	"fmt"
	"strings"

	"handbook/cmd/handbook/internal/diag"
)

// Report writes problems one to a line, as they are printed, with their hints.
func Report(ps []diag.Problem) string {
	var b strings.Builder
	for _, p := range ps {
		fmt.Fprintf(&b, "%s | %s\n", p, p.Hint)
	}
	return b.String()
}
