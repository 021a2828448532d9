package main

import (
	"html"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/site"
)

// A point is something that a social media policy for human services must
// answer, with words that the answer cannot do without and the sections that
// give it.
type point struct {
	question string
	sections []string
	words    []string // in the text of these sections, whatever their capitals
}

// points lists what was asked of the handbook before it was written.
func points() []point {
	return []point{
		{"why a policy: risk and ethics", []string{"why-and-who"}, []string{"risk", "ethic"}},
		{"when was it drafted, and when is it too old", []string{"review-and-change"}, []string{"drafted", "out of date"}},
		{"passwords on phones", []string{"phone-locks"}, []string{"password", "code"}},
		{"a stolen phone", []string{"lost-phone"}, []string{"stolen", "wipe"}},
		{"texting", []string{"texting"}, []string{"text"}},
		{"e-mail", []string{"email"}, []string{"encrypt"}},
		{"social media apps", []string{"apps-and-location", "own-device"}, []string{"permission", "location"}},
		{"confidential data at home and office", []string{"home-and-office", "cloud-and-ai", "video-sessions"}, []string{"home", "screen"}},
		{"HIPAA and FERPA", []string{"hipaa", "ferpa", "stricter-records"}, []string{"covered entity", "school", "Part 2"}},
		{"state against federal law", []string{"state-and-federal"}, []string{"strict"}},
		{"own behavior that harms the organization", []string{"keep-separate", "colleagues-and-students", "friends-and-searching"}, []string{"colleague", "logo"}},
		{"what clients do online", []string{"adults", "teens", "children-parents-carers", "groups-and-families", "seeing-harm-online"}, []string{"post"}},
		{"rules in personal life, and lawful limits", []string{"what-is-yours", "lawful-limits"}, []string{"pay", "private", "public"}},
		{"how a worker is protected", []string{"staff-targeted", "first-hour"}, []string{"police", "paid"}},
		{"how the organization is protected", []string{"agency-targeted", "fake-and-hijacked"}, []string{"spokesperson", "hijacked"}},
		{"a consequence for each breach", []string{"levels-and-consequences"}, []string{"level", "appeal"}},
		{"how it is revised", []string{"review-and-change"}, []string{"version", "change"}},
		{"a breach out of ignorance", []string{"honest-mistakes"}, []string{"level 0", "good faith"}},
		{"is it legal", []string{"counsel"}, []string{"counsel", "lawyer"}},
		{"consent that sets out expectations and limits", []string{"consent", "consent-form"}, []string{"choose", "sign"}},
		{"what clients may expect of the worker", []string{"consent", "friends-and-searching"}, []string{"look you up", "friend"}},
		{"video, audio, computers and phones in session", []string{"recording", "video-sessions", "home-and-office", "phone-locks"}, []string{"record", "video"}},
		{"states in which one person's consent is enough", []string{"recording", "state-and-federal"}, []string{"one "}},
		{"boundaries for each population", []string{"adults", "teens", "children-parents-carers", "groups-and-families"}, []string{"teen", "parent", "group"}},
		{"a teenager posts about therapy or a group", []string{"teens", "groups-and-families"}, []string{"post"}},
		{"a harmful video, and children", []string{"seeing-harm-online"}, []string{"sexual image", "hotline"}},
		{"how is checked what is sent out", []string{"disclosure", "strategy"}, []string{"check"}},
		{"what is viral never comes back", []string{"first-hour", "agency-targeted"}, []string{"viral"}},
		{"a strategy with goals", []string{"strategy"}, []string{"goal"}},
		{"a disclosure policy", []string{"disclosure"}, []string{"release"}},
		{"a participation policy", []string{"participation"}, []string{"comment", "block"}},
		{"how each tool is used", []string{"strategy", "official-accounts"}, []string{"account", "owner"}},
		{"a safety plan", []string{"first-hour", "breach-clock", "staff-targeted", "agency-targeted", "fake-and-hijacked"}, []string{"incident line", "60 calendar days"}},
		{"confidentiality, language and culture, liability", []string{"why-and-who", "consent", "participation", "counsel"}, []string{"language"}},
		{"keeping up with new tools", []string{"review-and-change"}, []string{"new"}},
	}
}

