package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"handbook/cmd/handbook/internal/diag"
)

// This file finds out what went wrong where the first and last lines of :::
// blocks do not match. The parser only notes these lines. One that is missing,
// or one too many, shows itself far from where the slip is: the analysis looks
// for the line that most likely is to blame, by what blocks of each kind hold.
//
// A hint may be obeyed without a thought, so that none proposes to show some
// readers what they were not shown: every edit is tried out on the page before
// it is proposed. Where the likelier one would show more, the hint says so.

// A fence is a line of a ::: block: its first, its last, or one that closes
// nothing.
type fence struct {
	offset int    // of its colons
	block  int    // the place in fenced of the block; -1 if it closes nothing, -2 if its block is left out
	closes bool   // it is a last line
	name   string // that a last line gives
}

// A fenced is a ::: block as its lines have it.
type fenced struct {
	name      string
	narrows   bool // it says for which readers it is
	open      int  // its first line, in fences
	end       int  // its last line; -1 if it has none
	cut       int  // of a block without a last line: the last of fences when it ended
	parent    int  // the block that it stands in; -1 for none
	contained bool // it stands in a quote, a list or the like
}

// opens notes the first line of a block.
func (s *state) opens(n *blockNode, in ast.Node, head string) {
	f := fenced{name: n.name, open: len(s.fences), end: -1, parent: -1}
	f.narrows = (n.name == "when" || n.name == "rule" || s.in.Edition) && strings.Contains(head, "audience")
	f.contained = in.Kind() != ast.KindDocument && in.Kind() != kindBlock
	for ; in != nil; in = in.Parent() {
		if around, ok := in.(*blockNode); ok {
			f.parent = around.fenced
			break
		}
	}
	n.fenced = len(s.fenced)
	s.fences = append(s.fences, fence{offset: n.offset, block: n.fenced})
	s.fenced = append(s.fenced, f)
	s.open = append(s.open, n)
}

// matched reports whether every first line of a block has its last line, and
// every last line its first.
func (s *state) matched() bool {
	return !slices.ContainsFunc(s.fences, func(f fence) bool { return f.block == -1 }) && !slices.ContainsFunc(s.fenced, func(b fenced) bool { return b.end < 0 })
}

// A mending is the analysis of a page whose fences do not match.
type mending struct {
	*state
	p     *Parser
	lines [][]byte // of the body
	first []int    // of each block, its first line, counted from 0
	last  []int    // its last line, or that of the page
	depth []int    // how many blocks say of a line for whom it is
}

// maxMended is how many slips of a page are analysed. After one, others are
// often only its consequence.
const maxMended = 1

// mend reports the fences that do not match.
func (s *state) mend(p *Parser) {
	m := &mending{state: s, p: p, lines: bytes.Split(s.in.Body, []byte("\n"))}
	if n := len(m.lines); n > 0 && len(m.lines[n-1]) == 0 {
		m.lines = m.lines[:n-1]
	}
	m.first, m.last = m.ranges(s.fenced, s.fences, s.shift, len(m.lines))
	m.depth = depths(s.fenced, m.first, m.last, len(m.lines))
	told := 0
	first := 0 // the line of the first problem
	for _, at := range m.slips() {
		if told++; told > maxMended {
			m.follows(at, first)
			continue
		}
		var problem diag.Problem
		if at.block >= 0 {
			problem = m.unclosed(at.block)
		} else {
			problem = m.extra(at.fence)
		}
		first = problem.Line
		s.problems.Errorf(problem.Pos, problem.Rule, problem.Hint, "%s", problem.Text)
	}
}

// A slip is a block without a last line, or a last line without a block.
type slip struct{ block, fence int }

// slips returns the slips of the page in the order in which they show: a last
// line where it stands, a block where it ends.
func (m *mending) slips() []slip {
	var all []slip
	for i, f := range m.fences {
		if f.block == -1 {
			all = append(all, slip{-1, i})
		}
	}
	for i, b := range slices.Backward(m.fenced) { // inner ones first
		if b.end < 0 {
			all = append(all, slip{i, b.cut})
		}
	}
	slices.SortStableFunc(all, func(a, b slip) int { return a.fence - b.fence })
	return all
}

