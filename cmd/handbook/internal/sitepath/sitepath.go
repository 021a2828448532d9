// Package sitepath holds the rules for the addresses of a site: which a file can
// have on every system and web server ([Check]), and which some system takes for
// one and the same ([Fold]).
package sitepath

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Limits of an address. 255 bytes is what every common file system takes for
// one name; 240 leaves room for the folder above within the 260 characters
// that many Windows programs still stop at.
const (
	maxElement = 255
	maxPath    = 240
)

// TempPrefix begins the names of temporary files inside a published folder.
const TempPrefix = ".handbook-"

// Check says why path cannot be the address of a file on every system and
// web server, or gives nil if it can. An address is relative and
// slash-separated: "phones/texting.html".
func Check(path string) error {
	switch {
	case path == "":
		return errors.New("the path is empty")
	case path[0] == '/':
		return fmt.Errorf("path %q begins with a slash; it must be relative", path)
	}
	for i := range len(path) {
		c := path[i]
		if c >= utf8.RuneSelf {
			if err := checkUnicode(path); err != nil {
				return err
			}
			break
		}
	}
	for rest, more := path, true; more; {
		var element string
		element, rest, more = strings.Cut(rest, "/")
		if err := checkElement(path, element); err != nil {
			return err
		}
	}
	if len(path) > maxPath {
		return fmt.Errorf("path %q is %d bytes long; the limit is %d", path, len(path), maxPath)
	}
	if strings.HasPrefix(path, TempPrefix) {
		return fmt.Errorf("path %q begins with %s, which is kept for temporary files", path, TempPrefix)
	}
	return nil
}

// checkUnicode looks at what a byte cannot tell.
func checkUnicode(path string) error {
	if !utf8.ValidString(path) {
		return fmt.Errorf("path %q is not UTF-8", path)
	}
	for _, r := range path {
		if r >= utf8.RuneSelf && unicode.IsControl(r) {
			return fmt.Errorf("path %q holds the control character %U", path, r)
		}
	}
	return nil
}

// checkElement checks one name between two slashes of path.
func checkElement(path, element string) error {
	switch element {
	case "":
		return fmt.Errorf("path %q has an empty name in it", path)
	case ".", "..":
		return fmt.Errorf("path %q has %q in it", path, element)
	}
	for i := range len(element) {
		switch c := element[i]; {
		case c < ' ' || c == 0x7f:
			return fmt.Errorf("path %q holds the control character %U", path, rune(c))
		case c == '\\':
			return fmt.Errorf("path %q holds a backslash; folders are separated by /", path)
		case c == '<' || c == '>' || c == ':' || c == '"' || c == '|' || c == '?' || c == '*':
			return fmt.Errorf("path %q holds %q, which Windows does not allow in a name", path, rune(c))
		}
	}
	switch element[len(element)-1] {
	case '.':
		return fmt.Errorf("path %q has a name that ends in a dot, which Windows drops", path)
	case ' ':
		return fmt.Errorf("path %q has a name that ends in a space, which Windows drops", path)
	}
	if len(element) > maxElement {
		return fmt.Errorf("path %q has a name of %d bytes; the limit is %d", path, len(element), maxElement)
	}
	if device := reserved(element); device != "" {
		return fmt.Errorf("path %q has the name %s, which Windows keeps for a device", path, device)
	}
	return nil
}

// reserved returns the device that Windows takes a name for, whatever follows
// its first dot, or "".
func reserved(element string) string {
	// Every such name has three letters of a device's name at its start: most
	// names are told apart by the first.
	switch element[0] {
	case 'a', 'A', 'c', 'C', 'l', 'L', 'n', 'N', 'p', 'P':
	default:
		return ""
	}
	stem, _, _ := strings.Cut(element, ".")
	stem = strings.ToUpper(strings.TrimRight(stem, " "))
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return stem
	}
	if digit, ok := strings.CutPrefix(stem, "COM"); ok && isPort(digit) {
		return stem
	}
	if digit, ok := strings.CutPrefix(stem, "LPT"); ok && isPort(digit) {
		return stem
	}
	return ""
}

// isPort reports whether s is the number of a serial or parallel port; Windows
// counts the raised digits of Latin-1 among them.
func isPort(s string) bool {
	switch s {
	case "¹", "²", "³":
		return true
	}
	return len(s) == 1 && '0' <= s[0] && s[0] <= '9'
}

// Fold returns the form of a path that is the same for all paths that some
// file system takes for one: case folded and accents taken apart. Two files of
// a site may not share it. For lower-case ASCII, nearly every path, it is the
// path itself.
func Fold(path string) string {
	lower := true
	for i := range len(path) {
		switch c := path[i]; {
		case c >= utf8.RuneSelf:
			return norm.NFD.String(cases.Fold().String(norm.NFD.String(path)))
		case 'A' <= c && c <= 'Z':
			lower = false
		}
	}
	if lower {
		return path
	}
	return strings.ToLower(path)
}
