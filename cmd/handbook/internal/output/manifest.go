package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"handbook/cmd/handbook/internal/sitepath"
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// ManifestPath is the address of the manifest, and the marker of a folder
// that [Publish] made.
const ManifestPath = "manifest.json"

// generator is the value that tells our manifest from any other
// manifest.json, such as that of a web app.
const generator = "handbook"

// AddManifest adds manifest.json: every other file with its size and SHA-256.
// It is made when it is first read; from then on nothing can be added.
func (t *Tree) AddManifest() error {
	err := t.AddFunc(ManifestPath, func() ([]byte, error) {
		t.seal()
		return t.manifest()
	})
	if err == nil {
		t.mu.Lock()
		t.listed = true
		t.mu.Unlock()
	}
	return err
}

// seal ends the adding of files, and reports whether the Tree has its manifest.
func (t *Tree) seal() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sealed = t.listed
	return t.listed
}

// Hash returns one SHA-256 over the paths and bytes of all files, in hex, the
// manifest left out: two Trees with the same hash are the same site.
func (t *Tree) Hash() (string, error) {
	m, err := t.manifest()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(m)
	return hex.EncodeToString(sum[:]), nil
}

// manifest makes every other file and lists it.
func (t *Tree) manifest() ([]byte, error) {
	var entries []entry
	for _, path := range t.Paths() {
		if path != ManifestPath {
			entries = append(entries, entry{Path: path})
		}
	}
	// Errors are kept apart, so that the same ones are reported whichever
	// worker comes first.
	errs := make([]error, len(entries))
	_ = each(context.Background(), 0, len(entries), func(i int) error {
		e := &entries[i]
		data, err := t.Read(e.Path)
		if err != nil {
			errs[i] = fmt.Errorf("%s: %w", e.Path, err)
			return nil
		}
		sum, err := t.Sum(e.Path)
		e.Size, e.SHA256, errs[i] = int64(len(data)), hex.EncodeToString(sum[:]), err
		return nil
	})
	if err := joined(errs); err != nil {
		return nil, err
	}
	return encodeManifest(entries), nil
}

// joined returns one error for all that are not nil, naming the first ten.
func joined(errs []error) error {
	const most = 10
	var found []error
	more := 0
	for _, err := range errs {
		switch {
		case err == nil:
		case len(found) == most:
			more++
		default:
			found = append(found, err)
		}
	}
	if more > 0 {
		found = append(found, fmt.Errorf("and %d more", more))
	}
	return errors.Join(found...)
}

// A listing is what manifest.json says.
type listing struct {
	Generator string  `json:"generator"`
	Files     []entry `json:"files"`
}

// An entry is one file of a listing.
type entry struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// encodeManifest writes a line for each file, so that two manifests can be
// compared by any tool. A path that passes sitepath.Check holds nothing that JSON
// would have to escape.
func encodeManifest(entries []entry) []byte {
	b := make([]byte, 0, 64+len(entries)*160)
	b = append(b, `{"generator":"`+generator+`","files":[`...)
	for i, e := range entries {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, "\n{\"path\":\""...)
		b = append(b, e.Path...)
		b = append(b, `","size":`...)
		b = strconv.AppendInt(b, e.Size, 10)
		b = append(b, `,"sha256":"`...)
		b = append(b, e.SHA256...)
		b = append(b, `"}`...)
	}
	return append(b, "\n]}\n"...)
}

// decodeManifest reads a manifest of ours; anything else is an error. Its
// paths are not trusted: files are removed by them.
func decodeManifest(data []byte) (*listing, error) {
	var l listing
	d := json.NewDecoder(bytes.NewReader(data))
	if err := d.Decode(&l); err != nil {
		return nil, fmt.Errorf("%s is damaged", ManifestPath)
	}
	if l.Generator != generator {
		return nil, fmt.Errorf("%s is not handbook's", ManifestPath)
	}
	for _, e := range l.Files {
		if err := sitepath.Check(e.Path); err != nil {
			return nil, fmt.Errorf("%s is damaged", ManifestPath)
		}
	}
	return &l, nil
}

// Published lists the files of the site that [Publish] made in a folder, sorted
// as it listed them; none if there is no such site.
func Published(dir string) []string {
	f, err := os.Open(filepath.Join(dir, ManifestPath))
	if err != nil {
		return nil
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxManifest))
	if err != nil {
		return nil
	}
	l, err := decodeManifest(raw)
	if err != nil {
		return nil
	}
	paths := make([]string, len(l.Files))
	for i, e := range l.Files {
		paths[i] = e.Path
	}
	return paths
}
