package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"handbook/cmd/handbook/internal/sitepath"
	"hash"
	"io"
	"io/fs"
	"slices"
	"strconv"
)

// Modes of what is published; see the package comment.
const (
	fileMode   fs.FileMode = 0o644
	folderMode fs.FileMode = 0o755
)

// ownStage begins the name of a folder inside the site's in which new files
// wait where they cannot wait beside it. A number from 1 to maxStages follows,
// as it does beside it.
const (
	ownStage  = sitepath.TempPrefix + "new-"
	maxStages = 9
)

// A site is what a Tree has to be published.
type site struct {
	tree  *Tree
	items []entry // by path; sizes and hashes are known once a stage is filled
	files []*file // what makes each
	index map[string]int
	raw   []byte // the manifest, likewise
}

func (s *site) has(path string) bool {
	_, ok := s.index[path]
	return ok
}

// fits reports why a file of somebody else's cannot be beside the site's.
func (s *site) fits(path string) error {
	s.tree.mu.RLock()
	defer s.tree.mu.RUnlock()
	return s.tree.clash(path, sitepath.Fold(path))
}

// list lists the files of a Tree that has its manifest.
func (p *publisher) list(t *Tree) (*site, error) {
	if !t.seal() {
		return nil, fmt.Errorf("the site has no %s: AddManifest was not called", ManifestPath)
	}
	paths := t.Paths()
	if len(paths) == 1 {
		return nil, p.refuse("check that the content folder is the right one", "the site has no files")
	}
	s := &site{tree: t, items: make([]entry, len(paths)), files: make([]*file, len(paths)), index: make(map[string]int, len(paths))}
	for i, path := range paths {
		s.items[i].Path, s.files[i], s.index[path] = path, t.file(path), i
	}
	return s, nil
}

// unchanged reports whether the folder holds exactly the site already, of which
// a stage is filled.
func (p *publisher) unchanged(ctx context.Context, old *folder) (bool, error) {
	if old.raw == nil || old.gone > 0 || !bytes.Equal(old.raw, p.site.raw) {
		return false, nil
	}
	differs := errors.New("differs")
	err := each(ctx, p.opt.workers, len(p.site.items), func(i int) error {
		if !p.sameBytes(&p.site.items[i]) {
			return differs
		}
		return nil
	})
	if errors.Is(err, differs) {
		return false, nil
	}
	if err != nil {
		return false, p.fail("compare the files", err)
	}
	return true, nil
}

// sameBytes reports whether a file of the folder has the bytes of the site's.
// What cannot be read is not the same, and will be replaced.
func (p *publisher) sameBytes(it *entry) bool {
	name := p.at(it.Path)
	info, err := p.fs.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != it.Size {
		return false
	}
	r, err := p.fs.Open(name)
	if err != nil {
		return false
	}
	defer r.Close()
	h := sha256.New()
	if _, err := io.Copy(h, r); err != nil {
		return false
	}
	return hex.EncodeToString(h.Sum(nil)) == it.SHA256
}

// newStage makes an empty folder of the first free number for files to wait in.
func (p *publisher) newStage(prefix string, mode fs.FileMode) (string, error) {
	for n := 1; n <= maxStages; n++ {
		name := prefix + strconv.Itoa(n)
		err := p.fs.Mkdir(name, mode)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			// It may be there all the same, if only its mode could not be set.
			_ = p.fs.Remove(name)
			return "", p.fail("make the folder "+p.show(name), err)
		}
		return name, nil
	}
	return "", p.refuse("remove them, if no publishing is under way",
		"%s1 to %d are left over and cannot be removed", p.show(prefix), maxStages)
}

// removeLeftovers removes the stages of publishings that died. It runs under
// the lock, so none of them is in use. What cannot be removed stays.
func (p *publisher) removeLeftovers() {
	for _, prefix := range []string{p.beside("new-"), p.at(ownStage)} {
		for n := 1; n <= maxStages; n++ {
			name := prefix + strconv.Itoa(n)
			if info, err := p.fs.Lstat(name); err == nil && info.IsDir() {
				p.discard(name)
			}
		}
	}
}

// discard removes a stage. Failing to is no failure of the publishing: the
// next one tries again.
func (p *publisher) discard(stage string) {
	if err := p.fs.RemoveAll(stage); err != nil && !errors.Is(err, fs.ErrNotExist) {
		why, _ := inWords(err)
		p.note("%s could not be removed: %s; the next publishing tries again", p.show(stage), why)
	}
}

