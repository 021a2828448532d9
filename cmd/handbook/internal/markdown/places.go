package markdown

import (
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/source"
)

// A Fill is a place that only the agency can fill in: a ::: fill block, or the
// first use on the page of a value that is open.
type Fill struct {
	Title string // what belongs there; "" for a block that does not say
	Text  string // of a block, without markup
	Value string // the value, as handbook.yaml has it: "agency.phone"; "" for a block
	Pos   diag.Pos
}

// Asks says what belongs there.
func (f Fill) Asks() string {
	if f.Title == "" {
		return FillTitle
	}
	return f.Title
}

// A Card is a ::: steps block that prints on a sheet of its own.
type Card struct {
	ID    string // of the element
	Title string
	Place int      // among the cards of the handbook, from 1; 0 if not given
	Needs []string // what its open places ask for
	Pos   diag.Pos

	html span // of the page
}

// FillTitle is the title of a ::: fill block that gives none.
const FillTitle = "Your agency must fill this in"

// CardHTML returns the rendered steps of card i, without their box and title.
func (d *Doc) CardHTML(i int) Fragment { return d.part(d.Cards[i].html) }

// boxTitle returns the title of a note, warning, example or fill. That of a fill
// says what the box is, whatever it is about.
func boxTitle(n *blockNode) string {
	title, _ := n.attr.value("title")
	switch {
	case n.name == "fill" && title == "":
		return FillTitle
	case n.name == "fill":
		return "To fill in: " + title
	case title == "":
		return strings.ToUpper(n.name[:1]) + n.name[1:]
	}
	return title
}

// special checks and gathers what the blocks that are not rules are for.
// from is where the block's text begins in the plain text, and places how many
// open places come before it.
func (w *walker) special(n *blockNode, from, places int) {
	switch n.name {
	case "fill":
		title, _ := n.attr.value("title")
		w.places = append(w.places, Fill{Title: title, Text: source.OneLine(w.plain.Bytes()[from:]), Pos: w.pos(n.offset)})
		w.blank(from)
	case "sign":
		w.sign(n)
	case "steps":
		w.card(n, places)
	}
}

// card gathers an action card, with the open places from one on.
func (w *walker) card(n *blockNode, places int) {
	card, given := n.attr.value("card")
	if !given {
		return
	}
	title, _ := n.attr.value("title")
	list, _ := n.FirstChild().(*ast.List)
	place, err := strconv.Atoi(card)
	switch {
	case card != "yes" && (err != nil || place < 1 || place > 99):
		w.errorf(n.offset, "bad-attributes", "write card=yes, or card=1 for the card that comes first, or leave it out",
			"card: %s is neither yes nor a place from 1 to 99", diag.Quote(card))
	case n.attr.id == "" || title == "":
		w.errorf(n.offset, "bad-block", `write ::: steps {#card-lost-phone title="Lost or stolen device" card=yes}`, "a card needs an id and a title")
	case list == nil || !list.IsOrdered() || n.ChildCount() != 1:
		w.errorf(n.offset, "bad-block", "write the steps as 1., 2., 3., and the rest before or after the card", "a card holds one numbered list and nothing else")
	case holds(list, extast.KindFootnoteLink):
		w.errorf(n.offset, "bad-block", "say it in the step, or below the card", "a card cannot hold a footnote, because it is also shown on a page of its own")
	default:
		for _, f := range firstOfEach(w.places[places:]) {
			n.needs = append(n.needs, f.Asks())
		}
		w.doc.Cards = append(w.doc.Cards, Card{ID: n.attr.id, Title: title, Place: place, Needs: slices.Clone(n.needs), Pos: w.pos(n.offset)})
		w.cards = append(w.cards, n)
	}
}

// holds reports whether a node of a kind stands somewhere in another.
func holds(n ast.Node, kind ast.NodeKind) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == kind || holds(c, kind) {
			return true
		}
	}
	return false
}

// sign returns each of those who sign lines to sign on.
func (w *walker) sign(n *blockNode) {
	list, _ := n.FirstChild().(*ast.List)
	if list == nil || list.IsOrdered() || n.ChildCount() != 1 {
		w.errorf(n.offset, "bad-block", "write a line - Client for each of them", "a sign block holds one list of those who sign and nothing else")
		return
	}
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		if plainText(item, w.src) == "" {
			w.errorf(n.offset, "bad-block", "write who signs after each -", "a signatory has no name")
			continue
		}
		item.AppendChild(item, &linesNode{})
	}
}

// kindLines is the node of the lines to sign on.
var kindLines = ast.NewNodeKind("HandbookLines")

// A linesNode is the lines on which one person signs.
type linesNode struct{ ast.BaseBlock }

func (n *linesNode) Kind() ast.NodeKind            { return kindLines }
func (n *linesNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

func (r *nodes) lines(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, `<p class="sign-lines">`)
		for i, what := range []string{"sign-name", "sign-signature", "sign-date"} {
			if i > 0 {
				put(w, " ")
			}
			put(w, "<span>")
			say(w, what)
			put(w, "</span>")
		}
		put(w, "</p>\n")
	}
	return ast.WalkContinue, nil
}
