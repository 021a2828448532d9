package watch

import (
	"errors"
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"
)

// polls checks that a scene without events finds what changes.
func polls(s *scene) {
	s.Helper()
	s.pass(time.Second)
	s.want("nothing has changed")
	s.write("b/c.md", "1")
	s.pass(500 * ms)
	s.want("changed", "b/c.md")
	s.write("x/y/z.md", "1")
	s.pass(500 * ms)
	s.want("new", "x x/y x/y/z.md")
	s.must(os.Remove(s.path("a.md")))
	s.pass(560 * ms)
	s.want("gone", "a.md")
	s.write("b/c.md", "1")
	s.must(os.Chmod(s.path("b/c.md"), 0o600))
	s.pass(time.Minute)
	s.want("the same")
	s.must(os.RemoveAll(s.dir))
	s.pass(time.Second)
	s.want("all gone", ". b b/c.md x x/y x/y/z.md")
	s.write("a.md", "1")
	s.pass(500 * ms)
	s.want("made again", ". a.md")
}

func TestPolling(t *testing.T) {
	const instead = "; the files are looked at twice a second instead"
	for _, c := range []struct {
		name    string
		prepare func(*scene)
		note    string
	}{
		{"asked for", func(s *scene) {
			s.w.Poll = true
			s.w.tune.open = func() (notifier, error) { s.Error("events were opened"); return nil, nil }
		}, ""},
		{"network share", func(s *scene) {
			s.w.tune.remote = func(dir string) string { return "a network share (NFS)" }
		}, "content is on a network share (NFS), which does not report changes; its files are looked at twice a second instead"},
		{"too many watches", func(s *scene) {
			s.fake.refuse = func(dir string) error {
				if dir != s.dir {
					return os.NewSyscallError("inotify_add_watch", syscall.ENOSPC)
				}
				return nil
			}
		}, "the system's limit on watched folders is used up" + instead + "; to raise it, set fs.inotify.max_user_watches with sysctl"},
		{"too many watchers", func(s *scene) {
			s.w.tune.open = func() (notifier, error) {
				return nil, fmt.Errorf("couldn't initialize inotify: %w", syscall.EMFILE)
			}
		}, "the system's limit on watching programs or open files is used up" + instead + "; to raise it, set fs.inotify.max_user_instances (and fs.inotify.max_user_watches) with sysctl, or ulimit -n"},
		{"no events here", func(s *scene) {
			s.w.tune.open = func() (notifier, error) { return nil, errors.New("fsnotify not supported on the current platform") }
		}, "the system cannot report changes (fsnotify not supported on the current platform)" + instead},
	} {
		t.Run(c.name, func(t *testing.T) {
			play(t, "a.md b/c.md", c.prepare, func(s *scene) {
				polls(s)
				if c.note == "" {
					s.wantNotes()
				} else {
					s.wantNotes(c.note)
				}
			})
		})
	}
}

// The limit is met later, when a folder is made; or the events break off.
func TestPollingLater(t *testing.T) {
	play(t, "a.md b/c.md", nil, func(s *scene) {
		s.fake.mu.Lock()
		s.fake.refuse = func(string) error { return syscall.ENOSPC }
		s.fake.mu.Unlock()
		s.write("d/e.md", "1")
		s.event(0, "d")
		s.pass(10 * ms)
		s.want("new folder", "d d/e.md")
		s.must(os.RemoveAll(s.path("d")))
		s.pass(time.Second)
		s.want("gone", "d d/e.md")
		polls(s)
		s.wantNotes("the system's limit on watched folders is used up; the files are looked at twice a second instead; to raise it, set fs.inotify.max_user_watches with sysctl")
	})
	play(t, "a.md b/c.md", nil, func(s *scene) {
		s.errs <- errors.New("short read")
		s.pass(10 * ms)
		polls(s)
		s.wantNotes("the system cannot report changes (short read); the files are looked at twice a second instead")
	})
}

// What is seen of a save that is under way is not believed without events
// either.
func TestPollingUnsure(t *testing.T) {
	play(t, "a.md", func(s *scene) { s.w.Poll = true }, func(s *scene) {
		s.must(os.Remove(s.path("a.md")))
		s.pass(500 * ms)
		s.want("gone, perhaps")
		s.write("a.md", "a.md")
		s.pass(time.Minute)
		s.want("back as it was")
	})
}
