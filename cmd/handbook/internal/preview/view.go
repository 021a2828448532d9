package preview

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"

	"handbook/cmd/handbook/internal/output"
)

// A view is what stands at an address: a page or another file, or the page that
// says why there is none.
type view struct {
	status int
	file   string            // the name of what is shown, for its type
	body   []byte            // as in the Tree
	sum    string            // of the page without the versions of what it loads
	assets map[string]string // what the page loads from the Tree, with the sum of each
	parts  []part

	inserts []insert // what is added when it is served
}

// A part is a page from one heading to the next. The id is empty before the
// first heading, and after a heading that belongs to the layout.
type part struct{ id, sum string }

// An insert replaces a stretch of the body.
type insert struct {
	from, to int
	text     string
}

// view returns what stands at an address, found out once for each edition.
func (e *edition) view(name string) *view {
	if e.tree == nil || !e.tree.Has(name) {
		return e.find(name) // not kept: there is no end of such names
	}
	e.mu.Lock()
	find := e.views[name]
	if find == nil {
		find = sync.OnceValue(func() *view { return e.find(name) })
		e.views[name] = find
	}
	e.mu.Unlock()
	return find()
}

func (e *edition) find(name string) *view {
	v := &view{status: http.StatusOK, file: name}
	if e.tree == nil {
		v.status, v.file, v.body = http.StatusServiceUnavailable, "x.html", e.problems.page("There is nothing to show yet")
	} else if !e.tree.Has(name) || strings.HasPrefix(path.Base(name), ".") {
		v.status, v.file = http.StatusNotFound, "404.html"
		if !e.tree.Has(v.file) {
			v.body = []byte("<!doctype html>\n<title>Not found</title>\n<p>There is no page at this address.</p>\n")
		}
	}
	if v.body == nil {
		body, err := e.tree.Read(v.file)
		if v.body = body; err != nil {
			failed := report{Failure: err.Error()}
			v.status, v.file, v.body = http.StatusInternalServerError, "x.html", failed.page("This page cannot be made")
		}
	}
	if strings.EqualFold(path.Ext(v.file), ".html") {
		if v.status == http.StatusNotFound && e.absolute != "" {
			v.body = bytes.ReplaceAll(v.body, []byte(`="`+e.absolute), []byte(`="`+e.base))
		}
		v.scan(e.tree, name, e.base)
	}
	return v
}

// scan reads a page for its sum, its parts, what it loads, and where the
// script goes.
func (v *view) scan(tree *output.Tree, name, base string) {
	v.assets = map[string]string{}
	z := html.NewTokenizer(bytes.NewReader(v.body))
	end := -1 // of the head
	here := part{}
	all, own := sha256.New(), sha256.New()
	for at := 0; z.Next() != html.ErrorToken; {
		from, to := at, at+len(z.Raw())
		at = to
		raw, token := v.body[from:to], z.Token()
		switch token.Type {
		case html.StartTagToken, html.SelfClosingTagToken:
			switch id := attribute(token, "id"); {
			case isHeading(token.Data), token.Data == "section" && id != "":
				v.parts = append(v.parts, here.closed(own))
				own.Reset()
				if here = (part{id: id}); strings.HasPrefix(id, "_") {
					here.id = "" // the layout's own, such as the list of sources
				}
			case token.Data == "body" && end < 0:
				end = from
			case token.Data == "meta" && strings.EqualFold(attribute(token, "http-equiv"), "Content-Security-Policy"):
				v.inserts = append(v.inserts, insert{from, to, `<meta http-equiv="Content-Security-Policy" content="` + html.EscapeString(allow(attribute(token, "content"))) + `">`})
			}
			if ref, asset := v.loads(token, tree, name, base); asset != "" {
				// Its version stands in its address. That is not the page's own.
				raw = []byte("\x00" + token.Data + " " + ref)
			}
		case html.EndTagToken:
			if token.Data == "head" && end < 0 {
				end = from
			}
		}
		all.Write(raw)
		own.Write(raw)
	}
	v.parts = append(v.parts, here.closed(own))
	v.sum = short(all)
	if end < 0 {
		end = len(v.body)
	}
	v.inserts = append(v.inserts, insert{end, end, v.tag(name, base)})
	slices.SortStableFunc(v.inserts, func(a, b insert) int { return a.from - b.from })
}

