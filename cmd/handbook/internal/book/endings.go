package book

import (
	"path"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// secondEnding reports a page, settings or a register that a program saved with
// an ending of its own behind theirs, or in its place: 9-photos.md.txt,
// 9-photos.mdtxt, handbook.yaml.txt. meant is the name that was meant, and ending
// the one that is too much.
func secondEnding(base string) (meant, ending string, ok bool) {
	ending = path.Ext(base)
	stem := strings.TrimSuffix(base, ending)
	first := path.Ext(stem)
	switch strings.ToLower(strings.TrimPrefix(ending, ".")) {
	case "txt", "text", "rtf", "doc", "docx", "odt", "pages", "gdoc", "md", "markdown":
		switch {
		case stem == first:
		case kindOf(stem) == "md":
			return strings.TrimSuffix(stem, first) + ".md", ending, true
		case stem == "handbook.yaml", slices.Contains(registerNames(), stem):
			return stem, ending, true
		}
	case "mdtxt":
		if stem != "" {
			return stem + ".md", ending, true
		}
	}
	return "", "", false
}

// registerNames lists the files of the registers.
func registerNames() []string { return []string{"laws.yaml", "references.yaml", "terms.yaml"} }

// stray reports a file with a second ending, which is not read and not
// published.
func (l *loader) stray(name string) bool {
	dir, base := path.Split(name)
	meant, ending, ok := secondEnding(base)
	if !ok {
		return false
	}
	what := "a page was saved with a second ending, %s, and is not published"
	if kindOf(meant) == "yaml" {
		what = meant + " was saved with a second ending, %s, and is not read"
	}
	l.errorf(diag.Pos{File: l.opt.Dir + name}, "second-ending", mendEnding(meant, ending, l.files[dir+meant]), what, strings.ToLower(ending))
	return true
}

// mendEnding says how to make of a file what was meant. What an office program
// saved is no text, whatever it is called, and what is there already must not be
// written over.
func mendEnding(meant, ending string, taken bool) string {
	office := !slices.Contains([]string{".txt", ".text", ".md", ".markdown", ".mdtxt"}, strings.ToLower(ending))
	switch {
	case taken:
		return "move what " + meant + " lacks into that file, then delete this one"
	case office:
		return "save it as plain text, and name it " + meant
	}
	return "rename it to " + meant
}

// strayLink reports a link that leads to no page, because the page was saved
// with a second ending.
func (r *resolver) strayLink(src string, link markdown.Link, rule, name, stray string) {
	dir, base := path.Split(stray)
	meant, ending, _ := secondEnding(base)
	hint := mendEnding(meant, ending, r.loader.files[dir+meant])
	if name != dir+meant {
		hint += ", and link to " + wayTo(src, dir+meant)
	}
	r.errorf(link.Pos, rule, hint, "%s is no page, because it was saved with a second ending, as %s", diag.Quote(dir+meant), diag.Quote(base))
}
