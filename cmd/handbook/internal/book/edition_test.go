package book

import (
	"errors"
	"fmt"
	"handbook/cmd/handbook/internal/diag"
	"strings"
	"testing"
)

// library is a handbook for staff and clients in which everything has its
// readers.
func library() map[string]string {
	return map[string]string{
		"handbook.yaml": `title: H
base_url: https://example.org/all/
repository: {url: https://example.org/source}
owners: [{id: boss, name: Boss}, {id: carer, name: Carer}]
areas: [{id: secrets, name: Secrets, required: true}, {id: texts, name: Texts}]
audiences:
- {id: staff, name: Staff}
- {id: it, name: IT staff}
- {id: clients, name: Clients, includes: [teens, adults]}
- {id: teens, name: Teenage clients, population: true, internal: true}
- {id: adults, name: Adult clients, population: true, internal: true}
levels: [{level: 0, name: Learn}, {level: 3, name: Serious}]
`,
		"registers/laws.yaml": "- {id: us-a, title: Act A, areas: [secrets, texts]}\n- {id: us-b, title: Act B}\n- {id: us-c, title: Act C}\n- {id: us-d, title: Act D}\n",
		"registers/references.yaml": "- {id: r-old, title: Old, superseded_by: r-new}\n- {id: r-new, title: New, rests_on: [r-base]}\n- {id: r-base, title: Base}\n" +
			"- {id: r-staff, title: Staff only, rests_on: [r-old]}\n",
		"registers/terms.yaml": "- {id: phi, term: PHI, definition: Facts.}\n- {id: mfa, term: MFA, definition: Two keys.}\n",
		"index.md":             "# Home\n\nAll read PHI [@us-d].\n\n::: when {audience=staff}\nSee [wipe](2-b/1-wipe.md), MFA and [@us-b].\n:::\n",
		"1-a/index.md":         "---\ntitle: A\naliases: [old-a.html]\n---\nPart.\n",
		"1-a/1-text.md": "---\ntitle: Text\nid: text\nowner: carer\nareas: [texts]\naudience: [staff, clients]\nlaws: [us-a]\naliases: [old-text.html]\n---\n" +
			"Seen by all [@r-old]. ![A plan](plan.png)\n\n::: rule {#text-1 level=0 audience=staff,adults}\nFor both.\n:::\n\n" +
			"::: rule {#text-2 level=3 laws=us-c audience=staff}\nFor staff.\n:::\n\n::: when {audience=adults}\nAdults read this.\n:::\n\n" +
			"::: when {audience=staff,it}\nStaff read [keys](keys.pdf).\n:::\n",
		"1-a/2-teens.md":  "---\ntitle: Teens\nid: teens-page\naudience: [teens]\n---\nYou may.\n",
		"1-a/plan.png":    "png",
		"1-a/keys.pdf":    "pdf",
		"2-b/index.md":    "---\ntitle: B\naliases: [old-b.html]\n---\nPart for staff.\n",
		"2-b/1-wipe.md":   "---\ntitle: Wipe\nid: wipe\nowner: boss\nareas: [secrets]\naudience: [staff]\nlaws: [us-b]\nreferences: [r-staff]\naliases: [old-wipe.html]\n---\n## How\n\nMFA. See [text](../1-a/1-text.md).\n",
		"2-b/2-nobody.md": "---\ntitle: Nobody\nid: nobody\n---\nFor nobody that it names.\n",
	}
}

// with returns a library with one file changed; a text of the form "a=>b" is
// replaced, any other is the whole file.
func with(name, text string) map[string]string {
	files := library()
	from, to, ok := strings.Cut(text, "=>")
	if ok && !strings.Contains(files[name], from) {
		panic(name + " does not have " + from)
	}
	if ok {
		text = strings.Replace(files[name], from, to, 1)
	}
	files[name] = text
	return files
}

