package output

import (
	"context"
	"errors"
	"fmt"
	"handbook/cmd/handbook/internal/diag"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// refuse makes the error of a publishing that would have put at risk what is not
// ours. Nothing was changed.
func (p *publisher) refuse(hint, format string, args ...any) error {
	return diag.Failf(hint, "cannot publish to %s: %s", p.name, fmt.Sprintf(format, args...))
}

// fail tells in plain words what was tried and why it did not work.
func (p *publisher) fail(tried string, err error) error {
	why, advice := inWords(err)
	state := p.name + " is as it was"
	if p.touched {
		state = p.name + " now holds old and new files, each of them whole; build again to finish"
	}
	if advice != "" {
		state += "; " + advice
	}
	return &diag.Failure{Text: fmt.Sprintf("cannot publish to %s: %s: %s", p.name, tried, why), Hint: state, Err: err}
}

// inWords returns the reason of an error of the file system without the name of
// the file, which the caller knows better, and what can be done about it.
func inWords(err error) (why, advice string) {
	switch {
	case errors.Is(err, context.Canceled):
		return "interrupted", ""
	case errors.Is(err, context.DeadlineExceeded):
		return "it took too long", ""
	case isFull(err):
		return "no space left on the disk", "free some space there and build again"
	case isReadOnly(err):
		return "the disk is read-only", "publish to another folder"
	case errors.Is(err, fs.ErrPermission):
		return "permission denied", "ask for the right to write there, close programs that have its files open, or publish to another folder"
	case isTooManyFiles(err):
		return "too many files are open", "close some programs and build again"
	case errors.Is(err, syscall.EIO):
		return "the disk reports an error", "check the disk, or publish to another folder"
	case errors.Is(err, syscall.ENAMETOOLONG):
		return "the name is too long", "publish to a folder with a shorter name"
	}
	var (
		inPath *fs.PathError
		inLink *os.LinkError
		inCall *os.SyscallError
	)
	switch {
	case errors.As(err, &inPath):
		err = inPath.Err
	case errors.As(err, &inLink):
		err = inLink.Err
	case errors.As(err, &inCall):
		err = inCall.Err
	}
	return err.Error(), ""
}

const ownFolder = "choose a folder of its own for the site, such as public"

// checkPlace refuses a folder that must not be replaced, as far as can be told
// without the lock and without looking through the whole of it.
func (p *publisher) checkPlace() error {
	place := p.resolve(p.dir)
	if filepath.Dir(place) == place {
		return p.refuse(ownFolder, "it is the root of the disk")
	}
	if home, err := os.UserHomeDir(); err == nil && filepath.IsAbs(home) {
		home = p.resolve(home)
		if p.same(place, home) {
			return p.refuse(ownFolder, "it is your home folder")
		}
		if p.inside(home, place) {
			return p.refuse(ownFolder, "your home folder lies in it")
		}
	}
	for _, source := range p.opt.Sources {
		dir, err := p.absolute(source)
		switch {
		case err != nil:
			return err
		case p.same(place, dir):
			return p.refuse(ownFolder, "the site is built from that folder")
		case p.inside(dir, place):
			return p.refuse(ownFolder, "%s, which the site is built from, lies in it", source)
		case p.inside(place, dir):
			return p.refuse("choose a folder outside "+source, "it lies in %s, which the site is built from", source)
		}
	}
	for _, protected := range p.opt.Protect {
		dir, err := p.absolute(protected)
		switch {
		case err != nil:
			return err
		case p.same(place, dir):
			return p.refuse(ownFolder, "that folder is protected, because it holds more than the site")
		case p.inside(dir, place):
			return p.refuse(ownFolder, "the protected folder %s lies in it", protected)
		}
	}
	_, _, err := p.top()
	return err
}

// absolute returns the place of a folder given by the caller.
func (p *publisher) absolute(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", p.fail("find the folder "+dir, err)
	}
	return p.resolve(abs), nil
}

// resolve follows the symbolic links of the folders above dir and, if dir is
// there, of dir itself; what does not exist yet is left as it is written.
func (p *publisher) resolve(dir string) string {
	rest := ""
	for at := dir; ; at = filepath.Dir(at) {
		if resolved, err := p.fs.EvalSymlinks(at); err == nil {
			return filepath.Join(resolved, rest)
		}
		if filepath.Dir(at) == at {
			return dir
		}
		rest = filepath.Join(filepath.Base(at), rest)
	}
}

// same reports whether two names mean one folder, also where case does not
// count or a folder is mounted twice.
func (p *publisher) same(a, b string) bool {
	if a == b {
		return true
	}
	infoA, err := p.fs.Stat(a)
	if err != nil {
		return false
	}
	infoB, err := p.fs.Stat(b)
	return err == nil && os.SameFile(infoA, infoB)
}

// inside reports whether the folder inner is outer or lies in it.
func (p *publisher) inside(inner, outer string) bool {
	for dir := inner; ; dir = filepath.Dir(dir) {
		if p.same(dir, outer) {
			return true
		}
		if filepath.Dir(dir) == dir {
			return false
		}
	}
}
