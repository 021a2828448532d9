//go:build unix

package testkit

import (
	"syscall"
	"time"
)

// ProcessorTime returns how much processor time this process has used, for itself
// and within the system.
func ProcessorTime() time.Duration {
	u := usage()
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// UserTime returns how much of it this process has used for itself.
func UserTime() time.Duration {
	u := usage()
	return time.Duration(u.Utime.Nano())
}

func usage() syscall.Rusage {
	var u syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &u) // it fails for wrong arguments only
	return u
}
