package preview

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// ask sends a request as it is written, byte for byte, and reads the answer.
func ask(t *testing.T, at, request string) (status int, header http.Header, body string) {
	t.Helper()
	conn, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(conn)
	method, _, _ := strings.Cut(request, " ")
	resp, err := http.ReadResponse(r, &http.Request{Method: method})
	if err != nil {
		t.Fatalf("%q: %v", request, err)
	}
	if resp.Header.Get("Content-Type") == "text/event-stream" {
		return resp.StatusCode, resp.Header, "" // it has no end; closing the connection is one
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil && resp.StatusCode == http.StatusOK {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(text)
}

// TestMatrix asks over a raw socket, because clients put right what an
// attacker would send.
func TestMatrix(t *testing.T) {
	x := start(t, nil)
	_, port, _ := net.SplitHostPort(x.at)
	n, _ := strconv.Atoi(port)
	other := strconv.Itoa(n%60000 + 1)
	replace := strings.NewReplacer("PORT", port, "OTHER", other)
	const (
		page   = "GET / HTTP/1.1"
		json   = "GET /static/site.css HTTP/1.1"
		events = "GET /-/events?page=index.html HTTP/1.1"
		here   = "Host: 127.0.0.1:PORT"
	)
	for _, c := range []struct {
		name   string
		status int
		line   string
		header string // lines parted by |
	}{
		// Names.
		{"address", 200, page, here},
		{"localhost", 200, page, "Host: localhost:PORT"},
		{"LOCALHOST", 200, page, "Host: LOCALHOST:PORT"},
		{"localhost with a dot", 200, page, "Host: localhost.:PORT"},
		{"IPv6 loopback", 200, page, "Host: [::1]:PORT"},
		{"IPv6 loopback in full", 200, page, "Host: [0:0:0:0:0:0:0:1]:PORT"},
		{"another loopback address", 200, page, "Host: 127.0.0.2:PORT"},
		{"evil.example", 403, page, "Host: evil.example"},
		{"evil.example with the port", 403, page, "Host: evil.example:PORT"},
		{"localhost.evil.example", 403, page, "Host: localhost.evil.example:PORT"},
		{"127.0.0.1.nip.io", 403, page, "Host: 127.0.0.1.nip.io:PORT"},
		{"evil-localhost", 403, page, "Host: evil-localhost:PORT"},
		{"localhost:PORT.evil.example", 403, page, "Host: localhost:PORT.evil.example"},
		{"user@", 400, page, "Host: evil.example@localhost:PORT"},
		{"two dots", 403, page, "Host: localhost..:PORT"},
		{"empty", 403, page, "Host:"},
		{"only a port", 403, page, "Host: :PORT"},
		{"no port", 403, page, "Host: localhost"},
		{"wrong port", 403, page, "Host: localhost:OTHER"},
		{"no number", 403, page, "Host: localhost:x"},
		{"signed port", 403, page, "Host: localhost:+PORT"},
		{"port too large", 403, page, "Host: localhost:99999999"},
		{"octal address", 403, page, "Host: 0177.0.0.1:PORT"},
		{"short address", 403, page, "Host: 127.1:PORT"},
		{"number", 403, page, "Host: 2130706433:PORT"},
		{"every address", 403, page, "Host: 0.0.0.0:PORT"},
		{"address of another net", 403, page, "Host: 192.168.1.4:PORT"},
		{"IPv6 without brackets", 403, page, "Host: ::1:PORT"},
		{"IPv6 with a zone", 403, page, "Host: [::1%25lo]:PORT"},
		{"bracket left open", 403, page, "Host: [::1:PORT"},
		{"no Host", 400, page, "X: y"},
		{"no Host, HTTP/1.0", 403, "GET / HTTP/1.0", "X: y"},
		{"two Hosts", 400, page, "Host: localhost:PORT|Host: evil.example"},
		{"two Hosts, the good one last", 400, page, "Host: evil.example|Host: localhost:PORT"},
		{"forwarded", 200, page, here + "|X-Forwarded-Host: evil.example"},
		{"forwarded the other way", 403, page, "Host: evil.example|X-Forwarded-Host: localhost:PORT"},
		{"evil on the stream", 403, events, "Host: evil.example:PORT"},
		{"evil on the script", 403, "GET /-/preview.js HTTP/1.1", "Host: evil.example:PORT"},
		// Request lines.
		{"whole address", 400, "GET http://127.0.0.1:PORT/ HTTP/1.1", here},
		{"whole evil address", 400, "GET http://evil.example/ HTTP/1.1", here},
		{"whole address under another Host", 400, "GET http://127.0.0.1:PORT/ HTTP/1.1", "Host: evil.example"},
		{"another scheme", 400, "GET ftp://127.0.0.1:PORT/ HTTP/1.1", here},
		// Origins.
		{"own origin", 200, page, here + "|Origin: http://127.0.0.1:PORT"},
		{"own origin, another case", 200, page, "Host: localhost:PORT|Origin: HTTP://LocalHost:PORT"},
		{"evil origin", 403, page, here + "|Origin: http://evil.example"},
		{"evil origin, asset", 403, json, here + "|Origin: http://evil.example"},
		{"evil origin, stream", 403, events, here + "|Origin: http://evil.example"},
		{"null", 403, page, here + "|Origin: null"},
		{"null, stream", 403, events, here + "|Origin: null"},
		{"empty origin", 403, page, here + "|Origin:"},
		{"another port", 403, page, here + "|Origin: http://127.0.0.1:OTHER"},
		{"no port in origin", 403, page, here + "|Origin: http://127.0.0.1"},
		{"https", 403, page, here + "|Origin: https://127.0.0.1:PORT"},
		{"another loopback name", 403, page, here + "|Origin: http://localhost:PORT"},
		{"origin with a path", 403, page, here + "|Origin: http://127.0.0.1:PORT/"},
		{"origin with a tail", 403, page, here + "|Origin: http://127.0.0.1:PORT.evil.example"},
		{"two origins", 403, page, here + "|Origin: http://127.0.0.1:PORT|Origin: http://evil.example"},
		{"file", 403, page, here + "|Origin: file://"},
		{"extension", 403, events, here + "|Origin: chrome-extension://abc"},
		// What the browser says of the asking page.
		{"typed", 200, page, here + "|Sec-Fetch-Site: none"},
		{"own page", 200, events, here + "|Sec-Fetch-Site: same-origin"},
		{"cross-site", 403, page, here + "|Sec-Fetch-Site: cross-site"},
		{"cross-site, asset", 403, json, here + "|Sec-Fetch-Site: cross-site"},
		{"cross-site, stream", 403, events, here + "|Sec-Fetch-Site: cross-site"},
		{"cross-site, followed link", 403, page, here + "|Sec-Fetch-Site: cross-site|Sec-Fetch-Mode: navigate"},
		{"same-site, another port", 403, page, here + "|Sec-Fetch-Site: same-site"},
		{"both", 403, page, here + "|Sec-Fetch-Site: same-origin|Sec-Fetch-Site: cross-site"},
		{"empty", 403, page, here + "|Sec-Fetch-Site:"},
		{"own origin, cross-site", 403, page, here + "|Origin: http://127.0.0.1:PORT|Sec-Fetch-Site: cross-site"},
		// Methods.
		{"HEAD", 200, "HEAD / HTTP/1.1", here},
		{"HEAD of the stream", 200, "HEAD /-/events HTTP/1.1", here},
		{"POST", 405, "POST / HTTP/1.1", here + "|Content-Length: 0"},
		{"PUT", 405, "PUT /index.html HTTP/1.1", here + "|Content-Length: 0"},
		{"DELETE", 405, "DELETE /index.html HTTP/1.1", here},
		{"PATCH", 405, "PATCH / HTTP/1.1", here + "|Content-Length: 0"},
		{"OPTIONS", 405, "OPTIONS / HTTP/1.1", here},
		{"OPTIONS *", 405, "OPTIONS * HTTP/1.1", here},
		{"preflight", 405, "OPTIONS / HTTP/1.1", here + "|Origin: http://evil.example|Access-Control-Request-Method: GET|Access-Control-Request-Private-Network: true"},
		{"TRACE", 405, "TRACE / HTTP/1.1", here},
		{"CONNECT", 405, "CONNECT 127.0.0.1:PORT HTTP/1.1", here},
		{"PROPFIND", 405, "PROPFIND / HTTP/1.1", here},
		{"lower case", 405, "get / HTTP/1.1", here},
		{"POST to the stream", 405, "POST /-/events HTTP/1.1", here + "|Content-Length: 0"},
		// Paths.
		{"up", 400, "GET /../ HTTP/1.1", here},
		{"up and away", 400, "GET /../../etc/passwd HTTP/1.1", here},
		{"up, inside", 400, "GET /phones/../index.html HTTP/1.1", here},
		{"here", 400, "GET /./index.html HTTP/1.1", here},
		{"encoded up", 400, "GET /%2e%2e/etc/passwd HTTP/1.1", here},
		{"encoded up, capitals", 400, "GET /%2E%2E/ HTTP/1.1", here},
		{"half encoded up", 400, "GET /.%2e/ HTTP/1.1", here},
		{"encoded slash", 400, "GET /..%2fetc HTTP/1.1", here},
		{"encoded slash, inside", 400, "GET /phones%2ftexting.html HTTP/1.1", here},
		{"backslash", 400, `GET /..\etc HTTP/1.1`, here},
		{"encoded backslash", 400, "GET /phones%5ctexting.html HTTP/1.1", here},
		{"NUL", 400, "GET /index.html%00.txt HTTP/1.1", here},
		{"line end", 400, "GET /index.html%0d%0aX:y HTTP/1.1", here},
		{"delete", 400, "GET /%7f HTTP/1.1", here},
		{"not UTF-8", 404, "GET /%ff%fe HTTP/1.1", here},
		{"overlong", 404, "GET /%c0%ae%c0%ae/ HTTP/1.1", here},
		{"two slashes", 400, "GET //evil.example/%2e%2e HTTP/1.1", here},
		{"two slashes, host", 400, "GET //evil.example HTTP/1.1", here},
		{"two slashes, folder", 400, "GET //phones HTTP/1.1", here},
		{"two slashes, inside", 400, "GET /phones//texting.html HTTP/1.1", here},
		{"slash and backslash", 400, `GET /\evil.example HTTP/1.1`, here},
		{"encoded twice", 404, "GET /%252e%252e/ HTTP/1.1", here},
		{"broken escape", 400, "GET /%zz HTTP/1.1", here},
		{"stream of a file", 404, "GET /x::$DATA HTTP/1.1", here},
		{"stream of a page", 404, "GET /index.html::$DATA HTTP/1.1", here},
		{"device", 404, "GET /CON HTTP/1.1", here},
		{"device with an end", 404, "GET /phones/aux.html HTTP/1.1", here},
		{"dot at the end", 404, "GET /index.html. HTTP/1.1", here},
		{"space at the end", 404, "GET /index.html%20 HTTP/1.1", here},
		{"short name", 404, "GET /INDEX~1.HTM HTTP/1.1", here},
		{"another case", 404, "GET /INDEX.HTML HTTP/1.1", here},
		{".env", 404, "GET /.env HTTP/1.1", here},
		{".git", 404, "GET /.git/config HTTP/1.1", here},
		{"dot file of the Tree", 404, "GET /.nojekyll HTTP/1.1", here},
		{"backup", 404, "GET /a.md~ HTTP/1.1", here},
		{"swap file", 404, "GET /.a.md.swp HTTP/1.1", here},
		{"folder without index", 404, "GET /static/ HTTP/1.1", here},
		{"folder without index or slash", 404, "GET /static HTTP/1.1", here},
		{"file as a folder", 404, "GET /index.html/ HTTP/1.1", here},
		{"folder", 302, "GET /phones HTTP/1.1", here},
		{"page", 200, "GET /phones/texting.html HTTP/1.1", here},
		{"page, encoded", 200, "GET /phones/t%65xting.html?x=y HTTP/1.1", here},
		{"very long", 404, "GET /" + strings.Repeat("a", 5000) + " HTTP/1.1", here},
		{"too long", 431, "GET /" + strings.Repeat("a", 64<<10) + " HTTP/1.1", here},
		{"own folder", 404, "GET /-/ HTTP/1.1", here},
		{"own unknown file", 404, "GET /-/preview.go HTTP/1.1", here},
	} {
		request := replace.Replace(c.line + "\r\n" + strings.ReplaceAll(c.header, "|", "\r\n") + "\r\nConnection: close\r\n\r\n")
		status, header, body := ask(t, x.at, request)
		if status != c.status {
			t.Errorf("%s: status %d, want %d: %q: %.200s", c.name, status, c.status, request, body)
		}
		for name := range header {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s: header %s", c.name, name)
			}
		}
		if strings.Contains(body, "root:") || status != 200 && strings.Contains(body, "Welcome") {
			t.Errorf("%s: %s", c.name, body)
		}
		// 400 and 431 may be net/http's own, before it has found us.
		if status == 400 || status == 431 {
			continue
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin"} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s is %q", c.name, name, got)
			}
		}
		if to := header.Get("Location"); to != "" && to != "/phones/" {
			t.Errorf("%s: leads to %q", c.name, to)
		}
		if status == 405 && header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: Allow is %q", c.name, header.Get("Allow"))
		}
	}
}

