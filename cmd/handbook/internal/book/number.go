package book

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// NewID makes an id of the title of a new page, in plain letters, or checks the one
// that is given.
func NewID(title, given string) (string, error) {
	if strings.TrimSpace(title) == "" {
		return "", diag.Usagef("write a title in quotes", "the title is empty")
	}
	plain := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	if given != "" {
		if !plain.MatchString(given) {
			return "", diag.Usagef("write it in lower-case letters, digits and hyphens, such as texting", "%s cannot be an id", diag.Quote(given))
		}
		return given, nil
	}
	id := markdown.Slug(strings.Map(func(r rune) rune {
		if r >= 0x300 && r <= 0x36F { // an accent apart from its letter
			return -1
		}
		return r
	}, norm.NFD.String(title)))
	if !plain.MatchString(id) {
		return "", diag.Usagef("add --id with a short name in plain letters", "no id can be made of the title %s", diag.Quote(title))
	}
	return id, nil
}

// FindPart finds the folder that a user means by a number, a name or the start
// of a name. Where there are no parts, the top folder takes the section.
func FindPart(fsys fs.FS, want string) (string, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return "", fmt.Errorf("list the parts: %w", err)
	}
	var all, names, exact, start []string
	for _, e := range entries {
		if !e.IsDir() || e.Name() == "registers" || LeftAlone(e.Name()) {
			continue
		}
		n := ReadName(nil, e.Name())
		name := markdown.Slug(n.Words)
		all, names = append(all, e.Name()), append(names, name)
		switch {
		case e.Name() == want || name == want || n.Number != "" && n.Number == plainNumber(want):
			exact = append(exact, e.Name())
		case strings.HasPrefix(name, want):
			start = append(start, e.Name())
		}
	}
	found := exact
	if len(found) == 0 {
		found = start
	}
	switch {
	case want == "" && len(all) == 0:
		return ".", nil
	case want == "" && len(all) > 1:
		return "", diag.Usagef("add --part with one of "+strings.Join(all, ", "), "the part is missing")
	case len(found) == 1:
		return found[0], nil
	case len(found) > 1:
		return "", diag.Usagef("write more of the name", "%s could be %s", diag.Quote(want), strings.Join(found, " or "))
	case len(all) == 0:
		return "", diag.Usagef("begin it with handbook new part", "there is no part %s", diag.Quote(want))
	}
	return "", diag.Usagef(diag.DidYouMean(want, names, "use one of "+strings.Join(all, ", ")), "there is no part %s", diag.Quote(want))
}

// NextName returns a new page or folder its name with the number in it: the one
// asked for, else the next after the highest, in the width of its neighbours. Where
// neighbours have no numbers it gets none. It is read as any name is, by [ReadName].
func NextName(fsys fs.FS, dir, id string, number int, isDir bool) (string, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return "", fmt.Errorf("list %s: %w", dir, err)
	}
	above := folderNumbers(dir)
	highest, width, numbered, others := 0, 1, 0, 0
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() != isDir || LeftAlone(name) || name == "registers" || !isDir && (!IsPage(name) || opening(name) > 0) {
			continue
		}
		if !isDir {
			name = strings.TrimSuffix(name, path.Ext(name))
		}
		own := ReadName(above, name).Number
		first, _, _ := strings.Cut(own, ".")
		n, err := strconv.Atoi(first)
		if err != nil {
			others++
			continue
		}
		if number > 0 && own == strconv.Itoa(number) {
			return "", diag.Failf("leave --number out to take the next free one", "the number %d is that of %s", number, path.Join(dir, e.Name()))
		}
		numbered++
		highest = max(highest, n)
		if digits := name[:leadingDigits(name)]; digits[0] == '0' {
			width = max(width, len(digits))
		}
	}
	if number < 0 {
		return "", diag.Usagef("write a number from 1 on", "--number cannot be %d", number)
	}
	unnumbered := numbered == 0 && (others > 0 || !isDir && (len(above) == 0 || above[len(above)-1] == ""))
	if number == 0 && !unnumbered {
		number = highest + 1
	}
	before, want := "", ""
	if number > 0 {
		before, want = fmt.Sprintf("%0*d-", width, number), strconv.Itoa(number)
	}
	// A title such as "42 CFR Part 2" begins with a number of its own.
	for _, name := range []string{before + id, before + "about-" + id} {
		if n := ReadName(above, name); n.Number == want && n.Left == "" {
			return name, nil
		}
	}
	return "", diag.Failf("choose another with --id", "no file can be named %s", diag.Quote(before+id))
}
