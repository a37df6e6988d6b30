package english

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"whence"
)

// Classes is how many classes a [Rows] can tell apart.
const Classes = 52

// Rows is a linear model over hashed features: of each feature the weights of
// the classes that it was ever seen to speak for or against. Features are told
// apart by the upper 32 bits of their hashes. It must not be changed, and any
// number of goroutines may use it.
type Rows struct {
	places
	slots []slot // by place
	cells []cell // of the long rows, one after another
	wide  []sums // the rows of most classes, all their weights side by side
}

// slot is a row, and in its upper half the row's key. That of no row has no
// weights.
type slot uint64

const slotKey = 32 // where the key begins

// row is the weights of a feature: at most two cells, which most rows have, or
// where the cells of a long row are, from the lowest bits up where the first is
// and how many; of a wide row, its number in place of the first.
type row uint32

const (
	rowLong  = 1 << 31 // in long rows; the bit is free in a cell
	rowWide  = 1 << 30 // in those that are wide; the bit is free in a count
	rowCount = 24      // where the count begins
	rowCells = 1<<rowCount - 1
)

// wideCells is of how many cells a row is wide: as many as sums have words, so that
// to add all of its weights costs no more. Few rows are wide, but two thirds of the
// cells that a text asks for are theirs.
const wideCells = Classes / lanes

// cell is the weight of one class, in the lower half, and the class.
type cell uint16

const (
	cellClass = 8 // where the class begins
	cellBits  = 16
	cellMask  = 1<<cellBits - 1
)

const (
	lanes    = 4
	laneBits = 16
	atOnce   = math.MaxInt16 / MaxWeight // features whose weights may be added up in lanes
)

// MaxWeight is the largest weight of a feature for or against a class.
const MaxWeight = math.MaxInt8

// sums are the sums of the weights of at most atOnce features: those of four
// classes stand in one word of four lanes of 16 bits, so that one addition adds
// four. A word is the sum of its weights, each shifted to its lane: a negative
// weight borrows from the lanes above, and the sum of words is the word of the
// sums.
type sums [sumWords]int64

// sumWords is at least Classes/lanes, and a power of two: quickly kept to.
const sumWords = 16

// add adds the sums of other features.
func (s *sums) add(other *sums) {
	for i := range Classes / lanes {
		s[i] += other[i]
	}
}

// unsigned added to a word makes the sums in its lanes unsigned, so that none
// borrows from the lane above and each can be read alone.
const unsigned = 1<<15 | 1<<31 | 1<<47 | -1<<63

// of is the sum of a class.
func (s *sums) of(class int) int32 {
	word := uint64(s[class/lanes%sumWords] + unsigned)
	return int32(uint16(word>>(laneBits*(class%lanes)))) - 1<<15
}

// addTo adds the sums to the scores of their classes.
func (s *sums) addTo(scores *[Classes]int32) {
	for class := range scores {
		scores[class] += s.of(class)
	}
}

// lead is the class with the highest sum of those from first up to end, of
// equals the first, and how far it is before all others.
func (s *sums) lead(first, end int) (best int, lead int32) {
	l := leader{}
	for class := first; class < end; {
		if class%lanes > 0 || class+lanes > end {
			l.consider(uint16(s.of(class)+1<<15), class)
			class++
			continue
		}
		word := uint64(s[class/lanes%sumWords] + unsigned)
		for range lanes {
			l.consider(uint16(word), class)
			word >>= laneBits
			class++
		}
	}
	return l.best(), l.top>>classBits - l.second>>classBits
}

// leader is the two highest of some sums, without a branch: each with the class
// in its lower bits, the first class highest.
type leader struct{ top, second int32 }

const classBits = 6

func (l *leader) consider(unsigned uint16, class int) {
	k := int32(unsigned)<<classBits | int32(1<<classBits-1-class)
	l.second = max(l.second, min(l.top, k))
	l.top = max(l.top, k)
}

