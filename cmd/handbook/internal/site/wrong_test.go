package site

import (
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"
)

// agency is a handbook with cards, forms, places to fill in and a profile.
func agency(t *testing.T) *book.Book {
	return load(t, folder(map[string]string{
		"handbook.yaml":        "title: Handbook\nagency: {incident_line: 000-111, emergency: 000-999}\nprofile: {sector: private, school_based: false}",
		"index.md":             "Welcome.\n\n::: fill {title=\"Our <name>\"}\nName.\n:::",
		"registers/terms.yaml": "- {id: phi, term: PHI, definition: Health facts.}",
		"1-part/index.md":      "---\ntitle: First\n---\n::: fill\nPart.\n:::",
		"1-part/1-lost.md":     "---\ntitle: Lost phone\nversion: 2\nchange: Shorter.\n---\n::: steps {#card-lost title=\"Lost & found\" card=yes}\n1. Call [the roles](../2-who/1-roles.md#who).\n2. Say what PHI was [on it](#what-next).\n:::\n\n## What next\n\nWait.\n\n::: when {sector=public}\nGone.\n:::",
		"1-part/2-schools.md":  "---\ntitle: Schools\nwhen: {school_based: true}\n---\nText.",
		"2-who/1-roles.md":     "# Roles\n\n## Who {#who}\n\nUs.\n\n::: steps {#card-roles title=Call card=yes}\n1. Call.\n:::\n\n::: steps {#card-more title=More card=2}\n1. More.\n:::\n\n::: steps\n1. No card.\n:::",
		"2-who/2-form.md":      "---\ntitle: Paper\nform: lost\n---\nRead.\n\n| Name | Yours |\n|---|---|\n| | |\n\n::: sign\n- Client\n- Worker\n:::",
		"2-who/3-withdrawn.md": "---\ntitle: Old\nwithdrawn: 2026-01-01\n---\n::: fill\nOver.\n:::",
	}), book.Options{})
}

func TestCards(t *testing.T) {
	tree := build(t, agency(t), Options{})
	checkTree(t, tree)
	page := text(t, tree, book.WrongPath)
	has(t, page, "call <strong>000-999</strong> first", "incident line: <strong>000-111</strong>",
		`<a href="#lost--card-lost">Lost &amp; found</a>`, `<section class="group card" id="lost--card-lost">`,
		`<a href="who/roles.html#roles--who">`, `<a href="part/lost.html#lost--what-next">`, "Health facts.",
		`From <a href="part/lost.html">1.1 Lost phone</a>, version 2. Incident line: 000-111`, `id="roles--card-roles"`)
	if strings.Contains(page, "No card") || !inOrder(page, `id="roles--card-more"`, `id="lost--card-lost"`, `id="roles--card-roles"`) {
		t.Error("the cards are not those of the book, those with a place first")
	}
	// Every page leads there, in its frame and first of what is looked up.
	for _, name := range tree.Paths() {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		root := strings.Repeat("../", strings.Count(name, "/"))
		has(t, text(t, tree, name), `<a class="wrong-link" href="`+root+book.WrongPath+`">`,
			`<ul aria-labelledby="_menu-look-up">`+"\n"+`<li><a href="`+root+book.WrongPath)
	}
}

// inOrder reports whether texts follow each other in a page.
func inOrder(page string, texts ...string) bool {
	for _, x := range texts {
		_, after, found := strings.Cut(page, x)
		if !found {
			return false
		}
		page = after
	}
	return true
}

func TestNoCards(t *testing.T) {
	tree := build(t, load(t, folder(map[string]string{"a.md": "# A\n\n::: steps {#card-a title=A}\n1. Call.\n:::"}), book.Options{}), Options{})
	if tree.Has(book.WrongPath) || strings.Contains(text(t, tree, "a.html"), "when-something") {
		t.Error("there is a page of cards without a card")
	}
}

func TestForms(t *testing.T) {
	b := agency(t)
	tree := build(t, b, Options{})
	line := "Form for 1.1 Lost phone, version 2, text " + b.Section("lost").TextHash
	has(t, text(t, tree, "who/form.html"), ` data-form="`+line+`"`, `<p class="quiet">`+line+`</p>`, `class="document railed form"`,
		`<p class="sign-lines"><span>Name</span> <span>Signature</span> <span>Date</span></p>`)
	has(t, text(t, tree, "print.html"), `<p class="quiet">`+line+`</p>`)
	has(t, text(t, tree, printPagesPath), `{@bottom-left{content:"`+line+`"}}`)
	lost := b.Section("lost")
	lost.Approvals = []book.Approval{{SignOff: book.SignOff{By: "Board"}, Version: 1}}
	has(t, text(t, build(t, b, Options{}), "who/form.html"), "Form for 1.1 Lost phone, version 2, proposed, text "+lost.TextHash)
	if other := text(t, tree, "part/lost.html"); strings.Contains(other, "Form for") || strings.Contains(other, " form\"") {
		t.Error("a page that is no form says that it is one")
	}
}

func TestGaps(t *testing.T) {
	tree := build(t, agency(t), Options{})
	page := text(t, tree, "health.html")
	has(t, page, `<a href="index.html">Handbook</a> <span class="quiet">Our &lt;name&gt;</span>`,
		`<a href="part/index.html">First</a> <span class="quiet">Your agency must fill this in</span>`,
		"<li>Schools: it is for school_based: true, and the profile says school_based: false.</li>",
		"<li>A part of 1.1 Lost phone: it is for sector: public, and the profile says sector: private.</li>")
	if strings.Contains(page, `Old</a> <span class="quiet">`) {
		t.Error("a withdrawn section is still to be filled in")
	}
	calm := text(t, build(t, load(t, folder(map[string]string{"a.md": "# A\n\nText."}), book.Options{}), Options{}), "health.html")
	if strings.Contains(calm, "To be filled in") || strings.Contains(calm, "Left out") {
		t.Error("a handbook without gaps lists some")
	}
}
