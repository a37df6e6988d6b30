package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"math/bits"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"whence/english"
	"whence/text"
)

const (
	// classes is how many word classes are learned, leastCount how often a
	// word must occur to be put into one, and rounds how often every word may
	// move.
	classes    = 800
	leastCount = 4
	rounds     = 12
	// longestWord is in bytes.
	longestWord = 30
)

// clusters learns word classes from unlabelled news: the exchange algorithm
// over class bigrams (Kneser and Ney 1993; Martin, Liermann and Ney 1998)
// finds flat classes, and greedy merging by mutual information (Brown et al.
// 1992) makes a binary tree of them. The path of a word's class in the tree is
// what english.Clusters gives.
func clusters(w io.Writer, data string) error {
	c, err := readBigrams(data)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "%d words in %d running words, %d bigrams\n", len(c.words), c.tokens, len(c.next.to)); err != nil {
		return err
	}
	return writeModel(english.ClusterFile, []byte(learnClusters(c, classes)))
}

// learnClusters finds n classes and gives their table.
func learnClusters(c *corpus, n int) string {
	e := newExchange(c, n)
	for range rounds {
		if e.round() < len(c.words)/500 {
			break
		}
	}
	return clusterTable(c.words, e.class, tree(e))
}

// clusterTable is the table of clusters as package english reads it: classes
// in the order of their paths, words in that of their frequency.
func clusterTable(words []string, class []int32, paths []string) string {
	of := make(map[string][]string, len(paths))
	for i, w := range words[1:] {
		p := paths[class[i+1]]
		of[p] = append(of[p], w)
	}
	var b strings.Builder
	for _, p := range slices.Sorted(maps.Keys(of)) {
		b.WriteString(p + "\t" + strings.Join(of[p], "\t") + "\n")
	}
	return b.String()
}

// wordLike tells whether a token is to be put into a class: addresses, names of
// accounts and very long tokens are not.
func wordLike(token string) bool {
	return len(token) <= longestWord && !strings.ContainsAny(token, "@/\\_\t\n") && !strings.HasPrefix(token, "#") &&
		!strings.HasPrefix(strings.ToLower(token), "www.")
}

// corpus is a text as word bigrams. Word 0 stands for the edges of sentences
// and for every word that is too rare.
type corpus struct {
	words  []string
	counts []int
	tokens int
	next   sparse // bigrams by first word
	prev   sparse // and by second
}

// sparse is a matrix of counts by rows.
type sparse struct {
	start []int
	to    []int32
	n     []int32
}

// readBigrams reads the articles below a folder: news/articles.jsonl.gz and
// gva/incidents.jsonl.
func readBigrams(folder string) (*corpus, error) {
	return bigramsOf(func(visit func(words []string)) error { return eachSentence(folder, visit) })
}

// bigramsOf counts the bigrams of the sentences that each visits, the same each
// time.
func bigramsOf(each func(visit func(words []string)) error) (*corpus, error) {
	counts := map[string]int{}
	if err := each(func(words []string) {
		for _, w := range words {
			counts[w]++
		}
	}); err != nil {
		return nil, err
	}
	c := &corpus{words: []string{""}}
	for w, n := range counts {
		if n >= leastCount && wordLike(w) {
			c.words = append(c.words, w)
		}
	}
	sort.Slice(c.words[1:], func(i, j int) bool {
		a, b := c.words[1+i], c.words[1+j]
		if counts[a] != counts[b] {
			return counts[a] > counts[b]
		}
		return a < b
	})
	ids := make(map[string]int32, len(c.words))
	for i, w := range c.words {
		ids[w] = int32(i)
	}
	c.counts = make([]int, len(c.words))
	bigrams := map[uint64]int32{}
	if err := each(func(words []string) {
		last := int32(0)
		for _, w := range words {
			id := ids[w]
			c.counts[id]++
			c.tokens++
			bigrams[uint64(last)<<32|uint64(id)]++
			last = id
		}
		bigrams[uint64(last)<<32]++
		c.counts[0]++
	}); err != nil {
		return nil, err
	}
	keys := make([]uint64, 0, len(bigrams))
	for k := range bigrams {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	c.next = rows(keys, len(c.words), func(k uint64) (int32, int32) { return int32(k >> 32), int32(k) }, bigrams)
	slices.SortFunc(keys, func(a, b uint64) int {
		ra, rb := bits.RotateLeft64(a, 32), bits.RotateLeft64(b, 32)
		if ra < rb {
			return -1
		} else if ra > rb {
			return 1
		}
		return 0
	})
	c.prev = rows(keys, len(c.words), func(k uint64) (int32, int32) { return int32(k), int32(k >> 32) }, bigrams)
	return c, nil
}

func rows(keys []uint64, n int, split func(uint64) (int32, int32), count map[uint64]int32) sparse {
	m := sparse{start: make([]int, n+1), to: make([]int32, 0, len(keys)), n: make([]int32, 0, len(keys))}
	for _, k := range keys {
		row, to := split(k)
		m.to = append(m.to, to)
		m.n = append(m.n, count[k])
		m.start[row+1] = len(m.to)
	}
	for i := 1; i <= n; i++ {
		m.start[i] = max(m.start[i], m.start[i-1])
	}
	return m
}

// eachSentence calls visit with the words of each sentence, as english.Cluster
// looks them up.
func eachSentence(folder string, visit func([]string)) error {
	for _, source := range []struct {
		file string
		text func(*json.Decoder) ([]string, error)
	}{
		{"news/articles.jsonl.gz", func(d *json.Decoder) ([]string, error) {
			var a struct{ Text string }
			err := d.Decode(&a)
			return []string{a.Text}, err
		}},
		{"gva/incidents.jsonl", func(d *json.Decoder) ([]string, error) {
			var incident struct {
				Articles []struct{ Content string }
			}
			err := d.Decode(&incident)
			var texts []string
			for _, a := range incident.Articles {
				texts = append(texts, a.Content)
			}
			return texts, err
		}},
	} {
		if err := eachText(filepath.Join(folder, source.file), source.text, func(s string) {
			for _, sentence := range text.Sentences(s, nil) {
				words := make([]string, len(sentence.Tokens))
				for i, t := range sentence.Tokens {
					words[i] = english.ClusterKey(t.Text)
				}
				visit(words)
			}
		}); err != nil {
			return err
		}
	}
	return nil
}

func eachText(path string, next func(*json.Decoder) ([]string, error), visit func(string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	var r io.Reader = bufio.NewReaderSize(f, 1<<20)
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(r); err != nil {
			return fmt.Errorf("opening %s: %w", path, err)
		}
	}
	for d := json.NewDecoder(r); ; {
		texts, err := next(d)
		if errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("reading %s: %w", path, err)
		}
		for _, t := range texts {
			visit(t)
		}
	}
}

