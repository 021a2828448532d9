package watch

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// remote names the kind of file system that a folder is on if that kind sends
// no events of what others change there, or gives "".
func remote(folder string) string {
	full, err := filepath.Abs(folder)
	if err != nil {
		return ""
	}
	volume, err := windows.UTF16PtrFromString(filepath.VolumeName(full) + `\`)
	if err != nil {
		return ""
	}
	if windows.GetDriveType(volume) == windows.DRIVE_REMOTE {
		return "a network drive"
	}
	return ""
}
