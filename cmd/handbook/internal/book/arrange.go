package book

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/record"
)

// folderAddress gives the address of a folder, with a final slash, or "" for
// the top: each name without its number, as a slug.
func folderAddress(dir string) string {
	dir = strings.Trim(dir, "/")
	if dir == "" || dir == "." {
		return ""
	}
	var b strings.Builder
	for _, name := range strings.Split(dir, "/") {
		_, rest := splitNumber(name)
		b.WriteString(markdown.Slug(rest) + "/")
	}
	return b.String()
}

// folderNumber gives a folder's number, "2" or "2.1", or "" if a name on the
// way has none; and its place in the order of folders.
func folderNumber(dir string) (string, []int) {
	if dir == "." {
		return "", nil
	}
	var words []string
	var order []int
	numbered := true
	for _, name := range strings.Split(dir, "/") {
		n, _ := splitNumber(name)
		if n < 0 {
			numbered = false
			n = 1 << 30
		}
		words, order = append(words, strconv.Itoa(n)), append(order, n)
	}
	if !numbered {
		return "", order
	}
	return strings.Join(words, "."), order
}

// arrange makes parts and sections of the pages.
func (l *loader) arrange(b *Book) {
	parts := map[string]*Part{}
	orders := map[*Part][]int{}
	part := func(dir string) *Part {
		if dir == "." {
			return nil
		}
		p := parts[dir]
		if p == nil {
			number, order := folderNumber(dir)
			_, name := splitNumber(path.Base(dir))
			p = &Part{ID: markdown.Slug(name), Number: number, Title: humanise(name), Dir: dir, Path: folderAddress(dir) + "index.html"}
			parts[dir], orders[p] = p, order
		}
		return p
	}
	l.distinguish()
	for _, p := range l.pages {
		if !p.ok {
			continue
		}
		dir := path.Dir(p.source)
		if p.index {
			page := &Page{Title: p.title, Summary: p.front.Line("summary"), Source: p.source, Doc: p.doc}
			if dir == "." {
				b.Home = page
				continue
			}
			in := part(dir)
			in.Index, in.Summary = page, page.Summary
			if p.title != "" {
				in.Title = p.title
			}
			page.Title = in.Title
			continue
		}
		s := l.section(b, p)
		if s == nil {
			continue
		}
		if s.Part = part(dir); s.Part != nil {
			s.Part.Sections = append(s.Part.Sections, s)
		} else {
			b.Sections = append(b.Sections, s)
		}
	}
	for _, p := range parts {
		if len(p.Sections) > 0 {
			b.Parts = append(b.Parts, p)
		}
	}
	slices.SortFunc(b.Parts, func(x, y *Part) int {
		return cmp.Or(slices.Compare(orders[x], orders[y]), cmp.Compare(strings.ToLower(x.Title), strings.ToLower(y.Title)), cmp.Compare(x.Dir, y.Dir))
	})
	l.order(b.Sections)
	for _, p := range b.Parts {
		l.order(p.Sections)
		b.Sections = append(b.Sections, p.Sections...)
	}
	l.collisions(b)
}

// order sorts the sections of one folder: numbered first, then by title.
func (l *loader) order(sections []*Section) {
	key := func(s *Section) int {
		n, _ := splitNumber(path.Base(s.Source))
		if n < 0 {
			return 1 << 30
		}
		return n
	}
	slices.SortFunc(sections, func(x, y *Section) int {
		return cmp.Or(cmp.Compare(key(x), key(y)), cmp.Compare(strings.ToLower(x.Title), strings.ToLower(y.Title)), cmp.Compare(x.Source, y.Source))
	})
	for i := 1; i < len(sections); i++ {
		if x, y := sections[i-1], sections[i]; key(x) == key(y) && key(x) < 1<<30 {
			l.errorf(diag.Pos{File: l.opt.Dir + y.Source}, "duplicate-number", "give one of the files another number", "the number %d is also that of %s", key(y), l.opt.Dir+x.Source)
		}
	}
}

// distinguish gives ids of their own to pages that share a file name and have
// no id in their front matter: the folder's name is put before them.
func (l *loader) distinguish() {
	first := map[string][]*page{}
	for _, p := range l.pages {
		if p.ok && !p.index {
			first[p.id] = append(first[p.id], p)
		}
	}
	for _, p := range l.pages {
		if !p.ok || p.index || p.given || len(first[p.id]) < 2 {
			continue
		}
		in := strings.ReplaceAll(strings.Trim(folderAddress(path.Dir(p.source)), "/"), "/", "-")
		if in == "" {
			continue
		}
		p.qualified = in + "-" + p.id
		l.errorf(p.titlePos, "ambiguous-id", "write id: "+p.qualified+" in the front matter, so that it stays", "another page has the id %s; this one gets %s", diag.Quote(p.id), diag.Quote(p.qualified))
	}
}

