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
	places
	// slots tells by place where the row is in words, and the lower bits of its
	// key, so that a feature without a row is hardly ever looked for there; the
	// empty row 0 is that of none.
	slots []uint32
	// words has of each row its key, in the upper half, with which words it has,
	// a bit each; then those.
	words []int64
	// The classes with most weights stand first, so that rows have few words:
	// the rank of each class, and the class of each rank.
	rank, class [Classes]uint8
}

const (
	rowBits  = 22 // of a slot, for where the row is; the others are of its key
	rowsMask = 1<<rowBits - 1
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

// add adds the rows of the features, at most atOnce, to the sums.
func (r *Rows) add(sums *row, features []uint64) {
	var found [atOnce]place32
	r.find(found[:len(features)], features)
	for _, f := range found[:len(features)] {
		r.addAt(sums, f)
	}
}

// place32 is where the words of a row stand, and which they are, none where the
// model has no row.
type place32 struct{ at, has uint32 }

// find gives the places of the features' rows. It goes over the features several
// times: memory far away is asked for all at once, with no branch between, and
// not waited for in turn.
func (r *Rows) find(places []place32, features []uint64) {
	places = places[:len(features)]
	for i, f := range features {
		places[i].at = r.slots[r.of(uint32(f>>32))]
	}
	for i, f := range features {
		s, key := places[i].at, uint32(f>>32)
		row := s & rowsMask
		if (s>>rowBits^key)<<rowBits != 0 {
			row = 0
		}
		head := r.words[row]
		places[i] = place32{row + 1, 0}
		if uint32(head>>32) == key {
			places[i].has = uint32(head)
		}
	}
}

// addAt adds the row at a place to the sums.
func (r *Rows) addAt(sums *row, f place32) {
	words := r.words[f.at:]
	if f.has == allWords {
		words := words[:rowWords]
		for j := range sums {
			sums[j] += words[j]
		}
		return
	}
	for j, has := 0, f.has; has != 0; j++ {
		sums[bits.TrailingZeros32(has)%rowWords] += words[j]
		has &= has - 1
	}
}

// Narrow is a linear model as [Rows] is, of at most NarrowClasses classes, of
// which only the differences of scores count: a row holds how much more than
// for class 0 its feature speaks for each other class, next to its key, so that
// a feature costs one look at memory.
type Narrow struct {
	places
	rows []narrowRow // by place
}

// narrowRow holds the weights of classes 1 to 4 in the lanes of low and those
// of 5 and 6 in those of high. The row of no feature is zero.
type narrowRow struct {
	low  int64
	high int32
	key  uint32
}

const (
	// NarrowClasses is how many classes a [Narrow] can tell apart.
	NarrowClasses = 7
	narrowAtOnce  = math.MaxInt16 / (2 * MaxWeight)
)

// Looks is memory for looking up many features at once. One goroutine may use it
// at a time.
type Looks struct{ at, keys []uint32 }

// Score adds what features speak for each class, more than for class 0, to
// scores: features up to the first of ends to the first of scores, those from
// there up to the second to the second, and so on.
//
// It goes over the features several times, without a branch: memory far away is
// asked for all at once and not waited for in turn, so that many features cost
// less each than few.
func (r *Narrow) Score(looks *Looks, scores [][NarrowClasses]int32, features []uint64, ends []int) {
	looks.find(r, features)
	from := 0
	for i, end := range ends {
		for from < end {
			to := min(end, from+narrowAtOnce)
			low, high := r.sum(looks.at[from:to], looks.keys[from:to], features[from:to])
			from = to
			s := &scores[i]
			for class := 1; class <= lanes; class++ {
				weight := int16(low)
				s[class] += int32(weight)
				low = (low - int64(weight)) >> laneBits
			}
			for class := lanes + 1; class < NarrowClasses; class++ {
				weight := int16(high)
				s[class] += int32(weight)
				high = (high - int64(weight)) >> laneBits
			}
		}
	}
}

// find gives the places of features in r and the keys that stand there.
func (l *Looks) find(r *Narrow, features []uint64) {
	l.at, l.keys = resized(l.at, len(features)), resized(l.keys, len(features))
	for i, f := range features {
		l.at[i] = r.of(uint32(f >> 32))
	}
	for i, at := range l.at {
		l.keys[i] = r.rows[at].key
	}
}

func resized(s []uint32, n int) []uint32 {
	if cap(s) < n {
		return make([]uint32, n, 2*n)
	}
	return s[:n]
}

// sum adds up the rows of the features, at most narrowAtOnce, which stand at
// places where these keys are.
func (r *Narrow) sum(at, keys []uint32, features []uint64) (low, high int64) {
	at, keys = at[:len(features)], keys[:len(features)]
	for i, f := range features {
		row := &r.rows[at[i]]
		same := (int64(keys[i]^uint32(f>>32)) - 1) >> 63 // all bits where the keys are one
		low += row.low & same
		high += int64(row.high) & same
	}
	return low, high
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
	keys = slices.DeleteFunc(keys, func(key uint32) bool { return *keyed[key] == [Classes]int32{} })
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
		gaps = binary.AppendUvarint(gaps, uint64(key-last))
		counts = append(counts, uint8(n))
		last = key
	}
	p := placesFor(keys)
	return join(binary.AppendUvarint(nil, uint64(p.size)), p.moves, gaps, counts, classes, weights)
}

