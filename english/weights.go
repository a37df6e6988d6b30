package english

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"whence"
)

// Classes is how many classes a [Rows] can tell apart.
const Classes = 52

// Rows is a linear model over hashed features: of each feature the weights of
// the classes that it was ever seen to speak for or against. Features are told
// apart by the upper 32 bits of their hashes. It must not be changed, and any
// number of goroutines may use it.
//
// The weights of four classes stand in one word of four lanes of 16 bits, so
// that one addition adds four. A word is the sum of its weights, each shifted
// to its lane: a negative weight borrows from the lanes above, and the sum of
// words is the word of the sums.
type Rows struct {
	slots []slot // open addressing, by the upper bits of keys
	shift uint8
	words []int64 // of each row: which words it has, a bit each, then those
	// The classes with most weights stand first, so that rows have few words:
	// the place of each class, and the class of each place.
	place, class [Classes]uint8
}

// slot is the key of a feature and where its row is in words; 0 is a free slot.
type slot struct{ key, row uint32 }

const (
	lanes    = 4
	laneBits = 16
	rowWords = Classes / lanes
	allWords = 1<<rowWords - 1
	atOnce   = 45 // features whose weights may be added up in lanes
)

// MaxWeight is the largest weight of a feature for or against a class.
const MaxWeight = 700

// Score adds the weights of the features to the scores of the classes.
func (r *Rows) Score(scores *[Classes]int32, features []uint64) {
	for len(features) > 0 {
		n := min(atOnce, len(features))
		var sums row
		r.add(&sums, features[:n])
		features = features[n:]
		r.unpack(&sums, scores)
	}
}

// row is the weights of all classes.
type row [rowWords]int64

// unpack adds the weights of a row to the scores of their classes.
func (r *Rows) unpack(sums *row, scores *[Classes]int32) {
	for i, word := range sums {
		for lane := range lanes {
			weight := int16(word)
			scores[r.class[i*lanes+lane]%Classes] += int32(weight)
			word = (word - int64(weight)) >> laneBits
		}
	}
}

// add adds the weights of q, as long as they are those of at most atOnce
// features together.
func (r *row) add(q *row) {
	for i := range r {
		r[i] += q[i]
	}
}

// add adds the rows of the features, at most atOnce, to the sums. It goes over
// the features several times: memory far away is asked for all at once, with no
// branch between, and not waited for in turn.
func (r *Rows) add(sums *row, features []uint64) {
	var near [atOnce]slot
	for n, f := range features {
		near[n] = r.slots[f>>(32+r.shift)]
	}
	last := uint32(len(r.slots) - 1)
	var rows [atOnce]uint32
	found := 0
	for n, f := range features {
		key := uint32(f >> 32)
		s := near[n]
		for i := key >> r.shift; s.row != 0 && s.key != key; {
			i++
			s = r.slots[i&last]
		}
		rows[found] = s.row
		if s.row != 0 {
			found++
		}
	}
	var has [atOnce]uint32
	for n, row := range rows[:found] {
		has[n] = uint32(r.words[row])
	}
	for n, row := range rows[:found] {
		words := r.words[row+1:]
		if has[n] == allWords {
			words := words[:rowWords]
			for j := range sums {
				sums[j] += words[j]
			}
			continue
		}
		for j, has := 0, has[n]; has != 0; j++ {
			sums[bits.TrailingZeros32(has)%rowWords] += words[j]
			has &= has - 1
		}
	}
}

// Row is the weights of one feature, before they are packed.
type Row struct {
	Feature uint64
	Cells   []Cell
}

// Cell is the weight of one class.
type Cell struct {
	Class  uint8 // below Classes
	Weight int16 // not 0
}

