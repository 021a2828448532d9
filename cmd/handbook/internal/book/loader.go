package book

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// A Loader loads a content folder again and again, and does only what a change
// makes necessary. What it gives is what [Load] would give, to the last
// problem; the Books it gave before stay as they are. It serves one goroutine.
//
//   - A page is read and parsed again only if its content has changed, or the
//     settings and registers that all pages share.
//   - Numbers, addresses and links are found out again only if a page was
//     added or removed, or says something of itself that others go by: its id,
//     its title, its headings and so on (outline).
//   - Else the new Book shares all that has not changed with the one before:
//     only the parts with new text in them are copied ([loader.renew]).
//   - What could not be read is read again each time, because a fault of the
//     disk comes and goes without a change of any file.
//
// A run writes to nothing that it takes over from the one before: a page that
// is read, or arranged anew, is another page object.
//
// An [Edition] is loaded anew each time: what one page uses of the registers
// decides what all the others are made with.
type Loader struct {
	opt    Options
	parser *markdown.Parser
	last   *loader // the last run, nil at first
}

// NewLoader makes a Loader that has not read anything yet.
func NewLoader(opt Options) *Loader { return &Loader{opt: opt, parser: markdown.New()} }

// Load loads the folder. changed names the files that may not be what they
// were, slash-separated from the top of the folder; folders that came or went
// count as well. With nil, as for the first call, every file is read.
func (l *Loader) Load(fsys fs.FS, changed []string) (*Book, []diag.Problem, error) {
	next := newLoader(fsys, l.opt, l.parser)
	next.remember = len(l.opt.Audience) == 0
	if l.last != nil && next.remember {
		next.follow(l.last, changed)
	}
	b, ps, err := next.load()
	if err != nil {
		l.last = nil // begin anew once it can be read
		return nil, nil, err
	}
	next.before = nil // else every run would be kept
	l.last = next
	return b, ps, nil
}

// A stage is a part of loading whose problems are kept apart, because it may
// be taken over from the run before.
type stage int

const (
	listed   stage = iota // what files there are
	settled               // settings and registers
	arranged              // numbers, ids, addresses, links
	stages
)

// end puts the problems told since the last stage away.
func (l *loader) end(s stage) {
	for _, r := range l.readers {
		l.problems = append(l.problems, r.Problems...)
	}
	l.reported[s] = diag.Sort(l.all())
	l.readers, l.problems = nil, nil
}

// follow makes a run go on from another. A changed file that is not one of the
// pages of then means that the folder must be listed again.
func (l *loader) follow(before *loader, changed []string) {
	l.before, l.run = before, before.run+1
	if changed == nil {
		return
	}
	l.changed = make(map[string]bool, len(changed))
	l.sameList = !before.unread(listed)
	for _, name := range changed {
		l.changed[name] = true
		_, isPage := before.index[name]
		info, err := fs.Lstat(l.fsys, name)
		l.sameList = l.sameList && isPage && err == nil && info.Mode().IsRegular()
	}
}

// unread reports whether something could not be read at a stage.
func (l *loader) unread(s stage) bool {
	return slices.ContainsFunc(l.reported[s], IsUnread)
}

// IsUnread reports whether a problem is that a file or folder could not be
// read, which may be over the next time.
func IsUnread(p diag.Problem) bool { return p.Rule == "unreadable" || p.Rule == "vanished" }

// takeList takes the list of files over.
func (l *loader) takeList(b *Book) {
	was := l.before
	l.wanted = was.wanted
	l.files, l.folders, l.index, l.attached, l.reported[listed] = was.files, was.folders, was.index, was.attached, was.reported[listed]
	l.pages = slices.Clone(was.pages)
	b.Files = slices.Clone(was.attached)
}

// settingsAsBefore reports whether settings and registers are those of the run
// before, and were all read then.
func (l *loader) settingsAsBefore() bool {
	if !l.remember {
		return false
	}
	whole := l.before != nil && !l.before.unread(settled)
	if whole && l.sameList {
		return true
	}
	l.sum = l.sumSettings()
	return whole && l.sum == l.before.sum
}

