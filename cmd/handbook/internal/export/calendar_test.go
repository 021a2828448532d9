package export

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/source"
	"handbook/cmd/handbook/internal/staleness"

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

// properties returns the properties of each event, without the lines that frame it.
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
		if got, want := properties(cal)[0]["SUMMARY"], "Review: "+source.OneLine("2.3 "+title); got != want {
			t.Errorf("%.40q became %.60q", title, got)
		}
	}
}

// TestEvent holds every property of an event, with titles that have broken other
// tools and with some of every length.
func TestEvent(t *testing.T) {
	titles := append(nasty(), "a,b", "a;b", `a\b`)
	for n := range 100 {
		titles = append(titles, strings.Repeat("x", n), strings.Repeat("é ", n/2))
	}
	for _, title := range titles {
		b := sample(func(b *book.Book) {
			b.Sections[0].Title, b.Sections[0].ID, b.Sections[0].Path = title, title, "phones/"+title+".html"
			b.Config.Owners[0].Name = title
		})
		s := b.Sections[0]
		for _, task := range []staleness.Task{
			{Section: s, Work: staleness.Review, Day: day("2026-12-01"), Last: day("2025-12-01")},
			{Section: s, Work: staleness.Counsel},
		} {
			e := ics.NewEvent(string(task.Work) + "-" + source.OneLine(title) + "@" + identity(b) + ".handbook")
			due, what, text := task.Day, "Review", "Review is due by 1 December 2026.\nLast review: 1 December 2025."
			e.SetDtStampTime(task.Last.Time())
			e.SetSequence(1)
			if task.Work == staleness.Counsel {
				due, what, text = day(today), "Sign-off by counsel", "Sign-off by counsel has no recorded day: it is due at once."
				e.SetDtStampTime(due.Time())
				e.SetSequence(0)
			}
			e.SetAllDayStartAt(due.Time())
			e.SetAllDayEndAt(due.AddDays(1).Time())
			e.SetSummary(what + ": " + source.OneLine("2.3 "+title))
			e.SetURL(absolute(b, s.Path))
			if name := source.OneLine(ownerName(s)); name != "" {
				text += "\nOwner: " + name + "."
			}
			e.SetDescription(text + "\n" + absolute(b, s.Path))
			e.SetTimeTransparency(ics.TransparencyTransparent)
			if diff := cmp.Diff(e, event(b, lang.English(), task, day(today))); diff != "" {
				t.Fatalf("%.40q: -want +got:\n%s", title, diff)
			}
		}
	}
}

// An owner's calendar has the events of the owner's sections and no other.
func TestCalendarsShareEvents(t *testing.T) {
	files := made(t, sample(func(b *book.Book) { b.Sections[1].Owner = &b.Config.Owners[1] }))
	var all, own []string
	for _, e := range properties(parse(t, files["reviews.ics"])) {
		all = append(all, e["UID"])
	}
	for _, name := range []string{"ada", "ben"} {
		for _, e := range properties(parse(t, files["reviews/"+name+".ics"])) {
			own = append(own, e["UID"])
		}
	}
	if len(own) != 4 || !cmp.Equal(all, own) {
		t.Errorf("all %v, by owner %v", all, own)
	}
}
