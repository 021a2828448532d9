package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/lang"
	"handbook/layouts"
)

// kinds lists the types of pages; each has a template of its name.
func kinds() []string {
	var names []string
	for _, kind := range PageTypes() {
		names = append(names, kind.Name)
	}
	return names
}

// shared lists the templates that are part of every page.
func shared() []string { return []string{"base", "menu", "pieces"} }

// A TemplateSet holds what stays the same from one Build to the next: the templates
// and the static files.
type TemplateSet struct {
	texts map[string]string // of the templates, by their names
	files []staticFile

	lock   sync.Mutex
	parsed map[string]*localized // by the tag of the language
}

// A localized is templates that say their words in a language.
type localized struct {
	layouts map[string]*template.Template // by type of page
	common  *template.Template            // what is part of every page
	lang    *lang.Language
}

// NewTemplateSet reads the templates and the static files, a handbook's own before
// the embedded ones. Both folders may be nil. What is wrong with a template is an
// error of Build.
func NewTemplateSet(own, files fs.FS) (*TemplateSet, error) {
	p := &TemplateSet{texts: map[string]string{}, parsed: map[string]*localized{}}
	if err := unknownLayouts(own); err != nil {
		return nil, err
	}
	for _, name := range append(shared(), kinds()...) {
		text, err := readLayout(own, name+".html")
		if err != nil {
			return nil, err
		}
		p.texts[name] = text
	}
	var err error
	if p.files, err = staticFiles(files); err != nil {
		return nil, err
	}
	for i, f := range p.files {
		if f.name != "handbook.css" { // which gets the agency's colours first
			p.files[i].bytes = small(f.name, f.bytes)
		}
	}
	return p, nil
}

// readLayout reads a template, the handbook's own before the embedded one.
func readLayout(own fs.FS, file string) (string, error) {
	if own != nil {
		switch text, err := fs.ReadFile(own, file); {
		case err == nil:
			return string(text), nil
		case !errors.Is(err, fs.ErrNotExist):
			return "", fmt.Errorf("layouts/%s: %w", file, err)
		}
	}
	text, err := fs.ReadFile(layouts.FS(), file)
	if err != nil {
		return "", fmt.Errorf("layouts: %w", err)
	}
	return string(text), nil
}

// in returns the templates for a handbook in a language.
func (p *TemplateSet) in(tag string) (*localized, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	tag = lang.Match(tag)
	if l := p.parsed[tag]; l != nil {
		return l, nil
	}
	l, err := p.localize(lang.For(tag))
	if err == nil {
		p.parsed[tag] = l
	}
	return l, err
}

// localize parses the templates for a language.
func (p *TemplateSet) localize(l *lang.Language) (*localized, error) {
	out := &localized{map[string]*template.Template{}, template.New("").Funcs(functions(l)), l}
	parse := func(t *template.Template, name string) error {
		if _, err := t.New(name + ".html").Parse(p.texts[name]); err != nil {
			return fmt.Errorf("layouts/%s.html: %w", name, err)
		}
		return nil
	}
	for _, name := range shared() {
		if err := parse(out.common, name); err != nil {
			return nil, err
		}
	}
	for _, kind := range kinds() {
		t, err := out.common.Clone()
		if err != nil {
			return nil, fmt.Errorf("layouts: %w", err)
		}
		if err := parse(t, kind); err != nil {
			return nil, err
		}
		for _, name := range []string{"base", "main"} {
			if t.Lookup(name) == nil {
				return nil, fmt.Errorf("layouts/%s.html: it does not define %q", kind, name)
			}
		}
		out.layouts[kind] = t
	}
	return out, nil
}

// functions returns what templates can call: the words of a language; a day for
// people and programs, and one that the script sets to the reader's own; and a
// link, to be put into a message.
func functions(l *lang.Language) template.FuncMap {
	funcs := l.Funcs()
	funcs["day"] = func(d date.Date) template.HTML { return timeTag(l, d) }
	funcs["today"] = func(d date.Date) template.HTML {
		var m markup
		m.today(l, d)
		return m.html()
	}
	funcs["link"] = func(href, text string) template.HTML {
		var m markup
		m.link(href, text)
		return m.html()
	}
	return funcs
}

// unknownLayouts refuses templates that no page would ever use.
func unknownLayouts(own fs.FS) error {
	if own == nil {
		return nil
	}
	files, err := fs.Glob(own, "*.html")
	if err != nil {
		return fmt.Errorf("layouts: %w", err)
	}
	known := append(shared(), kinds()...)
	for _, file := range files {
		name := strings.TrimSuffix(path.Base(file), ".html")
		if !slices.Contains(known, name) {
			return fmt.Errorf("layouts/%s: no page has this layout; %s", diag.Clean(file),
				diag.DidYouMean(name, known, "layouts are "+strings.Join(known, ", ")))
		}
	}
	return nil
}

// A page is the data of a page: a struct that embeds a Frame.
type page interface{ parts() *chunks }

// A pageBuffer is the memory that a page is made in, and after it the next.
type pageBuffer struct {
	page bytes.Buffer // what its template makes
	out  []byte       // that and the chunks, on their way out
}

// maxPageBuffer is how much memory is kept for the next page.
const maxPageBuffer = 1 << 20

// render draws a page and writes it.
func (s *builder) render(w io.Writer, kind PageType, path string, data page) error {
	if s.foreign || s.handbook.Direction == "rtl" {
		return s.renderMarked(w, kind, path, data)
	}
	return s.renderPlain(w, kind, path, data)
}

// renderPlain draws a page as its layout has it.
func (s *builder) renderPlain(w io.Writer, kind PageType, path string, data page) error {
	d := s.buffers.Get().(*pageBuffer)
	defer s.buffers.Put(d)
	var drawn []byte
	if p, ok := data.(*SectionPage); ok {
		drawn = s.skeleton(p)
	}
	if drawn == nil {
		d.page.Reset()
		if err := s.layouts[kind.Name].ExecuteTemplate(&d.page, "base", data); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		drawn = d.page.Bytes()
	}
	m := markup{b: d.out[:0], w: w}
	err := data.parts().join(&m, drawn)
	if d.out = m.b; cap(d.out) > maxPageBuffer {
		d.out = nil // of a page that is not like the others
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return m.flush()
}

// piece draws a template that is part of pages.
func (s *builder) piece(name string, data any) (template.HTML, error) {
	var sb strings.Builder
	err := s.common.ExecuteTemplate(&sb, name, data)
	return template.HTML(sb.String()), err
}

// A pieceKey tells pieces apart that pages share.
type pieceKey struct{ name, kind, root string }

// drawShared draws a piece of base.html, or finds it drawn already.
func (s *builder) drawShared(name string, data Shared) (template.HTML, error) {
	return cached(s, pieceKey{name, data.Type, data.Root}, func() (template.HTML, error) { return s.piece(name, data) })
}

// timeTag returns a day for people and programs, or nothing for no day.
func timeTag(l *lang.Language, d date.Date) template.HTML {
	var m markup
	m.time(l, d)
	return m.html()
}
