package site

import (
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// BenchmarkSite measures the making of every file of a handbook of 1,000
// sections, from the loaded Book to the last byte.
func BenchmarkSite(b *testing.B) {
	loaded := load(b, corpus.Handbook(1000), book.Options{})
	b.ReportAllocs()
	for b.Loop() {
		tree, err := Build(loaded, Options{Day: day()})
		if err != nil {
			b.Fatal(err)
		}
		size := int64(0)
		for _, p := range tree.Paths() {
			data, err := tree.Read(p)
			if err != nil {
				b.Fatal(err)
			}
			size += int64(len(data))
		}
		b.SetBytes(size)
	}
}

// BenchmarkSectionPage measures one page of a section.
func BenchmarkSectionPage(b *testing.B) {
	loaded := load(b, corpus.Handbook(corpus.PartSize), book.Options{})
	b.ReportAllocs()
	for i := 0; i < b.N; {
		b.StopTimer()
		tree, err := Build(loaded, Options{Day: day()})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tree.Read(loaded.Sections[0].Path); err != nil { // draws what pages share
			b.Fatal(err)
		}
		b.StartTimer()
		for _, sec := range loaded.Sections[1:] {
			if _, err := tree.Read(sec.Path); err != nil {
				b.Fatal(err)
			}
			if i++; i >= b.N {
				break
			}
		}
	}
}
