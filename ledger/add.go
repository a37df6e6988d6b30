package ledger

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"time"

	"whence"
	"whence/intake"
	"whence/lineage"
	"whence/store"
	"whence/story"
)

const (
	// mostBatch and longest bound a transaction: articles, and how long what was
	// read may wait.
	mostBatch = 128
	longest   = 2 * time.Second
	// upkeep is the part of the time that adding took, leastUpkeep the least time,
	// that is spent on building stories afterwards. Those that are left out of date
	// are built when they are looked at.
	upkeep      = 6
	leastUpkeep = 5 * time.Second
)

// Added is what has been done so far.
type Added struct {
	Articles int // added
	Versions int // of these, new versions of a page that was there
	Known    int // were there already
	Reread   int // were there, and were read again with a newer reader
	Problems int // inputs that could not be read
}

// item is one article on its way.
type item struct {
	entry store.Entry
	text  *lineage.Text
	known bool // it is there, and nothing would change
	id    string
}

// Add reads what is named and adds it. What cannot be read goes to problem, and
// the rest goes on. Added is what is committed, also where an error ends it.
func (l *Ledger) Add(ctx context.Context, inputs []string, opt intake.Options, problem func(*intake.Problem)) (Added, error) {
	return l.AddTelling(ctx, inputs, opt, problem, func(string, bool) {})
}

// AddTelling is Add that tells the id of each article once it is in the ledger,
// and whether it was there already.
func (l *Ledger) AddTelling(ctx context.Context, inputs []string, opt intake.Options, problem func(*intake.Problem), in func(id string, known bool)) (Added, error) {
	var done Added
	var batch []item
	start := time.Now()
	since := start
	flush := func() error {
		added, err := l.commit(ctx, batch)
		if err != nil {
			return err
		}
		done = done.plus(added)
		for _, it := range batch {
			in(it.entry.Reading.ID, false)
		}
		batch, since = batch[:0], time.Now()
		return nil
	}
	prepare := func(a *whence.Article) result { return l.prepare(ctx, a) }
	for r, err := range intake.Map(ctx, inputs, opt, prepare) {
		var p *intake.Problem
		switch {
		case errors.As(err, &p):
			done.Problems++
			problem(p)
			continue
		case err != nil:
			return done, err
		case r.err != nil:
			return done, r.err
		case r.known:
			done.Known++
			in(r.id, true)
			continue
		}
		batch = append(batch, r.item)
		if len(batch) >= mostBatch || time.Since(since) > longest {
			if err := flush(); err != nil {
				return done, err
			}
		}
	}
	if err := flush(); err != nil {
		return done, err
	}
	return done, l.buildUntil(ctx, time.Now().Add(max(leastUpkeep, time.Since(start)/upkeep)))
}

// AddArticles adds articles that are at hand.
func (l *Ledger) AddArticles(ctx context.Context, articles iter.Seq[*whence.Article]) (Added, error) {
	var done Added
	var batch []item
	flush := func() error {
		added, err := l.commit(ctx, batch)
		if err != nil {
			return err
		}
		done = done.plus(added)
		batch = batch[:0]
		return nil
	}
	for a := range articles {
		r := l.prepare(ctx, a)
		switch {
		case r.err != nil:
			return done, r.err
		case r.known:
			done.Known++
			continue
		}
		if batch = append(batch, r.item); len(batch) < mostBatch {
			continue
		}
		if err := flush(); err != nil {
			return done, err
		}
	}
	return done, flush()
}

// mostFilled is how many articles a transaction of Fill puts.
const mostFilled = 4096

// filledTogether is in how many parts they are made.
const filledTogether = 64

// mostTextsFilled is how many texts are kept at hand meanwhile: some 300 MB.
const mostTextsFilled = 1 << 14

// Fill adds many articles that are at hand. They are read on all cores and put in
// large transactions; what is there already is only seen when it was read. The
// ledger ends as it would by Add. It builds no stories.
func (l *Ledger) Fill(ctx context.Context, articles iter.Seq[*whence.Article]) (Added, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	l.texts.most = mostTextsFilled
	defer func() { l.texts.most = mostTexts }()
	// While one transaction is put, the next is made.
	batches := make(chan chan []result, filledTogether)
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	go func() {
		defer close(batches)
		for batch := range chunks(articles, mostFilled/filledTogether) {
			made := make(chan []result, 1)
			select {
			case batches <- made: // not more at once than there is room for
			case <-ctx.Done():
				return
			}
			turns <- struct{}{}
			go func() {
				defer func() { <-turns }()
				results := make([]result, len(batch))
				for i, a := range batch {
					results[i] = l.make(a)
				}
				made <- results
			}()
		}
	}()
	var done Added
	var batch []item
	flush := func() error {
		added, err := l.commit(ctx, batch)
		done, batch = done.plus(added), batch[:0]
		return err
	}
	for made := range batches {
		for _, r := range <-made {
			if r.err != nil {
				return done, r.err
			}
			batch = append(batch, r.item)
		}
		if len(batch) >= mostFilled {
			if err := flush(); err != nil {
				return done, err
			}
		}
	}
	return done, errors.Join(flush(), context.Cause(ctx))
}

// chunks cuts a sequence into parts.
func chunks[T any](seq iter.Seq[T], n int) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		var part []T
		for v := range seq {
			if part = append(part, v); len(part) == n {
				if !yield(part) {
					return
				}
				part = nil
			}
		}
		if len(part) > 0 {
			yield(part)
		}
	}
}

