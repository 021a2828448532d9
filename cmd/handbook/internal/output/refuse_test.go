package output

import (
	"context"
	"errors"
	"handbook/cmd/handbook/internal/diag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Every place that must not be replaced: the message, and not one file changed
// in it or beside it.
func TestRefuse(t *testing.T) {
	const own = "\nhint: choose a folder of its own for the site, such as public"
	foreign := func(trouble, holds string) string {
		return "handbook did not make this folder (" + trouble + "), and it holds " + holds +
			"\nhint: empty it yourself if nothing in it is needed, or choose a folder of its own for the site, such as public"
	}
	late := func(holds string) string {
		return "it holds " + holds + ", which handbook did not make" +
			"\nhint: move what you need out of public, or list it under keep in handbook.yaml"
	}
	const git = "it is a git work tree" + own + "; a commit of the site is best made from a copy"
	link := func(target, name string) func(t *testing.T) {
		return func(t *testing.T) {
			if err := os.Symlink(target, name); err != nil {
				t.Skip("links cannot be made here: ", err)
			}
		}
	}
	site := func(t *testing.T) {
		publish(t, siteOf(t, "index.html", "old", "a/b.html", "b"), Options{Dir: "public"})
	}
	for _, tt := range []struct {
		name  string
		setup func(t *testing.T)
		files []string
		opt   Options
		want  string // after "cannot publish to DIR: "
	}{
		{name: "the root of the disk", opt: Options{Dir: string(filepath.Separator)}, want: "it is the root of the disk" + own},
		{name: "the home folder", files: []string{"home/canary", ""}, opt: Options{Dir: "home"}, want: "it is your home folder" + own},
		{name: "above the home folder", files: []string{"home/canary", ""}, opt: Options{Dir: "."}, want: "your home folder lies in it" + own},
		{name: "the project", opt: Options{Dir: "project", Protect: []string{"project"}}, want: "that folder is protected, because it holds more than the site" + own},
		{name: "the project, spelled otherwise", opt: Options{Dir: "project/../project/", Protect: []string{"./project"}}, want: "that folder is protected, because it holds more than the site" + own},
		{name: "above the project", opt: Options{Dir: "x", Protect: []string{"x/y/project"}}, want: "the protected folder x/y/project lies in it" + own},
		{name: "the content", files: []string{"content/a.md", ""}, opt: Options{Dir: "content", Sources: []string{"content"}}, want: "the site is built from that folder" + own},
		{name: "above the content", files: []string{"p/content/a.md", ""}, opt: Options{Dir: "p", Sources: []string{"p/content"}}, want: "p/content, which the site is built from, lies in it" + own},
		{name: "in the content", files: []string{"content/a.md", ""}, opt: Options{Dir: "content/public", Sources: []string{"content"}}, want: "it lies in content, which the site is built from\nhint: choose a folder outside content"},
		{name: "deep in the content", files: []string{"content/a.md", ""}, opt: Options{Dir: "content/x/y/z", Sources: []string{"content"}}, want: "it lies in content, which the site is built from\nhint: choose a folder outside content"},
		{name: "content that is not there", opt: Options{Dir: "content/public", Sources: []string{"content"}}, want: "it lies in content, which the site is built from\nhint: choose a folder outside content"},
		{name: "in the content through a link", files: []string{"content/a.md", ""}, setup: link("content", "link"), opt: Options{Dir: "link/public", Sources: []string{"content"}}, want: "it lies in content, which the site is built from\nhint: choose a folder outside content"},
		{name: "the content through a link to above", files: []string{"p/content/a.md", ""}, setup: link("p", "link"), opt: Options{Dir: "link/content", Sources: []string{"p/content"}}, want: "the site is built from that folder" + own},
		{name: "content that is a link", files: []string{"real/a.md", ""}, setup: link("real", "content"), opt: Options{Dir: "real/public", Sources: []string{"content"}}, want: "it lies in content, which the site is built from\nhint: choose a folder outside content"},
		{name: "a link to a folder", files: []string{"real/canary", ""}, setup: link("real", "public"), want: "it is a symbolic link\nhint: give the folder that the link points to, or remove the link"},
		{name: "a link with a slash", files: []string{"real/canary", ""}, setup: link("real", "public"), opt: Options{Dir: "public/"}, want: "it is a symbolic link\nhint: give the folder that the link points to, or remove the link"},
		{name: "a link to nothing", setup: link("nowhere", "public"), want: "it is a symbolic link\nhint: give the folder that the link points to, or remove the link"},
		{name: "a file", files: []string{"public", "canary"}, want: "it is a file, not a folder\nhint: remove the file, or choose a folder of its own for the site, such as public"},
		{name: "a git work tree", files: []string{"public/.git/HEAD", "", "public/index.html", ""}, want: git},
		{name: "a linked git work tree", files: []string{"public/.git", "gitdir: ../.git/worktrees/public"}, want: git},
		{name: "a git work tree with a site in it", setup: func(t *testing.T) { site(t); put(t, "public", ".git/HEAD", "ref") }, want: git},
		{name: "somebody's folder", files: []string{"public/canary", ""}, want: foreign("it has no manifest.json", "canary")},
		{name: "somebody's empty folders", setup: func(t *testing.T) { must(t, os.MkdirAll("public/a", 0o755)) }, want: foreign("it has no manifest.json", "a")},
		{name: "many files", files: []string{"public/a", "", "public/b", "", "public/c", "", "public/d/e", "", "public/f", "", "public/g", "", "public/h", ""},
			want: foreign("it has no manifest.json", "a, b, c, d, f and 2 more")},
		{name: "a strange name", files: []string{"public/a\x1b[31m", ""}, want: foreign("it has no manifest.json", `"a\x1b[31m"`)},
		{name: "a web app", files: []string{"public/manifest.json", `{"name":"app"}`}, want: foreign("manifest.json is not handbook's", "manifest.json")},
		{name: "a damaged manifest", files: []string{"public/manifest.json", `{"generator":"hand`}, want: foreign("manifest.json is damaged", "manifest.json")},
		{name: "a manifest that lists what is outside", files: []string{"public/manifest.json", `{"generator":"handbook","files":[{"path":"../canary"}]}`, "canary", ""}, want: foreign("manifest.json is damaged", "manifest.json")},
		{name: "a manifest that is a link", setup: func(t *testing.T) {
			site(t)
			must(t, os.Rename("public/manifest.json", "m.json"))
			link("../m.json", "public/manifest.json")(t)
		}, want: foreign("it has no manifest.json", "a, index.html, manifest.json")},
		{name: "a file among ours", setup: func(t *testing.T) { site(t); put(t, "public", "notes.txt", "mine") }, want: late("notes.txt")},
		{name: "a file with a name of ours", setup: func(t *testing.T) { site(t); put(t, "public", ".handbook-new-1", "mine") }, want: late(`".handbook-new-1"`)},
		{name: "files in our folders", setup: func(t *testing.T) { site(t); put(t, "public", "a/notes.txt", "", "a/c/d", "") }, want: late("a/c/d, a/notes.txt")},
		{name: "a file that the new site has", setup: func(t *testing.T) { site(t); put(t, "public", "new.html", "mine") }, want: late("new.html")},
		{name: "a link among ours", setup: func(t *testing.T) { site(t); link("../canary", "public/link")(t) }, files: []string{"canary", ""}, want: late("link")},
		{name: "a link in place of a file", setup: func(t *testing.T) {
			site(t)
			must(t, os.Remove("public/index.html"))
			link("../canary", "public/index.html")(t)
		}, files: []string{"canary", ""}, want: late("index.html")},
		{name: "a link that keep lists", setup: func(t *testing.T) { site(t); link("../canary", "public/CNAME")(t) }, opt: Options{Keep: []string{"CNAME"}}, files: []string{"canary", ""}, want: late("CNAME")},
		{name: "a folder of the same name in other case", setup: func(t *testing.T) {
			site(t)
			put(t, "public", "A/B.html", "mine")
			if data, err := os.ReadFile("public/a/b.html"); err != nil || string(data) == "mine" {
				t.Skip("upper and lower case are one here")
			}
		}, want: late("A/B.html")},
		{name: "a lock that is a folder", setup: func(t *testing.T) { put(t, ".", ".public.handbook-lock/x", "mine") },
			want: "the lock file .public.handbook-lock is not a plain file\nhint: remove it, if it is no longer needed"},
		{name: "a lock that is a link", setup: link("canary", ".public.handbook-lock"), files: []string{"canary", ""},
			want: "the lock file .public.handbook-lock is not a plain file\nhint: remove it, if it is no longer needed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			top := t.TempDir()
			t.Chdir(top)
			t.Setenv("HOME", filepath.Join(top, "home"))
			t.Setenv("USERPROFILE", filepath.Join(top, "home"))
			put(t, ".", tt.files...)
			if tt.setup != nil {
				tt.setup(t)
			}
			opt := tt.opt
			if opt.Dir == "" {
				opt.Dir = "public"
			}
			before := filesIn(t, ".")
			for _, inPlace := range []bool{false, true} {
				opt.FS = exchanging(!inPlace)
				_, err := Publish(context.Background(), siteOf(t, "index.html", "new", "new.html", "new"), opt)
				want := "cannot publish to " + filepath.Clean(opt.Dir) + ": " + tt.want
				if message(err) != want {
					t.Errorf("error\n got %v\nwant %s", err, want)
				}
				if refusal := (*diag.Failure)(nil); !errors.As(err, &refusal) || refusal.Err != nil {
					t.Errorf("the error is a %T", err)
				}
				equalFiles(t, "after the refusal", ".", before)
			}
		})
	}
}

