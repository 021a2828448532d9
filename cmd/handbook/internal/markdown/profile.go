package markdown

import (
	"bytes"
	"slices"

	"handbook/cmd/handbook/internal/diag"
)

// A Verdict is what the profile of an agency, or the edition, says of a
// condition. The zero Verdict is that the block is shown.
type Verdict struct {
	Hidden  bool
	Edition bool   // a Hidden one: it is for readers of other editions
	Why     string // any other Hidden one: "it is for sector: public, and the profile says sector: private"
	Wrong   string // what is wrong with the condition, or ""
	Hint    string
}

// A LeftOut is a ::: when block that is no part of the page.
type LeftOut struct {
	Why string
	Pos diag.Pos
}

// A hiddenBlock is a LeftOut with its node.
type hiddenBlock struct {
	LeftOut
	edition bool // it is for readers of other editions
	node    *blockNode
}

// condition asks whether a ::: when block is shown. All of its conditions must
// hold. What is not for the readers of this edition is none of the profile's.
func (s *state) condition(n *blockNode) {
	switch {
	case n.attr.id != "":
		s.errorf(n.offset, "bad-attributes", "give the id to a heading or a block in it", "a when block has no box of its own, so it cannot have an id")
		n.attr.id = ""
	case len(n.attr.keys) == 0:
		s.errorf(n.offset, "bad-attributes", "write for which readers or agencies it is: ::: when {audience=staff}, ::: when {sector=public}", "a when block has no condition")
	}
	var why string
	edition := false
	for i, key := range n.attr.keys {
		v := s.in.When(key, n.attr.vals[i])
		if v.Wrong != "" {
			s.errorf(n.offset, "bad-attributes", v.Hint, "%s", v.Wrong)
			edition = edition || s.in.Edition // nobody knows whom it is for
		}
		switch {
		case v.Hidden && v.Edition:
			edition = true
		case v.Hidden && why == "":
			why = v.Why
		}
	}
	if why != "" || edition {
		s.hidden = append(s.hidden, hiddenBlock{LeftOut: LeftOut{why, s.pos(n.offset)}, edition: edition, node: n})
	}
}

// without parses a page again without the blocks that are left out: their
// lines are emptied before anything is made of them, so that no rule, heading,
// link, footnote or word of theirs can be in the Doc. A mark takes the place of
// each, so that the lists and quotes around it stay what they were; no text can
// hold it, because none holds a NUL. whole and problems are
// those of the page with all its blocks.
func (p *Parser) without(in Input, hidden []hiddenBlock, whole *Doc, problems []diag.Problem) (*Doc, []diag.Problem) {
	shift := 0
	if block := metaBlock(in.Params, in.Body); block != nil {
		shift = len(block)
	}
	body := in.Body
	var left []LeftOut
	var lines [][2]int
	narrowed := false
	for _, h := range hidden {
		from, to := h.node.offset-shift, h.node.end-shift
		if h.node.end == 0 {
			to = len(body)
		}
		from = bytes.LastIndexByte(body[:from], '\n') + 1
		if n := len(lines); n > 0 && from < lines[n-1][1] {
			lines[n-1][1] = max(lines[n-1][1], to) // within the one before, but for one that was never closed
			continue
		}
		lines = append(lines, [2]int{from, to})
		if h.edition {
			narrowed = true
		} else {
			left = append(left, h.LeftOut)
		}
	}
	var out, shown []byte
	at := 0
	for _, l := range lines {
		out, shown = append(out, body[at:l[0]]...), append(shown, body[at:l[0]]...)
		first, marks := aroundBlock(body[l[0]:l[1]])
		out = append(append(out, first...), ":::\x00\n"...)
		empty := append(marks, '\n')
		if n := bytes.Count(body[l[0]:l[1]], []byte("\n")); n > 0 {
			out = append(out, bytes.Repeat(empty, n-1)...)
		}
		at = l[1]
	}
	in.Body = append(out, body[at:]...)
	doc, again, _ := p.parse(in, !slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Rule == "unclosed-block" }))
	doc.LeftOut, doc.Narrowed, doc.meant, doc.Shown = left, narrowed, whole.meant, append(shown, body[at:]...)
	stays := make(map[diag.Pos]bool, len(doc.links))
	for _, l := range doc.links {
		stays[l.Pos] = true
	}
	for _, l := range whole.links {
		if (l.Kind == LinkPage || l.Kind == LinkImage) && !stays[l.Pos] {
			doc.hidden = append(doc.hidden, l)
		}
	}
	for _, a := range whole.anchors {
		if _, stays := doc.Anchor(a.name); !stays {
			if doc.left == nil {
				doc.left = map[string]bool{}
			}
			doc.left[a.name] = true
		}
	}
	for _, found := range again {
		if !slices.Contains(problems, found) {
			problems = append(problems, found)
		}
	}
	return doc, problems
}

// aroundBlock returns what stands before a block on its first line, of quotes and
// lists, and what must stand on each empty line in its place, so that the quotes
// around it go on.
func aroundBlock(block []byte) (first, marks []byte) {
	first = block[:bytes.Index(block, []byte(":::"))]
	last := bytes.LastIndexByte(first, '>')
	if last < 0 {
		return first, nil
	}
	marks = bytes.Clone(first[:last+1])
	for i, c := range marks {
		if c != '>' && c != '\t' {
			marks[i] = ' ' // of a list
		}
	}
	return first, marks
}

// Hidden returns the links in blocks that are left out, so that they can be
// checked: another agency will read them.
func (d *Doc) Hidden() []Link { return d.hidden }

// Left reports whether #name would be known if nothing were left out.
func (d *Doc) Left(name string) bool { return d.left[name] }
