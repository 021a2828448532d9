package lang

// english returns the words of English. It is the copy that other languages are
// made from, so it says beside a message what its translator cannot see.
func english() Words {
	return Words{
		Tag:         "en",
		Months:      [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		Date:        "{day} {month} {year}",
		FirstDay:    "1",
		Month:       "{month} {year}",
		And:         " and ",
		Thousands:   ",",
		GroupDigits: 1,
		Messages: map[string]string{

			// How a section stands, in a word or two: in lists, menus and facts.
			"status-current":    "In date",
			"status-unapproved": "Not yet approved",
			"status-due":        "Action due",
			"status-stale":      "Out of date",
			"status-future":     "Not yet in force",
			"status-withdrawn":  "Withdrawn",

			// The same as the first line of the box at the head of a section, above
			// the reasons.
			"banner-current":        "In date. Still open:",
			"banner-unapproved":     "Not yet approved. Still open:",
			"banner-due":            "Action due:",
			"banner-due-unapproved": "Not yet approved. Action due:",
			"banner-stale":          "Out of date. Check with the owner before you rely on this section.",
			"banner-future":         "Not yet in force.",
			"banner-withdrawn":      "Withdrawn. This section no longer applies.",

			// Why a section can no longer be trusted, as sentences that are true on
			// whatever day they are read.
			"reason-withdrawn":                  "Withdrawn on {day}.",
			"reason-withdrawn-superseded":       "Withdrawn on {day}. Use {other} instead.",
			"reason-not-yet-effective":          "This section takes effect on {day}.",
			"reason-not-yet-effective-proposed": "This section is to take effect on {day}.",
			"reason-undated":                    "No day is recorded on which this section was drafted, approved or reviewed.",
			"reason-overdue":                    "Review was due by {due}.",
			"reason-overdue-outside":            "A check of this section was due by {due}.",
			"reason-due-soon":                   "Review is due by {due}.",
			"reason-unfilled":                   "{n, plural, one {A place that only the agency can fill in is still open.} other {{n} places that only the agency can fill in are still open.}}",
			"reason-counsel-missing":            "No sign-off by counsel is recorded.",
			"reason-counsel-overdue":            "Counsel signed off on {day}. The next sign-off was due by {due}.",

			// A law that was or will be amended. {name} may be unnamed-law, and {event}
			// is one of after-.
			"reason-law-amended":            "{name} changed on {day}, after {event}.",
			"reason-law-amended-undated":    "A change to {name} had to be followed by {due}, after {event}.",
			"reason-law-amended-published":  "A change to {name} was published on {day}, after {event}.",
			"reason-law-amended-late":       "A change to {name}, in effect since {day}, was published on {due}, after {event}.",
			"reason-law-amended-followed":   "The change to {name} of {day} had to be followed by {due}, after {event}.",
			"reason-law-amended-rescinded":  "{name} is no longer in force: it is listed as rescinded.",
			"reason-law-amended-superseded": "{name} is no longer in force: it is listed as superseded.",
			"reason-law-coming":             "{name} changes on {day}.",
			"reason-law-coming-allowed":     "{name} changes on {day}. The change must be followed by {due}.",
			"reason-law-coming-undated":     "A change to {name} must be followed by {due}.",
			"reason-law-coming-changed":     "The change to {name} of {day} must be followed by {due}.",
			"after-reviewed":                "the last review on {day}",
			"after-approved":                "this section was approved on {day}",
			"after-drafted":                 "this section was drafted on {day}",
			"unnamed-law":                   "a law that this section rests on",
			"unnamed-reference":             "a reference that this section rests on",

			// A reference, such as a code of ethics, of which there is a newer one.
			// {fate} is one of fate-.
			"reason-reference-superseded":         "{name} {fate}, after {event}.",
			"reason-reference-superseded-undated": "{name} {fate}, on a day that is not recorded: before or after {event}.",
			"fate-superseded":                     "was superseded",
			"fate-superseded-on":                  "was superseded on {day}",
			"fate-superseded-by":                  "was superseded by {other}",
			"fate-superseded-by-on":               "was superseded by {other} on {day}",
			"fate-withdrawn":                      "was withdrawn",
			"fate-withdrawn-on":                   "was withdrawn on {day}",
			"fate-replaced":                       "was withdrawn and replaced by {other}",
			"fate-replaced-on":                    "was withdrawn and replaced by {other} on {day}",

			// The text is not the one that was signed. {parts} are some of part-, in a
			// row; {signed} is one of signed-, which begin with the space or comma that
			// stands before them.
			"reason-text-changed":                 "{n, plural, one {{parts} has} other {{parts} have}} changed since the review on {day}.",
			"reason-text-changed-outside":         "The text has changed since it was signed off on {day}.",
			"reason-approval-text-changed":        "{n, plural, one {{parts} has} other {{parts} have}} changed since the approval{signed}.",
			"reason-counsel-text-changed":         "{n, plural, one {{parts} has} other {{parts} have}} changed since counsel signed off on {day}.",
			"reason-version-not-approved":         "Version {version} is not approved. Version {approved} was approved{signed}.",
			"reason-version-not-approved-unknown": "No record says that version {version} is approved. What was approved{signed} may be another one.",
			"part-title":                          "the title",
			"part-summary":                        "the summary",
			"part-text":                           "the text",
			"signed-on":                           " on {day}",
			"signed-by-on":                        " by {by} on {day}",
			"signed-undated":                      ", on a day that is not recorded",
			"signed-by-undated":                   " by {by}, on a day that is not recorded",

			// Sources (laws and references) that nobody has checked in time. {names}
			// has several names with semicolons between.
			"reason-source-unverified":               "{n, plural, one {{names} was last checked against its source} other {{names} were last checked against their sources}} on {day}. The next check was due by {due}.",
			"reason-source-unverified-all":           "All {n} laws and references that this section rests on were last checked against their sources on {day}. The next check was due by {due}.",
			"reason-source-unverified-dates":         "To be checked against their sources again by {due}: {names}.",
			"reason-source-unverified-next":          "By {due}: {names}.",
			"reason-source-unverified-never":         "No check of {names} against {n, plural, one {its source} other {their sources}} is recorded.",
			"reason-source-unverified-never-all":     "No check of all {n} laws and references that this section rests on against their sources is recorded.",
			"reason-source-unverified-unnamed":       "A source that this section rests on was last checked on {day}. The next check was due by {due}.",
			"reason-source-unverified-unnamed-never": "No check of a source that this section rests on is recorded.",

			// Calm remarks beside the sources of a section.
			"note-in-force-part-vacated":   "A court has set aside part of {law}.",
			"note-proposed-change-pending": "A change has been proposed to {law}.",
			"note-uncertain":               "It is not certain how far this holds: {law}.",
			"note-fate":                    "{name} {fate}.",
			"note-rests":                   "{name} rests on {base}, which {fate}.",

			// How to cite what an address leads to: the last part of "Handbook, 2.3
			// Texting, clause 4, version 2".
			"cite-rule":    "rule {id}",
			"cite-clause":  "clause {number}",
			"cite-heading": "“{heading}”",
			"cite-as":      "Cite as:",
			"cite-copy":    "Copy citation",
			"copied":       "Copied",
			"not-copied":   "Not copied: please select the text and copy it",

			// On paper.
			"printed-on": "Printed on {day}",

			// The frame of every page.
			"skip-to-text":       "Skip to the text",
			"menu-close":         "Close the menu",
			"theme-title":        "Colors",
			"theme-auto":         "Auto",
			"theme-light":        "Light",
			"theme-dark":         "Dark",
			"feed-link":          "Changes",
			"wrong-link":         "Something wrong?",
			"menu-button":        "Menu",
			"foot-questions":     "Questions:",
			"foot-made":          "Made on {day}. Dates on this page are checked again each time you open it.",
			"uncontrolled":       "Uncontrolled when printed.",
			"search-label":       "Search",
			"search-go":          "Go",
			"foot-made-with":     "Made on {day} with handbook {version}. Dates on this page are checked again each time you open it.",
			"check-the-handbook": "Check the handbook itself for the text in force.",
			"contents":           "Contents",

			// Words of several pages.
			"ladder":        "Levels of consequence",
			"column-level":  "Level",
			"column-means":  "What it is",
			"column-range":  "What may follow",
			"column-beyond": "Beyond the agency",
			"column-rules":  "Rules",
			"where-to-read": "Where to read it",
			"part-number":   "Part {number}",
			"redirect":      "This section has moved. Its page is now {link}.",

			// An address at which there is no page.
			"not-found-lead":      "There is no page at this address. It may have been moved or withdrawn.",
			"not-found-typing":    "Check the address for a typing error.",
			"not-found-start":     `Start at <a href="{root}index.html">the first page</a>.`,
			"not-found-tell":      "If a link brought you here, please tell {email}.",
			"not-found-folder":    "If the links on this page do not work either, cut the address in your browser back to the name of the handbook’s own folder.",
			"not-found-start-a-z": `Start at <a href="{root}index.html">the first page</a>, or find the page by its name in the <a href="{root}a-z.html">A to Z</a>.`,

			// The A to Z.
			"about-a-z":   "Sections, laws, references and terms by name.",
			"a-z-letters": "Letters",
			"a-z-empty":   "There is nothing to list yet.",

			// The page of coverage: which subjects the handbook covers, and for whom.
			"about-coverage":    "Which sections cover which subject, and for whom.",
			"coverage-missing":  "What is missing",
			"coverage-complete": "Nothing that this handbook sets out to cover is missing.",
			"coverage-grid":     "The picture",
			"coverage-squares":  "Each square is one subject, for everyone or for one group of readers, with the number of its sections.",
			"coverage-crossed":  "A crossed square is missing.",
			"coverage-same":     "The table below says the same in words.",
			"coverage-table":    "The table",
			"coverage-subject":  "Subject",
			"coverage-all":      "All sections",
			"coverage-required": "required",
			"coverage-gap":      "missing",

			// The page of health: what can be relied on.
			"about-health":         "What in this handbook can be relied on, what cannot, and who looks after it.",
			"health-counts":        "Today",
			"health-today":         "On {day}, the sections of this handbook are:",
			"health-timeline":      "Reviews due in the next 24 months",
			"health-table":         "The table below names every section.",
			"health-months":        "Reviews due, by month",
			"health-when":          "When",
			"column-reviews":       "Reviews",
			"column-sections":      "Sections",
			"column-section":       "Section",
			"column-status":        "Status",
			"health-why":           "Why",
			"health-due":           "Review due by",
			"health-unfilled":      "To be filled in",
			"health-unfilled-lead": "These places are the agency’s own to fill in, and nobody has done so yet.",
			"health-values":        "Values to be filled in",
			"health-values-lead":   "Each of these is written once, in handbook.yaml, and then stands on every page that uses it.",
			"health-left-out":      "Left out",
			"health-left-out-lead": "The profile of the agency says that these do not concern it.",
			"health-programs":      "For other programs",
			"health-data":          `The same facts as data: <a href="{root}handbook.json">handbook.json</a>, <a href="{root}health.csv">health.csv</a> for a spreadsheet, <a href="{root}reviews.ics">reviews.ics</a> for a calendar.`,

			// The home page.
			"home-edition":  "Edition for {audiences}.",
			"home-standing": "How this handbook stands",
			"home-today":    "On {day}, its sections are:",
			"home-health":   "See what is due, and who looks after it",
			"home-empty":    "This handbook has no sections yet.",
			"home-look-up":  "Look something up",

			// The register of laws, and the page of a law.
			"law-governs":     "What it governs",
			"law-changes":     "Changes to this law",
			"law-published":   "Published",
			"law-effective":   "In effect from",
			"law-comply":      "Must be followed by",
			"law-note":        "What changed",
			"not-recorded":    "Not recorded",
			"source":          "Source",
			"law-unused":      "No section of this handbook applies this law.",
			"about-laws":      "Every law that this handbook applies, with its level and the day it was last checked.",
			"column-law":      "Law",
			"column-where":    "Where it holds",
			"column-standing": "Standing",
			"column-checked":  "Last checked",
			"never":           "Never",

			// The whole handbook on paper, and the action cards.
			"print-edition":        "Edition for {audiences}",
			"print-whole-as-of":    "The whole handbook as it stood on {day}: {count}.",
			"print-address":        "The text in force is at {address}.",
			"page-print":           "Print the whole handbook",
			"print-edition-as-of":  "This edition as it stood on {day}: {count}.",
			"wrong-danger":         "If somebody is in danger, call <strong>{number}</strong> first.",
			"wrong-cards":          "Cards",
			"wrong-from":           "From {link}, {version}.",
			"wrong-line":           "Incident line: {number}",
			"wrong-print":          "Print the cards",
			"wrong-danger-unknown": "If somebody is in danger, call the emergency number first.",
			"wrong-then":           "Then call the incident line: <strong>{number}</strong>",

			// The register of references, and the page of a reference.
			"reference-unused": "No section of this handbook cites this reference.",
			"about-references": "The codes, manuals and articles that this handbook rests on.",
			"page-references":  "References",
			"column-reference": "Reference",
			"column-year":      "Year",

			// The page of rules and consequences.
			"about-rules":  "What happens when a rule is not followed, and every rule of this handbook by its level.",
			"rules-ladder": "The levels",
			"rules-empty":  "No section of this handbook holds a rule yet.",
			"rules-index":  "Every rule by its name",

			// The page of the search.
			"search-noscript": `Search needs JavaScript. Without it you find everything by its name in the <a href="{root}a-z.html">A to Z</a>.`,
			"search-filters":  "Filters",
			"search-more":     "More results",
			"search-hint":     `Put words in quotes to find them together: “first hour”. What you search for stays in this browser. There is also an <a href="{root}a-z.html">A to Z</a>.`,

			// The page of terms.
			"about-terms":  "What the words in this handbook mean.",
			"terms-also":   "also: {names}",
			"terms-source": "Source:",

			// The name of a handbook that has none.
			"handbook": "Handbook",

			// The feed of changes. {by} is feed-by or nothing.
			"feed-title":                      "{title}: changes",
			"feed-by":                         " by {by}",
			"feed-word-drafted":               "drafted",
			"feed-word-approved":              "approved",
			"feed-word-in-force":              "in force",
			"feed-word-proposed":              "proposed",
			"feed-word-reviewed":              "reviewed",
			"feed-word-withdrawn":             "withdrawn",
			"feed-drafted":                    "Drafted on {day}.",
			"feed-approved-day":               "Approved on {day}{by}.",
			"feed-approved-changed":           "Approved on {day}{by}. What stands there now is not what was approved.",
			"feed-approved-effective":         "Approved on {day}{by}, with effect from {effective}.",
			"feed-approved-version-day":       "Version {version} approved on {day}{by}.",
			"feed-approved-version-changed":   "Version {version} approved on {day}{by}. What stands there now is not what was approved.",
			"feed-approved-version-effective": "Version {version} approved on {day}{by}, with effect from {effective}.",
			"feed-in-force":                   "In force from {day}.",
			"feed-version":                    "Version {version}: {change}",
			"feed-proposed":                   "Version {version} is proposed. It is not approved.",
			"feed-proposed-effective":         "Version {version} is proposed, with effect from {effective}. It is not approved.",
			"feed-reviewed":                   "Reviewed on {day}{by}.",
			"feed-reviewed-no-change":         "Reviewed on {day}{by}: no change.",
			"feed-reviewed-editorial":         "Reviewed on {day}{by}: wording only, the meaning is the same.",
			"feed-reviewed-substantive":       "Reviewed on {day}{by}: the meaning changed.",

			// Calendars: their names, and their events with a title and lines of text.
			"calendar-reviews":      "{title}: reviews",
			"calendar-reviews-by":   "{title}: reviews by {owner}",
			"calendar-due":          "{title}: due",
			"event-review":          "Review: {section}",
			"event-review-due":      "Review is due by {due}.",
			"event-review-last":     "Last review: {day}.",
			"event-review-undated":  "Review has no recorded day: it is due at once.",
			"event-counsel":         "Sign-off by counsel: {section}",
			"event-counsel-due":     "Sign-off by counsel is due by {due}.",
			"event-counsel-last":    "Last sign-off: {day}.",
			"event-counsel-undated": "Sign-off by counsel has no recorded day: it is due at once.",
			"event-owner":           "Owner: {owner}.",
		},
	}
}
