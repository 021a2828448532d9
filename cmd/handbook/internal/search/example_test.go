package search_test

import (
	"fmt"
	"io"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/search"
)

// The index is files, of which a browser fetches those that a query needs.
func ExampleFiles() {
	b, _, err := book.Load(fstest.MapFS{"texting.md": {Data: []byte("# Texting with clients\n\nAsk first.\n")}}, book.Options{})
	if err != nil {
		panic(err)
	}
	err = search.Files(b, search.Options{}, func(path string, write func(io.Writer) error) error {
		fmt.Println(path)
		return nil // to write it, call write
	})
	fmt.Println(err)
	// Output:
	// search/en/m0.js
	// search/en/p0.js
	// search/en/x0.js
	// search/en/x1.js
	// search/en/d0.js
	// search/en/v0.js
	// search/en/f0.js
	// <nil>
}
