package quote

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"whence"
	"whence/english"
)

// rule names how a candidate was found.
type rule uint8

const (
	ruleNone rule = iota
	ruleInverted
	rulePassive
	ruleAgentless
	ruleQuoted
	ruleColon
	ruleThat
	ruleWh
	ruleTrailing
	ruleSplit
	ruleInfinitive
	ruleInfinitiveWeak
	ruleBare
	ruleObject
	ruleObjectFirm
	ruleObjectWeak
	rulePredicate
	rulePredicateWeak
	ruleAccording
	ruleAttitude
	ruleNounThat
	ruleNounTo
	ruleSilence
	ruleTranscript
	ruleRelative
	ruleAsked
	ruleSeeming
	ruleTurn
	ruleSigned
	ruleSetOff
	ruleLearned // by the models, which have scores of their own
)

// ruleNames are the names of the rules in scores.txt.
var ruleNames = [...]string{
	ruleNone:           "none",
	ruleInverted:       "inverted",
	rulePassive:        "passive",
	ruleAgentless:      "agentless",
	ruleQuoted:         "quoted",
	ruleColon:          "colon",
	ruleThat:           "that",
	ruleWh:             "wh",
	ruleTrailing:       "trailing",
	ruleSplit:          "split",
	ruleInfinitive:     "infinitive",
	ruleInfinitiveWeak: "infinitive-weak",
	ruleBare:           "bare",
	ruleObject:         "object",
	ruleObjectFirm:     "object-firm",
	ruleObjectWeak:     "object-weak",
	rulePredicate:      "predicate",
	rulePredicateWeak:  "predicate-weak",
	ruleAccording:      "according",
	ruleAttitude:       "attitude",
	ruleNounThat:       "noun-that",
	ruleNounTo:         "noun-to",
	ruleSilence:        "silence",
	ruleTranscript:     "transcript",
	ruleRelative:       "relative",
	ruleAsked:          "asked",
	ruleSeeming:        "seeming",
	ruleTurn:           "turn",
	ruleSigned:         "signed",
	ruleSetOff:         "set-off",
	ruleLearned:        "learned",
}

// evidence is what the score of an attribution rests on. Each part is a word of
// scores.txt.
type evidence struct {
	rule      string
	quotation string
	footing   string // what is known of the source
	strength  string // how often the verb attributes
}

// evidenceOf gathers the evidence for c.
func (f *finder) evidenceOf(c *candidate) evidence {
	e := evidence{ruleNames[c.rule], "none", f.footing(c), "plain"}
	if c.hasContent() {
		e.quotation = string(f.quotationOf(c))
	}
	switch {
	case c.verb == nil:
	case c.verb.Frames.Has(english.Firm):
		e.strength = "firm"
	case c.verb.Frames.Has(english.Weak):
		e.strength = "weak"
	}
	return e
}

// footing tells how well the source is known as one that can speak.
func (f *finder) footing(c *candidate) string {
	if c.source.empty() {
		return "missing"
	}
	kind, _, _ := f.kindOf(c)
	switch {
	case f.is(c.source.from, english.Relative):
		return "relative"
	case kind == whence.SourceUnknown:
		return "unknown"
	case c.source.to == c.source.from+1 && f.is(c.source.from, english.SubjectPronoun):
		return "pronoun"
	}
	return "known"
}

// scores holds, for each evidence, the share of attributions found by it that
// were right on PolNeAR's training part, as the last word of its line; "*"
// stands for anything, where the part alone was seen too seldom. `go test
// ./reading/quote -run Scores -rewrite` measures it anew.
//
//go:embed scores.txt
var scores string

var scoreTable = sync.OnceValue(func() map[evidence]float64 {
	table := map[evidence]float64{}
	for line := range strings.Lines(scores) {
		w := strings.Fields(line)
		if len(w) != 5 || w[0] == "#" {
			continue
		}
		p, err := strconv.ParseFloat(w[4], 64)
		if err != nil {
			panic("quote: scores.txt: " + err.Error())
		}
		table[evidence{w[0], w[1], w[2], w[3]}] = p
	}
	return table
})

// unmeasured is the score where nothing was measured.
const unmeasured = 0.5

// score is the measured precision of the narrowest evidence that was seen
// often enough.
func score(e evidence) float64 {
	table := scoreTable()
	for _, wider := range e.widened() {
		if p, ok := table[wider]; ok {
			return p
		}
	}
	return unmeasured
}

// widened gives e and what is less and less particular than it.
func (e evidence) widened() [4]evidence {
	return [4]evidence{
		e,
		{e.rule, e.quotation, e.footing, "*"},
		{e.rule, "*", e.footing, "*"},
		{e.rule, "*", "*", "*"},
	}
}
