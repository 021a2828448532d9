package live

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/preview"
	"handbook/cmd/handbook/internal/watch"
)

// settings is the handbook.yaml of the test.
const settings = "title: A handbook\n"

func openTest(t *testing.T) *Live {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "content/handbook.yaml", settings)
	write(t, dir, "content/top.md", "# Top\n\nAt the top.\n")
	l, err := Open(Options{Dir: dir, Now: date.Moment{Clock: date.New(2026, 11, 20).Time()}, Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestServeMidnight lets a day begin while a file is saved: each as serve does
// it, on a goroutine of its own and with nothing that would put them in order.
// The race detector sees what they share without a lock, whoever comes first.
func TestServeMidnight(t *testing.T) { // Case F2
	l := openTest(t)
	server := &preview.Server{Build: l.Build, Page: l.Page, Line: l.Line, Published: l.Published}
	server.Rebuild(nil)
	var both sync.WaitGroup
	both.Go(func() {
		l.SetClock(date.New(2026, 11, 21).Time())
		server.Rebuild([]string{})
	})
	var names []string
	both.Go(func() {
		names = l.Names([]watch.Change{{Root: filepath.Join(l.Dir, "content"), Name: "top.md"}, {Root: filepath.Join(l.Dir, "static"), Name: "."}})
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
	l := openTest(t)
	ticks, built := make(chan time.Time), 0
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	working.Go(func() {
		l.Retry(ctx, ticks, func(changed []string) {
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
	l := openTest(t)
	zone := func(name string) {
		write(t, l.Dir, "content/handbook.yaml", settings+"timezone: "+name+"\n")
	}
	build := func(want string) {
		t.Helper()
		if _, problems, err := l.Build(nil); err != nil || diag.HasErrors(problems) || l.today.String() != want {
			t.Fatalf("built for %s, want %s: %v %v", l.today, want, problems, err)
		}
	}
	zone("America/New_York")
	l.SetClock(time.Date(2026, 11, 21, 4, 59, 0, 0, time.UTC))
	build("2026-11-20")
	if l.SetClock(time.Date(2026, 11, 21, 4, 59, 59, 0, time.UTC)) {
		t.Error("the day begins too early")
	}
	if !l.SetClock(time.Date(2026, 11, 21, 5, 0, 0, 0, time.UTC)) {
		t.Error("the day does not begin")
	}
	build("2026-11-21")
	zone("Pacific/Honolulu")
	build("2026-11-20")
}
