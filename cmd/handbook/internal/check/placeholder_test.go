package check

import (
	"strings"
	"testing"
)

// TestPlaceholder holds what is taken for a value that nobody filled in, and
// that no value which an agency could mean is.
func TestPlaceholder(t *testing.T) {
	for _, c := range []struct{ what, values string }{
		{"nobody’s number", "000-000-0000|(000) 000-0000|+0 000 000 0000|0000000|000.000.0000 ext. 12|410-555-0199|555-0100|(410) 555 0123|+1 410-555-0100|555-555-5555|1-555-123-4567|123-456-7890"},
		{"nobody’s address", "info@example.org|a@example.com|https://www.example.org/x|www.example.net|https://help.example.org|a@agency.example|you@your-agency.org|a@yourorganization.com|a@xxx.org"},
		{"not filled in", "000-000-0000 (to be filled in)|(to be filled in by IT)|To be filled in|to be determined|TBD|tbd|TBA|TODO|TODO: ask IT|FIXME|xxx|XXX-XXX-XXXX|(xxx) xxx-xxxx|[phone number]|<your number>|???|?|change me|Your agency|your organization|Agency name|Name of your agency|the name of the agency|Fill this in|410 (TBD)|(insert number)|Lorem ipsum dolor"},
		{"", "911|988|410-996-0123|+1 (410) 996 0123 ext. 5|555-1212|410-555-1212|+44 20 7946 0958|0800 000 123|800-000-0012|100-200-3000|info@harbor.org|info@myexample.org|example@harbor.org|examples.org|https://harbor.org/example.html|" +
			"Your Agency for Families|Name of the Rose House|Agency for Children|Todo para todos|Línea para todo el personal|Insert new hires into training.|Keeps the forms to be filled in by clients.|Interim director (to be confirmed)|Title XX worker|XX|Exxon|" +
			"Answers what remains to be determined.|Fill in for the director.|Placeholder House|Trains (to be completed within 30 days)|The owner [on call] answers|Ask why?|24/7|a@b.c|No phone: write|Executive director|Dial 0, then ask"},
	} {
		for value := range strings.SplitSeq(c.values, "|") {
			if got := placeholder(value); got != c.what {
				t.Errorf("%q: got %q, want %q", value, got, c.what)
			}
		}
	}
}
