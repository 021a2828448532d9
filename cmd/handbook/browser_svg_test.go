package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/internal/svg"
)

// TestBrowserSVG shows images in a browser, as pages do and by their own
// address, and counts what they ask another server for. What svg.Check lets pass
// must ask for nothing; an image that it refuses shows that the count counts.
func TestBrowserSVG(t *testing.T) { // Case F1, Case S6
	var mu sync.Mutex
	asked := map[string]int{}
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked[strings.TrimPrefix(r.URL.Path, "/")]++
	}))
	t.Cleanup(elsewhere.Close)

	images := map[string]string{}
	names, err := filepath.Glob("internal/svg/testdata/*.svg")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		images[filepath.Base(name)] = string(text)
	}
	// ELSE stands for an address on the other server. All of these try to get it
	// loaded, in ways that browsers know or might take up one day.
	tries := []string{
		`<style>@import url(ELSE);<g/></style>`, `<style><g/>@import url(ELSE);</style>`, `<style>@im<g/>port url(ELSE);</style>`, `<style>@import "ELSE";</style>`,
		`<style>@imp<!-- -->ort "ELSE";</style>`, `<style>@\69mport "ELSE";</style>`, `<style>@imp/**/ort "ELSE";</style>`, `<style><![CDATA[@import "ELSE";]]></style>`,
		`<style>a{content:"/*"} @import "ELSE"; /* */</style>`, `<style>@charset "ELSE"; @media "ELSE"{}</style>`, `<style>@namespace "ELSE";</style>`,
		`<style>rect{fill:url(ELSE)}</style>`, `<style>rect{mask-image:image-set("ELSE" 1x)}</style>`, `<style>rect{--a:"ELSE";mask-image:var(--a)}</style>`,
		`<style>svg{background-image:url(ELSE)}</style>`, `<style>svg{background-image:u\72l(ELSE)}</style>`, `<style>svg{background-image:-webkit-image-set(url(ELSE) 1x)}</style>`,
		`<style>svg{background:"ELSE"}</style>`, `<style>svg{cursor:"ELSE",auto;content:"ELSE"}</style>`, `<style>@property --a{syntax:"*";inherits:false;initial-value:"ELSE"}svg{background-image:var(--a)}</style>`,
		`<style>@font-face{font-family:x;src:url(ELSE)}text{font-family:x}</style><text y="9">x</text>`, `<style>@font-face{font-family:x;src:"ELSE"}text{font-family:x}</style><text y="9">x</text>`,
		`<style>@font-face{font-family:x;src:local("ELSE")}text{font-family:x}</style><text y="9">x</text>`,
		`<rect width="9" height="9" fill="url(ELSE#a)" filter="url(ELSE#a)" mask="url(ELSE#a)"/>`, `<rect width="9" height="9" fill="ELSE" filter="ELSE" mask="ELSE" clip-path="ELSE" cursor="ELSE"/>`,
		`<rect width="9" height="9" style="background-image:'ELSE';mask:'ELSE'"/>`, `<image href="ELSE" width="9" height="9"/>`, `<image xlink:href="ELSE" width="9" height="9"/>`,
		`<image href="#ELSE" width="9" height="9"/>`, `<use href="ELSE#a"/>`, `<use href="#ELSE"/>`, `<feImage href="ELSE"/>`, `<image href="data:image/svg+xml;base64,AAAA" width="9" height="9"/>`,
		`<foreignObject width="9" height="9"><img xmlns="http://www.w3.org/1999/xhtml" src="ELSE"/></foreignObject>`, `<img xmlns="http://www.w3.org/1999/xhtml" srcset="ELSE"/>`,
		`<table xmlns="http://www.w3.org/1999/xhtml" background="ELSE"><tr><td background="ELSE"/></tr></table>`, `<metadata><img xmlns="http://www.w3.org/1999/xhtml" src="ELSE"/></metadata>`,
		`<set attributeName="href" to="ELSE"/>`, `<image width="9" height="9"><set attributeName="href" to="ELSE"/></image>`, `<image width="9" height="9"><animate attributeName="xlink:href" values="ELSE;ELSE" dur="1s"/></image>`,
		`<rect width="9" height="9"><set attributeName="fill" to="ELSE"/></rect>`, `<rect width="9" height="9"><set attributeName="mask" to="url(ELSE#a)"/></rect>`,
		`<script>new Image().src = "ELSE"</script>`, `<script href="ELSE"/>`, `<g xml:base="ELSE"><image href="#a" width="9" height="9"/></g>`,
		`<a href="ELSE"><text y="9">x</text></a>`, `<a href="ELSE" xlink:show="embed" xlink:actuate="onLoad"><text y="9">x</text></a>`, `<g xlink:role="ELSE" xlink:arcrole="ELSE"/>`,
		`<metadata xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:RDF rdf:resource="ELSE"/></metadata>`, `<g requiredExtensions="ELSE" requiredFeatures="ELSE" content="ELSE" data-src="ELSE"/>`,
		`<title>ELSE</title><desc>ELSE</desc><text y="9" font-family="ELSE">x</text>`, `<rect width="9" height="9" color-profile="ELSE" background="ELSE"/>`,
		`<g onload="new Image().src='ELSE'"/>`, `<animate onbegin="new Image().src='ELSE'" attributeName="x" dur="1s"/>`,
	}
	for i, text := range tries {
		images[fmt.Sprintf("try-%d.svg", i)] = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="20" height="20">` + text + `</svg>`
	}
	images["sheet.svg"] = `<?xml-stylesheet href="ELSE"?><svg xmlns="http://www.w3.org/2000/svg"/>`
	images["type.svg"] = `<!DOCTYPE svg SYSTEM "ELSE"><svg xmlns="http://www.w3.org/2000/svg"/>`
	images["entity.svg"] = `<!DOCTYPE svg [<!ENTITY x SYSTEM "ELSE">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>`

	var page strings.Builder
	page.WriteString("<!doctype html><title>All</title>")
	var passed []string
	refused := 0
	for name, text := range images {
		text = strings.ReplaceAll(text, "ELSE", elsewhere.URL+"/"+name)
		if images[name] = text; svg.Check([]byte(text)) == nil {
			passed = append(passed, name)
			fmt.Fprintf(&page, "<img src=%q>", name)
		} else {
			refused++
		}
	}
	slices.Sort(passed)
	if len(passed) < 20 || refused < 20 {
		t.Errorf("%d images pass and %d are refused, which is too few of one", len(passed), refused)
	}
	here := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if name == "" {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, page.String())
			return
		}
		w.Header().Set("Content-Type", "image/svg+xml")
		fmt.Fprint(w, images[name])
	}))
	t.Cleanup(here.Close)
	tab := newTab(t, newBrowser(t))
	do(t, tab, chromedp.Navigate(here.URL+"/"))
	for _, name := range passed {
		do(t, tab, chromedp.Navigate(here.URL+"/"+name))
	}
	// The first is the style sheet of Case F1, which is refused. Once its request
	// has come, so have those of all that was shown before.
	do(t, tab, chromedp.Navigate(here.URL+"/try-0.svg"))
	mu.Lock()
	defer mu.Unlock()
	if asked["try-0.svg"] == 0 {
		t.Error("the other server is not asked by an image that imports a style sheet from it")
	}
	delete(asked, "try-0.svg")
	for name, n := range asked {
		t.Errorf("%s asks another server %d times:\n%s", name, n, images[name])
	}
}
