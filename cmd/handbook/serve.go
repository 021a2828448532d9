package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/folder"
	"handbook/cmd/handbook/internal/live"
	"handbook/cmd/handbook/internal/preview"
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

Only this computer can open it, unless --addr says otherwise. Stop it with
Ctrl+C.`,
		Example: `  handbook serve --open
  handbook serve --addr 127.0.0.1:9000
  handbook serve --base /handbook/               # as a project page of GitHub
  handbook serve --poll                          # if saves on a network share go unnoticed`,
		Args: exactly(),
		RunE: func(c *cobra.Command, _ []string) error { return t.serve(c.Context(), f) },
	}
	c.Flags().StringVar(&f.addr, "addr", "", fmt.Sprintf("answer at `HOST:PORT` (default 127.0.0.1:%d, or the next free port)", preview.DefaultPort))
	c.Flags().StringVar(&f.base, "base", "/", "show the handbook below this `PATH`")
	c.Flags().BoolVar(&f.open, "open", false, "open the handbook in a browser")
	c.Flags().BoolVar(&f.poll, "poll", false, "check all files twice a second instead of waiting for notice from the system")
	c.Flags().BoolVar(&f.drafts, "drafts", false, "include the sections marked draft")
	c.Flags().BoolVar(&f.lenient, "lenient", false, "report errors that need not stop a build as warnings")
	t.audienceFlag(c, &f.audience)
	return c
}

func (t *tool) serve(ctx context.Context, f serveFlags) error {
	now, err := t.moment()
	if err != nil {
		return err
	}
	host, port, err := preview.ParseAddr(f.addr)
	if err != nil {
		return err
	}
	if f.base, err = preview.ParseBase(f.base); err != nil {
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
	listeners, err := preview.Listen(ctx, host, port)
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
	defer debug.SetGCPercent(debug.SetGCPercent(live.GarbagePercent))
	collect := time.AfterFunc(time.Hour, live.CollectGarbage)
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

const (
	retryTime   = 5 * time.Second        // how long what cannot be read is left alone
	collectTime = 300 * time.Millisecond // after a save, see [live.CollectGarbage]
)

// greet prints where the handbook is to be seen, and gives that address.
func (t *tool) greet(at net.Addr, r *folder.Folder, f serveFlags) string {
	address := preview.Address(at, f.base)
	tcp, _ := at.(*net.TCPAddr)
	if tcp != nil && f.addr == "" && tcp.Port != preview.DefaultPort {
		diag.Say(t.stderr, "note: another program listens at port %d, so this is port %d", preview.DefaultPort, tcp.Port)
	}
	if tcp != nil && !tcp.IP.IsLoopback() {
		diag.Say(t.stderr, "warning: everyone who can reach this computer over the network can read this preview")
	}
	diag.Say(t.stdout, "%s is shown at %s (stop with Ctrl+C)", r.At, address)
	return address
}

// openBrowser opens an address. Nothing depends on it.
func (t *tool) openBrowser(address string) {
	if preview.OpenBrowser(address) != nil {
		diag.Say(t.stderr, "note: no browser could be opened; open %s yourself", address)
	}
}
