package quote

import "whence/english"

// ownRoles remembers of words what they alone, wherever they stand, speak for
// the roles and parts of the words near them, and of groups of other features what
// they speak for: sums of the models' weights, so that what was seen costs one look
// at memory and not one for each feature. It changes no reading.
type ownRoles struct {
	ofRoles, ofParts memo // of the chains for roles and parts
	nowhere          *own
	tags             [mostTags]*own
	words            []near // of the article at hand
	features         []uint64
	ends             []int
	looks            english.Looks
}

const (
	sides    = 3  // before the cue, after it, and in it: see [asked.near]
	mostTags = 64 // of a place, a power of two
)

// near is what a word near another speaks, and what its tag does.
type near struct{ word, tag *own }

// own is what a word, or a tag, speaks for the role of the word that it stands k
// after, at around+k, and for parts on each side of the cue.
type own struct {
	roles [2*around + 1]english.Sums
	parts [sides]ownParts
}

// ownParts is what a word speaks for the part of the word on a side of the cue that it
// stands k after, at beside+k; then for its own part, by how far from the cue it stands.
type ownParts struct {
	sums  [2*beside + 1 + nearby + 1]english.Sums
	known bool
}

// ofStand is the number of the sum for a word that stands so far from the cue.
func ofStand(far uint64) int { return 2*beside + 1 + int(min(far, nearby)) }

func newOwnRoles(roles, parts *chain) ownRoles {
	o := ownRoles{ofRoles: newMemo(roles.rows), ofParts: newMemo(parts.rows)}
	o.nowhere = o.of(&nowhere)
	for tag := range o.tags {
		o.tags[tag] = o.ofTag(&place{tag: uint64(tag)})
	}
	return o
}

// of sums up what a word speaks for roles.
func (o *ownRoles) of(p *place) *own {
	w := new(own)
	for k := -around; k <= around; k++ {
		o.end(p.ownRoleFeatures(o.features, k))
	}
	o.score(&o.ofRoles, w.roles[:])
	return w
}

// learn sums up what it speaks for parts on a side of the cue.
func (o *ownRoles) learn(w *ownParts, p *place, side uint64) {
	for k := -beside; k <= beside; k++ {
		o.end(p.lexiconPartFeature(p.spellingPartFeature(o.features, k, side), k))
	}
	for far := range uint64(nearby + 1) {
		o.end(p.spellingStandFeature(o.features, side, far))
	}
	o.score(&o.ofParts, w.sums[:])
	w.known = true
}

// ofTag sums up all of a place's tag.
func (o *ownRoles) ofTag(p *place) *own {
	w := new(own)
	for k := -around; k <= around; k++ {
		o.end(p.tagRoleFeatures(o.features, k))
	}
	o.score(&o.ofRoles, w.roles[:])
	for side := range w.parts {
		for k := -beside; k <= beside; k++ {
			o.end(p.tagPartFeature(o.features, k, uint64(side)))
		}
		for far := range uint64(nearby + 1) {
			o.end(p.tagStandFeature(o.features, uint64(side), far))
		}
		o.score(&o.ofParts, w.parts[side].sums[:])
	}
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

// spread sets the sums of words to what each word near them in their paragraph speaks.
func (o *ownRoles) spread(v *view, l *lattice) {
	o.words = o.words[:0]
	for i := range v.places {
		s := v.words[i].spelling
		if s.own == nil {
			s.own = o.of(&v.places[i])
		}
		o.words = append(o.words, near{s.own, o.tags[v.places[i].tag%mostTags]})
	}
	for from, to := 0, 0; from < len(v.places); from = to {
		for to < len(v.places) && v.places[to].paragraph == v.places[from].paragraph {
			to++
		}
		for i := from; i < to; i++ {
			var sum english.Sums
			for k := -around; k <= around; k++ {
				w := near{o.nowhere, o.tags[0]}
				if i+k >= from && i+k < to {
					w = o.words[i+k]
				}
				sum.Add(w.word.roles[around+k])
				sum.Add(w.tag.roles[around+k])
			}
			l.sums[i] = sum
		}
	}
}

// spreadParts is the same for the words that the second model is asked about, after
// spread.
func (o *ownRoles) spreadParts(a *asked, l *lattice) {
	for to := a.from; to < a.to; to++ {
		var sum english.Sums
		side, far := a.near(to)
		for k := -beside; k <= beside; k++ {
			i, w := to+k, near{o.nowhere, o.tags[0]}
			if i >= a.from && i < a.to {
				w = o.words[i]
			}
			word, tag := &w.word.parts[side], &w.tag.parts[side]
			if !word.known {
				o.learn(word, a.beside(i), side)
			}
			sum.Add(word.sums[beside+k])
			sum.Add(tag.sums[beside+k])
			if k == 0 {
				sum.Add(word.sums[ofStand(far)])
				sum.Add(tag.sums[ofStand(far)])
			}
		}
		l.sums[to-a.from] = sum
	}
}
