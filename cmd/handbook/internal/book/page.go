package book

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"io/fs"
	"strings"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/record"
	"handbook/cmd/handbook/internal/source"
)

// An entry is what the list of files says of a page.
type entry struct {
	source string
	index  bool
	dir    string // the folder that it belongs to
	named  string // what its number and its id are read from
	name   Name
}

// A page is one markdown file on its way to a Section, a Part's opening or
// the home page. Pages are read side by side, so each keeps its problems.
type page struct {
	entry
	ok        bool   // it could be read
	lost      bool   // but its text could not
	shows     string // how its text spells the words that may be acronyms
	id        string
	given     bool   // the id stands in the front matter
	qualified string // the id with its folder's before it, where another page has it too
	title     string
	titlePos  diag.Pos
	summary   string // for the readers of the Book
	words     words  // of summary:, for all readers
	doc       *markdown.Doc
	hash      string
	params    map[string]any
	section   *Section // nil for an index, and for a draft that is left out
	successor string   // the id in superseded_by
	formOf    string   // the id in form
	aliases   []string // of an index
	aliasPos  diag.Pos
	draft     draftUse          // what a draft that is left out names
	leftOut   string            // why the profile leaves it out, or ""
	barred    bool              // it is not for the readers of the edition
	readers   []string          // the ids of those whom it is for
	cut       map[string]bool   // links that lead out of the edition, as they are written
	sum       [sha256.Size]byte // of the file
	summed    bool              // sum is known
	run       int               // the run that read it: see loader.isFresh
	collector
}

// buffers are the memory that is needed to read a page, and not after that. They
// serve one page after the other.
type buffers struct {
	raw   bytes.Buffer
	front record.Arena
}

// file reads a file, which holds until the next one is read.
func (r *buffers) file(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if r.raw.Cap() > markdown.MaxFile {
		*r = buffers{} // a page of unusual size
	}
	r.raw.Reset()
	_, err = r.raw.ReadFrom(f)
	return r.raw.Bytes(), err
}

// MaxTitle is the longest title in characters.
const MaxTitle = 300

