package site

import (
	"bytes"
	"compress/gzip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/staleness"
)

// has checks that a page holds texts, and lacks those after a "!".
func has(t *testing.T, page string, wants ...string) {
	t.Helper()
	for _, w := range wants {
		if lacks, ok := strings.CutPrefix(w, "!"); ok {
			if strings.Contains(page, lacks) {
				t.Errorf("the page holds %s", lacks)
			}
		} else if !strings.Contains(page, w) {
			t.Errorf("the page lacks %s", w)
		}
	}
}

func TestSection(t *testing.T) {
	tree := build(t, load(t, fixture(t, nil), book.Options{}), Options{Version: "1.0"})
	t.Run("full", func(t *testing.T) {
		has(t, text(t, tree, "phones/texting.html"),
			`<title>2.3 Texting with clients - Digital conduct handbook</title>`,
			`<meta name="description" content="When a text is allowed, what it may say, and where it is kept.">`,
			`data-citation="2.3 Texting with clients" data-version="version 2, in force since 1 January 2026"`,
			`data-running="2.3 Texting with clients, version 2, in force since 1 January 2026"`,
			`<h1><span class="number">2.3 </span>Texting with clients</h1>`,
			"Reviewed on 30 May 2026 by Ana Ruiz: no change needed (laws, references and links checked).",
			"Review due by 30 May 2027; after that day treat this section as out of date.",
			"Approved by Board of Directors on 1 December 2025; the record does not hold the text.",
			"Read by Agency counsel on 20 November 2025.",
			"Jo Park, clinical director",
			"All staff, Adult clients, Teenage clients",
			`<a href="../laws/us-tcpa.html">TCPA</a> (federal)`,
			"Texts are now for appointments only, unless the client has signed for more.",
			`<a href="#texting--when-you-may-text"><span class="number">1 </span>When you may text</a>`,
			`<a href="../laws/us-hipaa-privacy.html">HIPAA Privacy Rule</a>, 45 CFR Part 160; Part 164 Subparts A and E, federal law, United States`,
			`Social Media Use and Social Work Practice rests on CASW Code of Ethics (2005), which was superseded by CASW Code of Ethics, Values and Guiding Principles (2024) on 8 January 2024.`,
			`<span class="citation">2.3 Texting with clients, version 2, in force since 1 January 2026</span>`,
			`href="https://git.example/harbor/handbook/edit/main/content/2-phones/3-texting.md"`,
			`href="mailto:jo.park@harborstreet.example?subject=About%202.3%20Texting%20with%20clients%2C%20version%202"`,
			`<a rel="prev" href="../phones/lost-phone.html"><small>Previous</small> 2.2 Lost or stolen device</a>`,
			`<a rel="next" href="../phones/fax.html">`,
			`<a href="../phones/texting.html" aria-current="page">`,
			`<a href="../phones/index.html" aria-current="true">`,
			`Made on <time datetime="2026-11-21">21 November 2026</time> with handbook 1.0.`,
		)
	})
	t.Run("bare", func(t *testing.T) {
		has(t, text(t, tree, "start-here/roles.html"),
			"No date is recorded.", "no start date is recorded", "No approval is recorded.", "Counsel has not recorded a review.", "No owner is named.",
			"Due now: there is no date to count from.", "!Tell the owner", "!Who it is for", "!What this section rests on",
			`<li data-kind="undated">No day is recorded`)
	})
	t.Run("withdrawn", func(t *testing.T) {
		has(t, text(t, tree, "phones/fax.html"), `data-status="withdrawn"`, "None: this section is withdrawn.",
			`<a href="../phones/texting.html">See 2.3 Texting with clients</a>`)
	})
	t.Run("to come", func(t *testing.T) {
		has(t, text(t, tree, "start-here/strategy.html"), "in force from 1 January 2027", "Approved on 1 October 2025. No review recorded since.",
			"Review was due by 1 October 2026. Treat this section as out of date until it is reviewed.")
	})
	t.Run("escaped", func(t *testing.T) {
		for _, p := range []string{"about.html", "index.html", "health.html", "a-z.html", "print.html"} {
			has(t, text(t, tree, p), `About &lt;this&gt; &amp; &#34;that&#34; &lt;/script&gt;`, "!About <this>")
		}
		has(t, text(t, tree, "static/print-pages.css"), `About \3c this\3e  \26  \22 that\22  \3c /script\3e , version 1`, "!</", "!<t")
	})
}

