package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"handbook/cmd/handbook/internal/book"
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

// stale tells whether the section is out of date on the day of the build.
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
	// Standing tells how a section stands. If it is nil, the index says
	// nothing of it.
	Standing func(*book.Section) Standing
}

// Path gives the folder of the index of a book, with a final slash.
func Path(b *book.Book) string { return Dir + languageOf(b.Config.Language).tag + "/" }

// Files adds the files of the index of a book. The index is made when the
// first of them is read, once, so that a preview which nobody searches does
// not pay for it.
func Files(b *book.Book, opt Options, add func(path string, makeFile func() ([]byte, error)) error) error {
	p := planFor(b)
	build := sync.OnceValue(func() *index { return makeIndex(b, opt, p) })
	dir := Path(b)
	for _, kind := range p.kinds() {
		for i := range kind.files {
			file := func() ([]byte, error) { return build().file(kind.letter, i), nil }
			if err := add(dir+kind.letter+strconv.Itoa(i)+".js", file); err != nil {
				return fmt.Errorf("search: %w", err)
			}
		}
	}
	return nil
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
	files map[string][][]byte // by the letter of the kind
}

// file gives file i of a kind. A shard that was planned and not needed is
// empty.
func (x *index) file(kind string, i int) []byte {
	var text []byte
	if i < len(x.files[kind]) {
		text = x.files[kind][i]
	}
	return wrap(x.build, kind+strconv.Itoa(i), text)
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
	lex := &lexicon{
		stop: lang.stopList(), stemmer: lang.stemmer(), same: newSynonyms(names), mentions: map[weighted][]int32{},
		average: max(1, float32(size)/float32(max(1, len(g.docs)))),
	}
	for i := range g.docs {
		lex.add(i, &g.docs[i])
	}
	lex.sort()
	x := &index{files: map[string][][]byte{}}
	starts := x.postings(lex, p)
	firsts := x.documents(g, p, size)
	x.files["v"] = [][]byte{vocabulary(lex.forms)}
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

// postings makes the files of postings, positions and overflow, and gives what
// the client needs to know of where each begins.
func (x *index) postings(lex *lexicon, p plan) []string {
	var scratch [levels + 1][]int32
	lines := make([]encoded, len(lex.forms))
	for i := range lex.forms {
		lines[i] = lex.forms[i].encode(&scratch)
		lex.forms[i].posts = nil
	}
	shards := cut(len(lines), p.postings, func(i int) int { return len(lines[i].posts) + len(lex.forms[i].text)/2 + 4 },
		func(i int) string { return lex.forms[i].text })
	size, left := 0, 0
	for i := range lines {
		size += len(lex.forms[i].spots)
		left += len(lines[i].overflow)
	}
	spots := &lists{files: make([][]byte, p.positions), target: 2 * size / p.positions}
	over := &lists{files: make([][]byte, p.overflows), target: left / max(1, p.overflows)}
	var starts []string
	var posts []byte
	var write spotter
	last := ""
	for _, s := range shards {
		posts = posts[:0]
		head, file := []int{spots.at}, spots.at
		groups := mates(lex.forms[s.from:s.to])
		before := ""
		for i := s.from; i < s.to; i++ {
			f, e := &lex.forms[i], lines[i]
			posts = append(appendFront(posts, before, f.text), '\t')
			posts = appendNumber(posts, groups[f.stem])
			posts = appendNumber(posts, int(f.count))
			posts = appendNumber(posts, e.left)
			if e.left > 0 {
				posts = appendNumber(posts, over.add(f.text, e.overflow))
			}
			posts = append(append(posts, e.posts...), '\n')
			if len(f.spots) > 0 {
				spots.add(f.text, write.write(f))
				for ; file < spots.at; file++ {
					head = append(head, head[0]+i-s.from)
				}
				f.spots = nil
			}
			before = f.text
			lines[i] = encoded{}
		}
		starts = append(starts, separator(last, lex.forms[s.from].text))
		last = before
		x.files["p"] = append(x.files["p"], append(append(appendSteps(nil, head), '\n'), bytes.TrimSuffix(posts, []byte("\n"))...))
	}
	x.files["x"], x.files["o"] = spots.files, over.files
	return starts
}

// Lists parts what forms need beside their line among files, so that a form
// which needs more than its share of a file has one to itself. The client
// finds the line of a form by its text.
type lists struct {
	files  [][]byte
	target int
	at     int
}

// add adds the list of a form and gives the number of its file.
func (l *lists) add(text string, list []byte) int {
	if len(l.files[l.at]) > 0 && len(l.files[l.at])+len(list) > l.target && l.at+1 < len(l.files) {
		l.at++
	}
	f := append(append(l.files[l.at], text...), '\t')
	l.files[l.at] = append(append(f, list...), '\n')
	return l.at
}

// mates numbers the stems that several of the forms share, from 1 on.
func mates(forms []form) map[string]int {
	seen, groups := map[string]int{}, map[string]int{}
	for i := range forms {
		if s := forms[i].stem; s != "" {
			if seen[s]++; seen[s] == 2 {
				groups[s] = len(groups) + 1
			}
		}
	}
	return groups
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
			out = appendPage(out, &g.pages[at])
		}
		d := &g.docs[i]
		out = append(clean(out, d.anchor), '\t')
		out = append(clean(out, d.heading), '\t')
		out = append(clean(out, d.text), '\n')
		sum += len(d.text)
	}
	if len(g.docs) > 0 {
		x.files["d"] = append(x.files["d"], out)
	}
	return firsts
}

// appendPage writes the line of a page: path, name, kind, ages and reasons.
func appendPage(out []byte, p *page) []byte {
	for _, s := range []string{p.path, p.name, p.kind, p.standing.Ages} {
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
		for _, words := range set {
			forms = append(forms, strings.Join(words, " "))
		}
		sets = append(sets, strings.Join(forms, "="))
	}
	out = append(out, strings.Join(sets, "\t")...)
	return out
}
