// Package svg reports which SVG images are safe to publish.
//
// An SVG is a document. Opened by its own address it runs scripts with the
// rights of the whole site, and it can ask other servers for style sheets,
// images and fonts, which tells them who reads what. So [Check] lets only pass
// what it knows to be a still or moving picture that holds all it needs:
//
//   - elements and attributes of SVG that draw, move or describe;
//   - addresses of something in the same file ("#blue"), or of an image or font
//     that is part of the file (data:); a link of an element a may lead to a page;
//   - in CSS, the rules and functions that load nothing;
//   - what drawing programs add in namespaces of their own, which browsers do
//     not look at.
//
// Everything else is refused, known to be harmful or not: what browsers learn
// tomorrow is not on a list of today. Nothing is taken out of a file, so that
// what is published is what was drawn.
//
// The file is read as the XML that it is, and its CSS in tokens: a search
// through its bytes does not see entities, prefixes, comments and CDATA.
package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/diag"
)

// MaxDepth is how deep elements may be nested.
const MaxDepth = 1000

// A Fault is the first thing in an image that is not allowed.
type Fault struct {
	Line, Col int    // from 1; Col counts characters
	What      string // to follow "it holds"
	Hint      string // what to do
}

// The namespaces with a meaning here.
const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

// What to do about a fault.
const (
	plainly  = "save it as a plain SVG (in Inkscape: Save As, Plain SVG; in Illustrator: Export As, SVG), or as a PNG"
	inUTF8   = "save it again as a plain SVG in UTF-8, or as a PNG"
	labels   = "let the program write labels as plain text (in draw.io: turn off Formatted Text; in Mermaid: htmlLabels: false), or save it as a PNG"
	editable = "save it without what only serves to edit it (in Illustrator: without Preserve Illustrator Editing Capabilities), or as a PNG"
	embedded = "embed the image or font in the file, or draw its letters as paths, or save it as a PNG"
	scripted = "take the script out, or save it as a PNG"
)

// Check returns the first thing in an image that is not allowed, or nil.
func Check(image []byte) *Fault {
	c := &checker{src: image, d: xml.NewDecoder(bytes.NewReader(image))}
	c.d.CharsetReader = c.charset
	for c.fault == nil {
		c.at = int(c.d.InputOffset())
		t, err := c.d.Token()
		switch {
		case errors.Is(err, io.EOF) && c.rooted:
			return nil
		case errors.Is(err, io.EOF):
			c.refuse(0, plainly, "no svg element")
		case err != nil:
			c.refuse(min(int(c.d.InputOffset()), len(image))-c.at, inUTF8, "what is not well-formed XML in UTF-8")
		default:
			c.token(t)
		}
	}
	return c.fault
}

// A checker reads an image.
type checker struct {
	src    []byte
	d      *xml.Decoder
	at     int // where the token begins
	depth  int
	rooted bool   // the svg element has begun
	style  *sheet // of the style element that is open
	fault  *Fault
}

// refuse notes a fault at a number of bytes after the beginning of the token.
func (c *checker) refuse(after int, hint, format string, args ...any) {
	before := c.src[:min(c.at+after, len(c.src))]
	line := bytes.LastIndexByte(before, '\n') + 1
	c.fault = &Fault{bytes.Count(before, []byte("\n")) + 1, utf8.RuneCount(before[line:]) + 1, fmt.Sprintf(format, args...), hint}
}

// charset reads a file that says that it is not in UTF-8. If it holds nothing
// but ASCII, that makes no difference in the sets that contain ASCII.
func (c *checker) charset(name string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "us-ascii", "ascii", "iso-8859-1", "iso-8859-15", "windows-1252":
		if !bytes.ContainsFunc(c.src, func(r rune) bool { return r >= utf8.RuneSelf }) {
			return r, nil
		}
	}
	return nil, errors.New("not in UTF-8")
}

func (c *checker) token(t xml.Token) {
	switch t := t.(type) {
	case xml.ProcInst:
		// Some programs put the metadata of a file into xpacket.
		if t.Target != "xml" && t.Target != "xpacket" {
			c.refuse(0, plainly, "<?%s?>", word(t.Target))
		}
	case xml.Directive:
		if !plainDoctype(string(t)) {
			c.refuse(0, editable, "a document type that is not just that of SVG")
		}
	case xml.StartElement:
		c.start(t)
	case xml.CharData:
		if c.style != nil {
			c.style.add(c, t)
		}
	case xml.EndElement:
		if c.depth--; c.style != nil {
			c.style.check(c)
			c.style = nil
		}
	}
}

// plainDoctype reports whether a document type names the SVG standard and defines
// nothing of its own.
func plainDoctype(s string) bool {
	rest, ok := strings.CutPrefix(s, "DOCTYPE")
	words := strings.Fields(strings.ReplaceAll(rest, "'", `"`))
	if !ok || len(words) == 0 || words[0] != "svg" && words[0] != "svg:svg" {
		return false
	}
	quoted := strings.Split(strings.Join(words[1:], " "), `"`)
	switch {
	case len(words) == 1:
		return true
	case strings.TrimSpace(quoted[0]) == "PUBLIC" && len(quoted) == 5:
		return strings.HasPrefix(quoted[1], "-//W3C//DTD SVG ") && strings.TrimSpace(quoted[2]) == "" && fromW3C(quoted[3]) && strings.TrimSpace(quoted[4]) == ""
	case strings.TrimSpace(quoted[0]) == "SYSTEM" && len(quoted) == 3:
		return fromW3C(quoted[1]) && strings.TrimSpace(quoted[2]) == ""
	}
	return false
}

