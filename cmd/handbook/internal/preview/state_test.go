package preview

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/output"
)

// A page is told of a change of its own bytes, and of nothing else.
func TestStates(t *testing.T) {
	x := start(t, nil)
	texting, first := x.watch("phones/texting.html")
	home, atHome := x.watch("index.html")
	if !strings.Contains(x.wantPage("/phones/texting.html", 200, "Ask first"), `data-sum="`+first.Page+`"`) {
		t.Error("the page was served with another sum than it is told")
	}

	// Its own text, below a heading.
	x.set(x.Server, "phones/texting.html", strings.Replace(x.files["phones/texting.html"], "Be short", "Be brief", 1))
	st := texting.next()
	if st.Page == first.Page || st.Heading != "texting--how" || st.Saved != (saved{ID: 1, Name: "the page phones/texting.html", Href: "/phones/texting.html"}) {
		t.Errorf("after a save of its own file: %+v", st)
	}
	away := home.next()
	if away.Page != atHome.Page || away.Saved.Href != "/phones/texting.html" || away.Heading != "" {
		t.Errorf("after a save of another file: %+v", away)
	}

	// The same again: nobody is told anything. The next message is that of the
	// change after it.
	x.Rebuild([]string{"content/README"})
	x.Rebuild(nil)

	// Only the style sheet.
	x.set(x.Server, "static/site.css", "body { color: navy }")
	st, away = texting.next(), home.next()
	if st.Page == first.Page || st.Assets["static/site.css"] == first.Assets["static/site.css"] || st.Heading != "" || st.Saved.ID != 1 {
		t.Errorf("after a change of the style: %+v", st)
	}
	if away.Page != atHome.Page || away.Assets["static/site.css"] == atHome.Assets["static/site.css"] || away.Assets["static/logo.png"] != atHome.Assets["static/logo.png"] {
		t.Errorf("after a change of the style: %+v", away)
	}

	// A page that goes, and comes back.
	text := x.files["phones/texting.html"]
	x.set(x.Server, "phones/texting.html", "")
	gone := texting.next()
	x.wantPage("/phones/texting.html", 404, "There is no page here")
	if gone.Page == st.Page || gone.Saved.ID != 1 {
		t.Errorf("a page that is gone: %+v", gone)
	}
	x.set(x.Server, "phones/texting.html", text)
	if back := texting.next(); back.Page != st.Page || back.Saved.ID != 2 {
		t.Errorf("a page that is back: %+v", back)
	}

	// Several files at once lead nowhere.
	x.files["index.html"] += "<!-- -->"
	x.Rebuild([]string{"content/index.html", "content/phones/texting.html"})
	for away = home.next(); away.Page == atHome.Page; away = home.next() {
	}
	if away.Saved.ID != 2 {
		t.Errorf("after several saves: %+v", away)
	}
	texting.none()
}

func TestProblems(t *testing.T) {
	x := start(t, func(s *Server) {
		s.Line = func(file string, line int) string {
			if file != "content/a.md" {
				return ""
			}
			return strings.Repeat("x", line*100) + "\x1b[31m"
		}
	})
	v, first := x.watch("index.html")
	if r := reportOf(t, first); r.Errors+r.Warnings+len(r.Problems) != 0 || r.Failure != "" {
		t.Errorf("at first: %+v", r)
	}
	warning := diag.Problem{Pos: diag.Pos{File: "content/b.md"}, Severity: diag.Warning, Rule: "no-body", Text: "it is empty"}
	broken := diag.Errorf(diag.Pos{File: "content/a.md", Line: 1, Col: 8}, "unknown-law", "did you mean us-tcpa?", "law %q is unknown", "us-\u202etpa")

	x.problems = []diag.Problem{warning}
	x.Rebuild([]string{"content/b.md"})
	if r := reportOf(t, v.next()); r.Errors != 0 || r.Warnings != 1 || r.Problems[0].Place != "content/b.md" || r.Problems[0].Line != "" {
		t.Errorf("a warning: %+v", r)
	}

	// A broken site: the last good page stays, and so does the warning's page.
	x.files["index.html"] = page("Home", "<p>Not to be seen.</p>")
	x.problems = []diag.Problem{broken, warning}
	x.Rebuild([]string{"content/a.md"})
	st := v.next()
	r := reportOf(t, st)
	if st.Page != first.Page || r.Errors != 1 || r.Warnings != 1 || len(r.Problems) != 2 {
		t.Errorf("an error: %+v, %+v", st, r)
	}
	if got, want := r.Problems[0], (problem{Place: "content/a.md:1:8", Severity: "error", Rule: "unknown-law", Text: `law "us-\u202etpa" is unknown`,
		Hint: "did you mean us-tcpa?", Line: strings.Repeat("x", 100) + "�[31m", Col: 8}); got != want {
		t.Errorf("the problem is %+v, want %+v", got, want)
	}
	x.wantPage("/", 200, "Welcome")
	x.wantPage("/phones/", 200, "A part.")

	// Corrected: it goes away, without a restart.
	x.problems = nil
	x.Rebuild([]string{"content/a.md"})
	st = v.next()
	if r := reportOf(t, st); st.Page == first.Page || r.Errors+r.Warnings+len(r.Problems) != 0 {
		t.Errorf("corrected: %+v, %+v", st, r)
	}
	x.wantPage("/", 200, "Not to be seen.")

	// A failure of the program.
	x.failure = errDisk
	x.Rebuild(nil)
	if r := reportOf(t, v.next()); r.Failure != "the disk is gone" {
		t.Errorf("a failure: %+v", r)
	}
	x.wantPage("/", 200, "Not to be seen.")
}

