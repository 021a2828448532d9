package book

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"handbook/cmd/handbook/internal/diag"
)

// faultFS is a disk on which some files fail when they are opened or read,
// although they were there when their folder was listed.
type faultFS struct {
	fstest.MapFS
	open map[string]error // by path
	read map[string]error
	stat map[string]error
}

func (f faultFS) Open(name string) (fs.File, error) {
	if err := f.open[name]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	file, err := f.MapFS.Open(name)
	if err == nil && (f.read[name] != nil || f.stat[name] != nil) {
		file = faultFile{file, name, f.read[name], f.stat[name]}
	}
	return file, err
}

// ReadFile is that of fs.ReadFile, so that Open is asked.
func (f faultFS) ReadFile(name string) ([]byte, error) {
	file, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// Stat asks Open too.
func (f faultFS) Stat(name string) (fs.FileInfo, error) {
	file, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return file.Stat()
}

// ReadDir asks Open too.
func (f faultFS) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.open[name]; err != nil {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: err}
	}
	return f.MapFS.ReadDir(name)
}

type faultFile struct {
	fs.File
	name       string
	read, stat error
}

func (f faultFile) Read(b []byte) (int, error) {
	if f.read != nil {
		return 0, &fs.PathError{Op: "read", Path: f.name, Err: f.read}
	}
	return f.File.Read(b)
}

func (f faultFile) Stat() (fs.FileInfo, error) {
	if f.stat != nil {
		return nil, &fs.PathError{Op: "stat", Path: f.name, Err: f.stat}
	}
	return f.File.Stat()
}

// pages is a small handbook in which one page has an error of its own, which
// must be found whatever happens to the other files.
func pages() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"handbook.yaml":       file("title: T\n"),
		"index.md":            file("# Home\n\nText.\n"),
		"registers/laws.yaml": file("- {id: us-a, title: A}\n"),
		"1-a/index.md":        file("# A\n\nText.\n"),
		"1-a/1-one.md":        file("# One\n\nSee [two](2-two.md).\n"),
		"1-a/2-two.md":        file("# Two\n\nSee [nothing](nothing.md).\n"),
		"1-a/form.pdf":        file("A form."),
		"1-a/plain.svg":       file("<svg/>"),
		"2-b/1-three.md":      file("# Three\n\nText.\n"),
	}
}

// TestFaults lets each file fail in each way: the fault is told at the file, in
// words, and all other pages are still checked.
func TestFaults(t *testing.T) {
	device := errors.New("input/output error")
	words := map[error]string{
		fs.ErrPermission: "FILE: error: permission denied [unreadable]",
		fs.ErrNotExist:   "FILE: error: the file vanished while it was being read [vanished]",
		device:           "FILE: error: the file cannot be read: input/output error [unreadable]",
	}
	other := `content/1-a/2-two.md:3:5: error: there is no page "1-a/nothing.md" [broken-link]`
	for name := range pages() {
		for fault, want := range words {
			disks := map[string]faultFS{
				"open": {MapFS: pages(), open: map[string]error{name: fault}},
				"read": {MapFS: pages(), read: map[string]error{name: fault}},
			}
			if strings.HasSuffix(name, ".pdf") {
				disks["stat"] = faultFS{MapFS: pages(), stat: map[string]error{name: fault}}
			}
			for how, disk := range disks {
				b, ps, err := Load(disk, Options{Dir: "content/"})
				if err != nil || b == nil {
					t.Errorf("%s %s: %v: Load fails: %v", how, name, fault, err)
					continue
				}
				told := lines(ps)
				if line := strings.ReplaceAll(want, "FILE", "content/"+name); !slices.Contains(told, line) {
					t.Errorf("%s %s: %v: told\n%s\nwant\n%s", how, name, fault, strings.Join(told, "\n"), line)
				}
				if name != "1-a/2-two.md" && !slices.Contains(told, other) {
					t.Errorf("%s %s: %v: the other pages are not checked: told\n%s", how, name, fault, strings.Join(told, "\n"))
				}
				if name == "1-a/2-two.md" && len(told) != 1 {
					t.Errorf("%s %s: %v: a link to the page is told as well:\n%s", how, name, fault, strings.Join(told, "\n"))
				}
			}
		}
	}
}

// lines returns the first line of each problem.
func lines(ps []diag.Problem) []string {
	var out []string
	for _, p := range ps {
		out = append(out, p.String())
	}
	return out
}

// TestFolderFaults lets a folder fail.
func TestFolderFaults(t *testing.T) {
	disk := faultFS{MapFS: pages(), open: map[string]error{"2-b": fs.ErrPermission}}
	b, ps, err := Load(disk, Options{Dir: "content/"})
	if err != nil || len(b.Sections) != 2 {
		t.Fatalf("Load: %v", err)
	}
	if want := "content/2-b: error: permission denied [unreadable]"; !slices.Contains(lines(ps), want) {
		t.Errorf("told\n%s\nwant\n%s", strings.Join(lines(ps), "\n"), want)
	}
	disk = faultFS{MapFS: pages(), open: map[string]error{".": fs.ErrPermission}}
	if b, _, err := Load(disk, Options{Dir: "content/"}); err == nil || b != nil {
		t.Errorf("a content folder that cannot be listed is loaded: %v", err)
	}
}

// TestSpecialFiles makes sure that what is no file is never opened: reading a
// pipe or a terminal would wait for ever.
func TestSpecialFiles(t *testing.T) {
	disk := faultFS{MapFS: pages(), open: map[string]error{}}
	for name, mode := range map[string]fs.FileMode{
		"1-a/3-pipe.md": fs.ModeNamedPipe, "1-a/4-socket.md": fs.ModeSocket, "1-a/5-disk.md": fs.ModeDevice,
		"1-a/6-terminal.md": fs.ModeDevice | fs.ModeCharDevice, "1-a/7-other.md": fs.ModeIrregular, "registers/terms.yaml": fs.ModeNamedPipe, "1-a/pipe.svg": fs.ModeNamedPipe,
	} {
		disk.MapFS[name] = &fstest.MapFile{Mode: mode | 0o666}
		disk.open[name] = errors.New("it was opened")
	}
	_, ps, err := Load(disk, Options{})
	if err != nil {
		t.Fatal(err)
	}
	skipped := 0
	for _, p := range ps {
		if strings.Contains(p.Text, "opened") {
			t.Error(p)
		}
		if p.Rule == "skipped-file" {
			skipped++
		}
	}
	if skipped != len(disk.open) {
		t.Errorf("%d of %d are told:\n%s", skipped, len(disk.open), strings.Join(lines(ps), "\n"))
	}
}
