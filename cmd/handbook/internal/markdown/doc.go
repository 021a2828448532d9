package markdown

import (
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
	Fills     []Fill // places that the agency must fill in
	Cards     []Card
	LeftOut   []LeftOut      // blocks that the profile leaves out
	Params    map[string]any // what goldmark-meta read of the front matter's params

	html     pieces
	links    []Link
	headings []Heading
	anchors  map[string]string // what an author may write after #, to the id of the element
	plain    string
	cuts     []int // where each heading begins and ends in plain

	paragraphs []paragraph
	cited      []span          // citations in plain
	left       map[string]bool // what Anchor would know if nothing were left out
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

	html pieces
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

// pieces is rendered HTML with the indexes of the links between its pieces.
type pieces struct {
	text  [][]byte
	links []int
}

func (d *Doc) fragment(p pieces) Fragment {
	f := Fragment{Pieces: p.text, Links: make([]Target, len(p.links))}
	for i, l := range p.links {
		f.Links[i] = d.links[l].Target
	}
	return f
}

// HTML gives the rendered body.
func (d *Doc) HTML() Fragment { return d.fragment(d.html) }

// RuleHTML gives the rendered content of rule i, without its box and label.
func (d *Doc) RuleHTML(i int) Fragment { return d.fragment(d.Rules[i].html) }

// Headings gives the headings below the title, in order.
func (d *Doc) Headings() []Heading { return d.headings }

// Links gives the internal links in order.
func (d *Doc) Links() []Link { return d.links }

// Resolve sets where link i leads. Only the loader calls it.
func (d *Doc) Resolve(i int, t Target) { d.links[i].Target = t }

// Copy gives a Doc whose links can be resolved anew. All else is shared.
func (d *Doc) Copy() *Doc {
	c := *d
	c.links = slices.Clone(d.links)
	return &c
}

// SameAnchors tells whether the same names lead to the same elements in both.
func (d *Doc) SameAnchors(other *Doc) bool {
	return maps.Equal(d.anchors, other.anchors) && maps.Equal(d.left, other.left)
}

// Anchor gives the id of the element that an author means by #name: the id of
// a rule or heading, the id given in braces, or the heading as GitHub spells it.
func (d *Doc) Anchor(name string) (string, bool) {
	id, ok := d.anchors[name]
	return id, ok
}

// Anchors gives every name that Anchor knows, unsorted.
func (d *Doc) Anchors() []string {
	names := make([]string, 0, len(d.anchors))
	for name := range d.anchors {
		names = append(names, name)
	}
	return names
}

// Words counts the words of the body.
func (d *Doc) Words() int {
	n := 0
	for range strings.FieldsSeq(d.plain) {
		n++
	}
	return n
}

// Text gives the body as plain text, blocks parted by newlines.
func (d *Doc) Text() string { return d.plain }

// Blocks gives the plain text below each heading, down to the next one: first
// what stands before the first heading, then a text for each of Headings.
func (d *Doc) Blocks() []string {
	blocks := make([]string, 1, 1+len(d.headings))
	from := 0
	for i := 0; i+1 < len(d.cuts); i += 2 {
		blocks[len(blocks)-1] = strings.TrimSpace(d.plain[from:max(from, d.cuts[i])])
		blocks = append(blocks, "")
		from = d.cuts[i+1]
	}
	blocks[len(blocks)-1] = strings.TrimSpace(d.plain[min(from, len(d.plain)):])
	return blocks
}
