package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
)

// Options says where and how to publish.
type Options struct {
	// Dir is the folder of the site, such as "public". Folders above it are
	// made where they are missing.
	Dir string

	// Protect lists folders that Dir may neither be nor hold, such as the
	// project's root. Dir may lie inside one.
	Protect []string

	// Sources lists folders that the site is built from, such as content. Dir
	// may neither be one, nor hold one, nor lie inside one. Folders that do not
	// exist may be listed.
	Sources []string

	// Keep lists files of somebody else's that stay in Dir from one publishing
	// to the next unless the Tree has them too: paths such as "CNAME", folders
	// such as ".well-known", or patterns of [path.Match]. A file that an
	// earlier publishing made and this one has not stays only if Keep spells
	// out its path; a pattern does not hold it back.
	Keep []string

	// Waiting, if not nil, is called once when another publishing is under way
	// and this one waits for it.
	Waiting func()

	// FS is the file system, nil for that of the machine.
	FS FS

	// workers is how many files are made or written at once; 0 leaves it to
	// the machine.
	workers int
}

// A Way is how a site got to its place.
type Way int

// The ways of publishing.
const (
	Untouched Way = iota // every file was there already
	Renamed              // there was no folder before
	Exchanged            // the whole folder in one step
	OneByOne             // file by file
)

// A Report says what a publishing did. Written, Unchanged, Removed and Kept
// count files against the site that was there before, manifest.json included.
type Report struct {
	Written   int // new or with new bytes
	Unchanged int // there before, with the same bytes
	Removed   int // there before, and no more
	Kept      int // of somebody else, carried over
	Way       Way
	Notes     []string // what somebody should know although all went well
}

// Publish makes every file of t and puts them in opt.Dir, all or none; see the
// package comment for the steps. t must have its manifest ([Tree.AddManifest]).
//
// An error is a [*diag.Failure] or what making a file gave. After any
// error the folder is as it was; only where files are replaced one by one can
// it hold old and new files, each whole, and then the error says so. When ctx
// ends, Publish stops if it can still leave everything as it was, and goes on
// to the end otherwise.
func Publish(ctx context.Context, t *Tree, opt Options) (Report, error) {
	p, err := newPublisher(opt)
	if err != nil {
		return Report{}, err
	}
	if err := p.checkPlace(); err != nil {
		return Report{}, err
	}
	if p.site, err = p.list(t); err != nil {
		return Report{}, err
	}
	if err := p.publish(ctx); err != nil {
		return Report{}, err
	}
	return p.report, nil
}

// A publisher is one publishing under way.
type publisher struct {
	opt     Options
	fs      FS
	name    string // of the folder, as the user gave it
	dir     string // the same, absolute
	site    *site
	report  Report
	touched bool // the folder is no longer as it was
}

func newPublisher(opt Options) (*publisher, error) {
	p := &publisher{opt: opt, fs: opt.FS, name: filepath.Clean(opt.Dir)}
	if p.fs == nil {
		p.fs = OS()
	}
	if opt.Dir == "" {
		return nil, errors.New("no folder to publish to is given")
	}
	for _, pattern := range opt.Keep {
		if _, err := path.Match(pattern, ""); err != nil {
			return nil, p.refuse("write a path such as CNAME, or a pattern such as *.txt", "keep: %q is not a pattern", pattern)
		}
	}
	var err error
	if p.dir, err = filepath.Abs(opt.Dir); err != nil {
		return nil, p.fail("find the folder", err)
	}
	return p, nil
}

// at returns the name of a file of the site.
func (p *publisher) at(path string) string { return under(p.dir, path) }

// under joins a folder and a slash-separated path.
func under(dir, path string) string {
	return dir + string(filepath.Separator) + filepath.FromSlash(path)
}

// above returns the folder that holds the site's.
func (p *publisher) above() string { return filepath.Dir(p.dir) }

// beside returns the name of a file or folder of ours next to the site's.
func (p *publisher) beside(kind string) string {
	return filepath.Join(p.above(), "."+filepath.Base(p.dir)+".handbook-"+kind)
}

// show returns a name as the user would write it.
func (p *publisher) show(name string) string {
	switch filepath.Base(p.name) {
	case ".", "..":
		return name
	}
	if rel, err := filepath.Rel(p.above(), name); err == nil {
		return filepath.Join(filepath.Dir(p.name), rel)
	}
	return name
}

func (p *publisher) note(format string, args ...any) {
	p.report.Notes = append(p.report.Notes, fmt.Sprintf(format, args...))
}

// publish does all that happens under the lock.
func (p *publisher) publish(ctx context.Context) error {
	made, err := p.makeAbove()
	defer func() {
		// Those that now hold the site stay: only an empty folder is removed.
		for i := len(made) - 1; i >= 0; i-- {
			if _, err := p.fs.Lstat(p.dir); errors.Is(err, fs.ErrNotExist) {
				_ = p.fs.Remove(made[i])
			}
		}
	}()
	if err != nil {
		return err
	}
	release, err := p.lock(ctx)
	if err != nil {
		return err
	}
	if release != nil {
		defer release()
		p.removeLeftovers()
	}
	old, err := p.look()
	if err != nil {
		return err
	}
	p.report.Kept = len(old.kept)
	stage, err := p.stageBeside(ctx, old)
	if err != nil {
		return err
	}
	same, err := p.unchanged(ctx, old)
	if err != nil || same {
		p.discard(stage)
		if same {
			p.report.Unchanged = len(p.site.items)
		}
		return err
	}
	return p.whole(ctx, old, stage)
}

// makeAbove makes the folders above the site's and gives those it made.
func (p *publisher) makeAbove() (made []string, err error) {
	var missing []string
	for dir := p.above(); ; dir = filepath.Dir(dir) {
		_, err := p.fs.Stat(dir)
		if err == nil || filepath.Dir(dir) == dir {
			break
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, p.fail("look at "+p.show(dir), err)
		}
		missing = append(missing, dir)
	}
	for i := len(missing) - 1; i >= 0; i-- {
		err := p.fs.Mkdir(missing[i], folderMode)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			return made, p.fail("make the folder "+p.show(missing[i]), err)
		}
		if err == nil {
			made = append(made, missing[i])
		}
	}
	return made, nil
}
