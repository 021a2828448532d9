package markdown

import (
	"bytes"
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

// sizeBraces returns what stands in the braces that a text begins with, {...} or
// {:...}, and how long they are; 0 if it begins with none.
func sizeBraces(text []byte) (inside []byte, length int) {
	end := bytes.IndexByte(text, '}')
	if end < 0 || text[0] != '{' || bytes.ContainsAny(text[1:end], "{\n") {
		return nil, 0
	}
	return bytes.TrimPrefix(text[1:end], []byte(":")), end + 1
}

// sizeValue reads a width: "50%", "300px" or "300".
func sizeValue(s string) (number int, percent, ok bool) {
	digits, percent := strings.CutSuffix(s, "%")
	if !percent {
		digits = strings.TrimSuffix(s, "px")
	}
	if len(digits) == 0 || len(digits) > 4 || strings.Trim(digits, "0123456789") != "" {
		return 0, false, false
	}
	number, err := strconv.Atoi(digits)
	return number, percent, err == nil
}

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
	inside, length := sizeBraces(text[:min(len(text), maxSlip)])
	if length == 0 || !attributeLike.Match(bytes.TrimLeft(inside, " ")) {
		return ""
	}
	braces := string(text[:length])
	t.Segment = t.Segment.WithStart(offset + length) // it stays, though empty: the walk goes on with it
	written, bent := straight(strings.TrimSpace(string(inside)))
	if bent {
		w.errorf(offset, "curly-quotes", "write straight quotes, like this: {"+diag.Clean(written)+"}", "the quotes are curly: %s", diag.Quote(braces))
	}
	attr, wrong := parseAttributes(written)
	var s size
	if wrong != "" {
		w.errorf(offset, "image-size", sizeHint, "the size of an image cannot be read: %s", diag.Quote(braces))
		return s
	}
	if attr.id != "" {
		w.errorf(offset, "image-size", "give the id to a heading or a block, or delete it", "an image cannot have an id: %s", diag.Quote(braces))
	}
	for i, key := range attr.keys {
		if key != "width" {
			w.errorf(offset, "image-size", "give the width alone, as in {width=50%}: the height follows from it", "an image can have a width and nothing else: %s", diag.Quote(braces))
			continue
		}
		number, percent, ok := sizeValue(strings.TrimSpace(attr.vals[i]))
		if !ok {
			w.errorf(offset, "image-size", sizeHint, "the width of an image is neither a share of the text's width nor a number of pixels: %s", diag.Quote(braces))
			continue
		}
		switch {
		case percent && number >= 1 && number <= 100:
			s = size(strconv.Itoa(number) + "%")
		case !percent && number >= 1:
			s = size(strconv.Itoa(number))
		default:
			w.errorf(offset, "image-size", sizeHint, "the width of an image is outside of what can be shown, 1%% to 100%%: %s", diag.Quote(braces))
		}
	}
	return s
}
