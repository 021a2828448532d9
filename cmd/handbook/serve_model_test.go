package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/check"
	"handbook/cmd/handbook/internal/date"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/folder"
	"handbook/cmd/handbook/internal/live"
	"handbook/cmd/handbook/internal/output"
	"handbook/cmd/handbook/internal/preview"
	"handbook/cmd/handbook/internal/site"
)

// A model is a handbook on the disk that is shown warm, by one live that is
// told of each change, and made cold, from nothing.
type model struct {
	*testing.T
	dir       string
	live      *live.Live
	server    *preview.Server   // of live
	warm      *output.Tree      // what live has made last, or nil
	templates *site.TemplateSet // of cold, new whenever a layout or a static file is
	disk      map[string]string
	good      *output.Tree      // the last good cold site
	mended    map[string]string // the files that it was made of
	faults    map[string]error  // files and folders of content/ that cannot be read
	told      []string          // of these, what a watcher sees: the fault comes, or goes with a change of rights
}

// A faultyDisk is a disk on which some files and folders cannot be read. Where
// the right to read a folder is missing, nothing below it can be read either;
// where the disk is damaged, the folder cannot be listed.
type faultyDisk struct {
	fs.FS
	faults map[string]error
}

func (f faultyDisk) fault(op, name string) error {
	err := f.faults[name]
	for above := name; err == nil && above != "."; {
		if above = path.Dir(above); errors.Is(f.faults[above], fs.ErrPermission) {
			err = fs.ErrPermission
		}
	}
	if err != nil {
		return &fs.PathError{Op: op, Path: name, Err: err}
	}
	return nil
}

// Open fails if there is a fault.
func (f faultyDisk) Open(name string) (fs.File, error) {
	if err := f.fault("open", name); err != nil {
		return nil, err
	}
	return f.FS.Open(name)
}

// ReadFile fails if there is a fault.
func (f faultyDisk) ReadFile(name string) ([]byte, error) {
	if err := f.fault("open", name); err != nil {
		return nil, err
	}
	return fs.ReadFile(f.FS, name)
}

// ReadDir fails if there is a fault.
func (f faultyDisk) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := f.fault("open", name); err != nil {
		return nil, err
	}
	return fs.ReadDir(f.FS, name)
}

// Lstat works for what cannot be read itself.
func (f faultyDisk) Lstat(name string) (fs.FileInfo, error) {
	if above := path.Dir(name); name != "." && errors.Is(f.fault("lstat", above), fs.ErrPermission) {
		return nil, f.fault("lstat", above)
	}
	return fs.Lstat(f.FS, name)
}

// ReadLink is asked of what Lstat finds to be a link.
func (f faultyDisk) ReadLink(name string) (string, error) { return fs.ReadLink(f.FS, name) }

func newModel(t *testing.T) *model {
	dir := t.TempDir()
	for name, text := range modelFiles() {
		writeFile(t, filepath.Join(dir, name), text)
	}
	m := &model{T: t, dir: dir, disk: onDisk(t, dir), faults: map[string]error{}}
	l, err := live.Open(live.Options{Dir: dir, Now: modelNow(), Version: release(), Stdout: io.Discard, Stderr: io.Discard, Disk: m.content})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	m.live = l
	build := func(changed []string) (*output.Tree, []diag.Problem, error) {
		tree, problems, err := l.Build(changed)
		m.warm = tree
		return tree, problems, err
	}
	m.server = &preview.Server{Build: build, Page: l.Page, Line: l.Line, Published: l.Published}
	m.server.Rebuild(nil)
	return m
}

// content returns the content with the faults that there are now.
func (m *model) content(fsys fs.FS) fs.FS { return faultyDisk{fsys, maps.Clone(m.faults)} }

func modelDay() date.Date { return date.New(2026, 11, 20) }

func modelNow() date.Moment { return date.Moment{Clock: modelDay().Time()} }

