package export

import (
	"encoding/json"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"

	"github.com/google/go-cmp/cmp"
)

const sampleRegister = `{
"schema": 1,
"title": "Staff handbook",
"as_of": "2026-06-01",
"language": "en",
"base_url": "https://example.org/handbook/",
"owners": [
{"id":"ada","name":"Ada Ågren","role":"Clinical director","email":"ada@example.org"},
{"id":"ben","name":"Ben"}],
"areas": [
{"id":"phones","name":"Phones","required":true}],
"audiences": [
{"id":"teens","name":"Teens","population":true}],
"levels": [
{"level":1,"name":"Coach"}],
"parts": [
{"id":"phones","number":"2","title":"Phones","url":"phones/index.html"}],
"sections": [
{"id":"texting","number":"2.3","title":"Texting with clients","summary":"When a text is allowed.","url":"phones/texting.html","source":"2-phones/3-texting.md","part":"phones","owner":"ada","status":"stale","drafted":"2025-06-01","approved":"2025-06-15","approvals":[{"on":"2025-06-15","by":"Board","version":2}],"effective":"2025-07-01","version":2,"reviewed":"2025-12-01","review_due":"2026-12-01","counsel":"2024-12-01","counsel_due":"2026-12-01","areas":["phones"],"audience":["teens"],"laws":["us-hipaa"],"references":["code"],"rules":[{"id":"texting-1","level":1,"text":"Do not text at night.","url":"phones/texting.html#texting-1","laws":["us-hipaa"],"references":[],"audience":[]},{"id":"texting-2","level":null,"text":"Ask first.","url":"phones/texting.html#texting-2","laws":[],"references":[],"audience":[]}],"open_places":[],"reasons":[{"kind":"law-amended","since":"2026-02-16","text":"HIPAA changed on 16 February 2026, after the last review on 1 December 2025.","because":"us-hipaa"}]},
{"id":"calls","number":"2.4","title":"Calls","url":"phones/calls.html","source":"","part":"phones","owner":"","status":"unapproved","drafted":"2026-05-20","version":1,"review_due":"2027-05-20","counsel":"2026-05-20","counsel_due":"2028-05-20","areas":[],"audience":[],"laws":[],"references":[],"rules":[],"open_places":[],"reasons":[]},
{"id":"old","number":"","title":"Old policy","url":"old.html","source":"","part":"","owner":"ada","status":"withdrawn","drafted":"2020-01-01","withdrawn":"2026-01-01","version":1,"review_due":"2021-01-01","superseded_by":"texting","areas":[],"audience":[],"laws":[],"references":[],"rules":[],"open_places":[],"reasons":[{"kind":"withdrawn","since":"2026-01-01","text":"Withdrawn on 1 January 2026. Use 2.3 Texting with clients instead."}]},
{"id":"bare","number":"","title":"Bare","url":"bare.html","source":"","part":"","owner":"","status":"stale","version":1,"areas":[],"audience":[],"laws":[],"references":[],"rules":[],"open_places":[],"reasons":[{"kind":"undated","text":"No day is recorded on which this section was drafted, approved or reviewed."},{"kind":"counsel-missing","text":"No sign-off by counsel is recorded."}]}],
"laws": [
{"id":"us-hipaa","short":"HIPAA","title":"HIPAA Privacy Rule","areas":[],"url":"https://example.org/law","page":"laws/us-hipaa.html","amended":[{"published":"2025-08-01","effective":"2026-02-16","note":"tiers"}],"verified_on":"2026-05-01","sources":[],"sections":["texting"],"rules":["texting-1"]}],
"references": [
{"id":"code","title":"Code of Ethics","also_called":[],"page":"references/code.html","status":"current","rests_on":[],"verified_on":"2026-04-01","sections":["texting"],"rules":[]}]
}
`

