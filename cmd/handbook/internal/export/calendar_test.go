package export

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/book"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
)

// parse reads a calendar, after checking what the library's reader lets pass.
func parse(t testing.TB, p []byte) *ics.Calendar {
	t.Helper()
	if !utf8.Valid(p) {
		t.Fatal("not UTF-8")
	}
	lines := strings.Split(string(p), "\r\n")
	if lines[len(lines)-1] != "" {
		t.Fatal("the last line does not end")
	}
	for _, l := range lines {
		if len(l) > 75 {
			t.Fatalf("a line of %d bytes: %q", len(l), l)
		}
		if strings.ContainsFunc(l, func(r rune) bool { return r < ' ' || r == 0x7f }) {
			t.Fatalf("a control character: %q", l)
		}
	}
	cal, err := ics.ParseCalendar(bytes.NewReader(p))
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// properties gives the properties of each event, without the lines that frame it.
func properties(cal *ics.Calendar) []map[string]string {
	var out []map[string]string
	for _, e := range cal.Events() {
		m := map[string]string{}
		for _, p := range e.Properties {
			key := p.IANAToken
			if v := p.ICalParameters["VALUE"]; len(v) > 0 {
				key += ";" + v[0]
			}
			m[key] = p.Value
		}
		out = append(out, m)
	}
	return out
}

func TestCalendar(t *testing.T) {
	files := made(t, sample(nil))
	texting := map[string]string{
		"UID": "review-texting@" + identity(sample(nil)) + ".handbook", "DTSTAMP": "20251201T000000Z", "SEQUENCE": "1",
		"DTSTART;DATE": "20261201", "DTEND;DATE": "20261202", "SUMMARY": "Review: 2.3 Texting with clients",
		"URL":         "https://example.org/handbook/phones/texting.html",
		"DESCRIPTION": "Review is due by 1 December 2026.\nLast review: 1 December 2025.\nOwner: Ada Ågren.\nhttps://example.org/handbook/phones/texting.html",
		"TRANSP":      "TRANSPARENT",
	}
	counsel := map[string]string{
		"UID": "counsel-texting@" + identity(sample(nil)) + ".handbook", "DTSTAMP": "20241201T000000Z", "SEQUENCE": "0",
		"DTSTART;DATE": "20261201", "DTEND;DATE": "20261202", "SUMMARY": "Sign-off by counsel: 2.3 Texting with clients",
		"URL":         "https://example.org/handbook/phones/texting.html",
		"DESCRIPTION": "Sign-off by counsel is due by 1 December 2026.\nLast sign-off: 1 December 2024.\nOwner: Ada Ågren.\nhttps://example.org/handbook/phones/texting.html",
		"TRANSP":      "TRANSPARENT",
	}
	own := parse(t, files["reviews/ada.ics"])
	if diff := cmp.Diff([]map[string]string{texting, counsel}, properties(own)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	all := properties(parse(t, files["reviews.ics"]))
	var uids []string
	for _, e := range all {
		uids = append(uids, strings.Split(e["UID"], "@")[0]+" "+e["DTSTART;DATE"])
	}
	// Neither the withdrawn section nor the undated one has an event.
	if got, want := strings.Join(uids, ", "), "review-texting 20261201, counsel-texting 20261201, review-calls 20270520, counsel-calls 20280520"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	props := map[string]string{}
	for _, p := range own.CalendarProperties {
		props[p.IANAToken] = p.Value
	}
	if want := map[string]string{"VERSION": "2.0", "PRODID": "-//handbook//Reviews//EN", "CALSCALE": "GREGORIAN", "METHOD": "PUBLISH",
		"NAME": "Staff handbook: reviews by Ada Ågren", "X-WR-CALNAME": "Staff handbook: reviews by Ada Ågren"}; !cmp.Equal(want, props) {
		t.Errorf("-want +got:\n%s", cmp.Diff(want, props))
	}
}

func TestCalendarWithoutEvents(t *testing.T) {
	p := made(t, &book.Book{})["reviews.ics"]
	if cal := parse(t, p); len(cal.Events()) != 0 || len(cal.Components) != 1 {
		t.Errorf("%s", p)
	}
}

// An event keeps its UID when it moves, and tells clients that it is newer.
func TestCalendarMovedEvent(t *testing.T) {
	before := properties(parse(t, made(t, sample(nil))["reviews.ics"]))[0]
	after := properties(parse(t, made(t, sample(func(b *book.Book) {
		s := b.Sections[0]
		s.Reviews = append(s.Reviews, book.Review{SignOff: book.SignOff{On: day("2026-05-31"), By: "Ada"}})
	}))["reviews.ics"]))[0]
	if before["UID"] != after["UID"] || after["DTSTART;DATE"] != "20270531" || after["DTSTAMP"] != "20260531T000000Z" || after["SEQUENCE"] != "2" {
		t.Errorf("before %v\nafter %v", before, after)
	}
	other := properties(parse(t, made(t, sample(func(b *book.Book) { b.Config.Title = "Another" }))["reviews.ics"]))[0]
	if other["UID"] == before["UID"] {
		t.Error("two handbooks have one UID")
	}
}

func TestCalendarKeepsTitles(t *testing.T) {
	for _, title := range nasty() {
		b := sample(func(b *book.Book) { b.Sections[0].Title, b.Config.Owners[0].Name, b.Config.Title = title, title, title })
		cal := parse(t, made(t, b)["reviews.ics"])
		if n := len(cal.Events()); n != 4 {
			t.Errorf("%.40q: %d events", title, n)
			continue
		}
		if got, want := properties(cal)[0]["SUMMARY"], "Review: "+oneLine("2.3 "+title); got != want {
			t.Errorf("%.40q became %.60q", title, got)
		}
	}
}