// TestEdition holds, to the last entry, what editions are made of.
func TestEdition(t *testing.T) {
	for _, c := range []struct{ audience, want string }{
		{"clients", `edition for clients, without 2
base "" repository ""
sections text teens-page of 1
text for clients by Carer on texts: rules text-1 for adults, laws us-a, references r-old
teens-page for teens
owners carer areas texts audiences clients[teens adults] teens[] adults[] levels 0
laws us-a[texts] us-d references r-old r-new r-base terms phi
files a/plan.png redirects old-a.html old-text.html
says All read PHI Act D. | Seen by all Old. A plan For both. Adults read this. | You may.`},
		{"teens", `edition for teenage clients, without 2
base "" repository ""
sections text teens-page of 1
text for clients by Carer on texts: laws us-a, references r-old
teens-page for teens
owners carer areas texts audiences clients[teens] teens[] levels
laws us-a[texts] us-d references r-old r-new r-base terms phi
files a/plan.png redirects old-a.html old-text.html
says All read PHI Act D. | Seen by all Old. A plan | You may.`},
		{"it", "no section"},
		{"it,adults", `edition for IT staff and adult clients, without 3
base "" repository ""
sections text of 1
text for clients by Carer on texts: rules text-1 for adults, laws us-a, references r-old
owners carer areas texts audiences it[] clients[adults] adults[] levels 0
laws us-a[texts] us-d references r-old r-new r-base terms phi
files a/keys.pdf a/plan.png redirects old-a.html old-text.html
says All read PHI Act D. | Seen by all Old. A plan For both. Adults read this. Staff read keys.`},
		{"staff", `edition for staff, without 2
base "" repository ""
sections text wipe of 1 2
text for staff by Carer on texts: rules text-1 for staff, text-2 for staff, laws us-a us-c, references r-old
wipe for staff by Boss on secrets: laws us-b, references r-staff
owners boss carer areas secrets texts audiences staff[] levels 0 3
laws us-a[secrets texts] us-b us-c us-d references r-old r-new r-base r-staff terms mfa phi
files a/keys.pdf a/plan.png redirects old-a.html old-b.html old-text.html old-wipe.html
says All read PHI Act D. See wipe, MFA and Act B. | Seen by all Old. A plan For both. For staff. Staff read keys. | How MFA. See text.`},
	} {
		b, ps, err := Load(folderOf(library()), Options{Audience: strings.Split(c.audience, ",")})
		if err != nil || len(ps) > 0 {
			t.Fatalf("%s: %v %v", c.audience, err, told(ps))
		}
		if got := outlineOf(b); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.audience, got, c.want)
		}
	}
}

// outlineOf writes all that an edition holds, in lines.
func outlineOf(b *Book) string {
	if len(b.Sections) == 0 {
		return "no section"
	}
	var w strings.Builder
	fmt.Fprintf(&w, "edition for %s, without %d\nbase %q repository %q\nsections", b.Edition.Name(), b.Edition.Others, b.Config.BaseURL, b.Config.Repository.URL)
	text := []string{b.Home.Doc.Text()}
	parts := ""
	for _, p := range b.Parts {
		parts += " " + p.Number
	}
	for _, s := range b.Sections {
		w.WriteString(" " + s.ID)
		text = append(text, s.Doc.Text())
	}
	w.WriteString(" of" + parts)
	for _, s := range b.Sections {
		fmt.Fprintf(&w, "\n%s for %s", s.ID, join(s.Audience, func(a *Audience) string { return a.ID }))
		var facts []string
		if s.Owner != nil {
			fmt.Fprintf(&w, " by %s on %s:", s.Owner.Name, join(s.Areas, func(a *Area) string { return a.ID }))
		}
		if len(s.Rules) > 0 {
			var rules []string
			for _, r := range s.Rules {
				rules = append(rules, r.ID+" for "+join(r.Audience, func(a *Audience) string { return a.ID }))
			}
			facts = append(facts, " rules "+strings.Join(rules, ", "))
		}
		if len(s.Laws) > 0 {
			facts = append(facts, " laws "+join(s.Laws, func(l *Law) string { return l.ID }))
		}
		if len(s.References) > 0 {
			facts = append(facts, " references "+join(s.References, func(r *Reference) string { return r.ID }))
		}
		w.WriteString(strings.Join(facts, ","))
	}
	c := b.Config
	list := func(what, ids string) {
		w.WriteString(strings.TrimRight(what+" "+ids, " "))
	}
	list("\nowners", join(c.Owners, func(o Owner) string { return o.ID }))
	list(" areas", join(c.Areas, func(a Area) string { return a.ID }))
	list(" audiences", join(c.Audiences, func(a Audience) string { return fmt.Sprint(a.ID, a.Includes) }))
	list(" levels", join(c.Levels, func(l Level) string { return fmt.Sprint(l.Level) }))
	list("\nlaws", join(b.Laws, func(l *Law) string {
		if len(l.Areas) == 0 {
			return l.ID
		}
		return l.ID + "[" + join(l.Areas, func(a *Area) string { return a.ID }) + "]"
	}))
	list(" references", join(b.References, func(r *Reference) string { return r.ID }))
	list(" terms", join(b.Terms, func(t *Term) string { return t.ID }))
	list("\nfiles", join(b.Files, func(f File) string { return f.Path }))
	list(" redirects", join(b.Redirects, func(r Redirect) string { return r.From }))
	w.WriteString("\nsays " + strings.Join(strings.Fields(strings.Join(text, " | ")), " "))
	return w.String()
}

