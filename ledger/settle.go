package ledger

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"whence"
	"whence/lineage"
	"whence/store"
)

const (
	// fewestOwn is from how many articles on a print that one outlet alone holds
	// is its boilerplate.
	fewestOwn = 3
	// burst is within what time a print gets more holders than are compared where
	// it is news; one that took longer is in everybody's mouth.
	burst = 7 * 24 * time.Hour
	// mostHeldApart is more outlets than can have fewestOwn of a hundred articles
	// each.
	mostHeldApart = 64
)

// bounds keep what an article costs from growing with the ledger.
type bounds struct {
	// holders is how many articles that hold a print are compared with each other:
	// the earliest. Of more than these only the first few are compared with the rest,
	// so that an article that hundreds print costs no more than any other.
	holders, few int
	// onTopic is how many articles on a topic are compared with another to find
	// its story: those nearest before it.
	onTopic int
	// together is how many articles of a story are judged together and built into
	// it: the earliest.
	together int
	// sampled is how many articles of a tree are looked at for twins in others.
	sampled int
}

var usual = bounds{holders: 100, few: 10, onTopic: 100, together: 2000, sampled: 64}

// settling finds again what articles share, after some have come or gone. What
// it records depends on the articles in the ledger alone:
//
//   - a print is furniture where those who hold it do so on three pages of each
//     outlet or more, on the average, or where more than a hundred articles hold it that did not come
//     within a week;
//   - two articles are compared where they hold a print in common that is not
//     furniture, and both are among the first hundred that hold it, or one among the
//     first ten;
//   - two articles are compared too where one holds the print of a reference and
//     the other its counterpart, unless more than a hundred hold either;
//   - a pair is judged once stories are built, see [building].
type settling struct {
	ledger *Ledger
	w      store.Writer
	most   bounds
	// moved are the prints whose holders have changed, with those that came.
	moved map[store.Print][]store.Key
	// gone are holders that were removed, by print.
	gone  map[store.Print][]store.Holder
	stale map[store.Key]bool // articles whose pairs are to be found again
	// copies are the articles before a stale one that it is a copy of or they of it.
	copies map[store.Key][]store.Key
	apart  map[store.Key]bool // articles to be judged again, as they won or lost a partner

	// now are the holders of prints, as far as they were asked for; boiled is which
	// of them are furniture, likewise.
	now    map[store.Print]holding
	boiled map[store.Print]bool

	pages  map[store.Key]string
	came   map[store.Key]bool // articles that are new
	adrift map[store.Key]bool // articles that may belong to another story
	shaken map[store.Key]bool // see growing
}

func newSettling(l *Ledger, w store.Writer) *settling {
	return &settling{
		ledger: l, w: w, most: l.most,
		moved: map[store.Print][]store.Key{}, gone: map[store.Print][]store.Holder{},
		copies: map[store.Key][]store.Key{},
		stale:  map[store.Key]bool{}, apart: map[store.Key]bool{},
		now: map[store.Print]holding{}, boiled: map[store.Print]bool{},
		pages: map[store.Key]string{}, came: map[store.Key]bool{}, adrift: map[store.Key]bool{}, shaken: map[store.Key]bool{},
	}
}

// enter notes an article that was put.
func (s *settling) enter(k store.Key, prints []store.Print) {
	for _, p := range prints {
		s.moved[p] = append(s.moved[p], k)
	}
	s.stale[k] = true
	s.came[k] = true
}

// leave notes an article that is about to be removed.
func (s *settling) leave(k store.Key) error {
	prints, err := s.w.Prints(k)
	if err != nil {
		return err
	}
	s.page(k) // while it is there
	for _, p := range prints {
		s.moved[p] = slices.DeleteFunc(s.moved[p], func(came store.Key) bool { return came == k })
	}
	err = s.w.Holders(prints, k, k+1, 1, func(h store.Holder) { s.gone[h.Print] = append(s.gone[h.Print], h) })
	if err != nil {
		return err
	}
	partners, err := s.w.Reuse(k)
	if err != nil {
		return err
	}
	for _, p := range partners {
		s.apart[p.Other] = true
	}
	delete(s.stale, k)
	delete(s.apart, k)
	s.ledger.texts.put(k, nil)
	defer s.ledger.digests.forget(k)
	return s.uproot(k)
}

