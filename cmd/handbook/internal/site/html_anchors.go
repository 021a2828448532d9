package site

import (
	"bytes"
	"strings"
)

// domNames are the names in one word of what a script finds at window, at
// document and at any element, and of what the pages' own script is known by. An
// element with such an id could be taken for that.
const domNames = `action after alert all anchors animate append applets apply arguments assign atob attributes autocapitalize autocomplete
autocorrect autofocus back background before bind blur body btoa caches call caller charset children chrome clear click clipboard
close closed closest confirm connection console constructor contains cookie credentialless credentials crypto dataset dir doctype
document domain draggable elements embeds encoding enctype escape eval evaluate event external fence fetch find focus fonts forms
forward frames fullscreen geolocation go gpu handbook hash head height hid hidden history host hostname href id images
implementation inert ink keyboard lang language languages length link links location locationbar locks login managed matches
menubar method name navigation navigator nonce normalize open opener orientation origin parent part pathname performance
permissions personalbar platform plugins popover port prefix prepend prerendering presentation print product prompt proto protocol
pseudo referrer rel reload remove replace reset role scheduler scheduling screen scripts scroll scrollbars search self serial slot
spellcheck state status statusbar stop storage style submit target text timeline title toolbar top translate undefined unescape
usb vendor vibrate viewport webdriver when width window write writeln xr`

// isDOMName reports whether an id could stand in the place of something else.
func isDOMName(id string) bool {
	for name := range strings.FieldsSeq(domNames) {
		if name == id {
			return true
		}
	}
	return false
}

// withNames puts into elements with ids such as texting--must an element with
// the name that the author gave, must, so that an address with #must leads there
// without a script. Names that another element has for its id are left out, and
// so are those of the DOM.
func withNames(page []byte, names map[string]string) []byte {
	const mark = ` id="`
	taken := map[string]bool{}
	each := func(visit func(id string, at int)) {
		for at := 0; ; {
			i := bytes.Index(page[at:], []byte(mark))
			if i < 0 {
				return
			}
			at += i + len(mark)
			end := bytes.IndexByte(page[at:], '"')
			if end < 0 {
				return
			}
			visit(string(page[at:at+end]), at+end)
		}
	}
	each(func(id string, _ int) { taken[id] = true })
	out := make([]byte, 0, len(page)+64*len(names))
	from := 0
	each(func(id string, at int) {
		name := names[id]
		end := bytes.IndexByte(page[at:], '>')
		if name == "" || taken[name] || isDOMName(name) || end < 0 {
			return
		}
		taken[name] = true
		out = append(out, page[from:at+end+1]...)
		out = append(append(append(out, `<span class="anchor" id="`...), name...), `"></span>`...)
		from = at + end + 1
	})
	return append(out, page[from:]...)
}
