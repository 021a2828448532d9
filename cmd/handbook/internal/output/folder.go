package output

import (
	"errors"
	"fmt"
	"handbook/cmd/handbook/internal/sitepath"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// maxManifest is the size above which a manifest.json is not read: a hundred
// times that of a site of ten thousand pages.
const maxManifest = 256 << 20

// A folder is what is in the site's place before a publishing.
type folder struct {
	exists   bool
	info     fs.FileInfo
	raw      []byte            // of its manifest; nil if it has none
	listed   map[string]string // the paths in its manifest, to their SHA-256
	entries  []entry           // the same in the manifest's order
	byFolded map[string]string // folded path to path, of those listed

	files []string // every file, sorted by path
	dirs  []string // every folder, sorted by path
	kept  []string // files of somebody else that are carried over
	stale []string // files that go: listed and no longer in the site, or litter
	gone  int      // how many of the stale ones were listed
}

// top looks at the folder without going into its folders, and refuses one that
// handbook did not make.
func (p *publisher) top() (*folder, []fs.DirEntry, error) {
	f := &folder{}
	info, err := p.fs.Lstat(p.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f, nil, nil
	case err != nil:
		return nil, nil, p.fail("look at "+p.name, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, nil, p.refuse("give the folder that the link points to, or remove the link", "it is a symbolic link")
	case !info.IsDir():
		return nil, nil, p.refuse("remove the file, or "+ownFolder, "it is a file, not a folder")
	}
	f.exists, f.info = true, info
	entries, err := p.fs.ReadDir(p.dir)
	if err != nil {
		return nil, nil, p.fail("list "+p.name, err)
	}
	entries = slices.DeleteFunc(entries, isOwnStage)
	for _, e := range entries {
		if strings.EqualFold(e.Name(), ".git") {
			return nil, nil, p.refuse(ownFolder+"; a commit of the site is best made from a copy", "it is a git work tree")
		}
	}
	trouble := "it has no " + ManifestPath
	if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == ManifestPath && e.Type().IsRegular() }) {
		if trouble, err = p.readManifest(f); err != nil {
			return nil, nil, err
		}
	}
	if f.raw == nil {
		var foreign []string
		for _, e := range entries {
			if !isLitter(e.Name()) && !p.keeps(e.Name(), false) {
				foreign = append(foreign, e.Name())
			}
		}
		if len(foreign) > 0 {
			return nil, nil, p.refuse("empty it yourself if nothing in it is needed, or "+ownFolder,
				"handbook did not make this folder (%s), and it holds %s", trouble, some(foreign))
		}
	}
	return f, entries, nil
}

// readManifest reads the manifest into f. If there is none of ours, it tells
// what is wrong with the one that is there.
func (p *publisher) readManifest(f *folder) (trouble string, err error) {
	r, err := p.fs.Open(p.at(ManifestPath))
	if err != nil {
		return "", p.fail("read "+p.show(p.at(ManifestPath)), err)
	}
	defer r.Close()
	raw, err := io.ReadAll(io.LimitReader(r, maxManifest))
	if err != nil {
		return "", p.fail("read "+p.show(p.at(ManifestPath)), err)
	}
	l, err := decodeManifest(raw)
	if err != nil {
		return err.Error(), nil
	}
	f.raw, f.entries = raw, l.Files
	f.listed, f.byFolded = make(map[string]string, len(l.Files)+1), make(map[string]string, len(l.Files)+1)
	for _, e := range append(slices.Clip(l.Files), entry{Path: ManifestPath}) {
		f.listed[e.Path], f.byFolded[sitepath.Fold(e.Path)] = e.SHA256, e.Path
	}
	return "", nil
}

