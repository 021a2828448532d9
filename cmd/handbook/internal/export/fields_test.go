package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"handbook/cmd/handbook/internal/book"
)

// TestFields holds the table of members to what is written: there is no other
// member, each is written somewhere, in this order, and those that are required
// wherever their object is.
func TestFields(t *testing.T) {
	full := fullSample()
	signed := sample(func(b *book.Book) {
		a := &b.Sections[0].Approvals[0]
		a.Text = book.Scheme + "00000000-00000000-0000000000000000"
	})
	seen := map[string]bool{}
	for _, b := range []*book.Book{sample(nil), full, signed, {}} {
		d := json.NewDecoder(bytes.NewReader(made(t, b)["handbook.json"]))
		members(t, d, "", Fields(), seen)
	}
	var all func(at string, keys book.Keys)
	all = func(at string, keys book.Keys) {
		for _, k := range keys {
			// What of it is written only with a time zone, or by another reason.
			if way := at + k.Name; !seen[way] && way != "timezone" && way != "sections.reasons.until" {
				t.Errorf("%s is written nowhere", way)
			}
			all(at+k.Name+".", k.Keys)
		}
	}
	all("", Fields())
}

// members reads a value and holds its members to keys, or gives an end.
func members(t *testing.T, d *json.Decoder, at string, keys book.Keys, seen map[string]bool) {
	t.Helper()
	token, err := d.Token()
	if err != nil {
		t.Fatal(err)
	}
	switch token {
	case json.Delim('['):
		for d.More() {
			members(t, d, at, keys, seen)
		}
		_, _ = d.Token()
	case json.Delim('{'):
		last, has := -1, map[string]bool{}
		for d.More() {
			token, _ := d.Token()
			name := fmt.Sprint(token)
			i := slices.Index(keys.Names(), name)
			if i < 0 {
				t.Fatalf("%s%s is in no table", at, name)
			}
			if i < last {
				t.Errorf("%s%s is before %s", at, keys[last].Name, name)
			}
			last, has[name], seen[at+name] = i, true, true
			members(t, d, at+name+".", keys[i].Keys, seen)
		}
		for _, k := range keys {
			if k.Required && !has[k.Name] {
				t.Errorf("%s%s is not always there", at, k.Name)
			}
		}
		_, _ = d.Token()
	}
}

// TestReadPublished reads the register of an edition that was published before.
func TestReadPublished(t *testing.T) {
	b := fullSample()
	now := string(made(t, b)["handbook.json"])
	for _, c := range []struct{ name, register, want string }{
		{"this version", now, ""},
		{"from before versions", strings.Replace(now, "\"schema\": 1,\n", "", 1), ""},
		{"with a member more", strings.Replace(now, `"schema": 1,`, `"schema": 1, "more": {"a": [1]},`, 1), ""},
		{"a later version", strings.Replace(now, `"schema": 1,`, `"schema": 2,`, 1), "its handbook.json is of version 2, which a later handbook program wrote; this one reads up to version 1"},
		{"no version", strings.Replace(now, `"schema": 1,`, `"schema": "one",`, 1), "its handbook.json cannot be read"},
	} {
		if c.name != "this version" && c.register == now {
			t.Fatalf("%s: nothing was replaced", c.name)
		}
		p, err := ReadPublished([]byte(c.register), b.Edition)
		if err != nil && err.Error() != c.want || err == nil && c.want != "" {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if err != nil {
			continue
		}
		if gains, err := Gains(b, p); len(gains) > 0 || err != nil {
			t.Errorf("%s: gains %v, %v", c.name, gains, err)
		}
	}
}

// TestFormerOfLaterVersion holds that a register whose members may mean something
// else is not read for the addresses that it held.
func TestFormerOfLaterVersion(t *testing.T) {
	for register, want := range map[string]string{
		`{"schema": 1, "sections": [{"id": "texting", "url": "sms.html"}]}`: `its section "texting" is gone, or a draft; write aliases: [sms.html] in the one that takes its place`,
		`{"schema": 2, "sections": [{"id": "texting", "url": "sms.html"}]}`: "write aliases: [sms.html] in the section that its readers look for",
	} {
		lost := FindVanished(sample(nil), []string{"sms.html"}, []byte(register), func(string) bool { return false })
		if len(lost) != 1 || lost[0].Remedy != want {
			t.Errorf("%s: %v, want %q", register, lost, want)
		}
	}
}
