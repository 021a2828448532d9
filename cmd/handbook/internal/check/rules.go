package check

import (
	"cmp"
	"slices"

	"handbook/cmd/handbook/internal/diag"
)

// A Rule is one thing that a handbook is checked for.
type Rule struct {
	Name     string
	Severity diag.Severity // unless handbook.yaml sets another
	Fixed    bool          // handbook.yaml cannot lower it: it would publish what is not true or not safe
	Lenient  bool          // --lenient makes it a warning: the rest of the handbook can still be read
	Handbook bool          // asked only where there is a handbook.yaml
	Doc      string        // one or two sentences, for `handbook check --rules`
}

// Rules returns every rule by name, those that are told while a handbook is
// loaded as well as those of this package.
func Rules() []Rule {
	entries := table()
	rules := make([]Rule, len(entries))
	for i, e := range entries {
		rules[i] = e.Rule
	}
	slices.SortFunc(rules, func(a, b Rule) int { return cmp.Compare(a.Name, b.Name) })
	return rules
}

// An entry is a Rule with the function that finds its problems, or nil for a
// rule that is told while loading.
type entry struct {
	Rule
	find func(*checker)
}

// never is for what cannot be published at all: not by a setting, not by
// --lenient.
func never(name, doc string) entry {
	return entry{Rule{Name: name, Severity: diag.Error, Fixed: true, Doc: doc}, nil}
}

// untrue is for what would make a page say something else than its author
// wrote. --lenient lets it pass in a trial, with a warning; a setting, which
// nobody sees again, does not.
func untrue(name, doc string) entry {
	return entry{Rule{Name: name, Severity: diag.Error, Fixed: true, Lenient: true, Doc: doc}, nil}
}

// fault is for errors that a handbook may decide to live with.
func fault(name, doc string) entry {
	return entry{Rule{Name: name, Severity: diag.Error, Lenient: true, Doc: doc}, nil}
}

// doubt is for warnings.
func doubt(name, doc string) entry {
	return entry{Rule{Name: name, Severity: diag.Warning, Lenient: true, Doc: doc}, nil}
}

// option is for what only some agencies ask for: off until handbook.yaml turns
// it on.
func option(name, doc string) entry {
	return entry{Rule{Name: name, Severity: diag.Off, Lenient: true, Doc: doc}, nil}
}

// by adds the function that finds a rule's problems.
func (e entry) by(find func(*checker)) entry {
	e.find = find
	return e
}

// facts marks a rule that asks for handbook facts, which a folder without a
// handbook.yaml need not have.
func (e entry) facts() entry {
	e.Handbook = true
	return e
}

// table returns every rule by subject.
func table() []entry {
	return slices.Concat(fileRules(), frontMatterRules(), textRules(), slipRules(), linkRules(), settingRules(),
		coverageRules(), sectionRules(), readingRules(), reviewRules(), conductRules(), sourceRules())
}