// look looks through the whole folder, sorts its files into those that go,
// those that are carried over and those that are replaced, and refuses if
// there is one that is none of these. It runs under the lock.
func (p *publisher) look() (*folder, error) {
	f, entries, err := p.top()
	if err != nil || !f.exists {
		return f, err
	}
	var odd []string
	if err := p.walk(p.dir, "", entries, f, &odd); err != nil {
		return nil, err
	}
	var foreign []string
	for _, path := range f.files {
		as, listed := f.lists(p, path)
		kept := p.keeps(as, listed)
		switch {
		case (listed || kept) && p.site.has(as):
		case kept:
			if err := p.site.fits(path); err != nil {
				return nil, p.refuse("move the file away or take it out of keep", "%s cannot be kept: %v", path, err)
			}
			f.kept = append(f.kept, path)
		case listed:
			f.stale = append(f.stale, path)
			f.gone++
		case isLitter(path):
			f.stale = append(f.stale, path)
		default:
			foreign = append(foreign, path)
		}
	}
	foreign = append(foreign, odd...)
	slices.Sort(foreign)
	if len(foreign) > 0 {
		return nil, p.refuse("move what you need out of "+p.name+", or list it under keep in handbook.yaml",
			"it holds %s, which handbook did not make", some(foreign))
	}
	return f, nil
}

// walk collects what is in dir, whose path in the site is rel. What is neither
// file nor folder goes to odd: it cannot be carried over.
func (p *publisher) walk(dir, rel string, entries []fs.DirEntry, f *folder, odd *[]string) error {
	for _, e := range entries {
		found := path.Join(rel, e.Name())
		switch {
		case e.IsDir():
			f.dirs = append(f.dirs, found)
			inner := under(dir, e.Name())
			below, err := p.fs.ReadDir(inner)
			if err != nil {
				return p.fail("list "+p.show(inner), err)
			}
			if err := p.walk(inner, found, below, f, odd); err != nil {
				return err
			}
		case e.Type().IsRegular():
			f.files = append(f.files, found)
		default:
			*odd = append(*odd, found)
		}
	}
	if rel == "" {
		slices.Sort(f.files)
		slices.Sort(f.dirs)
	}
	return nil
}

// lists reports whether the manifest has the file that was found at path, and
// gives the path that it has it under: some file systems give a name back in
// another case or Unicode form than it was written in, and then both names
// open the same file.
func (f *folder) lists(p *publisher, path string) (as string, listed bool) {
	if _, ok := f.listed[path]; ok {
		return path, true
	}
	if other, ok := f.byFolded[sitepath.Fold(path)]; ok && p.same(p.at(path), p.at(other)) {
		return other, true
	}
	return path, false
}

// keeps reports whether Options.Keep has a file, or a folder that it is in. Of
// the files that an earlier publishing made only those whose path is spelled
// out are kept.
func (p *publisher) keeps(file string, listed bool) bool {
	for _, pattern := range p.opt.Keep {
		pattern = strings.TrimSuffix(pattern, "/")
		if pattern == file {
			return true
		}
		if listed {
			continue
		}
		for at := file; at != ""; at = parent(at) {
			if ok, _ := path.Match(pattern, at); ok {
				return true
			}
		}
	}
	return false
}

// isLitter reports whether a file is one that desktop systems and network file
// systems make by themselves, and make again when they need it.
func isLitter(file string) bool {
	switch name := path.Base(file); name {
	case ".DS_Store", "Thumbs.db":
		return true
	default:
		return strings.HasPrefix(name, ".nfs0")
	}
}

// some names the first few of a list.
func some(names []string) string {
	const few = 5
	var b strings.Builder
	for i, name := range names {
		if i == few {
			fmt.Fprintf(&b, " and %d more", len(names)-few)
			break
		}
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(printable(name))
	}
	return b.String()
}

// printable quotes a name that would not print as it is.
func printable(name string) string {
	if sitepath.Check(name) == nil {
		return name
	}
	return fmt.Sprintf("%q", name)
}

// isOwnStage reports whether something at the top of the folder is a left-over
// of replacing files one by one.
func isOwnStage(e fs.DirEntry) bool {
	number, ok := strings.CutPrefix(e.Name(), ownStage)
	return ok && e.IsDir() && len(number) == 1 && '1' <= number[0] && number[0] <= '0'+maxStages
}
