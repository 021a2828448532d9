package search

import (
	"slices"
	"strconv"
	"strings"
)

// A citation of a law is one form however it is written, and stands beside the
// words of the text:
//
//	45 CFR 164.530(e)(1)    45cfr164, 45cfr164.530, 45cfr164.530(e), 45cfr164.530(e)(1)
//	42 C.F.R. Part 2        42cfr2
//	18 U.S.C. §§ 2511       18usc2511
//	s. 184(2), Section 184  s184, s184(2)
//	Pub. L. No. 104-191     publ104-191
//	Executive Order 13166   eo13166
//	601 U.S. 187            601us187
//	820 ILCS 55/10          820ilcs55, 820ilcs55/10
//	R.S.C. 1985, c. C-46    rsc1985cc-46
//
// The finder works on words, not on the text, so that spelling with or without
// dots and spaces makes no difference, and so that Go and the client agree.
// Each citation is given from the widest form to the most exact one; a query
// takes the most exact that the handbook has.

// findCitations adds the forms of citations to t.tokens.
func (t *tokenizer) findCitations() {
	t.seq = t.seq[:0]
	for _, k := range t.tokens {
		if !k.apart {
			t.seq = append(t.seq, k)
		}
	}
	n := len(t.tokens)
	for i := 0; i < len(t.seq); {
		if mayCite(t.buf[t.seq[i].start]) {
			if next := t.cite(i); next > i {
				i = next
				continue
			}
		}
		i++
	}
	if n < len(t.tokens) {
		slices.SortStableFunc(t.tokens, func(a, b token) int { return int(a.pos - b.pos) })
	}
}

// cite reads a citation that begins with the word at i, and gives the place
// behind it, or i if there is none.
func (t *tokenizer) cite(i int) int {
	w := t.at(i)
	if len(w) == 0 || len(w) > 10 {
		return i
	}
	switch c := w[0]; {
	case c >= '0' && c <= '9' && len(w) <= 3 && allFigures(w):
		code, j := t.code(i + 1)
		if code == "" {
			return t.reported(i)
		}
		for isSectionWord(t.at(j)) {
			j++
		}
		return t.numbers(string(w)+code, j, i)
	case c == 'p' || c == 'e':
		return t.numbered(i)
	}
	if next := t.at(i + 1); len(w) <= 5 && len(next) > 0 && (next[0] == 'c' || signs[next[0]] == figure) {
		if j := t.chapter(i); j > i {
			return j
		}
	}
	if w[0] == 's' && isSectionWord(w) {
		j := i + 1
		for isSectionWord(t.at(j)) {
			j++
		}
		return t.numbers("s", j, i)
	}
	return i
}

// mayCite reports whether a citation can begin with a character.
func mayCite(c byte) bool {
	switch c {
	case 's', 'p', 'e', 'r', 'c':
		return true
	}
	return signs[c] == figure
}

// numbered reads what goes by a number alone: public laws and acts, executive
// orders.
func (t *tokenizer) numbered(i int) int {
	name, j := "", i+1
	switch w, next := string(t.at(i)), string(t.at(i+1)); {
	case w == "pl", w == "pub" && next == "l", w == "public" && next == "law":
		name = "publ"
	case w == "pa", w == "public" && next == "act":
		name = "pa"
	case w == "eo", (w == "exec" || w == "executive") && next == "order":
		name = "eo"
	default:
		return i
	}
	if len(t.at(i)) > 2 {
		j++
	}
	if string(t.at(j)) == "no" {
		j++
	}
	number := string(t.at(j))
	congress, law, hyphen := strings.Cut(number, "-")
	if name == "eo" && (hyphen || !allFigures([]byte(number))) || name != "eo" && (!allFigures([]byte(congress)) || !allFigures([]byte(law))) {
		return i
	}
	t.cited(t.seq[i].pos, name+number)
	return j + 1
}

// reported reads a volume and a page, or a chapter and an act: 601 U.S. 187,
// 372 NLRB No. 113, 820 ILCS 55/10.
func (t *tokenizer) reported(i int) int {
	name, j := string(t.at(i+1)), i+2
	switch name {
	case "us", "nlrb", "ilcs":
	default:
		return i
	}
	if name == "nlrb" && string(t.at(j)) == "no" {
		j++
	}
	if !allFigures(t.at(j)) {
		return i
	}
	form := string(t.at(i)) + name + string(t.at(j))
	t.cited(t.seq[i].pos, form)
	j++
	if name == "ilcs" && isSectionNumber(t.at(j)) {
		t.cited(t.seq[i].pos, form+"/"+string(t.at(j)))
		j++
	}
	return j
}

// chapter reads a chapter of Canada's statutes: S.C. 2000, c. 5 and CQLR c.
// P-39.1.
func (t *tokenizer) chapter(i int) int {
	w, j, year := string(t.at(i)), i+1, ""
	if w != "cqlr" && w != "ccsm" {
		name := strings.TrimPrefix(w, "r")
		if len(name) < 2 || len(name) > 4 || name[0] != 's' || strings.Trim(name, "abcdefghijklmnopqrstuvwxyz") != "" || len(t.at(j)) != 4 || !allFigures(t.at(j)) {
			return i
		}
		year = string(t.at(j))
		j++
	}
	switch string(t.at(j)) {
	case "c", "ch", "chapter":
	default:
		return i
	}
	number := t.at(j + 1)
	if !slices.ContainsFunc(number, func(c byte) bool { return c >= '0' && c <= '9' }) {
		return i
	}
	t.cited(t.seq[i].pos, w+year+"c"+string(number))
	return j + 2
}

