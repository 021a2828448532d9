package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/site"
)

// TestBrowserFromDisk opens every page from a folder, as a reader does who got
// the handbook on a stick: nothing fails to load and nothing is complained of.
func TestBrowserFromDisk(t *testing.T) {
	tree := theSite(t)
	base := siteFolder(t, tree)
	tab := newTab(t, newBrowser(t))
	w := watchTab(tab)
	pages := 0
	for _, name := range tree.Paths() {
		if path.Ext(name) != ".html" || name == "404.html" {
			continue // 404.html is only ever shown by a server
		}
		pages++
		do(t, tab, chromedp.Navigate(base+name))
		if styled := eval[bool](t, tab, `getComputedStyle(document.body).margin === "0px" && !!window.handbook || !!document.querySelector("meta[http-equiv=refresh]")`); !styled {
			t.Errorf("%s is not styled or its script did not run", name)
		}
		trouble, _ := w.take()
		for _, s := range trouble {
			t.Errorf("%s: %s", name, s)
		}
	}
	for _, s := range w.end() {
		t.Error(s)
	}
	if pages < 20 {
		t.Errorf("only %d pages were opened", pages)
	}
}

// TestBrowserFromServer opens every page as GitHub Pages serves it: one host,
// no complaint, and at most 4 requests for a section. Pages of lists load one
// sheet more, and the search page the index as well.
func TestBrowserFromServer(t *testing.T) {
	base, tree := siteServer(t)
	tab := newTab(t, newBrowser(t))
	w := watchTab(tab)
	host, _ := url.Parse(base)
	b, _ := realBook(t)
	sections := map[string]bool{}
	for _, s := range b.Sections {
		sections[s.Path] = true
	}
	for _, name := range tree.Paths() {
		if path.Ext(name) != ".html" || name == "404.html" {
			continue
		}
		do(t, tab, chromedp.Navigate(base+name))
		eval[bool](t, tab, `true`)
		trouble, responses := w.take()
		for _, s := range trouble {
			t.Errorf("%s: %s", name, s)
		}
		most := 5
		switch {
		case sections[name]:
			most = 4
		case name == "search.html":
			most = 6
		}
		if len(responses) > most {
			t.Errorf("%s: %d requests", name, len(responses))
		}
		for _, r := range responses {
			if u, err := url.Parse(r.Response.URL); err != nil || u.Host != host.Host {
				t.Errorf("%s loads %s", name, r.Response.URL)
			}
		}
	}
	w.end()
}

// A stalenessCase is a case of the table that package staleness runs in Go.
type stalenessCase struct {
	Name                                      string
	Handbook, Laws, References, Section, Body []string
	Others                                    map[string][]string
	Days                                      []struct {
		Day, Status string
		Reasons     []struct{ Kind, Since, Text string }
	}
}

