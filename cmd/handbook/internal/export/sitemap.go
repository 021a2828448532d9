package export

import (
	"bytes"
	"encoding/xml"
	"fmt"
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

// sitemaps gives sitemap.xml. A site with more pages than one map may have
// gets several, and sitemap.xml is their index.
func sitemaps(b *book.Book, day date.Date, pages []string) []file {
	pages = slices.Clone(pages)
	slices.Sort(pages)
	pages = slices.Compact(pages)
	if len(pages) <= maxPages {
		return []file{{"sitemap.xml", func() ([]byte, error) { return sitemap(b, day, pages) }}}
	}
	var index sitemapindex
	var files []file
	for chunk := range slices.Chunk(pages, maxPages) {
		path := fmt.Sprintf("sitemap-%d.xml", len(files)+1)
		files = append(files, file{path, func() ([]byte, error) { return sitemap(b, day, chunk) }})
		index.Maps = append(index.Maps, location{Loc: absolute(b, path)})
	}
	return append(files, file{"sitemap.xml", func() ([]byte, error) { return document(index) }})
}

// sitemap makes a site map of pages.
func sitemap(b *book.Book, day date.Date, pages []string) ([]byte, error) {
	dates := modified(b, day)
	var set urlset
	for _, p := range pages {
		set.Pages = append(set.Pages, location{absolute(b, p), dates[p].String()})
	}
	return document(set)
}

func document(v any) ([]byte, error) {
	p, err := xml.MarshalIndent(v, "", " ")
	if err != nil {
		return nil, err
	}
	return bytes.Join([][]byte{[]byte(xml.Header), p, []byte("\n")}, nil), nil
}

// modified gives by address the day on which a page last changed, where the
// book knows it. What lies after the day has not happened yet.
func modified(b *book.Book, day date.Date) map[string]date.Date {
	dates := make(map[string]date.Date)
	for _, s := range b.Sections {
		days := changeDays(s, day)
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
