// Package ledger is the one door to a ledger: add, look up, search, export,
// remove, verify.
//
// It promises that what is added is committed in small transactions, each of
// which leaves the ledger whole, so that a program killed at any moment has only
// to be run again; that the order in which articles arrive, and how they were
// cut into transactions, shows nowhere in the end; that adding an article twice
// adds nothing; and that removing one undoes what adding it did. All of this
// rests on one rule: what is recorded between two articles is a function of the
// articles in the ledger alone.
//
// It reads nothing but what it is given, and says of nobody where they are.
package ledger

import (
	"context"
	"fmt"
	"sync"

	"whence"
	"whence/lineage"
	"whence/store"
	"whence/story"
)

// Ledger is a ledger in a store. Any number of goroutines may use it.
type Ledger struct {
	store store.Store
	// Reader names the version of the reading that is put in.
	reader  string
	read    func(*whence.Article) *whence.Reading
	texts   *texts
	digests digests
	told    told
	most    bounds
}

// New is the ledger in a store. Articles are read with read, whose version is
// named reader: where it changes, articles that are added again are read again.
func New(s store.Store, reader string, read func(*whence.Article) *whence.Reading) *Ledger {
	return &Ledger{store: s, reader: reader, read: read, texts: newTexts(), most: usual}
}

// Close closes the store.
func (l *Ledger) Close() error { return l.store.Close() }

// mostTexts bounds how many articles are kept ready to be compared: some 60 MB.
const mostTexts = 4096

// texts keeps articles ready to be compared, by key. What it holds is dropped at
// random where there is too much.
type texts struct {
	mu   sync.Mutex
	held map[store.Key]*lineage.Text
	most int
}

func newTexts() *texts { return &texts{held: map[store.Key]*lineage.Text{}, most: mostTexts} }

// of gives the text of an article, from the store where it is not at hand.
func (t *texts) of(r store.Reader, k store.Key) (*lineage.Text, error) {
	t.mu.Lock()
	text := t.held[k]
	t.mu.Unlock()
	if text != nil {
		return text, nil
	}
	reading, err := r.Reading(k)
	if err != nil {
		return nil, err
	}
	return t.make(k, reading), nil
}

// make gives the text of an article that was read.
func (t *texts) make(k store.Key, reading *whence.Reading) *lineage.Text {
	t.mu.Lock()
	text := t.held[k]
	t.mu.Unlock()
	if text == nil {
		text = lineage.NewText(reading)
		t.put(k, text)
	}
	return text
}

// put keeps a text; nil forgets it.
func (t *texts) put(k store.Key, text *lineage.Text) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if text == nil {
		delete(t.held, k)
		return
	}
	for other := range t.held {
		if len(t.held) < t.most {
			break
		}
		delete(t.held, other)
	}
	t.held[k] = text
}

// clear forgets all: after a transaction that failed, keys may come to mean
// other articles.
func (t *texts) clear() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.held)
}

// mostDigests bounds how many digests are kept ready: some 40 MB.
const mostDigests = 1 << 16

// digests keeps what articles are about, by key. What it holds is dropped at
// random where there is too much.
type digests struct {
	mu   sync.Mutex
	held map[store.Key]*story.Digest
}

// of gives the digest of an article, from the store where it is not at hand.
func (d *digests) of(r store.Reader, k store.Key) (*story.Digest, error) {
	d.mu.Lock()
	made := d.held[k]
	d.mu.Unlock()
	if made != nil {
		return made, nil
	}
	packed, err := r.Digest(k)
	if err != nil {
		return nil, err
	}
	made = &story.Digest{}
	if err := made.UnmarshalBinary(packed); err != nil {
		return nil, fmt.Errorf("what article of key %d is about: %w: %w", k, store.ErrDamaged, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.held == nil {
		d.held = map[store.Key]*story.Digest{}
	}
	for other := range d.held {
		if len(d.held) < mostDigests {
			break
		}
		delete(d.held, other)
	}
	d.held[k] = made
	return made, nil
}

// forget drops a digest, or all for no key.
func (d *digests) forget(keys ...store.Key) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(keys) == 0 {
		clear(d.held)
	}
	for _, k := range keys {
		delete(d.held, k)
	}
}

// update runs f in a transaction of the store.
func (l *Ledger) update(ctx context.Context, f func(w store.Writer) error) error {
	err := l.store.Update(ctx, f)
	if err != nil {
		l.texts.clear()
		l.digests.forget()
	}
	return err
}

// Remove removes an article, by its id or the beginning of one, and all that
// came with it.
func (l *Ledger) Remove(ctx context.Context, id string) (store.Head, error) {
	var head store.Head
	err := l.update(ctx, func(w store.Writer) error {
		k, err := w.Find(id)
		if err != nil {
			return err
		}
		if head, err = w.Head(k); err != nil {
			return err
		}
		s := newSettling(l, w)
		if err := s.leave(k); err != nil {
			return err
		}
		if err := w.Remove(k); err != nil {
			return err
		}
		return s.settle()
	})
	if err != nil {
		return head, fmt.Errorf("removing: %w", err)
	}
	return head, nil
}
