package date

import (
	_ "embed"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // so that Windows, and a machine without the tables, know every zone
)

// zones are the names of the time zones of the world, one a line.
//
//go:embed zones.txt
var zones string

// ZoneNames lists the names of time zones, such as America/New_York.
func ZoneNames() []string { return append(strings.Fields(zones), "UTC") }

// Zone returns the time zone of a name. The names of the machine, and those that
// mean an offset without daylight saving time, such as EST, are none.
func Zone(name string) (*time.Location, bool) {
	if !slices.Contains(ZoneNames(), name) {
		// An older name, such as US/Eastern, is good on every machine too.
		if !strings.HasPrefix(name, "US/") && !strings.HasPrefix(name, "Canada/") {
			return nil, false
		}
	}
	in, err := time.LoadLocation(name)
	return in, err == nil
}

// ZoneLike returns the name of a zone that is called in another way: EST, Eastern
// time, New York; or "".
func ZoneLike(s string) string {
	key := strings.ToLower(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '_' || r == '-' }), " "))
	key = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(key, " time"), " standard"), " daylight")
	switch key {
	case "est", "edt", "et", "eastern", "est5edt":
		return "America/New_York"
	case "cst", "cdt", "ct", "central", "cst6cdt":
		return "America/Chicago"
	case "mst", "mdt", "mt", "mountain", "mst7mdt":
		return "America/Denver"
	case "pst", "pdt", "pt", "pacific", "pst8pdt":
		return "America/Los_Angeles"
	case "akst", "akdt", "alaska":
		return "America/Anchorage"
	case "hst", "hawaii":
		return "Pacific/Honolulu"
	case "ast", "adt", "atlantic":
		return "America/Halifax"
	case "gmt", "z", "zulu", "utc":
		return "UTC"
	}
	for _, name := range strings.Fields(zones) {
		_, city, _ := strings.Cut(name, "/")
		plain := strings.ToLower(strings.ReplaceAll(name, "_", " "))
		if plain == key || strings.ToLower(strings.ReplaceAll(city, "_", " ")) == key {
			return name
		}
	}
	return ""
}