// follows reports a further slip, which may be a consequence of the first.
func (m *mending) follows(at slip, first int) {
	hint := fmt.Sprintf("correct line %d first: this may follow from it", first)
	if at.block >= 0 {
		m.errorf(m.fences[m.fenced[at.block].open].offset, "unclosed-block", hint, "the block %s is not closed", m.head(at.block))
		return
	}
	f := m.fences[at.fence]
	m.errorf(f.offset, "unclosed-block", hint, "%s closes a block here, but none is open", endingLine(f.name))
}

// number returns the number in the file of a line of the body.
func (m *mending) number(line int) int { return m.in.Line + line }

// line returns the line of the body, counted from 0, that a fence is.
func (m *mending) line(fence int) int {
	return m.state.lines.Line(m.fences[fence].offset-m.shift) - m.in.Line
}

// head returns a block as it is named in a message.
func (m *mending) head(block int) string { return "::: " + diag.Clean(m.fenced[block].name) }

// endingLine returns a closing line as it is written.
func endingLine(name string) string {
	if name == "" {
		return ":::"
	}
	return "::: /" + diag.Clean(name)
}

// closer returns the closing line to propose for a block: one that tells what it
// closes, if it matters who reads on, and with the quote marks and indent that
// the first line has.
func (m *mending) closer(block int) string {
	name := ":::"
	if b := m.fenced[block]; b.name == "when" && b.narrows {
		name = "::: /when"
	}
	line := m.lines[m.first[block]]
	before := bytes.Clone(line[:max(0, bytes.Index(line, []byte(":::")))])
	for i, c := range before {
		if c != '>' && c != '\t' {
			before[i] = ' ' // of a list
		}
	}
	return string(before) + name
}

// written returns a line as a hint shows it.
func written(line string) string {
	if strings.HasPrefix(line, ":::") {
		return line
	}
	return diag.Quote(line)
}

// ranges returns the first and last lines of blocks.
func (m *mending) ranges(blocks []fenced, fences []fence, shift, lines int) (first, last []int) {
	for _, b := range blocks {
		at := m.state.lines.Line(fences[b.open].offset-shift) - m.in.Line
		to := lines - 1
		if b.end >= 0 {
			to = m.state.lines.Line(fences[b.end].offset-shift) - m.in.Line
		}
		first, last = append(first, at), append(last, to)
	}
	return first, last
}

// depths counts for each line the blocks around it that say for whom they are.
func depths(blocks []fenced, first, last []int, lines int) []int {
	change := make([]int, lines+1)
	for i, b := range blocks {
		if b.narrows && first[i] < lines {
			change[first[i]]++
			change[min(last[i]+1, lines)]--
		}
	}
	for i := 1; i <= lines; i++ {
		change[i] += change[i-1]
	}
	return change[:lines]
}

// An edit puts a line after another, or takes one out.
type edit struct {
	line int    // counted from 0
	put  string // the line to put after it; "" to take it out
}

// widens reports whether an edit would show a line to readers who are not shown
// it as the page stands.
func (m *mending) widens(e edit) bool {
	var body []byte
	for i, l := range m.lines {
		if e.put != "" || i != e.line {
			body = append(append(body, l...), '\n')
		}
		if e.put != "" && i == e.line {
			body = append(append(body, e.put...), '\n')
		}
	}
	in := *m.in
	in.Body = body
	s := m.p.outline(in)
	if s == nil {
		return true
	}
	after := &mending{state: s}
	lines := bytes.Count(body, []byte("\n"))
	first, last := after.ranges(s.fenced, s.fences, s.shift, lines)
	depth := depths(s.fenced, first, last, lines)
	m.p.give(s.scratch)
	for i, l := range m.lines {
		to := i
		switch {
		case e.put == "" && i == e.line:
			continue
		case e.put == "" && i > e.line:
			to = i - 1
		case e.put != "" && i > e.line:
			to = i + 1
		}
		if !isBlank(l) && !isFenceLine(l) && depth[to] < m.depth[i] {
			return true
		}
	}
	return false
}

