package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/testkit/pseudo"
)

// A violation is what axe-core reports.
type violation struct {
	ID    string `json:"id"`
	Nodes []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// axeRun asks axe-core for the violations of WCAG 2.0 to 2.2, A and AA, and of
// its best practices.
const axeRun = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	rules: {"target-size": {enabled: true}}, resultTypes: ["violations"]}).then(function (r) { return r.violations; })`

// axeSource returns axe-core.
func axeSource(t *testing.T) string {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// TestBrowserAxe runs axe-core on one page of every type, in light and dark,
// wide and at 320 pixels, and as it is printed.
func TestBrowserAxe(t *testing.T) {
	base, _ := siteServer(t)
	source := axeSource(t)
	browser := newBrowser(t)
	modes := []struct {
		name   string
		width  int64
		medium string
		scheme string
	}{
		{"light", 1280, "screen", "light"}, {"dark", 1280, "screen", "dark"},
		{"narrow", 320, "screen", "light"}, {"narrow dark", 320, "screen", "dark"}, {"print", 794, "print", "light"},
	}
	tab := newTab(t, browser)
	for _, name := range pageTypes(t) {
		// Pages are loaded once; the modes are switched on the page.
		do(t, tab, media("screen"), chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+name), chromedp.Evaluate[chromedp.Void](source))
		for _, m := range modes {
			t.Run(name+"/"+m.name, func(t *testing.T) {
				do(t, tab, chromedp.EmulateViewport(m.width, 900), media(m.medium, "prefers-color-scheme="+m.scheme))
				for _, v := range eval[[]violation](t, tab, axeRun) {
					for _, n := range v.Nodes {
						t.Errorf("%s: %s\n%s", v.ID, n.HTML, n.Summary)
					}
				}
			})
		}
	}
	t.Run("a bad page fails", func(t *testing.T) {
		do(t, tab, media("screen"), chromedp.Navigate("about:blank"),
			chromedp.Evaluate[chromedp.Void](`document.documentElement.lang = ""; document.body.innerHTML = "<img src=x><a href=#></a><p style='color:#aaa;background:#fff'>pale</p>"`),
			chromedp.Evaluate[chromedp.Void](source))
		if v := eval[[]violation](t, tab, axeRun); len(v) < 4 {
			t.Errorf("axe finds only %d violations on a bad page", len(v))
		}
	})
}

// TestBrowserLanguages runs axe-core on one page of every type in each language,
// and in one whose words are twice as long, at 320 pixels and as it is printed, and
// holds that no page is wider than that. The text stays English.
func TestBrowserLanguages(t *testing.T) {
	source := axeSource(t)
	tab := newTab(t, newBrowser(t))
	double, err := pseudo.Language()
	if err != nil {
		t.Fatal(err)
	}
	languages := map[string]*lang.Language{"double": double}
	for _, tag := range lang.Tags() {
		if tag != "en" { // which the other tests look at
			languages[tag] = lang.For(tag)
		}
	}
	for name, l := range languages {
		t.Run(name, func(t *testing.T) {
			base, _ := siteServerIn(t, l)
			for _, page := range pageTypes(t) {
				do(t, tab, media("screen"), chromedp.EmulateViewport(320, 900), chromedp.Navigate(base+page), chromedp.Evaluate[chromedp.Void](source))
				if w := eval[int](t, tab, `document.documentElement.scrollWidth`); w > 320 {
					t.Errorf("%s is %d pixels wide", page, w)
				}
				for _, medium := range []string{"screen", "print"} {
					do(t, tab, media(medium))
					for _, v := range eval[[]violation](t, tab, axeRun) {
						for _, n := range v.Nodes {
							t.Errorf("%s on %s: %s: %s\n%s", page, medium, v.ID, n.HTML, n.Summary)
						}
					}
				}
			}
		})
	}
}

// TestBrowserReflow holds that no page is wider than a 320 pixel window, not
// even with the text spacing of WCAG 1.4.12.
func TestBrowserReflow(t *testing.T) {
	base, _ := siteServer(t)
	tab := newTab(t, newBrowser(t))
	do(t, tab, chromedp.EmulateViewport(320, 800))
	for _, name := range pageTypes(t) {
		do(t, tab, chromedp.Navigate(base+name))
		if w := eval[int](t, tab, `document.documentElement.scrollWidth`); w > 320 {
			t.Errorf("%s is %d pixels wide in a window of 320", name, w)
		}
		w := eval[int](t, tab, `(function () {
			var sheet = new CSSStyleSheet();
			sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
			document.adoptedStyleSheets = [sheet];
			return document.documentElement.scrollWidth;
		})()`)
		if w > 320 {
			t.Errorf("%s is %d pixels wide in a window of 320 with wider text spacing", name, w)
		}
	}
}

// TestBrowserKeyboard walks through pages with the Tab key: every stop shows
// where it is, is not covered, and is large enough to hit unless it is a link
// in a line of text.
func TestBrowserKeyboard(t *testing.T) {
	base, _ := siteServer(t)
	tab := newTab(t, newBrowser(t))
	for _, size := range [][2]int64{{1280, 700}, {360, 640}} {
		for _, name := range pageTypes(t) {
			if name == "print.html" {
				continue // the sections once more
			}
			do(t, tab, chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate(base+name))
			stops := 0
			for range 1000 {
				do(t, tab, chromedp.KeyEvent("\t"))
				s := eval[struct {
					Where   string
					Outline float64
					Covered string
					W, H    float64
					Inline  bool
				}](t, tab, `(function () {
					var e = document.activeElement;
					if (!e || e === document.body || e === document.documentElement) return {Where: ""};
					var r = e.getBoundingClientRect(), s = getComputedStyle(e);
					if (e.matches("input[type=radio]")) { r = e.closest("label").getBoundingClientRect(); }
					var box = e.getClientRects()[0] || r;
					var x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 0), innerWidth - 1), y = Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1);
					var top = document.elementFromPoint(x, y);
					var ok = top && (e.contains(top) || top.contains(e) || (e.labels && Array.from(e.labels).some(function (l) { return l.contains(top); })));
					return {Where: e.outerHTML.slice(0, 120), Outline: s.outlineStyle === "none" ? 0 : parseFloat(s.outlineWidth),
						Covered: ok ? "" : (top ? top.outerHTML.slice(0, 80) : "nothing"), W: r.width, H: r.height,
						Inline: s.display === "inline" && e.matches("a")};
				})()`)
				if s.Where == "" {
					break
				}
				stops++
				if s.Outline < 2 {
					t.Errorf("%s at %d: no outline on %s", name, size[0], s.Where)
				}
				if s.Covered != "" {
					t.Errorf("%s at %d: %s is covered by %s", name, size[0], s.Where, s.Covered)
				}
				if !s.Inline && (s.W < 24 || s.H < 24) {
					t.Errorf("%s at %d: %s is only %.0f by %.0f pixels", name, size[0], s.Where, s.W, s.H)
				}
				if stops > 990 {
					t.Errorf("%s at %d: the Tab key never leaves the page", name, size[0])
				}
			}
			if stops < 2 {
				t.Errorf("%s at %d: only %d stops of the Tab key", name, size[0], stops)
			}
		}
	}
}

// TestBrowserForcedColors holds that what matters is told apart without the
// page's own colours.
func TestBrowserForcedColors(t *testing.T) {
	b, _ := realBook(t)
	base, _ := siteServer(t)
	tab := newTab(t, newBrowser(t))
	do(t, tab, chromedp.EmulateViewport(1280, 900), media("screen", "forced-colors=active"), chromedp.Navigate(base+b.Sections[0].Path))
	if !eval[bool](t, tab, `matchMedia("(forced-colors: active)").matches`) {
		t.Fatal("the browser does not emulate forced colours")
	}
	const differs = `(function (one, other) {
		var a = getComputedStyle(document.querySelector(one)), b = getComputedStyle(document.querySelector(other));
		return ["fontWeight", "borderLeftWidth", "borderLeftStyle", "borderTopWidth", "textDecorationLine", "outlineStyle"].some(function (p) { return a[p] !== b[p]; });
	})(%q, %q)`
	for _, pair := range [][2]string{
		{".menu [aria-current=page]", ".menu li a:not([aria-current])"},
		{".rule", ".prose > p"},
		{".prose a", ".prose p"},
	} {
		if !eval[bool](t, tab, fmt.Sprintf(differs, pair[0], pair[1])) {
			t.Errorf("%s looks like %s where the page's colours are not used", pair[0], pair[1])
		}
	}
	do(t, tab, chromedp.KeyEvent("\t"))
	if outline := eval[string](t, tab, `getComputedStyle(document.activeElement).outlineStyle`); outline == "none" {
		t.Error("the focus does not show where the page's colours are not used")
	}
}

// TestBrowserMenuWithoutScripts opens the menu of a narrow window by its
// button, with the keyboard, while scripts are off.
func TestBrowserMenuWithoutScripts(t *testing.T) {
	b, _ := realBook(t)
	base, _ := siteServer(t)
	tab := newTab(t, newBrowser(t))
	do(t, tab, chromedp.EmulateViewport(360, 740), withoutScripts(), chromedp.Navigate(base+b.Sections[0].Path))
	if eval[bool](t, tab, `document.querySelector(".menu").checkVisibility()`) {
		t.Fatal("the menu is open before anybody opened it")
	}
	do(t, tab, chromedp.Focus(chromedp.CSS(".menu-button")), chromedp.KeyEvent("\r"))
	if !eval[bool](t, tab, `document.querySelector(".menu").checkVisibility()`) {
		t.Fatal("the button does not open the menu without scripts")
	}
	links := eval[string](t, tab, `Array.from(document.querySelectorAll(".menu a")).map(function (a) { return a.textContent.trim(); }).join("|")`)
	for _, want := range []string{"A to Z", "Laws", "Rules"} {
		if !strings.Contains(links, want) {
			t.Errorf("the menu has no link %s: %s", want, links)
		}
	}
	do(t, tab, chromedp.KeyEvent("\x1b"))
	if eval[bool](t, tab, `document.querySelector(".menu").checkVisibility()`) {
		t.Error("the Escape key does not close the menu")
	}
	// What only a script can do does not stand there without one.
	for _, selector := range []string{"[data-script]", ".cite-line button"} {
		if eval[bool](t, tab, `Array.from(document.querySelectorAll("`+selector+`")).some(function (e) { return e.checkVisibility(); })`) {
			t.Errorf("%s shows without scripts", selector)
		}
	}
}
