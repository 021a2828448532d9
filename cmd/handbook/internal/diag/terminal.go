package diag

import (
	"fmt"
	"io"
	"os"
)

// IsTerminal reports whether what is written appears on a terminal.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// ShowStep shows on a terminal one line of what is being done, in the place of the
// one before, and takes it away for "".
func ShowStep(w io.Writer, step string) {
	if step != "" {
		step = Clean(step) + " ..."
	}
	fmt.Fprint(w, "\r\x1b[K"+step)
}
