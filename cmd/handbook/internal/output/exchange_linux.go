package output

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders by renameat2.
func exchange(a, b string) error {
	for {
		err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, unix.EINTR):
			continue
		case errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EINVAL), errors.Is(err, unix.EOPNOTSUPP),
			// The folder is a mount point, or a layer of a container's image.
			errors.Is(err, unix.EXDEV), errors.Is(err, unix.EBUSY):
			return ErrNoExchange
		}
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
}
