package search

import "bytes"

// postings makes the files of postings, positions and overflow, and gives what
// the client needs to know of where each of the first begins.
func (x *index) postings(lex *lexicon, order []int32, p plan) []string {
	forms := lex.forms
	opens := x.positions(lex, order, p)
	rows := encodeRows(forms, order)
	over := &lists{sizes: make([]int, p.overflows), target: len(rows.rest) / max(1, p.overflows)}
	files := make([][]byte, p.overflows)
	var starts []string
	var out []byte
	var groups mates
	last, file := "", 0
	shards := cut(len(order), p.postings, func(i int) int { return len(rows.line(i)) + len(forms[order[i]].text)/2 + 4 },
		func(i int) string { return forms[order[i]].text })
	for _, s := range shards {
		head := []int{file}
		for ; len(opens) > 0 && opens[0] < s.to; opens = opens[1:] {
			head = append(head, head[0]+opens[0]-s.from)
			file++
		}
		out = append(appendSteps(out[:0], head), '\n')
		groups.find(forms, order[s.from:s.to])
		before := ""
		for i := s.from; i < s.to; i++ {
			f := &forms[order[i]]
			out = append(appendFront(out, before, f.text), '\t')
			out = appendNumber(out, groups.group(f))
			out = appendNumber(out, len(f.postings))
			left, list := rows.overflow(i)
			out = appendNumber(out, left)
			if left > 0 {
				at := over.add(f.text, len(list))
				out = appendNumber(out, at)
				if files[at] == nil {
					files[at] = make([]byte, 0, max(over.target, over.sizes[at]))
				}
				files[at] = append(append(append(append(files[at], f.text...), '\t'), list...), '\n')
			}
			out = append(append(out, rows.line(i)...), '\n')
			before = f.text
		}
		starts = append(starts, separator(last, forms[order[s.from]].text))
		last = before
		x.files["p"] = append(x.files["p"], bytes.Clone(out[:len(out)-1]))
	}
	x.files["o"] = files
	return starts
}

// positions makes the files of positions, and gives the forms that open a file,
// but for the first.
func (x *index) positions(lex *lexicon, order []int32, p plan) (opens []int) {
	parts := &lists{sizes: make([]int, p.positions), target: 2 * lex.size / p.positions}
	files := make([][]byte, p.positions)
	for i, n := range order {
		f := &lex.forms[n]
		size := f.positions.size()
		if size == 0 {
			continue
		}
		before := parts.at
		at := parts.add(f.text, size+2)
		if at > before {
			opens = append(opens, i)
		}
		out := append(append(files[at], f.text...), '\t')
		out = append(append(out, f.positions.documents...), '\t')
		out = append(append(out, f.positions.counts...), '\t')
		files[at] = append(append(out, f.positions.steps...), '\n')
		f.positions = positions{} // it stands in the file
	}
	x.files["x"] = files
	return opens
}

// Lists parts what forms need beside their line among files, so that a form
// which needs more than its share of a file has one to itself. The client
// finds the line of a form by its text.
type lists struct {
	sizes  []int
	target int
	at     int
}

// add returns the number of the file that the list of a form belongs to.
func (l *lists) add(text string, list int) int {
	if l.sizes[l.at] > 0 && l.sizes[l.at]+list > l.target && l.at+1 < len(l.sizes) {
		l.at++
	}
	l.sizes[l.at] += len(text) + list + 2
	return l.at
}

// Rows are the posting lists of all forms in order as they stand in the files.
type rows struct {
	lines []byte
	ends  []uint32
	rest  []byte
	over  []overflow
}

// An overflow is what has no room in a form's line.
type overflow struct{ row, documents, size int }

// encodeRows writes the posting lists of all forms.
func encodeRows(forms []form, order []int32) *rows {
	lines, rest := 8*len(forms), 0
	for i := range forms {
		n := len(forms[i].postings)
		lines += min(n, inline) * 5 / 4
		rest += max(0, n-inline) * 5 / 4
	}
	r := &rows{lines: make([]byte, 0, lines), ends: make([]uint32, len(order)), rest: make([]byte, 0, rest)}
	var e encoder
	for i, n := range order {
		before, left := len(r.rest), 0
		r.lines, r.rest, left = e.line(r.lines, r.rest, forms[n].postings)
		r.ends[i] = uint32(len(r.lines))
		if left > 0 {
			r.over = append(r.over, overflow{i, left, len(r.rest) - before})
		}
	}
	return r
}

// line returns row i.
func (r *rows) line(i int) []byte {
	if i == 0 {
		return r.lines[:r.ends[0]]
	}
	return r.lines[r.ends[i-1]:r.ends[i]]
}

// overflow returns how many documents of row i have no room there, and their
// list. Rows are asked for in order.
func (r *rows) overflow(i int) (documents int, list []byte) {
	if len(r.over) == 0 || r.over[0].row != i {
		return 0, nil
	}
	o := r.over[0]
	list, r.rest = r.rest[:o.size], r.rest[o.size:]
	r.over = r.over[1:]
	return o.documents, list
}

// Mates are the groups of forms with one stem in a shard.
type mates struct {
	times  map[int32]int // how many forms have a stem
	groups map[int32]int // the group of a stem that several have, from 1 on
}

// find finds the groups among forms.
func (m *mates) find(forms []form, among []int32) {
	if m.times == nil {
		m.times, m.groups = map[int32]int{}, map[int32]int{}
	}
	clear(m.times)
	clear(m.groups)
	for _, i := range among {
		if stem := forms[i].stem; stem > 0 {
			if m.times[stem]++; m.times[stem] == 2 {
				m.groups[stem] = len(m.groups) + 1
			}
		}
	}
}

// group returns the number of a form's group, or 0.
func (m *mates) group(f *form) int {
	if f.stem == 0 {
		return 0
	}
	return m.groups[f.stem]
}
