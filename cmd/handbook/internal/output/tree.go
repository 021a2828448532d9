package output

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"handbook/cmd/handbook/internal/sitepath"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
)

// A Tree is the files of a site: their bytes, or functions that make them. Use
// [NewTree]. All methods are
// safe for concurrent use.
type Tree struct {
	mu      sync.RWMutex
	files   map[string]*file
	folded  map[string]string // the folded path of each file, to the path
	folders map[string]string // the folded path of each folder, to a file in it
	sorted  []string          // the paths in order; nil when one was added since
	listed  bool              // it has its manifest
	sealed  bool              // the manifest was made, so that nothing may be added
}

// A file knows its bytes and their hash, each found out at most once by those
// who read it. Who needs its bytes only for a moment has them written, so that
// a large site need not be in memory as a whole.
type file struct {
	made    func() ([]byte, error)  // gives the bytes, or nil for a file that is
	written func(w io.Writer) error // written bit by bit

	once   sync.Once
	data   []byte
	err    error
	summed sync.Once
	sum    [sha256.Size]byte
}

// read returns the bytes.
func (f *file) read() ([]byte, error) {
	f.once.Do(func() {
		f.err = errors.New("making the file has failed before")
		if f.made != nil {
			f.data, f.err = f.made()
			return
		}
		var buf bytes.Buffer
		if f.err = f.written(&buf); f.err == nil {
			f.data = buf.Bytes()
		}
	})
	return f.data, f.err
}

// write writes the bytes without keeping them.
func (f *file) write(w io.Writer) error {
	if f.made == nil {
		return f.written(w)
	}
	data, err := f.made()
	if err == nil {
		_, err = w.Write(data)
	}
	return err
}

// hash returns the SHA-256 of the bytes.
func (f *file) hash() ([sha256.Size]byte, error) {
	data, err := f.read()
	if err != nil {
		return [sha256.Size]byte{}, err
	}
	f.summed.Do(func() { f.sum = sha256.Sum256(data) })
	return f.sum, nil
}

// NewTree makes an empty Tree.
func NewTree() *Tree {
	return &Tree{files: map[string]*file{}, folded: map[string]string{}, folders: map[string]string{}}
}

// Add adds a file. The Tree keeps data, which must not be changed any more. It
// is an error if path is taken, or equals a taken one ignoring case and
// Unicode form, if a file stands where path needs a folder or the reverse, or
// if path is not safe everywhere ([sitepath.Check]).
func (t *Tree) Add(path string, data []byte) error {
	return t.add(path, func() ([]byte, error) { return data, nil }, nil)
}

// AddFunc adds a file whose bytes are made when they are needed. Read makes
// them once, even if several goroutines ask, and an error of makeFile is the
// answer to every read. [Publish] makes them without keeping them. So
// makeFile must give the same bytes each time. It may read other files of the
// Tree, but not in a circle.
func (t *Tree) AddFunc(path string, makeFile func() ([]byte, error)) error {
	return t.add(path, makeFile, nil)
}

// AddWriter is AddFunc for a file that is written bit by bit, such as a page
// with a whole handbook in it: [Publish] never has it in memory.
func (t *Tree) AddWriter(path string, writeFile func(w io.Writer) error) error {
	return t.add(path, nil, writeFile)
}

func (t *Tree) add(path string, made func() ([]byte, error), written func(w io.Writer) error) error {
	if err := sitepath.Check(path); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sealed {
		return fmt.Errorf("path %q comes too late: the manifest is made", path)
	}
	folded := sitepath.Fold(path)
	if err := t.clash(path, folded); err != nil {
		return err
	}
	t.files[path], t.folded[folded] = &file{made: made, written: written}, path
	for dir := parent(folded); dir != "" && t.folders[dir] == ""; dir = parent(dir) {
		t.folders[dir] = path
	}
	t.sorted = nil
	return nil
}

// clash reports why a file cannot have a path beside the files that are there.
func (t *Tree) clash(path, folded string) error {
	if other, taken := t.folded[folded]; taken {
		if other == path {
			return fmt.Errorf("path %q is taken", path)
		}
		return fmt.Errorf("path %q is the same as %q on systems that do not tell upper from lower case or one form of an accent from the other", path, other)
	}
	if other, taken := t.folders[folded]; taken {
		return fmt.Errorf("path %q is the folder of %q", path, other)
	}
	for dir := parent(folded); dir != "" && t.folders[dir] == ""; dir = parent(dir) {
		if other, taken := t.folded[dir]; taken {
			return fmt.Errorf("path %q needs a folder where the file %q is", path, other)
		}
	}
	return nil
}

// parent returns the folder of a path, "" at the top.
func parent(path string) string {
	i := strings.LastIndexByte(path, '/')
	return path[:max(i, 0)]
}

// Read returns the bytes of a file, which must not be changed. A path that is
// not in the Tree gives an error that is [fs.ErrNotExist].
func (t *Tree) Read(path string) ([]byte, error) {
	f := t.file(path)
	if f == nil {
		return nil, &fs.PathError{Op: "read", Path: path, Err: fs.ErrNotExist}
	}
	return f.read()
}

// Sum returns the SHA-256 of a file, counted once.
func (t *Tree) Sum(path string) ([sha256.Size]byte, error) {
	f := t.file(path)
	if f == nil {
		return [sha256.Size]byte{}, &fs.PathError{Op: "sum", Path: path, Err: fs.ErrNotExist}
	}
	return f.hash()
}

func (t *Tree) file(path string) *file {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.files[path]
}

// Has reports whether the Tree has a file of exactly this path.
func (t *Tree) Has(path string) bool { return t.file(path) != nil }

// Len counts the files.
func (t *Tree) Len() int {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return len(t.files)
}

// Paths returns the paths of all files in byte order. The slice is the caller's.
func (t *Tree) Paths() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sorted == nil {
		t.sorted = slices.Sorted(maps.Keys(t.files))
	}
	return slices.Clone(t.sorted)
}
