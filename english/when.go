package english

import (
	"strconv"
	"strings"
	"sync"
)

// TimeClass is a set of classes of words that times are made of. It is apart
// from [Class], which sorts the words of attributions.
type TimeClass uint64

// The classes of time words. Number is what [TimeWord.Number] holds.
const (
	MonthName    TimeClass = 1 << iota // Number: 1 to 12
	WeekdayName                        // Number: 1, Monday, to 7
	WeekdayNames                       // "Mondays"
	Doubtful                           // another word as well: "may", "march", "second"
	SeasonName                         // Number: 1, spring, to 4
	DayPart                            // Number: 1 morning, 2 midday, 3 afternoon, 4 evening, 5 night, 6 daytime
	DayParts                           // "evenings"
	NightTime                          // "tonight"
	DayWord                            // Number: days from today
	TimeUnit                           // Unit
	TimeUnits                          // Unit, plural
	Stretch                            // "period": of no length of its own
	Ordinal                            // Number
	Cardinal                           // Number
	Scale                              // Number: "hundred"
	VagueCount                         // "few"
	Couple
	DecadeWord // Number: "eighties" 80
	This
	Current
	ThatTime
	Same
	LastWord // before today
	Previous // before the time spoken of
	NextWord // after today
	Following
	Latest
	Every
	MoreWord
	Edge        // Number: 1 the start of a stretch, 2 its middle, 3 its end, 4 some of it
	Stage       // Number: 1 early, 2 mid, 3 late
	Comparative // "earlier"
	Sometime
	Ago
	OffsetBack  // "earlier", after a length of time
	OffsetAhead // "later"
	HalfCount
	Approximate
	ApproximateAfter
	Meridiem // Number: hours to add
	OClock
	ClockPoint // Number: the hour
	Zone       // Number: 1 where it is the world's
	Fiscal
	Compared // "year-earlier"
	Era
	Reference     // Number: -1 the past, 0 the present, 1 the future
	ReferenceNoun // the same, after "the"
	RecentWord
	NearWord
	TermWord
	Frequency  // Unit
	TimesWord  // "twice"
	Holiday    // Rule
	Remembered // what a day is remembered for: "attacks"
	NamedDay   // before a weekday that is none of this week: "black"
	EventDay   // Rule: the day that goes by this name
	// PhraseStart tells that phrases of time words start with the word.
	PhraseStart
)

// Unit is a unit of the calendar or the clock.
type Unit uint8

// The units, the shortest first.
const (
	NoUnit Unit = iota
	UnitSecond
	UnitMinute
	UnitHour
	UnitDay
	UnitWeekend
	UnitWeek
	UnitFortnight
	UnitMonth
	UnitQuarter
	UnitSeason // of the north: spring begins in March
	UnitHalf
	UnitYear
	UnitDecade
	UnitCentury
	UnitMillennium
)

// TimeParticle is one of the small words of times.
type TimeParticle uint8

// The particles of times.
const (
	NoTimeParticle TimeParticle = iota
	TimeThe
	TimeA
	TimeOf
	TimeAnd
	TimeOr
	TimeTo
	TimeHyphen
	TimeComma
	TimeOn
	TimeIn
	TimeAt
	TimeSince
	TimeFrom
	TimeUntil
	TimeBy
	TimeBetween
	TimeDuring
	TimeBefore
	TimeAfter
	TimePast
	TimeOld
	TimePossessive
	TimePer
	TimeAs
	TimeAhead
	TimeWithin
	TimeFor
	TimeNo
	PastModal   // "would", of the past before "have"
	Implicative // verbs whose infinitive tells of what happened: "manage"
	Prospective // verbs whose participle tells of what is to come: "expected"
)

// TimeWord is what is known of a word as part of a time.
type TimeWord struct {
	Class    TimeClass
	Particle TimeParticle
	Unit     Unit
	Number   int
	// Rule tells when a holiday is: "12/25" month and day, "11/4/4" month,
	// weekday and which of them in the month (-1 the last), "easter/-2" days
	// from Easter Sunday; of a day that goes by its number, the day.
	Rule string
}

