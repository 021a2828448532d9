package markdown

import (
	"fmt"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	const later = "front matter must start on line 1, without spaces before it [front-matter] | move --- to the start of line 1"
	const inBlock = "the line --- ends the front matter inside a block of text [front-matter] | indent the text below "
	for _, c := range []struct{ name, in, front, body, problems string }{
		{"none", "# A\n", "", "# A\n", ""},
		{"nothing", "", "", "", ""},
		{"some", "---\na: b\n---\nx\n", "a: b\n", "x\n", ""},
		{"no body", "---\na: b\n---\n", "a: b\n", "", ""},
		{"no body, no line end", "---\na: b\n---", "a: b\n", "", ""},
		{"empty", "---\n---\nx", "", "x", ""},
		{"spaces after the fences", "--- \na: b\n---\t \nx", "a: b\n", "x", ""},
		{"dash alone", "---\na:\n  -\n    b\n---\nx", "a:\n  -\n    b\n", "x", ""},
		{"indented dashes in a block of text", "---\na: |\n  b\n  ---\n  c\n---\nx", "a: |\n  b\n  ---\n  c\n", "x", ""},
		{"dashes in the body", "---\na: b\n---\nx\n---\ny", "a: b\n", "x\n---\ny", ""},
		{"four dashes", "----\na: b\n----\n", "", "----\na: b\n----\n", ""},
		{"five dashes", "-----\n\nx\n", "", "-----\n\nx\n", ""},
		{"bullet", "-\n", "", "-\n", ""},
		{"two dashes", "--\na: b\n--\n", "", "--\na: b\n--\n", ""},
		{"rule later", "\nx\n\n---\n\ny: z\n", "", "\nx\n\n---\n\ny: z\n", ""},
		{"rule after a blank line", "\n---\n\nx\n", "", "\n---\n\nx\n", ""},
		{"rules and words", "\n---\nWords. More: words\n---\n", "", "\n---\nWords. More: words\n---\n", ""},
		{"block of text that ends the front matter", "---\na: |\n  b\n---\nx\n---\ny: z\n", "a: |\n  b\n", "x\n---\ny: z\n", ""},
		{"braces in the body", "{{agency.name}} is ours.\n", "", "{{agency.name}} is ours.\n", ""},
		{"brace and words", "{ and more\n", "", "{ and more\n", ""},

		{"not closed", "---\na: b\n\nx\n", "", "", "f:1:1: error: front matter is not closed [front-matter] | put a line --- after the last key"},
		{"not closed at all", "---", "", "", "f:1:1: error: front matter is not closed [front-matter] | put a line --- after the last key"},
		{"indented end", "---\na: b\n ---\nx", "", "", "f:1:1: error: front matter is not closed [front-matter] | put a line --- after the last key"},
		{"dots", "---\na: b\n...\nx\n", "", "", "f:3:1: error: the front matter is closed with ... [front-matter] | close it with ---"},
		{"TOML", "+++\na = 1\n+++\n", "", "", "f:1:1: error: only YAML front matter can be read [front-matter] | put YAML between two lines ---"},
		{"semicolons", ";;;\n{}\n;;;\n", "", "", "f:1:1: error: only YAML front matter can be read [front-matter] | put YAML between two lines ---"},
		{"JSON", "{\n\"a\": 1\n}\n", "", "", "f:1:1: error: only YAML front matter can be read [front-matter] | put YAML between two lines ---"},
		{"JSON in one line", `{"a": 1}` + "\n", "", "", "f:1:1: error: only YAML front matter can be read [front-matter] | put YAML between two lines ---"},
		{"blank line before", "\n---\na: b\n---\nx\n", "", "", "f:2:1: error: " + later},
		{"blank lines and spaces before", "\n \n  ---\na: b\n---\nx\n", "", "", "f:3:1: error: " + later},
		{"space before", " ---\na: b\n---\nx\n", "", "", "f:1:1: error: " + later},
		{"words after the dashes", "--- yaml\na: b\n---\nx\n", "", "", "f:1:1: error: front matter must start with a line --- [front-matter] | write --- and nothing else on line 1"},
		{"dashes in a block of text", "---\na: |\n---\nb\n---\nx", "", "", "f:3:1: error: " + inBlock + "a: |, this line too"},
		{"dashes in a folded text", "---\na: >-\n  b\n---\n  c\n---\nx", "", "", "f:4:1: error: " + inBlock + "a: >-, this line too"},
		{"too large", "---\na: " + strings.Repeat("b", MaxFront) + "\n---\n", "", "", fmt.Sprintf("f:1:1: error: the front matter has %d bytes; the limit is %d [too-large] | move text into the body", MaxFront+4, MaxFront)},
	} {
		p, ps := Split("f", []byte(c.in))
		if string(p.Front) != c.front || string(p.Body) != c.body || strings.TrimSpace(report(ps)) != c.problems {
			t.Errorf("%s: got %q, %q and %s\nwant %q, %q and %s", c.name, p.Front, p.Body, report(ps), c.front, c.body, c.problems)
		}
		if len(ps) > 0 {
			continue
		}
		for what, part := range map[string]struct {
			text []byte
			line int
		}{"front matter": {p.Front, p.FrontLine}, "body": {p.Body, p.BodyLine}} {
			before, _, ok := strings.Cut(c.in, string(part.text))
			if len(part.text) > 0 && (!ok || part.line != 1+strings.Count(before, "\n")) {
				t.Errorf("%s: the %s begins on line %d", c.name, what, part.line)
			}
		}
	}
}

