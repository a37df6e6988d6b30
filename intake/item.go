package intake

import (
	"fmt"

	"whence"
)

// item is a piece of input that is one article or falls into some.
type item struct {
	name  string // for problems
	size  int64  // bytes of input held
	tally *tally // of the input it is part of, or nil
	find  func() found
}

// found is what an item holds: one of article, problem, passed and ended, or
// none; and parts, which come after it.
type found struct {
	article *whence.Article
	problem *Problem
	passed  bool   // a page without article text, in an archive
	ended   string // the input is read to its end, and what it held, in words
	parts   []item
}

// tally counts what one input of many articles gave. It belongs to the
// goroutine that takes the results.
type tally struct {
	name                       string
	most                       int    // problems to be named one by one; 0: all
	rest                       string // what problems beyond most are called
	articles, passed, problems int
}

// count takes in one part of the input and gives the problem to be named, if
// any: its own, or at the end that there was none to read.
func (t *tally) count(f found) *Problem {
	if f.article != nil {
		t.articles++
	}
	if f.passed {
		t.passed++
	}
	if f.problem != nil {
		t.problems++
		if t.most > 0 && t.problems > t.most {
			return nil
		}
		return f.problem
	}
	if f.ended == "" {
		return nil
	}
	return t.atEnd(f.ended)
}

func (t *tally) atEnd(held string) *Problem {
	switch {
	case t.most > 0 && t.problems > t.most:
		return &Problem{Input: t.name, Err: fmt.Errorf("%d more %s", t.problems-t.most, t.rest)}
	case t.articles > 0 || t.problems > 0:
		return nil
	case t.passed > 0:
		held = fmt.Sprintf("%s, %d without article text", held, t.passed)
	}
	return &Problem{Input: t.name, Err: fmt.Errorf("%w: it holds %s", whence.ErrNoText, held)}
}
