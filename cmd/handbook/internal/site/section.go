package site

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/markdown"
)

func sectionType() PageType {
	return PageType{Name: "section", ownTitle: true, each: func(s *builder, l *pageList) {
		for _, sec := range s.book.Sections {
			l.add(sec.Path, sec.Title, func(f Frame) page { return s.section(f, sec) })
		}
	}}
}

// A SectionPage is handed to section.html.
type SectionPage struct {
	Frame
	Ready
	Section      *book.Section // for layouts of a handbook's own
	Number       string
	Name         string // number and title
	Summary      string
	Draft        bool
	VersionWords string // "version 2, in force since 1 January 2026"
	Citation     string

	site *builder
}

// Ready are the pieces that a section's page is made of, ready made because
// thousands of pages have them: those of the Frame; number, title and summary;
// how the section stands; facts and contents; the text; sources and tools; the
// pages before and after. A template that names one of them gets it from here
// and not from the method of the Frame with that name.
type Ready struct {
	Attributes, Article                         template.HTMLAttr
	Head, Masthead, Menu, Crumbs, Foot          template.HTML
	Opening, Banner, Rail, Body, After, Turning template.HTML
}

// A ContentsLine is a heading in the contents of a page.
type ContentsLine struct {
	ID, Number, Text string
	Below            Contents
}

// section makes the page of a section at its own address or at an old one. A
// refresh would lose what stands behind the #, so that a citation of a clause
// would lead to the top; the page itself, with a line that names the new
// address, does not.
func (s *builder) section(f Frame, sec *book.Section) *SectionPage {
	p := &SectionPage{
		Frame: f, Section: sec, site: s,
		Number: sec.Number, Name: sec.Name(), Summary: sec.Summary, Draft: sec.Draft, VersionWords: s.versionWords(sec),
	}
	p.WindowTitle = p.Name + " - " + s.handbook.Title
	p.Description = sec.Summary
	p.Citation = p.Name + ", " + p.VersionWords
	p.Running = p.Citation
	if p.Form = formLine(sec); p.Form != "" {
		p.Type = "form" // it is made for paper, and has the sheet for that
	}
	p.Way = Crumbs{{Href: p.Root + "index.html", Text: s.handbook.Title}}
	if sec.Part != nil {
		p.Way = append(p.Way, s.above(sec.Part, p.Root)...)
		p.Way = append(p.Way, *partLink(sec.Part, p.Root))
	}
	if f.Path != sec.Path {
		p.Moved, p.Canonical = p.Root+escapePath(sec.Path), ""
		if base := s.book.Config.BaseURL; base != "" {
			p.Canonical = base + escapePath(sec.Path)
		}
	}
	p.menu = s.menuOf(p.Root, sec)
	p.makeReady()
	return p
}

// place returns the place of the section in reading order.
func (p *SectionPage) place() int { return p.site.entry[p.Section].place }

// Standing says how the section stands.
func (p *SectionPage) Standing() Standing { return p.site.standingOf(p.Section, p.Root) }

// Facts are the rows of the box of facts.
func (p *SectionPage) Facts() Facts { return p.site.facts(p.Section, p.Root) }

// Sources are the laws and references that the section rests on.
func (p *SectionPage) Sources() Sources { return p.site.sources(p.Section, p.Root) }

// Contents are the headings of the text, if there are enough for a list.
func (p *SectionPage) Contents() Contents {
	if p.Section.Doc == nil {
		return nil
	}
	return contents(p.Section.Doc.Headings())
}

// Cards lead to the action cards on the page.
func (p *SectionPage) Cards() Links {
	var cards Links
	if p.Section.Doc != nil {
		for _, c := range p.Section.Doc.Cards {
			text := "Go to the steps"
			if c.Title != p.Section.Title {
				text += ": " + c.Title
			}
			cards = append(cards, Link{Href: "#" + c.ID, Text: text})
		}
	}
	return cards
}

// Tools lead to what can be done with the page: edit it, tell the owner.
func (p *SectionPage) Tools() Links {
	var tools Links
	if u := editURL(p.site.book.Config.Repository, p.Section.Source); u != "" {
		tools = append(tools, Link{Href: u, Text: "Edit this page"})
	}
	if u := tellOwner(p.Section); u != "" {
		tools = append(tools, Link{Href: u, Text: "Tell the owner"})
	}
	return tools
}

