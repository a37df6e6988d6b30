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
	features         []uint64
	ends             []int
	looks            english.Looks
}

const (
	sides    = 3  // before the cue, after it, and in it: see [asked.near]
	mostTags = 64 // of a place, a power of two
)

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
		o.end(p.tagRoleFeature(o.features, k))
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

// spread adds what each word speaks to the sums of the words near it in its paragraph.
func (o *ownRoles) spread(v *view, l *lattice) {
	for from, to := 0, 0; from < len(v.places); from = to {
		for to < len(v.places) && v.places[to].paragraph == v.places[from].paragraph {
			to++
		}
		for i := from; i < to; i++ {
			p, s := &v.places[i], v.words[i].spelling
			if s.own == nil {
				s.own = o.of(p)
			}
			tag := o.tags[p.tag%mostTags]
			for k := max(-around, i-to+1); k <= min(around, i-from); k++ {
				l.sums[i-k].Add(s.own.roles[around+k])
				l.sums[i-k].Add(tag.roles[around+k])
			}
			for k := -around; k <= around; k++ {
				if i+k < from || i+k >= to {
					l.sums[i].Add(o.nowhere.roles[around+k])
					l.sums[i].Add(o.tags[0].roles[around+k])
				}
			}
		}
	}
}

// spreadParts is the same for the words that the second model is asked about, whose roles
// are known.
func (o *ownRoles) spreadParts(a *asked, l *lattice) {
	for i := a.from - beside; i < a.to+beside; i++ {
		p, w := a.beside(i), o.nowhere
		if p != &nowhere {
			w = a.words[i].own
		}
		tag := o.tags[p.tag%mostTags]
		for k := -beside; k <= beside; k++ {
			to := i - k
			if to < a.from || to >= a.to {
				continue
			}
			side, far := a.near(to)
			parts, sums := &w.parts[side], &l.sums[to-a.from]
			if !parts.known {
				o.learn(parts, p, side)
			}
			sums.Add(parts.sums[beside+k])
			sums.Add(tag.parts[side].sums[beside+k])
			if k == 0 {
				sums.Add(parts.sums[ofStand(far)])
				sums.Add(tag.parts[side].sums[ofStand(far)])
			}
		}
	}
}
