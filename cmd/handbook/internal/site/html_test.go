package site

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/output"
)

// A checked page is what the checks of other pages ask of it.
type checked struct {
	ids   map[string]bool
	links []string
}

// checkPage looks for what no page may do and gives what it finds in words.
func checkPage(src string) (page checked, faults []string) {
	page.ids = map[string]bool{}
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	root, err := html.Parse(strings.NewReader(src))
	if err != nil {
		fault("%v", err)
		return page, faults
	}
	h1, level, mains := 0, 0, 0
	var labels []string
	names, regions := map[string]bool{}, map[string]bool{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				fault("<%s> has the attribute %s", n.Data, a.Key)
			}
			if a.Val == "#ZgotmplZ" || a.Val == "ZgotmplZ" {
				fault("<%s %s> was refused by the templates", n.Data, a.Key)
			}
		}
		if id, ok := attr["id"]; ok {
			if page.ids[id] {
				fault("the id %q is there twice", id)
			}
			if !strings.Contains(id, "-") && (attr["class"] != "anchor" || isDOMName(id)) {
				fault("the id %q could shadow a name of the DOM", id)
			}
			page.ids[id] = true
		}
		if l := attr["aria-labelledby"]; l != "" {
			labels = append(labels, l)
		}
		name := attr["aria-label"] + attr["aria-labelledby"]
		switch n.Data {
		case "html":
			if attr["lang"] == "" {
				fault("the page has no language")
			}
		case "head":
			first := n.FirstChild
			for first.Type != html.ElementNode {
				first = first.NextSibling
			}
			if first.Data != "meta" || first.Attr[0].Val != "Content-Security-Policy" {
				fault("the head does not begin with the policy but with <%s>", first.Data)
			}
		case "h1", "h2", "h3", "h4", "h5", "h6":
			l := int(n.Data[1] - '0')
			if l == 1 {
				h1++
			}
			if l > level+1 {
				fault("<%s> follows <h%d>: %s", n.Data, level, textOf(n))
			}
			level = l
			if strings.TrimSpace(textOf(n)) == "" {
				fault("<%s> is empty", n.Data)
			}
		case "main":
			mains++
		case "nav":
			if name == "" {
				fault("<nav> has no name")
			}
			if names[name] {
				fault("two <nav> are called %q", name)
			}
			names[name] = true
		case "th":
			if attr["scope"] == "" {
				fault("<th> has no scope: %s", textOf(n))
			}
		case "script":
			if attr["src"] == "" || n.FirstChild != nil {
				fault("there is an inline script")
			}
		case "style":
			fault("there is an inline style")
		case "img":
			if _, ok := attr["alt"]; !ok {
				fault("an image has no text: %s", attr["src"])
			}
		case "a":
			if _, ok := attr["href"]; !ok {
				fault("a link leads nowhere: %s", textOf(n))
			}
			if strings.TrimSpace(textOf(n)) == "" {
				fault("a link has no text: %s", attr["href"])
			}
		}
		if attr["role"] == "region" && name == "" {
			fault("a region has no name")
		}
		if name != "" && (attr["role"] == "region" || n.Data == "section") {
			if regions[name] {
				fault("two regions are called %q", name)
			}
			regions[name] = true
		}
		for _, key := range []string{"href", "src", "action"} {
			if v, ok := attr[key]; ok {
				page.links = append(page.links, v)
			}
		}
	}
	for _, l := range labels {
		if !page.ids[l] {
			fault("aria-labelledby=%q names no element", l)
		}
	}
	if h1 != 1 {
		fault("there are %d <h1>", h1)
	}
	if mains != 1 {
		fault("there are %d <main>", mains)
	}
	return page, faults
}

func textOf(n *html.Node) string {
	var sb strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			sb.WriteString(c.Data)
		}
	}
	return sb.String()
}

// checkTree checks every page of a site and every link in it.
func checkTree(t *testing.T, tree *output.Tree) {
	t.Helper()
	pages := map[string]checked{}
	for _, p := range tree.Paths() {
		if path.Ext(p) != ".html" {
			continue
		}
		page, faults := checkPage(text(t, tree, p))
		for _, f := range faults {
			t.Errorf("%s: %s", p, f)
		}
		pages[p] = page
	}
	for _, p := range tree.Paths() {
		for _, link := range pages[p].links {
			u, err := url.Parse(link)
			if err != nil {
				t.Errorf("%s: link %q: %v", p, link, err)
				continue
			}
			if u.Scheme != "" {
				if u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "mailto" {
					t.Errorf("%s: link %q has the scheme %s", p, link, u.Scheme)
				}
				continue
			}
			if link == "" || u.Host != "" || strings.HasPrefix(u.Path, "/") || strings.HasSuffix(u.Path, "/") {
				t.Errorf("%s: link %q is not the relative address of a file", p, link)
				continue
			}
			to := p
			if u.Path != "" {
				to = path.Join(path.Dir(p), u.Path)
			}
			if !tree.Has(to) {
				t.Errorf("%s: link %q leads to %s, which is not there", p, link, to)
			} else if target, ok := pages[to]; ok && u.Fragment != "" && !target.ids[u.Fragment] {
				t.Errorf("%s: link %q: %s has no id %q", p, link, to, u.Fragment)
			}
		}
	}
	// Without a script every page can be reached from the first one.
	reached := map[string]bool{"index.html": true}
	for queue := []string{"index.html"}; len(queue) > 0; queue = queue[1:] {
		for _, link := range pages[queue[0]].links {
			u, err := url.Parse(link)
			if err != nil || u.Scheme != "" || u.Path == "" {
				continue
			}
			to := path.Join(path.Dir(queue[0]), u.Path)
			if _, ok := pages[to]; ok && !reached[to] {
				reached[to] = true
				queue = append(queue, to)
			}
		}
	}
	for _, p := range tree.Paths() {
		if _, ok := pages[p]; ok && !reached[p] && p != "404.html" && !strings.Contains(text(t, tree, p), "data-redirect") {
			t.Errorf("%s cannot be reached from the first page", p)
		}
	}
}

