package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// A unit is a page, an entry of a register or a file, with all that its readers
// are shown of it.
type unit struct {
	url      string
	section  *book.Section
	name     string // as in "the section 2.3 Texting"
	texts    []shownText
	register bool // one thing, and not so many texts
}

// A shownText is a text with its place in the sources.
type shownText struct {
	pos  diag.Pos
	text string
}

// mark returns what handbook.json keeps of a text: enough to know it again, and
// nothing that tells a word of it. It is only ever of what the edition shows.
func mark(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:5])
}

// units returns all that an edition shows.
func units(b *book.Book) ([]unit, error) {
	var all []unit
	page := func(u unit, source string, at func(key string) diag.Pos, title, summary string, passages []markdown.Passage) {
		u.texts = append(u.texts, shownText{at("title"), title})
		if summary != "" {
			u.texts = append(u.texts, shownText{at("summary"), summary})
		}
		for _, p := range passages {
			pos := diag.Pos{File: b.Dir + source, Line: p.Line, Col: 1}
			if p.Line == 0 {
				pos = at("title")
			}
			u.texts = append(u.texts, shownText{pos, p.Text})
		}
		all = append(all, u)
	}
	top := func(source string) func(string) diag.Pos {
		return func(string) diag.Pos { return diag.Pos{File: b.Dir + source, Line: 1, Col: 1} }
	}
	if h := b.Home; h != nil {
		page(unit{url: "index.html", name: "the home page"}, h.Source, top(h.Source), h.Title, h.Summary, passagesOf(h.Doc))
	}
	for _, p := range b.Parts {
		var passages []markdown.Passage
		source := p.Dir
		if p.Index != nil {
			source, passages = p.Index.Source, passagesOf(p.Index.Doc)
		}
		page(unit{url: relative(p.Path), name: "the part " + strings.TrimSpace(p.Number+" "+p.Title)}, source, top(source), p.Title, p.Summary, passages)
	}
	for _, s := range b.Sections {
		at := func(key string) diag.Pos {
			if pos, ok := s.Key(key); ok {
				return pos
			}
			return s.Pos
		}
		u := unit{url: relative(s.Path), name: s.Name(), section: s}
		if s.Change != "" {
			u.texts = append(u.texts, shownText{at("change"), s.Change})
		}
		page(u, s.Source, at, s.Title, s.Summary, passagesOf(s.Doc))
	}
	entry := func(url, name string, pos diag.Pos, texts ...string) {
		u := unit{url: url, name: name, register: true}
		for _, t := range texts {
			if t != "" {
				u.texts = append(u.texts, shownText{pos, t})
			}
		}
		all = append(all, u)
	}
	c := b.Config
	entry("#settings", "the settings", c.Pos, c.Title, c.Agency["name"], c.Agency["email"], c.Agency["phone"])
	for _, o := range c.Owners {
		entry("#owner-"+o.ID, "the owner "+o.Name, o.Pos, o.Name, o.Role, o.Email, o.Phone)
	}
	for _, a := range c.Areas {
		entry("#area-"+a.ID, "the area "+a.Name, a.Pos, a.Name)
	}
	for _, l := range b.Laws {
		entry(relative(l.Path), "the law "+l.Short, l.Pos, slices.Concat([]string{l.Short, l.Title, l.Citation, l.Governs, l.Caution}, notes(l))...)
	}
	for _, r := range b.References {
		entry(relative(r.Path), "the reference "+r.Title, r.Pos, append([]string{r.Title, r.Publisher, r.Edition, r.About, r.Caution}, r.AlsoCalled...)...)
	}
	for _, t := range b.Terms {
		entry("terms.html#"+book.TermAnchor(t), "the term "+t.Term, t.Pos, append([]string{t.Term, t.Definition, t.Source}, t.Also...)...)
	}
	for _, l := range c.Levels {
		entry("rules.html#"+strconv.Itoa(l.Level), "the level "+l.Name, l.Pos, l.Name, l.Means, l.Range, l.Beyond)
	}
	for _, f := range b.Files {
		data, err := fs.ReadFile(b.FS, f.Source)
		if err != nil {
			return nil, err
		}
		entry(relative(f.Path), "the file "+f.Path, diag.Pos{File: b.Dir + f.Source}, "file "+string(data))
	}
	return all, nil
}

// passagesOf returns the passages of a page, or none.
func passagesOf(d *markdown.Doc) []markdown.Passage {
	if d == nil {
		return nil
	}
	return d.Passages()
}

// notes returns what the amendments of a law say.
func notes(l *book.Law) []string {
	var all []string
	for _, a := range l.Amended {
		all = append(all, a.Note)
	}
	return all
}

// shown writes what an edition shows, as marks, so that the next one can be
// compared with it.
func shown(j *jsonWriter, b *book.Book) error {
	all, err := units(b)
	objects(j, "shown", all, func(u unit) {
		j.text("url", u.url)
		texts(j, "marks", u.texts, func(t shownText) string { return mark(t.text) })
	})
	return err
}

