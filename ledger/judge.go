package ledger

import (
	"encoding/json"
	"fmt"
	"reflect"

	"whence"
	"whence/lineage"
	"whence/store"
	"whence/story"
)

// built is what a story comes to.
type built struct {
	story *story.Story
	// judged are pairs of its articles on which the verdict is new.
	judged []store.Shared
}

// work is what is kept of a pair besides its verdict.
type work struct {
	lineage.Measures
	// Alone: it was judged by the two articles alone.
	Alone bool `json:"alone,omitempty"`
}

func workOf(x store.Shared) (w work, err error) {
	if err := json.Unmarshal(x.Work, &w); err != nil {
		return w, fmt.Errorf("a pair of articles: %w: %w", store.ErrDamaged, err)
	}
	return w, nil
}

// put makes a pair remember w.
func (w work) put(x *store.Shared) (err error) {
	if x.Work, err = json.Marshal(w); err != nil {
		return fmt.Errorf("recording what two articles share: %w", err)
	}
	return nil
}

// building judges and builds one story. Pairs of articles of the story are
// judged together, by credits in copies of either and by the chains that their
// words came along; a pair with an article of another story is judged by the two
// alone. So what is said of a pair depends on the stories of the two and on
// nothing beyond them.
type building struct {
	ledger *Ledger
	r      store.Reader
	heads  map[store.Key]store.Head // of what is judged together
	texts  map[int64]*lineage.Text
	within []store.Shared
	judged []store.Shared
}

// build makes a story from its articles.
func (l *Ledger) build(r store.Reader, root store.Key) (*built, error) {
	members, err := r.Members(root)
	if err != nil {
		return nil, err
	}
	b := &building{ledger: l, r: r, heads: map[store.Key]store.Head{}, texts: map[int64]*lineage.Text{}}
	together := members[:min(len(members), l.most.together)]
	articles := make([]story.Article, len(together))
	for i, k := range together {
		reading, err := b.take(k)
		if err != nil {
			return nil, err
		}
		articles[i] = story.Article{ID: reading.ID, Reading: reading}
	}
	for _, k := range members {
		if err := b.sort(k); err != nil {
			return nil, err
		}
	}
	if err := b.judge(b.within, b.texts, false); err != nil {
		return nil, err
	}
	pairs := make([]whence.Reuse, len(b.within))
	for i, x := range b.within {
		pairs[i] = named(x.Reuse, b.heads[x.Article], b.heads[x.Other])
	}
	return &built{story.Build(articles, pairs), b.judged}, nil
}

// take makes an article ready to be judged with others.
func (b *building) take(k store.Key) (*whence.Reading, error) {
	head, err := b.r.Head(k)
	if err != nil {
		return nil, err
	}
	reading, err := b.r.Reading(k)
	if err != nil {
		return nil, err
	}
	b.heads[k] = head
	b.texts[int64(k)] = b.ledger.texts.make(k, reading)
	return reading, nil
}

// sort sorts the pairs of an article, and judges those that are judged alone.
func (b *building) sort(k store.Key) error {
	shared, err := b.r.Reuse(k)
	if err != nil {
		return err
	}
	_, here := b.heads[k]
	for _, x := range shared {
		_, there := b.heads[x.Other]
		switch {
		case here && there && x.Other < k:
			continue // it comes up as a pair of the other
		case here && there:
			b.within = append(b.within, x)
			continue
		case x.Other < k:
			x.Article, x.Other, x.Reuse = x.Other, x.Article, x.Turned()
		}
		if err := b.alone(x); err != nil {
			return err
		}
	}
	return nil
}

// alone judges a pair by itself, unless that was done.
func (b *building) alone(x store.Shared) error {
	w, err := workOf(x)
	if err != nil || w.Alone {
		return err
	}
	texts := map[int64]*lineage.Text{}
	for _, k := range []store.Key{x.Article, x.Other} {
		if texts[int64(k)], err = b.ledger.texts.of(b.r, k); err != nil {
			return err
		}
	}
	return b.judge([]store.Shared{x}, texts, true)
}

// judge judges pairs, and notes those on which the verdict is new.
func (b *building) judge(pairs []store.Shared, texts map[int64]*lineage.Text, alone bool) error {
	region := lineage.Region{Texts: texts, Pairs: make([]lineage.Pair, len(pairs))}
	works := make([]work, len(pairs))
	for i, x := range pairs {
		var err error
		if works[i], err = workOf(x); err != nil {
			return err
		}
		region.Pairs[i] = lineage.Pair{A: int64(x.Article), B: int64(x.Other), Passages: x.Passages, Measures: works[i].Measures}
	}
	for i, r := range lineage.Judge(region) {
		if x := &pairs[i]; works[i].Alone != alone || !reflect.DeepEqual(x.Reuse, r) {
			x.Reuse = r
			works[i].Alone = alone
			if err := works[i].put(x); err != nil {
				return err
			}
			b.judged = append(b.judged, *x)
		}
	}
	return nil
}
