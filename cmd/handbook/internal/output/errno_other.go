//go:build !windows

package output

import (
	"errors"
	"syscall"
)

// busy reports whether err may come from another program that has the file open:
// never, for here a file can be replaced while it is read.
func busy(error) bool { return false }

// isFull reports whether err means that a disk or quota is used up.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

// isReadOnly reports whether err means that a disk cannot be written to.
func isReadOnly(err error) bool { return errors.Is(err, syscall.EROFS) }

// isOtherVolume reports whether err means that a rename would cross volumes.
func isOtherVolume(err error) bool { return errors.Is(err, syscall.EXDEV) }

// isTooManyFiles reports whether err means that no more files can be opened.
func isTooManyFiles(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE)
}

// lacksLocks reports whether err means that the file system has no locks.
func lacksLocks(err error) bool {
	return errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.ENOLCK)
}
