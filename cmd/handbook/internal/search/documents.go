package search

import (
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/source"
)

// A page is a page of the site that holds documents.
type page struct {
	path      string
	name      string // as results name it: "2.3 Texting with clients"
	kind      string // "" for a section, else a word that says what it is
	standing  Standing
	withdrawn date.Date
	first     int // its first document
	section   *book.Section
	laws      []*book.Law
}

// A document is what a result is: the text below one heading.
type document struct {
	anchor  string
	heading string // "" for that of the page
	title   string // what is indexed as heading
	text    string
	page    *field // the page's title, or nil if it is that of this document
	above   *field // the heading above, if it has one
	also    []*field
	weight  float32
	given   bool // a rule: nothing but its id is indexed, because the text is in another document
	aside   bool // of a page that only leads to sections, and comes after them
	stale   bool // of a section that is out of date, and comes after others
}

// A field is a text that is indexed beside a document's own.
type field struct {
	text   string
	weight float32
	forms  bool    // text is a list of forms, and not to be cut
	shared bool    // it stands beside many documents
	name   bool    // of a term, whose other names stand beside it
	cut    bool    // list is known
	list   []int32 // its forms
}

// The weights of the fields. What stands in a text counts at most maxText, so
// that a word in a heading is worth more than any number of mentions.
const (
	weightTitle   = 6
	weightHeading = 4
	maxText       = 3
	asideShare    = 0.75 // of the impact that the same words would have in a section
	staleShare    = 0.85 // of the impact that the same words would have in a section in date
)

// A gatherer makes the documents of a book.
type gatherer struct {
	book  *book.Book
	opt   Options
	t     tokenizer
	pages []page
	docs  []document
	cited map[*book.Law]*lawForms
	names map[string]*field // what stands beside many documents
}

// A lawForms is how a law is cited.
type lawForms struct {
	list *field // the forms, for those who apply it
	name *field // the name that it goes by, likewise
	code string // "45 CFR", for a citation with a locator
}

// shown returns a text as results show it: in a language that is written from
// right to left, with marks around what is not.
func (g *gatherer) shown(text string) string {
	if g.book.Config.Direction() == "rtl" {
		return source.Isolate(text)
	}
	return text
}

// gather makes the documents: those of the pages in reading order, then laws,
// references and terms.
func (g *gatherer) gather() {
	b := g.book
	if g.opt.Language == nil {
		g.opt.Language = lang.For(b.Config.Language)
	}
	g.cited, g.names = map[*book.Law]*lawForms{}, map[string]*field{}
	for _, l := range b.Laws {
		f := &lawForms{list: &field{text: strings.Join(g.t.spread(l.Citation), " "), weight: .5, forms: true, shared: true}, name: g.shared(l.Short)}
		for _, code := range []string{"CFR", "U.S.C."} {
			if i := strings.Index(l.Citation, " "+code); i > 0 && f.code == "" {
				f.code = l.Citation[strings.LastIndexAny(l.Citation[:i], " ;(")+1:i] + " " + code
			}
		}
		g.cited[l] = f
	}
	if b.Home != nil {
		g.page(page{path: "index.html", name: b.Config.Title, kind: g.opt.Language.T("kind-home")})
		g.plain(b.Home, b.Config.Title)
	}
	var part *book.Part
	for _, s := range b.Sections {
		if s.Part != nil && s.Part != part {
			part = s.Part
			name := strings.TrimSpace(part.Number + " " + part.Title)
			g.page(page{path: part.Path, name: name, kind: g.opt.Language.T("kind-part")})
			index := part.Index
			if index == nil {
				index = &book.Page{Summary: part.Summary}
			}
			g.plain(index, part.Title, &field{text: part.Number, weight: weightTitle})
		}
		g.section(s)
	}
	g.registers()
}

// shared returns the field of a name that stands beside many documents.
func (g *gatherer) shared(name string) *field {
	m := g.names[name]
	if m == nil {
		m = &field{text: name, weight: .5, shared: true}
		g.names[name] = m
	}
	return m
}

// page begins a page.
func (g *gatherer) page(p page) {
	p.first = len(g.docs)
	g.pages = append(g.pages, p)
}

// plain adds the documents of a page that is no section.
func (g *gatherer) plain(p *book.Page, title string, also ...*field) {
	g.body(p.Doc, title, p.Summary, also)
}

// body adds a document for the page's beginning and one for each heading. It
// gives the place of the first, and the headings.
func (g *gatherer) body(doc *markdown.Doc, title, summary string, also []*field) []markdown.Heading {
	aside := g.pages[len(g.pages)-1].section == nil
	first := document{title: title, weight: weightTitle, text: summary, also: also, aside: aside}
	if doc == nil {
		g.docs = append(g.docs, first)
		return nil
	}
	blocks := doc.Blocks()
	if first.text != "" && blocks[0] != "" {
		first.text += "\n"
	}
	first.text += blocks[0]
	g.docs = append(g.docs, first)
	headings := doc.Headings()
	page := &field{text: title, weight: 1, shared: true}
	var above *field
	for i, h := range headings {
		d := document{anchor: h.ID, heading: h.Text, title: h.Text, weight: weightHeading, page: page, text: blocks[i+1], aside: aside}
		switch {
		case h.Level > 2 && above != nil && above.text != "":
			d.above = above
		case i+1 < len(headings) && headings[i+1].Level > 2: // it has one below it
			above = &field{text: h.Text, weight: 1, shared: true}
		}
		g.docs = append(g.docs, d)
	}
	return headings
}

