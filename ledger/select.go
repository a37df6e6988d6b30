package ledger

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"whence"
	"whence/store"
	"whence/story"
)

// Selection names a part of the ledger; the zero Selection is all of it. At most
// one of its fields is set.
type Selection struct {
	Story   string // the id of a story or of any article in it, or the beginning of one
	Article string // likewise of an article
	Query   string // a search, see [ParseQuery]
}

// Whole tells whether all of the ledger is meant.
func (s Selection) Whole() bool { return s == Selection{} }

// Check reports what is wrong with a selection without looking into a ledger: a
// [*QueryError] or nil.
func (s Selection) Check() error {
	set := 0
	for _, v := range []string{s.Story, s.Article, s.Query} {
		if v != "" {
			set++
		}
	}
	if set > 1 {
		return &QueryError{"a story, an article and a search cannot be chosen together", "one of them, or none for all of the ledger"}
	}
	if s.Query != "" {
		_, err := ParseQuery(s.Query)
		return err
	}
	return nil
}

// Part is a part of the ledger as it is at one moment, so that tables made from it
// one after the other fit together. It holds the keys of its articles at most, and
// those not where it is the whole.
type Part struct {
	l     *Ledger
	r     store.Reader
	whole bool
	story bool        // it is all of one story
	keys  []store.Key // ascending
}

// Select calls f with a part of the ledger. Errors, beside those of f:
// [*QueryError], [store.ErrAbsent], [store.ErrAmbiguous].
func (l *Ledger) Select(ctx context.Context, sel Selection, f func(*Part) error) error {
	if err := sel.Check(); err != nil {
		return err
	}
	if sel.Whole() {
		if err := l.Build(ctx); err != nil {
			return err
		}
	}
	return l.upToDate(ctx, func(r store.Reader) ([]store.Key, error) {
		p, err := l.part(r, sel)
		if err != nil {
			return nil, err
		}
		stale, err := p.stale()
		if err != nil || len(stale) > 0 {
			return stale, err
		}
		return nil, f(p)
	})
}

// stale are the roots of stories of a part that are out of date. What another
// process has added to the whole since it was built is built when it is given.
func (p *Part) stale() (roots []store.Key, err error) {
	seen := map[store.Key]bool{}
	for _, k := range p.keys {
		stale, err := staleRoot(p.r, k)
		if err != nil {
			return nil, err
		}
		for _, root := range stale {
			if !seen[root] {
				seen[root] = true
				roots = append(roots, root)
			}
		}
	}
	return roots, nil
}

func (l *Ledger) part(r store.Reader, sel Selection) (*Part, error) {
	p := &Part{l: l, r: r}
	switch {
	case sel.Story != "":
		k, err := r.Find(strings.TrimPrefix(sel.Story, "s"))
		if err != nil {
			return nil, err
		}
		tree, err := r.Tree(k)
		if err != nil {
			return nil, err
		}
		p.story = true
		p.keys, err = r.Members(tree.Root)
		return p, err
	case sel.Article != "":
		k, err := r.Find(sel.Article)
		p.keys = []store.Key{k}
		return p, err
	case sel.Query != "":
		q, err := ParseQuery(sel.Query)
		if err != nil {
			return nil, err
		}
		for k, err := range r.Search(q) {
			if err != nil {
				return nil, err
			}
			p.keys = append(p.keys, k)
		}
		slices.Sort(p.keys)
		return p, nil
	}
	p.whole = true
	return p, nil
}

// has tells whether an article belongs to the part.
func (p *Part) has(k store.Key) bool {
	if p.whole {
		return true
	}
	_, found := slices.BinarySearch(p.keys, k)
	return found
}

// Heads yields the articles of the part in the order of time.
func (p *Part) Heads() iter.Seq2[store.Head, error] {
	if p.whole {
		return p.r.Heads(minKey, maxKey, false)
	}
	return func(yield func(store.Head, error) bool) {
		for _, k := range p.keys {
			head, err := p.r.Head(k)
			if !yield(head, err) || err != nil {
				return
			}
		}
	}
}

// Entry is an article of a part.
type Entry struct {
	store.Head
	Reading *whence.Reading
}

