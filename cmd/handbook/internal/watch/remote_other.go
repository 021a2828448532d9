//go:build !linux && !darwin && !windows

package watch

// remote returns "": this system does not tell what kind of file system a folder
// is on.
func remote(string) string { return "" }
