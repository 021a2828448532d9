package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// An overlay is a content folder in which one file has other bytes, or is
// there although it is not on the disk. A change is loaded through it before
// it is written, so that no command writes what it could not read back.
type overlay struct {
	base fs.FS
	name string
	data []byte
}

// Open opens the file from memory, and any other from the folder.
func (o overlay) Open(name string) (fs.File, error) {
	if name == o.name {
		return &memoryFile{Reader: bytes.NewReader(o.data), info: o.info()}, nil
	}
	if o.above(name) {
		info, err := o.Lstat(name)
		return &memoryDir{info, o, name, nil}, err
	}
	return o.base.Open(name)
}

// ReadFile returns the file's bytes.
func (o overlay) ReadFile(name string) ([]byte, error) {
	if name == o.name {
		return bytes.Clone(o.data), nil
	}
	return fs.ReadFile(o.base, name)
}

// ReadDir lists a folder, with the file in it.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(o.base, name)
	if !o.above(name) {
		return entries, err
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	rest := o.name
	if name != "." {
		rest = strings.TrimPrefix(o.name, name+"/")
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
func (o overlay) Stat(name string) (fs.FileInfo, error) {
	if info, ok := o.own(name); ok {
		return info, nil
	}
	return fs.Stat(o.base, name)
}

// Lstat describes a file without following a symbolic link.
func (o overlay) Lstat(name string) (fs.FileInfo, error) {
	if info, ok := o.own(name); ok {
		return info, nil
	}
	return fs.Lstat(o.base, name)
}

// ReadLink returns where a symbolic link leads.
func (o overlay) ReadLink(name string) (string, error) { return fs.ReadLink(o.base, name) }

// above reports whether the file lies in a folder, directly or not.
func (o overlay) above(dir string) bool { return dir == "." || strings.HasPrefix(o.name, dir+"/") }

func (o overlay) info() memoryInfo {
	return memoryInfo{name: path.Base(o.name), size: int64(len(o.data)), mode: 0o644}
}

// own describes the file, or a folder that is only there because of it.
func (o overlay) own(name string) (fs.FileInfo, bool) {
	if name == o.name {
		return o.info(), true
	}
	if o.above(name) {
		if _, err := fs.Stat(o.base, name); errors.Is(err, fs.ErrNotExist) {
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
	o    overlay
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

// replace puts new bytes in the place of a file's old ones, so that a reader
// sees the one or the other and never half of each: they are written beside
// the file and renamed. It refuses if the file is no longer what was read.
func replace(root *os.Root, name string, old, data []byte) error {
	info, err := root.Lstat(name)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	temp := path.Join(path.Dir(name), ".handbook-"+path.Base(name)+".tmp")
	f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, info.Mode().Perm())
	if errors.Is(err, fs.ErrExist) {
		return failf("wait for it to end; if there is none, delete "+temp, "%s is being changed by another handbook command", name)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		// The mode above was cut by the umask. A file system without modes
		// refuses, and needs none.
		_ = root.Chmod(temp, info.Mode().Perm())
		var now []byte
		if now, err = root.ReadFile(name); err == nil && !bytes.Equal(now, old) {
			err = failf("run the command again", "%s was changed by somebody else just now", name)
		}
	}
	if err == nil {
		err = root.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, err), root.Remove(temp))
	}
	return nil
}

// create writes a file that is not there yet, and the folder for it.
func create(root *os.Root, name string, data []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return failf("choose another number or id", "%s is there already, and is left as it is", name)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, err), root.Remove(name))
	}
	return nil
}
