package ledger

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"whence"
	"whence/store"
)

// Facet is a property that some of the articles found have, as a part of a search
// that asks for it.
type Facet struct {
	Name  string `json:"name"`  // as people read it
	Query string `json:"query"` // as [ParseQuery] reads it
	Count int    `json:"count"` // of the articles looked at
}

// Facets are the properties of what was found, by what they say, of each the most
// frequent values.
type Facets struct {
	Outlets  []Facet `json:"outlets"`
	Sources  []Facet `json:"sources"`
	Kinds    []Facet `json:"kinds"`
	Statuses []Facet `json:"statuses"`
	Measures []Facet `json:"measures"`
	Dates    []Facet `json:"dates"`
}

// Found is a page of what a search found.
type Found struct {
	Hits   []Hit
	Facets Facets    // of these hits
	Next   store.Key // where the search goes on; 0 at the end
}

// mostFacets bounds the values of one facet.
const mostFacets = 8

// Look finds the latest articles that match, at most limit, with what they have in
// common. A search goes on before the key of the last article: see [Found.Next].
func (l *Ledger) Look(ctx context.Context, q store.Query, limit int) (*Found, error) {
	q.Limit = limit + 1
	var f Found
	tally := newTally()
	err := l.store.View(ctx, func(r store.Reader) error {
		for k, err := range r.Search(q) {
			if err != nil {
				return err
			}
			if len(f.Hits) == limit {
				if last := f.Hits[limit-1].Key; last > 0 {
					f.Next = last
				}
				return nil
			}
			head, err := r.Head(k)
			if err != nil {
				return err
			}
			reading, err := r.Reading(k)
			if err != nil {
				return err
			}
			f.Hits = append(f.Hits, newHit(head, reading, q))
			tally.article(reading)
		}
		return nil
	})
	f.Facets = tally.facets()
	return &f, err
}

// Facets are what the latest articles that match have in common, of at most limit,
// and how many were looked at.
func (l *Ledger) Facets(ctx context.Context, q store.Query, limit int) (f Facets, looked int, err error) {
	q.Limit = limit
	tally := newTally()
	err = l.store.View(ctx, func(r store.Reader) error {
		for k, err := range r.Search(q) {
			if err != nil {
				return err
			}
			reading, err := r.Reading(k)
			if err != nil {
				return err
			}
			tally.article(reading)
			looked++
		}
		return nil
	})
	return tally.facets(), looked, err
}

// tally counts properties, each once an article.
type tally struct{ counts map[string]map[Facet]int }

func newTally() *tally { return &tally{map[string]map[Facet]int{}} }

func (t *tally) article(r *whence.Reading) {
	seen := map[Facet]bool{}
	add := func(facet, name, query string) {
		f := Facet{Name: name, Query: query}
		if name == "" || seen[f] {
			return
		}
		seen[f] = true
		if t.counts[facet] == nil {
			t.counts[facet] = map[Facet]int{}
		}
		t.counts[facet][f]++
	}
	add("outlet", r.Outlet, "outlet:"+quoted(r.Outlet))
	names := map[string]string{}
	for _, n := range r.Names {
		names[n.ID] = n.Name
	}
	for _, a := range r.Attributions {
		add("kind", string(a.Kind), "kind:"+string(a.Kind))
		if a.Source != nil {
			add("source", names[a.Source.Name], "source:"+quoted(names[a.Source.Name]))
		}
	}
	for _, f := range r.Figures {
		if m := store.NewMark("measure", f.Measure); m != "" {
			add("measure", f.Measure, string(m))
		}
		add("status", string(f.Status), "status:"+string(f.Status))
	}
	for _, e := range r.Events {
		add("status", string(e.Status), "status:"+string(e.Status))
	}
	if d := r.Published; !d.IsZero() && d.Precision != whence.Year {
		month := d.Time.Format("2006-01")
		add("date", d.Time.Format("Jan 2006"), "after:"+month+" before:"+d.Time.AddDate(0, 0, 1-d.Time.Day()).AddDate(0, 1, 0).Format("2006-01"))
	}
}

// facets are the counts, the greatest first.
func (t *tally) facets() Facets {
	list := func(facet string) []Facet {
		list := []Facet{}
		for f, n := range t.counts[facet] {
			f.Count = n
			list = append(list, f)
		}
		slices.SortFunc(list, func(a, b Facet) int { return cmp.Or(b.Count-a.Count, strings.Compare(a.Name, b.Name)) })
		return list[:min(len(list), mostFacets)]
	}
	return Facets{list("outlet"), list("source"), list("kind"), list("status"), list("measure"), list("date")}
}

