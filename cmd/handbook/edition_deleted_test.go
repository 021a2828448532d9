package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	yaml "go.yaml.in/yaml/v4"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/site"
)

// A deleter takes everything out of a handbook that an edition does not hold,
// in the sources. What an edition for people outside the staff holds although
// it does not name it, because a section can be out of date for it, loses its
// name and its words.
type deleter struct {
	*testing.T
	b      *book.Book        // the edition
	hidden map[string]string // what an unnamed law or reference is called
}

// asYAML parses a YAML text.
func (d *deleter) asYAML(text string) *yaml.Node {
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil || len(n.Content) == 0 {
		d.Fatal(err, text)
	}
	return n.Content[0]
}

func (d *deleter) written(n *yaml.Node) string {
	text, err := yaml.Marshal(n)
	if err != nil {
		d.Fatal(err)
	}
	return string(text)
}

// field returns the value of a key, or nil.
func field(m *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return m.Content[i+1]
		}
	}
	return nil
}

// drop takes keys out of a map.
func drop(m *yaml.Node, keys ...string) {
	var kept []*yaml.Node
	for i := 0; i+1 < len(m.Content); i += 2 {
		if !slices.Contains(keys, m.Content[i].Value) {
			kept = append(kept, m.Content[i], m.Content[i+1])
		}
	}
	m.Content = kept
}

// set returns a key a value, or takes it out if there is none.
func set(m *yaml.Node, key string, v *yaml.Node) {
	drop(m, key)
	if v != nil {
		m.Content = append(m.Content, text(key), v)
	}
}

func text(s string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s, Style: yaml.DoubleQuotedStyle}
}

func list(items ...*yaml.Node) *yaml.Node { return &yaml.Node{Kind: yaml.SequenceNode, Content: items} }

// shown returns the words that the edition shows, as words for all.
func shown(words string) *yaml.Node {
	if words == "" {
		return nil
	}
	return &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{text("all"), text(words)}}
}

// ids returns a list without the ids that are not kept, nil if none is.
func ids(n *yaml.Node, keep func(string) string) *yaml.Node {
	if n == nil {
		return nil
	}
	out := list()
	for _, v := range n.Content {
		if id := keep(v.Value); id != "" {
			out.Content = append(out.Content, text(id))
		}
	}
	if len(out.Content) == 0 {
		return nil
	}
	return out
}

// only keeps the entries of a list that a function changes and wants.
func only(n *yaml.Node, keep func(id string, entry *yaml.Node) bool) {
	if n != nil {
		n.Content = slices.DeleteFunc(n.Content, func(e *yaml.Node) bool {
			id := field(e, "id")
			if id == nil {
				id = field(e, "level")
			}
			return !keep(id.Value, e)
		})
	}
}

func (d *deleter) area(id string) string {
	for _, a := range d.b.Config.Areas {
		if a.ID == id {
			return id
		}
	}
	return ""
}

func (d *deleter) audience(id string) string {
	for _, a := range d.b.Config.Audiences {
		if a.ID == id {
			return id
		}
	}
	return ""
}

// source returns what a law or reference is called in what is left.
func (d *deleter) source(id string) string {
	if d.b.Law(id) != nil || d.b.Reference(id) != nil {
		return id
	}
	return d.hidden[id]
}

// settings reduces handbook.yaml.
func (d *deleter) settings(src, all string) string {
	m := d.asYAML(src)
	drop(m, "base_url", "repository", "publish", "checks", "keep")
	if agency := field(m, "agency"); agency != nil {
		for _, key := range slices.Clone(agency.Content) {
			if k := key.Value; !strings.Contains(all, "{{agency."+k+"}}") && !slices.Contains([]string{"name", "email", "phone"}, k) && field(agency, k) != nil {
				drop(agency, k)
			}
		}
	}
	only(field(m, "owners"), func(id string, e *yaml.Node) bool {
		if d.b.IsOutside() {
			drop(e, "email", "phone")
		}
		return slices.ContainsFunc(d.b.Config.Owners, func(o book.Owner) bool { return o.ID == id })
	})
	only(field(m, "areas"), func(id string, _ *yaml.Node) bool { return d.area(id) != "" })
	only(field(m, "audiences"), func(id string, e *yaml.Node) bool {
		set(e, "includes", ids(field(e, "includes"), d.audience))
		return d.audience(id) != ""
	})
	only(field(m, "levels"), func(id string, _ *yaml.Node) bool {
		return slices.ContainsFunc(d.b.Config.Levels, func(l book.Level) bool { return fmt.Sprint(l.Level) == id })
	})
	for _, key := range []string{"owners", "areas", "audiences", "levels"} {
		if n := field(m, key); n != nil && len(n.Content) == 0 {
			drop(m, key)
		}
	}
	return d.written(m)
}