func fileRules() []entry {
	return []entry{
		never("encoding", "The bytes of a file are not UTF-8."),
		never("utf16", "A file is saved as UTF-16; it must be UTF-8."),
		never("mac-line-ends", "Lines end with a carriage return alone, as on classic Mac systems."),
		never("nul", "A text holds a NUL character."),
		doubt("bidi", "A character that cannot be seen changes the direction of the text, so that a line can read other than it is."),
		doubt("zero-width", "A text holds a character of no width, so that two words that look the same differ."),
		never("too-large", "A file or a front matter is larger than the limit."),
		never("unreadable", "A file cannot be read, because of its permissions or a fault of the disk."),
		never("vanished", "A file was there when the folder was listed and gone when it was read."),
		fault("not-a-file", "A folder has the name of a page."),
		never("symlink", "A symbolic link is not followed: it may lead out of the content folder."),
		doubt("second-ending", "A page, settings or a register were saved with a second ending, as in 9-photos.md.txt, so that they are not read and not published."),
		doubt("skipped-file", "A file or device is left out: the handbook has no use for it, its type is not one that is published, or it is not what its name says."),
		doubt("unlinked-file", "A file that no page links to is not published, because nobody said that it may be."),
		doubt("publish-nothing", "An entry of publish in handbook.yaml names no file."),
		fault("file-too-large", "An image or attachment is larger than the limit."),
		fault("missing-file", "An image or attachment that a page shows or links to does not exist."),
		never("unsafe-svg", "An SVG image holds a script, loads something, or holds what is not known to be harmless."),
		never("bad-path", "The name of a file or folder cannot be used on some system, such as CON or one with a colon, or leads out of the site."),
		never("duplicate-page", "Two files would have the same address, counting capitals and the ways to write an accent as equal."),
		never("duplicate-id", "Two sections, two entries of a register or two of handbook.yaml have the same id."),
		doubt("unclear-name", "The name of a file holds what an earlier version of it left there, such as (FINAL v3), or a number that does not begin with its folder's."),
		doubt("ambiguous-id", "Two files have the same name and no id in their front matter, so the folder's name is put before the id."),
		doubt("duplicate-number", "Two sections or two parts have the same number, so that it cannot be cited.").by(duplicateNumber).facts(),
	}
}

func frontMatterRules() []entry {
	return []entry{
		never("front-matter", "The front matter is not closed, does not begin on line 1, or is not YAML."),
		never("yaml", "The YAML of a front matter, a register or handbook.yaml cannot be read."),
		never("yaml-construct", "YAML uses an alias, anchor, merge key or tag, or holds a second document; a record of facts needs none of them."),
		never("duplicate-key", "A key is used twice in one record."),
		fault("unknown-key", "A key is not known, and is nearly one that is."),
		doubt("foreign-key", "A key belongs to some other tool and is left out."),
		untrue("wrong-type", "A value has the wrong shape, such as one text where a list is wanted."),
		untrue("bad-date", "A date is not written as YYYY-MM-DD, or there is no such day."),
		untrue("bad-period", "A period is not a whole number of days, weeks, months or years."),
		untrue("bad-value", "A value is not one of those that the key allows."),
		untrue("bad-id", "An id is not made of lower-case letters, digits and hyphens."),
		fault("bad-alias", "An old address cannot be used, because it leads out of the site or is taken."),
		fault("no-title", "A page has neither a title in its front matter nor a heading."),
		never("title-too-long", "A title is longer than the limit."),
		fault("unknown-owner", "An owner is not in the list of owners in handbook.yaml."),
		fault("unknown-area", "An area is not in the list of areas in handbook.yaml."),
		untrue("unknown-audience", "An audience is not in the list of audiences in handbook.yaml, so nobody knows who may read the page."),
		untrue("opening-audience", "The home page or the opening of a part says for whom it is; it is for all who read any of what follows, so only blocks in it can be for some."),
		untrue("unknown-law", "A law is applied that is not in registers/laws.yaml, so changes to it go unnoticed."),
		untrue("unknown-reference", "A law or reference is cited that is in no register."),
		untrue("unknown-level", "A rule has a consequence level that is not on the ladder in handbook.yaml."),
		fault("unknown-section", "A section is named that does not exist."),
		fault("date-order", "Two dates contradict each other, such as a review before the section was drafted."),
		untrue("future-date", "Something is recorded as done on a day that is still to come.").by(futureDate),
		never("register", "A register is empty or is not a list, or an entry lacks what it needs."),
		untrue("too-many-names", "A term or a section has more names under also than the limit, or all terms together have. With --lenient those beyond it are left out."),
		untrue("reference-cycle", "References rest on each other, or sections or references supersede each other, in a circle."),
	}
}