// at returns the word at i, or nothing.
func (t *tokenizer) at(i int) []byte {
	if i >= len(t.seq) {
		return nil
	}
	return t.form(t.seq[i])
}

// code reads the name of a code, and gives the place behind it.
func (t *tokenizer) code(i int) (string, int) {
	switch string(t.at(i)) {
	case "usc", "usca":
		return "usc", i + 1
	case "cfr":
		return "cfr", i + 1
	case "u":
		if string(t.at(i+1)) == "s" && string(t.at(i+2)) == "c" {
			return "usc", i + 3
		}
		if string(t.at(i+1)) == "sc" {
			return "usc", i + 2
		}
	case "us":
		if string(t.at(i+1)) == "c" || string(t.at(i+1)) == "code" {
			return "usc", i + 2
		}
	case "c":
		if string(t.at(i+1)) == "f" && string(t.at(i+2)) == "r" {
			return "cfr", i + 3
		}
	}
	return "", i
}

// isSectionWord reports whether a word comes before the number of a section.
func isSectionWord(w []byte) bool {
	switch string(w) {
	case "s", "ss", "sec", "section", "sections", "part", "parts", "pt", "ch", "chapter":
		return true
	}
	return false
}

// numbers reads the number of a section with its paragraphs, and further ones
// after "and", "or" and "to".
func (t *tokenizer) numbers(prefix string, j, first int) int {
	if !isSectionNumber(t.at(j)) {
		return first
	}
	pos := t.seq[first].pos
	for {
		number := string(t.at(j))
		j++
		if part, _, dotted := strings.Cut(number, "."); dotted && strings.HasSuffix(prefix, "cfr") {
			t.cited(pos, prefix+part)
		}
		form := prefix + number
		t.cited(pos, form)
		for j < len(t.seq) && t.seq[j].bracketed && isParagraph(t.at(j)) {
			form += "(" + string(t.at(j)) + ")"
			t.cited(pos, form)
			j++
		}
		switch string(t.at(j)) {
		case "and", "or", "to":
			if prefix != "s" && isSectionNumber(t.at(j+1)) && string(t.at(j+2)) != "cfr" && string(t.at(j+2)) != "usc" {
				pos = t.seq[j+1].pos
				j++
				continue
			}
		}
		return j
	}
}

// cited adds the form of a citation, which stands beside its words.
func (t *tokenizer) cited(pos int32, form string) {
	start := int32(len(t.buf))
	t.buf = append(t.buf, form...)
	t.add(token{start: start, end: int32(len(t.buf)), pos: pos, extra: true, cited: true})
}

func allFigures(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}

// isSectionNumber reports whether a word is the number of a section: figures,
// then perhaps a few letters, then perhaps the same again after a dot or
// hyphen (2252a, 164.402, 290dd-2).
func isSectionNumber(w []byte) bool {
	if len(w) == 0 {
		return false
	}
	for i := 0; ; {
		figures := i
		for i < len(w) && w[i] >= '0' && w[i] <= '9' {
			i++
		}
		if figures == i {
			return false
		}
		letters := i
		for i < len(w) && w[i] >= 'a' && w[i] <= 'z' {
			i++
		}
		if i-letters > 4 {
			return false
		}
		if i == len(w) {
			return true
		}
		if w[i] != '.' && w[i] != '-' {
			return false
		}
		i++
	}
}

// isParagraph reports whether a word in brackets can number a paragraph.
func isParagraph(w []byte) bool {
	for _, c := range w {
		if !isWordByte(c) {
			return false
		}
	}
	return len(w) <= 4
}

// maxRange is how many sections a range in a register can stand for.
const maxRange = 400

// spread writes the ranges in a law's citation out, so that a query for one
// section finds the law: "45 CFR 164.400-414" and "42 U.S.C. 1320d to 1320d-9".
// What a text says of ranges is left as it is.
func (t *tokenizer) spread(citation string) []string {
	var out []string
	var last string
	for _, k := range t.run(citation) {
		form := string(t.form(k))
		if !k.cited || form[0] == 's' && signs[form[1]] == figure {
			continue
		}
		out = append(out, form)
		if !strings.Contains(form, "cfr") && !strings.Contains(form, "usc") {
			continue
		}
		hyphen := strings.LastIndexByte(form, '-')
		to, err := strconv.Atoi(form[hyphen+1:])
		if hyphen < 0 || err != nil {
			last = form
			continue
		}
		base := form[:hyphen]
		stem := strings.TrimRight(base, "0123456789")
		from, err := strconv.Atoi(base[len(stem):])
		switch {
		case err != nil && base == last, last == base && strings.Contains(citation, " to "):
			for n := 1; n < to && n < maxRange; n++ { // 1320d to 1320d-9
				out = append(out, base+"-"+strconv.Itoa(n))
			}
		case err == nil && to > from && to-from < maxRange:
			for n := from; n <= to; n++ {
				out = append(out, stem+strconv.Itoa(n))
			}
		}
		last = form
	}
	return out
}