func TestPages(t *testing.T) {
	t.Run("rich", func(t *testing.T) {
		checkTree(t, build(t, load(t, fixture(t, nil), book.Options{}), Options{Version: "1.0"}))
	})
	t.Run("base url", func(t *testing.T) {
		checkTree(t, build(t, load(t, fixture(t, nil), book.Options{BaseURL: "https://harbor.example/handbook/"}), Options{}))
	})
	t.Run("one page", func(t *testing.T) {
		checkTree(t, build(t, load(t, folder(map[string]string{"leave.md": "# Leave\n\nAsk first.\n"}), book.Options{}), Options{}))
	})
	t.Run("nothing", func(t *testing.T) {
		checkTree(t, build(t, load(t, folder(map[string]string{}), book.Options{}), Options{}))
	})
	t.Run("folders without numbers", func(t *testing.T) {
		checkTree(t, build(t, load(t, folder(map[string]string{
			"README.md":       "# Our policies\n\nRead [leave](staff/leave.md#asking).\n",
			"staff/leave.md":  "# Leave\n\n## Asking\n\nAsk first.\n\n### Deep\n\nText.\n",
			"staff/README.md": "# Staff\n",
			"été/naïve ü.md":  "---\ntitle: Été\ndrafted: 2026-01-01\n---\n## 日本\n\nText.\n",
		}), book.Options{}), Options{}))
	})
	t.Run("right to left", func(t *testing.T) {
		tree := build(t, load(t, folder(map[string]string{"handbook.yaml": "title: מדריך\nlanguage: he\n", "a.md": "# שלום\n\nטקסט.\n"}), book.Options{}), Options{})
		checkTree(t, tree)
		if s := text(t, tree, "a.html"); !strings.Contains(s, `<html lang="he" dir="rtl"`) {
			t.Error("the page does not say that it runs from right to left")
		}
	})
}

// TestPageFaults shows that the checks find what they look for.
func TestPageFaults(t *testing.T) {
	const head = `<html lang="en"><head><meta http-equiv="Content-Security-Policy"></head><body><main>`
	for _, c := range []struct{ src, want string }{
		{head + `<h1>A</h1><h3>B</h3>`, "<h3> follows <h1>: B"},
		{head + `<h1>A</h1><h1>B</h1>`, "there are 2 <h1>"},
		{head + `<h1>A</h1><p style="x">`, "<p> has the attribute style"},
		{head + `<h1>A</h1><p onclick="x">`, "<p> has the attribute onclick"},
		{head + `<h1>A</h1><p id="a-b"><p id="a-b">`, `the id "a-b" is there twice`},
		{head + `<h1>A</h1><span class="anchor" id="location"></span>`, `the id "location" could shadow a name of the DOM`},
		{head + `<h1>A</h1><p id="location">`, `the id "location" could shadow a name of the DOM`},
		{head + `<h1>A</h1><nav></nav>`, "<nav> has no name"},
		{head + `<h1>A</h1><table><tr><th>x</table>`, "<th> has no scope: x"},
		{head + `<h1>A</h1><script>x</script>`, "there is an inline script"},
		{head + `<h1>A</h1><img src="a">`, "an image has no text: a"},
		{head + `<h1>A</h1><a href="x"> </a>`, "a link has no text: x"},
		{head + `<h1>A</h1><p aria-labelledby="no-no">`, `aria-labelledby="no-no" names no element`},
		{head + `<h1>A</h1><div role="region">`, "a region has no name"},
		{head + `<h1>A</h1><section aria-label="x"><div role="region" aria-label="x">`, `two regions are called "x"`},
		{`<html><head><meta http-equiv="Content-Security-Policy"></head><body><main><h1>A</h1>`, "the page has no language"},
		{`<html lang="en"><head><title>x</title></head><body><main><h1>A</h1>`, "the head does not begin with the policy but with <title>"},
		{head + `<h1>A</h1>`, ""},
	} {
		_, faults := checkPage(c.src)
		if got := strings.Join(faults, "; "); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.src, got, c.want)
		}
	}
}

// TestParted holds that HTML is written in the files html*.go alone, so that the
// others say only what is on a page.
func TestParted(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	tag := regexp.MustCompile(`</?[a-z]`)
	for _, name := range files {
		if strings.HasPrefix(name, "html") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && tag.MatchString(lit.Value) {
				t.Errorf("%s: %s is HTML; write it in a file html*.go", fset.Position(lit.Pos()), lit.Value)
			}
			return true
		})
	}
}
