package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// The disk is full after k bytes, for every k that a publishing writes.
func TestDiskFull(t *testing.T) {
	t.Chdir(t.TempDir())
	one, two := siteOf(t, oldFiles()...), siteOf(t, newFiles()...)
	publish(t, one, Options{Dir: "public"})
	before := filesIn(t, "public")
	for k := 0; ; k++ {
		disk := &small{FS: OS(), left: k}
		_, err := Publish(context.Background(), two, Options{Dir: "public", FS: disk})
		if err == nil {
			if k < 500 {
				t.Errorf("a disk with room for %d bytes was enough", k)
			}
			equalFiles(t, "enough room", "public", contents(t, two))
			return
		}
		if !errors.Is(err, errFull) || !strings.Contains(message(err), ": no space left on the disk\nhint: public is as it was; free some space") {
			t.Fatalf("%d bytes: error %q", k, err)
		}
		if after := filesIn(t, "public"); !equal(after, before) {
			t.Fatalf("%d bytes: not the old site: %v", k, after)
		}
		if got := names(t, "."); got != "public" {
			t.Fatalf("%d bytes: beside the site there is %q", k, got)
		}
	}
}

// A small disk has room for so many bytes.
type small struct {
	FS
	mu   sync.Mutex
	left int
}

func (s *small) Create(name string, mode fs.FileMode) (io.WriteCloser, error) {
	f, err := s.FS.Create(name, mode)
	return &smallFile{f, s}, err
}

type smallFile struct {
	io.WriteCloser
	disk *small
}

func (f *smallFile) Write(b []byte) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	n := min(len(b), f.disk.left)
	f.disk.left -= n
	if n, err := f.WriteCloser.Write(b[:n]); n < len(b) {
		return n, errors.Join(err, errFull)
	}
	return n, nil
}

// The context ends at every call in turn: all or nothing, and no other end.
func TestInterrupted(t *testing.T) {
	t.Chdir(quickDir(t))
	for _, way := range ways("public") {
		if _, ok := way.opt.FS.(otherVolume); ok {
			continue
		}
		stopped := 0
		for i := 0; ; i++ {
			must(t, os.RemoveAll("public"))
			one, two := siteOf(t, oldFiles()...), siteOf(t, newFiles()...)
			publish(t, one, Options{Dir: "public"})
			before := filesIn(t, "public")
			ctx, cancel := context.WithCancel(context.Background())
			disk := &faulty{FS: way.opt.FS, fault: func(n int, op, name string) error {
				if n == i {
					cancel()
				}
				return nil
			}}
			if disk.FS == nil {
				disk.FS = OS()
			}
			opt := way.opt
			opt.FS, opt.workers = disk, 1
			_, err := Publish(ctx, two, opt)
			cancel()
			want := contents(t, two)
			if err != nil {
				want = before
				stopped++
				if !errors.Is(err, context.Canceled) || !strings.HasSuffix(message(err), ": interrupted\nhint: public is as it was") {
					t.Errorf("%s, call %d: error %q", way.name, i, err)
				}
			}
			if after := filesIn(t, "public"); !equal(after, want) {
				t.Errorf("%s, interrupted at call %d (%v): files %v", way.name, i, err, after)
			}
			if got := names(t, "."); got != "public" {
				t.Errorf("%s, interrupted at call %d: beside the site there is %q", way.name, i, got)
			}
			if disk.calls <= i || t.Failed() {
				if stopped < 20 {
					t.Errorf("%s: only %d of %d interruptions stopped it", way.name, stopped, i)
				}
				break
			}
		}
	}
}

