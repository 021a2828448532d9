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

// A faulty file system asks fault before each call whether it fails; the calls
// on files count too. Of a failing write half arrives. Flushing only fails: it
// would make the tests slow.
type faulty struct {
	FS
	mu     sync.Mutex
	calls  int
	locked bool
	last   string // the operation that failed last
	fault  func(n int, op, name string) error
}

func (f *faulty) try(op, name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := f.calls
	f.calls++
	err := f.fault(n, op, name)
	if err != nil {
		f.last = op
		err = &fs.PathError{Op: op, Path: name, Err: err}
	}
	return err
}

func (f *faulty) Stat(name string) (fs.FileInfo, error) {
	if err := f.try("stat", name); err != nil {
		return nil, err
	}
	return f.FS.Stat(name)
}

func (f *faulty) Lstat(name string) (fs.FileInfo, error) {
	if err := f.try("lstat", name); err != nil {
		return nil, err
	}
	return f.FS.Lstat(name)
}

func (f *faulty) EvalSymlinks(name string) (string, error) {
	if err := f.try("evalsymlinks", name); err != nil {
		return "", err
	}
	return f.FS.EvalSymlinks(name)
}

func (f *faulty) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.try("readdir", name); err != nil {
		return nil, err
	}
	return f.FS.ReadDir(name)
}

func (f *faulty) Open(name string) (io.ReadCloser, error) {
	if err := f.try("open", name); err != nil {
		return nil, err
	}
	r, err := f.FS.Open(name)
	return &faultyFile{f: f, name: name, r: r}, err
}

func (f *faulty) Create(name string, mode fs.FileMode) (File, error) {
	if err := f.try("create", name); err != nil {
		return nil, err
	}
	w, err := f.FS.Create(name, mode)
	return &faultyFile{f: f, name: name, w: w}, err
}

func (f *faulty) Mkdir(name string, mode fs.FileMode) error {
	if err := f.try("mkdir", name); err != nil {
		return err
	}
	return f.FS.Mkdir(name, mode)
}

func (f *faulty) Rename(from, to string) error {
	if err := f.try("rename", to); err != nil {
		return err
	}
	return f.FS.Rename(from, to)
}

func (f *faulty) Exchange(a, b string) error {
	if err := f.try("exchange", b); err != nil {
		return err
	}
	return f.FS.Exchange(a, b)
}

func (f *faulty) Remove(name string) error {
	if err := f.try("remove", name); err != nil {
		return err
	}
	return f.FS.Remove(name)
}

func (f *faulty) RemoveAll(name string) error {
	if err := f.try("removeall", name); err != nil {
		return err
	}
	return f.FS.RemoveAll(name)
}

func (f *faulty) SyncDir(name string) error {
	return f.try("syncdir", name)
}

func (f *faulty) TryLock(name string) (func(), bool, error) {
	if err := f.try("lock", name); err != nil {
		return nil, false, err
	}
	f.locked = true
	return f.FS.TryLock(name)
}

type faultyFile struct {
	f    *faulty
	name string
	r    io.ReadCloser
	w    File
}

func (f *faultyFile) Read(b []byte) (int, error) {
	if err := f.f.try("read", f.name); err != nil {
		return 0, err
	}
	return f.r.Read(b)
}

func (f *faultyFile) Write(b []byte) (int, error) {
	if err := f.f.try("write", f.name); err != nil {
		n, _ := f.w.Write(b[:len(b)/2])
		return n, err
	}
	return f.w.Write(b)
}

func (f *faultyFile) Sync() error {
	return f.f.try("fsync", f.name)
}

func (f *faultyFile) Close() error {
	if f.r != nil {
		return f.r.Close()
	}
	err := f.f.try("close", f.name)
	return errors.Join(err, f.w.Close())
}

// oldFiles and newFiles are the site before and the one to come: small, for every
// call of a publishing is made to fail in turn.
func oldFiles() []string {
	return []string{"index.html", "home 1", "a/same.html", "same", "gone/x.html", "x", "gone.css", "css", "flip", "file", "site.css", "1"}
}

func newFiles() []string {
	return []string{"index.html", "home 2", "a/same.html", "same", "new/b.html", "b", "flip/in.html", "in", "site.css", "2"}
}

