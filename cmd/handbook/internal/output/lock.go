package output

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"time"

	"github.com/gofrs/flock"
)

// lockPause is how often a publishing that waits for its turn looks again.
const lockPause = 50 * time.Millisecond

// lock waits for the lock of the folder. The release function is nil where
// the file system has no locks; then publishing goes on without one, because
// the exchange keeps the site whole even so.
func (p *publisher) lock(ctx context.Context) (release func(), err error) {
	name := p.beside("lock")
	if info, err := p.fs.Lstat(name); err == nil && !info.Mode().IsRegular() {
		return nil, p.refuse("remove it, if it is no longer needed",
			"the lock file %s is not a plain file", p.show(name))
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, p.fail("look at "+p.show(name), err)
	}
	for waiting := false; ; waiting = true {
		release, ok, err := p.fs.TryLock(name)
		switch {
		case lacksLocks(err):
			p.note("%s has no file locks: do not publish to %s twice at the same time", p.show(p.above()), p.name)
			return nil, nil
		case err != nil:
			return nil, p.fail("lock "+p.show(name), err)
		case ok:
			return release, nil
		}
		if !waiting && p.opt.Waiting != nil {
			p.opt.Waiting()
		}
		select {
		case <-ctx.Done():
			return nil, p.fail("wait for another publishing to "+p.name, context.Cause(ctx))
		case <-time.After(lockPause):
		}
	}
}

// tryLock locks a file. The holder of the lock removes the file, so a lock got
// on a file that is gone from its name is none.
func tryLock(name string) (release func(), ok bool, err error) {
	l := flock.New(name, flock.SetPermissions(0o666))
	ok, err = l.TryLock()
	if err != nil || !ok {
		return nil, false, err
	}
	held, err := l.Stat()
	if err != nil {
		return nil, false, errors.Join(fmt.Errorf("the lock is not sure: %w", err), l.Unlock())
	}
	if named, err := os.Lstat(name); err != nil || !os.SameFile(held, named) {
		return nil, false, l.Unlock()
	}
	return func() {
		// Removed while it is locked, so that nobody else's lock is removed.
		// Windows removes no open file, but none that somebody else has opened
		// either, so there it comes last. What cannot be removed stays, and
		// the next publishing takes it over.
		if runtime.GOOS != "windows" {
			_ = os.Remove(name)
		}
		_ = l.Unlock()
		if runtime.GOOS == "windows" {
			_ = os.Remove(name)
		}
	}, true, nil
}
