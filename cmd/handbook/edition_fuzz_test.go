package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// A grammar writes pages: what their author means, and slips in how it is
// written. What is meant for staff is made of words that begin with zqstaff, all
// else of words that begin with zqall. Every choice is a byte of its input, so
// that fuzzing can search for pages.
type grammar struct {
	choices []byte
	words   int
	rules   int
	named   bool // blocks for staff end with a line that names them
	out     []row
}

// A row is a line of a page: what stands before it, of quotes and lists, and
// itself.
type row struct {
	before, text string
	fence        bool
}

func (g *grammar) choose(n int) int {
	if len(g.choices) == 0 {
		return 0
	}
	c := int(g.choices[0])
	g.choices = g.choices[1:]
	return c % n
}

func (g *grammar) word(staff bool) string {
	g.words++
	if staff {
		return fmt.Sprintf("zqstaff%d", g.words)
	}
	return fmt.Sprintf("zqall%d", g.words)
}

func (g *grammar) line(before, text string) { g.out = append(g.out, row{before: before, text: text}) }

// fence writes the first or last line of a block.
func (g *grammar) fence(before, text string) {
	g.out = append(g.out, row{before: before, text: strings.Repeat(":", 3+g.choose(8)/6) + text, fence: true})
}

// page writes a page.
func (g *grammar) page() {
	g.named = g.choose(2) == 1
	for range 1 + g.choose(6) {
		g.block("", false, 0)
	}
}

// block writes a block and a blank line. before is what stands before each of
// its lines.
func (g *grammar) block(before string, staff bool, depth int) {
	kind := g.choose(14)
	if depth > 3 {
		kind %= 5
	}
	w := func() string { return g.word(staff) }
	inner := func(staff bool, before string) {
		for range 1 + g.choose(3) {
			g.block(before, staff, depth+1)
		}
		if g.choose(2) == 0 { // no blank line before the end
			g.out = g.out[:len(g.out)-1]
		}
	}
	switch kind {
	case 0:
		g.line(before, w()+" "+w()+".")
	case 1:
		g.line(before, w()+" *"+w()+"* `"+w()+"` "+w())
		g.line(before, w()+": "+w())
	case 2:
		g.line(before, "## "+w())
	case 3:
		switch g.choose(4) {
		case 0:
			g.line(before, "```")
			g.line(before, w())
			g.line(before, "```")
		case 1:
			g.line(before, "    "+w())
		case 2:
			g.line(before, "| "+w()+" | "+w()+" |")
			g.line(before, "|---|---|")
			g.line(before, "| "+w()+" | "+w()+" |")
		case 3:
			g.line(before, w())
			g.line(before, "===")
		}
	case 4:
		g.line(before, "["+w()+"](https://example.org \""+w()+"\") [^"+strconv.Itoa(g.words)+"]")
		g.line(before, "")
		g.line(before, "[^"+strconv.Itoa(g.words)+"]: "+w())
	case 5: // a list
		for range 1 + g.choose(2) {
			mark, indent := "- ", "  "
			if g.choose(3) == 0 {
				mark, indent = "1. ", "   "
			}
			from := len(g.out)
			inner(staff, before+indent)
			g.out[from].before = before + mark + strings.TrimPrefix(g.out[from].before, before+indent)
		}
	case 6: // a quote
		inner(staff, before+"> ")
	case 7: // a definition
		g.line(before, w())
		from := len(g.out)
		inner(staff, before+"  ")
		g.out[from].before = before + ": " + strings.TrimPrefix(g.out[from].before, before+"  ")
	case 8, 9, 10: // for staff
		g.fence(before, " when {audience=staff}")
		inner(true, before)
		if g.named {
			g.fence(before, " /when")
		} else {
			g.fence(before, "")
		}
	case 11: // a rule for staff, or for all
		g.rules++
		audience, forStaff := "", staff
		if g.choose(2) == 0 {
			audience, forStaff = " audience=staff", true
		}
		g.fence(before, fmt.Sprintf(" rule {#page-%d%s}", g.rules, audience))
		g.line(before, g.word(forStaff)+" "+g.word(forStaff))
		g.fence(before, "")
	default:
		g.fence(before, " "+[]string{"note", "warning", "example", "steps"}[g.choose(4)])
		inner(staff, before)
		g.fence(before, "")
	}
	g.line(before, "")
}

