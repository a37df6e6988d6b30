package whence

import "encoding/json"

// Figure is a quantity with what it counts.
//
// Low and High are the least and the greatest value that the words allow: equal
// for an exact number, High absent for "at least", Low absent for "at most",
// both absent for words without a number ("several"), whose phrase stands for
// itself.
type Figure struct {
	ID string `json:"id"`
	Span
	Text      string    `json:"text"`
	Low       Bound     `json:"low,omitzero"`
	High      Bound     `json:"high,omitzero"`
	Qualifier Qualifier `json:"qualifier"`
	// Unit is "person", an ISO 4217 code for money, "percent", or the name of a
	// unit of measure ("metre", "km/h", "year"); absent where things are counted.
	Unit        string   `json:"unit,omitempty"`
	Counted     *Counted `json:"counted,omitempty"`
	Measure     string   `json:"measure,omitempty"` // what happened to what is counted, one lemma for each measure
	Change      Change   `json:"change,omitempty"`
	PartOf      string   `json:"part_of,omitempty"` // id of the figure that this one is a part of
	Period      Period   `json:"period,omitzero"`   // in which it was counted
	Place       string   `json:"place,omitempty"`   // id of the place that it covers
	Hedge       Hedge    `json:"hedge,omitempty"`
	Status      Status   `json:"status,omitempty"`
	Attribution string   `json:"attribution,omitempty"` // id of the innermost whose content holds it
}

// Counted is the words for what a figure counts.
type Counted struct {
	Span
	Head string `json:"head"` // the lemma of their head
}

// Bound is an end of a range of values. The zero Bound is absent, which is not
// the number 0.
type Bound struct {
	Value float64
	Known bool
}

// At is the bound at a value.
func At(value float64) Bound { return Bound{value, true} }

// IsZero tells whether the bound is absent.
func (b Bound) IsZero() bool { return !b.Known }

// MarshalJSON encodes the value, or null where the bound is absent.
func (b Bound) MarshalJSON() ([]byte, error) {
	if !b.Known {
		return []byte("null"), nil
	}
	return json.Marshal(b.Value)
}

// UnmarshalJSON decodes what MarshalJSON wrote.
func (b *Bound) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*b = Bound{}
		return nil
	}
	b.Known = true
	return json.Unmarshal(data, &b.Value)
}

// Qualifier is how a figure stands to its number.
type Qualifier string

// The qualifiers. Vague is for words without a number.
const (
	Exact    Qualifier = "exact"
	About    Qualifier = "about"
	AtLeast  Qualifier = "at_least"
	MoreThan Qualifier = "more_than"
	AtMost   Qualifier = "at_most"
	LessThan Qualifier = "less_than"
	Between  Qualifier = "between"
	Vague    Qualifier = "vague"
)

// Change tells a level from a difference.
type Change string

// The changes.
const (
	Total    Change = "total"
	Increase Change = "increase"
	Decrease Change = "decrease"
)

// Period is a stretch of the calendar. An absent Begin or End is open: "since
// September" has no End. Both ends belong to it.
type Period struct {
	Begin Date `json:"begin,omitzero"`
	End   Date `json:"end,omitzero"`
}

// IsZero tells whether the period is absent.
func (p Period) IsZero() bool { return p.Begin.IsZero() && p.End.IsZero() }
