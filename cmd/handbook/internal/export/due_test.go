package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/source"
	"handbook/cmd/handbook/internal/staleness"

	"github.com/google/go-cmp/cmp"
)

// due writes what falls due within two years of 2 December 2026.
func due(t testing.TB, b *book.Book, format string) string {
	t.Helper()
	on := day("2026-12-02")
	var out bytes.Buffer
	if err := Due(&out, format, b, on, staleness.Due(b, on, date.Period{Months: 24}, "")); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestDueText(t *testing.T) {
	want := `DUE         STATE       WORK     SECTION                   OWNER
-           never done  review   Bare                      nobody
-           never done  counsel  Bare                      nobody
2026-12-01  overdue     review   2.3 Texting with clients  Ada Ågren
2026-12-01  overdue     counsel  2.3 Texting with clients  Ada Ågren
2027-05-20  due         review   2.4 Calls                 nobody
2028-05-20  due         counsel  2.4 Calls                 nobody
`
	if got := due(t, sample(nil), "text"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := due(t, &book.Book{}, "text"); got != "Nothing is due.\n" {
		t.Errorf("of an empty book: %q", got)
	}
}

func TestDueMarkdown(t *testing.T) {
	want := `| Due | State | Work | Section | Owner |
|---|---|---|---|---|
|  | never done | review | [Bare](<https://example.org/handbook/bare.html>) |  |
|  | never done | counsel | [Bare](<https://example.org/handbook/bare.html>) |  |
| 1 December 2026 | overdue | review | [2.3 Texting with clients](<https://example.org/handbook/phones/texting.html>) | Ada Ågren |
| 1 December 2026 | overdue | counsel | [2.3 Texting with clients](<https://example.org/handbook/phones/texting.html>) | Ada Ågren |
| 20 May 2027 | due | review | [2.4 Calls](<https://example.org/handbook/phones/calls.html>) |  |
| 20 May 2028 | due | counsel | [2.4 Calls](<https://example.org/handbook/phones/calls.html>) |  |
`
	if got := due(t, sample(nil), "markdown"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	b := sample(func(b *book.Book) {
		b.Config.BaseURL, b.Config.CounselEvery = "", date.Period{}
		b.Sections = b.Sections[:1]
		b.Sections[0].Title, b.Config.Owners[0].Name = "a|b\n<c> [d](e) `f` *g* _h_ &amp; \\", ""
	})
	want = "| Due | State | Work | Section | Owner |\n|---|---|---|---|---|\n" +
		"| 1 December 2026 | overdue | review | 2.3 a\\|b \\<c\\> \\[d\\](e) \\`f\\` \\*g\\* \\_h\\_ \\&amp; \\\\ | ada |\n"
	if got := due(t, b, "markdown"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := due(t, &book.Book{}, "markdown"); got != "Nothing is due.\n" {
		t.Errorf("of an empty book: %q", got)
	}
}

func TestDueJSON(t *testing.T) {
	want := `{
"title": "Staff handbook",
"as_of": "2026-12-02",
"due": [
{"section":"bare","number":"","title":"Bare","url":"bare.html","owner":"","work":"review","state":"never done"},
{"section":"bare","number":"","title":"Bare","url":"bare.html","owner":"","work":"counsel","state":"never done"},
{"section":"texting","number":"2.3","title":"Texting with clients","url":"phones/texting.html","owner":"ada","work":"review","due":"2026-12-01","state":"overdue","last_done":"2025-12-01"},
{"section":"texting","number":"2.3","title":"Texting with clients","url":"phones/texting.html","owner":"ada","work":"counsel","due":"2026-12-01","state":"overdue","last_done":"2024-12-01"},
{"section":"calls","number":"2.4","title":"Calls","url":"phones/calls.html","owner":"","work":"review","due":"2027-05-20","state":"due","last_done":"2026-05-20"},
{"section":"calls","number":"2.4","title":"Calls","url":"phones/calls.html","owner":"","work":"counsel","due":"2028-05-20","state":"due","last_done":"2026-05-20"}]
}
`
	got := due(t, sample(nil), "json")
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := due(t, &book.Book{}, "json"); !json.Valid([]byte(got)) || !strings.Contains(got, `"due": []`) {
		t.Errorf("of an empty book: %q", got)
	}
}

func TestDueCSV(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(due(t, sample(func(b *book.Book) { b.Sections[0].Title = "=1, \"2\"" }), "csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 7 || rows[0][0] != "due" {
		t.Fatalf("rows %v", rows)
	}
	want := []string{"2026-12-01", "overdue", "review", "2.3", "texting", `'=1, "2"`, "ada", "Ada Ågren", "ada@example.org", "2025-12-01", "https://example.org/handbook/phones/texting.html"}
	if diff := cmp.Diff(want, rows[3]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestDueCalendar(t *testing.T) {
	got := properties(parse(t, []byte(due(t, sample(nil), "ics"))))
	if len(got) != 6 {
		t.Fatalf("%d events", len(got))
	}
	// What was never done is due at once: it stands on the day itself.
	if e := got[0]; e["DTSTART;DATE"] != "20261202" || e["DTSTAMP"] != "20261202T000000Z" || !strings.HasPrefix(e["DESCRIPTION"], "Review has no recorded day: it is due at once.") {
		t.Errorf("never done: %v", e)
	}
	// The events are those of reviews.ics, so that a calendar holds each once.
	all := properties(parse(t, made(t, sample(nil))["reviews.ics"]))
	if diff := cmp.Diff(all[0], got[2]); diff != "" {
		t.Errorf("-reviews.ics +due:\n%s", diff)
	}
}

func TestDueWrong(t *testing.T) {
	err := Due(&bytes.Buffer{}, "xls\x1b", sample(nil), day(today), nil)
	if want := `unknown format "xls` + "\ufffd" + `": use one of text, csv, json, ics, markdown`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	for _, format := range DueFormats() {
		b := sample(nil)
		tasks := staleness.Due(b, day(today), date.Period{Months: 24}, "")
		if err := Due(full{}, format, b, day(today), tasks); !errors.Is(err, errFull) {
			t.Errorf("%s: a full disk gives %v", format, err)
		}
	}
}

var errFull = errors.New("no space left")

// full is a writer that has no room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestDueIsSafe(t *testing.T) {
	for _, title := range nasty() {
		b := sample(func(b *book.Book) {
			b.Sections = b.Sections[:1]
			b.Sections[0].Title, b.Config.Owners[0].Name, b.Config.Title = title, title, title
		})
		for format, lines := range map[string]int{"text": 3, "markdown": 4, "csv": 3} {
			out := due(t, b, format)
			if strings.ContainsAny(strings.ReplaceAll(out, "\r\n", "\n"), "\x00\x1b\r\t\u202e") && (format != "csv" || !strings.Contains(title, "\u202e")) && (format != "markdown" || !strings.Contains(title, "\u202e")) {
				t.Errorf("%s of %.40q has control characters", format, title)
			}
			if got := strings.Count(out, "\n"); got != lines {
				t.Errorf("%s of %.40q has %d lines, want %d", format, title, got, lines)
			}
		}
		if out := due(t, b, "json"); !json.Valid([]byte(out)) {
			t.Errorf("json of %.40q: %s", title, out)
		}
		parse(t, []byte(due(t, b, "ics")))
	}
}

// FuzzTitles puts any text wherever an author can write one, and reads every
// file back.
func FuzzTitles(f *testing.F) {
	for _, title := range nasty() {
		f.Add(title)
	}
	f.Fuzz(func(t *testing.T, title string) {
		b := sample(func(b *book.Book) {
			b.Config.Title, b.Config.Agency["name"], b.Config.Owners[0].Name = title, title, title
			b.Laws[0].Short, b.References[0].Title, b.Parts[0].Title = title, title, title
			for _, s := range b.Sections {
				s.Title, s.Summary, s.Change = title, title, title
			}
		})
		files := made(t, b, "index.html", title)
		if !json.Valid(files["handbook.json"]) {
			t.Error("handbook.json is not JSON")
		}
		if rows := records(t, files["health.csv"]); len(rows) != 6 || rows[1][2] != cell(title) {
			t.Errorf("health.csv has %d rows, and the title %q", len(rows), rows[1][2])
		}
		if es := properties(parse(t, files["reviews.ics"])); len(es) != 4 || es[0]["SUMMARY"] != "Review: "+source.OneLine("2.3 "+title) {
			t.Errorf("reviews.ics has %v", es)
		}
		if feed := readFeed(t, files["changes.atom"]); len(feed.Entries) != 7 || feed.Entries[2].Title != xmlText(source.OneLine("2.3 "+title)+": reviewed") {
			t.Errorf("changes.atom has %v", feed.Entries)
		}
		if strings.Count(string(files["sitemap.xml"]), "<loc>") == 0 {
			t.Error("sitemap.xml is empty")
		}
		for _, format := range DueFormats() {
			due(t, b, format)
		}
	})
}
