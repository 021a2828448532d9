package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/folder"
	"handbook/cmd/handbook/internal/live"
	"handbook/cmd/handbook/internal/preview"
	"handbook/cmd/handbook/internal/sitepath"
	"handbook/cmd/handbook/internal/watch"
)

type serveFlags struct {
	addr    string
	base    string
	open    bool
	poll    bool
	drafts  bool
	lenient bool

	audience []string
}

func (t *tool) serveCommand() *cobra.Command {
	var f serveFlags
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the handbook in a browser while it is written",
		Long: `Serve shows the handbook at an address of this computer. When a file is saved,
the page in the browser is loaded again, if it has changed. What is wrong is
shown over the last good page, and here, until it is corrected. Nothing is
published, and nothing is written.

Only this computer is answered, unless --addr asks for more. Stop it with
Ctrl+C.`,
		Example: `  handbook serve --open
  handbook serve --addr 127.0.0.1:9000
  handbook serve --base /handbook/               # as a project page of GitHub
  handbook serve --poll                          # if saves on a share go unseen`,
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error { return t.serve(c.Context(), f) },
	}
	c.Flags().StringVar(&f.addr, "addr", "", fmt.Sprintf("answer at `HOST:PORT` (default 127.0.0.1:%d, or the next free port)", preview.DefaultPort))
	c.Flags().StringVar(&f.base, "base", "/", "show the handbook below this `PATH`")
	c.Flags().BoolVar(&f.open, "open", false, "open the handbook in a browser")
	c.Flags().BoolVar(&f.poll, "poll", false, "look at all files twice a second instead of waiting to be told")
	c.Flags().BoolVar(&f.drafts, "drafts", false, "include the sections marked draft")
	c.Flags().BoolVar(&f.lenient, "lenient", false, "go on with every error that can be lived with, as a warning")
	t.audienceFlag(c, &f.audience)
	return c
}

func (t *tool) serve(ctx context.Context, f serveFlags) error {
	now, err := t.moment()
	if err != nil {
		return err
	}
	host, port, err := hostPort(f.addr)
	if err != nil {
		return err
	}
	if f.base, err = basePath(f.base); err != nil {
		return err
	}
	l, err := live.Open(live.Options{Dir: t.dir, Drafts: f.drafts, Audience: f.audience, Lenient: f.lenient, Now: now, Version: release(),
		Stdout: t.stdout, Stderr: t.stderr, Progress: t.progress()})
	if err != nil {
		return err
	}
	defer l.Close()
	root := l.Folder()
	if len(f.audience) > 0 { // before anything is shown
		b, _, err := root.Load(ctx, root.Content.FS(), book.Options{Audience: f.audience})
		if err != nil {
			return err
		}
		t.tellEdition(b)
	}
	listeners, err := listen(ctx, host, port)
	if err != nil {
		return err
	}
	server := &preview.Server{Build: l.Build, Page: l.Page, Line: l.Line, Published: l.Published, Base: f.base}
	if name, err := os.Hostname(); err == nil {
		server.Names = []string{name, name + ".local"}
	}
	if h, _, err := net.SplitHostPort(f.addr); err == nil && h != "" {
		server.Names = append(server.Names, h)
	}
	address := t.greet(listeners[0].Addr(), root, f)
	defer debug.SetGCPercent(debug.SetGCPercent(garbageServing))
	collect := time.AfterFunc(time.Hour, collectGarbage)
	collect.Stop()
	defer collect.Stop()
	if f.open {
		t.openBrowser(address)
	}

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var working sync.WaitGroup
	saves := watch.Watcher{Roots: root.Sources(), Ignore: book.LeftAlone, Poll: f.poll,
		Note: func(text string) { diag.Say(t.stderr, "note: %s", text) }}
	working.Go(func() {
		saves.Run(ctx, func(changes []watch.Change) {
			server.Rebuild(l.Names(changes))
			collect.Reset(collectTime)
		})
	})
	again := time.NewTicker(retryTime)
	defer again.Stop()
	working.Go(func() { l.Retry(ctx, again.C, server.Rebuild) })
	if now.Moves() {
		minute := time.NewTicker(time.Minute)
		defer minute.Stop()
		working.Go(func() { l.Turn(ctx, minute.C, server.Rebuild) })
	}
	err = server.Serve(ctx, listeners...)
	cancel()
	working.Wait()
	return err
}