// sumSettings returns the hash of settings and registers.
func (l *loader) sumSettings() [sha256.Size]byte {
	h := sha256.New()
	for _, name := range []string{"handbook.yaml", "registers/laws.yaml", "registers/references.yaml", "registers/terms.yaml"} {
		b, err := fs.ReadFile(l.fsys, name)
		why := ""
		if err != nil {
			why = reason(err)
		}
		fmt.Fprintf(h, "%v %v %d %s\n%s\n", l.files[name], errors.Is(err, fs.ErrNotExist), len(b), why, b)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

// takeSettings takes settings and registers over.
func (l *loader) takeSettings(b *Book) {
	l.reported[settled], l.sum = l.before.reported[settled], l.before.sum
	b.setVocabulary(l.before.whole)
}

// takePages takes over the pages whose files have not changed, and gives those
// that must be read.
func (l *loader) takePages() []*page {
	if l.before == nil {
		return l.pages
	}
	var rest []*page
	for i, p := range l.pages {
		old := l.known(p)
		if old != nil && l.changed != nil && !l.changed[p.source] {
			l.pages[i] = old
			continue
		}
		next := &page{entry: p.entry}
		if old != nil {
			// Its elements have ids that begin with its own, so most likely
			// with the one that it had.
			next.qualified = old.qualified
		}
		l.pages[i] = next
		rest = append(rest, next)
	}
	return rest
}

// isFresh reports whether a page was read in this run, and not taken over.
func (l *loader) isFresh(p *page) bool { return p.run == l.run }

// ownPages returns this run page objects of its own for those that it has taken
// over, because arranging writes to them.
func (l *loader) ownPages() {
	for i, p := range l.pages {
		if !l.isFresh(p) {
			own := *p
			l.pages[i] = &own
		}
	}
}

// known returns the page of the run before that this one is if its content has
// not changed, or nil.
func (l *loader) known(p *page) *page {
	if !l.sameSettings || l.wanted != l.before.wanted {
		return nil
	}
	i, ok := l.before.index[p.source]
	if !ok {
		return nil
	}
	old := l.before.pages[i]
	if !old.summed || old.entry != p.entry {
		return nil
	}
	return old
}

// An outline is what other pages go by. While the outlines of all pages are
// what they were, so are all numbers, addresses and links.
type outline struct {
	ok, lost, section, draft      bool
	silent                        bool // see withholdFiles
	id, qualified, title, summary string
	successor, form               string
	withdrawn, aliases, shows     string
}

func (p *page) outline() outline {
	o := outline{shows: p.shows, ok: p.ok, lost: p.lost, section: p.section != nil, id: p.id, qualified: p.qualified, title: p.title,
		successor: p.successor, form: p.formOf, silent: p.silent()}
	if p.index {
		o.summary, o.aliases = p.summary, strings.Join(p.aliases, "\n")
	}
	if s := p.section; s != nil {
		o.draft, o.withdrawn, o.aliases = s.Draft, s.Withdrawn.String(), strings.Join(s.Aliases, "\n")
	}
	return o
}

// onlyText reports whether nothing has changed but the text of pages.
func (l *loader) onlyText() bool {
	was := l.before
	if was == nil || !l.sameList || !l.sameSettings || was.resolver == nil || was.resolver.tried > 0 || l.spelled(l.book) != was.spelled(was.book) {
		return false
	}
	for i, p := range l.pages {
		if !l.isFresh(p) {
			continue
		}
		old := was.pages[i]
		if !slices.Equal(p.uses(len(was.drafts) > 0), old.uses(len(was.drafts) > 0)) {
			return false
		}
		if p.outline() != old.outline() || p.given != old.given || p.leftOut != "" || old.leftOut != "" || !p.ok || !p.doc.SameAnchors(old.doc) {
			return false
		}
		// What was told of the page by its place may have moved.
		if slices.ContainsFunc(was.reported[arranged], func(q diag.Problem) bool { return q.File == l.opt.Dir+p.source }) {
			return false
		}
	}
	return true
}

// copySections returns each page that was taken over a section of its own for
// this Book, as it was before it was arranged.
func (l *loader) copySections() {
	for _, p := range l.pages {
		if p.section == nil || l.isFresh(p) {
			continue
		}
		s := p.section.clone()
		s.ID, s.Path, s.Number, s.Part, s.SupersededBy, s.Form = p.sectionID(), p.id+".html", p.name.Number, nil, nil, nil
		p.section = s
	}
}

// clone returns a copy of a section with copies of its rules.
func (s *Section) clone() *Section {
	c := *s
	c.Rules = slices.Clone(s.Rules)
	for i, r := range s.Rules {
		rule := *r
		rule.Section = &c
		c.Rules[i] = &rule
	}
	return &c
}

// renew makes the Book of the one before and the pages with new text. What
// holds such a page is copied: its part with all sections in it, and whatever
// else points to one of those. All other sections are shared.
func (l *loader) renew(b *Book) {
	was := l.before
	old := was.book
	resolver := *was.resolver
	resolver.loader = l
	l.drafts, l.left, l.resolver = was.drafts, was.left, &resolver
	b.Home, b.LeftOut, b.Files, b.Spoiled = old.Home, old.LeftOut, old.Files, old.Spoiled
	b.setVocabulary(old.vocabulary())
	b.Parts, b.Sections, b.Redirects, b.sections = slices.Clone(old.Parts), slices.Clone(old.Sections), old.Redirects, maps.Clone(old.sections)
	var fresh []*page
	copied := map[*Section]*Section{} // the copies, by what they are copies of
	parts := map[*Part]*Part{}
	for i, p := range l.pages {
		if !l.isFresh(p) {
			continue
		}
		fresh = append(fresh, p)
		before := was.pages[i]
		switch s := before.section; {
		case s == nil && old.Home != nil && old.Home.Source == p.source:
			home := *old.Home
			b.Home, home.Doc = &home, p.doc
		case s == nil:
			for _, part := range old.Parts {
				if part.Index != nil && part.Index.Source == p.source {
					parts[part] = nil
				}
			}
		case old.sections[s.ID] != s:
			// It shares an id or an address and is not in the Book.
		default:
			p.section.Path, p.section.Number = s.Path, s.Number
			copied[s] = p.section
			parts[s.Part] = nil
		}
	}
	l.spread(old, copied, parts)
	for part := range parts {
		if part == nil {
			continue
		}
		c := *part
		c.Sections = slices.Clone(part.Sections)
		if part.Index != nil {
			index := *part.Index
			c.Index, index.Doc = &index, l.pages[l.index[index.Source]].doc
		}
		parts[part] = &c
	}
	for s, c := range copied {
		c.Part, c.SupersededBy, c.Form = parts[s.Part], s.SupersededBy, s.Form
		if next := copied[s.SupersededBy]; next != nil {
			c.SupersededBy = next
		}
		if next := copied[s.Form]; next != nil {
			c.Form = next
		}
		b.sections[c.ID] = c
		i := l.index[c.Source]
		if p := l.pages[i]; !l.isFresh(p) {
			own := *p
			l.pages[i] = &own
		}
		l.pages[i].section = c
	}
	replace := func(list []*Section) {
		for i, s := range list {
			if c := copied[s]; c != nil {
				list[i] = c
			}
		}
	}
	replace(b.Sections)
	for i, part := range b.Parts {
		if c := parts[part]; c != nil {
			b.Parts[i] = c
			replace(c.Sections)
		}
	}
	for _, p := range fresh {
		l.resolver.page(b, p)
	}
	l.problems = append(l.problems, was.reported[arranged]...)
}

// spread copies the other sections of the parts that are copied, and those that
// point to one that is copied, until there are no more.
func (l *loader) spread(old *Book, copied map[*Section]*Section, parts map[*Part]*Part) {
	duplicate := func(s *Section) {
		if copied[s] == nil {
			copied[s] = s.clone()
		}
	}
	for more := true; more; {
		more = false
		for part := range parts {
			if part != nil {
				for _, s := range part.Sections {
					duplicate(s)
				}
			}
		}
		for _, s := range old.Sections {
			if copied[s] == nil && (copied[s.SupersededBy] != nil || copied[s.Form] != nil) {
				duplicate(s)
				parts[s.Part] = nil
				more = true
			}
		}
	}
}
