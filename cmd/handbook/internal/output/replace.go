package output

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"handbook/cmd/handbook/internal/sitepath"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// stageBeside makes the whole site in a folder beside the site's, with the files
// that are kept.
func (p *publisher) stageBeside(ctx context.Context, old *folder) (string, error) {
	mode := folderMode
	if old.exists {
		mode = old.info.Mode()
	}
	return p.stage(ctx, p.beside("new-"), mode, old.kept)
}

// stage makes the whole site, and the files that are kept, in a new folder.
func (p *publisher) stage(ctx context.Context, prefix string, mode fs.FileMode, kept []string) (string, error) {
	stage, err := p.newStage(prefix, mode)
	if err != nil {
		return "", err
	}
	if err := p.fill(ctx, stage, kept); err != nil {
		p.discard(stage)
		return "", err
	}
	return stage, nil
}

// whole puts the site in its place in one step, or leaves it to oneByOne
// where that cannot be.
func (p *publisher) whole(ctx context.Context, old *folder, stage string) (err error) {
	if err := context.Cause(ctx); err != nil {
		p.discard(stage)
		return p.fail("put the new site in place", err)
	}
	if !old.exists {
		err = p.fs.Rename(stage, p.dir)
		p.report.Way = Renamed
	} else {
		err = p.fs.Exchange(stage, p.dir)
		p.report.Way = Exchanged
	}
	switch {
	case errors.Is(err, ErrNoExchange):
		return p.oneByOne(ctx, old, stage)
	case err != nil:
		p.discard(stage)
		return p.fail("put the new site in place", err)
	}
	p.count(old)
	if old.exists {
		p.removeOld(stage, old)
	}
	return nil
}

// count fills the Report by the two manifests.
func (p *publisher) count(old *folder) {
	p.report.Removed = old.gone
	for i := range p.site.items {
		it := &p.site.items[i]
		sum, listed := old.listed[it.Path]
		if it.Path == ManifestPath {
			listed = bytes.Equal(old.raw, p.site.raw)
			sum = it.SHA256
		}
		if listed && sum == it.SHA256 {
			p.report.Unchanged++
		} else {
			p.report.Written++
		}
	}
}

// removeOld removes the old site after the exchange, file by file: what was
// put into it since it was looked through is not ours and must not go. The new
// site is in its place by now, so that nothing here can fail the publishing.
func (p *publisher) removeOld(stage string, old *folder) {
	if info, err := p.fs.Lstat(stage); err == nil && !os.SameFile(info, old.info) {
		p.save(stage, "another folder")
		return
	}
	_ = each(context.Background(), p.opt.workers, len(old.files), func(i int) error {
		_ = p.fs.Remove(under(stage, old.files[i]))
		return nil
	})
	for _, dir := range slices.Backward(old.dirs) {
		_ = p.fs.Remove(under(stage, dir))
	}
	if p.fs.Remove(stage) == nil {
		return
	}
	rest := &folder{}
	var late []string
	entries, err := p.fs.ReadDir(stage)
	if err == nil {
		entries = slices.DeleteFunc(entries, isOwnStage)
		err = p.walk(stage, "", entries, rest, &late)
	}
	if err != nil {
		p.note("%s, the old site, could not be removed; the next publishing tries again", p.show(stage))
		return
	}
	for _, file := range rest.files {
		if _, known := slices.BinarySearch(old.files, file); !known && !isLitter(file) {
			late = append(late, file)
		}
	}
	if len(late) > 0 {
		p.save(stage, some(late))
		return
	}
	p.discard(stage)
}

// save moves what must not be removed out of the way of the next publishing,
// which would take it for a left-over.
func (p *publisher) save(stage, what string) {
	for n := 1; n <= maxStages; n++ {
		saved := p.dir + ".saved-" + strconv.Itoa(n)
		if _, err := p.fs.Lstat(saved); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := p.fs.Rename(stage, saved); err == nil {
			p.note("%s came into %s while it was published, and is now in %s", what, p.name, p.show(saved))
			return
		}
	}
	p.note("%s came into %s while it was published; take it out of %s before you publish again", what, p.name, p.show(stage))
}

// oneByOne replaces the files of the folder one by one, each in one step, by
// those in a stage, which is beside the folder.
func (p *publisher) oneByOne(ctx context.Context, old *folder, stage string) error {
	p.report.Way = OneByOne
	defer func() { p.discard(stage) }()
	if err := context.Cause(ctx); err != nil {
		return p.fail("put the new files in place", err)
	}
	moved, err := p.begin(stage, p.interim(old))
	if err != nil {
		return err
	}
	if !moved {
		// Beside is another volume: the files must wait inside.
		p.discard(stage)
		within, err := p.stage(ctx, p.at(ownStage), folderMode, nil)
		if err != nil {
			return err
		}
		stage = within
		if err := context.Cause(ctx); err != nil {
			return p.fail("put the new files in place", err)
		}
		if moved, err = p.begin(stage, p.interim(old)); err != nil {
			return err
		}
	}
	if !moved {
		return p.refuse(ownFolder, "files cannot be moved within it")
	}
	return p.replaceFiles(stage, old)
}

