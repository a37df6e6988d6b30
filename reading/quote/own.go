package quote

import "whence/english"

// ownRoles remembers of words what they alone, wherever they stand, speak for
// the roles and parts of the words near them: sums of the models' weights, so
// that a word that was seen costs one look at memory and not one for each
// feature. It changes no reading. Its size is fixed: words push one another out.
type ownRoles struct {
	roles, parts *chain
	nowhere      ownRole
	words        []ownSet // by the form's hash
	features     []uint64
	looks        english.Looks
	// what tags alone speak for parts: tags[side][beside+k][tag]
	tags [sides][2*beside + 1][mostTags]english.Sums
}

const (
	sides    = 3  // before the cue, after it, and in it: see [asked.near]
	mostTags = 64 // of a place, a power of two
)

// ownSet is two words whose hashes agree.
type ownSet struct {
	words [2]ownRole
	last  uint8 // which was seen last
}

// ownRole is what a word speaks for the role of the word that it stands k after,
// at around+k; and for the part of one on a side of the cue, at beside+k.
type ownRole struct {
	form  uint64
	spoke [2*around + 1]english.Sums
	parts [sides][2*beside + 1]english.Sums
}

const rememberedWords = 1 << 13

func newOwnRoles(roles, parts *chain) ownRoles {
	o := ownRoles{roles: roles, parts: parts, words: make([]ownSet, rememberedWords)}
	o.nowhere = o.of(&nowhere)
	for side := range uint64(sides) {
		for k := -beside; k <= beside; k++ {
			for tag := range uint64(mostTags) {
				o.features = (&place{tag: tag}).tagPartFeature(o.features[:0], k, side)
				o.tags[side][beside+k][tag] = o.sum(parts, o.features)
			}
		}
	}
	return o
}

// of sums up the weights anew.
func (o *ownRoles) of(p *place) ownRole {
	own := ownRole{form: p.form}
	for k := -around; k <= around; k++ {
		o.features = p.ownRoleFeatures(o.features[:0], k)
		own.spoke[around+k] = o.sum(o.roles, o.features)
	}
	for side := range uint64(sides) {
		for k := -beside; k <= beside; k++ {
			o.features = p.lexiconPartFeature(p.spellingPartFeature(o.features[:0], k, side), k)
			own.parts[side][beside+k] = o.sum(o.parts, o.features)
		}
	}
	return own
}

func (o *ownRoles) sum(c *chain, features []uint64) english.Sums {
	var s [1]english.Sums
	c.rows.Score(&o.looks, s[:], features, []int{len(features)})
	return s[0]
}

// word is what is known of the word at a place. It is valid until the next
// call.
func (o *ownRoles) word(p *place) *ownRole {
	if p == &nowhere {
		return &o.nowhere
	}
	set := &o.words[p.form%rememberedWords]
	for range set.words {
		if w := &set.words[set.last%2]; w.form == p.form {
			return w
		}
		set.last ^= 1
	}
	set.last ^= 1
	w := &set.words[set.last%2]
	*w = o.of(p)
	return w
}

// spread adds what each word speaks to the sums of the words near it.
func (o *ownRoles) spread(v *view, l *lattice) {
	for i := range v.places {
		p := &v.places[i]
		own := o.word(p)
		for k := -around; k <= around; k++ {
			if v.at(i-k).paragraph == p.paragraph {
				l.sums[i-k].Add(own.spoke[around+k])
			}
			if v.at(i+k).paragraph != p.paragraph {
				l.sums[i].Add(o.nowhere.spoke[around+k])
			}
		}
	}
}

// spreadParts is the same for the words that the second model is asked about.
func (o *ownRoles) spreadParts(a *asked, l *lattice) {
	for i := a.from - beside; i < a.to+beside; i++ {
		p := a.beside(i)
		own := o.word(p)
		for k := -beside; k <= beside; k++ {
			to := i - k
			if to < a.from || to >= a.to {
				continue
			}
			side, _ := a.near(to)
			l.sums[to-a.from].Add(own.parts[side][beside+k])
			l.sums[to-a.from].Add(o.tags[side][beside+k][p.tag%mostTags])
		}
	}
}