// outline parses a page for its blocks alone, or gives nil if goldmark cannot.
func (p *Parser) outline(in Input) (s *state) {
	s = &state{scratch: p.take(), in: &in, doc: &Doc{}, src: in.Body}
	s.lines.Reset(in.File, in.Body, in.Line)
	if block := metaBlock(in.Params, in.Body); block != nil {
		s.src, s.shift = append(block, in.Body...), len(block)
	}
	defer func() {
		if recover() != nil {
			s = nil
		}
	}()
	pc := parser.NewContext()
	pc.Set(stateKey, s)
	p.md.Parser().Parse(text.NewReader(s.src), parser.WithContext(pc))
	return s
}

// isFenceLine reports whether a line looks like one of a ::: block.
func isFenceLine(line []byte) bool { return bytes.HasPrefix(trimMarkers(line), []byte(":::")) }

// extra reports a last line that closes nothing. Either it is one too many, or
// one before it is, which closed its block too early; or the block that it was
// to close has no first line.
func (m *mending) extra(at int) diag.Problem {
	f := m.fences[at]
	here := m.line(at)
	problem := diag.Problem{Pos: m.pos(f.offset), Rule: "unclosed-block"}
	mark := endingLine(f.name)
	for i := at - 1; i >= 0; i-- {
		// An open block that it does not name, or that stands in a list or quote which has ended.
		if b := m.fences[i].block; b >= 0 && !m.fences[i].closes && m.last[b] >= here && m.fenced[b].parent < 0 && (m.fenced[b].end < 0 || m.last[b] > here) {
			open := m.innermost(b, here)
			problem.Text = fmt.Sprintf("%s on line %d closes nothing: the block open here is %s, opened on line %d", mark, m.number(here), m.head(open), m.number(m.first[open]))
			problem.Hint = fmt.Sprintf("if it is to close that block, write %s; if it is to close another, write the first line of that where it begins", strings.TrimLeft(m.closer(open), " >\t"))
			if f.name == "" {
				problem.Text = fmt.Sprintf("::: on line %d stands in a list or quote, or behind one, and does not close %s, opened on line %d", m.number(here), m.head(open), m.number(m.first[open]))
				problem.Hint = fmt.Sprintf("give line %d the indent of the first line of its block, and the same > before it", m.number(here))
			}
			return problem
		}
	}
	if early, doubt := m.early(at); early >= 0 {
		block := m.fences[early].block
		from, to := m.line(early), here
		problem.Pos = m.pos(m.fences[early].offset)
		problem.Text = fmt.Sprintf("the block %s, opened on line %d, is closed here, perhaps too early: line %d closes a block again, and none is open", m.head(block), m.number(m.first[block]), m.number(here))
		switch narrows := m.narrowing(block); {
		case narrows >= 0 && !doubt && !m.widens(edit{from, ""}):
			problem.Hint = fmt.Sprintf("delete line %d: what stands between lines %d and %d is then for the readers of line %d only; if line %d went instead, everybody would be shown it", m.number(from), m.number(from), m.number(to), m.number(m.first[narrows]), m.number(to))
		default:
			problem.Hint = fmt.Sprintf("if the block of line %d is to end on line %d, delete line %d; if another block is, write its first line where it begins; delete line %d only if no block ends there",
				m.number(m.first[block]), m.number(to), m.number(from), m.number(to))
		}
		return problem
	}
	problem.Text = fmt.Sprintf("%s closes a block here, but none is open", mark)
	problem.Hint = "write the first line of the block, such as ::: note, where it begins; delete this line only if no block ends here"
	if f.name != "" {
		problem.Text = fmt.Sprintf("%s closes a block here, but no %s is open", mark, m.named(f.name))
		problem.Hint = fmt.Sprintf("write the first line of the block, ::: %s, where it begins; delete this line only if no block ends here", diag.Clean(f.name))
	}
	return problem
}

func (m *mending) named(name string) string { return "block " + diag.Quote(name) }

// innermost returns the innermost block around a line in a block.
func (m *mending) innermost(block, line int) int {
	for i := block + 1; i < len(m.fenced) && m.first[i] < line; i++ {
		if m.fenced[i].parent == block && m.last[i] >= line {
			block = i
		}
	}
	return block
}

// narrowing returns the innermost block that says for whom it is, of a block and
// those around it; or -1.
func (m *mending) narrowing(block int) int {
	for ; block >= 0; block = m.fenced[block].parent {
		if m.fenced[block].narrows {
			return block
		}
	}
	return -1
}

