package corpus

import "strings"

// Hostile returns strings that have broken other programs, as values and as
// pages: markup, addresses, characters that cannot be seen, half-open
// constructs and YAML. They are the seeds of the fuzz targets.
func Hostile() []string {
	return []string{
		// markup in values
		`<script>alert(1)</script>`, `--><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `]]>`, `</style>`, `<!--`, `<?php ?>`,
		`<b>bold</b> & <i`, `&lt;script&gt;`, `&#0;&#x110000;&colon;`, `\<b\>`, "`<b>`", `<svg/onload=alert(1)>`, `<a href="javascript:alert(1)">x</a>`, `{{agency.name}}`, `{{<script>}}`, `{{ x`,
		`*/ alert(1) /*`, `${alert(1)}`, `%3Cscript%3E`, `+ADw-script+AD4-`,
		// addresses
		"[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\tscript:alert(1))", "[x](<java\nscript:alert(1)>)", "[x](&#106;avascript:alert(1))", "[x](&#x6A;avascript&colon;alert(1))",
		"[x](javascript&#58;alert(1))", `[x](javascript\:alert(1))`, `[x](\javascript:alert(1))`, "[x](\u0001javascript:alert(1))", "[x](\uFEFFjavascript:alert(1))", "[x](java\u200Bscript:alert(1))",
		"[x](vbscript:x)", "[x](data:text/html,<script>)", "[x](blob:x)", "[x](ms-word:ofe|u|x)", "[x](search-ms:x)", "[x](intent:x)", "[x](file:///etc/passwd)", "[x](//evil.example)", `[x](/\evil.example)`, `[x](\\evil.example\x)`,
		"[x](https:evil.example)", "[x]()", "[x](<>)", "[x](#)", "[x](?a)", "[x](%6Aavascript:alert(1))", "![x](javascript:alert(1))", "![x](https://evil.example/x.png)", "<javascript:alert(1)>", "<x:y>",
		"[x]: javascript:alert(1)\n\n[x]", "[x]( https://example.org/\"onclick=alert(1) )", `[x](https://example.org "a\" onclick=\"b")`, "[x](https://example.org/?a=1&b=<c>)", "<mailto:a@b.example?subject=<b>>", "www.example.org/<b>", "a@b.example",
		// blocks and attributes
		"::: rule {#a-1}\nx\n:::", "::: rule {#a-1\nx", "::: rule {#a-1 level=9 laws=a,,b audience=\"}\nx\n:::", ":::\n:::", "::: x\n:::: note\n:::\n", "> ::: note\n> x\n:::\n", "- ::: note\n  x\n  :::\n", ":::::::::::", "::: note {title=\"<b>\"}\nx\n:::",
		"::: rule {#a-1}\n::: rule {#a-1}\n:::\n:::", "```\n::: rule\n```", "# a {id=1}", "# a {#b c}", "## a {#b}\n\n## c {#b}", "## {#x}", "## a {onclick=alert(1)}", "## a {.b}", "## a \\{#b}", "## `a {#b}`", "## *a {#b}*", "# a {a={a=",
		// headings and ids
		"## document", "## __proto__", "## 日本", "## §", "## 😀", "## 1.1 Scope\n\n## 11 Scope", "## a\n\n## a\n\n## a", "# a\n\n# b", "###### a", "a\n===\n\nb\n---", "#", "##  ##",
		// citations, footnotes, tables, lists
		"[@a]", "[@us-law-1, 1(a)]", "[@us-law-1,]", "[@", "[@]", "[@a b]", "[@a, [b]]", "[^1]: x", "x[^1]\n\n[^1]: y[^1]", "[^a][^a][^b]\n\n[^b]: x\n[^a]: y", "| a |\n|---|\n| b |", "|\n|-", "a|b\n-|-\n" + strings.Repeat("|", 50),
		"- [x] done\n- [ ] to do", "a\n: b\n: c", "1. a\n   - b\n     > c", "***", "~~a~~ ~b~ **c", "a  \nb\\\nc", "- \n\n  - \n",
		// characters
		"a\u0085b\u2028c\u2029d", "\u202Eabc\u202C", "\u2066a\u2069", "a\u200Bb\u2060c\uFEFF", "👩\u200D⚕️ 🏳️\u200D🌈", "e\u0301 é", "\u00A0a\u3000", "\x1b[2J\x1b]0;x\x07", "\x7f", "\uFFFD", "\U0010FFFF", "ﬁ Ⱥ İ ı ſ K ß ẞ Σς",
		// front matter and YAML
		"---\ntitle: a\n---\nb", "---\ntitle: a\n", "---\n---\n", "---\n...\n", "-----\n", "-\n", "--\n", "- - -\n", "+++\ntitle = 1\n+++\n", "{\n\"title\": 1\n}\n", " ---\ntitle: a\n---\n", "\n---\ntitle: a\n---\n", "---\na: |\n---\nb\n---\n", "---\n  -\n---\n",
		"a: *b", "a: &b [*b]", "a: !!float \"--><script>\"", "<<: {a: b}", "a: {b: [c", "a: \"\\e[2J\"", "? a\n: b", "a: 1\na: 2", "---\na: 1\n---\nb: 2\n---\n", "a: |\n b\n c", "%YAML 1.1\n---\na", "a: \"\\u2028\\x85\\U0001F600\"", "\t", "a:\tb", "a: b: c",
		// what makes parsers slow, in small
		strings.Repeat(">", 300), strings.Repeat("[", 300), strings.Repeat("*a_ ", 100), strings.Repeat("[a](", 100), strings.Repeat("[a](<b", 60), strings.Repeat("![", 100), strings.Repeat("`", 99) + "a" + strings.Repeat("`", 98),
		strings.Repeat("- ", 70) + "a", strings.Repeat("  ", 70) + "- a", strings.Repeat("[a]: (\n", 50), strings.Repeat("<", 200), strings.Repeat("&#", 100), strings.Repeat("~", 200), strings.Repeat("a\n\n", 200), strings.Repeat("::: note\n\n", 70),
	}
}
