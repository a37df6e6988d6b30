package whence

// Event is an act or happening that matters to a claim, with how real the text
// says it is.
type Event struct {
	ID string `json:"id"`
	Span
	Text   string `json:"text"`
	Status Status `json:"status"`
	Hedge  Hedge  `json:"hedge,omitempty"`
	// Attribution is the id of the innermost attribution whose content holds
	// the event; absent where the writer speaks.
	Attribution string `json:"attribution,omitempty"`
}

// Status is how real the text says an event is, as its innermost source puts it.
type Status string

// The statuses.
const (
	Happened     Status = "happened"
	UnderWay     Status = "under_way"
	Attempted    Status = "attempted"
	Decided      Status = "decided"    // the decision is made, not carried out
	Planned      Status = "planned"    // intended or scheduled
	Considered   Status = "considered" // being weighed
	Possible     Status = "possible"   // may, could, if, predictions
	Required     Status = "required"
	Requested    Status = "requested"
	StatusDenied Status = "denied"       // a source rejects a charge, assumption or demand
	NotHappened  Status = "not_happened" // plain negation, whoever says it
	Unknown      Status = "unknown"
)

// Statuses are all of them, in the order of doc/formats.md.
var Statuses = [...]Status{
	Happened, UnderWay, Attempted, Decided, Planned, Considered, Possible, Required, Requested, StatusDenied, NotHappened, Unknown,
}

// Hedge is a marker of distance by the writer.
type Hedge string

// The hedges.
const (
	Alleged     Hedge = "alleged"
	Reported    Hedge = "reported"
	Claimed     Hedge = "claimed"
	ScareQuotes Hedge = "scare_quotes"
)
