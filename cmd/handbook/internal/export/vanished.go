package export

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/output"
)

// A Vanished is an address of a page that was published before and is not any
// more, with what would keep it.
type Vanished struct{ Path, Remedy string }

// former is what an earlier handbook.json tells of addresses.
type former struct {
	Schema           int
	Parts            []struct{ ID, URL string }
	Sections         []struct{ ID, URL, Part string }
	Laws, References []struct{ ID, Page string }
	sections, parts  map[string]string // ids by address
	sources          map[string]string // what an entry of a register is, by the address of its page
	sectionsOf       map[string][]string
}

// maxVanished is how many lost addresses are named.
const maxVanished = 10

// Differences says in lines for a terminal what differs between a site and the one
// that a folder holds, which it will replace: what the readers of an edition gain,
// and which addresses are gone.
func Differences(b *book.Book, tree *output.Tree, dir string) []string {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil // nothing was published there
	}
	last := os.DirFS(dir)
	var lines []string
	if b.Edition != nil {
		if gains, err := GainsOver(b, last); err != nil {
			lines = append(lines, "note: what readers of this edition gain over "+dir+" is not known: "+err.Error())
		} else if note := GainNote(gains); note != "" {
			lines = append(lines, "note: "+note)
		}
	}
	register, _ := fs.ReadFile(last, "handbook.json") // without it less is known
	return append(lines, vanishedLines(b, output.Published(dir), register, tree.Has)...)
}

// vanishedLines says which pages of an earlier site are gone from this one, and
// what would keep their addresses: others may have linked to them. It gives no line
// if there are none. The arguments are those of [FindVanished].
func vanishedLines(b *book.Book, before []string, register []byte, has func(path string) bool) []string {
	lost := FindVanished(b, before, register, has)
	if len(lost) == 0 {
		return nil
	}
	gone := "1 address of the last build is gone"
	if len(lost) > 1 {
		gone = fmt.Sprintf("%d addresses of the last build are gone", len(lost))
	}
	lines := []string{"note: " + gone + ", so links to what was there break"}
	for _, v := range lost[:min(len(lost), maxVanished)] {
		lines = append(lines, "  "+v.Path+": "+v.Remedy)
	}
	if more := len(lost) - maxVanished; more > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more", more))
	}
	return lines
}

// FindVanished compares the addresses of an earlier site with those of this
// one. register is the earlier handbook.json, or nil; has tells of the addresses
// that there are now. The result is in the order of before.
func FindVanished(b *book.Book, before []string, register []byte, has func(path string) bool) []Vanished {
	own := book.ReservedPaths()
	var lost []Vanished
	var was *former
	for _, address := range before {
		if path.Ext(address) != ".html" || has(address) || slices.Contains(own, address) {
			continue
		}
		if was == nil {
			was = readFormer(register)
		}
		lost = append(lost, Vanished{address, was.remedy(b, address)})
	}
	return lost
}

// readFormer reads a register. One that cannot be read tells nothing, nor does
// one of a later version.
func readFormer(register []byte) *former {
	f := &former{sections: map[string]string{}, parts: map[string]string{}, sources: map[string]string{}, sectionsOf: map[string][]string{}}
	if json.Unmarshal(register, f) != nil || f.Schema > Schema {
		return f
	}
	for _, s := range f.Sections {
		f.sections[address(s.URL)] = s.ID
		f.sectionsOf[s.Part] = append(f.sectionsOf[s.Part], s.ID)
	}
	for _, p := range f.Parts {
		f.parts[address(p.URL)] = p.ID
	}
	for _, l := range f.Laws {
		f.sources[address(l.Page)] = "law " + diag.Quote(l.ID)
	}
	for _, r := range f.References {
		f.sources[address(r.Page)] = "reference " + diag.Quote(r.ID)
	}
	return f
}

// address returns the path that a relative URL of a register names.
func address(relative string) string {
	p, err := url.PathUnescape(relative)
	if err != nil {
		return relative
	}
	return strings.TrimPrefix(p, "./")
}

// remedy says what became of a page, and how its address can be kept.
func (f *former) remedy(b *book.Book, at string) string {
	if id, ok := f.sections[at]; ok {
		if s := b.Section(id); s != nil {
			if len(s.Aliases) > 0 {
				return "add it to aliases: in " + b.Dir + s.Source
			}
			return "write aliases: [" + at + "] in " + b.Dir + s.Source
		}
		if slices.ContainsFunc(b.LeftOut, func(l book.LeftOut) bool { return l.ID == id }) {
			return "its section " + diag.Quote(id) + " is left out by the profile"
		}
		return "its section " + diag.Quote(id) + " is gone, or a draft; write aliases: [" + at + "] in the one that takes its place"
	}
	if id, ok := f.parts[at]; ok {
		if p := f.heir(b, id); p != nil {
			file := b.Dir + p.Dir + "/index.md"
			if p.Index != nil {
				file = b.Dir + p.Index.Source
			}
			return "write aliases: [" + at + "] in " + file
		}
		return "its part " + diag.Quote(id) + " is gone"
	}
	if what, ok := f.sources[at]; ok {
		return "the " + what + " is in the register no more, or nothing here uses it"
	}
	return "write aliases: [" + at + "] in the section that its readers look for"
}

// heir returns the part that most sections of a former part are in now, or nil.
func (f *former) heir(b *book.Book, id string) *book.Part {
	count := map[*book.Part]int{}
	for _, section := range f.sectionsOf[id] {
		if s := b.Section(section); s != nil && s.Part != nil {
			count[s.Part]++
		}
	}
	var heir *book.Part
	for _, p := range b.Parts {
		if count[p] > count[heir] {
			heir = p
		}
	}
	return heir
}
