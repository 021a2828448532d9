package edit

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

// An Overlay is a content folder in which one file has other bytes, or is
// there although it is not on the disk. A change is loaded through it before
// it is written, so that no command writes what it could not read back.
type Overlay struct {
	Base fs.FS
	Name string // of the file
	Data []byte
}

// Open opens the file from memory, and any other from the folder.
func (o Overlay) Open(name string) (fs.File, error) {
	if name == o.Name {
		return &memoryFile{Reader: bytes.NewReader(o.Data), info: o.info()}, nil
	}
	if o.above(name) {
		info, err := o.Lstat(name)
		return &memoryDir{info, o, name, nil}, err
	}
	return o.Base.Open(name)
}

// ReadFile returns the file's bytes.
func (o Overlay) ReadFile(name string) ([]byte, error) {
	if name == o.Name {
		return bytes.Clone(o.Data), nil
	}
	return fs.ReadFile(o.Base, name)
}

// ReadDir lists a folder, with the file in it.
func (o Overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.Base, name)
	if !o.above(name) {
		return entries, err
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	rest := o.Name
	if name != "." {
		rest = strings.TrimPrefix(o.Name, name+"/")
	}
	next, more, _ := strings.Cut(rest, "/")
	has := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == next })
	if !has || more == "" {
		info := o.info()
		if more != "" {
			info = memoryInfo{name: next, mode: fs.ModeDir | 0o755}
		}
		entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return e.Name() == next })
		entries = append(entries, fs.FileInfoToDirEntry(info))
		slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return entries, nil
}

// Stat describes a file.
func (o Overlay) Stat(name string) (fs.FileInfo, error) {
	if info, ok := o.own(name); ok {
		return info, nil
	}
	return fs.Stat(o.Base, name)
}

// Lstat describes a file without following a symbolic link.
func (o Overlay) Lstat(name string) (fs.FileInfo, error) {
	if info, ok := o.own(name); ok {
		return info, nil
	}
	return fs.Lstat(o.Base, name)
}

// ReadLink returns where a symbolic link leads.
func (o Overlay) ReadLink(name string) (string, error) { return fs.ReadLink(o.Base, name) }

// above reports whether the file lies in a folder, directly or not.
func (o Overlay) above(dir string) bool { return dir == "." || strings.HasPrefix(o.Name, dir+"/") }

func (o Overlay) info() memoryInfo {
	return memoryInfo{name: path.Base(o.Name), size: int64(len(o.Data)), mode: 0o644}
}

// own describes the file, or a folder that is only there because of it.
func (o Overlay) own(name string) (fs.FileInfo, bool) {
	if name == o.Name {
		return o.info(), true
	}
	if o.above(name) {
		if _, err := fs.Stat(o.Base, name); errors.Is(err, fs.ErrNotExist) {
			return memoryInfo{name: path.Base(name), mode: fs.ModeDir | 0o755}, true
		}
	}
	return nil, false
}

type memoryInfo struct {
	name string
	size int64
	mode fs.FileMode
}

func (i memoryInfo) Name() string       { return i.name }
func (i memoryInfo) Size() int64        { return i.size }
func (i memoryInfo) Mode() fs.FileMode  { return i.mode }
func (i memoryInfo) ModTime() time.Time { return time.Time{} }
func (i memoryInfo) IsDir() bool        { return i.mode.IsDir() }
func (i memoryInfo) Sys() any           { return nil }

type memoryFile struct {
	*bytes.Reader
	info memoryInfo
}

func (f *memoryFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *memoryFile) Close() error               { return nil }

// A memoryDir is an open folder of an overlay.
type memoryDir struct {
	info fs.FileInfo
	o    Overlay
	name string
	left []fs.DirEntry
}

func (d *memoryDir) Stat() (fs.FileInfo, error) { return d.info, nil }
func (d *memoryDir) Close() error               { return nil }
func (d *memoryDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: fs.ErrInvalid}
}

func (d *memoryDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if d.left == nil {
		all, err := d.o.ReadDir(d.name)
		if err != nil {
			return nil, err
		}
		d.left = all
	}
	if n <= 0 || n > len(d.left) {
		if n > 0 && len(d.left) == 0 {
			return nil, io.EOF
		}
		n = len(d.left)
	}
	out := d.left[:n:n]
	d.left = d.left[n:]
	return out, nil
}