// Errors come first, and there is an end to them.
func TestManyProblems(t *testing.T) {
	var ps []diag.Problem
	for i := range 150 {
		ps = append(ps, diag.Problem{Pos: diag.Pos{File: "a.md", Line: i + 1}, Severity: diag.Warning, Rule: "x", Text: "mild"})
	}
	ps = append(ps, diag.Errorf(diag.Pos{File: "z.md"}, "x", "", "bad"), diag.Problem{Severity: diag.Off, Text: "nothing"})
	r := (&Server{}).report(ps, nil)
	if len(r.Problems) != most || r.More != 51 || r.Problems[0].Text != "bad" || r.Errors != 1 || r.Warnings != 150 {
		t.Errorf("%d problems, %d more, %d errors, %d warnings", len(r.Problems), r.More, r.Errors, r.Warnings)
	}
	var sent report
	if err := json.Unmarshal(r.encoded, &sent); err != nil || sent.ID != r.ID || r.ID == "" {
		t.Errorf("sent %v, %+v", err, sent)
	}
	if other := (&Server{}).report(ps[1:], nil); other.ID == r.ID {
		t.Error("another list has the same id")
	}
}

func TestCut(t *testing.T) {
	long := strings.Repeat("a", 150) + "B" + strings.Repeat("c", 150)
	for _, c := range []struct {
		line string
		col  int
		want string
	}{
		{"short", 3, "short"}, {"", 1, ""}, {"short", 0, "short"}, {"short", 4000, ""},
		{long, 151, "…" + strings.Repeat("a", 100) + "B" + strings.Repeat("c", 99) + "…"},
		{long, 1, strings.Repeat("a", 150) + "B" + strings.Repeat("c", 49) + "…"},
		{"é" + strings.Repeat("ü", 300), 2, "é" + strings.Repeat("ü", 199) + "…"},
	} {
		if got := cut(c.line, c.col); got != c.want {
			t.Errorf("column %d of %q: %q, want %q", c.col, c.line, got, c.want)
		}
	}
}

// When there has never been a good site, there is a page that says why.
func TestNeverGood(t *testing.T) {
	d := &draft{problems: []diag.Problem{diag.Errorf(diag.Pos{File: "content/<b>.md", Line: 3}, "yaml", "quote it", "a <script> is no title")}}
	x := start(t, func(s *Server) { s.Build = d.build; s.Line = func(string, int) string { return "title: <script>" } })
	for _, path := range []string{"/", "/phones/texting.html", "/none"} {
		body := x.wantPage(path, 503, "There is nothing to show yet")
		for _, want := range []string{"a &lt;script&gt; is no title", "content/&lt;b&gt;.md:3", "title: &lt;script&gt;", "Hint: quote it", "/-/preview.js", "connect-src &#39;self&#39;"} {
			if !strings.Contains(body, want) {
				t.Errorf("%s: no %q in\n%s", path, want, body)
			}
		}
	}
	v, bad := x.watch("index.html")
	d.problems = nil
	d.files = map[string]string{"index.html": page("Home", "Now")}
	x.Rebuild(nil)
	if st := v.next(); st.Page == bad.Page {
		t.Error("the page is not loaded again")
	}
	x.wantPage("/", 200, "Now")
}

