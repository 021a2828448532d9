package markdown

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
)

// A Doc is one parsed page, rendered: its HTML with open links, and what other
// packages ask of it. Links are resolved by the book once it knows every page
// ([Doc.Resolve]); after that a Doc never changes.
type Doc struct {
	Title     string // the first heading, if it is of the first level and not another than Input.Title
	TitlePos  diag.Pos
	Rules     []Rule
	Citations []Citation
	Fills     []Fill // places that the agency must fill in; of an open value the first
	Cards     []Card
	Private   []PrivateValue // left out
	LeftOut   []LeftOut      // blocks that the profile leaves out
	Narrowed  bool           // there are blocks for readers of other editions, and they are left out
	Shown     []byte         // the body without the blocks that are left out, or nil where there are none; for the loader, which takes it out
	Params    map[string]any // what goldmark-meta read of the front matter's params

	page     []byte // rendered, with marks for the links: see cutLinks
	links    []Link
	headings []Heading
	anchors  []anchor // sorted
	given    []anchor // the names in braces of headings and blocks
	plain    string
	size     int    // of plain
	packed   []byte // page and plain, compressed, in their place: see Pack
	pageSize int    // of page, where it is packed
	cuts     []span // the headings in plain

	paragraphs []paragraph
	cited      []span          // citations in plain
	left       map[string]bool // what Anchor would know if nothing were left out
	hidden     []Link          // in blocks that are left out
	meant      []Meant         // links that are shown as text
}

// A Heading is a heading of a page, for contents lists and the index.
type Heading struct {
	Level  int    // 2 to 6, never more than one deeper than the one before
	ID     string // of the element: unique in the whole handbook, and no name of the DOM
	Number string // clause number within the page, "3.2", or "" where the author numbers
	Text   string // without markup
	Line   int
}

// A Rule is a ::: rule block as it was written.
type Rule struct {
	ID         string
	Level      int // -1 if not given
	Laws       []string
	References []string
	Audience   []string
	Text       string
	Pos        diag.Pos

	html span // of the page
}

// A PrivateValue is a {{value}} in the text that is not for the readers of this
// edition, and is left out.
type PrivateValue struct {
	Name string
	Pos  diag.Pos
}

// A Citation is a [@id, locator] in the text.
type Citation struct {
	ID, Locator string
	Pos         diag.Pos
}

// A LinkKind says what an internal link is.
type LinkKind int

// The kinds of internal links.
const (
	LinkPage     LinkKind = iota // a relative link as an author wrote it
	LinkImage                    // an image
	LinkCitation                 // a law or reference; resolved from the start
	LinkTerm                     // a term; resolved from the start
)

// A Link is an internal link: Dest is what the author wrote, Target what it
// leads to once it is resolved.
type Link struct {
	Kind   LinkKind
	Dest   string
	Target Target
	Pos    diag.Pos
}

// HTML returns the rendered body.
func (d *Doc) HTML() Fragment {
	page, _ := d.unpacked()
	return d.cutLinks(page, len(d.links))
}

// RuleHTML returns the rendered content of rule i, without its box and label.
func (d *Doc) RuleHTML(i int) Fragment { return d.part(d.Rules[i].html) }

// part returns a part of the rendered body.
func (d *Doc) part(at span) Fragment {
	page, _ := d.unpacked()
	return d.cutLinks(page[at.from:at.to], 1)
}

// cutLinks cuts rendered HTML at its internal links, which are written as a
// NUL, the link's index and a NUL: no source holds a NUL. links is about how
// many there are.
func (d *Doc) cutLinks(b []byte, links int) Fragment {
	f := Fragment{Pieces: make([][]byte, 0, links+1), Links: make([]Target, 0, links)}
	for {
		i := bytes.IndexByte(b, 0)
		if i < 0 {
			f.Pieces = append(f.Pieces, b)
			return f
		}
		j := i + 1 + bytes.IndexByte(b[i+1:], 0)
		n := 0
		for _, c := range b[i+1 : j] {
			n = 10*n + int(c-'0')
		}
		f.Pieces, f.Links = append(f.Pieces, b[:i]), append(f.Links, d.links[n].Target)
		b = b[j+1:]
	}
}

// Headings returns the headings below the title, in order.
func (d *Doc) Headings() []Heading { return d.headings }

// Links returns the internal links in order.
func (d *Doc) Links() []Link { return d.links }

// Resolve sets where link i leads. Only the loader calls it.
func (d *Doc) Resolve(i int, t Target) { d.links[i].Target = t }

// Copy returns a Doc whose links can be resolved anew. All else is shared.
func (d *Doc) Copy() *Doc {
	c := *d
	c.links = slices.Clone(d.links)
	return &c
}

// SameAnchors reports whether the same names lead to the same elements in both.
func (d *Doc) SameAnchors(other *Doc) bool {
	return slices.Equal(d.anchors, other.anchors) && maps.Equal(d.left, other.left)
}

// Anchor returns the id of the element that an author means by #name: the id of
// a rule or heading, the id given in braces, or the heading as GitHub spells it.
func (d *Doc) Anchor(name string) (string, bool) {
	i, ok := slices.BinarySearchFunc(d.anchors, name, anchor.compare)
	if !ok {
		return "", false
	}
	return d.anchors[i].id, true
}

// GivenNames returns the names that an author gave in braces, {#must}, by the id of
// the element, which is longer: texting--must. Names that lead elsewhere, and
// those that are no plain words, are left out.
func (d *Doc) GivenNames() map[string]string {
	if len(d.given) == 0 {
		return nil
	}
	names := make(map[string]string, len(d.given))
	for _, a := range d.given {
		if id, ok := d.Anchor(a.name); ok && id == a.id && a.name == Slug(a.name) {
			names[a.id] = a.name
		}
	}
	return names
}

// Anchors returns every name that Anchor knows, unsorted.
func (d *Doc) Anchors() []string {
	names := make([]string, len(d.anchors))
	for i, a := range d.anchors {
		names[i] = a.name
	}
	return names
}

// Words counts the words of the body; a place to fill in is none.
func (d *Doc) Words() int {
	n := 0
	for word := range strings.FieldsSeq(d.Text()) {
		if !strings.HasPrefix(word, Blank) {
			n++
		}
	}
	return n
}

// Text returns the body as plain text, blocks parted by newlines. A place to fill
// in is a [Blank] in it: what it asks for is no policy, and nobody should find
// it in a search as if it were.
func (d *Doc) Text() string {
	_, plain := d.unpacked()
	return plain
}

// Size returns the length of Text in bytes.
func (d *Doc) Size() int { return d.size }

// Blocks returns the plain text below each heading, down to the next one: first
// what stands before the first heading, then a text for each of Headings.
func (d *Doc) Blocks() []string {
	blocks, plain := make([]string, 1, 1+len(d.headings)), d.Text()
	from := 0
	for _, heading := range d.cuts {
		blocks[len(blocks)-1] = strings.TrimSpace(plain[from:max(from, int(heading.from))])
		blocks = append(blocks, "")
		from = int(heading.to)
	}
	blocks[len(blocks)-1] = strings.TrimSpace(plain[min(from, len(plain)):])
	return blocks
}
