package figure

import (
	"whence"
	"whence/english"
	"whence/text"
)

// Quantity is a number in its sentence, with its qualifier and unit. Places
// are numbers of tokens.
type Quantity struct {
	// From, To are the tokens of the number with its qualifier and with what is
	// written to it as a sign ("$", "%"): "about 700", "more than two dozen",
	// "at least $50 million", "between 10 and 15". What is counted starts after.
	From, To int
	// NumberFrom, NumberTo are those of the number alone.
	NumberFrom, NumberTo int
	// UnitFrom, UnitTo are those of the words of the unit ("kilometres per
	// hour", "percent", "dollars"); the same where there are none.
	UnitFrom, UnitTo int
	// Span is from the qualifier to the end of the unit's words: "up to 108
	// kilometres per hour". Bare is the same without the unit's words: "up to
	// 108". Amount is Span without the qualifier: "108 kilometres per hour".
	Span, Bare, Amount whence.Span
	// Numbers are the number itself, or both of a range, before their unit and
	// qualifier say more: of "50 cents" 50.
	Numbers [2]Number

	Low, High whence.Bound
	Qualifier whence.Qualifier
	Unit      string // as in [whence.Figure]; never "person"
	Measures  english.UnitKind
	// Kind tells what the number does in the sentence.
	Kind Kind
}

// Number is one number as written. Its Value is absent where no value can be
// known: "1,3", "several", a thousand digits.
type Number struct {
	whence.Span
	Value whence.Bound
}

// Kind is what a number does in its sentence.
type Kind uint8

// The kinds of numbers. Only Count, Rank, Age and None are quantities; Label
// is kept so that what reads on can see that it is none.
const (
	Count Kind = iota // counts or measures: "64 people", "$50 million", "two thirds"
	Rank              // "the fourth strike": there are at least so many
	Age               // "22-year-old", "aged 64", "Smith, 42,": Unit is "year" or another
	None              // "no deaths": the number 0 in front of a plural noun
	Label             // names and does not count, or has no value that can be known: a year, a day, "Flight 93", "Boeing 737", "1,3", "one" as a pronoun
)

// Quantities appends the numbers of a sentence to to, in order and apart.
func Quantities(to []Quantity, sentence text.Sentence, tree english.Tree) []Quantity {
	s := numbers{tokens: sentence.Tokens, tree: tree}
	end := 0 // of the tokens taken
	for i := range s.tokens {
		if i < end || !s.maybe(i) {
			continue
		}
		if q, ok := s.quantity(i, end); ok {
			to = append(to, q)
			end = max(q.To, q.UnitTo)
			if q.Kind == Age {
				s.aged = end
			}
		}
	}
	return to
}

// draft is a quantity in the making.
type draft struct {
	Quantity
	first, second number // second is that of a range
	ranged        bool
	unit          english.MeasureUnit
	floor         int // no token before it is free
}

// quantity reads the quantity whose number is at token i.
func (s *numbers) quantity(i, floor int) (Quantity, bool) {
	if s.is(i, english.NumNo) {
		return s.none(i)
	}
	if q, ok := s.feet(i); ok {
		return q, true
	}
	if q, ok := s.andHalf(i, floor); ok {
		return q, true
	}
	sign, from := english.SignBefore(s.tokens, i)
	s.money = from < i && from >= floor
	if s.skip = 0; !startsDigit(s.tokens[i].Text) {
		s.skip = s.sign(i)
	}
	if s.skip > 0 {
		sign, _ = english.UnitSpelled(s.tokens[i].Text[:s.skip])
		from, s.money = i, true
	}
	n, ok := s.number(i, s.is(from-1, english.NumBetween) || s.is(i-2, english.NumBetween))
	if !ok {
		return Quantity{}, false
	}
	n.from = max(n.from, floor)
	n.start = max(n.start, s.tokens[n.from].Start)
	d := draft{first: n, floor: floor}
	d.From, d.To, d.NumberFrom, d.NumberTo = n.from, n.to, n.from, n.to
	if s.money {
		s.signed(&d, sign, from)
	}
	s.skip = 0
	s.rangeAfter(&d)
	s.unitAfter(&d)
	s.value(&d)
	s.kind(&d)
	s.qualify(&d)
	s.spans(&d)
	return d.Quantity, true
}

// none reads "no deaths".
func (s *numbers) none(i int) (Quantity, bool) {
	if s.tag(i) != english.DT || s.tag(i+1) != english.NNS {
		return Quantity{}, false
	}
	span := s.tokens[i].Span
	zero := whence.At(0)
	return Quantity{From: i, To: i + 1, NumberFrom: i, NumberTo: i + 1, UnitFrom: i + 1, UnitTo: i + 1,
		Span: span, Bare: span, Amount: span, Low: zero, High: zero, Qualifier: whence.Exact, Kind: None}, true
}

// last is the number at the end.
func (d *draft) last() *number {
	if d.ranged {
		return &d.second
	}
	return &d.first
}

