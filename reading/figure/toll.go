package figure

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	"whence"
	"whence/english"
	"whence/text"
)

// Total is how many persons met a fate in the event that an article is about.
type Total struct {
	Low, High whence.Bound
	// From are the ids of the figures and names that the number rests on. It is
	// empty where the article says only by its silence that there was nobody.
	From []string
	// Score is the probability that a model gives the number, 0 to 1.
	Score float64
}

// Toll is how many persons an article reports "killed" or "injured" in the one
// event that it is about, as a recorder of casualties would enter it: each
// person once; whoever died of their wounds among the killed; the attacker too.
// It answers no other measure, and not where neither title nor text tell of
// casualties.
//
// A figure of the reading says what its words say. A toll is a conclusion from
// all of them: totals, sums of parts ("a man and a woman were killed; two
// others wounded"), names of the dead, signs such as "condition" and
// "homicide". So it reads the article's sentences again; what they give for
// dead, injured and shot (either) are numbers to choose from, and a log-linear
// model over how a pair of killed and injured stands to them chooses
// (see doc/models.md). Sentences that name another year are left out.
func Toll(r *whence.Reading, measure string) (Total, bool) {
	return Tolls([]*whence.Reading{r}, measure)
}

// Tolls is the toll by several articles about one event, as [Casualties] has it.
func Tolls(readings []*whence.Reading, measure string) (Total, bool) {
	killed, injured, ok := Casualties(readings)
	switch fateOf[measure] {
	case dead:
		return killed, ok && measure == killedMeasure
	case hurt:
		return injured, ok
	}
	return Total{}, false
}

// killedMeasure is the measure of the dead.
const killedMeasure = "killed"

// Casualties is both tolls by several articles about one event. The rule: every
// article gives each number the probability that it has by this article alone,
// times one and a half for one article published before it, twice for two, and
// so on; the number with the highest sum is the toll. So the latest
// publication wins over one that differs, unless others, or its own doubt, stand
// against it. From names the findings of the latest article that has the number
// by itself.
func Casualties(readings []*whence.Reading) (killed, injured Total, ok bool) {
	analyser := analysers.Get().(*english.Analyser)
	defer analysers.Put(analyser)
	var polls [2]poll
	for i := range polls {
		polls[i] = poll{votes: map[float64]float64{}, from: map[float64]*gatherer{}}
	}
	for _, r := range inTime(readings) {
		if r.Language != "" && !strings.HasPrefix(r.Language, "en") {
			continue
		}
		g := gather(analyser, r)
		if !g.tells() {
			continue
		}
		ok = true
		weight := 1 + later*float64(earlier(readings, r))
		chances := tollModel().chances(&g.evidence)
		for i := range polls {
			polls[i].add(g, chances[i], weight)
		}
	}
	if !ok {
		return Total{}, Total{}, false
	}
	return polls[dead].total(dead), polls[hurt].total(hurt), true
}

// poll is what articles say of one fate.
type poll struct {
	votes map[float64]float64
	cast  float64
	from  map[float64]*gatherer // the latest for which the number is the likeliest
}

func (p *poll) add(g *gatherer, chances map[float64]float64, weight float64) {
	for n, q := range chances {
		p.votes[n] += weight * q
	}
	p.cast += weight
	p.from[likeliest(chances)] = g
}

func (p *poll) total(f fate) Total {
	n := likeliest(p.votes)
	t := Total{Low: whence.At(n), High: whence.At(n), Score: p.votes[n] / p.cast}
	if g := p.from[n]; g != nil {
		t.From = g.support(f, n)
	}
	return t
}

// later is how much more an article weighs for each that came out before it.
const later = 0.5

var analysers = sync.Pool{New: func() any { return english.NewAnalyser() }}

// inTime orders readings by publication.
func inTime(readings []*whence.Reading) []*whence.Reading {
	return slices.SortedStableFunc(slices.Values(readings), func(a, b *whence.Reading) int {
		return cmp.Compare(a.Published.String(), b.Published.String())
	})
}