// Has tells whether c holds at least one class of d.
func (c TimeClass) Has(d TimeClass) bool { return c&d != 0 }

// timeClasses gives the names that the tables use; the lines of valued ones start
// with a value.
var timeClasses = map[string]struct {
	class  TimeClass
	valued bool
}{
	"month": {MonthName, true}, "weekday": {WeekdayName, true}, "weekdays": {WeekdayNames, true},
	"doubtful": {Doubtful, false}, "season": {SeasonName, true}, "day-part": {DayPart, true},
	"day-parts": {DayParts, true}, "night-time": {NightTime, true}, "day-word": {DayWord, true},
	"unit": {TimeUnit, true}, "units": {TimeUnits, true}, "stretch": {Stretch, false},
	"ordinal": {Ordinal, true}, "cardinal": {Cardinal, true}, "scale": {Scale, true},
	"vague": {VagueCount, false}, "couple": {Couple, true}, "decade-word": {DecadeWord, true},
	"this": {This, false}, "current": {Current, false}, "that": {ThatTime, false}, "same": {Same, false},
	"last": {LastWord, false}, "previous": {Previous, false}, "next": {NextWord, false},
	"following": {Following, false}, "latest": {Latest, false}, "every": {Every, false},
	"more": {MoreWord, false}, "edge": {Edge, true}, "stage": {Stage, true},
	"comparative": {Comparative, false}, "sometime": {Sometime, false}, "ago": {Ago, false},
	"offset-back": {OffsetBack, false}, "offset-ahead": {OffsetAhead, false},
	"half-count": {HalfCount, false}, "approximate": {Approximate, false},
	"approximate-after": {ApproximateAfter, false}, "meridiem": {Meridiem, true},
	"o-clock": {OClock, false}, "clock-point": {ClockPoint, true}, "zone": {Zone, true},
	"fiscal": {Fiscal, false}, "compared": {Compared, false}, "era": {Era, false},
	"reference": {Reference, true}, "reference-noun": {ReferenceNoun, true},
	"recent": {RecentWord, false}, "near": {NearWord, false}, "term": {TermWord, true},
	"frequency": {Frequency, true}, "times": {TimesWord, false}, "holiday": {Holiday, true}, "remembered": {Remembered, false}, "event-day": {EventDay, true}, "named-day": {NamedDay, false},
}

var timeUnits = map[string]Unit{
	"second": UnitSecond, "minute": UnitMinute, "hour": UnitHour, "day": UnitDay, "weekend": UnitWeekend,
	"week": UnitWeek, "fortnight": UnitFortnight, "month": UnitMonth, "quarter": UnitQuarter, "half": UnitHalf,
	"year": UnitYear, "decade": UnitDecade, "century": UnitCentury, "millennium": UnitMillennium,
}

var timeParticles = map[string]TimeParticle{
	"the": TimeThe, "a": TimeA, "of": TimeOf, "and": TimeAnd, "or": TimeOr, "to": TimeTo, "hyphen": TimeHyphen,
	"comma": TimeComma, "on": TimeOn, "in": TimeIn, "at": TimeAt, "since": TimeSince, "from": TimeFrom,
	"until": TimeUntil, "by": TimeBy, "between": TimeBetween, "during": TimeDuring, "before": TimeBefore,
	"after": TimeAfter, "past": TimePast, "old": TimeOld, "possessive": TimePossessive, "per": TimePer,
	"as": TimeAs, "ahead": TimeAhead, "within": TimeWithin, "for": TimeFor, "no": TimeNo,
	"past-modal": PastModal, "implicative": Implicative, "prospective": Prospective,
}

// What stands in one token with digits or with another word of times.
const (
	MidPrefix    = "mid-"
	FiscalPrefix = "FY" // before a year
	QuarterMark  = 'Q'  // before or after the number of a quarter
)