// TestContentCovers holds that every point has its sections, in force and
// with something to say on it.
func TestContentCovers(t *testing.T) {
	b, _ := realBook(t)
	for _, p := range points() {
		text := ""
		for _, id := range p.sections {
			s := b.Section(id)
			if s == nil {
				t.Errorf("%s: there is no section %s", p.question, id)
				continue
			}
			text += strings.ToLower(s.Doc.Text()) + "\n"
		}
		for _, w := range p.words {
			if text != "" && !strings.Contains(text, strings.ToLower(w)) {
				t.Errorf("%s: %v do not say %q", p.question, p.sections, w)
			}
		}
	}
	if n := len(b.Sections); n < 40 {
		t.Errorf("there are %d sections, fewer than 40", n)
	}
	manual := b.Reference("casw-social-media-2014")
	if manual == nil || !strings.Contains(manual.Title, "Social Media Use and Social Work Practice") || len(manual.AlsoCalled) == 0 || len(b.ReferenceUses(manual).Sections) == 0 {
		t.Errorf("the CASW manual is not there under both its names, or nothing rests on it: %+v", manual)
	}
	for _, law := range b.Laws {
		if law.Confidence == "C" {
			t.Errorf("law %s is not checked", law.ID)
		}
	}
	for _, r := range b.References {
		if r.Confidence == "C" {
			t.Errorf("reference %s is not checked", r.ID)
		}
	}
}

// TestContentCards holds which cards there are, and their order: what anybody
// may need at once comes before what the few do who answer and decide.
func TestContentCards(t *testing.T) {
	want := []string{"first-hour--card-first-hour", "lost-phone--card-lost-phone", "seeing-harm-online--card-harm-online",
		"participation--card-crisis-message", "staff-targeted--card-staff-targeted", "fake-and-hijacked--card-hijacked",
		"agency-targeted--card-agency-targeted", "breach-clock--card-breach-clock"}
	page, err := theSite(t).Read(book.WrongPath)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range regexp.MustCompile(`<section class="group card" id="([^"]+)">`).FindAllSubmatch(page, -1) {
		got = append(got, string(m[1]))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got cards %q", got)
	}
}

// Marks of the page that its author did not write: the sources and levels of
// rules, the numbers of clauses, values that are open, and citations with their
// brackets.
var (
	addedBlocks = regexp.MustCompile(`(?s)<p class="(?:rule-label|rule-sources|card-needs)">.*?</p>|<a class="clause".*?</a>|<span class="to-fill">.*?</span>`)
	citations   = regexp.MustCompile(`\(?<a class="cite"[^>]*>[^<]*</a>(?:, <span class="locator">[^<]*</span>)?[;)]?`)
	inlineTags  = regexp.MustCompile(`</?(?:a|span|strong|em|code)\b[^>]*>`)
	tags        = regexp.MustCompile(`<[^>]*>`)
)

// authorsWords counts what the author of a section wrote, as its page shows it:
// the text with headings, tables, examples and places to fill in, without the
// list of sources, and without what the page adds in between. An author who
// cites well must not have to write less.
func authorsWords(t *testing.T, page string) int {
	t.Helper()
	_, text, found := strings.Cut(page, `<div class="prose">`)
	text, _, end := strings.Cut(text, `<footer class="after">`)
	if !found || !end {
		t.Fatal("the text of the page is not where it was")
	}
	text = citations.ReplaceAllString(addedBlocks.ReplaceAllString(text, " "), "")
	return len(strings.Fields(html.UnescapeString(tags.ReplaceAllString(inlineTags.ReplaceAllString(text, ""), " "))))
}

