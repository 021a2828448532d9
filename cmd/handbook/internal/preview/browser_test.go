package preview

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/testkit"
)

// A tab is a page in a real browser, with what it complained of.
type tab struct {
	*testing.T
	ctx context.Context

	mu      sync.Mutex
	trouble []string
	loads   int
}

// browse opens a tab. It fails where there is no browser: a preview that
// nobody looked at is not tested.
func browse(t *testing.T) *tab {
	t.Helper()
	ctx := testkit.Browser(t, chromedp.WindowSize(800, 600))
	b := &tab{T: t, ctx: ctx}
	listen, end := context.WithCancel(ctx)
	console, failed, loads := chromedp.Console(listen), chromedp.Events(listen, network.LoadingFailed), chromedp.Events(listen, cdpage.LoadEventFired)
	var done sync.WaitGroup
	done.Go(func() {
		for m, err := range console {
			if err != nil {
				return
			}
			b.say(string(m.Type) + ": " + m.Text)
		}
	})
	done.Go(func() {
		for e, err := range failed {
			if err != nil {
				return
			}
			if !e.Canceled {
				b.say("failed load: " + e.ErrorText)
			}
		}
	})
	done.Go(func() {
		for _, err := range loads {
			if err != nil {
				return
			}
			b.mu.Lock()
			b.loads++
			b.mu.Unlock()
		}
	})
	t.Cleanup(func() { end(); done.Wait() })
	return b
}

func (b *tab) say(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trouble = append(b.trouble, what)
}

// forget drops what the browser has complained of.
func (b *tab) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.trouble = nil
}

// calm checks that the browser has not complained, of a policy or a script for
// example.
func (b *tab) calm() {
	b.Helper()
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, what := range b.trouble {
		b.Errorf("the browser says: %s", what)
	}
	b.trouble = nil
}

// loaded returns the number of pages that were loaded.
func (b *tab) loaded() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.loads
}

// open goes to a page and waits for its stream.
func (b *tab) open(address string) {
	b.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(address)); err != nil {
		b.Fatal(err)
	}
	b.until(`sessionStorage.getItem("handbook-preview-saved") !== null`)
	b.eval(`window.mark = 1; true`)
}

// until waits for an expression to become true, in this page or the next.
func (b *tab) until(js string) {
	b.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second) // what must come, comes long before
	defer cancel()
	for {
		ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`new Promise(function (yes) {
			var tries = 0;
			(function ask() {
				var ok = false;
				try { ok = Boolean(`+js+`); } catch (e) {}
				if (ok || ++tries > 20) { yes(ok); } else { setTimeout(ask, 10); }
			})();
		})`, chromedp.EvalAwaitPromise))
		if ok && err == nil {
			return
		}
		if ctx.Err() != nil {
			where, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`location.href + "\n" + JSON.stringify(sessionStorage) + "\n" + document.documentElement.outerHTML.slice(0, 2000)`))
			b.Fatalf("never true: %s\n%s\nthe browser says %q", js, where, b.trouble)
		}
		// The page may have been loaded again meanwhile.
		if err != nil && !strings.Contains(err.Error(), "context was destroyed") && !strings.Contains(err.Error(), "navigated or closed") && !strings.Contains(err.Error(), "Cannot find context") {
			b.Fatalf("%v in %s", err, js)
		}
	}
}

// untilLoaded waits until the page that was opened has been loaded again, and
// has been told its state.
func (b *tab) untilLoaded() {
	b.Helper()
	b.until(`window.mark === undefined && document.readyState === "complete" && document.querySelector("handbook-preview") && sessionStorage.getItem("handbook-preview-loaded") === null`)
	b.eval(`window.mark = 1; true`)
}

func (b *tab) eval(js string) bool {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](js))
	if err != nil {
		b.Fatalf("%v in %s", err, js)
	}
	return v
}

// want checks an expression.
func (b *tab) want(what, js string) {
	b.Helper()
	if !b.eval(js) {
		b.Errorf("%s: not true: %s", what, js)
	}
}

