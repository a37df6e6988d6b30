package lineage

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"whence"
)

// Region is a part of the ledger that is judged together: texts by number, and
// pairs of them.
type Region struct {
	Texts map[int64]*Text
	Pairs []Pair
}

// muchProse is the fewest words of prose in a row that are not chance.
const muchProse = 12

// Judge says of each pair how the two are related. The ids of articles are left
// to the caller.
func Judge(r Region) []whence.Reuse {
	j := newJudgement(r)
	verdicts := make([]verdict, len(r.Pairs))
	for i, p := range r.Pairs {
		verdicts[i] = j.pair(p)
	}
	j.follow(verdicts)
	list := make([]whence.Reuse, len(r.Pairs))
	for i, v := range verdicts {
		list[i] = whence.Reuse{Relation: v.relation, Direction: v.direction, Origin: v.origin, Confidence: v.confidence, Evidence: v.evidence, Passages: r.Pairs[i].Passages}
	}
	return list
}

// judgement is a region with what was found of its clusters.
type judgement struct {
	Region
	cluster map[int64]int64    // the least number among the copies of a text
	credits map[int64][]string // of a cluster, the commonest first
	people  map[string]string  // the person whom a surname alone stands for
}

func newJudgement(r Region) *judgement {
	j := &judgement{Region: r, cluster: map[int64]int64{}, credits: map[int64][]string{}, people: peopleIn(r)}
	for k := range r.Texts {
		j.cluster[k] = k
	}
	var find func(k int64) int64
	find = func(k int64) int64 {
		if up := j.cluster[k]; up != k {
			j.cluster[k] = find(up)
		}
		return j.cluster[k]
	}
	for _, p := range r.Pairs {
		if p.Copies() {
			a, b := find(p.A), find(p.B)
			j.cluster[max(a, b)] = min(a, b)
		}
	}
	copies := map[int64]map[string]int{} // in how many copies of a cluster a name is credited
	for _, k := range slices.Sorted(maps.Keys(r.Texts)) {
		c := find(k)
		if copies[c] == nil {
			copies[c] = map[string]int{}
		}
		for _, credit := range r.Texts[k].facts.creditedTo() {
			if copies[c][outletKey(credit)]++; copies[c][outletKey(credit)] == 1 {
				j.credits[c] = append(j.credits[c], credit)
			}
		}
	}
	for c, list := range j.credits {
		slices.SortStableFunc(list, func(x, y string) int {
			return cmp.Or(copies[c][outletKey(y)]-copies[c][outletKey(x)], agencyFirst(x, y))
		})
	}
	return j
}

// verdict is what is said of a pair, as seen from A.
type verdict struct {
	relation   whence.Relation
	direction  whence.Direction
	origin     string
	confidence float64
	evidence   []string
	credited   bool // the origin is who is credited, which no chain overrules
}

func (v *verdict) because(format string, args ...any) {
	v.evidence = append(v.evidence, fmt.Sprintf(format, args...))
}

func (j *judgement) pair(p Pair) verdict {
	a, b := j.Texts[p.A], j.Texts[p.B]
	v := verdict{relation: j.relation(p), direction: whence.DirectionUnknown, confidence: .5}
	j.direct(&v, p, &a.facts, &b.facts)
	return v
}

// relation is what the shared words alone say.
func (j *judgement) relation(p Pair) whence.Relation {
	switch {
	case p.sameStory():
		return whence.Copy
	case p.Longest >= muchProse:
		return whence.CommonOrigin
	case len(p.Passages) == 0:
		return whence.Derived
	}
	return whence.SharedQuotation
}

// direct finds which way the words went, the best evidence first.
func (j *judgement) direct(v *verdict, p Pair, a, b *facts) {
	for _, rule := range []func(*judgement, *verdict, Pair, *facts, *facts) bool{
		(*judgement).byPage, (*judgement).byCaption, (*judgement).bySnippet, (*judgement).byCredit, (*judgement).byCitation,
		(*judgement).byAgency, (*judgement).bySpeaker, (*judgement).byTime,
	} {
		if rule(j, v, p, a, b) {
			return
		}
	}
}