// TestContentLength holds each section to a length that is read in one sitting.
// Forms are as long as their sheet.
func TestContentLength(t *testing.T) {
	b, _ := realBook(t)
	tree := theSite(t)
	for _, s := range b.Sections {
		page, err := tree.Read(s.Path)
		if err != nil {
			t.Fatal(err)
		}
		if n := authorsWords(t, string(page)); s.Form == nil && (n < 350 || n > 900) {
			t.Errorf("%s has %d words, not 350 to 900", s.Source, n)
		}
	}
}

// TestContentForms holds that every form belongs to a section, and which.
func TestContentForms(t *testing.T) {
	b, _ := realBook(t)
	got := map[string]string{}
	for _, s := range b.Sections {
		if s.Form != nil {
			got[s.ID] = s.Form.ID
		}
	}
	want := map[string]string{"consent-form": "consent", "own-device-agreement": "own-device", "acknowledgement": "why-and-who", "contact-card": "roles"}
	if !maps.Equal(got, want) {
		t.Errorf("got forms %v", got)
	}
}

// memory copies a folder, so that a test can change it.
func memory(t *testing.T, from fs.FS) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(from, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(from, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// withProfile loads the real content for an agency of which something is known.
func withProfile(t *testing.T, profile string) *book.Book {
	t.Helper()
	fsys := memory(t, os.DirFS(contentDir()))
	settings := string(fsys["handbook.yaml"].Data) + "\nprofile: {" + profile + "}\n"
	fsys["handbook.yaml"].Data = []byte(settings)
	b, problems, err := book.Load(fsys, book.Options{Dir: "content/"})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if p.Severity == diag.Error {
			t.Errorf("%s: %s", profile, p)
		}
	}
	return b
}

// TestContentProfiles builds the content for each kind of agency. Whatever is
// left out, no link breaks, every section still says something, and what is
// for the other kind is nowhere in the site.
func TestContentProfiles(t *testing.T) {
	for _, profile := range []string{
		"sector: private", "sector: public",
		"covered_entity: true", "covered_entity: false", "part2: true", "part2: false", "school_based: true", "school_based: false",
		"victim_services: true", "victim_services: false", "hhs_funds: true", "hhs_funds: false",
		"jurisdictions: [US]", "jurisdictions: [US, US-MD]", "jurisdictions: [CA-ON]",
		"sector: private, covered_entity: false, part2: false, school_based: false, victim_services: false, hhs_funds: false",
		"sector: public, covered_entity: true, part2: true, school_based: true, victim_services: true, hhs_funds: true",
	} {
		b := withProfile(t, profile)
		for _, s := range b.Sections {
			if s.Form == nil && s.Doc.Words() < 300 {
				t.Errorf("%s: %s has only %d words left", profile, s.ID, s.Doc.Words())
			}
			for i, h := range s.Doc.Headings() {
				if strings.TrimSpace(s.Doc.Blocks()[i+1]) == "" && (i+1 == len(s.Doc.Headings()) || s.Doc.Headings()[i+1].Level <= h.Level) {
					t.Errorf("%s: %s: nothing stands below the heading %q", profile, s.ID, h.Text)
				}
			}
		}
	}
}

// TestContentLimits holds the two editions of the page on lawful limits.
func TestContentLimits(t *testing.T) {
	page := func(profile string) string {
		b := withProfile(t, profile)
		tree, err := site.Build(b, site.Options{Day: date.New(2026, 12, 1)})
		if err != nil {
			t.Fatal(err)
		}
		data, err := tree.Read(b.Section("lawful-limits").Path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	private, public := page("sector: private"), page("sector: public")
	for _, c := range []struct {
		word            string
		private, public bool
	}{
		{"If we are a private agency", true, false},
		{"If we are a public agency", false, true},
		{"State law and a union contract can change any line", true, true},
	} {
		if got := strings.Contains(private, c.word); got != c.private {
			t.Errorf("the private edition says %q: %v", c.word, got)
		}
		if got := strings.Contains(public, c.word); got != c.public {
			t.Errorf("the public edition says %q: %v", c.word, got)
		}
	}
}