// fenceRows returns the places of the lines of blocks.
func (g *grammar) fenceRows() []int {
	var at []int
	for i, r := range g.out {
		if r.fence {
			at = append(at, i)
		}
	}
	return at
}

// slip does one thing wrong. A line that is there, but wrong, may be one of
// several; of lines that are missing or too many there is one in a page, since
// two of them may say together what nobody can tell from what was meant.
func (g *grammar) slip() {
	at := g.fenceRows()
	if len(at) == 0 {
		return
	}
	switch g.choose(4) {
	case 0:
		i := at[g.choose(len(at))]
		g.out = slices.Delete(g.out, i, i+1)
	case 1:
		i := g.choose(len(g.out))
		extra := row{before: g.out[i].before, text: []string{":::", "::::", "```", "~~~", "::: note", "<!--", "::: /note"}[g.choose(7)]}
		if strings.ContainsAny(extra.before, "-:1") {
			extra.before = strings.Repeat(" ", len(extra.before))
		}
		g.out = slices.Insert(g.out, i, extra)
	default:
		for range 1 + g.choose(3) {
			g.alter(at[g.choose(len(at))])
		}
	}
}

// alter writes a line of a block in a wrong way.
func (g *grammar) alter(i int) {
	r := &g.out[i]
	text, rest := r.text, strings.TrimLeft(r.text, ":")
	swap := func(from string, to ...string) string {
		return strings.Replace(r.text, from, to[g.choose(len(to))], 1)
	}
	switch g.choose(22) {
	case 0:
		text = "::" + rest
	case 1:
		text = ":" + rest
	case 2:
		text = "：：：" + rest
	case 3:
		text = []string{" ", "  ", "   ", "    ", "      ", "        ", "\t", "\t\t"}[g.choose(8)] + text
	case 4:
		text = []string{"\u00a0", "\u200b", "\ufeff", "\f", "\v", "\u3000", "\u2028", "\x1f"}[g.choose(8)] + text
	case 5:
		text = swap(":::", ":\u200b::", ": : :", "&#58;&#58;&#58;", "\\:::", "::\\:", "*:*::", "∷:", "::;", ";;;", "&colon;::", ":::\u00a0", ":::\u200b", "`:::`")
	case 6:
		text = swap("when", "When", "WHEN", "wen", "whеn", "when.", "when audience=staff", "ｗｈｅｎ", "when,", "rule", "note", "")
	case 7:
		text = swap("{audience=staff}", "{audience=\"\"}", "{audience=\",\"}", "{audience = staff}", "{audience=staff", "audience=staff", "{audience:staff}", "{audiense=staff}", "{Audience=staff}", "{ audience=“staff” }", "(audience=staff)", "{audience=stafff}", "{audience=staff} :::", "{}", "", "{audience=staff}{#x}", "{.staff}", "{audience=\"staff,nobody\"}")
	case 8:
		text = swap(" audience=staff", " audience=\"\"", " audience=\",\"", " audience=", " audience staff", " audience=staf", " audiences=staff", " audience=staff audience=staff", "} {audience=staff", " audience=“staff”")
	case 9: // on the line before
		if i > 0 {
			g.out[i-1].text += " " + text
			r.text, r.before = "", ""
			return
		}
	case 10: // and the text on the same line
		if i+1 < len(g.out) {
			text += " " + g.out[i+1].text
			g.out[i+1].text = ""
		}
	case 11:
		r.before = ""
	case 12:
		r.before += "> "
	case 13:
		r.before += "- "
	case 14:
		text = "| " + text + " | x |"
	case 15:
		text = "## " + text
	case 16:
		text = "[" + text + "](https://example.org)"
	case 17:
		text = "![" + text + "](p.png)"
	case 18:
		text = "`" + text + "`"
	case 19:
		text = strings.Replace(text, ":: ", "::\n", 1)
	case 20:
		text = []string{"::: /when", "::: /note", ":::/when", "::: end", "::: \\when", "::: /When", "</when>", "::: when"}[g.choose(8)]
		if strings.Contains(r.text, "{") {
			text = r.text
		}
	case 21:
		text += []string{" ", "\t", " \u00a0", " x", " #", ".", "\\", "  "}[g.choose(8)]
	}
	r.text = text
}

