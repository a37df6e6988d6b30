package quote

import "whence/english"

// ownRoles remembers of words what they alone, wherever they stand, speak for
// the roles and parts of the words near them, and of groups of other features what
// they speak for: sums of the models' weights, so that what was seen costs one look
// at memory and not one for each feature. It changes no reading. Its size is fixed:
// words push one another out.
type ownRoles struct {
	ofRoles, ofParts memo // of the chains for roles and parts
	nowhere          own
	words            []ownSet // by the form's hash
	tags             [mostTags]own
	features         []uint64
	ends             []int
	looks            english.Looks
}

const (
	sides    = 3  // before the cue, after it, and in it: see [asked.near]
	mostTags = 64 // of a place, a power of two
)

// ownSet is two words whose hashes agree.
type ownSet struct {
	words [2]own
	last  uint8 // which was seen last
}

// own is what a word speaks for the role of the word that it stands k after, at
// around+k, and for parts; or what a tag does.
type own struct {
	form  uint64
	roles [2*around + 1]english.Sums
	parts ownParts
}

// ownParts is what a word speaks for the part of the word that it stands k after, on
// a side of the cue; and for its own part by the side and how far away it stands.
type ownParts [sides*(2*beside+1) + (sides-1)*nearby + 1]english.Sums

// beside is the number of what a word speaks for one beside it.
func (*ownParts) beside(side uint64, k int) int { return int(side)*(2*beside+1) + beside + k }

// stand is the number of what it speaks for its own part.
func (*ownParts) stand(side, far uint64) int {
	if far == 0 {
		return len(ownParts{}) - 1
	}
	return sides*(2*beside+1) + int(side)*nearby + int(min(far, nearby)) - 1
}

// each visits all parts in the order of their numbers.
func (*ownParts) each(near func(side uint64, k int), stand func(side, far uint64)) {
	for side := range uint64(sides) {
		for k := -beside; k <= beside; k++ {
			near(side, k)
		}
	}
	for side := range uint64(sides - 1) {
		for far := range uint64(nearby) {
			stand(side, far+1)
		}
	}
	stand(sides-1, 0)
}

const rememberedWords = 1 << 13

func newOwnRoles(roles, parts *chain) ownRoles {
	o := ownRoles{ofRoles: newMemo(roles.rows), ofParts: newMemo(parts.rows), words: make([]ownSet, rememberedWords)}
	o.nowhere = o.of(&nowhere)
	for tag := range o.tags {
		o.tags[tag] = o.ofTag(&place{tag: uint64(tag)})
	}
	return o
}

// of sums up the weights of a word anew.
func (o *ownRoles) of(p *place) own {
	w := own{form: p.form}
	for k := -around; k <= around; k++ {
		o.end(p.ownRoleFeatures(o.features, k))
	}
	o.score(&o.ofRoles, w.roles[:])
	w.parts.each(func(side uint64, k int) {
		o.end(p.lexiconPartFeature(p.spellingPartFeature(o.features, k, side), k))
	}, func(side, far uint64) {
		o.end(p.spellingStandFeature(o.features, side, far))
	})
	o.score(&o.ofParts, w.parts[:])
	return w
}

// ofTag sums up those of a place's tag.
func (o *ownRoles) ofTag(p *place) own {
	var w own
	for k := -around; k <= around; k++ {
		o.end(p.tagRoleFeature(o.features, k))
	}
	o.score(&o.ofRoles, w.roles[:])
	w.parts.each(func(side uint64, k int) {
		o.end(p.tagPartFeature(o.features, k, side))
	}, func(side, far uint64) {
		o.end(p.tagStandFeature(o.features, side, far))
	})
	o.score(&o.ofParts, w.parts[:])
	return w
}

// end notes that features, all of one place, end here.
func (o *ownRoles) end(features []uint64) {
	o.features = features
	o.ends = append(o.ends, len(features))
}

// score adds up what ended.
func (o *ownRoles) score(m *memo, sums []english.Sums) {
	m.rows.Score(&o.looks, sums, o.features, o.ends)
	o.features, o.ends = o.features[:0], o.ends[:0]
}

// word is what is known of the word at a place. It is valid until the next
// call.
func (o *ownRoles) word(p *place) *own {
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
		w, tag := o.word(p), &o.tags[p.tag%mostTags]
		for k := -around; k <= around; k++ {
			if v.at(i-k).paragraph == p.paragraph {
				l.sums[i-k].Add(w.roles[around+k])
				l.sums[i-k].Add(tag.roles[around+k])
			}
			if v.at(i+k).paragraph != p.paragraph {
				l.sums[i].Add(o.nowhere.roles[around+k])
				l.sums[i].Add(o.tags[0].roles[around+k])
			}
		}
	}
}

// spreadParts is the same for the words that the second model is asked about.
func (o *ownRoles) spreadParts(a *asked, l *lattice) {
	for i := a.from - beside; i < a.to+beside; i++ {
		p := a.beside(i)
		w, tag := &o.word(p).parts, &o.tags[p.tag%mostTags].parts
		for k := -beside; k <= beside; k++ {
			to := i - k
			if to < a.from || to >= a.to {
				continue
			}
			side, far := a.near(to)
			n, sums := w.beside(side, k), &l.sums[to-a.from]
			sums.Add(w[n])
			sums.Add(tag[n])
			if k == 0 {
				n = w.stand(side, far)
				sums.Add(w[n])
				sums.Add(tag[n])
			}
		}
	}
}
