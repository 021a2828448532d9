package check

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
	"handbook/cmd/handbook/internal/markdown"
)

// unfilled reports each ::: fill block, and of each open value once, at its
// place in handbook.yaml: there it is filled in for all pages.
func unfilled(c *checker) {
	users := map[string][]string{}
	c.eachPage(func(name string, doc *markdown.Doc) {
		for _, fill := range doc.Fills {
			if fill.Value != "" {
				users[fill.Value] = append(users[fill.Value], name)
				continue
			}
			c.add(fill.Pos, "write what your agency says there, and take ::: fill and its ::: away", "a place is not filled in: %s", diag.Clean(fill.Asks()))
		}
	})
	for _, v := range c.config.Open {
		key := v.Name[strings.LastIndexByte(v.Name, '.')+1:]
		c.add(v.Pos, "when you know it, write it in the place of {fill: ...}, as "+key+`: "..."`, "%s is not filled in: %s (%s)",
			v.Name, diag.Clean(v.Prompt), usedOn(users[v.Name]))
	}
}

// usedOn says on how many pages something is used, and names the first of them.
func usedOn(pages []string) string {
	const enough = 3
	switch n := len(pages); {
	case n == 0:
		return "no page has it in its text"
	case n == 1:
		return "used on 1 page: " + diag.Clean(pages[0])
	case n > enough:
		return fmt.Sprintf("used on %d pages: %s and %s more", n, diag.Clean(strings.Join(pages[:enough], ", ")), strconv.Itoa(n-enough))
	default:
		return fmt.Sprintf("used on %d pages: %s", n, diag.Clean(strings.Join(pages, ", ")))
	}
}

// eachPage calls f for the name and the text of the openings of the handbook and
// its parts, and of every section in force or to come.
func (c *checker) eachPage(f func(name string, doc *markdown.Doc)) {
	if home := c.book.Home; home != nil && home.Doc != nil {
		f(cmp.Or(home.Title, c.config.Title), home.Doc)
	}
	for _, p := range c.book.Parts {
		if p.Index != nil && p.Index.Doc != nil {
			f(strings.TrimSpace(p.Number+" "+p.Title), p.Index.Doc)
		}
	}
	c.eachLive(func(s *book.Section) {
		if s.Doc != nil {
			f(s.Name(), s.Doc)
		}
	})
}
