package english

import (
	"strings"
	"sync"
	"unicode/utf8"

	"whence/text"
)

// UnitKind is what a unit measures.
type UnitKind uint8

// The kinds of units.
const (
	UnitNone UnitKind = iota
	UnitMoney
	UnitPercentage
	UnitLength
	UnitArea
	UnitVolume
	UnitWeight
	UnitSpeed
	UnitTemperature
	UnitAngle
	UnitEnergy
	UnitPower
	UnitElectric
	UnitFrequency
	UnitPressure
	UnitData
	UnitDuration
)

var unitKinds = map[string]UnitKind{
	"percent": UnitPercentage, "length": UnitLength, "area": UnitArea, "volume": UnitVolume, "weight": UnitWeight, "speed": UnitSpeed,
	"temperature": UnitTemperature, "angle": UnitAngle, "energy": UnitEnergy, "power": UnitPower, "electric": UnitElectric,
	"frequency": UnitFrequency, "pressure": UnitPressure, "data": UnitData, "duration": UnitDuration,
}

// MeasureUnit is a unit of measure or money.
type MeasureUnit struct {
	Name  string // "metre", "km/h"; of money the ISO 4217 code, or "franc" where it may be any
	Kind  UnitKind
	Power int  // of ten, by which it differs from Name: -2 of cents
	Sign  bool // of money, stands before or after the number: "$", "USD"
}

// UnitAt is the unit whose words start at token at, and the token after it,
// which is at itself where there is none. The longest wins.
func UnitAt(tokens []text.Token, at int) (u MeasureUnit, end int) {
	end = at
	if at >= len(tokens) {
		return MeasureUnit{}, end
	}
	for _, p := range loadUnits().after[foldUnit(tokens[at].Text)] {
		if n := len(p.words); at+n > end && p.starts(tokens[at:]) {
			u, end = p.unit, at+n
		}
	}
	return u, end
}

// UnitSpelled is the unit of one spelling, as in what is written to a number.
func UnitSpelled(s string) (MeasureUnit, bool) {
	for _, p := range loadUnits().after[foldUnit(s)] {
		if len(p.words) == 1 && p.is(0, s) {
			return p.unit, true
		}
	}
	return MeasureUnit{}, false
}

// SignBefore is the sign of money whose words end before token end, and where
// it starts, which is end where there is none.
func SignBefore(tokens []text.Token, end int) (u MeasureUnit, from int) {
	from = end
	if end == 0 {
		return MeasureUnit{}, from
	}
	for _, p := range loadUnits().before[foldUnit(tokens[end-1].Text)] {
		if n := len(p.words); n <= end && end-n < from && p.starts(tokens[end-n:]) {
			u, from = p.unit, end-n
		}
	}
	return u, from
}

// unitPhrase is one spelling of a unit.
type unitPhrase struct {
	words []string
	unit  MeasureUnit
}

func (p *unitPhrase) starts(tokens []text.Token) bool {
	if len(tokens) < len(p.words) {
		return false
	}
	for i := range p.words {
		if !p.is(i, tokens[i].Text) {
			return false
		}
	}
	return true
}

// longestCased is how many letters a spelling may have to hold only as it is
// written: "MW" is not "mw".
const longestCased = 3

// is tells whether s is word i of the spelling. Signs and codes of money hold only as they are written.
func (p *unitPhrase) is(i int, s string) bool {
	word := p.words[i]
	if word == s {
		return true
	}
	if p.unit.Sign {
		return false
	}
	if p.unit.Kind != UnitMoney && utf8.RuneCountInString(word) <= longestCased && !p.wordy(i) {
		return false
	}
	return strings.EqualFold(word, s)
}

// wordy tells that a short word stands among others or is a word in itself.
func (p *unitPhrase) wordy(i int) bool {
	return len(p.words) > 1 && len(p.words[i]) > 1 || p.words[i] == "day"
}

// moneyPowers are the powers of ten of the uses of money that have one.
var moneyPowers = map[string]int{"cent": -2, "million": 6}

// units are spellings by their first and last words in lower case.
type units struct {
	after, before map[string][]unitPhrase
}

var loadUnits = sync.OnceValue(func() *units {
	u := &units{map[string][]unitPhrase{}, map[string][]unitPhrase{}}
	for _, fields := range table("currencies.txt") {
		unit := MeasureUnit{Name: fields[0], Kind: UnitMoney, Power: moneyPowers[fields[1]], Sign: fields[1] == "sign" || fields[1] == "million"}
		u.add(unit, fields[2:])
	}
	for _, fields := range table("units.txt") {
		unit := MeasureUnit{Name: strings.ReplaceAll(fields[1], "_", " "), Kind: must(unitKinds, fields[0])}
		u.add(unit, fields[2:])
	}
	return u
})

func (u *units) add(unit MeasureUnit, spellings []string) {
	for _, s := range spellings {
		p := unitPhrase{strings.Split(s, "_"), unit}
		first, last := foldUnit(p.words[0]), foldUnit(p.words[len(p.words)-1])
		u.after[first] = append(u.after[first], p)
		if unit.Sign {
			u.before[last] = append(u.before[last], p)
		}
	}
}

// foldUnit is the key of a word. Its case is looked at later.
func foldUnit(s string) string {
	const longest = 32
	if len(s) > longest {
		return ""
	}
	return strings.ToLower(s)
}
