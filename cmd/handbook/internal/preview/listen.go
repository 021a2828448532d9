package preview

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strconv"
)

// A ListenError is the error of an address that cannot be opened.
type ListenError struct {
	Text string // what is wrong: lower case, no full stop
	Hint string // what to do
	Err  error  // what the system said
}

// Error returns the text.
func (e *ListenError) Error() string { return e.Text }

// Unwrap returns the error of the system.
func (e *ListenError) Unwrap() error { return e.Err }

// DefaultPort is the first port that [Listen] tries if none was asked for.
const DefaultPort = 8080

// moreTries is how many ports after the first are tried before any is taken.
const moreTries = 20

// Listen opens the addresses of a preview. Without a port (0) it takes the
// first from [DefaultPort] on that is free. For the host "localhost" it opens
// both 127.0.0.1 and ::1, as far as the computer has them, on one port that is
// free on both: who asks for localhost must not end at another program. An
// empty host stands for every address of the computer.
func Listen(ctx context.Context, host string, port int) ([]net.Listener, error) {
	if port != 0 {
		return listen(ctx, host, port)
	}
	for p := DefaultPort; p <= DefaultPort+moreTries; p++ {
		ls, err := listen(ctx, host, p)
		if err == nil || !isTaken(err) {
			return ls, err
		}
	}
	// Any port will do. It may be taken on the second address, so try again.
	var last error
	for range moreTries {
		ls, err := listen(ctx, host, 0)
		if err == nil || !isTaken(err) {
			return ls, err
		}
		last = err
	}
	return nil, last
}

const localhost = "localhost"

// listen opens the addresses of a host on one port.
func listen(ctx context.Context, host string, port int) ([]net.Listener, error) {
	var lc net.ListenConfig
	if host != localhost {
		l, err := lc.Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err != nil {
			return nil, refined(host, port, err)
		}
		return []net.Listener{l}, nil
	}
	first, err := lc.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return nil, refined("127.0.0.1", port, err)
	}
	if tcp, ok := first.Addr().(*net.TCPAddr); ok {
		port = tcp.Port
	}
	second, err := lc.Listen(ctx, "tcp", net.JoinHostPort("::1", strconv.Itoa(port)))
	switch {
	case err == nil:
		return []net.Listener{first, second}, nil
	case isTaken(err):
		first.Close()
		return nil, refined("::1", port, err)
	}
	return []net.Listener{first}, nil // a computer without IPv6
}

// refined says in plain words why an address cannot be opened.
func refined(host string, port int, err error) error {
	at := net.JoinHostPort(host, strconv.Itoa(port))
	switch {
	case isTaken(err):
		return &ListenError{"another program listens at " + at, "leave out the port to take a free one, or ask for another", err}
	case errors.Is(err, fs.ErrPermission):
		return &ListenError{"the system does not allow this user to listen at " + at, "ask for a port above 1023", err}
	case isForeign(err):
		return &ListenError{host + " is no address of this computer", "leave out the host, or take 127.0.0.1", err}
	}
	return fmt.Errorf("listen at %s: %w", at, err)
}