// A connection from outside may come through a forwarded port, and must name
// an address or one of the names that were given.
func TestHostFromOutside(t *testing.T) {
	s := &Server{Names: []string{"Office-PC"}}
	outside := &net.TCPAddr{IP: net.IPv4(192, 168, 1, 4), Port: 8080}
	inside := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}
	for _, c := range []struct {
		host            string
		outside, inside bool
	}{
		{"192.168.1.4:8080", true, false},
		{"192.168.1.4:9000", true, false},
		{"10.0.0.1", true, false},
		{"[fe80::1]:8080", true, false},
		{"localhost:8080", true, true},
		{"localhost:9000", true, false},
		{"127.0.0.1:8080", true, true},
		{"office-pc:8080", true, false},
		{"OFFICE-PC", true, false},
		{"office-pc.evil.example", false, false},
		{"evil.example:8080", false, false},
		{"", false, false},
	} {
		if got := s.isHere(c.host, outside); got != c.outside {
			t.Errorf("%q from outside: %v", c.host, got)
		}
		if got := s.isHere(c.host, inside); got != c.inside {
			t.Errorf("%q from inside: %v", c.host, got)
		}
		if s.isHere(c.host, nil) {
			t.Errorf("%q from nowhere", c.host)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct {
		uri, want string
		status    int
	}{
		{"/", "", 200}, {"/?x", "", 200}, {"/a.html", "a.html", 200}, {"/a/", "a/", 200}, {"/a/b.html?/../", "a/b.html", 200},
		{"/%C3%A9.html", "é.html", 200}, {"/a%20b.html", "a b.html", 200}, {"/a+b.html", "a+b.html", 200},
		{"/a//", "", 400}, {"//", "", 400}, {"/a/..", "", 400}, {"/a/.", "", 400}, {"/%2e", "", 400}, {"/%", "", 400},
		{"/a/.b/c", "", 404}, {"/..a", "", 404}, {"/a:b", "", 404}, {"/nul", "", 404}, {"/a*", "", 404},
	} {
		got, status := address(c.uri)
		if got != c.want || status != c.status {
			t.Errorf("%s: %q, %d; want %q, %d", c.uri, got, status, c.want, c.status)
		}
	}
	if _, status := address("/" + strings.Repeat("a/", 121)); status != 404 {
		t.Error("a path that is too long passes")
	}
	if got := fmt.Sprint(Reserved()); got != "[/-/preview.js /-/preview.css /-/events]" {
		t.Error(got)
	}
}