// TestReasons checks that the pages hold what the script goes by, on a day in
// the middle of nothing and on one shortly before a change.
func TestReasons(t *testing.T) {
	b := load(t, fixture(t, nil), book.Options{})
	for _, today := range []date.Date{day(), date.New(2027, 8, 25)} {
		tree := build(t, b, Options{Day: today})
		for _, sec := range b.Sections {
			checkReasons(t, b, sec, today, text(t, tree, sec.Path))
		}
	}
}

func checkReasons(t *testing.T, b *book.Book, sec *book.Section, today date.Date, page string) {
	t.Helper()
	li := regexp.MustCompile(`(<template>)?<li data-kind="([a-z-]+)"(?: data-since="([0-9-]+)")?(?: data-until="([0-9-]+)")?>`)
	banner := regexp.MustCompile(`<div class="banner" data-reasons data-ages="([^"]+)" data-status="([a-z]+)"(?: data-unapproved)?( hidden)?>`)
	all := staleness.All(b, sec)
	var got, want [][]string
	for _, r := range all {
		if r.Until.IsZero() || r.Until.After(today) {
			later := "<template>" // out of which the script takes it
			if r.Holds(today) {
				later = ""
			}
			want = append(want, []string{later, string(r.Kind), r.Since.String(), r.Until.String()})
		}
	}
	for _, m := range li.FindAllStringSubmatch(page, -1) {
		got = append(got, m[1:])
	}
	// Many sources that were last checked on one day are told in one line.
	got, want = slices.CompactFunc(got, slices.Equal), slices.CompactFunc(want, slices.Equal)
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%s on %s: the page has\n%v\nwant\n%v", sec.ID, today, got, want)
	}
	m := banner.FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("%s has no banner", sec.ID)
	}
	if hidden := len(staleness.Holding(all, today)) == 0; hidden != (m[3] != "") {
		t.Errorf("%s on %s: the banner is hidden: %t, want %t", sec.ID, today, m[3] != "", hidden)
	}
	// The line of ages says for each day what the reasons say.
	for n := range 900 {
		d := today.AddDays(n)
		if got, want := statusByAges(m[1], d.String()), string(staleness.StatusOf(staleness.Holding(all, d))); got != want {
			t.Errorf("%s on %s: the ages %q say %s, the reasons %s", sec.ID, d, m[1], got, want)
			return
		}
	}
	if want := statusByAges(m[1], today.String()); m[2] != want {
		t.Errorf("%s on %s: data-status is %s, want %s", sec.ID, today, m[2], want)
	}
}

// statusByAges reads a line of ages as handbook.js does.
func statusByAges(ages, day string) (status string) {
	for i, age := range strings.Split(ages, ",") {
		from, s, _ := strings.Cut(age, " ")
		if i == 0 || day >= from {
			status = s
		}
	}
	return status
}

func TestRegisters(t *testing.T) {
	tree := build(t, load(t, fixture(t, nil), book.Options{}), Options{})
	has(t, text(t, tree, "laws/index.html"), "Federal law</h2>", "State law</h2>", `<td data-label="Where it holds">Maryland</td>`, "In force, but a court has set part of it aside", `<td data-label="Last checked">Never</td>`)
	has(t, text(t, tree, "laws/us-hipaa-privacy.html"), "Federal law, United States", "Regulation", "The official text was read (A).", "Take care.",
		"Checked on 20 November 2026; to be checked again by 20 November 2027", `<td data-label="Published"><time datetime="2024-04-26">26 April 2024</time></td>`,
		`<time datetime="2026-02-16">16 February 2026</time>`, `href="../phones/texting.html#texting-2"`, `<template><p data-kind="source-unverified" data-since="2027-11-21">`,
		"Official text or page: www.hhs.gov")
	has(t, text(t, tree, "laws/us-nlrb-stericycle.html"), "Uncertain.", "Decision of a court or board", "General knowledge that nobody has checked (C).",
		"No check of this entry against its source is recorded.", "Never, as far as is recorded")
	has(t, text(t, tree, "laws/us-md-lab-3-712.html"), "State law, Maryland", "phone-locks-2")
	has(t, text(t, tree, "references/casw-social-media-2014.html"), "Social Media Use in Social Work Practice", "Rests on a document that is no longer current.",
		"CASW Code of Ethics (2005) was superseded on 8 January 2024 by CASW Code of Ethics, Values and Guiding Principles (2024).", "Archived copy: archive.example")
	has(t, text(t, tree, "references/casw-code-2005.html"), "No longer current.", "Read CASW Code of Ethics, Values and Guiding Principles (2024)")
	has(t, text(t, tree, "references/casw-code-2024.html"), "Replaces", "!No longer current")
	has(t, text(t, tree, "terms.html"), `<dt id="term-phi">PHI <span class="quiet">also: protected health information</span>`, `<a rel="noreferrer" href="https://www.hhs.gov/hipaa/covered-entities">`)
	has(t, text(t, tree, "a-z.html"), `Social Media Use in Social Work Practice, see <a href="references/casw-social-media-2014.html">`,
		`protected health information, see <a href="terms.html#term-phi">PHI</a>`, "section 2.3")
	has(t, text(t, tree, "rules.html"), "Level 2: Written warning</h2>", `<a href="phones/texting.html#texting-2">texting-2</a>`, "A talk with the supervisor, training, a note", "!No level given")
}

