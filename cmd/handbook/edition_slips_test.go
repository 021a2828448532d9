package main

import (
	"strings"
	"testing"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/site"
)

// slipSettings are the settings of a handbook for staff and clients that calls
// every problem that it can a mild one.
const slipSettings = `title: H
audiences: [{id: staff, name: Staff}, {id: clients, name: Clients}]
checks: {unknown-block: off, bad-block: off, fence-in-text: off, unclosed-code: off, foreign-key: off}
`

// slipFolder is a handbook of one page with this front matter and body.
func slipFolder(settings, front, body string) fstest.MapFS {
	return fstest.MapFS{
		"handbook.yaml": {Data: []byte(settings)},
		"1-a/1-page.md": {Data: []byte("---\ntitle: T\nsummary: s\ndrafted: 2026-11-01\naudience: [staff, clients]\n" + front + "---\n" + body)},
	}
}

// slipsIn loads a handbook, for clients or as a whole, and gives its problems as
// a command would tell them.
func slipsIn(t testing.TB, files fstest.MapFS, audience ...string) (*book.Book, []diag.Problem) {
	t.Helper()
	b, ps, err := book.Load(files, book.Options{Audience: audience})
	if err != nil {
		t.Fatal(err)
	}
	return b, check.Grade(ps, b.Config.Checks, len(audience) > 0)
}

// published returns every byte of a site, in one text.
func published(t testing.TB, b *book.Book) string {
	t.Helper()
	day, err := date.Parse("2026-12-01")
	if err != nil {
		t.Fatal(err)
	}
	tree, err := site.Build(b, site.Options{Day: day})
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, name := range tree.Paths() {
		data, err := tree.Read(name)
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(name + "\n")
		all.Write(data)
	}
	return all.String()
}

const secret = "The panic code is 4821."

