package watch

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"
)

// What is known of a path is one text, its sum, so that two looks compare.
const (
	unread     = "" // a file whose content was not needed yet
	absent     = "absent"
	aFolder    = "folder"
	unreadable = "unreadable"
)

// largeFile is the size from which a file's content is not read: such a file
// has changed when its size or one of its times has.
const largeFile = 16 << 20

// An entry is what is known of a file, or of anything else that is no folder.
type entry struct {
	info  fs.FileInfo
	sum   string
	fresh bool // it changed when last looked at, perhaps twice within one tick of the clock of its times
}

// A folder is what is known of a folder.
type folder struct {
	info    fs.FileInfo
	entries map[string]*entry // by name
	folders map[string]bool   // the names of folders in it
	closed  bool              // it could not be listed
}

// A snapshot is what is known of all folders, and what they were like when the
// changes since were last asked for.
type snapshot struct {
	roots   []string
	ignored func(name string) bool
	enter   func(dir string) // is called before a new folder is listed
	leave   func(dir string) // is called when a folder is gone

	folders    map[string]*folder // by path
	since      map[string]string  // paths that differed, with the sum they had first
	cameOrWent bool               // a folder did
	sure       bool               // of the look under way: nothing looks like a save that is not over
	unseen     []string           // folders found, and not listed yet
	toRead     []string           // files whose content was not read when they were found
}

func newSnapshot(roots []string, ignored func(string) bool, enter, leave func(string)) *snapshot {
	return &snapshot{roots: roots, ignored: ignored, enter: enter, leave: leave, folders: map[string]*folder{}, since: map[string]string{}}
}

// forget takes things as they are now for unchanged.
func (s *snapshot) forget() { clear(s.since) }

// pending reports whether something differs.
func (s *snapshot) pending() bool { return len(s.since) > 0 }

// differs remembers that a path has another sum than before.
func (s *snapshot) differs(path, before string) {
	if _, known := s.since[path]; !known {
		s.since[path] = before
	}
}

// sumOf returns the sum of a path.
func (s *snapshot) sumOf(path string) string {
	if f := s.folders[path]; f != nil {
		if f.closed {
			return unreadable
		}
		return aFolder
	}
	if f := s.folders[filepath.Dir(path)]; f != nil {
		if e := f.entries[filepath.Base(path)]; e != nil {
			return e.sum
		}
	}
	return absent
}

// lookAtRoots looks at all folders and files.
func (s *snapshot) lookAtRoots() bool {
	s.sure = true
	for _, root := range s.roots {
		s.lookAtRoot(root, nil)
	}
	s.lookAtNew()
	return s.sure
}

// lookAt looks at the folders that some paths lie in, and at those paths. Of
// other files in there only the names count.
func (s *snapshot) lookAt(paths map[string]bool) bool {
	s.sure = true
	dirs := map[string]map[string]bool{}
	for path := range paths {
		if s.isRoot(path) {
			s.lookAtRoot(path, map[string]bool{})
			continue
		}
		dir, name := filepath.Split(path)
		dir = filepath.Clean(dir)
		if s.folders[dir] == nil {
			continue // it was found gone, or is new and will be listed with the folder above it
		}
		if dirs[dir] == nil {
			dirs[dir] = map[string]bool{}
		}
		dirs[dir][name] = true
	}
	for dir, names := range dirs {
		if s.folders[dir] != nil {
			s.lookInto(dir, names)
		}
	}
	s.lookAtNew()
	return s.sure
}

func (s *snapshot) isRoot(path string) bool { return slices.Contains(s.roots, path) }

// lookAtRoot looks at a root, which may be a link to a folder, and into it.
func (s *snapshot) lookAtRoot(root string, only map[string]bool) {
	info, err := os.Stat(root)
	known := s.folders[root]
	switch {
	case err != nil || !info.IsDir():
		if known != nil {
			s.drop(root)
		}
		return
	case known == nil:
		s.found(root, info)
		return
	}
	s.lookAgain(root, info, only)
}

// lookAgain looks into a known folder, or into another one that has its name
// now: of that all files are looked at, and its folders are not those known.
func (s *snapshot) lookAgain(dir string, info fs.FileInfo, only map[string]bool) {
	known := s.folders[dir]
	if !os.SameFile(info, known.info) {
		s.leave(dir)
		for name := range known.folders {
			s.drop(filepath.Join(dir, name))
		}
		known.info, only = info, nil
		s.cameOrWent = true
		s.enter(dir)
	}
	s.lookInto(dir, only)
}

// lookInto lists a known folder and compares. With only, of the files that
// were there before just those of these names are looked at; without it all
// are, and the folders below as well.
func (s *snapshot) lookInto(dir string, only map[string]bool) {
	f := s.folders[dir]
	list, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.drop(dir)
		return
	case (err != nil) != f.closed:
		s.differs(dir, s.sumOf(dir))
		s.sure = f.closed
		f.closed = !f.closed
	}
	if err != nil {
		list = nil // what is closed to us cannot be told from what is gone
	}
	here := make(map[string]bool, len(list))
	for _, d := range list {
		if !s.ignored(d.Name()) {
			here[d.Name()] = d.IsDir()
		}
	}
	for name := range f.folders {
		if isDir, there := here[name]; !there || !isDir {
			s.drop(filepath.Join(dir, name))
		}
	}
	for name, e := range f.entries {
		if isDir, there := here[name]; !there || isDir {
			delete(f.entries, name)
			s.differs(filepath.Join(dir, name), e.sum)
			s.sure = false
		}
	}
	for _, d := range list {
		name := d.Name()
		path := filepath.Join(dir, name)
		isDir, looked := here[name]
		switch {
		case !looked:
		case isDir && !f.folders[name]:
			if info, err := os.Lstat(path); err == nil && info.IsDir() {
				s.found(path, info)
			}
		case isDir && (only == nil || only[name]):
			below := only
			if only != nil {
				below = map[string]bool{}
			}
			if info, err := os.Lstat(path); err == nil && info.IsDir() {
				s.lookAgain(path, info, below)
			}
		case isDir:
		case f.entries[name] == nil:
			s.newEntry(f, path)
		case only == nil || only[name]:
			s.compare(f, path, only != nil)
		}
	}
}

