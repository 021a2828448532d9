package book

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
	"handbook/cmd/handbook/internal/sitepath"
)

// list walks the folder and sorts its entries into pages and files.
func (l *loader) list(b *Book) error {
	err := fs.WalkDir(l.fsys, ".", func(name string, d fs.DirEntry, err error) error {
		at := diag.Pos{File: l.opt.Dir + name}
		if err != nil {
			if name == "." {
				return err
			}
			l.readError(l.opt.Dir+name, err)
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if name == "." {
			l.folders["."] = true
			return nil
		}
		skip := error(nil)
		if d.IsDir() {
			skip = fs.SkipDir
		}
		base := path.Base(name)
		if LeftAlone(base) {
			return skip
		}
		kind := d.Type()
		switch {
		case kind&fs.ModeSymlink != 0:
			l.errorf(at, "symlink", "put the file itself in its place", "symbolic links are not followed")
			return nil
		case d.IsDir():
			if kindOf(name) == "md" {
				l.errorf(at, "not-a-file", "give the folder another name", "a folder has the name of a page")
				return skip
			}
			l.folders[name] = true
			return nil
		case !kind.IsRegular():
			l.errorf(at, "skipped-file", "move it out of the content folder", "it is neither a file nor a folder, and is left out")
			return nil
		}
		if err := sitepath.Check(name); err != nil {
			l.errorf(at, "bad-path", "rename the file", "%s", diag.Clean(err.Error()))
			return nil
		}
		l.files[name] = true
		return nil
	})
	if err != nil {
		return err
	}
	names := slices.Sorted(maps.Keys(l.files))
	folders := map[string]folder{}
	for _, name := range names {
		dir, base := path.Split(name)
		rank, in := opening(base), folders[dir]
		switch {
		case rank == 0 && pageFile(base):
			in.pages = true
		case rank > 0 && (in.first == "" || rank < opening(path.Base(in.first))):
			in.first = name
		}
		folders[dir] = in
	}
	// A folder of one page is that page, so it makes its own folder one of
	// several; what is deeper comes first.
	for _, dir := range slices.Backward(slices.Sorted(maps.Keys(folders))) {
		if in := folders[dir]; in.first != "" && !in.pages && dir != "" {
			above, _ := path.Split(strings.TrimSuffix(dir, "/"))
			in := folders[above]
			in.pages = true
			folders[above] = in
		}
	}
	for _, name := range names {
		dir, _ := path.Split(name)
		l.sortIn(b, name, folders[dir])
	}
	l.readNames()
	opened := map[string]bool{}
	for dir, in := range folders {
		opened[strings.TrimSuffix(dir, "/")] = in.first != ""
	}
	l.wanted = l.wantedWords(opened)
	return nil
}

// readNames reads the names of the pages, and tells of those that are not
// clear. What an earlier life left in a name is taken for part of it where the
// name would be that of another page of the folder without it.
func (l *loader) readNames() {
	type place struct{ dir, id string }
	same := map[place]int{}
	above := map[string][]string{}
	for _, p := range l.pages {
		if p.index {
			continue
		}
		if _, known := above[p.dir]; !known {
			above[p.dir] = folderNumbers(p.dir)
		}
		p.name = ReadName(above[p.dir], p.named)
		same[place{p.dir, markdown.Slug(p.name.Words)}]++
	}
	for _, p := range l.pages {
		if p.index {
			continue
		}
		at := diag.Pos{File: l.opt.Dir + p.source, Line: 1, Col: 1}
		clean := p.name.Words
		if p.name.Left != "" && same[place{p.dir, markdown.Slug(clean)}] > 1 {
			_, p.name.Words = splitNumber(above[p.dir], p.named)
			l.errorf(at, "unclear-name", "keep one of them, and give it a clean name",
				"the name holds %s, and another page of the folder has the same name without it", diag.Quote(p.name.Left))
			p.name.Left = ""
		}
		named := markdown.Slug(clean) + ".md"
		if p.name.Number != "" {
			named = p.name.Number + "-" + named
		}
		if p.name.Left != "" {
			l.errorf(at, "unclear-name", "rename the file to "+named+", which changes no address", "the name holds %s, which is left out of the title and the address", diag.Quote(p.name.Left))
		}
		if in := folderNumber(p.dir); in != "" && strings.Contains(p.name.Number, ".") && numbered.MatchString(p.named) && !strings.HasPrefix(plainNumber(numbered.FindString(p.named)), in+".") {
			l.errorf(at, "unclear-name", "begin the name with the number within the folder, such as 2-"+markdown.Slug(clean)+".md",
				"the number %s does not begin with %s, the number of its folder, so it counts as %s.%s", p.name.Number, in, in, p.name.Number)
		}
	}
}

// A folder is what decides how its opening is used.
type folder struct {
	first string // the file that opens it
	pages bool   // it holds other pages
}

// LeftAlone reports names that are no part of a handbook: hidden files, and
// what editors, office programs and desktops put beside a document.
func LeftAlone(base string) bool {
	return base[0] == '.' || base[0] == '_' && opening(base) == 0 || base[0] == '#' && strings.HasSuffix(base, "#") ||
		strings.HasSuffix(base, "~") || strings.HasPrefix(base, "~$") || strings.EqualFold(base, "Thumbs.db") || strings.EqualFold(base, "desktop.ini")
}

// opening reports whether a file can open its folder, and how well: 1 is best, 0
// is not at all.
func opening(base string) int {
	switch strings.ToLower(strings.TrimSuffix(base, path.Ext(base))) + "." + kindOf(base) {
	case "index.md":
		return 1
	case "_index.md":
		return 2
	case "readme.md":
		return 3
	}
	return 0
}

// pageFile reports whether a file is read as a page.
func pageFile(base string) bool {
	_, _, stray := secondEnding(base)
	return kindOf(base) == "md" && !stray
}

// kindOf returns what a file is by the end of its name: md, yaml, active (a
// browser or server may run it), copy (an editor's) or "" for any other.
func kindOf(base string) string {
	switch ending(base) {
	case "md", "markdown":
		return "md"
	case "yaml", "yml":
		return "yaml"
	case "html", "htm", "xhtml", "xht", "shtml", "mht", "mhtml", "js", "mjs", "cjs", "shtm", "stm", "xml", "xsl", "xslt", "swf", "hta",
		"php", "phtml", "phar", "asp", "aspx", "ashx", "jsp", "cgi", "config":
		return "active"
	case "bak", "orig", "rej", "tmp", "swp", "swo", "old":
		return "copy"
	}
	return ""
}

// sortIn decides what a file in a folder is.
func (l *loader) sortIn(b *Book, name string, in folder) {
	at := diag.Pos{File: l.opt.Dir + name}
	if l.stray(name) {
		return
	}
	dir, base := path.Split(name)
	switch kindOf(base) {
	case "md":
		rank := opening(base)
		p := &page{entry: entry{source: name, index: rank > 0, dir: path.Dir(name), named: strings.TrimSuffix(base, path.Ext(base))}}
		switch {
		case rank > 0 && rank == opening(path.Base(in.first)) && name != in.first:
			l.errorf(at, "duplicate-page", "rename one of them", "%s opens the folder too", l.opt.Dir+in.first)
			return
		case rank > 0 && name != in.first:
			l.errorf(at, "skipped-file", "delete it, or move what it says into "+path.Base(in.first), "%s is left out, because %s opens the folder", base, path.Base(in.first))
			return
		case rank > 0 && !in.pages && p.dir != ".":
			// A folder of one page is that page: 2-setup/README.md is read
			// as 2-setup.md would be.
			p.index, p.named, p.dir = false, path.Base(p.dir), path.Dir(p.dir)
		}
		l.pages = append(l.pages, p)
	case "yaml":
		if name != "handbook.yaml" && (dir != "registers/" || !slices.Contains([]string{"laws.yaml", "references.yaml", "terms.yaml"}, base)) {
			l.errorf(at, "skipped-file", diag.DidYouMean(base, []string{"handbook.yaml", "laws.yaml", "references.yaml", "terms.yaml"}, "the YAML files that are read are handbook.yaml and registers/{laws,references,terms}.yaml"),
				"a YAML file that nothing reads is left out")
		}
	case "active":
		l.errorf(at, "skipped-file", "write the page in markdown, or keep the file elsewhere", "a file that a browser or a server can run is left out")
	case "copy":
		l.errorf(at, "skipped-file", "move it out of the content folder", "a copy that a program made is left out")
	default:
		l.attachment(b, name)
	}
}