// interim returns a manifest of the old and the new files, under which the
// folder stays ours while it holds some of both.
func (p *publisher) interim(old *folder) []byte {
	var entries []entry
	for i := range p.site.items {
		if it := &p.site.items[i]; it.Path != ManifestPath {
			entries = append(entries, *it)
		}
	}
	for _, e := range old.entries {
		if !p.site.has(e.Path) {
			entries = append(entries, e)
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Compare(a.Path, b.Path) })
	return encodeManifest(entries)
}

// begin puts the interim manifest in place; from then on the folder changes.
// It returns false if the stage is on another volume.
func (p *publisher) begin(stage string, interim []byte) (moved bool, err error) {
	name := under(stage, sitepath.TempPrefix+ManifestPath)
	if err := p.write(name, bytes.NewReader(interim), fileMode); err != nil {
		return false, p.fail("write "+p.show(p.at(ManifestPath)), err)
	}
	err = p.fs.Rename(name, p.at(ManifestPath))
	if isOtherVolume(err) {
		return false, nil
	}
	if err != nil {
		return false, p.fail("replace "+p.show(p.at(ManifestPath)), err)
	}
	p.touched = true
	return true, nil
}

// replaceFiles moves the new files into place and removes those that are no
// more. There is no way back from here, so it does not stop for a context.
func (p *publisher) replaceFiles(stage string, old *folder) error {
	soon, late := p.inTheWay(old)
	if err := p.removeFiles(soon, old.dirs, nil); err != nil {
		return err
	}
	paths := make([]string, len(p.site.items))
	for i := range p.site.items {
		paths[i] = p.site.items[i].Path
	}
	dirs := folders(paths)
	for _, dir := range dirs {
		if err := p.fs.Mkdir(p.at(dir), folderMode); err != nil && !errors.Is(err, fs.ErrExist) {
			return p.fail("make the folder "+p.show(p.at(dir)), err)
		}
	}
	slices.SortStableFunc(paths, func(a, b string) int { return rank(a) - rank(b) })
	for _, path := range paths {
		it := &p.site.items[p.site.index[path]]
		if path != ManifestPath {
			if p.sameBytes(it) {
				p.report.Unchanged++
				continue
			}
		}
		if path == ManifestPath {
			slices.SortStableFunc(late, func(a, b string) int { return rank(b) - rank(a) })
			if err := p.removeFiles(late, old.dirs, dirs); err != nil {
				return err
			}
		}
		if err := p.fs.Rename(under(stage, path), p.at(path)); err != nil {
			return p.fail("replace "+p.show(p.at(path)), err)
		}
		p.report.Written++
	}
	p.report.Removed = old.gone
	return nil
}

// rank orders files by what needs what: a page needs its style sheet, the home
// page needs the other pages, and the manifest ends it all.
func rank(file string) int {
	switch {
	case file == ManifestPath:
		return 3
	case file == "index.html":
		return 2
	case strings.EqualFold(path.Ext(file), ".html"):
		return 1
	}
	return 0
}

// inTheWay parts the stale files into those that must go before the new ones
// come (a file where a folder is to be, a file in a folder where a file is to
// be, a name that changes its case) and the others.
func (p *publisher) inTheWay(old *folder) (soon, late []string) {
	needed := map[string]bool{}
	isFile := map[string]bool{}
	for i := range p.site.items {
		path := sitepath.Fold(p.site.items[i].Path)
		isFile[path] = true
		for dir := parent(path); dir != "" && !needed[dir]; dir = parent(dir) {
			needed[dir] = true
		}
	}
	for _, path := range old.stale {
		folded := sitepath.Fold(path)
		blocks := isFile[folded] || needed[folded]
		for dir := parent(folded); dir != "" && !blocks; dir = parent(dir) {
			blocks = isFile[dir]
		}
		if blocks {
			soon = append(soon, path)
		} else {
			late = append(late, path)
		}
	}
	return soon, late
}

// removeFiles removes files, then the old folders that are empty, unless they
// are among those to stay.
func (p *publisher) removeFiles(files, dirs, stay []string) error {
	for _, path := range files {
		if err := p.fs.Remove(p.at(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return p.fail("remove "+p.show(p.at(path)), err)
		}
	}
	for _, dir := range slices.Backward(dirs) {
		if _, stays := slices.BinarySearch(stay, dir); stays {
			continue
		}
		name := p.at(dir)
		info, err := p.fs.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) || err == nil && !info.IsDir() {
			continue // it went before, and a file may have come instead
		}
		var inside []fs.DirEntry
		if err == nil {
			inside, err = p.fs.ReadDir(name)
		}
		if err == nil && len(inside) == 0 {
			err = p.fs.Remove(name)
		}
		if err != nil {
			return p.fail("remove the folder "+p.show(name), err)
		}
	}
	return nil
}
