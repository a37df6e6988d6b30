package ledger

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"whence"
	"whence/lineage"
	"whence/store"
)

// errStop ends a view whose caller has had enough.
var errStop = errors.New("enough")

// Verify checks the ledger against its own evidence and yields what is wrong:
// damage of the file, articles whose id is not that of their text, findings that
// are not the words at their place, prints that are not those of the text, and
// passages that do not stand in both articles. Checked is how many articles and
// pairs were looked at.
func (l *Ledger) Verify(ctx context.Context, checked *store.Counts) iter.Seq[error] {
	return func(yield func(error) bool) {
		for err := range l.store.Check(ctx) {
			if !yield(err) {
				return
			}
		}
		err := l.store.View(ctx, func(r store.Reader) error {
			for head, err := range r.Heads(minKey, maxKey, false) {
				if err != nil {
					return err
				}
				checked.Articles++
				if err := l.verifyArticle(r, head); err != nil && !yield(fmt.Errorf("article %s: %w", head.ID, err)) {
					return errStop
				}
			}
			texts := map[store.Key][]rune{}
			for x, err := range r.AllReuse() {
				if err != nil {
					return err
				}
				checked.Pairs++
				if err := verifyReuse(r, x, texts); err != nil && !yield(err) {
					return errStop
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(err)
		}
	}
}

func (l *Ledger) verifyArticle(r store.Reader, head store.Head) error {
	reading, err := r.Reading(head.Key)
	if err != nil {
		return err
	}
	again := reading.Article
	again.Identify()
	if again.ID != head.ID || reading.ID != head.ID {
		return fmt.Errorf("%w: its text and address make the id %s", store.ErrDamaged, again.ID)
	}
	if err := reading.Check(); err != nil {
		return fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	prints, err := r.Prints(head.Key)
	if err != nil {
		return err
	}
	own, around := printsOf(lineage.NewText(reading))
	// Another version's prints are others, until the article is added again; but they are
	// to be found.
	ours := head.Reader == l.reader
	if ours && !slices.Equal(prints, own) {
		return fmt.Errorf("%w: its prints are not those of its text", store.ErrDamaged)
	}
	held := 0
	if err := r.Holders(prints, head.Key, head.Key+1, 1, func(h store.Holder) {
		// A ledger of an older version does not know what stands around its prints.
		if i, _ := slices.BinarySearch(prints, h.Print); !ours || h.Around == 0 || h.Around == around[i] {
			held++
		}
	}); err != nil {
		return err
	}
	if held != len(prints) {
		return fmt.Errorf("%w: %d of its %d prints are indexed", store.ErrDamaged, held, len(prints))
	}
	return nil
}

// mostHeld is how many texts are kept at hand while pairs are looked at.
const mostHeld = 500

// verifyReuse holds passages to the words of both articles.
func verifyReuse(r store.Reader, x store.Shared, texts map[store.Key][]rune) error {
	if len(texts) >= mostHeld {
		clear(texts)
	}
	for _, k := range []store.Key{x.Article, x.Other} {
		if texts[k] != nil {
			continue
		}
		reading, err := r.Reading(k)
		if err != nil {
			return err
		}
		texts[k] = []rune(reading.Text)
	}
	ours, theirs := texts[x.Article], texts[x.Other]
	for _, p := range x.Passages {
		at, there := p.Span, p.Other()
		if !inside(ours, at) || !inside(theirs, there) || !lineage.SameWords(string(ours[at.Start:at.End]), string(theirs[there.Start:there.End])) {
			return fmt.Errorf("%w: articles of keys %d and %d do not share the words at %d:%d and %d:%d", store.ErrDamaged, x.Article, x.Other, at.Start, at.End, there.Start, there.End)
		}
	}
	return nil
}

func inside(text []rune, s whence.Span) bool {
	return s.Start >= 0 && s.Start < s.End && s.End <= len(text)
}
