package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence/english"
	"whence/text"
)

// kind tells what the number does in the sentence.
func (s *numbers) kind(d *draft) {
	switch {
	case d.first.form == ordinal:
		d.Kind = Rank
		if s.rankName(d) {
			d.Kind = Label
		}
	case d.first.form != vague && !d.first.known, d.unit.Kind == english.UnitNone && s.label(d), s.hyphened(d):
		d.Kind = Label
	case s.age(d):
		d.Kind = Age
	}
	if d.Kind == Label {
		d.Low.Known, d.High.Known = false, false
		d.Low.Value, d.High.Value = 0, 0
		d.Unit, d.Measures = "", english.UnitNone
		d.UnitFrom, d.UnitTo = d.To, d.To
	}
}

// rankName tells whether an ordinal is part of a name or a date: "21st
// century", "May 21st", "Sixth Fleet".
func (s *numbers) rankName(d *draft) bool {
	at := d.To
	return s.is(at, english.NumRanked) || s.month(d.From-1) || s.month(at) || s.is(at, english.NumOf) && s.month(at+1) ||
		d.From > 0 && capital(s.tokens[d.From]) && !d.first.written || at < len(s.tokens) && capital(s.tokens[at]) && s.tag(at).Noun()
}

// label tells whether the number names and does not count.
func (s *numbers) label(d *draft) bool {
	n := &d.first
	switch {
	case n.form == vague || n.form == part:
		return false
	case n.alone && !n.written && n.value == 1:
		return s.pronoun(n.from)
	case !n.written:
		return s.is(d.From-1, english.NumNamer) && s.tag(d.To) != english.NNS
	}
	return s.foreign(d.To) || s.thousandths(d) || s.dated(d) || s.numbered(d) || s.scored(d) || s.addressed(d) || s.listed(d)
}

// foreign tells whether the word at token i is of another script, so that what
// the number before it does cannot be told: "٢٨ أكتوبر".
func (s *numbers) foreign(i int) bool {
	if i >= len(s.tokens) || s.tokens[i].Text[0] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s.tokens[i].Text)
	return unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Greek)
}

// thousandths tells whether the number may be whole, with its thousands set off
// by a point as in half of Europe, or a decimal: "1.250 boats".
func (s *numbers) thousandths(d *draft) bool {
	n := &d.first
	if n.to != n.from+1 || n.scale != 0 || n.rest != "" || d.ranged || s.tag(d.To) != english.NNS {
		return false
	}
	whole, part, ok := strings.Cut(s.tokens[n.from].Text, ".")
	return ok && len(whole) >= 1 && len(whole) <= 3 && whole[0] != '0' && len(part) == 3
}

// pronoun tells whether "one" at token i stands for a noun or a person.
func (s *numbers) pronoun(i int) bool {
	if s.glued(i+1) && s.isText(i+1, "-") {
		return false
	}
	before, after := s.tag(i-1), s.tag(i+1)
	switch {
	case english.Another(s.tokens, i+1):
		return true
	case after.Noun() && after != english.NNP || after == english.JJ || after == english.JJS:
		return before == english.DT && s.is(i-1, english.NumNo)
	case s.is(i+1, english.NumOf):
		return s.is(i-1, english.NumNo)
	}
	return s.tag(i) != english.CD || before == english.DT || before == english.JJ || before == english.WDT || s.tag(i+1) == english.POS
}

// dated tells whether the number is a year, a day or a time of day.
func (s *numbers) dated(d *draft) bool {
	n := &d.first
	at := d.To
	if s.month(d.From-1) && (!n.bare || n.value <= 31 || isYear(n.value)) || n.bare && n.value <= 31 && (s.month(at) || s.is(at, english.NumOf) && s.month(at+1)) {
		return true
	}
	if english.HourMark(s.tokens, at) {
		return true
	}
	if d.ranged && isYear(n.value) && n.bare {
		return d.second.value < 2100
	}
	if n.bare && isYear(n.value) && s.isText(at, "-", "–") && s.glued(at) && s.glued(at+1) {
		return startsDigit(s.tokens[at+1].Text)
	}
	return n.bare && isYear(n.value) && s.year(d)
}

// year tells whether four digits that may be a year are one.
func (s *numbers) year(d *draft) bool {
	if d.first.to-d.first.from != 1 {
		return false
	}
	after := s.tag(d.To)
	if after != english.NNS && after != english.NN && after != english.JJ {
		return !english.Dated(s.tokens, d.From) || d.From > 0
	}
	if english.Dated(s.tokens, d.From) || s.tag(d.From-1) == english.DT || s.tag(d.From-1) == english.POS || s.tag(d.From-1) == english.PRPS {
		return true
	}
	_, from := english.QualifierBefore(s.tokens, d.From)
	return from == d.From && after != english.NNS
}

// month tells whether token i is the name of a month.
func (s *numbers) month(i int) bool {
	if i < 0 || i >= len(s.tokens) {
		return false
	}
	t := s.tokens[i]
	return capital(t) && english.Lookup(trimDot(t.Text)).Class.Has(english.Month)
}

func trimDot(s string) string {
	if s[len(s)-1] == '.' {
		return s[:len(s)-1]
	}
	return s
}

func capital(t text.Token) bool { return 'A' <= t.Text[0] && t.Text[0] <= 'Z' }

// numbered tells whether the number belongs to a name: "Flight 93", "Boeing
// 737", "No. 10", "COVID-19", "# 5".
func (s *numbers) numbered(d *draft) bool {
	n, at := &d.first, d.From-1
	if at < 0 || d.From > n.from {
		return false
	}
	if s.is(at, english.NumNamer) && s.tag(d.To) != english.NNS {
		return true
	}
	if n.bare && s.unitAt(at) == english.UnitDuration && s.tag(at-1) == english.DT && !s.tag(d.To).Noun() {
		return true // "the year 99999"
	}
	return s.tag(at) == english.NNP && s.tag(d.To) != english.NNS && !s.tag(d.To).Verb() && !s.glued(d.From) && n.bare && !s.maker(d)
}

