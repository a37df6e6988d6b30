package ledger

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"whence"
	"whence/store"
	"whence/story"
	"whence/text"
)

// Passage is the words of a finding with the sentence that they stand in.
type Passage struct {
	story.Finding
	Sentence whence.Span
	Words    string // of the sentence
}

// PlaceNamed is a place that articles of a story name.
type PlaceNamed struct {
	whence.Place        // as the first of them has it
	Article      string // that article
	Articles     int    // how many name it
}

// Close is a story looked at closely.
type Close struct {
	// Pairs are what articles share with earlier ones of the same story, and the
	// first copy of each with it, as seen from the later.
	Pairs []whence.Reuse
	// Passages are the findings that were asked for, in the same order; without a
	// sentence where the bound was reached.
	Passages []Passage
	// Addresses of the pages of the articles that were looked at, by their ids.
	Addresses map[string]string
	// Places are named by the articles looked at, those that most name first.
	Places []PlaceNamed
}

// Closely looks at articles of a story: at those that are asked for by their
// findings, and at the first that are no copies, at most most of either. So the
// work is bounded however large the story is.
func (l *Ledger) Closely(ctx context.Context, s *story.Story, findings []story.Finding, most int) (*Close, error) {
	var c Close
	err := l.store.View(ctx, func(r store.Reader) error {
		near := &near{r: r, readings: map[string]*whence.Reading{}, keys: map[string]store.Key{}}
		for _, f := range findings {
			p := Passage{Finding: f}
			if near.readings[f.Article] != nil || len(near.readings) < most {
				reading, err := near.get(f.Article)
				if err != nil {
					return fmt.Errorf("the passage of a finding: %w", err)
				}
				if reading != nil {
					p.Sentence, p.Words = sentenceOf(reading, f.Spans)
				}
			}
			c.Passages = append(c.Passages, p)
		}
		if err := near.own(s, most, &c); err != nil {
			return err
		}
		c.Addresses = map[string]string{}
		for id, x := range near.readings {
			if x != nil {
				c.Addresses[id] = cmp.Or(x.Canonical, x.URL)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &c, nil
}

// near gives the readings of articles, each read once.
type near struct {
	r        store.Reader
	readings map[string]*whence.Reading
	keys     map[string]store.Key
}

// get gives an article; nil where it was removed since the story was built.
func (n *near) get(id string) (*whence.Reading, error) {
	if x, ok := n.readings[id]; ok {
		return x, nil
	}
	k, err := n.r.Find(id)
	if err == nil {
		n.keys[id] = k
		n.readings[id], err = n.r.Reading(k)
	}
	if errors.Is(err, store.ErrAbsent) {
		n.readings[id] = nil
		return nil, nil
	}
	return n.readings[id], err
}

// own looks at the first articles of a story that are no copies: at the places that
// they name, and at what they share.
func (n *near) own(s *story.Story, most int, c *Close) error {
	copyOf := map[string]string{} // an article: the first that is a copy of it
	for _, m := range s.Articles {
		if m.Of != "" && copyOf[m.Of] == "" {
			copyOf[m.Of] = m.Article
		}
	}
	var looked []*whence.Reading
	of := map[store.Key]string{}
	for _, m := range s.Articles {
		if m.Of != "" || len(looked) == most {
			continue
		}
		reading, err := n.get(m.Article)
		if err != nil {
			return err
		}
		if reading == nil {
			continue
		}
		looked = append(looked, reading)
		of[n.keys[m.Article]] = m.Article
	}
	c.Places = placesOf(looked)
	for _, x := range looked {
		k := n.keys[x.ID]
		shared, err := n.r.ReuseBefore(k)
		if err != nil {
			return err
		}
		for _, x := range shared {
			if of[x.Other] != "" {
				x.Reuse.Article, x.Reuse.Other = of[k], of[x.Other]
				c.Pairs = append(c.Pairs, x.Reuse)
			}
		}
		if copy := copyOf[of[k]]; copy != "" {
			if err := pairOf(n.r, copy, k, of[k], c); err != nil {
				return err
			}
		}
	}
	return nil
}

// pairOf adds what a copy shares with what it is a copy of, which tells where both
// come from.
func pairOf(r store.Reader, copy string, of store.Key, id string, c *Close) error {
	k, err := r.Find(copy)
	if errors.Is(err, store.ErrAbsent) {
		return nil
	}
	if err != nil {
		return err
	}
	shared, err := r.ReuseBefore(k)
	if err != nil {
		return err
	}
	for _, x := range shared {
		if x.Other == of {
			x.Reuse.Article, x.Reuse.Other = copy, id
			c.Pairs = append(c.Pairs, x.Reuse)
		}
	}
	return nil
}

// sentenceOf is the sentence of a text that spans begin in, to the end of the one
// that the first of them ends in.
func sentenceOf(r *whence.Reading, spans []whence.Span) (whence.Span, string) {
	runes := []rune(r.Text)
	if len(spans) == 0 || spans[0].Start < 0 || spans[0].End > len(runes) {
		return whence.Span{}, ""
	}
	at := spans[0]
	block := blockAt(r, at.Start, len(runes))
	block.End = min(block.End, len(runes))
	words := string(runes[block.Start:block.End])
	whole := at
	for _, s := range text.Sentences(words, []whence.Span{{Start: 0, End: block.Len()}}) {
		s := whence.Span{Start: s.Start + block.Start, End: s.End + block.Start}
		if s.Overlaps(at) {
			whole.Start, whole.End = min(whole.Start, s.Start), max(whole.End, s.End)
		}
	}
	return whole, string(runes[whole.Start:whole.End])
}

// placesOf gathers the places that readings name. Governments that are called by
// the place where they sit are none.
func placesOf(readings []*whence.Reading) []PlaceNamed {
	type key struct {
		name      string
		precision whence.PlacePrecision
	}
	var list []PlaceNamed
	at := map[key]int{}
	for _, r := range readings {
		seen := map[key]bool{}
		for _, p := range r.Places {
			k := key{cmp.Or(p.Name, p.Text), p.Precision}
			if p.Government || seen[k] {
				continue
			}
			seen[k] = true
			i, ok := at[k]
			if !ok {
				i = len(list)
				at[k] = i
				list = append(list, PlaceNamed{Place: p, Article: r.ID})
			}
			list[i].Articles++
		}
	}
	slices.SortStableFunc(list, func(a, b PlaceNamed) int { return b.Articles - a.Articles })
	return list
}

// ClaimIn finds a claim by its id or the beginning of one, with its story.
func (l *Ledger) ClaimIn(ctx context.Context, id string) (*story.Story, *story.Claim, error) {
	var s *story.Story
	var c *story.Claim
	err := l.upToDate(ctx, func(r store.Reader) ([]store.Key, error) {
		root, whole, err := r.FindClaim(id)
		if err != nil {
			return nil, err
		}
		stale, err := staleRoot(r, root)
		if err != nil || stale != nil {
			return stale, err
		}
		if s, err = l.storyOf(r, root); err != nil {
			return nil, err
		}
		for i := range s.Claims {
			if s.Claims[i].ID == whole {
				c = &s.Claims[i]
				return nil, nil
			}
		}
		return nil, fmt.Errorf("claim %q: %w", id, store.ErrAbsent)
	})
	return s, c, err
}
