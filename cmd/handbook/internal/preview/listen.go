package preview

import (
	"context"
	"errors"
	"fmt"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/sitepath"
	"io/fs"
	"net"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

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
		return &diag.Failure{Text: "another program listens at " + at, Hint: "leave out the port to take a free one, or ask for another", Err: err}
	case errors.Is(err, fs.ErrPermission):
		return &diag.Failure{Text: "the system does not allow this user to listen at " + at, Hint: "ask for a port above 1023", Err: err}
	case isForeign(err):
		return &diag.Failure{Text: host + " is not an address of this computer", Hint: "leave out the host, or take 127.0.0.1", Err: err}
	}
	return fmt.Errorf("listen at %s: %w", at, err)
}

// ParseAddr reads the host and the port of an address. Without one the host is
// "localhost" and the port 0, for the first that is free.
func ParseAddr(addr string) (host string, port int, err error) {
	if addr == "" {
		return localhost, 0, nil
	}
	host, text, err := net.SplitHostPort(addr)
	if err != nil {
		return "", 0, diag.Usagef("write --addr 127.0.0.1:9000", "--addr %s is not HOST:PORT", diag.Quote(addr))
	}
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return "", 0, diag.Usagef("a port is a number from 0, for any, to 65535", "--addr %s: %s is not a port", diag.Quote(addr), diag.Quote(text))
	}
	return host, int(n), nil
}

// ParseBase reads the path that a site is shown below, and returns it with a slash
// at both ends.
func ParseBase(base string) (string, error) {
	bare := strings.Trim(base, "/")
	if bare == "" {
		return "/", nil
	}
	if sitepath.Check(bare) != nil || strings.HasPrefix(Reserved()[0], "/"+bare+"/") {
		return "", diag.Usagef("write a path such as /handbook/", "--base %s cannot be the path of a site", diag.Quote(base))
	}
	return "/" + bare + "/", nil
}

// Address returns the address of a site at a listener, below a path.
func Address(at net.Addr, base string) string {
	host, port, err := net.SplitHostPort(at.String())
	if ip := net.ParseIP(host); err != nil || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port) + base
}

// OpenBrowser opens an address in the browser of the user.
func OpenBrowser(address string) error {
	program, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		program = "open"
	case "windows":
		program, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	c := exec.Command(program, args...)
	if err := c.Start(); err != nil {
		return err
	}
	// It may live as long as the browser. Letting go of it leaves nothing
	// behind: the system collects it when this program ends.
	_ = c.Process.Release()
	return nil
}