// TestCaseS2 holds that an edition fails closed: a slip in a block for staff
// either is an error of the edition for clients, whatever the settings and
// --lenient say, or the text of the block is in no byte of it. The whole
// handbook tells of the same slip.
func TestCaseS2(t *testing.T) {
	when := "::: when {audience=staff}\n" + secret + "\n:::\n"
	indented := func(by string) string {
		return by + strings.ReplaceAll(strings.TrimSuffix(when, "\n"), "\n", "\n"+by) + "\n"
	}
	for _, c := range []struct {
		name, body string
		rules      string // in the edition; "" if the block is hidden as it should be
	}{
		{"in order", "For all.\n\n" + when, ""},
		{"in order, with its name", "For all.\n\n::: when {audience=staff}\n" + secret + "\n::: /when\n", ""},
		{"many colons and a name", ":::::: when {audience=staff}\n" + secret + "\n:::: /when\n\nFor all.\n", ""},
		{"a list item, a blank line, eight spaces", "- item\n\n" + indented("        "), "fence-in-text"},
		{"four spaces after a paragraph", "Text.\n\n" + indented("    "), "fence-in-text"},
		{"four spaces within a paragraph", "Text.\n" + indented("    "), "fence-in-text"},
		{"a tab after a paragraph", "Text.\n\n" + indented("\t"), "fence-in-text"},
		{"six spaces in a list", "- item\n\n" + indented("      "), "fence-in-text"},
		{"two tabs in a list", "- item\n\n" + indented("\t\t"), "fence-in-text"},
		{"two colons", ":: when {audience=staff}\n" + secret + "\n::\n", "fence-in-text"},
		{"one colon", ": when {audience=staff}\n\n" + secret + "\n\n:\n", "fence-in-text"},
		{"full-width colons", "：：： when {audience=staff}\n" + secret + "\n：：：\n", "fence-in-text"},
		{"everything full-width", "：：：　ｗｈｅｎ　｛ａｕｄｉｅｎｃｅ＝ｓｔａｆｆ｝\n" + secret + "\n：：：\n", "fence-in-text"},
		{"ratio signs", "∶∶∶ when {audience=staff}\n" + secret + "\n∶∶∶\n", "fence-in-text"},
		{"on one line", "text ::: when {audience=staff} " + secret + " :::\n", "fence-in-text"},
		{"on a line of its own", "::: when {audience=staff} " + secret + " :::\n", "bad-attributes"},
		{"inside a table cell", "| a | b |\n|---|---|\n| ::: when {audience=staff} " + secret + " ::: | x |\n", "fence-in-text"},
		{"inside a heading", "## ::: when {audience=staff} " + secret + "\n\nText.\n", "fence-in-text"},
		{"a heading with an audience", "## " + secret + " {audience=staff}\n\nText.\n", "bad-attributes fence-in-text"},
		{"inside the text of a link", "[::: when {audience=staff} " + secret + "](https://example.org)\n", "fence-in-text"},
		{"inside the title of a link", "[x](https://example.org \"::: when {audience=staff} " + secret + "\")\n", "fence-in-text"},
		{"inside code", "A `::: when {audience=staff} " + secret + "`.\n", "fence-in-text"},
		{"inside fenced code", "```\n" + when + "```\n", "fence-in-text"},
		{"an unclosed code fence above", "```\ncode\n\n" + when + "\nMore.\n", "unclosed-code fence-in-text"},
		{"an unclosed code fence in a list", "- ```\n  code\n\n" + when + "\nMore.\n", "unclosed-code"},
		{"an unclosed example", "```handbook-example\n::: note\n\n```\ncode\n```\n\n" + when + "\n", "unclosed-code"},
		{"an example that takes up the next code", "```handbook-example\n::: note\n\n" + when + "\n```sh\ncode\n```\n", "unclosed-code fence-in-text"},
		{"an empty audience of a rule", "Text.\n\n::: rule {#page-1 audience=\"\"}\n" + secret + "\n:::\n", "bad-attributes"},
		{"an audience of commas of a rule", "Text.\n\n::: rule {#page-1 audience=\",\"}\n" + secret + "\n:::\n", "bad-attributes"},
		{"an empty audience of a block", "Text.\n\n::: when {audience=\"\"}\n" + secret + "\n:::\n", "bad-attributes"},
		{"an audience of commas of a block", "Text.\n\n::: when {audience=\", ,\"}\n" + secret + "\n:::\n", "bad-attributes"},
		{"capitals", "Text.\n\n::: When {audience=staff}\n" + secret + "\n:::\n", "unknown-block"},
		{"a wrong name", "Text.\n\n::: wen {audience=staff}\n" + secret + "\n:::\n", "unknown-block"},
		{"no braces", "Text.\n\n::: when audience=staff\n" + secret + "\n:::\n", "unknown-block"},
		{"a letter of another alphabet", "Text.\n\n::: whеn {audience=staff}\n" + secret + "\n:::\n", "unknown-block"},
		{"a brace that is not closed", "Text.\n\n::: rule {#page-1 audience=staff\n" + secret + "\n:::\n", "bad-attributes"},
		{"spaces around the sign", "Text.\n\n::: when {audience = staff}\n" + secret + "\n:::\n", "bad-attributes"},
		{"a key that no block has", "Text.\n\n::: when {audiense=staff}\n" + secret + "\n:::\n", "bad-attributes"},
		{"no condition", "Text.\n\n::: when\n" + secret + "\n:::\n", "bad-attributes"},
		{"a note with an audience", "Text.\n\n::: note {audience=staff}\n" + secret + "\n:::\n", "bad-attributes"},
		{"entities", "&#58;&#58;&#58; when {audience=staff}\n" + secret + "\n\n&#58;&#58;&#58;\n", "fence-in-text"},
		{"named entities", "&colon;&colon;&colon; when {aud&#105;ence=staff}\n" + secret + "\n\n&Colon;&colon;\n", "fence-in-text"},
		{"escaped colons", "\\::: when {audience=staff}\n" + secret + "\n\n\\:::\n", "fence-in-text"},
		{"a character of no width", ":\u200b:: when {audience=staff}\n" + secret + "\n\n:\u200b::\n", "fence-in-text"},
		{"a mark before the colons", "\ufeff::: when {audience=staff}\n" + secret + "\n\n\ufeff:::\n", "fence-in-text"},
		{"a fixed space before the colons", "\u00a0::: when {audience=staff}\n" + secret + "\n\n\u00a0:::\n", "fence-in-text"},
		{"a form feed before the colons", "\f::: when {audience=staff}\n" + secret + "\n\n\f:::\n", "fence-in-text"},
		{"spaces between the colons", ": : : when {audience=staff}\n" + secret + "\n\n: : :\n", "fence-in-text"},
		{"emphasis around the colons", "**:::** when {audience=staff}\n" + secret + "\n\n**:::**\n", "fence-in-text"},
		{"a line end of Windows", strings.ReplaceAll("For all.\n\n"+when, "\n", "\r\n"), ""},
		{"a tab after the colons", "For all.\n\n:::\twhen\t{audience=staff}\n" + secret + "\n:::\t\n", ""},
		{"the lazy end of a list item", "- For all.\n" + when, ""},
		{"in a quote", "For all.\n\n> ::: when {audience=staff}\n> " + secret + "\n> :::\n", ""},
		{"a quote that ends before the block", "For all.\n\n> ::: when {audience=staff}\n> Staff.\n\n" + secret + "\n:::\n", "unclosed-block"},
		{"begun inside a list item, ended outside", "- ::: when {audience=staff}\n  Staff.\n\n" + secret + "\n:::\n", "unclosed-block"},
		{"begun outside, ended inside a list item", "::: when {audience=staff}\n- Staff.\n\n  :::\n" + secret + "\n:::\n", "unclosed-block"},
		{"one within another for others", "For all.\n\n::: when {audience=clients}\nClients.\n\n" + when + ":::\n", ""},
		{"in a footnote", "For all.[^1]\n\n[^1]: ::: when {audience=staff}\n    " + secret + "\n    :::\n", ""},
		{"in a definition", "For all.\n\nTerm\n: ::: when {audience=staff}\n  " + secret + "\n  :::\n", ""},
		{"a definition of a link", "[x]: /x \"::: when {audience=staff} " + secret + "\"\n\nSee [x].\n", "fence-in-text"},
		{"underlined as a heading", "Text ::: when {audience=staff} " + secret + "\n===\n", "fence-in-text"},
		{"in the title of another block", "::: note {title=\"::: when " + secret + "\"}\nText.\n:::\n", "fence-in-text"},
		{"in the text of an image", "![::: when {audience=staff} " + secret + "](p.png)\n", "fence-in-text"},
		{"an end of another name", "For all.\n\n::: when {audience=staff}\nStaff.\n::: /note\n" + secret + "\n:::\n", "unclosed-block"},
		{"an end too many", "::: when {audience=staff}\nStaff.\n:::\n\n" + secret + "\n\n:::\n\nFor all.\n", "unclosed-block"},
		{"an end too many before one with its name", "::: when {audience=staff}\nStaff.\n:::\n\n" + secret + "\n\n::: /when\n\nFor all.\n", "unclosed-block"},
		{"an end indented too far", "::: when {audience=staff}\nStaff.\n\n    :::\n\nFor all.\n", "unclosed-block"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := slipFolder(slipSettings, "", c.body)
			b, ps := slipsIn(t, files, "clients")
			if diag.HasErrors(ps) {
				for _, rule := range strings.Fields(c.rules) {
					if !strings.Contains(toldAll(ps), "["+rule+"]") {
						t.Errorf("%q: %s is not told:\n%s", c.body, rule, toldAll(ps))
					}
				}
				if c.rules == "" {
					t.Errorf("%q: a block in order has errors:\n%s", c.body, toldAll(ps))
				}
			} else if c.rules != "" {
				t.Errorf("%q: no error in the edition:\n%s", c.body, toldAll(ps))
			} else if out := published(t, b); strings.Contains(out, "panic") || !strings.Contains(out, "For all.") {
				t.Errorf("%q: the edition says too much or too little", c.body)
			}
			if strings.Contains(c.body, "\u200b:") {
				return // a warning of its own says what it is
			}
			_, whole := slipsIn(t, slipFolder(strings.Split(slipSettings, "checks:")[0], "", c.body))
			if c.rules != "" && c.name != "spaces between the colons" && len(whole) == 0 {
				t.Errorf("%q: the whole handbook says nothing of it", c.body)
			}
		})
	}
}

