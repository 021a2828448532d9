package markdown

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	if os.Getenv("CX") == "" {
		t.Skip()
	}
	rep := func(s string, n int) string { return strings.Repeat(s, n/len(s)) }
	blocks := func(s string, n int) string { // 32K blocks
		b := rep(s, 32000) + "\n\n"
		return strings.Repeat(b, n/len(b))
	}
	short := func(s string, n int) string { return rep(s+"\n\n", n) }
	lines := func(s string, n int) string { return blocks(s+"\n", n) }
	const N = 1 << 20
	for name, in := range map[string]string{
		"gt":            lines(strings.Repeat(">", 64), N),
		"gtsp":          lines(strings.Repeat("> ", 64), N),
		"dash":          lines(strings.Repeat("- ", 64)+"a", N),
		"dashshort":     short(strings.Repeat("- ", 60)+"a", N),
		"num":           lines(strings.Repeat("1. ", 64)+"a", N),
		"indent":        lines(strings.Repeat("  ", 63)+"- a", N),
		"brack":         blocks("[", N),
		"brackc":        blocks("]", N),
		"star":          blocks("*", N),
		"under":         blocks("_", N),
		"tilde":         blocks("~", N),
		"tick":          blocks("`", N),
		"tickvar":       blocks("`a``b", N),
		"starund":       blocks("*a_ ", N),
		"linka":         blocks("[a](b", N),
		"linkb":         blocks("[a](<b", N),
		"def":           lines("[a]: (", N),
		"fn":            lines("[^a]: ", N),
		"brace":         lines(rep("{a={a=", 2000), N),
		"heading brace": short("## a "+rep("{a={a=", 2000), N),
		"table":         "|a|b|\n|-|-|\n" + rep("|a|b|\n", 32000) + "\n",
		"tables":        strings.Repeat("|a|b|\n|-|-|\n"+rep("|a|b|\n", 32000)+"\n\n", 32),
		"tablewide":     strings.Repeat(strings.Repeat("|a", 100)+"|\n"+strings.Repeat("|-", 100)+"|\n"+rep("|\n", 31000)+"\n\n", 32),
		"defs":          numberedBlocks("[a%d]: b\n", N),
		"fns":           numberedShort("[^%d]: b\n\n", N),
		"fnsrefs":       numberedShort("[^%d]: b\n\na[^%d]\n\n", N),
		"headings":      short("# a", N),
		"headingsdiff":  numberedShort("## a%d\n\n", N),
		"headinglinks":  numberedShort("## a%d\n\n[x](#a%d)\n\n", N),
		"line":          "a\n\n" + rep("a ", 32000),
		"blank":         rep("\n", N),
		"cites":         blocks("[@us-a] ", N),
		"citesbad":      blocks("[@us-zzz] ", N),
		"citesopen":     blocks("[@us-zzz ", N),
		"values":        blocks("{{agency.name}} ", N),
		"valuesbad":     blocks("{{agency.nam}} ", N),
		"html":          blocks("<b>", N),
		"htmlopen":      blocks("<b ", N),
		"comment":       blocks("<!-- ", N),
		"comments":      short("<!-- ", N),
		"pi":            blocks("<? ", N),
		"cdata":         blocks("<![CDATA[ ", N),
		"decl":          blocks("<!A ", N),
		"amp":           blocks("&#", N),
		"ent":           blocks("&amp;", N),
		"bs":            blocks("\\", N),
		"url":           blocks("http://a.b ", N),
		"urllong":       blocks("http://a.b/(", N),
		"www":           blocks("www.a", N),
		"mail":          blocks("a@", N),
		"maildots":      blocks("a.", N) + "b@c.de",
		"auto":          blocks("<http://a ", N),
		"img":           blocks("![", N),
		"imgs":          blocks("![a](b.png)", N),
		"links":         blocks("[a](b.md)", N),
		"refs":          "[a]: b\n\n" + blocks("[a] ", N),
		"refsnest":      "[a]: b\n\n" + blocks("[", 32000) + blocks("a]", N),
		"rules":         numberedShort("::: rule {#p-%d}\na\n:::\n\n", N),
		"notes":         short("::: note\na\n:::", N),
		"notesopen":     short("::: note", 20000),
		"noteslines":    lines("::: note", 32000),
		"stray":         short(":::", N),
		"unknown":       short("::: x", 20000),
		"task":          lines("- [ ] a", N),
		"defn":          lines("a\n: b", N),
		"defnshort":     short("a\n: b", N),
		"strike":        blocks("~~a", N),
		"terms":         blocks("record of ", N),
		"terms2":        blocks("record of processing ", N),
		"hard":          lines("a\\", N),
		"fences":        lines("```\na\n```", N),
		"fencesopen":    short("```", N),
		"setext":        lines("a\n-", N),
		"setext2":       short("a\n=", N),
		"linkcite":      blocks("[[@us-a]](b) ", N),
		"emph":          blocks("*a **b ", N),
		"emphc":         blocks("a*b**c_d__", N),
		"quoteslazy":    ">" + lines("a", N),
		"paren":         blocks("[a](", 32000) + blocks(")", N),
		"bsbr":          blocks("\\[", N),
		"nested emph":   blocks("**a *b", N),
		"zw":            blocks("\u200b", N),
		"crcite":        blocks("[@a\n", N),
	} {
		if len(in) > N {
			in = in[:N]
		}
		run := func(in string) (time.Duration, uint64, int) {
			var a, b runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&a)
			s := time.Now()
			_, ps := New().Parse(Input{Setting: setting(), File: "p.md", ID: "p", Body: []byte(in), Line: 1})
			d := time.Since(s)
			runtime.ReadMemStats(&b)
			return d, b.TotalAlloc - a.TotalAlloc, len(ps)
		}
		d1, m1, _ := run(in[:len(in)/2])
		d2, m2, n := run(in)
		flag := ""
		if d2 > 1500*time.Millisecond || m2 > 300<<20 {
			flag = "  <<<<<"
		}
		fmt.Printf("%-14s %7d B %8.0f ms (x%.1f) %6d MB (x%.1f) %7d problems%s\n", name, len(in), float64(d2.Microseconds())/1000, float64(d2)/float64(d1), m2>>20, float64(m2)/float64(m1+1), n, flag)
	}
}

func numberedBlocks(f string, n int) string {
	var b strings.Builder
	for i, last := 0, 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, strings.ReplaceAll(f, "%d", "%[1]d"), i)
		if b.Len()-last > 31000 {
			b.WriteString("\n")
			last = b.Len()
		}
	}
	return b.String()
}

func numberedShort(f string, n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, strings.ReplaceAll(f, "%d", "%[1]d"), i)
	}
	return b.String()
}
