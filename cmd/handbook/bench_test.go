//go:build unix

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/export"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/record"
	"handbook/cmd/handbook/internal/search"
	"handbook/cmd/handbook/internal/site"
	"handbook/cmd/handbook/internal/staleness"
	"handbook/cmd/handbook/internal/testkit"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// The benchmarks measure each stage of a build, and the whole of it, on made-up
// handbooks of 1,000 and 10,000 sections of 6 KB (package corpus). Run them with
//
//	go test ./cmd/handbook -run '^$' -bench .
//
// and see where one stage spends its time with, for example,
//
//	go test ./cmd/handbook -run '^$' -bench Load/10000 -cpuprofile cpu.out
//	go tool pprof -top -cum cpu.out
//
// Besides the usual figures each prints user-s/op, the seconds of processor
// time that the process spent in user mode, garbage collection included: what
// a build costs, whatever the number of cores and the speed of the disk.
//
// The yardstick is goldmark: what its own parser and renderer, with the same
// standard extensions, need for the bodies of the same sections and nothing
// else (BenchmarkGoldmark). BenchmarkFullBuild runs the program, from reading
// the folder to the published site, and the yardstick in turn. x-goldmark is
// the ratio of their user times for a handbook without a search (search: false
// in handbook.yaml), which must not be more than 2.5; x-goldmark-with-index is
// that of a handbook with one. peak-MB is the most memory that the program held
// with one.

// sizes runs a benchmark for each number of sections.
func sizes(b *testing.B, f func(b *testing.B, n int)) {
	for _, n := range []int{1000, 10000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) { f(b, n) })
	}
}

// measure runs f b.N times and reports the user time of each.
func measure(b *testing.B, f func()) {
	runtime.GC()
	b.ReportAllocs()
	start := testkit.UserTime()
	for b.Loop() {
		f()
	}
	b.ReportMetric((testkit.UserTime()-start).Seconds()/float64(b.N), "user-s/op")
}

// everyCore calls f for each of n numbers on as many goroutines as there are
// cores, as a build does.
func everyCore(n int, f func(i int)) {
	work := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range work {
				f(i)
			}
		})
	}
	for i := range n {
		work <- i
	}
	close(work)
	wg.Wait()
}

// today is the day on which the benchmarks build.
func today() date.Date { return date.New(2026, time.November, 20) }

// corpusFolder writes a corpus to the disk, and gives the folder that holds its content.
func corpusFolder(b *testing.B, n int) string {
	b.Helper()
	dir := b.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "content"), corpus.Handbook(n)); err != nil {
		b.Fatal(err)
	}
	return dir
}

// content opens the content of a corpus as the program does.
func content(b *testing.B, n int) fs.FS {
	b.Helper()
	r, err := os.OpenRoot(filepath.Join(corpusFolder(b, n), "content"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = r.Close() })
	return r.FS()
}

// loaded returns a corpus as a Book.
func loaded(b *testing.B, n int) *book.Book {
	b.Helper()
	bk, problems, err := book.Load(content(b, n), book.Options{Dir: "content/"})
	if err != nil || len(problems) > 0 {
		b.Fatal(err, problems)
	}
	return bk
}

// goldmarkAlone converts bodies with goldmark's own parser and renderer.
func goldmarkAlone(b *testing.B, bodies [][]byte) {
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify, extension.TaskList, extension.DefinitionList, extension.Footnote))
	buffers := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	everyCore(len(bodies), func(i int) {
		buf := buffers.Get().(*bytes.Buffer)
		buf.Reset()
		if err := md.Convert(bodies[i], buf); err != nil {
			b.Error(err)
		}
		buffers.Put(buf)
	})
}

func BenchmarkGoldmark(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		bodies := corpus.Bodies(corpus.Handbook(n), n)
		measure(b, func() { goldmarkAlone(b, bodies) })
	})
}

func BenchmarkRead(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		fsys := content(b, n)
		measure(b, func() {
			err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					_, err = fs.ReadFile(fsys, name)
				}
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		})
	})
}

