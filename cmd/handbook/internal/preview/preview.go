// Package preview shows a site in a browser while it is being written: an HTTP
// server over an [output.Tree] that is built anew after each save.
//
// # What a writer sees
//
// The page in the browser is loaded again when its own bytes have changed,
// and at no other time. It stays where it was scrolled to, or moves to the
// clause that was edited. When only a style sheet or an image has changed, that
// is put in its place without loading the page. When the file that was saved is
// shown on another page, a link leads there.
//
// A site with problems is not shown: the last good one stays, and the problems
// lie over it, with their place, the line and what to do. They can be put
// aside. Once they are corrected they go away by themselves. Warnings are only
// a number in a corner that opens the list.
//
// # How it works
//
// [Server.Rebuild] asks Server.Build for a new Tree and tells every open page.
// Each page holds a stream of server-sent events, on which it is sent its state
// ([state]): the sum of the page as it would be served now, the sums of what it
// loads, and the problems. The page was given its own sum when it was served,
// so it can tell by itself whether to load again. Because a state says all,
// nothing is lost when a stream breaks off: a page that was asleep, or whose
// server was started again, gets the state when it is back and loads again if
// its sum is another, once. A page that nobody sees closes its stream, so that
// any number of tabs can be open although browsers allow six connections.
//
// Pages are made when they are asked for, by a reader or for a stream, so a
// rebuild costs no more than the pages that are looked at.
//
// # What is added to a page
//
// Every page of the Tree is served as it is but for two things: a script
// element that loads /-/preview.js, and in its own Content-Security-Policy the
// leave to connect to the server and to load the script and its style. The
// Tree is never changed. Addresses that the preview keeps for itself are those
// of [Reserved], at the top of the server, outside of the Base.
//
// # Who is answered
//
// The server is made for one reader on the same computer. Any page of the web
// can send requests to it through the reader's browser, so requests are
// refused unless they are for a name of this computer (Host), come from the
// preview's own pages or straight from the reader (Origin, Sec-Fetch-Site), and
// only look (GET, HEAD). Nothing is read but the Tree: no file system, no
// listing, no dot file, no path with tricks in it. See guard.go.
package preview

import (
	"cmp"
	"context"
	_ "embed"
	"net"
	"net/http"
	"sync"
	"time"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/output"
)

// A Server serves a site that is built again and again. Its fields may not be
// changed once it is in use.
type Server struct {
	// Build makes the site. changed names the files that have changed since
	// the last call; it is nil for the first, when all are new. Without a Tree
	// the last one stays. Problems must be sorted and graded.
	Build func(changed []string) (*output.Tree, []diag.Problem, error)

	// Page gives the address of the page that a file is shown on, and the words
	// for a link to it, or nothing. It may be nil.
	Page func(file string) (address, name string)

	// Line gives a line of a file that a problem names. It may be nil.
	Line func(file string, line int) string

	// Base is where the site begins: "/", or as under a project page of
	// GitHub "/handbook/". Empty means "/".
	Base string

	// Published gives the address with which the links of 404.html begin if it
	// knows where the site will be, because a server shows it at any depth.
	// Here they lead into the preview. It may be nil, and give "".
	Published func() string

	// Names are further names of this computer, for a server that is not only
	// reached from it.
	Names []string

	build   sync.Mutex // held while Build runs
	mu      sync.Mutex // guards what follows
	edition *edition   // nil until the first Build is over
	turned  chan struct{}
	closed  bool
}

// An edition is what is served from one rebuild to the next.
type edition struct {
	tree     *output.Tree // the last good one, or nil
	base     string       // as in Server
	absolute string       // as Server.Published gave it
	problems report
	saved    saved

	mu    sync.Mutex
	views map[string]func() *view // by address
}

// A saved is the last page whose file was saved by itself.
type saved struct {
	ID   int    `json:"id"` // another one for each save
	Name string `json:"name,omitempty"`
	Href string `json:"href,omitempty"`

	address string
}

// Reserved lists the addresses that the preview keeps for itself, from the top
// of the server.
func Reserved() []string { return []string{scriptPath, stylePath, eventsPath} }

const (
	scriptPath = "/-/preview.js"
	stylePath  = "/-/preview.css"
	eventsPath = "/-/events"
)

//go:embed preview.js
var script []byte

//go:embed preview.css
var style []byte

// Rebuild builds the site and tells all open pages. changed is handed to
// Build.
func (s *Server) Rebuild(changed []string) {
	s.build.Lock()
	defer s.build.Unlock()
	tree, problems, err := s.Build(changed)
	last, _ := s.state()
	next := &edition{tree: tree, base: s.base(), problems: s.report(problems, err), views: map[string]func() *view{}}
	if last != nil {
		next.saved = last.saved
		if tree == nil {
			next.tree = last.tree
		}
	}
	if s.Published != nil {
		next.absolute = s.Published()
	}
	if tree != nil {
		s.note(next, changed)
	}
	s.turn(func() { s.edition = next })
}

// note finds out which page was saved, if it was one.
func (s *Server) note(e *edition, changed []string) {
	if s.Page == nil {
		return
	}
	var at saved
	for _, file := range changed {
		address, name := s.Page(file)
		switch {
		case address == "" || !e.tree.Has(address):
		case at.address == "" || at.address == address:
			at = saved{ID: e.saved.ID + 1, Name: name, Href: s.base() + escape(address), address: address}
		default:
			return // several, as after a checkout
		}
	}
	if at.address != "" {
		e.saved = at
	}
}

// state returns the edition, which is nil before the first, and a channel that is
// closed when another one takes its place.
func (s *Server) state() (*edition, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.turned == nil {
		s.turned = make(chan struct{})
	}
	return s.edition, s.turned
}

// turn changes what state gives, and wakes all that wait for it.
func (s *Server) turn(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	if s.turned != nil {
		close(s.turned)
	}
	s.turned = make(chan struct{})
}

func (s *Server) base() string { return cmp.Or(s.Base, "/") }

// Time-outs. Reading is from the same computer or the same house.
const (
	headerTime   = 5 * time.Second
	requestTime  = 10 * time.Second
	answerTime   = 5 * time.Minute // print.html of a large handbook takes its time
	idleTime     = 2 * time.Minute
	shutdownTime = 3 * time.Second
)

// Serve answers on all listeners until ctx ends, then closes the streams, lets
// answers under way come to their end, and closes the listeners.
func (s *Server) Serve(ctx context.Context, listeners ...net.Listener) error {
	server := &http.Server{
		Handler:                      s,
		ReadHeaderTimeout:            headerTime,
		ReadTimeout:                  requestTime,
		WriteTimeout:                 answerTime,
		IdleTimeout:                  idleTime,
		MaxHeaderBytes:               16 << 10,
		DisableGeneralOptionsHandler: true,
	}
	errs := make([]error, len(listeners))
	var serving sync.WaitGroup
	failed := make(chan struct{}, len(listeners))
	for i, l := range listeners {
		serving.Go(func() {
			if err := server.Serve(l); err != http.ErrServerClosed {
				errs[i] = err
				failed <- struct{}{}
			}
		})
	}
	select {
	case <-ctx.Done():
	case <-failed:
	}
	s.turn(func() { s.closed = true })
	// The context of the run is over; this one is for the end.
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTime)
	defer cancel()
	if server.Shutdown(end) != nil {
		server.Close()
	}
	serving.Wait()
	s.turn(func() { s.closed = false })
	return cmp.Or(errs...)
}

// isClosed reports whether the server is being shut down.
func (s *Server) isClosed() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}
