package preview

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/output"
)

// A draft is a site that a test changes and builds.
type draft struct {
	mu       sync.Mutex
	files    map[string]string
	problems []diag.Problem
	failure  error
	changed  []string // as Build was last told
	builds   int
}

// page makes a page as a layout would, with a style sheet that carries its
// version.
func page(title, body string) string {
	return `<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'">
<title>` + title + `</title>
<link rel="stylesheet" href="/BASE/static/site.css?v=VERSION">
<link rel="icon" href="/BASE/static/pic.svg">
</head>
<body>
<h1>` + title + `</h1>
` + body + `
</body>
</html>
`
}

// build is a Server's Build: the files as they are, or no Tree if there is an
// error.
func (d *draft) build(changed []string) (*output.Tree, []diag.Problem, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.changed = changed
	d.builds++
	if d.failure != nil || diag.HasErrors(d.problems) {
		return nil, d.problems, d.failure
	}
	return treeOf(d.files), d.problems, nil
}

// treeOf makes a Tree of files. Pages refer to the style sheet by its content.
func treeOf(files map[string]string) *output.Tree {
	t := output.NewTree()
	for name, text := range files {
		text = strings.ReplaceAll(text, "/BASE/", strings.Repeat("../", strings.Count(name, "/")))
		text = strings.ReplaceAll(text, "VERSION", fmt.Sprint(len(files["static/site.css"])))
		if err := t.Add(name, []byte(text)); err != nil {
			panic(err)
		}
	}
	return t
}

// set changes a file and builds.
func (d *draft) set(s *Server, name, text string) {
	d.mu.Lock()
	if text == "" {
		delete(d.files, name)
	} else {
		d.files[name] = text
	}
	d.mu.Unlock()
	s.Rebuild([]string{"content/" + name})
}

// A site is a Server that listens, and the draft it shows.
type site struct {
	*testing.T
	*Server
	*draft
	at     string // host and port
	client *http.Client
	stop   func()
}

// start serves a small site on the loopback.
func start(t *testing.T, prepare func(*Server)) *site {
	t.Helper()
	d := &draft{files: map[string]string{
		"index.html":          page("Home", `<p>Welcome.</p><img src="static/logo.png?v=1" alt="">`),
		"phones/index.html":   page("Phones", "<p>A part.</p>"),
		"phones/texting.html": page("Texting", `<h2 id="texting--when">When</h2><p>Ask first.</p><h2 id="texting--how">How</h2><p>Be short.</p><h2 id="_page-sources">Rests on</h2>`),
		"404.html":            page("Not found", "<p>There is no page here.</p>"),
		"static/site.css":     "body { color: black }",
		"static/logo.png":     "\x89PNG",
		"static/pic.svg":      "<svg xmlns='http://www.w3.org/2000/svg'/>",
		".nojekyll":           "x",
	}}
	s := &Server{Build: d.build, Page: func(file string) (string, string) {
		name := strings.TrimPrefix(file, "content/")
		if !strings.HasSuffix(name, ".html") {
			return "", ""
		}
		return name, "the page " + name
	}}
	if prepare != nil {
		prepare(s)
	}
	x := &site{T: t, Server: s, draft: d, client: &http.Client{
		Transport:     &http.Transport{},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	x.listen("127.0.0.1:0")
	s.Rebuild(nil)
	return x
}

// listen begins to answer at an address.
func (x *site) listen(at string) {
	x.Helper()
	l, err := net.Listen("tcp", at)
	if err != nil {
		x.Fatal(err)
	}
	x.at = l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- x.Serve(ctx, l) }()
	var once sync.Once
	x.stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				x.Error(err)
			}
			x.client.CloseIdleConnections()
		})
	}
	x.Cleanup(x.stop)
}

// get asks for a path as a reader would.
func (x *site) get(path string) (*http.Response, string) {
	x.Helper()
	resp, err := x.client.Get("http://" + x.at + path)
	if err != nil {
		x.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		x.Fatal(err)
	}
	return resp, string(body)
}

// wantPage asks for a path and compares status and a part of the body.
func (x *site) wantPage(path string, status int, part string) string {
	x.Helper()
	resp, body := x.get(path)
	if resp.StatusCode != status || !strings.Contains(body, part) {
		x.Errorf("%s: status %d, want %d with %q in\n%s", path, resp.StatusCode, status, part, body)
	}
	return body
}

// A viewer is an open page: its stream of states.
type viewer struct {
	*testing.T
	states chan state
	close  func()
}

// watch opens the stream of a page and gives its first state.
func (x *site) watch(address string) (*viewer, state) {
	x.Helper()
	v, err := x.open(address)
	if err != nil {
		x.Fatal(err)
	}
	return v, v.next()
}

func (x *site) open(address string) (*viewer, error) {
	ctx, cancel := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+x.at+eventsPath+"?page="+address, nil)
	if err != nil {
		cancel()
		return nil, err
	}
	resp, err := x.client.Do(req)
	if err != nil {
		cancel()
		return nil, err
	}
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/event-stream" {
		cancel()
		return nil, fmt.Errorf("status %d, type %q", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	v := &viewer{T: x.T, states: make(chan state, 100)}
	done := make(chan struct{})
	v.close = func() { cancel(); <-done }
	go func() {
		defer close(done)
		defer close(v.states)
		defer resp.Body.Close()
		lines := bufio.NewScanner(resp.Body)
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			if text, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				var st state
				if err := json.Unmarshal([]byte(text), &st); err != nil {
					x.Error(err)
				}
				v.states <- st
			}
		}
	}()
	x.Cleanup(v.close)
	return v, nil
}

// next waits for the next state.
func (v *viewer) next() state {
	v.Helper()
	st, ok := <-v.states
	if !ok {
		v.Fatal("the stream is over")
	}
	return st
}

// none checks that nothing was sent until the stream was asked to say
// something: the draft is changed for that by other.
func (v *viewer) none() {
	v.Helper()
	select {
	case st := <-v.states:
		v.Errorf("an unexpected state: %+v", st)
	default:
	}
}

func reportOf(t *testing.T, st state) report {
	t.Helper()
	var r report
	if err := json.Unmarshal(st.Report, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

var errDisk = errors.New("the disk is gone")
