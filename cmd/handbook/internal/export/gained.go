package export

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
)

// GainsOver compares an edition with the one that a folder holds.
func GainsOver(b *book.Book, published fs.FS) ([]Gain, error) {
	const file = "handbook.json"
	data, err := fs.ReadFile(published, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("it has no " + file)
	}
	if err != nil {
		return nil, fmt.Errorf("its %s cannot be read", file)
	}
	before, err := ReadPublished(data, b.Edition)
	if err != nil {
		return nil, err
	}
	return Gains(b, before)
}

// GainNote says in one sentence what the readers of an edition gain, or "".
func GainNote(gains []Gain) string {
	var in, elsewhere gained
	for _, g := range gains {
		if g.Section != nil {
			in.add(g)
		} else {
			elsewhere.add(g)
		}
	}
	const note = "readers of this edition gain "
	inSections := diag.Plural(in.count, "paragraph") + " in " + diag.Plural(len(in.names), "section") + ": " + strings.Join(in.names, ", ")
	others := strings.Join(elsewhere.names, ", ")
	switch {
	case in.count > 0 && elsewhere.count > 0:
		return note + inSections + "; and " + diag.Plural(elsewhere.count, "text") + " elsewhere: " + others
	case in.count > 0:
		return note + inSections
	case elsewhere.count > 0:
		return note + diag.Plural(elsewhere.count, "text") + " outside of sections: " + others
	}
	return ""
}

// A gained counts gains, and names what they are in.
type gained struct {
	count int
	names []string
}

func (s *gained) add(g Gain) {
	s.count += g.Count
	// Gains are in the order of the book.
	if n := len(s.names); n == 0 || s.names[n-1] != g.Name {
		s.names = append(s.names, g.Name)
	}
}
