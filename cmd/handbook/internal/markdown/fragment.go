package markdown

import "io"

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

// Write writes the HTML, asking href for the text of each internal link,
// already escaped for a double-quoted attribute.
func (f Fragment) Write(w io.Writer, href func(Target) string) error {
	for i, p := range f.Pieces {
		if _, err := w.Write(p); err != nil {
			return err
		}
		if i < len(f.Links) {
			if _, err := io.WriteString(w, href(f.Links[i])); err != nil {
				return err
			}
		}
	}
	return nil
}