const shadow = `document.querySelector("handbook-preview").shadowRoot`

// in returns an element of the preview.
func in(selector string) string { return shadow + `.querySelector("` + selector + `")` }

// long makes a page that has to be scrolled.
func long(words string) string {
	body := ""
	for _, id := range []string{"one", "two", "three"} {
		body += `<h2 id="t--` + id + `">` + id + `</h2>` + strings.Repeat("<p>Ask first.</p>", 40) + "<p>" + strings.ReplaceAll(words, "ID", id) + "</p>"
	}
	return page("Texting", body+`<p><a href="index.html" id="away">away</a></p><img src="/BASE/static/pic.svg" alt="x">`)
}

func TestBrowserReload(t *testing.T) {
	x := start(t, nil)
	x.files["phones/texting.html"] = long("Say ID.")
	x.Rebuild(nil)
	b := browse(t)
	b.open("http://" + x.at + "/phones/texting.html")

	// The page that is looked at changes: it is loaded again, and stays where it was.
	b.eval(`scrollTo(0, 700); true`)
	x.set(x.Server, "phones/texting.html", long("Say ID!"))
	b.untilLoaded()
	b.want("new text", `document.body.textContent.includes("Say one!")`)
	b.until(`scrollY === 700`)

	// What was edited is out of sight: it comes into sight.
	b.eval(`scrollTo(0, 0); true`)
	x.set(x.Server, "phones/texting.html", strings.Replace(long("Say ID!"), "Say three!", "Say three and four.", 1))
	b.untilLoaded()
	b.until(`(function (box) { return box.top > -5 && box.top < innerHeight; })(document.getElementById("t--three").getBoundingClientRect())`)

	// Edited above the headings, it stays.
	b.eval(`scrollTo(0, 700); true`)
	n := b.loaded()
	x.set(x.Server, "phones/texting.html", strings.Replace(x.files["phones/texting.html"], "<title>Texting", "<title>Text", 1))
	b.untilLoaded()
	b.until(`scrollY === 700`)
	if got := b.loaded() - n; got != 1 {
		t.Errorf("one save, loaded %d times", got)
	}

	// Nothing, or another page, has changed: it is left alone. Only a style sheet
	// or an image: that is put in its place.
	n = b.loaded()
	x.Rebuild([]string{"content/x"})
	x.set(x.Server, "static/site.css", "body { color: rgb(1, 2, 3) }")
	b.until(`getComputedStyle(document.body).color === "rgb(1, 2, 3)"`)
	b.want("one style sheet", `document.querySelectorAll("link[rel=stylesheet]").length === 1`)
	x.set(x.Server, "static/pic.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
	b.until(`document.querySelector("img").naturalWidth === 9`)
	b.want("the page was not loaded again", `window.mark === 1`)
	if got := b.loaded() - n; got != 0 {
		t.Errorf("only assets have changed, and the page was loaded %d times", got)
	}

	// A page that nobody sees sleeps, and knows what it missed when it is seen again.
	b.eval(`Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true }); document.dispatchEvent(new Event("visibilitychange"))`)
	x.set(x.Server, "phones/texting.html", long("While ID slept."))
	b.want("asleep", `window.mark === 1 && !document.body.textContent.includes("slept")`)
	b.eval(`delete document.visibilityState; document.dispatchEvent(new Event("visibilitychange"))`)
	b.untilLoaded()
	b.want("awake", `document.body.textContent.includes("While one slept")`)
	b.calm()
}

func TestBrowserSaved(t *testing.T) {
	x := start(t, func(s *Server) { s.Base = "/handbook/" })
	b := browse(t)
	b.open("http://" + x.at + "/handbook/")
	x.set(x.Server, "phones/texting.html", page("Texting", "<p>You must ask first.</p>"))
	b.until(in(".toast") + `.textContent.includes("You saved the page phones/texting.html. Go there")`)
	b.want("it is read out", in(".toast")+`.getAttribute("role") === "status"`)
	b.want("it takes no focus", `document.activeElement === document.body`)
	b.want("the page was not loaded again", `window.mark === 1`)
	b.eval(in(".toast button") + `.click(); true`)
	b.want("put aside", in(".toast")+`.textContent === ""`)

	x.set(x.Server, "phones/texting.html", page("Texting", "<p>You must ask.</p>"))
	b.until(in(".toast a"))
	b.eval(in(".toast a") + `.click(); true`)
	b.until(`location.pathname === "/handbook/phones/texting.html" && document.querySelector("handbook-preview") && document.readyState === "complete"`)
	b.want("there", `document.body.textContent.includes("You must ask.")`)
	b.want("not said twice", in(".toast")+`.textContent === ""`)

	// The save of this page needs no link.
	b.eval(`window.mark = 1; true`)
	x.set(x.Server, "phones/texting.html", page("Texting", "<p>Ask.</p>"))
	b.untilLoaded()
	b.want("no link to itself", in(".toast")+`.textContent === ""`)

	// A save that also changes this page: it is loaded again, and says it then.
	x.files["index.html"] = page("Home", "other")
	b.open("http://" + x.at + "/handbook/phones/")
	x.files["phones/index.html"] = page("Phones", "<p>Changed too.</p>")
	x.set(x.Server, "phones/texting.html", page("Texting messages", "<p>Ask.</p>"))
	b.untilLoaded()
	b.until(in(".toast a"))
	b.calm()
}

func TestBrowserProblems(t *testing.T) {
	x := start(t, func(s *Server) { s.Line = func(string, int) string { return "laws: [us-hipa] <b>" } })
	x.files["index.html"] = page("Home", `<p>Welcome.</p><p><input id="field"></p>`)
	x.Rebuild(nil)
	b := browse(t)
	b.open("http://" + x.at + "/")
	b.want("no problems", in(".panel")+`.hidden && `+in(".corner")+`.hidden`)
	b.eval(`document.getElementById("field").focus(); true`)

	broken := diag.Errorf(diag.Pos{File: "content/2-phones/3-texting.md", Line: 7, Col: 8}, "unknown-law", "did you mean us-hipaa-privacy?", `law "us-hipa" is not in registers/laws.yaml`)
	warning := diag.Problem{Pos: diag.Pos{File: "content/a.md"}, Severity: diag.Warning, Rule: "no-body", Text: "the page has no text"}
	x.problems = []diag.Problem{broken, warning}
	x.Rebuild([]string{"content/2-phones/3-texting.md"})
	b.until(`!` + in(".panel") + `.hidden && getComputedStyle(` + in(".panel") + `).display !== "none"`)
	for _, text := range []string{"1 error, 1 warning", `law "us-hipa" is not in registers/laws.yaml`, "[unknown-law]", "content/2-phones/3-texting.md:7:8", "laws: [us-hipa] <b>", "Hint: did you mean us-hipaa-privacy?", "the page has no text"} {
		b.want("the overlay says it", in(".panel")+".textContent.includes(`"+text+"`)")
	}
	b.want("over the last good page", `document.body.textContent.includes("Welcome.") && window.mark === 1`)
	b.want("it is in sight", `(function (box) { return box.height > 50 && box.bottom <= innerHeight; })(`+in(".panel")+`.getBoundingClientRect())`)
	b.want("it is a region with a name", in(".panel")+`.localName === "section" && `+shadow+`.getElementById(`+in(".panel")+`.getAttribute("aria-labelledby")).textContent === "1 error, 1 warning"`)
	b.want("it is read out", in(".live")+`.getAttribute("role") === "status" && `+in(".live")+`.textContent.includes("1 error")`)
	b.want("the focus stays", `document.activeElement.id === "field"`)
	b.want("nothing of it is markup", in(".panel pre b")+` === null`)

	// Put aside by the keyboard; it stays so over a load, until the list is another.
	b.eval(in(".panel .close") + `.focus(); ` + in(".panel .close") + `.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true })); true`)
	b.want("put aside", in(".panel")+`.hidden && !`+in(".corner")+`.hidden && `+shadow+`.activeElement === `+in(".corner"))
	b.open("http://" + x.at + "/phones/")
	b.until(`!` + in(".corner") + `.hidden`)
	b.want("still aside", in(".panel")+`.hidden && `+in(".corner")+`.getAttribute("aria-expanded") === "false"`)
	b.eval(in(".corner") + `.click(); true`)
	b.want("opened again", `!`+in(".panel")+`.hidden && `+in(".corner")+`.getAttribute("aria-expanded") === "true"`)
	b.eval(in(".corner") + `.click(); true`)
	x.problems = []diag.Problem{broken}
	x.Rebuild([]string{"content/a.md"})
	b.until(`!` + in(".panel") + `.hidden`)

	// Only warnings: a number in the corner.
	x.problems = []diag.Problem{warning}
	x.Rebuild([]string{"content/2-phones/3-texting.md"})
	b.until(in(".panel") + `.hidden && ` + in(".corner") + `.textContent === "1 warning"`)
	b.want("the end is read out", in(".live")+`.textContent === "No errors any more."`)
	b.eval(in(".corner") + `.click(); true`)
	b.want("the list", `!`+in(".panel")+`.hidden && `+in(".panel")+`.textContent.includes("the page has no text")`)

	// All is well.
	x.problems = nil
	x.Rebuild([]string{"content/a.md"})
	b.until(in(".panel") + `.hidden && ` + in(".corner") + `.hidden`)

	// A failure of the program is told as well.
	x.failure = errDisk
	x.Rebuild(nil)
	b.until(`!` + in(".panel") + `.hidden && ` + in(".panel") + `.textContent.includes("the disk is gone")`)
	b.calm()
}

// When there is nothing to show, the page says why, and goes away by itself.
func TestBrowserNothingYet(t *testing.T) {
	d := &draft{problems: []diag.Problem{diag.Errorf(diag.Pos{File: "content/a.md", Line: 3}, "yaml", "quote it", "a <b> is no title")}}
	x := start(t, func(s *Server) { s.Build = d.build })
	b := browse(t)
	b.open("http://" + x.at + "/")
	b.want("it says why", `document.body.textContent.includes("a <b> is no title") && document.querySelector("h1").textContent === "There is nothing to show yet"`)
	b.want("once", in(".panel")+`.hidden && `+in(".corner")+`.hidden`)
	b.want("with its style", `getComputedStyle(document.querySelector("main")).maxWidth === "800px"`)
	d.problems = nil
	d.files = map[string]string{"index.html": page("Home", "Now it is here.")}
	x.Rebuild(nil)
	b.untilLoaded()
	b.want("here", `document.body.textContent.includes("Now it is here.")`)
	b.forget() // the answers with 503 and without a style sheet are in the console
}

// The server stops and is started again, with another site: the page says so,
// and is loaded again once.
func TestBrowserRestart(t *testing.T) {
	x := start(t, nil)
	b := browse(t)
	b.open("http://" + x.at + "/phones/texting.html")
	n := b.loaded()
	at := x.at
	x.stop()
	b.until(in(".lost") + `.textContent.includes("does not answer")`)
	x.listen(at)
	b.until(in(".lost") + `.textContent === ""`)
	b.want("nothing has changed", `window.mark === 1`)
	x.stop()
	x.files["phones/texting.html"] = page("Texting", "<p>Changed meanwhile.</p>")
	x.Rebuild(nil)
	x.listen(at)
	b.untilLoaded()
	b.want("changed meanwhile", `document.body.textContent.includes("Changed meanwhile.")`)
	if got := b.loaded() - n; got != 1 {
		t.Errorf("loaded %d times", got)
	}
}
