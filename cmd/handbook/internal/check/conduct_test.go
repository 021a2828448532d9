package check

import (
	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/markdown"
)

func conductCases() []ruleCase {
	const moved = `2-phones/2-email.md:50:1: the id of rule "texting-2" is one of section "2.1 Texting with clients" ` +
		`(if the rule moved here, keep its id and link to it from content/2-phones/1-texting.md; if it is new, call it email-2)`
	linked := func(b *testBook, id string) *markdown.Doc {
		d := b.doc("See [the rule](2-email.md#texting-2).")
		d.Resolve(0, markdown.Target{Path: "phones/email.html", ID: id})
		return d
	}
	return []ruleCase{
		{"rule-without-level", "none", func(b *testBook) { b.texting.Rules[0].Level = -1 }, []string{
			`2-phones/1-texting.md:40:1: rule "texting-1" has no consequence level (add level= with the number of a level: 0 Learn, 1 Coach)`}},
		{"rule-without-level", "no ladder", func(b *testBook) { b.texting.Rules[0].Level, b.Config.Levels = -1, nil }, []string{
			`2-phones/1-texting.md:40:1: rule "texting-1" has no consequence level (list levels in handbook.yaml, and add level= with the number of one)`}},
		{"rule-without-level", "level 0", func(b *testBook) { b.texting.Rules[0].Level = 0 }, nil},
		{"rule-without-level", "withdrawn", func(b *testBook) { b.texting.Rules[0].Level, b.texting.Withdrawn = -1, today() }, nil},

		{"duplicate-rule-id", "in two sections", func(b *testBook) { b.rule(b.email, "texting-1") }, []string{
			`2-phones/2-email.md:50:1: rule "texting-1" is also at content/2-phones/1-texting.md:40:1 (call it email-2, if this is the newer of the two)`}},
		{"duplicate-rule-id", "in one section", func(b *testBook) { b.rule(b.texting, "texting-1") }, []string{
			`2-phones/1-texting.md:50:1: rule "texting-1" is also at content/2-phones/1-texting.md:40:1 (call it texting-2, if this is the newer of the two)`}},
		{"duplicate-rule-id", "the first is named each time", func(b *testBook) { b.rule(b.texting, "texting-1"); b.rule(b.texting, "texting-1") }, []string{
			`2-phones/1-texting.md:50:1: rule "texting-1" is also at content/2-phones/1-texting.md:40:1 (call it texting-2, if this is the newer of the two)`,
			`2-phones/1-texting.md:60:1: rule "texting-1" is also at content/2-phones/1-texting.md:40:1 (call it texting-2, if this is the newer of the two)`}},
		{"duplicate-rule-id", "in a withdrawn section, for ids are never used again", func(b *testBook) {
			b.rule(b.email, "texting-1")
			b.texting.Withdrawn = today()
		}, []string{`2-phones/2-email.md:50:1: rule "texting-1" is also at content/2-phones/1-texting.md:40:1 (call it email-2, if this is the newer of the two)`}},
		{"duplicate-rule-id", "two without an id", func(b *testBook) { b.rule(b.texting, ""); b.rule(b.email, "") }, nil},

		{"moved-rule", "from another section", func(b *testBook) { b.rule(b.email, "texting-2") }, []string{moved}},
		{"moved-rule", "from a section that links to something else", func(b *testBook) {
			b.rule(b.email, "texting-2")
			b.texting.Doc = linked(b, "texting-1")
		}, []string{moved}},
		{"moved-rule", "from a section that links to it", func(b *testBook) {
			b.rule(b.email, "texting-2")
			b.texting.Doc = linked(b, "texting-2")
		}, nil},
		{"moved-rule", "the next free number is free everywhere", func(b *testBook) {
			b.rule(b.email, "texting-2")
			b.rule(b.email, "email-7")
			b.rule(b.texting, "email-9")
			b.texting.Doc, b.email.Doc = linked(b, "texting-2"), linked(b, "email-9")
			b.rule(b.email, "texting-3")
		}, []string{`2-phones/2-email.md:70:1: the id of rule "texting-3" is one of section "2.1 Texting with clients" ` +
			`(if the rule moved here, keep its id and link to it from content/2-phones/1-texting.md; if it is new, call it email-10)`}},
		{"moved-rule", "the longest id counts", func(b *testBook) {
			b.add(3, "texting-teens", "Texting with teens")
			b.rule(b.email, "texting-teens-1")
		}, []string{`2-phones/2-email.md:50:1: the id of rule "texting-teens-1" is one of section "2.3 Texting with teens" ` +
			`(if the rule moved here, keep its id and link to it from content/2-phones/3-texting-teens.md; if it is new, call it email-2)`}},
		{"moved-rule", "its own section's id comes first", func(b *testBook) {
			b.add(3, "texting-teens", "Texting with teens")
			b.rule(b.texting, "texting-teens-1")
		}, nil},
		{"moved-rule", "into a section whose id no rule can begin with", func(b *testBook) {
			b.email.ID = "2fa"
			b.email.Rules = nil
			b.rule(b.email, "texting-2")
		}, []string{`2-phones/2-email.md:40:1: the id of rule "texting-2" is one of section "2.1 Texting with clients" ` +
			`(if the rule moved here, keep its id and link to it from content/2-phones/1-texting.md; if it is new, give it an id of its own)`}},
		{"moved-rule", "no section's id", func(b *testBook) { b.rule(b.email, "textin-2"); b.rule(b.email, "text-1") }, nil},

		{"rule-id-prefix", "another beginning", func(b *testBook) { b.rule(b.email, "mail-1") }, []string{
			`2-phones/2-email.md:50:1: the id of rule "mail-1" does not begin with "email-" (call it email-2, unless something cites it already)`}},
		{"rule-id-prefix", "a section whose id no rule can begin with", func(b *testBook) {
			b.email.ID = "größe"
			b.rule(b.email, "email-2")
		}, nil},
		{"rule-id-prefix", "no id", func(b *testBook) { b.rule(b.email, "") }, nil},

		{"rule-without-source", "none", func(b *testBook) { b.texting.Rules[0].Laws = nil }, []string{
			`2-phones/1-texting.md:40:1: rule "texting-1" rests on no law and no reference (add laws= or references= with what it rests on)`}},
		{"rule-without-source", "a reference", func(b *testBook) {
			b.texting.Rules[0].Laws, b.texting.Rules[0].References = nil, []*book.Reference{b.code}
		}, nil},
	}
}