// rangeAfter reads the second number of a range: "10 to 15", "$3–5 million",
// "between 10 and 15", "11 or 12".
func (s *numbers) rangeAfter(d *draft) { //nolint:gocyclo // a grammar: a case for each form
	if d.first.form != cardinal && !(d.first.form == part && d.first.known) || !d.first.known || d.first.rest != "" {
		return
	}
	joint := d.To
	var glue bool
	if s.isText(joint, "%") {
		joint++
	}
	between := s.betweenAt(d) >= 0
	at := joint + 1
	switch {
	case between && s.is(joint, english.NumAnd):
	case s.is(joint, english.NumTo) && s.rangesFrom(d):
	case s.is(joint, english.NumOr) && !s.isText(joint, ","):
	case s.isText(joint, "-", "‑") && s.is(joint+1, english.NumTo) && s.isText(joint+2, "-", "‑") && s.glued(joint) && s.glued(joint+3):
		at = joint + 3 // "18-to-24-year-olds"
	case s.isText(joint, "-", "–", "—", "‑", "−"):
		glue = s.glued(joint)
		if glue != s.glued(at) {
			return
		}
	default:
		return
	}
	u, to := english.UnitAt(s.tokens, at)
	if !u.Sign {
		to = at
	} else if u.Name != d.unit.Name {
		return
	}
	if to >= len(s.tokens) || !s.maybe(to) && !s.articled(to) {
		return
	}
	if s.articled(to) {
		to++
	}
	second, ok := s.number(to, false)
	if !ok || second.from < at || second.form != d.first.form || !second.known || second.value < 0 && !between {
		return
	}
	low := d.first.value
	if second.scale > 0 && d.first.scale == 0 && low*second.scale < second.value && (d.first.written || d.first.alone) && low < 1000 {
		low *= second.scale
	}
	if low >= second.value {
		return
	}
	if s.isText(d.To, "%") && !s.isText(second.to, "%") {
		return
	}
	d.second, d.ranged = second, true
	d.first.value = low
	d.To, d.NumberTo = second.to, second.to
}

// rangesFrom tells whether "to" joins a range and not a change: "ranging from 3 to
// 90", but "from 3 to 90".
func (s *numbers) rangesFrom(d *draft) bool {
	if !s.is(d.From-1, english.NumFrom) {
		return true
	}
	q, _ := english.QualifierBefore(s.tokens, d.From)
	return q == whence.Between
}

// articled tells whether "a" and a scale word stand at token i.
func (s *numbers) articled(i int) bool {
	r := s.role(i + 1)
	return s.is(i, english.NumArticle) && r.Form == english.NumCardinal && (r.Role == english.NumHundred || r.Role == english.NumScale || r.Role == english.NumDozen)
}

// betweenAt is where "between" stands before the quantity, or -1.
func (s *numbers) betweenAt(d *draft) int {
	if s.is(d.From-1, english.NumBetween) && d.From > d.floor {
		return d.From - 1
	}
	return -1
}

// value sets the bounds and what they are qualified as.
func (s *numbers) value(d *draft) {
	d.Qualifier = whence.Exact
	d.Numbers[0] = Number{Span: whence.Span{Start: d.first.start, End: d.first.end}}
	switch {
	case d.first.form == vague:
		d.Qualifier = whence.Vague
		return
	case !d.first.known:
		return
	}
	d.Numbers[0].Value = whence.At(d.first.value)
	d.Low = whence.At(powered(d.first.value, d.unit.Power))
	d.High = d.Low
	if d.ranged {
		d.Qualifier = whence.Between
		d.Numbers[1] = Number{whence.Span{Start: d.second.start, End: d.second.end}, whence.At(d.second.value)}
		d.High = whence.At(powered(d.second.value, d.unit.Power))
	}
	if d.first.form == ordinal {
		d.Qualifier, d.High = whence.AtLeast, whence.Bound{}
	}
}

// powered is a value times a power of ten, rounded once.
func powered(value float64, power int) float64 {
	if power < 0 {
		return value / tens[-power]
	}
	return value * tens[power]
}

// spans sets what the quantity covers in the text.
func (s *numbers) spans(d *draft) {
	start, amount := s.tokens[d.From].Start, d.Amount.Start
	if d.From == d.NumberFrom {
		start = min(start, d.first.start)
	}
	end := s.tokens[d.To-1].End
	if d.To == d.NumberTo && d.last().end > 0 {
		end = d.last().end
	}
	d.Bare = whence.Span{Start: start, End: end}
	if d.UnitTo > d.To || d.UnitTo > d.UnitFrom {
		end = max(end, s.tokens[d.UnitTo-1].End)
	}
	d.Span = whence.Span{Start: start, End: end}
	d.Amount = whence.Span{Start: amount, End: max(d.Amount.End, s.tokens[d.NumberTo-1].End)}
	if d.unit.Kind == english.UnitNone {
		d.Amount.End = d.last().end
	}
}
