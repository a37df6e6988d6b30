package when

import (
	"strings"

	"whence/english"
	"whence/text"
)

// word is a token as times see it. The zero word has no part in times.
type word struct {
	english.TimeWord
	form   form
	date   [3]int // year, month, day of a date in digits; hour and minute of a time of day
	half   bool   // a number of digits with "½" or ".5" behind it
	mid    bool   // written together with "mid-"
	size   int    // tokens that the word spans, where it is a phrase
	either bool   // a date in digits that may be read in two ways
}

// form is what the digits of a token may be.
type form uint8

const (
	noForm      form = iota
	countForm        // a whole number
	yearForm         // a whole number of four digits that may be a year
	decimalForm      // a number with a fraction
	ordinalForm      // "22nd"
	decadeForm       // "1980s", "'80s"
	clockForm        // "10:30"
	pointForm        // "6.45": a time of day or a decimal
	dateForm         // "1998-02-13", "02/13/98"
	quarterForm      // "Q3", "3Q"
	fiscalForm       // "FY2025"
)

const (
	firstYear, lastYear = 1000, 2999 // that four digits are taken for
	mostDigits          = 9          // of a number that is read at all
)

func (w *word) is(c english.TimeClass) bool { return w.Class.Has(c) }

// number tells whether the word is a number, in words or digits, that counts.
func (w *word) number() bool {
	return w.is(english.Cardinal) || w.form == countForm || w.form == yearForm
}

// wordOf is a token as times see it.
func wordOf(token string) (w word) {
	switch c := token[0]; {
	case '0' <= c && c <= '9':
		if w.digits(token); w.form == noForm {
			w.TimeWord = english.LookupTime(token)
		}
	case c == '\'' || token[0] == 0xE2: // an apostrophe before a short decade
		w.TimeWord = english.LookupTime(token)
		w.shortDecade(strings.TrimLeft(token, "'’‘"))
	case c&^0x20 == english.QuarterMark && len(token) == 2 && '1' <= token[1] && token[1] <= '4':
		w.form, w.Number = quarterForm, int(token[1]-'0')
	case strings.HasPrefix(token, english.FiscalPrefix) && len(token) == len(english.FiscalPrefix)+4 && digits(token[len(english.FiscalPrefix):]):
		w.form, w.Number = fiscalForm, atoi(token[len(english.FiscalPrefix):])
	default:
		if rest, ok := cutFold(token, english.MidPrefix); ok && rest != "" {
			w = wordOf(rest)
			w.mid = true
			return w
		}
		w.TimeWord = english.LookupTime(token)
	}
	return w
}

// cutFold is strings.CutPrefix without regard to case, for an ASCII prefix.
func cutFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// digits reads a token that starts with a digit.
func (w *word) digits(token string) { //nolint:gocyclo // a grammar: a case for each form
	end := 0
	for end < len(token) && '0' <= token[end] && token[end] <= '9' {
		end++
	}
	if end > mostDigits {
		return
	}
	w.Number = atoi(token[:end])
	rest := token[end:]
	switch {
	case rest == "":
		w.form = countForm
		if end == 4 && w.Number >= firstYear && w.Number <= lastYear {
			w.form = yearForm
		}
	case english.DecadeEnding(rest):
		if (end == 4 || end == 2) && w.Number%10 == 0 {
			w.form = decadeForm
		}
	case english.OrdinalEnding(rest):
		w.form = ordinalForm
	case rest == "½":
		w.form, w.half = countForm, true
	case len(rest) == 1 && rest[0]&^0x20 == english.QuarterMark && end == 1 && 1 <= w.Number && w.Number <= 4:
		w.form = quarterForm
	case rest[0] == ',':
		w.grouped(token)
	case (rest[0] == ':' || rest[0] == '.') && end <= 2 && len(rest) >= 3 && digits(rest[1:3]):
		w.clock(rest)
	case rest[0] == '.' && digits(rest[1:]):
		w.form, w.half = decimalForm, rest == ".5"
	case rest[0] == '-' || rest[0] == '/':
		w.numericDate(token, rest[0])
	}
}