// holding is who holds a print: the earliest, one more than are compared with
// all, so that it shows whether there are more.
type holding []store.Holder

// furniture tells whether the words of a print say nothing of where an article
// comes from.
func (s *settling) furniture(h holding) bool {
	if len(h) > 0 && lineage.IsReference(uint64(h[0].Print)) {
		return len(h) > s.most.holders
	}
	if len(h) > s.most.holders {
		first, last := h[0].Key, h[s.most.holders].Key
		return first < 0 || last-first > store.KeyAt(time.Unix(0, 0).Add(burst))
	}
	if len(h) < fewestOwn {
		return false
	}
	var own [mostHeldApart]store.OutletID // of few outlets, or it is none's
	n := 0
	for _, x := range h {
		if slices.Contains(own[:n], x.Outlet) {
			continue
		}
		if x.Outlet == 0 || n == len(own) || len(h) < fewestOwn*(n+1) {
			return false
		}
		own[n] = x.Outlet
		n++
	}
	// Versions of one page are one.
	pages := map[string]bool{}
	for i, x := range h {
		if len(pages)+len(h)-i < fewestOwn*n {
			return false
		}
		if pages[s.page(x.Key)] = true; len(pages) >= fewestOwn*n {
			return true
		}
	}
	return false
}

// isFurniture is furniture of the holders that a print has now.
func (s *settling) isFurniture(p store.Print, h holding) bool {
	if len(h) < fewestOwn {
		return false
	}
	is, ok := s.boiled[p]
	if !ok {
		is = s.furniture(h)
		s.boiled[p] = is
	}
	return is
}

// page names the page of an article, or the article where it is of none that is
// known.
func (s *settling) page(k store.Key) string {
	if p, ok := s.pages[k]; ok {
		return p
	}
	p := strconv.FormatInt(int64(k), 10)
	if head, err := s.w.Head(k); err == nil && head.Page != "" {
		p = head.Page
	}
	s.pages[k] = p
	return p
}

// foremost are the holders that are compared with each other, and first those that
// are compared with all.
func (s *settling) foremost(h holding) holding { return h[:min(len(h), s.most.holders)] }
func (s *settling) first(h holding) holding    { return h[:min(len(h), s.most.few)] }

// settle finds pairs, and the stories that they belong to.
func (s *settling) settle() error {
	if err := s.spread(); err != nil {
		return err
	}
	for _, k := range slices.Sorted(maps.Keys(s.stale)) {
		if err := s.pair(k); err != nil {
			return err
		}
	}
	return s.grow()
}

// spread finds the articles that have to be compared anew because others came or
// went: those that hold a print which has become furniture or ceased to be, and
// those that came to be among the foremost or ceased to.
func (s *settling) spread() error {
	prints := slices.Sorted(maps.Keys(s.moved))
	most := 0
	for p, came := range s.moved {
		most = max(most, len(came)+len(s.gone[p]))
	}
	var holders holding
	if err := s.w.Holders(prints, minKey, maxKey, s.most.holders+1+most, func(h store.Holder) { holders = append(holders, h) }); err != nil {
		return err
	}
	var was holding
	for _, p := range prints {
		n := 0
		for n < len(holders) && holders[n].Print == p {
			n++
		}
		is := holders[:n:n]
		holders = holders[n:]
		if n+len(s.gone[p]) < fewestOwn {
			s.now[p] = is
			continue // too few for any of what follows
		}
		was = was[:0]
		for _, h := range is {
			if !slices.Contains(s.moved[p], h.Key) {
				was = append(was, h)
			}
		}
		was = append(was, s.gone[p]...)
		slices.SortFunc(was, func(a, b store.Holder) int { return int(a.Key - b.Key) })
		is, was = is[:min(len(is), s.most.holders+1)], was[:min(len(was), s.most.holders+1)]
		s.now[p] = is
		if max(len(is), len(was)) < fewestOwn {
			continue
		}
		switch {
		case s.furniture(is) && !s.furniture(was):
			if err := s.lapse(p); err != nil {
				return err
			}
		case s.furniture(was) && !s.furniture(is) && lineage.IsReference(uint64(p)):
			if err := s.mark(counterpart(p), s.most.holders+1); err != nil {
				return err
			}
		case s.furniture(was) && !s.furniture(is):
			if err := s.mark(p, all); err != nil {
				return err
			}
		case !s.furniture(is) && max(len(is), len(was)) > s.most.holders:
			s.shift(p, is, was)
		}
	}
	return nil
}

