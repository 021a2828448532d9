//go:build !windows

package output

import "syscall"

// Errors of the system that tests put in.
const (
	errFull         = syscall.ENOSPC
	errReadOnly     = syscall.EROFS
	errTooManyFiles = syscall.EMFILE
	errOtherVolume  = syscall.EXDEV
	errNoLocks      = syscall.ENOLCK
)
