package markdown

import (
	"bytes"
	"regexp"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/diag"
)

// address reads a link's destination as a browser would, after markdown's
// escapes and entities. It returns what is unsafe about it, or "".
func address(raw []byte) (dest string, external bool, wrong string) {
	b := util.UnescapePunctuations(raw)
	b = util.ResolveNumericReferences(b)
	b = util.ResolveEntityNames(b)
	dest = strings.TrimSpace(string(b))
	for _, r := range dest {
		// Browsers drop tabs and newlines inside an address, and what is
		// invisible is no part of an honest one.
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar {
			return dest, false, "it holds an invisible character"
		}
	}
	if scheme, _, ok := strings.Cut(dest, ":"); ok && isScheme(scheme) {
		switch strings.ToLower(scheme) {
		case "http", "https":
			// A browser takes https:host for an address within the site.
			host, ok := strings.CutPrefix(dest[len(scheme)+1:], "//")
			if !ok || host == "" || strings.ContainsAny(host[:1], `/\?#`) {
				return dest, false, "it names no host after " + scheme + "://"
			}
			return dest, true, ""
		case "mailto", "tel":
			return dest, true, ""
		}
		return dest, false, "it begins with " + scheme + ":"
	}
	switch {
	case strings.ContainsRune(dest, '\\'):
		return dest, false, "it holds a backslash"
	case strings.HasPrefix(dest, "//"):
		return dest, false, "it begins with // and so leads to another host"
	}
	return dest, false, ""
}

// isScheme reports whether what stands before an address's first colon is the
// name of a scheme (RFC 3986, section 3.1).
func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isAlphanumeric(c) && c != '+' && c != '.' && c != '-' || i == 0 && c <= '9' {
			return false
		}
	}
	return s != ""
}

// ExternalAddress reports what is wrong with an address out of the site, as a
// register returns it, or "": it must be http, https, mailto or tel.
func ExternalAddress(s string) string {
	_, external, wrong := address([]byte(s))
	if wrong == "" && !external {
		return "it does not begin with https://"
	}
	return wrong
}

// wwwHost is the host of an address that begins with www., perhaps with a port,
// and with what may follow where there is no path.
var wwwHost = regexp.MustCompile(`^[A-Za-z0-9.-]+(?::\d+)?(?:[?#].*)?$`)

// isWWW reports whether an address is that of a site without its https://, and
// not the name of a file.
func isWWW(dest string) bool {
	if len(dest) < 4 || !strings.EqualFold(dest[:4], "www.") {
		return false
	}
	host, _, more := strings.Cut(dest, "/")
	if !wwwHost.MatchString(host) {
		return false
	}
	return strings.Count(host, ".") > 1 && (more || !isAddress("x."+host[strings.LastIndexByte(host, '.')+1:]))
}

const unsafeHint = "use a relative address or one that begins with https:, http:, mailto: or tel:"

func (w *walker) link(n *ast.Link, at place) {
	raw := n.Destination
	if bytes.Contains(raw, []byte("{{")) {
		if open := w.openIn(raw, max(n.Pos(), w.shift)); len(open) > 0 {
			w.openLink(n, open, at)
			return
		}
		raw = valueAnywhere.ReplaceAllFunc(raw, func(m []byte) []byte {
			v, ok := w.value(string(valueAnywhere.FindSubmatch(m)[1]), max(n.Pos(), w.shift))
			if !ok {
				return m
			}
			return []byte(v)
		})
	}
	if isWWW(string(raw)) {
		raw = append([]byte("https://"), raw...)
	}
	dest, external, wrong := address(raw)
	offset := w.offsetOf(n)
	parent := n.Parent()
	if cut := w.in.Cut[dest] && !external; wrong != "" || dest == "" || cut {
		switch {
		case cut:
		case dest == "":
			w.errorf(offset, "broken-link", "write where it leads", "a link has no address")
		default:
			w.errorf(offset, "unsafe-link", unsafeHint, "the address %s cannot be used: %s", diag.Quote(dest), wrong)
		}
		w.children(n, place{quiet: true, link: at.link})
		for c := n.FirstChild(); c != nil; c = n.FirstChild() {
			n.RemoveChild(n, c)
			parent.InsertBefore(parent, n, c)
		}
		parent.RemoveChild(parent, n)
		return
	}
	l := &linkNode{title: string(n.Title), link: -1}
	if external {
		l.href = dest
	} else {
		l.link = w.state.link(Link{Kind: LinkPage, Dest: dest, Pos: w.pos(offset)})
	}
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		n.RemoveChild(n, c)
		l.AppendChild(l, c)
	}
	parent.ReplaceChild(parent, n, l)
	if l.FirstChild() == nil {
		w.errorf(offset, "unread-link", "write its words between the brackets: [words]("+diag.Clean(dest)+")", "a link has no words, so that nobody sees it")
	}
	w.children(l, place{quiet: true, link: l})
}

func (w *walker) image(n *ast.Image) {
	dest, external, wrong := address(n.Destination)
	offset := w.offsetOf(n)
	parent := n.Parent()
	img := &imageNode{alt: strings.Join(strings.Fields(plainText(n, w.src)), " "), title: string(n.Title), link: -1}
	if img.alt == "" {
		w.errorf(offset, "missing-image-text", "write what it shows: ![what it shows](file.png)", "an image has no text in its place")
	}
	w.openBelow(n)
	w.plain.WriteString(img.alt)
	img.size = w.imageSize(n)
	switch {
	case wrong != "":
		w.errorf(offset, "unsafe-link", unsafeHint, "the address %s cannot be used: %s", diag.Quote(dest), wrong)
	case external:
		w.errorf(offset, "unsafe-link", "save the image beside the page", "an image from another host cannot be used: %s", diag.Quote(dest))
	case dest == "":
		w.errorf(offset, "missing-file", "write the image's file name", "an image has no address")
	default:
		img.link = w.state.link(Link{Kind: LinkImage, Dest: dest, Pos: w.pos(offset)})
		parent.ReplaceChild(parent, n, img)
		return
	}
	parent.RemoveChild(parent, n)
}

func (w *walker) autoLink(n *ast.AutoLink, at place) {
	label := string(n.Label(w.src))
	w.plain.WriteString(label)
	url := string(n.URL(w.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	if rest, ok := strings.CutPrefix(url, "http://"); ok && rest == label {
		url = "https://" + rest // www.example.org
	}
	dest, external, wrong := address([]byte(url))
	parent := n.Parent()
	text := ast.NewString([]byte(label))
	text.SetRaw(true)
	if wrong != "" || !external {
		w.errorf(w.offsetOf(n), "unsafe-link", unsafeHint, "the address %s cannot be used: %s", diag.Quote(dest), wrong)
		parent.ReplaceChild(parent, n, text)
		return
	}
	if at.link != nil {
		parent.ReplaceChild(parent, n, text)
		return
	}
	l := &linkNode{href: dest, link: -1}
	parent.ReplaceChild(parent, n, l)
	l.AppendChild(l, text)
}

// offsetOf returns a byte near the start of an inline node.
func (w *walker) offsetOf(n ast.Node) int {
	if p := n.Pos(); p >= w.shift {
		return p
	}
	for c := n.FirstChild(); c != nil; c = c.FirstChild() {
		if t, ok := c.(*ast.Text); ok {
			return t.Segment.Start
		}
	}
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Type() == ast.TypeBlock && p.Lines() != nil && p.Lines().Len() > 0 {
			return p.Lines().At(0).Start
		}
	}
	return w.shift
}
