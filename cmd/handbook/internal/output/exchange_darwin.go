package output

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders by renamex_np, which APFS has and HFS+ has not.
func exchange(a, b string) error {
	for {
		err := unix.RenamexNp(a, b, unix.RENAME_SWAP)
		switch {
		case err == nil:
			return nil
		case errors.Is(err, unix.EINTR):
			continue
		case errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EINVAL), errors.Is(err, unix.ENOTSUP),
			errors.Is(err, unix.EXDEV), errors.Is(err, unix.EBUSY):
			return ErrNoExchange
		}
		return &os.LinkError{Op: "exchange", Old: a, New: b, Err: err}
	}
}
