package main

import (
	"bytes"
	"context"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/guide"
	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/site"
	"handbook/cmd/handbook/internal/staleness"
)

// The guide is judged on the day of its latest record, as the real content is.

// theGuide loads the guide, and returns the day of its latest record.
func theGuide(t *testing.T) (*book.Book, date.Date) {
	t.Helper()
	content, err := guide.FS()
	if err != nil {
		t.Fatal(err)
	}
	b, problems, err := book.Load(content, book.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("the guide has a problem, which handbook help --web does not look for: %v", p)
	}
	var day date.Date
	for _, s := range b.Sections {
		last, _ := s.LastReview()
		day = date.Max(day, last)
	}
	return b, day
}

// guideSite builds the guide.
func guideSite(t *testing.T) *output.Tree {
	t.Helper()
	b, day := theGuide(t)
	tree, err := site.Build(b, site.Options{Day: day})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestGuideClean holds that check finds nothing in the guide, not even a
// warning.
func TestGuideClean(t *testing.T) {
	_, day := theGuide(t)
	var out, errs bytes.Buffer
	w := environment{&out, &errs, func(string) string { return "" }, day.Time().Add(12 * time.Hour)}
	if status := run(context.Background(), []string{"-C", "guide", "check"}, w); status != 0 || out.Len() > 0 {
		t.Errorf("handbook -C guide check: status %d\n%s%s", status, out.String(), errs.String())
	}
}

// TestGuideLinks follows every link of the guide. It shows {{agency.phone}} and
// &lt; as what somebody types, so it may hold both.
func TestGuideLinks(t *testing.T) { followLinks(t, guideSite(t)) }

// TestGuideSections holds that each section of the guide is one task, read at
// one sitting, and says honestly how old it is.
func TestGuideSections(t *testing.T) {
	b, _ := theGuide(t)
	texts := map[string][]byte{}
	for _, doc := range documents(t) {
		if name, ok := strings.CutPrefix(doc.path, "cmd/handbook/guide/content/"); ok {
			texts[name] = doc.text
		}
	}
	if len(b.Sections) < 25 {
		t.Errorf("the guide has only %d sections", len(b.Sections))
	}
	for _, s := range b.Sections {
		if n := len(bytes.Fields(texts[s.Source])); n < 350 || n > 900 {
			t.Errorf("%s has %d words; a section of the guide has 350 to 900", s.Source, n)
		}
		if s.Drafted.Before(date.New(2026, time.November, 30)) {
			t.Errorf("%s says that it was drafted on %s, before there was a guide", s.Source, s.Drafted)
		}
		if len(s.Reviews) > 0 || s.Counsel != nil || len(s.Approvals) > 0 {
			t.Errorf("%s claims a review or an approval, which the guide has not had", s.Source)
		}
	}
}

// TestGuideKinds holds that the guide explains every reason for doubt, and no
// other.
func TestGuideKinds(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("guide", "content", "3-keep-true", "1-out-of-date.md"))
	if err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\|").FindAllSubmatch(text, -1) {
		got = append(got, string(m[1]))
	}
	for _, k := range staleness.Kinds() {
		want = append(want, string(k))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the guide explains %v, and there are %v", got, want)
	}
}

// TestGuidePublished holds that the guide is published beside the starter.
func TestGuidePublished(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", ".github", "workflows", "pages.yml"))
	if err != nil {
		t.Fatal(err)
	}
	const command = `go run ./cmd/handbook -C cmd/handbook/guide build -o "$PWD/public/guide" --base-url "$BASE_URL/guide/"`
	if !bytes.Contains(text, []byte(command)) {
		t.Errorf("pages.yml does not publish the guide: it lacks %s", command)
	}
}

// TestBrowserGuide searches the guide as a reader does.
func TestBrowserGuide(t *testing.T) {
	host := &pagesHost{tree: guideSite(t), base: "/"}
	srv := httptest.NewServer(host)
	t.Cleanup(srv.Close)
	tab := newTab(t, newBrowser(t))
	w := watchTab(tab)
	for query, first := range map[string]string{
		"sign off":            "keep-true/sign-off.html",
		"front matter":        "write/front-matter.html",
		"publish for clients": "publish/clients.html",
		"intranet":            "publish/hosting.html",
		"timezone":            "set-up/settings.html",
		"out of date":         "keep-true/out-of-date.html",
		"Hugo":                "set-up/move.html",
	} {
		do(t, tab, chromedp.Navigate(srv.URL+"/search.html?q="+url.QueryEscape(query)))
		waitFor(t, tab, `document.querySelector(".results a")`)
		got := eval[string](t, tab, `document.querySelector(".results a").href`)
		if page, _, _ := strings.Cut(strings.TrimPrefix(got, srv.URL+"/"), "#"); page != first {
			t.Errorf("%s: the first result is %s, want %s", query, page, first)
		}
	}
	for _, s := range w.end() {
		t.Error(s)
	}
}
