package output

import (
	"bytes"
	"context"
	"errors"
	"fmt"
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
	ownStage  = ownPrefix + "new-"
	maxStages = 9
)

// A site is the whole of a Tree, made.
type site struct {
	items []item // by path
	index map[string]int
	tree  *Tree
}

// An item is one file of a site.
type item struct {
	entry
	data []byte
}

func (s *site) has(path string) bool {
	_, ok := s.index[path]
	return ok
}

// fits tells why a file of somebody else's cannot be beside the site's.
func (s *site) fits(path string) error {
	s.tree.mu.RLock()
	defer s.tree.mu.RUnlock()
	return s.tree.clash(path)
}

// manifest gives the bytes of the site's manifest.
func (s *site) manifest() []byte { return s.items[s.index[ManifestPath]].data }

// makeSite makes every file, and checks that the manifest tells of them.
func (p *publisher) makeSite(ctx context.Context, t *Tree) (*site, error) {
	if !t.Has(ManifestPath) {
		return nil, fmt.Errorf("the site has no %s: AddManifest was not called", ManifestPath)
	}
	paths := t.Paths()
	if len(paths) == 1 {
		return nil, p.refuse("check that the content folder is the right one", "the site has no files")
	}
	s := &site{items: make([]item, len(paths)), index: make(map[string]int, len(paths)), tree: t}
	errs := make([]error, len(paths))
	err := each(ctx, p.opt.workers, len(paths), func(i int) error {
		s.items[i].Path = paths[i]
		if paths[i] == ManifestPath {
			return nil // it waits for all others
		}
		if s.items[i].data, errs[i] = t.Read(paths[i]); errs[i] != nil {
			errs[i] = fmt.Errorf("%s: %w", paths[i], errs[i])
		}
		return nil
	})
	if err != nil {
		return nil, p.fail("make the files", err)
	}
	if err := joined(errs); err != nil {
		return nil, err
	}
	raw, err := t.Read(ManifestPath)
	if err != nil {
		return nil, err
	}
	m, err := decodeManifest(raw)
	if err != nil || len(m.Files) != len(paths)-1 {
		return nil, fmt.Errorf("the site's %s does not list its files: AddManifest must make it", ManifestPath)
	}
	for i, path := range paths {
		s.index[path] = i
	}
	for _, e := range m.Files {
		i, ok := s.index[e.Path]
		if !ok {
			return nil, fmt.Errorf("the site's %s lists %s, which it does not have", ManifestPath, e.Path)
		}
		s.items[i].entry = e
	}
	s.items[s.index[ManifestPath]].data = raw
	return s, nil
}

// unchanged tells whether the folder holds exactly the site already.
func (p *publisher) unchanged(ctx context.Context, old *folder) (bool, error) {
	if old.raw == nil || old.gone > 0 || !bytes.Equal(old.raw, p.site.manifest()) {
		return false, nil
	}
	differs := errors.New("differs")
	err := each(ctx, p.opt.workers, len(p.site.items), func(i int) error {
		same, err := p.sameBytes(&p.site.items[i])
		if err == nil && !same {
			err = differs
		}
		return err
	})
	if errors.Is(err, differs) {
		return false, nil
	}
	if err != nil {
		return false, p.fail("compare the files", err)
	}
	return true, nil
}

// sameBytes tells whether a file of the folder has the bytes of the site's.
// What cannot be read is not the same, and will be replaced.
func (p *publisher) sameBytes(it *item) (bool, error) {
	name := p.at(it.Path)
	info, err := p.fs.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(it.data)) {
		return false, nil
	}
	r, err := p.fs.Open(name)
	if err != nil {
		return false, nil
	}
	defer r.Close()
	buffer := make([]byte, min(len(it.data)+1, 64<<10))
	for want := it.data; ; {
		n, err := r.Read(buffer)
		if n > len(want) || !bytes.Equal(buffer[:n], want[:n]) {
			return false, nil
		}
		want = want[n:]
		if err == io.EOF {
			return len(want) == 0, nil
		}
		if err != nil {
			return false, nil
		}
	}
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

// fill writes the whole site and the files that are kept into a stage.
func (p *publisher) fill(ctx context.Context, stage string, kept []string) error {
	paths := slices.Clone(kept)
	for i := range p.site.items {
		paths = append(paths, p.site.items[i].Path)
	}
	dirs := folders(paths)
	for _, dir := range dirs {
		// A file system that does not tell upper from lower case may have it.
		if err := p.fs.Mkdir(under(stage, dir), folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
			return p.fail("make the folder "+p.show(p.at(dir)), err)
		}
	}
	err := each(ctx, p.opt.workers, len(paths), func(i int) error {
		if i < len(kept) {
			return p.carry(kept[i], under(stage, kept[i]))
		}
		it := &p.site.items[i-len(kept)]
		if err := p.write(under(stage, it.Path), bytes.NewReader(it.data), fileMode); err != nil {
			return p.fail("write "+p.show(p.at(it.Path)), err)
		}
		return nil
	})
	if ctx.Err() != nil && errors.Is(err, context.Cause(ctx)) {
		return p.fail("write the files", err)
	}
	if err != nil {
		return err
	}
	return p.flush(stage, dirs)
}

// flush flushes folders to the disk, if that is asked for.
func (p *publisher) flush(root string, dirs []string) error {
	if !p.opt.Sync {
		return nil
	}
	for _, dir := range slices.Backward(dirs) {
		if err := p.fs.SyncDir(under(root, dir)); err != nil {
			return p.fail("flush "+p.show(p.at(dir)), err)
		}
	}
	if err := p.fs.SyncDir(root); err != nil {
		return p.fail("flush "+p.name, err)
	}
	return nil
}

// write makes a new file.
func (p *publisher) write(name string, data io.WriterTo, mode fs.FileMode) error {
	f, err := p.fs.Create(name, mode)
	if err != nil {
		return err
	}
	_, err = data.WriteTo(f)
	if err == nil && p.opt.Sync {
		err = f.Sync()
	}
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

// folders gives every folder that the paths need, a folder before those in it.
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
