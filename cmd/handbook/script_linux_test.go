package main

import (
	"errors"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// powerless calls f in a thread whose children cannot use root's right to read
// and search what the mode forbids. The thread is dropped afterwards.
func powerless(f func()) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread()
		var err error
		if os.Geteuid() == 0 {
			for _, right := range []uintptr{unix.CAP_DAC_OVERRIDE, unix.CAP_DAC_READ_SEARCH} {
				err = errors.Join(err, unix.Prctl(unix.PR_CAPBSET_DROP, right, 0, 0, 0))
			}
		}
		if err == nil {
			f()
		}
		done <- err
	}()
	return <-done
}
