package main

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// withServeCommands adds the script commands that start a preview and look at
// what it shows. None waits for a time to pass, only for what must come:
//
//	serve [FLAG...]      start handbook serve; $ADDRESS is what it prints, and
//	                     $SERVER that without the base. What else it prints is
//	                     in the files serve.out and serve.err
//	guide [FLAG...]      start handbook help --web in the same way
//	fetch PATH [STATUS]  print what stands at a path below $ADDRESS, or at a whole
//	                     address; fail unless the status is 200, or another that
//	                     is asked for
//	exits STATUS COMMAND fail unless a command ends with a status
//	shows PATH 'text'    wait until what stands at a path has a text, or with !
//	                     until it has not
//	until FILE 'text'    wait until a file has a text
//	stop [SIGNAL]        end it with a signal (INT, TERM or HUP; INT if none is
//	                     given), and fail unless its status is 0
//	occupy [PORT]        listen at a port of 127.0.0.1, any that is free if none
//	                     is given; $TAKEN is its number
func withServeCommands(commands map[string]func(ts *testscript.TestScript, neg bool, args []string)) map[string]func(ts *testscript.TestScript, neg bool, args []string) {
	for name, f := range map[string]func(*served, *testscript.TestScript, bool, []string){
		"exits": (*served).exits, "serve": (*served).serve, "guide": (*served).guide, "fetch": (*served).fetch, "shows": (*served).shows, "until": (*served).until, "stop": (*served).stop, "occupy": (*served).occupy,
	} {
		commands[name] = func(ts *testscript.TestScript, neg bool, args []string) {
			f(ts.Value("served").(*served), ts, neg, args)
		}
	}
	return commands
}

// A served is the preview that a script has started.
type served struct {
	program *exec.Cmd
	ended   chan struct{} // closed when it has ended
	err     error
}

// patience is how long a script waits for what must come before it fails.
const patience = 60 * time.Second

// wait waits until something is so.
func (s *served) wait(ts *testscript.TestScript, what string, so func() bool) {
	for end := time.Now().Add(patience); !so(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			ts.Fatalf("after %v %s\nserve.out:\n%s\nserve.err:\n%s", patience, what, ts.ReadFile("serve.out"), ts.ReadFile("serve.err"))
		}
	}
}

func (s *served) serve(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 0, "serve [FLAG...]")
	s.start(ts, append([]string{"serve"}, args...))
}

func (s *served) guide(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 0, "guide [FLAG...]")
	s.start(ts, append([]string{"help", "--web"}, args...))
}

// start starts a command that shows pages, and waits for their address.
func (s *served) start(ts *testscript.TestScript, args []string) {
	self, err := os.Executable()
	ts.Check(err)
	c := exec.Command(self, args...)
	c.Args[0] = "handbook"
	c.Dir = ts.MkAbs(".")
	c.Env = append(os.Environ(), "TODAY="+ts.Getenv("TODAY"), "PATH="+ts.Getenv("PATH"))
	out, err := os.Create(ts.MkAbs("serve.out"))
	ts.Check(err)
	errs, err := os.Create(ts.MkAbs("serve.err"))
	ts.Check(err)
	c.Stdout, c.Stderr = out, errs
	ts.Check(c.Start())
	s.program, s.ended = c, make(chan struct{})
	go func() {
		s.err = c.Wait()
		out.Close()
		errs.Close()
		close(s.ended)
	}()
	ts.Defer(func() {
		_ = c.Process.Kill()
		<-s.ended
	})
	line := regexp.MustCompile(` at (http://\S+/) `)
	s.wait(ts, "the preview has told no address", func() bool {
		select {
		case <-s.ended:
			ts.Fatalf("it has ended: %v\n%s", s.err, ts.ReadFile("serve.err"))
		default:
		}
		m := line.FindStringSubmatch(ts.ReadFile("serve.out"))
		if m != nil {
			ts.Setenv("ADDRESS", m[1])
			ts.Setenv("SERVER", strings.Join(strings.Split(m[1], "/")[:3], "/"))
		}
		return m != nil
	})
}

// get returns what stands at an address, without following where it leads.
func (s *served) get(ts *testscript.TestScript, path string) (status int, body string) {
	if !strings.HasPrefix(path, "http") {
		path = ts.Getenv("ADDRESS") + strings.TrimPrefix(path, "/")
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(path)
	ts.Check(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	ts.Check(err)
	return answer.StatusCode, string(text)
}

func (s *served) exits(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 2, "exits STATUS COMMAND [ARG...]")
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); !errors.As(err, &exit) || strconv.Itoa(exit.ExitCode()) != args[0] {
		ts.Fatalf("it did not end with status %s: %v\n%s", args[0], err, ts.ReadFile("stderr"))
	}
}

func (s *served) fetch(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 1, "fetch PATH [STATUS]")
	expected := http.StatusOK
	if len(args) > 1 {
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		expected = n
	}
	status, body := s.get(ts, args[0])
	if status != expected {
		ts.Fatalf("%s has the status %d:\n%s", args[0], status, body)
	}
	_, err := io.WriteString(ts.Stdout(), body)
	ts.Check(err)
}

func (s *served) shows(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, false, args, 2, "[!] shows PATH 'text'")
	has := "has not"
	if neg {
		has = "still has"
	}
	s.wait(ts, args[0]+" "+has+" the text "+args[1], func() bool {
		_, body := s.get(ts, args[0])
		return strings.Contains(body, args[1]) != neg
	})
}

func (s *served) until(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 2, "until FILE 'text'")
	s.wait(ts, args[0]+" has not the text "+args[1], func() bool {
		text, err := os.ReadFile(ts.MkAbs(args[0]))
		return err == nil && bytes.Contains(text, []byte(args[1]))
	})
}

func (s *served) stop(ts *testscript.TestScript, neg bool, args []string) {
	signal := syscall.SIGINT
	switch {
	case neg || len(args) > 1:
		ts.Fatalf("usage: stop [SIGNAL]")
	case len(args) == 0 || args[0] == "INT":
	case args[0] == "TERM":
		signal = syscall.SIGTERM
	case args[0] == "HUP":
		signal = syscall.SIGHUP
	default:
		ts.Fatalf("stop knows no signal %s", args[0])
	}
	ts.Check(s.program.Process.Signal(signal))
	<-s.ended
	var exit *exec.ExitError
	if errors.As(s.err, &exit) {
		ts.Fatalf("it has ended with %v\n%s", exit, ts.ReadFile("serve.err"))
	}
	ts.Check(s.err)
}

func (s *served) occupy(ts *testscript.TestScript, neg bool, args []string) {
	want(ts, neg, args, 0, "occupy [PORT]")
	port := "0"
	if len(args) > 0 {
		port = args[0]
	}
	l, err := net.Listen("tcp", "127.0.0.1:"+port)
	if errors.Is(err, syscall.EADDRINUSE) {
		ts.Setenv("TAKEN", port) // by somebody else, which is as good
		return
	}
	ts.Check(err)
	ts.Defer(func() { l.Close() })
	_, port, err = net.SplitHostPort(l.Addr().String())
	ts.Check(err)
	ts.Setenv("TAKEN", port)
}
