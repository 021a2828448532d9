package search

import "math/bits"

// A journal holds what the documents say of forms, in the order in which they
// were read. It takes more memory than anything else while the index is made.
// So it is kept as plain numbers on large sheets, which the collector need not
// look into, and which are never copied to grow.
type journal struct {
	sheets    []sheet
	documents int32
	posts     int
}

// A sheet is a part of a journal, with the documents that have room on it.
type sheet struct {
	posts []post // for each document how many posts it has, and these
	spots []byte // for each post with positions: how many, and their steps
}

// A post says that a document has a form: from the lowest bit on its level of
// impact, whether there are positions, and the number of the form.
type post uint32

func newPost(form int32, level int, positions bool) post {
	p := post(form)<<5 | post(level)
	if positions {
		p |= 16
	}
	return p
}

func (p post) form() int32     { return int32(p >> 5) }
func (p post) positions() bool { return p&16 != 0 }
func (p post) level() uint32   { return uint32(p & 15) }

// The room on a sheet, if no document wants more.
const (
	sheetPosts = 1 << 16
	sheetSpots = 1 << 17
)

// begin begins a document, and gives the sheet to which its posts and their
// positions are appended.
func (j *journal) begin(posts, positions int) *sheet {
	j.documents++
	j.posts += posts
	spots := maxSigns * (posts + positions)
	var s *sheet
	if n := len(j.sheets); n > 0 {
		s = &j.sheets[n-1]
	}
	if s == nil || cap(s.posts)-len(s.posts) <= posts || cap(s.spots)-len(s.spots) < spots {
		j.sheets = append(j.sheets, sheet{make([]post, 0, max(sheetPosts, posts+1)), make([]byte, 0, max(sheetSpots, spots))})
		s = &j.sheets[len(j.sheets)-1]
	}
	s.posts = append(s.posts, post(posts))
	return s
}

// A room is where in the files a form's positions are written, in three rows;
// until that is known, how long these are.
type room struct {
	docs, counts, places uint32 // the steps of documents; how many positions each has; their steps
}

func (r *room) size() int { return int(r.docs + r.counts + r.places) }

// at returns the room its place, and gives the place behind it.
func (r *room) at(place int) int {
	docs, counts, places := r.docs, r.counts, r.places
	r.docs = uint32(place)
	r.counts = r.docs + docs + 1
	r.places = r.counts + counts + 1
	return int(r.places + places)
}

// write writes a step to the next document and its positions, which it takes
// from a sheet. It gives the rest of the sheet.
func (r *room) write(files []byte, step int, spots []byte) []byte {
	for ; step >= 32; step >>= 5 {
		files[r.docs] = digits[32|step&31]
		r.docs++
	}
	files[r.docs] = digits[step]
	r.docs++
	count, i := 0, 0
	for shift, s := 0, byte(32); s >= 32; shift += 5 {
		s = spots[i]
		i++
		files[r.counts] = digits[s]
		r.counts++
		count |= int(s&31) << shift
	}
	for count > 0 {
		s := spots[i]
		i++
		files[r.places] = digits[s]
		r.places++
		if s < 32 {
			count--
		}
	}
	return spots[i:]
}

// sort parts the journal by forms, and leaves nothing of it. It gives the posts
// of all forms as the number of the document with the level in the last four
// bits. Those of form i begin at next[i], which then is their end. Positions go
// to the rooms of the forms in files.
func (j *journal) sort(next []uint32, forms []form, files []byte) []uint32 {
	all := make([]uint32, j.posts)
	document := int32(0)
	for i := range j.sheets {
		posts, spots := j.sheets[i].posts, j.sheets[i].spots
		j.sheets[i] = sheet{}
		for ; len(posts) > 0; document++ {
			end := 1 + posts[0]
			for _, p := range posts[1:end] {
				n := p.form()
				all[next[n]] = uint32(document)<<4 | p.level()
				next[n]++
				if p.positions() {
					f := &forms[n]
					spots = f.room.write(files, int(document-f.spot), spots)
					f.spot = document
				}
			}
			posts = posts[end:]
		}
	}
	return all
}

// Numbers stand on a sheet as in the files: five bits to a sign, and a sixth
// that says whether more follow.

// maxSigns is how many signs a number of 32 bits can have.
const maxSigns = 7

func appendSigns(dst []byte, n int) []byte {
	for ; n >= 32; n >>= 5 {
		dst = append(dst, byte(32|n&31))
	}
	return append(dst, byte(n))
}

// width returns how many signs a number has.
func width(n int) uint32 { return uint32(bits.Len(uint(n|1))+4) / 5 }

// sevens returns how many bytes of seven bits a number has.
func sevens(n int) int { return (bits.Len(uint(n|1)) + 6) / 7 }
