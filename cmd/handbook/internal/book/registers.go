package book

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/record"
	"handbook/cmd/handbook/internal/source"
)

// MaxRegister is the largest register or handbook.yaml in bytes.
const MaxRegister = 4 << 20

// yamlFile reads a YAML file of the content folder. It returns false where the
// file does not exist or cannot be read; the latter is a problem.
func (l *loader) yamlFile(name string) (*record.Reader, record.Value, bool) {
	r := &record.Reader{File: l.opt.Dir + name}
	l.readers = append(l.readers, r)
	if !l.files[name] {
		return r, record.Value{}, false
	}
	b, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		l.readError(r.File, err)
		return r, record.Value{}, false
	}
	text, ps := source.Clean(r.File, b, MaxRegister)
	l.problems = append(l.problems, ps...)
	if diag.HasErrors(ps) {
		return r, record.Value{}, false
	}
	v, ok := r.Parse(text)
	return r, v, ok
}

// readError reports why a file could not be read.
func (c *collector) readError(file string, err error) {
	at := diag.Pos{File: file}
	switch {
	case errors.Is(err, fs.ErrPermission):
		c.errorf(at, "unreadable", "let the user who builds the handbook read it", "permission denied")
	case errors.Is(err, fs.ErrNotExist):
		c.errorf(at, "vanished", "run the command again", "the file vanished while it was being read")
	default:
		c.errorf(at, "unreadable", "check the disk or the share", "the file cannot be read: %s", diag.Clean(reason(err)))
	}
}

// reason returns an error without the path it names: the place already does.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}

// register reads one register, a list, and calls add for each entry.
func (l *loader) register(name string, keys Keys, add func(id string, m *record.Map)) {
	r, v, ok := l.yamlFile(name)
	if ok {
		if !v.Given() {
			l.errorf(diag.Pos{File: r.File, Line: 1, Col: 1}, "register", "add an entry, or delete the file", "the register is empty")
		} else {
			l.entries(v, "the register", keys, add)
		}
	}
}