// collisions tells of ids and addresses that two pages share.
func (l *loader) collisions(b *Book) {
	byPath := map[string]string{}
	claim := func(address, src string) bool {
		if err := output.CheckPath(address); err != nil {
			l.errorf(diag.Pos{File: l.opt.Dir + src}, "bad-path", "rename the file or its folder", "its address cannot be used: %s", diag.Clean(err.Error()))
			return false
		}
		key := output.FoldPath(address)
		if other, taken := byPath[key]; taken {
			l.errorf(diag.Pos{File: l.opt.Dir + src}, "duplicate-page", "rename one of them, or give it another id", "its address %s is also that of %s", address, other)
			return false
		}
		byPath[key] = l.opt.Dir + src
		return true
	}
	for _, own := range ReservedPaths() {
		byPath[output.FoldPath(own)] = "a page of the handbook's own"
	}
	for _, law := range b.Laws {
		byPath[output.FoldPath(law.Path)] = law.Pos.String()
	}
	for _, r := range b.References {
		byPath[output.FoldPath(r.Path)] = r.Pos.String()
	}
	for _, p := range b.Parts {
		src := p.Dir
		if p.Index != nil {
			src = p.Index.Source
		}
		claim(p.Path, src)
	}
	b.Sections = slices.DeleteFunc(b.Sections, func(s *Section) bool {
		ok := true
		if other := b.sections[s.ID]; other != nil {
			pos := s.Pos
			if at, given := s.Keys["id"]; given {
				pos = at
			}
			l.errorf(pos, "duplicate-id", "give each section an id of its own", "the id %s is also that of %s", diag.Quote(s.ID), l.opt.Dir+other.Source)
			ok = false
		}
		if ok = claim(s.Path, s.Source) && ok; ok {
			b.sections[s.ID] = s
		} else if s.Part != nil {
			s.Part.Sections = slices.DeleteFunc(s.Part.Sections, func(x *Section) bool { return x == s })
		}
		return !ok
	})
	b.Parts = slices.DeleteFunc(b.Parts, func(p *Part) bool { return len(p.Sections) == 0 })
	b.Files = slices.DeleteFunc(b.Files, func(f File) bool { return !claim(f.Path, f.Source) })
	slices.SortFunc(b.Files, func(x, y File) int { return cmp.Compare(x.Path, y.Path) })
	for _, s := range b.Sections {
		for _, a := range s.Aliases {
			at := s.Keys["aliases"]
			clean := path.Clean(a)
			switch {
			case clean != a || strings.HasPrefix(a, "/") || strings.HasPrefix(a, "..") || !strings.HasSuffix(a, ".html") || output.CheckPath(a) != nil:
				l.errorf(at, "bad-alias", "write an old address such as phones/sms.html", "%s cannot be an old address", diag.Quote(a))
			case byPath[output.FoldPath(a)] != "":
				l.errorf(at, "bad-alias", "delete the alias", "the old address %s is that of %s", diag.Quote(a), byPath[output.FoldPath(a)])
			default:
				byPath[output.FoldPath(a)] = "an alias of " + l.opt.Dir + s.Source
				b.Redirects = append(b.Redirects, Redirect{From: a, To: s})
			}
		}
	}
	slices.SortFunc(b.Redirects, func(x, y Redirect) int { return cmp.Compare(x.From, y.From) })
}

// ReservedPaths lists the addresses that the site makes of its own.
func ReservedPaths() []string {
	return []string{"index.html", "a-z.html", "search.html", "terms.html", "rules.html", "coverage.html", "health.html", "print.html", "404.html",
		"laws/index.html", "references/index.html", "handbook.json", "health.csv", "reviews.ics", "changes.atom", "sitemap.xml", "manifest.json"}
}