// register reduces a register.
func (d *deleter) register(name, src string) string {
	m := d.asYAML(src)
	years := map[string]string{}
	for _, e := range m.Content {
		if y := field(e, "year"); y != nil {
			years[field(e, "id").Value] = y.Value
		}
	}
	var more []*yaml.Node
	only(m, func(id string, e *yaml.Node) bool {
		law, ref := d.b.Law(id), d.b.Reference(id)
		if d.hidden[id] != "" {
			drop(e, "short", "citation", "areas", "kind", "level", "jurisdiction", "url", "confidence", "sources", "also_called", "publisher", "edition", "archived_url", "rests_on")
			set(e, "id", text(d.hidden[id]))
			set(e, "title", text("What is not named"))
		}
		set(e, "areas", ids(field(e, "areas"), d.area))
		switch {
		case law != nil:
			set(e, "governs", shown(law.Governs))
			set(e, "caution", shown(law.Caution))
		case ref != nil:
			set(e, "about", shown(ref.About))
			set(e, "caution", shown(ref.Caution))
			set(e, "rests_on", ids(field(e, "rests_on"), func(id string) string {
				if d.b.Reference(id) != nil {
					return id
				}
				return ""
			}))
		default:
			drop(e, "governs", "caution", "about")
		}
		if amended := field(e, "amended"); amended != nil && d.b.IsOutside() {
			for _, a := range amended.Content {
				drop(a, "note", "source")
			}
		}
		if next := field(e, "superseded_by"); next != nil && d.b.Reference(next.Value) == nil && (ref != nil || d.hidden[id] != "") {
			n := fmt.Sprintf("next-%d", len(more))
			year := years[next.Value]
			set(e, "superseded_by", text(n))
			more = append(more, d.asYAML(fmt.Sprintf("{id: %s, title: What is not named, year: %q}", n, year)))
		}
		switch {
		case strings.HasSuffix(name, "terms.yaml"):
			return slices.ContainsFunc(d.b.Terms, func(t *book.Term) bool { return t.ID == id })
		}
		return law != nil || ref != nil || d.hidden[id] != ""
	})
	if m.Content = append(m.Content, more...); len(m.Content) == 0 {
		return ""
	}
	return d.written(m)
}

var (
	fenceLine = regexp.MustCompile(`^\s*:::+ *(/? *\w+)?(.*)$`)
	toReaders = regexp.MustCompile(`audience="?([a-z0-9,-]+)"?`)
)

// body takes the blocks for others out of a page's text.
func (d *deleter) body(src string) string {
	var out []string
	depth, from := 0, 0 // of open blocks; where the hidden one began, or 0
	for line := range strings.Lines(src) {
		m := fenceLine.FindStringSubmatch(strings.TrimRight(line, "\n"))
		closing := m != nil && (m[1] == "" || strings.HasPrefix(m[1], "/"))
		if m != nil && !closing {
			depth++
			if ids := toReaders.FindStringSubmatch(m[2]); ids != nil && from == 0 {
				var kept []string
				for _, id := range strings.Split(ids[1], ",") {
					if d.audience(id) != "" {
						kept = append(kept, id)
					}
				}
				if len(kept) == 0 {
					from = depth
				}
				line = strings.Replace(line, ids[1], strings.Join(kept, ","), 1)
			}
		}
		if from == 0 {
			out = append(out, line)
		}
		if closing {
			if from == depth {
				from = 0
			}
			depth--
		}
	}
	return strings.Join(out, "")
}