// String returns the page.
func (g *grammar) String() string {
	var b strings.Builder
	for _, r := range g.out {
		b.WriteString(strings.TrimRight(r.before+r.text, " ") + "\n")
	}
	return b.String()
}

// forClients loads a page for clients. It gives all that is said of it in the
// Book, and its problems.
func forClients(t testing.TB, body string) (*book.Book, string, []diag.Problem) {
	t.Helper()
	b, ps, err := book.Load(slipFolder(slipSettings, "", body), book.Options{Audience: []string{"clients"}})
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, s := range b.Sections {
		said.WriteString(s.Title + "\n" + s.Doc.Text() + "\n")
		said.Write(s.Doc.HTML().Append(nil, func(dst []byte, target markdown.Target) []byte { return append(dst, target.URL...) }))
		for _, h := range s.Doc.Headings() {
			said.WriteString(h.Text + h.ID + "\n")
		}
		for _, r := range s.Doc.Rules {
			said.WriteString(r.Text + "\n")
		}
	}
	return b, said.String(), gradedForClients(b, ps)
}

// holdEdition holds that a page with slips is refused in the edition for
// clients, or shows them nothing of what is meant for staff. With inOrder a page
// without a slip is not refused; markdown reads a few odd ones otherwise than the
// grammar means them.
func holdEdition(t testing.TB, choices []byte, inOrder, bytes bool) (refused bool) {
	t.Helper()
	g := &grammar{choices: choices}
	slips := g.choose(3)
	g.page()
	if slips > 0 {
		g.slip()
	}
	body := g.String()
	b, said, ps := forClients(t, body)
	if slips == 0 && inOrder {
		for _, p := range ps {
			if p.Rule == "unclosed-block" || p.Rule == "fence-in-text" || p.Rule == "unclosed-code" {
				t.Errorf("a page without a slip: %s\n%s", p, numbered(body))
			}
		}
	}
	if diag.HasErrors(ps) {
		return true
	}
	if i := strings.Index(said, "zqstaff"); i >= 0 {
		t.Errorf("clients are shown %.12s of\n%s\n%s", said[i:], body, toldAll(ps))
	}
	if bytes {
		if out := published(t, b); strings.Contains(out, "zqstaff") || !strings.Contains(out, "index.html") {
			t.Errorf("a file of the edition holds what is for staff, or there is none:\n%s", body)
		}
	}
	return false
}

// FuzzEditionSlips searches for a page whose slip shows clients what is meant
// for staff.
func FuzzEditionSlips(f *testing.F) {
	for seed := range uint64(50) {
		f.Add(choices(seed))
	}
	f.Fuzz(func(t *testing.T, choices []byte) {
		if len(choices) <= 400 {
			holdEdition(t, choices, false, false)
		}
	})
}

// choices returns the choices of a page.
func choices(seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 1))
	out := make([]byte, 200)
	for i := range out {
		out[i] = byte(r.Uint32())
	}
	return out
}

// TestEditionSlips tries some thousand of the pages that FuzzEditionSlips
// searches.
func TestEditionSlips(t *testing.T) {
	pages, refused := uint64(1500), 0
	if testing.Short() {
		pages = 500
	}
	for seed := range pages {
		if holdEdition(t, choices(seed), true, seed%40 == 0) {
			refused++
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	t.Logf("%d of %d pages are refused", refused, pages)
	if refused < int(pages)/4 || refused > int(pages)*9/10 {
		t.Errorf("%d of %d pages are refused, so that little was tried", refused, pages)
	}
}

// bodyLine is the line of the file on which the body of slipFolder begins.
const bodyLine = 7

func numbered(body string) string {
	var b strings.Builder
	for i, l := range strings.Split(body, "\n") {
		fmt.Fprintf(&b, "%3d %s\n", i+bodyLine, l)
	}
	return b.String()
}
