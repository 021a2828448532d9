package output

import "slices"

// A Renderer adds one form of a handbook to a Tree: the pages of a site, its
// exports, its search index. It is made of a Book and a day.
type Renderer func(*Tree) error

// Render makes a Tree of what renderers add, and of its manifest.
func Render(renderers ...Renderer) (*Tree, error) {
	t := NewTree()
	for _, add := range slices.Concat(renderers, []Renderer{(*Tree).AddManifest}) {
		if err := add(t); err != nil {
			return nil, err
		}
	}
	return t, nil
}