// from sets the direction: a from b, or b from a.
func (v *verdict) from(aFromB bool) {
	v.direction = whence.OtherFromArticle
	if aFromB {
		v.direction = whence.ArticleFromOther
	}
}

// byPage: a later version of a page comes from the earlier.
func (j *judgement) byPage(v *verdict, _ Pair, a, b *facts) bool {
	if a.page == "" || a.page != b.page || outletKey(a.outlet) != outletKey(b.outlet) {
		return false
	}
	v.origin, v.confidence = a.outlet, .95
	v.because("versions of one page")
	switch a.changed.Compare(b.changed) {
	case 1:
		v.from(true)
		v.because("changed or captured later")
	case -1:
		v.from(false)
		v.because("changed or captured later")
	default:
		v.confidence = .5
	}
	return true
}

// byCredit: an outlet or agency is credited in a copy of either.
func (j *judgement) byCredit(v *verdict, p Pair, a, b *facts) bool {
	ours, theirs := j.credits[j.cluster[p.A]], j.credits[j.cluster[p.B]]
	if v.relation == whence.SharedQuotation {
		return false
	}
	v.credited = true
	aCredits, bCredits := contains(a.creditedTo(), b.outlet), contains(b.creditedTo(), a.outlet)
	if !aCredits && !bCredits { // but a copy may
		aCredits, bCredits = contains(ours, b.outlet), contains(theirs, a.outlet)
	}
	if aCredits != bCredits {
		cited, its := a, ours
		if aCredits {
			cited, its = b, theirs
		}
		v.confidence = .95
		v.because("credits %s", cited.outlet)
		if its = without(its, a.outlet, b.outlet); len(its) > 0 {
			v.direction, v.origin = whence.BothFromOrigin, its[0]
			v.because("which credits %s", v.origin)
			return true
		}
		v.from(aCredits)
		v.origin = cited.outlet
		if v.relation == whence.CommonOrigin {
			v.relation = whence.Derived
		}
		return true
	}
	ours, theirs = without(ours, a.outlet, b.outlet), without(theirs, a.outlet, b.outlet)
	for _, c := range ours {
		if contains(theirs, c) {
			v.direction, v.origin, v.confidence = whence.BothFromOrigin, c, .9
			v.because("%s is credited in a copy of each", c)
			return true
		}
	}
	if all := slices.Concat(ours, theirs); v.relation == whence.Copy && len(all) > 0 {
		v.direction, v.origin, v.confidence = whence.BothFromOrigin, all[0], .9
		v.because("%s is credited in a copy", all[0])
		return true
	}
	v.credited = false
	return false
}

// bySnippet: one is a page of the beginnings of other articles, and has one from
// where the other has its words, or from the other. Of two such pages nobody can
// tell.
func (j *judgement) bySnippet(v *verdict, p Pair, a, b *facts) bool {
	if v.relation == whence.SharedQuotation || !a.snippets && !b.snippets || SameOutlet(a.outlet, b.outlet) {
		return false
	}
	v.credited = true
	if a.snippets && b.snippets {
		v.relation = whence.CommonOrigin
		return true
	}
	of, whose := p.A, a
	if a.snippets {
		of, whose = p.B, b
	}
	v.confidence = .8
	if credits := j.credits[j.cluster[of]]; len(credits) > 0 {
		v.relation, v.direction, v.origin = whence.CommonOrigin, whence.BothFromOrigin, credits[0]
		v.because("a page of snippets has words that %s is credited with", v.origin)
		return true
	}
	if !slices.ContainsFunc(wordsIn(p, of), j.Texts[of].opens) {
		v.relation = whence.CommonOrigin // what it has may be the beginning of another that took it
		return true
	}
	v.relation, v.origin = whence.Derived, whose.outlet
	v.from(a.snippets)
	v.because("a page of snippets has its beginning")
	return true
}

// opening is how many words of an article are its beginning, with what systems of
// papers put before it.
const opening = 120

// opens tells whether a span stands in the beginning of a text.
func (t *Text) opens(s whence.Span) bool {
	return len(t.words) <= opening || s.Start < int(t.starts[opening])
}

