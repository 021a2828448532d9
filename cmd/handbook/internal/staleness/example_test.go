package staleness_test

import (
	"fmt"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/staleness"
)

// All the reasons of a section are found once, with the days on which they hold;
// which of them hold is then a question of the day alone.
func Example() {
	b, _, err := book.Load(fstest.MapFS{
		"registers/laws.yaml": {Data: []byte("- {id: us-tcpa, short: TCPA, verified_on: 2026-01-05, amended: [{effective: 2026-03-01}]}\n")},
		"texting.md":          {Data: []byte("---\ntitle: Texting\ndrafted: 2026-01-10\nlaws: [us-tcpa]\n---\nAsk first.\n")},
	}, book.Options{})
	if err != nil {
		panic(err)
	}
	s := b.Section("texting")
	all := staleness.All(b, s)
	for _, day := range []date.Date{date.New(2026, 2, 1), date.New(2026, 3, 1), date.New(2027, 2, 1)} {
		holding := staleness.Holding(all, day)
		fmt.Println(day, staleness.StatusOf(holding))
		for _, r := range holding {
			fmt.Println("  ", r.Kind, r.Text(lang.English()))
		}
	}
	// Output:
	// 2026-02-01 due
	//    law-coming TCPA changes on 1 March 2026.
	// 2026-03-01 stale
	//    law-amended TCPA changed on 1 March 2026, after this section was drafted on 10 January 2026.
	// 2027-02-01 stale
	//    overdue Review was due by 10 January 2027.
	//    law-amended TCPA changed on 1 March 2026, after this section was drafted on 10 January 2026.
	//    source-unverified TCPA was last checked against its source on 5 January 2026. The next check was due by 5 January 2027.
}