func TestRegister(t *testing.T) {
	got := string(made(t, sample(nil))["handbook.json"])
	if diff := cmp.Diff(strings.Split(sampleRegister, "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !json.Valid([]byte(got)) {
		t.Error("not JSON")
	}
}

// fullSample is a book with every fact of which sample has none.
func fullSample() *book.Book {
	return sample(func(b *book.Book) {
		c := b.Config
		c.Owners = []book.Owner{{ID: "ben", Name: "Ben", Role: "Lead", Email: "ben@example.org", Phone: "1"}}
		c.Audiences = []book.Audience{{ID: "staff", Name: "Staff", Includes: []string{"all", "some"}}}
		c.Levels = []book.Level{{Level: 2, Name: "Warn", Means: "m", Range: "r", Beyond: "b"}}
		b.Edition = &book.Edition{Audiences: []*book.Audience{&c.Audiences[0]}}
		area := &c.Areas[0]
		b.Laws = []*book.Law{{ID: "l", Short: "L", Title: "Law", Citation: "1 USC", Kind: "statute", Level: "federal", Jurisdiction: "US", Governs: "texts",
			Areas: []*book.Area{area}, URL: "https://example.org/l", Path: "laws/l.html", Status: "in-force",
			Amended:    []book.Amendment{{}, {Published: day("2026-01-01"), Effective: day("2026-02-01"), ComplyBy: day("2026-03-01"), Note: "n", Source: "s"}},
			Confidence: "A", Caution: "c", VerifiedOn: day("2026-04-01"), Sources: []string{"https://example.org/s"}}}
		old := &book.Reference{ID: "old", Title: "Old", Path: "references/old.html", Status: "superseded", SupersededOn: day("2025-01-01")}
		b.References = []*book.Reference{old, {ID: "new", Title: "New", AlsoCalled: []string{"N", "W"}, Publisher: "P", Year: "2025", Edition: "2nd",
			URL: "https://example.org/n", ArchivedURL: "https://example.org/a", Path: "references/new.html", Status: "current", RestsOn: []*book.Reference{old},
			Confidence: "B", Caution: "c", About: "all", VerifiedOn: day("2026-05-01")}}
		old.SupersededBy = b.References[1]
		b.Parts, b.Sections = nil, nil
	})
}

// TestRegisterKeys writes every fact of which sample has none.
func TestRegisterKeys(t *testing.T) {
	b := fullSample()
	want := `{
"schema": 1,
"title": "Staff handbook",
"as_of": "2026-06-01",
"edition": ["staff"],
"language": "en",
"base_url": "https://example.org/handbook/",
"owners": [
{"id":"ben","name":"Ben","role":"Lead","email":"ben@example.org","phone":"1"}],
"areas": [
{"id":"phones","name":"Phones","required":true}],
"audiences": [
{"id":"staff","name":"Staff","population":false,"includes":["all","some"]}],
"levels": [
{"level":2,"name":"Warn","means":"m","range":"r","beyond":"b"}],
"parts": [],
"sections": [],
"laws": [
{"id":"l","short":"L","title":"Law","citation":"1 USC","kind":"statute","level":"federal","jurisdiction":"US","governs":"texts","areas":["phones"],"url":"https://example.org/l","page":"laws/l.html","status":"in-force","amended":[{},{"published":"2026-01-01","effective":"2026-02-01","comply_by":"2026-03-01","note":"n","source":"s"}],"confidence":"A","caution":"c","verified_on":"2026-04-01","sources":["https://example.org/s"],"sections":[],"rules":[]}],
"references": [
{"id":"old","title":"Old","also_called":[],"page":"references/old.html","status":"superseded","superseded_by":"new","superseded_on":"2025-01-01","rests_on":[],"sections":[],"rules":[]},
{"id":"new","title":"New","also_called":["N","W"],"publisher":"P","year":"2025","edition":"2nd","url":"https://example.org/n","archived_url":"https://example.org/a","page":"references/new.html","status":"current","rests_on":["old"],"confidence":"B","caution":"c","about":"all","verified_on":"2026-05-01","sections":[],"rules":[]}],
"shown": [
{"url":"#settings","marks":["9f7c611114","1eaf216658"]},
{"url":"#owner-ben","marks":["030d756286","6459782879","9de4dcc672","6b86b273ff"]},
{"url":"#area-phones","marks":["4fecd2e342"]},
{"url":"laws/l.html","marks":["72dfcfb0c4","b78c1618fd","03e6be77c6","a4b992ab42","2e7d2c03a9","1b16b1df53"]},
{"url":"references/old.html","marks":["bca97160f4"]},
{"url":"references/new.html","marks":["18fdd549b2","5c62e091b8","c21365c7ea","5ef5ef0364","2e7d2c03a9","8ce86a6ae6","fcb5f40df9"]},
{"url":"rules.html#2","marks":["8448814dc5","62c66a7a5d","454349e422","3e23e81600"]}]
}
`
	if diff := cmp.Diff(strings.Split(want, "\n"), strings.Split(string(made(t, b)["handbook.json"]), "\n")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestRegisterOfAnEmptyBook(t *testing.T) {
	want := `{
"schema": 1,
"title": "",
"as_of": "2026-06-01",
"owners": [],
"areas": [],
"audiences": [],
"levels": [],
"parts": [],
"sections": [],
"laws": [],
"references": []
}
`
	if got := string(made(t, &book.Book{})["handbook.json"]); got != want {
		t.Errorf("got %s", got)
	}
}

func TestRegisterKeepsTexts(t *testing.T) {
	for _, title := range nasty() {
		b := sample(func(b *book.Book) {
			b.Config.Title, b.Sections[0].Title, b.Sections[0].Rules[0].Text, b.Laws[0].Caution = title, title, title, title
		})
		p := made(t, b)["handbook.json"]
		var got struct {
			Title    string
			Sections []struct {
				Title string
				Rules []struct{ Text string }
			}
			Laws []struct{ Caution string }
		}
		if err := json.Unmarshal(p, &got); err != nil {
			t.Errorf("%.40q: %v", title, err)
			continue
		}
		want := strings.ToValidUTF8(title, "\ufffd")
		if title == "bad \xff\xfe utf-8" {
			want = "bad \ufffd\ufffd utf-8" // one for each byte
		}
		for _, g := range []string{got.Title, got.Sections[0].Title, got.Sections[0].Rules[0].Text, got.Laws[0].Caution} {
			if g != want {
				t.Errorf("%.40q became %.40q", title, g)
			}
		}
		if strings.Contains(string(p), "</script") {
			t.Errorf("%.40q: a script element can end in handbook.json", title)
		}
	}
}

func TestRegisterEscapesAddresses(t *testing.T) {
	b := sample(func(b *book.Book) { b.Sections[0].Path = "phones/a b?c#d é.html" })
	if got := string(made(t, b)["handbook.json"]); !strings.Contains(got, `"url":"phones/a%20b%3Fc%23d%20%C3%A9.html#texting-1"`) {
		t.Error(got)
	}
}
