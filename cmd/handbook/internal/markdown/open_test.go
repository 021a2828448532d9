package markdown

import (
	"handbook/cmd/handbook/internal/source"
	"slices"
	"strings"
	"testing"
)

// TestOpenValues holds what a page makes of a value that is open (Case B8): the
// text around it, its plain text, and the places that it notes.
func TestOpenValues(t *testing.T) {
	const line = `<span class="to-fill">[To fill in: The &lt;line&gt;]</span>`
	for _, c := range []struct{ name, body, html, plain, places string }{
		{"in a sentence", "Call {{agency.line}} now, or {{ agency.line }}.", "<p>Call " + line + " now, or " + line + ".</p>", "Call ____ now, or ____.", "1 agency.line"},
		{"in bold", "**{{agency.line}}**", "<p><strong>" + line + "</strong></p>", "____", "1 agency.line"},
		{"in a table", "| a | {{agency.line}} | c |\n|---|---|---|\n| {{agency.line}} | 1 | 2 |", `<th scope="col">` + line + `</th>`, "a ____ c \n ____ 1 2", "1 agency.line"},
		{"as a column's label", "| a | {{agency.line}} | c |\n|---|---|---|\n| x | 1 | 2 |", `data-label="____"`, "a ____ c \n x 1 2", "1 agency.line"},
		{"as an address", "Please [call](tel:{{agency.line}}).", "<p>Please call " + line + ".</p>", "Please call ____.", "1 agency.line"},
		{"as address and words", "[{{agency.line}}](tel:{{agency.line}})", "<p>" + line + "</p>", "____", "1 agency.line"},
		{"as address, with a title", "[call *us*](tel:{{agency.line}} \"Call\")", "<p>call <em>us</em> " + line + "</p>", "call us ____", "1 agency.line"},
		{"in a definition of a link", "[call][x]\n\n[x]: tel:{{agency.line}}", "<p>call " + line + "</p>", "call ____", "1 agency.line"},
		{"as two addresses in one", "[a](https://{{agency.line}}/{{owner.email}})", `a ` + line + ` <span class="to-fill">[To fill in: Mail]</span>`, "a ____ ____", "1 agency.line, 1 owners.x.email"},
		{"in the words of a link", "[a {{agency.line}}](https://harbor.org)", `href="https://harbor.org">a ` + line + `</a>`, "a ____", "1 agency.line"},
		{"as an image's text", "![Sign of {{agency.line}}](a.png)", `alt="Sign of ____"`, "Sign of ____", "1 agency.line"},
		{"in a heading", "## Call {{agency.line}}\n\nText.", `<h2 id="page--call"><a class="clause" href="#page--call" aria-label="Section 1">1</a> Call ` + line + "</h2>", "Call ____\nText.", "1 agency.line"},
		{"in a rule", "::: rule {#page-1}\nCall {{agency.line}}.\n:::", "<p>Call " + line + ".</p>", "Call ____.", "2 agency.line"},
		{"in a footnote", "A[^1].\n\n[^1]: Call {{agency.line}}.", line, "A.\nCall ____.", "3 agency.line"},
		{"in code", "`{{agency.line}}`", "<code>{{agency.line}}</code>", "{{agency.line}}", ""},
		{"in a fill box", "A.\n\n::: fill\n## Whom\nCall {{agency.line}}, record.[@us-a, 1]\n:::\n\nB record [@us-a].", line, "A.\n____\nB record Act <A>.", "5 agency.line, 3 "},
		{"in a block that is left out", "A.\n\n::: when {sector=public}\n{{agency.line}}\n:::", "<p>A.</p>", "A.", ""},
		{"in a box", "::: note {title=x}\n{{owner.email}} {{agency.line}}\n:::", `[To fill in: Mail]`, "____ ____", "2 owners.x.email, 2 agency.line"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set := setting()
			set.Open = func(name string) (string, string, bool) {
				switch name {
				case "agency.line":
					return name, "The <line>", true
				case "owner.email":
					return "owners.x.email", "Mail", true
				}
				return "", "", false
			}
			doc, ps := New().Parse(Input{Setting: set, File: "page.md", ID: "page", Body: []byte(c.body + "\n"), Line: 1})
			for _, p := range ps {
				t.Error(p)
			}
			if got := write(doc.HTML()); !strings.Contains(got, c.html) {
				t.Errorf("%q is not in %q", c.html, got)
			}
			if got := doc.Text(); got != c.plain && source.OneLine(got) != source.OneLine(c.plain) {
				t.Errorf("the plain text is %q, not %q", got, c.plain)
			}
			var places []string
			for _, f := range doc.Fills {
				places = append(places, strings.Join([]string{string(rune('0' + f.Pos.Line)), f.Value}, " "))
			}
			if got := strings.Join(places, ", "); got != c.places {
				t.Errorf("the places are %q, not %q", got, c.places)
			}
		})
	}
}