// quoted is a value as one part of a search.
func quoted(s string) string {
	if strings.ContainsAny(s, " \t\n:") {
		return `"` + strings.ReplaceAll(s, `"`, " ") + `"`
	}
	return strings.ReplaceAll(s, `"`, " ")
}

// Parts are the parts of a search, each as [ParseQuery] reads it.
func Parts(s string) []string {
	var list []string
	for _, t := range terms(s) {
		if t.value == "" {
			continue
		}
		part := quoted(t.value)
		if t.key != "" {
			part = t.key + ":" + part
		}
		list = append(list, part)
	}
	return list
}

// SourceBefore is [Ledger.Source] for the articles that are filed before a key (0
// is no bound), at most limit; next is the key to go on from, 0 at the end.
func (l *Ledger) SourceBefore(ctx context.Context, name string, before store.Key, limit int) (list []SourceSayings, next store.Key, err error) {
	err = l.upToDate(ctx, func(r store.Reader) (stale []store.Key, err error) {
		list, stale, next, err = sayingsOf(r, name, before, limit)
		return stale, err
	})
	return list, next, err
}

// sayingsOf are a source's sayings, the roots of stories of several articles that
// are out of date, and where the list goes on.
func sayingsOf(r store.Reader, name string, before store.Key, limit int) (list []SourceSayings, stale []store.Key, next store.Key, err error) {
	at := map[string]int{}
	looked, last := 0, store.Key(0)
	for k, err := range r.Search(store.Query{Sources: []string{name}, To: before, Limit: limit + 1}) {
		if err != nil {
			return nil, nil, 0, err
		}
		if looked == limit {
			return list, stale, max(last, 0), nil
		}
		looked, last = looked+1, k
		reading, err := r.Reading(k)
		if err != nil {
			return nil, nil, 0, err
		}
		said := sayings(reading, name)
		if len(said) == 0 {
			continue
		}
		brief, outdated, err := briefOf(r, k, reading)
		if err != nil {
			return nil, nil, 0, err
		}
		if outdated != nil && !slices.Contains(stale, *outdated) {
			stale = append(stale, *outdated)
		}
		i, ok := at[brief.ID]
		if !ok {
			i = len(list)
			at[brief.ID] = i
			list = append(list, SourceSayings{Story: brief.ID, Title: brief.Title})
		}
		list[i].Said = append(list[i].Said, said...)
	}
	return list, stale, 0, nil
}

// Shares are what the latest articles of an outlet come to.
type Shares struct {
	Latest    []store.Head
	Own       int // articles that have no prose from an earlier article or from an agency
	Said      int // attributions with a source
	Anonymous int // of these, to sources that are not named
}

// Outlet looks at the latest articles of an outlet, at most limit. Error:
// [store.ErrAbsent] where no article is of an outlet of this name.
func (l *Ledger) Outlet(ctx context.Context, name string, limit int) (*Shares, error) {
	var s Shares
	err := l.upToDate(ctx, func(r store.Reader) (stale []store.Key, err error) {
		s = Shares{}
		for k, err := range r.Search(store.Query{Outlet: name, Limit: limit}) {
			if err != nil {
				return nil, err
			}
			head, err := r.Head(k)
			if err != nil {
				return nil, err
			}
			if !strings.EqualFold(head.Outlet, name) {
				continue
			}
			// What it shares is judged when its story is built.
			roots, err := staleRoot(r, k)
			if err != nil {
				return nil, err
			}
			for _, root := range roots {
				if !slices.Contains(stale, root) {
					stale = append(stale, root)
				}
			}
			reading, err := r.Reading(k)
			if err != nil {
				return nil, err
			}
			s.Latest = append(s.Latest, head)
			for _, a := range reading.Attributions {
				if a.Source != nil {
					s.Said++
					if a.Source.Anonymous {
						s.Anonymous++
					}
				}
			}
			shared, err := r.ReuseBefore(k)
			if err != nil {
				return nil, err
			}
			if len(reading.Credits) == 0 && !slices.ContainsFunc(shared, func(x store.Shared) bool { return took(x.Reuse) }) {
				s.Own++
			}
		}
		if len(s.Latest) == 0 {
			return nil, store.ErrAbsent
		}
		return stale, nil
	})
	if errors.Is(err, store.ErrAbsent) {
		return nil, err
	}
	return &s, err
}

// took tells whether an article has prose from another, or from where that has it.
func took(x whence.Reuse) bool {
	return (x.Direction == whence.ArticleFromOther || x.Direction == whence.BothFromOrigin) && x.Relation != whence.SharedQuotation &&
		slices.ContainsFunc(x.Passages, func(p whence.Passage) bool { return !p.Quotation })
}
