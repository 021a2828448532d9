package check

import (
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/readability"
)

const (
	// maxSentence is how many words a sentence may have. Few readers hold more
	// at once, and those of a policy may be reading it in a bad hour.
	maxSentence = 30

	// maxGrade is the highest Flesch-Kincaid grade: that of a reader of about 14.
	maxGrade = 9.0

	// fewWords is how many words a text must have for its grade to mean anything.
	fewWords = 100
)

// english reports whether the handbook is in English, the only language that the
// formula is made for.
func (c *checker) english() bool {
	language, _, _ := strings.Cut(strings.ToLower(c.config.Language), "-")
	return language == "en"
}

func longSentence(c *checker) {
	if !c.english() {
		return
	}
	c.eachLive(func(s *book.Section) {
		if s.Doc == nil {
			return
		}
		for _, p := range s.Doc.Paragraphs() {
			for _, sentence := range readability.Sentences(p.Text) {
				if words := readability.Words(sentence); len(words) > maxSentence {
					c.add(diag.Pos{File: c.source(s), Line: p.Line, Col: 1}, "make two sentences of it, or a list",
						"a sentence has %d words; %d are enough: %s ...", len(words), maxSentence, opening(sentence))
				}
			}
		}
	})
}

// opening returns the first words of a sentence.
func opening(sentence string) string {
	words := strings.Fields(sentence)
	return diag.Clean(strings.Join(words[:min(6, len(words))], " "))
}

func readingAge(c *checker) {
	if !c.english() {
		return
	}
	c.eachLive(func(s *book.Section) {
		if s.Doc == nil {
			return
		}
		var n readability.Count
		for _, p := range s.Doc.Paragraphs() {
			n.Add(p.Text)
		}
		if grade := n.Grade(); n.Words >= fewWords && grade > maxGrade {
			c.add(s.Pos, "use shorter sentences and shorter words",
				"the text is of reading grade %.1f; %.0f is enough, which is read at about the age of 14", grade, maxGrade)
		}
	})
}

func leftOut(c *checker) {
	for _, s := range c.book.LeftOut {
		c.add(s.Pos, "if that is right, there is nothing to do", "the section is left out: %s", s.Why)
	}
	c.eachPage(func(_ string, doc *markdown.Doc) {
		for _, block := range doc.LeftOut {
			c.add(block.Pos, "if that is right, there is nothing to do", "a block is left out: %s", block.Why)
		}
	})
}