func fromW3C(address string) bool {
	return strings.HasPrefix(address, "http://www.w3.org/") || strings.HasPrefix(address, "https://www.w3.org/")
}

func (c *checker) start(e xml.StartElement) {
	c.depth++
	own := e.Name.Space == svgSpace || e.Name.Space == ""
	switch name := e.Name.Local; {
	case !c.rooted && (!own || name != "svg"):
		c.refuse(0, plainly, "no svg element")
	case c.depth > MaxDepth:
		c.refuse(0, plainly, "more than %d elements in each other", MaxDepth)
	case c.style != nil:
		c.refuse(0, plainly, "an element in a style sheet")
	case !own && !isEditors(e.Name.Space):
		c.refuse(0, hintFor(name), "<%s>, which is not of SVG", word(name))
	case own && !elements[name]:
		c.refuse(0, hintFor(name), "<%s>", word(name))
	case own && name == "style":
		c.style = &sheet{}
	}
	c.rooted = true
	for _, a := range e.Attr {
		if c.fault != nil {
			return
		}
		if what, hint := attribute(e.Name.Local, a, own); what != "" {
			c.refuse(c.find(a.Name.Local), hint, "%s", what)
		}
	}
}

// find returns where an attribute stands in the element that has just been read.
func (c *checker) find(name string) int {
	tag := c.src[c.at:min(int(c.d.InputOffset()), len(c.src))]
	for i := 0; ; {
		n := bytes.Index(tag[i:], []byte(name))
		if n < 0 {
			return 0
		}
		i += n
		before := tag[i-1] // a tag begins with "<"
		after := bytes.TrimLeft(tag[i+len(name):], " \t\r\n")
		if (before == ':' || before <= ' ') && len(after) > 0 && after[0] == '=' {
			return bytes.LastIndexAny(tag[:i], " \t\r\n") + 1 // with its prefix
		}
		i++
	}
}

// hintFor returns what to do about an element.
func hintFor(name string) string {
	switch strings.ToLower(name) {
	case "foreignobject", "div", "p", "span", "body", "html", "br", "table":
		return labels
	case "script", "handler", "listener":
		return scripted
	}
	return plainly
}

// attribute reports what is wrong with an attribute, or gives "".
func attribute(element string, a xml.Attr, own bool) (what, hint string) {
	name := a.Name.Local
	switch space := a.Name.Space; {
	case space == "xmlns" || space == "" && name == "xmlns":
		return "", ""
	case space == xmlSpace && name != "base", isEditors(space), space == xlinkSpace && name != "href":
		return "", ""
	case space != "" && space != xlinkSpace:
		return word(name) + "=, which is not of SVG", plainly
	case name == "href" || name == "src":
		return reference(element, a)
	case !own: // what another program reads
		return "", ""
	case strings.HasPrefix(strings.ToLower(name), "on"):
		return word(name) + "=, which runs a script", scripted
	case strings.HasPrefix(name, "data-"), strings.HasPrefix(name, "aria-"), words[name]:
		return "", ""
	case name == "attributeName":
		if value := strings.TrimSpace(a.Value); !attributes[value] && !words[value] || value == "style" {
			return "an animation of " + word(value), plainly
		}
		return "", ""
	case !attributes[name]:
		return word(name) + "=, which is not of SVG", plainly
	}
	if _, what, hint := css(a.Value); what != "" {
		return what + " in " + name + "=", hint
	}
	return "", ""
}

// reference reports what is wrong with an address.
func reference(element string, a xml.Attr) (what, hint string) {
	value := strings.TrimSpace(a.Value)
	lower := strings.ToLower(value)
	switch {
	case strings.HasPrefix(value, "#"), value == "", a.Name.Local == "href" && embeds(value, false):
		return "", ""
	case element == "a" && (strings.HasPrefix(lower, "https://") || strings.HasPrefix(lower, "http://") || strings.HasPrefix(lower, "mailto:")):
		return "", ""
	}
	return a.Name.Local + "=, which leads elsewhere", embedded
}

// embeds reports whether an address holds an image of points, or a font.
func embeds(address string, fonts bool) bool {
	head, data, ok := strings.Cut(address, ",")
	kind, ok2 := strings.CutPrefix(strings.ToLower(head), "data:")
	kind, ok3 := strings.CutSuffix(kind, ";base64")
	if !ok || !ok2 || !ok3 {
		return false
	}
	switch strings.TrimSuffix(kind, ";charset=utf-8") {
	case "image/png", "image/jpeg", "image/jpg", "image/gif", "image/webp", "image/avif":
	case "font/woff2", "font/woff", "font/ttf", "font/otf", "application/font-woff", "application/font-woff2",
		"application/x-font-woff", "application/x-font-ttf", "application/x-font-truetype", "application/x-font-opentype":
		if !fonts {
			return false
		}
	default:
		return false
	}
	return !strings.ContainsFunc(data, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("+/= \t\r\n", r))
	})
}

// word makes a name of a file safe to print, and short.
func word(s string) string { return strings.Trim(diag.Quote(s), `"`) }