// modelFiles returns a small handbook with a little of everything.
func modelFiles() map[string]string {
	return map[string]string{
		"content/handbook.yaml": "title: A handbook\nagency: {name: An agency, phone: {fill: The phone}}\nowners:\n  - {id: lead, name: The lead}\nareas:\n  - {id: phones, name: Phones}\n" +
			"levels:\n  - {level: 1, name: Coach, means: Talk, range: A talk}\n",
		"content/registers/laws.yaml": "- id: us-a\n  short: Act A\n  title: The Act A\n  kind: statute\n  level: federal\n  jurisdiction: US\n  governs: Things.\n  status: in-force\n" +
			"  amended:\n    - {effective: 2026-02-01, note: New words}\n",
		"content/registers/references.yaml": "- id: code-b\n  title: Code B\n  publisher: Some\n  year: 2021\n  status: current\n",
		"content/registers/terms.yaml":      "- id: phi\n  term: PHI\n  definition: Health records.\n",
		"content/index.md":                  "---\ntitle: Home\n---\nBegin with [plain](2-more/1-plain.md).\n",
		"content/1-first/index.md":          "---\ntitle: First\nsummary: Comes first.\n---\nOpening.\n",
		"content/1-first/1-one.md":          "---\ntitle: One\nowner: lead\nareas: [phones]\ndrafted: 2026-01-05\nlaws: [us-a]\n---\n## Do\n\nPHI is kept [@us-a, 1]. Call {{agency.name}} or {{owner.name}}.\n\n## Why\n\nBecause [@code-b].\n",
		"content/2-more/index.md":           "---\ntitle: More\n---\nSee [rules](1-plain.md#rules).\n",
		"content/2-more/1-plain.md":         "---\ntitle: Plain\nid: plain\naliases: [old/plain.html]\n---\n## Rules\n\n::: rule {#plain-1 level=1}\nAsk first.\n:::\n\n[x](2-other.md) [y](../3-loose/other.md)\n",
		"content/2-more/2-other.md":         "---\ntitle: Other\nsuperseded_by: plain\n---\nGone. See [plain](1-plain.md#plain-1).\n",
		"content/2-more/3-draft.md":         "---\ntitle: Draft\ndraft: true\n---\nNot yet.\n",
		"content/2-more/notes.txt":          "Notes.",
		"content/3-loose/other.md":          "# Other\n\nThe same name. [Notes](../2-more/notes.txt).\n",
		"content/3-loose/form.md":           "---\ntitle: Form\nform: plain\n---\nSign here. [home](../index.md)\n",
		"content/top.md":                    "# Top\n\nAt the top, see [plain](2-more/1-plain.md) and [the form](3-loose/form.md).\n",
	}
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// onDisk returns what the files below a folder hold, and its folders.
func onDisk(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == dir {
			return err
		}
		rel := filepath.ToSlash(name[len(dir)+1:])
		if d.IsDir() {
			files[rel] = "/"
			return nil
		}
		text, err := os.ReadFile(name)
		files[rel] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// changed tells what a watcher would tell since it was last asked.
func (m *model) changed() []string {
	now, names := onDisk(m.T, m.dir), []string{}
	for name, text := range now {
		if before, there := m.disk[name]; !there || before != text {
			names = append(names, name)
		}
	}
	for name := range m.disk {
		if _, there := now[name]; !there {
			names = append(names, name)
		}
	}
	m.disk = now
	names = append(names, m.told...)
	m.told = nil
	slices.Sort(names)
	return slices.Compact(names)
}

// cold makes the site as handbook build does.
func (m *model) cold() (*output.Tree, []diag.Problem, error) {
	r, err := folder.Open(m.dir)
	if err != nil {
		return nil, nil, err
	}
	m.Cleanup(r.Close)
	b, problems, err := book.Load(m.content(r.Content.FS()), book.Options{Dir: r.Prefix})
	if err != nil {
		return nil, nil, err
	}
	problems = diag.Sort(append(check.Grade(problems, b.Config.Checks, false), check.Blocking(b, problems, modelNow().In(b.Config.Timezone).Date, false)...))
	if diag.HasErrors(problems) {
		return nil, problems, nil
	}
	if m.templates == nil {
		if m.templates, err = site.NewTemplateSet(r.Layouts, r.Static); err != nil {
			return nil, problems, err
		}
	}
	today := modelNow().In(b.Config.Timezone)
	tree, err := site.Build(b, site.Options{Day: today.Date, Zone: today.Zone, Templates: m.templates, Version: release()})
	return tree, problems, err
}

// follow tells the preview of what has changed, and compares what it makes
// with a cold site: all pages, or with all set every file. While the handbook
// is broken, what is served must be the last good page. The problems must
// always be the same.
func (m *model) follow(r *rand.Rand, all bool) (broken bool) {
	m.Helper()
	changed := m.changed()
	m.server.Rebuild(changed)
	if slices.ContainsFunc(changed, func(name string) bool { return !strings.HasPrefix(name, "content") }) {
		m.templates = nil
	}
	tree, problems, err := m.cold()
	if (tree == nil) != (m.warm == nil) {
		m.Fatalf("made %v, cold %v: %v %v", m.warm != nil, tree != nil, problems, err)
	}
	if tree != nil {
		m.good, m.mended = tree, m.disk
		if warm, cold := m.warm.Paths(), tree.Paths(); !slices.Equal(warm, cold) {
			m.Fatalf("files that are made, and cold:\n%s", cmp.Diff(warm, cold))
		}
		for _, name := range tree.Paths() {
			if !all && (!strings.HasSuffix(name, ".html") || name == "print.html") {
				continue
			}
			warm, warmErr := m.warm.Read(name)
			cold, coldErr := tree.Read(name)
			if fmt.Sprint(warmErr) != fmt.Sprint(coldErr) || !bytes.Equal(warm, cold) {
				m.Fatalf("%s: %v, cold %v; made, and cold:\n%s", name, warmErr, coldErr, cmp.Diff(strings.Split(string(warm), "\n"), strings.Split(string(cold), "\n")))
			}
		}
	}
	cold := &preview.Server{Line: m.live.Line, Published: m.server.Published,
		Build: func([]string) (*output.Tree, []diag.Problem, error) { return m.good, problems, err }}
	cold.Rebuild(nil)
	names := slices.DeleteFunc(m.good.Paths(), func(name string) bool { return !strings.HasSuffix(name, ".html") })
	for _, name := range []string{names[r.IntN(len(names))], "nowhere.html", "2-more/1-plain.md"} {
		warmStatus, warm := ask(m.server, name)
		coldStatus, cold := ask(cold, name)
		if warmStatus != coldStatus || warm != cold {
			m.Fatalf("%s: status %d, cold %d; served, and cold:\n%s", name, warmStatus, coldStatus, cmp.Diff(strings.Split(warm, "\n"), strings.Split(cold, "\n")))
		}
	}
	if warm, cold := sent(m.server), sent(cold); warm != cold {
		m.Fatalf("sent\n%s\ncold\n%s", warm, cold)
	}
	return tree == nil
}

// ask returns what a server answers.
func ask(s *preview.Server, name string) (int, string) {
	r := httptest.NewRequest(http.MethodGet, "http://localhost:80/"+name, nil)
	r.RequestURI = "/" + name
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80})))
	return w.Code, w.Body.String()
}

