package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"whence"
	"whence/english"
	"whence/reading/figure"
	"whence/text"
)

// Figures scores the numbers, units and qualifiers that package reading/figure
// reads. Gold is a folder in the layout of the cases of Recognizers-Text
// (Number/NumberModel.json and others), or of re3d (*/entities.json).
//
// Recognizers-Text: isolated sentences with all their results of one model. A
// case is right if every gold result is found with its span, value and unit,
// and nothing else is. Cases that the original itself does not pass on its
// first platform (NotSupported names dotnet) do not count. The halves are the
// cases with even and with odd places in their file; whence was developed on
// the even ones. Where conventions differ, found is put into theirs:
//
//   - spans are without qualifier; of numbers also without sign and unit;
//   - a range is two numbers; of measures and ages it is its second number;
//   - numbers that name (years, telephone numbers) are numbers; ordinals, "one"
//     as a pronoun, and digits with a unit written to them are none;
//   - units go by the name that package english has for the gold's; where gold
//     gives an ISO 4217 code, the code counts, and cents are hundredths;
//   - gold results without a value ("dollar" alone) are left out: a unit alone
//     is no figure;
//   - "pound" without a code may be money or weight; so it is either's.
//   - ends of ranges: only the values and whether an end is open count, not
//     whether the end belongs to the range.
//
// re3d: entities of type Quantity in reports on conflicts; see [figuresOfReports].
func Figures(w io.Writer, gold string) error {
	if _, err := os.Stat(filepath.Join(gold, "Number", "NumberModel.json")); errors.Is(err, os.ErrNotExist) {
		return figuresOfReports(w, gold)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "cases all right\tright\tcases\tshare\teven\todd\tleft out\t\n")
	var required caseCount
	for _, m := range numberModels {
		count, err := m.score(filepath.Join(gold, m.file+".json"))
		if err != nil {
			return fmt.Errorf("scoring figures: %w", err)
		}
		count.print(table, filepath.Base(m.file))
		if m.required {
			required.add(count)
		}
		if m.last {
			required.print(table, "these four")
		}
	}
	return table.Flush()
}

// numberModel is a file of cases, and what of a reading corresponds to it.
type numberModel struct {
	file           string
	required, last bool
	found          func(q *figure.Quantity, text []rune) []numberResult
}

var numberModels = []numberModel{
	{file: "Number/NumberModel", required: true, found: asNumbers},
	{file: "NumberWithUnit/CurrencyModel", required: true, found: asMeasure(english.UnitMoney)},
	{file: "NumberWithUnit/AgeModel", required: true, found: asAge},
	{file: "NumberWithUnit/DimensionModel", required: true, last: true, found: asMeasure(english.UnitLength,
		english.UnitArea, english.UnitVolume, english.UnitWeight, english.UnitSpeed, english.UnitAngle,
		english.UnitEnergy, english.UnitPower, english.UnitElectric, english.UnitFrequency, english.UnitPressure, english.UnitData)},
	{file: "NumberWithUnit/TemperatureModel", found: asMeasure(english.UnitTemperature)},
	{file: "Number/PercentModel", found: asMeasure(english.UnitPercentage)},
	{file: "Number/NumberRangeModel", found: asRange},
}

// numberResult is one result, found or gold.
type numberResult struct {
	whence.Span
	low, high whence.Bound
	units     []string // any of which will do; none where there is no unit
}

func (r numberResult) same(gold numberResult) bool {
	return r.Span == gold.Span && sameBound(r.low, gold.low) && sameBound(r.high, gold.high) && shareUnit(r.units, gold.units)
}

// nearly is the difference in the last digit that the gold prints.
const nearly = 1e-12

func sameBound(a, b whence.Bound) bool {
	return a.Known == b.Known && math.Abs(a.Value-b.Value) <= nearly*max(math.Abs(b.Value), 1e-3)
}

