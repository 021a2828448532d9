package output_test

import (
	"fmt"
	"io"

	"handbook/cmd/handbook/internal/output"
)

// A file of a Tree is its bytes, or a function that makes them when they are
// needed.
func ExampleTree() {
	tree := output.NewTree()
	err := tree.Add("index.html", []byte("<p>Home"))
	if err == nil {
		err = tree.AddWriter("phones/texting.html", func(w io.Writer) error {
			_, err := io.WriteString(w, "<p>Texting")
			return err
		})
	}
	fmt.Println(tree.Paths(), err)
	page, err := tree.Read("phones/texting.html")
	fmt.Printf("%s %v\n", page, err)
	fmt.Println(tree.Add("../secret", nil))
	// Output:
	// [index.html phones/texting.html] <nil>
	// <p>Texting <nil>
	// path "../secret" has ".." in it
}
