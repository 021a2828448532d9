package search

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/testkit"
)

// The client is tested in a real Chromium, on a page that has nothing but it.
// The tests fail where there is none: .ci/test installs one.

// newTab starts a browser and opens a tab; both end with the test.
func newTab(t testing.TB) context.Context { return testkit.Browser(t) }

func eval[T any](t testing.TB, tab context.Context, js string) T {
	t.Helper()
	v, err := chromedp.Run(tab, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%v in %.300s", err, js)
	}
	return v
}

// quoted writes a value for JavaScript.
func quoted(t testing.TB, v any) string {
	t.Helper()
	var buf bytes.Buffer
	if err := json.NewEncoder(&buf).Encode(v); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// A host serves files and counts what they weigh compressed.
type host struct {
	mu       sync.Mutex
	files    map[string]func() ([]byte, error)
	bytes    int
	requests int
	urls     []string // asked for since the last take
	missing  string   // a path that is answered as not found
}

// add adds a file that is written when it is first asked for, and kept.
func (h *host) add(path string, writeFile func(io.Writer) error) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.files[path] = sync.OnceValues(func() ([]byte, error) {
		var buf bytes.Buffer
		err := writeFile(&buf)
		return buf.Bytes(), err
	})
	return nil
}

func (h *host) put(path, text string) {
	_ = h.add(path, func(w io.Writer) error { _, err := io.WriteString(w, text); return err })
}

// take returns what was served since the last take.
func (h *host) take() (weight, requests int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	weight, requests = h.bytes, h.requests
	h.bytes, h.requests, h.urls = 0, 0, nil
	return weight, requests
}

// asked returns what was asked for since the last take, but for the page and the
// client.
func (h *host) asked() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(h.urls), func(u string) bool { return u == "/" || u == "/search.js" || u == "/favicon.ico" })
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/")
	h.mu.Lock()
	h.urls = append(h.urls, r.URL.String())
	makeFile := h.files[path]
	missing := h.missing != "" && strings.HasPrefix(path, h.missing)
	h.mu.Unlock()
	if makeFile == nil || missing {
		http.NotFound(w, r)
		return
	}
	b, err := makeFile()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	var buf bytes.Buffer
	zip := gzip.NewWriter(&buf)
	_, _ = zip.Write(b)
	_ = zip.Close()
	h.mu.Lock()
	if path != "" {
		h.bytes += buf.Len()
		h.requests++
	}
	h.mu.Unlock()
	switch {
	case strings.HasSuffix(path, ".js"):
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	case strings.HasSuffix(path, ".wasm"):
		w.Header().Set("Content-Type", "application/wasm")
	case path == "" || strings.HasSuffix(path, ".html"):
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(buf.Bytes())
}

// An engine is the client with an index, in a browser.
type engine struct {
	t    testing.TB
	tab  context.Context
	host *host
	url  string
	dir  string // of the index
}

// newEngine opens a page with the client and the index of a book.
func newEngine(t testing.TB, tab context.Context, b *book.Book, opt Options) *engine {
	t.Helper()
	h := &host{files: map[string]func() ([]byte, error){}}
	if err := Files(b, opt, h.add); err != nil {
		t.Fatal(err)
	}
	h.put("search.js", string(client(t)))
	h.put("", `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'"><title>Search</title><script src="search.js"></script>`)
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	e := &engine{t, tab, h, srv.URL + "/", Path(b)}
	e.reload()
	return e
}

// reload opens the page anew, with nothing loaded but the client.
func (e *engine) reload() {
	e.t.Helper()
	e.host.take()
	if err := chromedp.Do(e.tab, chromedp.Navigate(e.url), chromedp.Evaluate[chromedp.Void](`
		window.serial = 0;
		let come = 0;
		const depth = new Map();
		new MutationObserver(list => list.forEach(m => {
			m.addedNodes.forEach(n => { depth.set(n, come + 1); window.serial = Math.max(window.serial, come + 1); });
			m.removedNodes.forEach(n => { come = Math.max(come, depth.get(n)); });
		})).observe(document.head, { childList: true });
		window.engine = handbookSearch.open(`+quoted(e.t, e.url+e.dir)+`)`)); err != nil {
		e.t.Fatal(err)
	}
}

// An answer is what the client makes of a query.
type answer struct {
	Corrected string   `json:"corrected"`
	Weak      int      `json:"weak"`
	Total     int      `json:"total"`
	Results   []result `json:"results"`
}

type result struct {
	Path, Name, Kind, Anchor, Heading, Text string
	Forms                                   []string
	Title, Excerpt                          []string
	Doc                                     int
}

// ask asks the client. opt is more of its options, in JavaScript.
func (e *engine) ask(query string, opt ...string) answer {
	e.t.Helper()
	return eval[answer](e.t, e.tab, `engine.search(`+quoted(e.t, query)+`, Object.assign({limit: 10, day: "2026-11-21"}, `+strings.Join(append(opt, "{}"), ", ")+`))
		.then(a => ({ corrected: a.corrected, weak: a.weak, total: a.total, results: a.results.map(r => ({
			path: r.page.path, name: r.page.name, kind: r.page.kind, anchor: r.anchor, heading: r.heading, text: r.text, forms: r.forms, title: r.title, excerpt: r.excerpt, doc: r.doc })) }))`)
}

// where returns the places of the results: path#anchor.
func (a answer) where() []string {
	var out []string
	for _, r := range a.Results {
		if r.Anchor != "" {
			r.Path += "#" + r.Anchor
		}
		out = append(out, r.Path)
	}
	return out
}

// serial returns how many requests of the page had to wait for one another. A
// file that is asked for after another has come waited for it; the order of the
// script elements in the page tells, and no clock.
func (e *engine) serial() int {
	e.t.Helper()
	return eval[int](e.t, e.tab, `window.serial`)
}
