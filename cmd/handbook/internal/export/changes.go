package export

import (
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/source"

	"github.com/gorilla/feeds"
)

// MaxEntries is the largest number of entries in changes.atom. Readers poll
// the whole feed, and what is older stands in the pages.
const MaxEntries = 200

// A change is a day on which something happened to a section.
type change struct {
	day     date.Date
	section *book.Section
}

// changeDays appends the days up to a day on which something happened to a
// section, in order.
func changeDays(dst []date.Date, s *book.Section, until date.Date) []date.Date {
	days := append(dst, s.Drafted, s.Effective, s.Withdrawn)
	for i := range s.Approvals {
		days = append(days, s.Approvals[i].On)
	}
	for i := range s.Reviews {
		days = append(days, s.Reviews[i].On)
	}
	days = slices.DeleteFunc(days, func(d date.Date) bool { return d.IsZero() || d.After(until) })
	slices.SortFunc(days, date.Date.Compare)
	return slices.Compact(days)
}

// newest returns the changes up to a day, the newest first, and [MaxEntries] at
// most. Those of one day are in reading order.
func newest(b *book.Book, until date.Date) []change {
	var all []change
	var last date.Date // what is not after it comes too late in the feed
	cut := func() {
		slices.SortStableFunc(all, func(a, b change) int { return b.day.Compare(a.day) })
		if len(all) >= MaxEntries {
			all = all[:MaxEntries]
			last = all[MaxEntries-1].day
		}
	}
	var days []date.Date
	for _, s := range b.Sections {
		days = changeDays(days[:0], s, until)
		for _, on := range days {
			if on.After(last) {
				all = append(all, change{on, s})
			}
		}
		if len(all) >= 4*MaxEntries {
			cut()
		}
	}
	cut()
	return all
}

// describe says what happened: in a word or two each, for a title, and in
// sentences.
func (c change) describe(l *lang.Language) (words, sentences []string) {
	s := c.section
	add := func(on date.Date, word string, sentence func() string) {
		if on != c.day {
			return
		}
		if word != "" {
			if word = l.T("feed-word-" + word); !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
		sentences = append(sentences, sentence())
	}
	add(s.Drafted, "drafted", func() string { return l.T("feed-drafted", "day", s.Drafted) })
	approved, standing := s.Approved()
	for i := range s.Approvals {
		a := &s.Approvals[i]
		add(a.On, "approved", func() string {
			what := "day"
			switch {
			case a == approved && standing == book.TextChanged:
				what = "changed"
			case a == approved && standing == book.Approved && !s.Effective.IsZero():
				what = "effective"
			}
			name := "feed-approved-" + what
			if a.Version > 0 && (len(s.Approvals) > 1 || standing != book.Approved) {
				name = "feed-approved-version-" + what
			}
			return l.T(name, "version", strconv.Itoa(a.Version), "day", a.On, "by", by(l, a.By), "effective", s.Effective)
		})
	}
	change := source.OneLine(s.Change)
	switch {
	case standing == book.Approved:
		add(s.Effective, "in-force", func() string { return l.T("feed-in-force", "day", s.Effective) })
		if change != "" {
			add(s.InForceSince(), "", func() string { return l.T("feed-version", "version", strconv.Itoa(s.Version), "change", change) })
		}
	case standing == book.TextChanged:
		// The approval says so itself, and nothing that is claimed holds.
	case !s.Effective.IsZero():
		add(s.Effective, "proposed", func() string { return proposed(l, s, "feed-proposed-effective", change) })
	case approved != nil && (change != "" || standing == book.OtherApproved):
		// Nothing says on which day it was proposed, so it stands where readers
		// would take it for approved.
		add(approved.On, "proposed", func() string { return proposed(l, s, "feed-proposed", change) })
	}
	for _, r := range s.Reviews {
		add(r.On, "reviewed", func() string {
			name := "feed-reviewed"
			switch r.Outcome {
			case "no-change", "editorial", "substantive":
				name = "feed-reviewed-" + r.Outcome
			}
			return l.T(name, "day", r.On, "by", by(l, r.By))
		})
	}
	add(s.Withdrawn, "withdrawn", func() string {
		if s.SupersededBy != nil {
			return l.T("reason-withdrawn-superseded", "day", s.Withdrawn, "other", source.OneLine(s.SupersededBy.Name()))
		}
		return l.T("reason-withdrawn", "day", s.Withdrawn)
	})
	return words, sentences
}

// proposed says that a version is not approved, and what it would change.
func proposed(l *lang.Language, s *book.Section, message, change string) string {
	text := l.T(message, "version", strconv.Itoa(max(1, s.Version)), "effective", s.Effective)
	if change != "" {
		text += " " + change
	}
	return text
}

// by returns who did something, to follow the day, or "" for nobody.
func by(l *lang.Language, name string) string {
	if name = source.OneLine(name); name == "" {
		return ""
	}
	return l.T("feed-by", "by", name)
}

// A feed is the root of an Atom document. The library's own root has room for
// one link only, and a feed needs two: to itself and to its page.
type feed struct {
	XMLName xml.Name           `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string             `xml:"xml:lang,attr,omitempty"`
	Title   string             `xml:"title"`
	ID      string             `xml:"id"`
	Updated string             `xml:"updated"`
	Links   []feeds.AtomLink   `xml:"link"`
	Author  *feeds.AtomAuthor  `xml:"author"`
	Entries []*feeds.AtomEntry `xml:"entry"`
}

// FeedXml makes feed one of the library's documents.
func (f *feed) FeedXml() any { return f }

// changes writes changes.atom.
func changes(w io.Writer, b *book.Book, l *lang.Language, day date.Date) error {
	all := newest(b, day)
	link := func(path string) string {
		if url := absolute(b, path); url != "" {
			return url
		}
		return relative(path)
	}
	author := source.OneLine(b.Config.Agency["name"])
	if author == "" {
		author = title(b, l)
	}
	key := identity(b)
	f := &feed{
		Lang: b.Config.Language, Title: l.T("feed-title", "title", title(b, l)), ID: urn(key, "feed"), Updated: midnight(day),
		Links: []feeds.AtomLink{
			{Href: link("changes.atom"), Rel: "self", Type: "application/atom+xml"},
			{Href: link("index.html"), Rel: "alternate", Type: "text/html"},
		},
		Author: &feeds.AtomAuthor{AtomPerson: feeds.AtomPerson{Name: author}},
	}
	if len(all) > 0 {
		f.Updated = midnight(all[0].day)
	}
	for _, c := range all {
		words, sentences := c.describe(l)
		f.Entries = append(f.Entries, &feeds.AtomEntry{
			Title:   source.OneLine(c.section.Name()) + ": " + strings.Join(words, ", "),
			Updated: midnight(c.day),
			Id:      urn(key, "section", c.section.ID, c.day.String()),
			Content: &feeds.AtomContent{Content: strings.Join(sentences, "\n"), Type: "text"},
			Links:   []feeds.AtomLink{{Href: link(c.section.Path), Rel: "alternate", Type: "text/html"}},
		})
	}
	if err := feeds.WriteXML(f, w); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// urn returns an id that is always the same for the same words: a UUID of
// version 8 (RFC 9562) made from their SHA-256. It names no host, so that it
// stays when the site moves.
func urn(words ...string) string {
	u := sha256.Sum256([]byte(strings.Join(words, "\x00")))
	u[6] = u[6]&0x0f | 0x80
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[0:4], u[4:6], u[6:8], u[8:10], u[10:16])
}