func (l *leader) best() int { return 1<<classBits - 1 - int(l.top&(1<<classBits-1)) }

// Score adds the weights of the features to the scores of the classes.
func (r *Rows) Score(scores *[Classes]int32, features []uint64) {
	for len(features) > 0 {
		n := min(atOnce, len(features))
		var s sums
		r.add(&s, features[:n])
		s.addTo(scores)
		features = features[n:]
	}
}

// add adds the rows of the features to the sums.
func (r *Rows) add(s *sums, features []uint64) {
	const few = 32
	var found [few]row
	for len(features) > 0 {
		n := min(few, len(features))
		r.find(found[:n], features[:n])
		r.addRows(s, found[:n])
		features = features[n:]
	}
}

// find gives the features' rows. It goes over the features several times: memory
// far away is asked for all at once, with no branch between, and not waited for
// in turn.
func (r *Rows) find(found []row, features []uint64) {
	found = found[:len(features)]
	for i, f := range features {
		found[i] = row(r.of(uint32(f >> 32)))
	}
	for i, f := range features {
		s := r.slots[found[i]]
		w := row(s)
		if uint32(s>>slotKey) != uint32(f>>32) {
			w = 0
		}
		found[i] = w
	}
}

// addRows adds rows to the sums.
func (r *Rows) addRows(s *sums, rows []row) {
	for _, w := range rows {
		if w&rowLong == 0 {
			s.addCell(uint32(w) & cellMask)
			s.addCell(uint32(w) >> cellBits)
			continue
		}
		from := w & rowCells
		if w&rowWide != 0 {
			s.add(&r.wide[from])
			continue
		}
		for _, c := range r.cells[from : from+w&^rowLong>>rowCount] {
			s.addCell(uint32(c))
		}
	}
}

func (s *sums) addCell(c uint32) {
	class := c >> cellClass
	s[class/lanes%sumWords] += int64(int8(c)) << (laneBits * (class % lanes))
}

// Narrow is a linear model as [Rows] is, of at most NarrowClasses classes, of
// which only the differences of scores count: a row holds how much more than
// for class 0 its feature speaks for each other class, in eight bits each, next
// to sixteen bits of its key, so that a feature costs one look at memory and
// much of a model stays near the processor.
type Narrow struct {
	places
	rows []uint64 // by place: the weights of classes 1 to 6 from the lowest bits up, then the key's upper half
}

const (
	// NarrowClasses is how many classes a [Narrow] can tell apart.
	NarrowClasses = 7
	// MaxNarrow is the largest difference of two weights of one feature that a
	// [Narrow] holds: larger ones are cut to it.
	MaxNarrow  = math.MaxInt8
	narrowBits = 8
	narrowKey  = 48               // where in a row the key begins
	everyOther = 0x00ff_00ff_00ff // the weights of classes 1, 3 and 5
	signs      = 0x0080_0080_0080
)

// Sums are the sums of the weights of at most MaxSummed features of a [Narrow],
// three classes to a word, in lanes of 16 bits.
type Sums struct{ odd, even int64 }

// MaxSummed is how many features may be summed up in [Sums].
const MaxSummed = math.MaxInt16 / MaxNarrow

// Add adds the sums of other features.
func (s *Sums) Add(other Sums) {
	s.odd += other.odd
	s.even += other.even
}

// Classes gives the sum of each class, 0 for class 0.
func (s Sums) Classes() (all [NarrowClasses]int32) {
	odd, even := s.odd, s.even
	for class := 1; class < NarrowClasses; class += 2 {
		a, b := int16(odd), int16(even)
		all[class], all[class+1] = int32(a), int32(b)
		odd, even = (odd-int64(a))>>laneBits, (even-int64(b))>>laneBits
	}
	return all
}

// Looks is memory for looking up many features at once. One goroutine may use it
// at a time.
type Looks struct {
	at   []uint32
	rows []uint64
}

