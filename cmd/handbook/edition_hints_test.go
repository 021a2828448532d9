package main

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/diag"
)

var (
	takeOut = regexp.MustCompile(`^delete line (\d+)`)
	putIn   = regexp.MustCompile(`^put a line (:::(?: /\w+)?|"[^"]*") after line (\d+)`)
)

// obey does what a hint says, if it says it plainly.
func obey(body, hint string) (string, bool) {
	lines := strings.Split(body, "\n")
	if m := takeOut.FindStringSubmatch(hint); m != nil {
		n, _ := strconv.Atoi(m[1])
		return strings.Join(slices.Delete(lines, n-bodyLine, n-bodyLine+1), "\n"), true
	}
	if m := putIn.FindStringSubmatch(hint); m != nil {
		n, _ := strconv.Atoi(m[2])
		return strings.Join(slices.Insert(lines, n-bodyLine+1, strings.Trim(m[1], `"`)), "\n"), true
	}
	return body, false
}

var staffWord = regexp.MustCompile(`zqstaff\d+`)

// TestHintsWidenNothing obeys every hint about the lines of blocks without a
// thought, until there is none left: no word for staff becomes visible to
// clients that was not, and nothing for staff is published in the end.
func TestHintsWidenNothing(t *testing.T) {
	pages, obeyed, mended, leaked := uint64(2000), 0, 0, 0
	for seed := range pages {
		g := &grammar{choices: choices(seed + 1_000_000)}
		g.page()
		at := g.fenceRows()
		if len(at) == 0 {
			continue
		}
		switch i := at[g.choose(len(at))]; g.choose(2) {
		case 0:
			g.out = slices.Delete(g.out, i, i+1)
		case 1:
			i = g.choose(len(g.out))
			g.out = slices.Insert(g.out, i, row{before: strings.NewReplacer("-", " ", "1.", "  ", ":", " ").Replace(g.out[i].before), text: ":::"})
		}
		body := g.String()
		trail := ""
		_, said, ps := forClients(t, body)
		for range 6 {
			next, ok := body, false
			for _, p := range ps {
				if p.Rule == "unclosed-block" && !ok {
					next, ok = obey(body, p.Hint)
				}
			}
			if !ok {
				break
			}
			obeyed++
			trail += toldAll(ps) + "\n"
			_, after, then := forClients(t, next)
			for _, w := range staffWord.FindAllString(after, -1) {
				if !regexp.MustCompile(w + `\b`).MatchString(said) {
					t.Errorf("seed %d: obeying shows %s\n--- before\n%s\n%s--- after\n%s", seed, w, numbered(body), toldAll(ps), numbered(next))
					break
				}
			}
			body, said, ps = next, after, then
		}
		if !diag.HasErrors(ps) {
			mended++
			if strings.Contains(said, "zqstaff") {
				leaked++
				t.Logf("seed %d: mended, and shows what is for staff\n%s%s", seed, trail, numbered(body))
			}
		}
	}
	t.Logf("%d pages: %d hints obeyed, %d pages mended, of which %d show what is for staff", pages, obeyed, mended, leaked)
	if obeyed < 400 || mended < 300 {
		t.Errorf("too little was tried")
	}
	// A first line that is missing, next to blocks of the same kind, cannot be told
	// from a last line too many.
	if leaked*25 > mended {
		t.Errorf("%d of %d pages show what is for staff in the end", leaked, mended)
	}
}