// One page that cannot be made does not spoil the others.
func TestPageFails(t *testing.T) {
	x := start(t, func(s *Server) {
		s.Build = func([]string) (*output.Tree, []diag.Problem, error) {
			tree := treeOf(map[string]string{"index.html": "Welcome"})
			return tree, nil, tree.AddFunc("bad.html", func() ([]byte, error) { return nil, errors.New("layouts/<x>.html: no such field") })
		}
	})
	x.wantPage("/", 200, "Welcome")
	x.wantPage("/bad.html", 500, "layouts/&lt;x&gt;.html: no such field")
	x.watch("bad.html")
}

// A reader who comes before the first build is over waits for it.
func TestFirstBuild(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Server{Build: func([]string) (*output.Tree, []diag.Problem, error) {
			time.Sleep(3 * time.Second)
			return treeOf(map[string]string{"index.html": "Welcome"}), nil, nil
		}}
		go s.Rebuild(nil)
		began := time.Now()
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		if e := s.wait(r); e == nil || time.Since(began) != 3*time.Second {
			t.Errorf("waited %v for %v", time.Since(began), e)
		}
	})
}

func TestHeadersAndTypes(t *testing.T) {
	x := start(t, nil)
	for _, c := range []struct{ path, kind, policy string }{
		{"/", "text/html; charset=utf-8", "frame-ancestors 'none'"},
		{"/static/site.css", "text/css; charset=utf-8", ""},
		{"/static/logo.png", "image/png", ""},
		{"/static/pic.svg", "image/svg+xml", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'"},
		{"/-/preview.js", "text/javascript; charset=utf-8", ""},
		{"/-/preview.css", "text/css; charset=utf-8", ""},
		{"/none", "text/html; charset=utf-8", "frame-ancestors 'none'"},
	} {
		resp, _ := x.get(c.path)
		h := resp.Header
		if h.Get("Content-Type") != c.kind || h.Get("Content-Security-Policy") != c.policy || h.Get("Cache-Control") != "no-cache" || h.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s: %v", c.path, h)
		}
		if resp.StatusCode == 404 {
			continue
		}
		// It is not sent twice, and in parts if asked for.
		for header, status := range map[[2]string]int{{"If-None-Match", h.Get("ETag")}: 304, {"Range", "bytes=0-1"}: 206} {
			req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+x.at+c.path, nil)
			req.Header.Set(header[0], header[1])
			again, err := x.client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			again.Body.Close()
			if again.StatusCode != status {
				t.Errorf("%s with %s: status %d, want %d", c.path, header, again.StatusCode, status)
			}
		}
	}
	if got := contentType("x.docx"); got != "application/octet-stream" {
		t.Error(got)
	}
}

// A sub-path, as GitHub serves a project's pages.
func TestBase(t *testing.T) {
	x := start(t, func(s *Server) { s.Base = "/handbook/" })
	x.wantPage("/handbook/", 200, `data-base="/handbook/"`)
	x.wantPage("/handbook/phones/texting.html", 200, "Ask first")
	x.wantPage("/handbook/none/deep.html", 404, "There is no page here")
	x.wantPage("/", 404, "the preview is at /handbook/")
	x.wantPage("/phones/texting.html", 404, "the preview is at /handbook/")
	x.wantPage("/handbookx/", 404, "the preview is at /handbook/")
	x.wantPage("/-/preview.js", 200, "")
	for path, to := range map[string]string{"/handbook": "/handbook/", "/handbook/phones": "/handbook/phones/", "/handbook/phones?x=y": "/handbook/phones/?x=y"} {
		resp, _ := x.get(path)
		if got := resp.Header.Get("Location"); resp.StatusCode != 302 || got != to {
			t.Errorf("%s: status %d, leads to %q", path, resp.StatusCode, got)
		}
	}
	// The links of 404.html are whole addresses, where they are known.
	x.Published = func() string { return "https://agency.example.org/handbook/" }
	x.set(x.Server, "404.html", page("Not found", `<a href="https://agency.example.org/handbook/index.html">Home</a> <a href="https://example.org/">away</a>`))
	x.wantPage("/handbook/none/deep.html", 404, `<a href="/handbook/index.html">Home</a> <a href="https://example.org/">away</a>`)
	v, _ := x.watch("index.html")
	x.set(x.Server, "phones/texting.html", page("Texting", "new"))
	if st := v.next(); st.Saved.Href != "/handbook/phones/texting.html" {
		t.Errorf("leads to %q", st.Saved.Href)
	}
}