// A Published is an edition that was published before, as its handbook.json
// tells of it.
type Published struct {
	Edition  []string `json:"edition"`
	Sections []struct {
		ID  string `json:"id"`
		URL string `json:"url"`
	} `json:"sections"`
	Shown []struct {
		URL   string   `json:"url"`
		Marks []string `json:"marks"`
	} `json:"shown"`
}

// ReadPublished reads the handbook.json of an edition for the same readers as
// the edition that is to be compared with it. The error says what else it is.
func ReadPublished(data []byte, e *book.Edition) (*Published, error) {
	var version struct{ Schema int } // 0 in a file that is older than the number
	var p Published
	err := json.Unmarshal(data, &version)
	if err == nil && version.Schema > Schema {
		return nil, fmt.Errorf("its handbook.json is of version %d, which a later handbook program wrote; this one reads up to version %d", version.Schema, Schema)
	}
	if err == nil {
		err = json.Unmarshal(data, &p)
	}
	if err != nil {
		return nil, errors.New("its handbook.json cannot be read")
	}
	var ids []string
	for _, a := range e.Audiences {
		ids = append(ids, a.ID)
	}
	before := slices.Clone(p.Edition)
	slices.Sort(ids)
	slices.Sort(before)
	switch {
	case len(before) == 0:
		return nil, errors.New("it holds the whole handbook, and no edition")
	case !slices.Equal(ids, before):
		return nil, fmt.Errorf("it holds an edition for others: %s", strings.Join(p.Edition, ", "))
	case p.Shown == nil:
		return nil, errors.New("it was made by a version of handbook that kept nothing to compare with")
	}
	return &p, nil
}

// A Gain is a text that the readers of an edition have not been shown before,
// or a whole page, entry or file that is new to them.
type Gain struct {
	Pos     diag.Pos
	Name    string        // of what it is in: "2.3 Texting", "the law Act A"
	Section *book.Section // nil for what is no section
	Whole   bool          // the page, entry or file is new
	Text    string        // of a gain that is not Whole
	Count   int           // of texts: 1, or how many of them are new in what is new as a whole
}

// Gains compares an edition with one that was published before.
func Gains(b *book.Book, before *Published) ([]Gain, error) {
	all, err := units(b)
	if err != nil {
		return nil, err
	}
	known, urls, ids := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, u := range before.Shown {
		urls[u.URL] = true
		for _, m := range u.Marks {
			known[m] = true
		}
	}
	for _, s := range before.Sections {
		ids[s.ID] = true
	}
	var gains []Gain
	for _, u := range all {
		var fresh []shownText
		for _, t := range u.texts {
			if !known[mark(t.text)] {
				fresh = append(fresh, t)
			}
		}
		isNew := !urls[u.url] && (u.section == nil || !ids[u.section.ID])
		switch {
		case len(fresh) == 0:
		case isNew || u.register:
			gains = append(gains, Gain{Pos: u.texts[0].pos, Name: u.name, Section: u.section, Whole: isNew, Text: fresh[0].text, Count: len(fresh)})
		default:
			for _, t := range fresh {
				gains = append(gains, Gain{Pos: t.pos, Name: u.name, Section: u.section, Text: t.text, Count: 1})
			}
		}
	}
	return gains, nil
}

// GainProblems reports each gain at its place, so that a handbook can make
// errors of them as of any other problem.
func GainProblems(b *book.Book, gains []Gain) []diag.Problem {
	hint := "if it is not for them, put it where only those whom it is for read it"
	var ps []diag.Problem
	for _, g := range gains {
		p := diag.Problem{Pos: g.Pos, Severity: diag.Warning, Rule: "edition-gain", Hint: hint}
		switch {
		case g.Whole && g.Section != nil:
			p.Text = fmt.Sprintf("readers of the edition for %s gain the section %s, %s", b.Edition.Name(), diag.Quote(g.Name), paragraphs(g.Count))
		case g.Whole:
			p.Text = fmt.Sprintf("readers of the edition for %s gain %s", b.Edition.Name(), diag.Clean(g.Name))
		case strings.HasPrefix(g.Name, "the file "):
			p.Text = fmt.Sprintf("readers of the edition for %s gain another content of %s", b.Edition.Name(), diag.Clean(g.Name))
		default:
			p.Text = fmt.Sprintf("readers of the edition for %s gain %s in %s", b.Edition.Name(), diag.Quote(firstWords(g.Text)), diag.Clean(g.Name))
		}
		ps = append(ps, p)
	}
	return ps
}

// paragraphs writes "1 paragraph" or "3 paragraphs".
func paragraphs(n int) string {
	if n == 1 {
		return "1 paragraph"
	}
	return strconv.Itoa(n) + " paragraphs"
}

// firstWords returns the beginning of a text.
func firstWords(text string) string {
	const most = 12
	words := strings.Fields(text)
	if len(words) > most {
		return strings.Join(words[:most], " ") + " …"
	}
	return strings.Join(words, " ")
}
