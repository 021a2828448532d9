package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/export"
)

// The exports are files that are written when they are needed; handbook.json is
// the one for other programs.
func ExampleFiles() {
	b, _, err := book.Load(fstest.MapFS{
		"handbook.yaml": {Data: []byte("title: Staff handbook\n")},
		"texting.md":    {Data: []byte("---\ntitle: Texting\ndrafted: 2026-01-10\nreview_every: 1 month\n---\nAsk first.\n")},
	}, book.Options{})
	if err != nil {
		panic(err)
	}
	err = export.Files(b, export.Options{Day: date.New(2026, 3, 1)}, func(path string, write func(io.Writer) error) error {
		fmt.Println(path)
		if path != "handbook.json" {
			return nil
		}
		var data bytes.Buffer
		if err := write(&data); err != nil {
			return err
		}
		var register struct {
			Schema   int
			Sections []struct{ Title, Status string }
		}
		err := json.Unmarshal(data.Bytes(), &register)
		fmt.Println(" ", register.Schema, register.Sections)
		return err
	})
	fmt.Println(err)
	// Output:
	// .nojekyll
	// handbook.json
	//   1 [{Texting stale}]
	// changes.atom
	// health.csv
	// reviews.ics
	// <nil>
}