// PackRows writes rows as [ReadRows] reads them. Rows whose features share
// their upper 32 bits become one, the sum of both. Weights beyond MaxWeight are
// cut to it.
func PackRows(rows []Row) []byte {
	keyed := make(map[uint32]*[Classes]int32, len(rows))
	keys := make([]uint32, 0, len(rows))
	for _, r := range rows {
		key := uint32(r.Feature >> 32)
		w, ok := keyed[key]
		if !ok {
			w = new([Classes]int32)
			keyed[key] = w
			keys = append(keys, key)
		}
		for _, c := range r.Cells {
			w[c.Class] += int32(c.Weight)
		}
	}
	slices.Sort(keys)
	var gaps, counts, classes, weights []byte
	last := uint32(0)
	for _, key := range keys {
		n := 0
		for class, w := range keyed[key] {
			if w != 0 {
				n++
				classes = append(classes, uint8(class))
				weights = binary.AppendVarint(weights, int64(max(-MaxWeight, min(MaxWeight, w))))
			}
		}
		if n > 0 {
			gaps = binary.AppendUvarint(gaps, uint64(key-last))
			counts = append(counts, uint8(n))
			last = key
		}
	}
	return join(gaps, counts, classes, weights)
}

func clamp(w int32) int16 { return int16(max(math.MinInt16, min(math.MaxInt16, w))) }

// ReadRows reads what [PackRows] wrote.
func ReadRows(packed []byte) (*Rows, error) {
	parts, err := split(packed, 4)
	if err != nil {
		return nil, err
	}
	gaps, counts, classes, weights := parts[0], parts[1], parts[2], parts[3]
	size, width := 16, uint8(4)
	for 2*size < 3*len(counts) {
		size, width = 2*size, width+1
	}
	r := &Rows{slots: make([]slot, size), shift: 32 - width}
	if err := r.arrange(counts, classes); err != nil {
		return nil, err
	}
	key := uint32(0)
	for _, n := range counts {
		gap, used := binary.Uvarint(gaps)
		if used <= 0 {
			return nil, errCut
		}
		gaps = gaps[used:]
		key += uint32(gap)
		r.put(key)
		if weights, err = r.appendRow(classes[:n], weights); err != nil {
			return nil, err
		}
		classes = classes[n:]
	}
	return r, nil
}

// arrange gives the classes their places and makes room for the words of rows
// of so many classes each.
func (r *Rows) arrange(counts, classes []byte) error {
	var weights [Classes]int
	for _, class := range classes {
		if class >= Classes {
			return errCut
		}
		weights[class]++
	}
	for i := range r.class {
		r.class[i] = uint8(i)
	}
	slices.SortStableFunc(r.class[:], func(a, b uint8) int { return weights[b] - weights[a] })
	for place, class := range r.class {
		r.place[class] = uint8(place)
	}
	words := 1
	for _, n := range counts {
		if int(n) > len(classes) {
			return errCut
		}
		words += 1 + bits.OnesCount32(r.wordsOf(classes[:n]))
		classes = classes[n:]
	}
	r.words = make([]int64, 1, words)
	return nil
}

// wordsOf is the set of the words of a row that hold these classes.
func (r *Rows) wordsOf(classes []byte) (has uint32) {
	for _, class := range classes {
		has |= 1 << (r.place[class] / lanes)
	}
	return has
}

// put enters a key for the row that is appended next.
func (r *Rows) put(key uint32) {
	last := uint32(len(r.slots) - 1)
	i := key >> r.shift
	for r.slots[i].row != 0 {
		i = (i + 1) & last
	}
	r.slots[i] = slot{key, uint32(len(r.words))}
}

// appendRow appends a row of classes with the weights that come next.
func (r *Rows) appendRow(classes, weights []byte) (rest []byte, err error) {
	var weighed row
	for _, class := range classes {
		w, used := smallVarint(weights)
		if used <= 0 || w < -MaxWeight || w > MaxWeight {
			return nil, errCut
		}
		weights = weights[used:]
		place := r.place[class]
		weighed[place/lanes] += int64(w) << (laneBits * (place % lanes))
	}
	has := r.wordsOf(classes)
	r.words = append(r.words, int64(has))
	for has := has; has != 0; has &= has - 1 {
		r.words = append(r.words, weighed[bits.TrailingZeros32(has)])
	}
	return weights, nil
}

