package ledger

import (
	"fmt"
	"maps"
	"slices"

	"whence/store"
	"whence/story"
)

// growing finds again which stories articles belong to, after some have come or
// gone. As with what articles share, it is a function of the articles in the
// ledger alone: an article hangs on the one before it that it is most like,
// among copies of it and those that hold a topic in common, of each topic the
// nearest hundred before it (see [story.Forest]).
type growing struct {
	w       store.Writer
	most    bounds
	digests map[store.Key]*story.Digest
}

// grow hangs new articles on others, and others on them, and what hung on
// articles that are gone on something else.
func (s *settling) grow() error {
	g := &growing{s.w, s.most, map[store.Key]*story.Digest{}}
	for k := range s.came {
		if err := g.followers(k, s.adrift); err != nil {
			return err
		}
	}
	// An article that came to be a copy of another, or ceased to, may move, and
	// so may those that rest on it.
	maps.Copy(s.adrift, s.stale)
	maps.Copy(s.adrift, s.apart)
	for _, k := range slices.Sorted(maps.Keys(s.adrift)) {
		if err := g.hang(k); err != nil {
			return err
		}
	}
	return nil
}

// digest is what an article is about.
func (g *growing) digest(k store.Key) (*story.Digest, error) {
	if d := g.digests[k]; d != nil {
		return d, nil
	}
	packed, err := g.w.Digest(k)
	if err != nil {
		return nil, err
	}
	d := &story.Digest{}
	if err := d.UnmarshalBinary(packed); err != nil {
		return nil, fmt.Errorf("what article of key %d is about: %w: %w", k, store.ErrDamaged, err)
	}
	g.digests[k] = d
	return d, nil
}

// followers marks the articles that may hang on a new one: on each of its topics
// the nearest hundred after it, and the next, which may have hung on one that is
// the hundred and first now.
func (g *growing) followers(k store.Key, stale map[store.Key]bool) error {
	d, err := g.digest(k)
	if err != nil {
		return err
	}
	for _, t := range d.Prints() {
		if err := g.w.TopicHolders(store.Print(t), k+1, windowEnd(k), g.most.onTopic, false, func(x store.Key) { stale[x] = true }); err != nil {
			return err
		}
	}
	return nil
}

// windowEnd is the first key too late to be of one story with an article.
func windowEnd(k store.Key) store.Key {
	if k < 0 {
		return 0 // undated articles are of a story with undated ones alone
	}
	return k + store.Days(story.Within)
}

// windowStart is the first key that is not too early.
func windowStart(k store.Key) store.Key {
	if k < 0 {
		return minKey
	}
	return max(0, k-store.Days(story.Within))
}

// hang finds what an article hangs on.
func (g *growing) hang(k store.Key) error {
	d, err := g.digest(k)
	if err != nil {
		return err
	}
	parent, best := k, 0.0
	better := func(x store.Key, likeness float64) {
		if likeness > best || likeness == best && x < parent {
			parent, best = x, likeness
		}
	}
	seen := map[store.Key]bool{k: true}
	for _, t := range d.Prints() {
		var near []store.Key
		if err := g.w.TopicHolders(store.Print(t), windowStart(k), k, g.most.onTopic, true, func(x store.Key) { near = append(near, x) }); err != nil {
			return err
		}
		for _, x := range near {
			if seen[x] {
				continue
			}
			seen[x] = true
			other, err := g.digest(x)
			if err != nil {
				return err
			}
			if l := story.Likeness(d, other); l >= story.Alike {
				better(x, l)
			}
		}
	}
	shared, err := g.w.ReuseBefore(k)
	if err != nil {
		return err
	}
	for _, x := range shared {
		is, err := copies(x)
		if err != nil {
			return err
		}
		if is {
			better(x.Other, 1)
		}
	}
	tree, err := g.w.Tree(k)
	if err != nil {
		return err
	}
	if tree.Parent == parent {
		return g.w.Outdate(k)
	}
	return g.w.Hang(k, parent, best)
}

// uproot marks what may hang on something else once an article is gone.
func (s *settling) uproot(k store.Key) error {
	g := &growing{s.w, s.most, map[store.Key]*story.Digest{}}
	if err := g.followers(k, s.adrift); err != nil {
		return err
	}
	children, err := s.w.Children(k)
	if err != nil {
		return err
	}
	for _, c := range children {
		s.adrift[c] = true
	}
	delete(s.adrift, k)
	delete(s.came, k)
	return nil
}
