package eval

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"unicode"

	"whence"
	"whence/page"
	"whence/reading"
	"whence/text"
)

// Attribution scores the attributions that whence reads against brat gold in
// the layout of PolNeAR: gold/text/NAME.txt and
// gold/attributions/NAME_ANNOTATOR.ann, of which the first annotator in byte
// order counts. Offsets are code points, half-open. It prints precision, recall
// and F1, micro-averaged over articles:
//
//	source, cue, content   contiguous spans that are exactly equal
//	tokens.*               tokens inside a role
//	relation.exact         all three roles equal, a missing source equal to none
//	relation               one to one: cues overlap, sources overlap or both
//	                       have none, and the contents share at least half of
//	                       the tokens that either has
//
// The definitions are those of ../shared/score/attribution.py, with which the
// figures agree to the digit. Gold relations without cue or content do not
// count. Of a gold line that breaks the form the rest of the file still does.
func Attribution(w io.Writer, gold string) error {
	articles, err := ReadAttributionGold(gold)
	if err != nil {
		return fmt.Errorf("reading attribution gold in %s: %w", gold, err)
	}
	var rows []attributionRow
	for _, g := range articles {
		rows = append(rows, scoreAttributions(g.Text, g.relations, predicted(readGold(g))))
	}
	return printAttribution(w, rows)
}

// readGold reads the text of a gold article as whence reads plain text.
func readGold(g AttributionGold) *whence.Reading {
	a := &whence.Article{Path: g.Name, Text: g.Text}
	page.Structure(a)
	return reading.Read(a)
}

// roles are what an attribution is made of, in the order of printing.
var roles = [...]string{"source", "cue", "content"}

// relation is one attribution: the spans of each of the roles.
type relation [len(roles)][]whence.Span

// AttributionGold is a text with its gold relations.
type AttributionGold struct {
	Name, Text string
	relations  []relation
}

// Right tells of each attribution found in the text whether it counts as one
// of the gold relations, in a largest one-to-one matching.
func (g *AttributionGold) Right(found []whence.Attribution) []bool {
	x, starts := text.NewIndex(g.Text), scoredTokens(g.Text)
	gold := roleTokens(starts, trimRelations(x, g.relations, full))
	guess := roleTokens(starts, predicted(&whence.Reading{Attributions: found}))
	candidates := make([][]int, len(gold))
	for i := range gold {
		for j := range guess {
			if alike(gold[i], guess[j]) {
				candidates[i] = append(candidates[i], j)
			}
		}
	}
	right := make([]bool, len(found))
	for j := range matched(candidates) {
		right[j] = true
	}
	return right
}

// full tells whether a relation has cue and content.
func full(r relation) bool { return len(r[1]) > 0 && len(r[2]) > 0 }