// Every call fails in turn, alone and with all after it: the folder is the old
// site or the new one, the error says so in plain words, nothing stays behind
// that could have been removed, and the next publishing sets all right.
func TestFaults(t *testing.T) {
	for _, way := range ways("") {
		for _, first := range []bool{true, false} {
			for _, forever := range []bool{false, true} {
				if way.opt.Sync && (first || forever) || way.opt.FS != nil && first {
					continue // nothing that the others do not do
				}
				name := fmt.Sprintf("%s,first=%v,forever=%v", way.name, first, forever)
				t.Run(name, func(t *testing.T) { testFaults(t, way.opt, first, forever) })
			}
		}
	}
}

func testFaults(t *testing.T, opt Options, first, forever bool) {
	faults := []struct {
		err  error
		want string
	}{
		{errFull, "no space left on the disk"},
		{syscall.EIO, "the disk reports an error"},
		{fs.ErrPermission, "permission denied"},
		{errReadOnly, "the disk is read-only"},
		{errTooManyFiles, "too many files are open"},
	}
	base := opt.FS
	t.Chdir(quickDir(t))
	for i := 0; ; i++ {
		top := fmt.Sprint(i)
		dir := filepath.Join(top, "public")
		must(t, os.Mkdir(top, 0o755))
		put(t, top, "canary.txt", "mine", ".public.handbook-new-mine/x", "mine")
		one, two := siteOf(t, oldFiles()...), siteOf(t, newFiles()...)
		var before map[string]string
		if first {
			dir = filepath.Join(top, "deep", "public")
		} else {
			publish(t, one, Options{Dir: dir})
			put(t, dir, "CNAME", "name")
			before = filesIn(t, dir)
			// A publishing that died, both beside and inside.
			put(t, top, ".public.handbook-new-1/x", "left over", "public/.handbook-new-1/x", "left over", ".public.handbook-lock", "")
		}
		after := contents(t, two)
		if !first {
			plus(after, "CNAME", "name")
		}

		fault := faults[i%len(faults)]
		disk := &faulty{FS: base, fault: func(n int, op, name string) error {
			if n == i || forever && n > i {
				return fault.err
			}
			return nil
		}}
		if disk.FS == nil {
			disk.FS = OS()
		}
		if v, ok := base.(otherVolume); ok {
			abs, err := filepath.Abs(dir)
			must(t, err)
			v.FS, v.dir = OS(), abs
			disk.FS = v
		}
		opt := opt
		opt.Dir, opt.FS, opt.Keep, opt.workers = dir, disk, []string{"CNAME"}, 1
		report, err := Publish(context.Background(), two, opt)
		when := fmt.Sprintf("call %d (%s) fails", i, disk.last)

		here := filesIn(t, dir)
		for name := range here {
			if strings.HasPrefix(name, ".handbook-new-") {
				delete(here, name)
			}
		}
		switch {
		case err == nil:
			if !equal(here, after) {
				t.Errorf("%s: no error, but not the new site: %v", when, here)
			}
		case opt.InPlace || base != nil:
			checkWhole(t, when, err, here, before, after)
		default:
			if !equal(here, before) {
				t.Errorf("%s: not the old site: %v", when, here)
			}
		}
		if err != nil {
			failure := (*Failure)(nil)
			if !errors.As(err, &failure) || !errors.Is(err, fault.err) || !strings.HasSuffix(failure.Text, ": "+fault.want) ||
				!strings.HasPrefix(failure.Text, "cannot publish to "+dir+": ") || strings.Contains(failure.Text, "handbook-new") && !strings.Contains(failure.Text, "make the folder") {
				t.Errorf("%s: error %q, want one that ends in %q", when, err, fault.want)
			}
			if report.String() != (Report{}).String() {
				t.Errorf("%s: report %q with an error", when, report)
			}
		}
		if !forever && !strings.HasPrefix(disk.last, "remove") && disk.last != "lstat" && disk.last != "readdir" {
			want := ".public.handbook-new-mine canary.txt public"
			if first && err != nil {
				want = ".public.handbook-new-mine canary.txt"
			} else if first {
				want = ".public.handbook-new-mine canary.txt deep"
			} else if !disk.locked {
				want = ".public.handbook-lock .public.handbook-new-1 .public.handbook-new-mine canary.txt public"
			}
			if got := names(t, top); got != want {
				t.Errorf("%s: beside the site there is %q, want %q", when, got, want)
			}
		}

		opt.FS = nil
		publish(t, two, opt)
		equalFiles(t, when+", and then none", dir, after)
		if got := names(t, filepath.Dir(dir)); !first && got != ".public.handbook-new-mine canary.txt public" || first && got != "public" {
			t.Errorf("%s, and then none: beside the site there is %q", when, got)
		}
		must(t, os.RemoveAll(top))
		if disk.calls <= i {
			if i < 20 {
				t.Errorf("only %d calls: the faults do not reach the publishing", i)
			}
			return
		}
		if t.Failed() {
			return
		}
	}
}

