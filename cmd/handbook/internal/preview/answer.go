package preview

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"
)

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cache-Control", "no-cache")
	if no := s.refuse(r); no != nil {
		if no.status == http.StatusMethodNotAllowed {
			h.Set("Allow", "GET, HEAD")
		}
		say(w, r, no.status, no.text)
		return
	}
	top, status := address(r.RequestURI)
	if status != http.StatusOK {
		s.notFound(w, r, status)
		return
	}
	switch "/" + top {
	case scriptPath:
		reply(w, r, http.StatusOK, "x.js", script)
	case stylePath:
		reply(w, r, http.StatusOK, "x.css", style)
	case eventsPath:
		s.stream(w, r)
	default:
		s.page(w, r, "/"+top)
	}
}

// page answers with a page or another file of the Tree. full is the path from
// the top of the server.
func (s *Server) page(w http.ResponseWriter, r *http.Request, full string) {
	name, below := strings.CutPrefix(full, s.base())
	if !below {
		if full+"/" == s.base() {
			redirect(w, r, s.base())
			return
		}
		say(w, r, http.StatusNotFound, "the preview is at "+s.base())
		return
	}
	e := s.wait(r)
	if e == nil {
		return
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	} else if e.tree != nil && !e.tree.Has(name) && e.tree.Has(name+"/index.html") {
		redirect(w, r, s.base()+escape(name)+"/")
		return
	}
	v := e.view(name)
	reply(w, r, v.status, v.file, v.served())
}

// notFound answers a path that no Tree has.
func (s *Server) notFound(w http.ResponseWriter, r *http.Request, status int) {
	if status == http.StatusBadRequest {
		say(w, r, status, "the path cannot be that of a page")
		return
	}
	if e := s.wait(r); e != nil {
		v := e.view("")
		reply(w, r, v.status, v.file, v.served())
	}
}

// wait returns the edition, or nil if the reader or the server goes before there
// is one.
func (s *Server) wait(r *http.Request) *edition {
	for {
		e, turned := s.state()
		if e != nil || s.isClosed() {
			return e
		}
		select {
		case <-turned:
		case <-r.Context().Done():
			return nil
		}
	}
}

// redirect leads to a folder. The target is a path that the caller has put
// together from the base and an address in the Tree, so it leads nowhere else.
func redirect(w http.ResponseWriter, r *http.Request, to string) {
	if r.URL.RawQuery != "" {
		to += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", to)
	say(w, r, http.StatusFound, to)
}

// say answers with one line of text.
func say(w http.ResponseWriter, r *http.Request, status int, text string) {
	reply(w, r, status, "x.txt", []byte(text+"\n"))
}

// reply sends a file. Only its name's end counts. What is there is sent in
// parts if asked for, and not again if the browser has it.
func reply(w http.ResponseWriter, r *http.Request, status int, file string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", contentType(file))
	switch path.Ext(file) {
	case ".html":
		h.Set("Content-Security-Policy", "frame-ancestors 'none'") // the rest is in the page
	case ".svg":
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'")
	}
	if status == http.StatusOK {
		sum := sha256.Sum256(body)
		h.Set("ETag", `"`+hex.EncodeToString(sum[:12])+`"`)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a reader who is gone needs no answer
	}
}

// contentType returns the type of a file by the end of its name. The tables of
// the system are not asked: they differ from one computer to the next.
func contentType(name string) string {
	types := map[string]string{
		".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
		".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8", ".csv": "text/csv; charset=utf-8",
		".ics": "text/calendar; charset=utf-8", ".json": "application/json", ".map": "application/json",
		".xml": "application/xml", ".atom": "application/atom+xml", ".pdf": "application/pdf", ".wasm": "application/wasm",
		".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
		".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon",
		".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf",
		".mp3": "audio/mpeg", ".mp4": "video/mp4", ".webm": "video/webm",
	}
	return cmp.Or(types[strings.ToLower(path.Ext(name))], "application/octet-stream")
}