// ReadAttributionGold reads a folder of gold in the layout of PolNeAR, in the
// order of the annotations' names.
func ReadAttributionGold(dir string) ([]AttributionGold, error) {
	names, err := filepath.Glob(filepath.Join(dir, "attributions", "*.ann"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%w: no attributions/*.ann", whence.ErrNotRecognised)
	}
	sort.Strings(names)
	var articles []AttributionGold
	seen := map[string]bool{}
	for _, name := range names {
		base := filepath.Base(name)
		stem := strings.TrimSuffix(base, ".ann")
		if cut := strings.LastIndexByte(base, '_'); cut >= 0 {
			stem = base[:cut]
		}
		if seen[stem] {
			continue
		}
		seen[stem] = true
		g, err := readGoldArticle(dir, stem, name)
		if err != nil {
			return nil, err
		}
		articles = append(articles, g)
	}
	return articles, nil
}

func readGoldArticle(dir, stem, annotations string) (AttributionGold, error) {
	t, err := os.ReadFile(filepath.Join(dir, "text", stem+".txt"))
	if err != nil {
		return AttributionGold{}, err
	}
	ann, err := os.ReadFile(annotations)
	if err != nil {
		return AttributionGold{}, err
	}
	return AttributionGold{stem, string(t), readBrat(string(ann))}, nil
}

// readBrat reads text-bound annotations and the events that join them.
func readBrat(ann string) []relation {
	spans := map[string][]whence.Span{}
	var events [][]string
	for line := range strings.Lines(ann) {
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		switch {
		case len(fields) < 2:
		case strings.HasPrefix(line, "T"):
			spans[fields[0]] = readFragments(fields[1])
		case strings.HasPrefix(line, "E"):
			events = append(events, strings.Fields(fields[1]))
		}
	}
	var all []relation
	for _, e := range events {
		if r, ok := readEvent(e, spans); ok {
			all = append(all, r)
		}
	}
	return all
}

// readFragments reads the offsets of "Source 10 12;15 18".
func readFragments(s string) []whence.Span {
	_, offsets, _ := strings.Cut(s, " ")
	var all []whence.Span
	for part := range strings.SplitSeq(offsets, ";") {
		ends := strings.Fields(part)
		if len(ends) != 2 {
			continue
		}
		start, err := strconv.Atoi(ends[0])
		if err != nil {
			continue
		}
		end, err := strconv.Atoi(ends[1])
		if err != nil {
			continue
		}
		all = append(all, whence.Span{Start: start, End: end})
	}
	return all
}

// readEvent reads "Attribution:T4 Content:T3 Cue:T2 Source2:T1". It reports
// whether the event has cue and content.
func readEvent(fields []string, spans map[string][]whence.Span) (relation, bool) {
	var r relation
	var full [len(roles)]bool
	for _, arg := range fields[min(1, len(fields)):] {
		name, id, _ := strings.Cut(arg, ":")
		name = strings.ToLower(strings.TrimRight(name, "0123456789"))
		for i, role := range roles {
			if name == role {
				r[i] = append(r[i], spans[id]...)
				full[i] = len(r[i]) > 0
			}
		}
	}
	for i := range r {
		sortSpans(r[i])
	}
	return r, full[1] && full[2]
}

func sortSpans(spans []whence.Span) {
	sort.Slice(spans, func(i, j int) bool {
		if spans[i].Start != spans[j].Start {
			return spans[i].Start < spans[j].Start
		}
		return spans[i].End < spans[j].End
	})
}

// predicted turns a reading into relations.
func predicted(r *whence.Reading) []relation {
	all := make([]relation, len(r.Attributions))
	for i, a := range r.Attributions {
		if a.Source != nil {
			all[i][0] = a.Source.Spans
		}
		all[i][1], all[i][2] = a.Cue.Spans, a.Content.Spans
	}
	return all
}

// count holds what precision, recall and F1 are made of.
type count struct{ both, found, gold int }

func (c *count) add(d count) {
	c.both += d.both
	c.found += d.found
	c.gold += d.gold
}

// attributionRow is the counts of one article, or of a sum of them.
type attributionRow struct {
	exact, tokens [len(roles)]count
	relationExact count
	relation      count
}

func (r *attributionRow) add(o attributionRow) {
	for i := range roles {
		r.exact[i].add(o.exact[i])
		r.tokens[i].add(o.tokens[i])
	}
	r.relationExact.add(o.relationExact)
	r.relation.add(o.relation)
}

// scoreAttributions counts one article.
func scoreAttributions(s string, gold, found []relation) attributionRow {
	x := text.NewIndex(s)
	starts := scoredTokens(s)
	gold = trimRelations(x, gold, full)
	found = trimRelations(x, found, func(r relation) bool { return len(r[1]) > 0 || len(r[2]) > 0 })
	var row attributionRow
	for i := range roles {
		row.exact[i] = inCommon(spanSet(gold, i), spanSet(found, i))
		row.tokens[i] = inCommon(tokenSet(starts, gold, i), tokenSet(starts, found, i))
	}
	goldTokens, foundTokens := roleTokens(starts, gold), roleTokens(starts, found)
	exact, loose := make([][]int, len(gold)), make([][]int, len(gold))
	for i := range gold {
		for j := range found {
			if equalRoles(gold[i], found[j]) {
				exact[i] = append(exact[i], j)
			}
			if alike(goldTokens[i], foundTokens[j]) {
				loose[i] = append(loose[i], j)
			}
		}
	}
	row.relationExact = count{len(matched(exact)), len(found), len(gold)}
	row.relation = count{len(matched(loose)), len(found), len(gold)}
	return row
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

// trimRelations drops white space at the edges of spans, spans that are empty
// then, and relations that keep says nothing for.
func trimRelations(x *text.Index, all []relation, keep func(relation) bool) []relation {
	var kept []relation
	for _, r := range all {
		var t relation
		for i := range roles {
			for _, s := range r[i] {
				if s = trimSpan(x, s); s.Len() > 0 {
					t[i] = append(t[i], s)
				}
			}
		}
		if keep(t) {
			kept = append(kept, t)
		}
	}
	return kept
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

func spanSet(all []relation, role int) map[whence.Span]bool {
	set := map[whence.Span]bool{}
	for _, r := range all {
		for _, s := range r[role] {
			set[s] = true
		}
	}
	return set
}

func tokenSet(starts []int, all []relation, role int) map[int]bool {
	set := map[int]bool{}
	for _, r := range all {
		addTokens(set, starts, r[role])
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

func roleTokens(starts []int, all []relation) [][len(roles)]map[int]bool {
	sets := make([][len(roles)]map[int]bool, len(all))
	for i, r := range all {
		for role := range roles {
			sets[i][role] = map[int]bool{}
			addTokens(sets[i][role], starts, r[role])
		}
	}
	return sets
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

func equalRoles(a, b relation) bool {
	for i := range roles {
		if len(a[i]) != len(b[i]) {
			return false
		}
		for k := range a[i] {
			if a[i][k] != b[i][k] {
				return false
			}
		}
	}
	return true
}

// alike tells whether two relations count as the same one.
func alike(g, p [len(roles)]map[int]bool) bool {
	source := overlap(g[0], p[0]) > 0 || len(g[0]) == 0 && len(p[0]) == 0
	if !source || overlap(g[1], p[1]) == 0 {
		return false
	}
	both := overlap(g[2], p[2])
	union := len(g[2]) + len(p[2]) - both
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

// printAttribution prints the sum of the rows as a table.
func printAttribution(w io.Writer, rows []attributionRow) error {
	var sum attributionRow
	for _, r := range rows {
		sum.add(r)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "articles %d\n%-16s %6s %6s %6s\n", len(rows), "", "P", "R", "F1")
	for i, role := range roles {
		printCount(&b, role, sum.exact[i])
		printCount(&b, "tokens."+role, sum.tokens[i])
	}
	printCount(&b, "relation.exact", sum.relationExact)
	printCount(&b, "relation", sum.relation)
	_, err := io.WriteString(w, b.String())
	return err
}

func printCount(b *strings.Builder, name string, c count) {
	percent := func(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }
	fmt.Fprintf(b, "%-16s %6.1f %6.1f %6.1f\n", name, percent(c.both, c.found), percent(c.both, c.gold), percent(2*c.both, c.found+c.gold))
}
