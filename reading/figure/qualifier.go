package figure

import (
	"whence"
	"whence/english"
)

// qualify takes in the words before and after a number that say how it is
// meant, and sets the bounds to that.
func (s *numbers) qualify(d *draft) {
	if d.Kind == Label || d.Kind == Rank {
		return
	}
	q, from := english.QualifierBefore(s.tokens, d.From)
	if at := s.betweenAt(d); at >= 0 && d.ranged {
		d.From = at
		return
	}
	if from < d.floor || s.otherwise(d, from) || q == whence.Between && !d.ranged {
		q = ""
	}
	if q != "" {
		d.From = from
	}
	if after, to := english.QualifierAfter(s.tokens, max(d.To, d.UnitTo)); after != "" && d.UnitTo == d.UnitFrom && s.suffixed(to) {
		q, d.To = after, to
	} else if at := d.To; s.isText(at, "-") && s.glued(at) && s.glued(at+1) {
		if after, to := english.QualifierAfter(s.tokens, at+1); after != "" {
			q, d.To = after, to
		}
	}
	if q == "" || d.Qualifier == whence.Vague || d.ranged && q == whence.About {
		return
	}
	d.Qualifier = q
	switch q {
	case whence.AtLeast, whence.MoreThan:
		d.High = whence.Bound{}
	case whence.AtMost, whence.LessThan:
		d.Low = whence.Bound{}
	}
}

// suffixed tells whether a phrase that ends before token to ends there too.
func (s *numbers) suffixed(to int) bool {
	if s.is(to, english.NumThan) {
		return false
	}
	return !s.isText(to-1, "plus") || s.glued(to-1) || s.tag(to).Noun()
}

// otherwise tells whether the words before the number are a preposition and no
// qualifier: "over three days", "under 18 U.S.C.".
func (s *numbers) otherwise(d *draft, from int) bool {
	if from != d.From-1 {
		return false
	}
	tag := s.tag(from)
	switch {
	case tag == english.RB || tag == english.JJR || tag == english.DT || tag == english.PDT:
		return false
	case d.unit.Kind == english.UnitDuration && s.is(from, english.NumOver):
		before := s.tag(from - 1)
		return before != english.IN
	case s.is(from, english.NumOut):
		return true
	}
	return false
}
