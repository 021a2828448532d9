package preview

import (
	"errors"

	"golang.org/x/sys/windows"
)

// isTaken reports whether err means that another program has the port.
func isTaken(err error) bool { return errors.Is(err, windows.WSAEADDRINUSE) }

// isForeign reports whether err means that the address is not this computer's.
func isForeign(err error) bool { return errors.Is(err, windows.WSAEADDRNOTAVAIL) }
