package markdown

import (
	"bytes"
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/diag"
)

// With -update the cases under testdata are written anew from what the
// package does now: look at every line of the difference before you keep it.
var update = flag.Bool("update", false, "write the cases under testdata anew")

// setting is the handbook that the pages of the tests belong to.
func setting() Setting {
	cites := map[string]Cite{
		"us-a":   {"Act <A>", Target{Path: "laws/us-a.html"}},
		"ref-b":  {"Guide & B", Target{Path: "references/ref-b.html"}},
		"ref-10": {"Guide 10", Target{Path: "references/ref-10.html"}},
	}
	values := map[string]string{"agency.name": "Old & <New>", "agency.phone": "000-000-0000", "agency.site": "https://example.org/a?b=1&c=2", "agency.bad": "javascript:alert(1)", "title": "A *starred* [title](x)", "agency.empty": ""}
	term := func(id string, forms ...string) Term {
		return Term{ID: id, Forms: forms, Definition: "What \"" + id + "\" <means>.", Target: Target{Path: "terms.html", ID: "term-" + id}}
	}
	return Setting{
		Cite:       func(id string) (Cite, bool) { c, ok := cites[id]; return c, ok },
		CiteIDs:    func() []string { return []string{"us-a", "ref-b", "ref-10"} },
		Value:      func(name string) (string, bool) { v, ok := values[name]; return v, ok },
		Open:       func(name string) (string, string, bool) { return name, "What <belongs> there", name == "agency.open" },
		ValueNames: func() []string { return []string{"agency.name", "agency.phone", "owner.name", "title"} },
		Level: func(n int) (string, bool) {
			names := []string{"Learn", "Coach", "Warn & <talk>"}
			if n < 0 || n >= len(names) {
				return "", false
			}
			return names[n], true
		},
		When: func(key, value string) Verdict {
			switch {
			case key != "sector" && key != "part2":
				return Verdict{Wrong: "the profile has no key " + diag.Quote(key), Hint: "known keys: sector, part2"}
			case key == "sector" && value != "private":
				return Verdict{Hidden: true, Why: "it is for sector: " + value}
			}
			return Verdict{}
		},
		Terms: NewTerms([]Term{
			term("phi", "PHI", "protected health information"),
			term("record", "record"),
			term("long-record", "record of processing"),
			term("release", "release of information", "ROI"),
			term("ediscovery", "eDiscovery"),
			term("two-step", "two-step sign-in"),
			term("ecole", "école"),
			term("none", "", "§§"),
		}),
	}
}

// parse parses a page whose body begins on line 5 of its file, and resolves
// its links to what was written.
func parse(body string) (*Doc, []diag.Problem) {
	doc, problems := New().Parse(Input{Setting: setting(), File: "p.md", ID: "page", Body: []byte(body), Line: 5})
	for i, l := range doc.Links() {
		if l.Kind == LinkPage || l.Kind == LinkImage {
			doc.Resolve(i, Target{Path: "to:" + l.Dest})
		}
	}
	return doc, problems
}

// write returns a fragment's HTML with its links as path#id.
func write(f Fragment) string {
	return string(f.Append(nil, func(dst []byte, t Target) []byte {
		return append(dst, html.EscapeString(t.URL+t.Path+"#"+t.ID)...)
	}))
}

// report writes problems one to a line, as they are printed, with their hints.
func report(ps []diag.Problem) string {
	var b strings.Builder
	for _, p := range diag.Sort(ps) {
		fmt.Fprintf(&b, "%s | %s\n", p, p.Hint)
	}
	return b.String()
}

// describe writes all that a Doc holds.
func describe(doc *Doc) string {
	var b strings.Builder
	b.WriteString(write(doc.HTML()))
	if doc.Title != "" {
		fmt.Fprintf(&b, "title: %s at %s\n", doc.Title, doc.TitlePos)
	}
	for _, h := range doc.Headings() {
		fmt.Fprintf(&b, "heading: %d %s %q %q on line %d\n", h.Level, h.ID, h.Number, h.Text, h.Line)
	}
	for i, r := range doc.Rules {
		fmt.Fprintf(&b, "rule: %s level %d laws %q references %q audience %q at %s: %s\n", r.ID, r.Level, r.Laws, r.References, r.Audience, r.Pos, r.Text)
		fmt.Fprintf(&b, "rule: %s", write(doc.RuleHTML(i)))
	}
	for _, c := range doc.Citations {
		fmt.Fprintf(&b, "cites: %s, %q at %s\n", c.ID, c.Locator, c.Pos)
	}
	for _, f := range doc.Fills {
		fmt.Fprintf(&b, "fill: %q at %s: %s\n", f.Title, f.Pos, f.Text)
	}
	for i, c := range doc.Cards {
		place := ""
		if c.Place != 0 {
			place = fmt.Sprintf(" in place %d", c.Place)
		}
		fmt.Fprintf(&b, "card: %s %q%s at %s\ncard: %s", c.ID, c.Title, place, c.Pos, write(doc.CardHTML(i)))
	}
	for _, m := range doc.Meant() {
		fmt.Fprintf(&b, "meant: %s at %s: kind %d, %q to %q, image %v\n", m.Text, m.Pos, m.Kind, m.Label, m.Dest, m.Image)
	}
	for _, l := range doc.LeftOut {
		fmt.Fprintf(&b, "left out: %s at %s\n", l.Why, l.Pos)
	}
	return b.String()
}

// TestCases runs the cases under testdata. A case is a line "=== name", a
// page, a line "--- gives", and what comes of the page: its HTML with links as
// path#id, its title, headings, rules and citations, and its problems.
func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		for i, c := range strings.Split("\n"+string(b), "\n=== ") {
			if i == 0 {
				continue
			}
			c, want, _ := strings.Cut(c, "\n--- gives")
			want = strings.Trim(want, "\n")
			title, body, _ := strings.Cut(c, "\n")
			doc, problems := parse(hidden(body))
			got := visible(strings.TrimRight(describe(doc)+report(problems), "\n"))
			if want != got && !*update {
				t.Errorf("%s: %s\n--- gives\n%s\n--- want\n%s", name, title, got, want)
			}
			fmt.Fprintf(&out, "=== %s\n%s\n--- gives\n%s\n\n", title, body, got)
		}
		if *update {
			if err := os.WriteFile(name, append(bytes.TrimRight(out.Bytes(), "\n"), '\n'), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Characters that an editor would hide or change stand in the cases as <U+XXXX>.
func hidden(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<U+")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		var r rune
		code, after, _ := strings.Cut(rest, ">")
		_, _ = fmt.Sscanf(code, "%X", &r)
		b.WriteRune(r)
		s = after
	}
}

func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r < ' ' && r != '\n' || r >= 0x7F && r <= 0xA0 || r >= 0x200B && r <= 0x200F || r >= 0x2028 && r <= 0x202E || r >= 0x2060 && r <= 0x206F || r == 0xFEFF || r == 0xFFFD {
			fmt.Fprintf(&b, "<U+%04X>", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}
