package schema

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"handbook/cmd/handbook/internal/diag"
)

// Save writes a schema to a file, in the place of an earlier schema at most: the
// name of anything else was a slip. name is what the user calls the file, as seen
// from dir.
func Save(dir, name string, data []byte) error {
	if name == "" {
		return diag.Usagef("name a file, such as .schemas/settings.json", "-o names no file")
	}
	file := name
	if !filepath.IsAbs(file) {
		file = filepath.Join(dir, file)
	}
	switch info, err := os.Stat(file); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	default:
		var old []byte
		if info.Mode().IsRegular() {
			if old, err = os.ReadFile(file); err != nil {
				return err
			}
		}
		if !bytes.Contains(old, []byte(Draft)) {
			return diag.Failf("name another file", "%s exists and is not a JSON Schema", diag.Quote(name))
		}
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o666)
}
