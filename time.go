package whence

// Time is a TIMEX3 expression: words for a point or stretch of time.
type Time struct {
	ID string `json:"id"`
	Span
	Text string   `json:"text"`
	Type TimeType `json:"type"`
	// Value is the TIMEX3 value: "2025-10-28", "2025-W43", "P3D",
	// "PRESENT_REF", with an X for each digit that may be any. Absent where the text and the date of
	// publication do not settle it.
	Value string `json:"value,omitempty"`
	// Period is set where the words around make the expression an end of a
	// stretch: "since September", "from May to July", "until 2027".
	Period Period `json:"period,omitzero"`
}

// TimeType is the type of a TIMEX3.
type TimeType string

// The types of times, as in TimeML.
const (
	TimeDate     TimeType = "DATE"
	TimeOfDay    TimeType = "TIME"
	TimeDuration TimeType = "DURATION"
	TimeSet      TimeType = "SET"
)
