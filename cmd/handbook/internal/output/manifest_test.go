package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestManifest(t *testing.T) {
	tree := NewTree()
	must(t, tree.AddManifest())
	must(t, tree.Add("phones/texting.html", []byte("text")))
	must(t, tree.AddFunc("index.html", func() ([]byte, error) { return []byte{}, nil }))
	must(t, tree.Add("a & b/é.pdf", []byte("pdf")))
	got, err := tree.Read("manifest.json")
	must(t, err)
	want := `{"generator":"handbook","files":[
{"path":"a & b/é.pdf","size":3,"sha256":"c35b21d6ca39aa7cc3b79a705d989f1a6e88b99ab43988d74048799e3db926a3"},
{"path":"index.html","size":0,"sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
{"path":"phones/texting.html","size":4,"sha256":"982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1"}
]}
`
	if string(got) != want {
		t.Errorf("manifest:\n%s\nwant:\n%s", got, want)
	}
	if !json.Valid(got) {
		t.Error("the manifest is no JSON")
	}
	if got, want := message(tree.Add("late.html", nil)), `path "late.html" comes too late: the manifest is made`; got != want {
		t.Errorf("Add after the manifest = %q, want %q", got, want)
	}
	if got, want := message(tree.AddManifest()), `path "manifest.json" comes too late: the manifest is made`; got != want {
		t.Errorf("AddManifest twice = %q, want %q", got, want)
	}
}

// One page among many that fails is named; of many, the first ten are.
func TestManifestOfFailingFiles(t *testing.T) {
	for _, tt := range []struct {
		failing int
		want    string
	}{
		{1, "s000.html: bad link 0"},
		{2, "s000.html: bad link 0\ns001.html: bad link 1"},
		{12, "s000.html: bad link 0\n…s009.html: bad link 9\nand 2 more"},
	} {
		tree := NewTree()
		must(t, tree.AddManifest())
		for i := range 100 {
			must(t, tree.AddFunc(fmt.Sprintf("s%03d.html", i), func() ([]byte, error) {
				if i < tt.failing {
					return nil, fmt.Errorf("bad link %d", i)
				}
				return nil, nil
			}))
		}
		_, err := tree.Read(ManifestPath)
		start, end, cut := strings.Cut(tt.want, "…")
		if got := message(err); !strings.HasPrefix(got, start) || !strings.HasSuffix(got, end) || !cut && got != tt.want {
			t.Errorf("%d failing:\n%s\nwant:\n%s", tt.failing, got, tt.want)
		}
	}
}

func TestHash(t *testing.T) {
	hash := func(files ...string) string {
		tree := NewTree()
		for i := 0; i < len(files); i += 2 {
			must(t, tree.Add(files[i], []byte(files[i+1])))
		}
		h, err := tree.Hash()
		must(t, err)
		return h
	}
	base := hash("a.html", "1", "b.html", "2")
	if len(base) != 64 {
		t.Errorf("Hash = %q, want 64 hex digits", base)
	}
	if got := hash("b.html", "2", "a.html", "1"); got != base {
		t.Error("the order of adding changes the hash")
	}
	for _, other := range []string{hash("a.html", "1"), hash("a.html", "2", "b.html", "1"), hash("a.html", "1", "c.html", "2")} {
		if other == base {
			t.Error("another site has the same hash")
		}
	}
	tree := NewTree()
	bad := errors.New("bad")
	must(t, tree.AddFunc("a", func() ([]byte, error) { return nil, bad }))
	if _, err := tree.Hash(); !errors.Is(err, bad) {
		t.Errorf("Hash = %v, want %v", err, bad)
	}
}

func TestDecodeManifest(t *testing.T) {
	for _, tt := range []struct{ json, want string }{
		{`{"generator":"handbook","files":[{"path":"a.html","size":1,"sha256":"00"}]}`, ``},
		{`{"name":"A web app","icons":[]}`, `manifest.json is not handbook's`},
		{`{"generator":"other","files":[]}`, `manifest.json is not handbook's`},
		{`["handbook"]`, `manifest.json is damaged`},
		{``, `manifest.json is damaged`},
		{`{"generator":"handbook","files":[{"path":"a.ht`, `manifest.json is damaged`},
		{`{"generator":"handbook","files":[{"path":"../../etc/passwd"}]}`, `manifest.json is damaged`},
		{`{"generator":"handbook","files":[{"path":"/etc/passwd"}]}`, `manifest.json is damaged`},
	} {
		if _, err := decodeManifest([]byte(tt.json)); message(err) != tt.want {
			t.Errorf("%s\n got %v\nwant %s", tt.json, err, tt.want)
		}
	}
}
