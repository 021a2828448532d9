package output

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"
)

// large makes a site of n pages of 12 kB.
func large(b *testing.B, n, edition int) *Tree {
	b.Helper()
	tree := NewTree()
	must(b, tree.AddManifest())
	page := bytes.Repeat([]byte("<p>You must ask before you text.</p>\n"), 330)
	for i := range n {
		must(b, tree.Add(fmt.Sprintf("part-%d/section-%d.html", i%20, i), fmt.Appendf(nil, "%d %d %s", i, edition, page)))
	}
	return tree
}

func BenchmarkTreeAdd(b *testing.B) {
	paths := make([]string, 20_000)
	for i := range paths {
		paths[i] = fmt.Sprintf("part-%d/section-%d.html", i%20, i)
	}
	b.ReportAllocs()
	for b.Loop() {
		tree := NewTree()
		for _, path := range paths {
			must(b, tree.Add(path, nil))
		}
	}
}

func BenchmarkManifest(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		tree := large(b, 10_000, 0)
		b.StartTimer()
		_, err := tree.Read(ManifestPath)
		must(b, err)
	}
}

func BenchmarkPublish(b *testing.B) {
	for _, bm := range []struct {
		name    string
		changes bool
	}{{"changed", true}, {"unchanged", false}} {
		b.Run(bm.name, func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "public")
			publish(b, large(b, 10_000, 0), Options{Dir: dir})
			for n := 1; b.Loop(); n++ {
				b.StopTimer()
				edition := 0
				if bm.changes {
					edition = n
				}
				tree := large(b, 10_000, edition)
				b.StartTimer()
				publish(b, tree, Options{Dir: dir})
			}
		})
	}
}