func shareUnit(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// letterAfter tells whether a letter is written to what ends at end.
func letterAfter(s []rune, end int) bool {
	return end < len(s) && (s[end] >= 'a' && s[end] <= 'z' || s[end] >= 'A' && s[end] <= 'Z' || s[end] == 'μ')
}

func asNumbers(q *figure.Quantity, s []rune) (found []numberResult) {
	if q.Kind == figure.Rank || q.Kind == figure.None {
		return nil
	}
	for _, n := range q.Numbers {
		if !n.Value.Known || letterAfter(s, n.End) || q.Kind == figure.Label && n.Value.Value == 1 && letterAfter(s, n.Start) {
			continue
		}
		found = append(found, numberResult{Span: n.Span, low: n.Value, high: n.Value})
	}
	return found
}

func asMeasure(kinds ...english.UnitKind) func(*figure.Quantity, []rune) []numberResult {
	return func(q *figure.Quantity, _ []rune) []numberResult {
		for _, k := range kinds {
			if q.Kind == figure.Count && q.Measures == k || k == english.UnitMoney && q.Unit == "pound" || k == english.UnitAngle && q.Unit == "degree" {
				return []numberResult{ofMeasure(q)}
			}
		}
		return nil
	}
}

func asAge(q *figure.Quantity, _ []rune) []numberResult {
	if q.Kind != figure.Age {
		return nil
	}
	return []numberResult{ofMeasure(q)}
}

// ofMeasure is the quantity with its unit; of a range its end.
func ofMeasure(q *figure.Quantity) numberResult {
	r := numberResult{Span: q.Amount, low: q.Low, high: q.Low, units: []string{q.Unit}}
	if !q.Low.Known {
		r.low, r.high = q.High, q.High
	}
	if q.Numbers[1].Value.Known {
		r.Start, r.low, r.high = q.Numbers[1].Start, q.High, q.High
	}
	return r
}

func asRange(q *figure.Quantity, _ []rune) []numberResult {
	if q.Qualifier == whence.Exact || q.Qualifier == whence.About || q.Qualifier == whence.Vague || q.Kind == figure.Label || q.Kind == figure.Rank {
		return nil
	}
	span := q.Bare
	return []numberResult{{Span: span, low: q.Low, high: q.High}}
}

// numberCase is one case of a file.
type numberCase struct {
	Input        string
	NotSupported string
	Results      []struct {
		Start, End int
		TypeName   string
		Resolution struct {
			Value, Unit, IsoCurrency string
		}
	}
}

// caseCount counts cases, in all and by half.
type caseCount struct {
	right, all [2]int
	leftOut    int
}

func (c *caseCount) add(d caseCount) {
	for i := range c.all {
		c.right[i] += d.right[i]
		c.all[i] += d.all[i]
	}
	c.leftOut += d.leftOut
}

func (c caseCount) print(w *tabwriter.Writer, what string) {
	right, all := c.right[0]+c.right[1], c.all[0]+c.all[1]
	fmt.Fprintf(w, "%s\t%d\t%d\t%.1f\t%.1f\t%.1f\t%d\t\n", what, right, all, percentOf(right, all),
		percentOf(c.right[0], c.all[0]), percentOf(c.right[1], c.all[1]), c.leftOut)
}

func (m *numberModel) score(path string) (count caseCount, err error) {
	cases, err := readNumberCases(path)
	if err != nil {
		return count, err
	}
	analyser := english.NewAnalyser()
	for i := range cases {
		c := &cases[i]
		if strings.Contains(c.NotSupported, "dotnet") {
			count.leftOut++
			continue
		}
		gold, err := c.gold()
		if err != nil {
			return count, fmt.Errorf("%s, case %d: %w", path, i, err)
		}
		count.all[i%2]++
		if sameResults(m.read(analyser, c.Input), gold) {
			count.right[i%2]++
		}
	}
	return count, nil
}

func readNumberCases(path string) ([]numberCase, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var cases []numberCase
	if err := json.Unmarshal([]byte(strings.TrimPrefix(string(data), "\ufeff")), &cases); err != nil {
		return nil, fmt.Errorf("reading cases of %s: %w", path, err)
	}
	return cases, nil
}

// read is what whence finds in a case.
func (m *numberModel) read(analyser *english.Analyser, input string) (found []numberResult) {
	runes := []rune(input)
	var quantities []figure.Quantity
	for _, s := range text.Sentences(input, nil) {
		quantities = figure.Quantities(quantities, s, analyser.Sentence(s.Tokens))
	}
	for i := range quantities {
		found = append(found, m.found(&quantities[i], runes)...)
	}
	return found
}

func sameResults(found, gold []numberResult) bool {
	if len(found) != len(gold) {
		return false
	}
	for i := range gold {
		if !found[i].same(gold[i]) {
			return false
		}
	}
	return true
}

// gold is the results of a case in our terms.
func (c *numberCase) gold() (results []numberResult, err error) {
	for _, r := range c.Results {
		value := r.Resolution.Value
		if value == "" || value == "null" {
			continue
		}
		g := numberResult{Span: whence.Span{Start: r.Start, End: r.End + 1}}
		if r.TypeName == "numberrange" {
			if g.low, g.high, err = goldRange(value); err != nil {
				return nil, err
			}
			results = append(results, g)
			continue
		}
		v, err := strconv.ParseFloat(strings.TrimSuffix(value, "%"), 64)
		if err != nil {
			return nil, fmt.Errorf("reading a value: %w", err)
		}
		switch {
		case r.TypeName == "percentage":
			g.units = []string{"percent"}
		case r.Resolution.IsoCurrency != "":
			g.units = []string{r.Resolution.IsoCurrency}
		case r.Resolution.Unit != "":
			u := goldUnit(r.Resolution.Unit)
			g.units = append([]string{u.Name}, alsoUnits[r.Resolution.Unit]...)
			if u.Power < 0 {
				v /= 100
			}
		}
		g.low, g.high = whence.At(v), whence.At(v)
		results = append(results, g)
	}
	return results, nil
}

// alsoUnits are the units that gold calls by a name of another or of several.
var alsoUnits = map[string][]string{"Pound": {"GBP", "pound"}, "C": {"celsius"}, "F": {"fahrenheit"}, "K": {"kelvin"}, "Age": {"year"}}

// goldUnit is the unit of a name that gold uses.
func goldUnit(name string) english.MeasureUnit {
	for _, s := range text.Sentences(strings.ToLower(name), nil) {
		if u, to := english.UnitAt(s.Tokens, 0); to == len(s.Tokens) {
			return u
		}
	}
	return english.MeasureUnit{Name: strings.ToLower(name)}
}

// goldRange reads "[20,30)" and "(,100]".
func goldRange(s string) (low, high whence.Bound, err error) {
	a, b, ok := strings.Cut(strings.Trim(s, "[]()"), ",")
	if !ok {
		return low, high, fmt.Errorf("range %q: %w", s, whence.ErrMalformed)
	}
	for _, end := range []struct {
		to   *whence.Bound
		from string
	}{{&low, a}, {&high, b}} {
		if end.from == "" {
			continue
		}
		v, err := strconv.ParseFloat(end.from, 64)
		if err != nil {
			return low, high, fmt.Errorf("reading the end of a range: %w", err)
		}
		*end.to = whence.At(v)
	}
	return low, high, nil
}
