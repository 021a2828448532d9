package preview

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestAllow(t *testing.T) {
	for _, c := range []struct{ name, policy, want string }{
		{"the site's own", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'",
			"default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'"},
		{"nothing allowed", "default-src 'none'", "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'"},
		{"all from one place", "default-src https://x.example", "default-src https://x.example; connect-src https://x.example 'self'; script-src https://x.example 'self'; style-src https://x.example 'self'"},
		{"own host already", "default-src 'self'", "default-src 'self'; connect-src 'self'; script-src 'self'; style-src 'self'"},
		{"no limit on these", "img-src 'none'", "img-src 'none'"},
		{"a limit on one", "connect-src 'none'", "connect-src 'self'"},
		{"capitals", "Default-Src 'NONE'; Connect-Src 'None'", "Default-Src 'NONE'; Connect-Src 'self'; script-src 'self'; style-src 'self'"},
		{"said twice", "script-src 'none'; script-src *", "script-src 'self'"},
		{"empty", "", ""},
		{"loose ends", " ; default-src  'none' ;; ", "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self'"},
	} {
		if got := allow(c.policy); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// see returns the view of a page of a small site.
func see(t *testing.T, name, text string) *view {
	t.Helper()
	tree := treeOf(map[string]string{name: text, "static/site.css": "x", "static/a b.js": "x", "phones/pic.png": "x", "secret.txt": "x"})
	return (&edition{tree: tree, base: "/base/", views: map[string]func() *view{}}).view(name)
}

func TestServed(t *testing.T) {
	const tag = `<script src="/-/preview.js" data-page="NAME" data-base="/base/" data-sum="SUM" data-assets="ASSETS" defer></script>` + "\n"
	for _, c := range []struct{ name, text, want string }{
		{"a.html", "<html><head><title>x</title></head><body>y</body></html>", "<html><head><title>x</title>TAG</head><body>y</body></html>"},
		{"a.html", "<title>x</title><body>y", "<title>x</title>TAG<body>y"},
		{"a.html", "plain", "plainTAG"},
		{"a.html", "", "TAG"},
		{"a.html", "<HEAD></HEAD>", "<HEAD>TAG</HEAD>"},
		{"a.html", "<head><script>'</head><body>'</script></head>", "<head><script>'</head><body>'</script>TAG</head>"},
		{"a.html", "<head><!-- </head> --></head>", "<head><!-- </head> -->TAG</head>"},
		{"a.html", "<head><title></head></title></head>", "<head><title></head></title>TAG</head>"},
		{"a.html", `<head><meta http-equiv="content-security-policy" content="default-src 'none'"></head>`,
			`<head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; connect-src &#39;self&#39;; script-src &#39;self&#39;; style-src &#39;self&#39;">TAG</head>`},
		{`p&q/a.html`, "x", "xTAG"},
		{"a.txt", "<head></head>", "<head></head>"},
	} {
		v := see(t, c.name, c.text)
		want := strings.ReplaceAll(c.want, "TAG", tag)
		want = strings.NewReplacer("NAME", strings.ReplaceAll(c.name, "&", "&amp;"), "SUM", v.sum, "ASSETS", "").Replace(want)
		if got := string(v.served()); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", c.text, got, want)
		}
	}
}

// The sum of a page is that of its own bytes, not of the versions of what it
// loads.
func TestSum(t *testing.T) {
	base := see(t, "phones/a.html", `<link rel="stylesheet" href="../static/site.css?v=1"><img src="pic.png"><a href="../secret.txt?v=1">x</a>`)
	if got := strings.Join(slices.Sorted(maps.Keys(base.assets)), " "); got != "phones/pic.png static/site.css" {
		t.Errorf("it loads %s", got)
	}
	for _, c := range []struct {
		name, text string
		same       bool
	}{
		{"another version", `<link rel="stylesheet" href="../static/site.css?v=2"><img src="pic.png?v=9"><a href="../secret.txt?v=1">x</a>`, true},
		{"another file", `<link rel="stylesheet" href="../static/other.css?v=1"><img src="pic.png"><a href="../secret.txt?v=1">x</a>`, false},
		{"another link", `<link rel="stylesheet" href="../static/site.css?v=1"><img src="pic.png"><a href="../secret.txt?v=2">x</a>`, false},
		{"another text", `<link rel="stylesheet" href="../static/site.css?v=1"><img src="pic.png"><a href="../secret.txt?v=1">y</a>`, false},
		{"from another host", `<link rel="stylesheet" href="https://x.example/static/site.css?v=1"><img src="pic.png"><a href="../secret.txt?v=1">x</a>`, false},
	} {
		if v := see(t, "phones/a.html", c.text); (v.sum == base.sum) != c.same {
			t.Errorf("%s: the same is %v", c.name, !c.same)
		}
	}
}

func TestAssets(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`<link rel="stylesheet" href="static/site.css">`, "static/site.css"},
		{`<LINK REL="Preload Stylesheet" HREF='static/site.css#x'>`, "static/site.css"},
		{`<link rel="canonical" href="secret.txt">`, ""},
		{`<link rel="icon" href="/base/phones/pic.png">`, "phones/pic.png"},
		{`<link rel="icon" href="/phones/pic.png">`, ""},
		{`<script src="static/a%20b.js"></script>`, "static/a b.js"},
		{`<img src="./phones/../phones/pic.png">`, "phones/pic.png"},
		{`<img src="//evil.example/phones/pic.png"><img src="data:x"><img src="../../etc/passwd"><img src="%zz"><img src="">`, ""},
		{`<video src="phones/pic.png"></video><source src="secret.txt">`, "phones/pic.png secret.txt"},
		{`<!-- <img src="phones/pic.png"> --><script>"<img src='secret.txt'>"</script>`, ""},
	} {
		if got := strings.Join(slices.Sorted(maps.Keys(see(t, "a.html", c.text).assets)), " "); got != c.want {
			t.Errorf("%s loads %q, want %q", c.text, got, c.want)
		}
	}
}

func TestEdited(t *testing.T) {
	const text = `<p>A</p><h1>T</h1><p>B</p><h2 id="one">1</h2><p>C</p><section class="rule" id="r-1"><p>D</p></section><h3 id="two">2</h3><p>E</p><h2 id="_sources">S</h2><p>F</p>`
	for _, c := range []struct{ name, old, new, want string }{
		{"nothing", "", "", ""},
		{"before the headings", "<p>A", "<p>X", ""},
		{"below the title", "<p>B", "<p>X", ""},
		{"below the first", "<p>C", "<p>X", "one"},
		{"in a rule", "<p>D", "<p>X", "r-1"},
		{"below the second", "<p>E", "<p>X", "two"},
		{"in what the layout adds", "<p>F", "<p>X", ""},
		{"a heading itself", `id="two">2`, `id="three">3`, "three"},
		{"a heading gone", `<h3 id="two">2</h3><p>E</p>`, "", ""},
		{"a heading more", `<h2 id="one">`, `<h2 id="zero">0</h2><h2 id="one">`, "zero"},
	} {
		before, now := see(t, "a.html", text), see(t, "a.html", strings.Replace(text, c.old, c.new, 1))
		if got := edited(before.parts, now.parts); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
