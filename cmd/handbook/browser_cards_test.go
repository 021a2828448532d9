package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/internal/book"
)

// sheets prints a page and gives the text of each sheet.
func sheets(t *testing.T, tab context.Context, address string) []string {
	t.Helper()
	pdftotext, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Fatal("no pdftotext found: install it (Debian: apt-get install poppler-utils)")
	}
	do(t, tab, chromedp.Navigate(address))
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(file, pdf, 0o644); err != nil {
		t.Fatal(err)
	}
	text, err := exec.Command(pdftotext, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for sheet := range strings.SplitSeq(strings.TrimSuffix(string(text), "\f"), "\f") {
		out = append(out, strings.Join(strings.Fields(sheet), " "))
	}
	return out
}

// TestBrowserCardsOnPaper holds that each card prints whole on one sheet of its
// own, and that there is no other sheet.
func TestBrowserCardsOnPaper(t *testing.T) {
	b, _ := realBook(t)
	base := siteFolder(t, theSite(t))
	got := sheets(t, newTab(t, newBrowser(t)), base+book.WrongPath)
	cards := 0
	for _, s := range b.Sections {
		for _, c := range s.Doc.Cards {
			cards++
			title, from, found := " "+c.Title+" ", "From "+s.Name()+", version", 0
			if c.Needs == nil {
				title += "1 "
			} else {
				title += "Fill in before you use this card: "
			}
			for _, sheet := range got {
				if strings.Contains(sheet, title) && strings.Contains(sheet, from) {
					found++
				}
			}
			if found != 1 {
				t.Errorf("the card %q stands whole on %d sheets", c.Title, found)
			}
		}
	}
	if len(got) != cards {
		t.Errorf("%d cards print on %d sheets", cards, len(got))
	}
}

// TestBrowserFormsOnPaper holds that each sheet of a form says at its foot which
// text it belongs to, that a form takes no more sheets than it must, and that
// nobody signs a sheet that says nothing else.
func TestBrowserFormsOnPaper(t *testing.T) {
	b, _ := realBook(t)
	base := siteFolder(t, theSite(t))
	tab := newTab(t, newBrowser(t))
	for _, s := range b.Sections {
		if s.Form == nil {
			continue
		}
		got, want := sheets(t, tab, base+s.Path), 1 // page
		if s.ID == "consent-form" || s.ID == "own-device-agreement" {
			want = 2
		}
		if len(got) != want {
			t.Errorf("%s prints on %d pages, not %d", s.ID, len(got), want)
		}
		if last := got[len(got)-1]; strings.Contains(last, "Signature") && len(strings.Fields(last)) < 60 {
			t.Errorf("%s: the last page has little but the lines to sign on:\n%s", s.ID, last)
		}
		for i, sheet := range got {
			want := "Form for " + s.Form.Name() + ", version 1, text " + s.Form.TextHash + " Page "
			if !strings.Contains(sheet, want) {
				t.Errorf("%s: page %d does not say at its foot %q:\n%s", s.ID, i+1, want, sheet)
			}
			for _, never := range []string{"Uncontrolled", "Owner", "Tell the owner"} {
				if strings.Contains(sheet, never) {
					t.Errorf("%s: page %d says %q", s.ID, i+1, never)
				}
			}
		}
	}
}

// TestBrowserWrongLink holds that the cards are one click away from every type
// of page, in a narrow window too, without opening the menu.
func TestBrowserWrongLink(t *testing.T) {
	base, _ := siteServer(t)
	tab := newTab(t, newBrowser(t))
	do(t, tab, chromedp.EmulateViewport(320, 640))
	for _, name := range pageTypes(t) {
		do(t, tab, chromedp.Navigate(base+name))
		if !eval[bool](t, tab, `(function () {
			var link = document.querySelector(".wrong-link"), box = link.getBoundingClientRect();
			return link.checkVisibility() && box.left >= 0 && box.right <= innerWidth && box.bottom < 200 && /when-something-goes-wrong\.html$/.test(link.href);
		})()`) {
			t.Errorf("%s does not show the way to the cards at 320 pixels", name)
		}
	}
}

// TestBrowserWayToCard holds that somebody who comes to a page with a card in
// trouble, with a phone and without scripts, sees at once the link that leads
// to its steps.
func TestBrowserWayToCard(t *testing.T) {
	b, _ := realBook(t)
	base := siteFolder(t, theSite(t))
	tab := newTab(t, newBrowser(t))
	do(t, tab, chromedp.EmulateViewport(320, 700), withoutScripts())
	for _, s := range b.Sections {
		if len(s.Doc.Cards) == 0 {
			continue
		}
		do(t, tab, chromedp.Navigate(base+s.Path))
		if !eval[bool](t, tab, `(function () {
			var link = document.querySelector(".opening .to-card a"), box = link.getBoundingClientRect(), card = document.getElementById(link.hash.slice(1));
			return link.checkVisibility() && box.top > 0 && box.bottom <= innerHeight && card.matches(".steps");
		})()`) {
			t.Errorf("%s does not show the way to its card in the first window", s.Path)
		}
	}
}

// TestBrowserNarrowTables holds that a table of text fits a phone: its rows are
// set as short lists, so that nobody has to scroll sideways to read a line. The
// table of coverage, a cell for each subject and audience, is the exception.
func TestBrowserNarrowTables(t *testing.T) {
	tree := theSite(t)
	base := siteFolder(t, tree)
	tab := newTab(t, newBrowser(t))
	do(t, tab, chromedp.EmulateViewport(320, 700))
	seen := 0
	for _, name := range tree.Paths() {
		data, err := tree.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, ".html") || name == "coverage.html" || !strings.Contains(string(data), "data-label") {
			continue
		}
		seen++
		do(t, tab, chromedp.Navigate(base+name))
		if n := eval[int](t, tab, `Array.from(document.querySelectorAll(".table")).filter(function (e) { return e.scrollWidth > e.clientWidth; }).length`); n > 0 {
			t.Errorf("%s has %d tables that are wider than a window of 320 pixels", name, n)
		}
	}
	if seen == 0 {
		t.Error("no table has labels")
	}
}