// plus is the sum of two.
func (d Added) plus(e Added) Added {
	return Added{d.Articles + e.Articles, d.Versions + e.Versions, d.Known + e.Known, d.Reread + e.Reread, d.Problems + e.Problems}
}

// result is what becomes of an article.
type result struct {
	item
	err error
}

// prepare reads an article, unless it is there already. It runs on all cores.
func (l *Ledger) prepare(ctx context.Context, a *whence.Article) result {
	if a.ID == "" {
		a.Identify()
	}
	var known bool
	err := l.store.View(ctx, func(r store.Reader) (err error) {
		known, err = l.has(r, a)
		return err
	})
	if err != nil || known {
		return result{item{known: known, id: a.ID}, err}
	}
	return l.make(a)
}

// make reads an article and makes of it what is put.
func (l *Ledger) make(a *whence.Article) result {
	if a.ID == "" {
		a.Identify()
	}
	reading := l.read(a)
	text := lineage.NewText(reading)
	packed, topics, err := digestOf(a)
	prints, around := printsOf(text)
	entry := store.Entry{Reading: reading, Reader: l.reader, Prints: prints, Around: around, Digest: packed, Topics: topics}
	l.store.Prepare(&entry)
	return result{item{entry: entry, text: text}, err}
}

// digestOf is an article's digest as it is kept, and the topics that are those of
// what is kept.
func digestOf(a *whence.Article) (packed []byte, topics []store.Print, err error) {
	if packed, err = story.NewDigest(a).AppendBinary(nil); err != nil {
		return nil, nil, err
	}
	var kept story.Digest
	if err := kept.UnmarshalBinary(packed); err != nil {
		return nil, nil, err
	}
	return packed, asPrints(kept.Prints()), nil
}

func printsOf(t *lineage.Text) ([]store.Print, []int64) {
	prints, around := t.Prints()
	list := make([]int64, len(around))
	for i, a := range around {
		list[i] = int64(a)
	}
	return asPrints(prints), list
}

func asPrints(hashes []uint64) []store.Print {
	prints := make([]store.Print, len(hashes))
	for i, h := range hashes {
		prints[i] = store.Print(h)
	}
	return prints
}

// has tells whether putting an article would change nothing.
func (l *Ledger) has(r store.Reader, a *whence.Article) (bool, error) {
	k, err := r.Find(a.ID)
	if errors.Is(err, store.ErrAbsent) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	head, err := r.Head(k)
	if err != nil || head.Reader != l.reader {
		return false, err
	}
	there, err := r.Reading(k)
	if err != nil {
		return false, err
	}
	return prefer(&there.Article, a) == &there.Article, nil
}

// prefer chooses between two captures of one article, whose text and address are
// the same: the one that gives a date of publication, then the one captured
// first, then whichever comes first when written out; so that it does not matter
// which came into the ledger first.
func prefer(a, b *whence.Article) *whence.Article {
	order := cmp.Or(
		absent(a.Published)-absent(b.Published),
		absent(a.Captured)-absent(b.Captured),
		a.Captured.Time.Compare(b.Captured.Time),
	)
	if order == 0 {
		order = bytes.Compare(written(a), written(b))
	}
	if order <= 0 {
		return a
	}
	return b
}

func absent(d whence.Date) int {
	if d.IsZero() {
		return 1
	}
	return 0
}

func written(a *whence.Article) []byte {
	data, err := json.Marshal(&whence.Reading{Article: *a})
	if err != nil {
		panic(err) // articles are made of strings and numbers
	}
	return data
}

// commit puts a batch into the ledger in one transaction.
func (l *Ledger) commit(ctx context.Context, batch []item) (Added, error) {
	var done Added
	if len(batch) == 0 {
		return done, nil
	}
	err := l.update(ctx, func(w store.Writer) error {
		done = Added{}
		s := newSettling(l, w)
		for _, it := range batch {
			if err := l.put(w, s, it, &done); err != nil {
				return err
			}
		}
		return s.settle()
	})
	if err != nil {
		return Added{}, fmt.Errorf("adding: %w", err)
	}
	return done, nil
}

// put puts one article, unless another process has done so since it was read.
func (l *Ledger) put(w store.Writer, s *settling, it item, done *Added) error {
	a := &it.entry.Reading.Article
	known, err := l.has(w, a)
	if err != nil {
		return err
	}
	if known {
		done.Known++
		return nil
	}
	var reviews []store.Review // people's verdicts outlive the reading that they are on
	old, err := w.Find(a.ID)
	switch {
	case errors.Is(err, store.ErrAbsent):
		versions, err := versionsOf(w, store.Head{Page: store.Page(a), Outlet: a.Outlet})
		if err != nil {
			return err
		}
		done.Articles++
		done.Versions += min(1, len(versions))
	case err != nil:
		return err
	default:
		done.Reread++
		if reviews, err = w.Reviews(old); err != nil {
			return err
		}
		if err := s.leave(old); err != nil {
			return err
		}
		if err := w.Remove(old); err != nil { // its key may change with its date
			return err
		}
	}
	k, _, err := w.Put(it.entry)
	if err != nil {
		return err
	}
	for _, r := range reviews {
		if err := w.AddReview(k, r); err != nil {
			return err
		}
	}
	l.texts.put(k, it.text)
	s.enter(k, it.entry.Prints)
	return nil
}
