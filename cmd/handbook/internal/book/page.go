package book

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/record"
	"handbook/cmd/handbook/internal/source"
)

// A page is one markdown file on its way to a Section, a Part's opening or
// the home page. Pages are read side by side, so each keeps its problems.
type page struct {
	source    string
	index     bool
	ok        bool // it could be read
	number    int  // of the file's name; -1 if it has none
	id        string
	given     bool   // the id stands in the front matter
	qualified string // the id with its folder's before it, where another page has it too
	title     string
	titlePos  diag.Pos
	front     *record.Map
	doc       *markdown.Doc
	hash      string
	params    map[string]any
	problems  []diag.Problem
}

func (p *page) errorf(pos diag.Pos, rule, hint, format string, args ...any) {
	p.problems = append(p.problems, diag.Errorf(pos, rule, hint, format, args...))
}

// sectionKeys lists the keys of a section's front matter.
func sectionKeys() []string {
	return []string{"title", "summary", "id", "owner", "areas", "audience", "drafted", "approved", "version", "effective", "change",
		"review_every", "reviews", "counsel", "laws", "references", "draft", "withdrawn", "superseded_by", "aliases", "params"}
}

// pageKeys lists the keys of an index's front matter.
func pageKeys() []string { return []string{"title", "summary", "id", "aliases", "params"} }

// MaxTitle is the longest title in characters.
const MaxTitle = 300

// read reads and parses the file.
func (p *page) read(l *loader, c *Config, parser *markdown.Parser, setting markdown.Setting) {
	file := l.opt.Dir + p.source
	var name string
	p.number, name = splitNumber(strings.TrimSuffix(path.Base(p.source), path.Ext(p.source)))
	b, err := fs.ReadFile(l.fsys, p.source)
	if err != nil {
		sub := &loader{opt: l.opt}
		sub.readError(p.source, err)
		p.problems = sub.problems
		return
	}
	text, ps := source.Clean(file, b, markdown.MaxFile)
	p.problems = append(p.problems, ps...)
	if diag.HasErrors(ps) {
		return
	}
	parts, ps := markdown.Split(file, text)
	p.problems = append(p.problems, ps...)
	if len(ps) > 0 {
		return
	}
	r := &record.Reader{File: file, Offset: parts.FrontLine - 1}
	v, ok := r.Parse(parts.Front)
	if ok {
		keys := sectionKeys()
		if p.index {
			keys = pageKeys()
		}
		p.front = v.Map("the front matter")
		p.foreign(keys)
	}
	p.problems = append(p.problems, r.Problems...)
	r.Problems = nil
	if !ok {
		return
	}
	p.ok = true
	p.params, _ = p.front.Value("params").Any().(map[string]any)
	if v := p.front.Value("params"); v.Given() && p.params == nil {
		p.front.Errorf("params", "wrong-type", "write key: value pairs", "params must be a map")
	}
	p.title = p.front.Line("title")
	p.id, p.given = markdown.Slug(name), false
	if id := p.front.Text("id"); id != "" {
		if id == markdown.Slug(id) {
			p.id, p.given = id, true
		} else {
			p.front.Errorf("id", "bad-id", "write "+markdown.Slug(id), "the id %s must be lower-case letters, digits and single hyphens", diag.Quote(id))
		}
	}
	own := setting
	own.Value = p.values(c, setting.Value)
	id := p.id
	if p.index {
		if id = markdown.Slug(path.Base(path.Dir(p.source))); path.Dir(p.source) == "." {
			id = "home"
		}
	}
	var problems []diag.Problem
	p.doc, problems = parser.Parse(markdown.Input{Setting: own, File: file, ID: id, Title: p.title, Body: parts.Body, Line: parts.BodyLine, Params: p.params})
	p.problems = append(p.problems, problems...)
	p.titlePos = diag.Pos{File: file, Line: 1, Col: 1}
	switch {
	case p.title != "":
		p.titlePos = p.front.Pos("title")
	case p.doc.Title != "":
		p.title, p.titlePos = p.doc.Title, p.doc.TitlePos
	default:
		if !p.index {
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
	if !p.index && p.doc.Words() == 0 && !diag.HasErrors(problems) {
		p.errorf(diag.Pos{File: file, Line: parts.BodyLine}, "no-body", "write the policy below the front matter", "the page has no text")
	}
	p.hash = TextHash(parts.Body)
	p.problems = append(p.problems, r.Problems...)
	r.Problems = nil
}

// foreign tells of keys that are not the handbook's: one that is nearly right
// is a slip, another belongs to some other tool.
func (p *page) foreign(keys []string) {
	for _, k := range p.front.Keys() {
		known := false
		for _, want := range keys {
			known = known || k == want
		}
		if known {
			continue
		}
		at := p.front.KeyPos(k)
		if near := diag.Nearest(strings.ToLower(k), keys); near != "" {
			p.errorf(at, "unknown-key", "did you mean "+near+"?", "unknown key %s", diag.Quote(k))
		} else {
			p.errorf(at, "foreign-key", "delete it, or move it below params:", "the key %s means nothing here and is left out", diag.Quote(k))
		}
	}
}

// values adds what {{owner.name}} stands for on this page.
func (p *page) values(c *Config, shared func(string) (string, bool)) func(string) (string, bool) {
	return func(name string) (string, bool) {
		key, isOwner := strings.CutPrefix(name, "owner.")
		if !isOwner {
			return shared(name)
		}
		for _, o := range c.Owners {
			if o.ID == p.front.Text("owner") {
				v, ok := map[string]string{"name": o.Name, "role": o.Role, "email": o.Email, "phone": o.Phone}[key]
				return v, ok
			}
		}
		return "", false
	}
}

var nameNumber = regexp.MustCompile(`^0*([0-9]{1,6})(?:[-_. ]+(.*))?$`)

// splitNumber cuts "3-texting" into 3 and "texting". A name without a number
// gives -1.
func splitNumber(name string) (int, string) {
	m := nameNumber.FindStringSubmatch(name)
	if m == nil || m[2] == "" {
		return -1, name
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		return -1, name
	}
	return n, m[2]
}

// humanise makes a title of a file's name.
func humanise(name string) string {
	s := strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == '-' || r == '_' || unicode.IsSpace(r) }), " ")
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// TextHash gives the short hash of a body that sign-offs record: the first
// eight hexadecimal digits of the SHA-256 of its words, parted by single
// spaces. Line breaks and indents can change without breaking a sign-off.
func TextHash(body []byte) string {
	sum := sha256.Sum256(bytes.Join(bytes.Fields(body), []byte(" ")))
	return hex.EncodeToString(sum[:4])
}

var svgEvent = regexp.MustCompile(`(?i)[\s"'/]on[a-z]+\s*=`)

// activeSVG names what in an SVG could run a script or load something, or "".
func activeSVG(svg []byte) string {
	low := bytes.ToLower(svg)
	for _, bad := range []string{"<script", "<foreignobject", "javascript:", "<!entity", "<iframe", "<embed", "<object", "data:text/html"} {
		if bytes.Contains(low, []byte(bad)) {
			return bad
		}
	}
	if m := svgEvent.Find(svg); m != nil {
		return string(bytes.TrimSpace(m[1:]))
	}
	return ""
}