// What looks like a danger and is none.
func TestAllow(t *testing.T) {
	for _, tt := range []struct {
		name string
		opt  Options
	}{
		{"inside the project", Options{Dir: "project/public", Protect: []string{"project"}, Sources: []string{"project/content"}}},
		{"a name that begins like the content's", Options{Dir: "project/content-site", Sources: []string{"project/content"}}},
		{"beside the project", Options{Dir: "public", Protect: []string{"project"}}},
		{"inside the home folder", Options{Dir: "home/public"}},
		{"through a link to elsewhere", Options{Dir: "link/public", Sources: []string{"project/content"}}},
		{"sources that do not exist", Options{Dir: "public", Sources: []string{"layouts", "static"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			top := t.TempDir()
			t.Chdir(top)
			t.Setenv("HOME", filepath.Join(top, "home"))
			t.Setenv("USERPROFILE", filepath.Join(top, "home"))
			put(t, ".", "project/content/a.md", "canary", "home/canary", "", "elsewhere/canary", "")
			if strings.HasPrefix(tt.opt.Dir, "link") {
				if err := os.Symlink("elsewhere", "link"); err != nil {
					t.Skip("links cannot be made here: ", err)
				}
			}
			one, two := siteOf(t, "index.html", "1"), siteOf(t, "index.html", "2")
			publish(t, one, tt.opt)
			publish(t, two, tt.opt)
			equalFiles(t, "published", tt.opt.Dir, contents(t, two))
			if data, err := os.ReadFile("project/content/a.md"); string(data) != "canary" {
				t.Errorf("the content is %q, %v", data, err)
			}
		})
	}
}

// Two names of one folder that no link explains, as where upper and lower case
// are one or a folder is mounted twice, are still seen to be one.
func TestRefuseOtherName(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, ".", "content/x/a.md", "canary")
	if err := os.Symlink("content", "other"); err != nil {
		t.Skip("links cannot be made here: ", err)
	}
	before := filesIn(t, ".")
	for _, tt := range []struct{ dir, want string }{
		{"other/public", "it lies in content, which the site is built from"},
		{"other/x/y/public", "it lies in content, which the site is built from"},
		{"other/x", "it lies in content, which the site is built from"},
	} {
		_, err := Publish(context.Background(), siteOf(t, "index.html", "x"), Options{Dir: tt.dir, Sources: []string{"content"}, FS: linkBlind{OS()}})
		if got, _, _ := strings.Cut(message(err), "\n"); got != "cannot publish to "+tt.dir+": "+tt.want {
			t.Errorf("%s: error %v, want %s", tt.dir, err, tt.want)
		}
		equalFiles(t, tt.dir, ".", before)
	}
}

// linkBlind is a file system that does not tell where links lead.
type linkBlind struct{ FS }

func (linkBlind) EvalSymlinks(name string) (string, error) { return name, nil }

func TestPublishNowhere(t *testing.T) {
	_, err := Publish(context.Background(), siteOf(t, "index.html", "x"), Options{})
	if got, want := message(err), "no folder to publish to is given"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	t.Chdir(t.TempDir())
	_, err = Publish(context.Background(), siteOf(t), Options{Dir: "public"})
	if got, want := message(err), "cannot publish to public: the site has no files\nhint: check that the content folder is the right one"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}
