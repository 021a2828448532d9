package preview

import (
	"errors"
	"handbook/cmd/handbook/internal/diag"
	"net"
	"strconv"
	"testing"
)

func TestListen(t *testing.T) {
	ctx := t.Context()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port

	// The port that was asked for, and no other.
	_, err = Listen(ctx, "127.0.0.1", port)
	var refused *diag.Failure
	if want := "another program listens at 127.0.0.1:" + strconv.Itoa(port); !errors.As(err, &refused) || err.Error() != want || refused.Hint == "" {
		t.Errorf("error %v, want %s", err, want)
	}
	if _, err := Listen(ctx, "localhost", port); !errors.As(err, &refused) {
		t.Errorf("error %v", err)
	}
	if _, err := Listen(ctx, "192.0.2.1", 0); !errors.As(err, &refused) || err.Error() != "192.0.2.1 is not an address of this computer" {
		t.Errorf("error %v", err)
	}

	// None asked for: two previews at once do not meet.
	first, err := Listen(ctx, "localhost", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer closeAll(first)
	second, err := Listen(ctx, "localhost", 0)
	if err != nil {
		t.Fatal(err)
	}
	defer closeAll(second)
	a, b := portOf(first[0]), portOf(second[0])
	if a == b || a < DefaultPort || b < DefaultPort {
		t.Errorf("ports %d and %d", a, b)
	}
	for _, ls := range [][]net.Listener{first, second} {
		if len(ls) == 2 && portOf(ls[0]) != portOf(ls[1]) {
			t.Errorf("one preview on two ports: %v, %v", ls[0].Addr(), ls[1].Addr())
		}
		for _, l := range ls {
			if !l.Addr().(*net.TCPAddr).IP.IsLoopback() {
				t.Errorf("listens at %v", l.Addr())
			}
		}
	}
}

// Another program on ::1 alone would be what a browser finds under localhost.
func TestListenBoth(t *testing.T) {
	other, err := net.Listen("tcp", "[::1]:0")
	if err != nil {
		t.Skip(err)
	}
	defer other.Close()
	_, err = Listen(t.Context(), "localhost", portOf(other))
	if want := "another program listens at [::1]:" + strconv.Itoa(portOf(other)); err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func portOf(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }

func closeAll(ls []net.Listener) {
	for _, l := range ls {
		l.Close()
	}
}
