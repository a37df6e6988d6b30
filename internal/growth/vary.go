package main

import (
	"cmp"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"

	"whence"
)

// varying makes other articles of articles: every word becomes another of the same
// length that is about as frequent, by a permutation of each round's own. So a text
// keeps its places, its frequencies of words, its marks and its findings, and shares
// few passages with itself in another round. One paragraph in sixteen is the same in
// eight rounds, one in a thousand in all.
type varying struct {
	ranks map[string]int // of a word among those of its length
	words map[int][]string
}

const (
	shortestVaried = 2     // letters
	frequent       = 32    // words of a length, which stand for fewer others: those about as frequent
	narrow, band   = 8, 64 // words that stand for each other, of the frequent and of the others
	sharedRounds   = 8
	rareFrom       = 256
)

// newVarying learns the words of texts.
func newVarying(texts []string) *varying {
	count := map[string]int{}
	for _, t := range texts {
		eachWord(t, func(w string, _ int) { count[strings.ToLower(w)]++ })
	}
	list := make([]string, 0, len(count))
	for w := range count {
		list = append(list, w)
	}
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(count[b]-count[a], strings.Compare(a, b)) })
	v := &varying{ranks: map[string]int{}, words: map[int][]string{}}
	for _, w := range list {
		v.ranks[w] = len(v.words[len(w)])
		v.words[len(w)] = append(v.words[len(w)], w)
	}
	return v
}

// eachWord calls f with the words of ASCII letters that are long enough to be
// varied.
func eachWord(t string, f func(word string, at int)) {
	from := -1
	for i := 0; i <= len(t); i++ {
		if i < len(t) && (t[i]|0x20 >= 'a' && t[i]|0x20 <= 'z') {
			if from < 0 {
				from = i
			}
			continue
		}
		if from >= 0 && i-from >= shortestVaried {
			f(t[from:i], from)
		}
		from = -1
	}
}

// text is a text in a round.
//
// In an article of the long story the rarer words stay, by which it is known what
// it is about.
func (v *varying) text(t string, round int, matter bool) string {
	if round == 0 {
		return t
	}
	out := []byte(t)
	at := 0
	for line := range strings.SplitAfterSeq(t, "\n") {
		if r := roundOf(line, round); r > 0 {
			eachWord(line, func(w string, from int) {
				if other := v.other(strings.ToLower(w), r, matter); other != "" {
					copy(out[at+from:], cased(other, w))
				}
			})
		}
		at += len(line)
	}
	return string(out)
}

// roundOf is by which round a paragraph is varied.
func roundOf(line string, round int) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(line)) // it never fails
	switch n := h.Sum32(); {
	case n%1024 == 1:
		return 0
	case n%16 == 2:
		return round/sharedRounds*sharedRounds + 1
	}
	return round
}

// other is the word that stands for another in a round.
func (v *varying) other(w string, round int, matter bool) string {
	rank, ok := v.ranks[w]
	if !ok || matter && rank >= rareFrom {
		return ""
	}
	words := v.words[len(w)]
	width, from := narrow, rank/narrow*narrow
	if rank >= frequent {
		width, from = band, frequent+(rank-frequent)/band*band
	}
	n := min(width, len(words)-from)
	// A permutation of its own in each round: were it a rotation, all words of a band
	// would be the same again in every sixty-fourth.
	order := rand.New(rand.NewPCG(uint64(round), uint64(from)<<8+uint64(len(w)))).Perm(n)
	return words[from+order[rank-from]]
}

// cased is a word in the capitals of another.
func cased(w, like string) []byte {
	out := []byte(w)
	for i := range out {
		if like[i] < 'a' {
			out[i] -= 'a' - 'A'
		}
	}
	return out
}

// reading is what would be read of an article of a round, from what was read of
// the article that it was made of.
func (v *varying) reading(of *whence.Reading, a *whence.Article, round int, matter bool) *whence.Reading {
	r := *of
	r.Article = *a
	text := []rune(a.Text)
	at := func(s whence.Span) string { return string(text[s.Start:s.End]) }
	phrase := func(p whence.Phrase) whence.Phrase {
		words := make([]string, len(p.Spans))
		for i, s := range p.Spans {
			words[i] = at(s)
		}
		p.Text = strings.Join(words, " ")
		return p
	}
	r.Names = slices.Clone(of.Names)
	for i := range r.Names {
		r.Names[i].Name = v.text(r.Names[i].Name, round, matter)
	}
	r.Attributions = slices.Clone(of.Attributions)
	for i := range r.Attributions {
		x := &r.Attributions[i]
		x.Cue, x.Content = phrase(x.Cue), phrase(x.Content)
		if x.Source != nil {
			s := *x.Source
			s.Phrase = phrase(s.Phrase)
			x.Source = &s
		}
		if x.Relay != nil {
			y := *x.Relay
			y.Name = at(y.Span)
			x.Relay = &y
		}
	}
	r.Figures = slices.Clone(of.Figures)
	for i := range r.Figures {
		r.Figures[i].Text = at(r.Figures[i].Span)
	}
	r.Times = slices.Clone(of.Times)
	for i := range r.Times {
		r.Times[i].Text = at(r.Times[i].Span)
	}
	r.Places = slices.Clone(of.Places)
	for i := range r.Places {
		r.Places[i].Text = at(r.Places[i].Span)
	}
	r.Events = slices.Clone(of.Events)
	for i := range r.Events {
		r.Events[i].Text = at(r.Events[i].Span)
	}
	return &r
}