// maxSearched is how many lines of blocks an analysis looks back at.
const maxSearched = 200

// early returns the last line of a block that most likely stands there too
// early, if another, at, is one too many; or -1. What is for some readers only
// comes first. There is doubt if the block would hold nothing more for it, or
// what such a block does not hold: then a first line may be missing instead.
func (m *mending) early(at int) (line int, doubt bool) {
	best, least := -1, 0
	tops := 0
	for i := at - 1; i >= max(0, at-maxSearched); i-- {
		f := m.fences[i]
		if f.block < 0 {
			break // an earlier slip
		}
		if !f.closes {
			continue
		}
		b := m.fenced[f.block]
		if b.contained != m.containedLine(at) {
			continue
		}
		cost := m.cost(f.block, i, at) + 2*tops
		if b.parent < 0 {
			tops++
		}
		if m.narrowing(f.block) < 0 {
			cost += 1000
		}
		if best < 0 || cost < least {
			best, least = i, cost
		}
	}
	return best, best >= 0 && least%1000 >= 8
}

// containedLine reports whether a fence stands in a quote or a list.
func (m *mending) containedLine(at int) bool {
	line := m.lines[m.line(at)]
	return len(line) > 0 && (line[0] == '>' || len(line)-len(bytes.TrimLeft(line, " \t")) > 3)
}

// cost says how unlikely it is that a last line of a block stands there too
// early, and that the block goes on to the next last line.
func (m *mending) cost(block, early, at int) int {
	cost := 0
	if m.fences[early].name != "" {
		cost += 20 // somebody who writes its name means it
	}
	if name := m.fences[at].name; name != "" {
		// The blocks around end one line later each; the outermost on this one.
		top := block
		for m.fenced[top].parent >= 0 {
			top = m.fenced[top].parent
		}
		if m.fenced[top].name != name {
			cost += 20
		}
	}
	from, to := m.line(early), m.line(at)
	next := to
	for i := early + 1; i <= at; i++ {
		if m.fences[i].closes {
			next = m.line(i)
			break
		}
	}
	piece := m.pieces(from+1, next)
	if len(piece) == 0 {
		cost += 8 // nothing stands between the two
	}
	if from+1 < len(m.lines) && !isBlank(m.lines[from+1]) {
		cost -= 2 // the text goes on at once
	}
	if m.first[block]+1 == from {
		cost -= 4 // the block would be empty
	}
	for _, p := range piece {
		cost += m.strange(m.fenced[block].name, p)
	}
	return cost
}

// A piece is a run of lines without a blank one.
type piece struct {
	from, to int // its lines; to is behind the last one
	kind     byte
}

// The kinds of pieces.
const (
	paragraphPiece = 'p'
	listPiece      = 'l'
	headingPiece   = 'h'
	fencePiece     = ':'
)

// pieces returns what stands in a range of lines.
func (m *mending) pieces(from, to int) []piece {
	var out []piece
	for i := from; i < min(to, len(m.lines)) && len(out) < 100; i++ {
		line := m.lines[i]
		if isBlank(line) {
			continue
		}
		p := piece{from: i, kind: paragraphPiece}
		kind := byte(0)
		trimmed := trimMarkers(line)
		switch {
		case isFenceLine(line):
			out = append(out, piece{i, i + 1, fencePiece})
			continue
		case isHeadingLine(line):
			out = append(out, piece{i, i + 1, headingPiece})
			continue
		case item(line, &kind), len(trimmed) > 0 && trimmed[0] >= '0' && trimmed[0] <= '9' && isNumberedLine(trimmed):
			p.kind = listPiece
		}
		for i < min(to, len(m.lines)) && !isBlank(m.lines[i]) && !isFenceLine(m.lines[i]) && !isHeadingLine(m.lines[i]) {
			i++
		}
		p.to = i
		i--
		if n := len(out); n > 0 && p.kind == listPiece && out[n-1].kind == listPiece {
			out[n-1].to = p.to // a list with blank lines in it
			continue
		}
		out = append(out, p)
	}
	return out
}

// isHeadingLine reports whether a line is a heading that begins with #.
func isHeadingLine(line []byte) bool {
	line = trimMarkers(line)
	rest := bytes.TrimLeft(line, "#")
	return len(rest) < len(line) && len(line)-len(rest) <= 6 && (len(rest) == 0 || isSpace(rest[0]))
}