// earlier counts the readings published before r.
func earlier(readings []*whence.Reading, r *whence.Reading) int {
	n := 0
	for _, o := range readings {
		if o.Published.String() < r.Published.String() {
			n++
		}
	}
	return n
}

// likeliest is the number with the most; of equals, the lowest.
func likeliest(p map[float64]float64) float64 {
	best, most := 0.0, -1.0
	for _, n := range slices.Sorted(maps.Keys(p)) {
		if p[n] > most {
			best, most = n, p[n]
		}
	}
	return best
}

// The sources of a number.
const (
	inTitle = iota // what the title adds up to
	first          // the first sentence of the text that gives one
	firstBy        // the first sentence that gives one by a number word
	largest        // of all sentences
	commonest
	named  // different names
	paired // the first sentence that tells of the dead and of others
	final  // the last sentence that gives one
	secondMost
	multiple // "a double shooting", "two counts of murder"
	ranked   // "a third person"
	aged     // different ages
	nouns    // different nouns for one person
	namedAll // different names of those hurt, shot or treated, and not dead
	agedAll  // different ages of these
	sources
)

// The signs of a number that none gives.
const (
	told  = iota // some sentence tells of the fate
	often        // three or more do
	crowd        // persons without a number
	titleTold
	single // one person without a number word
	flags
)

// The signs of an article.
const (
	homicide  = iota
	attempted // "attempted murder"
	mourning
	healing
	grave
	hospital
	suicide
	apart   // several events
	deadly  // "a deadly shooting"
	oneself // somebody killed or shot themselves
	signs
)

var signOf = [signs]english.MeasureClass{
	homicide: english.Homicide, mourning: english.Mourning, healing: english.Healing, grave: english.Grave,
	hospital: english.Hospital, suicide: english.Suicide, apart: english.Apart,
	deadly: english.Deadly,
}

// account is what an article says of one fate: numbers of persons to choose
// from, -1 where a source gives none.
type account struct {
	sources [sources]float64
	flags   [flags]bool
	votes   map[float64]int // sentences that give a number
	cast    int             // all of them
}

// evidence is all that an article says of casualties.
type evidence struct {
	of    [fates]account
	signs [signs]bool
}

// gatherer goes through the sentences of an article.
type gatherer struct {
	evidence
	reading *whence.Reading
	year    string // of publication
	names   [fates][][]string
	ages    [fates]map[float64]bool
	nouns   [fates]map[string]bool
	number  [fates]int // of sentences
	heads   [fates][]mention
}

// mention is a word for somebody, in a sentence that adds up to a number.
type mention struct {
	whence.Span
	persons float64
}

// gather reads an article's title and text for fates.
func gather(a *english.Analyser, r *whence.Reading) *gatherer {
	g := &gatherer{reading: r}
	if d := r.Published.String(); len(d) >= 4 {
		g.year = d[:4]
	}
	for f := range g.of {
		for s := range g.of[f].sources {
			g.of[f].sources[s] = -1
		}
		g.of[f].votes, g.ages[f], g.nouns[f] = map[float64]int{}, map[float64]bool{}, map[string]bool{}
	}
	sentences := text.Sentences(r.Text, body(&r.Article))
	small := smallWords(sentences)
	for _, s := range text.Sentences(r.Title, nil) {
		s.Tokens = beforeOutlet(s.Tokens)
		g.title(newView(a, uncapitalised(s, small)))
	}
	for _, s := range sentences {
		s.Tokens = afterDateline(s.Tokens)
		g.sentence(newView(a, s))
	}
	g.finish()
	return g
}

// body is the spans of the body blocks; nil for an article without blocks,
// which is read whole.
func body(a *whence.Article) []whence.Span {
	if len(a.Blocks) == 0 {
		return nil
	}
	spans := []whence.Span{}
	for _, b := range a.Blocks {
		if b.Role.Body() {
			spans = append(spans, b.Span)
		}
	}
	if len(spans) == 0 {
		spans = append(spans, whence.Span{}) // nothing, which is not the whole
	}
	return spans
}

