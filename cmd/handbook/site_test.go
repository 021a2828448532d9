package main

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"handbook/cmd/handbook/internal/output"
)

// The tests of this file build the real content, as content_test.go loads it,
// and look at the site as readers and their browsers get it.

// A sitePage is a parsed page of the site.
type sitePage struct {
	ids       map[string]bool
	links     []string // href of what a reader follows
	resources []string // href and src of what a browser loads
	doubled   []string // ids that stand twice
}

// parsePage finds the ids and links of a page.
func parsePage(t *testing.T, name string, data []byte) sitePage {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	p := sitePage{ids: map[string]bool{}}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: <%s> has the attribute %s", name, n.Data, a.Key)
			}
		}
		if id, ok := attr["id"]; ok {
			if p.ids[id] {
				p.doubled = append(p.doubled, id)
			}
			p.ids[id] = true
		}
		if to, ok := attr["data-redirect"]; ok {
			p.links = append(p.links, to)
		}
		switch n.Data {
		case "a", "area":
			if href, ok := attr["href"]; ok {
				p.links = append(p.links, href)
			}
		case "form":
			if action, ok := attr["action"]; ok {
				p.links = append(p.links, action)
			}
		case "link":
			if rel := attr["rel"]; rel == "stylesheet" || rel == "icon" || rel == "preload" {
				p.resources = append(p.resources, attr["href"])
			} else if rel != "canonical" {
				p.links = append(p.links, attr["href"])
			}
		case "script", "img", "iframe", "source", "audio", "video", "embed":
			if src, ok := attr["src"]; ok {
				p.resources = append(p.resources, src)
			}
			if n.Data == "script" && n.FirstChild != nil {
				t.Errorf("%s has a script in the page", name)
			}
		case "style":
			t.Errorf("%s has a style sheet in the page", name)
		}
	}
	return p
}

// TestSiteLinks follows the links of the real content.
func TestSiteLinks(t *testing.T) { followLinks(t, theSite(t), "{{", "&amp;lt;") }

// followLinks reads every page as a file from a disk: every link and every
// resource is relative, and leads to a file, and to an element of it where it
// names one. Nothing that a template or a value left behind is on a page, and
// none of the texts in bad.
func followLinks(t *testing.T, tree *output.Tree, bad ...string) {
	t.Helper()
	pages := map[string]sitePage{}
	for _, name := range tree.Paths() {
		data, err := tree.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		if path.Ext(name) != ".html" {
			continue
		}
		for _, b := range append([]string{"ZgotmplZ", "&lt;no value&gt;", "%!", "&amp;amp;"}, bad...) {
			if bytes.Contains(data, []byte(b)) {
				t.Errorf("%s holds %q", name, b)
			}
		}
		pages[name] = parsePage(t, name, data)
	}
	for _, name := range tree.Paths() {
		p, ok := pages[name]
		if !ok || name == "404.html" {
			continue // it is shown at any address; TestSiteUnderPath asks it
		}
		for _, id := range p.doubled {
			t.Errorf("%s: the id %s stands twice", name, id)
		}
		for i, ref := range slices.Concat(p.resources, p.links) {
			u, err := url.Parse(ref)
			switch {
			case err != nil:
				t.Errorf("%s: link %q: %v", name, ref, err)
				continue
			case u.Scheme == "mailto" || u.Scheme == "tel":
				continue
			case u.Scheme != "" || u.Host != "":
				if i < len(p.resources) {
					t.Errorf("%s loads %s from another host", name, ref)
				}
				continue
			case strings.HasPrefix(u.Path, "/"):
				t.Errorf("%s: %q is an absolute path", name, ref)
				continue
			}
			to := path.Join(path.Dir(name), u.Path)
			if u.Path == "" {
				to = name
			}
			if strings.HasSuffix(u.Path, "/") {
				t.Errorf("%s: %q names a folder, which opens no page from a disk", name, ref)
			}
			if !tree.Has(to) {
				t.Errorf("%s: %q leads nowhere", name, ref)
				continue
			}
			if target, isPage := pages[to]; isPage && u.Fragment != "" && !target.ids[u.Fragment] {
				t.Errorf("%s: %q leads to no element of %s", name, ref, to)
			}
		}
	}
}

// A pagesHost serves a Tree as GitHub Pages serves a project: under a path, a
// folder by its index.html, no listings, and 404.html at any depth.
type pagesHost struct {
	tree *output.Tree
	base string
}

func (h pagesHost) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, below := strings.CutPrefix(r.URL.Path, h.base)
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	kinds := map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
	if kind := kinds[path.Ext(name)]; kind != "" {
		w.Header().Set("Content-Type", kind)
	}
	switch {
	case below && h.tree.Has(name):
	case below && h.tree.Has(name+"/index.html"):
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		return
	default:
		name = "404.html"
		w.Header().Set("Content-Type", kinds[".html"])
		w.WriteHeader(http.StatusNotFound)
	}
	data, err := h.tree.Read(name)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write(data)
}