// shift marks the holders of a print that came to be among the first or foremost, or
// ceased to.
func (s *settling) shift(p store.Print, is, was holding) {
	for _, part := range [...]func(holding) holding{s.first, s.foremost} {
		for _, h := range slices.Concat(part(is), part(was)) {
			if slices.Contains(part(is), h) != slices.Contains(part(was), h) && !slices.Contains(s.gone[p], h) {
				s.stale[h.Key] = true
			}
		}
	}
}

const (
	minKey = store.Key(-1 << 62)
	maxKey = store.Key(1 << 62)
	all    = 1 << 40 // holders
)

// lapse marks those that may have shared something because of a print that has
// become furniture. It takes words out of passages and gives none, so that only
// pairs that are recorded may change: most who hold such a print share nothing
// else.
func (s *settling) lapse(p store.Print) error {
	ends, most := p, all
	if lineage.IsReference(uint64(p)) {
		ends, most = counterpart(p), s.most.holders+1
	}
	held := map[store.Key]bool{}
	if err := s.w.Holders([]store.Print{p}, minKey, maxKey, all, func(h store.Holder) { held[h.Key] = true }); err != nil {
		return err
	}
	var others []store.Key
	if err := s.w.Holders([]store.Print{ends}, minKey, maxKey, most, func(h store.Holder) { others = append(others, h.Key) }); err != nil {
		return err
	}
	for _, k := range others {
		if s.stale[k] {
			continue
		}
		partners, err := s.w.Partners(k)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(partners, func(other store.Key) bool { return held[other] }) {
			s.stale[k] = true
		}
	}
	return nil
}

// mark marks those that hold a print, at most limit.
func (s *settling) mark(p store.Print, limit int) error {
	return s.w.Holders([]store.Print{p}, minKey, maxKey, limit, func(h store.Holder) { s.stale[h.Key] = true })
}

// pair finds again what an article shares with others.
func (s *settling) pair(k store.Key) error {
	text, err := s.ledger.texts.of(s.w, k)
	if err != nil {
		return err
	}
	others, err := s.candidates(k, text)
	if err != nil {
		return err
	}
	var before []store.Shared
	if !s.came[k] { // one that came shares nothing yet
		if before, err = s.w.Reuse(k); err != nil {
			return err
		}
	}
	s.apart[k] = true
	for _, x := range before {
		s.apart[x.Other] = true
		if !others[x.Other] {
			if err := s.w.DropReuse(k, x.Other); err != nil {
				return err
			}
		}
	}
	furniture := func(p uint64) bool { return s.isFurniture(store.Print(p), s.now[store.Print(p)]) }
	for _, other := range slices.Sorted(maps.Keys(others)) {
		if s.stale[other] && other < k {
			continue // the pair was found when other's turn was
		}
		fresh := s.came[k] || s.came[other]
		if err := s.compare(k, other, text, furniture, fresh); err != nil {
			return err
		}
	}
	return nil
}