// fill makes the whole site and writes it into a stage, with the files that
// are kept. Errors in making files are gathered from all of them.
func (p *publisher) fill(ctx context.Context, stage string, kept []string) error {
	items := p.site.items
	paths := slices.Clone(kept)
	for i := range items {
		paths = append(paths, items[i].Path)
	}
	for _, dir := range folders(paths) {
		// A file system that does not tell upper from lower case may have it.
		if err := p.fs.Mkdir(under(stage, dir), folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
			return p.fail("make the folder "+p.show(p.at(dir)), err)
		}
	}
	errs := make([]error, len(items))
	err := each(ctx, p.opt.workers, len(paths), func(i int) error {
		if i < len(kept) {
			return p.carry(kept[i], under(stage, kept[i]))
		}
		i -= len(kept)
		if items[i].Path == ManifestPath {
			return nil // it waits for all others
		}
		wrong, err := p.place(stage, &items[i], p.site.files[i])
		if wrong != nil {
			errs[i] = fmt.Errorf("%s: %w", items[i].Path, wrong)
		}
		return err
	})
	if ctx.Err() != nil && errors.Is(err, context.Cause(ctx)) {
		return p.fail("write the files", err)
	}
	if err == nil {
		err = joined(errs)
	}
	if err != nil {
		return err
	}
	at := p.site.index[ManifestPath]
	p.site.raw = encodeManifest(slices.Concat(items[:at], items[at+1:]))
	raw := func() ([]byte, error) { return p.site.raw, nil }
	_, err = p.place(stage, &items[at], &file{made: raw})
	return err
}

// place makes a file of the site in a stage, and notes its size and hash. It
// tells apart what is wrong with the file, so that it could not be made, and
// what keeps any file from being written.
func (p *publisher) place(stage string, it *entry, f *file) (wrong, err error) {
	m := &making{file: f, hash: sha256.New()}
	err = p.write(under(stage, it.Path), m, fileMode)
	if m.wrong != nil {
		return m.wrong, nil
	}
	if err != nil {
		return nil, p.fail("write "+p.show(p.at(it.Path)), err)
	}
	it.Size, it.SHA256 = m.size, hex.EncodeToString(m.hash.Sum(nil))
	return nil, nil
}

// A making is a file on its way into a stage, hashed bit by bit as it goes.
type making struct {
	file  *file
	hash  hash.Hash
	size  int64
	to    io.Writer
	err   error // of writing
	wrong error // of what makes the file
}

// WriteTo makes the file and writes it.
func (m *making) WriteTo(w io.Writer) (int64, error) {
	m.to = w
	err := m.file.write(m)
	if m.err != nil {
		return m.size, m.err
	}
	m.wrong = err
	return m.size, err
}

// Write writes the next bytes.
func (m *making) Write(b []byte) (int, error) {
	if m.err != nil {
		return 0, m.err
	}
	n, err := m.to.Write(b)
	m.hash.Write(b[:n])
	m.size, m.err = m.size+int64(n), err
	return n, err
}

// write makes a new file.
func (p *publisher) write(name string, data io.WriterTo, mode fs.FileMode) error {
	f, err := p.fs.Create(name, mode)
	if err != nil {
		return err
	}
	_, err = data.WriteTo(f)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// carry copies a file that is kept, with its mode.
func (p *publisher) carry(path, to string) error {
	from := p.at(path)
	info, err := p.fs.Lstat(from)
	if err != nil {
		return p.fail("keep "+p.show(from), err)
	}
	r, err := p.fs.Open(from)
	if err != nil {
		return p.fail("keep "+p.show(from), err)
	}
	defer r.Close()
	if err := p.write(to, stream{r}, info.Mode().Perm()); err != nil {
		return p.fail("keep "+p.show(from), err)
	}
	return nil
}

// A stream writes all that can be read from it.
type stream struct{ r io.Reader }

// WriteTo copies to the end.
func (s stream) WriteTo(w io.Writer) (int64, error) { return io.Copy(w, s.r) }

// folders returns every folder that the paths need, a folder before those in it.
func folders(paths []string) []string {
	seen := map[string]bool{}
	var dirs []string
	for _, path := range paths {
		for dir := parent(path); dir != "" && !seen[dir]; dir = parent(dir) {
			seen[dir] = true
			dirs = append(dirs, dir)
		}
	}
	slices.Sort(dirs)
	return dirs
}