// beforeOutlet is a title without the outlet's name at its end: " - WQRL News 5".
func beforeOutlet(tokens []text.Token) []text.Token {
	for i := shortest; i < len(tokens)-1; i++ {
		if divides(tokens, i) && capitals(tokens[i+1:]) {
			return tokens[:i]
		}
	}
	return tokens
}

// smallWords are the words of the text that are written in small letters.
func smallWords(sentences []text.Sentence) map[string]bool {
	words := map[string]bool{}
	for i := range sentences {
		for _, t := range sentences[i].Tokens {
			if 'a' <= t.Text[0] && t.Text[0] <= 'z' {
				words[t.Text] = true
			}
		}
	}
	return words
}

// uncapitalised is a sentence whose words are nearly all capitalised with those in
// small letters that the text or the tables of fates know so: the tree of a
// headline is better for it.
func uncapitalised(s text.Sentence, small map[string]bool) text.Sentence {
	words, capitals := 0, 0
	for _, t := range s.Tokens {
		switch c := t.Text[0]; {
		case 'A' <= c && c <= 'Z':
			capitals++
			words++
		case 'a' <= c && c <= 'z' && len(t.Text) > shortest:
			words++
		}
	}
	if capitals < 4 || capitals*10 < words*8 {
		return s
	}
	tokens := slices.Clone(s.Tokens)
	for i := range tokens {
		low := strings.ToLower(tokens[i].Text)
		if _, fate := fateOf[english.MeasureOf(low).Name]; (i > 0 || fate) && (fate || small[low]) {
			tokens[i].Text = low
		}
	}
	s.Tokens = tokens
	return s
}

// furthestDateline is how many tokens a dateline has at most.
const furthestDateline = 14

// afterDateline is a sentence without the dateline at its start: "KARVIK, Corvany
// (WQRL) - ".
func afterDateline(tokens []text.Token) []text.Token {
	for i := 1; i < min(furthestDateline, len(tokens)-1); i++ {
		if divides(tokens, i) && capitals(tokens[:i]) {
			return tokens[i+1:]
		}
	}
	return tokens
}

// divides tells whether token i is a dash or a bar with blanks on both sides.
func divides(tokens []text.Token, i int) bool {
	switch tokens[i].Text {
	case "-", "–", "—", "--", "|":
		return tokens[i].Start > tokens[i-1].End && tokens[i+1].Start > tokens[i].End
	}
	return false
}

// capitals tells whether all words are written with a capital and tell of no
// casualties.
func capitals(tokens []text.Token) bool {
	for _, t := range tokens {
		if 'a' <= t.Text[0] && t.Text[0] <= 'z' {
			return false
		}
		if _, ok := fateOf[english.MeasureOf(t.Text).Name]; ok {
			return false
		}
	}
	return true
}

func newView(a *english.Analyser, s text.Sentence) *view {
	v := &view{tokens: s.Tokens, tree: a.Sentence(s.Tokens)}
	v.quantities = Quantities(nil, s, v.tree)
	return v
}

// tells tells whether the article speaks of casualties at all.
func (g *gatherer) tells() bool {
	for f := range g.of {
		if g.of[f].flags[told] || g.of[f].flags[titleTold] {
			return true
		}
	}
	return g.signs[homicide]
}

func (g *gatherer) title(v *view) {
	g.sign(v)
	tallies := v.fates()
	for f := range tallies {
		a, t := &g.of[f], &tallies[f]
		a.note(t)
		if len(t.heads) == 0 && !t.told {
			continue
		}
		a.flags[told], a.flags[titleTold] = true, true
		if t.persons > 0 {
			a.sources[inTitle] = max(a.sources[inTitle], 0) + t.persons
		}
	}
}

func (g *gatherer) sentence(v *view) {
	if v.aside() {
		return
	}
	g.sign(v)
	if g.elsewhen(v) {
		return
	}
	tallies := v.fates()
	for f := range tallies {
		a, t := &g.of[f], &tallies[f]
		a.note(t)
		if len(t.heads) == 0 && !t.told {
			continue
		}
		a.flags[told] = true
		g.number[f]++
		g.who(v, f, t)
		if t.persons > 0 {
			a.add(t)
		}
	}
	if tallies[dead].persons > 0 && tallies[hurt].persons+tallies[shot].persons > 0 {
		for f := range tallies {
			g.of[f].first(paired, tallies[f].persons)
		}
	}
}

