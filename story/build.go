package story

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"whence"
)

// Build makes the story of some articles. Pairs are what they share, as seen from
// either; articles may come in any order, and the result does not depend on it.
// It takes time in proportion to the articles, their findings and the pairs.
func Build(articles []Article, pairs []whence.Reuse) *Story {
	b := newBuilder(articles, pairs)
	if len(b.list) == 0 {
		return &Story{}
	}
	s := &Story{ID: "s" + digits(b.list[0].ID), Title: b.title(), Articles: b.members()}
	s.Claims = b.claims(s.ID)
	s.Histories = b.histories()
	s.Contradictions = contradictions(s.Histories)
	s.Plans = b.plans()
	s.Positions = b.positions(s.Claims)
	s.Reports, s.Sources = b.roots(s.Claims)
	return s
}

// idDigits is how many hex digits of a hash make an id.
const idDigits = 10

// digits are the first hex digits of an article's id.
func digits(id string) string {
	id = strings.TrimPrefix(id, "sha256:")
	return id[:min(idDigits, len(id))]
}

// hashed is an id made of parts.
func hashed(kind string, parts ...string) string {
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return kind + hex.EncodeToString(h[:])[:idDigits]
}

// builder holds the articles of a story in the order of time.
type builder struct {
	list   []*entry
	byID   map[string]*entry
	people map[string]string // surname to the fullest name that the story has
	office map[string]string // office to whoever alone holds it
}

// entry is an article with what it shares.
type entry struct {
	Article
	outlet string
	shares []whence.Reuse // as seen from it
	names  map[string]whence.Name
	parent *entry // of which it is a copy
}

func newBuilder(articles []Article, pairs []whence.Reuse) *builder {
	b := &builder{byID: map[string]*entry{}, people: map[string]string{}, office: map[string]string{}}
	for _, a := range articles {
		e := &entry{Article: a, outlet: cmp.Or(a.Reading.Outlet, a.Reading.Path), names: map[string]whence.Name{}}
		for _, n := range a.Reading.Names {
			e.names[n.ID] = n
		}
		b.list = append(b.list, e)
		b.byID[a.ID] = e
	}
	slices.SortFunc(b.list, func(x, y *entry) int {
		return cmp.Or(moment(&x.Reading.Article).Compare(moment(&y.Reading.Article)), cmp.Compare(x.ID, y.ID))
	})
	for _, p := range pairs {
		for _, side := range []whence.Reuse{p, p.Turned()} {
			if e := b.byID[side.Article]; e != nil && b.byID[side.Other] != nil {
				e.shares = append(e.shares, side)
			}
		}
	}
	for _, e := range b.list {
		slices.SortFunc(e.shares, func(x, y whence.Reuse) int {
			return cmp.Or(cmp.Compare(y.Confidence, x.Confidence), cmp.Compare(x.Other, y.Other))
		})
	}
	b.copies()
	b.meet()
	return b
}

// copies gives each copy the first article of its text.
func (b *builder) copies() {
	seen := map[*entry]bool{}
	for _, e := range b.list {
		seen[e] = true
		for _, s := range e.shares {
			other := b.byID[s.Other]
			if s.Relation == whence.Copy && seen[other] && other != e && other.parent == nil {
				e.parent = other
				break
			}
		}
	}
}

// members lists articles, copies behind their origin.
func (b *builder) members() []Member {
	behind := map[*entry][]*entry{}
	for _, e := range b.list {
		if e.parent != nil {
			behind[e.parent] = append(behind[e.parent], e)
		}
	}
	var list []Member
	for _, e := range b.list {
		if e.parent != nil {
			continue
		}
		list = append(list, e.member())
		for _, c := range behind[e] {
			list = append(list, c.member())
		}
	}
	return list
}

func (e *entry) member() Member {
	r := e.Reading
	m := Member{Article: e.ID, Path: r.Path, Outlet: r.Outlet, Title: r.Title, Published: r.Published}
	if e.parent != nil {
		m.Of = e.parent.ID
	}
	return m
}

