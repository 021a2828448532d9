package export

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
)

// maxPages is the largest number of addresses that a site map may have.
const maxPages = 50000

type urlset struct {
	XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	Pages   []location `xml:"url"`
}

type sitemapindex struct {
	XMLName xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
	Maps    []location `xml:"sitemap"`
}

type location struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

// sitemaps returns sitemap.xml. A site with more pages than one map may have
// gets several, and sitemap.xml is their index.
func sitemaps(b *book.Book, day date.Date, pages []string) []file {
	pages = slices.Clone(pages)
	slices.Sort(pages)
	pages = slices.Compact(pages)
	if len(pages) <= maxPages {
		return []file{{"sitemap.xml", func(w io.Writer) error { return sitemap(w, b, day, pages) }}}
	}
	var index sitemapindex
	var files []file
	for chunk := range slices.Chunk(pages, maxPages) {
		path := fmt.Sprintf("sitemap-%d.xml", len(files)+1)
		files = append(files, file{path, func(w io.Writer) error { return sitemap(w, b, day, chunk) }})
		index.Maps = append(index.Maps, location{Loc: absolute(b, path)})
	}
	return append(files, file{"sitemap.xml", func(w io.Writer) error { return document(w, index) }})
}

// sitemap writes a site map of pages.
func sitemap(w io.Writer, b *book.Book, day date.Date, pages []string) error {
	dates := modified(b, day)
	var set urlset
	for _, p := range pages {
		set.Pages = append(set.Pages, location{absolute(b, p), dates[p].String()})
	}
	return document(w, set)
}

func document(w io.Writer, v any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	x := xml.NewEncoder(w)
	x.Indent("", " ")
	if err := x.Encode(v); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// modified returns by address the day on which a page last changed, where the
// book knows it. What lies after the day has not happened yet.
func modified(b *book.Book, day date.Date) map[string]date.Date {
	dates := make(map[string]date.Date)
	var days []date.Date
	for _, s := range b.Sections {
		days = changeDays(days[:0], s, day)
		if len(days) == 0 {
			continue
		}
		last := days[len(days)-1]
		dates[s.Path] = last
		if s.Part != nil {
			dates[s.Part.Path] = date.Max(dates[s.Part.Path], last)
		}
	}
	for _, l := range b.Laws {
		if !l.VerifiedOn.After(day) {
			dates[l.Path] = l.VerifiedOn
		}
	}
	for _, r := range b.References {
		if !r.VerifiedOn.After(day) {
			dates[r.Path] = r.VerifiedOn
		}
	}
	return dates
}
