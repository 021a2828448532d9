package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"handbook/cmd/handbook/internal/diag"
)

// Replace puts new bytes in the place of a file's old ones, so that a reader
// sees the one or the other and never half of each: they are written beside
// the file and renamed. It refuses if the file is no longer what was read.
func Replace(root *os.Root, name string, old, data []byte) error {
	info, err := root.Lstat(name)
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	temp := path.Join(path.Dir(name), ".handbook-"+path.Base(name)+".tmp")
	f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, info.Mode().Perm())
	if errors.Is(err, fs.ErrExist) {
		return diag.Failf("wait for it to end; if there is none, delete "+temp, "%s is being changed by another handbook command", name)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		// The mode above was cut by the umask. A file system without modes
		// refuses, and needs none.
		_ = root.Chmod(temp, info.Mode().Perm())
		var now []byte
		if now, err = root.ReadFile(name); err == nil && !bytes.Equal(now, old) {
			err = diag.Failf("run the command again", "%s was changed by somebody else just now", name)
		}
	}
	if err == nil {
		err = root.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, err), root.Remove(temp))
	}
	return nil
}

// Create writes a file that is not there yet, and the folder for it.
func Create(root *os.Root, name string, data []byte) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return diag.Failf("choose another number or id", "%s already exists, and is left as it is", name)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", name, err), root.Remove(name))
	}
	return nil
}