// exchange moves words between classes to raise the likelihood of the class
// bigram model, sum over class pairs of N log N less twice that over classes.
type exchange struct {
	c       *corpus
	classes int
	class   []int32
	n       []int32 // [from*classes+to] bigrams between classes
	sum     []int64 // words in a class, running
	xlogx   []float64
	// scratch: bigrams of the word at hand with each class
	right, left   []int32
	rights, lefts []int32 // the classes that right and left are not 0 for
}

func newExchange(c *corpus, classes int) *exchange {
	e := &exchange{
		c: c, classes: classes, class: make([]int32, len(c.words)), n: make([]int32, classes*classes), sum: make([]int64, classes),
		right: make([]int32, classes), left: make([]int32, classes), xlogx: make([]float64, 1<<16),
	}
	for i := 1; i < len(e.xlogx); i++ {
		e.xlogx[i] = float64(i) * math.Log(float64(i))
	}
	// Class 0 holds word 0 alone; frequent words begin apart.
	for i := 1; i < len(e.class); i++ {
		e.class[i] = int32(1 + (i-1)%(classes-1))
	}
	for w := range c.words {
		e.sum[e.class[w]] += int64(c.counts[w])
		for i := c.next.start[w]; i < c.next.start[w+1]; i++ {
			e.n[int(e.class[w])*classes+int(e.class[c.next.to[i]])] += c.next.n[i]
		}
	}
	return e
}

func (e *exchange) nlogn(n int64) float64 {
	if n < int64(len(e.xlogx)) {
		return e.xlogx[n]
	}
	return float64(n) * math.Log(float64(n))
}

// round offers every word a move, and tells how many took it.
func (e *exchange) round() int {
	moved := 0
	for w := 1; w < len(e.class); w++ {
		if e.move(w) {
			moved++
		}
	}
	return moved
}

// move takes word w out of its class and puts it where it fits best.
func (e *exchange) move(w int) bool {
	self := e.gather(w)
	from := int(e.class[w])
	e.add(from, -1, self, int64(e.c.counts[w]))
	best, most := from, math.Inf(-1)
	for to := 1; to < e.classes; to++ {
		if gain := e.gain(to, self, int64(e.c.counts[w])); gain > most+1e-9 {
			best, most = to, gain
		}
	}
	e.add(best, 1, self, int64(e.c.counts[w]))
	e.class[w] = int32(best)
	return best != from
}

// gather counts the bigrams of w with each class, and with itself apart.
func (e *exchange) gather(w int) (self int32) {
	for _, k := range e.rights {
		e.right[k] = 0
	}
	for _, k := range e.lefts {
		e.left[k] = 0
	}
	e.rights, e.lefts = e.rights[:0], e.lefts[:0]
	for i := e.c.next.start[w]; i < e.c.next.start[w+1]; i++ {
		to, n := e.c.next.to[i], e.c.next.n[i]
		if int(to) == w {
			self = n
			continue
		}
		k := e.class[to]
		if e.right[k] == 0 {
			e.rights = append(e.rights, k)
		}
		e.right[k] += n
	}
	for i := e.c.prev.start[w]; i < e.c.prev.start[w+1]; i++ {
		if from := e.c.prev.to[i]; int(from) != w {
			k := e.class[from]
			if e.left[k] == 0 {
				e.lefts = append(e.lefts, k)
			}
			e.left[k] += e.c.prev.n[i]
		}
	}
	return self
}