// TestSupersededBases looks through what references rest on, even in a circle.
func TestSupersededBases(t *testing.T) {
	old := &book.Reference{ID: "old", Status: "superseded"}
	edition := &book.Reference{ID: "edition", Status: "current", RestsOn: []*book.Reference{old}}
	old.SupersededBy = edition
	manual := &book.Reference{ID: "manual", Status: "current", RestsOn: []*book.Reference{edition}}
	old.RestsOn = []*book.Reference{manual}
	for _, c := range []struct {
		of   *book.Reference
		want string
	}{{manual, "old"}, {edition, ""}, {old, ""}} {
		var got []string
		for _, r := range supersededBases(c.of) {
			got = append(got, r.ID)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s rests on %v, want %q", c.of.ID, got, c.want)
		}
	}
}

func TestCoverage(t *testing.T) {
	tree := build(t, load(t, fixture(t, nil), book.Options{}), Options{})
	has(t, text(t, tree, "coverage.html"), "No section covers Client behavior on social media for Children and parents.", "No section covers Audio and video recording.",
		"A grid of 6 subjects and 6 groups of readers: 19 squares have a section, 2 are missing.", `<span class="missing">missing</span>`,
		// Fax is withdrawn and counts no more.
		`Confidential data at home and at the office</a> <span class="quiet">required</span></th><td class="align-right">1</td>`)
}

func TestHealth(t *testing.T) {
	tree := build(t, load(t, fixture(t, nil), book.Options{}), Options{})
	has(t, text(t, tree, "health.html"), "Sections that nobody owns", "Jo Park, clinical director</h2>", "Head of information technology</h2>",
		"On 21 November 2026, 2 reviews are overdue and 7 reviews are due by the end of October 2028.",
		`<dd data-count="withdrawn">1</dd>`, `<th scope="row">May 2027</th><td class="align-right" data-label="Reviews">1</td>`)
}

func TestPrint(t *testing.T) {
	page := text(t, build(t, load(t, fixture(t, nil), book.Options{}), Options{}), "print.html")
	has(t, page, "Uncontrolled when printed.", `<a href="#_section-texting">`, `<h3><span class="number">2.3 </span>Texting with clients</h3>`,
		`<h4 id="texting--when-you-may-text">`, `<h5 id="texting--groups">`, `href="#lost-phone--what-the-agency-does"`, `href="#_law-us-42cfr2"`, `href="#term-phi"`,
		`href="phones/lost-card.pdf"`, `src="phones/map.svg"`, "Version 2, in force since 1 January 2026.", "!<h2 id=\"texting--")
}

func TestHeadingsMoveDown(t *testing.T) {
	for _, c := range []struct {
		deeper   int
		in, want string
	}{
		{0, "<h2>a</h2>", "<h2>a</h2>"},
		{1, `<h2 id="x">a</h2><h3>b</h3>`, `<h3 id="x">a</h3><h4>b</h4>`},
		{2, "<h5>a</h5><h6>b</h6>", "<h6>a</h6><h6>b</h6>"},
		{2, "<hr /><p>a < b</p><header>", "<hr /><p>a < b</p><header>"},
		{1, `<div role="region" tabindex="0">`, `<div role="group"  tabindex="0">`},
		{1, "text<", "text<"},
		{1, "</h", "</h"},
	} {
		var m markup
		m.fragment(markdown.Fragment{Pieces: [][]byte{[]byte(c.in)}}, c.deeper, nil)
		if string(m.b) != c.want {
			t.Errorf("%s by %d: got %s, want %s", c.in, c.deeper, m.b, c.want)
		}
	}
}

