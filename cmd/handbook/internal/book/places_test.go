package book

import (
	"strings"
	"testing"
)

func TestWorksIn(t *testing.T) {
	for _, c := range []struct {
		ours, place string
		want        bool
	}{
		{"", "US", true}, {"", "CA-ON", true},
		{"US", "US", true}, {"US", "CA", false}, {"US", "CA-ON", false},
		{"US", "US-MD", true}, // which state is not known
		{"US US-MD", "US-MD", true}, {"US US-MD", "US-NY", false}, {"US US-MD", "US", true},
		{"US-MD", "US", true}, {"US-MD", "US-NY", false}, {"US-MD", "U", false}, {"US-MD", "US-M", false},
		{"CA-ON", "CA", true}, {"CA-ON", "CA-QC", false}, {"CA-ON", "US", false},
		{"US US-MD CA", "CA-ON", true}, {"US US-MD CA", "US-NY", false},
	} {
		cfg := &Config{Jurisdictions: strings.Fields(c.ours)}
		if got := cfg.WorksIn(c.place); got != c.want {
			t.Errorf("[%s]: %s: got %v", c.ours, c.place, got)
		}
	}
}

// TestPlaces holds how the profile names places, and what is shown for them.
func TestPlaces(t *testing.T) {
	const body = "# A\n\nAll.\n\n::: when {jurisdictions=CA}\nCanada.\n:::\n\n::: when {jurisdictions=US-MD,US-NY}\nTwo.\n:::\n"
	for _, c := range []struct{ profile, when, want, problems string }{
		{"", "[CA]", "All. Canada. Two. | B.", ""},
		{"jurisdictions: [US, US-MD]", "[CA]", "All. Two.", ""},
		{"jurisdictions: [US, US-TX]", "[CA, US-TX]", "All. | B.", ""},
		{"jurisdictions: [CA-ON]", "[CA]", "All. Canada. | B.", ""},
		{"jurisdictions: [US, CA]", "[CA-ON, CA-QC]", "All. Canada. Two. | B.", ""},
		{"jurisdictions: US", "[CA]", "All. Canada. Two. | B.", `handbook.yaml:1:26: error: jurisdictions must be a list, not one value [wrong-type] | write [US]`},
		{"jurisdictions: [us_md]", "[CA]", "All. Canada. Two. | B.", `handbook.yaml:1:26: error: jurisdictions: "us_md" is not the code of a place [bad-value] | write US-MD`},
		{"jurisdictions: [Maryland]", "[CA]", "All. Canada. Two. | B.", `handbook.yaml:1:26: error: jurisdictions: "Maryland" is not the code of a place [bad-value] | write a code such as US, US-MD or CA-ON`},
		{"", "CA", "All. Canada. Two. | B.", `b.md:2:23: error: jurisdictions must be a list, not one value [wrong-type] | write [CA]`},
		{"", "[ca]", "All. Canada. Two. | B.", `b.md:2:23: error: jurisdictions: "ca" is not the code of a place [bad-value] | write CA`},
	} {
		b, ps, err := Load(folderOf(map[string]string{"handbook.yaml": "profile: {" + c.profile + "}", "a.md": body,
			"b.md": "---\nwhen: {jurisdictions: " + c.when + "}\n---\n# B\n\nB.\n"}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, s := range b.Sections {
			texts = append(texts, strings.Join(strings.Fields(s.Doc.Text()), " "))
		}
		if got := strings.Join(texts, " | "); got != c.want || told(ps) != c.problems {
			t.Errorf("%s, %s: got %q\n%s\nwant %q\n%s", c.profile, c.when, got, told(ps), c.want, c.problems)
		}
	}
	b, _, _ := Load(folderOf(map[string]string{"handbook.yaml": "profile: {jurisdictions: [US, US-MD]}", "a.md": body, "b.md": "---\nwhen: {jurisdictions: [CA, UK]}\n---\n# B\n\nB.\n"}), Options{})
	want := "it is for jurisdictions: CA, UK, and the profile says jurisdictions: US, US-MD"
	if len(b.LeftOut) != 1 || b.LeftOut[0].Why != want {
		t.Errorf("got %+v, want %s", b.LeftOut, want)
	}
	// In a block, and at the top of handbook.yaml, where it once stood.
	_, ps, _ := Load(folderOf(map[string]string{"handbook.yaml": "jurisdictions: [US]", "a.md": "# A\n\nAll.\n\n::: when {jurisdictions=us-md}\nB.\n:::\n\n::: when {jurisdiction=US}\nB.\n:::\n"}), Options{})
	if got, want := told(ps), `a.md:5:1: error: jurisdictions: "us-md" is not the code of a place [bad-attributes] | write US-MD
a.md:9:1: error: the profile has no key "jurisdiction" [bad-attributes] | did you mean jurisdictions?
handbook.yaml:1:1: error: where the agency works is part of its profile [unknown-key] | write it below profile: as jurisdictions: [US, US-MD]`; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