// read reads and parses the file. A page that was read before is read anew, so
// that the ids of its elements begin with its qualified id.
func (p *page) read(l *loader, b *Book, parser *markdown.Parser, setting markdown.Setting, buffers *buffers, again bool) {
	*p = page{entry: p.entry, qualified: p.qualified, cut: p.cut, run: l.run}
	file := l.opt.Dir + p.source
	name := p.name.Words
	raw, err := buffers.file(l.fsys, p.source)
	if err != nil {
		p.readError(file, err)
		return
	}
	if l.remember {
		p.sum, p.summed = sha256.Sum256(raw), true
		if old := l.known(p); old != nil && old.sum == p.sum && !again {
			*p = *old // it was only saved again
			return
		}
	}
	text, ps := source.Clean(file, raw, markdown.MaxFile)
	p.problems = append(p.problems, ps...)
	if diag.HasErrors(ps) {
		return
	}
	parts, ps := markdown.Split(file, text)
	p.problems = append(p.problems, ps...)
	if len(ps) > 0 {
		return
	}
	r := &record.Reader{File: file, Offset: parts.FrontLine - 1, Arena: &buffers.front}
	defer func() { p.problems = append(p.problems, r.Problems...) }()
	v, ok := r.Parse(parts.Front)
	var front *record.Map
	if ok {
		keys := sectionKeys
		if p.index {
			keys = pageKeys
		}
		front = v.Map("the front matter")
		p.foreign(front, keys)
		if !source.ASCII(parts.Front) {
			r.CurlyQuotes(v)
		}
	}
	if !ok || v.Given() && front == nil {
		return
	}
	p.ok = true
	p.params, _ = front.Value("params").Any().(map[string]any)
	if v := front.Value("params"); v.Given() && p.params == nil {
		front.Errorf("params", "wrong-type", "write key: value pairs", "params must be a map")
	}
	p.title = front.Line("title")
	p.id, p.given = markdown.Slug(name), false
	if id := front.Text("id"); id != "" && !p.index {
		if id == markdown.Slug(id) {
			p.id, p.given = id, true
		} else {
			front.Errorf("id", "bad-id", "write "+markdown.Slug(id), "the id %s must be lower-case letters, digits and single hyphens", diag.Quote(id))
		}
	}
	own := setting
	owner := front.Text("owner")
	own.Value, own.Open = values(b.Config, owner, setting.Value), openOf(owner, setting.Open)
	id := cmp.Or(p.qualified, p.id)
	if p.index {
		// No section can have such an id, so that the ids of elements differ.
		id = strings.ReplaceAll(strings.TrimSuffix("index/"+folderAddress(p.dir), "/"), "/", "--")
	}
	var problems []diag.Problem
	p.doc, problems = parser.Parse(markdown.Input{Setting: own, File: file, ID: id, Title: p.title, Body: parts.Body, Line: parts.BodyLine, Params: p.params, Cut: p.cut})
	p.problems = append(p.problems, problems...)
	unread := p.doc.Text() == "" && diag.HasErrors(problems) // so what is missing may be there
	p.lost = unread
	if wanted := strings.Fields(l.wanted); len(wanted) > 0 {
		s := newSpelling()
		s.add(wanted, p.doc.Text())
		p.shows = s.String()
	}
	p.titlePos = diag.Pos{File: file, Line: 1, Col: 1}
	switch {
	case p.title != "":
		p.titlePos = front.Pos("title")
	case p.doc.Title != "":
		p.title, p.titlePos = p.doc.Title, p.doc.TitlePos
	default:
		if !p.index && !front.Value("title").Given() && !unread {
			p.errorf(p.titlePos, "no-title", "write title: in the front matter, or begin with a heading", "the page has no title")
		}
		p.title = humanise(name)
		if p.index {
			p.title = ""
		}
	}
	if n := utf8.RuneCountInString(p.title); n > MaxTitle {
		p.errorf(p.titlePos, "title-too-long", "say the rest in summary:", "the title has %d characters; the limit is %d", n, MaxTitle)
		p.title = string([]rune(p.title)[:MaxTitle]) + "…"
	}
	if len(p.doc.LeftOut) > 0 && p.doc.Text() == "" && !unread {
		p.errorf(diag.Pos{File: file, Line: parts.BodyLine, Col: 1}, "no-body", "write when: in the front matter, so that the whole section is left out", "the profile leaves out all that the page says")
	} else if !p.index && p.doc.Narrowed && p.doc.Text() == "" && !unread {
		p.errorf(diag.Pos{File: file, Line: parts.BodyLine, Col: 1}, "no-body", "write something for them outside of the blocks for others, or take them out of audience:", "nothing on the page is for the readers of the edition")
	} else if !p.index && p.doc.Text() == "" && !unread {
		p.errorf(diag.Pos{File: file, Line: parts.BodyLine, Col: 1}, "no-body", "write the policy below the front matter", "the page has no text")
	}
	shown := parts.Body
	if p.doc.Shown != nil {
		shown, p.doc.Shown = p.doc.Shown, nil
	}
	p.words = p.collector.words(b.Config, front, "summary")
	p.summary = p.words.in(b, nil)
	if p.index {
		p.plainText(front, "title", p.title)
		p.plainText(front, "summary", p.summary)
		if p.aliases = front.Texts("aliases"); len(p.aliases) > 0 {
			p.aliasPos = front.Pos("aliases")
		}
		p.private(b)
		p.unwritten(file, front, parts.Body)
		return
	}
	// A title in the body is signed with it.
	title := p.title
	if front.Line("title") == "" && p.doc.Title != "" {
		title = ""
	}
	p.hash = sign(title, p.words.written(), parts.Body)
	if p.section = p.makeSection(b, front, l.opt.Drafts); p.section == nil {
		return
	}
	p.plainText(front, "title", p.section.Title)
	p.plainText(front, "summary", p.section.Summary)
	p.plainText(front, "change", p.section.Change)
	p.private(b)
	if p.section.ShownHash = p.hash; b.Edition != nil {
		// A hash of text that its readers are not shown would tell of it.
		p.section.ShownHash = sign(title, p.section.Summary, withoutReaders(shown))
	}
	if p.section.signedByBody() {
		p.section.BodyHash = SignBody(parts.Body)
	}
	if !p.section.Draft {
		p.unwritten(file, front, parts.Body)
	}
}

// private reports values in the text that are not for the readers of the
// edition.
func (p *page) private(b *Book) {
	for _, v := range p.doc.Private {
		p.errorf(v.Pos, "private-value", "put it where only the staff reads it, or write what these readers may use below agency: in handbook.yaml",
			"%s is not for the readers of the edition for %s", diag.Quote("{{"+v.Name+"}}"), b.Edition.Name())
	}
}

// plainText reports a text of the front matter that holds a {{value}}, or looks
// like a line of a ::: block: there both are text.
func (p *page) plainText(front *record.Map, key, text string) {
	if markdown.LooksLikeBlock(text) {
		p.errorf(front.Pos(key), "fence-in-text", "put the block into the text below the front matter", "%s looks as if a line of a ::: block stood in it", key)
	}
	if value := markdown.ValueIn(text); value != "" && front.Value(key).Given() {
		p.errorf(front.Pos(key), "unread-value", "write the words themselves", "%s: %s is shown as it was typed, because a value stands for something only in the text below the front matter", key, diag.Quote(value))
	}
}

// values adds what {{owner.name}} stands for on the pages of an owner.
func values(c *Config, owner string, shared func(string) (string, bool)) func(string) (string, bool) {
	return func(name string) (string, bool) {
		key, isOwner := strings.CutPrefix(name, "owner.")
		if !isOwner {
			return shared(name)
		}
		for _, o := range c.Owners {
			if o.ID == owner {
				switch key {
				case "name":
					return o.Name, true
				case "role":
					return o.Role, true
				case "email":
					return o.Email, true
				case "phone":
					return o.Phone, true
				}
				return "", false
			}
		}
		return "", false
	}
}