func TestNotFound(t *testing.T) {
	page := text(t, build(t, load(t, fixture(t, nil), book.Options{BaseURL: "https://harbor.example/handbook/"}), Options{}), "404.html")
	has(t, page, `href="https://harbor.example/handbook/static/lists.css?v=`, `href="https://harbor.example/handbook/a-z.html"`,
		`href="https://harbor.example/handbook/phones/index.html"`, "!cut the address", `!href="index.html"`, "!canonical")
	page = text(t, build(t, load(t, fixture(t, nil), book.Options{}), Options{}), "404.html")
	has(t, page, `href="static/lists.css?v=`, "cut the address")
}

func TestRedirect(t *testing.T) {
	page := text(t, build(t, load(t, fixture(t, nil), book.Options{}), Options{}), "phones/sms.html")
	has(t, page, "!http-equiv=\"refresh\"", `data-redirect="../phones/texting.html"`, `<link rel="canonical" href="../phones/texting.html">`,
		`This page has moved. Its address is now <a href="../phones/texting.html">2.3 Texting with clients</a>.`, `<meta name="robots" content="noindex">`, "<h1")
	page = text(t, build(t, load(t, fixture(t, nil), book.Options{BaseURL: "https://harbor.example/"}), Options{}), "phones/sms.html")
	has(t, page, `<link rel="canonical" href="https://harbor.example/phones/texting.html">`)
}

// TestLeftOut checks that pages with nothing to say are left out.
func TestLeftOut(t *testing.T) {
	tree := build(t, load(t, folder(map[string]string{"leave.md": "# Leave\n\nAsk first.\n"}), book.Options{}), Options{})
	var pages []string
	for _, p := range tree.Paths() {
		if strings.HasSuffix(p, ".html") {
			pages = append(pages, p)
		}
	}
	if want := []string{"404.html", "a-z.html", "health.html", "index.html", "leave.html", "print.html", "search.html"}; !slices.Equal(pages, want) {
		t.Errorf("got %v, want %v", pages, want)
	}
	has(t, text(t, tree, "leave.html"), "!laws/index.html", "!terms.html", "!coverage.html", "!rules.html")
	tree = build(t, load(t, folder(nil), book.Options{}), Options{})
	has(t, text(t, tree, "index.html"), "This handbook has no sections yet.", "!print.html", "!a-z.html", "!changes.atom")
}

