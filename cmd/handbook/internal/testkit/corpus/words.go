package corpus

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

func topics() []string {
	return []string{"texting", "email", "passwords", "photos", "consent", "recording", "groups", "families", "teenagers", "home-visits", "records",
		"travel", "volunteers", "supervision", "telehealth", "calendars", "printing", "devices", "networks", "meetings", "posts", "comments", "friends"}
}

func owners() []string {
	return []string{"clinical-director", "privacy-lead", "it-lead", "hr-lead", "communications-lead", "executive-director", "quality-lead", "school-lead"}
}

func areas() []string {
	return []string{"phones", "home", "office", "health-law", "school-law", "conduct", "clients", "recordings", "consents", "populations", "strategy", "incidents"}
}

func audiences() []string {
	return []string{"staff", "supervisors", "volunteers", "adults", "teens", "parents", "groups", "board"}
}

func lawIDs() []string { return numbered("us-law-%d", laws) }

func referenceIDs() []string { return numbered("reference-%d", references) }

func numbered(form string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf(form, i+1)
	}
	return out
}

func lawRegister() string {
	var b strings.Builder
	for i, id := range lawIDs() {
		r := random(3, i)
		fmt.Fprintf(&b, "- id: %s\n  short: Privacy Act %d\n  title: An act about %s and %s, number %d\n  citation: %d U.S.C. %d\n", id, i+1, pick(r, topics()), pick(r, topics()), i+1, 10+i, 100+r.IntN(9000))
		fmt.Fprintf(&b, "  kind: statute\n  level: %s\n  jurisdiction: %s\n  governs: %s\n  areas: [%s]\n  url: https://law.example.org/act/%d\n  status: in-force\n",
			pick(r, []string{"federal", "state"}), pick(r, []string{"US", "US-MD"}), sentence(r), some(r, areas(), 2), i+1)
		b.WriteString("  amended:\n")
		for k := range 1 + r.IntN(3) {
			fmt.Fprintf(&b, "    - {published: %d-%02d-01, effective: %d-%02d-15, comply_by: %d-06-01, note: %s, source: https://law.example.org/note/%d}\n",
				2015+2*k, 1+r.IntN(6), 2015+2*k, 7+r.IntN(6), 2016+2*k, sentence(r), k)
		}
		if i == 0 {
			fmt.Fprintf(&b, "    - {published: 2026-03-01, effective: 2026-07-01, comply_by: 2027-01-01, note: %s, source: https://law.example.org/new}\n", sentence(r))
		}
		fmt.Fprintf(&b, "  confidence: A\n  verified_on: 2026-0%d-01\n  sources: [https://law.example.org/act/%d, https://law.example.org/old/%d]\n\n", 1+r.IntN(9), i+1, i+1)
	}
	return b.String()
}

func referenceRegister() string {
	var b strings.Builder
	for i, id := range referenceIDs() {
		r := random(4, i)
		fmt.Fprintf(&b, "- id: %s\n  title: Guide %d to %s and %s\n  publisher: Association of %s\n  year: %d\n  url: https://guide.example.org/%d\n  about: %s\n  confidence: A\n  verified_on: 2026-0%d-10\n",
			id, i+1, pick(r, topics()), pick(r, topics()), pick(r, topics()), 2010+i%12, i+1, sentence(r), 1+r.IntN(9))
		switch {
		case i%10 == 3:
			fmt.Fprintf(&b, "  status: superseded\n  superseded_by: reference-%d\n  superseded_on: 2020-05-01\n", i+2)
		case i%4 == 1 && i > 4:
			fmt.Fprintf(&b, "  status: current\n  rests_on: [reference-%d]\n", i-3)
		default:
			b.WriteString("  status: current\n")
		}
	}
	return b.String()
}

func termRegister() string {
	var b strings.Builder
	words := []string{"PHI", "record", "release of information", "covered entity", "business associate", "guardian", "dual role", "boundary", "minimum necessary", "need to know",
		"incident", "near miss", "encryption", "two-step sign-in", "metadata", "geotag", "MDM", "BYOD", "VPN", "BAA", "assent", "duty to warn", "mandated reporter", "de-identified",
		"retention", "legal hold", "audit trail", "phishing", "spoofing", "cloud"}
	for i, w := range words[:terms] {
		fmt.Fprintf(&b, "- id: term-%d\n  term: %s\n  also: [%s]\n  definition: %s\n", i+1, w, w+"s", sentence(random(5, i)))
	}
	return b.String()
}

// sentence makes up one sentence of about 70 characters.
func sentence(r *rand.Rand) string {
	who := pick(r, []string{"Staff", "You", "Supervisors", "A clinician", "The agency", "Volunteers", "A client", "Every program", "The privacy lead", "Whoever is on call"})
	must := pick(r, []string{"must", "may", "can", "should", "must not", "need not", "may only", "will", "must always", "cannot"})
	do := pick(r, []string{"keep", "share", "copy", "read", "send", "store", "delete", "open", "lock", "sign", "check", "print", "forward", "report"})
	what := pick(r, []string{"a message", "the record", "a photo", "personal information", "the signed form", "PHI", "a list of names", "the device", "any recording",
		"a release of information", "the calendar", "an address", "the session notes", "a copy", "the backup"})
	how := pick(r, []string{"before the end of the day", "without asking first", "when the client agrees in writing", "on a private phone", "in the agency's own system",
		"after an incident", "with the door closed", "unless the law asks for it", "for as long as the work needs it", "where others can see it", "once a year",
		"through a covered entity", "at home or in the car", "outside working hours"})
	return who + " " + must + " " + do + " " + what + " " + how + "."
}

// paragraph makes up n sentences with some markup in them.
func paragraph(r *rand.Rand, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		s := sentence(r)
		switch r.IntN(12) {
		case 0:
			s = "**" + strings.TrimSuffix(s, ".") + "**."
		case 1:
			s = strings.TrimSuffix(s, ".") + " (see the form *" + pick(r, topics()) + "*)."
		case 2:
			s = strings.TrimSuffix(s, ".") + ", such as `" + pick(r, topics()) + "_" + pick(r, topics()) + "`."
		case 3:
			s = `"` + s + `" ` + sentence(r)
		}
		b.WriteString(s)
	}
	return b.String()
}
