package output

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// Publishings at the same time take turns: the end is one of their sites,
// whole, and nothing is left beside it.
func TestConcurrentPublish(t *testing.T) {
	for _, inPlace := range []bool{false, true} {
		top := t.TempDir()
		dir := filepath.Join(top, "public")
		var wg sync.WaitGroup
		for n := range 4 {
			wg.Go(func() {
				for range 5 {
					if _, err := Publish(context.Background(), edited(n), Options{Dir: dir, FS: exchanging(!inPlace)}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		here, found := filesIn(t, dir), false
		for n := range 4 {
			found = found || equal(here, contents(t, edited(n)))
		}
		if !found {
			t.Errorf("in place %v: the site is none of the four", inPlace)
		}
		if got := names(t, top); got != "public" {
			t.Errorf("in place %v: beside the site there is %q", inPlace, got)
		}
	}
}

// Who reads while sites are exchanged finds every file, and finds it whole.
func TestReadersDuringExchange(t *testing.T) {
	if !canExchange(t) {
		t.Skip("folders cannot be exchanged here")
	}
	dir := filepath.Join(t.TempDir(), "public")
	editions := []map[string]string{contents(t, edited(0)), contents(t, edited(1))}
	publish(t, edited(0), Options{Dir: dir})
	var both []string
	for name := range editions[0] {
		if _, ok := editions[1][name]; ok {
			both = append(both, name)
		}
	}
	var done atomic.Bool
	var reads atomic.Int64
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for i := 0; !done.Load(); i++ {
				name := both[i%len(both)]
				data, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
				if err != nil {
					t.Error(err)
					return
				}
				if s := string(data); s != editions[0][name] && s != editions[1][name] {
					t.Errorf("%s is neither the old nor the new file", name)
					return
				}
				reads.Add(1)
			}
		})
	}
	// As many exchanges as the readers need to have read a good deal.
	for n := 1; n <= 30 || reads.Load() < 2000 && !t.Failed(); n++ {
		if r := publish(t, edited(n%2), Options{Dir: dir}); r.Way != Exchanged {
			t.Errorf("way %v, want the exchange", r.Way)
		}
	}
	done.Store(true)
	wg.Wait()
}

// A publishing that finds another under way says so once and waits until that
// one is done, or until its own context ends.
func TestWaiting(t *testing.T) {
	t.Chdir(t.TempDir())
	release, ok, err := OS().TryLock(".public.handbook-lock")
	if err != nil || !ok {
		t.Fatalf("the lock is not to be had: %v", err)
	}
	if _, ok, err := OS().TryLock(".public.handbook-lock"); ok || err != nil {
		t.Errorf("the lock was given twice: %v, %v", ok, err)
	}

	ctx, cancel := context.WithCancel(context.Background())
	_, err = Publish(ctx, siteOf(t, "index.html", "1"), Options{Dir: "public", Waiting: cancel})
	want := "cannot publish to public: wait for another publishing to public: interrupted\nhint: public is as it was"
	if message(err) != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if got := names(t, "."); got != ".public.handbook-lock" {
		t.Errorf("the folder holds %q", got)
	}

	calls := 0
	publish(t, siteOf(t, "index.html", "1"), Options{Dir: "public", Waiting: func() { calls++; release() }})
	if calls != 1 {
		t.Errorf("Waiting was called %d times", calls)
	}
	if got := names(t, "."); got != "public" {
		t.Errorf("the folder holds %q", got)
	}
	publish(t, siteOf(t, "index.html", "2"), Options{Dir: "public", Waiting: func() { t.Error("waited for nobody") }})
}

// A busyLock is taken for the first few tries.
type busyLock struct {
	FS
	tries *int
}

func (b busyLock) TryLock(name string) (func(), bool, error) {
	if *b.tries > 0 {
		*b.tries--
		return nil, false, nil
	}
	return b.FS.TryLock(name)
}

func TestWaitingIsToldOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	calls, tries := 0, 2
	publish(t, siteOf(t, "index.html", "1"), Options{Dir: "public", FS: busyLock{OS(), &tries}, Waiting: func() { calls++ }})
	if calls != 1 || tries != 0 {
		t.Errorf("Waiting was called %d times, with %d tries left", calls, tries)
	}
}

// However often the lock is taken and its file removed, one has it at a time.
func TestLockIsExclusive(t *testing.T) {
	name := filepath.Join(t.TempDir(), "lock")
	var holders, taken atomic.Int32
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for taken.Load() < 1000 && !t.Failed() {
				release, ok, err := OS().TryLock(name)
				if err != nil {
					t.Error(err)
				}
				if !ok {
					continue
				}
				if n := holders.Add(1); n != 1 {
					t.Errorf("%d hold the lock", n)
				}
				taken.Add(1)
				runtime.Gosched()
				holders.Add(-1)
				release()
			}
		})
	}
	wg.Wait()
}