func join[T any](list []T, id func(T) string) string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = id(x)
	}
	return strings.Join(out, " ")
}

// TestEditionWhole holds that an edition shares its lists: what a section
// points to is what the Book lists, and nothing else can be looked up.
func TestEditionWhole(t *testing.T) {
	b, _, err := Load(folderOf(library()), Options{Audience: []string{"clients"}})
	if err != nil {
		t.Fatal(err)
	}
	s := b.Section("text")
	if s.Owner != &b.Config.Owners[0] || s.Areas[0] != &b.Config.Areas[0] || s.Audience[0] != &b.Config.Audiences[0] || b.Edition.Audiences[0] != &b.Config.Audiences[0] ||
		s.Rules[0].Audience[0] != &b.Config.Audiences[2] || b.Laws[0].Areas[0] != &b.Config.Areas[0] {
		t.Error("a section does not point into the settings of its edition")
	}
	if b.Section("wipe") != nil || b.Law("us-b") != nil || b.Reference("r-staff") != nil || b.Law("us-a") == nil || b.Reference("r-base") == nil {
		t.Error("what is left out can be looked up, or what is in the edition cannot")
	}
	whole, ps, err := Load(folderOf(library()), Options{})
	if err != nil || len(ps) > 0 || len(whole.Sections) != 4 || len(whole.Laws) != 4 || whole.Edition != nil || len(whole.Rules()) != 2 || whole.Config.BaseURL == "" {
		t.Errorf("the whole handbook is not whole: %v %v", err, told(ps))
	}
	if b, _, _ := Load(folderOf(library()), Options{Audience: []string{"clients"}, BaseURL: "https://example.org/clients/"}); b.Config.BaseURL != "https://example.org/clients/" {
		t.Errorf("base_url %q", b.Config.BaseURL)
	}
}

