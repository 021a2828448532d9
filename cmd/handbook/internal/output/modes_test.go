//go:build !windows

package output

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Files and folders have the same modes whatever the umask is; the folder
// itself keeps the mode that somebody gave it.
func TestModes(t *testing.T) {
	for _, umask := range []int{0o022, 0o077, 0o000} {
		before := syscall.Umask(umask)
		defer syscall.Umask(before)
		dir := filepath.Join(t.TempDir(), "public")
		check := func(when string, want map[string]fs.FileMode) {
			t.Helper()
			for name, mode := range want {
				info, err := os.Lstat(filepath.Join(dir, name))
				must(t, err)
				if info.Mode() != mode {
					t.Errorf("umask %03o, %s: %q has mode %v, want %v", umask, when, name, info.Mode(), mode)
				}
			}
		}
		want := map[string]fs.FileMode{
			"": fs.ModeDir | 0o755, "index.html": 0o644, "a": fs.ModeDir | 0o755, "a/b.html": 0o644, "manifest.json": 0o644,
		}
		publish(t, siteOf(t, "index.html", "1", "a/b.html", "1"), Options{Dir: dir})
		check("first", want)
		must(t, os.Chmod(dir, fs.ModeSetgid|0o750))
		want[""] = fs.ModeDir | fs.ModeSetgid | 0o750
		publish(t, siteOf(t, "index.html", "2", "a/b.html", "2"), Options{Dir: dir})
		check("second", want)
		publish(t, siteOf(t, "index.html", "3", "a/b.html", "3"), Options{Dir: dir, FS: noExchange{OS()}})
		check("in place", want)
	}
}