// Previous leads to the section before, or is nil.
func (p *SectionPage) Previous() *Link { return p.neighbour(-1) }

// Next leads to the section after, or is nil.
func (p *SectionPage) Next() *Link { return p.neighbour(1) }

func (p *SectionPage) neighbour(by int) *Link {
	if i := p.place() + by; i >= 0 && i < len(p.site.entries) {
		return sectionLink(p.site.entries[i].section, p.Root)
	}
	return nil
}

// facts returns the box of facts. What is not recorded is said, calmly.
func (s *builder) facts(sec *book.Section, root string) Facts {
	st := s.stand(sec)
	version := Fact{Term: "Version", Text: strconv.Itoa(max(1, sec.Version)) + inForce(sec, s.opt.Day)}
	if sec.Number != "" {
		version = Fact{Term: "Number, version", Text: sec.Number + ", version " + version.Text}
	}
	return Facts{
		{Term: "Status", Text: statusWord(st.status, sec.Unapproved()), Ages: st.ages, Status: string(st.status), Unapproved: sec.Unapproved()},
		version,
		{Term: "Last looked at", Text: lastReview(sec)},
		{Term: "Next review", Text: nextReview(sec, s.opt.Day)},
		{Term: "Approval", Text: approval(sec)},
		{Term: "Counsel", Text: s.counsel(sec)},
		{Term: "Owner", Text: ownerWords(sec.Owner)},
		{Term: "Who it is for", Text: audienceNames(sec.Audience)},
		{Term: "About", Text: areaNames(sec.Areas)},
		{Term: "Laws applied", HTML: s.lawLinks(sec.Laws, root)},
		{Term: "What changed", Text: sec.Change},
	}
}

// versionWords returns the end of a citation.
func (s *builder) versionWords(sec *book.Section) string {
	words := "version " + strconv.Itoa(max(1, sec.Version))
	if since := inForce(sec, s.opt.Day); since != noStart {
		words += since
	}
	return words
}

// sectionLink returns a plain link to a section.
func sectionLink(sec *book.Section, root string) *Link {
	return &Link{Href: root + escapePath(sec.Path), Text: sec.Name()}
}

// contents returns the headings of the two upper levels, if there are enough of
// them to be worth a list.
func contents(headings []markdown.Heading) Contents {
	if len(headings) < 2 {
		return nil
	}
	top := headings[0].Level
	for _, h := range headings {
		top = min(top, h.Level)
	}
	lines := make(Contents, 0, len(headings))
	for _, h := range headings {
		line := ContentsLine{ID: h.ID, Number: h.Number, Text: h.Text}
		switch n := len(lines); {
		case h.Level == top:
			lines = append(lines, line)
		case h.Level == top+1 && n > 0:
			lines[n-1].Below = append(lines[n-1].Below, line)
		}
	}
	if len(lines) == 1 && len(lines[0].Below) == 0 {
		return nil
	}
	return lines
}

// editURL returns the address at which a page's source can be edited in the
// repository, or "". GitLab has a way of its own; the others follow GitHub's.
func editURL(r book.Repository, source string) string {
	if r.URL == "" || source == "" {
		return ""
	}
	edit := "/edit/"
	if u, err := url.Parse(r.URL); err == nil && strings.Contains(u.Hostname(), "gitlab") {
		edit = "/-/edit/"
	}
	path := source
	if dir := strings.Trim(r.Path, "/"); dir != "" && dir != "." {
		path = dir + "/" + source
	}
	return strings.TrimSuffix(r.URL, "/") + edit + escapePath(firstOf(r.Branch, "main")+"/"+path)
}

// tellOwner returns the address of a message to the owner that names the section
// and its version, or "".
func tellOwner(sec *book.Section) string {
	if sec.Owner == nil || sec.Owner.Email == "" {
		return ""
	}
	subject := "About " + sec.Name() + ", version " + strconv.Itoa(max(1, sec.Version))
	return "mailto:" + url.PathEscape(sec.Owner.Email) + "?subject=" + url.PathEscape(subject)
}
