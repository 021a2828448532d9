package book_test

import (
	"fmt"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
)

// Any folder of markdown is a handbook. What is wrong in it is told with its
// place, and the rest is loaded.
func ExampleLoad() {
	folder := fstest.MapFS{
		"handbook.yaml":            {Data: []byte("title: Staff handbook\n")},
		"registers/laws.yaml":      {Data: []byte("- {id: us-tcpa, title: Telephone Consumer Protection Act}\n")},
		"2-phones/3-texting.md":    {Data: []byte("---\ntitle: Texting\nlaws: [us-tcap]\n---\nSee [locks](1-locks.md).\n")},
		"2-phones/1-locks.md":      {Data: []byte("# Phone locks\n\nLock your phone.\n")},
		"2-phones/10-old-phone.md": {Data: []byte("# Old phones\n\nHand them in.\n")},
	}
	b, problems, err := book.Load(folder, book.Options{Dir: "content/"})
	if err != nil {
		panic(err) // the folder cannot be read at all
	}
	for _, s := range b.Sections {
		fmt.Println(s.Number, s.Title, s.ID, s.Path)
	}
	for _, p := range problems {
		fmt.Println(p)
		fmt.Println(p.Hint)
	}
	// Output:
	// 2.1 Phone locks locks phones/locks.html
	// 2.3 Texting texting phones/texting.html
	// 2.10 Old phones old-phone phones/old-phone.html
	// content/2-phones/3-texting.md:3:8: error: law "us-tcap" is not in registers/laws.yaml [unknown-law]
	// did you mean us-tcpa?
}

// The keys that files may have are one table, which the reader goes by.
func ExampleKinds() {
	for _, k := range book.Kinds() {
		if k.Name == "references" {
			status := k.Keys.Find("status")
			fmt.Println(k.File, k.Keys.Names()[:3], status.Values, status.Default)
		}
	}
	// Output: registers/references.yaml [id title also_called] [current superseded withdrawn] current
}
