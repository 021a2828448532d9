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
