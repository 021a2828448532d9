package site

import (
	"bytes"
	"sync"
)

// lines are drawn lines of one kind, one for each section, in reading order:
// what stands in many pages is drawn once. A block of neighbours is drawn when
// one of them is first asked for, since a preview shows few of thousands, and is
// kept as one text, since thousands of small ones would keep the garbage
// collector busy.
type lines struct {
	sections []*entry
	draw     func(m *markup, e *entry)
	blocks   []lineBlock
}

type lineBlock struct {
	once sync.Once
	text []byte
	ends [blockSize]int32 // where in the text each line ends
}

const blockSize = 16

func newLines(sections []*entry, draw func(*markup, *entry)) *lines {
	return &lines{sections, draw, make([]lineBlock, (len(sections)+blockSize-1)/blockSize)}
}

// write writes the line of a section.
func (l *lines) write(m *markup, e *entry) {
	b, i := &l.blocks[e.place/blockSize], e.place%blockSize
	b.once.Do(func() {
		start, from := len(m.b), e.place-i
		for n, e := range l.sections[from:min(from+blockSize, len(l.sections))] {
			l.draw(m, e)
			b.ends[n] = int32(len(m.b) - start)
		}
		b.text, m.b = bytes.Clone(m.b[start:]), m.b[:start] // the page only lent its room
	})
	from := int32(0)
	if i > 0 {
		from = b.ends[i-1]
	}
	m.b = append(m.b, b.text[from:b.ends[i]]...)
}
