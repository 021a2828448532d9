package main

import (
	"fmt"
	"net/url"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/site"
)

// TestBrowserRightToLeft holds that code stays as it was written in a handbook
// that is written from right to left: on its page, on paper and in results.
// Case E2
func TestBrowserRightToLeft(t *testing.T) {
	b, _, err := book.Load(fstest.MapFS{
		"handbook.yaml": {Data: []byte("title: دليل\nlanguage: ar\n")},
		"a.md":          {Data: []byte("---\ntitle: الوسم </slot>\n---\nقبل `</slot>` بعد 45 CFR 164.402(e) نص.\n\n```\nif (a) { b }\n```\n")},
	}, book.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tree, err := site.Build(b, site.Options{Day: date.New(2026, 11, 20)})
	if err != nil {
		t.Fatal(err)
	}
	base, tab := siteFolder(t, tree), newTab(t, newBrowser(t))
	for _, page := range []string{"a.html", "print.html"} {
		do(t, tab, chromedp.Navigate(base+page))
		for _, element := range []string{"main p code", "main pre"} {
			js := `(() => { const s = getComputedStyle(document.querySelector("` + element + `")); return s.direction + " " + s.unicodeBidi; })()`
			if got := eval[string](t, tab, js); got != "ltr isolate" {
				t.Errorf("%s: %s is %s", page, element, got)
			}
		}
	}
	// The page runs from right to left, and the words of the interface, which are
	// English, from left to right in it.
	do(t, tab, chromedp.Navigate(base+"a.html"))
	for element, want := range map[string]string{"html": "ar rtl", "main h1": "ar rtl", ".prose p": "ar rtl", ".facts": "en ltr", ".foot": "en ltr", ".skip": "en ltr"} {
		js := `(() => { const e = document.querySelector("` + element + `"); return e.closest("[lang]").lang + " " + getComputedStyle(e).direction; })()`
		if got := eval[string](t, tab, js); got != want {
			t.Errorf("%s is %s, want %s", element, got, want)
		}
	}
	do(t, tab, chromedp.Navigate(base+"search.html?q="+url.QueryEscape("قبل")))
	waitFor(t, tab, `document.querySelector(".results a")`)
	// The bracket that opens the tag stands left of its name, and the citation
	// begins on the left.
	js := `(() => {
		const at = (element, text) => {
			const walk = document.createTreeWalker(document.querySelector(element), NodeFilter.SHOW_TEXT);
			while (walk.nextNode()) {
				const i = walk.currentNode.data.indexOf(text);
				if (i >= 0) { const r = new Range(); r.setStart(walk.currentNode, i); r.setEnd(walk.currentNode, i + 1); return r.getBoundingClientRect().left; }
			}
		};
		return [".results a", ".results .excerpt"].map(e => at(e, "</slot") < at(e, "slot") && at(e, "slot") < at(e, "t>")).concat(at(".results .excerpt", "45") < at(".results .excerpt", "CFR")).join();
	})()`
	if got := eval[string](t, tab, js); got != "true,true,true" {
		t.Errorf("in results, what is written from left to right stands so: %s", got)
	}
}

// TestBrowserWords holds that the script writes days, numbers and the words of
// statuses as Go does, in every language that there is.
func TestBrowserWords(t *testing.T) {
	browser := newBrowser(t)
	for _, tag := range lang.Tags() {
		words := lang.For(tag)
		b, _, err := book.Load(fstest.MapFS{
			"handbook.yaml": {Data: []byte("title: H\nlanguage: " + tag + "\n")},
			"a.md":          {Data: []byte("---\ntitle: A\ndrafted: 2026-11-01\n---\nText.\n")},
		}, book.Options{})
		if err != nil {
			t.Fatal(err)
		}
		tree, err := site.Build(b, site.Options{Day: date.New(2026, 11, 20)})
		if err != nil {
			t.Fatal(err)
		}
		tab := newTab(t, browser)
		do(t, tab, clockAt("2027-03-01"), chromedp.Navigate(siteFolder(t, tree)+"health.html"))
		for _, day := range []date.Date{date.New(2027, 3, 1), date.New(2028, 2, 29), date.New(2030, 12, 31)} {
			got := eval[string](t, tab, `(handbook.show("`+day.String()+`"), document.querySelector("[data-today]").textContent)`)
			if want := words.Date(day); got != want {
				t.Errorf("%s: the script writes the day %q, want %q", tag, got, want)
			}
		}
		for _, n := range []int{0, 7, 999, 1000, 4321, 10000, 1234567} {
			got := eval[string](t, tab, fmt.Sprintf(`(%d).toLocaleString(%q)`, n, words.Tag())) // as the scripts do
			if want := string(words.AppendNumber(nil, n)); got != want {
				t.Errorf("%s: the script writes the number %q, want %q", tag, got, want)
			}
		}
		for _, status := range []string{"current", "unapproved", "due", "stale", "future", "withdrawn"} {
			got := eval[string](t, tab, fmt.Sprintf(`handbook.words(%q)`, status))
			if want := words.T("status-" + status); got != want {
				t.Errorf("%s: the script calls %s %q, want %q", tag, status, got, want)
			}
		}
		got := eval[string](t, tab, `(dispatchEvent(new Event("beforeprint")), document.documentElement.dataset.printed)`)
		if want := words.T("printed-on", "day", date.New(2027, 3, 1)); got != want {
			t.Errorf("%s: on paper it says %q, want %q", tag, got, want)
		}
	}
}
