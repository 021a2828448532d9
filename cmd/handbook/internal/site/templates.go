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

// A TemplateSet holds what stays the same from one Build to the next: the templates,
// parsed, and the static files.
type TemplateSet struct {
	templates // which are copied for a language, and not executed themselves
	files     []staticFile

	lock  sync.Mutex
	ready map[string]*localized // by the tag of the language
}

// templates are the templates of pages.
type templates struct {
	layouts map[string]*template.Template // by type of page
	common  *template.Template            // what is part of every page
}

// A localized is templates that say their words in a language.
type localized struct {
	templates
	lang *lang.Language
}

// in returns the templates for a handbook in a language.
func (p *TemplateSet) in(tag string) (*localized, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	tag = lang.Match(tag)
	if l := p.ready[tag]; l != nil {
		return l, nil
	}
	l, err := p.localize(lang.For(tag))
	if err != nil {
		return nil, err
	}
	if p.ready == nil {
		p.ready = map[string]*localized{}
	}
	p.ready[tag] = l
	return l, nil
}

// localize copies the templates for a language.
func (t *templates) localize(l *lang.Language) (*localized, error) {
	out := &localized{templates{layouts: map[string]*template.Template{}}, l}
	var err error
	if out.common, err = t.common.Clone(); err != nil {
		return nil, fmt.Errorf("layouts: %w", err)
	}
	out.common.Funcs(functions(l))
	for kind, layout := range t.layouts {
		if out.layouts[kind], err = layout.Clone(); err != nil {
			return nil, fmt.Errorf("layouts: %w", err)
		}
		out.layouts[kind].Funcs(functions(l))
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

// NewTemplateSet reads the templates and the static files, a handbook's own before
// the embedded ones. Both folders may be nil.
func NewTemplateSet(own, files fs.FS) (*TemplateSet, error) {
	p := &TemplateSet{}
	if err := p.parse(own); err != nil {
		return nil, err
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

// parse reads every template, the handbook's own before the embedded one.
func (p *TemplateSet) parse(own fs.FS) error {
	if err := unknownLayouts(own); err != nil {
		return err
	}
	common := template.New("").Funcs(functions(lang.English()))
	for _, name := range shared() {
		if err := parseInto(own, common, name); err != nil {
			return err
		}
	}
	p.layouts = map[string]*template.Template{}
	for _, kind := range kinds() {
		t, err := common.Clone()
		if err != nil {
			return fmt.Errorf("layouts: %w", err)
		}
		if err := parseInto(own, t, kind); err != nil {
			return err
		}
		for _, name := range []string{"base", "main"} {
			if t.Lookup(name) == nil {
				return fmt.Errorf("layouts/%s.html: it does not define %q", kind, name)
			}
		}
		p.layouts[kind] = t
	}
	p.common = common
	return nil
}

// parseInto adds the file of a template to t.
func parseInto(own fs.FS, t *template.Template, name string) error {
	file := name + ".html"
	text, err := fs.ReadFile(layouts.FS(), file)
	if err != nil {
		return fmt.Errorf("layouts: %w", err)
	}
	if own != nil {
		switch other, err := fs.ReadFile(own, file); {
		case err == nil:
			text = other
		case !errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("layouts/%s: %w", file, err)
		}
	}
	if _, err := t.New(file).Parse(string(text)); err != nil {
		return fmt.Errorf("layouts/%s: %w", file, err)
	}
	return nil
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
	if c := s.book.Config; c.Direction() == "rtl" || !c.HasInterface() {
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
func (s *builder) piece(name string, data any) (string, error) {
	var sb strings.Builder
	if err := s.common.ExecuteTemplate(&sb, name, data); err != nil {
		return "", err
	}
	return sb.String(), nil
}

// timeTag returns a day for people and programs, or nothing for no day.
func timeTag(l *lang.Language, d date.Date) template.HTML {
	var m markup
	m.time(l, d)
	return m.html()
}
