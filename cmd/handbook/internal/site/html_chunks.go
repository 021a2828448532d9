package site

import (
	"bytes"
	"errors"
	"html/template"
)

// chunks are the large parts of a page: its menu, its text, the sections of
// the printed handbook. A template gets a mark in the place of each, and the
// part itself is written straight into the finished page; on its way through
// the template it would be copied several times.
type chunks []func(*markup) error

// A mark is a NUL and the number of the chunk, from 1, as one byte. No content
// holds a NUL, and template escaping leaves none.
const (
	mark     = 0
	maxChunk = 0x7f
)

// add keeps a chunk and gives the mark to stand in its place.
func (c *chunks) add(write func(*markup) error) template.HTML {
	if len(*c) == maxChunk {
		var m markup
		_ = write(&m) // no page has so many parts; a layout in a loop may
		return m.html()
	}
	*c = append(*c, write)
	return template.HTML([]byte{mark, byte(len(*c))})
}

// A box is a part of a page that writes itself: a box or a list.
type box interface{ write(*markup) }

// asHTML returns a box as HTML.
func asHTML(b box) template.HTML {
	var m markup
	b.write(&m)
	return m.html()
}

// Put puts a box into the page without a copy: a list that may be long.
func (f Frame) Put(b box) template.HTML {
	return f.chunks.add(func(m *markup) error { b.write(m); return nil })
}

// join puts a page together in m, of what the template made and the chunks.
func (c chunks) join(m *markup, page []byte) error {
	for {
		i := bytes.IndexByte(page, mark)
		if i < 0 {
			m.b = append(m.b, page...)
			return nil
		}
		m.b = append(m.b, page[:i]...)
		if i+1 == len(page) || page[i+1] == 0 || int(page[i+1]) > len(c) {
			return errors.New("the page holds a NUL")
		}
		if err := c[page[i+1]-1](m); err != nil {
			return err
		}
		m.spill()
		page = page[i+2:]
	}
}