// isNumberedLine reports whether a line begins with a number and a full stop.
func isNumberedLine(line []byte) bool {
	rest := bytes.TrimLeft(line, "0123456789")
	return len(rest) > 1 && (rest[0] == '.' || rest[0] == ')') && isSpace(rest[1])
}

// strange says how strange a piece of text is in a block of a kind, after what
// it holds already.
func (m *mending) strange(name string, p piece) int {
	switch name {
	case "when":
		return 0
	case "rule":
		if p.kind != listPiece {
			return 6
		}
	case "steps", "sign":
		if p.kind != listPiece {
			return 6
		}
	default:
		if p.kind == headingPiece {
			return 6
		}
		if p.kind == fencePiece {
			return 3
		}
		return 1
	}
	return 0
}

// unclosed reports a block without a last line. Its own is missing, or that of
// a block in it, which took the last line of the one around it.
func (m *mending) unclosed(block int) diag.Problem {
	limit := len(m.lines)
	b := m.fenced[block]
	forced := b.cut >= 0 && m.fences[b.cut].closes && m.around(m.fences[b.cut].block, block)
	if forced {
		limit = m.line(b.cut)
	}
	if code := m.openCodeIn(m.first[block], limit); code > 0 {
		return diag.Problem{Pos: m.at(block), Rule: "unclosed-block", Text: fmt.Sprintf("the block %s is not closed", m.head(block)),
			Hint: fmt.Sprintf("close the code that begins on line %d first: what follows it is taken for code", code)}
	}
	if inner := m.grasping(block, limit); inner >= 0 {
		return m.took(inner, block, limit)
	}
	problem := diag.Problem{Pos: m.at(block), Rule: "unclosed-block", Text: fmt.Sprintf("the block %s is not closed", m.head(block))}
	if !forced && m.inContainer(block) {
		problem.Text += " within the quote or list that it stands in"
		problem.Hint = fmt.Sprintf("below its last line put %s, with the same > or indent before it as line %d has", strings.TrimLeft(m.closer(block), " >\t"), m.number(m.first[block]))
		if m.narrowing(block) >= 0 {
			problem.Hint += "; what follows the quote or list is for all readers again"
		}
		return problem
	}
	end := m.lastText(limit)
	place := m.place(block, limit)
	if forced {
		problem.Text = fmt.Sprintf("the block %s is not closed before line %d, which closes %s, opened on line %d", m.head(block), m.number(limit), m.head(m.fences[b.cut].block), m.number(m.first[m.fences[b.cut].block]))
	}
	closer := m.closer(block)
	if place < end && !m.widens(edit{place, closer}) {
		problem.Text += fmt.Sprintf("; its end is most likely missing after line %d", m.number(place))
		problem.Hint = fmt.Sprintf("put a line %s after line %d", written(closer), m.number(place))
		return problem
	}
	problem.Hint = fmt.Sprintf("put a line %s after line %d", written(closer), m.number(end))
	switch {
	case place < end:
		problem.Text += fmt.Sprintf("; its end may be missing after line %d", m.number(place))
		problem.Hint += fmt.Sprintf(": everything from line %d on is then for its readers only; put it further up only if what follows it is for all readers", m.number(m.first[block]))
	case m.narrowing(block) >= 0 && !forced:
		problem.Hint += fmt.Sprintf(": everything from line %d on is then for its readers only; put it further up only if what follows it is for all readers", m.number(m.first[block]))
	}
	return problem
}

// at returns the position of a block.
func (m *mending) at(block int) diag.Pos { return m.pos(m.fences[m.fenced[block].open].offset) }

// inContainer reports whether a block, or one around it, stands in a quote or a
// list.
func (m *mending) inContainer(block int) bool {
	for ; block >= 0; block = m.fenced[block].parent {
		if m.fenced[block].contained {
			return true
		}
	}
	return false
}

// around reports whether a block stands around another.
func (m *mending) around(outer, inner int) bool {
	for inner = m.fenced[inner].parent; inner >= 0; inner = m.fenced[inner].parent {
		if inner == outer {
			return true
		}
	}
	return false
}

