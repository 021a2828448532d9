package book

import (
	"fmt"
	"strings"
	"testing"
)

// TestOpenValues holds what is read of values that are open (Case B8), and that
// an edition knows only those that its readers come across.
func TestOpenValues(t *testing.T) {
	files := library()
	files["handbook.yaml"] = strings.Replace(strings.Replace(files["handbook.yaml"], "owners: [{id: boss, name: Boss}, {id: carer, name: Carer}]",
		`agency: {name: {fill: The name}, line: {fill: "The\n line"}, panic: {fill: The panic line}, mail: info@harbor.org, none: {fill: }, other: {fil: x}, long: {fill: `+strings.Repeat("x", 301)+`}}
owners:
- {id: boss, name: {fill: Who}, email: {fill: The mailbox of the boss}}
- {id: carer, name: Carer, phone: {fill: The phone of the carer}}`, 1), "\t", " ", -1)
	files["1-for/9-open.md"] = "---\ntitle: Open\naudience: [clients]\nowner: carer\n---\nCall {{agency.line}}, {{owner.phone}} or {{agency.lin}}.\n\n::: when {audience=staff}\nPress {{agency.panic}}.\n:::\n"
	open := func(b *Book) string {
		var out []string
		for _, v := range b.Config.Open {
			out = append(out, fmt.Sprintf("%d:%d %s %s", v.Pos.Line, v.Pos.Col, v.Name, v.Prompt[:min(30, len(v.Prompt))]))
		}
		return strings.Join(out, "\n")
	}
	b, ps, err := Load(folderOf(files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	const names, owners = `4:16 agency.name The name
4:40 agency.line The line
`, `6:20 owners.boss.name Who
6:40 owners.boss.email The mailbox of the boss
7:35 owners.carer.phone The phone of the carer`
	if got, want := open(b), names+`4:69 agency.panic The panic line
4:122 agency.none none
4:139 agency.other other
4:155 agency.long long
`+owners; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(b.Config.Agency) != 1 || b.Config.Owners[0].Name != "boss" || b.Config.Owners[0].Email != "" {
		t.Errorf("an open value is taken for a known one: %v, %+v", b.Config.Agency, b.Config.Owners)
	}
	if len(b.Config.Known) != 2 || b.Config.Known[0].Text != "info@harbor.org" || b.Config.Known[1].Name != "owners.carer.name" {
		t.Errorf("got %+v", b.Config.Known)
	}
	problems := told(ps)
	for _, want := range []string{
		`agency.none does not say what is to be filled in [bad-value] | none: {fill: "what belongs here"}`,
		`unknown key "fil" [unknown-key] | did you mean fill?`,
		`what is to be filled in for agency.long has 301 characters; the limit is 300 [bad-value] | say in a few words what belongs there`,
	} {
		if !strings.Contains(problems, want) {
			t.Errorf("%s\nis not told:\n%s", want, problems)
		}
	}
	if strings.Contains(problems, "agency.other does not say") {
		t.Error("one slip is told twice")
	}
	fills := b.Section("open").Doc.Fills
	if len(fills) != 3 || fills[1].Value != "owners.carer.phone" || fills[1].Title != "The phone of the carer" {
		t.Errorf("got %+v", fills)
	}

	files["handbook.yaml"] = strings.NewReplacer(", none: {fill: }", "", ", other: {fil: x}", "", strings.Repeat("x", 301), "x").Replace(files["handbook.yaml"])
	_, ps, _ = Load(folderOf(files), Options{})
	if got := told(ps); !strings.Contains(got, `there is no value "agency.lin" [unknown-value] | did you mean agency.line?`) {
		t.Errorf("the open value is not named:\n%s", got)
	}
	b, _, err = Load(folderOf(files), Options{Audience: []string{"clients"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := open(b); strings.Contains(got, "panic") || !strings.Contains(got, "agency.line") || !strings.Contains(got, "agency.name") {
		t.Errorf("the edition has\n%s", got)
	}
}
