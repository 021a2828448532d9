package check_test

import (
	"fmt"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
)

// What is found while a handbook is loaded and what is checked after that are
// graded together, as handbook.yaml sets the severities.
func ExampleRun() {
	b, told, err := book.Load(fstest.MapFS{
		"handbook.yaml": {Data: []byte("owners: [{id: ann, name: Ann}]\nchecks: {missing-summary: \"off\", owner-without-contact: error}\n")},
		"1-texting.md":  {Data: []byte("---\ntitle: Texting\nowner: ann\ndrafted: 2026-01-10\n---\nAsk first.\n")},
	}, book.Options{})
	if err != nil {
		panic(err)
	}
	found := check.Run(b, check.Options{Today: date.New(2026, 2, 1), Told: told})
	for _, p := range check.Grade(append(told, found...), b.Config.Checks, false) {
		fmt.Println(p)
	}
	// Output:
	// handbook.yaml:1:15: error: owner "ann" cannot be reached: there is no e-mail address and no phone number [owner-without-contact]
}
