package site

import (
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/lang"
	"handbook/cmd/handbook/internal/testkit/corpus"
)

// wording is a builder that knows a language and a day, and no more.
func wording(l *lang.Language, on date.Date) *builder {
	return &builder{book: &book.Book{Config: new(book.Config)}, localized: &localized{lang: l}, opt: Options{Day: on}}
}

func TestOwnerWords(t *testing.T) {
	for _, c := range []struct {
		owner *book.Owner
		want  string
	}{
		{nil, "No owner is named."},
		{&book.Owner{ID: "it", Name: "it"}, "it"},
		{&book.Owner{ID: "it", Name: "it", Role: "Head of IT"}, "Head of IT"},
		{&book.Owner{ID: "hr", Name: "HR lead", Role: "Keeps the process fair."}, "HR lead, keeps the process fair"},
		{&book.Owner{ID: "jo", Name: "Jo Park", Role: "IT lead"}, "Jo Park, IT lead"},
	} {
		if got := wording(lang.English(), day()).ownerWords(c.owner); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestReviewWords(t *testing.T) {
	on := func(m int) book.SignOff { return book.SignOff{On: date.New(2026, 1, m), By: "Ana"} }
	for _, c := range []struct {
		section    book.Section
		last, next string
	}{
		{book.Section{ReviewEvery: date.Period{Months: 12}}, "No date is recorded.", "Due now: there is no date to count from."},
		{book.Section{}, "No date is recorded.", "No review is asked for."},
		{book.Section{Drafted: date.New(2026, 1, 31), ReviewEvery: date.Period{Months: 1}},
			"Drafted on 31 January 2026. No review recorded yet.", "Review was due by 28 February 2026. Treat this section as out of date until it is reviewed."},
		{book.Section{Drafted: date.New(2026, 1, 1), Reviews: []book.Review{{SignOff: on(2)}, {SignOff: on(3), Outcome: "substantive", Checked: []string{"laws"}}}, ReviewEvery: date.Period{Months: 12}},
			"Reviewed on 3 January 2026 by Ana: meaning changed (laws checked).", "Review due by 3 January 2027; after that day treat this section as out of date."},
		{book.Section{Drafted: date.New(2026, 1, 1), Withdrawn: day()}, "Drafted on 1 January 2026. No review recorded yet.", "None: this section is withdrawn."},
	} {
		s := wording(lang.English(), day())
		if got := s.lastReview(&c.section); got != c.last {
			t.Errorf("got %q, want %q", got, c.last)
		}
		if got := s.nextReview(&c.section); got != c.next {
			t.Errorf("got %q, want %q", got, c.next)
		}
	}
}

func TestLevelWords(t *testing.T) {
	for _, c := range []struct{ level, place, full, short string }{
		{"federal", "US", "Federal law, United States", "federal"},
		{"state", "US-MD", "State law, Maryland", "state, Maryland"},
		{"provincial", "CA-ON", "Provincial law, Ontario", "provincial, Ontario"},
		{"state", "US-MD, US-CA", "State law, Maryland, California", "state, Maryland, California"},
		{"local", "XX-9", "Local law, XX-9", "local, XX-9"},
		{"", "", "Other law", "level not recorded"},
	} {
		l := &book.Law{Level: c.level, Jurisdiction: c.place}
		s := wording(lang.English(), day())
		if full, short := s.levelOf(l), s.levelShort(l); full != c.full || short != c.short {
			t.Errorf("%s %s: got %q and %q, want %q and %q", c.level, c.place, full, short, c.full, c.short)
		}
	}
}

func TestSmallWords(t *testing.T) {
	s := wording(lang.English(), day())
	for _, c := range []struct{ got, want string }{
		{details("", "a", "", "b"), "a, b"}, {details(), ""},
		{capital("état"), "État"}, {capital(""), ""},
		{s.initial("Été"), "E"}, {s.initial("42"), "0-9"}, {s.initial("日本"), "日"}, {s.initial("—"), "Other"},
		{cut("abcdef", 4), "abc…"}, {cut("abcd", 4), "abcd"},
		{escapePath("a/b-c.html"), "a/b-c.html"}, {escapePath("été/a b%.pdf"), "%C3%A9t%C3%A9/a%20b%25.pdf"},
		{cssString("a\"b\\c\n<"), `"a\22 b\5c c\a \3c "`},
		{editURL(book.Repository{URL: "https://gitlab.example/a/b/", Branch: "dev", Path: "."}, "x y.md"), "https://gitlab.example/a/b/-/edit/dev/x%20y.md"},
		{editURL(book.Repository{}, "x.md"), ""},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

func TestWindow(t *testing.T) {
	for _, c := range []struct{ here, n, from, to int }{
		{-1, 0, 0, 0}, {3, longList, 0, longList}, {0, 200, 0, around + 1}, {-1, 200, 0, around + 1}, {100, 200, 100 - around, 100 + around + 1}, {199, 200, 199 - around, 200},
	} {
		if from, to := window(c.here, c.n); from != c.from || to != c.to {
			t.Errorf("window(%d, %d): got %d to %d, want %d to %d", c.here, c.n, from, to, c.from, c.to)
		}
	}
}

func TestChunks(t *testing.T) {
	var c chunks
	a := c.add(func(m *markup) error { m.raw("A"); return nil })
	b := c.add(func(m *markup) error { m.raw("B"); return nil })
	var m markup
	if err := c.join(&m, []byte("1"+string(b)+"2"+string(a)+"3"+string(b))); err != nil || string(m.b) != "1B2A3B" {
		t.Errorf("got %q, %v", m.b, err)
	}
	for _, page := range []string{"x\x00", "x\x00\x00", "x\x00\x03"} {
		if err := c.join(new(markup), []byte(page)); err == nil {
			t.Errorf("%q passed", page)
		}
	}
	for range 2 * maxChunk {
		c.add(func(m *markup) error { m.raw("C"); return nil })
	}
	if got := c.add(func(m *markup) error { m.raw("C"); return nil }); got != "C" {
		t.Errorf("a chunk too many gives %q", got)
	}
}

// TestLongPart checks that the menu of a long part shows what is around the
// page, and leads to the rest.
func TestLongPart(t *testing.T) {
	files := map[string]string{}
	for i := range 60 {
		n := string(rune('a'+i/10)) + string(rune('a'+i%10))
		files["1-part/"+string([]byte{byte('1' + i/10), byte('0' + i%10)})+"-"+n+".md"] = "---\ntitle: Section " + n + "\n---\nText.\n"
	}
	tree := build(t, load(t, folder(files), book.Options{}), Options{})
	page := text(t, tree, "part/dd.html")
	has(t, page, `aria-current="page"><span class="number">1.43 </span>`, "All sections of this part", "Section ch ", "Section dj ", "!Section cg ", "!Section ea ")
	checkTree(t, tree)
}

// TestLongBook checks that the home page of a long handbook lists its parts
// and counts nothing that the script could not count again.
func TestLongBook(t *testing.T) {
	tree := build(t, load(t, corpus.Handbook(longBook+1), book.Options{}), Options{})
	has(t, text(t, tree, "index.html"), "200 sections.", "101 sections.", "!data-count", "See what is due")
	checkTree(t, tree)
}

// TestCountsApproval holds that the counts call no text "in date" as long as
// nobody approved any section.
func TestCountsApproval(t *testing.T) {
	for _, approved := range []bool{false, true} {
		b := load(t, fixture(t, nil), book.Options{})
		for _, sec := range b.Sections {
			sec.Approvals = nil
		}
		want := "<dt>Not yet approved</dt>"
		if approved {
			b.Sections[0].Approvals, want = []book.Approval{{SignOff: book.SignOff{By: "The board"}, Version: b.Sections[0].Version}}, "<dt>In date</dt>"
		}
		tree := build(t, b, Options{})
		for _, p := range []string{"index.html", "health.html"} {
			if !strings.Contains(text(t, tree, p), want) {
				t.Errorf("approved %t: %s lacks %s", approved, p, want)
			}
		}
	}
}

// TestApprovalWords holds what is said of an approval to what its record holds.
func TestApprovalWords(t *testing.T) {
	const now = "h2:ec6a7677-264f1497-e230eb2728fac681" // of the title A, no summary and this text
	body := book.SignBody([]byte("Text."))
	const changed = "h2:87c265a5-8daf8525-e230eb2728fac681" // of the title B and the summary C
	record := func(version int, text string) book.Approval {
		return book.Approval{SignOff: book.SignOff{On: date.New(2026, 11, 25), By: "Board", Text: text}, Version: version}
	}
	for _, c := range []struct {
		version   int
		approvals []book.Approval
		approval  string
		inForce   string
	}{
		{1, nil, "No approval is recorded.", ", no start date is recorded"},
		{1, []book.Approval{record(1, now)}, "Approved by Board on 25 November 2026.", ", in force since 25 November 2026"},
		{1, []book.Approval{record(0, "")}, "Approved by Board on 25 November 2026; the record does not hold the text.", ", in force since 25 November 2026"},
		{1, []book.Approval{record(1, body)}, "Approved by Board on 25 November 2026; the record covers the body only, not title and summary.", ", in force since 25 November 2026"},
		{1, []book.Approval{record(1, "00000000")}, "Approved by Board on 25 November 2026; the text has changed since.", ", and the text has changed since its approval"},
		{1, []book.Approval{record(1, changed)}, "Approved by Board on 25 November 2026; the title and summary have changed since.", ", and the text has changed since its approval"},
		{2, []book.Approval{record(1, now)}, "Version 1 approved by Board on 25 November 2026; version 2 is not approved.", ", proposed"},
		{2, []book.Approval{record(0, "")}, "Approved by Board on 25 November 2026; the record does not say which version.", ", proposed"},
		{2, []book.Approval{record(1, "00000000"), record(2, now)}, "Approved by Board on 25 November 2026.", ", in force since 25 November 2026"},
		{1, []book.Approval{{SignOff: book.SignOff{By: "Board", Text: now}}}, "Approved by Board, on a day that is not recorded.", ", no start date is recorded"},
	} {
		sec := &book.Section{Version: c.version, Approvals: c.approvals, TextHash: now, BodyHash: body}
		s := wording(lang.English(), date.New(2026, 12, 1))
		if got := s.approval(sec); got != c.approval {
			t.Errorf("got %q, want %q", got, c.approval)
		}
		words, known := s.inForce(sec)
		if got := ", " + words; got != c.inForce || known == strings.Contains(got, "no start date") {
			t.Errorf("got %q, want %q", got, c.inForce)
		}
	}
	// Whether or not the handbook asks for counsel, it does not say that counsel
	// read what nobody has shown to counsel.
	sec := &book.Section{TextHash: now, Counsel: &book.SignOff{On: date.New(2026, 11, 25), Text: changed}}
	if got, want := wording(lang.English(), day()).counsel(sec), "Read by counsel on 25 November 2026; the title and summary have changed since."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestReferenceStanding(t *testing.T) {
	next := &book.Reference{Title: "Next"}
	for _, c := range []struct {
		r    book.Reference
		want string
	}{
		{book.Reference{Status: "current"}, "Current"},
		{book.Reference{Status: "current", Caution: "A court set part of it aside."}, "Current, with a caution"},
		{book.Reference{Status: "superseded", Caution: "Old.", SupersededOn: date.New(2024, 1, 8), SupersededBy: next}, "Superseded on 8 January 2024 by Next"},
		{book.Reference{Status: "withdrawn", SupersededBy: next}, "Withdrawn and replaced by Next"},
	} {
		if got := wording(lang.English(), day()).referenceStanding(&c.r); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

// TestPrintedCautions looks for the cautions of the registers on paper, where no
// page of the entry is at hand.
func TestPrintedCautions(t *testing.T) {
	b := load(t, folder(map[string]string{
		"a.md":                      "# A\n\n[@law] and [@ref].",
		"registers/laws.yaml":       "- {id: law, short: The Act, title: The Act, kind: statute, level: federal, caution: Ask counsel first.}",
		"registers/references.yaml": "- {id: ref, title: The Guide, caution: A court set part of it aside.}",
	}), book.Options{})
	has(t, text(t, build(t, b, Options{}), "print.html"), "Ask counsel first.", "A court set part of it aside.")
}
