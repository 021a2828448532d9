package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/lang"
)

// Dir is the folder of the index in the site.
const Dir = "search/"

// A Standing is how a section stands, from day to day.
type Standing struct {
	// Ages is "2026-11-21 current,2027-01-20 due": from that day on, the first
	// being that of the build; with unapproved for current where nobody has
	// approved the section.
	Ages    string
	Reasons []Reason
}

// stale reports whether the section is out of date on the day of the build.
func (s Standing) stale() bool {
	first, _, _ := strings.Cut(s.Ages, ",")
	return strings.HasSuffix(first, " stale")
}

// A Reason is why a section is less than current, from the day Since up to but
// not including the day Until; "" is open.
type Reason struct {
	Since, Until, Text string
}

// Options say what the index is to know beside the book.
type Options struct {
	// Standing reports how a section stands. If it is nil, the index says
	// nothing of it.
	Standing func(*book.Section) Standing

	Language *lang.Language // of the words in it; nil for that of the handbook
}

// Path returns the folder of the index of a book, with a final slash.
func Path(b *book.Book) string { return Dir + languageOf(b.Config.Language).tag + "/" }

// Files adds the files of the index of a book. The index is made when the
// first of them is written, so that a preview which nobody searches does not
// pay for it. It lets go of each file that was written. A file that is asked
// for a second time is the same, but the whole index is made again for it.
func Files(b *book.Book, opt Options, add func(path string, writeFile func(io.Writer) error) error) error {
	p := planFor(b)
	m := &maker{makeIndex: func() *index { return makeIndex(b, opt, p) }}
	dir := Path(b)
	for _, kind := range p.kinds() {
		for i := range kind.files {
			file := func(w io.Writer) error { return m.write(w, kind.letter, i) }
			if err := add(dir+kind.letter+strconv.Itoa(i)+".js", file); err != nil {
				return fmt.Errorf("search: %w", err)
			}
		}
	}
	return nil
}

// A maker makes the index and gives its files.
type maker struct {
	makeIndex func() *index
	buffers   sync.Pool

	mu    sync.Mutex
	index *index // nil before the first file
}

// write writes file i of a kind.
func (m *maker) write(w io.Writer, kind string, i int) error {
	build, text := m.take(kind, i)
	buf, ok := m.buffers.Get().(*[]byte)
	if !ok {
		buf = new([]byte)
	}
	defer m.buffers.Put(buf)
	*buf = appendFile((*buf)[:0], build, kind+strconv.Itoa(i), text)
	_, err := w.Write(*buf)
	return err
}

// take takes the text of file i of a kind, and gives the build that it is of. A
// shard that was planned and not needed is empty.
func (m *maker) take(kind string, i int) (build string, text []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.index == nil || m.index.given[kind+strconv.Itoa(i)] {
		m.index = m.makeIndex()
	}
	x := m.index
	x.given[kind+strconv.Itoa(i)] = true
	if files := x.files[kind]; i < len(files) {
		text, files[i] = files[i], nil
	}
	return x.build, text
}

// A plan says how many files there are of each kind. It is made from the size
// of the book alone, without reading it: the Tree wants to know the paths
// before anything is made.
type plan struct {
	postings, positions, documents, overflows int
}

// The sizes of files that are aimed at, in bytes before compression, and how
// many bytes of postings are expected for each byte of text. Small files make
// a query cheap; a large handbook has larger ones, so that it has fewer.
const (
	postingsSize  = 5 << 10
	documentsSize = 4 << 10
	largePostings = 18 << 10
	largeTexts    = 18 << 10
	postingsShare = 0.16
)

func planFor(b *book.Book) plan {
	docs, size := 2*len(b.Parts)+len(b.Laws)+len(b.References)+len(b.Terms), 500*(len(b.Laws)+len(b.References))+200*len(b.Terms)
	for _, s := range b.Sections {
		docs++
		size += len(s.Summary) + len(s.Title) + 100
		if s.Doc != nil {
			docs += len(s.Doc.Headings()) + len(s.Rules)
			size += s.Doc.Size() + 60*len(s.Doc.Headings())
		}
		for _, r := range s.Rules {
			size += len(r.Text)
		}
	}
	postings, texts := postingsSize, documentsSize
	if docs > 20000 {
		postings, texts = largePostings, largeTexts
	}
	p := plan{postings: 1 + int(float64(size)*postingsShare)/postings, documents: 1 + size/texts}
	p.positions = 2 * p.postings
	if docs > inline {
		p.overflows = p.postings
	}
	return p
}

type fileKind struct {
	letter string
	files  int
}

