package ledger

import (
	"context"
	"errors"
	"iter"

	"whence"
	"whence/store"
)

// Article is everything that the ledger has on one article.
type Article struct {
	store.Head
	Reading  *whence.Reading
	Versions []store.Head // of its page, itself among them; one or none where there is one
	Edits    []Edit       // what each version changed of the one before it
	Shared   []Partner
	Reviews  []store.Review
}

// Partner is another article that shares words with one.
type Partner struct {
	store.Head
	whence.Reuse // as seen from the one
}

// Article gives the article of an id or of the beginning of one. Errors:
// [store.ErrAbsent], [store.ErrAmbiguous].
func (l *Ledger) Article(ctx context.Context, id string) (*Article, error) {
	var a Article
	err := l.upToDate(ctx, func(r store.Reader) ([]store.Key, error) {
		k, err := r.Find(id)
		if err != nil {
			return nil, err
		}
		stale, err := staleRoot(r, k)
		if err == nil && stale == nil {
			a, err = articleOf(r, k)
		}
		return stale, err
	})
	if err != nil {
		return nil, err
	}
	return &a, nil
}

// Head is an article without text and findings, by its id or the beginning of one.
// Errors: [store.ErrAbsent], [store.ErrAmbiguous].
func (l *Ledger) Head(ctx context.Context, id string) (store.Head, error) {
	var head store.Head
	err := l.store.View(ctx, func(r store.Reader) error {
		k, err := r.Find(id)
		if err != nil {
			return err
		}
		head, err = r.Head(k)
		return err
	})
	return head, err
}

func articleOf(r store.Reader, k store.Key) (a Article, err error) {
	if a.Head, err = r.Head(k); err != nil {
		return a, err
	}
	if a.Reading, err = r.Reading(k); err != nil {
		return a, err
	}
	if a.Versions, err = versionsOf(r, a.Head); err != nil {
		return a, err
	}
	if a.Edits, err = editsOf(r, a.Versions, k); err != nil {
		return a, err
	}
	if a.Reviews, err = r.Reviews(k); err != nil {
		return a, err
	}
	shared, err := r.Reuse(k)
	if err != nil {
		return a, err
	}
	for _, x := range shared {
		other, err := r.Head(x.Other)
		if err != nil {
			return a, err
		}
		a.Shared = append(a.Shared, Partner{other, named(x.Reuse, a.Head, other)})
	}
	return a, nil
}

// named is a reuse with the ids and paths of its articles.
func named(r whence.Reuse, a, b store.Head) whence.Reuse {
	r.Article, r.Path, r.Other, r.OtherPath = a.ID, a.Path, b.ID, b.Path
	return r
}

// Reuse yields every pair of articles that share words, once, as seen from the
// one that is filed later, in the order of the earlier.
func (l *Ledger) Reuse(ctx context.Context) iter.Seq2[whence.Reuse, error] {
	return func(yield func(whence.Reuse, error) bool) {
		if err := l.Build(ctx); err != nil {
			yield(whence.Reuse{}, err)
			return
		}
		err := l.store.View(ctx, func(r store.Reader) error {
			var early store.Head
			for x, err := range r.AllReuse() {
				if err != nil {
					return err
				}
				if early.Key != x.Article || early.ID == "" {
					if early, err = r.Head(x.Article); err != nil {
						return err
					}
				}
				late, err := r.Head(x.Other)
				if err != nil {
					return err
				}
				if !yield(named(x.Turned(), late, early), nil) {
					return errStop
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(whence.Reuse{}, err)
		}
	}
}

// Readings yields every article with its findings, in the order of time.
func (l *Ledger) Readings(ctx context.Context) iter.Seq2[*whence.Reading, error] {
	return func(yield func(*whence.Reading, error) bool) {
		err := l.store.View(ctx, func(r store.Reader) error {
			for head, err := range r.Heads(minKey, maxKey, false) {
				if err != nil {
					return err
				}
				reading, err := r.Reading(head.Key)
				if err != nil {
					return err
				}
				if !yield(reading, nil) {
					return errStop
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(nil, err)
		}
	}
}

// Counts is the size of the ledger.
func (l *Ledger) Counts(ctx context.Context) (c store.Counts, err error) {
	err = l.store.View(ctx, func(r store.Reader) error {
		c, err = r.Counts()
		return err
	})
	return c, err
}