// TestEditionProblems holds what is told of editions, and of the settings and
// blocks that they go by.
func TestEditionProblems(t *testing.T) {
	const staff = "take the link out, or put it in ::: when {audience=staff}"
	for _, c := range []struct {
		name, audience string
		files          map[string]string
		want           string
	}{
		{"a link to a section", "clients", with("1-a/2-teens.md", "You may.=>[Wipe](../2-b/1-wipe.md#how) or [again](<../2-b/1-wipe.md>)."),
			`1-a/2-teens.md:6:1: error: "../2-b/1-wipe.md#how" is not in the edition for clients [edition-link] | ` + staff + `
1-a/2-teens.md:6:33: error: "../2-b/1-wipe.md" is not in the edition for clients [edition-link] | ` + staff},
		{"a link to a part", "clients", with("1-a/index.md", "Part.=>[B](../2-b/index.md), [B](../2-b/), [B](../2-b)."),
			`1-a/index.md:5:1: error: "../2-b/index.md" is not in the edition for clients [edition-link] | ` + staff + `
1-a/index.md:5:23: error: "../2-b/" is not in the edition for clients [edition-link] | ` + staff + `
1-a/index.md:5:37: error: "../2-b" is not in the edition for clients [edition-link] | ` + staff},
		{"a link to a section for nobody", "clients", with("index.md", "All read=>[All](2-b/2-nobody.md) read"),
			`index.md:3:1: error: "2-b/2-nobody.md" is not in the edition for clients [edition-link] | take the link out: what it leads to is for others`},
		{"a link to a rule", "teens", with("1-a/2-teens.md", "You may.=>[Rule](1-text.md#text-1)."),
			`1-a/2-teens.md:6:1: error: "#text-1" stands in a rule or a block that is not in this edition [edition-link] | take the link out, or put it in a ::: when block for the same readers`},
		{"a link of a part that is left out", "clients", with("2-b/index.md", "Part for staff.=>[Wipe](1-wipe.md)."), ""},
		{"the same for those who read it", "staff", with("1-a/1-text.md", "Seen by all=>[Wipe](../2-b/1-wipe.md#how)"), ""},
		{"a successor", "clients", with("1-a/2-teens.md", "audience: [teens]=>audience: [teens]\nsuperseded_by: wipe"),
			`1-a/2-teens.md:5:16: error: the section "wipe" that supersedes it is not in the edition for clients [edition-link] | take those who may not read that section out of audience:, for this one is no longer true`},
		{"a form", "clients", with("1-a/2-teens.md", "audience: [teens]=>audience: [teens]\nform: wipe"),
			`1-a/2-teens.md:5:7: error: the section "wipe" that the form belongs to is not in the edition for clients [edition-link] | take form: out, or take those who may not read that section out of audience:`},
		{"nothing left on a page", "clients", with("1-a/2-teens.md", "You may.=>::: when {audience=staff}\nYou must.\n:::"),
			`1-a/2-teens.md:6:1: error: nothing on the page is for the readers of the edition [no-body] | write something for them outside of the blocks for others, or take them out of audience:`},
		{"nothing left on the opening of a part", "clients", with("1-a/index.md", "Part.=>::: when {audience=staff}\nPart.\n:::"), ""},
		{"a block for nobody known", "clients", with("1-a/2-teens.md", "You may.=>You may.\n\n::: when {audience=stuff}\nKeys.\n:::"),
			`1-a/2-teens.md:8:1: error: audience "stuff" is not in handbook.yaml [bad-attributes] | did you mean staff?`},
		{"an error in what is left out", "clients", with("2-b/1-wipe.md", "owner: boss=>owner: bos"),
			`2-b/1-wipe.md:4:8: error: owner "bos" is not in handbook.yaml [unknown-owner] | did you mean boss?`},
		{"an audience that includes an unknown one", "", with("handbook.yaml", "[teens, adults]=>[teen]"),
			`handbook.yaml:9:43: error: audience "teen" is not in handbook.yaml [unknown-audience] | did you mean teens?`},
		{"an audience that includes itself", "", with("handbook.yaml", "[teens, adults]=>[clients]"),
			`handbook.yaml:9:43: error: the audience "clients" includes others, so no other can include it [bad-value] | name those that it includes`},
		{"an audience that includes one that includes others", "", with("handbook.yaml", "name: Staff}=>name: Staff, includes: [clients]}"),
			`handbook.yaml:7:39: error: the audience "clients" includes others, so no other can include it [bad-value] | name those that it includes`},
		{"includes is no list", "", with("handbook.yaml", "[teens, adults]=>teens"),
			`handbook.yaml:9:42: error: includes must be a list, not one value [wrong-type] | write [teens]`},
	} {
		opt := Options{}
		if c.audience != "" {
			opt.Audience = strings.Split(c.audience, ",")
		}
		b, ps, err := Load(folderOf(c.files), opt)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got := told(ps); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
		if c.audience != "clients" {
			continue
		}
		// Whatever is told, nothing of what is left out is in the Book.
		for _, s := range b.Sections {
			var html strings.Builder
			for _, p := range s.Doc.HTML().Pieces {
				html.Write(p)
			}
			for _, l := range s.Doc.Links() {
				html.WriteString(l.Target.Path + l.Target.URL)
			}
			if strings.Contains(html.String(), "wipe") || strings.Contains(html.String(), "Keys") || s.SupersededBy != nil || s.Form != nil {
				t.Errorf("%s: %s has what is for others: %s", c.name, s.ID, html.String())
			}
		}
	}
}

