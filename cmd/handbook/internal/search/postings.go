package search

import "math/bits"

// A posting says that a document has a form: its number and, in the last four
// bits, the level of its impact.
type posting uint32

func newPosting(document, level int) posting { return posting(document<<4 | level) }

func (p posting) document() uint32 { return uint32(p >> 4) }
func (p posting) level() int       { return int(p & 15) }

// Positions are where a form stands, as the client reads it: three rows of
// numbers, of which the first has one for each document with positions.
type positions struct {
	documents []byte // the steps from one document to the next
	counts    []byte // how many positions each has
	steps     []byte // from one position of a document to the next
	last      int    // the last document, or -1
}

// add adds the positions of a form in a document. It returns how many bytes of
// seven bits the numbers have.
func (p *positions) add(document int, at []int) (size int) {
	size = sevens(document-p.last) + sevens(len(at))
	p.documents = appendNumber(p.documents, document-p.last)
	p.counts = appendNumber(p.counts, len(at))
	before := 0
	for _, pos := range at {
		size += sevens(pos - before)
		p.steps = appendNumber(p.steps, pos-before)
		before = pos
	}
	p.last = document
	return size
}

// size returns how many bytes the rows have.
func (p *positions) size() int { return len(p.documents) + len(p.counts) + len(p.steps) }

// sevens returns how many bytes of seven bits a number has.
func sevens(n int) int { return (bits.Len(uint(n|1)) + 6) / 7 }