// openCodeIn returns the number of the line on which code begins that is not
// closed, in a range of lines; or 0.
func (m *mending) openCodeIn(from, to int) int {
	for _, offset := range m.openCode {
		if line := m.state.lines.Line(offset-m.shift) - m.in.Line; line >= from && line < to {
			return m.number(line)
		}
	}
	return 0
}

// grasping returns the block in another, one that is not closed, that most likely
// has no last line of its own and took that of the block around it; or -1.
func (m *mending) grasping(outer, limit int) int {
	best, most := -1, 0
	for i := max(outer+1, len(m.fenced)-maxSearched); i < len(m.fenced); i++ {
		b := m.fenced[i]
		if b.end < 0 || b.parent < 0 || !m.around(outer, i) || m.fences[b.end].name != "" || m.fenced[b.parent].contained != m.fenced[outer].contained {
			continue
		}
		hold := m.pieces(m.first[i]+1, m.last[i])
		if len(hold) < 2 || m.place(i, m.last[i]) >= m.lastText(m.last[i]) {
			continue
		}
		score := 1
		for _, p := range hold[1:] {
			score += m.strange(b.name, p)
		}
		if b.name == "when" {
			score = 0 // it holds anything
		}
		if score > 0 && score >= most { // of two the later one
			best, most = i, score
		}
	}
	return best
}

// took reports a block that took the last line of the one around it.
func (m *mending) took(inner, outer, limit int) diag.Problem {
	place, end := m.place(inner, m.last[inner]), m.last[inner]
	around := m.fenced[inner].parent
	problem := diag.Problem{Pos: m.at(inner), Rule: "unclosed-block"}
	problem.Text = fmt.Sprintf("the block %s has no end of its own: line %d, which closes it, most likely ends %s, opened on line %d; its own end is most likely missing after line %d",
		m.head(inner), m.number(end), m.head(around), m.number(m.first[around]), m.number(place))
	closer := m.closer(inner)
	if !m.widens(edit{place, closer}) {
		problem.Hint = fmt.Sprintf("put a line %s after line %d", written(closer), m.number(place))
		return problem
	}
	// Where the outer block ends is then shown to all what follows.
	last := m.lastText(limit)
	problem.Hint = fmt.Sprintf("put a line %s after line %d if all of the page up to there is for the readers of line %d; only if what follows line %d is for all readers, put a line %s after line %d instead: they are then shown it",
		written(m.closer(outer)), m.number(last), m.number(m.first[outer]), m.number(end), written(closer), m.number(place))
	return problem
}

// lastText returns the last line before a limit that is not blank.
func (m *mending) lastText(limit int) int {
	for limit--; limit > 0 && isBlank(m.lines[limit]); {
		limit--
	}
	return max(0, limit)
}

// place returns the line after which the end of a block is most likely missing.
func (m *mending) place(block, limit int) int {
	hold := m.pieces(m.first[block]+1, limit)
	if len(hold) == 0 {
		return m.first[block]
	}
	name := m.fenced[block].name
	switch name {
	case "when":
		// Up to a heading that is not below its own, or to the next ::: when.
		level, depth := 0, 0
		for i, p := range hold {
			line := trimMarkers(m.lines[p.from])
			switch p.kind {
			case headingPiece:
				n := len(line) - len(bytes.TrimLeft(line, "#"))
				if i > 0 && depth == 0 && (level == 0 || n <= level) {
					return m.lastText(p.from)
				}
				if level == 0 {
					level = n
				}
			case fencePiece:
				if _, closes := closing(line); closes {
					depth--
				} else {
					if i > 0 && depth == 0 && bytes.HasPrefix(bytes.TrimSpace(bytes.TrimLeft(line, ":")), []byte("when")) {
						return m.lastText(p.from)
					}
					depth++
				}
			}
		}
	case "rule":
		if len(hold) > 1 && hold[1].kind == listPiece && bytes.HasSuffix(bytes.TrimSpace(m.lines[hold[0].to-1]), []byte(":")) {
			return hold[1].to - 1
		}
		return hold[0].to - 1
	case "steps", "sign":
		for _, p := range hold {
			if p.kind == listPiece {
				return p.to - 1
			}
		}
		return hold[0].to - 1
	default:
		if hold[0].kind != headingPiece {
			return hold[0].to - 1
		}
	}
	return m.lastText(limit)
}
