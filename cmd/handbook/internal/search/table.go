package search

import (
	"encoding/binary"
	"hash/maphash"
	"math/bits"
)

// A table finds forms by their text. To find a form is the most frequent of
// all steps, and this takes a third of the time of a map: most words have eight
// bytes at the most, and are found by comparing two numbers.
type table struct {
	slots []slot
	seed  uint64
}

// A slot holds a form, or nothing.
type slot struct {
	head uint64 // the first eight bytes of its text
	size int32  // of its text
	form int32  // its number and 1; 0 is none
}

// room returns how many forms the table can hold.
func (t *table) room() int { return len(t.slots) / 2 }

// find returns the number of the form that has a text, or -1.
func (t *table) find(text []byte, forms []form) int32 {
	if len(t.slots) == 0 {
		return -1
	}
	first, mask := head(text), uint64(len(t.slots)-1)
	for at := t.hash(first, text) & mask; ; at = (at + 1) & mask {
		s := &t.slots[at]
		if s.head == first && int(s.size) == len(text) && s.form > 0 && (len(text) <= 8 || forms[s.form-1].text[8:] == string(text[8:])) {
			return s.form - 1
		}
		if s.form == 0 {
			return -1
		}
	}
}

// add adds a form that is not there.
func (t *table) add(text []byte, form int32) {
	first, mask := head(text), uint64(len(t.slots)-1)
	at := t.hash(first, text) & mask
	for t.slots[at].form > 0 {
		at = (at + 1) & mask
	}
	t.slots[at] = slot{first, int32(len(text)), form + 1}
}

// grow makes room for more forms.
func (t *table) grow(forms []form) {
	if t.slots == nil {
		t.seed = maphash.String(maphash.MakeSeed(), "form") // nobody can choose words that all collide
	}
	t.slots = make([]slot, max(1<<12, 2*len(t.slots)))
	var text []byte
	for i := range forms {
		text = append(text[:0], forms[i].text...)
		t.add(text, int32(i))
	}
}

// hash returns the hash of a text that has these first bytes.
func (t *table) hash(first uint64, text []byte) uint64 {
	h := mix(first^t.seed, uint64(len(text)))
	if len(text) > 8 {
		h = mixAll(h, text[8:])
	}
	return h
}

// mixAll mixes a text into a number.
func mixAll(h uint64, text []byte) uint64 {
	for ; len(text) > 8; text = text[8:] {
		h = mix(h, head(text))
	}
	return mix(h, head(text))
}

// mix makes one number of two, of which each bit depends on all of theirs.
func mix(a, b uint64) uint64 {
	high, low := bits.Mul64(a^0x9E3779B97F4A7C15, b^0xD6E8FEB86659FD93)
	return high ^ low
}

// head returns the first eight bytes of a text as a number, with zeros behind a
// shorter one.
func head(text []byte) uint64 {
	n := uint(len(text))
	switch {
	case n >= 8:
		return binary.LittleEndian.Uint64(text)
	case n >= 4:
		return uint64(binary.LittleEndian.Uint32(text)) | uint64(binary.LittleEndian.Uint32(text[n-4:]))<<(8*n-32)
	case n > 0:
		return uint64(text[0]) | uint64(text[n/2])<<(8*(n/2)) | uint64(text[n-1])<<(8*n-8)
	}
	return 0
}
