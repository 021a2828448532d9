package watch

import "testing"

func TestRemoteKind(t *testing.T) {
	for _, c := range []struct {
		name  string
		magic uint32
		want  string
	}{
		{"ext4", 0xef53, ""}, {"tmpfs", 0x01021994, ""}, {"overlay", 0x794c7630, ""}, {"btrfs", 0x9123683e, ""}, {"xfs", 0x58465342, ""},
		{"nfs", 0x6969, "a network share (NFS)"},
		{"smb", 0x517b, "a network share (SMB)"},
		{"cifs", 0xff534d42, "a network share (SMB)"},
		{"smb2", 0xfe534d42, "a network share (SMB)"},
		{"9p", 0x01021997, "a shared folder (9p, as in WSL and virtual machines)"},
		{"fuse", 0x65735546, "a folder kept by another program (FUSE, as in containers and over SSH)"},
		{"vboxsf", 0x786f4256, "a shared folder (VirtualBox)"},
		{"vmhgfs", 0xbacbacbc, "a shared folder (VMware)"},
	} {
		if got := remoteKind(c.magic); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := remote("/proc"); got != "" {
		t.Errorf("/proc: %q", got)
	}
	if got := remote("/nowhere"); got != "" {
		t.Errorf("a folder that is not there: %q", got)
	}
}
