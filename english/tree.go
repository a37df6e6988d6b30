package english

import "iter"

// Node is what is known of one word in its sentence. Places are numbers of
// words in the sentence; -1 is none.
type Node struct {
	Lemma   string
	Tag     Tag
	Label   Label // of the arc from Head
	Cluster Cluster
	Head    int // -1 for the word that depends on the root
	// The word and all that depends on it, directly or not: from First up to
	// but not including End.
	First, End int
	Child      int // first of the words that depend on it
	Next       int // next of the words that depend on the same head
}

// Tree is a sentence's words. One word alone has no head, from which every
// other is reached, and no two arcs cross.
type Tree []Node

// Children gives the words that depend on word i, from left to right.
func (t Tree) Children(i int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for c := t[i].Child; c >= 0 && yield(c); c = t[c].Next {
		}
	}
}

// ChildLabelled is the first word that depends on word i with one of the
// labels, or -1.
func (t Tree) ChildLabelled(i int, labels ...Label) int {
	for c := t[i].Child; c >= 0; c = t[c].Next {
		for _, l := range labels {
			if t[c].Label == l {
				return c
			}
		}
	}
	return -1
}

// Root is the word without a head, -1 where there is no word.
func (t Tree) Root() int {
	for i := range t {
		if t[i].Head < 0 {
			return i
		}
	}
	return -1
}

// Within tells whether word i is word of or depends on it, directly or not.
func (t Tree) Within(i, of int) bool { return t[of].First <= i && i < t[of].End }

// link fills in all that follows from the heads. The order has every word
// before those that depend on it.
func (t Tree) link(order []int32) {
	for i := range t {
		t[i].First, t[i].End, t[i].Child, t[i].Next = i, i+1, -1, -1
	}
	for i := len(t) - 1; i >= 0; i-- {
		if h := t[i].Head; h >= 0 {
			t[i].Next, t[h].Child = t[h].Child, i
		}
	}
	for n := len(order) - 1; n >= 0; n-- {
		d := &t[order[n]]
		if d.Head >= 0 {
			h := &t[d.Head]
			h.First, h.End = min(h.First, d.First), max(h.End, d.End)
		}
	}
}