// aside tells whether a sentence leads to another report: "RELATED: …", "1:09 …".
func (v *view) aside() bool {
	first := v.tokens[0].Text
	if len(v.tokens) > 3 && len(first) >= 4 && first[0] >= '0' && first[0] <= '9' && strings.Contains(first, ":") {
		return true
	}
	for k := range min(3, len(v.tokens)) {
		if v.tokens[k].Text == ":" {
			return k > 0 && english.MeasureWord(first).Has(english.Aside) && first == strings.ToUpper(first)
		}
	}
	return false
}

// note takes what counts wherever it stands.
func (a *account) note(t *tally) {
	a.flags[crowd] = a.flags[crowd] || t.more
	if t.multiple > 0 {
		a.sources[multiple] = max(a.sources[multiple], t.multiple)
	}
	if t.rank > 0 {
		a.sources[ranked] = max(a.sources[ranked], t.rank)
	}
}

// add takes what a sentence of the text adds up to.
func (a *account) add(t *tally) {
	n := t.persons
	if n == 1 && !t.numbered {
		a.flags[single] = true
	}
	a.votes[n]++
	a.cast++
	a.first(first, n)
	if t.numbered {
		a.first(firstBy, n)
	}
	a.sources[largest] = max(a.sources[largest], n)
	a.sources[final] = n
}

func (a *account) first(source int, n float64) {
	if a.sources[source] < 0 {
		a.sources[source] = n
	}
}

// sign notes the signs of a sentence.
func (g *gatherer) sign(v *view) {
	for k := range v.tree {
		w := english.MeasureWord(v.tree[k].Lemma)
		if k+1 < len(v.tree) && english.MeasurePhrase(v.tree[k].Lemma) {
			w |= english.MeasureWord(v.tree[k].Lemma + "_" + v.tree[k+1].Lemma)
		}
		switch {
		case w == 0:
		case w.Has(english.Homicide) && v.attempted(k):
			g.signs[attempted] = true
			continue
		default:
			for s, class := range signOf {
				g.signs[s] = g.signs[s] || w.Has(class)
			}
		}
		if h := v.tree[k].Head; h >= 0 && english.NameWord(v.tokens[k].Text).Has(english.Reflexive) {
			m, _ := v.own(h)
			g.signs[oneself] = g.signs[oneself] || m.Name == "killed" || m.Name == "shot" || english.MeasureWord(v.tree[h].Lemma).Has(english.Turns)
		}
	}
}

// elsewhen tells whether a sentence names another year than that of publication.
func (g *gatherer) elsewhen(v *view) bool {
	for k := range v.tree {
		w := english.MeasureWord(v.tokens[k].Text)
		if k+1 < len(v.tree) {
			w |= english.MeasureWord(v.tokens[k].Text + "_" + v.tokens[k+1].Text)
		}
		if w.Has(english.Yearly) {
			return true
		}
	}
	if g.year == "" {
		return false
	}
	for i := range v.quantities {
		q := &v.quantities[i]
		if q.Kind != Label || q.NumberTo != q.NumberFrom+1 {
			continue
		}
		if w := v.tokens[q.NumberFrom].Text; len(w) == 4 && (w[:2] == "19" || w[:2] == "20") && w != g.year && !v.model(q.NumberTo) {
			return true
		}
	}
	return false
}

// model tells whether what follows a year is the name of a thing made in it: "a 2004
// Harding Escape".
func (v *view) model(k int) bool { return k < len(v.tree) && v.tree[k].Tag == english.NNP }

