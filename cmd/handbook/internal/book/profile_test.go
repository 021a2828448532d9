package book

import (
	"strings"
	"testing"
	"testing/fstest"

	"handbook/cmd/handbook/internal/diag"
)

// folderOf makes a content folder of files with their text.
func folderOf(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

// told writes problems one to a line, with their hints.
func told(ps []diag.Problem) string {
	var lines []string
	for _, p := range ps {
		lines = append(lines, p.String()+" | "+p.Hint)
	}
	return strings.Join(lines, "\n")
}

func TestProfileHolds(t *testing.T) {
	for _, c := range []struct {
		profile    Profile
		key, value string
		want       bool
	}{
		{nil, "sector", "public", true}, // unknown: shown
		{Profile{}, "part2", "false", true},
		{Profile{"sector": "private"}, "sector", "private", true},
		{Profile{"sector": "private"}, "sector", "public", false},
		{Profile{"sector": "private"}, "part2", "true", true},
		{Profile{"part2": "false"}, "part2", "true", false},
		{Profile{"part2": "false"}, "part2", "false", true},
	} {
		if got := c.profile.Holds(c.key, c.value); got != c.want {
			t.Errorf("%v: %s=%s: got %v", c.profile, c.key, c.value, got)
		}
	}
}

func TestProfileProblems(t *testing.T) {
	for _, c := range []struct{ profile, want string }{
		{"profile: {sector: private, covered_entity: true, part2: false, school_based: true, victim_services: false, hhs_funds: true}", ""},
		{"profile:", ""},
		{"profile: {sector: }", ""},
		{"profile: {sektor: private}", `handbook.yaml:1:11: error: unknown key "sektor" [unknown-key] | did you mean sector?`},
		{"profile: {sector: pubic}", `handbook.yaml:1:19: error: sector: "pubic" is not one of private, public [bad-value] | did you mean public?`},
		{"profile: {part2: yes}", `handbook.yaml:1:18: error: part2: "yes" is not one of true, false [bad-value] | write one of true, false`},
		{"profile: {part2: [true]}", `handbook.yaml:1:18: error: part2 must be one value, not a list [wrong-type] | write one value, in quotes if it holds brackets`},
		{"profile: private", `handbook.yaml:1:10: error: profile must be a map of keys and values, not one value [wrong-type] | write key: value pairs`},
	} {
		_, ps, err := Load(folderOf(map[string]string{"handbook.yaml": c.profile, "a.md": "# A\n\nText."}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := told(ps); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.profile, got, c.want)
		}
	}
}

func TestLeftOut(t *testing.T) {
	const schools = "---\ntitle: Schools\nwhen: {school_based: true}\n---\nText."
	for _, c := range []struct {
		name, profile, when string
		want                string // why it is left out
		problems            string
	}{
		{"unknown", "", "{school_based: true}", "", ""},
		{"holds", "school_based: true", "{school_based: true}", "", ""},
		{"does not hold", "school_based: false", "{school_based: true}", "it is for school_based: true, and the profile says school_based: false", ""},
		{"one of two does not hold", "sector: private, part2: true", "{part2: true, sector: public}", "it is for sector: public, and the profile says sector: private", ""},
		{"nothing", "sector: private", "", "", ""},
		{"unknown key", "sector: private", "{sektor: public}", "", `a.md:3:8: error: unknown key "sektor" [unknown-key] | did you mean sector?`},
		{"unknown value", "sector: private", "{sector: pubic}", "", `a.md:3:16: error: sector: "pubic" is not one of private, public [bad-value] | did you mean public?`},
		{"no map", "sector: private", "public", "", `a.md:3:7: error: when must be a map of keys and values, not one value [wrong-type] | write key: value pairs`},
	} {
		b, ps, err := Load(folderOf(map[string]string{
			"handbook.yaml": "profile: {" + c.profile + "}", "b.md": "# B\n\nText.",
			"a.md": strings.Replace(schools, "{school_based: true}", c.when, 1)}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, l := range b.LeftOut {
			got += l.Why
			if l.Source != "a.md" || l.ID != "a" || l.Title != "Schools" || l.Pos.String() != "a.md:2:8" {
				t.Errorf("%s: %+v", c.name, l)
			}
		}
		if (b.Section("a") == nil) != (c.want != "") || b.Section("b") == nil || len(b.Sections)+len(b.LeftOut) != 2 {
			t.Errorf("%s: %d sections, %d left out", c.name, len(b.Sections), len(b.LeftOut))
		}
		if got != c.want || told(ps) != c.problems {
			t.Errorf("%s: got %q\n%s\nwant %q\n%s", c.name, got, told(ps), c.want, c.problems)
		}
	}
}

// TestLeftOutLinks holds that a link to what is left out is told, that errors
// in what is left out are told too, and that nothing of it is in the Book.
func TestLeftOutLinks(t *testing.T) {
	b, ps, err := Load(folderOf(map[string]string{
		"handbook.yaml":        "profile: {sector: private}",
		"registers/laws.yaml":  "- {id: us-a, title: Act A}",
		"registers/terms.yaml": "- {id: phi, term: PHI, definition: Health facts.}",
		"a.md":                 "---\nwhen: {sector: public}\nowner: nobody\nsuperseded_by: b\n---\n# A\n\n::: rule {#a-1 laws=us-a}\nRule.\n:::",
		"b.md": "# B\n\nSee [A](a.md), [a rule](c.md#c-1), [both](c.md#c-2) and [none](c.md#c-3).\n\n" +
			"::: when {sector=public}\nSee [A](a.md), [@us-a] and PHI.\n:::",
		"c.md": "# C\n\n::: when {sector=public}\n::: rule {#c-1 laws=us-a}\nRule.\n:::\n:::\n\n::: rule {#c-2}\nRule.\n:::",
	}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := `a.md:3:8: error: owner "nobody" is not in handbook.yaml [unknown-owner] | add it to owners in handbook.yaml
b.md:3:5: error: "a.md" is left out: it is for sector: public, and the profile says sector: private [draft-link] | take the link out, or put it in a ::: when block of the same condition
b.md:3:16: error: "#c-1" stands in a block that the profile leaves out [draft-link] | take the link out, or put it in a ::: when block of the same condition
b.md:3:57: error: the page has no heading or rule "#c-3" [broken-anchor] | did you mean #c-2?`
	if got := told(ps); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if uses := b.LawUses(b.Law("us-a")); len(uses.Sections)+len(uses.Rules) != 0 {
		t.Errorf("the law is applied by %d sections and %d rules", len(uses.Sections), len(uses.Rules))
	}
	if rules := b.Rules(); len(rules) != 1 || rules[0].ID != "c-2" {
		t.Errorf("got %d rules", len(rules))
	}
}

// TestLeftOutWhole holds that a page of which nothing remains is told.
func TestLeftOutWhole(t *testing.T) {
	_, ps, err := Load(folderOf(map[string]string{
		"handbook.yaml": "profile: {sector: private}", "a.md": "---\ntitle: A\n---\n::: when {sector=public}\nText.\n:::"}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := told(ps), "a.md:4:1: error: the profile leaves out all that the page says [no-body] | write when: in the front matter, so that the whole section is left out"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestForm(t *testing.T) {
	for _, c := range []struct{ form, want, problems string }{
		{"", "", ""},
		{"bbbc", "bbbc", ""},
		{"a", "", "a.md:3:7: error: form: a section cannot be the form of itself [bad-value] | write the id of the section that the form belongs to"},
		{"bbbb", "", `a.md:3:7: error: section "bbbb" does not exist [unknown-section] | did you mean bbbc?`},
		{"gone", "", `a.md:3:7: error: the section "gone" that the form belongs to is left out [draft-link] | give the form the same when:`},
		{"[b]", "", "a.md:3:7: error: form must be one value, not a list [wrong-type] | write one value, in quotes if it holds brackets"},
	} {
		b, ps, err := Load(folderOf(map[string]string{
			"handbook.yaml": "profile: {sector: private}", "bbbc.md": "# B\n\nText.", "gone.md": "---\nwhen: {sector: public}\n---\n# Gone\n\nText.",
			"a.md": "---\ntitle: A\nform: " + c.form + "\n---\nText."}), Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if f := b.Section("a").Form; f != nil {
			got = f.ID
		}
		if got != c.want || told(ps) != c.problems {
			t.Errorf("%q: got %q\n%s\nwant %q\n%s", c.form, got, told(ps), c.want, c.problems)
		}
	}
}