// hyphened tells whether the number is written to the end of a word: "COVID-19".
func (s *numbers) hyphened(d *draft) bool {
	at := d.From - 1
	return at > 0 && s.isText(at, "-") && s.glued(at) && s.glued(d.From) && d.first.written && !s.is(at-1, english.NumMinus)
}

// maker tells whether words after the number say what it counts.
func (s *numbers) maker(d *draft) bool {
	t := s.tag(d.To)
	return t == english.JJ || t == english.NN || s.isText(d.To, "-")
}

// scored tells whether the numbers are those of a game or vote: "3-1 win".
func (s *numbers) scored(d *draft) bool {
	at := d.To
	if d.ranged {
		return s.is(at, english.NumScore)
	}
	if s.isText(at, "-", "–") && s.glued(at) && s.glued(at+1) && startsDigit(s.tokens[at+1].Text) {
		return true
	}
	at = d.From - 1
	return at > 0 && s.isText(at, "-", "–", "/") && s.glued(at) && s.glued(d.From) && startsDigit(s.tokens[at-1].Text) || s.isText(d.To, "/") && s.glued(d.To)
}

// addressed tells whether the number is that of a house: "12 Harbour Street".
func (s *numbers) addressed(d *draft) bool {
	if !d.first.bare {
		return false
	}
	const longest = 4
	for at := d.To; at < len(s.tokens) && at < d.To+longest && capital(s.tokens[at]); at++ {
		if at > d.To && s.is(at, english.NumStreet) {
			return true
		}
	}
	return false
}

// listed tells whether the number numbers the sentence: "1. Open the gate".
func (s *numbers) listed(d *draft) bool {
	return d.From == 0 && len(s.tokens) > 2 && d.first.bare && s.isText(d.To, ".", ")") && d.To < len(s.tokens)-1
}

// ages tell how old people may be where a bare number says so.
const oldest = 115

// age tells whether the number is somebody's age, and takes in the words that
// say so: "22-year-old", "29 years old", "aged 64", "Smith, 42,".
func (s *numbers) age(d *draft) bool {
	if d.unit.Kind == english.UnitDuration {
		if to := english.OldAt(s.tokens, d.UnitTo); to > d.UnitTo {
			d.UnitTo = to
			d.Amount.End = s.tokens[to-1].End
			return true
		}
		return false
	}
	if d.unit.Kind != english.UnitNone || d.first.form != cardinal || d.first.value > oldest || d.first.value < 0 {
		return false
	}
	if from := english.AgedBefore(s.tokens, d.From); from < d.From && from >= d.floor {
		d.From, d.Unit, d.Measures = from, "year", english.UnitDuration
		d.Amount.Start = s.tokens[from].Start
		d.unit = english.MeasureUnit{Name: "year", Kind: english.UnitDuration}
		d.Amount.End = d.last().end
		return true
	}
	if to := english.YearsOld(s.tokens, d.To); to > d.To {
		d.UnitFrom, d.UnitTo = d.To, to
		d.Unit, d.Measures = "year", english.UnitDuration
		d.unit = english.MeasureUnit{Name: "year", Kind: english.UnitDuration}
		d.Amount.End = s.tokens[to-1].End
		return true
	}
	if d.first.rest == "" && d.first.bare && !d.ranged && s.between(d) {
		d.Unit, d.Measures = "year", english.UnitDuration
		return true
	}
	return false
}

// between tells whether the number stands apart after a person: "Smith, 42,",
// "a boy, 7, in", "Berg (51)", "two men, 25 and 17,".
func (s *numbers) between(d *draft) bool {
	at := d.From - 1
	switch {
	case at < 0 || s.glued(d.From) && s.isText(at, ","):
		return false
	case s.aged > 0 && s.joins(s.aged, d.From):
		return s.apart(d.To) || s.is(d.To, english.NumAnd)
	case s.isText(at, "("):
		return s.named(at-1) && s.isText(d.To, ")")
	case !s.isText(at, ","):
		return false
	case s.persons(at - 1):
		return s.joins(d.To, d.To+1) && s.maybe(d.To+1) && s.apart(d.To+2)
	}
	return (s.named(at-1) || s.person(at-1)) && (s.apart(d.To) || s.is(d.To, english.NumAnd))
}

// joins tells whether from one token to the other there are only words that join.
func (s *numbers) joins(from, to int) bool {
	for i := from; i < to; i++ {
		if !s.isText(i, ",") && !s.is(i, english.NumAnd) {
			return false
		}
	}
	return from < to
}

// apart tells whether token i ends what is put in after a name.
func (s *numbers) apart(i int) bool {
	return i == len(s.tokens) || s.isText(i, ",", ".", ";", ")", "–", "—")
}

// named tells whether a name ends with token i: "Smith", "Smith III".
func (s *numbers) named(i int) bool {
	if i > 0 && english.NameWord(s.tokens[i].Text).Has(english.Suffix) {
		i--
	}
	return s.tag(i) == english.NNP && !s.month(i)
}

// person tells whether token i is a noun for one person.
func (s *numbers) person(i int) bool {
	return i >= 0 && s.tag(i) != english.NNS && english.MeasureWord(s.tokens[i].Text).Has(english.Human|english.Others)
}

// persons tells whether token i is a noun for several.
func (s *numbers) persons(i int) bool {
	return s.tag(i) == english.NNS && english.MeasureWord(s.tree[i].Lemma).Has(english.Human|english.Others)
}
