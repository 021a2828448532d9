package lang

import "testing"

func TestPlace(t *testing.T) {
	for _, c := range []struct{ code, want string }{
		{"US", "United States"}, {"UK", "United Kingdom"}, {"EU", "European Union"}, {"PR", "Puerto Rico"}, {"fr", "France"},
		{"US-MD", "Maryland"}, {"us-dc", "District of Columbia"}, {"CA-ON", "Ontario"}, {"XX", "XX"}, {"XX-9", "XX-9"}, {"", ""},
	} {
		if got := English().Place(c.code); got != c.want {
			t.Errorf("%s is called %q, want %q", c.code, got, c.want)
		}
	}
}

func TestSortName(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"The “Plan”", "“Plan”"}, {"«Été»", "Été»"}, {"A", "A"}, {"an hour", "hour"}, {"Theory", "Theory"},
	} {
		if got := English().SortName(c.name); got != c.want {
			t.Errorf("%s is sorted as %q, want %q", c.name, got, c.want)
		}
	}
}