// checkWhole checks a folder whose files were being replaced one by one when
// something failed: each file is the old or the new one, none that both sites
// have is missing, no new page is there without all that pages need, and the
// error tells whether anything changed.
func checkWhole(t *testing.T, when string, err error, here, before, after map[string]string) {
	t.Helper()
	hint := err.Error()[strings.Index(err.Error(), "\nhint: ")+1:]
	if asItWas := strings.Contains(hint, " is as it was"); asItWas != equal(here, before) {
		t.Errorf("%s: changed = %v, but the error says %q", when, !equal(here, before), hint)
	}
	page := func(name string) bool { return strings.HasSuffix(name, ".html") }
	newPage, oldAsset := false, false
	for name, data := range here {
		was, wasThere := before[name]
		is, isThere := after[name]
		switch {
		case name == ManifestPath:
			if _, err := decodeManifest([]byte(data)); err != nil {
				t.Errorf("%s: %v", when, err)
			}
		case data == "empty": // a folder made for files to come
		case wasThere && data == was && data == is:
		case isThere && data == is:
			newPage = newPage || page(name)
		case wasThere && data == was:
			oldAsset = oldAsset || !page(name) && isThere
		default:
			t.Errorf("%s: %s is torn: %q", when, name, data)
		}
	}
	for name := range before {
		if _, both := after[name]; both {
			if _, there := here[name]; !there {
				t.Errorf("%s: %s is missing", when, name)
			}
		}
	}
	for name := range after {
		if _, there := here[name]; !there && !page(name) && name != ManifestPath {
			oldAsset = true
		}
	}
	if newPage && oldAsset {
		t.Errorf("%s: a new page is there before what it needs: %v", when, here)
	}
	manifest, _ := decodeManifest([]byte(here[ManifestPath]))
	for name, data := range here {
		if data != "empty" && name != ManifestPath && name != "CNAME" && !strings.Contains(fmt.Sprint(manifest.Files), "{"+name+" ") {
			t.Errorf("%s: %s is in no manifest", when, name)
		}
	}
}

func equal(a, b map[string]string) bool {
	if len(a) != len(b) || (a == nil) != (b == nil) {
		return false
	}
	for name, data := range a {
		if other, ok := b[name]; !ok || other != data {
			return false
		}
	}
	return true
}

// No step of writing may fail unseen: what a share or a quota refuses is told
// only when a file is closed, and loss of power only spares what was flushed.
func TestNoFailureUnseen(t *testing.T) {
	for _, inPlace := range []bool{false, true} {
		for _, op := range []string{"mkdir", "create", "write", "fsync", "close", "syncdir"} {
			top := t.TempDir()
			dir := filepath.Join(top, "public")
			publish(t, siteOf(t, oldFiles()...), Options{Dir: dir})
			before := filesIn(t, dir)
			failed := false
			disk := &faulty{FS: OS(), fault: func(n int, this, name string) error {
				if this == op && !failed {
					failed = true
					return syscall.EIO
				}
				return nil
			}}
			_, err := Publish(context.Background(), siteOf(t, newFiles()...), Options{Dir: dir, FS: disk, Sync: true, InPlace: inPlace})
			if !errors.Is(err, syscall.EIO) {
				t.Errorf("in place %v: the first %s fails, and the error is %v", inPlace, op, err)
			}
			equalFiles(t, op, dir, before)
		}
	}
}

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
		if !errors.Is(err, errFull) || !strings.Contains(err.Error(), ": no space left on the disk\nhint: public is as it was; free some space") {
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

func (s *small) Create(name string, mode fs.FileMode) (File, error) {
	f, err := s.FS.Create(name, mode)
	return &smallFile{f, s}, err
}

type smallFile struct {
	File
	disk *small
}

func (f *smallFile) Write(b []byte) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	n := min(len(b), f.disk.left)
	f.disk.left -= n
	if n, err := f.File.Write(b[:n]); n < len(b) {
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
				if !errors.Is(err, context.Canceled) || !strings.HasSuffix(err.Error(), ": interrupted\nhint: public is as it was") {
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