func clamp(w int32) int16 { return int16(max(math.MinInt16, min(math.MaxInt16, w))) }

// packedRows is what [PackRows] wrote, while it is read.
type packedRows struct {
	places
	gaps, counts, classes, weights []byte
}

func unpackRows(model []byte) (*packedRows, error) {
	parts, err := split(model, 6)
	if err != nil {
		return nil, err
	}
	p := &packedRows{gaps: parts[2], counts: parts[3], classes: parts[4], weights: parts[5]}
	p.moves = parts[1]
	size, used := binary.Uvarint(parts[0])
	if used <= 0 || size < 1 || size > 4096+2*uint64(len(p.counts)) || len(p.moves) == 0 {
		return nil, errCut
	}
	p.size = uint32(size)
	for _, class := range p.classes {
		if class >= Classes {
			return nil, errCut
		}
	}
	return p, nil
}

// each gives the rows in turn: the key, its place, the classes, and as many
// weights.
func (p *packedRows) each(visit func(key, place uint32, classes []byte, weights []int16)) error {
	taken := make([]bool, p.size)
	var row [Classes]int16
	key, gaps, classes, weights := uint32(0), p.gaps, p.classes, p.weights
	for _, n := range p.counts {
		gap, used := smallUvarint(gaps)
		if used <= 0 {
			return errCut
		}
		if int(n) > min(len(classes), Classes) {
			return errCut
		}
		gaps = gaps[used:]
		key += uint32(gap)
		for i := range row[:n] {
			w, used := smallVarint(weights)
			if used <= 0 || w < -MaxWeight || w > MaxWeight {
				return errCut
			}
			row[i], weights = w, weights[used:]
		}
		place := p.of(key)
		if taken[place] {
			return errCut
		}
		taken[place] = true
		visit(key, place, classes[:n], row[:n])
		classes = classes[n:]
	}
	return nil
}

// ReadRows reads what [PackRows] wrote.
func ReadRows(model []byte) (*Rows, error) {
	p, err := unpackRows(model)
	if err != nil {
		return nil, err
	}
	r := &Rows{places: p.places, slots: room[uint32](int(p.size))}
	if err := r.arrange(p.counts, p.classes); err != nil {
		return nil, err
	}
	err = p.each(func(key, place uint32, classes []byte, weights []int16) {
		r.slots[place] = key<<rowBits | uint32(len(r.words))
		r.append(key, classes, weights)
	})
	return r, err
}

// arrange ranks the classes and makes room for the words of rows of so many
// classes each.
func (r *Rows) arrange(counts, classes []byte) error {
	var weights [Classes]int
	for _, class := range classes {
		weights[class]++
	}
	for i := range r.class {
		r.class[i] = uint8(i)
	}
	slices.SortStableFunc(r.class[:], func(a, b uint8) int { return weights[b] - weights[a] })
	for rank, class := range r.class {
		r.rank[class] = uint8(rank)
	}
	words := 1
	for _, n := range counts {
		if int(n) > len(classes) {
			return errCut
		}
		words += 1 + bits.OnesCount32(r.wordsOf(classes[:n]))
		classes = classes[n:]
	}
	if words > rowsMask {
		return fmt.Errorf("a model of %d words, more than %d: %w", words, rowsMask, whence.ErrMalformed)
	}
	r.words = room[int64](words)[:1]
	return nil
}

