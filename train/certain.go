package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"whence/english"
)

// Settings of the certainties, found on the development parts.
const (
	leastWords = 12   // times that a word must be seen
	leastArcs  = 20   // times that a kind of arc must be seen
	sureWord   = 0.99 // share that one tag must have of them
	sureArc    = 0.99 // share that one label must have
)

// certainties learns which words as good as always have one tag, and which
// kinds of arcs one label.
func certainties(w io.Writer, data string) error {
	banks, err := trainingBanks(data)
	if err != nil {
		return err
	}
	examples, err := examplesOf(banks)
	if err != nil {
		return err
	}
	table := certainTable(examples)
	if _, err := fmt.Fprintf(w, "%d words, %d certainties\n", countWords(examples), strings.Count(table, "\n")); err != nil {
		return err
	}
	return writeModel(english.CertainFile, []byte(table))
}

func certainTable(examples []example) string {
	tags := map[string]map[english.Tag]int{}
	labels := map[english.ArcKind]map[english.Label]int{}
	for _, e := range examples {
		for i, word := range e.words {
			word = strings.ReplaceAll(word, "’", "'")
			count(tags, word, e.tags[i])
			h := int(e.heads[i])
			if h == len(e.words) {
				continue
			}
			k := english.ArcKind{Word: strings.ToLower(word), Tag: e.tags[i], Head: e.tags[h]}
			if h > i {
				k.Side = 1
			}
			count(labels, k, e.labels[i])
			k.Word = english.AnyWord
			count(labels, k, e.labels[i])
		}
	}
	var lines []string
	for word, counts := range tags {
		if t, ok := sure(counts, leastWords, sureWord); ok && !strings.ContainsAny(word, " \t\n") {
			lines = append(lines, english.CertainWord(word, t))
		}
	}
	for kind, counts := range labels {
		if l, ok := sure(counts, leastArcs, sureArc); ok && !strings.ContainsAny(kind.Word, " \t\n") {
			lines = append(lines, english.CertainArc(kind, l))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

func count[K, V comparable](counts map[K]map[V]int, key K, value V) {
	if counts[key] == nil {
		counts[key] = map[V]int{}
	}
	counts[key][value]++
}

// sure gives the value that has the share of at least so many.
func sure[V comparable](counts map[V]int, least int, share float64) (best V, ok bool) {
	all, most := 0, 0
	for v, n := range counts {
		all += n
		if n > most {
			best, most = v, n
		}
	}
	return best, all >= least && float64(most) >= share*float64(all)
}
