// Package static holds the files that go into every handbook as they are:
//
//	handbook.css   the look, in layers base, layout, components, utilities and print
//	lists.css      what only the pages beside the sections and forms need: registers, pictures, paper; published with handbook.css before it
//	handbook.js    the little that a page cannot say by itself; every page reads and prints without it
//	search.js      the search, loaded by its own page and where its box gets the focus; see package search
//	search.css     the search's suggestions; search.js loads it
//	icon.svg       the sign in the browser's tab
//
// They are written by hand; no tool makes them. Package site publishes them
// under static/, style sheets and scripts without comments and needless
// spaces. A handbook of one's own may replace a file by one of the same name
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
// # The script
//
// It is one classic script, so that it works from file://, and it adds
// nothing to a page that matters without it: it decides which reasons for
// doubt hold on the reader's day, offers a citation to copy, and remembers
// the choice of colours. What it decides about dates hangs on the day that
// tests hand to window.handbook.show.
package static

import (
	"embed"
	"io/fs"
)

//go:embed *.css *.js *.svg
var files embed.FS

// FS returns the files by their names.
func FS() fs.FS { return files }
