package output

import (
	"errors"
	"io"
	"io/fs"
	"sync"
)

// A faulty file system asks fault before each call whether it fails; the calls
// on files count too. Of a failing write half arrives.
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

func (f *faulty) Create(name string, mode fs.FileMode) (io.WriteCloser, error) {
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
	w    io.WriteCloser
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

func (f *faultyFile) Close() error {
	if f.r != nil {
		return f.r.Close()
	}
	err := f.f.try("close", f.name)
	return errors.Join(err, f.w.Close())
}
