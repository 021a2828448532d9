package watch

import (
	"strings"

	"golang.org/x/sys/unix"
)

// remote names the kind of file system that a folder is on if that kind sends
// no events of what others change there, or gives "".
func remote(folder string) string {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return ""
	}
	switch kind := unix.ByteSliceToString(s.Fstypename[:]); {
	case kind == "nfs", kind == "smbfs", kind == "afpfs", kind == "webdav", kind == "ftp":
		return "a network share (" + kind + ")"
	case strings.Contains(kind, "fuse"), strings.Contains(kind, "virtio"), strings.Contains(kind, "9p"):
		return "a folder kept by another program (" + kind + ")"
	}
	return ""
}