// page reduces a page. hashes gives what its text is signed with, before and
// after, where that is known.
func (d *deleter) page(src string, s *book.Section, summary string, now *book.Section) string {
	front, body := "", src
	if strings.HasPrefix(src, "---\n") {
		parts := strings.SplitN(src, "---\n", 3)
		front, body = parts[1], parts[2]
	}
	body = d.body(body)
	if front == "" {
		return body
	}
	m := d.asYAML(front)
	set(m, "summary", shown(summary))
	drop(m, "params", "draft")
	if s == nil {
		return "---\n" + d.written(m) + "---\n" + body
	}
	set(m, "change", shown(s.Change))
	set(m, "audience", ids(field(m, "audience"), d.audience))
	set(m, "areas", ids(field(m, "areas"), d.area))
	set(m, "laws", ids(field(m, "laws"), d.source))
	set(m, "references", ids(field(m, "references"), d.source))
	resign := func(record *yaml.Node) {
		if record == nil {
			return
		}
		if hash := field(record, "text"); hash != nil && now != nil {
			set(record, "text", text(broken(now.TextHash, s.Differs(hash.Value))))
		}
	}
	if reviews := field(m, "reviews"); reviews != nil {
		for _, r := range reviews.Content {
			resign(r)
		}
	}
	if a := field(m, "approved"); a != nil && a.Kind == yaml.SequenceNode {
		for _, one := range a.Content {
			resign(one)
		}
	} else {
		resign(a)
	}
	if c := field(m, "counsel"); c != nil {
		resign(c)
		if d.b.IsOutside() {
			set(c, "by", text("Nobody"))
		}
	}
	return "---\n" + d.written(m) + "---\n" + body
}

// broken returns a hash that differs in some parts.
func broken(hash string, differ []string) string {
	parts := strings.Split(hash, "-")
	for i, name := range []string{"title", "summary", "text"} {
		if slices.Contains(differ, name) {
			parts[i] = parts[i][:len(parts[i])-4] + "0bad"
		}
	}
	return strings.Join(parts, "-")
}

// rest returns the handbook of which everything is deleted that the edition does
// not hold.
func (d *deleter) rest(files map[string]string) map[string]string {
	d.hidden = map[string]string{}
	for _, s := range d.b.Sections {
		for _, l := range s.UnnamedLaws {
			if d.hidden[l.ID] == "" {
				d.hidden[l.ID] = fmt.Sprintf("hidden-%d", len(d.hidden))
			}
		}
		for _, r := range s.UnnamedReferences {
			if d.hidden[r.ID] == "" {
				d.hidden[r.ID] = fmt.Sprintf("hidden-%d", len(d.hidden))
			}
		}
	}
	for id := range d.hidden {
		if d.b.Law(id) != nil || d.b.Reference(id) != nil {
			delete(d.hidden, id) // named elsewhere in the edition
		}
	}
	reduce := func(now *book.Book) map[string]string {
		out, all := map[string]string{}, ""
		add := func(name, src string) {
			out[name] = src
			all += src
		}
		if h := d.b.Home; h != nil {
			add(h.Source, d.page(files[h.Source], nil, h.Summary, nil))
		}
		for _, p := range d.b.Parts {
			if p.Index != nil {
				add(p.Index.Source, d.page(files[p.Index.Source], nil, p.Summary, nil))
			}
		}
		for _, s := range d.b.Sections {
			var again *book.Section
			if now != nil {
				again = now.Section(s.ID)
			}
			add(s.Source, d.page(files[s.Source], s, s.Summary, again))
		}
		for _, f := range d.b.Files {
			out[f.Source] = files[f.Source]
		}
		for name, src := range files {
			switch {
			case name == "handbook.yaml":
				out[name] = d.settings(src, all)
			case strings.HasPrefix(name, "registers/"):
				if text := d.register(name, src); text != "" {
					out[name] = text
				}
			}
		}
		return out
	}
	var asked []string
	for _, a := range d.b.Edition.Audiences {
		asked = append(asked, a.ID)
	}
	now, _, err := book.Load(onlyFiles(reduce(nil)), book.Options{Audience: asked})
	if err != nil {
		d.Fatal(err)
	}
	return reduce(now)
}