// grouped reads "10,000".
func (w *word) grouped(token string) {
	plain := strings.ReplaceAll(token, ",", "")
	if digits(plain) && len(plain) <= mostDigits {
		w.form, w.Number = countForm, atoi(plain)
	}
}

// clock reads what stands behind the hour: ":30", ".45", ":30:15".
func (w *word) clock(rest string) {
	hour, minute := w.Number, atoi(rest[1:3])
	whole := len(rest) == 3 || len(rest) == 6 && rest[3] == ':' && digits(rest[4:])
	switch {
	case !whole || hour > 24 || minute > 59:
		if rest[0] == '.' && digits(rest[1:]) {
			w.form = decimalForm
		}
	case rest[0] == '.':
		w.form, w.date = pointForm, [3]int{hour, minute}
	default:
		w.form, w.date = clockForm, [3]int{hour, minute}
	}
}

// numericDate reads "1998-02-13" and, as Americans write it, "02/13/98". What
// may be read in two ways, "02/03/98", is American at first; "13/02/98" can only
// be the other.
func (w *word) numericDate(token string, mark byte) {
	var parts [3]int
	n, long := 0, 0
	for field := range strings.SplitSeq(token, string(mark)) {
		if n == 3 || !digits(field) || len(field) > 4 {
			return
		}
		if len(field) == 4 {
			long = n + 1
		}
		parts[n] = atoi(field)
		n++
	}
	if n != 3 {
		return
	}
	year, month, day := parts[2], parts[0], parts[1]
	switch {
	case long == 1:
		year, month, day = parts[0], parts[1], parts[2]
	case long == 0 && mark == '/':
		if year += 1900; year < 1950 {
			year += 100
		}
	case long != 3:
		return
	}
	if month > 12 && long != 1 {
		month, day = day, month
	}
	if exists(year, month, day) {
		w.form, w.date = dateForm, [3]int{year, month, day}
		w.either = long != 1 && day <= 12 && day != month
	}
}

// shortDecade reads what stands behind the apostrophe of "'80s".
func (w *word) shortDecade(rest string) {
	if len(rest) == 3 && english.DecadeEnding(rest[2:]) && digits(rest[:2]) && rest[1] == '0' {
		w.form, w.Number = decadeForm, atoi(rest[:2])
	}
}

// atoi is the value of at most nine digits.
func atoi(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

// take looks at the tokens of a sentence and tells whether any may be a time.
func (p *parser) take(tokens []text.Token) bool {
	p.tokens, p.words = tokens, p.words[:0]
	any := false
	for i := range tokens {
		w := wordOf(tokens[i].Text)
		any = any || w.Class&^weak != 0 || w.form != noForm || w.is(english.Cardinal) && w.Number >= 18 // "nineteen ninety"
		p.words = append(p.words, w)
	}
	if any {
		p.phrases()
	}
	return any
}

// weak are the classes that make no time alone.
const weak = english.This | english.ThatTime | english.Same | english.MoreWord | english.Every | english.VagueCount |
	english.Edge | english.Approximate | english.ApproximateAfter | english.OffsetAhead | english.OffsetBack |
	english.LastWord | english.NextWord | english.Previous | english.Following | english.Latest | english.Comparative |
	english.Stage | english.Cardinal | english.HalfCount | english.NearWord | english.Scale |
	english.Couple | english.Sometime | english.Remembered | english.NamedDay

// phrases enters phrases of several tokens at their first.
func (p *parser) phrases() {
	for i := range p.words {
		if !p.words[i].is(english.PhraseStart) {
			continue
		}
		p.spelled = p.spelled[:0]
		for _, t := range p.tokens[i:min(i+english.LongestTimePhrase, len(p.tokens))] {
			p.spelled = append(p.spelled, t.Text)
		}
		if phrase, n := english.TimePhrase(p.spelled); n > 0 {
			w := &p.words[i]
			particle := w.Particle
			*w = word{TimeWord: phrase, size: n}
			w.Particle = particle
		}
	}
}

// span is how many tokens word i covers.
func (p *parser) span(i int) int { return max(1, p.words[i].size) }