// TestBrowserAges runs the table of package staleness against the script of
// the pages: a site that was built long ago says on every later day what Go
// says of that day.
func TestBrowserAges(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("internal", "staleness", "testdata", "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var table struct{ Cases []stalenessCase }
	if err := json.Unmarshal(data, &table); err != nil {
		t.Fatal(err)
	}
	if len(table.Cases) < 40 {
		t.Fatalf("only %d cases", len(table.Cases))
	}
	tab := newTab(t, newBrowser(t))
	dir := t.TempDir()
	for i, c := range table.Cases {
		files := fstest.MapFS{}
		add := func(name string, lines []string) {
			if lines != nil {
				files[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, "\n") + "\n")}
			}
		}
		add("handbook.yaml", c.Handbook)
		add("registers/laws.yaml", c.Laws)
		add("registers/references.yaml", c.References)
		body := c.Body
		if body == nil {
			body = []string{"Text."}
		}
		add("1-part/1-case.md", append(append(append([]string{"---"}, c.Section...), "---"), body...))
		for name, lines := range c.Others {
			add(name, lines)
		}
		b, _, err := book.Load(files, book.Options{})
		if err != nil {
			t.Fatal(err)
		}
		section := b.Section("case")
		if section == nil {
			t.Fatalf("%s: the case has no section", c.Name)
		}
		// The oldest build there can be: the script has to find every day.
		day, err := date.Parse("1900-01-01")
		if err != nil {
			t.Fatal(err)
		}
		tree, err := site.Build(b, site.Options{Day: day})
		if err != nil {
			t.Fatal(err)
		}
		folder := filepath.Join(dir, fmt.Sprint(i))
		for _, name := range tree.Paths() {
			if name != section.Path && path.Dir(name) != "static" {
				continue
			}
			data, err := tree.Read(name)
			if err != nil {
				t.Fatal(err)
			}
			to := filepath.Join(folder, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(to, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		do(t, tab, chromedp.Navigate("file://"+filepath.ToSlash(folder)+"/"+section.Path))
		for _, d := range c.Days {
			got := eval[struct {
				Status  string
				Reasons []struct{ Kind, Since, Text string }
			}](t, tab, fmt.Sprintf(`(function () {
				handbook.show(%q);
				var shown = Array.from(document.querySelectorAll("main [data-kind]")).filter(function (e) { return e.checkVisibility(); });
				return {Status: document.querySelector("main .facts [data-ages]").dataset.status, Reasons: shown.map(function (e) {
					var text = e.cloneNode(true);
					text.querySelectorAll("a").forEach(function (a) { a.remove(); });
					return {Kind: e.dataset.kind, Since: e.dataset.since || "", Text: text.textContent.trim()};
				})};
			})()`, d.Day))
			if got.Status != d.Status {
				t.Errorf("%s, %s: the page says %s, want %s", c.Name, d.Day, got.Status, d.Status)
			}
			if fmt.Sprint(got.Reasons) != fmt.Sprint(d.Reasons) {
				t.Errorf("%s, %s:\n got %v\nwant %v", c.Name, d.Day, got.Reasons, d.Reasons)
			}
		}
	}
}

// TestBrowserTurnsStale opens the real content with clocks of later years: the
// banner, the status in the menu and the counts follow. What will be said then
// is not in the text of the page before.
func TestBrowserTurnsStale(t *testing.T) {
	b, day := realBook(t)
	base := siteFolder(t, theSite(t))
	browser := newBrowser(t)
	soon := newTab(t, browser)
	do(t, soon, clockAt(day.AddDays(1).String()), chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+b.Sections[0].Path))
	if s := eval[string](t, soon, `document.body.textContent`); strings.Contains(s, "Out of date") || strings.Contains(s, "was due by") {
		t.Error("the page's text holds what will be true on a later day")
	}
	if s := eval[string](t, soon, `document.querySelector("main .facts .status").textContent + "|" + document.querySelector("main .banner-title").textContent`); s != "Action due|Not yet approved. Action due:" {
		t.Errorf("on the day after, a section that nobody approved, with a place to fill in, says %q", s)
	}
	tab := newTab(t, browser)
	do(t, tab, clockAt("2036-02-29"), chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+b.Sections[0].Path))
	if s := eval[string](t, tab, `document.querySelector("main .facts .status").textContent`); s != "Out of date" {
		t.Errorf("ten years later the section says %q", s)
	}
	if !eval[bool](t, tab, `Array.from(document.querySelectorAll("main .banner [data-kind=overdue]")).some(function (e) { return e.checkVisibility(); })`) {
		t.Error("ten years later no banner says that the review is overdue")
	}
	if s := eval[string](t, tab, `document.querySelector(".menu [aria-current=page]").closest("[data-ages]").dataset.status`); s != "stale" {
		t.Errorf("ten years later the menu says %q", s)
	}
	// Lists that are short of room had no word for what was in date.
	lines := func(where, list string) {
		t.Helper()
		got := eval[[]string](t, tab, `Array.from(document.querySelectorAll("`+list+` li[data-ages]")).map(function (li) {
			var words = li.querySelectorAll(".status");
			return words.length === 1 && words[0].checkVisibility() ? words[0].textContent : words.length + " words";
		})`)
		if i := slices.IndexFunc(got, func(word string) bool { return word != "Out of date" }); len(got) == 0 || i >= 0 {
			t.Errorf("ten years later the lines of %s say %q", where, got)
		}
	}
	lines("the menu", ".menu")
	if !eval[bool](t, tab, `Array.from(document.querySelectorAll(".menu li[data-ages] a > .number + span > .status:last-child")).length === document.querySelectorAll(".menu li[data-ages]").length`) {
		t.Error("in the menu the word for the status does not stand below the title")
	}
	do(t, tab, chromedp.Navigate(base+"a-z.html"))
	lines("the A to Z", "main")
	do(t, tab, chromedp.Navigate(base+"index.html"))
	lines("the first page", "main")
	do(t, tab, chromedp.Navigate(base+"health.html"))
	if n := eval[string](t, tab, `document.querySelector("[data-count=stale]").textContent`); n != fmt.Sprint(len(b.Sections)) {
		t.Errorf("ten years later the health page counts %s sections out of date, want %d", n, len(b.Sections))
	}
	// A clock that is behind the day of the build is wrong, and changes nothing.
	early := newTab(t, browser)
	do(t, early, clockAt("2001-01-01"), chromedp.Navigate(base+b.Sections[0].Path))
	if s := eval[string](t, early, `document.querySelector("main .facts [data-ages]").dataset.status`); s == "future" || s == "stale" {
		t.Errorf("a clock that is behind makes the section %s", s)
	}
}