func textRules() []entry {
	return []entry{
		never("markdown", "The markdown of a page cannot be parsed or rendered."),
		never("block-too-long", "A run of lines without a blank one is longer than the limit."),
		never("too-deep", "Quotes, lists or YAML nest deeper than the limit."),
		never("too-many-columns", "A table has more columns than the limit."),
		never("too-many-cells", "The tables of a page have more cells than the limit."),
		never("too-many-footnotes", "A page has more footnotes than the limit."),
		never("attributes-too-long", "A line with attributes in braces is longer than the limit."),
		doubt("no-body", "A page has no text below its front matter."),
		untrue("raw-html", "A page holds raw HTML, which is left out; with --lenient this is only a warning."),
		fault("unknown-block", "A block ::: has a name that is not known."),
		untrue("unclosed-block", "A block ::: is not closed, or is closed too early, or a line ::: closes nothing."),
		doubt("empty-when", "A ::: when block holds nothing, so what was meant for it is shown to everybody."),
		doubt("early-end", "A ::: when block ends right after a heading, or goes on below one, so that a part of it may be shown to everybody."),
		doubt("unclosed-code", "Code that begins with back-ticks or tildes is not closed, so that all below it is taken for code. In an edition this is an error."),
		doubt("fence-in-text", "A line looks like one of a ::: block and is taken for text or code, so that what follows is shown to everybody. In an edition this is an error."),
		untrue("bad-attributes", "The attributes of a block or heading are not of the form {#id key=value}, or have a key or a value that is not allowed."),
		fault("bad-block", "A card has no id, no title or no numbered list, or a sign block no list of those who sign."),
		untrue("bad-rule", "A rule has no id or no text, or is inside another rule."),
		never("duplicate-anchor", "Two headings or rules have the same id, so that a link could mean either."),
		untrue("unknown-value", "A value in double braces is not in handbook.yaml, so the sentence would have a hole."),
		never("private-value", "A page of an edition for people outside the staff says how an owner is reached, which is left out."),
		fault("empty-heading", "A heading says nothing."),
		doubt("heading-jump", "A heading is more than one level deeper than the one before it."),
		doubt("duplicate-heading", "Two headings of a page say the same."),
		doubt("missing-image-text", "An image has no text for those who cannot see it."),
	}
}

// slipRules are for what is shown as it was typed, though its author meant
// something by it.
func slipRules() []entry {
	return []entry{
		doubt("unspaced-heading", "A line begins with ## and no space, so that it is shown as text."),
		doubt("bold-heading", "A line of bold words serves as a heading, so that it is in no contents and cannot be linked to."),
		doubt("typed-number", "A heading begins with a number such as 4.1.1, though the handbook numbers headings by itself."),
		doubt("underlined-text", "A paragraph is shown as a heading, because there is a line of dashes right below it."),
		doubt("indented-text", "Text is shown as code, because it is indented by four spaces or a tab."),
		doubt("unread-link", "A link is shown as text, because it holds a space, is not closed or has its brackets the wrong way round; or it has no words."),
		doubt("wiki-link", "A link in double brackets is shown as text."),
		doubt("unread-citation", "The id of a law or reference stands in brackets without @, so that it is shown as text and the source does not count as cited."),
		doubt("unread-footnote", "The mark of a footnote is shown as text, because the footnote has no text."),
		doubt("unread-value", "A value of handbook.yaml stands in single braces, is nearly one, or stands outside of the text, so that it is shown as it was typed."),
		doubt("unread-list", "Lines begin with a sign that makes no list, such as a bullet pasted from Word, or with one and no space."),
		doubt("unread-table", "A table is shown as text, because the line of dashes below its first row is missing or has other columns."),
		doubt("unread-emphasis", "Stars or single tildes around words are shown as they were typed."),
		doubt("image-size", "The width of an image is neither a share of the text's width nor pixels, or is not right after the image."),
		doubt("curly-quotes", "A value has curly quotes around it in front matter or in braces, where straight ones belong."),
		doubt("not-drawn", "A drawing or formula in a language of its own, such as mermaid, is shown as code."),
		doubt("foreign-markup", "A box, shortcode or tag of another program is shown as it was typed."),
	}
}

