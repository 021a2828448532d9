package output

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// An FS is what publishing asks of a file system. Names are in the system's
// own form. Tests put one in that fails; everybody else leaves Options.FS nil
// and gets [OS].
type FS interface {
	Stat(name string) (fs.FileInfo, error)
	Lstat(name string) (fs.FileInfo, error)
	EvalSymlinks(name string) (string, error)
	ReadDir(name string) ([]fs.DirEntry, error)
	Open(name string) (io.ReadCloser, error)

	// Create makes a new file with exactly this mode. A file that is there
	// already, or a link, is an error.
	Create(name string, mode fs.FileMode) (io.WriteCloser, error)
	// Mkdir makes a new folder with exactly this mode.
	Mkdir(name string, mode fs.FileMode) error
	// Rename moves a file or folder, replacing a file of the new name in one
	// step.
	Rename(from, to string) error
	// Exchange swaps two folders in one step. Where that cannot be, the error
	// is ErrNoExchange, and nothing has happened.
	Exchange(a, b string) error
	// Remove removes a file or an empty folder.
	Remove(name string) error
	RemoveAll(name string) error

	// TryLock takes the lock that the file name stands for, making the file if
	// need be, or tells that somebody else has it.
	TryLock(name string) (release func(), ok bool, err error)
}

// ErrNoExchange is the error of an exchange that the system, the file system
// or the place of the two folders does not allow.
var ErrNoExchange = errors.New("folders cannot be exchanged here")

// OS returns the file system of the machine.
func OS() FS { return system{} }

type system struct{}

func (system) Stat(name string) (fs.FileInfo, error)      { return os.Stat(name) }
func (system) Lstat(name string) (fs.FileInfo, error)     { return os.Lstat(name) }
func (system) EvalSymlinks(name string) (string, error)   { return filepath.EvalSymlinks(name) }
func (system) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }
func (system) Open(name string) (io.ReadCloser, error)    { return os.Open(name) }
func (system) Exchange(a, b string) error                 { return exchange(a, b) }
func (system) TryLock(name string) (func(), bool, error)  { return tryLock(name) }

func (system) Rename(from, to string) error {
	return patiently(func() error { return os.Rename(from, to) }, busy, sleep)
}

func (system) Remove(name string) error {
	return patiently(func() error { return os.Remove(name) }, busy, sleep)
}

func (system) RemoveAll(name string) error {
	return patiently(func() error { return os.RemoveAll(name) }, busy, sleep)
}

func (system) Create(name string, mode fs.FileMode) (io.WriteCloser, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode.Perm())
	if err != nil {
		return nil, err
	}
	// The umask has had its say; the mode is to be the same for everybody.
	if err := ignoreModeless(f.Chmod(mode)); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func (system) Mkdir(name string, mode fs.FileMode) error {
	if err := os.Mkdir(name, mode.Perm()); err != nil {
		return err
	}
	return ignoreModeless(os.Chmod(name, mode))
}

// ignoreModeless drops the error of a file system that has no modes, such as
// FAT or a share.
func ignoreModeless(err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		return nil
	}
	return err
}

// patience is how long a file that another program holds open is waited for.
const patience = 2 * time.Second

// patiently does something again while it fails because another program holds
// the file for a moment, as a browser or a virus scanner does on Windows. It
// gives up after the pauses add up to patience.
func patiently(do func() error, busy func(error) bool, pause func(time.Duration)) error {
	var waited time.Duration
	for next := 10 * time.Millisecond; ; next *= 2 {
		err := do()
		if err == nil || !busy(err) || waited >= patience {
			return err
		}
		next = min(next, 250*time.Millisecond, patience-waited)
		pause(next)
		waited += next
	}
}

func sleep(d time.Duration) { time.Sleep(d) }