func toldAll(ps []diag.Problem) string {
	var all strings.Builder
	for _, p := range ps {
		all.WriteString(p.String() + " | " + p.Hint + "\n")
	}
	return all.String()
}

// TestCaseS2Front holds the same of front matter, and that a page that is not
// part of an edition does not stop it.
func TestCaseS2Front(t *testing.T) {
	for _, front := range []string{"change: \"::: when {audience=staff} 4821 :::\"\n", "version: 2\nchange: ：： when 4821\n"} {
		_, ps := slipsIn(t, slipFolder(slipSettings, front, "Text.\n"), "clients")
		if !strings.Contains(toldAll(ps), "[fence-in-text]") || !diag.HasErrors(ps) {
			t.Errorf("%q: got %s", front, toldAll(ps))
		}
	}
	files := slipFolder(slipSettings, "", "Text.\n")
	files["1-a/index.md"] = &fstest.MapFile{Data: []byte("---\ntitle: A\naudience: [staff]\n---\n" + secret + "\n")}
	if _, ps := slipsIn(t, files, "clients"); !strings.Contains(toldAll(ps), "[opening-audience]") || !strings.Contains(toldAll(ps), "1-a/index.md:3:1: error") {
		t.Errorf("an opening with an audience: got %s", toldAll(ps))
	}
	files = slipFolder(slipSettings, "", "Text.\n")
	files["1-a/2-syntax.md"] = &fstest.MapFile{Data: []byte("---\ntitle: S\naudience: [staff]\n---\nWrite `::: when`.\n\n```\n::: rule\n```\n")}
	if b, ps := slipsIn(t, files, "clients"); diag.HasErrors(ps) || strings.Contains(published(t, b), "::: rule") {
		t.Errorf("a page for others: got %s", toldAll(ps))
	}
	files["1-a/1-page.md"].Data = append(files["1-a/1-page.md"].Data, "\n```handbook-example\n::: when {audience=staff}\nHow it is written.\n::: /when\n```\n"...)
	if b, ps := slipsIn(t, files, "clients"); diag.HasErrors(ps) || !strings.Contains(published(t, b), "How it is written") {
		t.Errorf("an example: got %s", toldAll(ps))
	}
}

// gradedForClients returns problems their severities, as mildly as can be.
func gradedForClients(b *book.Book, ps []diag.Problem) []diag.Problem {
	return check.Grade(ps, b.Config.Checks, true)
}