// TestBrowserCitation copies a citation of a rule.
func TestBrowserCitation(t *testing.T) {
	b, _ := realBook(t)
	rule := b.Rules()[0]
	base, _ := siteServer(t)
	tab := newTab(t, newBrowser(t))
	do(t, tab, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(base+rule.Section.Path+"#"+rule.ID))
	got := eval[string](t, tab, `document.querySelector("#`+rule.ID+` .citation").textContent`)
	want := rule.Section.Name() + ", rule " + rule.ID + ", version 1"
	if !strings.HasPrefix(got, want) {
		t.Errorf("the citation of a rule is %q, want %q and since when", got, want)
	}
	do(t, tab, chromedp.Click(chromedp.CSS("#"+rule.ID+" button")))
	said, err := chromedp.Run(tab, chromedp.Poll[string](`(function () { var s = document.querySelector("#`+rule.ID+` [role=status]"); return s && s.textContent; })()`))
	if err != nil || !strings.HasPrefix(said, "Copied") {
		t.Errorf("after the button the page says %q, %v", said, err)
	}
	// Over plain http there is no clipboard: the citation is selected, and copied so.
	do(t, tab, chromedp.Evaluate[chromedp.Void](`Object.defineProperty(navigator, "clipboard", { value: undefined })`), chromedp.Click(chromedp.CSS("#"+rule.ID+" button")))
	if said := eval[string](t, tab, `getSelection() + "|" + document.querySelector("#`+rule.ID+` [role=status]").textContent`); said != got+"|Copied" {
		t.Errorf("without a clipboard %q is selected and said", said)
	}
}

// TestBrowserPrint prints a section and the whole handbook: the text has the
// number, the version, the page numbers and the warning, and nothing of the
// menu.
func TestBrowserPrint(t *testing.T) {
	b, _ := realBook(t)
	base := siteFolder(t, theSite(t))
	tab := newTab(t, newBrowser(t))
	print := func(name string) string { return strings.Join(sheets(t, tab, base+name), " ") }
	s := b.Sections[0]
	text := print(s.Path)
	for _, want := range []string{s.Title, s.Number, "version 1", "Page 1 of ", "Uncontrolled when printed", "Review due by", s.Rules[0].ID} {
		if !strings.Contains(text, want) {
			t.Errorf("the printed section does not say %q", want)
		}
	}
	for _, never := range []string{"Skip to the text", "Close the menu", "Print the whole handbook", "Copy citation", "Colors", "Tell the owner"} {
		if strings.Contains(text, never) {
			t.Errorf("the printed section says %q", never)
		}
	}
	text = print("print.html")
	for _, s := range b.Sections {
		if !strings.Contains(text, s.Title) {
			t.Errorf("the printed handbook has no section %q", s.Title)
		}
	}
	for _, want := range []string{"Page 2 of ", "Uncontrolled when printed", "version 1"} {
		if !strings.Contains(strings.ToLower(text), strings.ToLower(want)) {
			t.Errorf("the printed handbook does not say %q", want)
		}
	}
}
