package book

import (
	"strings"
	"testing"
)

// openLibrary is the library with readers who are not of the staff.
func openLibrary() map[string]string {
	files := library()
	files["handbook.yaml"] = strings.ReplaceAll(files["handbook.yaml"], ", internal: true", "")
	return files
}

// TestOutside holds, to the last entry, what an edition for people outside the
// staff is made of.
func TestOutside(t *testing.T) {
	for _, c := range []struct{ audience, want string }{
		{"clients", `edition for clients, without 2
base "" repository ""
sections text teens-page of 1
text for clients by Carer on texts: rules text-1 for adults, references r-old
teens-page for teens
owners carer areas texts audiences clients[teens adults] teens[] adults[] levels 0
laws us-d references r-old terms phi
files a/plan.png redirects old-a.html old-text.html
says All read PHI Act D. | Seen by all Old. A plan For both. Adults read this. | You may.`},
		{"it,adults", `edition for IT staff and adult clients, without 3
base "" repository ""
sections text of 1
text for clients by Carer on texts: rules text-1 for adults, references r-old
owners carer areas texts audiences it[] clients[adults] adults[] levels 0
laws us-d references r-old terms phi
files a/keys.pdf a/plan.png redirects old-a.html old-text.html
says All read PHI Act D. | Seen by all Old. A plan For both. Adults read this. Staff read keys.`},
	} {
		b, ps, err := Load(folderOf(openLibrary()), Options{Audience: strings.Split(c.audience, ",")})
		if err != nil || len(ps) > 0 {
			t.Fatalf("%s: %v %v", c.audience, err, told(ps))
		}
		if got := outlineOf(b); got != c.want || !b.IsOutside() {
			t.Errorf("%s: got\n%s\nwant\n%s", c.audience, got, c.want)
		}
		s := b.Section("text")
		if len(s.UnnamedLaws) != 1 || s.UnnamedLaws[0].ID != "us-a" || len(s.UnnamedReferences) != 0 {
			t.Errorf("%s: unnamed %v %v", c.audience, s.UnnamedLaws, s.UnnamedReferences)
		}
	}
	if b, _, _ := Load(folderOf(openLibrary()), Options{Audience: []string{"staff"}}); b.IsOutside() || b.Law("us-a") == nil {
		t.Error("the edition for staff is one for people outside")
	}
	if b, _, _ := Load(folderOf(openLibrary()), Options{}); b.IsOutside() {
		t.Error("the whole handbook is an edition")
	}
}

// TestShownHash is Case S3: the hash that an edition shows tells nothing of the
// text that it does not show, nor of who reads it, and does tell one text that it
// shows from another.
func TestShownHash(t *testing.T) {
	hash := func(change func(string) string) string {
		files := openLibrary()
		files["1-a/1-text.md"] = change(files["1-a/1-text.md"])
		b, ps, err := Load(folderOf(files), Options{Audience: []string{"clients"}})
		if err != nil || len(ps) > 0 {
			t.Fatalf("%v %v", err, told(ps))
		}
		return b.Section("text").ShownHash
	}
	replace := func(from, to string) func(string) string {
		return func(s string) string {
			if !strings.Contains(s, from) {
				t.Fatalf("the page has no %q", from)
			}
			return strings.Replace(s, from, to, 1)
		}
	}
	plain := hash(func(s string) string { return s })
	for _, same := range [][2]string{
		{"Staff read [keys](keys.pdf).", "The code is 4821. [keys](keys.pdf)"}, {"::: when {audience=staff,it}\nStaff read [keys](keys.pdf).\n:::\n", ""},
		{"For staff.", "For staff, another rule."}, {"audience=staff,adults", "audience=adults"}, {"title: Text\n", "title: Text\nsummary: For the staff only.\n"},
		{"laws: [us-a]", "laws: [us-b]"},
	} {
		if got := hash(replace(same[0], same[1])); got != plain {
			t.Errorf("%q to %q: the hash is %s, and was %s", same[0], same[1], got, plain)
		}
	}
	for _, other := range [][2]string{{"For both.", "For two."}, {"Adults read this.", "Adults read that."}, {"title: Text\n", "title: Words\n"}, {"title: Text\n", "title: Text\nsummary: {clients: For you.}\n"}} {
		if hash(replace(other[0], other[1])) == plain {
			t.Errorf("%q to %q: the hash is the same", other[0], other[1])
		}
	}
	whole, _, _ := Load(folderOf(openLibrary()), Options{})
	if s := whole.Section("text"); s.ShownHash != s.TextHash || s.ShownHash == plain {
		t.Errorf("the whole handbook shows %s of %s, the edition %s", s.ShownHash, s.TextHash, plain)
	}
}
