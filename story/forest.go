package story

// None is the parent of an article that hangs on no other.
const None = -1

// Forest hangs each article on the one before it that it is most like, if it is
// at least [Alike]; of equals on the first. The articles are in the order of
// time. A story is a tree of the forest: so it depends on the articles alone,
// not on the order in which they were found, an article in a chain of many days
// joins through the one that it follows upon, and two stories grow together only
// where the later one's first article is like an article of the earlier. (A ledger
// grafts trees onto each other where more is alike.)
//
// Only articles that have a print in common are compared.
func Forest(digests []*Digest) (parents []int) {
	parents = make([]int, len(digests))
	holders := map[uint64][]int{}
	compared := make([]int, len(digests)) // with which article last, plus 1
	for i, d := range digests {
		parents[i] = None
		best := 0.0
		for _, p := range d.Prints() {
			for _, j := range holders[p] {
				if compared[j] == i+1 {
					continue
				}
				compared[j] = i + 1
				if l := Likeness(d, digests[j]); l >= Alike && (l > best || l == best && j < parents[i]) {
					parents[i], best = j, l
				}
			}
			holders[p] = append(holders[p], i)
		}
	}
	return parents
}
