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
}

// section makes the page of a section.
func (s *builder) section(sec *book.Section) SectionPage {
	p := SectionPage{
		Frame: s.frame("section", sec.Path, sec.Title), Section: sec,
		Number: sec.Number, Name: sec.Name(), Summary: sec.Summary, Draft: sec.Draft, VersionWords: s.versionWords(sec),
	}
	p.WindowTitle = p.Name + " - " + s.handbook.Title
	p.Description = sec.Summary
	p.Citation = p.Name + ", " + p.VersionWords
	p.Running, p.Form = p.Citation, formLine(sec)
	p.Way = Crumbs{{Href: p.Root + "index.html", Text: s.handbook.Title}}
	if sec.Part != nil {
		p.Way = append(p.Way, *partLink(sec.Part, p.Root))
	}
	p.menu = s.menuOf(p.Root, sec)
	p.Standing = s.standingOf(sec, p.Root)
	p.Banner = p.chunks.add(700+p.Standing.Reasons.size, func(m *markup) error { p.Standing.write(m); return nil })
	p.Facts = s.facts(sec, p.Root)
	if p.Body = p.body(sec.Doc); p.Body == "" {
		p.Body = "<p>This section has no text yet.</p>"
	}
	if sec.Doc != nil {
		p.Contents = contents(sec.Doc.Headings())
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
	return p
}

// Opening gives the head of the page: number, title and summary.
func (p SectionPage) Opening() template.HTML {
	var m markup
	m.opening(p.Number, p.Title, p.Summary)
	return m.html()
}

// facts gives the box of facts. What is not recorded is said, calmly.
func (s *builder) facts(sec *book.Section, root string) Facts {
	st := s.stand(sec)
	version := Fact{Term: "Version", Text: strconv.Itoa(max(1, sec.Version)) + ", " + inForce(sec, s.opt.Day)}
	if sec.Number != "" {
		version = Fact{Term: "Number, version", Text: sec.Number + ", version " + version.Text}
	}
	laws := make(LawLinks, len(sec.Laws))
	for i, l := range sec.Laws {
		laws[i] = LawLink{root + escapePath(l.Path), l.Short, s.levels[l].short}
	}
	return Facts{
		{Term: "Status", Text: statusWord(st.status), Ages: st.ages, Status: string(st.status)},
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
	out := make(Sources, 0, len(sec.Laws)+len(sec.References))
	for _, l := range sec.Laws {
		out = append(out, Source{root + escapePath(l.Path), l.Short, details(l.Citation, s.levels[l].inList), notes[l.ID]})
	}
	for _, r := range sec.References {
		out = append(out, Source{root + escapePath(r.Path), r.Title, details(r.Publisher, r.Year), notes[r.ID]})
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
