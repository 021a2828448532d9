//go:build !linux && !darwin

package output

// exchange reports that the system has no such call.
func exchange(a, b string) error { return ErrNoExchange }
