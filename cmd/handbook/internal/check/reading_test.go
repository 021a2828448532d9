package check

import (
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/markdown"
)

// words returns a sentence of n short words.
func words(n int) string { return "We" + strings.Repeat(" go", n-1) + "." }

func readingCases() []ruleCase {
	english := func(text string) func(*testBook) {
		return func(b *testBook) {
			b.Config.Language = "en"
			b.texting.Doc = b.doc(text)
		}
	}
	with := func(one, two func(*testBook)) func(*testBook) {
		return func(b *testBook) { one(b); two(b) }
	}
	in := func(language string) func(*testBook) {
		return func(b *testBook) { b.Config.Language = language }
	}
	withdrawn := func(b *testBook) { b.texting.Withdrawn = today() }
	hard := strings.Repeat("Organizational confidentiality necessitates comprehensive documentation. ", 25)
	const longHint = " (make two sentences of it, or a list)"
	const easier = " (use shorter sentences and shorter words)"
	const fillHint = " (write what your agency says there, and take ::: fill and its ::: away)"
	const leftHint = " (if that is right, there is nothing to do)"
	none := func(b *testBook) { b.Sections = nil }
	return []ruleCase{
		{"long-sentence", "31 words", english("Short.\n\n- Item.\n- " + words(31)), []string{
			"2-phones/1-texting.md:4:1: a sentence has 31 words; 30 are enough: We go go go go go ..." + longHint}},
		{"long-sentence", "30 words", english(words(30) + " " + words(30)), nil},
		{"long-sentence", "citations do not count", english(words(29)[:3+28*3-1] + " go ([@us-tcpa, 47 U.S.C. 227(b)(1)(A)])."), nil},
		{"long-sentence", "a table is no sentence", english("| " + words(31) + " |\n|---|\n| " + words(31) + " |"), nil},
		{"long-sentence", "another language", with(english(words(31)), in("fr")), nil},
		{"long-sentence", "American English", with(english(words(31)), in("en-US")), []string{
			"2-phones/1-texting.md:1:1: a sentence has 31 words; 30 are enough: We go go go go go ..." + longHint}},
		{"long-sentence", "withdrawn", with(english(words(31)), withdrawn), nil},

		{"reading-age", "hard", english(hard), []string{
			"2-phones/1-texting.md:2:1: the text is of reading grade 45.4; 9 is enough, which is read at about the age of 14" + easier}},
		{"reading-age", "easy", english(strings.Repeat("You must not text. ", 30)), nil},
		{"reading-age", "few words", english(hard[:600]), nil},
		{"reading-age", "another language", with(english(hard), in("es")), nil},
		{"reading-age", "a heading and a table", english("## " + strings.TrimSpace(hard) + "\n\n| " + hard + " |\n|---|\n\nYou must."), nil},
		{"reading-age", "withdrawn", with(english(hard), withdrawn), nil},

		{"unfilled", "with and without a title", func(b *testBook) {
			b.texting.Doc = b.doc("::: fill {title=\"Our number\"}\nText.\n:::\n\n::: fill\nText.\n:::")
			b.Home = &book.Page{Doc: b.doc("\n\n::: fill {title=Home}\nText.\n:::")}
			b.Parts[0].Index = &book.Page{Doc: b.doc("\n::: fill {title=Part}\nText.\n:::")}
		}, []string{
			"page.md:1:1: a place is not filled in: Our number" + fillHint,
			"page.md:2:1: a place is not filled in: Part" + fillHint,
			"page.md:3:1: a place is not filled in: Home" + fillHint,
			"page.md:5:1: a place is not filled in: Your agency must fill this in" + fillHint}},
		{"unfilled", "a note", func(b *testBook) { b.texting.Doc = b.doc("::: note\nText.\n:::") }, nil},
		{"unfilled", "withdrawn", with(func(b *testBook) { b.texting.Doc = b.doc("::: fill\nText.\n:::") }, withdrawn), nil},

		{"left-out", "a section and a block", func(b *testBook) {
			b.LeftOut = []book.LeftOut{{Title: "Schools", Why: "it is for school_based: true", Pos: at("3-law/2-ferpa.md", 2, 8)}}
			b.texting.Doc, _ = markdown.New().Parse(markdown.Input{File: "page.md", ID: "page", Line: 1, Body: []byte("Text.\n\n::: when {sector=public}\nText.\n:::"), Setting: markdown.Setting{
				When: func(key, value string) markdown.Verdict {
					return markdown.Verdict{Hidden: true, Why: "it is for " + key + ": " + value}
				}}})
		}, []string{
			"3-law/2-ferpa.md:2:8: the section is left out: it is for school_based: true" + leftHint,
			"page.md:3:1: a block is left out: it is for sector: public" + leftHint}},
		{"no-sections", "one", func(*testBook) {}, nil},
		{"no-sections", "none", none, []string{`handbook.yaml:1:1: there is no section to publish (begin one with handbook new section "..."; drafts are left out unless --drafts asks for them)`}},
		{"no-sections", "all spoiled, which is told", func(b *testBook) { none(b); b.Spoiled = 1 }, nil},
		{"no-sections", "none by the profile", func(b *testBook) {
			none(b)
			b.LeftOut = []book.LeftOut{{Source: "a.md", Why: "it is for sector: public"}}
		}, []string{`handbook.yaml:1:1: there is no section: the profile leaves out all of them (look at the profile in handbook.yaml)`}},
		{"no-sections", "none in an edition", func(b *testBook) {
			none(b)
			b.Edition = &book.Edition{Audiences: []*book.Audience{{ID: "it", Name: "IT staff"}, {ID: "board", Name: "Board"}}}
		}, []string{`handbook.yaml:1:1: there is no section for IT staff and board (name one of these readers in audience: of each section that they may read)`}},

		{"left-out", "shown", func(b *testBook) { b.texting.Doc = b.doc("::: when {sector=public}\nText.\n:::") }, nil},
	}
}

// TestRunErrors holds that a run for errors alone finds what a whole run calls
// an error, and nothing else.
func TestRunErrors(t *testing.T) {
	b := validBook(t, func(b *testBook) {
		b.texting.Summary, b.texting.Drafted = "", today().AddDays(1)
	})
	got := Run(b, Options{Today: today(), Errors: true})
	if len(got) != 1 || got[0].Rule != "future-date" {
		t.Errorf("got %v, want the day that lies ahead alone", got)
	}
}
