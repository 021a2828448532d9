//go:build unix

package search

import (
	"io"
	"io/fs"
	"runtime"
	"testing"
	"time"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/testkit"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// A counter counts what is written.
type counter struct{ n *int }

func (c counter) Write(b []byte) (int, error) {
	*c.n += len(b)
	return len(b), nil
}

func benchmarkIndex(b *testing.B, fsys fs.FS) {
	bk, _, err := book.Load(fsys, book.Options{})
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	idle := m.HeapInuse
	before := testkit.UserTime()
	bytes := 0
	for b.Loop() {
		bytes = 0
		err := Files(bk, Options{}, func(_ string, writeFile func(io.Writer) error) error {
			return writeFile(counter{&bytes})
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(testkit.UserTime()-before)/float64(time.Second)/float64(b.N), "user-s/op")
	b.ReportMetric(float64(bytes)/(1<<20), "MB")
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapSys-min(idle, m.HeapSys))/(1<<20), "heap-MB") // the most so far, but for the book
}

// BenchmarkIndex makes the index of handbooks of about 2,000 and 100,000
// headings.
func BenchmarkIndex(b *testing.B) {
	b.Run("2000", func(b *testing.B) { benchmarkIndex(b, corpus.Handbook(220)) })
	b.Run("100000", func(b *testing.B) { benchmarkIndex(b, corpus.Handbook(11000)) })
}

// BenchmarkWarmQuery asks a browser that has asked the same before: what is
// left is the work of the client. The time is the browser's own. The last of
// the queries have none but words that stand nearly everywhere.
func BenchmarkWarmQuery(b *testing.B) {
	for _, c := range []struct {
		name     string
		sections int
	}{{"2000", 220}, {"100000", 11000}} {
		b.Run(c.name, func(b *testing.B) {
			e := newEngine(b, newTab(b), load(b, corpus.Handbook(c.sections)), Options{})
			for _, q := range []string{"passwords and consent", "telehealth record keeping", "clinical director", `"clinical director"`, "texting", "home vis", "clinical supervsion", "staff must record", "client must work", "what you must do", "the", "s"} {
				b.Run(q, func(b *testing.B) {
					e.t = b
					e.ask(q)
					worst, sum, n := 0.0, 0.0, 0
					for b.Loop() {
						took := eval[float64](b, e.tab, `(async () => { const from = performance.now(); await engine.search(`+quoted(b, q)+`, { limit: 10 }); return performance.now() - from; })()`)
						worst, sum, n = max(worst, took), sum+took, n+1
					}
					b.ReportMetric(sum/float64(n), "browser-ms/query")
					b.ReportMetric(worst, "browser-ms/worst")
				})
			}
		})
	}
}
