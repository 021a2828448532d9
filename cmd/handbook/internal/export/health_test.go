package export

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"

	"github.com/google/go-cmp/cmp"
)

// records reads health.csv as a spreadsheet program does.
func records(t testing.TB, p []byte) [][]string {
	t.Helper()
	p, ok := bytes.CutPrefix(p, []byte("\ufeff"))
	if !ok {
		t.Fatal("no byte order mark")
	}
	if bytes.Count(p, []byte("\n")) != bytes.Count(p, []byte("\r\n")) {
		t.Fatal("a line does not end with CR LF")
	}
	rows, err := csv.NewReader(bytes.NewReader(p)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestHealth(t *testing.T) {
	want := [][]string{
		{"number", "id", "title", "part", "owner", "owner_name", "owner_email", "status", "last_review", "review_due", "kind", "since", "reason", "because", "url", "open_places"},
		{"2.3", "texting", "Texting with clients", "Phones", "ada", "Ada Ågren", "ada@example.org", "stale", "2025-12-01", "2026-12-01",
			"law-amended", "2026-02-16", "HIPAA changed on 16 February 2026, after the last review on 1 December 2025.", "us-hipaa", "https://example.org/handbook/phones/texting.html", ""},
		{"2.4", "calls", "Calls", "Phones", "", "", "", "unapproved", "2026-05-20", "2027-05-20", "", "", "", "", "https://example.org/handbook/phones/calls.html", ""},
		{"", "old", "Old policy", "", "ada", "Ada Ågren", "ada@example.org", "withdrawn", "2020-01-01", "2021-01-01",
			"withdrawn", "2026-01-01", "Withdrawn on 1 January 2026. Use 2.3 Texting with clients instead.", "", "https://example.org/handbook/old.html", ""},
		{"", "bare", "Bare", "", "", "", "", "stale", "", "", "undated", "", "No day is recorded on which this section was drafted, approved or reviewed.", "", "https://example.org/handbook/bare.html", ""},
		{"", "bare", "Bare", "", "", "", "", "stale", "", "", "counsel-missing", "", "No sign-off by counsel is recorded.", "", "https://example.org/handbook/bare.html", ""},
	}
	if diff := cmp.Diff(want, records(t, made(t, sample(nil))["health.csv"])); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	b := sample(func(b *book.Book) { b.Config.BaseURL = "" })
	if got := records(t, made(t, b)["health.csv"])[1][14]; got != "phones/texting.html" {
		t.Errorf("without a base_url the address is %s", got)
	}
}

func TestCell(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Plain": "Plain", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'=1", "\r=1": "'=1", " =1": "'=1",
		"a=1": "a=1", "'=1": "'=1", "＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠a": "'＠a", "\n": "", "a\r\nb": "a b", "2026-06-01": "2026-06-01",
		"a;=1": "a;'=1", "a; @b;c;-d": "a;' @b;c;'-d", "=a;=b": "'=a;'=b", "a;\"=1": "a;'\"=1", "a; b": "a; b", ";": ";", "a;；=1": "a;；=1",
	} {
		if got := cell(in); got != want {
			t.Errorf("cell(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestHealthIsSafeToOpen(t *testing.T) {
	for _, title := range nasty() {
		b := sample(func(b *book.Book) {
			for _, s := range b.Sections {
				s.Title, s.Number = title, title
			}
			b.Config.Owners[0].Name, b.Config.Owners[0].Email, b.Parts[0].Title, b.Laws[0].Short = title, title, title, title
		})
		rows := records(t, made(t, b)["health.csv"])
		if len(rows) != 6 {
			t.Errorf("%.40q: %d rows", title, len(rows))
		}
		for _, row := range rows {
			for _, c := range row {
				if strings.IndexAny(c, "=+-@\t\r＝＋－＠") == 0 || strings.ContainsAny(c, "\n\r\x00\x1b") {
					t.Errorf("%.40q: the cell %.40q", title, c)
				}
			}
		}
		if got := rows[1][2]; got != cell(title) {
			t.Errorf("%.40q became %.40q", title, got)
		}
	}
}
