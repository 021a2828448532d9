// Package layouts holds the templates of a handbook's pages, in the language
// of html/template. There is one template for each type of page, found by the
// type's name and by nothing else:
//
//	home.html        the opening page and the contents
//	part.html        a part: what it is about, its sections
//	section.html     a section: facts, standing, text, sources
//	a-z.html         everything by name
//	laws.html        the register of laws         law.html        one law
//	references.html  the register of references   reference.html  one reference
//	terms.html       terms and their meanings
//	rules.html       the consequence ladder and every rule
//	coverage.html    areas against audiences
//	health.html      what is out of date, by owner
//	search.html      what a search finds
//	print.html       the whole handbook on paper
//	404.html         for an address that leads nowhere
//	redirect.html    an old address; a whole page by itself
//
// Each of them defines "main", what stands between the menu and the foot, and
// is handed the struct of its name in package site: section.html gets a
// SectionPage. Three further files are part of all of them: base.html is the
// frame of a page, menu.html the sidebar beside it, pieces.html what several
// pages share. Every page struct embeds Frame, which base.html draws.
//
// Boxes and lists that stand in thousands of pages come ready made, because a
// line in a template costs a hundred times what it costs in Go: {{.Rail}},
// {{.After}}, {{.Banner}}, {{.Menu}}. What they are made of can be had as well:
// the rail is {{.Facts.HTML}} and {{.Contents.HTML}}, what comes after the text
// is made of .Form, {{.Sources.HTML}}, .Citation and {{.Tools.HTML}}, and .Facts
// is a list of rows, each with .Term and .Text. {{.Head}}, {{.Masthead}} and
// {{.Foot}} are the pieces of the frame; {{.Shared "foot"}} draws a template of
// base.html that is the same on all pages of a type and depth, once for all of
// them, and hands it a Shared. {{$.Put .Sections}} writes a long list straight
// into the page.
//
// As long as section.html and base.html do nothing but put ready-made pieces in
// their places, they are drawn once for all sections of a depth. With anything
// else in them, such as {{.Section.Params}}, they are drawn for each section, and
// the pages are the same.
//
// # Words
//
// Words come from package lang, in the language of the handbook:
//
//	{{T "home-edition" "audiences" .Edition}}   a message, with its arguments by name
//	{{day .Handbook.Day}}                       a day for people and programs
//	{{today .Handbook.Day}}                     one that the script sets to the reader's own
//	{{date .Handbook.Day}}  {{number .Count}}   a day, a number
//	{{link .Href .Text}}                        a link, as the argument of a message
//
// A message that is not there, or lacks an argument, is an error.
//
// A handbook of one's own may replace any of these files by one of the same
// name in its own layouts/ folder. params of a section's front matter reach
// section.html as .Section.Params, beside everything else that is known of
// the section.
//
// # Rules that hold in every template
//
// No inline style or script and no style attribute: the pages forbid them to
// themselves (Content-Security-Policy). Addresses are relative and come ready
// made, as Href. Ids of the frame begin with an underscore, so that they never
// meet an id of the text. Words stand beside every colour and picture.
//
// # Marks for the script
//
// handbook.js corrects what depends on the day, by these attributes:
//
//	data-day              on html: the day for which the page is true
//	data-kind -since -until   a reason: shown from since up to but not including until;
//	                      it stands in a template until its first day has come
//	data-reasons          a list of reasons: hidden when none of them holds
//	data-ages             a section's status from day to day: "2026-11-21 current,2027-09-22 due"
//	                      (.status and .banner-title within it get the words; a line
//	                      of a list that has no .status gets one once it is not current)
//	data-unapproved       on the same element: no record says that the version is approved
//	data-counted          on the same element: it counts for data-count
//	data-count            the number of counted sections with a status; "unapproved"
//	                      for those that are current and not approved
//	data-today            the day, in words
//	data-quiet            on .status: not shown while the status is current
//	data-script           shown only where scripts run
//	data-print            a button that prints
//	data-citation -version   on an article: the beginning and the end of a citation
//	data-redirect         on html: where an old address leads
//	data-search -root -client   on the search form: the index, the root, the script
//	data-keys             on the same form: / and Ctrl+K lead to it
//	data-search-status -results -filters -more   where search.js shows what it finds
package layouts

import (
	"embed"
	"io/fs"
)

//go:embed *.html
var files embed.FS

// FS returns the templates by their names.
func FS() fs.FS { return files }
