// Package static holds the files that go into every handbook as they are:
//
//	handbook.css   the look, in layers base, layout, components, utilities and print
//	lists.css      what only the pages beside the sections and forms need: registers, pictures, paper; published with handbook.css before it
//	handbook.js    the little that a page cannot say by itself; every page reads and prints without it
//	search.js      the search, loaded by its own page and where its box gets the focus; see package search
//	search.css     the search's suggestions; search.js loads it
//	icon.svg       the sign in the browser's tab
//
// They are written by hand. Package site publishes them under static/, style
// sheets and scripts without comments and needless spaces. A handbook of one's own may replace a file by one of the same name
// in its own static/ folder, or add further ones.
//
// # The style sheets
//
// A section is what is read most, often over a slow line; so its page loads
// one sheet, and what other pages need besides is in a second one.
//
// The tokens at the head of handbook.css are the whole palette. Each colour
// has a value for the light and one for the dark scheme; a test of package
// site computes the contrast of every pair that meets on a page. A browser
// that does not know light-dark() gets the light scheme. An agency's accent (handbook.yaml) is
// added after the sheet, outside of its layers, so that it wins.
//
// Properties are logical, so that a handbook that is written from right to left
// is laid out as its mirror image; a test allows no others.
//
// # The scripts
//
// Both are classic scripts, so that they work from file://. handbook.js adds
// nothing to a page that matters without it: it decides which reasons for
// doubt hold on the reader's day, offers a citation to copy, and remembers
// the choice of colours. What it decides about dates hangs on the day that
// tests hand to window.handbook.show.
//
// Each is joined of files in _scripts, as Scripts lists them, within one function,
// so that the files see one another's names and nobody else does. What they say to a
// reader is not in them: it comes from package lang, as the function's
// argument. Comments give every function its types; .ci/test has them checked
// by TypeScript, with types.d.ts for what a page has beside.
package static

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed *.css *.svg
var files embed.FS

//go:embed _scripts/*.js
var parts embed.FS

// FS returns the files that are published as they are, by their names.
func FS() fs.FS { return files }

// Words stands in a Script where the words belong that it says, which are an
// object of JavaScript.
const Words = "HANDBOOK_WORDS"

// Scripts returns the names of the scripts, each with the files
// that it is joined of.
func Scripts() map[string][]string {
	return map[string][]string{
		"handbook.js": {"words.js", "handbook.js"},
		"search.js":   {"words.js", "messages.js", "tokens.js", "index.js", "query.js", "results.js", "box.js", "page.js"},
	}
}

// Script returns a script as it is before it is made small, with Words in it.
func Script(name string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("(words => {\n\"use strict\";\n")
	for _, part := range Scripts()[name] {
		text, err := parts.ReadFile("_scripts/" + part)
		if err != nil {
			return nil, fmt.Errorf("static: %w", err)
		}
		b.Write(text)
	}
	b.WriteString("})(" + Words + ");\n")
	return b.Bytes(), nil
}
