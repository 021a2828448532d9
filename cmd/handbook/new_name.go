package main

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// newID makes an id of a title, in plain letters, or checks the one given.
func newID(title, given string) (string, error) {
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
	var folded strings.Builder
	for _, r := range norm.NFD.String(title) {
		if r < 0x300 || r > 0x36F { // an accent apart from its letter
			folded.WriteRune(r)
		}
	}
	id := markdown.Slug(folded.String())
	if !plain.MatchString(id) {
		return "", diag.Usagef("add --id with a short name in plain letters", "no id can be made of the title %s", diag.Quote(title))
	}
	return id, nil
}

// folders lists the folders that can be parts.
func folders(fsys fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("list the parts: %w", err)
	}
	var out []string
	for _, e := range entries {
		if e.IsDir() && e.Name() != "registers" && !strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(e.Name(), "_") {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

// findPart finds the folder that a user means by a number, a name or the start
// of a name. Where there are no parts, the top folder takes the section.
func findPart(fsys fs.FS, want string) (string, error) {
	all, err := folders(fsys)
	if err != nil {
		return "", err
	}
	if want == "" {
		switch len(all) {
		case 0:
			return ".", nil
		case 1:
			return all[0], nil
		}
		return "", diag.Usagef("add --part with one of "+strings.Join(all, ", "), "the part is missing")
	}
	var exact, start []string
	names := []string{}
	for _, folder := range all {
		n := book.ReadName(nil, folder)
		name := markdown.Slug(n.Words)
		names = append(names, name)
		switch {
		case folder == want || name == want || n.Number != "" && n.Number == plainNumber(want):
			exact = append(exact, folder)
		case strings.HasPrefix(name, want):
			start = append(start, folder)
		}
	}
	found := exact
	if len(found) == 0 {
		found = start
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		otherwise := "begin it with handbook new part"
		if len(all) > 0 {
			otherwise = "use one of " + strings.Join(all, ", ")
		}
		return "", diag.Usagef(diag.DidYouMean(want, names, otherwise), "there is no part %s", diag.Quote(want))
	}
	return "", diag.Usagef("write more of the name", "%s could be %s", diag.Quote(want), strings.Join(found, " or "))
}

// plainNumber takes zeros off the front of a number.
func plainNumber(s string) string { return cmp.Or(strings.TrimLeft(s, "0"), "0") }

// numberedName returns a new file or folder its number: the one asked for, else
// the next after the highest, in the width of its neighbours. Where neighbours
// have no numbers it gets none. It is read as any name is, by [book.ReadName].
func numberedName(fsys fs.FS, folder, id string, number int, wantDir bool) (string, error) {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return "", fmt.Errorf("list %s: %w", folder, err)
	}
	above := book.FolderNumbers(folder)
	highest, width, numbered, others := 0, 1, 0, 0
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() != wantDir || book.LeftAlone(name) || name == "registers" || !wantDir && (!book.IsPage(name) || book.Opens(name)) {
			continue
		}
		if !wantDir {
			name = strings.TrimSuffix(name, path.Ext(name))
		}
		own := book.ReadName(above, name).Number
		first, _, _ := strings.Cut(own, ".")
		n, err := strconv.Atoi(first)
		if err != nil {
			others++
			continue
		}
		if number > 0 && own == strconv.Itoa(number) {
			return "", diag.Failf("leave --number out to take the next free one", "the number %d is that of %s", number, path.Join(folder, e.Name()))
		}
		numbered++
		highest = max(highest, n)
		if digits := name[:len(name)-len(strings.TrimLeft(name, "0123456789"))]; digits[0] == '0' {
			width = max(width, len(digits))
		}
	}
	switch {
	case number < 0:
		return "", diag.Usagef("write a number from 1 on", "--number cannot be %d", number)
	case number == 0 && numbered == 0 && (others > 0 || !wantDir && (len(above) == 0 || above[len(above)-1] == "")):
		number = 0
	case number == 0:
		number = highest + 1
	}
	return readsAs(above, id, number, width)
}

// readsAs makes a name that is read with this number, or with none for 0: a
// title such as "42 CFR Part 2" begins with a number of its own.
func readsAs(above []string, id string, number, width int) (string, error) {
	before, want := "", ""
	if number > 0 {
		before, want = fmt.Sprintf("%0*d-", width, number), strconv.Itoa(number)
	}
	for _, name := range []string{before + id, before + "about-" + id} {
		if n := book.ReadName(above, name); n.Number == want && n.Left == "" {
			return name, nil
		}
	}
	return "", diag.Failf("choose another with --id", "no file can be named %s", diag.Quote(before+id))
}
