package english

import (
	"strings"
	"sync"

	"whence"
	"whence/text"
)

// QualifierBefore is the longest phrase that says how the number after it is
// meant, and ends before token end: "more than", "about". It starts at token
// from, which is end where there is none.
func QualifierBefore(tokens []text.Token, end int) (q whence.Qualifier, from int) {
	if end == 0 {
		return "", end
	}
	var buffer [32]byte
	low := lower(buffer[:0], tokens[end-1].Text)
	from = end
	for _, p := range loadQualifiers().before[string(low)] {
		if n := len(p.words); n <= end && end-n < from && matches(p.words, tokens[end-n:]) {
			q, from = p.qualifier, end-n
		}
	}
	return q, from
}

// QualifierAfter is the same for phrases after a number, which start at token
// from: "or more".
func QualifierAfter(tokens []text.Token, from int) (q whence.Qualifier, end int) {
	end = from
	if from >= len(tokens) {
		return "", end
	}
	var buffer [32]byte
	low := lower(buffer[:0], tokens[from].Text)
	for _, p := range loadQualifiers().after[string(low)] {
		if n := len(p.words); from+n > end && matches(p.words, tokens[from:]) {
			q, end = p.qualifier, from+n
		}
	}
	return q, end
}

// matches tells whether tokens start with the words.
func matches(words []string, tokens []text.Token) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, w := range words {
		if !strings.EqualFold(w, tokens[i].Text) {
			return false
		}
	}
	return true
}

type qualifierPhrase struct {
	words     []string
	qualifier whence.Qualifier
}

// qualifiers are phrases by the word that stands next to the number.
type qualifiers struct {
	before, after map[string][]qualifierPhrase
}

var loadQualifiers = sync.OnceValue(func() *qualifiers {
	q := &qualifiers{map[string][]qualifierPhrase{}, map[string][]qualifierPhrase{}}
	q.read("numbers-qualifiers.txt", func(p qualifierPhrase) {
		last := p.words[len(p.words)-1]
		q.before[last] = append(q.before[last], p)
	})
	q.read("numbers-after.txt", func(p qualifierPhrase) {
		q.after[p.words[0]] = append(q.after[p.words[0]], p)
	})
	return q
})

func (q *qualifiers) read(name string, add func(qualifierPhrase)) {
	for _, fields := range table(name) {
		for _, phrase := range fields[1:] {
			add(qualifierPhrase{strings.Split(phrase, "_"), whence.Qualifier(fields[0])})
		}
	}
}
