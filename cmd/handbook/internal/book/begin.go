package book

import (
	"bytes"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/record"
)

// What a new page says until its author says something else. The loader tells of
// each of these texts that is still there when the page is published.
const (
	// AskSectionSummary and AskPartSummary ask for a summary.
	AskSectionSummary = "one sentence: what this section settles, and for whom"
	AskPartSummary    = "one sentence: what this part is about"

	askScope   = "Say in a few sentences whom this section is for, and what it settles."
	askRule    = "You must ..."
	askWhy     = "Say what could go wrong, and which law or reference asks for this."
	askWhom    = "Say whom to tell, and how soon."
	askHonesty = "An honest mistake that is told at once must be safe to tell."
	askPart    = "Say in a few sentences what this part is about."
)

// SectionBody returns the text of a new section below its front matter. rule is
// what stands behind ::: rule.
func SectionBody(rule string) string {
	return "\n" + askScope + "\n\n## What you must do\n\n::: rule " + rule + "\n" + askRule + "\n:::\n\n## Why\n\n" + askWhy +
		"\n\n## If something goes wrong\n\n" + askWhom + " " + strings.Replace(askHonesty, " be ", " be\n", 1) + "\n"
}

// PartBody returns the text of the opening of a new part below its front matter.
func PartBody() string { return "\n" + askPart + "\n" }

// asked lists the texts.
func asked() []string {
	return []string{askScope, askRule, "You must…", "You must...", "You must …", askWhy, askWhom, askHonesty, askPart}
}

// unwritten reports what is left of the texts of a new page.
func (p *page) unwritten(file string, front *record.Map, body []byte) {
	hint := "write what the handbook says there, or delete it"
	if p.section != nil {
		hint += "; until then, draft: true keeps the section out of the handbook"
	}
	if p.summary == AskSectionSummary || p.summary == AskPartSummary {
		p.errorf(front.Pos("summary"), "unwritten", hint, "the summary is still what handbook new asks for: %s", diag.Quote(p.summary))
	}
	var left []string
	for _, text := range asked() {
		// A program that breaks lines anew leaves the first words of a text together.
		if bytes.Contains(body, []byte(text[:min(len(text), len("You must ..."))])) {
			left = append(left, text)
		}
	}
	if left == nil {
		return
	}
	for _, paragraph := range p.doc.Paragraphs() {
		for _, text := range left {
			if strings.Contains(paragraph.Text, text) {
				p.errorf(diag.Pos{File: file, Line: paragraph.Line, Col: 1}, "unwritten", hint, "this is still the text that handbook new wrote: %s", diag.Quote(text))
				break
			}
		}
	}
}
