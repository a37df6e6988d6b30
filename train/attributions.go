package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"whence"
	"whence/english"
	"whence/eval"
	"whence/page"
	"whence/reading/quote"
	"whence/text"
)

const (
	quoteModels = "reading/quote/model"
	// folds is into how many parts the articles are dealt, so that the second
	// model learns from what a first model says of articles it has not seen.
	folds = 4
	// leastSeen is how often a feature must occur to be learned from, and
	// leastWeight the smallest mean weight that is kept.
	leastSeen   = 4
	leastWeight = 0.03
	roleRounds  = 3
	partRounds  = 2
	stepSize    = 0.05
	orders      = 3 // of the articles, of whose models the mean is taken
	orderSeed   = 5
	// partLean is what the second model leans to finding parts, see
	// quote.Pack; of 0, .3, .6 and 1 it gave the best relations on the
	// development part. The first model leans to nothing.
	partLean = 0.5
)

// studied is one article of gold.
type studied struct {
	gold  eval.AttributionGold
	study *quote.Study
	words []whence.Span
	all   []goldParts
	roles lesson
	says  roleGuess // of a first model that has not seen the article
}

// goldParts is a gold relation in ranges of words: source, cue, content.
type goldParts [3][][2]int

// roleGuess is what a first model says.
type roleGuess struct {
	labels []uint8
	share  []float64
}

// attributions trains the three models of package quote on the training part of
// PolNeAR, the folder given.
func attributions(w io.Writer, data string) error {
	articles, err := study(data)
	if err != nil {
		return err
	}
	roleWords := numberRoles(articles)
	first, err := trainRoles(w, articles, roleWords)
	if err != nil {
		return err
	}
	partWords, lessons, owners := askParts(articles)
	if err := trainAnswers(articles, lessons, owners, len(partWords.keys)); err != nil {
		return err
	}
	second := learnChain(quote.PartLabels, len(partWords.keys), lessons, partRounds, orders)
	if _, err := fmt.Fprintf(w, "%d articles, %d questions, %d and %d features\n", len(articles), len(lessons), len(roleWords.keys), len(partWords.keys)); err != nil {
		return err
	}
	for _, m := range []struct {
		name  string
		chain *chain
		words *dictionary
		lean  float64
	}{{"roles.zst", first, roleWords, 0}, {"parts.zst", second, partWords, partLean}} {
		packed, rows := m.chain.pack(m.words, m.lean)
		if err := writeQuoteModel(m.name, packed); err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s: %d rows\n", m.name, rows); err != nil {
			return err
		}
	}
	return nil
}

func writeQuoteModel(name string, packed []byte) error {
	compressed, err := english.Compress(packed)
	if err != nil {
		return fmt.Errorf("packing %s: %w", name, err)
	}
	return os.WriteFile(filepath.Join(quoteModels, name), compressed, 0o644)
}

// study reads and analyses the gold articles, on all cores, with the models
// of package english that are there, not with those of this binary.
func study(data string) ([]*studied, error) {
	gold, err := eval.ReadAttributionGold(data)
	if err != nil {
		return nil, err
	}
	models, err := english.LoadModels(os.DirFS(modelFolder))
	if err != nil {
		return nil, err
	}
	articles := make([]*studied, len(gold))
	next := make(chan int)
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			analyser := models.NewAnalyser()
			for i := range next {
				articles[i] = studyOne(gold[i], analyser)
			}
		})
	}
	for i := range gold {
		next <- i
	}
	close(next)
	group.Wait()
	return articles, nil
}

func studyOne(g eval.AttributionGold, analyser *english.Analyser) *studied {
	a := &whence.Article{Path: g.Name, Text: g.Text}
	page.Structure(a)
	var body []whence.Span
	for _, b := range a.Blocks {
		if b.Role.Attributed() {
			body = append(body, b.Span)
		}
	}
	s := &studied{gold: g}
	sentences := text.Sentences(a.Text, body)
	trees := make([]english.Tree, len(sentences))
	for i, sentence := range sentences {
		trees[i] = slices.Clone(analyser.Sentence(sentence.Tokens))
	}
	s.study = quote.NewStudy(a, sentences, trees, analyser.Clusters())
	s.words = s.study.Words()
	for _, r := range g.Relations() {
		var parts goldParts
		for role, spans := range r {
			for _, sp := range spans {
				if from, to := s.inside(sp); from < to {
					parts[role] = append(parts[role], [2]int{from, to})
				}
			}
		}
		s.all = append(s.all, parts)
	}
	s.roles.gold = make([]uint8, len(s.words))
	for _, role := range [...]int{2, 0, 1} { // a cue outweighs a source, and that a content
		for _, parts := range s.all {
			mark(s.roles.gold, parts[role], uint8(2*role+1), 0)
		}
	}
	beginAnew(s.roles.gold)
	return s
}