func TestLimits(t *testing.T) {
	const paragraph = "the text passes the limit of 12288 bytes without a blank line, a new item or a new row [block-too-long] | part it with blank lines"
	for _, c := range []struct{ name, in, want string }{
		{"a long line", strings.Repeat("x", MaxParagraph) + "\n", "f:5:1: error: " + paragraph},
		{"a long paragraph", "a\n\n" + strings.Repeat("x\n", MaxParagraph/2+1) + "\nb", "f:6151:1: error: " + paragraph},
		{"two of them, and one in a quote", strings.Repeat("x\n", 9000) + "\n" + strings.Repeat("x\n", 9000) + "\n" + strings.Repeat("> x\n", 5000), "f:6149:1: error: " + paragraph + "\nf:15150:1: error: " + paragraph + "\nf:21079:1: error: " + paragraph},
		{"a long row", "|a|b|\n|-|-|\n|" + strings.Repeat("x", MaxParagraph) + "|\n", "f:7:1: error: " + paragraph},
		{"a long item", "- a\n- " + strings.Repeat("x", MaxParagraph) + "\n", "f:6:1: error: " + paragraph},
		{"bars without a table", strings.Repeat("| x\n", 5000), "f:3077:1: error: " + paragraph},
		{"bars that do not fit", "|a\n|-|-|\n" + strings.Repeat("| x\n", 5000), "f:3076:1: error: " + paragraph},
		{"numbers without a list", strings.Repeat("2. x\n", 5000), "f:2462:1: error: " + paragraph},
		{"just short enough", strings.Repeat("x\n", MaxParagraph/2) + "\n" + strings.Repeat("x\n", MaxParagraph/2), ""},
		{"a long list", strings.Repeat("- x\n", MaxBlock/4), ""},
		{"a long numbered list", "1. x\n" + strings.Repeat("2. x\n", MaxBlock/5-1), ""},
		{"a long table", "|a|b|\n|-|-|\n" + strings.Repeat("|a|b|\n", MaxBlock/6-2), ""},
		{"too long a list", strings.Repeat("- x\n", MaxBlock/4+1), "f:5:1: error: this block has 32772 bytes; the limit is 32768 [block-too-long] | part it with blank lines"},
		{"cells", "|" + strings.Repeat("a|", 100) + "\n|" + strings.Repeat("-|", 100) + "\n" + strings.Repeat("|\n", 1001), "f:1007:1: error: the tables of this page have 100100 cells and more; the limit is 100000 [too-many-cells] | split the page"},
		{"cells of many tables", strings.Repeat("|"+strings.Repeat("a|", 100)+"\n|"+strings.Repeat("-|", 100)+"\n"+strings.Repeat("|\n", 100)+"\n", 11), "f:1037:1: error: the tables of this page have 100100 cells and more; the limit is 100000 [too-many-cells] | split the page"},
		{"footnotes", strings.Repeat("[^a]: b\n\n", MaxFootnotes+1), "f:2005:1: error: this page has more than 1000 footnotes [too-many-footnotes] | split the page"},
		{"1000 footnotes", strings.Repeat("[^a]: b\n\n", MaxFootnotes), ""},
		{"quotes", strings.Repeat("> ", 65) + "a", "f:5:1: error: this line nests 65 levels deep; the limit is 64 [too-deep] | write it flatter"},
		{"quotes without spaces", strings.Repeat(">", 65), "f:5:1: error: this line nests 65 levels deep; the limit is 64 [too-deep] | write it flatter"},
		{"64 quotes", strings.Repeat(">", 64) + "a", ""},
		{"bullets", "\n" + strings.Repeat("- ", 65) + "a", "f:6:1: error: this line nests 65 levels deep; the limit is 64 [too-deep] | write it flatter"},
		{"numbers", strings.Repeat("12) ", 65) + "a", "f:5:1: error: this line nests 65 levels deep; the limit is 64 [too-deep] | write it flatter"},
		{"mixed", strings.Repeat("> * 1. + ", 17) + "a", "f:5:1: error: this line nests 68 levels deep; the limit is 64 [too-deep] | write it flatter"},
		{"indent", strings.Repeat("  ", 65) + "a", "f:5:1: error: this line nests 65 levels deep; the limit is 64 [too-deep] | write it flatter"},
		{"tabs", strings.Repeat("\t", 33) + "a", "f:5:1: error: this line nests 66 levels deep; the limit is 64 [too-deep] | write it flatter"},
		{"markers in words", strings.Repeat("a - ", 100), ""},
		{"columns", strings.Repeat("|a", 101) + "|\n", "f:5:1: error: this line has 101 table columns; the limit is 100 [too-many-columns] | split the table"},
		{"columns without outer bars", strings.Repeat("a|", 100) + "a\n", "f:5:1: error: this line has 101 table columns; the limit is 100 [too-many-columns] | split the table"},
		{"100 columns", strings.Repeat("|a", 100) + "|\n", ""},
		{"a long line with a brace", "{" + strings.Repeat("x", MaxAttributes), "f:5:1: error: this line holds { and has 2049 bytes; the limit is 2048 [attributes-too-long] | part the line, or write \\{ for a plain brace"},
		{"a long line without one", strings.Repeat("x", MaxAttributes+1), ""},
		{"several", strings.Repeat(">", 65) + "\n\n" + strings.Repeat("|a", 101) + "|\n", "f:5:1: error: this line nests 65 levels deep; the limit is 64 [too-deep] | write it flatter\n" +
			"f:7:1: error: this line has 101 table columns; the limit is 100 [too-many-columns] | split the table"},
	} {
		if got := strings.TrimSpace(report(limits("f", []byte(c.in), 5))); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
		doc, ps := New().Parse(Input{File: "f", ID: "page", Body: []byte(c.in), Line: 5})
		if (len(ps) == 0) != (c.want == "") || doc == nil || c.want != "" && doc.Text() != "" {
			t.Errorf("%s: Parse gives %s", c.name, report(ps))
		}
	}
	if got := len(limits("f", []byte(strings.Repeat(strings.Repeat(">", 70)+"\n\n", 500)), 1)); got > 30 {
		t.Errorf("one file gets %d problems", got)
	}
}
