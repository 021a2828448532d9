package staleness

import (
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/source"
)

func TestOneLine(t *testing.T) {
	for _, s := range []string{"", " ", "a", "a b", " a", "a ", "a  b", "a\nb", "a\u00a0b", "é  b", "HIPAA Privacy Rule", "a b ", "\ta"} {
		if got, want := source.OneLine(s), strings.Join(strings.Fields(s), " "); got != want {
			t.Errorf("source.OneLine(%q) = %q, want %q", s, got, want)
		}
	}
}
