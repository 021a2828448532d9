package watch

import (
	"io/fs"
	"syscall"
)

// changed returns the time at which the system last noted a change of a file,
// which no program can set, or 0.
func changed(info fs.FileInfo) int64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return s.Ctimespec.Nano()
	}
	return 0
}