// A preview lies in memory for hours and is idle for most of them. So the
// garbage beside what is in use may be less than Go would let it be; and what a
// save leaves is collected soon after, so that the next save finds room and need
// not wait for a collection.
const (
	garbageServing = 40       // in percent of what is in use; but if it is more,
	roomServing    = 48 << 20 // this many bytes
	collectTime    = 300 * time.Millisecond
)

// retryTime is how long what cannot be read is left alone.
const retryTime = 5 * time.Second

// collectGarbage collects garbage, and says when that is done next.
func collectGarbage() {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	debug.SetGCPercent(max(garbageServing, int(100*roomServing/max(1, m.HeapAlloc))))
}

// listen opens the addresses of a preview.
func listen(ctx context.Context, host string, port int) ([]net.Listener, error) {
	listeners, err := preview.Listen(ctx, host, port)
	var refused *preview.ListenError
	if errors.As(err, &refused) {
		err = diag.Failf(refused.Hint, "%s", refused.Text)
	}
	return listeners, err
}

// greet prints where the handbook is to be seen, and gives that address.
func (t *tool) greet(at net.Addr, r *folder.Folder, f serveFlags) string {
	tcp, ok := at.(*net.TCPAddr)
	if !ok {
		return ""
	}
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() {
		host = "127.0.0.1"
	}
	address := "http://" + net.JoinHostPort(host, strconv.Itoa(tcp.Port)) + f.base
	if f.addr == "" && tcp.Port != preview.DefaultPort {
		diag.Say(t.stderr, "note: another program listens at port %d, so this is port %d", preview.DefaultPort, tcp.Port)
	}
	if !tcp.IP.IsLoopback() {
		diag.Say(t.stderr, "warning: everyone who can reach this computer over the network can read this preview")
	}
	diag.Say(t.stdout, "%s is shown at %s (stop with Ctrl+C)", r.At, address)
	return address
}

// hostPort reads --addr. Without it the host is "localhost" and the port 0,
// for the first that is free.
func hostPort(addr string) (string, int, error) {
	if addr == "" {
		return "localhost", 0, nil
	}
	host, text, err := net.SplitHostPort(addr)
	if err != nil {
		return "", 0, diag.Usagef("write --addr 127.0.0.1:9000", "--addr %s is not HOST:PORT", diag.Quote(addr))
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return "", 0, diag.Usagef("a port is a number from 0, for any, to 65535", "--addr %s: %s is no port", diag.Quote(addr), diag.Quote(text))
	}
	return host, int(port), nil
}

// basePath reads --base.
func basePath(base string) (string, error) {
	bare := strings.Trim(base, "/")
	if bare == "" {
		return "/", nil
	}
	if sitepath.Check(bare) != nil || strings.HasPrefix(preview.Reserved()[0], "/"+bare+"/") {
		return "", diag.Usagef("write a path such as /handbook/", "--base %s cannot be the path of a site", diag.Quote(base))
	}
	return "/" + bare + "/", nil
}

// openBrowser opens an address. Nothing depends on it.
func (t *tool) openBrowser(address string) {
	program, args := "xdg-open", []string{address}
	switch runtime.GOOS {
	case "darwin":
		program = "open"
	case "windows":
		program, args = "rundll32", []string{"url.dll,FileProtocolHandler", address}
	}
	c := exec.Command(program, args...)
	if err := c.Start(); err != nil {
		diag.Say(t.stderr, "note: no browser could be opened; open %s yourself", address)
		return
	}
	// It may live as long as the browser. Letting go of it leaves nothing
	// behind: the system collects it when this program ends.
	_ = c.Process.Release()
}
