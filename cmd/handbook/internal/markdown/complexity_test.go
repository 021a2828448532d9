package markdown

import (
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/diag"
)

// maxParagraph fills a paragraph, less than its limit, with copies of a string.
func maxParagraph(s string) string { return strings.Repeat(s, (MaxParagraph-1)/len(s)) + "\n\n" }

// hostilePages returns pages that make parsers slow, each in any size: what is
// heavy within one paragraph, as many such paragraphs as fit, and what is heavy
// in number. Every one is within the limits.
func hostilePages() map[string]func(size int) string {
	pages := map[string]func(size int) string{}
	for name, s := range map[string]string{
		"opening brackets": "[", "closing brackets": "]", "stars": "*", "underscores": "_", "tildes": "~", "back-ticks": "`", "back-ticks of all lengths": "`a``b```c", "half emphasis": "*a_ ",
		"nested emphasis": "*a **b ", "emphasis in words": "a*b**c_d__", "half links": "[a](b", "half links in angles": "[a](<b", "images": "![", "entities": "&#", "backslashes": `\`, "less than": "<", "tags": "<b>", "half tags": "<b ",
		"half comments": "<!-- ", "half instructions": "<? ", "half sections": "<![CDATA[ ", "addresses": "http://a.b/(", "half addresses": "www.a", "half mail": "a@", "dots before mail": "a.", "angles": "<http://a ",
		"citations": "[@us-a] ", "unknown citations": "[@us-b] ", "open citations": "[@us-a ", "citations in links": "[[@us-a]](b) ", "values": "{{title}}\n", "unknown values": "{{tilte}}\n", "half values": "{{a\n", "open values": "{{agency.open}}\n", "open addresses": "[a](tel:{{agency.open}})\n",
		"links": "[a](b.md)", "terms": "record of processing ", "half terms": "record of ", "strikethrough": "~~a", "footnote marks": "[^a]", "invisible": "\u200b", "hard breaks": "a\\\n", "half citations over lines": "[@a\n",
		"headings without a space": "##a\n", "bullets of Word": "• a\n", "dashes of Word": "– a\n", "items without a space": "-Ab\n", "other bullets": "• a\n▪ b\n", "single braces": "{agency.phne}\n", "half double braces": "{{a}\n",
		"links with spaces": "[a](b c.md) ", "links with a gap": "[a] (b.md) ", "wiki links": "[[a]] ", "sources in brackets": "[us-a] ", "missing footnotes": "[^zz] ", "bold with a gap": "**a ** ", "single tildes": "~a~ ",
		"low and high": "a~b~c^d^ ", "open low and high": "a~b a^c ", "sized images": "![a](b){width=1%}\n", "half sized images": "![a](b){width=\n", "boxes of MkDocs": "!!! note\n", "shortcodes": "{{< a >}}\n", "tags of Liquid": "{% a %}\n",
		"rows without dashes": "|a|\n", "brackets after one": "[]]]]]]]",
	} {
		pages[name] = func(size int) string {
			p := maxParagraph(s)
			return strings.Repeat(p, 1+size/len(p))[:size]
		}
	}
	for name, s := range map[string]string{
		"quotes": strings.Repeat("> ", 64) + "a\n\n", "bullets": strings.Repeat("- ", 64) + "a\n\n", "numbers": strings.Repeat("1. ", 64) + "a\n\n", "deep items": strings.Repeat("  ", 60) + "- a\n\n", "blank lines": "\n", "headings": "# a\n\n", "deep headings": "###### a\n\n",
		"underlined headings": "a\n=\n\n", "notes": "::: note\na\n:::\n\n", "places": "::: fill\n## a\n\nb\n:::\n\n", "stray ends": ":::\n\n", "fences": "```\n\n", "closed fences": "```\na\n```\n\n", "tasks": "- [ ] a\n\n", "definitions": "a\n: b\n\n", "rules of dashes": "---\n\n",
		"tables": "|a|b|\n|-|-|\n|c|d|\n\n", "comments": "<!-- \n\n", "alerts": "> [!NOTE]\n> a\n\n", "drawings": "```mermaid\n```\n\n", "bold headings": "**Ab**\n\nc\n\n", "typed numbers": "## 4.1 Scope of what is said below it\n\n", "indented text": "a\n\n    This is a text. Of so many words it is.\n\n", "paragraphs with bullets": "• a\n\n",
		"curly quotes": "::: note {title=“a”}\nb\n:::\n\n", "rules": "::: rule {#a-1}\nb\n:::\n\n", "wide tables": strings.Repeat("|a", 100) + "|\n" + strings.Repeat("|-", 100) + "|\n" + strings.Repeat("|\n", 3) + "\n",
	} {
		pages[name] = func(size int) string { return strings.Repeat(s, 1+size/len(s))[:size/len(s)*len(s)] }
	}
	for name, form := range map[string]string{
		"addresses for links": "[a%d]: b\n\n", "different headings": "## a%d\n\n", "links to headings": "## a%d\n\n[x](#a%d)\n\n", "different rules": "::: rule {#a-%d}\nb\n:::\n\n",
	} {
		pages[name] = func(size int) string {
			var b strings.Builder
			for i := 0; b.Len() < size; i++ {
				b.WriteString(strings.ReplaceAll(form, "%d", fmt.Sprint(i)))
			}
			return b.String()
		}
	}
	pages["footnotes"] = func(size int) string {
		var b strings.Builder
		for i := range min(MaxFootnotes, size/100) {
			fmt.Fprintf(&b, "[^%d]: b\n\n", i)
		}
		for i := 0; b.Len() < size; i++ {
			fmt.Fprintf(&b, "a[^%d]\n\n", i%MaxFootnotes)
		}
		return b.String()
	}
	return pages
}

// TestComplexity checks that twice the page costs little more than twice as
// much. Time says nothing on a busy machine; what is allocated does, except for
// goldmark's searches within one paragraph, which allocate nothing: for them
// there is the limit of a paragraph.
func TestComplexity(t *testing.T) {
	const size = 10 << 10
	// A Parser keeps its buffers in a pool, out of which the collector may take
	// them at any time, and which has a place of its own for each core. Under the
	// race detector a pool also drops what it gets by chance, so that a page which
	// seems to cost too much is tried some more times.
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	cost := func(name, page string, times int) float64 {
		runtime.GC()
		p := New() // without the buffers that another page left
		in := Input{Setting: setting(), File: "p.md", ID: "page", Body: []byte(page), Line: 1}
		least := math.Inf(1)
		var problems []diag.Problem
		for range times { // the first makes the buffers grow
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, problems = p.Parse(in)
			runtime.ReadMemStats(&after)
			least = min(least, float64(after.TotalAlloc-before.TotalAlloc))
		}
		for _, p := range problems {
			if p.Rule == "markdown" || strings.HasPrefix(p.Rule, "too-") || strings.HasSuffix(p.Rule, "-too-long") {
				t.Fatalf("%s: the page is not parsed: %s", name, p)
			}
		}
		if len(problems) > 3*diag.MaxSame {
			t.Errorf("%s: %d problems", name, len(problems))
		}
		return least
	}
	for name, page := range hostilePages() {
		one, two := cost(name, page(size), 3), cost(name, page(2*size), 3)
		most := 2.6*one + 1<<20
		if two > most {
			two = cost(name, page(2*size), 20)
		}
		if two > most {
			t.Errorf("%s: twice the page allocates %.1f times as much, %.0f KB", name, two/one, two/1024)
		}
		if perByte := two / (2 * size); perByte > 1500 {
			t.Errorf("%s: %.0f bytes are allocated for each byte of the page", name, perByte)
		}
	}
}
