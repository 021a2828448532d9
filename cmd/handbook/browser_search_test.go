package main

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/site"
)

// typed is the step that types keys where the focus is. Names in braces are
// keys: {Tab}, {Enter}, {Escape}, {Down}, {Up}.
func typed(keys string) chromedp.Action[chromedp.Void] {
	return chromedp.KeyEvent(strings.NewReplacer("{Tab}", "\t", "{Enter}", "\r", "{Escape}", "\u001b", "{Down}", "\u0301", "{Up}", "\u0304").Replace(keys))
}

// waitFor asks the page again and again, also across a navigation, until an
// expression is true.
func waitFor(t *testing.T, tab context.Context, js string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		ok, err := chromedp.Run(tab, chromedp.Evaluate[bool](`(() => { try { return !!(`+js+`); } catch (e) { return false; } })()`))
		if err == nil && ok {
			return
		}
	}
	t.Fatalf("it never came true: %s\n%s", js, eval[string](t, tab, `location.href + document.querySelector("main").innerText.slice(0, 600)`))
}

// TestBrowserSearchPage searches with the keyboard alone, over http and from
// the disk.
func TestBrowserSearchPage(t *testing.T) {
	server, _ := siteServer(t)
	browser := newBrowser(t)
	for name, base := range map[string]string{"http": server, "file": siteFolder(t, theSite(t))} {
		t.Run(name, func(t *testing.T) {
			tab := newTab(t, browser)
			w := watchTab(tab)
			for _, c := range []struct{ query, first, says string }{
				{"passwrod", "phones/phone-locks.html", "No page has “passwrod”. Showing “password”."},
				{"zoom", "recording/video-sessions.html", "1 result."}, // Case E4
				{`"first hour"`, "safety-plan/first-hour.html", "results."},
				{"45 CFR 164.402", "laws/us-hipaa-breach.html", "results."},
				{"CASW manual", "references/casw-social-media-2014.html", "results."},
				{"texting teens", "clients/teens.html", "results."},
				{"zebra phone", "", "No section has all of these words."},
				{"zzqqy", "", "Nothing found for “zzqqy”. Try fewer or other words, or the A to Z."},
				{"texting-1", "phones/texting.html#texting-1", "results."},
				{"2.3", "phones/texting.html", "result"},
			} {
				do(t, tab, chromedp.Navigate(base+"search.html"), chromedp.Focus(chromedp.ID("_search-box")), typed(c.query))
				waitFor(t, tab, `document.querySelector("[data-search-status]").textContent`)
				if got := eval[string](t, tab, `(document.querySelector(".results a") || {}).href || ""`); c.first != "" && got != base+c.first {
					t.Errorf("%s: the first result is %s, want %s", c.query, got, base+c.first)
				}
				if got := eval[string](t, tab, `document.querySelector("[data-search-status]").textContent`); !strings.Contains(got, c.says) {
					t.Errorf("%s: it says %q, want %q", c.query, got, c.says)
				}
				if got := eval[string](t, tab, `new URLSearchParams(location.search).get("q")`); got != c.query {
					t.Errorf("%s: the address says %q", c.query, got)
				}
			}
			// Case E6: the section stands first, its heading after it.
			do(t, tab, chromedp.Navigate(base+"search.html?q="+url.QueryEscape("texting right and wrong")))
			waitFor(t, tab, `document.querySelector(".results a")`)
			if got := eval[string](t, tab, `document.querySelector(".results a").textContent`); got != "2.3 Texting with clients: Right and wrong" {
				t.Errorf("the first result is called %q", got)
			}
			// By Tab to the first result, and there by Enter.
			do(t, tab, chromedp.Navigate(base+"search.html?q="+url.QueryEscape("lost phone")))
			waitFor(t, tab, `document.querySelector(".results a")`)
			do(t, tab, chromedp.Focus(chromedp.ID("_search-box")))
			for range 30 {
				do(t, tab, typed("{Tab}"))
				if eval[bool](t, tab, `document.activeElement.matches(".results a")`) {
					break
				}
			}
			do(t, tab, typed("{Down}{Down}{Up}{Up}"))
			to := eval[string](t, tab, `document.activeElement.href`)
			do(t, tab, typed("{Enter}"))
			waitFor(t, tab, `location.href === `+fmt.Sprintf("%q", to))
			if !strings.HasSuffix(to, "phones/lost-phone.html") {
				t.Errorf("lost phone leads to %s", to)
			}
			for _, s := range w.end() {
				t.Error(s)
			}
		})
	}
}

