package output

import "golang.org/x/sys/windows"

// Errors of the system that tests put in.
const (
	errFull         = windows.ERROR_DISK_FULL
	errReadOnly     = windows.ERROR_WRITE_PROTECT
	errTooManyFiles = windows.ERROR_TOO_MANY_OPEN_FILES
	errOtherVolume  = windows.ERROR_NOT_SAME_DEVICE
	errNoLocks      = windows.ERROR_INVALID_FUNCTION
)
