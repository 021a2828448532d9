package main

import (
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/site"
)

// TestBrowserAnchors opens clauses by the names that their author gave them, at
// the page's own address and at an old one, with scripts and without. Case D7.
func TestBrowserAnchors(t *testing.T) {
	long := ""
	for range 120 {
		long += "Some text to scroll past.\n\n"
	}
	files := fstest.MapFS{"1-phones/1-texting.md": {Data: []byte("---\ntitle: Texting\naliases: [phones/sms.html, old.html]\n---\n" + long +
		"## What you must do {#must}\n\n" + long + "::: steps {#card title=\"Lost phone\"}\n1. Call.\n:::\n\n" + long + "## Location {#location}\n\n" + long + "## Set up\n\n" + long)}}
	b, problems, err := book.Load(files, book.Options{})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	tree, err := site.Build(b, site.Options{Day: date.New(2026, 11, 20)})
	if err != nil {
		t.Fatal(err)
	}
	base, browser := siteFolder(t, tree), newBrowser(t)
	for _, c := range []struct {
		script            bool
		address, at, want string
	}{
		{false, "phones/texting.html#must", "phones/texting.html", "texting--must"},
		{true, "phones/texting.html#must", "phones/texting.html", "texting--must"},
		{false, "phones/texting.html#card", "phones/texting.html", "texting--card"},
		{false, "phones/sms.html#must", "phones/sms.html", "texting--must"},
		{true, "phones/sms.html#must", "phones/texting.html", "texting--must"},
		{false, "old.html#texting--must", "old.html", "texting--must"},
		{true, "old.html#card", "phones/texting.html", "texting--card"},
		// A heading without a name of its own, and a name of the DOM, need the script.
		{true, "phones/sms.html#set-up", "phones/texting.html", "texting--set-up"},
		{true, "phones/texting.html#location", "phones/texting.html", "texting--location"},
	} {
		tab := newTab(t, browser)
		if !c.script {
			do(t, tab, withoutScripts())
		}
		do(t, tab, chromedp.Navigate(base+c.address))
		// No timer runs in a page without scripts, so the page is asked again
		// and again from here.
		depth := strconv.Itoa(strings.Count(c.at, "/") + 1)
		got := ""
		for range 200 {
			got = eval[string](t, tab, `(function () {
				var e = document.getElementById("`+c.want+`"), top = e ? e.getBoundingClientRect().top : -1;
				return location.pathname.split("/").slice(-`+depth+`).join("/") + (e && scrollY > 0 && top > -20 && top < 60 ? " there" : " at " + top);
			})()`)
			if got == c.at+" there" {
				break
			}
			do(t, tab, chromedp.Sleep(10*time.Millisecond))
		}
		if want := c.at + " there"; got != want {
			t.Errorf("%s, scripts %v: %s, want %s", c.address, c.script, got, want)
		}
	}
	if data, err := tree.Read("print.html"); err != nil || len(data) == 0 || strings.Contains(string(data), ` id="must"`) || strings.Contains(string(data), ` id="card"`) {
		t.Errorf("the printed handbook has the short names: %v", err)
	}
}
