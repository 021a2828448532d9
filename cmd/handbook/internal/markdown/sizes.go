package markdown

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"

	"handbook/cmd/handbook/internal/diag"
)

// A size is how wide an image is shown: a share of the text's width, "50%", a
// number of pixels, "300", or "" for as wide as it is. How high follows from that.
// It is written as the attribute width, whose percentages every browser reads (HTML
// Standard, 15.2, "maps to the dimension property"): the page's
// Content-Security-Policy allows no style of an image's own, and a class for each
// share would be loaded with every page.
type size string

var (
	sizeBraces = regexp.MustCompile(`^\{:?([^{}\n]*)\}`)
	sizeValue  = regexp.MustCompile(`^(\d{1,4})(%|px)?$`)
)

const sizeHint = "write a share of the text's width, {width=50%}, or pixels, {width=300px}"

// imageSize takes the braces that stand right behind an image, and gives the
// size that they say. What stands in other braces is text.
func (w *walker) imageSize(n ast.Node) size {
	t, ok := n.NextSibling().(*ast.Text)
	if !ok || t.Segment.IsEmpty() || w.src[t.Segment.Start] != '{' {
		return ""
	}
	w.join(t)
	offset := t.Segment.Start
	text := t.Segment.Value(w.src)
	m := sizeBraces.FindSubmatch(text[:min(len(text), maxSlip)])
	if m == nil || !attributeLike.Match(bytes.TrimLeft(m[1], " ")) {
		return ""
	}
	t.Segment = t.Segment.WithStart(offset + len(m[0])) // it stays, though empty: the walk goes on with it
	written, bent := straight(strings.TrimSpace(string(m[1])))
	if bent {
		w.errorf(offset, "curly-quotes", "write straight quotes, like this: {"+diag.Clean(written)+"}", "the quotes are curly: %s", diag.Quote(string(m[0])))
	}
	attr, wrong := parseAttributes(written)
	var s size
	if wrong != "" {
		w.errorf(offset, "image-size", sizeHint, "the size of an image cannot be read: %s", diag.Quote(string(m[0])))
		return s
	}
	if attr.id != "" {
		w.errorf(offset, "image-size", "give the id to a heading or a block, or delete it", "an image can have no id: %s", diag.Quote(string(m[0])))
	}
	for i, key := range attr.keys {
		if key != "width" {
			w.errorf(offset, "image-size", "give the width alone, as in {width=50%}: the height follows from it", "an image can have a width and nothing else: %s", diag.Quote(string(m[0])))
			continue
		}
		value := sizeValue.FindStringSubmatch(strings.TrimSpace(attr.vals[i]))
		if value == nil {
			w.errorf(offset, "image-size", sizeHint, "the width of an image is neither a share of the text's width nor a number of pixels: %s", diag.Quote(string(m[0])))
			continue
		}
		number, _ := strconv.Atoi(value[1])
		switch percent := value[2] == "%"; {
		case percent && number >= 1 && number <= 100:
			s = size(strconv.Itoa(number) + "%")
		case !percent && number >= 1:
			s = size(strconv.Itoa(number))
		default:
			w.errorf(offset, "image-size", sizeHint, "the width of an image is outside of what can be shown, 1%% to 100%%: %s", diag.Quote(string(m[0])))
		}
	}
	return s
}
