package main

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/site"
	"handbook/cmd/handbook/internal/testkit"
)

// newBrowser starts a browser that ends with the test.
func newBrowser(t *testing.T) context.Context { return testkit.Browser(t) }

// newTab opens a tab that closes with the test.
func newTab(t *testing.T, browser context.Context) context.Context {
	t.Helper()
	tab, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	return tab
}

// do runs steps and ends the test on an error.
func do(t *testing.T, tab context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, steps...); err != nil {
		t.Fatal(err)
	}
}

// eval returns the value of an expression in the page.
func eval[T any](t *testing.T, tab context.Context, js string) T {
	t.Helper()
	v, err := chromedp.Run(tab, chromedp.Evaluate[T](js, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%v in %.200s", err, js)
	}
	return v
}

// media is the step that sets the medium ("screen", "print") and features such
// as prefers-color-scheme=dark.
func media(medium string, features ...string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		p := emulation.SetEmulatedMediaParams{Media: medium}
		for _, f := range features {
			name, value, _ := strings.Cut(f, "=")
			p.Features = append(p.Features, &emulation.MediaFeature{Name: name, Value: value})
		}
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, p)
		return err
	})
}

// withoutScripts is the step that switches scripts off for the pages to come.
func withoutScripts() chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	})
}

// clockAt is the step that makes the clock of the pages to come show noon of a
// day, in the browser's own time zone.
func clockAt(day string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: `
			(function () {
				var Real = Date, now = new Real("` + day + `T12:00:00").getTime();
				Date = function () { return arguments.length ? new (Function.prototype.bind.apply(Real, [null].concat(Array.prototype.slice.call(arguments))))() : new Real(now); };
				Date.prototype = Real.prototype; Date.UTC = Real.UTC; Date.parse = Real.parse; Date.now = function () { return now; };
			})();`})
		return err
	})
}

// A pageWatch collects what a tab complains of and what it loads.
type pageWatch struct {
	mu        sync.Mutex
	trouble   []string
	responses []network.EventResponseReceived
	done      sync.WaitGroup
	stop      context.CancelFunc
}

// watchTab starts to watch a tab.
func watchTab(tab context.Context) *pageWatch {
	ctx, stop := context.WithCancel(tab)
	w := &pageWatch{stop: stop}
	console := chromedp.Console(ctx)
	failed := chromedp.Events(ctx, network.LoadingFailed)
	received := chromedp.Events(ctx, network.ResponseReceived)
	w.done.Go(func() {
		for m, err := range console {
			if err != nil {
				return
			}
			w.say(string(m.Type) + ": " + m.Text)
		}
	})
	w.done.Go(func() {
		for e, err := range failed {
			if err != nil {
				return
			}
			if !e.Canceled {
				w.say("failed load: " + e.ErrorText)
			}
		}
	})
	w.done.Go(func() {
		for e, err := range received {
			if err != nil {
				return
			}
			w.mu.Lock()
			w.responses = append(w.responses, e)
			w.mu.Unlock()
		}
	})
	return w
}

func (w *pageWatch) say(s string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.trouble = append(w.trouble, s)
}

// take returns what has been collected since the last take. The events of a page
// come before the answer to what is asked of it afterwards, so all of those of
// the page are there once it has been asked something.
func (w *pageWatch) take() (trouble []string, responses []network.EventResponseReceived) {
	w.mu.Lock()
	defer w.mu.Unlock()
	trouble, responses = w.trouble, w.responses
	w.trouble, w.responses = nil, nil
	return trouble, responses
}

// end stops watching and gives what is left.
func (w *pageWatch) end() []string {
	w.stop()
	w.done.Wait()
	trouble, _ := w.take()
	return trouble
}

// siteFolder writes a Tree into a folder of the test and gives its file: URL,
// with a final slash.
func siteFolder(t *testing.T, tree *output.Tree) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range tree.Paths() {
		data, err := tree.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return "file://" + filepath.ToSlash(dir) + "/"
}

// siteServer builds the real content for the address of a server that serves
// it as GitHub Pages serves a project, and gives that address, with a final
// slash, and the site.
func siteServer(t *testing.T) (string, *output.Tree) { return siteServerIn(t, nil) }

// siteServerIn serves it with the words of a language.
func siteServerIn(t *testing.T, l *lang.Language) (string, *output.Tree) {
	t.Helper()
	host := &pagesHost{base: "/handbook/"}
	srv := httptest.NewServer(host)
	t.Cleanup(srv.Close)
	b, _, err := book.Load(os.DirFS(contentDir()), book.Options{Dir: "content/", BaseURL: srv.URL + host.base, Language: l})
	if err != nil {
		t.Fatal(err)
	}
	_, day := realBook(t)
	if host.tree, err = site.Build(b, site.Options{Day: day, Language: l}); err != nil {
		t.Fatal(err)
	}
	return srv.URL + host.base, host.tree
}

// pageTypes returns one page of every type, the richest of its kind where there
// are several.
func pageTypes(t *testing.T) []string {
	b, _ := realBook(t)
	section, law, reference := b.Sections[0], b.Laws[0], b.References[0]
	for _, s := range b.Sections {
		if len(s.Rules)+len(s.Laws)+len(s.References) > len(section.Rules)+len(section.Laws)+len(section.References) {
			section = s
		}
	}
	for _, l := range b.Laws {
		if len(l.Amended) > len(law.Amended) {
			law = l
		}
	}
	for _, r := range b.References {
		if len(r.RestsOn) > len(reference.RestsOn) {
			reference = r
		}
	}
	var pages []string
	for _, kind := range site.PageTypes() {
		switch {
		case kind.Path != "":
			pages = append(pages, kind.Path)
		case kind.Name == "part":
			pages = append(pages, b.Parts[0].Path)
		case kind.Name == "section":
			pages = append(pages, section.Path)
			if i := slices.IndexFunc(b.Sections, func(s *book.Section) bool { return s.Form != nil }); i >= 0 {
				pages = append(pages, b.Sections[i].Path)
			}
		case kind.Name == "law":
			pages = append(pages, law.Path)
		case kind.Name == "reference":
			pages = append(pages, reference.Path)
		case kind.Name == "redirect": // a page that leads away
		default:
			t.Fatalf("say here which page of the type %s to look at", kind.Name)
		}
	}
	return pages
}