func linkRules() []entry {
	return []entry{
		fault("broken-link", "A link leads to a page that does not exist."),
		fault("broken-anchor", "A link leads to a heading or rule that its page does not have."),
		fault("link-case", "A link differs from the name of its file in capitals, so that it breaks on some systems."),
		fault("draft-link", "A link leads to a draft, which is not published."),
		fault("edition-link", "A page of an edition names or links to what is not for its readers. The page is made without the link."),
		doubt("edition-gain", "Readers of an edition are shown what the edition that it is compared with (check --against) did not show them."),
		doubt("withdrawn-link", "A link leads to a section that is withdrawn or superseded."),
		untrue("unsafe-link", "A link or image has an address that can run a script, open a program or load from another host; it is left out, and with --lenient this is only a warning."),
	}
}

func settingRules() []entry {
	return []entry{
		untrue("unknown-check", "handbook.yaml sets the severity of a rule that does not exist.").by(unknownCheck),
		untrue("fixed-check", "handbook.yaml lowers the severity of a rule that cannot be lowered.").by(fixedCheck),
		fault("interface-language", "The words of the interface, such as \"Out of date\", are not there in the language of the handbook. Where that is allowed, pages mark them as English.").by(interfaceLanguage),
		fault("accent-contrast", "The agency's accent has less contrast with the page than the 4.5:1 that WCAG 2.2 asks of text.").by(accentContrast),
		doubt("insecure-base-url", "The published address begins with http://, so that a network in between can change what staff read.").by(insecureBaseURL),
		fault("keep-pattern", "An entry of keep is no name or pattern within the output folder, keeps everything, or names a file that the handbook makes itself.").by(keepPattern),
		doubt("placeholder-value", "A value in handbook.yaml, such as 000-000-0000, TBD or an address at example.org, stands for one that is not known yet, and the pages show it as if it were true.").by(placeholderValue),
		doubt("owner-without-contact", "An owner has neither an e-mail address nor a phone number, so readers cannot ask or report.").by(ownerWithoutContact),
		option("unused-owner", "An owner in handbook.yaml owns no section.").by(unusedOwner),
	}
}

func coverageRules() []entry {
	return []entry{
		doubt("uncovered-area", "No section in force or to come covers an area that handbook.yaml marks as required.").by(uncoveredArea).facts(),
		doubt("uncovered-population", "An area that needs a section for each population, such as digital boundaries, has none for one of them. A section counts for the audiences that it names.").by(uncoveredPopulation).facts(),
	}
}

func sectionRules() []entry {
	return []entry{
		doubt("missing-owner", "A section has no owner.").by(missingOwner).facts(),
		doubt("missing-areas", "A section names no area, although handbook.yaml lists areas.").by(missingAreas).facts(),
		doubt("missing-audience", "A section does not say whom it is for, although handbook.yaml lists audiences.").by(missingAudience).facts(),
		doubt("missing-dates", "A section does not say when it was drafted.").by(missingDates).facts(),
		doubt("missing-summary", "A section has no summary for lists and search.").by(missingSummary).facts(),
		option("missing-laws", "A section applies no law.").by(missingLaws).facts(),
		doubt("long-summary", "A summary is longer than 200 characters.").by(longSummary).facts(),
		doubt("duplicate-title", "Two sections have the same title.").by(duplicateTitle).facts(),
		doubt("version-without-change", "A section has a version above 1 and does not say what changed.").by(versionWithoutChange),
		doubt("superseded-without-withdrawn", "A section is superseded but has no day on which it stops being in force.").by(supersededWithoutWithdrawn),
		doubt("successor-withdrawn", "A section is superseded by one that is itself withdrawn.").by(successorWithdrawn),
		option("not-approved", "A section in force has no record of its approval.").by(notApproved).facts(),
		option("self-approved", "A section was approved by its own owner; somebody else should.").by(selfApproved).facts(),
		option("long-review-period", "A section is reviewed less than once a year.").by(longReviewPeriod).facts(),
	}
}