// A lock file that nobody holds, whatever is in it, is taken over.
func TestStaleLock(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, ".", ".public.handbook-lock", "4194304\n")
	publish(t, siteOf(t, "index.html", "1"), Options{Dir: "public", Waiting: func() { t.Error("waited for the dead") }})
	if got := names(t, "."); got != "public" {
		t.Errorf("the folder holds %q", got)
	}
}

// A lock whose file was removed meanwhile is none: its holder is done, and
// somebody else may have made the file anew.
func TestLockFileRemoved(t *testing.T) {
	t.Chdir(t.TempDir())
	first, ok, err := OS().TryLock("lock")
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	if err := os.Remove("lock"); err != nil {
		t.Skip("an open file cannot be removed here: ", err)
	}
	second, ok, err := OS().TryLock("lock")
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	second()
	first()
	if got := names(t, "."); got != "" {
		t.Errorf("left %q", got)
	}
}

// Of several errors each gives that of the lowest number, whichever comes
// first, and it calls for every number once where there is none.
func TestEach(t *testing.T) {
	for range 100 {
		both, first := make(chan bool), make(chan bool)
		err := each(context.Background(), 2, 2, func(i int) error {
			if i == 0 {
				<-both
				defer close(first)
			} else {
				close(both)
				<-first
			}
			return fmt.Errorf("error %d", i)
		})
		if got := message(err); got != "error 0" {
			t.Fatalf("error %q, want that of 0", got)
		}
	}
	var calls [100]atomic.Int32
	for _, workers := range []int{0, 1, 3, 200} {
		if err := each(context.Background(), workers, len(calls), func(i int) error { calls[i].Add(1); return nil }); err != nil {
			t.Error(err)
		}
	}
	for i := range calls {
		if n := calls[i].Load(); n != 4 {
			t.Errorf("number %d was called %d times in 4 runs", i, n)
		}
	}
	if err := each(context.Background(), 0, 0, func(int) error { return errors.New("called") }); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := each(ctx, 0, 1, func(int) error { return errors.New("called") }); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// Without locks publishing goes on, says so, and leaves alone what may be
// another's stage.
func TestNoLocks(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, ".public.handbook-new-1", "x", "another's")
	disk := &faulty{FS: OS(), fault: func(n int, op, name string) error {
		if op == "lock" {
			return errNoLocks
		}
		return nil
	}}
	tree := siteOf(t, "index.html", "1")
	r := publish(t, tree, Options{Dir: "public", FS: disk})
	equalFiles(t, "without locks", "public", contents(t, tree))
	if got, want := strings.Join(r.Notes, "\n"), ". has no file locks: do not publish to public twice at the same time"; got != want {
		t.Errorf("notes %q, want %q", got, want)
	}
	if got := names(t, "."); got != ".public.handbook-new-1 public" {
		t.Errorf("the folder holds %q", got)
	}
}
