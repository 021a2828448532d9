package date

import (
	"testing"
	"time"
)

// TestZone asks for zones, and for what people call them. Case A8.
func TestZone(t *testing.T) {
	for name, want := range map[string]string{
		"America/New_York": "-05:00", "UTC": "+00:00", "Pacific/Kiritimati": "+14:00", "US/Eastern": "-05:00", "America/Argentina/Buenos_Aires": "-03:00",
		"": "", "Local": "", "EST": "", "america/new_york": "", "America/New_Yrok": "", "../etc/passwd": "", "US/../UTC": "", "New York": "",
	} {
		in, ok := Zone(name)
		got := ""
		if ok {
			got = time.Date(2026, 11, 30, 12, 0, 0, 0, in).Format("-07:00")
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	for name, want := range map[string]string{
		"EST": "America/New_York", "Eastern Standard Time": "America/New_York", "pacific": "America/Los_Angeles", "new york": "America/New_York", "america/new york": "America/New_York", "Toronto": "America/Toronto", "GMT": "UTC", "nowhere": "", "": "",
	} {
		if got := ZoneLike(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
	for _, name := range ZoneNames() {
		if _, ok := Zone(name); !ok {
			t.Errorf("%s is listed and not known", name)
		}
	}
}
