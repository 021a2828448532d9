package date_test

import (
	"errors"
	"fmt"

	"handbook/cmd/handbook/internal/date"
)

// A day is refused with what to write instead, and never guessed.
func ExampleParse() {
	d, err := date.Parse("2026-11-21")
	fmt.Println(d, err)

	_, err = date.Parse("3/4/2026")
	var wrong *date.ParseError
	if errors.As(err, &wrong) {
		fmt.Println(wrong.Text + ": " + wrong.Hint)
	}
	// Output:
	// 2026-11-21 <nil>
	// ambiguous date: "3/4/2026": write 2026-03-04 (or 2026-04-03)
}

// Six months after the last day of August is the last day of February.
func ExampleDate_Add() {
	half, err := date.ParsePeriod("6 months")
	fmt.Println(date.New(2025, 8, 31).Add(half), err)
	// Output: 2026-02-28 <nil>
}