// TestBrowserSuggestions types into the box of an ordinary page: nothing of
// search is loaded before, suggestions come, arrows choose, Enter goes there;
// with nothing chosen Enter leads to all results.
func TestBrowserSuggestions(t *testing.T) {
	server, _ := siteServer(t)
	browser := newBrowser(t)
	for name, base := range map[string]string{"http": server, "file": siteFolder(t, theSite(t))} {
		t.Run(name, func(t *testing.T) {
			tab := newTab(t, browser)
			w := watchTab(tab)
			open := func() {
				do(t, tab, chromedp.Navigate(base+"phones/texting.html"))
				if eval[bool](t, tab, `"handbookSearch" in window`) {
					t.Fatal("search is loaded before anybody searches")
				}
			}
			at := func(js string) string {
				return eval[string](t, tab, `String((document.querySelector("#_search-box")`+js+`))`)
			}
			open()
			do(t, tab, chromedp.Focus(chromedp.ID("_search-box")), typed("passwrod"))
			waitFor(t, tab, `document.querySelectorAll("[role=option]").length > 2 && document.querySelector("#_search-box").getAttribute("aria-expanded") === "true"`)
			if got := eval[string](t, tab, `getComputedStyle(document.querySelector("#_search-list")).listStyleType`); got != "none" {
				t.Errorf("suggestions are shown without their style sheet: %s", got)
			}
			if got := at(`.getAttribute("role")`); got != "combobox" {
				t.Errorf("the box is a %s", got)
			}
			if got := at(`.getAttribute("aria-activedescendant")`); got != "null" {
				t.Errorf("%s is chosen while typing", got)
			}
			waitFor(t, tab, `[...document.querySelectorAll("form.search [role=status]")].some(s => s.textContent.includes("No page has “passwrod”. Showing “password”."))`)
			do(t, tab, typed("{Down}"))
			if got := at(`.getAttribute("aria-activedescendant")`); got != "_search-list-0" {
				t.Errorf("the arrow chooses %s", got)
			}
			do(t, tab, typed("{Up}{Up}"))
			if got := at(`.getAttribute("aria-activedescendant")`); got == "null" || got == "_search-list-0" {
				t.Errorf("the arrow up chooses %s", got)
			}
			do(t, tab, typed("{Escape}"))
			if got := at(`.getAttribute("aria-expanded")`) + at(`.value`); got != "falsepasswrod" {
				t.Errorf("after Escape: %s", got)
			}
			do(t, tab, typed("{Escape}"))
			if got := at(`.value`); got != "" {
				t.Errorf("after the second Escape the box holds %q", got)
			}
			do(t, tab, typed("lost phone"))
			waitFor(t, tab, `document.querySelector("#_search-list-0").textContent.includes("2.2 Lost") && document.querySelector("#_search-list").dataset.query === "lost phone"`)
			do(t, tab, typed("{Down}"))
			waitFor(t, tab, `document.querySelector("#_search-box").getAttribute("aria-activedescendant") === "_search-list-0"`)
			do(t, tab, typed("{Enter}"))
			waitFor(t, tab, `location.href === `+fmt.Sprintf("%q", base+"phones/lost-phone.html"))
			open()
			for _, key := range []string{`{key: "/"}`, `{key: "k", ctrlKey: true}`} {
				// A key typed by the test is followed by its character, whatever
				// the page says to it; a keyboard's is not.
				if !eval[bool](t, tab, `(() => {
					document.activeElement.blur();
					const free = document.body.dispatchEvent(new KeyboardEvent("keydown", Object.assign({ bubbles: true, cancelable: true }, `+key+`)));
					return !free && document.activeElement.id === "_search-box";
				})()`) {
					t.Errorf("%s does not lead to the box", key)
				}
			}
			do(t, tab, typed("consent/forms{Enter}"))
			waitFor(t, tab, `location.href === `+fmt.Sprintf("%q", base+"search.html?q=consent%2Fforms")+` && document.querySelector(".results a")`)
			for _, s := range w.end() {
				t.Error(s)
			}
		})
	}
}