// TestSiteUnderPath crawls the site as GitHub Pages would serve it, from the
// home page and from an address that does not exist. Nothing leads out of the
// path, everything that a page leads to is there, and every page is reached.
func TestSiteUnderPath(t *testing.T) {
	tree := theSite(t)
	const base = "/handbook/"
	host := pagesHost{tree, base}
	get := func(u *url.URL) (*http.Response, []byte) {
		w := httptest.NewRecorder()
		host.ServeHTTP(w, httptest.NewRequest(http.MethodGet, u.EscapedPath(), nil))
		return w.Result(), w.Body.Bytes()
	}
	start := &url.URL{Scheme: "https", Host: "example.org", Path: base}
	lost := start.ResolveReference(&url.URL{Path: "no/such/folder/page.html"})
	queue := []*url.URL{start, lost}
	seen := map[string]bool{}
	for len(queue) > 0 {
		u := queue[0]
		queue = queue[1:]
		if seen[u.Path] {
			continue
		}
		seen[u.Path] = true
		resp, body := get(u)
		if resp.StatusCode == http.StatusMovedPermanently {
			t.Errorf("%s is redirected to %s: link to the page itself", u, resp.Header.Get("Location"))
			continue
		}
		if resp.StatusCode != http.StatusOK && u != lost {
			t.Errorf("%s: %s", u, resp.Status)
			continue
		}
		if ext := path.Ext(u.Path); ext != ".html" && ext != "" {
			continue
		}
		p := parsePage(t, u.Path, body)
		for _, ref := range slices.Concat(p.links, p.resources) {
			to, err := u.Parse(ref)
			if err != nil {
				t.Errorf("%s: %q: %v", u, ref, err)
				continue
			}
			if to.Host != start.Host {
				continue // out of the site, or a mail
			}
			if !strings.HasPrefix(to.Path, base) {
				t.Errorf("%s: %q leads out of %s", u, ref, base)
				continue
			}
			to.Fragment, to.RawQuery = "", ""
			queue = append(queue, to)
		}
	}
	b, _ := realBook(t)
	redirect := map[string]bool{"404.html": true}
	for _, r := range b.Redirects {
		redirect[r.From] = true
	}
	for _, name := range tree.Paths() {
		if path.Ext(name) == ".html" && name != "index.html" && !redirect[name] && !seen[base+name] {
			t.Errorf("no page leads to %s", name)
		}
	}
}

// TestSiteBudget holds the weight of a section's page, all that it loads
// included: at most 4 requests, and 15 KB as a server compresses them.
func TestSiteBudget(t *testing.T) {
	tree := theSite(t)
	b, _ := realBook(t)
	zipped := func(name string) int {
		data, err := tree.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		var n counter
		z := gzip.NewWriter(&n)
		if _, err := z.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return int(n)
	}
	worst, where := 0, ""
	for _, s := range b.Sections {
		data, err := tree.Read(s.Path)
		if err != nil {
			t.Fatal(err)
		}
		p := parsePage(t, s.Path, data)
		requests := map[string]bool{s.Path: true}
		for _, ref := range p.resources {
			u, err := url.Parse(ref)
			if err != nil {
				t.Fatal(err)
			}
			requests[path.Join(path.Dir(s.Path), u.Path)] = true
		}
		size := 0
		for r := range requests {
			size += zipped(r)
		}
		if len(requests) > 4 {
			t.Errorf("%s needs %d requests", s.Path, len(requests))
		}
		if size > worst {
			worst, where = size, s.Path
		}
	}
	t.Logf("the heaviest section, %s, weighs %.1f KB", where, float64(worst)/1000)
	if worst > 15_200 {
		t.Errorf("%s weighs %d bytes compressed, with what it loads; the limit is 15,200", where, worst)
	}
}

// A counter counts the bytes that are written to it.
type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

var _ io.Writer = (*counter)(nil)

// TestSiteCanary holds that nothing of the machine gets into the site.
func TestSiteCanary(t *testing.T) {
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	words := []string{filepath.Dir(filepath.Dir(wd)) + string(filepath.Separator)}
	if home, err := os.UserHomeDir(); err == nil && len(home) > 3 {
		words = append(words, home+string(filepath.Separator))
	}
	tree := theSite(t)
	for _, name := range tree.Paths() {
		data, err := tree.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range words {
			if bytes.Contains(data, []byte(w)) {
				t.Errorf("%s holds %s", name, w)
			}
		}
	}
}
