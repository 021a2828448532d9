//go:build unix

package search

import (
	"fmt"
	"html"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/testkit"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// The peers, at the versions that the numbers of the project were measured with.
const (
	pagefindVersion   = "1.6.0"
	miniSearchVersion = "7.2.0"
)

// TestCompare measures the search beside Pagefind and MiniSearch on the same
// pages, in one run and one browser: bytes of a first query, relevance, and
// what the index costs. It needs npm, and is asked for by naming a content
// folder, or a number of sections to make up:
//
//	HANDBOOK_COMPARE=$PWD/content go test -run Compare -v ./cmd/handbook/internal/search
//	HANDBOOK_COMPARE=220 go test -run Compare -v -timeout 30m ./cmd/handbook/internal/search
//
// MiniSearch is given documents as the handbook has them, a heading counting
// four times its text; Pagefind reads pages with the same headings and texts,
// and of each page its answer is allowed every heading that it names. Where two
// have as many right headings among five, the one with more first is better.
func TestCompare(t *testing.T) {
	what := os.Getenv("HANDBOOK_COMPARE")
	if what == "" {
		t.Skip("set HANDBOOK_COMPARE to a content folder to compare with other searches")
	}
	fsys := os.DirFS(what)
	if n, err := strconv.Atoi(what); err == nil {
		fsys = corpus.Handbook(n)
	}
	b, _, err := book.Load(fsys, book.Options{})
	if err != nil {
		t.Fatal(err)
	}
	g := gathered(b)
	dir := t.TempDir()
	npm(t, dir, "install", "--no-save", "--no-audit", "--no-fund", "pagefind@"+pagefindVersion, "minisearch@"+miniSearchVersion)
	t.Logf("%d sections, %d documents", len(b.Sections), len(g.docs))

	before := testkit.UserTime()
	e := newEngine(t, newTab(t), b, Options{})
	size, files := 0, 0
	for path, makeFile := range e.host.files {
		if strings.HasPrefix(path, Dir) {
			f, err := makeFile()
			if err != nil {
				t.Fatal(err)
			}
			size += len(f)
			files++
		}
	}
	t.Logf("%-22s user %v, %d files, %d KB", "index", testkit.UserTime()-before, files, size>>10)

	site := writePages(t, g, filepath.Join(dir, "site"))
	run := exec.Command(filepath.Join(dir, "node_modules", ".bin", "pagefind"), "--site", site)
	if out, err := run.CombinedOutput(); err != nil {
		t.Fatalf("pagefind: %v\n%s", err, out)
	}
	usage, _ := run.ProcessState.SysUsage().(*syscall.Rusage)
	var memory int64
	if usage != nil {
		memory = usage.Maxrss >> 10
	}
	files, size = 0, 0
	pagefind := filepath.Join(site, "pagefind")
	err = filepath.WalkDir(pagefind, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.ReadFile(name)
		files++
		size += len(f)
		rel, _ := filepath.Rel(site, name)
		e.host.put(filepath.ToSlash(rel), string(f))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%-22s user %v, %d files, %d KB, %d MB of memory", "Pagefind "+pagefindVersion, run.ProcessState.UserTime(), files, size>>10, memory)

	umd, err := os.ReadFile(filepath.Join(dir, "node_modules", "minisearch", "dist", "umd", "index.js"))
	if err != nil {
		t.Fatal(err)
	}
	e.host.put("minisearch.js", string(umd))
	e.host.put("documents.js", "window.documents = "+quoted(t, records(g)))
	e.host.put("peers.html", `<!doctype html><meta charset="utf-8"><title>Peers</title><script src="minisearch.js"></script><script src="documents.js"></script>`)
	srv := httptest.NewServer(e.host)
	defer srv.Close()
	do := func(js string) {
		if err := chromedp.Do(e.tab, chromedp.Evaluate[chromedp.Void](js, chromedp.EvalAwaitPromise)); err != nil {
			t.Fatal(err)
		}
	}
	open := func() {
		if err := chromedp.Do(e.tab, chromedp.Navigate(srv.URL+"/peers.html")); err != nil {
			t.Fatal(err)
		}
		e.host.take()
	}

	t.Log("bytes of a first query, compressed, client included")
	var queries []string
	for _, it := range knownItems(g, "heading", 12) {
		queries = append(queries, it.query)
	}
	var own, theirs []int
	for _, q := range queries {
		e.reload()
		e.host.take()
		e.ask(q)
		n, _ := e.host.take()
		own = append(own, n+zipped(t, client(t)))
		open()
		do(`(async () => { const p = await import("/pagefind/pagefind.js"); const a = await p.search(` + quoted(t, q) + `); await Promise.all(a.results.slice(0, 10).map(r => r.data())); })()`)
		n, _ = e.host.take()
		theirs = append(theirs, n)
	}
	slices.Sort(own)
	slices.Sort(theirs)
	index, _ := zippedFiles(t, e, "minisearch.js", "documents.js")
	t.Logf("%-22s median %d, most %d", "index", own[len(own)/2], own[len(own)-1])
	t.Logf("%-22s median %d, most %d", "Pagefind", theirs[len(theirs)/2], theirs[len(theirs)-1])
	t.Logf("%-22s %d (all documents; it indexes in the browser)", "MiniSearch "+miniSearchVersion, index)
	if 3*own[len(own)/2] > theirs[len(theirs)/2] {
		t.Errorf("a first query costs more than a third of Pagefind's")
	}

	t.Log("relevance: the right heading first / among the first five; the right page first")
	// First the own client for all classes, then the peers on their page.
	scores := map[string]map[string]score{}
	items := map[string][]knownItem{}
	e.reload()
	for _, class := range classes() {
		items[class] = knownItems(g, class, 150)
		scores[class] = map[string]score{"index": e.rate(items[class])}
	}
	open()
	do(`(async () => {
		window.pf = await import("/pagefind/pagefind.js");
		window.mini = new MiniSearch({ fields: ["heading", "title", "text"], searchOptions: { boost: { heading: 4, title: 2 }, prefix: true, fuzzy: .2 } });
		mini.addAll(documents);
	})()`)
	for _, class := range classes() {
		for name, js := range map[string]string{
			"MiniSearch AND": `async q => mini.search(q, { combineWith: "AND" }).slice(0, 5).map(r => r.id)`,
			"MiniSearch OR":  `async q => mini.search(q).slice(0, 5).map(r => r.id)`,
			"Pagefind":       `async q => { const a = await pf.search(q); const l = await Promise.all(a.results.slice(0, 5).map(r => r.data())); return l.map(r => [r.url, ...r.sub_results.map(s => s.url)].map(u => ids[new URL(u, location.href).pathname + new URL(u, location.href).hash])); }`,
		} {
			var queries []string
			for _, it := range items[class] {
				queries = append(queries, it.query)
			}
			ids := `const ids = {}; documents.forEach(d => { ids[d.url] = d.id; });`
			got := eval[[]any](t, e.tab, `(async () => { `+ids+` const f = `+js+`; const out = []; for (const q of `+quoted(t, queries)+`) { out.push(await f(q)); } return out; })()`)
			s := score{n: len(queries)}
			for i, it := range items[class] {
				list, _ := got[i].([]any)
				at := slices.IndexFunc(list, func(v any) bool { return holdsRight(v, it.right) })
				if at == 0 {
					s.first++
				}
				if at >= 0 && at < 5 {
					s.five++
				}
			}
			scores[class][name] = s
		}
	}
	for _, class := range classes() {
		line := fmt.Sprintf("%-10s", class)
		for _, name := range []string{"index", "MiniSearch AND", "MiniSearch OR", "Pagefind"} {
			s := scores[class][name]
			line += fmt.Sprintf("  %s %.2f/%.2f", name, s.at1(), s.at5())
			own := scores[class]["index"]
			if s.five > own.five || s.five == own.five && s.first > own.first {
				t.Errorf("%s: %s is better", class, name)
			}
		}
		t.Log(line)
	}

	t.Log("warm query, in the browser")
	e.reload()
	var times []float64
	for _, q := range queries {
		e.ask(q)
		times = append(times, eval[float64](t, e.tab, `(async () => { const from = performance.now(); await engine.search(`+quoted(t, q)+`, { limit: 10 }); return performance.now() - from; })()`))
	}
	slices.Sort(times)
	t.Logf("%-22s median %.1f ms, most %.1f ms", "index", times[len(times)/2], times[len(times)-1])
}

// holdsRight reports whether a result is a right document: by its number, or by
// one of those of a page.
func holdsRight(v any, right func(doc int) bool) bool {
	switch v := v.(type) {
	case float64:
		return right(int(v))
	case []any:
		return slices.ContainsFunc(v, func(v any) bool { return holdsRight(v, right) })
	}
	return false
}

func zippedFiles(t *testing.T, e *engine, paths ...string) (size, files int) {
	for _, p := range paths {
		b, err := e.host.files[p]()
		if err != nil {
			t.Fatal(err)
		}
		size += zipped(t, b)
		files++
	}
	return size, files
}

// A record is a document as a search in the browser is given it.
type record struct {
	ID      int    `json:"id"`
	URL     string `json:"url"`
	Heading string `json:"heading"`
	Title   string `json:"title"`
	Text    string `json:"text"`
}

func records(g *gatherer) []record {
	var out []record
	for p, page := range g.pages {
		for i := page.first; i < len(g.docs) && (p+1 == len(g.pages) || i < g.pages[p+1].first); i++ {
			d := g.docs[i]
			if d.given {
				continue
			}
			url := "/" + page.path
			if d.anchor != "" {
				url += "#" + d.anchor
			}
			out = append(out, record{i, url, d.title, page.name, d.text})
		}
	}
	return out
}

// writePages writes the pages for Pagefind, and gives their folder.
func writePages(t *testing.T, g *gatherer, dir string) string {
	pages := map[string]*strings.Builder{}
	var order []string
	for _, r := range records(g) {
		path, anchor, _ := strings.Cut(strings.TrimPrefix(r.URL, "/"), "#")
		sb := pages[path]
		if sb == nil {
			sb = &strings.Builder{}
			pages[path] = sb
			order = append(order, path)
			fmt.Fprintf(sb, "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>%s</title></head><body><main data-pagefind-body>\n", html.EscapeString(r.Title))
		}
		tag := "h2"
		if anchor == "" {
			tag = "h1"
		}
		fmt.Fprintf(sb, "<%s id=\"%s\">%s</%s>\n<p>%s</p>\n", tag, html.EscapeString(anchor), html.EscapeString(r.Heading), tag, html.EscapeString(r.Text))
	}
	for _, path := range order {
		name := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(pages[path].String()+"</main></body></html>\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// npm runs npm in a folder.
func npm(t *testing.T, dir string, args ...string) {
	t.Helper()
	program, err := exec.LookPath("npm")
	if err != nil {
		t.Skip("no npm here")
	}
	if err := os.WriteFile(filepath.Join(dir, "package.json"), []byte("{\"private\": true}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program, args...)
	c.Dir = dir
	c.WaitDelay = time.Minute
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("npm: %v\n%s", err, out)
	}
}
