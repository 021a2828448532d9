package markdown_test

import (
	"fmt"

	"handbook/cmd/handbook/internal/markdown"
)

// A page is parsed and rendered once, and then asked for what is in it.
func ExampleParser_Parse() {
	doc, problems := markdown.New().Parse(markdown.Input{
		File: "texting.md", ID: "texting", Line: 1,
		Body: []byte("# Texting\n\n::: rule {#texting-1 level=1 laws=us-tcpa}\nText about appointments only.\n:::\n\n<b>Ask first.</b>\n"),
	})
	fmt.Println(doc.Title)
	for _, r := range doc.Rules {
		fmt.Println(r.ID, r.Level, r.Laws, r.Text)
	}
	for _, p := range problems {
		fmt.Println(p)
	}
	// Output:
	// Texting
	// texting-1 1 [us-tcpa] Text about appointments only.
	// texting.md:7:1: error: raw HTML cannot be used: "<b>" [raw-html]
	// texting.md:7:14: error: raw HTML cannot be used: "</b>" [raw-html]
}
