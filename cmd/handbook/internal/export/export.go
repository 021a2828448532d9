// Package export writes a handbook in the forms that other programs read: a
// machine-readable register, a spreadsheet, calendars, a news feed and a site
// map. [Files] makes the files of a built site, and [Due] what the due command
// prints.
//
// An edition for people outside the staff ([book.Edition]) has no health.csv and
// no calendars, and its handbook.json says nothing of counsel.
//
// Everything is made from a Book and a day, and from nothing else: the same
// book on the same day gives the same bytes, whatever the clock, the time zone
// or the order of a map. Files are written when they are needed.
//
// # handbook.json
//
// The register, so that others can build on it. [Fields] lists its members with
// what each means, and "handbook schema handbook.json" prints the JSON Schema.
//
// Days are written YYYY-MM-DD. A day or a text that is not known is left out;
// lists are always there, and a member that names something else holds its id.
// Each section, law and reference stands on a line of its own, so that two
// editions can be compared by line.
//
// An edition ([book.Edition]) also has "edition", the ids of the audiences that
// it is for, and "shown": for each page, entry and file the marks of all texts
// that its readers are shown, ten hexadecimal digits of the SHA-256 of each.
// With them the next edition can be compared with this one ([Gains]).
//
// The first member, "schema", is the version of the form: [Schema]. What others
// can rely on: within a version members may be added, and kinds of reasons and
// states of sections, so a reader passes over those that it does not know. No
// member is taken away, gets another type or another meaning, and none that is
// required is left out, without the number being raised; and one release before
// that says so in its change log. A file without "schema" is from before the
// number, and otherwise of version 1.
//
// # health.csv
//
// RFC 4180, in UTF-8 with a byte order mark, without which spreadsheet
// programs misread letters such as é. One row for each reason of each section
// on the day, and one row with an empty reason for a section that has none. Each
// row of a section ends with what its places to fill in ask for.
//
// A spreadsheet takes a cell that begins with = + - @ for a formula and runs
// it. Cells that begin so (or with the full-width forms of these) get a single
// quote in front; line breaks, tabs and other control characters become spaces.
// Whoever wants the texts to the letter reads handbook.json.
//
// # reviews.ics, reviews/OWNER.ics
//
// RFC 5545: an all-day event for the next review of each section, and for the
// next sign-off by counsel where the handbook asks for it; the whole handbook
// in one calendar, and a calendar for each owner who has a section. The UID of
// an event depends on the handbook, the section and the work, and not on the
// day, so that an event moves when the section is reviewed, and DTSTAMP is the
// day of the last review. What has no day (a section without a date, a first
// sign-off by counsel) is not in the calendars; it is in health.csv and in what
// the due command prints.
//
// # changes.atom
//
// RFC 4287: an entry for each day on which a section was drafted, approved,
// reviewed or withdrawn, or came into force, newest first, up to the day of
// the build and [MaxEntries] at most. A version that is not approved is called
// proposed, on the day on which it is to take effect, else on that of the approval
// of another version. An entry's id is made from the title of
// the handbook, the section's id and the day; it survives a move of the site.
// Without a base_url links are relative to the feed.
//
// # sitemap.xml
//
// Only with a base_url, since the form allows only whole addresses. lastmod is
// given where the book knows an honest day: for a section the latest of its
// days, for a part the latest of its sections', for a law or reference the day
// on which it was verified.
package export

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/source"
	"handbook/cmd/handbook/internal/staleness"
)

// Options say of what the exports are made beside the Book.
type Options struct {
	Day   date.Date
	Zone  string   // the time zone that Day is the day of, or "" if that is not known
	Pages []string // the addresses of the site's pages that a search engine may list

	// Reasons gives the reasons of a section that hold on the day, for a site
	// that knows them already. Without it they are found out.
	Reasons func(*book.Section) []staleness.Reason

	Language *lang.Language // of the words in them; nil for that of the handbook
}

// Files adds every exported file of a handbook as it is on a day. Each file is
// given to add as a path and a function that writes it; the function writes the
// same bytes each time and may be called at any time, from any goroutine.
func Files(b *book.Book, opt Options, add func(path string, write func(w io.Writer) error) error) error {
	if b.Config == nil {
		with := *b
		with.Config = new(book.Config)
		b = &with
	}
	l := opt.Language
	if l == nil {
		l = lang.For(b.Config.Language)
	}
	reasons := reasonsOf(opt.Reasons)
	if reasons == nil {
		reasons = func(s *book.Section) []staleness.Reason { return staleness.Holding(staleness.All(b, s), opt.Day) }
	}
	files := []file{
		{".nojekyll", func(io.Writer) error { return nil }},
		{"handbook.json", func(w io.Writer) error { return register(w, b, l, opt.Day, opt.Zone, reasons) }},
		{"changes.atom", func(w io.Writer) error { return changes(w, b, l, opt.Day) }},
	}
	if !b.IsOutside() { // what is due, and by whom, is the staff's affair
		files = append(files, file{"health.csv", func(w io.Writer) error { return health(w, b, l, reasons) }})
		files = append(files, calendars(b, l, opt.Day)...)
	}
	if b.Config.BaseURL != "" {
		files = append(files, sitemaps(b, opt.Day, opt.Pages)...)
	}
	for _, f := range files {
		err := add(f.path, func(w io.Writer) error {
			buf := bufio.NewWriterSize(w, bufferSize)
			if err := f.write(buf); err != nil {
				return err
			}
			return buf.Flush()
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// bufferSize is how much is written at a time.
const bufferSize = 64 << 10

// reasonsOf gives the reasons of a section that hold on the day.
type reasonsOf func(*book.Section) []staleness.Reason

// A file is a path and what writes it.
type file struct {
	path  string
	write func(w io.Writer) error
}

// title returns the handbook's title, or a word that stands for it.
func title(b *book.Book, l *lang.Language) string {
	if t := source.OneLine(b.Config.Title); t != "" {
		return t
	}
	return l.T("handbook")
}

// identity is a short name of the handbook for ids that must differ between
// handbooks and stay when the site moves.
func identity(b *book.Book) string {
	sum := sha256.Sum256([]byte(b.Config.Title + "\x00" + b.Config.Agency["name"]))
	return hex.EncodeToString(sum[:8])
}

// relative returns a page's address as a link from the top of the site.
func relative(path string) string { return (&url.URL{Path: path}).EscapedPath() }

// absolute returns a page's whole address, or "" without a base_url.
func absolute(b *book.Book, path string) string {
	if b.Config.BaseURL == "" {
		return ""
	}
	return b.Config.BaseURL + relative(path)
}