// wordsOf is the set of the words of a row that hold these classes.
func (r *Rows) wordsOf(classes []byte) (has uint32) {
	for _, class := range classes {
		has |= 1 << (r.rank[class] / lanes)
	}
	return has
}

// append appends a row.
func (r *Rows) append(key uint32, classes []byte, weights []int16) {
	var weighed row
	for i, class := range classes {
		rank := r.rank[class]
		weighed[rank/lanes] += int64(weights[i]) << (laneBits * (rank % lanes))
	}
	has := r.wordsOf(classes)
	r.words = append(r.words, int64(key)<<32|int64(has))
	for has := has; has != 0; has &= has - 1 {
		r.words = append(r.words, weighed[bits.TrailingZeros32(has)])
	}
}

// ReadNarrow reads what [PackRows] wrote of no more than NarrowClasses classes.
func ReadNarrow(model []byte) (*Narrow, error) {
	p, err := unpackRows(model)
	if err != nil {
		return nil, err
	}
	if len(p.classes) > 0 && slices.Max(p.classes) >= NarrowClasses {
		return nil, fmt.Errorf("a narrow model with class %d: %w", slices.Max(p.classes), whence.ErrMalformed)
	}
	r := &Narrow{places: p.places, rows: room[narrowRow](int(p.size))}
	err = p.each(func(key, place uint32, classes []byte, weights []int16) {
		r.rows[place] = narrowed(key, classes, weights)
	})
	return r, err
}

func narrowed(key uint32, classes []byte, weights []int16) narrowRow {
	var all [NarrowClasses]int64
	for i, class := range classes {
		all[class] = int64(weights[i])
	}
	row := narrowRow{key: key}
	for class := 1; class <= lanes; class++ {
		row.low += (all[class] - all[0]) << (laneBits * (class - 1))
	}
	for class := lanes + 1; class < NarrowClasses; class++ {
		row.high += int32(all[class]-all[0]) << (laneBits * (class - lanes - 1))
	}
	return row
}

// Steps is the linear model of the parser's transitions: one row for each
// value of the lower bits of a feature, whatever features share it. What
// counts of three scores is their differences: a row holds in 16 bits each how
// much more than Shift its feature speaks for Left and for Right.
type Steps struct {
	rows []uint32 // Left in the lower half
}

// score sets leans to how much features lean to Left and Right: the first to
// what the features up to the first of ends do, and so on.
func (s *Steps) score(leans []lean, features []uint64, ends []int) {
	from := 0
	for i, end := range ends {
		leans[i].left, leans[i].right = s.Score(features[from:end])
		from = end
	}
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
	s := &Steps{rows: room[uint32](int(n))}
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

// room is memory for a table that is looked at in any order.
func room[T any](n int) []T {
	table := make([]T, n)
	preferLarge(table)
	return table
}

// smallUvarint is binary.Uvarint, quick where one byte holds the number.
func smallUvarint(b []byte) (uint64, int) {
	if len(b) > 0 && b[0] < 0x80 {
		return uint64(b[0]), 1
	}
	return binary.Uvarint(b)
}

// smallVarint is binary.Varint, quick where one byte holds the number, or two.
func smallVarint(b []byte) (int16, int) {
	if len(b) > 0 && b[0] < 0x80 {
		return int16(b[0]>>1) ^ -int16(b[0]&1), 1
	}
	return largeVarint(b)
}

func largeVarint(b []byte) (int16, int) {
	if len(b) > 1 && b[1] < 0x80 {
		u := uint16(b[1])<<7 | uint16(b[0]&0x7f)
		return int16(u>>1) ^ -int16(u&1), 2
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

// leadOf is bestOf, and how far it is before all others.
func leadOf(scores *[Classes]int32, first, end int) (best int, lead int32) {
	best = first
	second := int32(math.MinInt32 / 2)
	for class := first + 1; class < end; class++ {
		switch s := scores[class]; {
		case s > scores[best]:
			second, best = scores[best], class
		case s > second:
			second = s
		}
	}
	return best, scores[best] - second
}
