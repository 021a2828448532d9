package preview

import (
	"fmt"
	"handbook/cmd/handbook/internal/sitepath"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// A refusal is why a request is not answered. Every check must pass; none
// trusts another.
//
//   - A page of the web can lead the browser here under a name of its own that
//     it lets resolve to 127.0.0.1. So the Host must be a name of this computer,
//     with the port that the server listens on.
//   - It can make the browser load things from here. Browsers say so in Origin
//     and Sec-Fetch-Site; "null" is what a page in a sandbox says. No answer
//     ever carries Access-Control-Allow-Origin.
//   - It could send a form. Only GET and HEAD are answered.
type refusal struct {
	status int
	text   string
}

// refuse returns the refusal of a request, or nil.
func (s *Server) refuse(r *http.Request) *refusal {
	local, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return &refusal{http.StatusMethodNotAllowed, "only GET and HEAD are answered"}
	case !strings.HasPrefix(r.RequestURI, "/"):
		return &refusal{http.StatusBadRequest, "the request must name a path"}
	case !s.isHere(r.Host, local):
		return &refusal{http.StatusForbidden, fmt.Sprintf("this preview does not answer for the name %q; open it at the address that it printed", r.Host)}
	}
	// A browser that says nothing is none, or is old; Host is checked anyway.
	if origins := r.Header.Values("Origin"); len(origins) > 0 && (len(origins) > 1 || !sameOrigin(origins[0], r.Host)) {
		return &refusal{http.StatusForbidden, "this preview does not answer other sites"}
	}
	for _, site := range r.Header.Values("Sec-Fetch-Site") {
		if site != "same-origin" && site != "none" {
			return &refusal{http.StatusForbidden, "this preview does not answer other sites; to open it from a link, copy the address into the browser"}
		}
	}
	return nil
}

// isHere reports whether a Host is a name of this computer. A connection that
// came in over the loopback must name the loopback and the port. One that came
// from outside, which somebody must have asked for, may come through a
// forwarded port; it must name an address as a number, which no foreign name
// can stand for, or one of Names.
func (s *Server) isHere(host string, local net.Addr) bool {
	name, port, ok := splitHost(host)
	if !ok {
		return false
	}
	addr, err := netip.ParseAddr(name)
	loopback := err == nil && addr.IsLoopback() && addr.Zone() == "" || strings.EqualFold(name, "localhost") || strings.EqualFold(name, "localhost.")
	tcp, ok := local.(*net.TCPAddr)
	if !ok {
		return false
	}
	if tcp.IP.IsLoopback() {
		return loopback && port == tcp.Port
	}
	return loopback || err == nil || slices.ContainsFunc(s.Names, func(own string) bool { return strings.EqualFold(own, name) })
}

// splitHost cuts a Host into name and port. A name in brackets must be an IPv6
// address, and one without must not.
func splitHost(host string) (name string, port int, ok bool) {
	name, port = host, 80
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		n, err := strconv.ParseUint(host[i+1:], 10, 16)
		if err != nil || host[i+1] == '+' {
			return "", 0, false
		}
		name, port = host[:i], int(n)
	}
	bare, bracketed := strings.CutPrefix(name, "[")
	if bracketed {
		if bare, bracketed = strings.CutSuffix(bare, "]"); !bracketed {
			return "", 0, false
		}
		addr, err := netip.ParseAddr(bare)
		return bare, port, err == nil && addr.Is6()
	}
	return name, port, name != "" && !strings.ContainsAny(name, ":[]@/\\ ")
}

// sameOrigin reports whether an Origin is that of the host that was asked.
func sameOrigin(origin, host string) bool {
	scheme, rest, ok := strings.Cut(origin, "://")
	return ok && strings.EqualFold(scheme, "http") && strings.EqualFold(rest, host)
}

// address returns the address in the Tree that the path of a request stands for,
// or the status that it is answered with instead: 400 for what no browser
// would send unless told to, 404 for what no Tree has. A folder ends in a
// slash, and the top is "".
func address(requestURI string) (string, int) {
	raw, _, _ := strings.Cut(requestURI, "?")
	segments := strings.Split(strings.TrimPrefix(raw, "/"), "/")
	last := len(segments) - 1
	for i, segment := range segments {
		clear, err := url.PathUnescape(segment)
		if err != nil || clear == "." || clear == ".." || clear == "" && i < last || strings.ContainsFunc(clear, isTrick) {
			return "", http.StatusBadRequest
		}
		segments[i] = clear
	}
	path := strings.Join(segments, "/")
	bare := strings.TrimSuffix(path, "/")
	if bare == "" {
		return "", http.StatusOK
	}
	for _, segment := range segments {
		if strings.HasPrefix(segment, ".") {
			return "", http.StatusNotFound // .nojekyll, which is in the Tree for others
		}
	}
	if sitepath.Check(bare) != nil {
		return "", http.StatusNotFound
	}
	return path, http.StatusOK
}

// isTrick reports whether a character, once decoded, is there to be taken for
// something else.
func isTrick(c rune) bool { return c == '/' || c == '\\' || c < ' ' || c == 0x7f }

// escape writes an address as a path of a URL.
func escape(address string) string { return (&url.URL{Path: address}).EscapedPath() }
