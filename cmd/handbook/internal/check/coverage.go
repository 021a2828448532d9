package check

import (
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
	"handbook/cmd/handbook/internal/diag"
)

// covers reports whether a section that is in force or to come covers an area,
// for an audience if one is given. Drafts are no policy yet.
func (c *checker) covers(area *book.Area, audience *book.Audience) bool {
	return slices.ContainsFunc(c.book.Sections, func(s *book.Section) bool {
		return c.live(s) && !s.Draft &&
			slices.ContainsFunc(s.Areas, func(a *book.Area) bool { return a.ID == area.ID }) &&
			(audience == nil || slices.ContainsFunc(s.Audience, func(a *book.Audience) bool { return a.Reaches(audience.ID) }))
	})
}

func uncoveredArea(c *checker) {
	if c.book.Edition != nil {
		return // the rest of the handbook covers it
	}
	for i := range c.config.Areas {
		if a := &c.config.Areas[i]; a.Required && !c.covers(a, nil) {
			c.add(a.Pos, "write a section with areas: ["+a.ID+"], or add "+a.ID+" to the areas of one that covers it",
				"no section covers the area %s", diag.Quote(a.Name))
		}
	}
}

// uncoveredPopulation reports an area once, with every population that it
// lacks. A required area that nothing covers is uncovered-area's.
func uncoveredPopulation(c *checker) {
	if c.book.Edition != nil {
		return
	}
	for i := range c.config.Areas {
		a := &c.config.Areas[i]
		if !a.Populations || a.Required && !c.covers(a, nil) {
			continue
		}
		var names, ids []string
		for j := range c.config.Audiences {
			if p := &c.config.Audiences[j]; p.Population && !c.covers(a, p) {
				names, ids = append(names, p.Name), append(ids, p.ID)
			}
		}
		if len(names) > 0 {
			c.add(a.Pos, "write a section with areas: ["+a.ID+"] and audience: ["+strings.Join(ids, ", ")+"], or one for each",
				"the area %s has no section for %s", diag.Quote(a.Name), list(names))
		}
	}
}

// list joins names as a sentence does: "a, b and c".
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