// TestEditionUnknown holds the error of asking for readers who are not listed.
func TestEditionUnknown(t *testing.T) {
	for _, c := range []struct {
		files      map[string]string
		audience   string
		text, hint string
	}{
		{library(), "client", `audience "client" is not in handbook.yaml`, "did you mean clients?"},
		{library(), "clients,doctors", `audience "doctors" is not in handbook.yaml`, "known audiences: staff, it, clients, teens, adults"},
		{map[string]string{"a.md": "# A\n\nText."}, "clients", `audience "clients" is not in handbook.yaml`, "list audiences in handbook.yaml: - {id: clients, name: Clients}"},
	} {
		b, _, err := Load(folderOf(c.files), Options{Audience: strings.Split(c.audience, ",")})
		var unknown *diag.Failure
		if !errors.As(err, &unknown) || unknown.Text != c.text || !unknown.Usage || unknown.Hint != c.hint || b != nil {
			t.Errorf("%s: got %v, %+v", c.audience, err, unknown)
		}
	}
	// Settings that cannot be read are what must be told, and then nobody may
	// read anything.
	b, ps, err := Load(folderOf(with("handbook.yaml", "title: H=>title: [H")), Options{Audience: []string{"clients"}})
	if err != nil || len(ps) == 0 || len(b.Sections) > 0 {
		t.Errorf("broken settings: %v, %s, %d sections", err, told(ps), len(b.Sections))
	}
}

// TestEditionLeftOut holds that a section that the profile leaves out is not
// named to those who could not read it anyway.
func TestEditionLeftOut(t *testing.T) {
	files := with("2-b/1-wipe.md", "owner: boss=>owner: boss\nwhen: {sector: public}")
	files["1-a/2-teens.md"] = "---\ntitle: Teens\nid: teens-page\naudience: [teens]\nwhen: {sector: public}\n---\nYou may.\n"
	files["handbook.yaml"] += "profile: {sector: private}\n"
	b, _, err := Load(folderOf(files), Options{Audience: []string{"clients"}})
	if err != nil || len(b.LeftOut) != 1 || b.LeftOut[0].ID != "teens-page" || b.Edition.Others != 2 {
		t.Errorf("left out %+v, %v", b.LeftOut, err)
	}
}

// TestEditionLoader holds that a Loader gives the same editions, whatever was
// changed between them.
func TestEditionLoader(t *testing.T) {
	l := NewLoader(Options{Audience: []string{"clients"}})
	files := library()
	for i, change := range []struct{ name, text string }{
		{"", ""},
		{"1-a/2-teens.md", "---\ntitle: Teens\nid: teens-page\naudience: [teens]\n---\nYou may MFA [@us-b].\n"},
		{"2-b/1-wipe.md", "---\ntitle: Wipe\nid: wipe\naudience: [staff, teens]\n---\nMFA.\n"},
		{"2-b/1-wipe.md", library()["2-b/1-wipe.md"]},
	} {
		var changed []string
		if change.name != "" {
			files[change.name] = change.text
			changed = []string{change.name}
		}
		got, _, err := l.Load(folderOf(files), changed)
		if err != nil {
			t.Fatal(err)
		}
		want, _, err := Load(folderOf(files), Options{Audience: []string{"clients"}})
		if err != nil || outlineOf(got) != outlineOf(want) {
			t.Errorf("%d: got\n%s\nwant\n%s", i, outlineOf(got), outlineOf(want))
		}
	}
}

func TestEditionName(t *testing.T) {
	for want, names := range map[string][]string{
		"":                              nil,
		"clients":                       {"Clients"},
		"IT staff":                      {"IT staff"},
		"a":                             {"A"},
		"clients, board and HR":         {"Clients", "Board", "HR"},
		"adult clients and école staff": {"Adult clients", "École staff"},
	} {
		e := &Edition{}
		for _, n := range names {
			e.Audiences = append(e.Audiences, &Audience{Name: n})
		}
		if got := e.Name(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// TestReaches holds whom an audience is for.
func TestReaches(t *testing.T) {
	a := &Audience{ID: "clients", Includes: []string{"teens"}}
	if !a.Reaches("clients") || !a.Reaches("teens") || a.Reaches("staff") || a.Reaches("") {
		t.Error("an audience is for itself and those it includes, and for nobody else")
	}
	if e := (*Edition)(nil); !e.admits(nil) || !e.admitsIDs(nil) {
		t.Error("the whole handbook is for everybody")
	}
}
