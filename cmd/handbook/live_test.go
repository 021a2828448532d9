package main

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/preview"
	fswatch "handbook/cmd/handbook/internal/watch"
)

func newTestLive(t *testing.T) *live {
	t.Helper()
	dir := t.TempDir()
	for name, text := range modelFiles() {
		writeFile(t, filepath.Join(dir, name), text)
	}
	tool := &tool{environment: environment{io.Discard, io.Discard, func(string) string { return "" }, modelDay().Time()}, dir: dir}
	l, err := tool.newLive(modelNow(), serveFlags{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.close)
	return l
}

// TestServeMidnight lets a day begin while a file is saved: each as serve does
// it, on a goroutine of its own and with nothing that would put them in order.
// The race detector sees what they share without a lock, whoever comes first.
func TestServeMidnight(t *testing.T) { // Case F2
	l := newTestLive(t)
	server := &preview.Server{Build: l.build, Page: l.page, Line: l.line, Published: l.published}
	server.Rebuild(nil)
	var both sync.WaitGroup
	both.Go(func() {
		l.setClock(date.New(2026, 11, 21).Time())
		server.Rebuild([]string{})
	})
	var names []string
	both.Go(func() {
		names = l.names([]fswatch.Change{{Root: filepath.Join(l.dir, "content"), Name: "top.md"}, {Root: filepath.Join(l.dir, "static"), Name: "."}})
		server.Rebuild(names)
	})
	both.Wait()
	if want := []string{"content/top.md", "static/"}; !slices.Equal(names, want) {
		t.Errorf("the changed files are called %q, want %q", names, want)
	}
}

// TestServeRetry makes sure that a preview builds again by itself while, and
// only while, something cannot be read.
func TestServeRetry(t *testing.T) { // Case S4
	l := newTestLive(t)
	ticks, built := make(chan time.Time), 0
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	working.Go(func() {
		l.retry(ctx, ticks, func(changed []string) {
			built++
			l.mu.Lock()
			l.unread = false
			l.mu.Unlock()
			if changed == nil {
				t.Error("everything is read again")
			}
		})
	})
	ticks <- time.Time{} // all is well
	ticks <- time.Time{} // so that the first one has been seen to
	l.mu.Lock()
	l.unread = true
	l.mu.Unlock()
	ticks <- time.Time{}
	ticks <- time.Time{}
	ticks <- time.Time{}
	stop()
	working.Wait()
	if built != 1 {
		t.Errorf("built %d times, want once", built)
	}
}

// TestServeZone lets midnight come in the handbook's zone, and the zone change.
func TestServeZone(t *testing.T) { // Case A8
	l := newTestLive(t)
	zone := func(name string) {
		writeFile(t, filepath.Join(l.dir, "content", "handbook.yaml"), modelFiles()["content/handbook.yaml"]+"timezone: "+name+"\n")
	}
	build := func(want string) {
		t.Helper()
		if _, problems, err := l.build(nil); err != nil || diag.HasErrors(problems) || l.day.String() != want {
			t.Fatalf("built for %s, want %s: %v %v", l.day, want, problems, err)
		}
	}
	zone("America/New_York")
	l.setClock(time.Date(2026, 11, 21, 4, 59, 0, 0, time.UTC))
	build("2026-11-20")
	if l.setClock(time.Date(2026, 11, 21, 4, 59, 59, 0, time.UTC)) {
		t.Error("the day begins too early")
	}
	if !l.setClock(time.Date(2026, 11, 21, 5, 0, 0, 0, time.UTC)) {
		t.Error("the day does not begin")
	}
	build("2026-11-21")
	zone("Pacific/Honolulu")
	build("2026-11-20")
}
