package figure

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed model/toll.txt
var tollTable string

// weights are those of a log-linear model over pairs of a number of killed and
// a number of injured.
type weights []float32

// tollModel is the model that ships.
var tollModel = sync.OnceValue(func() weights {
	w, err := readWeights(tollTable)
	if err != nil {
		panic(err) // a mistake of the build, caught by the tests
	}
	return w
})

// The kinds of relation between a candidate and a number from the text.
const (
	equal = iota
	equalMany
	oneMore
	oneLess
	above
	below
	absentNone // the text gives no number, and the candidate is 0
	absentOne
	absentMany
	oneMoreSelf // with one who killed themselves
	equalSelf
	kinds
)

// The targets of comparison.
const (
	theKilled = iota
	theInjured
	both // added up
	targets
)

// Numbers of features of one sort, and where each sort starts.
const (
	buckets    = 4 // of a number: 0, 1, 2, more
	shares     = 5 // of the share of sentences that give the candidate
	agreements = 6 // of the number of sources that give it
	pairs      = 6 // of each number of a pair: 0 to 4, more

	flagBase  = targets * int(fates) * sources * kinds
	signBase  = flagBase + both*int(fates)*flags*2*buckets
	voteBase  = signBase + both*signs*2*buckets
	pairBase  = voteBase + targets*int(fates)*(shares+agreements)
	jointBase = pairBase + pairs*pairs
	tellBase  = jointBase + len(compared)*len(jointly)*standings
	features  = tellBase + both*(2<<len(telling))*buckets
)

// jointly are sources whose standings towards a candidate are looked at together: none,
// the same number, or another.
var jointly = [...][5]int{
	{inTitle, first, commonest, largest, named},
	{inTitle, multiple, ranked, nouns, aged},
	{final, secondMost, firstBy, paired, namedAll},
}

// standings is how many there are of five sources: three of each.
const standings = 3 * 3 * 3 * 3 * 3

// compared are the fates whose sources are looked at jointly for a target, and how many
// lists of sources are.
var compared = [...]struct {
	target int
	of     fate
	lists  int
}{
	{theKilled, dead, 3}, {theKilled, shot, 3}, {theKilled, hurt, 1},
	{theInjured, hurt, 3}, {theInjured, shot, 3}, {theInjured, dead, 1},
	{both, shot, 1},
}

// telling are the flags that are looked at together, and with them whether there was a
// homicide.
var telling = [...]struct {
	of   fate
	flag int
}{{dead, told}, {dead, titleTold}, {hurt, told}, {hurt, titleTold}, {shot, told}, {treated, told}}

// tableUnit is what the numbers of the table of weights count.
const tableUnit = 1000

// readWeights reads a table of lines "FEATURE WEIGHT", weights in thousandths;
// the first line is the number of features.
func readWeights(table string) (weights, error) {
	w := make(weights, features)
	for i, line := range strings.Split(strings.TrimSpace(table), "\n") {
		a, b, both := strings.Cut(line, " ")
		n, err := strconv.Atoi(a)
		if i == 0 && err == nil && !both {
			if n != features {
				return nil, fmt.Errorf("weights of %d features, want %d", n, features)
			}
			continue
		}
		x, errWeight := strconv.Atoi(b)
		if err != nil || errWeight != nil || n < 0 || n >= features {
			return nil, fmt.Errorf("line %d of a table of weights: %q", i+1, line)
		}
		w[n] = float32(x) / tableUnit
	}
	return w, nil
}

// candidate is a pair that may be the toll.
type candidate struct {
	killed, injured float64
	features        []int32
}

// most is the largest number of persons that is considered.
const most = 1_000_000

// candidates are all pairs that the evidence lets one think of.
func candidates(e *evidence) []candidate {
	killed := []float64{0, 1, 2, 3, 4, 5}
	for f := range e.of {
		for _, n := range e.of[f].sources {
			if n >= 0 && n < most && !slices.Contains(killed, n) {
				killed = append(killed, n)
			}
		}
	}
	injured := slices.Clone(killed)
	for _, n := range e.of[shot].sources {
		for _, k := range killed {
			if n > k && !slices.Contains(injured, n-k) {
				injured = append(injured, n-k)
			}
		}
	}
	all := make([]candidate, 0, len(killed)*len(injured))
	for _, k := range killed {
		for _, i := range injured {
			all = append(all, candidate{k, i, e.features(k, i)})
		}
	}
	return all
}