// TestFillText holds that the words of a fill box are no text of the page.
func TestFillText(t *testing.T) {
	doc, ps := parse("One.\n\n::: fill {title=Number}\nTwo three. Four[^1]\n\n- five [@us-a, 2]\n:::\n\nSix [@us-a].\n\n[^1]: Seven.\n")
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	if got := doc.Words(); got != 5 { // One. Six Act <A>. Seven.
		t.Errorf("%d words in %q", got, doc.Text())
	}
	var got []string
	for _, p := range doc.Paragraphs() {
		got = append(got, p.Text)
	}
	if want := []string{"One.", "Six .", "Seven."}; !slices.Equal(got, want) {
		t.Errorf("paragraphs %q, not %q", got, want)
	}
	if f := doc.Fills; len(f) != 1 || f[0].Text != "Two three. Four five Act <A>, 2" || f[0].Asks() != "Number" {
		t.Errorf("got %+v", f)
	}
	if len(doc.Citations) != 2 {
		t.Errorf("the law that the box cites is lost: %v", doc.Citations)
	}
	// Headings in it are headings still.
	doc, _ = parse("## A\n\nOne.\n\n::: fill\n## B\n\nTwo.\n:::\n\nThree.\n\n## C\n\nFour.\n")
	if got, want := doc.Blocks(), []string{"", "One.", "____\nThree.", "Four."}; !slices.Equal(got, want) {
		t.Errorf("blocks %q, not %q", got, want)
	}
	// A page, and a rule, that only has such a place says something.
	doc, ps = parse("::: rule {#a-1}\n::: fill\nTwo.\n:::\n:::\n")
	if len(ps) > 0 || doc.Rules[0].Text != Blank {
		t.Errorf("got %v, %+v", ps, doc.Rules)
	}
}

// TestCardNeeds holds what a card says must be filled in before it is used.
func TestCardNeeds(t *testing.T) {
	set := setting()
	set.Open = func(name string) (string, string, bool) {
		return name, map[string]string{"a.b": "The number staff call.", "c.d": "IT & more"}[name], true
	}
	body := "{{a.b}}\n\n::: steps {#c title=T card=yes}\n1. Call {{c.d}}, {{a.b}}, {{c.d}}.\n\n   ::: fill {title=\"Who has keys\"}\n   Name.\n   :::\n:::\n\n::: steps {#d title=U card=yes}\n1. Wait.\n:::\n"
	doc, ps := New().Parse(Input{Setting: set, File: "page.md", ID: "page", Body: []byte(body), Line: 1})
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	const want = `<p class="card-needs">Fill in before you use this card: IT &amp; more; the number staff call; who has keys.</p>`
	if got := write(doc.CardHTML(0)); !strings.HasPrefix(got, want) {
		t.Errorf("got %q", got)
	}
	if !slices.Equal(doc.Cards[0].Needs, []string{"IT & more", "The number staff call.", "Who has keys"}) || len(doc.Cards[1].Needs) > 0 || strings.Count(write(doc.HTML()), "card-needs") != 1 {
		t.Errorf("got %+v", doc.Cards)
	}
}