// Steps is the linear model of the parser's transitions: one row for each
// value of the lower bits of a feature, whatever features share it. What
// counts of three scores is their differences: a row holds in 16 bits each how
// much more than Shift its feature speaks for Left and for Right.
type Steps struct {
	rows []uint32 // Left in the lower half
}

// Score gives the scores of Left and Right over that of Shift.
func (s *Steps) Score(features []uint64) (left, right int32) {
	last := uint64(len(s.rows) - 1)
	for _, f := range features {
		row := s.rows[f&last]
		left += int32(int16(row))
		right += int32(row) >> 16
	}
	return left, right
}

// PackSteps writes the weights of rows, a power of two of them, as [ReadSteps]
// reads them.
func PackSteps(rows [][3]int32) []byte {
	var gaps, lefts, rights []byte
	last := -1
	for i, w := range rows {
		left, right := clamp(w[Left]-w[Shift]), clamp(w[Right]-w[Shift])
		if left == 0 && right == 0 {
			continue
		}
		gaps = binary.AppendUvarint(gaps, uint64(i-last))
		lefts = binary.AppendVarint(lefts, int64(left))
		rights = binary.AppendVarint(rights, int64(right))
		last = i
	}
	return join(binary.AppendUvarint(nil, uint64(len(rows))), gaps, lefts, rights)
}

// ReadSteps reads what [PackSteps] wrote.
func ReadSteps(packed []byte) (*Steps, error) {
	parts, err := split(packed, 4)
	if err != nil {
		return nil, err
	}
	n, used := binary.Uvarint(parts[0])
	if used <= 0 || n == 0 || n&(n-1) != 0 || n > 1<<24 {
		return nil, fmt.Errorf("a table of %d rows: %w", n, whence.ErrMalformed)
	}
	s := &Steps{rows: make([]uint32, n)}
	gaps, lefts, rights := parts[1], parts[2], parts[3]
	at := -1
	for len(gaps) > 0 {
		gap, a := binary.Uvarint(gaps)
		left, b := smallVarint(lefts)
		right, c := smallVarint(rights)
		if a <= 0 || b <= 0 || c <= 0 || gap == 0 || gap > n {
			return nil, errCut
		}
		gaps, lefts, rights = gaps[a:], lefts[b:], rights[c:]
		if at += int(gap); at >= len(s.rows) {
			return nil, errCut
		}
		s.rows[at] = uint32(uint16(left)) | uint32(right)<<16
	}
	return s, nil
}

// smallVarint is binary.Varint, quick where one byte holds the number.
func smallVarint(b []byte) (int16, int) {
	if len(b) > 0 && b[0] < 0x80 {
		return int16(b[0]>>1) ^ -int16(b[0]&1), 1
	}
	v, n := binary.Varint(b)
	return int16(v), n
}

var errCut = fmt.Errorf("a model that breaks off or does not fit together: %w", whence.ErrMalformed)

// join writes parts one after another, each with its length before it.
func join(parts ...[]byte) []byte {
	var all []byte
	for _, p := range parts {
		all = binary.AppendUvarint(all, uint64(len(p)))
		all = append(all, p...)
	}
	return all
}

// split gives the n parts that [join] joined.
func split(all []byte, n int) ([][]byte, error) {
	parts := make([][]byte, n)
	for i := range parts {
		size, used := binary.Uvarint(all)
		if used <= 0 || size > uint64(len(all)-used) {
			return nil, errCut
		}
		parts[i] = all[used : used+int(size)]
		all = all[used+int(size):]
	}
	if len(all) > 0 {
		return nil, errCut
	}
	return parts, nil
}

// Best is the class with the highest score; of equals, the first. Class 0
// stands for none and is never it.
func Best(scores *[Classes]int32) int { return bestOf(scores, 1, Classes) }

// bestOf is the best of the classes from first up to end.
func bestOf(scores *[Classes]int32, first, end int) int {
	best := first
	for class := first + 1; class < end; class++ {
		if scores[class] > scores[best] {
			best = class
		}
	}
	return best
}
