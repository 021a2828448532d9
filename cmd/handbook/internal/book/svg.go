package book

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
)

// activeSVG names what in an SVG could run a script or load something from
// elsewhere, or gives "". An SVG is a document: opened by its own address, it
// runs with the rights of the whole site. It is read as the XML that it is,
// because a search through its bytes does not see entities, prefixes and other
// encodings; one that cannot be read so is not used.
func activeSVG(svg []byte) string {
	d := xml.NewDecoder(bytes.NewReader(svg))
	root := true
	inStyle, style := false, ""
	for {
		t, err := d.Token()
		switch {
		case errors.Is(err, io.EOF) && root:
			return "no svg element"
		case errors.Is(err, io.EOF):
			return ""
		case err != nil:
			return "what is not well-formed XML in UTF-8"
		}
		switch t := t.(type) {
		case xml.ProcInst:
			if t.Target != "xml" {
				return "<?" + t.Target
			}
		case xml.Directive:
			// A document type may name the SVG standard, but define nothing.
			if bytes.ContainsAny(t, "[") || bytes.HasPrefix(bytes.ToUpper(t), []byte("ENTITY")) {
				return "a document type with definitions"
			}
		case xml.StartElement:
			if root && t.Name.Local != "svg" {
				return "no svg element"
			}
			root = false
			if what := activeElement(t); what != "" {
				return what
			}
			inStyle, style = strings.EqualFold(t.Name.Local, "style"), ""
		case xml.CharData:
			if inStyle {
				style += string(t)
			}
		case xml.EndElement:
			if inStyle && loads(style) {
				return "a style that loads something"
			}
			inStyle = false
		}
	}
}

// activeElement names what in an element could run or load something, or
// gives "".
func activeElement(e xml.StartElement) string {
	name := strings.ToLower(e.Name.Local)
	active := []string{"script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "audio", "video", "canvas", "link", "meta", "base", "form", "input"}
	if slices.Contains(active, name) {
		return "<" + e.Name.Local
	}
	for _, a := range e.Attr {
		key, value := strings.ToLower(a.Name.Local), strings.TrimSpace(a.Value)
		switch {
		case a.Name.Space == "xmlns":
		case strings.HasPrefix(key, "on"), key == "base":
			return a.Name.Local + "="
		case key == "href" || key == "src":
			if !strings.HasPrefix(value, "#") && !picture.MatchString(value) && !(name == "a" && plainAddress.MatchString(value)) {
				return a.Name.Local + "=, which leads elsewhere"
			}
		case key == "attributename" && (strings.Contains(strings.ToLower(value), "href") || strings.HasPrefix(strings.ToLower(value), "on")):
			return "an animation of " + value
		case a.Name.Space == "" && loads(value):
			return a.Name.Local + "=, which loads something"
		}
	}
	return ""
}

var (
	picture      = regexp.MustCompile(`^data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=\s]*$`)
	plainAddress = regexp.MustCompile(`^https?://[A-Za-z0-9]`)
	styleLoad    = regexp.MustCompile(`(?i)@import|expression\s*\(|javascript:|url\s*\(\s*["']?\s*[^"'#\s)]`)
)

// loads tells whether a style sheet, or an attribute that may hold style, asks
// for something outside the image.
func loads(style string) bool {
	return strings.ContainsRune(style, '\\') || styleLoad.MatchString(style)
}