func (p plan) kinds() []fileKind {
	return []fileKind{{"m", 1}, {"p", p.postings}, {"x", p.positions}, {"o", p.overflows}, {"d", p.documents}, {"v", 1}, {"f", 1}}
}

// An index is all its files, before they are wrapped.
type index struct {
	build string
	files map[string][][]byte // by the letter of the kind; nil for one that was given
	given map[string]bool     // by name
}

// makeIndex makes the index.
func makeIndex(b *book.Book, opt Options, p plan) *index {
	lang := languageOf(b.Config.Language)
	g := &gatherer{book: b, opt: opt}
	g.gather()
	size := 0
	for i := range g.docs {
		size += len(g.docs[i].text)
	}
	var names [][]string
	for _, t := range b.Terms {
		names = append(names, append([]string{t.Term}, t.Also...))
	}
	lex := newLexicon(lang, newSynonyms(names))
	lex.average = max(1, float32(size)/float32(max(1, len(g.docs))))
	for i := range g.docs {
		lex.add(&g.docs[i])
	}
	x := &index{files: map[string][][]byte{}, given: map[string]bool{}}
	order := lex.sorted()
	starts := x.postings(lex, order, p)
	firsts := x.documents(g, p, size)
	x.files["v"] = [][]byte{vocabulary(lex.forms, order)}
	x.files["f"] = [][]byte{facets(g)}
	x.files["m"] = [][]byte{manifest(g, lang, lex, starts, firsts)}
	h := sha256.New()
	for _, kind := range p.kinds() {
		for _, text := range x.files[kind.letter] {
			fmt.Fprintf(h, "%s%d\n", kind.letter, len(text))
			h.Write(text)
		}
	}
	x.build = hex.EncodeToString(h.Sum(nil)[:5])
	return x
}

// documents makes the files from which results are shown, and gives the first
// document of each.
func (x *index) documents(g *gatherer, p plan, size int) []int {
	var firsts []int
	var out []byte
	sum, at := 0, 0
	for i := range g.docs {
		for at+1 < len(g.pages) && g.pages[at+1].first <= i {
			at++
		}
		if shard := sum * p.documents / max(1, size); len(firsts) <= shard && len(firsts) < p.documents {
			if len(firsts) > 0 {
				x.files["d"] = append(x.files["d"], bytes.Clone(out))
				out = out[:0]
			}
			firsts = append(firsts, i)
		}
		if len(out) == 0 || g.pages[at].first == i {
			out = appendPage(out, &g.pages[at], g.shown)
		}
		d := &g.docs[i]
		out = append(clean(out, d.anchor), '\t')
		out = append(clean(out, g.shown(d.heading)), '\t')
		out = append(clean(out, g.shown(d.text)), '\n')
		sum += len(d.text)
	}
	if len(g.docs) > 0 {
		x.files["d"] = append(x.files["d"], out)
	}
	return firsts
}

// appendPage writes the line of a page: path, name, kind, ages and reasons.
func appendPage(out []byte, p *page, shown func(string) string) []byte {
	for _, s := range []string{p.path, shown(p.name), p.kind, p.standing.Ages} {
		out = append(clean(out, s), '\t')
	}
	for _, r := range p.standing.Reasons {
		out = append(clean(out, r.Since), '\t')
		out = append(clean(out, r.Until), '\t')
		out = append(clean(out, r.Text), '\t')
	}
	out[len(out)-1] = '\n'
	return out
}

// manifest makes the file that the client reads first.
func manifest(g *gatherer, lang language, lex *lexicon, starts []string, firsts []int) []byte {
	var out []byte
	line := func(b ...byte) { out = append(append(out, b...), '\n') }
	out = appendNumber(out, len(g.docs))
	line()
	line([]byte(strings.Join(starts, "\t"))...)
	line(appendSteps(nil, firsts)...)
	var pages []int
	var gone []string
	for i := range g.pages {
		pages = append(pages, g.pages[i].first)
		if day := g.pages[i].withdrawn; !day.IsZero() {
			gone = append(gone, strconv.Itoa(i)+" "+day.String())
		}
	}
	line(appendSteps(nil, pages)...)
	line([]byte(strings.Join(gone, "\t"))...)
	line([]byte(lang.stop)...)
	line([]byte(lang.endings)...)
	var sets []string
	for _, set := range lex.same.sets {
		var forms []string
		for _, words := range set.names {
			forms = append(forms, strings.Join(words, " "))
		}
		if len(forms) > 1 {
			sets = append(sets, strings.Join(forms, "="))
		}
	}
	out = append(out, strings.Join(sets, "\t")...)
	return out
}
