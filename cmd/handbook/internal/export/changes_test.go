package export

import (
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/source"

	"github.com/google/go-cmp/cmp"
)

// An atom is what a feed reader takes from a feed.
type atom struct {
	XMLName xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	Title   string     `xml:"http://www.w3.org/2005/Atom title"`
	ID      string     `xml:"http://www.w3.org/2005/Atom id"`
	Updated time.Time  `xml:"http://www.w3.org/2005/Atom updated"`
	Links   []atomLink `xml:"http://www.w3.org/2005/Atom link"`
	Author  string     `xml:"http://www.w3.org/2005/Atom author>name"`
	Entries []struct {
		Title   string     `xml:"http://www.w3.org/2005/Atom title"`
		ID      string     `xml:"http://www.w3.org/2005/Atom id"`
		Updated time.Time  `xml:"http://www.w3.org/2005/Atom updated"`
		Links   []atomLink `xml:"http://www.w3.org/2005/Atom link"`
		Content struct {
			Type string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"http://www.w3.org/2005/Atom content"`
	} `xml:"http://www.w3.org/2005/Atom entry"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
}

// readFeed reads a feed and checks what RFC 4287 asks of every one.
func readFeed(t testing.TB, p []byte) atom {
	t.Helper()
	var f atom
	if err := xml.Unmarshal(p, &f); err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	if f.Title == "" || f.Author == "" || f.Updated.IsZero() || !id.MatchString(f.ID) {
		t.Fatalf("the feed lacks something: %q %q %s %s", f.Title, f.Author, f.Updated, f.ID)
	}
	ids := map[string]bool{f.ID: true}
	for i, e := range f.Entries {
		if ids[e.ID] || !id.MatchString(e.ID) {
			t.Fatalf("the entry %s has the id %s", e.Title, e.ID)
		}
		ids[e.ID] = true
		if len(e.Links) != 1 || e.Links[0].Rel != "alternate" || e.Content.Type != "text" || e.Content.Text == "" || e.Title == "" {
			t.Fatalf("the entry lacks something: %v", e)
		}
		if i > 0 && e.Updated.After(f.Entries[i-1].Updated) {
			t.Fatal("not newest first")
		}
	}
	if len(f.Entries) > 0 && !f.Entries[0].Updated.Equal(f.Updated) {
		t.Fatal("the feed is not as new as its newest entry")
	}
	return f
}

func TestChanges(t *testing.T) {
	f := readFeed(t, made(t, sample(nil))["changes.atom"])
	var got []string
	for _, e := range f.Entries {
		got = append(got, strings.Join([]string{e.Updated.Format(time.RFC3339), e.Title, strings.ReplaceAll(e.Content.Text, "\n", " / "), e.Links[0].Href}, " | "))
	}
	want := []string{
		"2026-05-20T00:00:00Z | 2.4 Calls: drafted | Drafted on 20 May 2026. | https://example.org/handbook/phones/calls.html",
		"2026-01-01T00:00:00Z | Old policy: withdrawn | Withdrawn on 1 January 2026. Use 2.3 Texting with clients instead. | https://example.org/handbook/old.html",
		"2025-12-01T00:00:00Z | 2.3 Texting with clients: reviewed | Reviewed on 1 December 2025 by Ada: no change. | https://example.org/handbook/phones/texting.html",
		"2025-07-01T00:00:00Z | 2.3 Texting with clients: in force | In force from 1 July 2025. / Version 2: Appointments only. | https://example.org/handbook/phones/texting.html",
		"2025-06-15T00:00:00Z | 2.3 Texting with clients: approved | Approved on 15 June 2025 by Board, with effect from 1 July 2025. | https://example.org/handbook/phones/texting.html",
		"2025-06-01T00:00:00Z | 2.3 Texting with clients: drafted | Drafted on 1 June 2025. | https://example.org/handbook/phones/texting.html",
		"2020-01-01T00:00:00Z | Old policy: drafted | Drafted on 1 January 2020. | https://example.org/handbook/old.html",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if f.Title != "Staff handbook: changes" || f.Author != "Example Agency" {
		t.Errorf("title %q, author %q", f.Title, f.Author)
	}
	if want := []atomLink{{"https://example.org/handbook/changes.atom", "self"}, {"https://example.org/handbook/index.html", "alternate"}}; !cmp.Equal(f.Links, want) {
		t.Errorf("links %v", f.Links)
	}
}

func TestChangesWithoutBaseURL(t *testing.T) {
	with := readFeed(t, made(t, sample(nil))["changes.atom"])
	without := readFeed(t, made(t, sample(func(b *book.Book) { b.Config.BaseURL = "" }))["changes.atom"])
	if got := without.Links[0].Href + " " + without.Links[1].Href + " " + without.Entries[0].Links[0].Href; got != "changes.atom index.html phones/calls.html" {
		t.Errorf("links %s", got)
	}
	// The ids stay when the site moves.
	if with.ID != without.ID || with.Entries[0].ID != without.Entries[0].ID {
		t.Error("the ids depend on the address")
	}
	if other := readFeed(t, made(t, sample(func(b *book.Book) { b.Config.Agency = nil }))["changes.atom"]); other.ID == with.ID || other.Author != "Staff handbook" {
		t.Errorf("another agency's handbook: id %s, author %s", other.ID, other.Author)
	}
}

// What happens on one day is one entry, and what has not happened yet is none.
func TestChangesOfOneDay(t *testing.T) {
	b := sample(func(b *book.Book) {
		b.Sections = b.Sections[:1]
		s := b.Sections[0]
		s.Drafted, s.Approvals[0].On, s.Effective = day(today), day(today), day(today)
		s.Reviews[0].On, s.Reviews[0].Outcome = day(today), "substantive"
		s.Reviews = append(s.Reviews, book.Review{SignOff: book.SignOff{On: day(today)}, Outcome: "editorial"})
		s.Withdrawn = day("2026-06-02")
	})
	f := readFeed(t, made(t, b)["changes.atom"])
	if len(f.Entries) != 1 {
		t.Fatalf("%d entries", len(f.Entries))
	}
	if got, want := f.Entries[0].Title, "2.3 Texting with clients: drafted, approved, in force, reviewed"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	want := "Drafted on 1 June 2026.\nApproved on 1 June 2026 by Board, with effect from 1 June 2026.\nIn force from 1 June 2026.\nVersion 2: Appointments only.\n" +
		"Reviewed on 1 June 2026 by Ada: the meaning changed.\nReviewed on 1 June 2026: wording only, the meaning is the same."
	if got := f.Entries[0].Content.Text; got != want {
		t.Errorf("text %q, want %q", got, want)
	}
}

// TestChangesProposed is Case A4: what no approval covers is proposed, and what
// was approved before stays approved.
func TestChangesProposed(t *testing.T) {
	for _, c := range []struct {
		edit          func(s *book.Section)
		titles, texts []string
	}{
		{func(s *book.Section) {}, []string{"approved, proposed", "drafted"}, []string{
			"Version 1 approved on 15 June 2025 by Board.\nVersion 2 is proposed. It is not approved. Appointments only.", "Drafted on 1 June 2025."}},
		{func(s *book.Section) { s.Effective = day("2025-07-01") }, []string{"proposed", "approved", "drafted"}, []string{
			"Version 2 is proposed, with effect from 1 July 2025. It is not approved. Appointments only.", "Version 1 approved on 15 June 2025 by Board.", "Drafted on 1 June 2025."}},
		{func(s *book.Section) { s.Approvals, s.Effective = nil, day("2025-07-01") }, []string{"proposed", "drafted"}, []string{
			"Version 2 is proposed, with effect from 1 July 2025. It is not approved. Appointments only.", "Drafted on 1 June 2025."}},
		{func(s *book.Section) {
			s.Approvals = append(s.Approvals, book.Approval{SignOff: book.SignOff{On: day("2025-08-01"), By: "Board"}, Version: 2})
		}, []string{"approved", "approved", "drafted"}, []string{
			"Version 2 approved on 1 August 2025 by Board.\nVersion 2: Appointments only.", "Version 1 approved on 15 June 2025 by Board.", "Drafted on 1 June 2025."}},
	} {
		b := sample(func(b *book.Book) {
			b.Sections = b.Sections[:1]
			s := b.Sections[0]
			s.Reviews, s.Effective, s.Approvals[0].Version = nil, date.Date{}, 1
			c.edit(s)
		})
		var titles, texts []string
		for _, e := range readFeed(t, made(t, b)["changes.atom"]).Entries {
			titles, texts = append(titles, strings.TrimPrefix(e.Title, "2.3 Texting with clients: ")), append(texts, e.Content.Text)
		}
		if !slices.Equal(titles, c.titles) || !slices.Equal(texts, c.texts) {
			t.Errorf("got %q\n%q, want %q\n%q", titles, texts, c.titles, c.texts)
		}
	}
}

func TestChangesAreBounded(t *testing.T) {
	b := bench(MaxEntries)
	f := readFeed(t, made(t, b)["changes.atom"])
	if len(f.Entries) != MaxEntries {
		t.Errorf("%d entries", len(f.Entries))
	}
	if empty := readFeed(t, made(t, &book.Book{})["changes.atom"]); empty.Title != "Handbook: changes" || empty.Updated.Format(time.DateOnly) != today {
		t.Errorf("an empty book's feed: %v", empty)
	}
}

func TestChangesKeepTitles(t *testing.T) {
	for _, title := range nasty() {
		b := sample(func(b *book.Book) {
			b.Sections[0].Title, b.Config.Title, b.Config.Agency["name"], b.Sections[0].Change, b.Sections[0].Reviews[0].By = title, title, title, title, title
		})
		f := readFeed(t, made(t, b)["changes.atom"])
		want := xmlText(source.OneLine("2.3 "+title) + ": reviewed")
		if got := f.Entries[2].Title; got != want {
			t.Errorf("%.40q became %.60q", title, got)
		}
	}
}

// xmlText replaces the characters that XML cannot hold.
func xmlText(s string) string {
	return strings.NewReplacer("\ufffe", "\ufffd", "\uffff", "\ufffd").Replace(s)
}

func TestSitemap(t *testing.T) {
	type set struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
		} `xml:"url"`
	}
	var got set
	p := made(t, sample(func(b *book.Book) {
		b.Sections[3].Drafted = day("2026-06-02") // has not happened yet
		b.Sections[0], b.Sections[1] = b.Sections[1], b.Sections[0]
	}), "phones/texting.html", "index.html", "phones/index.html", "index.html",
		"laws/us-hipaa.html", "references/code.html", "old.html", "bare.html", "a b&c.html")["sitemap.xml"]
	if err := xml.Unmarshal(p, &got); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, u := range got.URLs {
		lines = append(lines, strings.TrimPrefix(u.Loc, "https://example.org/handbook/")+" "+u.LastMod)
	}
	want := []string{"a%20b&c.html ", "bare.html ", "index.html ", "laws/us-hipaa.html 2026-05-01", "old.html 2026-01-01",
		"phones/index.html 2026-05-20", "phones/texting.html 2025-12-01", "references/code.html 2026-04-01"}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestSitemapIndex(t *testing.T) {
	var pages []string
	const most = 50000 // what the form allows
	for i := range most + 1 {
		pages = append(pages, fmt.Sprintf("p%06d.html", i))
	}
	files := made(t, sample(nil), pages...)
	var index struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Locs    []string `xml:"sitemap>loc"`
	}
	if err := xml.Unmarshal(files["sitemap.xml"], &index); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(index.Locs, " "); got != "https://example.org/handbook/sitemap-1.xml https://example.org/handbook/sitemap-2.xml" {
		t.Error(got)
	}
	if n, m := strings.Count(string(files["sitemap-1.xml"]), "<loc>"), strings.Count(string(files["sitemap-2.xml"]), "<loc>"); n != most || m != 1 {
		t.Errorf("%d and %d addresses", n, m)
	}
}

// TestNewest compares with sorting everything, on few days and on many.
func TestNewest(t *testing.T) {
	for _, test := range []struct{ sections, days int }{{0, 1}, {1, 1}, {MaxEntries, 1}, {9 * MaxEntries, 1}, {9 * MaxEntries, 40}, {9 * MaxEntries, 5000}} {
		r := rand.New(rand.NewPCG(uint64(test.sections), uint64(test.days)))
		some := func() date.Date { return day("2020-01-01").AddDays(r.IntN(test.days)) }
		b := &book.Book{}
		var want []change
		until := day("2020-01-01").AddDays(test.days * 9 / 10)
		for i := range test.sections {
			s := &book.Section{ID: fmt.Sprint(i), Drafted: some(), Effective: some(), Reviews: []book.Review{{SignOff: book.SignOff{On: some()}}}}
			b.Sections = append(b.Sections, s)
			for _, on := range changeDays(nil, s, until) {
				want = append(want, change{on, s})
			}
		}
		slices.SortStableFunc(want, func(a, b change) int { return b.day.Compare(a.day) })
		want = want[:min(len(want), MaxEntries)]
		if got := newest(b, until); !slices.Equal(got, want) {
			t.Errorf("%d sections on %d days: %d changes, want %d", test.sections, test.days, len(got), len(want))
		}
	}
}