// title is that of the earliest article that rests on no other.
func (b *builder) title() string {
	for _, e := range b.list {
		rests := slices.ContainsFunc(e.shares, func(s whence.Reuse) bool { return s.Direction == whence.ArticleFromOther })
		if e.parent == nil && !rests && e.Reading.Title != "" {
			return e.Reading.Title
		}
	}
	return b.list[0].Reading.Title
}

// meet learns who is who: the fullest name to each surname, and who alone holds
// an office.
func (b *builder) meet() {
	shared := map[string]bool{}
	for _, e := range b.list {
		for _, n := range e.Reading.Names {
			if n.Kind != string(whence.SourcePerson) {
				continue
			}
			last := lastWord(n.Name)
			if len(n.Name) > len(b.people[last]) {
				b.people[last] = n.Name
			}
			for _, role := range n.Roles {
				o := lastWord(role)
				if holder, ok := b.office[o]; ok && lastWord(holder) != last {
					shared[o] = true
				}
				b.office[o] = n.Name
			}
		}
	}
	for o := range shared {
		delete(b.office, o)
	}
}

func lastWord(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	return s[strings.LastIndexByte(s, ' ')+1:]
}

// root is an origin report of some words of an article, and why.
type root struct {
	Report
	evidence []string
	unsure   string // what could not be decided, in words
}

// longestChain bounds how far words are followed.
const longestChain = 16

// rootOf follows words of an article to the report that they come from.
func (b *builder) rootOf(e *entry, spans []whence.Span) root {
	seen := map[*entry]bool{}
	var r root
	for range longestChain {
		seen[e] = true
		next, there, step := b.step(e, spans, seen)
		if step.Name != "" {
			step.evidence = append(r.evidence, step.evidence...)
			return step
		}
		if next == nil {
			break
		}
		r.evidence = append(r.evidence, step.evidence...)
		r.unsure = cmp.Or(r.unsure, step.unsure)
		e, spans = next, there
	}
	r.Report = Report{Name: e.outlet, Article: e.ID}
	return r
}

// step goes one article back: to where the words stand earlier, or to an agency
// or outlet outside, whose name it gives.
func (b *builder) step(e *entry, spans []whence.Span, seen map[*entry]bool) (next *entry, there []whence.Span, r root) {
	for _, s := range e.shares {
		if s.Relation == whence.SharedQuotation {
			continue
		}
		there := across(s, spans)
		if there == nil {
			continue
		}
		other := b.byID[s.Other]
		switch {
		case s.Direction == whence.BothFromOrigin && s.Origin != "":
			if at := b.outletArticle(s.Origin, e, seen); at != nil {
				return at, there, root{evidence: s.Evidence}
			}
			return nil, nil, root{Report: Report{Name: s.Origin}, evidence: s.Evidence}
		case s.Direction == whence.ArticleFromOther && !seen[other]:
			return other, there, root{evidence: s.Evidence}
		case s.Direction == whence.DirectionUnknown && s.Relation == whence.Copy && !seen[other] && b.earlier(other, e):
			return other, there, root{evidence: s.Evidence, unsure: fmt.Sprintf("%s or %s may have had it first", e.outlet, other.outlet)}
		}
	}
	return nil, nil, root{}
}

func (b *builder) earlier(x, y *entry) bool { return slices.Index(b.list, x) < slices.Index(b.list, y) }

// outletArticle is the article of an outlet from which another has words, if it
// is in the story.
func (b *builder) outletArticle(outlet string, of *entry, seen map[*entry]bool) *entry {
	for _, s := range of.shares {
		if other := b.byID[s.Other]; strings.EqualFold(other.outlet, outlet) && !seen[other] {
			return other
		}
	}
	return nil
}

// across are the places in the other article of words that stand in passages.
func across(s whence.Reuse, spans []whence.Span) []whence.Span {
	var there []whence.Span
	for _, p := range s.Passages {
		if slices.ContainsFunc(spans, p.Overlaps) {
			there = append(there, p.Other())
		}
	}
	return there
}