// sent returns the problems that an open page is sent.
func sent(s *preview.Server) string {
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80}))
	r := httptest.NewRequest(http.MethodGet, "http://localhost:80/-/events?page=index.html", nil).WithContext(ctx)
	r.RequestURI = "/-/events?page=index.html"
	w := &first{ResponseRecorder: httptest.NewRecorder(), enough: cancel}
	s.ServeHTTP(w, r)
	_, report, _ := strings.Cut(w.Body.String(), `"report":`)
	return report
}

// A first is a reader who goes after the first message.
type first struct {
	*httptest.ResponseRecorder
	enough func()
}

func (w *first) SetWriteDeadline(time.Time) error { return nil }

func (w *first) Write(b []byte) (int, error) {
	if strings.HasPrefix(string(b), "data:") {
		w.enough()
	}
	return w.ResponseRecorder.Write(b)
}

// TestServeModel makes random edits, in two handbooks side by side. After each,
// what is made and served must be what a cold build makes, to the byte.
func TestServeModel(t *testing.T) {
	edits := 500
	if testing.Short() {
		edits = 50
	}
	for _, seed := range []uint64{71, 86} {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			m, r := newModel(t), rand.New(rand.NewPCG(seed, seed))
			if m.follow(r, true) {
				t.Fatal("the handbook is broken at the start")
			}
			broken, isBroken := 0, false
			for i := range edits {
				t.Logf("edit %d: %s", i, m.edit(r, isBroken))
				if isBroken = m.follow(r, i%25 == 0); isBroken {
					broken++
				}
			}
			t.Logf("after %d of %d edits the handbook was broken", broken, edits)
			if broken < edits/10 || broken > edits*2/3 {
				t.Error("that is too few or too many")
			}
		})
	}
}

// slips returns texts that are told as shown as they were typed, some by what other
// files there are, and texts that are understood.
func slips() []string {
	return []string{
		"\n[x](1 plain.md), [y] (2-other.md) and [[plain]]\n",
		"\n[[New page]], ![[notes.txt]] and [x](../2-more/no tes.txt)\n",
		"\n> [!TIP]\n> Ask {agency.name}, see [us-a].\n",
		"\n**Bold**\n\nH~2~O, www.example.org and [^1].\n",
	}
}

