package main

import (
	"fmt"
	"io"
	"sync"

	"whence/english"
)

// Settings of the tagger, found on the development parts.
const (
	tagRounds = 10
	tagMargin = 60
	tagLeast  = 1.25 // of a weight that is kept, in steps of one tagger
	taggers   = 4    // trained in different orders; their weights are added up
	tagFolds  = 5    // of the data, each tagged by a tagger of the others
	tagSeed   = 1
)

// tagger trains the tagger of package english on the training parts of
// treebanks, with the word classes that are there.
func tagger(w io.Writer, data string) error {
	examples, err := clusteredExamples(data)
	if err != nil {
		return err
	}
	p := learnTaggers(examples)
	if _, err := fmt.Fprintf(w, "%d words, %d features\n", countWords(examples), len(p.rows)); err != nil {
		return err
	}
	return writeModel(english.TagFile, p.pack(taggers, tagLeast))
}

func countWords(examples []example) int {
	n := 0
	for _, e := range examples {
		n += len(e.words)
	}
	return n
}

// learnTags trains a tagger that sees the tags that it guessed before.
func learnTags(examples []example, seed uint64) *perceptron {
	p := newPerceptron(tagMargin)
	var features []uint64
	shuffled(len(examples), tagRounds, seed, func(_, n int) {
		e := &examples[n]
		last, beforeLast := english.NoTag, english.NoTag
		for i, tag := range e.tags {
			features = e.seen.TagFeatures(features[:0], i, last, beforeLast)
			last, beforeLast = english.Tag(p.learn(features, int(tag))), last
		}
	})
	p.average()
	return p
}

// learnTaggers trains several taggers in different orders and adds them up.
func learnTaggers(examples []example) *perceptron {
	return together(taggers, func(n int) *perceptron { return learnTags(examples, tagSeed+uint64(n)) })
}

// tagsOf tags an example.
func (p *perceptron) tagsOf(e *example) []english.Tag {
	tags := make([]english.Tag, len(e.words))
	var features []uint64
	last, beforeLast := english.NoTag, english.NoTag
	for i := range tags {
		features = e.seen.TagFeatures(features[:0], i, last, beforeLast)
		tags[i] = english.Tag(p.guess(features))
		last, beforeLast = tags[i], last
	}
	return tags
}

// jackknifed gives the examples the tags of taggers that have not seen them:
// the parser learns from tags as wrong as those that it will meet.
func jackknifed(examples []example) [][]english.Tag {
	tags := make([][]english.Tag, len(examples))
	fold := func(i int) int { return i * tagFolds / len(examples) }
	var all sync.WaitGroup
	turns := make(chan struct{}, 2)
	for f := range tagFolds {
		all.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			var others []example
			for i, e := range examples {
				if fold(i) != f {
					others = append(others, e)
				}
			}
			p := learnTags(others, tagSeed)
			for i := range examples {
				if fold(i) == f {
					tags[i] = p.tagsOf(&examples[i])
				}
			}
		})
	}
	all.Wait()
	return tags
}
