package site

import (
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/staleness"
)

// enough is how many reasons of one kind and day are still told one by one.
const enough = 3

// together makes one reason of many that say the same of different sources:
// registers are checked in one go, so all the sources of a section fall due on
// one day, and a list of thirty like lines tells a reader less than one.
func together(sec *book.Section, reasons []Reason) []Reason {
	if len(reasons) <= enough {
		return reasons
	}
	type key struct{ since, until, tail string }
	groups := map[key][]int{}
	keyOf := func(r *Reason) (key, bool) {
		tail, ok := strings.CutPrefix(r.Text, r.Cause+" was last checked against its source on ")
		return key{r.Since, r.Until, tail}, ok && r.Kind == string(staleness.SourceUnverified)
	}
	for i := range reasons {
		if k, ok := keyOf(&reasons[i]); ok {
			groups[k] = append(groups[k], i)
		}
	}
	out := reasons[:0]
	for i := range reasons {
		r := reasons[i]
		k, ok := keyOf(&r)
		members := groups[k]
		switch {
		case !ok || len(members) <= enough:
			out = append(out, r)
		case members[0] == i:
			var who string
			if total := len(sec.Laws) + len(sec.References); len(members) == total {
				who = "All " + strconv.Itoa(total) + " laws and references that this section rests on"
			} else {
				names := make([]string, len(members))
				for j, m := range members {
					names[j] = reasons[m].Cause
				}
				who = strings.Join(names[:len(names)-1], "; ") + " and " + names[len(names)-1]
			}
			r.Text = who + " were last checked against their sources on " + k.tail
			r.causePath, r.Cause = escapePath(sec.Path)+"#_page-sources", "what this section rests on"
			out = append(out, r)
		}
	}
	return out
}
