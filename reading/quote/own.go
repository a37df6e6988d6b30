package quote

import "whence/english"

// ownRoles remembers of words what they alone, wherever they stand, speak for
// the roles of the words near them: sums of the first model's weights, so that
// a word that was seen costs one look at memory and not one for each feature.
// It changes no reading. Its size is fixed: words push one another out.
type ownRoles struct {
	chain    *chain
	nowhere  ownRole
	words    [][2]ownRole // by the form's hash, the last seen first
	features []uint64
}

// ownRole is what a word speaks for the labels of the word that it stands k
// after, at around+k.
type ownRole struct {
	form  uint64
	spoke [2*around + 1][english.NarrowClasses]int16
}

const rememberedWords = 1 << 12

func newOwnRoles(c *chain) ownRoles {
	o := ownRoles{chain: c, words: make([][2]ownRole, rememberedWords)}
	o.nowhere = o.of(&nowhere)
	return o
}

// of sums up the weights anew.
func (o *ownRoles) of(p *place) ownRole {
	own := ownRole{form: p.form}
	for k := -around; k <= around; k++ {
		var s sums
		o.features = p.ownRoleFeatures(o.features[:0], k)
		o.chain.rows.Score((*[english.NarrowClasses]int32)(&s), o.features)
		for y, w := range s {
			own.spoke[around+k][y] = int16(w)
		}
	}
	return own
}

// word is what is known of the word at a place. It is valid until the next
// call.
func (o *ownRoles) word(p *place) *ownRole {
	set := &o.words[p.form%rememberedWords]
	if set[0].form == p.form {
		return &set[0]
	}
	if set[1].form != p.form {
		set[1] = o.of(p)
	}
	set[0], set[1] = set[1], set[0]
	return &set[0]
}

// spread adds what each word speaks to the sums of the words near it.
func (o *ownRoles) spread(v *view, l *lattice) {
	for i := range v.places {
		p := &v.places[i]
		own := o.word(p)
		for k := -around; k <= around; k++ {
			if v.at(i-k).paragraph == p.paragraph {
				l.sums[i-k].add(&own.spoke[around+k])
			}
			if v.at(i+k).paragraph != p.paragraph {
				l.sums[i].add(&o.nowhere.spoke[around+k])
			}
		}
	}
}

func (s *sums) add(weights *[english.NarrowClasses]int16) {
	for y, w := range weights {
		s[y] += int32(w)
	}
}