// candidates are the articles to compare one with: those that hold a print in
// common which is not furniture, and may share enough words around some print; and
// those that it refers to, or they to it.
func (s *settling) candidates(k store.Key, text *lineage.Text) (map[store.Key]bool, error) {
	far := store.Span(lineage.FarApart)
	prints, around := printsOf(text)
	if err := s.know(prints); err != nil {
		return nil, err
	}
	may := map[store.Key]bool{} // false where only furniture is in common, as far as is known
	each := func(visit func(around lineage.Around, furniture bool, holders holding)) error {
		for i, p := range prints {
			if lineage.IsReference(uint64(p)) {
				continue
			}
			h := s.now[p]
			is := s.isFurniture(p, h)
			of := s.foremost(h)
			among := func(part holding) bool {
				return slices.ContainsFunc(part, func(x store.Holder) bool { return x.Key == k })
			}
			switch {
			case len(h) <= s.most.holders:
			case is:
				continue // all the world holds it
			case among(s.first(h)):
				of = nil
				if err := s.w.Holders([]store.Print{p}, minKey, maxKey, all, func(x store.Holder) { of = append(of, x) }); err != nil {
					return err
				}
			case !among(of):
				of = s.first(h)
			}
			visit(lineage.Around(around[i]), is, of)
		}
		return nil
	}
	if err := each(func(around lineage.Around, furniture bool, holders holding) {
		for _, x := range holders {
			if x.Key != k && lineage.MayShare(around, lineage.Around(x.Around), x.Key-k > far || k-x.Key > far) {
				may[x.Key] = may[x.Key] || !furniture
			}
		}
	}); err != nil {
		return nil, err
	}
	if len(may) > 0 {
		if err := each(func(_ lineage.Around, furniture bool, holders holding) {
			for _, x := range holders {
				if is, ok := may[x.Key]; ok && !is && !furniture {
					may[x.Key] = true
				}
			}
		}); err != nil {
			return nil, err
		}
	}
	maps.DeleteFunc(may, func(_ store.Key, other bool) bool { return !other })
	if err := s.referred(k, text, prints, may); err != nil {
		return nil, err
	}
	delete(may, k)
	return may, nil
}

// know finds who holds each of some sorted prints.
func (s *settling) know(prints []store.Print) error {
	var unknown []store.Print
	for _, p := range prints {
		if _, ok := s.now[p]; !ok {
			unknown = append(unknown, p)
			s.now[p] = nil
		}
	}
	return s.w.Holders(unknown, minKey, maxKey, s.most.holders+1, func(h store.Holder) { s.now[h.Print] = append(s.now[h.Print], h) })
}

// referred notes the articles that an article refers to, and those that refer to
// it. What names an outlet alone does so soon.
func (s *settling) referred(k store.Key, text *lineage.Text, prints []store.Print, others map[store.Key]bool) error {
	soon := store.Span(lineage.CitedWithin)
	addresses := map[store.Print]bool{}
	for _, p := range text.Addresses() {
		addresses[counterpart(store.Print(p))] = true
	}
	var ends []store.Print
	for _, p := range prints {
		if lineage.IsReference(uint64(p)) && !s.isFurniture(p, s.now[p]) {
			ends = append(ends, counterpart(p))
		}
	}
	slices.Sort(ends)
	if err := s.know(ends); err != nil {
		return err
	}
	for _, p := range ends {
		h := s.now[p]
		if s.isFurniture(p, h) {
			continue
		}
		for _, x := range h {
			if addresses[p] || x.Key-k <= soon && k-x.Key <= soon {
				others[x.Key] = true
			}
		}
	}
	return nil
}

func counterpart(p store.Print) store.Print { return store.Print(lineage.Counterpart(uint64(p))) }

// compare records what two articles share. They are compared in the order of
// their keys, so that it does not matter whose turn it is. Fresh: one of them is
// new, so that nothing was recorded.
func (s *settling) compare(a, b store.Key, text *lineage.Text, furniture func(uint64) bool, fresh bool) error {
	other, err := s.ledger.texts.of(s.w, b)
	if err != nil {
		return err
	}
	if b < a {
		a, b, text, other = b, a, other, text
	}
	p, ok := lineage.Compare(text, other, furniture)
	if !ok && fresh {
		return nil // there was nothing to drop
	}
	s.apart[a], s.apart[b] = true, true
	if !ok {
		return s.w.DropReuse(a, b)
	}
	if p.Copies() {
		s.copies[b] = append(s.copies[b], a)
	}
	x := store.Shared{Article: a, Other: b, Reuse: whence.Reuse{Passages: p.Passages}}
	if err := (work{Measures: p.Measures}).put(&x); err != nil {
		return err
	}
	return s.w.PutReuse(x)
}

// copies tells whether a pair is one story in essentially the same words.
func copies(x store.Shared) (bool, error) {
	w, err := workOf(x)
	return err == nil && w.Copies(), err
}