func (g *gatherer) section(s *book.Section) {
	p := page{path: s.Path, name: s.Name(), section: s, laws: s.Laws, withdrawn: s.Withdrawn}
	if g.opt.Standing != nil {
		p.standing = g.opt.Standing(s)
	}
	g.page(p)
	start := len(g.docs)
	also := make([]*field, 0, 3+2*len(s.Laws)+2*len(s.References)+len(s.Areas)+len(s.Audience)+len(s.Aliases)+len(s.Also))
	also = append(also, &field{text: s.ID, weight: 1})
	if s.Number != "" {
		also = append(also, &field{text: s.Number + " s" + s.Number, weight: weightTitle, forms: true})
	}
	for _, l := range s.Laws {
		also = append(also, g.cited[l].list, g.cited[l].name)
	}
	for _, r := range s.References {
		also = append(also, g.shared(r.Title))
		for _, name := range r.AlsoCalled {
			also = append(also, g.shared(name))
		}
	}
	for _, a := range s.Areas {
		also = append(also, g.shared(a.Name))
	}
	for _, a := range s.Audience {
		also = append(also, g.shared(a.Name))
	}
	for _, a := range s.Also {
		also = append(also, &field{text: a, weight: weightHeading})
	}
	for _, a := range s.Aliases {
		also = append(also, &field{text: strings.TrimSuffix(a[strings.LastIndexByte(a, '/')+1:], ".html"), weight: .5})
	}
	headings := g.body(s.Doc, s.Title, s.Summary, also)
	if s.Doc != nil {
		for _, c := range s.Doc.Citations {
			l := g.book.Law(c.ID)
			if l == nil || c.Locator == "" || g.cited[l].code == "" {
				continue
			}
			// "HIPAA Privacy Rule, 164.530(e)" is a citation of 45 CFR 164.530(e).
			d := &g.docs[start+below(headings, c.Pos.Line)]
			d.also = append(d.also, &field{text: g.cited[l].code + " " + c.Locator, weight: 1})
		}
	}
	for _, r := range s.Rules {
		g.docs = append(g.docs, document{anchor: r.ID, heading: g.opt.Language.T("rule-heading", "id", r.ID), text: r.Text, given: true})
	}
	if p.standing.stale() {
		for i := start; i < len(g.docs); i++ {
			g.docs[i].stale = true
		}
	}
}

// below returns which document of a page a line is in: 0 before the first
// heading.
func below(headings []markdown.Heading, line int) int {
	n := 0
	for n < len(headings) && headings[n].Line <= line {
		n++
	}
	return n
}

// registers adds laws, references and terms.
func (g *gatherer) registers() {
	for _, l := range g.book.Laws {
		g.page(page{path: l.Path, name: l.Short, kind: g.opt.Language.T("kind-law"), laws: []*book.Law{l}})
		also := []*field{{text: l.Citation, weight: weightHeading}, {text: g.cited[l].list.text, weight: weightTitle, forms: true}}
		if l.Title != l.Short {
			also = append(also, &field{text: l.Title, weight: weightHeading})
		}
		g.docs = append(g.docs, document{title: l.Short, weight: weightTitle, text: lines(l.Title, l.Citation, l.Governs), also: also, aside: true})
	}
	for _, r := range g.book.References {
		g.page(page{path: r.Path, name: r.Title, kind: g.opt.Language.T("kind-reference")})
		also := []*field{{text: r.Publisher, weight: weightHeading}}
		for _, name := range r.AlsoCalled {
			also = append(also, &field{text: name, weight: weightTitle})
		}
		text := lines(strings.Join(r.AlsoCalled, "; "), strings.TrimSpace(r.Publisher+" "+r.Year), r.About)
		g.docs = append(g.docs, document{title: r.Title, weight: weightTitle, text: text, also: also, aside: true})
	}
	if len(g.book.Terms) > 0 {
		g.page(page{path: "terms.html", name: g.opt.Language.T("kind-terms"), kind: g.opt.Language.T("kind-terms-about")})
	}
	for _, t := range g.book.Terms {
		d := document{anchor: book.TermAnchor(t), heading: t.Term, title: t.Term, weight: weightTitle, text: lines(strings.Join(t.Also, ", "), t.Definition, t.Source), aside: true}
		for _, name := range t.Also {
			d.also = append(d.also, &field{text: name, weight: weightTitle, name: true})
		}
		g.docs = append(g.docs, d)
	}
}

// lines joins texts that are not empty.
func lines(texts ...string) string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return strings.Join(out, "\n")
}
