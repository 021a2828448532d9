package site

import (
	"html/template"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/search"
)

// A Handbook is what every page says in the same way.
type Handbook struct {
	Title     string
	Agency    string // its name, unless the title says it already
	Email     string
	Phone     string
	Language  string // BCP 47
	Direction string // "rtl", or "" for left to right
	Day       date.Date
	Version   string
	Edition   string // whom it is for, as in "edition for clients", or "" for the whole handbook
	Feed      string // address from the root, or ""
	Wrong     string // address of the action cards from the root, or ""
	// Unapproved says how many sections nobody has approved, or "".
	Unapproved string
	Search     string // the folder of the search index from the root, or "" without a search
	Assets     Assets
	Book       *book.Book // for layouts of a handbook's own

	lang *lang.Language
}

// A Frame is what base.html draws around every page.
type Frame struct {
	Handbook    *Handbook
	Type        string // of the page: the name of its template, or form for a section that is one
	Title       string
	WindowTitle string
	Description string
	Root        string // what leads from the page to the root of the site: "", "../"
	Path        string // the page's address from the root
	Canonical   string // the page's full address, or ""
	Running     string // what stands at the head of each printed sheet
	Form        string // what stands at the foot of each sheet of a form; "" for what is none
	Way         []Link // down to the page
	Moved       string // what leads to the page's own address, for the copy of it at an old one; else ""

	chunks *chunks
	menu   func(*markup) error
	draw   func(name string, data Shared) (template.HTML, error)
}

// A Shared is handed to the pieces of base.html that are the same on all pages
// of a type in folders of one depth.
type Shared struct {
	Handbook   *Handbook
	Type, Root string
}

// Shared draws a piece that this page shares with others; it is drawn once for
// all of them.
func (f Frame) Shared(name string) (template.HTML, error) {
	if f.draw == nil {
		return "", nil
	}
	return f.draw(name, Shared{f.Handbook, f.Type, f.Root})
}

// Masthead returns what stands above the menu.
func (f Frame) Masthead() (template.HTML, error) { return f.Shared("masthead") }

// Foot returns what stands below the text.
func (f Frame) Foot() (template.HTML, error) { return f.Shared("foot") }

// parts returns the parts of the page that are no business of its template.
func (f Frame) parts() *chunks { return f.chunks }

// Menu draws the menu beside the page.
func (f Frame) Menu() template.HTML {
	if f.menu == nil {
		return ""
	}
	return f.chunks.add(f.menu)
}

// A Link is a text with an address as it is from the page it stands in.
type Link struct {
	Href, Text string
	Current    string // "page" for the page itself, "true" for what it belongs to, else ""
	Detail     string // what else there is to say, or ""
}

// Links are links in a list, each with what else there is to say.
type Links []Link

// describe gathers what all pages share.
func (s *builder) describe(a Assets) *Handbook {
	c := s.book.Config
	h := &Handbook{
		Title: c.Title, Agency: c.Agency["name"], Email: c.Agency["email"], Phone: c.Agency["phone"],
		Language: c.Language, Direction: c.Direction(),
		Day: s.opt.Day, Version: s.opt.Version, Assets: a, Book: s.book, lang: s.lang,
		Unapproved: s.unapprovedCount(),
	}
	if h.Agency != "" && strings.Contains(h.Title, h.Agency) {
		h.Agency = ""
	}
	if e := s.book.Edition; e != nil {
		h.Edition = e.Name()
	}
	if wrongType().has(s) {
		h.Wrong = book.WrongPath
	}
	if s.searchable() {
		h.Search = search.Path(s.book)
	}
	if len(s.book.Sections) > 0 {
		h.Feed = "changes.atom"
	}
	return h
}

// frame begins a page. The menu and the crumbs are the page's own affair.
func (s *builder) frame(kind, path, title string) Frame {
	f := Frame{Handbook: s.handbook, Type: kind, Path: path, Title: title, WindowTitle: title,
		Root: strings.Repeat("../", strings.Count(path, "/")), chunks: new(chunks), draw: s.drawShared}
	if title != s.handbook.Title {
		f.WindowTitle += " - " + s.handbook.Title
	}
	f.Running = f.WindowTitle
	if base := s.book.Config.BaseURL; base != "" {
		f.Canonical = base + escapePath(strings.TrimSuffix(path, "index.html"))
	}
	return f
}
