package site

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/layouts"
	"handbook/static"
)

// kinds lists the types of pages; each has a template of its name.
func kinds() []string {
	return []string{"home", "part", "section", "a-z", "laws", "law", "references", "reference", "terms", "rules",
		"coverage", "health", "wrong", "search", "print", "404", "redirect"}
}

// shared lists the templates that are part of every page.
func shared() []string { return []string{"base", "menu", "pieces"} }

// A Press holds what stays the same from one Build to the next: the templates,
// parsed, and the static files.
type Press struct {
	layouts map[string]*template.Template // by type of page
	common  *template.Template            // what is part of every page
	files   []staticFile
}

// NewPress reads the templates and the static files, a handbook's own before
// the embedded ones. Both folders may be nil.
func NewPress(own, files fs.FS) (*Press, error) {
	p := &Press{}
	if err := p.parse(own); err != nil {
		return nil, err
	}
	var err error
	if p.files, err = staticFiles(static.FS(), files); err != nil {
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
func (p *Press) parse(own fs.FS) error {
	if err := unknownLayouts(own); err != nil {
		return err
	}
	common := template.New("").Funcs(template.FuncMap{"day": timeTag})
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

// render draws a page behind dst.
func (s *builder) render(dst []byte, path, kind string, data page) ([]byte, error) {
	buf := s.buffers.Get().(*bytes.Buffer)
	defer s.buffers.Put(buf)
	buf.Reset()
	layout := s.layouts[kind]
	if layout == nil {
		return nil, fmt.Errorf("%s: there is no layout %s.html", path, kind)
	}
	if err := layout.ExecuteTemplate(buf, "base", data); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	out, err := data.parts().join(dst, buf.Bytes())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return out, nil
}

// piece draws a template that is part of pages.
func (s *builder) piece(name string, data any) (string, error) {
	var sb strings.Builder
	if err := s.common.ExecuteTemplate(&sb, name, data); err != nil {
		return "", err
	}
	return sb.String(), nil
}

// timeTag gives a day for people and programs, or nothing for no day.
func timeTag(d date.Date) template.HTML {
	if d.IsZero() {
		return ""
	}
	return template.HTML(`<time datetime="` + d.String() + `">` + d.Long() + `</time>`)
}