func readingRules() []entry {
	return []entry{
		doubt("unfilled", "A place that only the agency can fill in is still marked ::: fill, or a value in handbook.yaml is marked as open with {fill: ...}.").by(unfilled),
		doubt("unwritten", "A page still says what handbook new wrote for its author to replace."),
		doubt("left-out", "A section or a block is left out, because the profile in handbook.yaml says that it does not concern the agency.").by(leftOut),
		fault("no-sections", "There is no section to publish.").by(noSections),
		doubt("long-sentence", "A sentence of an English handbook has more than 30 words.").by(longSentence).facts(),
		doubt("reading-age", "The text of a section in English is of a Flesch-Kincaid grade above 9 (Kincaid and others, 1975), so that readers of 14 cannot be expected to follow it.").by(readingAge).facts(),
	}
}

func reviewRules() []entry {
	return []entry{
		doubt("bulk-review", "One person recorded a review of ten or more sections on one day. Nobody reads that much with care.").by(bulkReview),
		doubt("review-order", "The reviews of a section are not in order, oldest first.").by(reviewOrder),
		doubt("review-without-outcome", "A review does not say what came of it.").by(reviewWithoutOutcome),
		doubt("approval-order", "The approvals of a section are not in order, oldest first.").by(approvalOrder),
		doubt("approval-without-text", "The approval of a section does not hold the text that was approved, so a later change would go unnoticed.").by(approvalWithoutText),
		doubt("signed-text-changed", "The title, the summary or the text is not the one that was reviewed, approved or signed off by counsel.").by(signedTextChanged),
		doubt("version-not-approved", "Another version than this one is approved, or no record says which.").by(versionNotApproved),
		doubt("body-only-record", "The record of a sign-off was made before such records covered title and summary: it holds a hash of the body alone.").by(bodyOnly),
		doubt("review-without-hash", "The last review or counsel's sign-off does not record which text was read, so a later change would go unnoticed.").by(reviewWithoutHash),
	}
}

func conductRules() []entry {
	return []entry{
		doubt("rule-without-level", "A rule has no consequence level, so nobody knows what follows from breaking it.").by(ruleWithoutLevel).facts(),
		never("duplicate-rule-id", "Two rules of the handbook have the same id.").by(duplicateRuleID),
		doubt("moved-rule", "A rule has an id that begins with the id of another section. Either it was moved, and that section must link to it, or an id is used again.").by(movedRule),
		option("rule-id-prefix", "The id of a rule does not begin with the id of its section.").by(ruleIDPrefix),
		option("rule-without-source", "A rule rests on no law and no reference.").by(ruleWithoutSource).facts(),
	}
}

func sourceRules() []entry {
	return []entry{
		doubt("unused-law", "A law in the register is applied by no section and no rule.").by(unusedLaw),
		doubt("unused-reference", "A reference in the register is cited nowhere, and no other rests on it, was superseded by it or superseded it.").by(unusedReference),
		option("unused-term", "A term in the register is used on no page.").by(unusedTerm),
		doubt("duplicate-term", "Two entries of the register of terms define the same word.").by(duplicateTerm),
		doubt("law-not-in-force", "A section applies a law that was rescinded or superseded.").by(lawNotInForce),
		doubt("law-uncertain", "A section applies a law that is uncertain, and the register has no caution that says why.").by(lawUncertain),
		doubt("law-other-jurisdiction", "Sections apply a law of a place that is not among the jurisdictions of the profile in handbook.yaml. It is reported once, where the law is in the register.").by(lawOtherJurisdiction).facts(),
		doubt("superseded-reference", "A section cites a reference that was superseded or withdrawn, with no newer one beside it.").by(supersededReference),
		doubt("undated-supersession", "A superseded or withdrawn reference in use has no day on which that happened, so sections that rest on it do not turn stale.").by(undatedSupersession),
		doubt("unverified-source", "A law or reference in use was never verified, or longer ago than verify_every allows.").by(unverifiedSource),
		doubt("unconfirmed-source", "A law or reference in use has confidence C: nobody has checked it.").by(unconfirmedSource),
		doubt("unfindable-source", "A law in use has neither an address nor a citation, or a reference neither an address nor a publisher.").by(unfindableSource),
	}
}
