package ledger

import (
	"errors"
	"maps"
	"slices"

	"whence/store"
	"whence/story"
)

// growing finds again which stories articles belong to, after some have come or
// gone. As with what articles share, it is a function of the articles in the
// ledger alone: an article hangs on the one before it that it is most like,
// among copies of it and those that hold a topic in common, of each topic the
// nearest hundred before it (see [story.Forest]). Trees that grow up side by side are
// grafted onto each other (see [grafting]).
type growing struct {
	w       store.Writer
	most    bounds
	digests *digests
	copies  func(store.Key) ([]store.Key, error) // before an article
	// shaken are articles that came to another tree, or whose tree lost some.
	shaken map[store.Key]bool
}

// grow hangs new articles on others, and others on them, and what hung on
// articles that are gone on something else.
func (s *settling) grow() error {
	g := &growing{s.w, s.most, &s.ledger.digests, s.copiesBefore, s.shaken}
	pressed := map[store.Key][]store.Key{} // articles behind new ones, with these
	for k := range s.came {
		if err := g.followers(k, func(x store.Key) { pressed[x] = append(pressed[x], k) }); err != nil {
			return err
		}
	}
	// An article that came to be a copy of another, or ceased to, may move, and
	// so may those that rest on it.
	maps.Copy(s.adrift, s.stale)
	maps.Copy(s.adrift, s.apart)
	for k, by := range pressed {
		if s.adrift[k] {
			continue
		}
		moves, err := g.moves(k, by)
		if err != nil {
			return err
		}
		if moves {
			s.adrift[k] = true
		}
	}
	for _, k := range slices.Sorted(maps.Keys(s.adrift)) {
		if err := g.hang(k, s.stale[k] || s.apart[k]); err != nil {
			return err
		}
	}
	return g.graft(s.adrift, s.shaken)
}

// digest is what an article is about.
func (g *growing) digest(k store.Key) (*story.Digest, error) { return g.digests.of(g.w, k) }

// followers visits the articles that may hang on a new one: on each of its topics
// the nearest hundred after it.
func (g *growing) followers(k store.Key, visit func(store.Key)) error {
	d, err := g.digest(k)
	if err != nil {
		return err
	}
	return g.w.TopicHolders(asPrints(d.Prints()), k+1, windowEnd(k), g.most.onTopic, false, visit)
}

// moves tells whether an article may hang on another than before because new ones
// came before it: it is more like one of them, or the one that it hangs on is not
// among the nearest any more.
func (g *growing) moves(k store.Key, by []store.Key) (bool, error) {
	tree, err := g.w.Tree(k)
	if err != nil {
		return false, err
	}
	d, err := g.digest(k)
	if err != nil {
		return false, err
	}
	for _, x := range by {
		other, err := g.digest(x)
		if err != nil {
			return false, err
		}
		if l := story.Likeness(d, other); l >= story.Alike && (l > tree.Likeness || l == tree.Likeness && x < tree.Parent) {
			return true, nil
		}
	}
	if tree.Parent == k || isGraft(tree) {
		return false, nil
	}
	if tree.Likeness == 1 { // most such are copies, which hang on what they copy however far it is
		x, err := g.w.Pair(tree.Parent, k)
		if err == nil {
			var is bool
			if is, err = copies(x); is {
				return false, nil
			}
		}
		if err != nil && !errors.Is(err, store.ErrAbsent) {
			return false, err
		}
	}
	near, err := g.near(d, tree.Parent, k)
	return !near, err
}

// near tells whether an article is among the nearest before another on a topic that
// both hold.
func (g *growing) near(d *story.Digest, before, k store.Key) (bool, error) {
	other, err := g.digest(before)
	if err != nil {
		return false, err
	}
	theirs := other.Prints()
	for _, topic := range d.Prints() {
		if _, both := slices.BinarySearch(theirs, topic); !both {
			continue
		}
		between := 0
		if err := g.w.TopicHolders([]store.Print{store.Print(topic)}, before+1, k, g.most.onTopic, false, func(store.Key) { between++ }); err != nil {
			return false, err
		}
		if between < g.most.onTopic {
			return true, nil
		}
	}
	return false, nil
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

// hang finds what an article hangs on. Its story is out of date where that is
// another than before, or where what it shares with others has changed.
func (g *growing) hang(k store.Key, changed bool) error {
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
	var near []store.Key
	if err := g.w.TopicHolders(asPrints(d.Prints()), windowStart(k), k, g.most.onTopic, true, func(x store.Key) { near = append(near, x) }); err != nil {
		return err
	}
	for _, x := range near {
		other, err := g.digest(x)
		if err != nil {
			return err
		}
		if l := story.Likeness(d, other); l >= story.Alike {
			better(x, l)
		}
	}
	copies, err := g.copies(k)
	if err != nil {
		return err
	}
	for _, x := range copies {
		better(x, 1)
	}
	tree, err := g.w.Tree(k)
	if err != nil {
		return err
	}
	switch stays := tree.Parent == parent || parent == k && isGraft(tree); {
	case stays && changed:
		return g.w.Outdate(k)
	case stays:
		return nil
	}
	if tree.Parent != k && !isGraft(tree) {
		g.shaken[tree.Parent] = true
	}
	if err := g.branch(k, func(x store.Key) { g.shaken[x] = true }); err != nil {
		return err
	}
	return g.w.Hang(k, parent, best)
}

// copiesBefore are the articles before one that are copies of it.
func (s *settling) copiesBefore(k store.Key) ([]store.Key, error) {
	if s.stale[k] {
		return s.copies[k], nil // all its pairs were found just now
	}
	shared, err := s.w.ReuseBefore(k)
	if err != nil {
		return nil, err
	}
	var list []store.Key
	for _, x := range shared {
		is, err := copies(x)
		if err != nil {
			return nil, err
		}
		if is {
			list = append(list, x.Other)
		}
	}
	return list, nil
}

// uproot marks what may hang on something else once an article is gone.
func (s *settling) uproot(k store.Key) error {
	g := &growing{s.w, s.most, &s.ledger.digests, s.copiesBefore, s.shaken}
	if err := g.followers(k, func(x store.Key) { s.adrift[x] = true }); err != nil {
		return err
	}
	children, err := s.w.Children(k)
	if err != nil {
		return err
	}
	for _, c := range children {
		s.adrift[c] = true
	}
	tree, err := s.w.Tree(k)
	if err != nil {
		return err
	}
	s.shaken[tree.Parent] = true
	if err := g.branch(k, func(x store.Key) { s.shaken[x] = true }); err != nil {
		return err
	}
	delete(s.adrift, k)
	delete(s.shaken, k)
	delete(s.came, k)
	return nil
}