func onlyFiles(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, src := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(src)}
	}
	return fsys
}

// built makes an edition, or gives the errors.
func built(t *testing.T, files map[string]string, audience []string) (*book.Book, *output.Tree, []diag.Problem) {
	t.Helper()
	b, ps, err := book.Load(onlyFiles(files), book.Options{Audience: audience})
	if err != nil {
		t.Fatal(err)
	}
	if ps = check.Grade(ps, b.Config.Checks, false); diag.HasErrors(ps) {
		return b, nil, ps
	}
	tree, err := site.Build(b, site.Options{Day: modelDay()})
	if err != nil {
		t.Fatal(err)
	}
	return b, tree, ps
}

// sameWithoutTheRest compares an edition, byte for byte, with that of the
// handbook in which everything else is deleted. It reports whether there is an
// edition to compare.
func sameWithoutTheRest(t *testing.T, files map[string]string, audience ...string) bool {
	t.Helper()
	b, tree, _ := built(t, files, audience)
	if tree == nil || len(b.Sections) == 0 {
		return false
	}
	d := &deleter{T: t, b: b}
	left := d.rest(files)
	_, again, ps := built(t, left, audience)
	if again == nil {
		t.Fatalf("%v: what is left has errors: %v", audience, ps)
	}
	if !slices.Equal(tree.Paths(), again.Paths()) {
		t.Errorf("%v: files\n%v\nwithout the rest\n%v", audience, tree.Paths(), again.Paths())
	}
	for _, name := range tree.Paths() {
		one, err := tree.Read(name)
		two, err2 := again.Read(name)
		if err != nil || err2 == nil && bytes.Equal(one, two) || name == output.ManifestPath {
			continue
		}
		at := 0
		for at < len(one) && at < len(two) && one[at] == two[at] {
			at++
		}
		from := max(0, at-200)
		t.Errorf("%v: %s differs at byte %d:\n%s\nwithout the rest\n%s", audience, name, at, one[from:min(len(one), at+200)], two[from:min(len(two), at+200)])
	}
	return !t.Failed()
}

