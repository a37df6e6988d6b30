package ledger

import (
	"maps"
	"slices"

	"whence/store"
	"whence/story"
)

// grafting makes one story of trees that turn out to be about the same. What happened
// is told by many at once, so that the first articles of an event are often less alike
// than those that follow on them: a tree is grafted onto one that began before it where
// two fifths of its own articles have a twin there, one that shares words with them and
// is like them.
//
// Which trees there are is told by what articles hang on for their likeness alone (see
// [growing]); a graft is a root that hangs on another without likeness. So what is
// grafted onto what is a function of the articles in the ledger too, and grafts never
// move the trees that they rest on. Of a tree the root and what hangs nearest to it
// are looked at, up to [bounds].sampled articles.
type grafting struct {
	*growing
	roots map[store.Key]store.Key // of trees, by article, as far as was asked
}

// graft looks again at the trees in which something changed: what an article shares, or
// where it or a twin of it hangs.
func (g *growing) graft(changed, moved map[store.Key]bool) error {
	t := &grafting{g, map[store.Key]store.Key{}}
	touched := maps.Clone(changed)
	for k := range moved {
		touched[k] = true
		if err := t.twins(k, all, func(x store.Key) error { touched[x] = true; return nil }); err != nil {
			return err
		}
	}
	trees := map[store.Key]bool{}
	for k := range touched {
		root, err := t.root(k)
		if err != nil {
			return err
		}
		trees[root] = true
	}
	for _, root := range slices.Sorted(maps.Keys(trees)) {
		sample, err := t.sample(root)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(sample, func(k store.Key) bool { return touched[k] }) {
			continue
		}
		if err := t.place(root, sample); err != nil {
			return err
		}
	}
	return nil
}

// isGraft tells whether an article is the root of a tree that is grafted.
func isGraft(t store.Tree) bool { return t.Parent != t.Key && t.Likeness == 0 }

// root is the root of the tree of an article.
func (t *grafting) root(k store.Key) (store.Key, error) {
	var way []store.Key
	for {
		if root, ok := t.roots[k]; ok {
			k = root
			break
		}
		way = append(way, k)
		tree, err := t.w.Tree(k)
		if err != nil {
			return 0, err
		}
		if tree.Parent == k || isGraft(tree) {
			break
		}
		k = tree.Parent
	}
	for _, x := range way {
		t.roots[x] = k
	}
	return k, nil
}

// sample are the articles of a tree that are looked at: level by level from the root.
func (t *grafting) sample(root store.Key) ([]store.Key, error) {
	list := []store.Key{root}
	for i := 0; i < len(list) && len(list) < t.most.sampled; i++ {
		children, err := t.children(list[i])
		if err != nil {
			return nil, err
		}
		list = append(list, children[:min(len(children), t.most.sampled-len(list))]...)
	}
	return list, nil
}

// children hang on an article for their likeness.
func (g *growing) children(k store.Key) ([]store.Key, error) {
	list, err := g.w.Children(k)
	if err != nil {
		return nil, err
	}
	kept := list[:0]
	for _, c := range list {
		tree, err := g.w.Tree(c)
		if err != nil {
			return nil, err
		}
		if !isGraft(tree) {
			kept = append(kept, c)
		}
	}
	return kept, nil
}

// twins visits the articles that share words with one and are like it, of the first so many
// that share words with it.
func (g *growing) twins(k store.Key, most int, visit func(store.Key) error) error {
	partners, err := g.w.Partners(k)
	if err != nil {
		return err
	}
	d, err := g.digest(k)
	if err != nil {
		return err
	}
	for _, x := range partners[:min(len(partners), most)] {
		other, err := g.digest(x)
		if err != nil {
			return err
		}
		if (x < 0) == (k < 0) && story.Likeness(d, other) >= story.Alike {
			if err := visit(x); err != nil {
				return err
			}
		}
	}
	return nil
}

// place grafts a tree onto the one before it that most articles of its sample have a
// twin in, of equals the first, if they are two fifths; else it stands alone.
func (t *grafting) place(root store.Key, sample []store.Key) error {
	votes := map[store.Key]int{}
	for _, k := range sample {
		in := map[store.Key]bool{}
		if err := t.twins(k, t.most.holders, func(x store.Key) error {
			of, err := t.root(x)
			if err == nil && of < root {
				in[of] = true
			}
			return err
		}); err != nil {
			return err
		}
		for of := range in {
			votes[of]++
		}
	}
	onto := root
	for of, n := range votes {
		if 5*n >= 2*len(sample) && (n > votes[onto] || n == votes[onto] && of < onto) {
			onto = of
		}
	}
	tree, err := t.w.Tree(root)
	if err != nil || tree.Parent == onto {
		return err
	}
	return t.w.Hang(root, onto, 0)
}

// branch visits an article and all that hangs on it for their likeness.
func (g *growing) branch(k store.Key, visit func(store.Key)) error {
	list := []store.Key{k}
	for len(list) > 0 {
		k, list = list[0], list[1:]
		visit(k)
		children, err := g.children(k)
		if err != nil {
			return err
		}
		list = append(list, children...)
	}
	return nil
}
