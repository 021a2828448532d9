package output

import (
	"errors"
	"slices"
	"testing"
)

func TestRender(t *testing.T) {
	file := func(path string) Renderer { return func(t *Tree) error { return t.Add(path, nil) } }
	tree, err := Render(file("b.html"), file("a.json"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := tree.Paths(), []string{"a.json", "b.html", ManifestPath}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	wrong := errors.New("no paper")
	if _, err := Render(file("a"), func(*Tree) error { return wrong }); !errors.Is(err, wrong) {
		t.Errorf("got %v, want %v", err, wrong)
	}
	if _, err := Render(file("a"), file("A")); err == nil {
		t.Error("two renderers may have the same address")
	}
}
