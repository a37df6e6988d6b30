package quote

import "whence/english"

// memo remembers what groups of features speak for the labels of a chain: most
// groups are made of few values that come again and again, and what was seen
// costs one look at memory and not one for each feature. It changes no reading.
// Its size is fixed: groups push one another out.
type memo struct {
	rows     *english.Narrow
	seen     []remembered // by the key's hash
	features joiner
	looks    english.Looks
}

// remembered is a group of features and the sums of their weights.
type remembered struct {
	key  uint64 // 0 where nothing is remembered
	sums english.Sums
}

// memoBits is how many bits number the groups that are remembered.
const memoBits = 15

func newMemo(rows *english.Narrow) memo {
	return memo{rows: rows, seen: make([]remembered, 1<<memoBits)}
}

// sum is the sum of the weights of features.
func (m *memo) sum(features []uint64) english.Sums {
	var s [1]english.Sums
	m.rows.Score(&m.looks, s[:], features, []int{len(features)})
	return s[0]
}

// collector collects the features of one place: one after another, as a joiner,
// or in groups. With a memo, groups are collected as the sums of their weights.
type collector struct {
	joiner
	memo *memo
	sums english.Sums
}

// groupBits is how many of the upper bits of a group's key tell its kind.
const groupBits = 5

// kind is the kind of a group of features, above 0, in the upper bits of its key.
func kind(n uint64) uint64 { return n << (64 - groupBits) }

// group collects features that are made of the same few values, in templates
// after a number. The key joins these values, and the kind of the group: packed side by
// side, or, where they do not fit, mixed.
func (c *collector) group(key, template uint64, features func(j *joiner)) {
	if c.memo == nil {
		c.template = template
		features(&c.joiner)
		return
	}
	r := &c.memo.seen[key*0x9E3779B97F4A7C15>>(64-memoBits)]
	if r.key != key {
		c.memo.learn(r, key, template, features)
	}
	c.sums.Add(r.sums)
}

// learn remembers a group in place of another.
func (m *memo) learn(r *remembered, key, template uint64, features func(j *joiner)) {
	m.features.to, m.features.template = m.features.to[:0], template
	features(&m.features)
	r.key, r.sums = key, m.sum(m.features.to)
}

// pack joins small values, each below 1<<width, side by side.
func pack(width uint, values ...uint64) uint64 {
	all := uint64(0)
	for _, v := range values {
		all = all<<width | v
	}
	return all
}