// beginAnew lets a part that another interrupts begin again behind it.
func beginAnew(labels []uint8) {
	last := 0
	for i, y := range labels {
		if !follows(last, int(y)) {
			labels[i]--
		}
		last = int(labels[i])
	}
}

// inside is the range of words that a span of the text holds.
func (s *studied) inside(sp whence.Span) (from, to int) {
	for from < len(s.words) && s.words[from].End <= sp.Start {
		from++
	}
	for to = from; to < len(s.words) && s.words[to].Start < sp.End; to++ {
	}
	return from, to
}

// mark labels ranges of words, which are counted from the word from.
func mark(labels []uint8, ranges [][2]int, begins uint8, from int) {
	for _, r := range ranges {
		for i := max(r[0], from); i < min(r[1], from+len(labels)); i++ {
			labels[i-from] = begins + 1
			if i == max(r[0], from) {
				labels[i-from] = begins
			}
		}
	}
}

// numberRoles makes the features of the first model.
func numberRoles(articles []*studied) *dictionary {
	d := &dictionary{counts: map[uint32]int32{}}
	var buffer []uint64
	for _, s := range articles {
		for i := range s.words {
			buffer = s.study.RoleFeatures(buffer[:0], i)
			d.count(buffer)
		}
	}
	d.close(leastSeen)
	for _, s := range articles {
		s.roles.features = make([][]int32, len(s.words))
		s.roles.edges = make([]uint8, len(s.words))
		for i := range s.words {
			buffer = s.study.RoleFeatures(buffer[:0], i)
			s.roles.features[i] = d.number(buffer)
			s.roles.edges[i] = s.study.Edge(i)
		}
	}
	return d
}

// trainRoles trains the first model, and one for each fold without its
// articles, and keeps what these say of them.
func trainRoles(w io.Writer, articles []*studied, d *dictionary) (*chain, error) {
	models := make([]*chain, folds+1)
	twoAtATime(len(models), func(fold int) {
		var lessons []*lesson
		for i, s := range articles {
			if fold == folds || i%folds != fold {
				lessons = append(lessons, &s.roles)
			}
		}
		times := 1
		if fold == folds {
			times = orders
		}
		models[fold] = learnChain(quote.RoleLabels, len(d.keys), lessons, roleRounds, times)
	})
	var b beliefs
	for i, s := range articles {
		labels := models[i%folds].decode(&s.roles, &b)
		s.says = roleGuess{labels, append([]float64(nil), b.share...)}
	}
	_, err := fmt.Fprintf(w, "first model: %d features\n", len(d.keys))
	return models[folds], err
}

// twoAtATime does work for 0 to n-1, on two cores: more would want more memory
// than a small machine has.
func twoAtATime(n int, work func(i int)) {
	limit := make(chan struct{}, 2)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			work(i)
		})
	}
	group.Wait()
}

// askParts makes the questions of the second model: for each cue that a first
// model finds likely, and each gold one that it does not. Owners are the numbers of the
// articles that the lessons are of.
func askParts(articles []*studied) (d *dictionary, lessons []*lesson, owners []int) {
	d = &dictionary{counts: map[uint32]int32{}}
	var buffer []uint64
	each := func(visit func(n int, cue [2]int)) {
		for n, s := range articles {
			s.study.SetRoles(s.says.labels, s.says.share)
			for _, cue := range s.cues() {
				visit(n, cue)
			}
		}
	}
	each(func(n int, cue [2]int) {
		from, to, features := articles[n].study.Ask(cue)
		for i := from; i < to; i++ {
			buffer = features(buffer[:0], i)
			d.count(buffer)
		}
	})
	d.close(leastSeen)
	each(func(n int, cue [2]int) {
		s := articles[n]
		from, to, features := s.study.Ask(cue)
		l := &lesson{gold: make([]uint8, to-from)}
		for i := from; i < to; i++ {
			buffer = features(buffer[:0], i)
			l.features = append(l.features, d.number(buffer))
			l.edges = append(l.edges, s.study.Edge(i))
		}
		for _, role := range [...]int{2, 0} {
			for _, parts := range s.all {
				if overlap(parts[1], cue) {
					mark(l.gold, parts[role], uint8(1+role), from)
				}
			}
		}
		beginAnew(l.gold)
		lessons, owners = append(lessons, l), append(owners, n)
	})
	return d, lessons, owners
}

// cues are those that a first model finds likely and the gold ones that it does
// not.
func (s *studied) cues() [][2]int {
	cues := s.study.Cues()
	for _, parts := range s.all {
		for _, gold := range parts[1] {
			if !overlap(cues, gold) {
				cues = append(cues, gold)
			}
		}
	}
	return cues
}

func overlap(ranges [][2]int, r [2]int) bool {
	for _, o := range ranges {
		if o[0] < r[1] && r[0] < o[1] {
			return true
		}
	}
	return false
}