// byAgency: prose of a text that an agency is credited with stands in one of an
// outlet that credits nobody, or that says the agency contributed. Agencies take
// their prose from nobody, so it is theirs.
func (j *judgement) byAgency(v *verdict, p Pair, a, b *facts) bool {
	if v.relation != whence.CommonOrigin {
		return false
	}
	ours, theirs := agenciesOf(j.credits[j.cluster[p.A]]), agenciesOf(j.credits[j.cluster[p.B]])
	other := b
	if len(ours) == 0 {
		ours, theirs, other = theirs, ours, a
	}
	if len(ours) != 1 || len(theirs) > 0 {
		return false
	}
	v.direction, v.origin, v.confidence, v.credited = whence.BothFromOrigin, ours[0], .6, true
	v.because("prose of a text that credits %s", v.origin)
	if contains(other.credits.partly, v.origin) || slices.Contains(other.cited, outletKey(v.origin)) {
		v.confidence = .8
		v.because("the other names %s", v.origin)
	}
	return true
}

// agencyFirst puts agencies before outlets, which may have printed their text.
func agencyFirst(x, y string) int {
	switch a, b := isAgency(x), isAgency(y); {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// without are those of some names that are of neither outlet.
func without(names []string, a, b string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(n string) bool { return SameOutlet(n, a) || SameOutlet(n, b) })
}

// agenciesOf are those of some credits that are of news agencies.
func agenciesOf(credits []string) []string {
	return slices.DeleteFunc(slices.Clone(credits), func(c string) bool { return !isAgency(c) })
}

// byCaption: nothing but the words under a picture is shared.
func (j *judgement) byCaption(v *verdict, p Pair, a, b *facts) bool {
	if v.relation != whence.CommonOrigin {
		return false
	}
	credit := ""
	for _, s := range p.Passages {
		ours, theirs := a.pictured(s.Span), b.pictured(s.Other())
		if ours == "" || outletKey(ours) != outletKey(theirs) {
			return false
		}
		credit = ours
	}
	v.direction, v.origin, v.confidence = whence.BothFromOrigin, credit, .9
	v.because("the caption of a picture that both credit to %s", credit)
	return true
}

// byCitation: one names the other's outlet as having reported, or links to it.
func (j *judgement) byCitation(v *verdict, p Pair, a, b *facts) bool {
	if outletKey(a.outlet) == outletKey(b.outlet) {
		return false
	}
	aNames, aLinks := a.cites(b, wordsIn(p, p.A))
	bNames, bLinks := b.cites(a, wordsIn(p, p.B))
	aCites, bCites := aNames || aLinks, bNames || bLinks
	if aCites == bCites { // neither, or each the other
		return false
	}
	citing, cited := a, b
	if bCites {
		citing, cited = b, a
	}
	if before(citing, cited) {
		return false // it cannot have read it
	}
	if v.relation != whence.Copy {
		v.relation = whence.Derived
	}
	v.from(aCites)
	v.origin, v.confidence = cited.outlet, .85
	switch {
	case aNames && aLinks || bNames && bLinks:
		v.confidence = .95
		v.because("cites and links %s", cited.outlet)
	case aLinks || bLinks:
		v.because("links %s", cited.outlet)
	default:
		v.because("cites %s", cited.outlet)
	}
	if d := later(citing, cited); d > 0 {
		v.because("published %s later", spell(d))
	}
	return true
}

// bySpeaker: what is shared is the words of somebody.
func (j *judgement) bySpeaker(v *verdict, p Pair, a, b *facts) bool {
	if v.relation != whence.SharedQuotation {
		return false
	}
	v.direction, v.confidence = whence.BothFromOrigin, .7
	var who []string
	for _, s := range p.Passages {
		x := speaker(a.speaker(s.Span), b.speaker(s.Other()))
		if full := j.people[strings.ToLower(x)]; full != "" {
			x = full
		}
		if x = withoutInitials(x); x != "" && !slices.Contains(who, x) {
			who = append(who, x)
		}
	}
	if len(who) > 0 {
		v.origin, v.confidence = strings.Join(who, ", "), .8
		v.because("only words of %s are shared", v.origin)
	}
	return true
}

// byTime: nothing else is known.
func (j *judgement) byTime(v *verdict, _ Pair, a, b *facts) bool {
	if v.relation == whence.CommonOrigin && outletKey(a.outlet) != outletKey(b.outlet) {
		return true
	}
	switch {
	case before(a, b):
		v.from(false)
		v.origin = a.outlet
	case before(b, a):
		v.from(true)
		v.origin = b.outlet
	case outletKey(a.outlet) == outletKey(b.outlet) && !a.changed.Equal(b.changed) && !a.changed.IsZero() && !b.changed.IsZero():
		// An outlet's own pages come in the order in which they were fetched, where
		// no more is known.
		v.from(a.changed.After(b.changed))
		v.origin = a.outlet
	default:
		return true
	}
	if outletKey(a.outlet) == outletKey(b.outlet) {
		v.confidence = .8
		v.because("the same outlet, published later")
		if v.relation == whence.CommonOrigin {
			v.relation = whence.Derived
		}
		return true
	}
	v.because("published later")
	return true
}

// speaker chooses between what two articles call a speaker: a name before what
// he is called, and that before nothing. A pronoun is nothing.
func speaker(a, b speech) string {
	for _, s := range []speech{a, b} {
		if s.named {
			return s.who
		}
	}
	for _, s := range []speech{a, b} {
		if len(s.who) > len("they") {
			return s.who
		}
	}
	return ""
}

// peopleIn gives, by the small letters of a surname that stands alone, the full
// name of the one person whom the texts of a region mean by it: of several that
// bear it, the one whom twice as many texts name as any other.
func peopleIn(r Region) map[string]string {
	texts := map[string]map[string]int{}
	for _, k := range slices.Sorted(maps.Keys(r.Texts)) {
		for _, name := range r.Texts[k].facts.people {
			name = withoutInitials(name)
			surname := strings.ToLower(name[strings.LastIndexByte(name, ' ')+1:])
			if texts[surname] == nil {
				texts[surname] = map[string]int{}
			}
			texts[surname][name]++
		}
	}
	people := map[string]string{}
	for surname, names := range texts {
		list := slices.SortedFunc(maps.Keys(names), func(x, y string) int { return cmp.Or(names[y]-names[x], strings.Compare(x, y)) })
		if len(list) == 1 || names[list[0]] >= 2*names[list[1]] {
			people[surname] = list[0]
		}
	}
	return people
}

// withoutInitials is a person's name without initials between its words.
func withoutInitials(name string) string {
	words := strings.Fields(name)
	for i := len(words) - 2; i > 0; i-- {
		if len(words[i]) == 2 && words[i][1] == '.' {
			words = slices.Delete(words, i, i+1)
		}
	}
	return strings.Join(words, " ")
}

// speaker is whoever words are attributed to, nobody if that is not known.
func (f *facts) speaker(s whence.Span) speech {
	i, _ := slices.BinarySearchFunc(f.speeches, s.Start, func(x speech, at int) int { return cmp.Compare(x.span.End, at+1) })
	if i < len(f.speeches) && f.speeches[i].span.Overlaps(s) {
		return f.speeches[i]
	}
	return speech{}
}

// before tells whether a was surely published before b.
func before(a, b *facts) bool {
	return !a.to.IsZero() && !b.from.IsZero() && !a.to.After(b.from) && a.from != b.from
}

// later is how much later a was published than b, in whole minutes; 0 if that is
// not known.
func later(a, b *facts) time.Duration {
	if a.from.IsZero() || b.from.IsZero() {
		return 0
	}
	return a.from.Sub(b.from).Truncate(time.Minute)
}

// spell sets a stretch of time as people do.
func spell(d time.Duration) string {
	switch days, hours, minutes := int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60; {
	case days > 0:
		return fmt.Sprintf("%d d %d h", days, hours)
	case hours > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes)
	default:
		return fmt.Sprintf("%d min", minutes)
	}
}