// What comes into the folder while it is being published is not ours, and is
// found again after the exchange.
func TestLateFile(t *testing.T) {
	t.Chdir(t.TempDir())
	if !canExchange(t) {
		t.Skip("folders cannot be exchanged here")
	}
	for _, tt := range []struct {
		what    string
		intrude func()
		note    string
		saved   map[string]string
	}{
		{"a file", func() { put(t, "public", "a/late.txt", "mine") },
			"a/late.txt came into public while it was published, and is now in public.saved-1", map[string]string{"a/late.txt": "mine"}},
		{"another folder", func() {
			must(t, os.Rename("public", "elsewhere"))
			put(t, "public", "index.html", "mine")
		}, "another folder came into public while it was published, and is now in public.saved-1", map[string]string{"index.html": "mine"}},
		{"litter", func() { put(t, "public", "a/.DS_Store", "") }, "", nil},
	} {
		one, two := siteOf(t, "index.html", "1", "a/b.html", "1"), siteOf(t, "index.html", "2", "a/b.html", "2")
		publish(t, one, Options{Dir: "public"})
		disk := &faulty{FS: OS(), fault: func(n int, op, name string) error {
			if op == "exchange" {
				tt.intrude()
			}
			return nil
		}}
		r := publish(t, two, Options{Dir: "public", FS: disk})
		equalFiles(t, tt.what, "public", contents(t, two))
		if got := strings.Join(r.Notes, "\n"); got != tt.note {
			t.Errorf("%s: notes %q, want %q", tt.what, got, tt.note)
		}
		equalFiles(t, tt.what, "public.saved-1", tt.saved)
		for _, dir := range []string{"public", "public.saved-1", "elsewhere"} {
			must(t, os.RemoveAll(dir))
		}
		if got := names(t, "."); got != "" {
			t.Errorf("%s: left %q", tt.what, got)
		}
	}
}

// Left-overs that cannot be removed are told of, and in nobody's way until
// there are too many.
func TestStubbornLeftovers(t *testing.T) {
	t.Chdir(t.TempDir())
	publish(t, siteOf(t, "index.html", "0"), Options{Dir: "public"})
	stubborn := &faulty{FS: OS(), fault: func(n int, op, name string) error {
		if op == "removeall" {
			return fs.ErrPermission
		}
		return nil
	}}
	for n := 1; n <= maxStages; n++ {
		put(t, fmt.Sprintf(".public.handbook-new-%d", n), "x", "x")
		tree := siteOf(t, "index.html", fmt.Sprint(n))
		r, err := Publish(context.Background(), tree, Options{Dir: "public", FS: stubborn})
		if n == maxStages {
			want := "cannot publish to public: .public.handbook-new-1 to 9 are left over and cannot be removed\nhint: remove them, if no publishing is under way"
			if message(err) != want {
				t.Errorf("error %v, want %s", err, want)
			}
			continue
		}
		must(t, err)
		equalFiles(t, fmt.Sprint(n, " left over"), "public", contents(t, tree))
		want := ".public.handbook-new-1 could not be removed: permission denied; the next publishing tries again"
		if len(r.Notes) != n || r.Notes[0] != want {
			t.Errorf("%d left over: notes %q, want %d like %q", n, r.Notes, n, want)
		}
	}
}

// The words for every error of a system.
func TestInWords(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "write", Path: "x", Err: errFull}, "no space left on the disk"},
		{&os.LinkError{Op: "rename", Old: "x", New: "y", Err: errReadOnly}, "the disk is read-only"},
		{os.NewSyscallError("open", errTooManyFiles), "too many files are open"},
		{&fs.PathError{Op: "open", Path: "x", Err: fs.ErrPermission}, "permission denied"},
		{&fs.PathError{Op: "open", Path: "x", Err: syscall.ENAMETOOLONG}, "the name is too long"},
		{fmt.Errorf("wait: %w", context.Canceled), "interrupted"},
		{context.DeadlineExceeded, "it took too long"},
		{&fs.PathError{Op: "open", Path: "x", Err: errors.New("odd")}, "odd"},
		{&os.LinkError{Op: "rename", Old: "x", New: "y", Err: errors.New("odd")}, "odd"},
		{os.NewSyscallError("open", errors.New("odd")), "odd"},
		{errors.New("odd"), "odd"},
	} {
		if got, _ := inWords(tt.err); got != tt.want {
			t.Errorf("%v: got %q, want %q", tt.err, got, tt.want)
		}
	}
}

// A long file that is kept is copied in pieces, and with its mode.
func TestKeepLongFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	publish(t, siteOf(t, "index.html", "1"), Options{Dir: dir})
	long := bytes.Repeat([]byte("0123456789"), 100_000)
	name := filepath.Join(dir, "film.mp4")
	must(t, os.WriteFile(name, long, 0o600))
	before, err := os.Lstat(name)
	must(t, err)
	publish(t, siteOf(t, "index.html", "2"), Options{Dir: dir, Keep: []string{"*.mp4"}})
	after, err := os.Lstat(name)
	must(t, err)
	got, err := os.ReadFile(name)
	must(t, err)
	if !bytes.Equal(got, long) || before.Mode() != after.Mode() {
		t.Errorf("%d bytes, mode %v; want %d, %v", len(got), after.Mode(), len(long), before.Mode())
	}
}