// section makes a Section of a page, or nil if it is a draft that is left out.
func (l *loader) section(b *Book, p *page) *Section {
	m := p.front
	if m != nil {
		l.readers = append(l.readers, m.Reader())
	}
	file := l.opt.Dir + p.source
	dir := path.Dir(p.source)
	s := &Section{ID: p.id, Title: p.title, Source: p.source, Pos: p.titlePos, Doc: p.doc, TextHash: p.hash, Params: p.params, Keys: map[string]diag.Pos{}}
	s.Path = folderAddress(dir) + p.id + ".html"
	if p.qualified != "" {
		s.ID = p.qualified
	}
	for _, k := range m.Keys() {
		s.Keys[k] = m.Pos(k)
	}
	number, _ := folderNumber(dir)
	switch {
	case p.number < 0 || number == "" && dir != ".":
	case number == "":
		s.Number = strconv.Itoa(p.number)
	default:
		s.Number = number + "." + strconv.Itoa(p.number)
	}
	s.Draft = m.Bool("draft")
	if s.Draft && !l.opt.Drafts {
		l.drafts[p.source] = true
		return nil
	}
	s.Summary = m.Line("summary")
	if id := m.Text("owner"); id != "" {
		known := make([]string, len(b.Config.Owners))
		for i := range b.Config.Owners {
			known[i] = b.Config.Owners[i].ID
			if known[i] == id {
				s.Owner = &b.Config.Owners[i]
			}
		}
		if s.Owner == nil {
			l.errorf(m.Pos("owner"), "unknown-owner", diag.DidYouMean(id, known, "add it to owners in handbook.yaml"), "owner %s is not in handbook.yaml", diag.Quote(id))
		}
	}
	s.Areas = l.areas(b.Config, m)
	s.Audience = l.audiences(b.Config, m)
	s.Drafted, s.Effective, s.Withdrawn = m.Date("drafted"), m.Date("effective"), m.Date("withdrawn")
	s.Version, s.Change = m.Int("version", 1, 9999, 1), m.Line("change")
	if s.ReviewEvery = m.Period("review_every"); s.ReviewEvery.IsZero() {
		s.ReviewEvery = b.Config.ReviewEvery
	}
	s.Aliases = m.Texts("aliases")
	if a := m.Value("approved").Map("approved", "on", "by"); a != nil {
		s.Approved = Approval{On: a.Date("on"), By: a.Line("by")}
		l.signed(a, "approved", "write {on: YYYY-MM-DD, by: name or body}")
		l.notBefore(a, "on", "approved", s.Approved.On, m, "drafted", s.Drafted)
	}
	for _, v := range m.Value("reviews").List("reviews") {
		rm := v.Map("a review", "on", "by", "outcome", "checked", "text")
		if rm == nil {
			continue
		}
		r := Review{SignOff: signOff(rm, v.Pos()), Outcome: rm.Choice("outcome", "no-change", "editorial", "substantive"), Checked: rm.Texts("checked")}
		l.signed(rm, "a review", "write {on: YYYY-MM-DD, by: name, outcome: no-change}")
		l.notBefore(rm, "on", "reviewed", r.On, m, "drafted", s.Drafted)
		if !r.On.IsZero() {
			s.Reviews = append(s.Reviews, r)
		}
	}
	if cm := m.Value("counsel").Map("counsel", "on", "by", "text"); cm != nil {
		sign := signOff(cm, m.Pos("counsel"))
		l.signed(cm, "counsel", "write {on: YYYY-MM-DD, by: name}")
		l.notBefore(cm, "on", "counsel", sign.On, m, "drafted", s.Drafted)
		if !sign.On.IsZero() {
			s.Counsel = &sign
		}
	}
	l.notBefore(m, "effective", "effective", s.Effective, m, "drafted", s.Drafted)
	l.notBefore(m, "withdrawn", "withdrawn", s.Withdrawn, m, "effective", s.Effective)
	l.notBefore(m, "withdrawn", "withdrawn", s.Withdrawn, m, "drafted", s.Drafted)
	if s.Pos.File == "" {
		s.Pos = diag.Pos{File: file, Line: 1, Col: 1}
	}
	return s
}

func signOff(m *record.Map, at diag.Pos) SignOff {
	s := SignOff{On: m.Date("on"), By: m.Line("by"), Text: strings.ToLower(m.Text("text")), Pos: at}
	if s.Text != "" && (len(s.Text) != 8 || strings.Trim(s.Text, "0123456789abcdef") != "") {
		m.Errorf("text", "bad-value", "let handbook review write it", "text: %s is not a hash of eight hexadecimal digits", diag.Quote(s.Text))
		s.Text = ""
	}
	return s
}

// signed tells of a record without a day or a name.
func (l *loader) signed(m *record.Map, what, hint string) {
	for _, key := range []string{"on", "by"} {
		if !m.Value(key).Given() {
			m.Errorf(key, "bad-value", hint, "%s has no %s", what, map[string]string{"on": "day", "by": "name"}[key])
		}
	}
}

// notBefore tells of a day that lies before one that it must follow.
func (l *loader) notBefore(m *record.Map, key, what string, day date.Date, m2 *record.Map, key2 string, day2 date.Date) {
	if !day.IsZero() && !day2.IsZero() && day.Before(day2) {
		l.dateOrder(m.Pos(key), what, day.String(), key2, day2.String(), m2.Pos(key2).Line)
	}
}
