package eval

import (
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"unicode"

	"whence"
	"whence/page"
	"whence/reading"
	"whence/reading/quote"
	"whence/text"
)

// Attribution scores the attributions that whence reads against brat gold in
// the layout of PolNeAR: gold/text/NAME.txt and
// gold/attributions/NAME_ANNOTATOR.ann, of which the first annotator in byte
// order counts. Offsets are code points, half-open. It prints precision, recall
// and F1, micro-averaged over articles, and the interval that F1 lies in for 95
// of 100 draws of as many articles:
//
//	source, cue, content   contiguous spans that are exactly equal
//	tokens.*               tokens inside a role
//	relation.exact         all three roles equal, a missing source equal to none
//	relation               one to one: cues overlap, sources overlap or both
//	                       have none, and the contents share at least half of
//	                       the tokens that either has
//
// The definitions are those of ../shared/score/attribution.py, with which the
// figures and the draws agree to the digit. Gold relations without cue or
// content do not count. Of a gold line that breaks the form the rest of the
// file still does.
//
// Below that stand what the relation line is made of by groups of attributions
// (see breakdowns), how far spans miss the gold ones they overlap, what scores
// are worth, and the same figures for the rules alone.
func Attribution(w io.Writer, gold string) error {
	articles, err := readAttributionTask(gold)
	if err != nil {
		return err
	}
	read := scoreReader(articles, reading.Read)
	var b strings.Builder
	printAttribution(&b, read)
	printBreakdowns(&b, read)
	printEdges(&b, read)
	printCalibration(&b, read)
	printBaseline(&b, "rules alone", scoreReader(articles, rulesAlone))
	_, err = io.WriteString(w, b.String())
	return err
}

func readAttributionTask(gold string) ([]AttributionGold, error) {
	articles, err := ReadAttributionGold(gold)
	if err != nil {
		return nil, fmt.Errorf("reading attribution gold in %s: %w", gold, err)
	}
	return articles, nil
}

// reader is any way to turn an article into a reading.
type reader func(*whence.Article) *whence.Reading

// rulesAlone reads with the rules and nothing learned.
func rulesAlone(a *whence.Article) *whence.Reading {
	var body []whence.Span
	for _, b := range a.Blocks {
		if b.Role.Body() {
			body = append(body, b.Span)
		}
	}
	r := &whence.Reading{Article: *a}
	if len(body) > 0 || len(a.Blocks) == 0 {
		r.Attributions = quote.Rules(a, text.Sentences(a.Text, body))
	}
	return r
}

// scoreReader reads every article once and scores what was found.
func scoreReader(gold []AttributionGold, read reader) []scored {
	all := make([]scored, len(gold))
	for i := range gold {
		all[i] = score(&gold[i], read(articleOf(&gold[i])).Attributions)
	}
	return all
}

// articleOf is the article that whence reads a gold article's plain text as.
func articleOf(g *AttributionGold) *whence.Article {
	a := &whence.Article{Path: g.Name, Text: g.Text}
	page.Structure(a)
	return a
}

// roles are what an attribution is made of, in the order of printing.
var roles = [...]string{"source", "cue", "content"}

// relation is one attribution: the spans of each of the roles.
type relation [len(roles)][]whence.Span

// Right tells of each attribution found in the text whether it counts as one
// of the gold relations, in a largest one-to-one matching.
func (g *AttributionGold) Right(found []whence.Attribution) []bool {
	right := make([]bool, len(found))
	s := score(g, found)
	for j, m := range s.found {
		right[m.at] = s.goldOf[j] >= 0
	}
	return right
}

// full tells whether a relation has cue and content.
func full(r relation) bool { return len(r[1]) > 0 && len(r[2]) > 0 }

// count holds what precision, recall and F1 are made of.
type count struct{ both, found, gold int }

func (c *count) add(d count) {
	c.both += d.both
	c.found += d.found
	c.gold += d.gold
}

// measures are the lines of the main table: for each role its spans and its
// tokens, then relations.
var measures = [...]string{
	"source", "tokens.source", "cue", "tokens.cue", "content", "tokens.content", "relation.exact", "relation",
}

const (
	relationExact = 2*len(roles) + iota
	relationAlike
)

// attributionRow is the counts of each measure over one article, or over
// several.
type attributionRow [len(measures)]count

func (r *attributionRow) add(o *attributionRow) {
	for i := range r {
		r[i].add(o[i])
	}
}

func sumOf(all []scored) attributionRow {
	var sum attributionRow
	for i := range all {
		sum.add(&all[i].row)
	}
	return sum
}

