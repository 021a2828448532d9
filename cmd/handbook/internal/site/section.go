package site

import (
	"cmp"
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
	if p.Form = s.formLine(sec); p.Form != "" {
		p.Type = "form" // it is made for paper, and has the sheet for that
	}
	p.Way = []Link{{Href: p.Root + "index.html", Text: s.handbook.Title}}
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
			text := p.site.lang.T("section-steps")
			if c.Title != p.Section.Title {
				text = p.site.lang.T("section-steps-of", "title", c.Title)
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
		tools = append(tools, Link{Href: u, Text: p.site.lang.T("edit-page")})
	}
	if u := p.site.tellOwner(p.Section); u != "" {
		tools = append(tools, Link{Href: u, Text: p.site.lang.T("tell-owner")})
	}
	return tools
}

// Previous leads to the section before, or is nil.
func (p *SectionPage) Previous() *Link { return p.turn().Previous }

// Next leads to the section after, or is nil.
func (p *SectionPage) Next() *Link { return p.turn().Next }

func (p *SectionPage) turn() Turn {
	return turn(p.site, p.site.entries, p.place(), func(e *entry) *Link { return sectionLink(e.section, p.Root) })
}

// facts returns the box of facts. What is not recorded is said, calmly.
func (s *builder) facts(sec *book.Section, root string) Facts {
	st := s.stand(sec)
	since, _ := s.inForce(sec)
	version := Fact{Term: s.lang.T("fact-version"), Text: details(strconv.Itoa(max(1, sec.Version)), since)}
	if sec.Number != "" {
		version = Fact{Term: s.lang.T("fact-number-version"), Text: details(sec.Number, s.version(sec), since)}
	}
	return Facts{
		{Term: s.lang.T("fact-status"), Text: s.statusWord(st.status, sec.Unapproved()), Ages: st.ages, Status: string(st.status), Unapproved: sec.Unapproved()},
		version,
		{Term: s.lang.T("fact-looked-at"), Text: s.lastReview(sec)},
		{Term: s.lang.T("fact-next-review"), Text: s.nextReview(sec)},
		{Term: s.lang.T("fact-approval"), Text: s.approval(sec)},
		{Term: s.lang.T("fact-counsel"), Text: s.counsel(sec)},
		{Term: s.lang.T("fact-owner"), Text: s.ownerWords(sec.Owner)},
		{Term: s.lang.T("fact-audience"), Text: audienceNames(sec.Audience)},
		{Term: s.lang.T("fact-areas"), Text: areaNames(sec.Areas)},
		{Term: s.lang.T("fact-laws"), HTML: s.lawLinks(sec.Laws, root)},
		{Term: s.lang.T("fact-change"), Text: sec.Change},
	}
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
	return strings.TrimSuffix(r.URL, "/") + edit + escapePath(cmp.Or(r.Branch, "main")+"/"+path)
}

// tellOwner returns the address of a message to the owner that names the section
// and its version, or "".
func (s *builder) tellOwner(sec *book.Section) string {
	if sec.Owner == nil || sec.Owner.Email == "" {
		return ""
	}
	subject := s.lang.T("mail-subject", "section", sec.Name(), "n", max(1, sec.Version))
	return "mailto:" + url.PathEscape(sec.Owner.Email) + "?subject=" + url.PathEscape(subject)
}