// edit changes something and says what.
func (m *model) edit(r *rand.Rand, broken bool) string {
	if broken && r.IntN(2) == 0 {
		m.recover(r)
		m.restore(m.mended)
		return "mend"
	}
	var pages, folders []string
	for name, text := range m.disk {
		if book.IsPage(name) && text != "/" {
			pages = append(pages, name)
		} else if text == "/" && strings.HasPrefix(name, "content/") && name != "content/registers" {
			folders = append(folders, name)
		}
	}
	slices.Sort(pages)
	slices.Sort(folders)
	one := func(list ...string) string { return list[r.IntN(len(list))] }
	page, folder := one(pages...), one(append(folders, "content")...)
	text := m.disk[page]
	put := func(name, text string) { writeFile(m.T, filepath.Join(m.dir, name), text) }
	remove := func(name string) {
		if err := os.RemoveAll(filepath.Join(m.dir, name)); err != nil {
			m.Fatal(err)
		}
	}
	rename := func(from, to string) {
		_ = os.MkdirAll(filepath.Join(m.dir, path.Dir(to)), 0o755)
		_ = os.Rename(filepath.Join(m.dir, from), filepath.Join(m.dir, to)) // what cannot be is no edit
	}
	n := r.IntN(9)
	switch r.IntN(24) {
	case 20, 21:
		return m.fault(r, one)
	case 0, 1, 2, 3:
		put(page, text+one("", "\n", "\n::: fill\nOurs.\n:::\n", slips()[n%len(slips())], "\n> ::: when {sector=public}\n> ## Ours\n> ::: /when\n", "\n::: when {sector=public}\n::: /when\n")+fmt.Sprintf(one("\nSentence %d.\n", "\nSentence %d.\n", "\nCall {{agency.phone}}, {{agency.name}} or [us](tel:{{agency.phone}}) %d.\n",
			"\n::: fill {title=\"Place %d\"}\nText.\n:::\n", "\nYou must ... %d.\n"), n))
		return "a sentence in " + page
	case 4, 5:
		put(page, text+fmt.Sprintf("\n## Heading %d\n\nText.\n", n))
		return "a heading in " + page
	case 6:
		to := one(pages...)
		way, err := filepath.Rel(path.Dir(page), to)
		if err != nil {
			m.Fatal(err)
		}
		put(page, text+fmt.Sprintf("\n[link](%s%s)\n", filepath.ToSlash(way), one("", "", "#heading-1")))
		return "a link in " + page + " to " + to
	case 7, 8:
		put(page, strings.Replace(text, "title: ", fmt.Sprintf("title: New %d ", n), 1))
		return "the title of " + page
	case 9:
		key := one("approved: {on: 2026-01-05, by: Board}", "approved: [{on: 2025-01-05, by: Board, version: 1, text: 00000000}, {on: 2026-01-05, by: Board, version: 2, text: h2:00000000-00000000-0000000000000000}]",
			"reviews: [{on: 2026-01-05, by: Ann, outcome: no-change, text: 00000000}]", "version: 2", "withdrawn: 2021-01-01", "superseded_by: plain", "form: plain", "aliases: [old/x.html]", "also: [zebra]", "also: zebra", "laws: [us-a]", "draft: true", "draft: false", "summary: In short", "summary: {all: In short, staff: Long}", "id: another")
		put(page, strings.Replace(text, "---\n", "---\n"+key+"\n", 1))
		return key + " in " + page
	case 10:
		put(page, one("---\nno: [\n---\n"+text, "", text+"\n<b>raw</b>\n", text+"\n[nowhere](nowhere.md)\n", text+"\n[@us-none]\n", text+"\n::: rule {#plain-1}\nTwice.\n:::\n",
			text+"\n::: note\nOne.\n:::\n\nTwo.\n:::\n", text+"\n::: when {sector=public}\n::: note\nOne.\n\nTwo.\n::: /when\n", text+"\n:: when {sector=public}\nOne.\n::\n", text+"\n```\n::: note\n"))
		return "break " + page
	case 11:
		remove(page)
		return "remove " + page
	case 12:
		to := fmt.Sprintf("%s/%d-%s", folder, n, strings.TrimLeft(path.Base(page), "0123456789-"))
		to += one("", "", "", ".txt")
		rename(page, to)
		return "rename " + page + " to " + to
	case 13:
		if folder == "content" {
			return "nothing"
		}
		to := fmt.Sprintf("content/%d-%s", n, strings.TrimLeft(path.Base(folder), "0123456789-"))
		rename(folder, to)
		return "rename " + folder + " to " + to
	case 14:
		to := fmt.Sprintf("%s/%d-deep/deeper/%d-new.md", folder, n, n)
		if strings.Count(to, "/") < 6 {
			put(to, fmt.Sprintf("# New %d\n\nA new page.\n", n))
		}
		return "a nested folder " + to
	case 15:
		if folder != "content" && r.IntN(2) == 0 {
			remove(folder)
			return "remove " + folder
		}
		put(folder+"/README.md", fmt.Sprintf("# Opening %d\n\nText.\n", n))
		return "an opening of " + folder
	case 16:
		name := "content/handbook.yaml"
		text := strings.Replace(modelFiles()[name], "A handbook", fmt.Sprintf("Handbook %d\npublish: [%s]\naudiences: [{id: staff, name: Staff}]", n, one("2-more/*.txt", "'**'", "no/*", "")), 1)
		text = strings.Replace(text, one("{fill: The phone}", "x"), "410-996-0100", 1)
		put(name, strings.Replace(text, one("An agency", "The lead"), one("{fill: A name}", "TBD"), 1))
		return "the title of the handbook"
	case 17:
		name := one("content/registers/laws.yaml", "content/registers/references.yaml", "content/registers/terms.yaml")
		put(name, strings.Replace(modelFiles()[name], "itle: ", fmt.Sprintf("itle: %d ", n), 1))
		return name
	case 18:
		name := one("content/2-more/notes.txt", folder+"/more.txt", "static/mine.css", "static/handbook.css")
		put(name, fmt.Sprintf("p { margin: %dpx }", n))
		return name
	}
	if r.IntN(2) == 0 {
		// What decides which files and entries of the registers are published.
		use := one("[@us-a]", "[@code-b]", "PHI", "[notes](notes.txt)", "[more](../2-more/more.txt)", "[notes](../2-more/notes.txt)")
		put(page, one(text+"\n"+use+"\n", strings.NewReplacer("[@us-a, 1]", "", "[@code-b]", "", "[Notes](../2-more/notes.txt)", "").Replace(text)))
		return "what " + page + " uses"
	}
	const layout = "layouts/404.html"
	if m.disk[layout] != "" {
		remove(one(layout, "layouts"))
		return "no layout any more"
	}
	put(layout, fmt.Sprintf(`{{define "base"}}<!doctype html><title>Gone %d</title>{{end}}{{define "main"}}{{end}}%s`, n, one("", "", "{{if}}")))
	return "a layout"
}