// member is a relation of the gold or of what was found, its spans trimmed.
type member struct {
	relation
	tokens [len(roles)]map[int]bool // the scorer's tokens, by where they start
	// Of what was found alone.
	at     int // its number before those that do not count were left out
	kind   whence.Kind
	nested bool
	score  float64
}

// scored is an article, its gold relations and what was found in it, and which
// of them count as the same relation.
type scored struct {
	name    string
	index   *text.Index
	starts  []int // where the scorer's tokens start, in code points
	gold    []member
	found   []member
	goldOf  []int // of each found: the gold relation that it counts as, or -1
	foundOf []int // of each gold relation: the found one that counts as it, or -1
	row     attributionRow
	small   map[string]bool // the words as the text has them, see hasSmall; nil before they are asked for
}

// score holds what was found in an article against its gold.
func score(g *AttributionGold, found []whence.Attribution) scored {
	s := scored{name: g.Name, index: text.NewIndex(g.Text), starts: scoredTokens(g.Text)}
	for _, r := range trimRelations(s.index, g.relations, full) {
		s.gold = append(s.gold, s.member(r))
	}
	for i, a := range found {
		r := trimRelation(s.index, relationOf(a))
		if len(r[1]) > 0 || len(r[2]) > 0 {
			m := s.member(r)
			m.at, m.kind, m.nested, m.score = i, a.Kind, a.Parent != "", a.Score
			s.found = append(s.found, m)
		}
	}
	s.foundOf, s.goldOf = s.pair(func(i, j int) bool { return alike(&s.gold[i], &s.found[j]) })
	s.count()
	return s
}

func (s *scored) member(r relation) member {
	m := member{relation: r}
	for i := range roles {
		m.tokens[i] = map[int]bool{}
		addTokens(m.tokens[i], s.starts, m.relation[i])
	}
	return m
}

func relationOf(a whence.Attribution) relation {
	r := relation{1: a.Cue.Spans, 2: a.Content.Spans}
	if a.Source != nil {
		r[0] = a.Source.Spans
	}
	return r
}

// pair matches gold relations i with found ones j that same tells to be the
// same, one to one and as many as can be. It gives the partner of each, or -1.
func (s *scored) pair(same func(i, j int) bool) (foundOf, goldOf []int) {
	candidates := make([][]int, len(s.gold))
	for i := range s.gold {
		for j := range s.found {
			if same(i, j) {
				candidates[i] = append(candidates[i], j)
			}
		}
	}
	foundOf, goldOf = none(len(s.gold)), none(len(s.found))
	for j, i := range matched(candidates) {
		foundOf[i], goldOf[j] = j, i
	}
	return foundOf, goldOf
}

func none(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = -1
	}
	return all
}

func (s *scored) count() {
	for i := range roles {
		s.row[2*i] = inCommon(spanSet(s.gold, i), spanSet(s.found, i))
		s.row[2*i+1] = inCommon(tokenSet(s.gold, i), tokenSet(s.found, i))
	}
	_, exact := s.pair(func(i, j int) bool { return equalRoles(&s.gold[i], &s.found[j]) })
	s.row[relationExact] = count{partners(exact), len(s.found), len(s.gold)}
	s.row[relationAlike] = count{partners(s.goldOf), len(s.found), len(s.gold)}
}

func partners(of []int) int {
	n := 0
	for _, i := range of {
		if i >= 0 {
			n++
		}
	}
	return n
}

// scoredTokens is where the scorer's tokens start, in code points: runs of
// word characters, and every other character that is not white space.
func scoredTokens(s string) []int {
	var starts []int
	at, inWord := 0, false
	for _, r := range s {
		word := unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_'
		if word && !inWord || !word && !isBlank(r) {
			starts = append(starts, at)
		}
		inWord = word
		at++
	}
	return starts
}

// isBlank tells white space as the scorer's language does, to which the
// information separators belong.
func isBlank(r rune) bool { return unicode.IsSpace(r) || 0x1c <= r && r <= 0x1f }