// Score adds what features speak for each class, more than for class 0, to
// sums: features up to the first of ends to the first of sums, those from there
// up to the second to the second, and so on.
//
// It goes over the features several times, without a branch: memory far away is
// asked for all at once and not waited for in turn, so that many features cost
// less each than few.
func (r *Narrow) Score(looks *Looks, sums []Sums, features []uint64, ends []int) {
	looks.find(r, features)
	from := 0
	for i, end := range ends {
		sums[i].Add(summed(looks.rows[from:end], features[from:end]))
		from = end
	}
}

// find gives the rows at the places of features in r.
func (l *Looks) find(r *Narrow, features []uint64) {
	if n := len(features); cap(l.at) < n {
		l.at, l.rows = make([]uint32, 2*n), make([]uint64, 2*n)
	}
	l.at, l.rows = l.at[:len(features)], l.rows[:len(features)]
	for i, f := range features {
		l.at[i] = r.of(uint32(f >> 32))
	}
	for i, at := range l.at {
		l.rows[i] = r.rows[at]
	}
}

// summed adds up the rows of features, which are those at their places.
func summed(rows, features []uint64) (s Sums) {
	rows = rows[:len(features)]
	for i, f := range features {
		row := rows[i]
		same := uint64((int64(row>>narrowKey^f>>narrowKey) - 1) >> 63) // all bits where the keys are one
		row &= same
		// The sign of each weight is drawn over its lane and those above it.
		s.odd += int64(row&everyOther^signs) - signs
		s.even += int64(row>>narrowBits&everyOther^signs) - signs
	}
	return s
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
				weights = append(weights, uint8(max(-MaxWeight, min(MaxWeight, w))))
			}
		}
		gaps = binary.AppendUvarint(gaps, uint64(key-last))
		counts = append(counts, uint8(n))
		last = key
	}
	p := placesFor(keys)
	return join(binary.AppendUvarint(nil, uint64(p.size)), p.moves, gaps, counts, classes, weights)
}

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
	if used <= 0 || size < 1 || size > 4096+2*uint64(len(p.counts)) || len(p.moves) == 0 || len(p.classes) != len(p.weights) {
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

// each gives the rows in turn: the key, its place, and the first and the one
// after the last of its classes and weights.
func (p *packedRows) each(visit func(key, place uint32, from, to int)) error {
	taken := make([]bool, p.size)
	key, gaps, from := uint32(0), p.gaps, 0
	for _, n := range p.counts {
		gap, used := smallUvarint(gaps)
		if used <= 0 {
			return errCut
		}
		to := from + int(n)
		if to > len(p.classes) || n > Classes {
			return errCut
		}
		gaps = gaps[used:]
		key += uint32(gap)
		place := p.of(key)
		if taken[place] {
			return errCut
		}
		taken[place] = true
		visit(key, place, from, to)
		from = to
	}
	return nil
}

// ReadRows reads what [PackRows] wrote.
func ReadRows(model []byte) (*Rows, error) {
	p, err := unpackRows(model)
	if err != nil {
		return nil, err
	}
	if len(p.classes) > rowCells {
		return nil, fmt.Errorf("a model of %d weights, more than %d: %w", len(p.classes), rowCells, whence.ErrMalformed)
	}
	long, wide := 0, 0
	for _, n := range p.counts {
		switch {
		case n >= wideCells:
			wide++
		case n > 2:
			long += int(n)
		}
	}
	r := &Rows{places: p.places, slots: room[slot](int(p.size)), cells: room[cell](long)[:0], wide: room[sums](wide)[:0]}
	err = p.each(func(key, place uint32, from, to int) {
		r.slots[place] = slot(key)<<slotKey | slot(r.row(p.classes[from:to], p.weights[from:to]))
	})
	return r, err
}

// row is the row of a feature, whose cells are kept if it is long.
func (r *Rows) row(classes, weights []byte) (w row) {
	if len(classes) >= wideCells {
		var s sums
		for i, class := range classes {
			s.addCell(uint32(class)<<cellClass | uint32(weights[i]))
		}
		r.wide = append(r.wide, s)
		return rowLong | rowWide | row(len(r.wide)-1)
	}
	if n := len(classes); n > 2 {
		w = rowLong | row(n)<<rowCount | row(len(r.cells))
		for i, class := range classes {
			r.cells = append(r.cells, cell(class)<<cellClass|cell(weights[i]))
		}
		return w
	}
	for i, class := range classes {
		w |= row(cell(class)<<cellClass|cell(weights[i])) << (cellBits * i)
	}
	return w
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
	r := &Narrow{places: p.places, rows: room[uint64](int(p.size))}
	err = p.each(func(key, place uint32, from, to int) {
		r.rows[place] = narrowed(key, p.classes[from:to], p.weights[from:to])
	})
	return r, err
}

// narrowed is the row of a feature.
func narrowed(key uint32, classes, weights []byte) uint64 {
	var all [NarrowClasses]int16
	for i, class := range classes {
		all[class] = int16(int8(weights[i]))
	}
	row := uint64(key>>16) << narrowKey
	for class, w := range all[1:] {
		row |= uint64(uint8(max(-MaxNarrow, min(MaxNarrow, w-all[0])))) << (narrowBits * class)
	}
	return row
}

// Steps is the linear model of the parser's transitions: one row for each
// value of the lower bits of a feature, whatever features share it. What
// counts of three scores is their differences: a row holds in 8 bits each how
// much more than Shift its feature speaks for Left and for Right.
type Steps struct {
	rows []uint16 // Left in the lower half
}

// find gives the features' rows, with the memory of found. Memory far away is
// asked for all at once.
func (s *Steps) find(found []uint16, features []uint64) []uint16 {
	found = resized(found, len(features))
	last := uint64(len(s.rows) - 1)
	for i, f := range features {
		found[i] = s.rows[f&last]
	}
	return found
}

// leanOf is what rows lean to together.
func leanOf(rows []uint16) (l lean) {
	for _, row := range rows {
		l.left += int32(int8(row))
		l.right += int32(int8(row >> 8))
	}
	return l
}

// Score gives the scores of Left and Right over that of Shift.
func (s *Steps) Score(features []uint64) (left, right int32) {
	last := uint64(len(s.rows) - 1)
	for _, f := range features {
		row := s.rows[f&last]
		left += int32(int8(row))
		right += int32(int8(row >> 8))
	}
	return left, right
}

// MaxStep is the largest difference of two weights of a row of [Steps]: larger
// ones are cut to it.
const MaxStep = math.MaxInt8

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
		lefts = append(lefts, uint8(left))
		rights = append(rights, uint8(right))
		last = i
	}
	return join(binary.AppendUvarint(nil, uint64(len(rows))), gaps, lefts, rights)
}

func clamp(w int32) int8 { return int8(max(-MaxStep, min(MaxStep, w))) }

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
	s := &Steps{rows: room[uint16](int(n))}
	gaps, lefts, rights := parts[1], parts[2], parts[3]
	if len(lefts) != len(rights) {
		return nil, errCut
	}
	at := uint64(0) // one after the row before
	for i, left := range lefts {
		gap, used := smallUvarint(gaps)
		if used <= 0 || gap == 0 || gap > n-at {
			return nil, errCut
		}
		gaps = gaps[used:]
		at += gap
		s.rows[at-1] = uint16(left) | uint16(rights[i])<<8
	}
	if len(gaps) > 0 {
		return nil, errCut
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
func Best(scores *[Classes]int32) int {
	best := 1
	for class := best + 1; class < Classes; class++ {
		if scores[class] > scores[best] {
			best = class
		}
	}
	return best
}
