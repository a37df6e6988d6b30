package when

import (
	"time"

	"whence"
	"whence/english"
	"whence/text"
)

// parser reads the times of one article. It remembers what times were spoken
// of, for "the next day" and "a year earlier".
type parser struct {
	published whence.Date
	spoken    point  // the day last spoken of, with its part
	spokenIn  int    // and in which sentence
	sentences int    // read so far
	quarter   point  // the quarter or half last spoken of, as reports do
	told      point  // the year last spoken of
	quoted    bool   // inside quotation marks
	dates     []rule // the rules of dates
	rules     []rule // all rules: the longest time wins, of equal ones the first

	tokens  []text.Token
	words   []word
	tree    english.Tree
	spelled []string
	list    []found // of the sentence
	depth   int     // of dates in dates
}

// found is a time in a sentence: tokens from up to but not including to.
type found struct {
	kind     whence.TimeType
	value    string
	point    point // of the calendar, where it is one
	from, to int
	inferred bool // the year is not told, or of a weekday the week
	compared bool // told only to compare with: "the year-earlier quarter"
}

// rule reads a time that starts at word i, as long as it can.
type rule func(p *parser, i int) (found, bool)

// newParser is a parser for an article.
func newParser(published whence.Date) *parser {
	return &parser{
		published: published,
		dates: []rule{
			(*parser).numericDate, (*parser).monthDate, (*parser).weekday, (*parser).dayWord, (*parser).deictic,
			(*parser).partOfYear, (*parser).decade, (*parser).century, (*parser).year, (*parser).holiday,
			(*parser).staged, (*parser).yearEnd, (*parser).compared, (*parser).eventDay,
		},
		rules: []rule{
			(*parser).clock, (*parser).date, (*parser).edge, (*parser).within, (*parser).offset, (*parser).set, (*parser).duration,
			(*parser).reference,
		},
	}
}

// sentence reads the times of a sentence.
func (p *parser) sentence(s text.Sentence, tree english.Tree) []found {
	p.list = p.list[:0]
	p.tree = tree
	p.sentences++
	if !p.take(s.Tokens) {
		p.quotes(0, len(s.Tokens))
		return nil
	}
	for i := 0; i < len(p.words); {
		if !p.starts(i) {
			p.quotes(i, i+1)
			i++
			continue
		}
		f, ok := p.longest(p.rules, i)
		if !ok {
			p.quotes(i, i+1)
			i++
			continue
		}
		p.follow(&f)
		p.remember(f)
		p.list = append(p.list, f)
		i = f.to
	}
	return p.list
}

// starts is a cheap test for words that a time may start at.
func (p *parser) starts(i int) bool {
	w := &p.words[i]
	if w.Particle == english.TimeThe || w.Particle == english.TimeA {
		next := p.word(i + 1)
		return next.Class != 0 || next.form != noForm || w.Class&^english.PhraseStart != 0
	}
	return w.Class != 0 || w.form != noForm
}

// longest is the longest time of some rules at word i.
func (p *parser) longest(rules []rule, i int) (best found, ok bool) {
	if i >= len(p.words) {
		return best, false
	}
	for _, r := range rules {
		if f, found := r(p, i); found && f.to > best.to {
			best, ok = f, true
		}
	}
	return best, ok
}

// follow lets a month or day without a year follow the one that it makes a pair
// with: "from May to July".
func (p *parser) follow(f *found) {
	if len(p.list) == 0 || !f.inferred || !f.point.known() {
		return
	}
	before := &p.list[len(p.list)-1]
	if !before.point.known() {
		return
	}
	if p.is(f.from, english.WeekdayName) {
		p.followDay(before, f)
		return
	}
	if !p.joins(before, f) {
		return
	}
	for range 2 { // the tense may have told of the last, where this is the next
		if f.point.at.Before(before.point.at) {
			f.point.at = f.point.at.AddDate(1, 0, 0)
		}
	}
	f.value = f.point.value()
}

