package edit_test

import (
	"fmt"

	"handbook/cmd/handbook/internal/edit"
)

// A record is added, and every other byte of the file stays as it was.
func ExampleAppend() {
	page := "---\ntitle:   Texting   # as the board calls it\n---\nDo not text.\n"
	page2, err := edit.Append([]byte(page), "reviews", []edit.Field{
		{Key: "on", Text: "2026-05-30"}, {Key: "by", Text: "Ann: privacy lead"}, {Key: "checked", List: []string{"laws", "links"}},
	})
	fmt.Printf("%s%v\n", page2, err)
	// Output:
	// ---
	// title:   Texting   # as the board calls it
	// reviews:
	//   - {on: 2026-05-30, by: "Ann: privacy lead", checked: [laws, links]}
	// ---
	// Do not text.
	// <nil>
}
