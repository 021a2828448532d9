package site

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"handbook/cmd/handbook/internal/book"
)

func coverageType() PageType {
	return PageType{Name: "coverage", Path: "coverage.html", list: howItStands,
		// An edition need not cover anything.
		has:  func(s *builder) bool { return len(s.book.Config.Areas) > 0 && s.book.Edition == nil },
		make: func(s *builder, f Frame) page { return s.coverage(f) }}
}

// A CoveragePage is handed to coverage.html.
type CoveragePage struct {
	Frame
	Missing   []string // sentences
	Picture   Grid
	Audiences []string
	Rows      []CoverageRow
}

// A CoverageRow is an area with the number of its sections: for all, then for
// each audience.
type CoverageRow struct {
	Area     *book.Area
	Anchor   string // of the list of its sections; "" if there are none
	Cells    []CoverageCell
	Sections SectionLinks
}

// A CoverageCell is the number of sections of an area for an audience.
type CoverageCell struct {
	Count   int
	Missing bool // the handbook sets out to cover it, and no section does
}

// coverage makes the page of areas against audiences. A section counts for the
// areas and audiences that it names, and until it is withdrawn.
func (s *builder) coverage(f Frame) CoveragePage {
	p := CoveragePage{Frame: f}
	c := s.book.Config
	// One that stands for several others is covered where they are.
	groups := slices.DeleteFunc(slices.Clone(c.Audiences), func(a book.Audience) bool { return len(a.Includes) > 0 })
	for _, a := range groups {
		p.Audiences = append(p.Audiences, cmp.Or(a.Name, a.ID))
	}
	for i := range c.Areas {
		area := &c.Areas[i]
		row := CoverageRow{Area: area, Cells: make([]CoverageCell, 1+len(groups))}
		var secs []*book.Section
		for _, sec := range s.book.Sections {
			if s.gone(sec) || !slices.ContainsFunc(sec.Areas, func(a *book.Area) bool { return a.ID == area.ID }) {
				continue
			}
			secs = append(secs, sec)
			row.Cells[0].Count++
			for j := range groups {
				if slices.ContainsFunc(sec.Audience, func(a *book.Audience) bool { return a.Reaches(groups[j].ID) }) {
					row.Cells[1+j].Count++
				}
			}
		}
		name := cmp.Or(area.Name, area.ID)
		if area.Required && len(secs) == 0 {
			row.Cells[0].Missing = true
			p.Missing = append(p.Missing, s.lang.T("coverage-none", "area", name))
		}
		for j := range groups {
			if area.Populations && groups[j].Population && row.Cells[1+j].Count == 0 {
				row.Cells[1+j].Missing = true
				p.Missing = append(p.Missing, s.lang.T("coverage-none-for", "area", name, "group", p.Audiences[j]))
			}
		}
		if len(secs) > 0 {
			row.Anchor = "_area-" + area.ID
			row.Sections = s.links(secs, p.Root)
		}
		p.Rows = append(p.Rows, row)
	}
	p.Picture = s.grid(p)
	return p
}

// A Grid is the picture of coverage: squares in rows of areas and columns of
// audiences.
type Grid struct {
	Width, Height int
	Side          int // of a square
	Alternative   string
	Columns, Rows []GridText
	Cells         []GridCell
}

// A GridText is a name at the edge of the picture.
type GridText struct {
	X, Y int
	Text string
}

// A GridCell is a square: "full", "none" or "gap" (missing, with a cross).
type GridCell struct {
	Class        string
	X, Y, Number int
	TextX, TextY int
	Cross        string // the path of the cross, or ""
	Side         int
}

// grid draws the picture. Names are cut to what has room; the table has them
// whole.
func (s *builder) grid(p CoveragePage) Grid {
	const side, step, left, room = 30, 36, 264, 30
	columns := append([]string{s.lang.T("coverage-all")}, p.Audiences...)
	longest := 0
	for _, name := range columns {
		longest = max(longest, len([]rune(cut(name, room))))
	}
	top := 24 + longest*5 // names are turned by 40 degrees
	g := Grid{Width: left + step*len(columns) + longest*6, Height: top + step*len(p.Rows) + 4, Side: side}
	missing, full := 0, 0
	for j, name := range columns {
		g.Columns = append(g.Columns, GridText{left + step*j + side/2 + 4, top - 8, cut(name, room)})
	}
	for i, row := range p.Rows {
		y := top + step*i
		g.Rows = append(g.Rows, GridText{left - 12, y + side/2 + 5, cut(cmp.Or(row.Area.Name, row.Area.ID), room)})
		for j, c := range row.Cells {
			cell := GridCell{Class: "none", X: left + step*j, Y: y, Number: c.Count, Side: side}
			cell.TextX, cell.TextY = cell.X+side/2, cell.Y+side/2+5
			switch {
			case c.Missing:
				missing++
				cell.Class = "gap"
				cell.Cross = fmt.Sprintf("M%d %dl%d %dM%d %dl%d %d", cell.X+8, cell.Y+8, side-16, side-16, cell.X+side-8, cell.Y+8, 16-side, side-16)
			case c.Count > 0:
				full++
				cell.Class = "full"
			}
			g.Cells = append(g.Cells, cell)
		}
	}
	g.Alternative = s.lang.T("coverage-picture", "subjects", len(p.Rows), "groups", len(p.Audiences), "full", full, "gaps", missing)
	return g
}

// cut shortens a text to n characters.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n-1])) + "…"
	}
	return s
}