// followDay lets a weekday follow one to come that it stands in a row with: "on
// Thursday, Friday or Saturday".
func (p *parser) followDay(before, f *found) {
	now, ok := p.now(english.UnitDay)
	row := f.from-before.to <= 2 && (p.particle(f.from-1, english.TimeComma) || p.particle(f.from-1, english.TimeAnd) || p.particle(f.from-1, english.TimeOr))
	if ok && row && before.inferred && before.point.at.After(now) && f.point.at.Before(before.point.at) {
		f.point.at = f.point.at.AddDate(0, 0, 7)
		f.value = f.point.value()
	}
}

// remember keeps what later times may be told from.
func (p *parser) remember(f found) {
	switch q := f.point; {
	case !q.known():
	case q.unit == english.UnitDay:
		p.spoken, p.spokenIn = q, p.sentences
	case f.compared:
	case q.unit == english.UnitQuarter, q.unit == english.UnitHalf:
		p.quarter = q
	case q.unit == english.UnitYear:
		p.told = q
	case q.unit == english.UnitMonth && !f.inferred:
		p.told = holding(english.UnitYear, q.at)
	}
}

// recent is for how many sentences a day stays the one spoken of.
const recent = 3

// spokenDay is the day spoken of here or a few sentences before; else unknown.
func (p *parser) spokenDay() point {
	if p.sentences-p.spokenIn > recent {
		return point{}
	}
	q := p.spoken
	q.part = ""
	return q
}

// quotes follows quotation marks over words.
func (p *parser) quotes(from, to int) {
	for i := from; i < to && i < len(p.tree); i++ {
		switch p.tree[i].Tag {
		case english.OpenQuote:
			p.quoted = true
		case english.CloseQuote:
			p.quoted = false
		}
	}
}

// nowhere stands for the words outside of the sentence.
var nowhere word

// word is word i, also outside of the sentence.
func (p *parser) word(i int) *word {
	if i < 0 || i >= len(p.words) {
		return &nowhere
	}
	return &p.words[i]
}

func (p *parser) is(i int, c english.TimeClass) bool          { return p.word(i).Class.Has(c) }
func (p *parser) particle(i int, t english.TimeParticle) bool { return p.word(i).Particle == t }

// tag is the tag of word i.
func (p *parser) tag(i int) english.Tag {
	if i < 0 || i >= len(p.tree) {
		return english.NoTag
	}
	return p.tree[i].Tag
}

// joined tells whether word i is written together with the one before.
func (p *parser) joined(i int) bool {
	return i > 0 && i < len(p.tokens) && p.tokens[i].Start == p.tokens[i-1].End
}

// capital tells whether word i starts with a capital letter.
func (p *parser) capital(i int) bool {
	if i < 0 || i >= len(p.tokens) {
		return false
	}
	c := p.tokens[i].Text[0]
	if p.words[i].mid {
		c = p.tokens[i].Text[len(english.MidPrefix)]
	}
	return 'A' <= c && c <= 'Z'
}

// hyphen is the place after the hyphen at i, or i.
func (p *parser) hyphen(i int) int {
	if p.particle(i, english.TimeHyphen) && p.joined(i) && p.joined(i+1) {
		return i + 1
	}
	return i
}

// now is the day of publication, or the first of what is known of it; unknown
// where the publication is told less sharply than the unit needs.
func (p *parser) now(unit english.Unit) (time.Time, bool) {
	needs := english.UnitYear
	switch p.published.Precision {
	case whence.Second, whence.Day:
		needs = english.NoUnit
	case whence.Month:
		needs = english.UnitMonth
	case whence.Year:
	default:
		return time.Time{}, false
	}
	year, month, d := p.published.Time.Date()
	return day(year, int(month), d), unit >= needs
}

// current is the unit of the calendar that holds the day of publication,
// shifted by n.
func (p *parser) current(unit english.Unit, n int) point {
	t, ok := p.now(unit)
	if !ok {
		return point{}
	}
	return holding(unit, t).shift(n)
}

// at makes a date of a point.
func at(q point, from, to int) found {
	return found{kind: whence.TimeDate, value: q.value(), point: q, from: from, to: to}
}

// unknown is a time of a kind whose value nothing tells.
func unknown(kind whence.TimeType, from, to int) found {
	return found{kind: kind, from: from, to: to}
}