// found notes a folder that is new. It is listed at the end of the look: after
// the folders that are gone have been left, because it may be one of them
// under another name.
func (s *snapshot) found(path string, info fs.FileInfo) {
	s.cameOrWent = true
	s.differs(path, absent)
	s.folders[path] = &folder{info: info, entries: map[string]*entry{}, folders: map[string]bool{}}
	if up := s.folders[filepath.Dir(path)]; up != nil && !s.isRoot(path) {
		up.folders[filepath.Base(path)] = true
	}
	s.unseen = append(s.unseen, path)
}

// lookAtNew lists the folders that were found, and those in them. A folder is
// entered before it is listed, so that nothing that is made in it can be
// missed by both.
func (s *snapshot) lookAtNew() {
	for len(s.unseen) > 0 {
		dir := s.unseen[0]
		s.unseen = s.unseen[1:]
		if s.folders[dir] != nil {
			s.enter(dir)
			s.lookInto(dir, map[string]bool{})
		}
	}
}

// drop forgets a folder that is gone, and all in it.
func (s *snapshot) drop(dir string) {
	f := s.folders[dir]
	if f == nil {
		return
	}
	s.cameOrWent, s.sure = true, false
	s.leave(dir)
	for name := range f.folders {
		s.drop(filepath.Join(dir, name))
	}
	for name, e := range f.entries {
		s.differs(filepath.Join(dir, name), e.sum)
	}
	delete(s.folders, dir)
	if up := s.folders[filepath.Dir(dir)]; up != nil {
		delete(up.folders, filepath.Base(dir))
	}
	s.differs(dir, aFolder)
}

// newEntry adds a file that was not there at the last look. It is read at
// leisure, unless it is only back and so may be what it was.
func (s *snapshot) newEntry(f *folder, path string) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		s.sure = false
		return
	}
	e := &entry{info: info}
	f.entries[filepath.Base(path)] = e
	_, back := s.since[path]
	s.differs(path, absent)
	if err != nil {
		e.info, e.sum = f.info, unreadable // the folder is no file's like: it will differ once it can be read
	} else if info.Mode().IsRegular() && !back {
		s.toRead = append(s.toRead, path)
		s.sure = s.sure && info.Size() > 0
	} else {
		e.sum = sum(path, info)
	}
}

// compare looks at a file that was there before. One that an event has named
// is read whatever its size and times are.
func (s *snapshot) compare(f *folder, path string, named bool) {
	name := filepath.Base(path)
	e := f.entries[name]
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.sure = false
		s.differs(path, e.sum)
		delete(f.entries, name)
		return
	case err != nil:
		if e.sum != unreadable {
			s.sure = false
			s.differs(path, e.sum)
			e.info, e.sum = f.info, unreadable
		}
		return
	}
	if !named && !e.fresh && same(e.info, info) {
		return
	}
	now := sum(path, info)
	if info.Size() == 0 && e.info.Size() > 0 || now == unreadable && e.sum != unreadable {
		s.sure = false
	}
	e.fresh = now != e.sum
	if e.fresh {
		s.differs(path, e.sum)
	}
	e.info, e.sum = info, now
}

// same reports whether nothing that a file is described by has changed.
func same(a, b fs.FileInfo) bool {
	return a.Mode().Type() == b.Mode().Type() && a.Size() == b.Size() && a.ModTime().Equal(b.ModTime()) &&
		changed(a) == changed(b) && os.SameFile(a, b)
}

// unread reports whether there are files to read at leisure.
func (s *snapshot) unread() bool { return len(s.toRead) > 0 }

// readSome reads some of the files that were not read when they were found, so
// that it can be told later whether their content has changed. A file that is
// no longer as it was found is left to the next look.
func (s *snapshot) readSome() {
	n := min(32, len(s.toRead))
	for _, path := range s.toRead[:n] {
		f := s.folders[filepath.Dir(path)]
		if f == nil {
			continue
		}
		e := f.entries[filepath.Base(path)]
		if e == nil || e.sum != unread {
			continue
		}
		read := sum(path, e.info)
		if info, err := os.Lstat(path); err == nil && same(e.info, info) {
			e.sum = read
		}
	}
	s.toRead = s.toRead[n:]
}

// sum describes what a path holds.
func sum(path string, info fs.FileInfo) string {
	switch mode := info.Mode(); {
	case mode&fs.ModeSymlink != 0:
		to, err := os.Readlink(path)
		if err != nil {
			return unreadable
		}
		return "link to " + to
	case !mode.IsRegular():
		return mode.Type().String()
	case info.Size() > largeFile:
		return fmt.Sprint(info.Size(), info.ModTime().UnixNano(), changed(info))
	}
	// It may have become a pipe since; to open that must not wait for a writer.
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return unreadable
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return unreadable
	}
	return hex.EncodeToString(h.Sum(nil))
}
