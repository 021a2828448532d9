package output

import "time"

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