// OrdinalEnding tells whether digits with s behind them are an ordinal: "22nd".
func OrdinalEnding(s string) bool { return s == "st" || s == "nd" || s == "rd" || s == "th" }

// DecadeEnding tells whether a year with s behind it is a decade: "1980s".
func DecadeEnding(s string) bool { return s == "s" || s == "'s" || s == "’s" }

// LookupTime is what is known of one token as part of a time, in any case.
func LookupTime(token string) TimeWord {
	if len(token) > longestTimeWord {
		return TimeWord{}
	}
	var buffer [2 * longestTimeWord]byte
	low, times := lower(buffer[:0], token), loadTimes()
	if !times.sieve.may(low) {
		return TimeWord{}
	}
	return times.words[string(low)]
}

// longestTimeWord is how many bytes a word of the tables has at most.
const longestTimeWord = 20

// TimePhrase is the longest phrase of several tokens that starts with the first
// of tokens, and their number; 0 if there is none.
func TimePhrase(tokens []string) (w TimeWord, n int) {
	if len(tokens) == 0 || len(tokens[0]) > longestTimeWord {
		return TimeWord{}, 0
	}
	var buffer [2 * longestTimeWord]byte
	for _, p := range loadTimes().phrases[string(lower(buffer[:0], tokens[0]))] {
		if size := 1 + len(p.rest); size > n && follows(p.rest, tokens[1:]) {
			w, n = p.word, size
		}
	}
	return w, n
}

// LongestTimePhrase is how many tokens a phrase has at most.
const LongestTimePhrase = 5

// timeLexicon is the tables of times, by lower-case spelling.
type timeLexicon struct {
	words   map[string]TimeWord
	phrases map[string][]timePhrase // by first word
	sieve   sieve                   // of words
}

// timePhrase is what follows the first word of a phrase.
type timePhrase struct {
	rest []string
	word TimeWord
}

// loadTimes reads the tables on first use.
var loadTimes = sync.OnceValue(func() *timeLexicon {
	l := &timeLexicon{words: make(map[string]TimeWord, 512), phrases: map[string][]timePhrase{}}
	section := ""
	for _, fields := range table("when.txt") {
		if fields[0] == "=" {
			section = fields[1]
			continue
		}
		l.add(section, fields)
	}
	l.sieve = newSieve(l.words)
	return l
})

// add enters the words of a line.
func (l *timeLexicon) add(section string, fields []string) {
	if section == "particle" {
		for _, word := range fields[1:] {
			w := l.words[word]
			w.Particle = must(timeParticles, fields[0])
			l.words[word] = w
		}
		return
	}
	kind := must(timeClasses, section)
	value := ""
	if kind.valued {
		value, fields = fields[0], fields[1:]
	}
	for _, entry := range fields {
		l.addTime(strings.Split(entry, "_"), kind.class, value)
	}
}

// addTime enters a word or phrase of a class with its value.
func (l *timeLexicon) addTime(parts []string, class TimeClass, value string) {
	first := l.words[parts[0]]
	if len(parts) > 1 {
		first.Class |= PhraseStart
		l.words[parts[0]] = first
		l.phrases[parts[0]] = append(l.phrases[parts[0]], timePhrase{parts[1:], TimeWord{}.with(class, value)})
		return
	}
	l.words[parts[0]] = first.with(class, value)
}

// with is the word with one more class and its value.
func (w TimeWord) with(class TimeClass, value string) TimeWord {
	w.Class |= class
	switch {
	case value == "":
	case class.Has(Holiday | EventDay):
		w.Rule = value
	case class.Has(TimeUnit | TimeUnits | Frequency):
		w.Unit = must(timeUnits, value)
	default:
		n, err := strconv.Atoi(value)
		if err != nil {
			panic(err)
		}
		w.Number = n
	}
	return w
}
