//go:build !windows

package preview

import (
	"errors"
	"syscall"
)

// isTaken reports whether err means that another program has the port.
func isTaken(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }

// isForeign reports whether err means that the address is not this computer's.
func isForeign(err error) bool { return errors.Is(err, syscall.EADDRNOTAVAIL) }