// trimRelations trims relations, and drops those that keep says nothing for
// then.
func trimRelations(x *text.Index, all []relation, keep func(relation) bool) []relation {
	var kept []relation
	for _, r := range all {
		if r = trimRelation(x, r); keep(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// trimRelation drops white space at the edges of spans, and spans that are
// empty then.
func trimRelation(x *text.Index, r relation) relation {
	var t relation
	for i := range roles {
		for _, s := range r[i] {
			if s = trimSpan(x, s); s.Len() > 0 {
				t[i] = append(t[i], s)
			}
		}
	}
	return t
}

func trimSpan(x *text.Index, s whence.Span) whence.Span {
	s.End = min(s.End, x.Len())
	if s.Start >= s.End {
		return whence.Span{}
	}
	words := []rune(x.Slice(s))
	for len(words) > 0 && isBlank(words[0]) {
		words = words[1:]
		s.Start++
	}
	for len(words) > 0 && isBlank(words[len(words)-1]) {
		words = words[:len(words)-1]
		s.End--
	}
	return s
}

func spanSet(all []member, role int) map[whence.Span]bool {
	set := map[whence.Span]bool{}
	for i := range all {
		for _, s := range all[i].relation[role] {
			set[s] = true
		}
	}
	return set
}

func tokenSet(all []member, role int) map[int]bool {
	set := map[int]bool{}
	for i := range all {
		for at := range all[i].tokens[role] {
			set[at] = true
		}
	}
	return set
}

// addTokens adds the tokens that start inside the spans.
func addTokens(set map[int]bool, starts []int, spans []whence.Span) {
	for _, s := range spans {
		for i := sort.SearchInts(starts, s.Start); i < len(starts) && starts[i] < s.End; i++ {
			set[starts[i]] = true
		}
	}
}

// inCommon counts what two sets have in common.
func inCommon[K comparable](gold, found map[K]bool) count {
	return count{overlap(gold, found), len(found), len(gold)}
}

func overlap[K comparable](a, b map[K]bool) int {
	n := 0
	for k := range a {
		if b[k] {
			n++
		}
	}
	return n
}

func equalRoles(g, f *member) bool {
	for i := range roles {
		if !slices.Equal(g.relation[i], f.relation[i]) {
			return false
		}
	}
	return true
}

// alike tells whether two relations count as the same one.
func alike(g, f *member) bool {
	return sameSource(g, f) && sameCue(g, f) && sameContent(g, f)
}

func sameSource(g, f *member) bool {
	return overlap(g.tokens[0], f.tokens[0]) > 0 || len(g.tokens[0]) == 0 && len(f.tokens[0]) == 0
}

func sameCue(g, f *member) bool { return overlap(g.tokens[1], f.tokens[1]) > 0 }

func sameContent(g, f *member) bool {
	both := overlap(g.tokens[2], f.tokens[2])
	union := len(g.tokens[2]) + len(f.tokens[2]) - both
	return union > 0 && 2*both >= union
}

// matched is a largest one-to-one matching, by augmenting paths: of each
// partner taken, whose it is. candidates gives the partners that each of the
// left side may have.
func matched(candidates [][]int) map[int]int {
	owner := map[int]int{}
	var grow func(g int, seen map[int]bool) bool
	grow = func(g int, seen map[int]bool) bool {
		for _, p := range candidates[g] {
			if seen[p] {
				continue
			}
			seen[p] = true
			if o, taken := owner[p]; !taken || grow(o, seen) {
				owner[p] = g
				return true
			}
		}
		return false
	}
	for g := range candidates {
		grow(g, map[int]bool{})
	}
	return owner
}

// printAttribution prints the main table.
func printAttribution(b *strings.Builder, all []scored) {
	fmt.Fprintf(b, "articles %d\n%-16s %6s %6s %6s   95 %%\n", len(all), "", "P", "R", "F1")
	sum, intervals := sumOf(all), f1Intervals(all)
	for i, name := range measures {
		printCount(b, name, sum[i])
		fmt.Fprintf(b, "   %.1f-%.1f\n", intervals[i].low, intervals[i].high)
	}
}

// printCount prints the figures of a line without ending it.
func printCount(b *strings.Builder, name string, c count) {
	fmt.Fprintf(b, "%-16s %6.1f %6.1f %6.1f", name, inPercent(c.both, c.found), inPercent(c.both, c.gold), c.f1())
}

func inPercent(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

// f1 is in percent, and 0 where there is nothing to count.
func (c count) f1() float64 { return inPercent(2*c.both, c.found+c.gold) }

// printBaseline prints the figures of another reader on the same articles.
func printBaseline(b *strings.Builder, name string, all []scored) {
	fmt.Fprintf(b, "\n%-16s %6s %6s %6s\n", name, "P", "R", "F1")
	sum := sumOf(all)
	for i, name := range measures {
		if strings.Contains(name, ".") {
			continue
		}
		printCount(b, name, sum[i])
		b.WriteByte('\n')
	}
}