// registers reads the three registers.
func (l *loader) registers(b *Book) {
	l.register("registers/laws.yaml", lawKeys, func(id string, m *record.Map) {
		law := &Law{ID: id, Short: m.Line("short"), Title: m.Line("title"), Citation: m.Line("citation"),
			Kind:         lawKeys.choice(m, "kind"),
			Level:        lawKeys.choice(m, "level"),
			Jurisdiction: m.Text("jurisdiction"), Areas: l.areas(b.Config, m),
			URL:        l.address(m, "url"),
			Status:     lawKeys.choice(m, "status"),
			Confidence: lawKeys.choice(m, "confidence"), VerifiedOn: m.Date("verified_on"),
			Sources: m.Texts("sources"), Pos: m.Pos("id"), Path: "laws/" + id + ".html"}
		law.governs, law.caution = l.words(b.Config, m, "governs"), l.words(b.Config, m, "caution")
		law.Governs, law.Caution = law.governs.in(b, nil), law.caution.in(b, nil)
		if law.Title == "" {
			law.Title = law.Short
		}
		if law.Short == "" {
			law.Short = law.Title
		}
		if law.Title == "" && misspelt(m, "title", "short") {
			law.Title, law.Short = id, id
		}
		if law.Title == "" {
			m.Errorf("id", "register", "add title: and short:", "the law %s has no title", diag.Quote(id))
			law.Title, law.Short = id, id
		}
		for _, e := range m.Value("amended").List("amended") {
			am := e.Map("an amendment", amendmentKeys.Names()...)
			if am == nil {
				continue
			}
			a := Amendment{Published: am.Date("published"), Effective: am.Date("effective"), ComplyBy: am.Date("comply_by"),
				Note: am.Line("note"), Source: l.address(am, "source"), Pos: e.Pos()}
			if a.Published.IsZero() && a.Effective.IsZero() && a.ComplyBy.IsZero() {
				if !am.Has("published") && !am.Has("effective") && !am.Has("comply_by") {
					l.errorf(e.Pos(), "register", "add published, effective or comply_by", "an amendment of %s has no date", diag.Quote(id))
				}
				continue
			}
			if !a.Published.IsZero() && !a.ComplyBy.IsZero() && a.ComplyBy.Before(a.Published) {
				l.dateOrder(am.Pos("comply_by"), "comply_by", a.ComplyBy.String(), "published", a.Published.String(), am.Pos("published").Line)
			}
			law.Amended = append(law.Amended, a)
		}
		slices.SortStableFunc(law.Amended, func(x, y Amendment) int {
			return cmp.Or(x.InForce().Compare(y.InForce()), x.ComplyBy.Compare(y.ComplyBy))
		})
		b.Laws = append(b.Laws, law)
		b.laws[id] = law
	})
	type link struct {
		m    *record.Map
		from *Reference
	}
	var links []link
	l.register("registers/references.yaml", referenceKeys, func(id string, m *record.Map) {
		ref := &Reference{ID: id, Title: m.Line("title"), AlsoCalled: m.Texts("also_called"), Publisher: m.Line("publisher"), Year: m.Text("year"),
			Edition: m.Line("edition"), URL: l.address(m, "url"), ArchivedURL: l.address(m, "archived_url"),
			Status: referenceKeys.choice(m, "status"), SupersededOn: m.Date("superseded_on"),
			Confidence: referenceKeys.choice(m, "confidence"), VerifiedOn: m.Date("verified_on"),
			Pos: m.Pos("id"), Path: "references/" + id + ".html"}
		ref.about, ref.caution = l.words(b.Config, m, "about"), l.words(b.Config, m, "caution")
		ref.About, ref.Caution = ref.about.in(b, nil), ref.caution.in(b, nil)
		if ref.Title == "" && misspelt(m, "title") {
			ref.Title = id
		}
		if ref.Title == "" {
			m.Errorf("id", "register", "add title:", "the reference %s has no title", diag.Quote(id))
			ref.Title = id
		}
		if ref.Status == "" {
			ref.Status = "current"
			if m.Value("superseded_by").Given() {
				ref.Status = "superseded"
			}
		}
		if law := b.laws[id]; law != nil {
			m.Errorf("id", "duplicate-id", "choose another id", "the id %s is a law's in registers/laws.yaml on line %d", diag.Quote(id), law.Pos.Line)
			return
		}
		b.References = append(b.References, ref)
		b.references[id] = ref
		links = append(links, link{m, ref})
	})
	for _, k := range links {
		find := func(key, id string) *Reference {
			to := b.references[id]
			if to == nil {
				k.m.Errorf(key, "unknown-reference", diag.DidYouMean(id, IDs(b.References), "add it to registers/references.yaml"), "reference %s is not in registers/references.yaml", diag.Quote(id))
			}
			return to
		}
		if id := k.m.Text("superseded_by"); id != "" {
			k.from.SupersededBy = find("superseded_by", id)
		}
		for _, id := range k.m.Texts("rests_on") {
			if to := find("rests_on", id); to != nil {
				k.from.RestsOn = append(k.from.RestsOn, to)
			}
		}
	}
	l.referenceCycles(b, "is superseded by", func(r *Reference) []*Reference {
		if r.SupersededBy == nil {
			return nil
		}
		return []*Reference{r.SupersededBy}
	}, func(r, _ *Reference) { r.SupersededBy = nil })
	l.referenceCycles(b, "rests on", func(r *Reference) []*Reference { return r.RestsOn }, func(r, to *Reference) {
		r.RestsOn = slices.DeleteFunc(r.RestsOn, func(x *Reference) bool { return x == to })
	})
	l.terms(b)
}

// referenceCycles reports chains of references that come back to where they
// began, and breaks them.
func (l *loader) referenceCycles(b *Book, verb string, next func(*Reference) []*Reference, cut func(from, to *Reference)) {
	for _, chain := range cycles(b.References, next, cut) {
		l.errorf(chain[0].Pos, "reference-cycle", "take one link out", "%s", chainText(IDs(chain), verb))
	}
}

// address reads an address out of the site.
func (l *loader) address(m *record.Map, key string) string {
	t := m.Text(key)
	if t == "" {
		return ""
	}
	if wrong := markdown.ExternalAddress(t); wrong != "" {
		m.Errorf(key, "unsafe-link", "write an address that begins with https://", "%s: the address %s cannot be used: %s", key, diag.Quote(t), wrong)
		return ""
	}
	return t
}
