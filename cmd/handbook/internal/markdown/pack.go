package markdown

import (
	"bytes"
	"compress/flate"
	"io"
	"sync"
)

// A Packer compresses the rendered page and the plain text of Docs, most of what
// a Doc holds, to less than a third. It is for who keeps thousands of Docs for
// hours and shows few of them: a packed Doc answers as it did before, and
// unpacks both whenever it is asked for one. The zero Packer is ready, and safe
// for concurrent use.
type Packer struct{ writers sync.Pool }

// Pack packs a Doc. No one else may use that meanwhile.
func (p *Packer) Pack(d *Doc) {
	if d == nil || len(d.page) == 0 {
		return
	}
	var out bytes.Buffer
	w, ok := p.writers.Get().(*flate.Writer)
	if ok {
		w.Reset(&out)
	} else if w, _ = flate.NewWriter(&out, flate.BestSpeed); w == nil {
		return // cannot be: there is such a level
	}
	defer p.writers.Put(w)
	_, first := w.Write(d.page)
	_, second := io.WriteString(w, d.plain)
	if first != nil || second != nil || w.Close() != nil {
		return // cannot be: a buffer takes everything
	}
	d.packed, d.pageSize = bytes.Clone(out.Bytes()), len(d.page)
	d.page, d.plain = nil, ""
}

// unpacked returns the page, with marks for the links, and the plain text.
func (d *Doc) unpacked() (page []byte, plain string) {
	if d.packed == nil {
		return d.page, d.plain
	}
	both := make([]byte, d.pageSize+d.size)
	r := flate.NewReader(bytes.NewReader(d.packed))
	defer r.Close()
	_, _ = io.ReadFull(r, both) // it holds what was packed
	return both[:d.pageSize:d.pageSize], string(both[d.pageSize:])
}