func TestOwnLayouts(t *testing.T) {
	b := load(t, fixture(t, nil), book.Options{})
	own := fstest.MapFS{"section.html": {Data: []byte(`{{define "main"}}<h1>{{.Title}} of ours</h1>{{end}}`)}}
	tree := build(t, b, Options{Layouts: own})
	has(t, text(t, tree, "phones/texting.html"), "<h1>Texting with clients of ours</h1>", "!Cite as")
	has(t, text(t, tree, "phones/index.html"), "!of ours")

	for _, c := range []struct{ name, text, want string }{
		{"sections.html", "", "layouts/sections.html: no page has this layout; did you mean section?"},
		{"part.html", "{{", "layouts/part.html: template: part.html:1: unclosed action"},
		{"part.html", "nothing", `layouts/part.html: it does not define "main"`},
	} {
		_, err := Build(b, Options{Day: day(), Layouts: fstest.MapFS{c.name: {Data: []byte(c.text)}}})
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}

	// What fails only when a page is drawn fails that page.
	tree, err := Build(b, Options{Day: day(), Layouts: fstest.MapFS{"part.html": {Data: []byte(`{{define "main"}}{{.Nothing}}{{end}}`)}}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tree.Read("phones/index.html"); err == nil || !strings.HasPrefix(err.Error(), "phones/index.html: ") {
		t.Errorf("got %v, want an error that names the page", err)
	}
	tree, err = Build(b, Options{Day: day(), Layouts: fstest.MapFS{"menu.html": {Data: []byte(`{{define "menu"}}{{.Nothing}}{{end}}{{define "menu-section"}}{{end}}{{define "menu-more"}}{{end}}`)}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"index.html", "phones/texting.html"} {
		if _, err := tree.Read(p); err == nil {
			t.Errorf("%s was made without its menu", p)
		}
	}
}

func TestStatic(t *testing.T) {
	tree := build(t, load(t, folder(map[string]string{"handbook.yaml": "title: A\naccent: {light: \"#123456\", dark: \"#abcdef\"}\n", "a.md": "# A\n\nText.\n"}), book.Options{}),
		Options{Static: fstest.MapFS{
			"icon.svg":      {Data: []byte("<svg/>")},
			"logo/logo.png": {Data: []byte("PNG")},
			".hidden":       {Data: []byte("x")},
		}})
	css := text(t, tree, "static/handbook.css")
	if !strings.HasSuffix(css, ":root{--accent-light:#123456;--accent-dark:#abcdef}") {
		t.Error("the agency's colours are not at the end of the sheet")
	}
	if text(t, tree, "static/icon.svg") != "<svg/>" || !tree.Has("static/logo/logo.png") || tree.Has("static/.hidden") {
		t.Error("the handbook's own files are not in the place of the embedded ones or beside them")
	}
	has(t, text(t, tree, "a.html"), "static/handbook.css?v="+shortSum([]byte(css)), "static/icon.svg?v="+shortSum([]byte("<svg/>")))
}

// TestSameBytes builds twice and compares.
func TestSameBytes(t *testing.T) {
	one := build(t, load(t, fixture(t, nil), book.Options{}), Options{})
	two := build(t, load(t, fixture(t, nil), book.Options{}), Options{})
	if !slices.Equal(one.Paths(), two.Paths()) {
		t.Fatal("the two sites have other files")
	}
	for _, p := range one.Paths() {
		if text(t, one, p) != text(t, two, p) {
			t.Errorf("%s differs", p)
		}
	}
}

// TestStatusWords checks the first line of the box that says how a section
// stands, and that the script is given the same.
func TestStatusWords(t *testing.T) {
	words := wording(lang.English(), day())
	js := text(t, build(t, load(t, fixture(t, nil), book.Options{}), Options{}), "static/handbook.js")
	for _, c := range []struct {
		status     staleness.Status
		unapproved bool
		want       string
	}{
		{staleness.StatusCurrent, false, "In date. Still open:"},
		{staleness.StatusCurrent, true, "Not yet approved. Still open:"},
		{staleness.StatusDue, false, "Action due:"},
		{staleness.StatusDue, true, "Not yet approved. Action due:"},
		{staleness.StatusFuture, true, "Not yet in force."},
	} {
		if got := words.bannerTitle(c.status, c.unapproved); got != c.want {
			t.Errorf("the title for %s, unapproved %t, is %q", c.status, c.unapproved, got)
		}
		if !strings.Contains(js, `:"`+c.want+`"`) {
			t.Errorf("handbook.js is not given %q", c.want)
		}
	}
}

// TestWeight holds what a section's page costs a reader: its HTML, the sheet,
// the script and the icon.
func TestWeight(t *testing.T) {
	tree := build(t, load(t, fixture(t, nil), book.Options{}), Options{})
	packed := func(p string) int {
		var buf bytes.Buffer
		w, _ := gzip.NewWriterLevel(&buf, gzip.BestCompression)
		_, _ = w.Write([]byte(text(t, tree, p)))
		_ = w.Close()
		return buf.Len()
	}
	html, css, js, icon := packed("phones/texting.html"), packed("static/handbook.css"), packed("static/handbook.js"), packed("static/icon.svg")
	t.Logf("gzip: page %d, sheet %d, script %d, icon %d; together %d bytes", html, css, js, icon, html+css+js+icon)
	if all := html + css + js + icon; all > 15<<10 {
		t.Errorf("a section's page weighs %d bytes", all)
	}
	if js > 10<<10 {
		t.Errorf("the script weighs %d bytes", js)
	}
	loads := regexp.MustCompile(`<(?:link rel="(?:stylesheet|icon)"|script src)`).FindAllString(text(t, tree, "phones/texting.html"), -1)
	if len(loads) > 3 {
		t.Errorf("the page loads %d files beside itself", len(loads))
	}
}