// Fifty pages are open, some of them die, the server is started again: no
// goroutine is left, each page is told of a change once, and after the restart
// it can tell that nothing has changed.
func TestStreams(t *testing.T) {
	base := runtime.NumGoroutine()
	x := start(t, nil)
	var viewers []*viewer
	var first state
	for range 50 {
		v, st := x.watch("phones/texting.html")
		viewers, first = append(viewers, v), st
	}
	for range 10 {
		// A tab that dies without a word: the connection is reset.
		conn, err := net.Dial("tcp", x.at)
		if err != nil {
			t.Fatal(err)
		}
		_, err = conn.Write([]byte("GET /-/events?page=index.html HTTP/1.1\r\nHost: " + x.at + "\r\n\r\n"))
		if err != nil {
			t.Fatal(err)
		}
		_ = conn.(*net.TCPConn).SetLinger(0)
		conn.Close()
	}
	for _, v := range viewers[:10] {
		v.close()
	}
	text := strings.Replace(x.files["phones/texting.html"], "Be short", "Be brief", 1)
	x.set(x.Server, "phones/texting.html", text)
	var changed state
	for _, v := range viewers[10:] {
		if changed = v.next(); changed.Page == first.Page {
			t.Error("the change is missing")
		}
	}
	at := x.at
	x.stop()
	for _, v := range viewers[10:] {
		if st, more := <-v.states; more {
			t.Errorf("told twice: %+v", st)
		}
	}
	x.listen(at)
	for range viewers[10:] {
		v, st := x.watch("phones/texting.html")
		if st.Page != changed.Page {
			t.Errorf("after the restart: %+v", st)
		}
		v.close()
	}
	x.stop()
	// What is left of the connections comes to its end.
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > base; runtime.Gosched() {
		if time.Now().After(deadline) {
			buf := make([]byte, 1<<20)
			t.Fatalf("%d goroutines, at first %d\n%s", runtime.NumGoroutine(), base, buf[:runtime.Stack(buf, true)])
		}
	}
}

// A reader who does not read is let go.
func TestStalledReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Server{Build: func([]string) (*output.Tree, []diag.Problem, error) {
			return treeOf(map[string]string{"index.html": "Welcome"}), nil, nil
		}}
		s.Rebuild(nil)
		here, there := net.Pipe()
		defer there.Close()
		l := &oneListener{conns: make(chan net.Conn, 1), closed: make(chan struct{})}
		l.conns <- named{here}
		done := make(chan struct{})
		server := &http.Server{Handler: s, ReadHeaderTimeout: headerTime, WriteTimeout: answerTime}
		go func() { _ = server.Serve(l); close(done) }()
		if _, err := there.Write([]byte("GET /-/events?page=index.html HTTP/1.1\r\nHost: localhost:80\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(writeTime + time.Second)
		synctest.Wait()
		there.SetReadDeadline(time.Now().Add(time.Second))
		buf := make([]byte, 1)
		if _, err := there.Read(buf); err == nil || errors.Is(err, net.ErrClosed) {
			t.Errorf("the connection is still open: %v", err)
		}
		server.Close()
		<-done
	})
}

// A named connection is one that came in over the loopback.
type named struct{ net.Conn }

func (named) LocalAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

// A oneListener gives one connection.
type oneListener struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (l *oneListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}
func (l *oneListener) Close() error   { close(l.closed); return nil }
func (l *oneListener) Addr() net.Addr { return &net.TCPAddr{} }

// Without a sign of life a dead page would never be noticed.
func TestBeat(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &Server{Build: func([]string) (*output.Tree, []diag.Problem, error) {
			return treeOf(map[string]string{"index.html": "Welcome"}), nil, nil
		}}
		s.Rebuild(nil)
		here, there := net.Pipe()
		l := &oneListener{conns: make(chan net.Conn, 1), closed: make(chan struct{})}
		l.conns <- named{here}
		server := &http.Server{Handler: s}
		done := make(chan struct{})
		go func() { _ = server.Serve(l); close(done) }()
		if _, err := there.Write([]byte("GET /-/events?page=index.html HTTP/1.1\r\nHost: localhost:80\r\n\r\n")); err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		buf := make([]byte, 4096)
		there.SetReadDeadline(time.Now().Add(3*beatTime + time.Second))
		for {
			n, err := there.Read(buf)
			got.Write(buf[:n])
			if err != nil {
				break
			}
		}
		if n := strings.Count(got.String(), "\n:\n\n"); n != 3 {
			t.Errorf("%d beats in 61 s:\n%s", n, got.String())
		}
		there.Close()
		server.Close()
		<-done
	})
}