// features are those of a pair.
func (e *evidence) features(killed, injured float64) []int32 {
	to := make([]int32, 0, 360)
	for target, v := range [targets]float64{killed, injured, killed + injured} {
		for f := range e.of {
			to = e.of[f].compare(to, target*int(fates)+f, v, e.signs[oneself] || e.signs[suicide])
		}
		if target == both {
			break
		}
		for f := range e.of {
			for i, on := range e.of[f].flags {
				to = append(to, switched(flagBase, (target*int(fates)+f)*flags+i, on, v))
			}
		}
		for i, on := range e.signs {
			to = append(to, switched(signBase, target*signs+i, on, v))
		}
	}
	k, i := min(int(killed), pairs-1), min(int(injured), pairs-1)
	return e.joint(append(to, int32(pairBase+k*pairs+i)), [targets]float64{killed, injured, killed + injured})
}

// joint appends how numbers stand to several sources at once, and beside all that is
// told at once.
func (e *evidence) joint(to []int32, of [targets]float64) []int32 {
	for row, c := range compared {
		for list, from := range jointly[:c.lists] {
			n := 0
			for _, s := range from {
				n *= 3
				if x := e.of[c.of].sources[s]; x == of[c.target] {
					n++
				} else if x >= 0 {
					n += 2
				}
			}
			to = append(to, int32(jointBase+(row*len(jointly)+list)*standings+n))
		}
	}
	tells := 0
	for i, t := range telling {
		if e.of[t.of].flags[t.flag] {
			tells |= 1 << i
		}
	}
	if e.signs[homicide] {
		tells |= 1 << len(telling)
	}
	for target, v := range of[:both] {
		to = append(to, int32(tellBase+(target<<(len(telling)+1)|tells)*buckets+min(int(v), buckets-1)))
	}
	return to
}

// switched is the feature of something that is there or not, beside a number.
func switched(base, n int, on bool, v float64) int32 {
	at := base + n*2*buckets + min(int(v), buckets-1)
	if on {
		at += buckets
	}
	return int32(at)
}

// compare appends how a number stands to those of one fate; row is that of the
// target and the fate.
func (a *account) compare(to []int32, row int, v float64, self bool) []int32 {
	base := voteBase + row*(shares+agreements)
	if a.cast > 0 {
		share := float64(a.votes[v]) / float64(a.cast)
		to = append(to, int32(base+int(math.Ceil(share*(shares-1)))))
	}
	agree := 0
	for s, x := range a.sources {
		if x == v {
			agree++
		}
		to = relate(to, int32((row*sources+s)*kinds), v, x, self)
	}
	return append(to, int32(base+shares+min(agree, agreements-1)))
}

// relate appends how a number stands to that of one source.
func relate(to []int32, base int32, v, x float64, self bool) []int32 {
	switch {
	case x < 0:
		return append(to, base+absentNone+int32(min(v, 2)))
	case v == x:
		to = append(to, base+equal)
		if self {
			to = append(to, base+equalSelf)
		}
		if x >= 2 {
			to = append(to, base+equalMany)
		}
		return to
	case v == x+1:
		if self {
			to = append(to, base+oneMoreSelf)
		}
		return append(to, base+oneMore, base+above)
	case v == x-1:
		return append(to, base+oneLess, base+below)
	case v > x:
		return append(to, base+above)
	}
	return append(to, base+below)
}

// all is the probabilities of all candidates, in their order.
func (w weights) all(of []candidate) []float64 {
	p := make([]float64, len(of))
	top := math.Inf(-1)
	for i := range of {
		for _, f := range of[i].features {
			p[i] += float64(w[f])
		}
		top = max(top, p[i])
	}
	sum := 0.0
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// chances are the probabilities of numbers of killed, and of injured.
func (w weights) chances(e *evidence) [2]map[float64]float64 {
	of := candidates(e)
	sums := [2]map[float64]float64{{}, {}}
	for i, p := range w.all(of) {
		sums[dead][of[i].killed] += p
		sums[hurt][of[i].injured] += p
	}
	return sums
}