// Articles yields the articles with their findings, in the order of time.
func (p *Part) Articles() iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for head, err := range p.Heads() {
			e := Entry{Head: head}
			if err == nil {
				e.Reading, err = p.r.Reading(head.Key)
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// Judged is an article with what people said of its findings.
type Judged struct {
	Entry
	Reviews []store.Review // the oldest first
}

// Judged yields the articles of the part of which people judged a finding, in the
// order of time.
func (p *Part) Judged() iter.Seq2[Judged, error] {
	return func(yield func(Judged, error) bool) {
		for head, err := range p.Heads() {
			j := Judged{Entry: Entry{Head: head}}
			if err == nil {
				j.Reviews, err = p.r.Reviews(head.Key)
			}
			if err == nil && len(j.Reviews) == 0 {
				continue
			}
			if err == nil {
				j.Reading, err = p.r.Reading(head.Key)
			}
			if !yield(j, err) || err != nil {
				return
			}
		}
	}
}

// Before gives the version of an article's page that came before it; there is none
// where dates do not tell which of the two was first.
func (p *Part) Before(a store.Head) (before store.Head, ok bool, err error) {
	versions, err := versionsOf(p.r, a)
	if err != nil {
		return store.Head{}, false, err
	}
	i := slices.IndexFunc(versions, func(v store.Head) bool { return v.Key == a.Key })
	if i < 1 || unordered(versions[i-1], a) {
		return store.Head{}, false, nil
	}
	return versions[i-1], true, nil
}

// Reuse yields each pair of articles that share words, once, if one of them
// belongs to the part: as seen from the one that is filed later, or of a pair of
// which the later does not belong to the part, too.
func (p *Part) Reuse() iter.Seq2[whence.Reuse, error] {
	return func(yield func(whence.Reuse, error) bool) {
		err := p.pairs(func(late, early store.Head, x store.Shared) bool { return yield(named(x.Reuse, late, early), nil) })
		if err != nil && !errors.Is(err, errStop) {
			yield(whence.Reuse{}, err)
		}
	}
}

// pairs calls visit with each pair, as seen from the later.
func (p *Part) pairs(visit func(late, early store.Head, x store.Shared) bool) error {
	var last store.Head
	give := func(early, late store.Key, x store.Shared) error {
		var err error
		if last.Key != early || last.ID == "" {
			if last, err = p.r.Head(early); err != nil {
				return err
			}
		}
		head, err := p.r.Head(late)
		if err != nil {
			return err
		}
		if !visit(head, last, x) {
			return errStop
		}
		return nil
	}
	if p.whole {
		for x, err := range p.r.AllReuse() {
			if err != nil {
				return err
			}
			early, late := x.Article, x.Other
			x.Reuse = x.Turned()
			if err := give(early, late, x); err != nil {
				return err
			}
		}
		return nil
	}
	for _, k := range p.keys {
		shared, err := p.r.Reuse(k)
		if err != nil {
			return err
		}
		for _, x := range shared {
			switch {
			case x.Other < k:
				err = give(x.Other, k, x)
			case !p.has(x.Other):
				late := x.Other
				x.Reuse = x.Turned()
				err = give(k, late, x)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// StoryPart is a story of which all or some articles belong to a part.
type StoryPart struct {
	*story.Story
	chosen map[string]bool // ids of articles; nil is all
}

// Has tells whether an article of the story belongs to the part.
func (s StoryPart) Has(article string) bool { return s.chosen == nil || s.chosen[article] }

// HasAny tells whether one of the articles that findings stand in belongs to the
// part.
func (s StoryPart) HasAny(findings ...story.Finding) bool {
	return s.chosen == nil || slices.ContainsFunc(findings, func(f story.Finding) bool { return s.chosen[f.Article] })
}

// Stories yields the stories that articles of the part belong to: of the whole
// ledger those with the latest articles first, else those that began last.
func (p *Part) Stories() iter.Seq2[StoryPart, error] {
	return func(yield func(StoryPart, error) bool) {
		if err := p.stories(func(s StoryPart) bool { return yield(s, nil) }); err != nil && !errors.Is(err, errStop) {
			yield(StoryPart{}, err)
		}
	}
}

func (p *Part) stories(visit func(StoryPart) bool) error {
	give := func(k store.Key, chosen map[string]bool) error {
		s, err := p.l.storyOf(p.r, k)
		if err != nil {
			return err
		}
		if !visit(StoryPart{s, chosen}) {
			return errStop
		}
		return nil
	}
	switch {
	case p.whole:
		for t, err := range p.r.Trunks(0, 1) {
			if err != nil {
				return err
			}
			if err := give(t.Root, nil); err != nil {
				return err
			}
		}
		return nil
	case p.story:
		return give(p.keys[0], nil)
	}
	type place struct{ root, key store.Key }
	places := make([]place, len(p.keys))
	for i, k := range p.keys {
		tree, err := p.r.Tree(k)
		if err != nil {
			return err
		}
		places[i] = place{tree.Root, k}
	}
	slices.SortFunc(places, func(a, b place) int { return cmp.Or(cmp.Compare(b.root, a.root), cmp.Compare(a.key, b.key)) })
	for len(places) > 0 {
		root, chosen := places[0].root, map[string]bool{}
		for len(places) > 0 && places[0].root == root {
			head, err := p.r.Head(places[0].key)
			if err != nil {
				return err
			}
			chosen[head.ID] = true
			places = places[1:]
		}
		if err := give(root, chosen); err != nil {
			return err
		}
	}
	return nil
}
