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
		},
	}
}
