package sqlite

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"sort"

	"whence/store"
)

// A run is rows of the index of prints in order, packed in chunks, with a filter that
// tells of nearly all prints that it does not hold them. What is in this file knows
// nothing of the tables that keep runs, see recent.go.

// A row is packed as the print (6 bytes), the article's key (8), its outlet (4) and
// what stands around (8), the first two so that rows are in the order of their bytes.
const (
	atKey    = 6
	atOutlet = atKey + 8
	atAround = atOutlet + 4
	rowSize  = atAround + 8
	// lowest and beyond bound the prints as they are indexed.
	lowest = -1 << 47
	beyond = 1 << 47
)

// packed are rows in order.
type packed []byte

func (p packed) add(print int64, k store.Key, outlet store.OutletID, around int64) packed {
	p = binary.BigEndian.AppendUint64(p, uint64(print-lowest)<<16)[:len(p)+atKey]
	p = binary.BigEndian.AppendUint64(p, uint64(k)^1<<63)
	p = binary.BigEndian.AppendUint32(p, uint32(outlet))
	return binary.BigEndian.AppendUint64(p, uint64(around))
}

func (p packed) len() int          { return len(p) / rowSize }
func (p packed) from(i int) packed { return p[i*rowSize:] }
func (p packed) print(i int) int64 { return printAt(p[i*rowSize:]) }
func (p packed) key(i int) store.Key {
	return store.Key(binary.BigEndian.Uint64(p[i*rowSize+atKey:]) ^ 1<<63)
}

func (p packed) outlet(i int) store.OutletID {
	return store.OutletID(binary.BigEndian.Uint32(p[i*rowSize+atOutlet:]))
}

func (p packed) around(i int) int64 {
	return int64(binary.BigEndian.Uint64(p[i*rowSize+atAround:]))
}

// printAt is the print that bytes begin with, of which there are eight at least.
func printAt(b []byte) int64 { return int64(binary.BigEndian.Uint64(b)>>16) + lowest }

// search is the number of the first row that is not before a print and key.
func (p packed) search(print int64, k store.Key) int {
	return sort.Search(p.len(), func(i int) bool {
		return cmp.Or(cmp.Compare(p.print(i), print), cmp.Compare(p.key(i), k)) >= 0
	})
}

// before tells whether the first row of p comes before that of q.
func (p packed) before(q packed) bool {
	return cmp.Or(cmp.Compare(p.print(0), q.print(0)), cmp.Compare(p.key(0), q.key(0))) < 0
}

// filter is a Bloom filter in blocks of 64 bytes, so that asking touches one place in
// memory. Of the prints that are not in it, it lets through one in two
// hundred or fewer.
type filter []byte

const (
	block     = 64
	bitsEach  = 12 // of the filter, for a row
	bitsSet   = 6
	blockBits = 9 // bits of the number of a bit in a block
)

func newFilter(rows int) filter { return make(filter, (rows*bitsEach/8/block+1)*block) }

// place is the block of a print, and bits that choose in it.
func (f filter) place(print int64) (filter, uint64) {
	h := uint64(print) * 0x9e3779b97f4a7c15
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	at, _ := bits.Mul64(h, uint64(len(f)/block))
	h *= 0xd6e8feb86659fd93
	return f[at*block:][:block], h ^ h>>32
}

func (f filter) add(print int64) {
	b, h := f.place(print)
	for range bitsSet {
		b[h>>3%block] |= 1 << (h & 7)
		h >>= blockBits
	}
}

func (f filter) mayHold(print int64) bool {
	b, h := f.place(print)
	for range bitsSet {
		if b[h>>3%block]&(1<<(h&7)) == 0 {
			return false
		}
		h >>= blockBits
	}
	return true
}

// run is what is kept at hand of a run. It never changes: what is taken out of its
// chunks only leaves the filter with more than they hold.
type run struct {
	firsts []byte // eight bytes a chunk
	filter filter
}

func (r *run) chunks() int        { return len(r.firsts) / 8 }
func (r *run) first(c int) int64  { return int64(binary.BigEndian.Uint64(r.firsts[8*c:])) }
func (r *run) begins(print int64) { r.firsts = binary.BigEndian.AppendUint64(r.firsts, uint64(print)) }

// start is the first chunk that may hold a print, or one above it.
func (r *run) start(print int64) int {
	return max(0, sort.Search(r.chunks(), func(c int) bool { return r.first(c) >= print })-1)
}
