package site

import (
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/staleness"
)

// A SectionPage is handed to section.html.
type SectionPage struct {
	Frame
	Turn
	Section      *book.Section // for layouts of a handbook's own
	Number       string
	Name         string // number and title
	Summary      string
	Cards        Links // to the action cards on the page
	Draft        bool
	VersionWords string // "version 2, in force since 1 January 2026"
	Citation     string
	Standing     Standing
	Banner       template.HTML // what Standing says, as a box
	Facts        Facts
	Contents     Contents
	Body         template.HTML
	Sources      Sources
	Tools        Links // edit this page, tell the owner

	// Ready made, because thousands of pages have them: number, title and
	// summary; facts and contents; sources and tools; the pages before and after.
	Opening, Rail, After, Turning template.HTML

	// What the Frame gives by methods, for the same reason.
	Attributes, Article                template.HTMLAttr
	Head, Masthead, Menu, Crumbs, Foot template.HTML
}

// A LawLink is a link to a law with its level: "federal", "state, Maryland".
type LawLink struct{ Href, Text, Level string }

// A ContentsLine is a heading in the contents of a page.
type ContentsLine struct {
	ID, Number, Text string
	Below            Contents
}

// A Source is a law or reference that a section rests on, as the register
// has it, with remarks that give no reason to doubt the section.
type Source struct {
	Href, Text, Detail string
	Notes              []string

	line string // of the list, once it is written; of one without notes
}

// section makes the page of a section.
func (s *builder) section(sec *book.Section) *SectionPage {
	p := &SectionPage{
		Frame: s.frame("section", sec.Path, sec.Title), Section: sec,
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
		p.Way = append(p.Way, *partLink(sec.Part, p.Root))
	}
	p.menu = s.menuOf(p.Root, sec)
	p.Standing = s.standingOf(sec, p.Root)
	p.Banner = p.Put(p.Standing)
	p.Facts = s.facts(sec, p.Root)
	if p.Body = p.body(sec.Doc); p.Body == "" {
		p.Body = "<p>This section has no text yet.</p>"
	}
	if sec.Doc != nil {
		p.Contents = contents(sec.Doc.Headings())
		for _, c := range sec.Doc.Cards {
			text := "Go to the steps"
			if c.Title != sec.Title {
				text += ": " + c.Title
			}
			p.Cards = append(p.Cards, Link{Href: "#" + c.ID, Text: text})
		}
	}
	p.Sources = s.sources(sec, p.Root)
	if u := editURL(s.book.Config.Repository, sec.Source); u != "" {
		p.Tools = append(p.Tools, Link{Href: u, Text: "Edit this page"})
	}
	if u := tellOwner(sec); u != "" {
		p.Tools = append(p.Tools, Link{Href: u, Text: "Tell the owner"})
	}
	i := s.place[sec]
	if i > 0 {
		p.Previous = sectionLink(s.book.Sections[i-1], p.Root)
	}
	if i+1 < len(s.book.Sections) {
		p.Next = sectionLink(s.book.Sections[i+1], p.Root)
	}
	p.Opening, p.Rail, p.After, p.Turning = p.opening(), p.rail(), p.after(), p.turning()
	p.Attributes, p.Menu, p.Crumbs, p.Article = p.Frame.Attributes(), p.Frame.Menu(), p.Frame.Crumbs(), p.article()
	p.Head, p.Masthead, p.Foot = p.piece(1<<10, p.Frame.Head), p.piece(1<<10, p.Frame.Masthead), p.piece(1<<9, p.Frame.Foot)
	return p
}

// piece puts a piece of the frame into the page.
func (p *SectionPage) piece(size int, draw func() (template.HTML, error)) template.HTML {
	return p.chunks.add(size, func(m *markup) error {
		html, err := draw()
		m.raw(string(html))
		return err
	})
}

// article gives the attributes of the article: what kind it is, and what a
// citation of it says.
func (p *SectionPage) article() template.HTMLAttr {
	var m markup
	m.grow(160)
	m.raw(`class="document railed`)
	if p.Form != "" {
		m.raw(" form")
	}
	m.raw(`"`)
	m.attr("data-citation", p.Name)
	m.attr("data-version", p.VersionWords)
	return template.HTMLAttr(m.html())
}

// opening gives the head of the page: number, title and summary. Somebody in
// trouble who comes for an action card must not have to look for it below the
// box of facts, so the first thing after the title leads there.
func (p *SectionPage) opening() template.HTML {
	return p.chunks.add(512, func(m *markup) error {
		m.opening(p.Number, p.Title, p.Summary, p.Cards)
		if p.Draft {
			m.raw("\n", `<div class="banner" data-status="future"><p class="banner-title">Draft. This text is not in force.</p></div>`)
		}
		return nil
	})
}

// rail gives what stands beside the text: the facts and the contents.
func (p *SectionPage) rail() template.HTML {
	return p.chunks.add(1<<10+160*len(p.Contents), func(m *markup) error {
		m.raw(`<div class="rail">`, "\n")
		p.Facts.write(m)
		if len(p.Contents) > 0 {
			m.raw("\n", `<nav class="contents" aria-labelledby="_page-contents">`, "\n",
				`<p class="contents-title" id="_page-contents">On this page</p>`, "\n")
			p.Contents.write(m)
			m.raw("\n</nav>")
		}
		m.raw("\n</div>")
		return nil
	})
}