func BenchmarkFrontMatter(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		pages := sources(b, n)
		measure(b, func() {
			everyCore(n, func(i int) {
				parts, problems := markdown.Split("", pages[i])
				r := &record.Reader{}
				v, ok := r.Parse(parts.Front)
				if m := v.Map("the front matter"); !ok || len(problems) > 0 || m.Text("title") == "" {
					b.Error(problems, r.Problems)
				}
			})
		})
	})
}

func BenchmarkMarkdown(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		bk := loaded(b, n)
		var terms []markdown.Term
		for _, t := range bk.Terms {
			terms = append(terms, markdown.Term{ID: t.ID, Forms: append([]string{t.Term}, t.Also...), Definition: t.Definition})
		}
		setting := markdown.Setting{Terms: markdown.NewTerms(terms),
			Cite:  func(id string) (markdown.Cite, bool) { return markdown.Cite{Label: id}, true },
			Value: func(string) (string, bool) { return "a value", true },
		}
		pages := sources(b, n)
		parser := markdown.New()
		measure(b, func() {
			everyCore(n, func(i int) {
				parts, _ := markdown.Split("", pages[i])
				_, problems := parser.Parse(markdown.Input{Setting: setting, ID: bk.Sections[i].ID, Title: bk.Sections[i].Title, Body: parts.Body, Line: parts.BodyLine})
				if len(problems) > 0 {
					b.Error(problems)
				}
			})
		})
	})
}

// sources returns the files of a corpus's sections.
func sources(b *testing.B, n int) [][]byte {
	var out [][]byte
	files := corpus.Handbook(n)
	for _, s := range loaded(b, n).Sections {
		out = append(out, files[s.Source].Data)
	}
	return out
}

func BenchmarkLoad(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		fsys := content(b, n)
		measure(b, func() {
			_, problems, err := book.Load(fsys, book.Options{Dir: "content/"})
			if err != nil || len(problems) > 0 {
				b.Fatal(err, problems)
			}
		})
	})
}

func BenchmarkCheck(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		bk := loaded(b, n)
		measure(b, func() { check.Grade(check.Run(bk, check.Options{Today: today()}), nil, false) })
	})
}

func BenchmarkStaleness(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		bk := loaded(b, n)
		measure(b, func() {
			for _, s := range bk.Sections {
				staleness.Timeline(staleness.All(bk, s))
			}
		})
	})
}

func BenchmarkPages(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		bk := loaded(b, n)
		measure(b, func() {
			tree, err := site.Build(bk, site.Options{Day: today()})
			if err != nil {
				b.Fatal(err)
			}
			var pages []string
			for _, p := range tree.Paths() {
				if strings.HasSuffix(p, ".html") {
					pages = append(pages, p)
				}
			}
			everyCore(len(pages), func(i int) {
				if _, err := tree.Read(pages[i]); err != nil {
					b.Error(err)
				}
			})
		})
	})
}

func BenchmarkExports(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		bk := loaded(b, n)
		reasons := map[*book.Section][]staleness.Reason{} // the pages have found them out
		for _, s := range bk.Sections {
			reasons[s] = staleness.Holding(staleness.All(bk, s), today())
		}
		opt := export.Options{Day: today(), Reasons: func(s *book.Section) []staleness.Reason { return reasons[s] }}
		measure(b, func() {
			err := export.Files(bk, opt, func(_ string, write func(io.Writer) error) error {
				return write(io.Discard)
			})
			if err != nil {
				b.Fatal(err)
			}
		})
	})
}

func BenchmarkPublish(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		made, err := site.Build(loaded(b, n), site.Options{Day: today()})
		if err != nil {
			b.Fatal(err)
		}
		files := map[string][]byte{}
		for _, p := range made.Paths() {
			if files[p], err = made.Read(p); err != nil {
				b.Fatal(err)
			}
		}
		delete(files, "manifest.json")
		i, dir := 0, b.TempDir()
		measure(b, func() {
			i++
			tree := output.NewTree()
			for p, data := range files {
				if err := tree.Add(p, data); err != nil {
					b.Fatal(err)
				}
			}
			if err := tree.AddManifest(); err != nil {
				b.Fatal(err)
			}
			if _, err := output.Publish(context.Background(), tree, output.Options{Dir: filepath.Join(dir, fmt.Sprint(i))}); err != nil {
				b.Fatal(err)
			}
		})
	})
}

