package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"

	"handbook/cmd/handbook/internal/book"
	"handbook/static"
)

// Assets are the addresses, from the root, of what pages load: the script, the
// icon and one sheet, which for all but the sections is the larger one for lists
// and paper, and where somebody searches the script for that.
// Each ends in a hash of the file's bytes, so that a browser may keep it for
// as long as it stays the same.
type Assets struct {
	CSS, Lists, JS, Search, Icon string
}

// staticDir is the folder of the static files.
const staticDir = "static/"

// assets sorts out the static files of the site: the embedded ones, and the
// handbook's own in their place or beside them. Style sheets and scripts lose
// their comments and spaces, a fifth of what a page weighs on the wire; a file
// that cannot be read as such is published as it is. The embedded scripts are
// given the words of the handbook's language. The sheet for lists is
// published with handbook.css before it, so that no page needs two.
func (s *builder) assets(files []staticFile) (Assets, error) {
	sum := map[string]string{}
	var search, sheet []byte
	for _, f := range files { // in the order of their names
		if f.embedded && path.Ext(f.name) == ".js" {
			words, err := s.lang.Script(f.name)
			if err != nil {
				return Assets{}, err
			}
			f.bytes = bytes.Replace(f.bytes, []byte(static.Words), words, 1)
		}
		switch f.name {
		case "handbook.css":
			f.bytes = small(f.name, slices.Concat(s.withWords(f.bytes), []byte(accentCSS(s.book.Config.Accent))))
			sheet = f.bytes
		case "lists.css":
			f.bytes = slices.Concat(sheet, f.bytes)
			s.listSheet = f.bytes
		case "search.css", "search.js":
			if !s.searchable() {
				continue
			}
			search = append(search, f.bytes...)
		}
		s.static = append(s.static, f)
		sum[f.name] = shortSum(f.bytes)
	}
	sum["search.js"] = shortSum(search) // the script asks for the sheet by its own address, hash and all
	at := func(name string) string { return staticDir + name + "?v=" + sum[name] }
	return Assets{CSS: at("handbook.css"), Lists: at("lists.css"), JS: at("handbook.js"), Search: at("search.js"), Icon: at("icon.svg")}, nil
}

// withWords puts the words of the language into a style sheet.
func (s *builder) withWords(sheet []byte) []byte {
	page := s.lang.T("printed-page", "page", `" counter(page) "`, "pages", `" counter(pages) "`)
	return []byte(strings.NewReplacer("{uncontrolled}", s.lang.T("uncontrolled"), "{printed-page}", page, "{semicolon}", s.lang.Semicolon(), "{colon}", s.lang.T("search-colon")).Replace(string(sheet)))
}

// small returns a style sheet or script without comments and spaces.
func small(name string, b []byte) []byte {
	m := minify.New()
	m.AddFunc(".css", css.Minify)
	m.AddFunc(".js", js.Minify)
	if out, err := m.Bytes(path.Ext(name), b); err == nil {
		return out
	}
	return b
}

// shortSum returns the beginning of the hash of a file.
func shortSum(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:5])
}

type staticFile struct {
	name     string
	bytes    []byte
	embedded bool
}

// staticFiles reads the embedded files and those of a folder, own before embedded,
// in the order of their names.
func staticFiles(own fs.FS) ([]staticFile, error) {
	byName := map[string]staticFile{}
	for name := range static.Scripts() {
		script, err := static.Script(name)
		if err != nil {
			return nil, err
		}
		byName[name] = staticFile{name, script, true}
	}
	for i, fsys := range []fs.FS{static.FS(), own} {
		if fsys == nil {
			continue
		}
		err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				if name == "." && errors.Is(err, fs.ErrNotExist) {
					return fs.SkipAll
				}
				return err
			}
			if base := path.Base(name); name != "." && (base[0] == '.' || base[0] == '_' || strings.HasSuffix(base, "~")) {
				if d.IsDir() {
					return fs.SkipDir
				}
				return nil
			}
			if !d.Type().IsRegular() {
				return nil
			}
			b, err := fs.ReadFile(fsys, name)
			if err != nil {
				return err
			}
			byName[name] = staticFile{name, b, i == 0}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("static: %w", err)
		}
	}
	return slices.SortedFunc(maps.Values(byName), func(a, b staticFile) int { return strings.Compare(a.name, b.name) }), nil
}

// accentCSS returns the rules that put an agency's colours in the place of the
// handbook's own. They stand outside of the sheet's layers and so win.
func accentCSS(a book.Accent) string {
	colour := regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	var sb strings.Builder
	for _, c := range []struct{ token, value string }{{"--accent-light", a.Light}, {"--accent-dark", a.Dark}} {
		if colour.MatchString(c.value) {
			sb.WriteString(c.token + ": " + c.value + "; ")
		}
	}
	if sb.Len() == 0 {
		return ""
	}
	return "\n/* The agency's colours, from handbook.yaml. */\n:root { " + strings.TrimSpace(sb.String()) + " }\n"
}
