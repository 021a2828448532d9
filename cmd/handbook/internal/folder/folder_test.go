package folder

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

func TestWithoutGo(t *testing.T) {
	w := withoutGo{fstest.MapFS{"static.go": {}, "icon.svg": {}, "fonts/embed.go": {}, "fonts/a.woff2": {}}}
	var got []string
	err := fs.WalkDir(w, ".", func(p string, d fs.DirEntry, err error) error {
		got = append(got, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{".", "fonts", "fonts/a.woff2", "icon.svg"}, got); diff != "" {
		t.Errorf("files (-want +got)\n%s", diff)
	}
	if _, err := fs.ReadFile(w, "static.go"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("static.go can be read: %v", err)
	}
}
