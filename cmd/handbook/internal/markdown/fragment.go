package markdown

// A Target is what an internal link points to: a page of the site by its
// address (slash-separated, relative to the site's root, such as
// "phones/texting.html") and, if any, an element of it by its id. A Target
// with a URL points out of the site, and Path and ID are empty.
type Target struct {
	Path string
	ID   string
	URL  string
}

// A Fragment is rendered HTML whose internal links are still open, because a
// link's text depends on the page that it stands in: links are relative, and
// in print.html they stay within the page.
//
// HTML is cut into len(Links)+1 pieces; link i stands between piece i and
// piece i+1. A piece ends just inside the opening quote of an href or src
// attribute and the next begins at its closing quote.
type Fragment struct {
	Pieces [][]byte
	Links  []Target
}

// Append appends the HTML, and lets href append the text of each internal link,
// escaped for a double-quoted attribute.
func (f Fragment) Append(dst []byte, href func(dst []byte, t Target) []byte) []byte {
	for i, p := range f.Pieces {
		dst = append(dst, p...)
		if i < len(f.Links) {
			dst = href(dst, f.Links[i])
		}
	}
	return dst
}