func isHeading(tag string) bool {
	return len(tag) == 2 && tag[0] == 'h' && '1' <= tag[1] && tag[1] <= '6'
}

func (p part) closed(h hash.Hash) part {
	p.sum = short(h)
	return p
}

func short(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)[:8]) }

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// loads reports whether an element loads a file of the Tree, and which; ref is
// its address as written, without the query. The sum of the file is noted.
func (v *view) loads(t html.Token, tree *output.Tree, name, base string) (ref, asset string) {
	switch t.Data {
	case "link":
		for rel := range strings.FieldsSeq(strings.ToLower(attribute(t, "rel"))) {
			if rel == "stylesheet" || rel == "icon" {
				ref = attribute(t, "href")
			}
		}
	case "script", "img", "source", "audio", "video", "track":
		ref = attribute(t, "src")
	}
	ref, _, _ = strings.Cut(ref, "#")
	ref, _, _ = strings.Cut(ref, "?")
	if ref == "" || tree == nil {
		return "", ""
	}
	clear, err := url.PathUnescape(ref)
	if err != nil {
		return "", ""
	}
	if rest, rooted := strings.CutPrefix(clear, base); rooted {
		asset = path.Clean(rest)
	} else if !strings.HasPrefix(clear, "/") && !strings.Contains(clear, ":") {
		asset = path.Join(path.Dir(name), clear)
	}
	if asset == "" || !tree.Has(asset) {
		return "", ""
	}
	sum, err := tree.Sum(asset)
	if err != nil {
		return "", ""
	}
	v.assets[asset] = hex.EncodeToString(sum[:8])
	return ref, asset
}

// tag writes the script element of a page. It tells the script which page this
// is and what it was like when it was served.
func (v *view) tag(name, base string) string {
	var assets strings.Builder
	for _, asset := range slices.Sorted(maps.Keys(v.assets)) {
		fmt.Fprintf(&assets, "%s %s\n", v.assets[asset], asset)
	}
	return fmt.Sprintf(`<script src="%s" data-page="%s" data-base="%s" data-sum="%s" data-assets="%s" defer></script>`+"\n",
		scriptPath, html.EscapeString(name), html.EscapeString(base), v.sum, html.EscapeString(assets.String()))
}

// served returns the body with what is added.
func (v *view) served() []byte {
	if v.inserts == nil {
		return v.body
	}
	var out []byte
	at := 0
	for _, i := range v.inserts {
		out = append(append(out, v.body[at:i.from]...), i.text...)
		at = i.to
	}
	return append(out, v.body[at:]...)
}

// edited returns the id of the first heading below which a page is not what it
// was, or "" if that is not below a heading of the text.
func edited(before, now []part) string {
	old := map[part]bool{}
	for _, p := range before {
		old[p] = true
	}
	for _, p := range now {
		if p.id != "" && !old[p] {
			return p.id
		}
	}
	return ""
}

// allow returns a Content-Security-Policy that also lets the preview's script
// and style load and the script connect to the server, and nothing else.
func allow(policy string) string {
	given := map[string]int{} // directive, to its place
	var directives [][]string
	for d := range strings.SplitSeq(policy, ";") {
		if words := strings.Fields(d); len(words) > 0 {
			name := strings.ToLower(words[0])
			if _, twice := given[name]; !twice { // browsers go by the first
				given[name] = len(directives)
				directives = append(directives, words)
			}
		}
	}
	for _, name := range []string{"connect-src", "script-src", "style-src"} {
		i, there := given[name]
		if !there {
			fallback, limited := given["default-src"]
			if !limited {
				continue
			}
			i = len(directives)
			directives = append(directives, append([]string{name}, directives[fallback][1:]...))
		}
		words := slices.DeleteFunc(slices.Clone(directives[i]), func(w string) bool { return strings.EqualFold(w, "'none'") })
		if !slices.Contains(words, "'self'") {
			words = append(words, "'self'")
		}
		directives[i] = words
	}
	lines := make([]string, len(directives))
	for i, d := range directives {
		lines[i] = strings.Join(d, " ")
	}
	return strings.Join(lines, "; ")
}