// TestBrowserFilters narrows results: the choice stands in the address, the
// address alone brings it back, and the counts are those of the results.
func TestBrowserFilters(t *testing.T) {
	tree := theSite(t)
	base := siteFolder(t, tree)
	tab := newTab(t, newBrowser(t))
	w := watchTab(tab)
	do(t, tab, chromedp.Navigate(base+"search.html?q=phone"))
	waitFor(t, tab, `document.querySelector(".results a")`)
	do(t, tab, chromedp.Evaluate[chromedp.Void](`document.querySelector(".filters summary").focus()`), typed("{Enter}"))
	waitFor(t, tab, `document.querySelector(".filters fieldset .quiet") && document.querySelector(".filters fieldset .quiet").textContent`)
	names := eval[[]string](t, tab, `[...document.querySelectorAll(".filters legend")].map(l => l.textContent)`)
	if want := []string{"Part", "About", "Who it is for", "Law", "Owner", "Status"}; !slices.Equal(names, want) {
		t.Errorf("the filters are %v, want %v", names, want)
	}
	// Nobody has approved the starter or filled it in, so nothing in it may be said
	// to be in date.
	status := eval[string](t, tab, `[...document.querySelectorAll(".filters legend")].find(l => l.textContent === "Status").parentNode.innerText`)
	if !strings.Contains(status, "Action due") || strings.Contains(status, "In date") {
		t.Errorf("the status filter says %q", status)
	}
	do(t, tab, chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll(".filters legend")].find(l => l.textContent === "Law").parentNode.querySelector("label:not([hidden]) input").focus()`), typed(" "))
	waitFor(t, tab, `location.search.includes("law=")`)
	waitFor(t, tab, `document.querySelector(".filters input:checked")`)
	search := eval[string](t, tab, `location.search`)
	count := eval[int](t, tab, `+document.querySelector(".filters input:checked").parentNode.textContent.match(/\((\d+)\)/)[1]`)
	do(t, tab, chromedp.Navigate("about:blank"), chromedp.Navigate(base+"search.html"+search))
	waitFor(t, tab, `document.querySelector(".filters input:checked") && document.querySelector(".results a")`)
	law := eval[string](t, tab, `new URLSearchParams(location.search).get("law")`)
	b, _ := realBook(t)
	pages := map[string]bool{b.Law(law).Path: true}
	for _, s := range b.LawUses(b.Law(law)).Sections {
		pages[s.Path] = true
	}
	found := map[string]bool{}
	for _, href := range eval[[]string](t, tab, `[...document.querySelectorAll(".results a")].map(a => a.href)`) {
		page, _, _ := strings.Cut(strings.TrimPrefix(href, base), "#")
		found[page] = true
		if !pages[page] {
			t.Errorf("%s does not apply %s", page, law)
		}
	}
	if len(found) == 0 || len(found) > count {
		t.Errorf("%d pages are found, the filter says %d", len(found), count)
	}
	for _, s := range w.end() {
		t.Error(s)
	}
}

// TestBrowserSearchStanding holds that results say how a section stands on the
// reader's day, with the reason, and that withdrawn ones come last.
func TestBrowserSearchStanding(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"handbook.yaml":   "title: H\nreview_every: 12 months\nverify_every: 0 days\n",
		"1-a/1-fresh.md":  "---\ntitle: Ferrets at work\ndrafted: 2026-11-01\neffective: 2026-11-01\n---\nFerrets.\n",
		"1-a/2-gone.md":   "---\ntitle: Ferrets\ndrafted: 2026-11-01\nwithdrawn: 2026-11-10\n---\nFerrets, ferrets.\n",
		"1-a/3-hidden.md": "---\ntitle: \"Ferrets <img src=x onerror=window.bad=1>\"\ndrafted: 2026-11-01\neffective: 2026-11-01\n---\n`</p><script>window.bad=1</script>` ferrets\n",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := buildFrom(fsys)
	if err != nil {
		t.Fatal(err)
	}
	base := siteFolder(t, tree)
	browser := newBrowser(t)
	for _, c := range []struct{ day, want string }{
		{"2026-11-21", "1.1 Ferrets at work: | 1.3 Ferrets <img src=x onerror=window.bad=1>: | 1.2 Ferrets: Withdrawn"},
		{"2028-01-01", "1.1 Ferrets at work: Out of date Review was due by 1 November 2027. | 1.3 Ferrets <img src=x onerror=window.bad=1>: Out of date Review was due by 1 November 2027. | 1.2 Ferrets: Withdrawn"},
	} {
		tab := newTab(t, browser)
		do(t, tab, clockAt(c.day), chromedp.Navigate(base+"search.html?q=ferrets"))
		waitFor(t, tab, `document.querySelectorAll(".results a").length === 3`)
		got := eval[string](t, tab, `[...document.querySelectorAll(".results li")].map(l => l.querySelector("a").textContent + ": " + [...l.querySelectorAll(".standing")].map(s => s.textContent)).join(" | ")`)
		for i, want := range strings.Split(c.want, " | ") {
			if parts := strings.Split(got, " | "); !strings.HasPrefix(parts[i], want) {
				t.Errorf("on %s result %d is %q, want %q", c.day, i, parts[i], want)
			}
		}
		if eval[bool](t, tab, `"bad" in window || !!document.querySelector("main img")`) {
			t.Error("a text became markup")
		}
	}
}

// TestBrowserSearchAxe runs axe-core on results, on open filters and on open
// suggestions.
func TestBrowserSearchAxe(t *testing.T) {
	base := siteFolder(t, theSite(t))
	source := axeSource(t)
	tab := newTab(t, newBrowser(t))
	for name, open := range map[string]func(){
		"results": func() {
			do(t, tab, chromedp.Navigate(base+"search.html?q=texting+teens"))
			waitFor(t, tab, `document.querySelector(".results a")`)
		},
		"filters": func() {
			do(t, tab, chromedp.Navigate(base+"search.html?q=phone&status=current&status=due&status=stale"))
			waitFor(t, tab, `document.querySelector(".filters[open] fieldset") && document.querySelector(".results a")`)
		},
		"suggestions": func() {
			do(t, tab, chromedp.Navigate(base+"phones/texting.html"), chromedp.Focus(chromedp.ID("_search-box")), typed("phone"))
			waitFor(t, tab, `document.querySelectorAll("[role=option]").length > 2`)
			do(t, tab, typed("{Down}"))
		},
	} {
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int64{320, 1280} {
				t.Run(fmt.Sprintf("%s/%s/%d", name, scheme, width), func(t *testing.T) {
					do(t, tab, chromedp.EmulateViewport(width, 900), media("screen", "prefers-color-scheme="+scheme))
					open()
					do(t, tab, chromedp.Evaluate[chromedp.Void](source))
					for _, v := range eval[[]violation](t, tab, axeRun) {
						for _, n := range v.Nodes {
							t.Errorf("%s: %s\n%s", v.ID, n.HTML, n.Summary)
						}
					}
					if w := eval[int](t, tab, `document.documentElement.scrollWidth`); w > int(width) {
						t.Errorf("the page is %d pixels wide in a window of %d", w, width)
					}
				})
			}
		}
	}
}

// TestBrowserSearchLost takes the index away: the page says what to do instead.
func TestBrowserSearchLost(t *testing.T) {
	base := siteFolder(t, theSite(t))
	u, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(u.Path + "search"); err != nil {
		t.Fatal(err)
	}
	tab := newTab(t, newBrowser(t))
	do(t, tab, chromedp.Navigate(base+"search.html?q=phone"))
	waitFor(t, tab, `document.querySelector("[data-search-status]").textContent === "Search could not load; try the A to Z."`)
	do(t, tab, withoutScripts(), chromedp.Navigate(base+"search.html"))
	if href := eval[string](t, tab, `document.querySelector("noscript a").getAttribute("href")`); href != "a-z.html" {
		t.Errorf("without scripts the page leads to %q", href)
	}
}

// buildFrom builds the site of a folder.
func buildFrom(fsys fs.FS) (*output.Tree, error) {
	b, _, err := book.Load(fsys, book.Options{})
	if err != nil {
		return nil, err
	}
	return site.Build(b, site.Options{Day: date.New(2026, 11, 21)})
}

// TestSearchShortcuts holds that the keys can be switched off in handbook.yaml.
func TestSearchShortcuts(t *testing.T) {
	for setting, want := range map[string]bool{"": true, "shortcuts: true\n": true, "shortcuts: false\n": false} {
		tree, err := buildFrom(fstest.MapFS{"handbook.yaml": {Data: []byte("title: H\n" + setting)}, "a.md": {Data: []byte("---\ntitle: A\n---\nText.\n")}})
		if err != nil {
			t.Fatal(err)
		}
		page, err := tree.Read("a.html")
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(page), " data-keys"); got != want {
			t.Errorf("with %q the keys are %t", setting, got)
		}
	}
}

// TestSearchOff holds that a handbook without a search has no trace of one.
func TestSearchOff(t *testing.T) {
	for setting, want := range map[string]bool{"": true, "search: true\n": true, "search: false\n": false} {
		tree, err := buildFrom(fstest.MapFS{"handbook.yaml": {Data: []byte("title: H\n" + setting)}, "a.md": {Data: []byte("---\ntitle: A\n---\nText.\n")}})
		if err != nil {
			t.Fatal(err)
		}
		files, traces := 0, 0
		for _, path := range tree.Paths() {
			if strings.Contains(path, "search") {
				files++
			}
			page, err := tree.Read(path)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(path, ".html") && strings.Contains(string(page), "search") {
				traces++
			}
		}
		if files > 0 != want || traces > 0 != want {
			t.Errorf("with %q there are %d files of the search, and %d pages speak of it", setting, files, traces)
		}
	}
}