// TestEditionWithoutTheRest is Case S8: nothing outside of an edition can be told from
// its bytes. They are those of the edition of a handbook that has nothing else.
func TestEditionWithoutTheRest(t *testing.T) {
	files := map[string]string{}
	content := os.DirFS(contentDir())
	err := fs.WalkDir(content, ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() && path.Ext(name) != ".go" {
			var data []byte
			data, err = fs.ReadFile(content, name)
			files[name] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, audience := range [][]string{{"clients"}, {"client-teen"}, {"client-child-parent", "client-group"}, {"workforce"}} {
		if !sameWithoutTheRest(t, files, audience...) && !t.Failed() {
			t.Errorf("%v: there is no edition", audience)
		}
	}
	compared := 0
	for seed := range uint64(30) {
		files := manyForms(t, rand.New(rand.NewPCG(seed, 8)))
		for _, audience := range [][]string{{"clients"}, {"staff"}, {"teens", "board"}} {
			if sameWithoutTheRest(t, files, audience...) {
				compared++
			}
			if t.Failed() {
				t.Fatalf("seed %d", seed)
			}
		}
	}
	t.Logf("%d editions of handbooks with many forms compared", compared)
	if compared < 40 {
		t.Errorf("only %d editions were compared", compared)
	}
}

// manyForms makes a small handbook in which everything that a handbook can say
// is said to some audience.
func manyForms(t *testing.T, r *rand.Rand) map[string]string {
	one := func(list ...string) string { return list[r.IntN(len(list))] }
	some := func(list ...string) string {
		var out []string
		for _, x := range list {
			if r.IntN(2) == 0 {
				out = append(out, x)
			}
		}
		return strings.Join(out, ", ")
	}
	words := func(what string) string {
		return one(what+" for anybody", "{staff: "+what+" for staff, clients: "+what+" for clients}", "{all: "+what+" for all}", "{teens: "+what+" for teens, board: "+what+" for the board}")
	}
	day := func() string { return fmt.Sprintf("20%d-0%d-1%d", 20+r.IntN(7), 1+r.IntN(9), r.IntN(10)) }
	files := map[string]string{
		"handbook.yaml": `title: Many forms
agency: {name: Agency, phone: "1", line: "2", secret: "4821"}
base_url: https://example.org/
counsel_every: ` + one("12 months", "24 months") + `
owners: [{id: boss, name: Boss, email: boss@example.org, role: Leads.}, {id: carer, name: Carer, phone: "7"}, {id: idle, name: Idle}]
areas: [{id: texts, name: Texts, required: true}, {id: keys, name: Keys}]
audiences:
- {id: staff, name: Staff}
- {id: board, name: Board}
- {id: work, name: Work, includes: [staff, board]}
- {id: clients, name: Clients, includes: [teens, adults]}
- {id: teens, name: Teens, population: true}
- {id: adults, name: Adults, internal: false}
levels: [{level: 0, name: Learn, means: A slip}, {level: 1, name: Talk, means: A lapse}, {level: 2, name: Go, means: Malice}]
`,
		"index.md":     "---\ntitle: Home\nsummary: " + words("Home") + "\n---\nWelcome.\n\n::: when {audience=staff}\nStaff know {{agency.secret}} and [@us-c] and MFA.\n:::\n",
		"1-a/plan.png": "png", "1-a/keys.pdf": "pdf", "2-b/sheet.pdf": "sheet",
		"registers/terms.yaml": "- {id: phi, term: PHI, definition: Facts}\n- {id: mfa, term: MFA, definition: Two keys}\n",
	}
	var laws, refs strings.Builder
	for _, id := range []string{"us-a", "us-b", "us-c", "us-d"} {
		fmt.Fprintf(&laws, "- {id: %s, short: Act %s, title: The Act %s, citation: %s USC, governs: %s, caution: %s, areas: [%s], verified_on: %s, status: %s, amended: [{published: %s, effective: %s, note: New}]}\n",
			id, id, id, id, words("Governs"), words("Caution"), some("texts", "keys"), day(), one("in-force", "uncertain", "rescinded", "in-force-part-vacated"), day(), day())
	}
	for i, id := range []string{"r-a", "r-b", "r-c", "r-d"} {
		fmt.Fprintf(&refs, "- {id: %s, title: Book %s, year: 20%d, about: %s, verified_on: %s%s%s}\n", id, id, 10+r.IntN(15), words("About"), day(),
			one("", "", ", superseded_by: "+[]string{"r-b", "r-c", "r-d", "r-d"}[i])+one("", ", rests_on: ["+[]string{"r-b", "r-c", "r-d", "r-d"}[i]+"]"), one("", ", superseded_on: "+day()))
	}
	files["registers/laws.yaml"] = laws.String()
	files["registers/references.yaml"] = strings.NewReplacer("superseded_by: r-d, rests_on: [r-d], superseded", "superseded").Replace(refs.String())
	files["registers/references.yaml"] = regexp.MustCompile(`(?m)^(- \{id: r-d.*?), superseded_by: r-d`).ReplaceAllString(files["registers/references.yaml"], "$1")
	files["registers/references.yaml"] = regexp.MustCompile(`(?m)^(- \{id: r-d.*?), rests_on: \[r-d\]`).ReplaceAllString(files["registers/references.yaml"], "$1")
	for _, dir := range []string{"1-a", "2-b"} {
		files[dir+"/index.md"] = "---\ntitle: Part " + dir + "\nsummary: " + words("Part") + "\n---\n" + one("", "Opening [@us-a].\n", "::: when {audience=board}\nFor the board [@r-c].\n:::\n")
		for i := range 4 {
			id := fmt.Sprintf("%s%d", dir[2:], i)
			var body strings.Builder
			for j := range 1 + r.IntN(6) {
				audience := one("staff", "board", "work", "teens", "clients", "staff,teens", "adults", "board,adults")
				inner := one("Words of "+audience+".", "It rests on [@"+one("us-a", "us-b", "us-c", "r-a", "r-b", "r-c")+"].", "PHI and MFA.", "Call {{agency.line}}.", "Ask {{owner.name}}.",
					"![plan](../1-a/plan.png)", "[keys](../1-a/keys.pdf)", "[sheet](../2-b/sheet.pdf)", "## Heading "+fmt.Sprint(j), "- an item\n- another", "| a | b |\n|---|---|\n| 1 | 2 |", "A note.[^n]\n\n[^n]: Below.",
					fmt.Sprintf("::: steps {#card-%s-%d title=\"Steps for %s\" card=yes}\n1. Call {{agency.line}}.\n:::", id, j, audience), "::: fill {title=\"What "+audience+" do\"}\nWrite it.\n:::", "> A quote for "+audience+".")
				switch r.IntN(5) {
				case 0:
					fmt.Fprintf(&body, "::: when {audience=%s}\n%s\n:::\n\n", audience, inner)
				case 1:
					fmt.Fprintf(&body, "::: rule {#%s-%d level=%d laws=%s audience=%s}\nDo it.\n:::\n\n", id, j, r.IntN(3), one("us-a", "us-b", "us-d"), audience)
				case 2:
					fmt.Fprintf(&body, "::: note\n::: when {audience=%s}\nInside, %s\n:::\nA note.\n:::\n\n", audience, audience)
				default:
					body.WriteString(strings.ReplaceAll(inner, "[^n]", fmt.Sprintf("[^n%d]", j)) + "\n\n")
				}
			}
			front := fmt.Sprintf("title: Section %s\nid: %s\nsummary: %s\nowner: %s\nareas: [%s]\naudience: [%s]\ndrafted: 2019-01-01\nlaws: [%s]\nreferences: [%s]\nversion: 2\nchange: %s\n",
				id, id, words("Summary"), one("boss", "carer"), some("texts", "keys"), some("staff", "board", "clients", "adults"), some("us-a", "us-b", "us-c", "us-d"), some("r-a", "r-b", "r-c", "r-d"), words("Change"))
			front += one("", "aliases: [old/"+id+".html]\n") + one("", "effective: "+day()+"\n") + one("", "", "draft: true\n") + one("", "review_every: 6 months\n")
			if i == 3 && r.IntN(2) == 0 {
				front += "form: " + dir[2:] + "0\n"
			}
			front += "reviews: [{on: " + day() + ", by: Boss, outcome: no-change, text: HASH}]\n" + one("", "approved: {on: 2026-05-01, by: Board, version: "+one("1", "2")+", text: "+one("HASH", "OTHER")+"}\n") + one("", "counsel: {on: "+day()+", by: A lawyer, text: HASH}\n", "counsel: {on: "+day()+", by: A lawyer, text: OTHER}\n")
			files[dir+"/"+fmt.Sprint(i+1)+"-"+id+".md"] = "---\n" + front + "---\nText of " + id + ".\n\n" + body.String()
		}
	}
	// The sign-offs are of the text as it is, or of another.
	signed := func(hash func(source string) string) map[string]string {
		out := map[string]string{}
		for name, src := range files {
			h := hash(name)
			out[name] = strings.NewReplacer("text: HASH", "text: "+h, "text: OTHER", "text: "+broken(h, []string{"text"})).Replace(src)
		}
		return out
	}
	b, _, err := book.Load(onlyFiles(signed(func(string) string { return "h2:00000000-00000000-0000000000000000" })), book.Options{Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	hashes := map[string]string{}
	for _, s := range b.Sections {
		hashes[s.Source] = s.TextHash
	}
	return signed(func(name string) string {
		if h := hashes[name]; h != "" {
			return h
		}
		return "h2:00000000-00000000-0000000000000000"
	})
}
