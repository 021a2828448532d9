package diag

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

// runnerTakes reports whether a runner would take a line for a command: the
// rules of its parser for both forms.
func runnerTakes(line string) bool {
	if strings.HasPrefix(strings.TrimSpace(line), "::") {
		return true
	}
	for _, begin := range []string{"##[", "##vso[", "##teamcity["} {
		if strings.Contains(line, begin) {
			return true
		}
	}
	return false
}

func TestGuard(t *testing.T) { // Case S7
	for in, want := range map[string]string{
		"":                                    "",
		"content/a.md:1:1: error: x [y]\n":    "content/a.md:1:1: error: x [y]\n",
		"::add-mask::a.md: error\n":           ": :add-mask::a.md: error\n",
		"one\n::error::x\n::stop-commands::y": "one\n: :error::x\n: :stop-commands::y",
		" \t ::add-mask::x\r::y":              " \t : :add-mask::x\r: :y",
		"\u00A0\u3000::add-mask::x":           "\u00A0\u3000: :add-mask::x",
		":::":                                 ": ::",
		"::: rule\n":                          ": :: rule\n",
		"a ::: rule {#x}":                     "a ::: rule {#x}",
		"use ::error:: here":                  "use ::error:: here",
		": :":                                 ": :",
		"##[add-mask]x ###[debug]y":           "## [add-mask]x ### [debug]y",
		"x ##vso[task.setvariable]y":          "x ##vso [task.setvariable]y",
		"##teamcity[x] ##a#[b] ##a##c[d]":     "##teamcity [x] ##a#[b] ##a##c [d]",
		"## Heading [x] #[y] # #[z] ##1[a]":   "## Heading [x] #[y] # #[z] ##1[a]",
	} {
		for size := 1; size <= len(in)+1; size++ {
			var out bytes.Buffer
			w := Guard(&out)
			for rest := in; rest != ""; {
				n := min(size, len(rest))
				if wrote, err := w.Write([]byte(rest[:n])); wrote != n || err != nil {
					t.Fatalf("Write gives %d, %v; want %d", wrote, err, n)
				}
				rest = rest[n:]
			}
			if out.String() != want {
				t.Errorf("%q in pieces of %d becomes %q, want %q", in, size, out.String(), want)
			}
		}
	}
}

func FuzzGuard(f *testing.F) {
	f.Add("::x", 1)
	f.Add("a\r\n\u2003::x##[y", 2)
	f.Fuzz(func(t *testing.T, in string, size int) {
		var out bytes.Buffer
		w := Guard(&out)
		for rest := in; rest != ""; {
			n := min(max(1, size), len(rest))
			if _, err := w.Write([]byte(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if plain := strings.ReplaceAll(in, " ", ""); strings.ReplaceAll(out.String(), " ", "") != plain {
			t.Errorf("%q becomes %q", in, out.String())
		}
		for _, line := range strings.FieldsFunc(out.String(), func(r rune) bool { return r == '\n' || r == '\r' }) {
			if runnerTakes(line) {
				t.Errorf("%q is printed as %q, which holds a command", in, line)
			}
		}
	})
}

// A small writer takes a few bytes.
type small struct{ room int }

func (f *small) Write(p []byte) (int, error) {
	n := min(len(p), f.room)
	f.room -= n
	if n < len(p) {
		return n, errors.New("full")
	}
	return n, nil
}

func TestGuardFails(t *testing.T) {
	for room, want := range map[int]int{0: 0, 1: 1, 2: 1, 3: 2, 5: 4, 9: 5} {
		n, err := Guard(&small{room}).Write([]byte("::abc"))
		if n != want || (err == nil) != (n == 5) {
			t.Errorf("with room for %d: %d, %v; want %d", room, n, err, want)
		}
	}
}
