package check

import (
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// BenchmarkRun checks a generated handbook of 1,000 sections, with every rule
// that is off by default turned on.
func BenchmarkRun(b *testing.B) {
	bk, _, err := book.Load(corpus.Handbook(1000), book.Options{Dir: "content/"})
	if err != nil {
		b.Fatal(err)
	}
	bk.Config.Checks = optionsOn()
	b.ResetTimer()
	for b.Loop() {
		Grade(Run(bk, Options{Today: today()}), bk.Config.Checks, false)
	}
}
