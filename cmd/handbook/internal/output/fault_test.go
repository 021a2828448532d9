package output

import (
	"context"
	"errors"
	"fmt"
	"handbook/cmd/handbook/internal/diag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

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
				if way.opt.FS != nil && first {
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
		case base != nil:
			checkWhole(t, when, err, here, before, after)
		default:
			if !equal(here, before) {
				t.Errorf("%s: not the old site: %v", when, here)
			}
		}
		if err != nil {
			failure := (*diag.Failure)(nil)
			if !errors.As(err, &failure) || !errors.Is(err, fault.err) || !strings.HasSuffix(failure.Text, ": "+fault.want) ||
				!strings.HasPrefix(failure.Text, "cannot publish to "+dir+": ") || strings.Contains(failure.Text, "handbook-new") && !strings.Contains(failure.Text, "make the folder") {
				t.Errorf("%s: error %q, want one that ends in %q", when, err, fault.want)
			}
			if diff := cmp.Diff(Report{}, report); diff != "" {
				t.Errorf("%s: report %v with an error", when, report)
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
// error reports whether anything changed.
func checkWhole(t *testing.T, when string, err error, here, before, after map[string]string) {
	t.Helper()
	hint := message(err)[strings.Index(message(err), "\nhint: ")+1:]
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
// only when a file is closed.
func TestNoFailureUnseen(t *testing.T) {
	for _, inPlace := range []bool{false, true} {
		for _, op := range []string{"mkdir", "create", "write", "close"} {
			top := t.TempDir()
			dir := filepath.Join(top, "public")
			publish(t, siteOf(t, oldFiles()...), Options{Dir: dir})
			before := filesIn(t, dir)
			failed := false
			disk := &faulty{FS: exchanging(!inPlace), fault: func(n int, this, name string) error {
				if this == op && !failed {
					failed = true
					return syscall.EIO
				}
				return nil
			}}
			_, err := Publish(context.Background(), siteOf(t, newFiles()...), Options{Dir: dir, FS: disk})
			if !errors.Is(err, syscall.EIO) {
				t.Errorf("in place %v: the first %s fails, and the error is %v", inPlace, op, err)
			}
			equalFiles(t, op, dir, before)
		}
	}
}
