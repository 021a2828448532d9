package markdown

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/source"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// FuzzParse checks that no page makes the parser panic or gives HTML that is
// not safe and well-formed, and that every problem lies in the page.
func FuzzParse(f *testing.F) {
	for _, s := range append(pages(f), corpus.Hostile()...) {
		f.Add(s)
	}
	p := New()
	f.Fuzz(func(t *testing.T, page string) {
		text, problems := source.Clean("p.md", []byte(page), 1<<16)
		if diag.HasErrors(problems) {
			return
		}
		parts, problems := Split("p.md", text)
		if len(problems) > 0 {
			checkProblems(t, problems, page)
			return
		}
		doc, problems := p.Parse(Input{Setting: setting(), File: "p.md", ID: "page", Body: parts.Body, Line: parts.BodyLine})
		for _, p := range problems {
			if p.Rule == "markdown" && strings.Contains(p.Text, "cannot be parsed") {
				t.Errorf("%q: %s", page, p)
			}
		}
		checkProblems(t, problems, page)
		checkDoc(t, doc)
	})
}

func checkProblems(t *testing.T, problems []diag.Problem, page string) {
	lines := 1 + strings.Count(page, "\n")
	for _, p := range problems {
		if p.Line < 1 || p.Line > lines || p.Col < 1 || p.Rule == "" || p.Text == "" || p.Hint == "" || strings.ContainsAny(p.String(), "\n\x1b") {
			t.Errorf("%q: problem %+v", page, p)
		}
	}
}

// checkDoc checks what every Doc promises.
func checkDoc(t *testing.T, doc *Doc) {
	for i, l := range doc.Links() {
		if l.Kind == LinkPage || l.Kind == LinkImage {
			// What leads nowhere is shown as it was written: see the book.
			doc.Resolve(i, Target{URL: l.Dest})
		}
	}
	page := write(doc.HTML())
	ids := checkHTML(t, page)
	for i, r := range doc.Rules {
		if rule := write(doc.RuleHTML(i)); !strings.Contains(page, rule) {
			t.Errorf("the rule %q is not part of the page %q", rule, page)
		}
		if !ids[r.ID] {
			t.Errorf("the rule %q has no element in %q", r.ID, page)
		}
	}
	for _, h := range doc.Headings() {
		if !ids[h.ID] || h.Text == "" || h.Level < 2 || h.Level > 6 || h.Line < 1 {
			t.Errorf("the heading %+v of %q", h, page)
		}
	}
	for _, name := range doc.Anchors() {
		if id, ok := doc.Anchor(name); !ok || id != "" && !ids[id] {
			t.Errorf("#%s leads to %q, which is not in %q", name, id, page)
		}
	}
	for _, s := range []string{doc.Title, doc.Text()} {
		if !utf8.ValidString(s) || strings.Contains(s, "\x00") {
			t.Errorf("text %q", s)
		}
	}
}

// checkHTML checks a page's HTML and gives its ids.
func checkHTML(t *testing.T, page string) map[string]bool {
	if !utf8.ValidString(page) || strings.Contains(page, "\x00") {
		t.Errorf("the page is no text: %q", page)
	}
	ids := map[string]bool{}
	var open []string
	for z := html.NewTokenizer(strings.NewReader(page)); ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		token := z.Token()
		switch kind {
		case html.CommentToken, html.DoctypeToken:
			t.Errorf("%s in %q", token, page)
		case html.StartTagToken, html.SelfClosingTagToken:
			checkElement(t, token, ids, page)
			if kind == html.StartTagToken {
				if token.Data == "a" {
					for _, o := range open {
						if o == "a" {
							t.Errorf("a link in a link in %q", page)
						}
					}
				}
				open = append(open, token.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != token.Data {
				t.Fatalf("</%s> closes %q in %q", token.Data, open, page)
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("%q stay open in %q", open, page)
	}
	return ids
}

// checkElement holds elements and attributes to what the package is known to
// write, and addresses to the schemes that are allowed.
func checkElement(t *testing.T, token html.Token, ids map[string]bool, page string) {
	const elements = " a aside blockquote br code dd del div dl dt em h2 h3 h4 h5 h6 hr img li ol p pre section span strong sub sup table tbody td th thead tr ul "
	const attributes = " alt aria-label class data-label href id loading rel role scope src start tabindex title width "
	if !strings.Contains(elements, " "+token.Data+" ") {
		t.Errorf("<%s> in %q", token.Data, page)
	}
	for _, a := range token.Attr {
		if !strings.Contains(attributes, " "+a.Key+" ") {
			t.Errorf("%s= in %q", a.Key, page)
		}
		switch a.Key {
		case "id":
			if ids[a.Val] || a.Val == "" || strings.ContainsAny(a.Val, " \"'<>&") || !strings.Contains(a.Val, "-") {
				t.Errorf("the id %q in %q", a.Val, page)
			}
			ids[a.Val] = true
		case "href", "src":
			u, err := url.Parse(a.Val)
			// A browser finds a scheme where this does not: in an address that
			// it cannot parse, it takes what stands before the first colon.
			scheme, _, _ := strings.Cut(strings.ToLower(a.Val), ":")
			if err == nil {
				scheme = u.Scheme
			} else if strings.ContainsAny(scheme, "/?#") || scheme == strings.ToLower(a.Val) || !isScheme(scheme) {
				scheme = ""
			}
			switch scheme {
			case "", "http", "https", "mailto", "tel":
			default:
				t.Errorf("the address %q in %q", a.Val, page)
			}
			if a.Val == "" || strings.HasPrefix(a.Val, "//") || strings.Contains(a.Val, `\`) || a.Key == "src" && scheme != "" {
				t.Errorf("%s=%q in %q", a.Key, a.Val, page)
			}
		}
	}
}