// fault lets something be unreadable from now on, or no longer (Case S4). A
// watcher is told that a file cannot be read; that it can be is told only if
// somebody has given the right to, and not if a share has come back.
func (m *model) fault(r *rand.Rand, one func(...string) string) string {
	if len(m.faults) > 0 && r.IntN(3) > 0 {
		m.recover(r)
		return "all can be read again"
	}
	names := []string{"."}
	for name := range m.disk {
		if below, in := strings.CutPrefix(name, "content/"); in {
			names = append(names, below)
		}
	}
	slices.Sort(names)
	name := one(names...)
	m.faults[name] = []error{fs.ErrPermission, errors.New("input/output error")}[r.IntN(2)]
	m.tell(name)
	return "what cannot be read: " + name
}

// tell has a watcher see a file or folder of content/.
func (m *model) tell(name string) {
	m.told = append(m.told, "content/"+strings.TrimPrefix(name, "."))
}

// recover lets everything be read again.
func (m *model) recover(r *rand.Rand) {
	for _, name := range slices.Sorted(maps.Keys(m.faults)) {
		if r.IntN(2) == 0 {
			m.tell(name)
		}
	}
	clear(m.faults)
}

// restore makes the disk what it was.
func (m *model) restore(files map[string]string) {
	for name := range m.disk {
		if _, there := files[name]; !there {
			if err := os.RemoveAll(filepath.Join(m.dir, name)); err != nil {
				m.Fatal(err)
			}
		}
	}
	for name, text := range files {
		if text != "/" && m.disk[name] != text {
			writeFile(m.T, filepath.Join(m.dir, name), text)
		}
	}
}
