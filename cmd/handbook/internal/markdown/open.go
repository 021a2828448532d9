package markdown

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"

	"handbook/cmd/handbook/internal/lang"
)

// Blank stands in a page's plain text for a place to fill in: it holds no word
// that a search could find or that a count of words would count.
const Blank = "____"

var kindOpen = ast.NewNodeKind("HandbookOpen")

// An openNode is {{agency.phone}} where handbook.yaml says that the value is
// open.
type openNode struct {
	ast.BaseInline
	value, prompt string
	offset        int
}

func (n *openNode) Kind() ast.NodeKind            { return kindOpen }
func (n *openNode) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// OpenPlace returns the HTML of a place to fill in within a sentence. The words
// and the brackets say what it is where no sheet draws its box.
func OpenPlace(l *lang.Language, prompt string) string {
	return `<span class="to-fill">` + string(l.HTML("to-fill", "what", prompt)) + `</span>`
}

func (r *nodes) open(w util.BufWriter, src []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		put(w, OpenPlace(languageOf(w), node.(*openNode).prompt))
	}
	return ast.WalkContinue, nil
}

// needs says at the top of a card what must be filled in first.
func (r *nodes) needs(w util.BufWriter, needs []string) {
	if len(needs) == 0 {
		return
	}
	what := make([]string, len(needs))
	for i, n := range needs {
		what[i] = inSentence(n)
	}
	put(w, `<p class="card-needs">`)
	say(w, "card-needs", "what", strings.Join(what, "; "))
	put(w, "</p>\n")
}

// inSentence returns what a place asks for as it stands within a sentence: "The
// number staff call" loses its capital, "IT help desk" does not.
func inSentence(prompt string) string {
	prompt = strings.TrimRight(prompt, ".")
	first, n := utf8.DecodeRuneInString(prompt)
	if next, _ := utf8.DecodeRuneInString(prompt[n:]); unicode.IsUpper(next) {
		return prompt
	}
	return string(unicode.ToLower(first)) + prompt[n:]
}

// firstOfEach returns the places, of each value only the first.
func firstOfEach(places []Fill) []Fill {
	var out []Fill
	seen := map[string]bool{}
	for _, f := range places {
		if f.Value == "" || !seen[f.Value] {
			out = append(out, f)
		}
		seen[f.Value] = true
	}
	return out
}

// useOpen notes a use of an open value.
func (w *walker) useOpen(n *openNode) {
	w.places = append(w.places, Fill{Title: n.prompt, Value: n.value, Pos: w.pos(n.offset)})
}

// openBelow notes the open values in a node whose children are not walked.
func (w *walker) openBelow(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if open, ok := c.(*openNode); ok {
			w.useOpen(open)
		}
		w.openBelow(c)
	}
}

// openIn returns the open values in the address of a link.
func (w *walker) openIn(address []byte, offset int) []*openNode {
	var open []*openNode
	for _, m := range valueAnywhere.FindAllSubmatch(address, -1) {
		id, prompt, ok := w.state.openValue(string(m[1]))
		if ok && !slices.ContainsFunc(open, func(n *openNode) bool { return n.value == id }) {
			open = append(open, &openNode{value: id, prompt: prompt, offset: offset})
		}
	}
	return open
}

// openLink puts the words of a link in its place, and behind them what its
// address lacks, unless the words ask for it already: [call](tel:{{agency.phone}}).
func (w *walker) openLink(n *ast.Link, open []*openNode, at place) {
	parent := n.Parent()
	open = slices.DeleteFunc(open, func(o *openNode) bool { return asks(n, o.value) })
	w.children(n, place{quiet: true, link: at.link})
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		n.RemoveChild(n, c)
		parent.InsertBefore(parent, n, c)
	}
	for _, o := range open {
		parent.InsertBefore(parent, n, ast.NewString([]byte(" ")))
		parent.InsertBefore(parent, n, o)
		w.plain.WriteByte(' ')
		w.node(o, at)
	}
	parent.RemoveChild(parent, n)
}

// asks reports whether a node holds the place of an open value.
func asks(n ast.Node, value string) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if o, ok := c.(*openNode); ok && o.value == value || asks(c, value) {
			return true
		}
	}
	return false
}

// blank puts a Blank in the place of the plain text from a place on, with all
// that is noted of it. The headings stay, and have no text.
func (w *walker) blank(from int) {
	w.plain.Truncate(from)
	w.forget(from)
	for len(w.paragraphs) > 0 && int(w.paragraphs[len(w.paragraphs)-1].to) > from {
		w.paragraphs = w.paragraphs[:len(w.paragraphs)-1]
	}
	for i := len(w.cuts) - 1; i >= 0 && int(w.cuts[i].to) > from; i-- {
		w.cuts[i] = span{int32(from), int32(from)}
	}
	w.plain.WriteString(Blank + "\n")
}