// makeIndex makes the search index of a Book.
func makeIndex(b *testing.B, bk *book.Book) {
	err := search.Files(bk, search.Options{}, func(_ string, write func(io.Writer) error) error { return write(io.Discard) })
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkSearch(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		bk := loaded(b, n)
		measure(b, func() { makeIndex(b, bk) })
	})
}

// BenchmarkFullBuild runs the program as a process of its own (TestMain), with
// the search index and without, and goldmark in this one, in turn.
func BenchmarkFullBuild(b *testing.B) {
	sizes(b, func(b *testing.B, n int) {
		with, without, bodies := corpusFolder(b, n), corpusFolder(b, n), corpus.Bodies(corpus.Handbook(n), n)
		noSearch(b, without)
		var full, bare, alone time.Duration
		i, peak := 0, 0
		for b.Loop() {
			i++
			name := fmt.Sprintf("public-%d", i)
			user, most := runBuild(b, with, name)
			full, peak = full+user, max(peak, most)
			b.StopTimer()
			user, _ = runBuild(b, without, name)
			bare += user
			runtime.GC()
			start := testkit.UserTime()
			goldmarkAlone(b, bodies)
			alone += testkit.UserTime() - start
			for _, dir := range []string{with, without} {
				if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
					b.Fatal(err)
				}
			}
			b.StartTimer()
		}
		runs := float64(b.N)
		b.ReportMetric(bare.Seconds()/runs, "user-s/op")
		b.ReportMetric(full.Seconds()/runs, "user-s-with-index/op")
		b.ReportMetric(alone.Seconds()/runs, "goldmark-user-s/op")
		b.ReportMetric(bare.Seconds()/alone.Seconds(), "x-goldmark")
		b.ReportMetric(full.Seconds()/alone.Seconds(), "x-goldmark-with-index")
		if peak > 0 {
			b.ReportMetric(float64(peak)/1024, "peak-MB")
		}
	})
}

// noSearch switches the search of a handbook off.
func noSearch(b *testing.B, dir string) {
	f, err := os.OpenFile(filepath.Join(dir, "content", "handbook.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	_, err = f.WriteString("\nsearch: false\n")
	if err := errors.Join(err, f.Close()); err != nil {
		b.Fatal(err)
	}
}

// runBuild builds a handbook in a process of its own, and gives the user time
// that it took, and the most memory in KB that it held.
func runBuild(b *testing.B, dir, out string) (user time.Duration, peak int) {
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	c := exec.Command(self, "-C", dir, "build", "-o", out)
	c.Args[0] = "handbook"
	c.Env = append(os.Environ(), "TODAY="+today().String())
	var told bytes.Buffer
	c.Stdout, c.Stderr = &told, &told
	if err := c.Start(); err != nil {
		b.Fatal(err)
	}
	done, most := make(chan struct{}), make(chan int)
	go func() { most <- peakMemory(c.Process.Pid, done) }()
	err = c.Wait()
	close(done)
	if peak = <-most; err != nil {
		b.Fatalf("%v\n%s", err, told.Bytes())
	}
	return c.ProcessState.UserTime(), peak
}

// peakMemory returns the most memory in KB that a process has held until it was
// done, or 0 where the system does not tell. (What the system tells when a
// process has ended counts the memory of the process that started it.)
func peakMemory(pid int, done <-chan struct{}) int {
	peak := 0
	for tick := time.NewTicker(10 * time.Millisecond); ; {
		status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if _, rest, ok := strings.Cut(string(status), "VmHWM:"); ok {
			kb := 0
			if _, err := fmt.Sscan(rest, &kb); err == nil {
				peak = max(peak, kb)
			}
		}
		select {
		case <-done:
			tick.Stop()
			return peak
		case <-tick.C:
		}
	}
}