// add puts the gathered word into class k (sign 1) or takes it out (-1).
func (e *exchange) add(k, sign int, self int32, count int64) {
	s := int32(sign)
	for _, r := range e.rights {
		e.n[k*e.classes+int(r)] += s * e.right[r]
	}
	for _, l := range e.lefts {
		e.n[int(l)*e.classes+k] += s * e.left[l]
	}
	e.n[k*e.classes+k] += s * self
	e.sum[k] += int64(sign) * count
}

// gain is what the likelihood wins where the gathered word joins class k. It
// is in no class now.
func (e *exchange) gain(k int, self int32, count int64) float64 {
	g := -2 * (e.nlogn(e.sum[k]+count) - e.nlogn(e.sum[k]))
	row := e.n[k*e.classes : (k+1)*e.classes]
	for _, r := range e.rights {
		if int(r) != k {
			n := int64(row[r])
			g += e.nlogn(n+int64(e.right[r])) - e.nlogn(n)
		}
	}
	for _, l := range e.lefts {
		if int(l) != k {
			n := int64(e.n[int(l)*e.classes+k])
			g += e.nlogn(n+int64(e.left[l])) - e.nlogn(n)
		}
	}
	n := int64(row[k])
	return g + e.nlogn(n+int64(e.right[k])+int64(e.left[k])+int64(self)) - e.nlogn(n)
}

// tree merges the classes two at a time, each time the two whose merging
// loses least likelihood, and gives the path of each class from the root.
func tree(e *exchange) []string {
	live := make([]int, 0, e.classes)
	for k := 1; k < e.classes; k++ {
		live = append(live, k)
	}
	members := make([][]int, e.classes)
	for k := range members {
		members[k] = []int{k}
	}
	paths := make([]string, e.classes)
	loss := make([][]float64, e.classes)
	for i := range loss {
		loss[i] = make([]float64, e.classes)
	}
	for i, a := range live {
		for _, b := range live[:i] {
			loss[a][b] = e.loss(live, a, b)
			loss[b][a] = loss[a][b]
		}
	}
	for len(live) > 1 {
		x, y := live[0], live[1]
		for i, a := range live {
			for _, b := range live[:i] {
				if loss[a][b] < loss[x][y] {
					x, y = b, a
				}
			}
		}
		for _, k := range members[x] {
			paths[k] = "0" + paths[k]
		}
		for _, k := range members[y] {
			paths[k] = "1" + paths[k]
		}
		members[x] = append(members[x], members[y]...)
		e.merge(x, y)
		live = slices.DeleteFunc(live, func(k int) bool { return k == y })
		// The losses of other pairs change a little with the merge; they are
		// taken as they were, and made anew for the pairs of the merged class.
		for _, k := range live {
			if k != x {
				loss[x][k] = e.loss(live, x, k)
				loss[k][x] = loss[x][k]
			}
		}
	}
	return paths
}

// loss is what the likelihood loses where classes a and b are one.
func (e *exchange) loss(live []int, a, b int) float64 {
	g := 2 * (e.nlogn(e.sum[a]+e.sum[b]) - e.nlogn(e.sum[a]) - e.nlogn(e.sum[b]))
	at := func(i, j int) int64 { return int64(e.n[i*e.classes+j]) }
	pair := func(m, n int64) {
		if m > 0 && n > 0 {
			g -= e.nlogn(m+n) - e.nlogn(m) - e.nlogn(n)
		}
	}
	pair(at(a, 0), at(b, 0))
	pair(at(0, a), at(0, b))
	for _, k := range live {
		if k != a && k != b {
			pair(at(a, k), at(b, k))
			pair(at(k, a), at(k, b))
		}
	}
	inside := at(a, a) + at(a, b) + at(b, a) + at(b, b)
	return g - e.nlogn(inside) + e.nlogn(at(a, a)) + e.nlogn(at(a, b)) + e.nlogn(at(b, a)) + e.nlogn(at(b, b))
}

// merge puts class y into x.
func (e *exchange) merge(x, y int) {
	for k := range e.classes {
		e.n[x*e.classes+k] += e.n[y*e.classes+k]
		e.n[y*e.classes+k] = 0
	}
	for k := range e.classes {
		e.n[k*e.classes+x] += e.n[k*e.classes+y]
		e.n[k*e.classes+y] = 0
	}
	e.sum[x] += e.sum[y]
	e.sum[y] = 0
}