// who notes who meets a fate.
func (g *gatherer) who(v *view, f int, t *tally) {
	for _, h := range t.heads {
		g.heads[f] = append(g.heads[f], mention{v.tokens[h].Span, t.persons})
		switch v.tree[h].Tag {
		case english.NNP:
			from, to := h, h+1
			for from > 0 && v.tree[from-1].Tag == english.NNP {
				from--
			}
			for to < len(v.tree) && v.tree[to].Tag == english.NNP {
				to++
			}
			g.name(f, v.tokens[from:to])
		case english.NN:
			g.nouns[f][strings.ToLower(v.tree[h].Lemma)] = true
		}
		for i := range v.quantities {
			if q := &v.quantities[i]; q.Kind == Age && v.tree.Within(q.NumberFrom, h) {
				g.ages[f][q.Low.Value] = true
			}
		}
	}
}

// shortest is the fewest letters of a word that tells names apart.
const shortest = 3

// name enters a name; it is another than those before if it shares no word
// with them.
func (g *gatherer) name(f int, tokens []text.Token) {
	var words []string
	for _, t := range tokens {
		if len(t.Text) >= shortest && !english.NameWord(t.Text).Has(english.Honorific|english.Suffix) {
			words = append(words, t.Text)
		}
	}
	if len(words) == 0 {
		return
	}
	for i, known := range g.names[f] {
		for _, w := range words {
			if slices.Contains(known, w) {
				g.names[f][i] = append(known, words...)
				return
			}
		}
	}
	g.names[f] = append(g.names[f], words)
}

// unite counts the names and ages of all who live, whatever is said of them.
func (g *gatherer) unite() {
	survivors := [][]string{}
	ages := map[float64]bool{}
	for _, f := range []fate{hurt, shot, treated} {
		for _, words := range g.names[f] {
			if !namesake(g.names[dead], words) && !namesake(survivors, words) {
				survivors = append(survivors, words)
			}
		}
		for a := range g.ages[f] {
			if !g.ages[dead][a] {
				ages[a] = true
			}
		}
	}
	for source, n := range map[int]int{namedAll: len(survivors), agedAll: len(ages)} {
		if n > 0 {
			g.of[hurt].sources[source] = float64(n)
		}
	}
}

// namesake tells whether one of the names shares a word with these.
func namesake(names [][]string, words []string) bool {
	return slices.ContainsFunc(names, func(known []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(known, w) })
	})
}

// oftenAt is how many sentences are often.
const oftenAt = 3

func (g *gatherer) finish() {
	g.unite()
	for f := range g.of {
		a := &g.of[f]
		a.flags[often] = g.number[f] >= oftenAt
		for source, n := range map[int]int{named: len(g.names[f]), aged: len(g.ages[f]), nouns: len(g.nouns[f])} {
			if n > 0 {
				a.sources[source] = float64(n)
			}
		}
		order := slices.SortedFunc(maps.Keys(a.votes), func(x, y float64) int {
			return cmp.Or(a.votes[y]-a.votes[x], cmp.Compare(y, x))
		})
		for i, source := range []int{commonest, secondMost} {
			if i < len(order) {
				a.sources[source] = order[i]
			}
		}
	}
}

// support is the ids of the figures and names of the reading that stand in
// sentences which add up to the number; of all that speak of the fate, where no
// sentence does.
func (g *gatherer) support(f fate, n float64) (ids []string) {
	if n == 0 {
		return nil
	}
	mentions := slices.Clone(g.heads[f])
	if exact := slices.DeleteFunc(slices.Clone(mentions), func(m mention) bool { return m.persons != n }); len(exact) > 0 {
		mentions = exact
	}
	holds := func(s whence.Span) bool {
		at, ok := slices.BinarySearchFunc(mentions, s.Start, func(m mention, start int) int { return cmp.Compare(m.Start, start) })
		return ok || at < len(mentions) && s.Overlaps(mentions[at].Span)
	}
	slices.SortFunc(mentions, func(a, b mention) int { return cmp.Compare(a.Start, b.Start) })
	for i := range g.reading.Figures {
		fig := &g.reading.Figures[i]
		if holds(fig.Span) || fig.Counted != nil && holds(fig.Counted.Span) {
			ids = append(ids, fig.ID)
		}
	}
	for i := range g.reading.Names {
		if slices.ContainsFunc(g.reading.Names[i].Mentions, holds) {
			ids = append(ids, g.reading.Names[i].ID)
		}
	}
	return ids
}
