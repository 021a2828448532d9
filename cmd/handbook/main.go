// Handbook turns a folder of markdown policies into a static handbook that
// tells the truth about its own age, and keeps the folder in order.
//
// Usage:
//
//	handbook <command> [flags]
//
// "handbook help" lists the commands, "handbook help build" explains one.
//
// This package is only the command line. main.go reads the clock and sets the
// exit status; run in cli.go finds the command; each command has a file of its
// own, which loads the handbook (root.go), asks a package under internal/ for
// the answer and prints it. The exit status is 0 if all is well, 1 if there are
// problems or something failed, and 2 if the command line is wrong.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() { os.Exit(process(time.Now())) }

// process runs the program with the arguments and streams of this process. The
// first signal ends the run in order, a second one kills.
func process(now time.Time) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop)
	return run(ctx, os.Args[1:], environment{stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv, now: now})
}
