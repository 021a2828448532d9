package watch

import "golang.org/x/sys/unix"

// remote names the kind of file system that a folder is on if that kind sends
// no events of what others change there, or gives "".
func remote(folder string) string {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return ""
	}
	return remoteKind(uint32(s.Type))
}

// remoteKind names a kind of file system by the number that Linux gives it, if
// its files are kept by another machine or another system. The numbers are
// those of linux/magic.h and of the file systems themselves.
func remoteKind(magic uint32) string {
	switch magic {
	case 0x6969:
		return "a network share (NFS)"
	case 0x517b, 0xfe534d42, 0xff534d42:
		return "a network share (SMB)"
	case 0x01021997:
		return "a shared folder (9p, as in WSL and virtual machines)"
	case 0x65735546:
		return "a folder kept by another program (FUSE, as in containers and over SSH)"
	case 0x786f4256:
		return "a shared folder (VirtualBox)"
	case 0xbacbacbc:
		return "a shared folder (VMware)"
	case 0x7c7c6673:
		return "a shared folder (Parallels)"
	case 0x5346414f, 0x6b414653:
		return "a network share (AFS)"
	case 0x00c36400:
		return "a network share (Ceph)"
	case 0x73757245:
		return "a network share (Coda)"
	case 0x564c:
		return "a network share (NCP)"
	case 0x0bd00bd0:
		return "a network share (Lustre)"
	case 0x47504653:
		return "a network share (GPFS)"
	}
	return ""
}