// after gives what follows the text: what it is a form for, what it rests on,
// how to cite it, and what can be done with it.
func (p *SectionPage) after() template.HTML {
	return p.chunks.add(512+192*len(p.Sources), func(m *markup) error {
		if p.Form != "" {
			m.raw(`<p class="quiet">`)
			m.text(p.Form)
			m.raw("</p>\n")
		}
		m.raw(`<footer class="after">`, "\n")
		if len(p.Sources) > 0 {
			m.raw(`<section class="sources">`, "\n", `<h2 id="_page-sources">What this section rests on</h2>`, "\n", `<ul class="plain">`, "\n")
			p.Sources.write(m)
			m.raw("</ul>\n</section>\n")
		}
		m.raw(`<p class="cite-line">Cite as: <span class="citation">`)
		m.text(p.Citation)
		m.raw("</span></p>\n", `<ul class="tools">`, "\n")
		p.Tools.write(m)
		m.raw(`<li data-script hidden><button class="button" type="button" data-print>Print this section</button></li>`, "\n</ul>\n</footer>")
		return nil
	})
}

// turning gives the links to the sections before and after.
func (p *SectionPage) turning() template.HTML {
	if p.Previous == nil && p.Next == nil {
		return ""
	}
	return p.Put(p.Turn)
}

// facts gives the box of facts. What is not recorded is said, calmly.
func (s *builder) facts(sec *book.Section, root string) Facts {
	st := s.stand(sec)
	version := Fact{Term: "Version", Text: strconv.Itoa(max(1, sec.Version)) + ", " + inForce(sec, s.opt.Day)}
	if sec.Number != "" {
		version = Fact{Term: "Number, version", Text: sec.Number + ", version " + version.Text}
	}
	named, laws := sec.Laws, LawLinks{}
	if len(named) > lawsInFacts+1 {
		named, laws.More = named[:lawsInFacts], len(named)-lawsInFacts
	}
	for _, l := range named {
		laws.List = append(laws.List, LawLink{root + escapePath(l.Path), l.Short, s.levels[l].short})
	}
	return Facts{
		{Term: "Status", Text: statusWord(st.status, unapproved(sec)), Ages: st.ages, Status: string(st.status), Unapproved: unapproved(sec)},
		version,
		{Term: "Last looked at", Text: lastReview(sec)},
		{Term: "Next review", Text: nextReview(sec, s.opt.Day)},
		{Term: "Approval", Text: approval(sec.Approved)},
		{Term: "Counsel", Text: counsel(sec.Counsel)},
		{Term: "Owner", Text: ownerWords(sec.Owner)},
		{Term: "Who it is for", Text: audienceNames(sec.Audience)},
		{Term: "About", Text: areaNames(sec.Areas)},
		{Term: "Laws applied", HTML: laws.HTML()},
		{Term: "What changed", Text: sec.Change},
	}
}

// versionWords gives the end of a citation.
func (s *builder) versionWords(sec *book.Section) string {
	words := "version " + strconv.Itoa(max(1, sec.Version))
	if !sec.InForceSince().IsZero() {
		words += ", " + inForce(sec, s.opt.Day)
	}
	return words
}

// sectionLink gives a plain link to a section.
func sectionLink(sec *book.Section, root string) *Link {
	return &Link{Href: root + escapePath(sec.Path), Text: sec.Name()}
}

// contents gives the headings of the two upper levels, if there are enough of
// them to be worth a list.
func contents(headings []markdown.Heading) Contents {
	if len(headings) < 2 {
		return nil
	}
	top := headings[0].Level
	for _, h := range headings {
		top = min(top, h.Level)
	}
	var lines Contents
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

// sources lists the laws and references of a section.
func (s *builder) sources(sec *book.Section, root string) Sources {
	if len(sec.Laws)+len(sec.References) == 0 {
		return nil
	}
	var notes map[string][]string
	for _, n := range staleness.Notes(sec) {
		if notes == nil {
			notes = map[string][]string{}
		}
		text := n.Text
		if !n.Since.IsZero() && !strings.Contains(text, n.Since.Long()) {
			text += " (" + n.Since.Long() + ")"
		}
		notes[n.Because] = append(notes[n.Because], text)
	}
	out, drawn := make(Sources, 0, len(sec.Laws)+len(sec.References)), s.drawn(root)
	add := func(key any, id string, source func() Source) {
		known, ok := drawn.sources.Load(key)
		if !ok {
			src := source()
			var m markup
			src.write(&m)
			src.line = string(m.b)
			known, _ = drawn.sources.LoadOrStore(key, &src)
		}
		src := *known.(*Source)
		if src.Notes = notes[id]; src.Notes != nil {
			src.line = ""
		}
		out = append(out, src)
	}
	for _, l := range sec.Laws {
		add(l, l.ID, func() Source {
			return Source{Href: root + escapePath(l.Path), Text: l.Short, Detail: details(l.Citation, s.levels[l].inList)}
		})
	}
	for _, r := range sec.References {
		add(r, r.ID, func() Source {
			return Source{Href: root + escapePath(r.Path), Text: r.Title, Detail: details(r.Publisher, r.Year)}
		})
	}
	return out
}

// details joins what is known with commas.
func details(parts ...string) string {
	var known []string
	for _, p := range parts {
		if p != "" {
			known = append(known, p)
		}
	}
	return strings.Join(known, ", ")
}

// editURL gives the address at which a page's source can be edited in the
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

// tellOwner gives the address of a message to the owner that names the section
// and its version, or "".
func tellOwner(sec *book.Section) string {
	if sec.Owner == nil || sec.Owner.Email == "" {
		return ""
	}
	subject := "About " + sec.Name() + ", version " + strconv.Itoa(max(1, sec.Version))
	return "mailto:" + url.PathEscape(sec.Owner.Email) + "?subject=" + url.PathEscape(subject)
}
